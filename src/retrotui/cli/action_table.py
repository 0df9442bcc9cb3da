"""Actions as a table for people: one block for each retro, what is overdue in words and in colour.

Plain lines in a pipe. Leaves formats for other programs to `exchange.actions_out`.
"""

import os
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TextIO

from rich.cells import cell_len

from retrotui.archive.items import ActionItem, age_in_words, due_in_words
from retrotui.archive.ledger import grouped
from retrotui.safe_text import one_line

_BOLD, _RED, _DIM, _PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"
_NARROWEST = 30


def write_table(items: Sequence[ActionItem], today: date, stream: TextIO) -> None:
    """The table on a stream: in the width and colours of a terminal, in long plain lines elsewhere."""
    terminal = stream.isatty()
    colours = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 0
    for line in table(items, today, width=width, colours=colours):
        stream.write(f"{line}\n")


def table(items: Sequence[ActionItem], today: date, *, width: int, colours: bool) -> Iterator[str]:
    """The lines of the table.

    Args:
        items: the actions; those of one retro come together.
        today: the day on which overdue is judged.
        width: columns to wrap at; 0 for no wrapping.
        colours: whether colours may be used; nothing is told by them alone.
    """

    def paint(text: str, colour: str) -> str:
        return f"{colour}{text}{_PLAIN}" if colours and text else text

    columns = [(item, due_in_words(item, today), one_line(item.owner) or "nobody") for item in grouped(items)]
    if not columns:
        return
    id_width = max(len(item.id) for item, _, _ in columns)
    due_width = max(len(due) for _, due, _ in columns)
    owner_width = min(20, max(cell_len(owner) for _, _, owner in columns))
    last = ""
    for item, due, owner in columns:
        if (item.file or item.retro_id) != last:
            if last:
                yield ""
            last = item.file or item.retro_id
            day = f" · {item.held.isoformat()}" if item.held else ""
            place = paint(f"{day} · {one_line(item.retro_id)}", _DIM)
            yield paint(one_line(item.retro_title), _BOLD) + place
        padded = due.ljust(due_width)
        start = f"  {item.id.ljust(id_width)}  {padded}  {_fitted(owner, owner_width)}  {item.priority:2}  "
        indent = " " * min(cell_len(start), 40)
        words = one_line(item.text) + _facts(item, today)
        lines = _wrapped(words, width - cell_len(start), width - len(indent)) if width else [words]
        shown = start.replace(padded, paint(padded, _RED), 1) if item.overdue(today) else start
        yield shown + lines[0]
        for line in lines[1:]:
            yield indent + line


def _wrapped(text: str, first: int, rest: int) -> list[str]:
    """The text in lines: the first as wide as what is left beside the columns, the others wider."""
    first, rest = max(first, _NARROWEST), max(rest, _NARROWEST)
    start = textwrap.wrap(text, first, break_on_hyphens=False)[:1] or [""]
    return start + textwrap.wrap(text[len(start[0]) :].strip(), rest, break_on_hyphens=False)


def _facts(item: ActionItem, today: date) -> str:
    facts = [item.kind]
    status = {"done": "done", "wont_do": "will not be done", "superseded": f"goes on as {item.went_to}"}
    if not item.is_open:
        facts.append(one_line(status.get(item.status, item.status)))
    if item.reason:
        facts.append(one_line(item.reason))
    age = age_in_words(item, today) if item.is_open else ""
    if age:
        facts.append(age)
    if item.ticket:
        facts.append(one_line(item.ticket))
    return f"  ({', '.join(facts)})"


def _fitted(text: str, width: int) -> str:
    while cell_len(text) > width:
        text = text[:-2] + "…"
    return text + " " * (width - cell_len(text))
