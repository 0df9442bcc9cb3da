"""Action items as JSON for `task import` (Taskwarrior's JSON format, RFC "Taskwarrior JSON Format").

The uuid comes from the action's id, so that importing again updates the same task. Control characters are
written
out: Taskwarrior writes them unescaped, and its own export could then not be read by anybody.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.text import one_line, visible

_PRIORITY = {"P0": "H", "P1": "H", "P2": "M", "P3": "L", "P4": "L"}
_STATUS = {"open": "pending", "done": "completed", "wont_do": "deleted", "superseded": "deleted"}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:retrotui:action")


def task(item: ActionItem, moment: Moment) -> dict[str, Any]:
    """One action as a task. Due is the end of its day in the retro's zone, so that the day itself is not
    overdue.
    """
    entry = _stamp(item, item.since or item.held, time(0, 0)) or f"{moment.utc:%Y%m%dT%H%M%SZ}"
    data: dict[str, Any] = {
        "uuid": str(uuid.uuid5(_NAMESPACE, item.ref)),
        "status": _STATUS.get(item.status, "pending"),
        "description": visible(item.text.strip()).replace("\t", " ") or item.ref,
        "entry": entry,
        "project": one_line(item.retro_id),
        "tags": [item.kind, *_tags(item.tags)],
    }
    if item.priority:
        data["priority"] = _PRIORITY[item.priority]
    due = _stamp(item, item.due, time(23, 59, 59))
    if due:
        data["due"] = due
    if not item.is_open:
        end = _stamp(item, item.closed, time(12, 0)) or f"{moment.utc:%Y%m%dT%H%M%SZ}"
        data["end"] = max(end, entry)
    notes = [f"retro: {item.retro_title}" if item.retro_title else "", f"id: {item.ref}"]
    notes.append(f"owner: {item.owner}" if item.owner else "")
    notes.append(f"done when: {item.done_when}" if item.done_when else "")
    notes.append(f"ticket: {item.ticket}" if item.ticket else "")
    notes.append(f"reason: {item.reason}" if item.reason else "")
    data["annotations"] = [
        {"entry": _later(entry, seconds), "description": one_line(note)}
        for seconds, note in enumerate(note for note in notes if note)
    ]
    return data


def _tags(tags: Sequence[str]) -> list[str]:
    """Tags as Taskwarrior has them: letters, digits and underscores, not starting with a digit."""
    found = ("".join(char if char.isalnum() else "_" for char in tag.strip()) for tag in tags)
    return [f"t_{tag}" if tag[0].isdigit() else tag for tag in found if tag.strip("_")]


def _stamp(item: ActionItem, day: date | None, clock: time) -> str | None:
    if day is None or not 1970 < day.year < 9999:  # Taskwarrior counts seconds from 1970
        return None
    return f"{datetime.combine(day, clock, tzinfo=item.zone).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _later(stamp: str, seconds: int) -> str:
    """A stamp some seconds on: annotations of one task need instants of their own."""
    instant = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{datetime.fromtimestamp(instant.timestamp() + seconds, UTC):%Y%m%dT%H%M%SZ}"


def write(items: Sequence[ActionItem], moment: Moment) -> str:
    """A list of tasks, one on each line."""
    lines = ",\n".join(json.dumps(task(item, moment), ensure_ascii=False) for item in items)
    return f"[\n{lines}\n]\n" if items else "[]\n"


FORMAT = ActionFormat("taskwarrior", "tasks for `task import`", ".json", write)
