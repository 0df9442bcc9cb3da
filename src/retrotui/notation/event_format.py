"""Events written back as people read and edit them; the inverse of `event_line`."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from retrotui.notation.calendar_words import MONTHS
from retrotui.notation.event_line import EventLine, read_event_line
from retrotui.notation.local_time import in_zone, offset_name
from retrotui.retro import Event, EventKind, HypothesisState, Precision


def format_event_time(event: Event, zone: ZoneInfo | tzinfo, *, day: date | None = None) -> str:
    """The time of an event as shown: `14:03`, `14:03:20`, `~14:05`, `14h`, `14:??`, words, or nothing.

    Args:
        event: The event.
        zone: The display zone.
        day: The day everything is on; on another the date stands in front: `1 Feb 00:36`.
    """
    local = in_zone(event.at, zone) if event.at else None
    if local is None:
        return event.said
    mark = "~" if event.approximate else ""
    shown_day = f"{local.day} {MONTHS[local.month - 1][:3]}"
    if day is None or local.year != day.year:
        shown_day += f" {local.year:04d}"
    if event.precision is Precision.DAY:
        return mark + shown_day
    clock = _clock(local, event.precision)
    return mark + (clock if day is None or local.date() == day else f"{shown_day} {clock}")


def _clock(local: datetime, precision: Precision) -> str:
    if precision is Precision.HOUR:
        return f"{local:%H}h"
    return f"{local:%H:%M:%S}" if precision is Precision.SECOND else f"{local:%H:%M}"


def event_as_line(event: Event, zone: ZoneInfo | tzinfo, day: date) -> str:
    """The event as one typed line, for editing: read on the same day in the same zone it gives it back.

    The shortest time that reads back is taken; the kind is always named, so that editing words never
    changes it. Source and evidence are not part of the line.
    """
    tag = f"#{event.kind.value}"
    if event.kind is EventKind.HYPOTHESIS and event.state is not HypothesisState.NONE:
        tag += f":{event.state.value}"
    rest = f"{tag} {event.text}".rstrip()
    line = rest
    for shown in _times(event, zone, day):
        line = f"{shown} {rest}".lstrip()
        if _same(event, read_event_line(line, day=day, zone=zone)):
            break
    return line


def _times(event: Event, zone: ZoneInfo | tzinfo, day: date) -> Iterator[str]:
    """Ways to write the time, from the plainest to the one that always reads back."""
    mark = "~" if event.approximate else ""
    if event.at is None:
        if event.said:
            yield event.said
            yield f"{event.said}:"
            escaped = event.said.replace("\\", "\\\\").replace('"', '\\"')
            yield f'~"{escaped}"'
        else:
            yield ""
            yield "??"
        return
    local = in_zone(event.at, zone) or event.at
    date_text = f"{local.year:04d}-{local.month:02d}-{local.day:02d}"
    if event.precision is Precision.DAY:
        yield mark + date_text
    clock = _clock(local, event.precision)
    if local.date() == day:
        yield mark + clock
    yield f"{mark}{date_text} {clock}"
    for moment in (local, event.at):
        exact = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d} {moment:%H:%M}"
        if moment.second or moment.microsecond or event.precision is Precision.SECOND:
            exact += f":{moment:%S}"
        if moment.microsecond:
            exact += f".{moment.microsecond:06d}"
        offset = moment.utcoffset()
        yield f"{mark}{exact}{offset_name(offset) if offset else 'Z'}"


def _same(event: Event, line: EventLine) -> bool:
    if line.text != event.text.strip() or line.kind is not event.kind:
        return False
    if event.at is None:
        return line.at is None and line.said == event.said
    return (
        line.at is not None
        and line.at == event.at
        and line.approximate == event.approximate
        and line.precision is event.precision
    )
