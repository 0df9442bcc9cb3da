"""Search: words in any retro of the folder, found while one types."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from retrotui.archive.index import Index, NoSearch
from retrotui.archive.places import cache_dir
from retrotui.archive.search import WHAT_IN_WORDS, Hit, search
from retrotui.tui.screens.dialog import Dialog
from retrotui.tui.widgets.entry_list import EntryList, Item, Row
from retrotui.tui.widgets.visible import brief

_NOTHING_TYPED = "What is found appears here while you type."


class SearchScreen(Dialog[None]):
    """A line for words, and what was found."""

    ROWS_BESIDE = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave it", show=False),
        Binding("up", "step(-1)", "Up", show=False, priority=True),
        Binding("down", "step(1)", "Down", show=False, priority=True),
    ]

    def __init__(self, folder: Path, open_retro: Callable[[Path], None]) -> None:
        super().__init__()
        self._folder = folder
        self._open = open_retro
        self._hits: dict[str, Hit] = {}

    def compose(self) -> ComposeResult:
        """The line, the list, the keys."""
        with self.box("Search every retro here", "⏎ opens the retro · esc leaves it"):
            yield Input(placeholder="words from an event, a cause, an action, a title", compact=True)
            entries = EntryList(self._draw, left_width=11, empty=_NOTHING_TYPED, classes="dialog-body")
            entries.styles.height = 16
            yield entries

    def _draw(self, item: Item) -> Row:
        hit: Hit = item.data
        return Row(_words(hit), left=Content.styled(WHAT_IN_WORDS.get(hit.what, hit.what), "$text-heading"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Looks for the words."""
        self._search(event.value.strip())

    @work(thread=True, exclusive=True)
    def _search(self, words: str) -> None:
        hits: tuple[Hit, ...] = ()
        problem = ""
        if words:
            try:
                index = Index(self._folder, cache_dir(os.environ))
                try:
                    hits = index.ask(lambda db: search(db, words))
                finally:
                    index.close()
            except (NoSearch, OSError) as error:
                problem = str(error)
        self.app.call_from_thread(self._show, words, hits, problem)

    def _show(self, words: str, hits: tuple[Hit, ...], problem: str) -> None:
        if not self.is_attached or words != self.query_one(Input).value.strip():
            return
        entries = self.query_one(EntryList)
        entries.empty = problem or ("Nothing found." if words else _NOTHING_TYPED)
        self._hits = {f"hit{number}": hit for number, hit in enumerate(hits)}
        entries.show_items([Item(key, _words(hit).plain, data=hit) for key, hit in self._hits.items()])

    def on_input_submitted(self) -> None:
        """Opens the retro of the selected line."""
        hit = self._hits.get(self.query_one(EntryList).selected_id)
        if hit is not None:
            self.dismiss(None)
            self._open(self._folder / hit.file)

    def action_step(self, by: int) -> None:
        """Moves the selection."""
        self.query_one(EntryList).action_step(by)


def _words(hit: Hit) -> Content:
    """What was found, and where."""
    where = " ".join((brief(hit.retro_title), hit.held.isoformat() if hit.held else ""))
    return Content.assemble(brief(hit.text), (f"  {where}", "$text-muted"))
