"""A box with a text to read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from retrotui.tui.screens.dialog import Dialog
from retrotui.tui.widgets.visible import visible


class TextScreen(Dialog[None]):
    """Shows a text until a key is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space,f1,question_mark", "dismiss(None)", "Close", show=False),
    ]

    def __init__(self, title: str, body: str | Content) -> None:
        super().__init__()
        self._title = title
        self._body = body if isinstance(body, Content) else Content(visible(body, lines=True))

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with self.box(self._title, "esc or ⏎ closes it"), VerticalScroll(classes="dialog-body"):
            yield Static(self._body, markup=False)

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()
