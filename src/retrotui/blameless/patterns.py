"""The small pattern language of the rules, and the matcher that runs it over an analysed note.

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
Nothing in here backtracks without bound: where a pattern has several gaps or options, a way that failed once
is not gone again.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from retrotui.blameless.sentence import Sentence

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
_ANYTHING: Step = (END, _NOTHING, _NOTHING, "", 0)


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


class Match:
    """Where a pattern was found, in token numbers; `end` is just past the last one."""

    __slots__ = ("captures", "end", "mark_end", "mark_start", "start")

    def __init__(
        self, start: int, end: int, mark_start: int, mark_end: int, captures: dict[str, tuple[int, int]]
    ) -> None:
        """Make a match; `captures` are the stretches that the pattern names."""
        self.start = start
        self.end = end
        self.mark_start = mark_start
        self.mark_end = mark_end
        self.captures = captures


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
    optional = len(body) > 1 and body[-1] == "?"
    return negative, body[:-1] if optional else body, optional, name


def _alternatives(part: str, body: str) -> tuple[frozenset[str], frozenset[str], str]:
    """Give the keys, the kinds of people and the verb form that an element asks for."""
    alternatives = body.split("|") if body != "|" else [body]
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


def match_at(pattern: Pattern, sentence: Sentence, start: int) -> Match | None:
    """Try a pattern with its first element at token `start`."""
    compiled = pattern.compiled
    steps = compiled.steps
    bounds = [(-1, -1)] * len(steps)
    end = _match(steps, 0, sentence, start, bounds, set() if compiled.branches else None)
    if end < 0:
        return None
    low, high = start, end
    if compiled.mark:
        spans = [b for b in bounds[compiled.mark[0] : compiled.mark[1]] if b[1] > b[0]]
        if spans:
            low, high = spans[0][0], spans[-1][1]
    captures = (
        {name: b for name, b in zip(compiled.names, bounds, strict=True) if name and b[0] >= 0}
        if compiled.named
        else {}
    )
    return Match(start, end, low, high, captures)


def _match(
    steps: tuple[Step, ...],
    index: int,
    sentence: Sentence,
    at: int,
    bounds: list[tuple[int, int]],
    failed: set[tuple[int, int]] | None,
) -> int:
    """Match the elements from `index` on at token `at`; the token after the match, or -1.

    `failed` remembers from which element at which token there is no way; None where it would not pay.
    """
    all_keys, chunks, adverbs, breaks = sentence.keys, sentence.chunks, sentence.adverbs, sentence.breaks
    total, length = len(all_keys), len(steps)
    while index < length:
        sort, keys, people, also, reach = steps[index]
        if sort <= NEGATIVE:
            end, look, ends = -1, at, "$" in keys
            # adverbs are stepped over, but not before the first element nor at the end of a clause
            while True:
                if ends and (look >= total or breaks[look]):
                    # the end of the clause as one alternative among words: nothing is taken
                    end = look
                    break
                if look >= total:
                    break
                if people:
                    chunk = chunks[look]
                    if chunk is not None and not people.isdisjoint(chunk.keys):
                        end = chunk.end
                        break
                own = all_keys[look]
                if not keys.isdisjoint(own) and (not also or also in own):
                    end = look + 1
                    break
                if not adverbs[look] or (sort != NEGATIVE and (not index or breaks[at])):
                    break
                look += 1
            if sort == WORDS:
                if end < 0:
                    return -1
                bounds[index] = (look, end)
                at = end
            elif sort == NEGATIVE:
                if end >= 0:
                    return -1
            elif end >= 0:
                bounds[index] = (at, end)
                rest = _branch(steps, index + 1, sentence, end, bounds, failed)
                if rest >= 0:
                    return rest
                bounds[index] = (-1, -1)
        elif sort == GAP:
            stops = sentence.stops
            after, sought, sought_people, _also, _reach = (
                steps[index + 1] if index + 1 < length else _ANYTHING
            )
            for here in range(at, min(at + reach, total) + 1):
                # most words are not what comes behind the gap, and that is quickly seen
                if (
                    after != WORDS
                    or here >= total
                    or adverbs[here]
                    or breaks[here]
                    or not sought.isdisjoint(all_keys[here])
                    or (sought_people and chunks[here] is not None)
                ):
                    bounds[index] = (at, here)
                    end = _branch(steps, index + 1, sentence, here, bounds, failed)
                    if end >= 0:
                        return end
                if here >= total or stops[here]:
                    break
            return -1
        elif sort == BEGIN:
            if at >= total or not sentence.begins[at]:
                return -1
        elif sort == FIRST:
            if at != sentence.first:
                return -1
        else:
            while at < total and adverbs[at]:
                at += 1
            if at < total and not breaks[at]:
                return -1
        index += 1
    return at


def _branch(
    steps: tuple[Step, ...],
    index: int,
    sentence: Sentence,
    at: int,
    bounds: list[tuple[int, int]],
    failed: set[tuple[int, int]] | None,
) -> int:
    """Try one way on, unless it is known to fail."""
    if failed is None:
        return _match(steps, index, sentence, at, bounds, None)
    if (index, at) in failed:
        return -1
    end = _match(steps, index, sentence, at, bounds, failed)
    if end < 0:
        failed.add((index, at))
    return end


def may_come(pattern: Pattern, sentence: Sentence, start: int, known: int, patience: int) -> bool:
    """Tell whether words to come may complete a pattern that begins at token `start`.

    From token `known` on no more than `patience` words of a gap are waited for. Whoever gave up waiting does
    not begin again when more is typed: every word is judged as it was when it was the last.
    """
    return _may_come(pattern.compiled.steps, 0, sentence, start, known, patience, set())


def _may_come(
    steps: tuple[Step, ...],
    index: int,
    sentence: Sentence,
    at: int,
    known: int,
    patience: int,
    tried: set[tuple[int, int]],
) -> bool:
    """Do the same from the element `index` on; what was tried in vain is not tried again."""
    if (index, at) in tried:
        return False
    tried.add((index, at))
    total = len(sentence.keys)
    for number in range(index, len(steps)):
        sort, keys, people, also, reach = steps[number]
        if sort == GAP:
            for here in range(at, min(at + reach, total) + 1):
                if here >= known and here - at >= patience:
                    return False
                if _may_come(steps, number + 1, sentence, here, known, patience, tried):
                    return True
                if here >= total or sentence.stops[here]:
                    return False
            return False
        if at >= total:
            return any(step[0] == WORDS and "$" not in step[1] for step in steps[number:])
        if sort == BEGIN and not sentence.begins[at]:
            return False
        if sort == FIRST and at != sentence.first:
            return False
        if sort == END and not sentence.breaks[at]:
            return False
        if sort > NEGATIVE:
            continue
        end, look = -1, at
        while look < total:
            if "$" in keys and sentence.breaks[look]:
                end = look
                break
            chunk = sentence.chunks[look]
            if people and chunk is not None and not people.isdisjoint(chunk.keys):
                end = chunk.end
                break
            own = sentence.keys[look]
            if not keys.isdisjoint(own) and (not also or also in own):
                end = look + 1
                break
            if not sentence.adverbs[look]:
                break
            look += 1
        if sort == OPTION:
            if end >= 0 and _may_come(steps, number + 1, sentence, end, known, patience, tried):
                return True
        elif sort == NEGATIVE:
            if end >= 0:
                return False
        elif end < 0:
            return look == total
        else:
            at = end
    return False
