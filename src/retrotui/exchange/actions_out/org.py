"""Action items as an Org file: headlines with keyword, priority, deadline and properties (orgmode.org
manual).
"""

import re
from collections.abc import Sequence

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.text import one_line, visible

_KEYWORD = {"open": "TODO", "done": "DONE", "wont_do": "CANCELLED", "superseded": "CANCELLED"}
_PRIORITY = {"P0": "A", "P1": "B", "P2": "C", "P3": "D", "P4": "E"}
_ACTIVE = re.compile(r"\[(?=\[)|<(?=[\d<%])|(?<=[\w:])\[(?=\d)|\[(?=\d+/|\d*%|#|\d{4}-|fn:)")
_ZERO_WIDTH = "\u200b"
"""Org's own escape character (manual, "Escape Character")."""


def heading_words(text: str) -> str:
    """Words that stay words in a headline: no tags, priorities, links or dates are read out of them."""
    line = " ".join(one_line(text.strip()).split())
    line = _ACTIVE.sub(lambda found: found[0] + _ZERO_WIDTH, line)
    if line.endswith(":") or re.match(r"(COMMENT|TODO|DONE|CANCELLED)\b", line):
        line = _ZERO_WIDTH + line + _ZERO_WIDTH
    return line


def verbatim(text: str) -> str:
    """Text of any number of lines as Org's fixed-width lines, in which nothing has a meaning."""
    return "".join(f": {line}\n" for line in visible(text).split("\n"))


def entry(item: ActionItem) -> str:
    """One action as a headline of the second level."""
    letter = _PRIORITY.get(item.priority)
    priority = f"[#{letter}] " if letter else ""
    head = f"** {_KEYWORD.get(item.status, 'TODO')} {priority}{heading_words(item.text) or '…'}"
    dates = [f"CLOSED: [{item.closed.isoformat()}]"] if item.closed and not item.is_open else []
    if item.due:
        dates.append(f"DEADLINE: <{item.due.isoformat()}>")
    properties = [
        ("ID", item.ref),
        ("RETRO", item.retro_title),
        ("KIND", item.kind),
        ("OWNER", item.owner),
        ("TICKET", item.ticket),
        ("CARRIED", str(item.carried or "")),
        ("REASON", item.reason),
    ]
    lines = [head + f" :{item.kind}:\n"]
    if dates:
        lines.append(" ".join(dates) + "\n")
    lines.append(":PROPERTIES:\n")
    lines.extend(f":{name}: {one_line(value)}\n" for name, value in properties if value.strip())
    lines.append(":END:\n")
    if "\n" in visible(item.text.strip()):
        lines.append(verbatim(item.text.strip()))
    if item.done_when.strip():
        lines.append(f"Done when\n{verbatim(item.done_when.strip())}")
    return "".join(lines)


def write(items: Sequence[ActionItem], moment: Moment) -> str:
    """A headline for each retro with its actions below."""
    parts = ["#+TODO: TODO | DONE CANCELLED\n#+PRIORITIES: A E C\n"]
    last = ""
    for item in items:
        if item.retro_id != last:
            last = item.retro_id
            held = f" ({item.held.isoformat()})" if item.held else ""
            parts.append(f"* {heading_words(item.retro_title or item.retro_id)}{held}\n")
        parts.append(entry(item))
    return "".join(parts)


FORMAT = ActionFormat("org", "headlines with deadlines, for Org mode", ".org", write)
