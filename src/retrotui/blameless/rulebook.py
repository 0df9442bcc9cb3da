"""The rule book: rules, the words they stand on, and where both come from.

The built-in book is read from a baked copy (`_built_in`), as a few long texts that are cut up as far as
somebody asks; a team's own files, and the built-in TOML while it is newer than its copy, are read by
`rulereader`. Nothing is matched here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from retrotui.blameless.lexicon import Lexicon, Vocabulary
from retrotui.blameless.model import BlameClass, Level, Section
from retrotui.blameless.patterns import Pattern
from retrotui.blameless.rows import Rows
from retrotui.blameless.undertone import Points

RULES_DIR = Path(__file__).with_name("rules")
"""Where the built-in rule files are."""


class Texts:
    """What a rule says and shows; to find words nobody needs it.

    Attributes:
        why: One plain sentence that says why these words get in the way.
        questions: What to ask instead; the first is shown, with slots filled from the note.
        rewrites: Templates per section.
        hits: Notes that must be flagged by this rule; a leading `causes:` names the section.
        misses: Notes that must not be flagged by any rule.
        people: The roster that the examples are checked with.
    """

    __slots__ = ("hits", "misses", "people", "questions", "rewrites", "why")

    def __init__(
        self,
        why: str,
        questions: tuple[str, ...],
        rewrites: Mapping[Section, tuple[str, ...]],
        hits: tuple[str, ...],
        misses: tuple[str, ...],
        people: tuple[str, ...],
    ) -> None:
        """Take the texts of one rule."""
        self.why = why
        self.questions = questions
        self.rewrites = rewrites
        self.hits = hits
        self.misses = misses
        self.people = people


class Rule:
    """One rule of the book.

    Attributes:
        id: Its name, such as `omission.failed-to`.
        blame_class: The class it belongs to.
        levels: Its level in each section; it is silent in a section that is not there.
        negatable: A "not" right before the match unmakes it.
        generality: So does talk about what may happen to anybody, in the same sentence.
        file: Where it was read from.
        sources: Its patterns and its exceptions as written, each a text with one to a line.
        points: What it weighs, where it weighs the note as a whole instead of looking for patterns.
    """

    __slots__ = (
        "_patterns",
        "_texts",
        "_unless",
        "blame_class",
        "file",
        "generality",
        "id",
        "levels",
        "negatable",
        "points",
        "sources",
    )

    def __init__(
        self,
        rule_id: str,
        blame_class: BlameClass,
        levels: Mapping[Section, Level],
        negatable: bool,
        generality: bool,
        file: Path,
        sources: tuple[str, str],
        texts: Texts | Callable[[str], Texts],
        points: Points | None = None,
    ) -> None:
        """Make a rule; `texts` may be given as a function that finds them by the id."""
        self.id = rule_id
        self.blame_class = blame_class
        self.levels = levels
        self.negatable = negatable
        self.generality = generality
        self.file = file
        self.sources = sources
        self.points = points
        self._texts = texts
        self._patterns: tuple[Pattern, ...] | None = None
        self._unless: tuple[Pattern, ...] | None = None

    def weighing(self, levels: Mapping[Section, Level]) -> Rule:
        """Give the same rule with other levels."""
        return Rule(
            self.id,
            self.blame_class,
            levels,
            self.negatable,
            self.generality,
            self.file,
            self.sources,
            self._texts,
            self.points,
        )

    @property
    def size(self) -> int:
        """How many patterns it has; none when it weighs."""
        return self.sources[0].count("\n") + 1 if self.sources[0] else 0

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Any of these makes a finding."""
        if self._patterns is None:
            self._patterns = tuple(map(Pattern, self.sources[0].splitlines()))
        return self._patterns

    @property
    def unless(self) -> tuple[Pattern, ...]:
        """Any of these in the same sentence unmakes it."""
        if self._unless is None:
            self._unless = tuple(map(Pattern, self.sources[1].splitlines()))
        return self._unless

    @property
    def texts(self) -> Texts:
        """What it says and shows."""
        if callable(self._texts):
            self._texts = self._texts(self.id)
        return self._texts

    @property
    def why(self) -> str:
        """See `Texts`."""
        return self.texts.why

    @property
    def questions(self) -> tuple[str, ...]:
        """See `Texts`."""
        return self.texts.questions

    @property
    def rewrites(self) -> Mapping[Section, tuple[str, ...]]:
        """See `Texts`."""
        return self.texts.rewrites

    @property
    def hits(self) -> tuple[str, ...]:
        """See `Texts`."""
        return self.texts.hits

    @property
    def misses(self) -> tuple[str, ...]:
        """See `Texts`."""
        return self.texts.misses

    @property
    def people(self) -> tuple[str, ...]:
        """See `Texts`."""
        return self.texts.people


class Layer:
    """Rules and pardons that were read together: the built-in ones, or those of a team's files.

    Attributes:
        rules: As they were read, also those that are silenced or replaced further up.
        pardons: Any of these in a sentence leaves it alone.
        generalities: So does any of these, but for the rules that do not let it.
        praises: So does any of these in "What went well", as a generality does.
        weighed_pardons: Points that tell talk about blame by the whole of a note.
        table: What `index.table_of` gives for it; None where that is still to be worked out.
    """

    __slots__ = ("generalities", "pardons", "praises", "rules", "table", "weighed_pardons")

    def __init__(
        self,
        rules: tuple[Rule, ...],
        pardons: tuple[Pattern, ...],
        generalities: tuple[Pattern, ...],
        praises: tuple[Pattern, ...],
        weighed_pardons: tuple[Points, ...],
        table: Rows | None = None,
    ) -> None:
        """Make a layer."""
        self.rules = rules
        self.pardons = pardons
        self.generalities = generalities
        self.praises = praises
        self.weighed_pardons = weighed_pardons
        self.table = table


class RuleBook:
    """The rules in force, with the lexicon they stand on. Made by `load_rulebook`."""

    __slots__ = ("layers", "lexicon", "rules")

    def __init__(self, rules: tuple[Rule, ...], lexicon: Lexicon, layers: tuple[Layer, ...]) -> None:
        """Make a book out of what was read."""
        self.rules = rules
        self.lexicon = lexicon
        self.layers = layers

    @property
    def pardons(self) -> tuple[Pattern, ...]:
        """The pardons, generalities and praise of all layers."""
        return tuple(
            p for layer in self.layers for p in (*layer.pardons, *layer.generalities, *layer.praises)
        )

    def rule(self, rule_id: str) -> Rule:
        """Find a rule by its id.

        Raises:
            KeyError: There is none; the message names near ones.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        near = [r.id for r in self.rules if rule_id.split(".")[0] in r.id or rule_id in r.id]
        raise KeyError(f"no rule {rule_id!r}" + (f"; there are {', '.join(near)}" if near else ""))


def load_rulebook(extra_paths: Iterable[Path | str] = ()) -> RuleBook:
    """Read the built-in rules and a team's own files on top, in this order.

    Args:
        extra_paths: Files, or folders whose `*.toml` are read by name.

    Raises:
        RuleError: A file cannot be read or holds something that is not allowed.
    """
    layer, vocabulary = _built_in() or _sources()
    extras = tuple(extra_paths)
    if not extras:
        return RuleBook(layer.rules, Lexicon(vocabulary), (layer,))
    from retrotui.blameless.rulereader import with_extras

    return with_extras(layer, vocabulary, extras)


def load_sources() -> RuleBook:
    """Read the built-in rules from their TOML, whatever was baked."""
    layer, vocabulary = _sources()
    return RuleBook(layer.rules, Lexicon(vocabulary), (layer,))


def _sources() -> tuple[Layer, Vocabulary]:
    from retrotui.blameless.rulereader import read_built_in

    return read_built_in()


def _built_in() -> tuple[Layer, Vocabulary] | None:
    """Take the built-in rules from the baked copy, where the TOML has not changed since."""
    try:
        from retrotui.blameless import _built_in as baked
    except ImportError:
        return None
    files = (entry for entry in os.scandir(RULES_DIR) if entry.name.endswith(".toml"))
    if tuple(sorted((entry.name, entry.stat().st_size) for entry in files)) != baked.SIZES:
        return None
    levels = {code: _levels(code) for code in {row[2] for row in baked.RULES}}
    kinds = {kind.value: kind for kind in BlameClass}
    paths = {file: RULES_DIR / file for file, _size in baked.SIZES}
    weights = {name: _points(row) for name, *row in baked.POINTS}
    rules = tuple(
        Rule(
            name,
            kinds[kind],
            levels[code],
            negatable,
            general,
            paths[file],
            (match, unless),
            _built_in_texts,
            weights.get(name),
        )
        for name, kind, code, negatable, general, file, match, unless in baked.RULES
    )
    vocabulary = Vocabulary(
        dict(baked.SLOTS),
        baked.VERBS,
        baked.IRREGULAR,
        baked.NOT_VERBS,
        Rows(baked.TAGS),
    )
    pardons, generalities, praises = (
        tuple(map(Pattern, text.splitlines())) for text in (baked.PARDONS, baked.GENERALITIES, baked.PRAISES)
    )
    weighed = tuple(map(_points, baked.WEIGHED_PARDONS))
    return Layer(rules, pardons, generalities, praises, weighed, Rows(baked.TABLE)), vocabulary


def _points(row: Sequence[Any]) -> Points:
    *limits, forms, values = row
    thresholds, doubts = ({Section(name): value for name, value in limit} for limit in limits)
    return Points(thresholds, doubts, forms, values)


def _built_in_texts(rule_id: str) -> Texts:
    """Find what a built-in rule says; loaded when somebody first asks."""
    from retrotui.blameless import _built_in_texts as baked

    why, questions, rewrites, hits, misses, people = baked.TEXTS[rule_id]
    by_section = {Section(name): texts for names, texts in rewrites for name in names.split()}
    return Texts(why, questions, by_section, hits, misses, people)


_LETTERS = {"s": Level.STRICT, "c": Level.COACH}


def _levels(code: str) -> dict[Section, Level]:
    """Read levels from one letter for each section; `-` is off."""
    return {section: _LETTERS[letter] for section, letter in zip(Section, code, strict=True) if letter != "-"}


def level_code(levels: Mapping[Section, Level]) -> str:
    """Write levels as `_levels` reads them."""
    return "".join(levels[section].value[0] if section in levels else "-" for section in Section)
