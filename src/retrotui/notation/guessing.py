"""Guessing the kind of an event from its words, for a typist who has no hand free to pick one.

A wrong guess costs more than none: where words leave it open the answer is None. The phrases go by what
the words say happened (a verb with its object), so that they hold for systems never seen before.
"""

from collections.abc import Sequence
from functools import cache

from retrotui.notation.event_phrases import CLASSES, PHRASES
from retrotui.notation.phrases import Match, PhraseBook, word_set, words_of
from retrotui.retro import EventKind

_NEGATIONS = word_set(
    "no not never nobody none nothing without cannot can't didn't doesn't don't wasn't isn't weren't aren't "
    "hasn't haven't won't before until yet"
)
_FAILED_TO = frozenset({"fail", "fails", "failed"})
_NEGATED_STAYS = frozenset(
    {EventKind.DECISION, EventKind.HYPOTHESIS, EventKind.SURPRISE, EventKind.CONTEXT, EventKind.EXPECTED}
    | {EventKind.OBSERVATION, EventKind.SAW, EventKind.DID}
)
"""Kinds that a "not" leaves as they are; an alert that did not fire, by contrast, alerted nobody."""


@cache
def _book() -> PhraseBook:
    book = PhraseBook(CLASSES)
    for value, (_, patterns) in enumerate(PHRASES):
        book.add(value, patterns)
    return book


def guess_kind(text: str) -> EventKind | None:
    """The kind the words of an event speak for, or None when they leave it open."""
    words = words_of(text)
    for match in _book().matches(words):
        kind = PHRASES[match.value][0]
        if kind in _NEGATED_STAYS or not negated(words, match):
            return kind
    return None


def negated(words: Sequence[str], match: Match) -> bool:
    """Whether a "not" or "failed to" in front of the phrase or within takes it back."""
    for place in range(match.start - 1, max(-1, match.start - 4), -1):
        if words[place] in ".;:!?":
            break
        if words[place] in _NEGATIONS:
            return True
        if words[place] == "to" and place and words[place - 1] in _FAILED_TO:
            return True
    inside = words[match.start : match.end]
    return any(word in _NEGATIONS for word in inside) and "no" not in inside[:2]
