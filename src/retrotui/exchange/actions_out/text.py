"""Making people's words safe where a format gives characters a meaning of their own.

What a format can carry is kept exactly. What it cannot (control characters in a line of plain text) is
shown as its picture (`␛` for escape), never dropped and never acted upon.
"""

import re

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_PICTURES |= {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
_VISIBLE = {code: seen for code, seen in _PICTURES.items() if code not in (0x09, 0x0A)}
_LINE_BREAK = re.compile("\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

NEWLINE = "\u2424"
"""Stands for a line break where a format has one line for each action."""


def with_newlines(text: str) -> str:
    """The text with every kind of line break as `\\n`."""
    return _LINE_BREAK.sub("\n", text)


def visible(text: str) -> str:
    """The text with control characters as pictures; line breaks (as `\\n`) and tabs stay."""
    return _closed(with_newlines(text).translate(_VISIBLE))


def one_line(text: str) -> str:
    """The text on one line: control characters and tabs as pictures, line breaks as `␤`."""
    return _closed(NEWLINE.join(with_newlines(text).split("\n")).translate(_PICTURES))


def _closed(text: str) -> str:
    """The text with direction marks it opens closed again, so that they cannot reorder what follows it."""
    if not any(mark in text for mark in _OPENERS):
        return text
    pending: list[str] = []
    for char in text:
        if char in _OPENERS:
            pending.append(_OPENERS[char])
        elif char in pending:
            while pending and pending.pop() != char:
                pass
    return text + "".join(reversed(pending))


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet reads as a formula: one apostrophe in front of what could start one.

    OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab and line breaks in front, the full-width forms too. An
    apostrophe that stands there already gets one more, so that taking one away gives the cell back
    (`formula_unsafe`).
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def formula_unsafe(cell: str) -> str:
    """The cell that `formula_safe` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def shortened(text: str, width: int) -> str:
    """The text cut to so many characters, with an ellipsis when something is missing."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def is_link(text: str) -> bool:
    """Whether a ticket is a web address, and so may become a link; nothing else ever does."""
    return re.fullmatch(r"https?://[^\s<>\"'`]+", text) is not None
