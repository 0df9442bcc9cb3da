"""A box on top of a screen: its keys stand on its frame, and its body never grows past the window."""

from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

Answer = TypeVar("Answer")

FRAME = 2
"""Rows the frame takes."""


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """What all dialogs share. The widget with the class `dialog-body` scrolls when the window is small."""

    ROWS_BESIDE: ClassVar[int] = 0
    """Rows inside the frame that are not the body's."""
    WIDE: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__(classes="dialog")

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answers, once: a second key for a question that is gone already answers nothing else."""
        if self.is_current:
            return super().dismiss(result)
        return AwaitComplete.nothing()  # type: ignore[no-untyped-call, no-any-return]

    def box(self, title: str, keys: str) -> Vertical:
        """The frame with its title and its keys.

        Args:
            title: What it is about; shown as it is, never as markup.
            keys: What the keys do, in a few words.
        """
        box = Vertical(classes="dialog-box wide" if self.WIDE else "dialog-box")
        box.border_title = Content(title)
        box.border_subtitle = Content(keys)
        return box

    def on_resize(self, event: events.Resize) -> None:
        """The body gets what the window leaves it."""
        height = event.size.height
        room = (height if height < 20 else height * 9 // 10) - FRAME - self.ROWS_BESIDE
        for body in self.query(".dialog-body"):
            body.styles.max_height = max(2, room)
