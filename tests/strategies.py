"""Hypothesis strategies for whole retros: any value a file can hold, odd texts and odd times included.

`retros()` gives values as a session holds them: every link leads somewhere, and the counters of ids given out
are at least as high as the entries that are there.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from retrotui.retro import (
    Action,
    ActionKind,
    ActionStatus,
    Agenda,
    Answer,
    Ballot,
    Card,
    CardKind,
    Close,
    Event,
    EventKind,
    Factor,
    FactorKind,
    HypothesisState,
    Info,
    IssuedIds,
    KeptWording,
    Mode,
    Opening,
    Parked,
    Precision,
    Priority,
    Question,
    Retro,
    Reviewed,
    Stage,
    StageKind,
    Status,
    Topic,
)
from retrotui.retro.factors import subtree_ids

ODD_TEXTS = (
    "",
    " ",
    "pager fires",
    "two\nlines\r\nand a\rhalf",
    "tab\there",
    'quotes " and \\ backslash \\n',
    "'''\"\"\"",
    "# no comment",
    "[[event]]",
    "a = 1",
    "\x00\x01\x1b[31mred\x1b[0m\x7f\x9b",
    "\u200f\u202eright to left\u202c \u0639\u0631\u0628\u064a",
    "wide \u6f22\u5b57, combining e\u0301, emoji \U0001f469\u200d\U0001f4bb \U0001f1ee\U0001f1ea",
    "\ufeff\u2028\u2029\u0085",
    "[b]markup[/b]",
    "x" * 300,
)

texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
"""What people type or paste: anything but lone surrogates, which have no UTF-8 form."""

words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))

instants = st.datetimes(
    min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9000, 1, 1),  # noqa: DTZ001
    timezones=st.one_of(st.just(UTC), offsets),
)

days = st.dates(date(1900, 1, 1), date(9000, 1, 1))

counts = st.integers(0, 1_000_000)
few = st.integers(0, 12)
seconds = st.integers(0, 7200)
ratings = st.lists(st.integers(1, 5), max_size=8).map(tuple)

_plain = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    texts,
    instants,
    days,
    st.times(),
)

unknown_values = st.recursive(
    _plain,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
"""Values a newer version, or a person, may have written under keys this version does not know."""

unknown_keys = st.dictionaries(
    st.one_of(words.map(lambda word: f"x_{word}"), texts.map(lambda text: f"x {text}")),
    unknown_values,
    max_size=2,
)


def _some(strategy: st.SearchStrategy[Any], ids: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    if not ids:
        return st.just(())
    return st.lists(st.sampled_from(ids), unique=True, max_size=3).map(tuple)


@st.composite
def retros(draw: st.DrawFn, most: int = 4, extras: bool = True) -> Retro:
    """A whole retro with up to `most` entries of each kind; with unknown keys when `extras` is true."""

    def maybe(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(strategy)

    def more() -> dict[str, Any]:
        found: dict[str, Any] = draw(unknown_keys) if extras and draw(st.integers(0, 9)) == 0 else {}
        return found

    def ids(prefix: str) -> list[str]:
        return [
            f"{prefix}{number}" for number in draw(st.lists(st.integers(1, 999), unique=True, max_size=most))
        ]

    stage_ids = draw(st.lists(words, unique=True, max_size=6))
    events = tuple(
        Event(
            id=entry,
            at=maybe(st.none() | instants),
            precision=maybe(st.sampled_from(Precision)),
            approximate=maybe(st.booleans()),
            said=maybe(texts),
            kind=maybe(st.sampled_from(EventKind)),
            state=maybe(st.sampled_from(HypothesisState)),
            text=maybe(texts),
            source=maybe(texts),
            evidence=maybe(st.lists(texts, max_size=2).map(tuple)),
            **more(),
        )
        for entry in ids("e")
    )
    event_ids = [event.id for event in events]
    went_well = _cards(draw, ids("w"), ["went_well"], more)
    cards = _cards(draw, ids("c"), [stage for stage in stage_ids if stage != "went_well"] or ["x"], more)
    factors = _factors(draw, ids("f"), event_ids, more)
    factor_ids = [factor.id for factor in factors]
    questions = tuple(
        Question(id=entry, text=maybe(texts), factors=maybe(_some(texts, factor_ids)), votes=maybe(few))
        for entry in ids("q")
    )
    question_ids = [question.id for question in questions]
    actions = tuple(
        Action(
            id=entry,
            text=maybe(texts),
            kind=maybe(st.sampled_from(ActionKind)),
            owner=maybe(texts),
            due=maybe(st.none() | days),
            priority=maybe(st.sampled_from(Priority)),
            done_when=maybe(texts),
            questions=maybe(_some(texts, question_ids)),
            factors=maybe(_some(texts, factor_ids)),
            ticket=maybe(texts),
            status=maybe(st.sampled_from(ActionStatus)),
            reason=maybe(texts),
            closed=maybe(st.none() | days),
            carried=maybe(few),
            came_from=maybe(texts),
            went_to=maybe(texts),
            **more(),
        )
        for entry in ids("a")
    )
    action_ids = [action.id for action in actions]
    answers = (
        tuple(
            Answer(
                id=entry,
                question=maybe(st.sampled_from(question_ids)),
                text=maybe(texts),
                action=maybe(st.sampled_from(["", *action_ids])),
                votes=maybe(few),
            )
            for entry in ids("n")
        )
        if question_ids
        else ()
    )
    parked = tuple(
        Parked.model_validate(
            {"id": entry, "from": maybe(st.sampled_from(["", *stage_ids])), "text": maybe(texts)}
        )
        for entry in ids("p")
    )
    votable = [*factor_ids, *question_ids, *(card.id for card in went_well)]
    retro = Retro(
        retro=Info(
            id=maybe(words),
            title=maybe(texts),
            template=maybe(words),
            mode=maybe(st.sampled_from(Mode)),
            status=maybe(st.sampled_from(Status)),
            held=maybe(st.none() | instants),
            timezone=maybe(st.sampled_from(["UTC", "Europe/Dublin", "America/St_Johns"])),
            incident_start=maybe(st.none() | instants),
            severity=maybe(texts),
            tags=maybe(st.lists(texts, max_size=3).map(tuple)),
            facilitator=maybe(texts),
            people=maybe(st.lists(texts, max_size=3).map(tuple)),
            summary=maybe(texts),
            impact=maybe(texts),
            **more(),
        ),
        agenda=_agenda(draw, stage_ids, [*factor_ids, *question_ids], more),
        opening=Opening(ground_rule=maybe(texts), safety=maybe(ratings)),
        event=events,
        went_well=went_well,
        card=cards,
        factor=factors,
        question=questions,
        answer=answers,
        action=actions,
        parked=parked,
        reviewed=tuple(
            Reviewed(
                action=f"2026-10-01-earlier#a{number}",
                status=draw(st.sampled_from([ActionStatus.DONE, ActionStatus.WONT_DO])),
                reason=draw(texts),
                **more(),
            )
            for number in range(draw(st.integers(0, 2)))
        ),
        kept_wording=tuple(
            KeptWording(
                section=maybe(words), rule=maybe(words), phrase=maybe(texts), reason=maybe(texts), **more()
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        ballot=_ballot(draw, votable) if votable and maybe(st.booleans()) else None,
        close=Close(attended=maybe(few), learned=maybe(few), roti=maybe(ratings)),
        **more(),
    )
    gone = {prefix: retro.highest(prefix) + draw(st.sampled_from([0, 0, 1, 7])) for prefix in Retro.FIELD_OF}
    return retro.model_copy(update={"ids": IssuedIds(**gone)})


def _cards(
    draw: st.DrawFn, ids: list[str], stages: list[str], more: Callable[[], dict[str, Any]]
) -> tuple[Card, ...]:
    found: list[Card] = []
    for entry in ids:
        stage = draw(st.sampled_from(stages))
        leads = [card.id for card in found if card.stage == stage and not card.group]
        found.append(
            Card(
                id=entry,
                stage=stage,
                column=draw(st.sampled_from(["", "puzzles"])),
                kind=draw(st.sampled_from(CardKind)),
                text=draw(texts),
                group=draw(st.sampled_from(["", *leads])),
                votes=draw(counts),
                private=draw(st.booleans()),
                **more(),
            )
        )
    return tuple(found)


def _factors(
    draw: st.DrawFn, ids: list[str], events: list[str], more: Callable[[], dict[str, Any]]
) -> tuple[Factor, ...]:
    found: list[Factor] = []
    for entry in ids:
        parents = ["", *(factor.id for factor in found)]
        found.append(
            Factor(
                id=entry,
                parent=draw(st.sampled_from(parents)),
                kind=draw(st.sampled_from(FactorKind)),
                category=draw(texts),
                text=draw(texts),
                events=draw(_some(texts, events)),
                present_now=draw(st.booleans()),
                votes=draw(few),
                **more(),
            )
        )
    assert all(factor.id in subtree_ids(found, factor.id) for factor in found)
    return tuple(found)


def _agenda(
    draw: st.DrawFn, stage_ids: list[str], items: list[str], more: Callable[[], dict[str, Any]]
) -> Agenda:
    topics = draw(st.lists(st.sampled_from(items), unique=True, max_size=2)) if items else []
    return Agenda(
        preset=draw(words),
        current=draw(st.sampled_from(["", *stage_ids])),
        planned_end=draw(st.none() | instants),
        stage=tuple(
            Stage(
                id=stage_id,
                kind=draw(st.sampled_from(StageKind)),
                title=draw(texts),
                planned_s=draw(seconds),
                extended_s=draw(st.integers(-600, 600)),
                elapsed_s=draw(seconds),
                stays=draw(few),
                skipped=draw(st.booleans()),
                rephrased=tuple(draw(st.lists(st.sampled_from(items), max_size=2))) if items else (),
                kept=draw(few),
                taken=draw(few),
                **more(),
            )
            for stage_id in stage_ids
        ),
        topic=draw(st.sampled_from(["", *topics])),
        topic_clock=tuple(
            Topic(item=item, planned_s=draw(seconds), elapsed_s=draw(seconds)) for item in topics
        ),
        **more(),
    )


def _ballot(draw: st.DrawFn, votable: list[str]) -> Ballot:
    topics = draw(st.lists(st.sampled_from(votable), unique=True, min_size=1, max_size=4))
    return Ballot(
        stage=draw(words),
        topics=tuple(topics),
        dots=draw(st.integers(1, 9)),
        counts=tuple(draw(few) for _ in topics),
        voters=draw(few),
    )
