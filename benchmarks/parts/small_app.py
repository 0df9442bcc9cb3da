"""A small real Textual app: header, input, option list, footer. What a terminal app costs at least."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Header, Input, OptionList


class SmallApp(App[None]):
    """Shows a list and a line to type into."""

    TITLE = "small app"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "help"),
        Binding("f2", "pause", "pause"),
        Binding("f8", "next", "next"),
        Binding("ctrl+s", "save", "save"),
    ]

    def compose(self) -> ComposeResult:
        """Header, input, list, footer."""
        yield Header()
        yield Input(placeholder="type here")
        yield OptionList(*[f"item {number} of the list" for number in range(30)])
        yield Footer()


if __name__ == "__main__":
    SmallApp().run()
