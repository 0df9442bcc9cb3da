"""A box with a text to read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from retrotui.tui.widgets.visible import visible


class TextScreen(ModalScreen[None]):
    """Shows a text until a key is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space,f1,question_mark", "dismiss(None)", "Close", show=False),
    ]

    def __init__(self, title: str, body: str | Content) -> None:
        super().__init__(classes="dialog")
        self._title = title
        self._body = body if isinstance(body, Content) else Content(visible(body, lines=True))

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with Vertical(classes="dialog-box wide") as box:
            box.border_title = Content(f" {self._title} ")
            with VerticalScroll(classes="dialog-text"):
                yield Static(self._body, markup=False)
            yield Static("esc or ⏎ closes it", classes="dialog-foot", markup=False)
