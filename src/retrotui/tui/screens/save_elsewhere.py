"""Another place for a retro that cannot be saved where it is. Nothing is left behind without being said."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from retrotui.archive import CannotWrite
from retrotui.tui.screens.dialog import Dialog
from retrotui.tui.widgets.visible import visible
from retrotui.tui.workspace import Workspace


class SaveElsewhere(Dialog[bool | None]):
    """Asks for a file or folder; True when it is saved there (or leaving without was confirmed)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back to the meeting", show=False),
        Binding("ctrl+x", "abandon", "Leave all the same", show=False),
    ]

    def __init__(self, workspace: Workspace, *, leaving: bool) -> None:
        super().__init__()
        self._workspace = workspace
        self._leaving = leaving

    def compose(self) -> ComposeResult:
        """What is wrong, where it could go, what else is possible."""
        state = self._workspace.saver.state
        with self.box("Save to another place", "⏎ saves there · esc back"):
            if not state.settled:
                why = f"This retro is not on disk yet: {visible(state.message)}"
                yield Static(Content.styled(why, "$save-failed"), markup=False)
            yield Static("A folder, or a file that is not there yet:", markup=False)
            yield Input(str(Path.home() / self._workspace.path.name), compact=True)
            yield Static("", markup=False, id="save-problem")
            if self._leaving:
                words = "ctrl+x leaves all the same; a copy goes to your state folder, if that can be written"
                yield Static(words, classes="dialog-foot", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Saves there."""
        event.stop()
        text = event.value.strip()
        if not text:
            return
        path = Path(text).expanduser()
        try:
            state = self._workspace.saver.save_elsewhere(path)
        except FileExistsError:
            self._problem(f"{path} is there already: name another file.")
        except (CannotWrite, OSError, ValueError) as error:
            self._problem(str(error))
        else:
            self.app.notify(state.message, title="Saved", markup=False)
            self.dismiss(True)

    def _problem(self, text: str) -> None:
        self.query_one("#save-problem", Static).update(Content.styled(visible(text), "$save-failed"))

    def action_abandon(self) -> None:
        """Leaves without a file in its place."""
        if self._leaving:
            self.dismiss(True)
