"""What a source offers for the timeline, to be looked through: space takes or leaves, Enter brings it in.

Reading runs beside the screen with a bar and can be stopped; nothing is in the retro before Enter.
"""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import ProgressBar, Static

from retrotui.exchange.timeline_in import (
    BadSource,
    Cancelled,
    Candidate,
    CandidateList,
    Progress,
    ReadOptions,
    as_change,
    read,
    review,
    shown_time,
)
from retrotui.retro import Retro
from retrotui.retro.changes import Change
from retrotui.tui.widgets.entry_list import EntryList, Item, Row
from retrotui.tui.widgets.visible import brief, visible


class ImportReview(ModalScreen[Change | None]):
    """The candidates of one source. Answers with one change that brings in what was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave it", show=False),
        Binding("space", "turn", "Take or leave", show=False),
        Binding("a", "take(True)", "Take all", show=False),
        Binding("n", "take(False)", "Take none", show=False),
        Binding("enter", "bring_in", "Bring in", show=False),
    ]

    def __init__(self, source: Path, retro: Retro) -> None:
        super().__init__(classes="dialog")
        self._source = source
        self._retro = retro
        self._found: tuple[Candidate, ...] = ()
        self._taken: set[str] = set()
        self._stop = threading.Event()

    def compose(self) -> ComposeResult:
        """A bar while reading, then the list."""
        with Vertical(classes="dialog-box wide") as box:
            box.border_title = Content(f" From {visible(self._source.name)} ")
            yield Static("Reading …", markup=False, id="import-words")
            yield ProgressBar(id="import-bar", show_eta=False)
            entries = EntryList(self._draw, left_width=24, empty="Nothing new for the timeline.")
            entries.display = False
            entries.styles.height = 18
            yield entries
            yield Static("esc stops", markup=False, classes="dialog-foot", id="import-keys")

    def on_mount(self) -> None:
        """Starts to read."""
        self._read()

    @work(thread=True)
    def _read(self) -> None:
        info = self._retro.info
        start = info.incident_start or info.held
        day = start.astimezone(info.zone).date() if start else date(1970, 1, 1)
        options = ReadOptions(
            zone=info.zone,
            day=day,
            people=info.people,
            progress=self._progress,
            cancelled=self._stop.is_set,
        )
        try:
            found = review(read([self._source], options), self._retro)
        except Cancelled:
            return
        except (BadSource, OSError) as error:
            self._post(self._failed, str(error))
            return
        self._post(self._show, found)

    def _post(self, call: Callable[..., None], *values: object) -> None:
        if not self._stop.is_set():
            self.app.call_from_thread(call, *values)

    def _progress(self, progress: Progress) -> None:
        self._post(self._draw_progress, progress)

    def _draw_progress(self, progress: Progress) -> None:
        bar = self.query_one(ProgressBar)
        bar.update(total=progress.total or None, progress=progress.done)
        self.query_one("#import-words", Static).update(Content(f"Reading {visible(progress.name)} …"))

    def _failed(self, sentence: str) -> None:
        self.query_one(ProgressBar).display = False
        self.query_one("#import-words", Static).update(
            Content.styled(visible(sentence, lines=True), "$save-failed")
        )
        self.query_one("#import-keys", Static).update("Nothing was brought in. esc closes it")

    def _show(self, found: CandidateList) -> None:
        self._found = found.items
        self._taken = {item.ref for item in found.suggested}
        self.query_one(ProgressBar).display = False
        entries = self.query_one(EntryList)
        entries.display = True
        items = [Item(f"c{number}", _words(item).plain, data=item) for number, item in enumerate(found.items)]
        entries.show_items(items)
        entries.focus()
        words = [f"{len(found.items)} candidates"]
        if found.known:
            words.append(f"{found.known} known already")
        if found.folded:
            words.append(f"{found.folded} folded into others")
        left = sum(found.left_out.values())
        if left:
            words.append(f"{left} left out as noise")
        told = " · ".join(words) + "".join(f"\n{remark}" for remark in found.remarks)
        self.query_one("#import-words", Static).update(Content(visible(told, lines=True)))
        self._keys()

    def _keys(self) -> None:
        keys = f"space takes or leaves · a all · n none · ⏎ brings in {len(self._taken)} · esc leaves it"
        self.query_one("#import-keys", Static).update(keys)

    def _draw(self, item: Item) -> Row:
        candidate: Candidate = item.data
        mark = "[x]" if candidate.ref in self._taken else "[ ]"
        time = visible(shown_time(candidate, self._retro)) or "no time"
        left = Content.assemble((f"{mark} ", "bold"), (time[:20], "$event-time"))
        return Row(_words(candidate), left=left)

    def _selected(self) -> Candidate | None:
        entries = self.query_one(EntryList)
        at = entries.selected_id
        return self._found[int(at[1:])] if at else None

    def action_turn(self) -> None:
        """Takes the selected line, or leaves it."""
        candidate = self._selected()
        if candidate is not None:
            self._taken ^= {candidate.ref}
            entries = self.query_one(EntryList)
            entries.redraw()
            entries.action_step(1)
            self._keys()

    def action_take(self, everything: bool) -> None:
        """Takes all, or none."""
        self._taken = {item.ref for item in self._found} if everything else set()
        self.query_one(EntryList).redraw()
        self._keys()

    def action_bring_in(self) -> None:
        """Brings in what is taken, as one change that one undo takes back."""
        taken = [item for item in self._found if item.ref in self._taken]
        self.dismiss(as_change(taken, self._retro) if taken else None)

    def action_leave(self) -> None:
        """Stops reading, or leaves the list; nothing is brought in."""
        self._stop.set()
        self.dismiss(None)


def _words(candidate: Candidate) -> Content:
    """The source's own words, the kind and why, and where it comes from."""
    facts = [candidate.kind.label + (f" ({candidate.why})" if candidate.why else "")]
    facts.append(candidate.source)
    if candidate.folded:
        facts.append(f"also in {', '.join(other.source for other in candidate.folded)}")
    if candidate.resembles:
        facts.append(f"like {candidate.resembles}, which is here already")
    if candidate.noise:
        facts.append(candidate.noise)
    told = " · ".join(visible(fact) for fact in facts if fact)
    return Content.assemble(brief(candidate.text), (f"  {told}", "$text-muted"))
