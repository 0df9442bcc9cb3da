"""Finding the few patterns that can match at a word without trying all of them.

Every pattern has a number, and a set of patterns is an int with one bit for each. For every key the index
knows which patterns can begin with it, which want it right behind their first word, and which want it
somewhere further on; a few `and` and `or` per word leave hardly more than what matches. The built-in book
brings all of this along ready-made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.model import Section
from retrotui.blameless.patterns import BEGIN, CHUNKS, FIRST, Pattern
from retrotui.blameless.rows import Rows, as_lines
from retrotui.blameless.rulebook import Layer, Rule, RuleBook
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.undertone import Points

ROLES = 4
"""What a key can be to a pattern: its first word, the one right behind, the rarest other one, the next."""

Masks = tuple[int, int, int, int]
"""For each of these roles the patterns that a key, or a word with all its keys, can serve."""

ANY = "*any"
"""Stands for every key: a pattern without a second word or without further needs is served by anything."""

BEGINNING = "*begin"
"""The row of the patterns that only match where a clause begins."""

STAYING = "*staying"
"""The row of the patterns that cannot go past the end of a clause."""

_MOST_REMEMBERED = 10_000


class Index:
    """The patterns of a rule book, found by what words can be; answers are remembered per word.

    Patterns are numbered layer by layer: first what is looked for, in the order of the rules, then the
    exceptions of each rule, then the pardons, the generalities and the praise.
    """

    def __init__(self, book: RuleBook) -> None:
        """Number the patterns of a book; taken from what was baked where a layer is the built-in one."""
        self._rules: list[tuple[int, Rule]] = []
        """The rules in force, each with the number of its first pattern."""
        self._reweighed: list[tuple[int, Rule, Rule]] = []
        """Those that a team weighs differently, as they were and as they are."""
        self._unless: dict[str, int] = {}
        """The number of the first exception of each."""
        self._excepting: dict[str, int] = {}
        self._pardons: dict[int, Pattern] = {}
        self.pardon = self.generality = self.praise = 0
        self.excuses = 0
        """All that excuses something: the exceptions of rules, pardons, generalities and praise."""
        self.weighed_pardons = tuple(points for layer in book.layers for points in layer.weighed_pardons)
        self._tables: list[tuple[int, Rows]] = []
        in_force = {id(rule.sources): rule for rule in book.rules}
        begin = 0
        for layer in book.layers:
            table = layer.table or Rows(as_lines(table_of(layer, book.lexicon)))
            self._tables.append((begin, table))
            for rule in layer.rules:
                # another one when it was weighed differently, none when it was replaced
                current = in_force.get(id(rule.sources))
                if current is not None:
                    self._rules.append((begin, current))
                    if current is not rule:
                        self._reweighed.append((begin, rule, current))
                begin += rule.size
            first_excuse = begin
            for rule in layer.rules:
                if id(rule.sources) in in_force:
                    self._unless[rule.id] = begin
                begin += rule.sources[1].count("\n") + 1 if rule.sources[1] else 0
            for pardon in layer.pardons:
                self._pardons[begin] = pardon
                self.pardon |= 1 << begin
                begin += 1
            for pardon in layer.generalities:
                self._pardons[begin] = pardon
                self.generality |= 1 << begin
                begin += 1
            for pardon in layer.praises:
                self._pardons[begin] = pardon
                self.praise |= 1 << begin
                begin += 1
            self.excuses |= (1 << begin) - (1 << first_excuse)
        self._begins = [number for number, _rule in self._rules]
        self._of_key: dict[str, Masks] = {}
        self._of_word: dict[frozenset[str], Masks] = {}
        self._always = self._mask(ANY)
        self._within = ~self._mask(BEGINNING)[0]
        self._crossing = ~self._mask(STAYING)[0]
        self._active: dict[Section, int] = {}
        self._weighing: dict[Section, tuple[tuple[Rule, Points], ...]] = {}
        self._silenced: dict[Section, int] = {}
        self._made: dict[int, tuple[Rule, Pattern]] = {}

    def active(self, section: Section) -> int:
        """Give the patterns that are looked for in a section."""
        found = self._active.get(section)
        if found is None:
            found = 0
            for begin, rule in self._rules:
                if section in rule.levels:
                    found |= ((1 << rule.size) - 1) << begin
            self._active[section] = found
        return found

    def weighing(self, section: Section) -> tuple[tuple[Rule, Points], ...]:
        """Give the rules that weigh the notes of a section as a whole, with what they weigh."""
        found = self._weighing.get(section)
        if found is None:
            found = self._weighing[section] = tuple(
                (rule, rule.points) for _begin, rule in self._rules if rule.points and section in rule.levels
            )
        return found

    def silenced(self, section: Section) -> int:
        """Give the patterns that a team has switched off in a section: what they find is not guessed at."""
        found = self._silenced.get(section)
        if found is None:
            found = 0
            for begin, before, now in self._reweighed:
                if section in before.levels and section not in now.levels:
                    found |= ((1 << now.size) - 1) << begin
            self._silenced[section] = found
        return found

    def general(self, section: Section) -> int:
        """Give what excuses many rules in a section: generalities, and praise where things went well."""
        return self.generality | (self.praise if section is Section.WELL else 0)

    def rule(self, number: int) -> tuple[Rule, Pattern]:
        """Give the rule and the pattern with a number."""
        found = self._made.get(number)
        if found is None:
            begin, rule = self._rules[bisect_right(self._begins, number) - 1]
            found = self._made[number] = rule, rule.patterns[number - begin]
        return found

    def unless(self, rule: Rule) -> int:
        """Give the exceptions of a rule as bits, worked out when it is first asked for."""
        found = self._excepting.get(rule.id)
        if found is None:
            text = rule.sources[1]
            found = ((1 << text.count("\n") + 1) - 1) << self._unless[rule.id] if text else 0
            self._excepting[rule.id] = found
        return found

    def excuse(self, rule: Rule, number: int) -> Pattern:
        """Give an exception of a rule, or a pardon, by its number."""
        return self._pardons.get(number) or rule.unless[number - self._unless[rule.id]]

    def possible(self, sentence: Sentence) -> list[int]:
        """Give for each word of a sentence the patterns that may match there."""
        remembered = self._of_word
        always_first, no_second, no_more, no_rest = self._always
        chunks, adverbs, begins, breaks = sentence.chunks, sentence.adverbs, sentence.begins, sentence.breaks
        within, crossing = self._within, self._crossing
        at = len(sentence.keys)
        follows = [0] * (at + 1)
        found = [0] * at
        more, rest = no_more, no_rest
        inside = _inside(sentence)
        for keys in reversed(sentence.keys):
            at -= 1
            masks = remembered.get(keys)
            if masks is None:
                masks = self._word(keys)
            first, second, third, fourth = masks
            chunk = chunks[at]
            more |= third
            rest |= fourth
            if chunk is None:
                follows[at] = second | follows[at + 1] if adverbs[at] else second
                first |= always_first
                if not begins[at]:
                    first &= within
                if first:
                    found[at] = first & (follows[at + 1] | no_second) & more & rest
                if breaks[at] and not adverbs[at] and at not in inside:
                    more = more & crossing | no_more
                    rest = rest & crossing | no_rest
                continue
            group = remembered.get(chunk.keys)
            if group is None:
                group = self._word(chunk.keys)
            more |= group[2]
            rest |= group[3]
            second |= group[1]
            follows[at] = second | follows[at + 1] if adverbs[at] else second
            own = (first | always_first) & (follows[at + 1] | no_second)
            here = (own | (group[0] & (follows[chunk.end] | no_second))) & more & rest
            found[at] = here if begins[at] else here & within
        return found

    def starting(self, sentence: Sentence, at: int) -> int:
        """Give the patterns whose first word may stand at a place, whatever comes behind it."""
        found = self._always[0] | self._word(sentence.keys[at])[0]
        chunk = sentence.chunks[at]
        return found if chunk is None else found | self._word(chunk.keys)[0]

    def _word(self, keys: frozenset[str]) -> Masks:
        """Give what a word, or a noun phrase, with these keys can be."""
        known = self._of_word.get(keys)
        if known is not None:
            return known
        if len(self._of_word) > _MOST_REMEMBERED:
            self._of_word.clear()
        found = NOTHING
        for key in keys:
            masks = self._of_key.get(key)
            if masks is None:
                if not any(table.get(key) for _begin, table in self._tables):
                    continue
                masks = self._of_key[key] = self._mask(key)
            a, b, c, d = masks
            found = (found[0] | a, found[1] | b, found[2] | c, found[3] | d)
        self._of_word[keys] = found
        return found

    def _mask(self, key: str) -> Masks:
        """Read a row of the tables."""
        masks = [0] * ROLES
        for begin, table in self._tables:
            for role, numbers in enumerate(table.get(key).split("/")):
                if numbers[:1] == "x":
                    masks[role] |= int(numbers[1:], 16) << begin
                    continue
                for number in numbers.split(",") if numbers else ():
                    masks[role] |= 1 << int(number) + begin
        first, second, third, fourth = masks
        return first, second, third, fourth


NOTHING: Masks = (0, 0, 0, 0)


def _inside(sentence: Sentence) -> set[int]:
    """Give the words within noun phrases that mean people: "and" in "ana and ben" ends no clause for them."""
    inside: set[int] = set()
    for chunk in sentence.chunks:
        if chunk is not None and chunk.end - chunk.start > 1:
            inside.update(range(chunk.start, chunk.end))
    return inside


def bits(mask: int) -> Iterator[int]:
    """Give the numbers of the patterns in a set, the smallest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def table_of(layer: Layer, lexicon: Lexicon) -> dict[str, str]:
    """Give for each key the numbers of the patterns that it can serve, one list for each role."""
    rows: dict[str, tuple[list[str], ...]] = {}

    def weight(need: frozenset[str]) -> int:
        return sum(_weight(key, lexicon) for key in need)

    borders = lexicon.borders()
    patterns = [pattern for rule in layer.rules for pattern in rule.patterns]
    patterns += [pattern for rule in layer.rules for pattern in rule.unless]
    for number, pattern in enumerate((*patterns, *layer.pardons, *layer.generalities, *layer.praises)):
        compiled = pattern.compiled
        needs = sorted(compiled.needs(), key=lambda need: (weight(need), sorted(need)))[:2]
        roles = {0: compiled.first(), 1: compiled.second(), **dict(enumerate(needs, 2))}
        places = [(key, role) for role in range(ROLES) for key in roles.get(role) or (ANY,)]
        if compiled.steps[0][0] in (BEGIN, FIRST):
            places.append((BEGINNING, 0))
        if compiled.stays(borders):
            places.append((STAYING, 0))
        for key, role in places:
            rows.setdefault(key, tuple([] for _ in range(ROLES)))[role].append(str(number))
    return {key: "/".join(map(_written, row)) for key, row in sorted(rows.items())}


def _written(numbers: list[str]) -> str:
    """Write a set of numbers one by one, or, when they are many, as bits."""
    if len(numbers) < _MANY:
        return ",".join(numbers)
    return f"x{sum(1 << int(number) for number in numbers):x}"


_MANY = 50


_COMMON = 500
"""As how many words a key counts that any sentence may have."""

_SMALL = 60
"""As how many words a "the", a "not" or a "had" counts, which most sentences have."""

_SMALL_WORDS = ("determiner", "preposition", "conjunction", "be", "have", "do", "not", "modal", "pronoun")


def _weight(key: str, lexicon: Lexicon) -> int:
    """Estimate how many words can be what a key asks for."""
    if key in CHUNKS or key[0] == "+":
        return _COMMON
    if key[0] == "<" and key[1:-1] in lexicon.slots:
        return len(lexicon.slots[key[1:-1]])
    return _SMALL if any(key in lexicon.slots[slot] for slot in _SMALL_WORDS) or key == "," else 1
