"""Action items typed in one line, for stages other than How can we: a new one, and one that is there."""

from textual.content import Content

from retrotui.blameless import Section
from retrotui.notation import action_as_line, read_action_line
from retrotui.retro import Action, ActionKind, ChangeRefused, Mode
from retrotui.retro.changes import Add, Change, Edit
from retrotui.tui.stages.base import Host
from retrotui.tui.widgets.action_words import line_preview
from retrotui.tui.widgets.composer import Task

HINT = "what will be done @owner due friday !p1 #prevent done when …"
FIELDS = ("text", "kind", "owner", "due", "priority", "done_when", "ticket")


def read_action(host: Host, text: str, action_id: str) -> Action:
    """The action item a line says.

    Raises:
        ChangeRefused: when it does not say what will be done.
    """
    line = read_action_line(text, today=host.today, people=host.retro.info.people)
    if not line.text.strip():
        raise ChangeRefused("say what will be done")
    return Action(
        id=action_id,
        text=line.text,
        kind=line.kind or ActionKind.PREVENT,
        owner=line.owner,
        due=line.due,
        priority=line.priority,
        done_when=line.done_when,
        ticket=line.ticket,
    )


def preview_action(host: Host, text: str) -> Content:
    """What a line would become."""
    info = host.retro.info
    line = read_action_line(text, today=host.today, people=info.people)
    return line_preview(line, alone=info.mode is Mode.SOLO)


def unread_in(host: Host, text: str) -> str:
    """What in a finished line looks like a field and could not be read; empty when all could."""
    people = host.retro.info.people
    return read_action_line(text, today=host.today, people=people, finished=True).remark


def new_action_task(host: Host, place: str) -> Task:
    """Types a new action item."""

    def read(text: str) -> Change | None:
        return Add(read_action(host, text, host.session.new_id("a")))

    return Task(
        place,
        "add an action item",
        read,
        hint=HINT,
        section=Section.ACTIONS,
        preview=lambda text: preview_action(host, text),
        remark=lambda text: unread_in(host, text),
        once=True,
    )


def edit_action_task(host: Host, action: Action) -> tuple[Task, str]:
    """Edits an action item as the line it could have been typed as; what the line leaves as it was stays."""
    start = action_as_line(action, people=host.retro.info.people)

    def read(text: str) -> Change | None:
        if text == start:
            return None
        fresh = read_action(host, text, action.id)
        values = [(name, getattr(fresh, name)) for name in FIELDS]
        changed = tuple((name, value) for name, value in values if value != getattr(action, name))
        return Edit(action.id, changed) if changed else None

    task = Task(
        f"edit:{action.id}",
        f"edit {action.id}",
        read,
        hint=HINT,
        section=Section.ACTIONS,
        preview=lambda text: preview_action(host, text),
        remark=lambda text: unread_in(host, text),
        once=True,
    )
    return task, start
