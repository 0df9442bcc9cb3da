"""From a day and a clock time in a zone to an instant, and what to say when clocks changed that day.

Leaves reading what was typed to `times`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from retrotui.notation.calendar_words import in_words


@dataclass(frozen=True, slots=True)
class Placed:
    """An instant with a fixed offset, or None when it lies beyond the calendar's ends."""

    at: datetime | None
    remark: str = ""


def fixed(at: datetime) -> datetime:
    """The same instant with a plain offset in whole minutes (files know no other); else in UTC."""
    offset = at.utcoffset() or timedelta(0)
    if offset % timedelta(minutes=1):
        return at.astimezone(UTC)
    return at.replace(tzinfo=UTC if not offset else timezone(offset), fold=0)


def in_zone(at: datetime, zone: tzinfo) -> datetime | None:
    """The instant as the zone's clocks show it; None beyond the calendar's ends."""
    try:
        return at.astimezone(zone)
    except (OverflowError, ValueError):
        return None


def offset_name(offset: timedelta) -> str:
    """`+01:00`."""
    sign = "-" if offset < timedelta(0) else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def place(day: date, clock: time, zone: tzinfo, *, after: datetime | None = None) -> Placed:
    """The instant at which the zone's clocks show this time on this day.

    When clocks went back the time came twice: the first is taken, unless that lies before `after`
    and the second does not. When they went forward it never came: it is read as if they had not.
    Both are said in the remark.
    """
    try:
        local = datetime.combine(day, clock, tzinfo=zone)
        first, second = local.replace(fold=0), local.replace(fold=1)
        before, later = first.utcoffset() or timedelta(0), second.utcoffset() or timedelta(0)
        if before == later:
            return Placed(fixed(_settled(first, zone)))
        shown = f"{clock:%H:%M}"
        when = in_words(day)
        if before > later:
            take_second = after is not None and first.astimezone(UTC) < after <= second.astimezone(UTC)
            taken, other = (second, first) if take_second else (first, second)
            which = "second" if take_second else "first"
            return Placed(
                fixed(_settled(taken, zone)),
                f"{shown} came twice on {when}, when clocks went back: the {which} is taken "
                f"({offset_name(taken.utcoffset() or timedelta(0))}); for the other write "
                f"{day.isoformat()} {shown}{offset_name(other.utcoffset() or timedelta(0))}",
            )
        at = _settled(first, zone)
        return Placed(
            fixed(at), f"{shown} did not exist on {when}, when clocks went forward: read as {at:%H:%M}"
        )
    except (OverflowError, ValueError):
        return Placed(None, "the time lies beyond the calendar")


def _settled(local: datetime, zone: tzinfo) -> datetime:
    """The time as clocks really showed it: through UTC and back, which also proves both exist."""
    return local.astimezone(UTC).astimezone(zone)


_ABBREVIATIONS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "WEST": 60,
    "CET": 60,
    "CEST": 120,
    "EET": 120,
    "EEST": 180,
    "MSK": 180,
    "JST": 540,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "EST": -300,
    "EDT": -240,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
}
"""Minutes from UTC, of abbreviations that hardly ever mean anything else (so no CST, BST, IST)."""


def zone_named(name: str, local: ZoneInfo | tzinfo, day: date) -> tzinfo | None:
    """The zone of an abbreviation: one the display zone uses around that day, else a well-known one."""
    upper = name.upper()
    if upper in ("Z", "UTC", "GMT"):
        return UTC
    for hour in (0, 12, 23):
        for fold in (0, 1):
            try:
                near = datetime(day.year, day.month, day.day, hour, tzinfo=local, fold=fold)
                if near.tzname() == name:
                    return timezone(near.utcoffset() or timedelta(0))
            except (OverflowError, ValueError):
                break
    minutes = _ABBREVIATIONS.get(upper)
    return None if minutes is None else timezone(timedelta(minutes=minutes))
