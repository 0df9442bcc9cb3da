"""Small questions on top of a screen: a choice by one key, and a pick from a long list with a filter."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from retrotui.tui.choices import Choice
from retrotui.tui.screens.dialog import Dialog
from retrotui.tui.widgets.entry_list import EntryList, Item, Row
from retrotui.tui.widgets.visible import visible


class ChoiceScreen(Dialog[str | None]):
    """A title and a few choices, each with its key; arrows and Enter work too. Escape or q leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "dismiss(None)", "Leave it", show=False),
        Binding("enter", "take", "Take", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, selected: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = {choice.value: choice for choice in choices}
        self._by_key = {choice.key: choice.value for choice in choices}
        self._selected = selected

    def compose(self) -> ComposeResult:
        """The choices in a box."""
        with self.box(self._title, "a key takes it · esc leaves it"):
            entries = EntryList(self._draw, left_width=6, classes="dialog-body")
            entries.styles.height = "auto"
            yield entries

    def on_mount(self) -> None:
        """Fills the list."""
        self.query_one(EntryList).show_items(
            [Item(f"{value}\u200b", _words(choice), data=choice) for value, choice in self._choices.items()],
            select=f"{self._selected}\u200b",
        )

    def _draw(self, item: Item) -> Row:
        choice: Choice = item.data
        text = Content(choice.label)
        if choice.hint:
            text = Content.assemble(choice.label, _before(choice.hint), (choice.hint, "$text-muted"))
        return Row(
            text, left=Content.styled("space" if choice.key == " " else choice.key, "bold $text-heading")
        )

    def on_key(self, event: events.Key) -> None:
        """Takes the choice whose key was pressed."""
        value = self._by_key.get(event.character or "") if event.character else None
        if value is not None:
            event.stop()
            self.dismiss(value)

    def action_take(self) -> None:
        """Takes the selected choice."""
        entry_id = self.query_one(EntryList).selected_id
        if entry_id:
            self.dismiss(entry_id[:-1])


def _words(choice: Choice) -> str:
    return f"{choice.label}{_before(choice.hint)}{choice.hint}" if choice.hint else choice.label


def _before(hint: str) -> str:
    return "" if hint.startswith("\n") else "  "


class PickScreen(Dialog[tuple[str, ...] | None]):
    """A long list with a filter; one or several may be picked."""

    ROWS_BESIDE = 1
    # None of them goes before the letters of the filter: they count in the order in which they are typed
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "dismiss(None)", "Leave it", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("tab", "pick_line", "Pick", show=False),
    ]

    def __init__(
        self,
        title: str,
        items: Sequence[tuple[str, str]],
        *,
        chosen: Sequence[str] = (),
        several: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._all = tuple(items)
        self._chosen = set(chosen)
        self._several = several

    def compose(self) -> ComposeResult:
        """A filter, the list, a line of keys."""
        keys = (
            "tab picks · ⏎ takes the picked · esc leaves" if self._several else "⏎ takes it · esc leaves it"
        )
        with self.box(self._title, keys):
            yield Input(placeholder="type to narrow the list", compact=True)
            entries = EntryList(
                self._draw,
                left_width=4 if self._several else 0,
                empty="Nothing fits.",
                classes="dialog-body",
            )
            # of a fixed height, so that the box stands still while the list gets shorter
            entries.styles.height = min(16, max(3, len(self._all)))
            yield entries

    def on_mount(self) -> None:
        """Shows everything."""
        self._narrow("")

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        self.query_one(EntryList).show_items(
            [
                Item(entry_id, visible(text), data=entry_id)
                for entry_id, text in self._all
                if all(word in text.casefold() for word in wanted)
            ]
        )

    def _draw(self, item: Item) -> Row:
        mark = ("[x]" if item.id in self._chosen else "[ ]") if self._several else ""
        return Row(Content(item.text), left=Content(mark))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrows the list."""
        self._narrow(event.value)

    def on_input_submitted(self) -> None:
        """Takes what is picked, or the selected line."""
        entry_id = self.query_one(EntryList).selected_id
        if self._several:
            self.dismiss(tuple(entry for entry, _ in self._all if entry in self._chosen))
        elif entry_id:
            self.dismiss((entry_id,))

    def action_step(self, by: int) -> None:
        """Moves the selection."""
        self.query_one(EntryList).action_step(by)

    def action_pick_line(self) -> None:
        """Picks the selected line, or not any more."""
        entries = self.query_one(EntryList)
        if self._several and entries.selected_id:
            self._chosen ^= {entries.selected_id}
            entries.redraw()
