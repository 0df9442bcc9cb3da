"""Making people's words safe where a format gives characters a meaning of their own.

What a format can carry is kept exactly. What it cannot (control characters in a line of plain text) is
written out, `\\x1b` for escape, as everywhere in retrotui: never dropped, never acted upon.
"""

import re

from retrotui.safe_text import visible

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

NEWLINE = "\u2424"
"""Stands for a line break where a format has one line for each action."""


def one_line(text: str) -> str:
    """The text on one line: control characters written out, line breaks as `␤`, tabs as a space."""
    return NEWLINE.join(visible(text).replace("\t", " ").split("\n"))


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


__all__ = ["NEWLINE", "formula_safe", "formula_unsafe", "is_link", "one_line", "shortened", "visible"]
