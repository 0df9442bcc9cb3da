"""The line people type into, with flagged words underlined and one line of coaching below.

It shows what it is told (a task, findings, a preview) and says what was typed; it changes nothing itself.
Leaves the field itself to `composer_input`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from retrotui.retro.changes import Change
from retrotui.tui.commanding import Commanded
from retrotui.tui.widgets.composer_input import ComposerInput, Underline
from retrotui.tui.widgets.visible import visible

if TYPE_CHECKING:
    from retrotui.blameless import Finding, Section


@dataclass(frozen=True, slots=True)
class Task:
    """What is being typed just now, and what becomes of it."""

    place: str
    """Where the draft belongs: a stage's id, or `edit:e3`. Drafts are saved under it."""
    title: str
    """On the frame: `add an event`."""
    read: Callable[[str], Change | None]
    """Makes a change of the text, None when there is nothing to change; may raise ChangeRefused."""
    hint: str = ""
    """Shown while the line is empty."""
    section: "Section | None" = None
    """Whose wording rules apply; None for text that is not about what happened."""
    preview: Callable[[str], Content | None] | None = None
    """What the text would become, for the line below."""
    remark: Callable[[str], str] | None = None
    """What a finished line leaves to be said: what in it could not be read, as a sentence, or empty."""
    once: bool = False
    """Whether the composer goes back to what it did before, once this is done."""
    may_be_empty: bool = False
    """Whether Enter on an empty line means something."""
    unsaved: bool = False
    """Whether what is typed is written down nowhere, not even as a draft."""
    keys: str = ""
    """What stands on the frame of keys, when it is not the usual."""
    paste: Callable[[Sequence[str]], Change | None] | None = None
    """Makes a change of several pasted lines."""


class Composer(Vertical, Commanded):
    """A framed line to type into, with its coach line."""

    @dataclass
    class Edited(Message):
        """The text changed."""

        text: str
        cursor: int

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._underline = Underline()
        self.input = ComposerInput(highlighter=self._underline, select_on_focus=False, compact=True)
        self.input.cursor_blink = False  # calm for the eye, and two pictures a second less to draw
        self.marks = Static("", markup=False, id="composer-marks")
        self.coach = Static("", markup=False, id="composer-coach")
        self.doing: Task | None = None
        self._coached: Content | None = None
        self._keys_said = ""

    def compose(self) -> ComposeResult:
        """The line, the marks under it, the coach line."""
        yield self.input
        yield self.marks
        yield self.coach

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.input.value

    @property
    def cursor(self) -> int:
        """Where the cursor is, in characters."""
        return self.input.cursor_position

    def set_task(self, task: Task, text: str = "", cursor: int | None = None) -> None:
        """Takes up something to type, with a text to start from."""
        self.doing = task
        self.border_title = Content(visible(task.title))
        self.input.set_hint(task.hint)
        self.set_text(text, cursor)

    def fit(self, height: int) -> None:
        """Fits what is typed into a window of this height: a line may grow where the board can spare rows."""
        self.input.fit(3 if height >= 24 else 2 if height >= 16 else 1)

    def set_text(self, text: str, cursor: int | None = None) -> None:
        """Replaces the text; the cursor goes to its end unless told otherwise."""
        self._underline.spans = ()
        self.marks.update("", layout=False)
        self.say_keys()
        self.input.value = text
        self.input.cursor_position = len(text) if cursor is None else max(0, min(cursor, len(text)))

    def underline(self, findings: "Sequence[Finding]") -> None:
        """Underlines the words of findings; marks under the line show them where underline does not."""
        spans = tuple((finding.start, finding.end) for finding in findings)
        if spans != self._underline.spans:
            self._underline.spans = spans
            self.input.refresh()
            if not spans:
                self.say_keys()
        self._draw_marks()

    def say_keys(self, words: str = "") -> None:
        """Says on the frame what the keys do: Enter and Escape, unless told otherwise."""
        if not words and self.doing is not None:
            usual = "⏎ takes it · esc leaves it" if self.doing.once else "⏎ adds it · esc to the board"
            words = self.doing.keys or usual
        if words != self._keys_said:
            self._keys_said = words
            self.border_subtitle = Content(words)

    def _draw_marks(self) -> None:
        spans = self._underline.spans
        if not spans:
            if self.marks.visual.plain if isinstance(self.marks.visual, Content) else "":
                self.marks.update("", layout=False)
            return
        if self.input.wraps:  # below several rows a place tells nothing, so the words are named
            words = " · ".join(visible(self.text[start:end]) for start, end in spans)
            self.marks.update(Content.styled(f"~ {words} ~", "$wording-flag"), layout=False)
            return
        drawn = self.input._value
        scroll = self.input.scroll_offset.x
        row = ""
        for start, end in spans:
            left = drawn[:start].cell_len - scroll
            width = drawn[start:end].cell_len
            if left + width <= 0:
                continue
            width = min(width, left + width)
            left = max(0, left)
            row = row.ljust(left) + "~" * width
        self.marks.update(Content.styled(row, "$wording-flag") if row.strip() else "", layout=False)

    def coach_says(self, content: Content | str, *, held: bool = False) -> None:
        """Shows one line of coaching (or a preview, or a reason) below the text."""
        content = Content(content) if isinstance(content, str) else content
        if self._coached is None or not content.is_same(self._coached):
            self._coached = content
            self.coach.update(content, layout=False)
        self.set_class(held, "-held")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Passes on what is typed."""
        event.stop()
        self.post_message(self.Edited(event.value, self.input.cursor_position))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Passes on Enter."""
        event.stop()
        self.post_message(self.Submitted(event.value))
