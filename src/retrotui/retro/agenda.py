"""The agenda as it is saved: which stages, how long each was meant to take and has taken.

Leaves running it (the clock, skipping, pace) to `facilitation`.
"""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from retrotui.retro.base import Count, Model, Seconds, SignedSeconds


class StageKind(StrEnum):
    """What a stage collects, and so which view shows it."""

    OPENING = "opening"
    TIMELINE = "timeline"
    CARDS = "cards"
    FACTORS = "factors"
    HOW_CAN_WE = "how_can_we"
    CLOSE = "close"


class Stage(Model):
    """One stage with its times."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    kind: StageKind
    title: str = ""
    planned_s: Seconds = 0
    extended_s: SignedSeconds = 0
    """What was added (or taken back) while it ran."""
    elapsed_s: Seconds = 0
    stays: Count = 0
    """How often the room chose to stay when the time was up."""
    skipped: bool = False
    rephrased: tuple[str, ...] = ()
    """The ids of what was typed in it and put into other words before it was taken; never by whom."""
    kept: Count = 0
    """How many lines were kept in it as they were, with a reason."""
    taken: Count = 0
    """How many lines were taken in it as they were, with a question asked."""


class Topic(Model):
    """The small clock of one topic under discussion."""

    item: str
    """The id of a factor, question or card."""
    planned_s: Seconds = 300
    extended_s: SignedSeconds = 0
    elapsed_s: Seconds = 0


class Agenda(Model):
    """The stages in order, and the one the meeting is in."""

    preset: str = ""
    current: str = ""
    """The id of the current stage; empty before the meeting has started."""
    planned_end: AwareDatetime | None = None
    """When the meeting was meant to end, known from when its clock first ran; it outlives the program."""
    stages: tuple[Stage, ...] = Field(default=(), alias="stage")
    topic: str = ""
    """The id of the item under discussion, or empty."""
    topics: tuple[Topic, ...] = Field(default=(), alias="topic_clock")

    def stage(self, stage_id: str) -> Stage | None:
        """The stage of this id, or None."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    @property
    def now(self) -> Stage | None:
        """The current stage, or None before the meeting has started."""
        return self.stage(self.current)

    def topic_clock(self, item: str) -> Topic | None:
        """The clock of a topic, or None when it has none yet."""
        return next((topic for topic in self.topics if topic.item == item), None)
