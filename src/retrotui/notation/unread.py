"""What looks like a time or a field in a typed line and could not be read: a sentence that says so kindly.

The words stay as they are; this only keeps it from going unnoticed. Leaves reading to `times` and
`action_line`.
"""

import re

from retrotui.notation.calendar_words import MONTHS, WEEKDAYS
from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.retro import ActionKind

_LEAD = r"\s*(?:[-*•–—]\s+)?"
_ABOUT = r"(?:[~≈]\s?|(?:about|around|at|roughly|circa|ca\.?|(?:just\s+)?(?:before|after))\s+(?:the\s+)?)"
_TIME_WORD = lazy_pattern(
    rf"{_LEAD}((?:{_ABOUT}(?:(?:early|late)\s+)?|(?:early|late)\s+)"
    r"(?:lunch(?:time)?|dawn|dusk|morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_SIGN = lazy_pattern(r"([!#])(\w+)(?=([\s,;.]|$))")
_DUE = lazy_pattern(r"due(?:\s+(?:on|by)|\s*[:=])?\s+(\S+)(?:\s+(\S+))?(\s|$)", re.IGNORECASE)
_DUE_WORDS = tuple(
    name.casefold()
    for name in (*MONTHS, *WEEKDAYS, "today", "tomorrow", "next", "week", "soon", "later", "someday")
)
_NEVER_DAYS = frozenset({"soon", "later", "someday"})
_PRIORITIES = ("urgent", "critical", "high", "medium", "normal", "low")
_KINDS = tuple(kind.value for kind in ActionKind)
_KEPT = "kept as words"


def unread_time(text: str) -> str:
    """What stands in front of an event like a time and is none; empty when nothing does.

    Args:
        text: A line in which no time was found.
    """
    if found := _TIME_WORD.match(text):
        return f"“{found[1]}” is no time on a clock: {_KEPT}"
    return ""


def unread_field(text: str, at: int, *, finished: bool = False) -> str:
    """What is meant as a field of an action item and is none; empty when it only looks a little like one.

    Args:
        text: The line.
        at: Where the word begins.
        finished: Whether nothing more is typed; else what may become a field yet is not spoken of.
    """
    if found := _SIGN.match(text, at):
        ended = finished or bool(found[3])
        word = found[2].casefold()
        return _unread_priority(word, ended) if found[1] == "!" else _unread_kind(word, ended)
    if (found := _DUE.match(text, at)) and (finished or (found[2] and found[3])):
        return _unread_due(found[1], found[2] or "")
    return ""


def _unread_priority(word: str, ended: bool) -> str:
    known = (*_PRIORITIES, *(f"p{number}" for number in range(5)))
    if not ended and any(name.startswith(word) for name in known):
        return ""
    meant = word.lstrip("p").isdecimal() or _near(word, _PRIORITIES)
    return f"“!{word}” is no priority, those are !p0 to !p4: {_KEPT}" if meant else ""


def _unread_kind(word: str, ended: bool) -> str:
    if not ended and any(name.startswith(word) for name in _KINDS):
        return ""
    near = _near(word, _KINDS)
    return f"“#{word}” is no kind, perhaps #{near}: {_KEPT}" if near else ""


def _unread_due(first: str, second: str) -> str:
    words = f"{first} {second}".rstrip(" ,;.")
    plain = first.casefold().strip(",;.")
    if plain in _NEVER_DAYS:
        return f"“due {plain}” is no date: {_KEPT}"
    if plain[:1].isdigit():
        return f"“due {words}” is no date: {_KEPT}"
    meant = plain
    if plain in ("this", "next", "coming"):
        meant = second.casefold().strip(",;.")
    near = _near(meant, _DUE_WORDS)
    return f"“due {words}” is no date, perhaps {near}: {_KEPT}" if near and near != meant else ""


def _near(word: str, known: tuple[str, ...]) -> str:
    """The known word that a typing error away from this one stands for, if any."""
    from difflib import get_close_matches  # seldom needed

    return next(iter(get_close_matches(word, known, 1, 0.75)), "")
