"""Lines to fill in, taken all at once. What is asked and what becomes of it is for whoever makes a form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
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
    choices: tuple[str, ...] = ()
    """What it may be; none for a line of free text. ← and → go through them, letters find one."""
    listed: bool = False
    """Whether it holds several things with commas between."""
    asks: Callable[[str], str] | None = None
    """A question about what was typed, empty for none; it is shown and stops nobody. Called off the screen's
    thread."""


class ChoiceLine(Static, can_focus=True):
    """One of several, picked by arrow keys or by typing how it begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Before", show=False),
        Binding("right,space", "turn(1)", "Next", show=False),
        Binding("enter", "screen.take", "Take it", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another one was picked."""

        name: str
        value: str

    def __init__(self, name: str, choices: Sequence[str], value: str, hint: str = "") -> None:
        super().__init__("", markup=False, name=name, classes="form-choice")
        self.choices = tuple(choices)
        self.value = value if value in self.choices else next(iter(self.choices), "")
        self.hint = hint
        self._typed = ""

    def offer(self, choices: Sequence[str], value: str, hint: str = "") -> None:
        """Other choices."""
        self.choices, self.value, self.hint = tuple(choices), value, hint
        self._draw()

    def on_mount(self) -> None:
        """Draws it."""
        self._draw()

    def _draw(self) -> None:
        mark = ("bold $text-heading", "") if self.has_focus else ("$text-muted", "")
        parts = [("‹ ", mark[0]), (visible(self.value), "bold" if self.has_focus else ""), (" ›", mark[0])]
        self.update(Content.assemble(*parts, (f"  {visible(self.hint)}" if self.hint else "", "$text-muted")))

    def on_focus(self) -> None:
        """Shows that arrows work here now."""
        self._typed = ""
        self._draw()

    def on_blur(self) -> None:
        """Shows that they do not."""
        self._draw()

    def _pick(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self._draw()
            self.post_message(self.Changed(str(self.name), value))

    def action_turn(self, by: int) -> None:
        """The next one, round and round."""
        if self.choices:
            self._typed = ""
            self._pick(self.choices[(self.choices.index(self.value) + by) % len(self.choices)])

    def on_key(self, event: events.Key) -> None:
        """Letters find the first one that begins so."""
        if event.key == "backspace":
            self._typed = ""
        elif event.character and event.character.isprintable() and event.character != " ":
            for wanted in (self._typed + event.character.casefold(), event.character.casefold()):
                found = next((item for item in self.choices if item.casefold().startswith(wanted)), None)
                if found is not None:
                    self._typed = wanted
                    self._pick(found)
                    break
        else:
            return
        event.stop()


class FormInput(Input):
    """A line of text. Several pasted lines become one, so that nothing of them is lost."""

    def __init__(self, field: Field) -> None:
        super().__init__(
            field.value, placeholder=field.hint, compact=True, name=field.name, select_on_focus=False
        )
        self._between = ", " if field.listed else " "

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = self._between.join(line.strip(" ,;\t") for line in event.text.splitlines() if line.strip())
        if text:
            self.replace(text, *self.selection)


QUIET_S = 0.4
"""Seconds without a key before what was typed is looked at."""


class FormScreen(Dialog[None]):
    """Lines to fill in. `take` gets the values and answers with a sentence when something is not right."""

    ROWS_BESIDE = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", show=False),
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
        turned: Callable[["FormScreen", str, str], None] | None = None,
    ) -> None:
        """
        Args:
            title: On the frame.
            fields: The lines.
            take: Gets the values; answers with a sentence when something is not right, else with nothing.
            does: What Enter does.
            turned: Called when another choice was picked, with the form, the line's name and the value.
        """
        super().__init__()
        self._turned = turned
        self._title = title
        self._fields = tuple(fields)
        self._take = take
        self._does = does
        self._looked = 0
        self._leaving = False

    def compose(self) -> ComposeResult:
        """A label and a line for each field."""
        with self.box(self._title, f"⏎ {self._does} · ↑ ↓ · esc leaves it"):
            with VerticalScroll(classes="form-fields dialog-body", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="form-line"):
                        yield Static(field.label, markup=False, classes="form-label")
                        if field.choices:
                            yield ChoiceLine(field.name, field.choices, field.value, field.hint)
                            continue
                        yield FormInput(field)
            yield Static("", markup=False, id="form-problem")

    def on_mount(self) -> None:
        """Typing goes into the first line."""
        self.query(Input).first().focus()

    def on_choice_line_changed(self, event: ChoiceLine.Changed) -> None:
        """Other lines may follow from it."""
        if self._turned is not None:
            self._turned(self, event.name, event.value)

    def choice(self, name: str) -> ChoiceLine:
        """The choice of this name."""
        return next(line for line in self.query(ChoiceLine) if line.name == name)

    def show_line(self, name: str, shown: bool) -> None:
        """Shows or hides a line with its label."""
        for line in self.query(".form-line"):
            if any(child.name == name for child in line.children):
                line.display = shown

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may be right now; what is asked about is looked at once no key follows."""
        self._leaving = False
        self._say("")
        self._looked += 1
        turn, text = self._looked, event.value
        field = next((field for field in self._fields if field.name == event.input.name), None)
        if field is not None and field.asks is not None and text.strip() and text != field.value:
            self.set_timer(QUIET_S, lambda: self._look(turn, field, text))

    def _look(self, turn: int, field: Field, text: str) -> None:
        asks = field.asks
        if turn != self._looked or asks is None:
            return

        def look() -> None:
            question = asks(text)
            if question:
                self.app.call_from_thread(self._ask, turn, f"{field.label}: {question}")

        self.run_worker(look, thread=True, exclusive=True, group="asks", exit_on_error=False)

    def _ask(self, turn: int, question: str) -> None:
        if turn == self._looked and self.is_attached:
            self._say(question, "$wording-question")

    def _say(self, words: str, style: str = "$save-failed") -> None:
        self.query_one("#form-problem", Static).update(Content.styled(visible(words), style) if words else "")

    def action_leave(self) -> None:
        """Leaves it; where something was typed, Escape has to be meant."""
        changed = any(line.value != field.value for line in self.query(Input) for field in self._fields
                      if field.name == line.name)  # fmt: skip
        if not changed or self._leaving:
            self.dismiss(None)
            return
        self._leaving = True
        self._say(
            f"⏎ {self._does}. esc once more leaves it, and what was typed here is gone.", "$wording-question"
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter anywhere takes the whole form."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Takes the form, or says what is not right and puts the cursor there."""
        values = {str(line.name): line.value.strip() for line in self.query(Input)}
        values |= {str(line.name): line.value for line in self.query(ChoiceLine)}
        problem = self._take(values)
        if not problem:
            self.dismiss(None)
            return
        self._say(problem)
        named = next((f for f in self._fields if problem.casefold().startswith(f.label.casefold())), None)
        if named is not None:
            next(line for line in self.query(".form-line > *") if line.name == named.name).focus()
