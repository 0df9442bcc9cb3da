"""A Textual app with nothing but a line to type into: how soon a key can be on the screen."""

from textual.app import App, ComposeResult
from textual.widgets import Input


class InputApp(App[None]):
    """Shows one input."""

    def compose(self) -> ComposeResult:
        """The input."""
        yield Input(placeholder="type here")


if __name__ == "__main__":
    InputApp().run()
