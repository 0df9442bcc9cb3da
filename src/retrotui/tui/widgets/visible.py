"""Text from people made safe to draw: what a terminal would obey becomes a visible sign of the same length.

What is saved is the exact text; only what a terminal shows goes through here.
"""

from rich.cells import cell_len, set_cell_size

_SIGNS = {code: 0x2400 + code for code in range(0x20)}
_SIGNS[0x7F] = 0x2421
_SIGNS[0x09] = 0x20
_SIGNS.update(dict.fromkeys(range(0x80, 0xA0), 0xFFFD))
# Overrides and isolates can turn the rest of the terminal's line around, so they are shown as a sign.
_SIGNS.update(dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0x25C7))
_SIGNS.update(dict.fromkeys((0x2028, 0x2029, 0xFEFF), 0x2424))
_ONE_LINE = dict(_SIGNS)
_ONE_LINE[0x0A] = 0x23CE
_MANY_LINES = {code: sign for code, sign in _SIGNS.items() if code != 0x0A}

LONGEST_SHOWN = 1200
"""Characters of one entry that a list draws; the rest is counted, not drawn."""


def visible(text: str, *, lines: bool = False) -> str:
    """The text with nothing in it that a terminal would obey.

    Args:
        text: What somebody typed or pasted.
        lines: Whether line breaks stay line breaks; otherwise they show as ⏎.
    """
    if text.isascii() and text.isprintable():
        return text
    if lines:
        text = text.replace("\r\n", "\n")
    return text.translate(_MANY_LINES if lines else _ONE_LINE)


def brief(text: str, longest: int = LONGEST_SHOWN) -> str:
    """The text on one line: line breaks as spaces, cut with a sign where there is no more room.

    Args:
        text: What somebody typed or pasted.
        longest: Cells there are.
    """
    line = visible(" ".join(text[: 4 * LONGEST_SHOWN].split()))
    return line if cell_len(line) <= longest else f"{set_cell_size(line, max(0, longest - 1)).rstrip()}…"


def brief_name(name: str, longest: int) -> str:
    """A file's name with what tells it apart at both ends: its middle gives way where there is no room."""
    name = visible(name)
    if cell_len(name) <= longest:
        return name
    end = name[-min(len(name), max(1, longest // 2)) :]
    start = set_cell_size(name, max(0, longest - 1 - cell_len(end))).rstrip()
    return f"{start}…{end}"


def shown(text: str) -> str:
    """What a list draws of a text: safe, and cut with a count when it is very long."""
    if len(text) <= LONGEST_SHOWN:
        return visible(text, lines=True)
    left = len(text) - LONGEST_SHOWN
    return f"{visible(text[:LONGEST_SHOWN], lines=True)} … and {left:,} characters more"
