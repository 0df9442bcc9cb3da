"""The open actions of earlier retros, as the opening reviews them: read and written off the screen's thread.

Where one stands is worked out from the retro being held (it goes on there, or was settled there), so that
undo in the meeting also puts the other file right. Leaves how an action is changed to `archive`.
"""

import contextlib
import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from textual.content import Content

from retrotui.archive.items import OPEN, ActionItem, age_in_words, due_in_words
from retrotui.retro import Action, ActionStatus, Retro
from retrotui.retro.changes import Edit
from retrotui.tui.widgets.action_words import due_words
from retrotui.tui.widgets.visible import shown, visible

_WORDS = {
    ActionStatus.OPEN: ("○ open", "$action-open"),
    ActionStatus.DONE: ("✔ done", "$action-done"),
    ActionStatus.WONT_DO: ("✘ dropped", "$text-muted"),
    ActionStatus.SUPERSEDED: ("↪ kept", "$rail-current"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an old action's file says, or should say."""

    status: ActionStatus = ActionStatus.OPEN
    reason: str = ""
    went_to: str = ""


@dataclass(slots=True)
class OldAction:
    """One action of an earlier retro."""

    item: ActionItem
    path: Path
    written: Standing = Standing()
    """What stands in its file, as far as known."""
    overruled: Standing | None = None
    """What this retro says of it and its file had no more when it was read: somebody thought again since."""
    tried: Standing | None = None
    """What could not be written."""
    trouble: str = ""
    """Why it could not, as a sentence."""

    @property
    def row_id(self) -> str:
        """Its id in a list, unlike the id of anything in this retro."""
        return f"old:{self.item.ref}"

    def carried(self, retro: Retro) -> Action | None:
        """The action of this retro that carries it on."""
        return next((action for action in retro.actions if action.came_from == self.item.ref), None)

    def standing(self, retro: Retro) -> Standing:
        """What its file should say."""
        action = self.carried(retro)
        if action is not None:
            return Standing(ActionStatus.SUPERSEDED, went_to=f"{retro.info.id}#{action.id}")
        settled = settled_in(retro, self.item.ref)
        return self.written if settled == self.overruled and self.overruled is not None else settled

    def sign(self, retro: Retro) -> Content:
        """Where it stands: a sign and a word."""
        words, style = _WORDS[self.standing(retro).status]
        return Content.styled(words, f"bold {style}")

    def content(self, retro: Retro, today: date) -> Content:
        """Its words, and below them owner, day, age and retro."""
        standing = self.standing(retro)
        action = self.carried(retro)
        item = self.item
        text = action.text if action is not None else item.text
        facts: list[tuple[str, str]] = []
        if standing.status is ActionStatus.WONT_DO:
            facts.append((f"because: {visible(standing.reason)}", "$text-muted"))
        owner = action.owner if action is not None else item.owner
        facts.append(
            (f"@{visible(owner)}" if owner else "no owner", "$text-heading" if owner else "$text-muted")
        )
        late = item.overdue(today) and standing.status is ActionStatus.OPEN
        due = due_words(action.due, today) if action is not None else due_in_words(item, today)
        facts.append((due, "bold $action-overdue" if late else "$text-muted"))
        age = age_in_words(item, today)
        if age:
            facts.append((age, "$text-muted"))
        facts.append((f"from “{_short(visible(item.retro_title))}”", "$text-muted"))
        if self.trouble:
            facts.append((f"not in its file yet: {visible(self.trouble)}", "bold $save-failed"))
        parts: list[tuple[str, str]] = [(shown(text), ""), ("\n", "")]
        for number, fact in enumerate(facts):
            parts += [(" · ", "$text-muted"), fact] if number else [fact]
        return Content.assemble(*parts)


def _short(title: str, longest: int = 32) -> str:
    return title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"


def load(folder: Path, retro: Retro, today: date) -> tuple[OldAction, ...]:
    """The open actions of the folder's other retros, and those that this one settled or carries on.

    Slow; any thread.

    Those with an owner who is here or a tag of this retro come first, then what is overdue longest.
    """
    from retrotui.archive.carry import candidates

    items, elsewhere = _items(folder, today)
    found = [OldAction(item, folder / item.file) for item in candidates(items, retro, today)]
    here, settled = f"{retro.info.id}#", {one.action for one in retro.reviewed}
    for item in elsewhere:
        known = item.went_to.startswith(here) or item.ref in settled
        if known and item.retro_id != retro.info.id:
            path = folder / item.file
            as_it_came = replace(item, status=OPEN, reason="", closed=None, went_to="")
            found.append(OldAction(as_it_came, path, written=_in_file(path, item.id)))
    for old in found:
        said = settled_in(retro, old.item.ref)
        if said != Standing() and said != old.written and old.carried(retro) is None:
            old.overruled = said
    return tuple(found)


def settled_in(retro: Retro, ref: str) -> Standing:
    """What a retro says has become of an action of an earlier one; that it goes on is not part of it."""
    found = next((one for one in retro.reviewed if one.action == ref), None)
    return Standing() if found is None else Standing(found.status, found.reason)


def _items(folder: Path, today: date) -> tuple[tuple[ActionItem, ...], tuple[ActionItem, ...]]:
    """Open actions, and those that are settled or go on elsewhere."""
    from retrotui.archive import open_actions
    from retrotui.archive.index import NoSearch
    from retrotui.archive.ledger import Ledger, Wanted

    try:
        with Ledger.of(folder, os.environ) as ledger:
            every = ledger.items(Wanted("all"), today)
    except NoSearch:
        return open_actions(folder, today), ()
    return tuple(item for item in every if item.is_open), tuple(item for item in every if not item.is_open)


def _in_file(path: Path, action_id: str) -> Standing:
    """What the file itself says, where the ledger already says what it should."""
    from retrotui.archive import BadFile, NewerFormat, loads, read_bytes

    with contextlib.suppress(BadFile, NewerFormat):
        action = loads(read_bytes(path), path.name).find(action_id)
        if isinstance(action, Action):
            return Standing(action.status, action.reason, action.went_to)
    return Standing()


def write(old: OldAction, standing: Standing, today: date) -> str:
    """Writes into its own file where an action stands. Slow; any thread.

    Returns:
        Why it could not be written, as a sentence; empty when it was.
    """
    from retrotui.archive.edits import CannotEdit, edit_file

    closed = None if standing.status is ActionStatus.OPEN else today
    values = (
        ("status", standing.status),
        ("closed", closed),
        ("reason", standing.reason),
        ("went_to", standing.went_to),
    )
    try:
        edit_file(old.path, (Edit(old.item.id, values),))
    except CannotEdit as error:
        return str(error)
    return ""
