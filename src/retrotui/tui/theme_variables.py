"""The colours a theme may set: Textual's own, and retrotui's for clock, rail, timeline and the rest.

One list feeds the file reader, the loader, the style sheets (``$clock-calm``) and the table in the docs.
What a colour looks like, and whether it can be read, is not decided here. No Textual import.
"""

from dataclasses import dataclass
from typing import Literal

#: Textual's base colours, as `[colors]` may set them.
BASE_COLOURS = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
    "warning",
    "error",
    "success",
)
#: The base colours no theme can do without; the others fall back to these.
REQUIRED_COLOURS = ("primary", "foreground", "background")

#: What a missing base colour falls back to; the chain is the one of Textual's ``ColorSystem``.
BASE_FALLBACKS = {
    "secondary": "primary",
    "warning": "primary",
    "error": "secondary",
    "success": "secondary",
    "accent": "primary",
    "surface": "background",
    "panel": "surface",
}

#: text: read as words; mark: a line, dot or frame (read like text here, so held to the same contrast);
#: fill: a coloured band that words stand on.
Role = Literal["text", "mark", "fill", "on-fill", "cursor", "on-cursor"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A colour of retrotui's own.

    Attributes:
        table: The table of the theme file it is set in.
        key: Its key there.
        meaning: What it colours, in plain words (printed in the docs).
        like: The base colour it takes when a theme leaves it out.
        role: How it is used, which decides what it must stand out from.
        also: Textual variables that take the same value.
    """

    table: str
    key: str
    meaning: str
    like: str
    role: Role = "text"
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in a style sheet, without the dollar sign: `clock-calm`."""
        return f"{self.table}-{self.key}"


VARIABLES = (
    Variable(
        "text",
        "muted",
        "second-rank text: hints, counts, what is less important",
        "foreground",
        also=("foreground-muted", "markdown-h6-color"),
    ),
    Variable("text", "prompt", "the question of the stage", "foreground"),
    Variable("text", "heading", "titles of sections and columns", "primary"),
    Variable("text", "link", "links and file names", "accent", also=("link-color",)),
    Variable("focus", "border", "the frame of what has the focus", "accent", "mark", ("border",)),
    Variable(
        "focus",
        "cursor",
        "the bar under the selected line",
        "primary",
        "cursor",
        ("block-cursor-background",),
    ),
    Variable(
        "focus",
        "cursor-text",
        "words on that bar",
        "background",
        "on-cursor",
        ("block-cursor-foreground", "link-color-hover"),
    ),
    Variable("clock", "calm", "time left, nothing to hurry about", "foreground"),
    Variable("clock", "amber", "the last two minutes", "warning"),
    Variable("clock", "red", "the last thirty seconds", "error"),
    Variable("clock", "over", "overtime, always with a sign and a word", "error"),
    Variable("clock", "paused", "a clock that stands still", "foreground"),
    Variable("rail", "done", "stages behind us", "success"),
    Variable("rail", "current", "the stage we are in", "accent"),
    Variable("rail", "todo", "stages ahead", "foreground"),
    Variable("phase", "impact", "band: impact until detection", "error", "fill"),
    Variable("phase", "detected", "band: detection until mitigation", "warning", "fill"),
    Variable("phase", "mitigated", "band: mitigation until resolution", "primary", "fill"),
    Variable("phase", "resolved", "band: after resolution", "success", "fill"),
    Variable("phase", "text", "words on any of the four bands", "background", "on-fill"),
    Variable("event", "time", "the time in front of an event", "foreground"),
    Variable("event", "milestone", "impact, detected, mitigated and the other milestones", "accent"),
    Variable("event", "oh-no", "the oh-no second", "warning"),
    Variable("event", "hypothesis", "a hypothesis, open or settled", "secondary"),
    Variable("event", "change", "a change, decision or action", "primary"),
    Variable("event", "other", "observations, context and the rest", "foreground"),
    Variable("wording", "flag", "underlined words and the frame of a held line", "warning"),
    Variable("wording", "question", "the question offered instead", "foreground"),
    Variable("wording", "rewrite", "the sentence ctrl+r would take", "success"),
    Variable("save", "saved", "everything is on disk", "success"),
    Variable("save", "unsaved", "a change is on its way to disk", "warning"),
    Variable("save", "failed", "saving does not work just now", "error"),
    Variable("card", "safeguard", "what went well: a safeguard", "success"),
    Variable("card", "teamwork", "what went well: teamwork", "primary"),
    Variable("card", "luck", "what went well: luck", "accent"),
    Variable("card", "kudos", "thanks that may name people", "secondary"),
    Variable("card", "other", "any other card", "foreground"),
    Variable("vote", "dot", "dots and hands on a card", "accent"),
    Variable("action", "open", "an action still to do", "foreground"),
    Variable("action", "done", "an action done", "success"),
    Variable("action", "overdue", "an action past its date", "error"),
)

#: Every name a style sheet may rely on in every theme, without the dollar sign.
VARIABLE_NAMES = tuple(variable.name for variable in VARIABLES)

#: The tables of a theme file with the keys each may hold, besides the free table `[variables]`.
TABLES: dict[str, tuple[str, ...]] = {
    "colors": BASE_COLOURS,
    **{
        table: tuple(variable.key for variable in VARIABLES if variable.table == table)
        for table in dict.fromkeys(variable.table for variable in VARIABLES)
    },
}


def base_colour(colours: dict[str, str], name: str) -> str:
    """The base colour `name` of a theme, or what stands in for it when the theme leaves it out.

    Args:
        colours: Base colours that are set; must hold `REQUIRED_COLOURS`.
        name: One of `BASE_COLOURS` except `boost`.
    """
    while name not in colours:
        name = BASE_FALLBACKS[name]
    return colours[name]


def own_variables(colours: dict[str, str], chosen: dict[str, str]) -> dict[str, str]:
    """Every variable of `VARIABLES` and its Textual twins, each with a value.

    Args:
        colours: Base colours that are set; must hold `REQUIRED_COLOURS`.
        chosen: The variables a theme sets itself, by name.
    """
    values: dict[str, str] = {}
    for variable in VARIABLES:
        value = chosen.get(variable.name) or base_colour(colours, variable.like)
        values[variable.name] = value
        values.update(dict.fromkeys(variable.also, value))
    return values
