"""The answers of forms as one change to a retro: all of them or none, their wording checked before.

Where the retro keeps no names, and in stages that are written privately, the answers of all are shuffled
together. Leaves reading forms to `forms`, and deciding about held words to people.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrotui.exchange.forms import Answer, Field, Form, fields_of
from retrotui.exchange.timeline_in.candidates import clean_line
from retrotui.exchange.timeline_in.review import day_of
from retrotui.facilitation import WordingGuard
from retrotui.notation import read_event_line
from retrotui.retro import WENT_WELL, Card, Entry, Event, EventKind, Factor, Question, Retro, StageKind
from retrotui.retro.changes import Add, Batch, Change
from retrotui.templates import Template


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer whose words the retro would hold."""

    place: str
    """`form-ana.md:12`, or only the question's title where answers are unattributed."""
    text: str
    why: str
    question: str
    """What to ask instead."""
    rewrite: str
    """Other words, or empty where there are none."""


@dataclass(frozen=True, slots=True)
class Answers(Batch):
    """Adds answers to a retro that may have changed since they were read: ids are given when it applies."""

    def apply(self, retro: Retro) -> Retro:
        return Batch(tuple(_renumbered(self.changes, retro))).apply(retro)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What forms bring to a retro."""

    batch: Answers
    """Adds every answer that is new and not held."""
    known: int
    """How many stand in the retro already."""
    held: tuple[HeldAnswer, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    field: Field
    answer: Answer
    form: Form


def gather(
    retro: Retro,
    template: Template,
    forms: Sequence[Form],
    *,
    guard: WordingGuard | None = None,
    rewrite: bool = False,
    rng: random.Random | None = None,
) -> Gathered:
    """The answers of forms, as one change.

    Args:
        retro: The retro they are for.
        template: Its template.
        forms: Forms that were read for this retro.
        guard: Checks the wording as in the meeting; the usual one when None.
        rewrite: Whether held answers take the first rewrite that is offered.
        rng: What shuffles; the system's own when None.
    """
    fields = {field.key: field for field in fields_of(retro, template)}
    given = [_Given(fields[answer.key], answer, form) for form in forms for answer in form.answers]
    given = _shuffled(given, fields, retro, rng or random.SystemRandom())
    seen = {_same(key, text) for key, text in _standing(retro)}
    adds: list[Add] = []
    place: dict[str, _Given] = {}
    known = 0
    count = {prefix: retro.highest(prefix) for prefix in Retro.FIELD_OF}
    for item in given:
        entry = _entry(item, retro, count)
        mark = _same(_place_of(entry), getattr(entry, "text", ""))
        if mark in seen:
            known += 1
            continue
        seen.add(mark)
        count[_prefix(item.field)] += 1
        adds.append(Add(entry))
        place[entry.id] = item
    guard = guard or WordingGuard(template=template)
    batch, held = _checked(adds, retro, guard, place, rewrite)
    return Gathered(batch, known, held)


def _shuffled(
    given: list[_Given], fields: Mapping[str, Field], retro: Retro, rng: random.Random
) -> list[_Given]:
    """The answers question by question, those that must not be traced in an order that says nothing."""
    result: list[_Given] = []
    for field in fields.values():
        mine = [item for item in given if item.field.key == field.key]
        if retro.info.unattributed or field.secret:
            rng.shuffle(mine)
        result += mine
    return result


def _checked(
    adds: list[Add], retro: Retro, guard: WordingGuard, place: Mapping[str, _Given], rewrite: bool
) -> tuple[Answers, tuple[HeldAnswer, ...]]:
    found = guard.held(Batch(tuple(adds)), retro) if adds else ()
    if rewrite and found:
        words = {text.entry_id: text.findings[0].rewrite for text in found}
        adds = [
            Add(add.entry.model_copy(update={"text": words[add.entry.id]}))
            if words.get(add.entry.id)
            else add
            for add in adds
        ]
        found = guard.held(Batch(tuple(adds)), retro)
    by_id = {text.entry_id: text for text in found}
    held = tuple(
        HeldAnswer(
            _place(place[text.entry_id], retro),
            text.text,
            text.findings[0].why,
            text.findings[0].question,
            text.findings[0].rewrite or "",
        )
        for text in found
    )
    kept = [add for add in adds if add.entry.id not in by_id]
    label = f"take in {len(kept)} answers" if len(kept) != 1 else "take in an answer"
    return Answers(tuple(kept), label), held


def _renumbered(adds: Sequence[Change], retro: Retro) -> list[Add]:
    """The same entries with the next ids of a retro; nothing links to them yet."""
    count = {prefix: retro.highest(prefix) for prefix in Retro.FIELD_OF}
    fresh = []
    for add in adds:
        if not isinstance(add, Add):
            continue
        prefix = add.entry.id.rstrip("0123456789")
        count[prefix] += 1
        fresh.append(Add(add.entry.model_copy(update={"id": f"{prefix}{count[prefix]}"})))
    return fresh


def _place(item: _Given, retro: Retro) -> str:
    if retro.info.unattributed or item.field.secret:
        return item.field.title
    return f"{item.form.name}:{item.answer.line}"


def _prefix(field: Field) -> str:
    match field.kind:
        case StageKind.TIMELINE:
            return "e"
        case StageKind.FACTORS:
            return "f"
        case StageKind.HOW_CAN_WE:
            return "q"
    return "w" if field.stage == WENT_WELL else "c"


def _entry(item: _Given, retro: Retro, count: Mapping[str, int]) -> Entry:
    field, text = item.field, clean_line(item.answer.text)
    prefix = _prefix(field)
    new_id = f"{prefix}{count[prefix] + 1}"
    match prefix:
        case "e":
            line = read_event_line(text, day=day_of(retro), zone=retro.info.zone)
            person = "" if retro.info.unattributed or field.secret else clean_line(item.form.person)
            return Event(
                id=new_id,
                at=line.at,
                precision=line.precision,
                approximate=line.approximate,
                said=line.said,
                kind=line.kind or EventKind.OBSERVATION,
                state=line.state,
                text=line.text or text,
                source=f"form, {person}" if person else "form",
            )
        case "f":
            return Factor(id=new_id, text=text)
        case "q":
            return Question(id=new_id, text=text)
    return Card(id=new_id, stage=field.stage, column=field.column, text=text)


def _place_of(entry: Entry) -> str:
    if isinstance(entry, Card):
        return f"{entry.stage}.{entry.column}"
    if isinstance(entry, Event):
        return f"event {entry.at.timestamp() if entry.at else entry.said}"
    return type(entry).__name__


def _standing(retro: Retro) -> list[tuple[str, str]]:
    entries: tuple[Entry, ...] = (
        *retro.events,
        *retro.went_well,
        *retro.cards,
        *retro.factors,
        *retro.questions,
    )
    return [(_place_of(entry), getattr(entry, "text", "")) for entry in entries]


def _same(place: str, text: str) -> tuple[str, str]:
    return place, " ".join(text.casefold().split())
