"""What an agenda is made from: stages with their questions, prompts, minutes and columns.

Only values live here; `reading` makes them from TOML, `library` finds the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MODES = ("team", "solo")
"""Who a template is for."""

SECTIONS = ("timeline", "well", "causes", "actions")
"""The parts of a retro that the wording check tells apart."""

POLICIES = ("strict", "coach", "off")
"""What a stage does with a line that blames: hold it, say so, or stay silent."""

STAGE_KINDS = ("opening", "timeline", "cards", "factors", "how_can_we", "close")
"""What a stage can be; the same words as in the agenda of a file."""

SECTION_OF_KIND: Mapping[str, str] = {
    "opening": "well",
    "timeline": "timeline",
    "cards": "well",
    "factors": "causes",
    "how_can_we": "actions",
    "close": "well",
}
"""The section of a stage whose template names none."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a stage of cards."""

    id: str
    """What is typed behind a `#` to put a card into it."""
    title: str
    hint: str = ""
    """A question or half a sentence that gets people writing."""
    key: str = ""
    """The letter that picks it where a card's column is chosen; empty for a digit by its place."""


@dataclass(frozen=True, slots=True)
class TemplateStage:
    """One stage of a template."""

    id: str
    kind: str
    """One of `STAGE_KINDS`."""
    title: str
    question: str
    """The question that stands on the screen all through the stage."""
    prompts: tuple[str, ...] = ()
    """Questions to help the talk along, one shown at a time."""
    help: str = ""
    """What a facilitator does in this stage."""
    collects: str = ""
    """What is written down in it, in a few words."""
    minutes: Mapping[str, int] = field(default_factory=dict)
    """Minutes per preset."""
    columns: tuple[Column, ...] = ()
    secret: bool = False
    """Whether cards are first written privately, passing the keyboard, and revealed together."""
    policy: str | None = None
    """A wording policy of its own (one of `POLICIES`), or None for that of its section."""
    section: str = ""
    """The section its notes are checked in: one of `SECTIONS`."""

    def prompt(self, turn: int) -> str:
        """The prompt of a turn, counted from 0, round and round; the question when there are no prompts."""
        return self.prompts[turn % len(self.prompts)] if self.prompts else self.question

    def column(self, column_id: str) -> Column | None:
        """The column of this id, or None."""
        return next((column for column in self.columns if column.id == column_id), None)


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of retro: its stages in order and the presets that share out the time."""

    id: str
    title: str
    description: str
    mode: str
    """One of `MODES`."""
    stages: tuple[TemplateStage, ...]
    presets: Mapping[str, str]
    """Each preset with a sentence that says what it is for."""
    default_preset: str
    origin: str = ""
    """The file it was read from; empty for one that comes with the program."""

    def stage(self, stage_id: str) -> TemplateStage | None:
        """The stage of this id, or None."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def total_minutes(self, preset: str) -> int:
        """The minutes of all stages under a preset."""
        return sum(stage.minutes[preset] for stage in self.stages)
