"""Help for the place one is in: what a facilitator does here, and every key that works."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from retrotui.tui.alone import PLACE_TITLES as ALONE_TITLES
from retrotui.tui.alone import label_of, offered
from retrotui.tui.keys import PLACE_TITLES, Place, commands_for, key_words, keys_of
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.screens.dialog import Dialog
from retrotui.tui.widgets.visible import visible


class HelpScreen(Dialog[None]):
    """What can be done here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark,enter", "dismiss(None)", "Close", show=False),
    ]

    def __init__(self, about: CommandScreen) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Words first, keys below."""
        with self.box("Help", "↑ ↓ scroll · esc closes it"), VerticalScroll(classes="dialog-body"):
            yield Static(self._text(), markup=False)

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _text(self) -> Content:
        parts: list[Content] = []
        words = getattr(self._about, "stage_words", None)
        if words is not None and (spoken := words()).plain.strip():
            parts += [
                Content.styled(
                    "What to do here" if self._about.alone else "What a facilitator does here",
                    "bold $text-heading",
                ),
                spoken,
                Content(""),
            ]
        for place in self._places():
            lines = []
            for command in commands_for((place,)):
                if not offered(command.id, alone=self._about.alone):
                    continue
                keys = keys_of(command, self._about.keymap)
                shown = "0-9" if command.numbered else " ".join(key_words(key) for key in keys) or "palette"
                label = label_of(command.id, command.label, alone=self._about.alone)
                tail = f" {command.help}" if command.help else ""
                line = Content.assemble(
                    (f"{shown:<14}", "bold"), label, (f".{tail}" if tail else "", "$text-muted")
                )
                lines.append(line)
            if lines:
                title = PLACE_TITLES[place]
                if self._about.alone:
                    title = ALONE_TITLES.get(place.value, title)
                parts += [Content.styled(title, "bold $text-heading"), *lines, Content("")]
        questions: tuple[str, ...] = getattr(self._about, "stage_questions", tuple)()
        if questions:
            parts.append(Content.styled("Questions for this stage", "bold $text-heading"))
            parts += [Content(f"· {visible(question)}") for question in questions]
        return Content("\n").join(parts)

    def _places(self) -> tuple[Place, ...]:
        """The places whose keys one could use from here, the nearest first."""
        live = self._about.live_places()
        if Place.COMPOSER in live:
            view = getattr(self._about, "view", None)
            own = (view.PLACE,) if view is not None else ()
            return (Place.COMPOSER, Place.MEETING, Place.BOARD, *own, Place.EVERYWHERE)
        return tuple(sorted(live, key=lambda place: place is Place.EVERYWHERE))
