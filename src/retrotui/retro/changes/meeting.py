"""Changes to the meeting itself: stages, time, topics, ballots, opening and close, kept wording."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ValidationError

from retrotui.retro.actions import ActionStatus
from retrotui.retro.agenda import Agenda, Stage, Topic
from retrotui.retro.base import ChangeRefused, clean_text
from retrotui.retro.changes.base import Change, get, short, thing
from retrotui.retro.changes.entries import Vote
from retrotui.retro.document import KeptWording, Retro, Reviewed
from retrotui.retro.votes import Ballot


def _more(seconds: int) -> str:
    """Seconds more or less as people say them: `+2 min`, `-1 min`, `+90 s`."""
    sign = "+" if seconds >= 0 else "-"
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{abs(seconds)} s" if rest else f"{sign}{minutes} min"


def _with_agenda(retro: Retro, **values: Any) -> Retro:
    return retro.model_copy(update={"agenda": retro.agenda.model_copy(update=values)})


def _stage(retro: Retro, stage_id: str) -> Stage:
    stage = retro.agenda.stage(stage_id)
    if stage is None:
        raise ChangeRefused(f"this retro has no stage {stage_id!r}")
    return stage


def _with_stage(retro: Retro, stage_id: str, **values: Any) -> Retro:
    _stage(retro, stage_id)
    stages = tuple(
        stage.model_copy(update=values) if stage.id == stage_id else stage for stage in retro.agenda.stages
    )
    return _with_agenda(retro, stages=stages)


@dataclass(frozen=True, slots=True)
class GoToStage(Change):
    """Moves the meeting to a stage, forwards or back. Nothing is lost either way."""

    stage_id: str

    def apply(self, retro: Retro) -> Retro:
        stage = _stage(retro, self.stage_id)
        if stage.skipped:
            retro = _with_stage(retro, stage.id, skipped=False)
        return _with_agenda(retro, current=stage.id, topic="")

    @property
    def name(self) -> str:
        return f"go to {self.stage_id.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class SkipStage(Change):
    """Leaves a stage out (or takes it in again)."""

    stage_id: str
    skipped: bool = True

    def apply(self, retro: Retro) -> Retro:
        if self.skipped and retro.agenda.current == self.stage_id:
            raise ChangeRefused("the meeting is in this stage: go to another one first")
        return _with_stage(retro, self.stage_id, skipped=self.skipped)

    @property
    def name(self) -> str:
        return f"{'skip' if self.skipped else 'take in'} {self.stage_id.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class ExtendStage(Change):
    """Gives a stage more seconds, or takes some back; `stay` counts a show of hands to stay."""

    stage_id: str
    seconds: int
    stay: bool = False

    def apply(self, retro: Retro) -> Retro:
        stage = _stage(retro, self.stage_id)
        extended = stage.extended_s + self.seconds
        if stage.planned_s + extended < 0:
            raise ChangeRefused("a stage cannot be given less than no time")
        return _with_stage(retro, stage.id, extended_s=extended, stays=stage.stays + (1 if self.stay else 0))

    @property
    def name(self) -> str:
        return f"{_more(self.seconds)} for {self.stage_id.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class PlanStages(Change):
    """Gives several stages new planned seconds at once: time saved is handed on, time owed is shared."""

    planned: tuple[tuple[str, int], ...]
    """Stage id and planned seconds."""

    def apply(self, retro: Retro) -> Retro:
        for stage_id, seconds in self.planned:
            if seconds < 0:
                raise ChangeRefused("a stage cannot be given less than no time")
            retro = _with_stage(retro, stage_id, planned_s=seconds)
        return retro

    @property
    def name(self) -> str:
        return "share out the time"


@dataclass(frozen=True, slots=True)
class SetAgenda(Change):
    """Gives a retro another agenda, for a meeting that has not started."""

    agenda: Agenda

    def apply(self, retro: Retro) -> Retro:
        if retro.agenda.current:
            raise ChangeRefused("the meeting has started: change the time of single stages instead")
        return retro.model_copy(update={"agenda": self.agenda})

    @property
    def name(self) -> str:
        return "change the agenda"


@dataclass(frozen=True, slots=True)
class TakeTopic(Change):
    """Takes one item up for discussion with a small clock of its own, or puts the topic down (empty)."""

    item: str = ""
    planned_s: int = 300

    def apply(self, retro: Retro) -> Retro:
        if not self.item:
            return _with_agenda(retro, topic="")
        get(retro, self.item)
        topics = retro.agenda.topics
        if retro.agenda.topic_clock(self.item) is None:
            topics = (*topics, Topic(item=self.item, planned_s=self.planned_s))
        return _with_agenda(retro, topic=self.item, topics=topics)

    @property
    def name(self) -> str:
        return "take a topic up" if self.item else "put the topic down"


@dataclass(frozen=True, slots=True)
class ExtendTopic(Change):
    """Gives the small clock of a topic more seconds."""

    item: str
    seconds: int

    def apply(self, retro: Retro) -> Retro:
        clock = retro.agenda.topic_clock(self.item)
        if clock is None:
            raise ChangeRefused(f"{self.item} has not been taken up yet")
        extended = clock.extended_s + self.seconds
        if clock.planned_s + extended < 0:
            raise ChangeRefused("a topic cannot be given less than no time")
        topics = tuple(
            topic.model_copy(update={"extended_s": extended}) if topic.item == self.item else topic
            for topic in retro.agenda.topics
        )
        return _with_agenda(retro, topics=topics)

    @property
    def name(self) -> str:
        return f"{_more(self.seconds)} for {thing(self.item)}"


@dataclass(frozen=True, slots=True)
class OpenBallot(Change):
    """Opens a secret vote."""

    ballot: Ballot

    def apply(self, retro: Retro) -> Retro:
        if retro.ballot is not None:
            raise ChangeRefused("a vote is open already: close it first")
        for topic in self.ballot.topics:
            if "votes" not in type(get(retro, topic)).model_fields:
                raise ChangeRefused(f"{topic} is not something to vote on")
        ballot = self.ballot.model_copy(update={"counts": (0,) * len(self.ballot.topics), "voters": 0})
        return retro.model_copy(update={"ballot": ballot})

    @property
    def name(self) -> str:
        return "open the vote"


@dataclass(frozen=True, slots=True)
class CastVote(Change):
    """One person's dots, by topic. Who it was is not part of it."""

    dots: tuple[tuple[str, int], ...]

    def apply(self, retro: Retro) -> Retro:
        ballot = retro.ballot
        if ballot is None:
            raise ChangeRefused("no vote is open")
        given = dict(self.dots)
        if any(count < 0 for count in given.values()) or sum(given.values()) > ballot.dots:
            raise ChangeRefused(f"each person has {ballot.dots} dots")
        if not given.keys() <= set(ballot.topics):
            raise ChangeRefused("a dot was given to something that is not voted on")
        counts = tuple(
            count + given.get(topic, 0) for topic, count in zip(ballot.topics, ballot.counts, strict=True)
        )
        fresh = ballot.model_copy(update={"counts": counts, "voters": ballot.voters + 1})
        return retro.model_copy(update={"ballot": fresh})

    @property
    def name(self) -> str:
        return "cast a vote"


@dataclass(frozen=True, slots=True)
class CloseBallot(Change):
    """Closes the vote: the totals are written to the items and can be seen. Or drops it (`keep=False`)."""

    keep: bool = True

    def apply(self, retro: Retro) -> Retro:
        ballot = retro.ballot
        if ballot is None:
            raise ChangeRefused("no vote is open")
        retro = retro.model_copy(update={"ballot": None})
        if self.keep:
            for topic, count in zip(ballot.topics, ballot.counts, strict=True):
                retro = Vote(topic, count).apply(retro)
        return retro

    @property
    def name(self) -> str:
        return "close the vote" if self.keep else "drop the vote"


def _part_with_values(
    part: BaseModel, values: tuple[tuple[str, Any], ...], fixed: frozenset[str]
) -> BaseModel:
    fields = type(part).model_fields
    data: dict[str, Any] = {name: getattr(part, name) for name in fields}
    for key, value in values:
        if key in fixed or key not in fields:
            raise ChangeRefused(f"{key!r} cannot be edited")
        data[key] = clean_text(value) if isinstance(value, str) else value
    data.update(part.model_extra or {})
    try:
        return type(part).model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ChangeRefused(f"{where}: {first['msg'].removeprefix('Value error, ')}") from error


@dataclass(frozen=True, slots=True)
class EditPart(Change):
    """Gives fields of the `[retro]`, `[opening]` or `[close]` table new values."""

    part: str
    """`info`, `opening` or `close`."""
    values: tuple[tuple[str, Any], ...]

    def apply(self, retro: Retro) -> Retro:
        if self.part not in ("info", "opening", "close"):
            raise ChangeRefused(f"{self.part!r} cannot be edited")
        fresh = _part_with_values(getattr(retro, self.part), self.values, frozenset({"id"}))
        return retro.model_copy(update={self.part: fresh})

    @property
    def name(self) -> str:
        return f"edit {', '.join(key.replace('_', ' ') for key, _ in self.values)}"


def edit_info(**values: Any) -> EditPart:
    """An `EditPart` of the `[retro]` table: `edit_info(severity="2")`."""
    return EditPart("info", tuple(values.items()))


def edit_opening(**values: Any) -> EditPart:
    """An `EditPart` of the `[opening]` table."""
    return EditPart("opening", tuple(values.items()))


def edit_close(**values: Any) -> EditPart:
    """An `EditPart` of the `[close]` table."""
    return EditPart("close", tuple(values.items()))


@dataclass(frozen=True, slots=True)
class KeepWording(Change):
    """Remembers that a phrase was kept deliberately, and why; never by whom."""

    kept: KeptWording

    def apply(self, retro: Retro) -> Retro:
        return retro.model_copy(update={"kept_wording": (*retro.kept_wording, self.kept)})

    @property
    def name(self) -> str:
        return "keep the wording"


@dataclass(frozen=True, slots=True)
class ReviewAction(Change):
    """Settles an open action of an earlier retro, or leaves it open after all (`status=ActionStatus.OPEN`).

    Its own file is put right by whoever reviews the old actions: what it should say follows from this retro,
    so that undo takes it back there as well.
    """

    ref: str
    """`RETRO-ID#ACTION-ID`."""
    status: ActionStatus
    reason: str = ""
    text: str = ""
    """Its words, for what undo says."""

    def apply(self, retro: Retro) -> Retro:
        if self.status is ActionStatus.SUPERSEDED:
            raise ChangeRefused("an action that goes on here is added to this retro")
        if self.status is ActionStatus.WONT_DO and not self.reason.strip():
            raise ChangeRefused("say why it will not be done: the next retro will ask")
        others = tuple(one for one in retro.reviewed if one.action != self.ref)
        if self.status is ActionStatus.OPEN:
            return (
                retro if len(others) == len(retro.reviewed) else retro.model_copy(update={"reviewed": others})
            )
        settled = Reviewed(action=self.ref, status=self.status, reason=clean_text(self.reason))
        if settled in retro.reviewed:
            return retro
        return retro.model_copy(update={"reviewed": (*others, settled)})

    @property
    def name(self) -> str:
        words = short(self.text) if self.text else self.ref
        match self.status:
            case ActionStatus.DONE:
                return f"mark {words} done"
            case ActionStatus.WONT_DO:
                return f"drop {words}"
        return f"leave {words} open"


class Wording(StrEnum):
    """What became of a line that was flagged while it was typed."""

    REPHRASED = "rephrased"
    """Put into other words before it was taken."""
    KEPT = "kept"
    """Kept as it was, with a reason."""
    TAKEN = "taken"
    """Taken as it was, with a question asked."""


@dataclass(frozen=True, slots=True)
class NoteWording(Change):
    """Notes what became of a flagged line, for the end of the stage; never by whom, never as first typed."""

    stage_id: str
    outcome: Wording
    entry_id: str = ""
    """The entry that a rephrased line became; how many were kept or taken is only counted."""

    def apply(self, retro: Retro) -> Retro:
        stage = _stage(retro, self.stage_id)
        match self.outcome:
            case Wording.KEPT:
                return _with_stage(retro, stage.id, kept=stage.kept + 1)
            case Wording.TAKEN:
                return _with_stage(retro, stage.id, taken=stage.taken + 1)
        if not self.entry_id or self.entry_id in stage.rephrased:
            return retro
        return _with_stage(retro, stage.id, rephrased=(*stage.rephrased, self.entry_id))

    @property
    def name(self) -> str:
        return "note what became of a line"


@dataclass(frozen=True, slots=True)
class Batch(Change):
    """Several changes that are done, and undone, as one."""

    changes: tuple[Change, ...]
    label: str = ""

    def apply(self, retro: Retro) -> Retro:
        for change in self.changes:
            retro = change.apply(retro)
        return retro

    @property
    def name(self) -> str:
        return self.label or (self.changes[0].name if self.changes else "nothing")
