"""Weighing a note as a whole: what its words and pairs of neighbours together sound like.

Irony and a good deal of blame have no words of their own: "bravo marcus, 9000 people in line" is a kind word
and a number. Here every word and every pair of neighbours has points, and a note in which they add up to a
threshold has that undertone. The points are data of a rule, as readable as its patterns would be; those of
the built-in rules are fitted to labelled notes by `benchmarks/wording/fit.py` (logistic regression with an L1
penalty: Tibshirani, "Regression shrinkage and selection via the lasso", 1996). Leaves to the checker what
excuses a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrotui.blameless.model import Section
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import HANDLE, KIND, MARK, MASK, NUMBER, TIME, WORD

LONGEST = 40
"""Words and marks up to which a note is weighed; live ones are shorter, and in long ones sums say little."""

PROSE = 9
"""Words from which on a capital letter at the beginning is enough for prose."""

QUOTED, BORDER_BEFORE, BORDER_AFTER = "<quoted>", "^", "$"

_SORTS = {TIME: "<time>", MASK: "<code>", HANDLE: "<name>", KIND: "<kind>"}
_TEAMS = frozenset({"<team_word>", "<loose_team>"})
_PLAIN = frozenset({WORD, MARK})
_KINDS = frozenset({"<anyone>", "<blamed>", "<role>"})
_LONGEST_NUMBER = 6


class Points:
    """The points of one rule and how many make a finding, all in hundredths.

    Attributes:
        thresholds: From which sum on a note has the undertone, by section.
        doubts: Up to which sum the whole is so clearly without it that what patterns of the same class found
            in it is let pass ("genius prep by netops, love it"), in the sections where that is so.
        forms: The forms that have points, a line for each.
        values: Their points, in the same order, with blanks between them.
    """

    __slots__ = ("_table", "doubts", "forms", "thresholds", "values")

    def __init__(
        self, thresholds: Mapping[Section, int], doubts: Mapping[Section, int], forms: str, values: str
    ) -> None:
        """Take the points as written."""
        self.thresholds = thresholds
        self.doubts = doubts
        self.forms = forms
        self.values = values
        self._table: dict[str, int] | None = None

    @property
    def table(self) -> dict[str, int]:
        """The points by form, cut up when somebody first asks."""
        if self._table is None:
            self._table = dict(zip(self.forms.split("\n"), map(int, self.values.split()), strict=True))
        return self._table


def listen(note: Sequence[Sentence]) -> dict[str, Sentence]:
    """Give every form of a note that may have points, each with the sentence that it is first in.

    A form is a word (a verb by its base, names and numbers all alike), a pair of neighbours with a blank
    between them, where `^` is before the first and `$` behind the last, or a kind of people that is there.
    """
    heard: dict[str, Sentence] = {}
    last = note[-1].tokens[-1]
    before = BORDER_BEFORE
    for sentence in note:
        tokens, words, chunks = sentence.tokens, sentence.words, sentence.chunks
        found: list[str] = []
        at, total = 0, len(tokens)
        while at < total:
            token, chunk = tokens[at], chunks[at]
            end = at + 1
            if token.sort in _PLAIN:
                word = words[at]
                form = word.base if _TEAMS.isdisjoint(word.keys) else "<team>"
            elif token.sort == NUMBER:
                form = f"#{min(sum(c.isdigit() for c in token.text), _LONGEST_NUMBER)}"
            else:
                form = _SORTS[token.sort]
            if chunk is not None and chunk.end > at:
                found += _KINDS & chunk.keys
                if "<name>" in chunk.keys:
                    form, end = "<name>", chunk.end
            if token.quoted and token.text not in _QUOTES:
                form = QUOTED
            elif token is last and form == "." and before != BORDER_BEFORE:
                break  # whether a note ends with a full stop says who typed it, and nothing else
            found += form, f"{before} {form}"
            before = form
            at = end
        heard = dict.fromkeys(found, sentence) | heard
    heard.setdefault(f"{before} {BORDER_AFTER}", note[-1])
    return heard


_QUOTES = frozenset("\"'“”‘’")


def can_be_weighed(note: Sequence[Sentence]) -> bool:
    """Tell whether a note is like those that the points are learned from: short, and not written as prose is.

    Prose begins with a capital letter, and ends with a full stop or goes on for a while. What is typed while
    others talk hardly ever does (1 of 100 notes), and what is written with time to spare is so seldom ironic
    that points learned from the one would be wrong about the other.
    """
    if sum(len(sentence.tokens) for sentence in note) > LONGEST:
        return False
    tokens = [token for sentence in note for token in sentence.tokens if token.sort not in (TIME, KIND)]
    words = [token for token in tokens if token.sort == WORD]
    if not words:
        return False
    marks = "".join(token.text for token in tokens[-2:] if token.sort == MARK)
    if not words[0].capital or (len(words) < PROSE and "." not in marks and "?" not in marks):
        return True
    at = note[0].tokens.index(words[0]) if words[0] in note[0].tokens else -1
    chunk = note[0].chunks[at] if at >= 0 else None
    return chunk is not None and "<name>" in chunk.keys  # a name has its capital anyway


def weigh(points: Points, heard: Mapping[str, Sentence]) -> int:
    """Add up the points of the forms of a note; one that comes again brings nothing more."""
    table = points.table
    return sum(table[form] for form in heard.keys() & table.keys())


def loudest(points: Points, heard: Mapping[str, Sentence]) -> Sentence:
    """Find the sentence of a note that brings the most points."""
    sums: dict[int, int] = {}
    for form, sentence in heard.items():
        sums[id(sentence)] = sums.get(id(sentence), 0) + points.table.get(form, 0)
    return max(heard.values(), key=lambda sentence: sums[id(sentence)])
