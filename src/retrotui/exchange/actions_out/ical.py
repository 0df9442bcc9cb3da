"""Action items as iCalendar: to-dos with alarms, or all-day events for calendars that know no to-dos.

RFC 5545, written by the `icalendar` library (folding, escaping). A due date is a day without a zone; an
alarm is an instant, nine in the morning in the retro's zone. UIDs are stable, so that importing again
updates rather than doubles.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.issue_text import body
from retrotui.exchange.actions_out.text import is_link, one_line, visible

_STATUS = {"open": "NEEDS-ACTION", "done": "COMPLETED", "wont_do": "CANCELLED", "superseded": "CANCELLED"}
_PRIORITY = {"P0": 1, "P1": 2, "P2": 5, "P3": 7, "P4": 9}
ALARM_TIME = time(9, 0)
"""When an alarm rings, in the retro's zone: on the day before and on the day."""


def write_todos(items: Sequence[ActionItem], moment: Moment) -> str:
    """One VTODO for each action; open ones with a day have their alarms."""
    from icalendar import Todo

    calendar = _calendar()
    for item in items:
        todo = Todo()
        _describe(todo, item, moment)
        todo.add("status", _STATUS.get(item.status, "NEEDS-ACTION"))
        if item.priority:
            todo.add("priority", _PRIORITY[item.priority])
        if item.due:
            todo.add("due", item.due)
        if item.status == "done":
            todo.add("percent-complete", 100)
            with suppress(OverflowError):  # the first and last day that a date can name
                if item.closed:
                    todo.add("completed", _instant(item, item.closed, time(12, 0)))
        _add_alarms(todo, item, moment)
        calendar.add_component(todo)
    return _text(calendar)


def write_events(items: Sequence[ActionItem], moment: Moment) -> str:
    """One all-day VEVENT on the due day of each open action that has one; it blocks nobody's time."""
    from icalendar import Event

    calendar = _calendar()
    for item in items:
        if item.due is None or not item.is_open:
            continue
        event = Event()
        _describe(event, item, moment)
        event.add("dtstart", item.due)
        if item.due < date.max:
            event.add("dtend", item.due + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        _add_alarms(event, item, moment)
        calendar.add_component(event)
    return _text(calendar)


def alarm_times(item: ActionItem, now: datetime) -> Iterator[datetime]:
    """When an open action rings, in UTC: nine o'clock on the day before and on the day, as far as still to
    come.
    """
    if item.due is None or not item.is_open:
        return
    for before in (1, 0):
        try:
            instant = _instant(item, item.due - timedelta(days=before), ALARM_TIME)
        except OverflowError:
            continue
        if instant > now:
            yield instant


def _instant(item: ActionItem, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=item.zone).astimezone(UTC)


def _calendar() -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//retrotui//action items//EN")
    calendar.add("version", "2.0")
    return calendar


def _describe(component: Any, item: ActionItem, moment: Moment) -> None:
    component.add("uid", f"{one_line(item.retro_id)}.{item.id}@retrotui")
    component.add("dtstamp", moment.utc)
    component.add("summary", one_line(item.text.strip()) or item.ref)
    component.add("description", body(item, markdown=False))
    component.add("categories", [item.kind, *(one_line(tag) for tag in item.tags)])
    if item.owner:
        component.add("contact", visible(item.owner))
    if is_link(item.ticket):
        component.add("url", item.ticket)


def _add_alarms(component: Any, item: ActionItem, moment: Moment) -> None:
    from icalendar import Alarm

    for instant in alarm_times(item, moment.now):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one_line(item.text.strip()) or item.ref)
        alarm.add("trigger", instant)
        component.add_component(alarm)


def _text(calendar: Any) -> str:
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


TODOS = ActionFormat("ics", "to-dos with alarms, for a calendar or task app", ".ics", write_todos)
EVENTS = ActionFormat(
    "ics-events",
    "all-day events with alarms, for calendars without to-dos (Google, Outlook)",
    ".ics",
    write_events,
)
