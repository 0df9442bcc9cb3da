"""Finding the few patterns that can match at a word without trying all of them.

A pattern is looked up by a key that its first word must have, and then by its lead: a key that must follow
right behind, or be somewhere in the sentence. The built-in book brings both along ready-made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retrotui.blameless.patterns import Pattern
from retrotui.blameless.rulebook import Rule, RuleBook

Candidate = tuple[int, Rule, Pattern]
"""Number of the pattern in the book, its rule, and the pattern."""


class Group:
    """Patterns that can begin at a word with a certain key, by their leads.

    Attributes:
        seconds: Patterns by a key that must follow right behind the first word.
        anchors: The other patterns, by a key that must be somewhere in the sentence.
        second_keys: The keys of `seconds`.
        anchor_keys: The keys of `anchors`.
    """

    __slots__ = ("anchor_keys", "anchors", "second_keys", "seconds")

    def __init__(self, entries: Iterable[tuple[Candidate, bool, Iterable[str]]]) -> None:
        """Take candidates, each with whether its lead follows right behind, and with the keys of the lead."""
        self.seconds: dict[str, list[Candidate]] = {}
        self.anchors: dict[str, list[Candidate]] = {}
        for candidate, follows, keys in entries:
            table = self.seconds if follows else self.anchors
            for key in keys:
                table.setdefault(key, []).append(candidate)
        self.second_keys = frozenset(self.seconds)
        self.anchor_keys = frozenset(self.anchors)


class Index:
    """The patterns of a rule book, found by what a word can be; answers are remembered per word."""

    def __init__(self, book: RuleBook) -> None:
        """Number the patterns of a book; taken from what was baked where the book is the built-in one."""
        self._candidates = list(number_patterns(book))
        if book.baked is not None:
            firsts, self._leads = book.baked
            self._by_key: dict[str, tuple[int, ...]] = dict(firsts)
        else:
            self._leads = ()
            self._by_key = {key: tuple(numbers) for key, numbers in first_keys(self._candidates).items()}
        self._made: dict[str, Group] = {}
        self._groups: dict[frozenset[str], tuple[Group, ...]] = {}

    def groups(self, keys: frozenset[str]) -> tuple[Group, ...]:
        """Give the patterns that can begin at a word with these keys."""
        found = self._groups.get(keys)
        if found is None:
            if len(self._groups) > 20_000:
                self._groups.clear()
            # the empty key is for patterns that can begin at any word
            wanted = [key for key in ("", *keys) if key in self._by_key]
            found = self._groups[keys] = tuple(self._group(key) for key in wanted)
        return found

    def _group(self, key: str) -> Group:
        group = self._made.get(key)
        if group is None:
            group = self._made[key] = Group(map(self._lead, self._by_key[key]))
        return group

    def _lead(self, number: int) -> tuple[Candidate, bool, Iterable[str]]:
        candidate = self._candidates[number]
        follows, *keys = (self._leads[number] if self._leads else lead_of(candidate[2])).split()
        return candidate, follows == "+", keys


def number_patterns(book: RuleBook) -> Iterator[Candidate]:
    """Number the patterns of the rules in force, in the order of the book."""
    number = 0
    for rule in book.rules:
        for pattern in rule.patterns if rule.levels else ():
            yield number, rule, pattern
            number += 1


def first_keys(candidates: Iterable[Candidate]) -> dict[str, list[int]]:
    """Give for each key the numbers of the patterns that can begin with it; "" for those that need none."""
    found: dict[str, list[int]] = {}
    for number, _rule, pattern in candidates:
        for key in pattern.first or ("",):
            found.setdefault(key, []).append(number)
    return found


def lead_of(pattern: Pattern) -> str:
    """Give the lead of a pattern as text: `+` when it follows right behind, else `~`, and its keys."""
    compiled = pattern.compiled
    return " ".join(("~" if compiled.second is None else "+", *sorted(compiled.lead)))
