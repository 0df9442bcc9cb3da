"""Earlier retros that resemble a title or a cause: asked for beside the screen, told in one line or in full.

How alike two texts are, and the index, is for `archive`.
"""

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from textual.content import Content

from retrotui.archive.index import Index, NoSearch
from retrotui.archive.items import ActionItem
from retrotui.archive.places import cache_dir
from retrotui.archive.repeats import Resemblance, similar
from retrotui.retro import Mode, Retro
from retrotui.tui.widgets.action_words import due_words
from retrotui.tui.widgets.visible import brief, visible

_STATUS = {"done": "done", "open": "open", "superseded": "carried on", "wont_do": "dropped"}
_SIGNS = {
    "done": ("✔", "$action-done"),
    "open": ("○", "$action-open"),
    "superseded": ("↪", "$text-muted"),
    "wont_do": ("✘", "$text-muted"),
}
_TITLE = 28
"""Characters of a title that the one line has room for."""


def earlier(folder: Path, retro: Retro, texts: Iterable[str]) -> tuple[Resemblance, ...]:
    """Earlier retros that one of the texts resembles, best first.

    Slow on a large folder: not for the thread of the screen. What somebody reflected on alone is not
    brought into a team's meeting.
    """
    asked = tuple(texts)

    def find(db: sqlite3.Connection) -> tuple[Resemblance, ...]:
        found = similar(db, asked, tags=retro.info.tags, without=retro.info.id)
        if retro.info.mode is Mode.SOLO:
            return found
        alone = {path for (path,) in db.execute("SELECT path FROM file WHERE mode = 'solo'")}
        return tuple(one for one in found if one.file not in alone)

    try:
        with Index(folder, _cache_for(folder)) as index:
            return index.ask(find)
    except (NoSearch, OSError):
        return ()


def _cache_for(folder: Path) -> Path | None:
    """No index is kept for a folder that will be gone tomorrow, as that of the demo."""
    fleeting = folder.absolute().is_relative_to(Path(tempfile.gettempdir()).absolute())
    return None if fleeting else cache_dir(os.environ)


def in_one_line(resemblance: Resemblance) -> str:
    """`Resembles “Checkout down” (3 Feb 2026): 2 done, 1 open`, of the actions agreed on then."""
    title = visible(resemblance.title)
    short = title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
    counts = Counter(action.status for action in resemblance.actions)
    told = [f"{counts[status]} {word}" for status, word in _STATUS.items() if counts[status]]
    return f"Resembles “{short}”{_when(resemblance)}: {', '.join(told) if told else 'no actions'}"


def _when(resemblance: Resemblance) -> str:
    held = resemblance.held
    return f" ({held.day} {held:%b %Y})" if held else ""


def in_full(resemblances: Iterable[Resemblance], today: date) -> Content:
    """Each retro with what is alike and what came of its actions."""
    parts: list[Content] = []
    for one in resemblances:
        if parts:
            parts.append(Content(""))
        parts.append(Content.styled(f"{visible(one.title)}{_when(one)}", "bold $text-heading"))
        for match in one.matches[:3]:
            parts.append(Content.assemble(("now   ", "$text-muted"), brief(match.ours)))
            parts.append(Content.assemble(("then  ", "$text-muted"), brief(match.theirs.text)))
        parts += [_action(action, today) for action in one.actions]
        if not one.actions:
            parts.append(Content.styled("No actions were agreed on then.", "$text-muted"))
    return Content("\n").join(parts)


def _action(action: ActionItem, today: date) -> Content:
    words = _STATUS.get(action.status, action.status)
    sign, style = _SIGNS.get(action.status, ("·", "$text-muted"))
    if action.status == "open":
        late = action.due is not None and action.due < today
        words, style = f"{words}, {due_words(action.due, today)}", "$action-overdue" if late else style
    elif action.status == "wont_do" and action.reason:
        words = f"{words}: {visible(action.reason)}"
    return Content.assemble("  ", (sign, style), f" {brief(action.text)} · ", (words, style))
