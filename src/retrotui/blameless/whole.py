"""Whether a filled template reads as a sentence that somebody would say.

A template is filled with a stretch of the note, and the stretch may be cut off, speak of "they" whom nobody
named, or carry the verdict along. Such a sentence is not offered; the next template has its turn.
"""

from __future__ import annotations

import re

_HANGS = (
    r"\b(?:to|of|than|the|an?|but|and|or|because|if|into|from|your|our|their|his|her|my|every|very|so|been|has"
    r"|had|w|w/|'d|it's|whose|who|(?<!and )(?<!since )when|while|until|unless)[?.,]"
)
"""A word that waits for another one, at the end of a clause."""

_UNNAMED = r"\b(?:they|he|she|whoever(?! does this next))\b|\b(?:to|us|me|we) ['’](?:d|ll|ve|s|re)\b"
"""Somebody the sentence does not name any more, and the rest of "they'd"."""

_HURT = r"(?<!telling )(?<!asking )(?<!warning )\bus\b"
_ON_US = (
    r"\bwe (?:[\w'-]+ ){1,6}us\b|\bus\b[^.?]*\bus\b|\bsomeone else\b.*\bsomeone else\b"
    rf"|\b(?:possible|right|safe) to [^.?]*{_HURT}"
    rf"|\beasy to (?!tell|warn|inform|ask|reach|show|let)[^.?]*{_HURT}"
)
"""What we did to us: the note was about somebody else."""

_VERDICT = (
    r"\b(?:stupid|dumb|idiot\w*|moron\w*|lazy|laziness|sloppy|sloppiness|careless(?:ly|ness)?|rubbish|garbage"
    r"|crap(?:py)?|clowns?|amateur\w*|useless|hopeless|incompeten\w+|negligen\w+|blindly|unprofessional"
    r"|half-?arsed|arsed?|arsing|silly|pathetic|shitty|bloody|fucking|screwup|badly|terribl[ey]|awful|genius"
    r"|so-called|precious|behind (?:\w+ )?backs?|like (?:grown|adults|idiots))\b"
)
"""Words that still judge."""

_NO_DEED = (
    r"\b(?:possible|right|easy|easier|hard|safe|us|me) to"
    r" (?!bring|ring|ping|string|sing|cling|fling|swing)"
    r"(?:\w+ing|[\w-]+ied|like|mean|suppose|expect|possess|swear|prove)\b"
)
"""What is no base form of a verb, or nothing that one does."""

_ASKS_AGAIN = (
    r"\b(?:to|made) [\w-]+ (?:did|does|do|was|were|is|are) (?:the|a|an|any|no|we|us|they)\b"
    r"|\b(?:did|does|do|was|were|is|are) someone else\b|\bforc(?:e|ed|ing) \w+ing\b"
)
"""A question within: "to freeze did the others"."""

_TWICE = r"\b(what|of|to|the|with|for|we|us) \1\b"
_BAD = re.compile(
    "|".join((_HANGS, _UNNAMED, _ON_US, _VERDICT, _NO_DEED, _ASKS_AGAIN, _TWICE)), re.IGNORECASE
)


def is_whole(text: str) -> bool:
    """Tell whether new words can be read aloud: one question at most, nothing left hanging, nobody judged."""
    return text.count("?") < 2 and not _BAD.search(text)
