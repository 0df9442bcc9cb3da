"""Lines to fill in, taken all at once. What is asked and what becomes of it is for whoever makes a form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from retrotui.tui.screens.dialog import Dialog
from retrotui.tui.widgets.visible import visible


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    label: str
    value: str = ""
    hint: str = ""


class FormScreen(Dialog[None]):
    """Lines to fill in. `take` gets the values and answers with a sentence when something is not right."""

    ROWS_BESIDE = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave it", show=False),
        Binding("down", "app.focus_next", "Next", show=False, priority=True),
        Binding("up", "app.focus_previous", "Previous", show=False, priority=True),
        Binding("ctrl+g", "take", "Take it", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        take: Callable[[dict[str, str]], str],
        *,
        does: str = "takes it",
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = tuple(fields)
        self._take = take
        self._does = does

    def compose(self) -> ComposeResult:
        """A label and a line for each field."""
        with self.box(self._title, f"⏎ {self._does} · ↑ ↓ · esc leaves it"):
            with VerticalScroll(classes="form-fields dialog-body", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="form-line"):
                        yield Static(field.label, markup=False, classes="form-label")
                        yield Input(
                            field.value,
                            placeholder=field.hint,
                            compact=True,
                            name=field.name,
                            select_on_focus=False,
                        )
            yield Static("", markup=False, id="form-problem")

    def on_mount(self) -> None:
        """Typing goes into the first line."""
        self.query(Input).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter anywhere takes the whole form."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Takes the form, or says what is not right and puts the cursor there."""
        values = {str(field.name): field.value.strip() for field in self.query(Input)}
        problem = self._take(values)
        if not problem:
            self.dismiss(None)
            return
        self.query_one("#form-problem", Static).update(Content.styled(visible(problem), "$save-failed"))
        named = next((f for f in self._fields if problem.casefold().startswith(f.label.casefold())), None)
        if named is not None:
            next(line for line in self.query(Input) if line.name == named.name).focus()
