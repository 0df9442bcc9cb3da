"""User text inside Markdown: shown exactly as typed, never taken for markup, HTML or a terminal sequence.

CommonMark lets any ASCII punctuation be escaped with a backslash (CommonMark 0.31, section 2.4), and so does
GitHub's dialect. Only what could mean something is escaped, so that the source stays readable.
"""

import re

from retrotui.safe_text import visible

_SPECIAL = re.compile(r"[\\`*\[\]<>|~$]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w)")
_LINE_START = re.compile(r"^(?:(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|:)|(\d{1,9})([.)])(?=\s|$))")
_BARE_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


def inline(text: str) -> str:
    """Text for one line of Markdown, a table cell included; line breaks become `<br>`."""
    lines = (_escaped(line) for line in visible(text).replace("\t", " ").split("\n"))
    return "<br>".join(line for line in lines if line)


def block(text: str) -> str:
    """Text as paragraphs of its own: empty lines part paragraphs, single line breaks are kept."""
    paragraphs: list[list[str]] = [[]]
    for line in visible(text).replace("\t", " ").split("\n"):
        escaped = _escaped(line)
        if escaped:
            paragraphs[-1].append(escaped)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("  \n".join(lines) for lines in paragraphs if lines)


def link(label: str, target: str) -> str:
    """A link when the target is a web address; otherwise the target as plain text after the label."""
    if _BARE_LINK.fullmatch(target):
        return f"[{inline(label)}](<{target}>)"
    return f"{inline(label)} ({inline(target)})"


def _escaped(line: str) -> str:
    line = " ".join(line.split())
    line = _SPECIAL.sub(r"\\\g<0>", line)
    line = _UNDERSCORE.sub(r"\\_", line)
    line = _ENTITY.sub(r"\\&", line)
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)
