"""Action items as todo.txt: one line each, after the rules at github.com/todotxt/todo.txt."""

import re
from collections.abc import Sequence

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.text import one_line

_PRIORITY = {"P0": "A", "P1": "B", "P2": "C", "P3": "D", "P4": "E"}
_OWN_KEY = re.compile(r"(?<!\S)(due|t|rec|pri|id|kind|ticket|h):(?=\S)", re.IGNORECASE)


def words(text: str) -> str:
    """The action's words on one line. A `key:value` that would count as a field gets a space: `due:
    friday`.
    """
    return " ".join(_OWN_KEY.sub(r"\1: ", one_line(text.strip())).split())


def line(item: ActionItem, moment: Moment) -> str:
    """One action: priority, the day it was agreed on, words, +retro, @owner, and due, kind and id as
    fields.
    """
    created = (item.since or item.held or moment.today).isoformat()
    letter = _PRIORITY.get(item.priority, "")
    parts: list[str] = []
    if item.is_open:
        parts.extend([f"({letter})"] if letter else [])
    else:
        closed = item.closed or moment.today
        parts.extend(["x", max(closed.isoformat(), created)])
    parts.extend([created, words(item.text) or "…", f"+{_word(item.retro_id)}"])
    if item.owner.strip():
        parts.append(f"@{_word(item.owner)}")
    if item.due:
        parts.append(f"due:{item.due.isoformat()}")
    parts.append(f"kind:{item.kind}")
    if item.ticket.strip():
        parts.append(f"ticket:{_word(item.ticket)}")
    if letter and not item.is_open:
        parts.append(f"pri:{letter}")
    parts.append(f"id:{_word(item.ref)}")
    return " ".join(parts)


def _word(text: str) -> str:
    """A text as one word: white space, which would end it, becomes an underscore."""
    return "_".join(one_line(text).split())


def write(items: Sequence[ActionItem], moment: Moment) -> str:
    """One line for each action."""
    return "".join(f"{line(item, moment)}\n" for item in items)


FORMAT = ActionFormat("todo.txt", "one line each, for todo.txt apps", ".txt", write)
