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
Nothing in here backtracks without bound: an optional element has two ways, a gap at most nine.
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

WORDS, GAP, BEGIN, FIRST, END = range(5)


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is allowed."""


class Element:
    """One element of a pattern: a word, a slot, a gap or a place."""

    __slots__ = ("also", "capture", "keys", "negative", "optional", "people", "reach", "sort")

    def __init__(
        self,
        sort: int,
        keys: frozenset[str] = frozenset(),
        people: frozenset[str] = frozenset(),
        also: str = "",
        *,
        optional: bool = False,
        negative: bool = False,
        reach: int = 0,
        capture: str = "",
    ) -> None:
        """Make an element; `also` is a verb form that the word must have besides one of `keys`."""
        self.sort = sort
        self.keys = keys
        self.people = people
        self.also = also
        self.optional = optional
        self.negative = negative
        self.reach = reach
        self.capture = capture


class Pattern:
    """One pattern of a rule; taken apart when it is first needed, for most never are.

    Attributes:
        source: As written in the rule file.
    """

    __slots__ = ("_compiled", "_first", "source")

    def __init__(self, source: str) -> None:
        """Take a pattern as written; `check` tells whether it can be read."""
        self.source = source
        self._first: frozenset[str] | None = None
        self._compiled: Compiled | None = None

    @property
    def first(self) -> frozenset[str]:
        """Keys one of which the first token must have; empty when anything may come first."""
        if self._first is None:
            self._first = _first_keys(self.source)
        return self._first

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
        for element in self.compiled.elements:
            for key in element.keys:
                if key[:1] == "<" and key[-1:] == ">" and len(key) > 2 and key[1:-1] not in slots:
                    raise PatternError(f"there is no slot {key}")


class Compiled:
    """A pattern taken apart.

    Attributes:
        elements: Its elements.
        needs: Key sets each of which the sentence must have somewhere.
        second: What the word after the first element must be; None where a gap or an option follows it.
        lead: The narrowest of what it needs: `second`, else the rarest of `needs`.
        mark: Element numbers between which the underlined words lie, or None for the whole match.
        open_ended: The next word decides whether it matches; to know while typing means to wait for it.
    """

    __slots__ = ("elements", "lead", "mark", "needs", "open_ended", "second")

    def __init__(
        self, elements: tuple[Element, ...], needs: tuple[frozenset[str], ...], mark: tuple[int, int] | None
    ) -> None:
        """Make a compiled pattern."""
        self.elements = elements
        self.needs = needs
        self.second = _second(elements)
        self.lead = self.second or min(needs, key=_rarity)
        self.mark = mark
        self.open_ended = elements[-1].sort == END or elements[-1].negative or "$" in elements[-1].keys


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


_FORM_BEHIND = re.compile(r"\}&(\+\w+)")
_ELEMENT = re.compile(r"^(?P<not>!)?(?P<body>.+?)(?P<opt>\?)?(?::(?P<name>[a-z_]+))?$")
_NEGATIONS = frozenset({"not", "never", "nobody"})
_FORMS = frozenset({"+past", "+part", "+ing", "+base", "+s", "+finite", "+adv", "+verb", "+noun"})


def _first_keys(source: str) -> frozenset[str]:
    """Find by which keys a pattern can begin, without taking all of it apart."""
    keys: set[str] = set()
    for part in source.replace("{", " ").replace("}", " ").split():
        if part in ("^", "^^"):
            continue
        if part[0] == "!" or part == "$" or part.startswith(".."):
            return frozenset()
        body = part.partition(":")[0] if len(part) > 2 else part
        optional = len(body) > 1 and body.endswith("?")
        for alternative in (body[:-1] if optional else body).split("|"):
            keys.update(_keys_of(alternative.partition("&")[0] or alternative))
        if not optional:
            return frozenset(keys)
    return frozenset()


def _keys_of(alternative: str) -> tuple[str, ...]:
    """Give the keys that one alternative of an element asks for."""
    if alternative in ("be", "have"):
        return (alternative, alternative + "~")
    if alternative[:1] == "=" and len(alternative) > 1:
        return (alternative[1:],)
    return (alternative.lower(),)


def _compile(source: str) -> Compiled:
    elements: list[Element] = []
    marks: list[int] = []
    for part in _FORM_BEHIND.sub(r"&\1}", source).replace("{", " { ").replace("}", " } ").split():
        if part in ("{", "}"):
            marks.append(len(elements))
            continue
        if part in ("^", "^^", "$"):
            elements.append(Element({"^": BEGIN, "^^": FIRST, "$": END}[part]))
            continue
        found = _ELEMENT.match(part)
        if not found:
            raise PatternError(f"cannot read {part!r}")
        body, name = found["body"], found["name"] or ""
        if body.startswith(".."):
            if not body[2:].isdigit() or not 0 < int(body[2:]) <= 9:
                raise PatternError(f"a gap is ..1 to ..9, not {part!r}")
            elements.append(Element(GAP, reach=int(body[2:]), capture=name))
            continue
        alternatives = body.split("|") if body != "|" else [body]
        forms = {a.partition("&")[2] for a in alternatives} if body != "&" else {""}
        form = forms.pop()
        if forms == {""} or (
            form == "" and len(forms) == 1 and body.endswith(tuple(forms)) and body.count("&") == 1
        ):
            # one form at the end is for all of them
            form, forms = form or forms.pop(), set()
        if forms or (form and form not in _FORMS):
            raise PatternError(
                f"{part!r}: each alternative takes the same &form, of {', '.join(sorted(_FORMS))}"
            )
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
        frozenset({form}) if form else frozenset()
        optional, negative = bool(found["opt"]), bool(found["not"])
        elements.append(
            Element(WORDS, frozenset(keys), people, form, optional=optional, negative=negative, capture=name)
        )
    solid = [
        e for e in elements if e.sort == WORDS and not e.optional and not e.negative and "$" not in e.keys
    ]
    if not solid:
        raise PatternError("a pattern needs at least one word or slot that must be there")
    if len(marks) % 2:
        raise PatternError("braces come in pairs: { what to underline }")
    mark = (marks[0], marks[-1]) if marks else None
    return Compiled(tuple(elements), tuple(e.keys | e.people for e in solid), mark)


def _rarity(need: frozenset[str]) -> tuple[bool, int, list[str]]:
    return not CHUNKS.isdisjoint(need), len(need), sorted(need)


def _second(elements: tuple[Element, ...]) -> frozenset[str] | None:
    words = [e for e in elements if e.sort not in (BEGIN, FIRST)][:2]
    if len(words) < 2 or any(e.sort != WORDS or e.optional or e.negative or "$" in e.keys for e in words):
        return None
    return words[1].keys | words[1].people


def following(sentence: Sentence, at: int) -> frozenset[str]:
    """Give the keys that an element matched at a token may have, adverbs stepped over."""
    found: frozenset[str] = frozenset()
    for here in range(at, len(sentence.keys)):
        chunk = sentence.chunks[here]
        found |= sentence.keys[here] if chunk is None else sentence.keys[here] | chunk.keys
        if not sentence.adverbs[here]:
            break
    return found


def match_at(pattern: Pattern, sentence: Sentence, start: int) -> Match | None:
    """Try a pattern with its first element at token `start`."""
    compiled = pattern.compiled
    bounds = [(-1, -1)] * len(compiled.elements)
    end = _match(compiled.elements, 0, sentence, start, bounds)
    if end < 0:
        return None
    low, high = start, end
    if compiled.mark:
        spans = [b for b in bounds[compiled.mark[0] : compiled.mark[1]] if b[1] > b[0]]
        if spans:
            low, high = spans[0][0], spans[-1][1]
    captures = {
        e.capture: b for e, b in zip(compiled.elements, bounds, strict=True) if e.capture and b[0] >= 0
    }
    return Match(start, end, low, high, captures)


def _match(
    elements: tuple[Element, ...], index: int, sentence: Sentence, at: int, bounds: list[tuple[int, int]]
) -> int:
    """Match the elements from `index` on at token `at`; the token after the match, or -1."""
    total = len(sentence.keys)
    while index < len(elements):
        element = elements[index]
        sort = element.sort
        if sort == BEGIN:
            if not sentence.begins[at] if at < total else True:
                return -1
            index += 1
            continue
        if sort == FIRST:
            if at != sentence.first:
                return -1
            index += 1
            continue
        if sort == END:
            while at < total and sentence.adverbs[at]:
                at += 1
            if at < total and not sentence.breaks[at]:
                return -1
            index += 1
            continue
        if sort == GAP:
            here = at
            for _ in range(element.reach + 1):
                bounds[index] = (at, here)
                end = _match(elements, index + 1, sentence, here, bounds)
                if end >= 0:
                    return end
                if here >= total or sentence.breaks[here] or sentence.tokens[here].text in _NEGATIONS:
                    break
                here += 1
            return -1
        end = _one(element, sentence, at)
        if element.negative:
            look = at
            while end < 0 and look < total and sentence.adverbs[look]:
                look += 1
                end = _one(element, sentence, look)
            if end >= 0:
                return -1
            index += 1
            continue
        if end < 0 and index and not sentence.breaks[at] if at < total else False:
            look = at
            while end < 0 and look < total and sentence.adverbs[look]:
                look += 1
                end = _one(element, sentence, look)
            if end >= 0 and not element.optional:
                at = look
        if end < 0:
            if element.optional:
                index += 1
                continue
            return -1
        if element.optional:
            bounds[index] = (at, end)
            rest = _match(elements, index + 1, sentence, end, bounds)
            if rest >= 0:
                return rest
            bounds[index] = (-1, -1)
            index += 1
            continue
        bounds[index] = (at, end)
        at = end
        index += 1
    return at


def _one(element: Element, sentence: Sentence, at: int) -> int:
    """Match one word or noun phrase; the token after it, or -1."""
    if "$" in element.keys and (at >= len(sentence.keys) or sentence.breaks[at]):
        # the end of the clause as one alternative among words: nothing is taken
        return at
    if at >= len(sentence.keys):
        return -1
    if element.people:
        chunk = sentence.chunks[at]
        if chunk is not None and not element.people.isdisjoint(chunk.keys):
            return chunk.end
    keys = sentence.keys[at]
    if element.keys.isdisjoint(keys) or (element.also and element.also not in keys):
        return -1
    return at + 1
