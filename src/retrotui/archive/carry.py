"""Carrying open actions into the next retro so that both files stay true.

Each choice gives two changes: one for the retro being held, one for the file the action came from. Apply
the new one first and save it, then the old one: a crash in between leaves an action that is in both, which
the ledger shows once, and never one that is in neither. Leaves applying them to a session and to
`edits.edit_file`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from retrotui.archive.edits import drop, finish, supersede
from retrotui.archive.items import ActionItem
from retrotui.retro import Action, ActionKind, ActionStatus, ChangeRefused, Priority, Retro
from retrotui.retro.changes import Add, Change


@dataclass(frozen=True, slots=True)
class Carried:
    """One decision about an old action."""

    item: ActionItem
    new: Change | None
    """For the retro being held; None when nothing goes on there."""
    old: Change
    """For the file the action stands in."""


def candidates(items: Iterable[ActionItem], retro: Retro, today: date) -> tuple[ActionItem, ...]:
    """The open actions of other retros in the order in which this one should look at them.

    Those that share a tag or whose owner is here come first, then what is overdue longest. Someone alone
    looks at what came out of reflecting alone, a team at what teams agreed on: neither is shown to the other.
    """
    mode = retro.info.mode.value
    tags = {tag.casefold() for tag in retro.info.tags}
    people = {person.casefold() for person in (*retro.info.people, retro.info.facilitator) if person}

    def rank(item: ActionItem) -> tuple[bool, bool, date, str]:
        near = bool(tags & {tag.casefold() for tag in item.tags}) or item.owner.casefold() in people
        return (not near, not item.overdue(today), item.due or date.max, item.ref)

    others = (item for item in items if item.is_open and item.mode == mode and item.retro_id != retro.info.id)
    return tuple(sorted(others, key=rank))


def as_done(item: ActionItem, today: date) -> Carried:
    """It has been done."""
    return Carried(item, None, finish(_action(item), today))


def as_dropped(item: ActionItem, today: date, why: str) -> Carried:
    """It will not be done, and why.

    Raises:
        ChangeRefused: when no reason is given.
    """
    return Carried(item, None, drop(_action(item), today, why))


def keep(item: ActionItem, into: Retro, new_id: str, today: date, **values: Any) -> Carried:
    """It goes on in this retro: as it is, or re-scoped with new values for its fields.

    Args:
        item: the old action.
        into: the retro being held.
        new_id: an id of that retro for the action, from its session.
        today: the day on which the old one stops being open.
        values: fields of `Action` that are new: `text`, `due`, `owner`, ….

    Raises:
        ChangeRefused: when it stands in this very retro, is not open, or a field is not one that can be
        given.
    """
    if item.retro_id == into.info.id:
        raise ChangeRefused("it is in this retro already")
    wrong = values.keys() - {
        "text",
        "kind",
        "owner",
        "due",
        "priority",
        "done_when",
        "ticket",
        "factors",
        "questions",
    }
    if wrong:
        raise ChangeRefused(f"{', '.join(sorted(wrong))} of an action that is carried on cannot be given")
    fresh = _action(item).model_copy(
        update={"id": new_id, "carried": item.carried + 1, "came_from": item.ref, "went_to": "", **values}
    )
    action = Action.model_validate(fresh.model_dump())
    return Carried(item, Add(action), supersede(_action(item), today, by=f"{into.info.id}#{new_id}"))


def _action(item: ActionItem) -> Action:
    """The item as an action on its own: without factors and questions, which belong to its retro."""
    return Action(
        id=item.id,
        text=item.text,
        kind=ActionKind(item.kind),
        owner=item.owner,
        due=item.due,
        priority=Priority(item.priority),
        done_when=item.done_when,
        ticket=item.ticket,
        status=ActionStatus(item.status),
        reason=item.reason,
        closed=item.closed,
        carried=item.carried,
        came_from=item.came_from,
        went_to=item.went_to,
    )
