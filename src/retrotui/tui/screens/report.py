"""The write-up as it would be exported, to read on the screen."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from retrotui.exchange.report import markdown
from retrotui.retro import Retro
from retrotui.tui.keys import Place
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.widgets.visible import visible


class ReportScreen(CommandScreen):
    """Markdown as text: what one reads is what one would send."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.EVERYWHERE,)
    CSS_PATH = "../styles/report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,r,f11", "app.pop_screen", "Back", show=False),
        Binding("e", "export", "Write the file", show=False),
        Binding("y", "copy", "Copy", show=False),
    ]

    def __init__(self, retro: Retro, path: Path, keymap: dict[str, str]) -> None:
        super().__init__(keymap)
        self._text = markdown(retro)
        self._out = path.with_suffix(".md")

    def compose(self) -> ComposeResult:
        """The text, and what one can do with it."""
        yield Static(Content.styled(" The write-up as it stands ", "bold $text-heading"), id="report-top", markup=False)
        with VerticalScroll():
            yield Static(Content(visible(self._text, lines=True)), markup=False)
        keys = f" ↑ ↓ scroll · e writes {visible(self._out.name)} beside the retro · y copies · esc back"
        yield Static(keys, id="report-bar", markup=False)

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_export(self) -> None:
        """Writes the Markdown file beside the retro."""
        from retrotui.archive import CannotWrite, write_safely

        try:
            write_safely(self._out, self._text.encode())
        except (CannotWrite, OSError) as error:
            self.notify(str(error), title="Not written", severity="error", markup=False)
        else:
            self.notify(str(self._out), title="Written", markup=False)

    def action_copy(self) -> None:
        """Sends the text to the terminal's clipboard."""
        self.app.copy_to_clipboard(self._text)
        self.say("Sent to the terminal's clipboard; e writes a file, should it not arrive.")
