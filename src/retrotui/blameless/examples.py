"""Trying rules out: a file's own examples, and what it would newly flag among notes that are fine.

Used by `retrotui rules test` and `retrotui check --explain`; prints nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retrotui.blameless.checker import Checker
from retrotui.blameless.model import BlameClass, Level, Policy, Section
from retrotui.blameless.rulebook import RULES_DIR, Rule, RuleBook, load_rulebook


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that did not come out as its rule file says.

    Attributes:
        file: The rule file.
        rule: The rule the example stands under.
        text: The example.
        section: Where it was checked.
        problem: One sentence: what was expected and what came.
    """

    file: Path
    rule: str
    text: str
    section: Section
    problem: str


@dataclass(frozen=True, slots=True)
class NewFlag:
    """A note that is fine by the built-in rules and would be flagged with the team's."""

    text: str
    section: Section
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What `test_rules` found; `ok` only when every example came out and nothing harmless is flagged."""

    rules: int
    examples: int
    failures: tuple[ExampleFailure, ...]
    newly_flagged: tuple[NewFlag, ...]
    harmless: int

    @property
    def ok(self) -> bool:
        """No failure and no new flag."""
        return not self.failures and not self.newly_flagged


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule for people to read.

    Attributes:
        thresholds: Where it weighs the whole of a note: how many points make a finding, by section.
        points: The points of every form that has any, the highest first; empty where it looks for patterns.
    """

    rule: str
    blame_class: BlameClass
    why: str
    questions: tuple[str, ...]
    levels: Mapping[Section, Level]
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    file: Path
    thresholds: Mapping[Section, float]
    points: tuple[tuple[str, float], ...]


def explain(rule_id: str, rulebook: RuleBook | None = None) -> Explanation:
    """Tell what a rule says, asks and looks for.

    Args:
        rule_id: Such as `omission.failed-to`.
        rulebook: Where to look; the built-in rules by default.

    Raises:
        KeyError: There is no such rule; the message names near ones.
    """
    rule = (rulebook or load_rulebook()).rule(rule_id)
    weighed = rule.points
    return Explanation(
        rule.id,
        rule.blame_class,
        rule.why,
        rule.questions,
        rule.levels,
        tuple(p.source for p in rule.patterns),
        tuple(p.source for p in rule.unless),
        rule.hits,
        rule.misses,
        rule.file,
        {section: sum_ / 100 for section, sum_ in weighed.thresholds.items()} if weighed else {},
        tuple((form, n / 100) for form, n in sorted(weighed.table.items(), key=lambda row: -row[1]))
        if weighed
        else (),
    )


def test_rules(paths: Iterable[Path | str] = ()) -> RuleReport:
    """Run rule files against their own examples and against notes that are fine.

    Args:
        paths: A team's files or folders; the built-in rules alone when there are none.

    Raises:
        RuleError: A file cannot be read or holds something that is not allowed.
    """
    wanted = list(paths)
    built_in = load_rulebook()
    book = load_rulebook(wanted) if wanted else built_in
    own = [r for r in book.rules if not wanted or not r.file.is_relative_to(RULES_DIR)]
    failures: list[ExampleFailure] = []
    examples = 0
    for rule in own:
        if not rule.levels:
            continue
        checker = Checker(book, roster=rule.people)
        for texts, expected in ((rule.hits, True), (rule.misses, False)):
            for text in texts:
                examples += 1
                problem = _problem(checker, rule, text, expected)
                if problem:
                    section, note = split_section(text, rule)
                    failures.append(ExampleFailure(rule.file, rule.id, note, section, problem))
    flagged: list[NewFlag] = []
    notes = harmless_notes()
    if wanted:
        for section, text, people in notes:
            old = {(f.start, f.end) for f in Checker(built_in, people).check(text, section, Policy.STRICT)}
            flagged.extend(
                NewFlag(text, section, finding.rule, text[finding.start : finding.end])
                for finding in Checker(book, people).check(text, section, Policy.STRICT)
                if (finding.start, finding.end) not in old
            )
    return RuleReport(len(own), examples, tuple(failures), tuple(flagged), len(notes))


test_rules.__test__ = False  # type: ignore[attr-defined]  # a function of the program, not of the test suite


def split_section(example: str, rule: Rule) -> tuple[Section, str]:
    """Take the section off an example such as `timeline: 14:03 ana paged`; causes, or the rule's own."""
    head, colon, rest = example.partition(": ")
    if colon and head in {s.value for s in Section}:
        return Section(head), rest
    if Section.CAUSES in rule.levels or not rule.levels:
        return Section.CAUSES, example
    return next(iter(rule.levels)), example


def _problem(checker: Checker, rule: Rule, text: str, expected: bool) -> str:
    section, note = split_section(text, rule)
    found = checker.rules_hit(note, section)
    names = ", ".join(sorted(found))
    if expected and rule.id not in found:
        came = f"was flagged by {names}" if names else "nothing was flagged"
        return f"must be flagged by this rule, but {came}"
    if not expected and found:
        return f"must not be flagged, but {names} did"
    return ""


@lru_cache(maxsize=1)
def harmless_notes() -> tuple[tuple[Section, str, tuple[str, ...]], ...]:
    """Give notes that are fine, with section and roster: the misses of all built-in rules."""
    return tuple(
        (*split_section(text, rule), rule.people) for rule in load_rulebook().rules for text in rule.misses
    )
