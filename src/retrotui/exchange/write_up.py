"""What a write-up shows: a retro put in order and in words, without anything secret.

Private cards and an open ballot's counts are left out here, so that nothing that lays a retro out (a report
template, `retrotui show`) can leak them. Leaves escaping and layout to whoever shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from retrotui.notation import format_event_time
from retrotui.retro import (
    WENT_WELL,
    Action,
    ActionStatus,
    Answer,
    Card,
    Event,
    Factor,
    FactorKind,
    Question,
    Retro,
    StageKind,
)
from retrotui.retro.factors import tree
from retrotui.retro.timeline import Figure, figures, in_order, remarks


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the timeline."""

    day: str
    """The local date, `2017-01-31`, where it differs from the row before; else empty."""
    time: str
    event: Event
    kind: str
    """The kind in words, with what became of a hypothesis."""


@dataclass(frozen=True, slots=True)
class CardGroup:
    """A card with those grouped under it."""

    lead: Card
    others: tuple[Card, ...]

    @property
    def votes(self) -> int:
        """Hands for the card and all that are grouped under it."""
        return self.lead.votes + sum(card.votes for card in self.others)


@dataclass(frozen=True, slots=True)
class CardSection:
    """The cards of one stage."""

    stage: str
    title: str
    groups: tuple[CardGroup, ...]


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One factor of the tree."""

    depth: int
    factor: Factor
    notes: tuple[str, ...]
    """Kind, category, where it shows, and whether it is still so; plain text."""


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A how-can-we question with what was said to it."""

    question: Question
    about: tuple[str, ...]
    answers: tuple[tuple[Answer, Action | None], ...]


@dataclass(frozen=True, slots=True)
class WriteUp:
    """Everything a write-up may show."""

    retro: Retro
    """The value itself, without private cards and without an open ballot."""
    facts: tuple[tuple[str, str], ...]
    """Name and value: when it was held, by whom, how long."""
    timeline: tuple[EventRow, ...]
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]
    opening_cards: tuple[CardSection, ...]
    card_sections: tuple[CardSection, ...]
    close_cards: tuple[CardSection, ...]
    factors: tuple[FactorLine, ...]
    """The whole tree."""
    causes: tuple[FactorLine, ...]
    """The tree without what kept the damage smaller."""
    kept_smaller: tuple[FactorLine, ...]
    """Factors that kept the damage smaller, with what stands below them."""
    questions: tuple[QuestionBlock, ...]
    open_actions: tuple[Action, ...]
    closed_actions: tuple[Action, ...]


def write_up(retro: Retro) -> WriteUp:
    """The retro as a write-up shows it."""
    retro = _without_secrets(retro)
    sections = tuple(_card_sections(retro))
    factors = tuple(_factor_lines(retro))
    causes, kept_smaller = _sides(factors)
    return WriteUp(
        retro=retro,
        facts=tuple(_facts(retro)),
        timeline=tuple(_timeline(retro)),
        figures=figures(retro.events),
        remarks=remarks(retro.events),
        opening_cards=_of_kind(retro, sections, StageKind.OPENING),
        card_sections=_of_kind(retro, sections, StageKind.CARDS),
        close_cards=_of_kind(retro, sections, StageKind.CLOSE),
        factors=factors,
        causes=causes,
        kept_smaller=kept_smaller,
        questions=tuple(_questions(retro)),
        open_actions=tuple(action for action in retro.actions if action.status is ActionStatus.OPEN),
        closed_actions=tuple(action for action in retro.actions if action.status is not ActionStatus.OPEN),
    )


def _without_secrets(retro: Retro) -> Retro:
    return retro.model_copy(
        update={
            "went_well": tuple(card for card in retro.went_well if not card.private),
            "cards": tuple(card for card in retro.cards if not card.private),
            "ballot": None,
        }
    )


def _facts(retro: Retro) -> Iterator[tuple[str, str]]:
    info = retro.info
    if info.held:
        yield "Held", f"{info.held.astimezone(info.zone):%Y-%m-%d %H:%M} ({info.timezone})"
    yield "Status", info.status.value.replace("_", " ")
    for name, value in (
        ("Severity", info.severity),
        ("Facilitator", info.facilitator),
        ("People", ", ".join(info.people)),
        ("Tags", ", ".join(info.tags)),
    ):
        if value:
            yield name, value
    planned = sum(stage.planned_s for stage in retro.agenda.stages if not stage.skipped)
    elapsed = sum(stage.elapsed_s for stage in retro.agenda.stages)
    if elapsed:
        yield "Meeting", f"{_minutes(elapsed)} of {_minutes(planned)} planned"


def _minutes(seconds: int) -> str:
    return f"{round(seconds / 60)} min"


def _timeline(retro: Retro) -> Iterator[EventRow]:
    zone = retro.info.zone
    shown: date | None = None
    for event in in_order(retro.events):
        local = _local_day(retro, event)
        day = ""
        if local is not None and local != shown:
            day, shown = local.isoformat(), local
        kind = event.kind.label + (f" ({event.state.value})" if event.state.value else "")
        yield EventRow(day, format_event_time(event, zone, day=local), event, kind)


def _local_day(retro: Retro, event: Event) -> date | None:
    if event.at is None:
        return None
    try:
        return event.at.astimezone(retro.info.zone).date()
    except OverflowError:  # the first and last hours that a date can name have no other zone
        return event.at.date()


def _card_sections(retro: Retro) -> Iterator[CardSection]:
    titles = {stage.id: stage.title for stage in retro.agenda.stages}
    stages = dict.fromkeys((*titles, WENT_WELL, *(card.stage for card in retro.cards)))
    for stage in stages:
        groups = tuple(_groups(retro.cards_of(stage)))
        if groups:
            yield CardSection(stage, titles.get(stage) or stage.replace("_", " ").capitalize(), groups)


def _groups(cards: tuple[Card, ...]) -> Iterator[CardGroup]:
    """Cards with those grouped under them; one whose group is not to be seen stands alone."""
    present = {card.id for card in cards}
    below: dict[str, list[Card]] = {}
    for card in cards:
        if card.group in present:
            below.setdefault(card.group, []).append(card)
    for card in cards:
        if card.group not in present:
            yield CardGroup(card, tuple(below.get(card.id, ())))


def _of_kind(retro: Retro, sections: tuple[CardSection, ...], kind: StageKind) -> tuple[CardSection, ...]:
    """The sections of stages of a kind; those of stages that are not in the agenda count as cards."""
    kinds = {stage.id: stage.kind for stage in retro.agenda.stages}
    own = (StageKind.OPENING, StageKind.CLOSE)

    def kind_of(stage: str) -> StageKind:
        found = kinds.get(stage, StageKind(stage) if stage in own else StageKind.CARDS)
        return found if found in own else StageKind.CARDS

    return tuple(section for section in sections if kind_of(section.stage) is kind)


def _factor_lines(retro: Retro) -> Iterator[FactorLine]:
    times = {event.id: _when(retro, event) for event in retro.events}
    for depth, factor in tree(retro.factors):
        notes = [factor.kind.value] if factor.kind.value not in ("contributing", "unknown") else []
        if factor.category:
            notes.append(factor.category)
        seen = [times[event] for event in factor.events if times.get(event)]
        if seen:
            notes.append(f"seen at {', '.join(dict.fromkeys(seen))}")
        if not factor.present_now:
            notes.append("no longer so")
        if factor.votes:
            notes.append(votes_in_words(factor.votes))
        yield FactorLine(depth, factor, tuple(notes))


def _sides(lines: tuple[FactorLine, ...]) -> tuple[tuple[FactorLine, ...], tuple[FactorLine, ...]]:
    """The causes, and what kept the damage smaller; what stands below a factor goes where the factor goes."""
    causes: list[FactorLine] = []
    kept_smaller: list[FactorLine] = []
    top: int | None = None  # the depth of the mitigating factor that we are in
    for line in lines:
        if top is not None and line.depth <= top:
            top = None
        if top is None and line.factor.kind is FactorKind.MITIGATING:
            top = line.depth
        if top is None:
            causes.append(line)
        else:
            kept_smaller.append(FactorLine(line.depth - top, line.factor, line.notes))
    return tuple(causes), tuple(kept_smaller)


def _when(retro: Retro, event: Event) -> str:
    if event.at is None:
        return ""
    return format_event_time(event, retro.info.zone, day=_local_day(retro, event))


def _questions(retro: Retro) -> Iterator[QuestionBlock]:
    factors = {factor.id: factor.text for factor in retro.factors}
    actions = {action.id: action for action in retro.actions}
    for question in retro.questions:
        answers = tuple(
            (answer, actions.get(answer.action)) for answer in retro.answers if answer.question == question.id
        )
        yield QuestionBlock(
            question, tuple(factors[item] for item in question.factors if item in factors), answers
        )


def votes_in_words(votes: int) -> str:
    """`1 vote`, `4 votes`."""
    return f"{votes} vote" if votes == 1 else f"{votes} votes"
