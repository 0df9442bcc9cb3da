"""The vocabulary of the wording check: sections, policies, blame classes and findings.

Only values live here. What is found is decided in `checker`, what is offered instead in `rewrite`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple


class Section(StrEnum):
    """The part of a retro in which a note is written."""

    TIMELINE = "timeline"
    WELL = "well"
    CAUSES = "causes"
    ACTIONS = "actions"


class Policy(StrEnum):
    """What a section does with a finding: hold the line, only say so, or stay silent."""

    STRICT = "strict"
    COACH = "coach"
    OFF = "off"


class Level(StrEnum):
    """How much a single finding weighs; only `STRICT` can hold a line."""

    STRICT = "strict"
    COACH = "coach"


class BlameClass(StrEnum):
    """The ways of blaming that the rule book knows."""

    COUNTERFACTUAL = "counterfactual"
    OMISSION = "omission"
    ATTRIBUTION = "attribution"
    JUDGEMENT = "judgement"
    HUMAN_ERROR = "human-error"
    WHO_QUESTION = "who-question"
    WHY_PERSON = "why-person"
    GROUP_BLAME = "group-blame"
    ABSOLUTES = "absolutes"
    HINDSIGHT = "hindsight"
    SARCASM = "sarcasm"
    SELF_BLAME = "self-blame"
    REPAIR_THE_PERSON = "repair-the-person"
    PUNISHMENT = "punishment"


DEFAULT_POLICY: Mapping[Section, Policy] = MappingProxyType(
    {
        Section.TIMELINE: Policy.COACH,
        Section.WELL: Policy.COACH,
        Section.CAUSES: Policy.STRICT,
        Section.ACTIONS: Policy.STRICT,
    }
)
"""Policies of a team retro where nobody chose others."""


class RuleError(ValueError):
    """A rule file that cannot be used: which file, where in it, and what is allowed there.

    Attributes:
        file: The rule file as it was given.
        line: Line in it, counted from 1, when it is known.
        key: The key at fault, such as `rule[2].level`, or an empty string.
        problem: One sentence: what was found and what is allowed.
    """

    def __init__(self, file: Path | str, problem: str, *, line: int | None = None, key: str = "") -> None:
        """Make the error and its one-line message `file:line: key: problem`."""
        self.file = Path(file)
        self.line = line
        self.key = key
        self.problem = problem
        place = f"{self.file}:{line}" if line else str(self.file)
        super().__init__(": ".join(part for part in (place, key, problem) if part))


class KeptPhrase(NamedTuple):
    """A phrase that the team kept deliberately for one rule; it is not flagged by that rule again.

    Args:
        rule: Rule id, such as `counterfactual.should-have`. A class name covers every rule of that class.
        phrase: The words that were underlined, or the whole note. Case and spacing do not matter.
    """

    rule: str
    phrase: str


class Finding:
    """One stretch of a note that blames, with what to ask and what to write instead.

    `start` and `end` are character offsets into the text that was checked, `text[start:end]` being the
    words to underline. Each of `rewrites` is a whole new text for the note, not only for that stretch.
    Reason, question and rewrites are worked out when they are first asked for; to underline takes none of
    them. Two findings are equal when they mark the same place for the same reason. Findings do not change.
    """

    # written out by hand: it is there for the first picture, and making dataclasses costs start-up time
    __slots__ = ("_question", "_rewrites", "_why", "blame_class", "end", "level", "rule", "start")

    rule: str
    blame_class: BlameClass
    level: Level
    start: int
    end: int
    _why: str | Callable[[], str]
    _question: str | Callable[[], str]
    _rewrites: tuple[str, ...] | Callable[[], tuple[str, ...]]

    def __init__(
        self,
        rule: str,
        blame_class: BlameClass,
        level: Level,
        start: int,
        end: int,
        why: str | Callable[[], str],
        question: str | Callable[[], str],
        rewrites: tuple[str, ...] | Callable[[], tuple[str, ...]] = (),
    ) -> None:
        """Make a finding; the last three may be given as functions that are called at most once."""
        put = object.__setattr__
        put(self, "rule", rule)
        put(self, "blame_class", blame_class)
        put(self, "level", level)
        put(self, "start", start)
        put(self, "end", end)
        put(self, "_why", why)
        put(self, "_question", question)
        put(self, "_rewrites", rewrites)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse; a finding does not change."""
        raise AttributeError(f"a finding does not change: {name}")

    def __repr__(self) -> str:
        """Tell rule, level and place; the rest would have to be worked out."""
        return f"Finding({self.rule!r}, {self.level.value!r}, {self.start}, {self.end})"

    @property
    def why(self) -> str:
        """One plain sentence that says why these words get in the way."""
        found = self._why
        if callable(found):
            found = found()
            object.__setattr__(self, "_why", found)
        return found

    @property
    def question(self) -> str:
        """What to ask instead, in words of the note where they fit."""
        found = self._question
        if callable(found):
            found = found()
            object.__setattr__(self, "_question", found)
        return found

    @property
    def rewrites(self) -> tuple[str, ...]:
        """Whole-note alternatives, the best first; empty where no good one can be made."""
        found = self._rewrites
        if callable(found):
            found = found()
            object.__setattr__(self, "_rewrites", found)
        return found

    @property
    def rewrite(self) -> str | None:
        """The first of `rewrites`, or None."""
        found = self.rewrites
        return found[0] if found else None

    def __eq__(self, other: object) -> bool:
        """Same place, same rule, same level, same words."""
        if not isinstance(other, Finding):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        """Agree with `__eq__`."""
        return hash(self._identity())

    def _identity(self) -> tuple[object, ...]:
        return (self.rule, self.blame_class, self.level, self.start, self.end, self.why, self.question)

    def as_dict(self) -> dict[str, object]:
        """Give the finding as plain data, with the keys of `retrotui check --format json`."""
        return {
            "rule": self.rule,
            "class": self.blame_class.value,
            "level": self.level.value,
            "start": self.start,
            "end": self.end,
            "why": self.why,
            "question": self.question,
            "rewrite": self.rewrite,
        }


def hold(findings: Iterable[Finding]) -> bool:
    """Tell whether Enter is held: whether any of the findings is strict.

    Findings already carry the policy of their section: under `coach` every level is `coach`.
    """
    return any(finding.level is Level.STRICT for finding in findings)


def fold(phrase: str) -> str:
    """Make two spellings of a kept phrase comparable: case and runs of white space do not count."""
    return " ".join(phrase.casefold().replace("’", "'").split())
