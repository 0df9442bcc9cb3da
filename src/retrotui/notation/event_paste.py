"""Many lines pasted at once: scribe notes with a day on top and clock times below.

Leaves single lines to `event_line`, and files of other programs to `exchange`.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from retrotui.notation.calendar_words import MONTH, WEEKDAY
from retrotui.notation.event_line import EventLine, line_after
from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.notation.local_time import zone_named
from retrotui.notation.times import PASTED_ROLL, Around, TypedTime, read_time
from retrotui.notation.written_days import read_day
from retrotui.retro import Precision

_DAY_BEGINS = lazy_pattern(
    rf"(?<![\w-])(?:\d{{1,4}}[-/. ]|\d{{1,2}}(?:st|nd|rd|th)\b|{WEEKDAY}\b|{MONTH}\b)", re.IGNORECASE
)
_ZONE_SAID = lazy_pattern(
    r"(?<![\w/])(?:(?:UTC|GMT)\s?([+\-−])(\d{1,2})(?::?(\d{2}))?|([+\-−])(\d{2}):?(\d{2})|([A-Z]{3,5}|Z)|([A-Z][A-Za-z]+/[A-Za-z_/+-]+))(?![\w/])"
)
_FILLER = lazy_pattern(
    r"\b(?:date|day|timeline|notes?|scribe|incident|log|minutes|of|for|on|from|the|all|times?|are|is|in|local|zone"
    r"|timezone)\b|[\s#*=_()\[\],.:;|–—-]+",
    re.IGNORECASE,
)


def read_event_paste(
    text: str, *, day: date, zone: ZoneInfo | tzinfo, previous: datetime | None = None
) -> tuple[EventLine, ...]:
    """Read pasted lines in order. Never raises, and every line with words becomes an event.

    A line that is only a date, perhaps with a zone (`2017-01-31 (UTC)`, `Friday 27 October 2017`), sets
    day and zone of what follows; so does a full date in front of an event. Clock times follow one another:
    a step back of three hours or more is the next day, said in that line's remark; a smaller one is a
    line out of order. `previous` is the event before the first line.
    """
    lines: list[EventLine] = []
    before = previous
    for row in re.split(r"\r\n|\r|\n", text):
        if not row.strip():
            continue
        around = Around(day, zone, before, PASTED_ROLL)
        typed = read_time(row, around)
        if heading := _heading(row, typed, around):
            day, zone = heading
            before = None
            continue
        read = line_after(row, typed)
        if not lines and read.at is None and (named := _day_within(row, around)):
            day, before = named, None
            read = replace(
                read, remark=f"its date, {named.isoformat()}, is taken as the day of the lines below"
            )
        lines.append(read)
        if typed.day is not None and typed.precision is not Precision.DAY:
            day, before = typed.day, None
        if read.at is not None and read.precision is not Precision.DAY:
            before = read.at
    return tuple(lines)


def _heading(row: str, typed: TypedTime, around: Around) -> tuple[date, ZoneInfo | tzinfo] | None:
    """The day and zone of a line that says nothing else."""
    if len(row) > 200 or (typed.at is not None and typed.precision is not Precision.DAY):
        return None
    for begins in _DAY_BEGINS.finditer(row):
        found = read_day(row, begins.start(), around.day)
        if found is None or found.day is None or not _whole(row, begins.start(), found.end):
            continue
        rest = row[: begins.start()] + " " + row[found.end :]
        zone = around.zone
        for said in _ZONE_SAID.finditer(rest):
            if known := _zone(said, around.zone, found.day):
                zone = known
                rest = rest[: said.start()] + " " + rest[said.end() :]
                break
        if not _FILLER.sub("", re.sub(rf"\b{WEEKDAY}\b", "", rest, flags=re.IGNORECASE)):
            return found.day, zone
        return None
    return None


def _whole(row: str, start: int, end: int) -> bool:
    """Whether the stretch is a date with a month in it, not only a weekday."""
    return any(letter.isdecimal() for letter in row[start:end])


def _zone(said: re.Match[str], near: ZoneInfo | tzinfo, day: date) -> ZoneInfo | tzinfo | None:
    sign, hours, minutes = said[1] or said[4], said[2] or said[5], said[3] or said[6]
    if sign:
        span = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if span > timedelta(hours=14):
            return None
        return timezone(span if sign == "+" else -span) if span else UTC
    if said[7]:
        return zone_named(said[7], near, day)
    try:
        return ZoneInfo(said[8])
    except (OSError, ValueError, KeyError):
        return None


def _day_within(row: str, around: Around) -> date | None:
    """A full date somewhere in a first line that is not only a heading."""
    for begins in _DAY_BEGINS.finditer(row[:200]):
        found = read_day(row, begins.start(), around.day)
        if found is not None and found.day is not None and found.exact:
            return found.day
    return None
