"""Calendars (ics): meetings, maintenance windows, on-call shifts. Of repeating ones only the first."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from retrotui.exchange.timeline_in.candidates import (
    BadSource,
    Candidate,
    ReadOptions,
    clean,
    clean_line,
    fingerprint,
    fixed_offset,
)
from retrotui.exchange.timeline_in.guessing import Guess, guess_from_person
from retrotui.exchange.timeline_in.shapes import links
from retrotui.exchange.timeline_in.streaming import Source
from retrotui.retro import EventKind, Precision


def read_ics(source: Source, options: ReadOptions) -> Iterator[Candidate]:
    """The events of a calendar, by time.

    Raises:
        BadSource: when it is no calendar, or an event has no start.
    """
    from icalendar import Calendar  # costs 100 ms, and few imports need it

    text = source.whole()
    if "BEGIN:VCALENDAR" not in text[:2000]:
        raise BadSource(source.name, "this is no calendar: it does not begin with BEGIN:VCALENDAR", 1)
    if "END:VCALENDAR" not in text[-2000:]:
        raise BadSource(
            source.name, "the calendar ends in the middle: the file is cut off", text.count("\n") + 1
        )
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        found = [_candidate(event, options, source) for event in events]
    except BadSource:
        raise
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise BadSource(
            source.name, f"this calendar cannot be read: {clean_line(str(error))[:200]}"
        ) from error
    if not found:
        raise BadSource(source.name, "the calendar holds no events")
    yield from sorted(found, key=lambda candidate: candidate.at.timestamp() if candidate.at else 0.0)


def _candidate(event: Any, options: ReadOptions, source: Source) -> Candidate:
    title = clean(str(event.get("SUMMARY") or ""))
    start = event.get("DTSTART")
    value = getattr(start, "dt", None)
    if not isinstance(value, date):
        raise BadSource(source.name, f"the event {title!r:.80} has no start")
    if isinstance(value, datetime):
        at = fixed_offset(value if value.tzinfo else value.replace(tzinfo=options.zone))
        precision = Precision.SECOND if value.second else Precision.MINUTE
    else:
        at = fixed_offset(datetime(value.year, value.month, value.day, tzinfo=options.zone))
        precision = Precision.DAY
    uid = clean_line(str(event.get("UID") or "")) or title
    again = event.get("RECURRENCE-ID")
    remarks = ["it repeats: only its first time is taken"] if event.get("RRULE") else []
    end = getattr(event.get("DTEND"), "dt", None)
    if isinstance(end, datetime) and isinstance(value, datetime) and precision is not Precision.DAY:
        remarks.append(f"until {end:%H:%M}" if end.date() == value.date() else f"until {end:%Y-%m-%d %H:%M}")
    where = clean_line(str(event.get("LOCATION") or ""))
    if where:
        remarks.append(where)
    organizer = event.get("ORGANIZER")
    person = clean_line(str(getattr(organizer, "params", {}).get("CN", ""))) if organizer is not None else ""
    guess = guess_from_person(title)
    if not guess.why and "maintenance" in title.lower():
        guess = Guess(EventKind.CHANGE, "a maintenance window")
    cancelled = str(event.get("STATUS") or "").upper() == "CANCELLED"
    return Candidate(
        ref=f"ics:{fingerprint(uid, again.dt if again is not None else '', at.timestamp() if at else '')}",
        text=title or "an appointment without a title",
        source=f"calendar, {person}" if person else "calendar",
        at=at,
        precision=precision if at else Precision.UNKNOWN,
        said="" if at else str(value),
        kind=guess.kind,
        state=guess.state,
        why=guess.why,
        people=(person,) if person else (),
        evidence=links(str(event.get("URL") or "")),
        written=value.isoformat(),
        remark="; ".join(remarks),
        noise="a cancelled appointment" if cancelled else "",
        format="ics",
    )
