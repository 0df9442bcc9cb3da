"""How an action item reads in one line: words, owner, due date, status; and one still being typed."""

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from retrotui.retro import Action, ActionStatus, Priority
from retrotui.tui.widgets.visible import shown, visible

if TYPE_CHECKING:
    from retrotui.notation import ActionLine


def due_words(due: date | None, today: date) -> str:
    """A due date as people say it: `due today`, `3 days overdue`, `due Fri 4 Dec`."""
    if due is None:
        return "no date"
    days = (due - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} overdue"
    if days == 0:
        return "due today"
    if days == 1:
        return "due tomorrow"
    year = f" {due.year}" if due.year != today.year else ""
    return f"due {due:%a} {due.day} {due:%b}{year}"


def action_content(action: Action, today: date, *, alone: bool = False) -> Content:
    """The action item in one line; overdue and done are told in words and in colour.

    Args:
        action: The action item.
        today: Today, for what is overdue.
        alone: Whether it is of one person alone, who owns what nobody else was asked to do.
    """
    facts: list[tuple[str, str]] = []
    if action.status is ActionStatus.DONE:
        facts.append(("✔ done", "$action-done"))
    elif action.status is ActionStatus.WONT_DO:
        why = f": {visible(action.reason)}" if action.reason else ""
        facts.append((f"✘ will not be done{why}", "$text-muted"))
    elif action.status is ActionStatus.SUPERSEDED:
        facts.append(("↪ carried on elsewhere", "$text-muted"))
    owner = f"@{visible(action.owner)}" if action.owner else "no owner"
    if action.owner or not alone:
        facts.append((owner, "$text-heading" if action.owner else "$text-muted"))
    if action.status is ActionStatus.OPEN:
        overdue = action.due is not None and action.due < today
        facts.append((due_words(action.due, today), "bold $action-overdue" if overdue else "$text-muted"))
    if action.priority is not Priority.NONE:
        facts.append((action.priority.value, "bold"))
    facts.append((action.kind.value, "$text-muted"))
    if action.carried:
        facts.append((f"carried {action.carried}×", "$text-muted"))
    if action.ticket:
        facts.append(("ticket", "$text-link"))
    parts: list[tuple[str, str]] = [(shown(action.text), "$action-open"), ("  ", "")]
    for number, fact in enumerate(facts):
        if number:
            parts.append((" · ", "$text-muted"))
        parts.append(fact)
    return Content.assemble(*parts)


def line_preview(line: "ActionLine", *, alone: bool = False) -> Content:
    """What a typed action line says, as fields."""
    nobody = "mine" if alone else "no owner yet"
    fields: list[tuple[str, str]] = [
        ("action", "bold $text-heading"),
        (f"@{visible(line.owner)}" if line.owner else nobody, "" if line.owner else "$text-muted"),
        (
            f"due {line.due:%a} {line.due.day} {line.due:%b %Y}" if line.due else "no date yet",
            "" if line.due else "$text-muted",
        ),
    ]
    if line.priority:
        fields.append((str(line.priority.value), "bold"))
    if line.kind is not None:
        fields.append((f"{line.kind.value}{' (guessed)' if line.kind_guessed else ''}", "$text-muted"))
    fields.append(
        (f"done when {visible(line.done_when)}", "") if line.done_when else ("done when …?", "$text-muted")
    )
    parts: list[tuple[str, str]] = []
    for number, field in enumerate(fields):
        if number:
            parts.append((" · ", "$text-muted"))
        parts.append(field)
    if line.remark:  # in front, since the fields can be read off the line itself
        parts = [(visible(line.remark), "$wording-question"), (" · ", "$text-muted"), *parts]
    return Content.assemble(*parts)
