"""Weighing a note as a whole: what its words and pairs of neighbours together sound like.

Irony and a good deal of blame have no words of their own: "bravo marcus, 9000 people in line" is a kind word
and a number. Here every word and every pair of neighbours has points, and a note in which they add up to a
threshold has that undertone. The points are data of a rule, as readable as its patterns would be; those of
the built-in rules are fitted to labelled notes by `benchmarks/wording/fit.py` (logistic regression with an L1
penalty: Tibshirani, "Regression shrinkage and selection via the lasso", 1996). Leaves to the checker what
excuses a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from retrotui.blameless.model import Section
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import HANDLE, KIND, MASK, NUMBER, TIME, WORD

WHOLE = 40
"""Up to how many words a note is weighed as a whole; a longer one is weighed sentence by sentence."""

QUOTED, BORDER_BEFORE, BORDER_AFTER = "<quoted>", "^", "$"

_SORTS = {TIME: "<time>", MASK: "<code>", HANDLE: "<name>", KIND: "<kind>"}
_TEAMS = frozenset({"<team_word>", "<loose_team>"})
_KINDS = ("<anyone>", "<blamed>", "<role>")
_LONGEST_NUMBER = 6


class Points:
    """The points of one rule and how many make a finding.

    Attributes:
        thresholds: From which sum on a note has the undertone, by section.
        doubts: Up to which sum the whole is so clearly without it that what patterns of the same class found
            in it is let pass ("genius prep by netops, love it"), in the sections where that is so.
        source: A line for each form: its points in hundredths, a blank, and the form.
    """

    __slots__ = ("_table", "doubts", "source", "thresholds")

    def __init__(
        self, thresholds: Mapping[Section, float], source: str, doubts: Mapping[Section, float]
    ) -> None:
        """Take the points as written."""
        self.doubts = doubts
        self.thresholds = thresholds
        self.source = source
        self._table: dict[str, float] | None = None

    @property
    def table(self) -> dict[str, float]:
        """The points by form, cut up when somebody first asks."""
        if self._table is None:
            rows = (line.split(" ", 1) for line in self.source.splitlines())
            self._table = {form: int(points) / 100 for points, form in rows}
        return self._table


class Place:
    """A word, or a name of several words, where it stands, with the form it counts as."""

    __slots__ = ("end", "form", "kinds", "sentence", "start")

    def __init__(self, form: str, kinds: tuple[str, ...], sentence: Sentence, start: int, end: int) -> None:
        """Make a place; `kinds` are the kinds of people that a noun phrase beginning there means."""
        self.form = form
        self.kinds = kinds
        self.sentence = sentence
        self.start = start
        self.end = end


def units(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Give what is weighed together: a short note whole, a long one sentence by sentence."""
    if sum(len(sentence.tokens) for sentence in sentences) <= WHOLE:
        if sentences:
            yield sentences
        return
    for sentence in sentences:
        yield (sentence,)


def places(unit: Sequence[Sentence]) -> list[Place]:
    """Give the words of a unit as the forms that have points: verbs by their base, names all alike."""
    found: list[Place] = []
    for sentence in unit:
        after = 0
        for at, token in enumerate(sentence.tokens):
            if at < after:
                continue
            chunk = sentence.chunks[at]
            keys = chunk.keys if chunk is not None and chunk.end > at else frozenset[str]()
            end = at + 1
            if token.quoted and token.text not in _QUOTES:
                form = QUOTED
            elif "<name>" in keys and chunk is not None:
                form, end = "<name>", chunk.end
            elif token.sort in _SORTS:
                form = _SORTS[token.sort]
            elif token.sort == NUMBER:
                form = f"#{min(sum(c.isdigit() for c in token.text), _LONGEST_NUMBER)}"
            elif not sentence.keys[at].isdisjoint(_TEAMS):
                form = "<team>"
            else:
                form = _base(token.text, sentence.keys[at])
            kinds = tuple(kind for kind in _KINDS if kind in keys) if keys else ()
            found.append(Place(form, kinds, sentence, at, end))
            after = end
    if len(found) > 1 and found[-1].form == ".":
        found.pop()  # whether a note ends with a full stop says who typed it, and nothing else
    return found


def is_prose(unit: Sequence[Sentence]) -> bool:
    """Tell whether something was written as prose is: from a capital letter to a full stop.

    What is typed while others talk hardly ever is (1 of 1,000 notes), and what is written with time to spare
    is so seldom ironic that points learned from the one would be wrong about the other.
    """
    tokens = [token for sentence in unit for token in sentence.tokens if token.sort not in (TIME, KIND)]
    if not tokens or tokens[-1].text not in (".", "?"):
        return False
    first = next((at for at, token in enumerate(unit[0].tokens) if token.sort == WORD), -1)
    if first < 0 or not unit[0].tokens[first].capital or unit[0].tokens[first].text == "i":
        return False
    chunk = unit[0].chunks[first]
    return chunk is None or "<name>" not in chunk.keys


_QUOTES = frozenset("\"'“”‘’")
_MOST_REMEMBERED = 5_000
_bases: dict[tuple[str, frozenset[str]], str] = {}


def _base(text: str, keys: frozenset[str]) -> str:
    """Give the base of a verb, as long as there is only one that it can be, or the word itself."""
    known = _bases.get((text, keys))
    if known is None:
        bases = [key[:-1] for key in keys if key[-1] == "~" and key != "~"]
        known = bases[0] if len(bases) == 1 else text
        if len(_bases) > _MOST_REMEMBERED:
            _bases.clear()
        _bases[text, keys] = known
    return known


def forms(there: Sequence[Place]) -> Iterator[tuple[str, int, int]]:
    """Give every form that may have points, with the first and the last place it stands on."""
    before, last = BORDER_BEFORE, len(there) - 1
    for at, place in enumerate(there):
        yield place.form, at, at
        for kind in place.kinds:
            yield kind, at, at
        yield f"{before} {place.form}", max(at - 1, 0), at
        before = place.form
    if there:
        yield f"{before} {BORDER_AFTER}", last, last


def weigh(points: Points, there: Sequence[Place]) -> tuple[float, list[float]]:
    """Add up the points of a unit.

    Returns:
        The sum, and what each place brings to it; the points of a pair are shared by its two words. A form
        that comes again brings nothing more.
    """
    table = points.table
    shares = [0.0] * len(there)
    seen: set[str] = set()
    total = 0.0
    for form, first, last in forms(there):
        value = table.get(form)
        if value is None or form in seen:
            continue
        seen.add(form)
        total += value
        shares[first] += value / 2
        shares[last] += value / 2
    return total, shares


def loudest(there: Sequence[Place], shares: Sequence[float]) -> Sentence:
    """Find the sentence of a unit that brings the most points."""
    sums: dict[int, float] = {}
    for place, share in zip(there, shares, strict=True):
        sums[id(place.sentence)] = sums.get(id(place.sentence), 0.0) + share
    return max((place.sentence for place in there), key=lambda sentence: sums[id(sentence)])
