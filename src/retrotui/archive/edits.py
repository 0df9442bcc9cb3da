"""Changing an action where it stands: the right file, its lock, a session, a safe save, all in one go.

Each builder gives the change that keeps an action whole: its status with the day and the reason. Leaves
finding the action to `ledger`.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from retrotui.archive.opened import open_file
from retrotui.archive.problems import BadFile
from retrotui.archive.saver import Saver
from retrotui.archive.states import SaveKind
from retrotui.facilitation import Session
from retrotui.retro import Action, ActionStatus, ChangeRefused, Retro
from retrotui.retro.changes import Batch, Change, edit


class CannotEdit(Exception):
    """A file could not be changed; the message is a sentence for the person at the keyboard. It is as it
    was.
    """


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a file."""

    retro: Retro
    remarks: tuple[str, ...] = ()
    """Sentences about what else happened, such as comments that were put aside."""


def edit_file(path: Path, changes: Sequence[Change], *, env: Mapping[str, str] = os.environ) -> Edited:
    """Applies changes to a retro file that nobody has open, all or none, and saves it.

    What a crashed meeting left beside the file (drafts, elapsed seconds) is kept.

    Raises:
        CannotEdit: when it cannot be read, is open elsewhere, refuses a change, or cannot be saved.
    """
    try:
        opened = open_file(path, env=env)
    except BadFile as error:
        raise CannotEdit(str(error)) from error
    if opened.read_only_reason:
        opened.close()
        raise CannotEdit(f"{path.name}: {opened.read_only_reason}")
    remarks = [opened.remark] if opened.remark else []
    session = Session(opened.retro, resumed=opened.heartbeat)
    try:
        retro = session.do(Batch(tuple(changes)), force=True)
    except ChangeRefused as error:
        opened.close()
        raise CannotEdit(f"{path.name}: {error}") from error
    if opened.comments_lost:
        remarks.append(
            f"{path.name}: comments inside the file are not kept; the version with them stands beside it"
        )
    saver = Saver(opened, env=env, thread=False)
    if opened.drafts:
        saver.draft(opened.drafts)
    saver.submit(retro)
    state = saver.flush()
    closed = saver.close()
    if state.kind in (SaveKind.CONFLICT, SaveKind.UNSAVED):
        raise CannotEdit(f"{path.name}: {(closed if state.kind is SaveKind.UNSAVED else state).message}")
    return Edited(retro, tuple(remarks))


def finish(action: Action, today: date) -> Change:
    """Marks it done.

    Raises:
        ChangeRefused: when it is not open.
    """
    _must_be_open(action)
    return edit(action.id, status=ActionStatus.DONE, closed=today, reason="")


def drop(action: Action, today: date, why: str) -> Change:
    """Marks it as something that will not be done, with the reason.

    Raises:
        ChangeRefused: when it is not open, or no reason is given.
    """
    _must_be_open(action)
    if not why.strip():
        raise ChangeRefused("say why it will not be done: the next retro will ask")
    return edit(action.id, status=ActionStatus.WONT_DO, closed=today, reason=why.strip())


def reopen(action: Action) -> Change:
    """Takes it up again.

    Raises:
        ChangeRefused: when it is open, or goes on in another retro.
    """
    if action.status is ActionStatus.OPEN:
        raise ChangeRefused(f"{action.id} is open already")
    if action.went_to:
        raise ChangeRefused(f"{action.id} goes on as {action.went_to}: reopen that one")
    return edit(action.id, status=ActionStatus.OPEN, closed=None, reason="")


def assign(action: Action, owner: str) -> Change:
    """Gives it to a person or a team; to nobody for an empty name."""
    return edit(action.id, owner=" ".join(owner.split()).removeprefix("@"))


def set_due(action: Action, due: date | None) -> Change:
    """Gives it a day, or takes the day away."""
    return edit(action.id, due=due)


def set_ticket(action: Action, ticket: str) -> Change:
    """Ties it to where the work is tracked, or unties it for an empty link."""
    return edit(action.id, ticket=ticket.strip())


def supersede(action: Action, today: date, *, by: str) -> Change:
    """Says that it goes on as another action, `RETRO-ID#a1`.

    Raises:
        ChangeRefused: when it is not open.
    """
    _must_be_open(action)
    values: dict[str, Any] = {"status": ActionStatus.SUPERSEDED, "closed": today, "went_to": by}
    return edit(action.id, **values)


_STANDS = {
    ActionStatus.DONE: "is done already",
    ActionStatus.WONT_DO: "was dropped already",
    ActionStatus.SUPERSEDED: "goes on elsewhere already",
}


def _must_be_open(action: Action) -> None:
    if action.status is not ActionStatus.OPEN:
        went = f" ({action.went_to})" if action.went_to else ""
        raise ChangeRefused(f"{action.id} {_STANDS[action.status]}{went}")
