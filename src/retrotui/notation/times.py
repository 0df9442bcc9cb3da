"""The time in front of a line, as people type it, read as an instant or kept as words.

Leaves the rest of the line to `event_line`, how a time of day is written to `written_clocks`, and clock
changes to `local_time`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from retrotui.notation.calendar_words import (
    NUMBER,
    in_words,
    plus_days,
)
from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.notation.local_time import fixed, in_zone, place, zone_named
from retrotui.notation.written_clocks import EDGE, perhaps_clock, read_clock
from retrotui.notation.written_days import ReadDay, read_day
from retrotui.retro import Precision

TYPED_ROLL = timedelta(hours=12)
"""A typed time this much earlier than the event before is after midnight; less is an event added late."""
PASTED_ROLL = timedelta(hours=3)
"""In a paste lines come in order, so that a smaller step back already means the next day."""
_FORWARD = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class TypedTime:
    """What stands for the time in a line."""

    at: datetime | None = None
    """The instant with a fixed offset, or None when it is not known."""
    precision: Precision = Precision.UNKNOWN
    approximate: bool = False
    said: str = ""
    """The words that stood for a time and name no instant."""
    start: int = 0
    end: int = 0
    """Where the time stands in the line; equal when there is none."""
    remark: str = ""
    """A sentence when something about it deserves a look, else empty."""
    day: date | None = None
    """The day it says itself, if it says one."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a time is read against."""

    day: date
    zone: ZoneInfo | tzinfo
    previous: datetime | None = None
    roll: timedelta = TYPED_ROLL


_FLAGS = re.IGNORECASE
_LEAD = lazy_pattern(r"\s*(?:[-*•–—]\s+)?")
_OPEN = lazy_pattern(r"\*\*|[\[(`|]\s?")
_CLOSE = lazy_pattern(r"\s?(?:\*\*|[\])`])")
_WORDS = lazy_pattern(r'~"((?:[^"\\]|\\.)*)"', re.DOTALL)
_UNSAID = lazy_pattern(r"\?{1,3}(?=\s|$)")
_TOLD = (
    r"(?=\s*(?:[\d?]|(?:noon|midday|midnight|half|quarter|a quarter|five|ten|twenty)\b"
    r"|[a-z]+\so['’]?\s?clock))"
)
_ABOUT = lazy_pattern(
    rf"(?:[~≈]|(?:(?:at\s+)?(?:about|around|approx(?:imately)?\.?|roughly|circa|ca\.?)"
    rf"|(?:just|shortly) (?:after|before))\s{_TOLD}|c\.\s?(?=\d))\s*",
    _FLAGS,
)
_AT = lazy_pattern(r"at\s+", _FLAGS)
_ISH = lazy_pattern(r"\s?-?ish\b|\s+or so\b|\?(?=\s|$|[,:;\])])", _FLAGS)
_HALF_KNOWN = lazy_pattern(r"(?=[\d?]*[:：]?[\d?]*\?)[\d?]{1,2}[:：][\d?]{1,2}(?:[:：][\d?]{1,2})?" + EDGE)
_OFFSET = lazy_pattern(
    r"\s?(Z)(?![\w:])|([+\-−])(\d{2}):?(\d{2})?(?![\d:])|\s([+\-−])(\d{2}):(\d{2})(?![\d:])", re.IGNORECASE
)
_ZONE_WORD = lazy_pattern(r"\s?(?:\((?=[A-Z]{3,5}\)))?([A-Z]{3,5})\)?(?![\w-])")
_LOCAL = lazy_pattern(r"\s+local time\b", _FLAGS)
_RANGE = lazy_pattern(r"\s?[-–—]\s?(\d{1,2}:\d{2}|\d{2}\.\d{2})(?::\d{2})?(?=\s|$|[,;:\])])")
_END = lazy_pattern(EDGE)
_RELATIVE = lazy_pattern(
    r"([+\-−])\s?(?:(\d{1,5})\s?h(?:ours?|rs?)?)?\s?(?:(\d{1,6})\s?m(?:in(?:ute)?s?)?)?\s?(?:(\d{1,7})\s?s(?:ec(?:ond)?s?)?)?"
    + EDGE,
    _FLAGS,
)
_HOURS_MINUTES = lazy_pattern(r"([+\-−])(\d{1,5})h(\d{2})" + EDGE, _FLAGS)
_PHRASE = lazy_pattern(
    rf"((?:(?:{NUMBER}|several|(?:a )?few|some|many|the|about|around|next|last|that)\s+){{0,3}}"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|nights?|mornings?|afternoons?|evenings?)"
    r"(?:\s+(?:before|earlier|later|after(?:wards)?|ago|prior))?"
    r"|(?:soon |shortly |long |right )?(?:afterwards?|after|later|before|beforehand|earlier|meanwhile)"
    r"(?: (?:that|the same) (?:day|night|morning|week))?)"
    r"(?:\s?:|\s[-–—|])(?=\s|$)",
    _FLAGS,
)

_PLAIN_END = lazy_pattern(r"\s*(?:$|[:|–—,)\]]|-\s)")
_BETWEEN = lazy_pattern(r"T(?=\d)|,?\s+(?:at\s+)?")


def read_time(text: str, around: Around) -> TypedTime:
    """The time at the start of a line.

    Unknown stays unknown: what looks like a time and names no instant is kept as words. Never raises.
    """
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    opened = _OPEN.match(text, start)
    found = _read(text, opened.end() if opened else start, around)
    if found is None and opened:
        opened, found = None, _read(text, start, around)
    if found is None:
        return TypedTime(start=start, end=start, remark=perhaps_clock(text, start))
    end = found.end
    if opened and (closed := _CLOSE.match(text, end)):
        end = closed.end()
    return TypedTime(
        found.at, found.precision, found.approximate, found.said, start, end, found.remark, found.day
    )


def read_event_time(
    text: str, *, day: date, zone: ZoneInfo | tzinfo, previous: datetime | None = None
) -> TypedTime:
    """A text that is nothing but a time: a cell of a table, a field of a form. Never raises.

    Args:
        text: `~2017-01-31T17:20:00+00:00`, `23:00-ish`, `two weeks before`; words are kept in `said`.
        day: The day of a clock time that says none.
        zone: The zone of a clock time without an offset.
        previous: The instant of the event before, from which `+12m` counts.
    """
    found = read_time(text, Around(day, zone, previous))
    rest = text[found.end :].strip()
    if found.end > found.start and not rest:
        return found
    end = len(text.rstrip())
    return TypedTime(said=text.strip(), start=end - len(text.strip()), end=end)


def _read(text: str, start: int, around: Around) -> TypedTime | None:
    if words := _WORDS.match(text, start):
        said = re.sub(r"\\(.)", r"\1", words[1], flags=re.DOTALL)
        return TypedTime(said=said, start=start, end=words.end())
    if unsaid := _UNSAID.match(text, start):
        return TypedTime(start=start, end=unsaid.end())
    if phrase := _PHRASE.match(text, start):
        return TypedTime(said=phrase[1].strip(), start=start, end=phrase.end(1))
    about = _ABOUT.match(text, start)
    at = about.end() if about else start
    approximate = about is not None
    if half := _HALF_KNOWN.match(text, at):
        return TypedTime(said=text[start : half.end()], approximate=approximate, start=start, end=half.end())
    if text[at : at + 1] in ("+", "-", "−"):
        return _relative(text, start, at, approximate, around)
    if (said_at := _AT.match(text, at)) and not approximate:
        return _dated(text, start, said_at.end(), approximate, around, clock_alone=True)
    return _dated(text, start, at, approximate, around)


def _relative(text: str, start: int, at: int, approximate: bool, around: Around) -> TypedTime | None:
    found = _HOURS_MINUTES.match(text, at) or _RELATIVE.match(text, at)
    if found is None:
        return None
    parts = [int(part or 0) for part in found.groups()[1:]] + [0]
    if not any(part is not None for part in found.groups()[1:]):
        return None
    span = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])
    ish = _ISH.match(text, found.end())
    end = ish.end() if ish else found.end()
    said = text[start:end]
    if around.previous is None:
        return TypedTime(
            said=said,
            start=start,
            end=end,
            remark=f"{said} counts from the event before, and none before it has a time: kept as words",
        )
    try:
        moment = around.previous + (span if found[1] == "+" else -span)
        moment = fixed(moment.astimezone(around.zone))
    except (OverflowError, ValueError):
        return TypedTime(said=said, start=start, end=end, remark="the time lies beyond the calendar")
    exact = Precision.SECOND if moment.second or moment.microsecond or parts[2] else Precision.MINUTE
    return TypedTime(moment, exact, approximate or ish is not None, "", start, end)


def _dated(
    text: str, start: int, at: int, approximate: bool, around: Around, *, clock_alone: bool = False
) -> TypedTime | None:
    said_day = None if clock_alone else read_day(text, at, around.day)
    clock_at, iso = at, False
    if said_day:
        between = _BETWEEN.match(text, said_day.end)
        clock_at = between.end() if between else said_day.end
        iso = between is not None and between[0] == "T"
    clock = read_clock(text, clock_at) if said_day is None or clock_at > said_day.end else None
    if clock is None:
        return _day_alone(text, start, said_day, approximate, around) if said_day else None
    end = clock.end
    ish = _ISH.match(text, end)
    end = ish.end() if ish else end
    approximate = approximate or ish is not None
    day = said_day.day if said_day else None
    if said_day is None and (span := _RANGE.match(text, end)) and _is_range(text[clock_at:end], span[1]):
        offset = None
    else:
        offset = _read_offset(text, end, around, day or around.day)
    zone, unknown_zone = around.zone, ""
    if offset:
        zone, unknown_zone, end = offset
    if not ish and (ish := _ISH.match(text, end)):
        end, approximate = ish.end(), True
    if local := _LOCAL.match(text, end):
        end, unknown_zone = local.end(), "local time"
    if not _END.match(text, end):
        return None
    said = text[start:end]
    trouble = said_day.trouble if said_day else ""
    if unknown_zone:
        trouble = trouble or f"{said}: it is not said which zone {unknown_zone} is, so it is kept as words"
    if clock.time is None:
        trouble = trouble or f"{text[clock_at : clock.end]} {clock.trouble}: kept as words"
    if trouble or clock.time is None or (said_day and day is None):
        return TypedTime(said=said, approximate=approximate, start=start, end=end, remark=trouble)
    precision = clock.precision
    if iso and not clock.time.second and not clock.time.microsecond and precision is Precision.SECOND:
        precision = Precision.MINUTE  # machines write :00 where nobody knows the second
    remark = ""
    if day is None:
        day, remark = _choose_day(clock.time, zone, around)
    if clock.next_day:
        day = plus_days(day, 1) or day
    placed = place(day, clock.time, zone, after=around.previous)
    if placed.at is None:
        return TypedTime(said=said, approximate=approximate, start=start, end=end, remark=placed.remark)
    if said_day and not said_day.exact and day != around.day:
        remark = f"taken as {in_words(day)}"
    remark = "; ".join(filter(None, (remark, placed.remark)))
    return TypedTime(placed.at, precision, approximate, "", start, end, remark, day if said_day else None)


def _day_alone(
    text: str, start: int, said_day: ReadDay, approximate: bool, around: Around
) -> TypedTime | None:
    ends_plainly = _PLAIN_END.match(text, said_day.end)
    if not (ends_plainly or (said_day.exact and text[said_day.end : said_day.end + 1].isspace())):
        return None
    said = text[start : said_day.end]
    if said_day.day is None:
        return TypedTime(said=said, start=start, end=said_day.end, remark=said_day.trouble)
    placed = place(said_day.day, time(0), around.zone)
    if placed.at is None:
        return TypedTime(said=said, start=start, end=said_day.end, remark=placed.remark)
    return TypedTime(
        placed.at, Precision.DAY, approximate, "", start, said_day.end, placed.remark, said_day.day
    )


def _is_range(first: str, second: str) -> bool:
    """Whether `09:00-09:40` is a span (the end is no earlier) rather than a time with an offset."""
    start, end = read_clock(first, 0), read_clock(second, 0)
    if start is None or end is None or start.time is None or end.time is None:
        return False
    return end.next_day or end.time.replace(second=0) >= start.time.replace(second=0, microsecond=0)


def _read_offset(text: str, at: int, around: Around, day: date) -> tuple[ZoneInfo | tzinfo, str, int] | None:
    """The zone that stands behind a clock time, the name of an unknown one, and where it ends."""
    if found := _OFFSET.match(text, at):
        if found[1]:
            return UTC, "", found.end()
        sign = found[2] or found[5]
        hours, minutes = int(found[3] or found[6]), int(found[4] or found[7] or 0)
        if hours <= 14 and minutes < 60:
            span = timedelta(hours=hours, minutes=minutes)
            return timezone(span if sign == "+" else -span), "", found.end()
        return None
    if found := _ZONE_WORD.match(text, at):
        if zone := zone_named(found[1], around.zone, day):
            return zone, "", found.end()
        if found[1] in ("CST", "BST", "IST", "AST"):
            return around.zone, found[1], found.end()
    return None


def _choose_day(clock: time, zone: ZoneInfo | tzinfo, around: Around) -> tuple[date, str]:
    """The day of a clock time without one: that of the event before, rolled over midnight."""
    previous = in_zone(around.previous, zone) if around.previous else None
    if previous is None or previous.date() < around.day:
        return around.day, ""
    base = previous.date()
    before = timedelta(hours=previous.hour, minutes=previous.minute, seconds=previous.second)
    step = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second) - before
    if -step >= around.roll and (rolled := plus_days(base, 1)):
        return rolled, f"after midnight: taken as {in_words(rolled)}"
    if step > _FORWARD and base > around.day and (back := plus_days(base, -1)):
        return back, f"before midnight: taken as {in_words(back)}"
    if around.roll == PASTED_ROLL:
        return base, "earlier than the line above: taken as the same day" if step < timedelta(0) else ""
    return base, f"taken as {in_words(base)}, the day of the event before" if base != around.day else ""


def read_range_end(text: str, end: int) -> tuple[str, int] | None:
    """`14:10` and where it ends, when a range such as `14:03-14:10` goes on here."""
    found = _RANGE.match(text, end)
    return (found[1].replace(".", ":"), found.end()) if found else None
