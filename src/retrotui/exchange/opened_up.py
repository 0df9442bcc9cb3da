"""A solo reflection opened up for the team: the facts go along, the private part stays where it is.

Leaves both files to the caller; the reflection itself is not changed.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

from retrotui.exchange.kinder_words import kinder, own_words
from retrotui.facilitation import plan
from retrotui.retro import (
    WENT_WELL,
    Agenda,
    Card,
    CardKind,
    Close,
    Entry,
    EventKind,
    IssuedIds,
    Mode,
    Opening,
    Retro,
    StageKind,
    Status,
    new_id_for,
)
from retrotui.templates import Template

_TEAM_KIND: Mapping[EventKind, EventKind] = {
    EventKind.SAW: EventKind.OBSERVATION,
    EventKind.EXPECTED: EventKind.CONTEXT,
    EventKind.DID: EventKind.ACTION,
}
EntryType = TypeVar("EntryType", bound=Entry)
_HOW_CAN_I = re.compile(r"^how can i\b", re.IGNORECASE)


def opened_up(retro: Retro, template: Template, *, taken_ids: frozenset[str] = frozenset()) -> Retro:
    """A team retro from a solo one, at its start.

    Events, conditions, questions, answers, actions and what helped go along. What was said on arriving and at
    the close, parked thoughts, private cards, kept phrases, counts and times do not. Lines in which somebody
    blames themselves take the kinder words of the wording check, or stay behind where it has none.

    Args:
        retro: The reflection.
        template: What the team's agenda is made from.
        taken_ids: Ids of retros that exist; the new one gets another.
    """
    info = retro.info
    events = tuple(
        event.model_copy(update={"kind": _TEAM_KIND.get(event.kind, event.kind), "text": kinder(event.text)})
        for event in retro.events
    )
    events = tuple(event for event in events if event.text.strip())
    factors = _kept(retro.factors)
    gone = {factor.id: factor.parent for factor in retro.factors} | {
        factor.id: factor.id for factor in factors
    }
    factors = tuple(
        factor.model_copy(
            update={
                "parent": _parent(factor.parent, gone),
                "events": _known(factor.events, events),
                "votes": 0,
            }
        )
        for factor in factors
    )
    questions = tuple(
        question.model_copy(
            update={
                "text": _HOW_CAN_I.sub("How can we", question.text),
                "factors": _known(question.factors, factors),
                "votes": 0,
            }
        )
        for question in _kept(retro.questions)
    )
    actions = tuple(
        action.model_copy(
            update={
                "questions": _known(action.questions, questions),
                "factors": _known(action.factors, factors),
            }
        )
        for action in _kept(retro.actions)
    )
    asked = {question.id for question in questions}
    answers = tuple(
        answer.model_copy(update={"votes": 0, "action": next(iter(_known((answer.action,), actions)), "")})
        for answer in _kept(retro.answers)
        if answer.question in asked
    )
    agenda = plan(template)
    issued = IssuedIds(**{prefix: retro.highest(prefix) for prefix in "efqna"})
    return Retro(
        retro=info.model_copy(
            update={
                "id": _new_id(retro, taken_ids),
                "mode": Mode.TEAM,
                "template": template.id,
                "status": Status.DRAFT,
                "people": (),
                "facilitator": "",
                "summary": kinder(info.summary),
                "impact": kinder(info.impact),
            }
        ),
        agenda=agenda,
        opening=Opening(),
        event=events,
        went_well=_went_well(retro, agenda),
        factor=factors,
        question=questions,
        answer=answers,
        action=actions,
        close=Close(),
        ids=issued,
    )


def _kept(entries: tuple[EntryType, ...]) -> tuple[EntryType, ...]:
    """Those whose words may go along, in kinder ones where need be."""
    fresh = (entry.model_copy(update={"text": kinder(getattr(entry, "text", ""))}) for entry in entries)
    return tuple(entry for entry in fresh if getattr(entry, "text", "").strip())


def _known(ids: tuple[str, ...], entries: tuple[Entry, ...]) -> tuple[str, ...]:
    there = {entry.id for entry in entries}
    return tuple(entry_id for entry_id in ids if entry_id in there)


def _parent(parent: str, stands_for: Mapping[str, str]) -> str:
    """The nearest factor above that goes along; empty for a root."""
    for _ in range(len(stands_for) + 1):
        if not parent or stands_for.get(parent, "") == parent:
            return parent
        parent = stands_for.get(parent, "")
    return ""


def _went_well(retro: Retro, agenda: Agenda) -> tuple[Card, ...]:
    """What helped, as the team's What went well; nothing where its agenda has no place for that."""
    if agenda.stage(WENT_WELL) is None:
        return ()
    stages = {stage.id for stage in retro.agenda.stages if stage.kind is StageKind.CARDS}
    cards = [card for card in (*retro.went_well, *retro.cards) if card.stage in stages | {WENT_WELL}]
    cards = [card for card in cards if not card.private and own_words(card.text).strip()]
    ids = {card.id: f"w{number}" for number, card in enumerate(cards, 1)}
    kinds = {CardKind.TAKEAWAY: CardKind.OTHER}
    return tuple(
        card.model_copy(
            update={
                "id": ids[card.id],
                "stage": WENT_WELL,
                "column": "",
                "kind": kinds.get(card.kind, card.kind),
                "text": own_words(card.text),
                "group": ids.get(card.group, ""),
                "votes": 0,
            }
        )
        for card in cards
    )


def _new_id(retro: Retro, taken: frozenset[str]) -> str:
    info = retro.info
    day = info.held.astimezone(info.zone) if info.held else None
    wanted = f"{new_id_for(info.title, day)}-team" if day else f"{info.id}-team"
    found, number = wanted, 1
    while found in taken or found == info.id:
        number += 1
        found = f"{wanted}-{number}"
    return found
