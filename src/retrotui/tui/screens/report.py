"""The write-up as it would be exported, to read on the screen."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from retrotui.exchange.report import markdown
from retrotui.retro import Retro
from retrotui.tui.keys import Place, first_key
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.widgets.lines import KeyBar
from retrotui.tui.widgets.visible import visible


class ReportScreen(CommandScreen):
    """Markdown as text: what one reads is what one would send."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.EVERYWHERE, Place.REPORT)
    CSS_PATH = "../styles/report.tcss"

    def __init__(self, retro: Retro, path: Path, keymap: dict[str, str]) -> None:
        super().__init__(keymap)
        self._text = markdown(retro)
        self._out = path.with_suffix(".md")
        self.bar = KeyBar(id="report-bar")

    def compose(self) -> ComposeResult:
        """The text, and what one can do with it."""
        yield Static(
            Content.styled(" The write-up as it stands ", "bold $text-heading"), id="report-top", markup=False
        )
        with VerticalScroll():
            yield Static(Content(visible(self._text, lines=True)), markup=False)
        yield self.bar

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """As many keys as fit."""
        self.bar.show_keys(self.key_hints(), self.size.width)

    def command_report_export(self) -> None:
        """Writes the Markdown file beside the retro."""
        from retrotui.archive import CannotWrite, write_safely

        try:
            write_safely(self._out, self._text.encode())
        except (CannotWrite, OSError) as error:
            self.notify(str(error), title="Not written", severity="error", markup=False)
        else:
            self.notify(str(self._out), title="Written", markup=False)

    def command_report_back(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()

    def command_report_copy(self) -> None:
        """Sends the text to the terminal's clipboard."""
        self.app.copy_to_clipboard(self._text)
        self.say(
            f"Sent to the terminal's clipboard. Should it not arrive: "
            f"{first_key('report.export', self.keymap)} writes a file."
        )
