"""Lines in which somebody blames themselves, said as one would say them of a colleague, or left out.

For what leaves a solo reflection: a write-up for a manager, a retro opened up for the team. The reflection
itself keeps every word. Leaves finding such lines, and other words for them, to `blameless`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.blameless import Checker


def kinder(text: str) -> str:
    """The text as it is, in kinder words where it blames its writer, or empty where there are none."""
    text = _without_outcry(text)
    if not text.strip():
        return text
    from retrotui.blameless import BlameClass, Policy, Section

    for _ in range(4):  # a line may blame in several ways; each rewrite takes one of them away
        found = [
            finding
            for finding in _checker().check(text, Section.CAUSES, Policy.COACH)
            if finding.blame_class is BlameClass.SELF_BLAME
        ]
        if not found:
            return text
        text = _without_clause(text, found[0].start, found[0].end) or _said_otherwise(
            [words for words in found[0].rewrites if _keeps_something(text, words)]
        )
        if not text:
            return ""
    return ""


def own_words(text: str) -> str:
    """What helped, in its writer's own words: without a clause that blames them, never in other words.

    Whoever tells what helped often names the slip that it helped with: "the staging check caught my mistake".
    That is no blame to be said otherwise. Empty when nothing but the blame was said.
    """
    from retrotui.blameless import BlameClass, Policy, Section

    for _ in range(4):
        found = [
            finding
            for finding in _checker().check(text, Section.WELL, Policy.COACH)
            if finding.blame_class is BlameClass.SELF_BLAME
        ]
        if not found:
            return text
        rest = _without_clause(text, found[0].start, found[0].end)
        if not rest:
            beside = f"{text[: found[0].start]} {text[found[0].end :]}"
            return text if set(_CONTENT.findall(beside.lower())) - _EMPTY_WORDS else ""
        text = rest
    return text


_CONTENT = re.compile(r"\w{4,}")
_EMPTY_WORDS = frozenset(["have", "would", "should", "could", "what", "that", "this", "with", "been", "made"])


def _keeps_something(line: str, words: str) -> bool:
    """Whether other words for a line say anything that the line said; a page needs no "it went wrong"."""
    said = set(_CONTENT.findall(line.lower())) - _EMPTY_WORDS
    return not said.isdisjoint(_CONTENT.findall(words.lower()))


def _said_otherwise(rewrites: Sequence[str]) -> str:
    """Other words for a line: a statement rather than a question, for a page states things."""
    return next((words for words in rewrites if not words.endswith("?")), next(iter(rewrites), ""))


def _without_clause(text: str, start: int, end: int) -> str:
    """The rest of a line whose one clause blames its writer: what was done is a fact, and stays."""
    before = list(_CLAUSE_END.finditer(text, 0, start))
    after = _CLAUSE_END.search(text, end)
    kept = [text[: before[-1].start()]] if before else []
    kept += [text[after.end() :]] if after else []
    rest = "; ".join(part.strip() for part in kept if part.strip())
    if not before and (joined := _JOINS.match(rest)):  # what it was joined to is gone
        rest = rest[joined.end() :]
        rest = rest[:1].upper() + rest[1:] if text[:1].isupper() else rest
    return rest if len(rest.split()) >= _SHORTEST_CLAUSE else ""


_OUTCRY = re.compile(r"^(?:oh[ -]no|oh (?:shit|dear|god)|shit|fuck|damn)\b[\s,.!:–—-]*(?=\w)", re.IGNORECASE)


def _without_outcry(text: str) -> str:
    """The sentence behind an "oh no": the kind of the event says that already."""
    rest = _OUTCRY.sub("", text, count=1)
    return text if rest == text else rest[:1].upper() + rest[1:]


_CLAUSE_END = re.compile(r"\s*(?:[,;:.!?](?=\s)|\s[\N{EN DASH}\N{EM DASH}-](?=\s))\s*")
_JOINS = re.compile(r"(?:and|but|so|yet|though)\s+", re.IGNORECASE)
_SHORTEST_CLAUSE = 3
"""Words that a clause needs to be worth keeping."""


@lru_cache(maxsize=1)
def _checker() -> "Checker":
    from retrotui.blameless import Checker

    return Checker()
