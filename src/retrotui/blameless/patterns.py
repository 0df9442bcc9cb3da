"""The small pattern language of the rules: what a row of elements asks for. Leaves running it to `matcher`.

A pattern is a row of elements separated by spaces:

- `word`, `a|b|c`: the word as typed (contractions are taken apart, `didnt` is `did not`); `be` and `have`
  mean every form, `=be` only this one
- `forget~`: any form of a verb; `+past`, `+part`, `+ing`, `+base`, `+s`, `+finite` any verb in that form
- `<slot>`: a word list of the rule files; `<slot>&+past` only its past forms
- `<person>`, `<team>`, `<blamed>` (either), `<name>`, `<role>`, `<pronoun>`, `<anyone>`, `<you>`, `<we>`,
  `<me>`, `<owner>` ("mei's"): a whole noun phrase
- `..3` up to three words that stay within the clause; `^` the beginning of a clause, `^^` of the sentence,
  `$` the end of the clause
- `!word` not followed by that; `x?` may be absent; `x:name` is kept under that name for the rewrites;
  `{` and `}` mark the words to underline when these are not the whole match

Adverbs that change nothing ("just", "simply", "clearly") are stepped over by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection

CHUNKS = frozenset(
    {
        "<person>",
        "<team>",
        "<blamed>",
        "<we>",
        "<me>",
        "<name>",
        "<anyone>",
        "<pronoun>",
        "<role>",
        "<owner>",
        "<you>",
    }
)
"""Slots that stand for a whole noun phrase and are found by the grammar, not by a word list."""

WORDS, OPTION, NEGATIVE, GAP, BEGIN, FIRST, END = range(7)

Step = tuple[int, frozenset[str], frozenset[str], str, int]
"""One element ready to run: its sort, keys, kinds of people, verb form besides, and the reach of a gap."""

_NOTHING: frozenset[str] = frozenset()


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is allowed."""


class Pattern:
    """One pattern of a rule; taken apart when it is first needed, for most never are.

    Attributes:
        source: As written in the rule file.
    """

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        """Take a pattern as written; `check` tells whether it can be read."""
        self.source = source
        self._compiled: Compiled | None = None

    @property
    def compiled(self) -> Compiled:
        """The elements, worked out once."""
        if self._compiled is None:
            self._compiled = _compile(self.source)
        return self._compiled

    def check(self, slots: Collection[str]) -> None:
        """Make sure that the pattern can be read and names only slots that there are.

        Raises:
            PatternError: It cannot, or does not; the message says what is allowed.
        """
        for _sort, keys, _people, _also, _reach in self.compiled.steps:
            for key in keys:
                if key[:1] == "<" and key[-1:] == ">" and len(key) > 2 and key[1:-1] not in slots:
                    raise PatternError(f"there is no slot {key}")


class Compiled:
    """A pattern taken apart.

    Attributes:
        steps: Its elements.
        names: For each element the name under which it is kept, or an empty string.
        named: Whether any has a name.
        mark: Element numbers between which the underlined words lie, or None for the whole match.
        branches: It can go wrong in more ways than a few, so that failed ways are remembered.
        open_ended: The next word decides whether it matches; to know while typing means to wait for it.
    """

    __slots__ = ("branches", "mark", "named", "names", "open_ended", "steps")

    def __init__(self, steps: tuple[Step, ...], names: tuple[str, ...], mark: tuple[int, int] | None) -> None:
        """Make a compiled pattern."""
        self.steps = steps
        self.names = names
        self.named = any(names)
        self.mark = mark
        self.branches = sum(step[0] in (GAP, OPTION) for step in steps) > 1
        self.open_ended = steps[-1][0] in (END, NEGATIVE) or "$" in steps[-1][1]

    def first(self) -> frozenset[str]:
        """Give the keys one of which the first token must have; empty when anything may come first."""
        found: frozenset[str] = frozenset()
        for sort, keys, people, _also, _reach in self.steps:
            if sort in (BEGIN, FIRST):
                continue
            if sort not in (WORDS, OPTION) or "$" in keys:
                return _NOTHING
            found |= keys | people
            if sort == WORDS:
                return found
        return _NOTHING

    def second(self) -> frozenset[str]:
        """Give what the word after the first must be; empty where a gap follows it, or nothing."""
        return self._second()[0]

    def needs(self) -> list[frozenset[str]]:
        """Give key sets each of which the sentence must have somewhere, besides those at the beginning."""
        places = [step for step in self.steps if step[0] not in (BEGIN, FIRST, NEGATIVE)]
        begin = 0 if places[0][0] != WORDS else 2 if self._second()[1] else 1
        return [step[1] | step[2] for step in places[begin:] if step[0] == WORDS and "$" not in step[1]]

    def _second(self) -> tuple[frozenset[str], bool]:
        """Give what must come second, and whether that is one element and no other."""
        found: frozenset[str] = frozenset()
        first, *others = [step for step in self.steps if step[0] not in (BEGIN, FIRST)]
        if first[0] != WORDS or "$" in first[1]:
            return _NOTHING, False
        alone = True
        for sort, keys, people, _also, _reach in others:
            if sort == NEGATIVE:
                continue
            if sort not in (WORDS, OPTION) or "$" in keys:
                break
            found |= keys | people
            if sort == WORDS:
                return found, alone
            alone = False
        return _NOTHING, False

    def stays(self, borders: frozenset[str]) -> bool:
        """Tell whether it cannot go past the end of a clause, that is past words with such keys."""
        return all(step[0] not in (WORDS, OPTION) or step[1].isdisjoint(borders) for step in self.steps)


_FORMS = frozenset({"+past", "+part", "+ing", "+base", "+s", "+finite", "+adv", "+verb", "+noun", "+number"})
_PLACES = {"^": BEGIN, "^^": FIRST, "$": END}


def _keys_of(alternative: str) -> tuple[str, ...]:
    """Give the keys that one alternative of an element asks for."""
    if alternative in ("be", "have"):
        return (alternative, alternative + "~")
    if alternative[:1] == "=" and len(alternative) > 1:
        return (alternative[1:],)
    return (alternative.lower(),)


def _compile(source: str) -> Compiled:
    steps: list[Step] = []
    names: list[str] = []
    marks: list[int] = []
    if "}&" in source:
        source = re.sub(r"\}&(\+\w+)", r"&\1}", source)
    for part in source.replace("{", " { ").replace("}", " } ").split():
        if part in ("{", "}"):
            marks.append(len(steps))
            continue
        if part in _PLACES:
            steps.append((_PLACES[part], _NOTHING, _NOTHING, "", 0))
            names.append("")
            continue
        negative, body, optional, name = _parts(part)
        names.append(name)
        if body.startswith(".."):
            if not body[2:].isdigit() or not 0 < int(body[2:]) <= 9:
                raise PatternError(f"a gap is ..1 to ..9, not {part!r}")
            steps.append((GAP, _NOTHING, _NOTHING, "", int(body[2:])))
            continue
        keys, people, form = _alternatives(part, body)
        sort = NEGATIVE if negative else OPTION if optional else WORDS
        steps.append((sort, keys, people, form, 0))
    if not any(step[0] == WORDS and "$" not in step[1] for step in steps):
        raise PatternError("a pattern needs at least one word or slot that must be there")
    if len(marks) % 2:
        raise PatternError("braces come in pairs: { what to underline }")
    return Compiled(tuple(steps), tuple(names), (marks[0], marks[-1]) if marks else None)


def _parts(part: str) -> tuple[bool, str, bool, str]:
    """Take an element apart: whether it must not be there, what it is, whether it may be absent, its name."""
    negative = part[0] == "!" and len(part) > 1
    body = part[1:] if negative else part
    head, _, name = body.rpartition(":")
    if head and name and name.replace("_", "a").isalpha() and name.isascii() and name.islower():
        body = head
    else:
        name = ""
    optional = len(body) > 1 and body[-1] == "?" and body[-2] != "|"  # "x|?" asks for the mark
    return negative, body[:-1] if optional else body, optional, name


def _alternatives(part: str, body: str) -> tuple[frozenset[str], frozenset[str], str]:
    """Give the keys, the kinds of people and the verb form that an element asks for."""
    alternatives = body.split("|") if body != "|" else [body]
    if "" in alternatives:
        raise PatternError(f"{part!r}: an alternative is empty; write them as a|b|c")
    forms = {a.partition("&")[2] for a in alternatives} if body != "&" else {""}
    form = forms.pop()
    if forms == {""} or (
        form == "" and len(forms) == 1 and body.endswith(tuple(forms)) and body.count("&") == 1
    ):
        # one form at the end is for all of them
        form, forms = form or forms.pop(), set()
    if forms or (form and form not in _FORMS):
        raise PatternError(f"{part!r}: each alternative takes the same &form, of {', '.join(sorted(_FORMS))}")
    if form:
        alternatives = [a.partition("&")[0] for a in alternatives]
    people = frozenset(a for a in alternatives if a in CHUNKS)
    keys: set[str] = set()
    for alternative in alternatives:
        if alternative in people:
            continue
        if alternative[:1] == "+" and len(alternative) > 1 and alternative not in _FORMS:
            raise PatternError(f"no verb form {alternative}; there are {', '.join(sorted(_FORMS))}")
        keys.update(_keys_of(alternative))
    return frozenset(keys), people, form
