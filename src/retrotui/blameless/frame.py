"""What stands around the words of a note: a time in front, a `#kind` and the fields of an action behind.

Rewrites are for the words; what stands around them is put back as it was typed. Leaves what a time or a field
means to whoever reads the note.
"""

from __future__ import annotations

import re

_DAY = r"(?:(?:yesterday|today|\d{4}-\d\d-\d\d|\d{1,2}\.? [a-z]{3,9}\.?(?: \d{4})?)[T ,]\s*)?"
_ZONE = r"(?:[ap]m\b|z\b|utc\b|[+-]\d\d:?\d\d\b)"
_CLOCK = rf"(?:\d{{1,2}}[:.](?:\d\d|\?\?)(?:[:.]\d\d)?|\?\?:\?\?)\s?{_ZONE}?(?:-ish\b)?"
_LATER = r"[+-]\s?\d{1,4}\s?(?:min|m|h|s)\b"
_BEFORE = re.compile(rf"\s*(?:(?:[~≈]\s?|about |around )?{_DAY}{_CLOCK}|{_LATER})[:,]?\s+", re.IGNORECASE)

_AT_END = re.compile(
    r"\s+(?:at |@ ?|(?P<about>around |about |~ ?))?"
    rf"(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?:\s?{_ZONE})?)\s*[.!]*$",
    re.IGNORECASE,
)
_ANY_CLOCK = re.compile(r"\b\d{1,2}:\d\d")

_KIND = r"#\w[\w-]*"
_DUE = r"due(?!\s+to\b)(?:\s+(?![@!#]|done\b)\S+){1,4}?"
_FIELD = rf"(?:{_KIND}|!\w+|@\w[\w.-]*|{_DUE})"
_FIELDS = re.compile(rf"(?:\s+{_FIELD})+(?:\s+done when\s+.+)?\s*$|\s+done when\s+.+$", re.IGNORECASE)
_KINDS = re.compile(rf"(?:\s+{_KIND})+\s*$")


class Frame:
    """A note taken apart.

    Attributes:
        before: The time in front, with the blank behind it; a time at the end of a note is put there.
        body: The words.
        behind: Kinds, and among actions all fields, with the blank in front of them.
    """

    __slots__ = ("before", "behind", "body")

    def __init__(self, text: str, *, fields: bool = False) -> None:
        """Take a note apart.

        Args:
            text: The note.
            fields: Whether it may be an action item, with an owner, a due date and so on behind it.
        """
        time = _BEFORE.match(text)
        start = time.end() if time else 0
        behind = (_FIELDS if fields else _KINDS).search(text, start)
        end = behind.start() if behind else len(text)
        self.before = text[:start]
        self.body = text[start:end]
        self.behind = text[end:].rstrip()
        last = None if time else _AT_END.search(self.body)
        if last and not _ANY_CLOCK.search(self.body, 0, last.start()):
            self.before = f"{'~' if last['about'] else ''}{last['clock']} "
            self.body = self.body[: last.start()]

    @property
    def bare(self) -> bool:
        """Whether nothing stands around the words."""
        return not (self.before or self.behind)

    def around(self, words: str) -> str:
        """Put what stood around the words around others."""
        if self.behind and words.endswith(".") and not words.endswith(".."):
            words = words[:-1]
        return f"{self.before}{words}{self.behind}"
