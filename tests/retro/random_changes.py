"""Changes made up from small numbers, many of them nonsense on purpose: refusals must do no harm."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from retrotui.retro import (
    WENT_WELL,
    Action,
    ActionStatus,
    Agenda,
    Answer,
    Ballot,
    Card,
    Event,
    EventKind,
    Factor,
    Info,
    KeptWording,
    Parked,
    Question,
    Retro,
    Stage,
    StageKind,
)
from retrotui.retro import changes as ch

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)

Recipe = tuple[int, int, int, int]
"""Which kind of change, and three numbers to choose what it is about."""

recipes = st.lists(
    st.tuples(st.integers(0, 999), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), max_size=60
)


def empty_retro() -> Retro:
    """A retro with six stages and nothing in it."""
    stages = tuple(
        Stage(id=name, kind=kind, planned_s=300)
        for name, kind in (
            ("opening", StageKind.OPENING),
            ("timeline", StageKind.TIMELINE),
            (WENT_WELL, StageKind.CARDS),
            ("puzzles", StageKind.CARDS),
            ("causes", StageKind.FACTORS),
            ("how_can_we", StageKind.HOW_CAN_WE),
        )
    )
    return Retro(retro=Info(id="r", title="A retro"), agenda=Agenda(preset="p", stage=stages))


def change_from(recipe: Recipe, retro: Retro, new_id: Callable[[str], str]) -> ch.Change:
    """The change that a recipe means for a retro."""
    which, a, b, c = recipe
    return _KINDS[which % len(_KINDS)](retro, new_id, a, b, c)


def _any(retro: Retro, number: int) -> str:
    ids = [entry.id for entry in retro.entries()]
    return ids[number % len(ids)] if ids else "e1"


def _of(retro: Retro, prefix: str, number: int) -> str:
    ids = [entry.id for entry in getattr(retro, Retro.FIELD_OF[prefix])]
    return ids[number % len(ids)] if ids else f"{prefix}1"


def _some(retro: Retro, prefix: str, number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_of(retro, prefix, number + step) for step in range(number % 3)))


def _stage(retro: Retro, number: int) -> str:
    stages: Sequence[Stage] = retro.agenda.stages
    return stages[number % len(stages)].id


def _at(number: int) -> datetime | None:
    return None if number % 3 == 0 else START + timedelta(minutes=number)


_Make = Callable[[Retro, Callable[[str], str], int, int, int], ch.Change]

_ADDS: list[_Make] = [
    lambda r, new, a, b, c: ch.Add(
        Event(id=new("e"), at=_at(a), text=f"event {b}", kind=list(EventKind)[c % len(EventKind)])
    ),
    lambda r, new, a, b, c: ch.Add(
        Event(id=new("e"), at=_at(a), text="before"), before=_of(r, "e", b) if c % 2 else ""
    ),
    lambda r, new, a, b, c: ch.Add(
        Card(id=new("w"), text=f"card {a}", group=_of(r, "w", b) if c % 2 else "")
    ),
    lambda r, new, a, b, c: ch.Add(
        Card(id=new("c"), stage="puzzles", text=f"card {a}", group=_of(r, "c", b) if c % 2 else "")
    ),
    lambda r, new, a, b, c: ch.Add(
        Factor(
            id=new("f"), text=f"factor {a}", parent=_of(r, "f", b) if b % 2 else "", events=_some(r, "e", c)
        )
    ),
    lambda r, new, a, b, c: ch.Add(Question(id=new("q"), text=f"How can we {a}?", factors=_some(r, "f", b))),
    lambda r, new, a, b, c: ch.Add(Answer(id=new("n"), question=_of(r, "q", a), text=f"answer {b}")),
    lambda r, new, a, b, c: ch.Add(
        Action(id=new("a"), text=f"act {a}", questions=_some(r, "q", b), factors=_some(r, "f", c))
    ),
    lambda r, new, a, b, c: ch.Park(Parked(id=new("p"), text=f"thought {b}", **{"from": _stage(r, a)})),
]

_KINDS: list[_Make] = [
    *_ADDS,
    *_ADDS,
    lambda r, new, a, b, c: ch.Delete(_any(r, a)),
    lambda r, new, a, b, c: ch.edit(_any(r, a), text=f"edited {b}\ud800"),
    lambda r, new, a, b, c: ch.edit(_of(r, "e", a), at=_at(b)),
    lambda r, new, a, b, c: ch.edit(_of(r, "w" if a % 2 else "c", b), group=_any(r, c)),
    lambda r, new, a, b, c: ch.edit(_of(r, "f", a), events=(_of(r, "e", b), _of(r, "e", c))),
    lambda r, new, a, b, c: ch.edit(_of(r, "n", a), action=_of(r, "a", b)),
    lambda r, new, a, b, c: ch.edit(_of(r, "a", a), status=list(ActionStatus)[b % 4], reason="why not"),
    lambda r, new, a, b, c: ch.Move(_any(r, a), b - 15),
    lambda r, new, a, b, c: ch.Merge(_any(r, a), _any(r, b)),
    lambda r, new, a, b, c: ch.Merge(_of(r, "f", a), _of(r, "f", b)),
    lambda r, new, a, b, c: ch.Merge(_of(r, "c", a), _of(r, "c", b)),
    lambda r, new, a, b, c: ch.Merge(_of(r, "q", a), _of(r, "q", b)),
    lambda r, new, a, b, c: ch.Merge(_of(r, "a", a), _of(r, "a", b)),
    lambda r, new, a, b, c: ch.Group(_of(r, "w", a), _of(r, "w", b) if c % 3 else ""),
    lambda r, new, a, b, c: ch.Group(_of(r, "c", a), _of(r, "c", b) if c % 3 else ""),
    lambda r, new, a, b, c: ch.Vote(_any(r, a), b),
    lambda r, new, a, b, c: ch.Link(_any(r, a), _any(r, b)),
    lambda r, new, a, b, c: ch.Link(_of(r, "f", a), _of(r, "e", b)),
    lambda r, new, a, b, c: ch.Unlink(_of(r, "f", a), _of(r, "e", b)),
    lambda r, new, a, b, c: ch.Indent(_of(r, "f", a)),
    lambda r, new, a, b, c: ch.Outdent(_of(r, "f", a)),
    lambda r, new, a, b, c: ch.Reparent(
        _of(r, "f", a), _of(r, "f", b) if b % 4 else "", after=_of(r, "f", c) if c % 3 == 0 else ""
    ),
    lambda r, new, a, b, c: ch.PromoteToQuestion(_of(r, "f", a), Question(id=new("q"), text="How can we?")),
    lambda r, new, a, b, c: ch.PromoteToAction(_of(r, "n", a), Action(id=new("a"), text="Do it")),
    lambda r, new, a, b, c: ch.BringBack(_of(r, "p", a), Question(id=new("q"), text="How can we?")),
    lambda r, new, a, b, c: ch.GoToStage(_stage(r, a)),
    lambda r, new, a, b, c: ch.SkipStage(_stage(r, a), bool(b % 2)),
    lambda r, new, a, b, c: ch.ExtendStage(_stage(r, a), (b - 15) * 60, stay=bool(c % 2)),
    lambda r, new, a, b, c: ch.PlanStages(((_stage(r, a), b * 60), (_stage(r, b), c * 60))),
    lambda r, new, a, b, c: ch.TakeTopic(_any(r, a) if b % 4 else ""),
    lambda r, new, a, b, c: ch.ExtendTopic(_any(r, a), (b - 10) * 60),
    lambda r, new, a, b, c: ch.OpenBallot(
        Ballot(stage="causes", topics=tuple(dict.fromkeys((_any(r, a), _any(r, b)))), dots=1 + c % 5)
    ),
    lambda r, new, a, b, c: ch.CastVote(
        tuple((topic, b % 3) for topic in (r.ballot.topics if r.ballot else ("f1",)))
    ),
    lambda r, new, a, b, c: ch.CloseBallot(keep=bool(a % 2)),
    lambda r, new, a, b, c: ch.KeepWording(
        KeptWording(section="causes", rule="counterfactual", phrase=f"{a}")
    ),
    lambda r, new, a, b, c: ch.edit_info(title=f"title {a}", severity=str(b)),
    lambda r, new, a, b, c: ch.edit_close(attended=a, roti=(1 + b % 5, 1 + c % 6)),
    lambda r, new, a, b, c: ch.edit_opening(ground_rule=f"rule {a}", safety=(1 + b % 5,)),
    lambda r, new, a, b, c: ch.Batch((ch.Delete(_any(r, a)), ch.Vote(_any(r, b), c))),
]
