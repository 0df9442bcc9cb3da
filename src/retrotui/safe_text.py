"""Text that a person wrote, made safe to look at: nothing in it can steer a terminal or turn a line."""

import re
from functools import cache


def visible(text: str) -> str:
    """The text with control characters and direction overrides written out: `\\x1b`, `\\u202e`.

    Tabs stay, and every kind of line end becomes a newline.
    """
    if text.isprintable():  # nothing that steers is, and nearly every text is
        return text
    return _steering().sub(_written_out, text.replace("\r\n", "\n").replace("\r", "\n"))


def printable(text: str) -> str:
    """The text for one line of a terminal: whatever is not to be seen is written out, line ends too."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def one_line(text: str) -> str:
    """The visible text with every run of white space as one space."""
    return " ".join(visible(text).split())


@cache
def _steering() -> re.Pattern[str]:
    return re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
    )


def _written_out(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
