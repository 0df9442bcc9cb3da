"""The clock of the stage: large figures where there is room, always with a word, never colour alone."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.renderables.digits import DIGITS, DIGITS3X3, DIGITS3X3_BOLD
from textual.strip import Strip
from textual.widget import Widget

from retrotui.facilitation import ClockReading, ClockState

_BOLD = Style(bold=True)

_WORDS = {
    ClockState.CALM: "",
    ClockState.AMBER: "nearly time",
    ClockState.RED: "almost up",
    ClockState.OVER: "over",
    ClockState.IDLE: "not started",
}


def face(seconds: float) -> str:
    """Seconds as `12:34`, or `+0:42` when they are overtime."""
    whole = int(-(-seconds // 1)) if seconds > 0 else int(-seconds // 1)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    text = f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
    return text if seconds > 0 or not whole else f"+{text}"


def words(reading: ClockReading) -> str:
    """What the figures mean: `of 20 min · running`."""
    return " · ".join(_parts(reading))


def _parts(reading: ClockReading) -> list[str]:
    planned = (reading.planned_s + reading.extended_s) / 60
    total = f"of {planned:.0f} min" if planned == round(planned) else f"of {planned:.1f} min"
    state = _WORDS[reading.state]
    running = "" if reading.state is ClockState.IDLE else ("running" if reading.running else "paused")
    return [part for part in (total, state, running) if part]


def fitting(reading: ClockReading, topic: ClockReading | None, width: int) -> str:
    """The words below the figures: whole parts only, as many as fit, the telling ones last to go."""
    parts = _parts(reading)
    if topic is not None:
        parts.insert(0, f"topic {face(topic.remaining_s)}{' over' if topic.remaining_s < 0 else ''}")
    total = next((part for part in parts if part.startswith("of ")), "")
    while len(" · ".join(parts)) > width and len(parts) > 1:
        parts.remove(next((part for part in ("running", total) if part in parts), parts[-1]))
    return " · ".join(parts)


def large(figures: str, *, bold: bool = False) -> list[str]:
    """Figures three lines high, in Textual's font for digits, each line as wide as the others."""
    font = DIGITS3X3_BOLD if bold else DIGITS3X3
    places = [3 * DIGITS.index(char) for char in figures if char in DIGITS]
    return ["".join(font[place + row].ljust(3) for place in places) for row in range(3)]


class Clock(Widget):
    """The figures with their words: one part that draws its own lines, and only what has changed of them.

    It is drawn every second for an hour and more: what goes on at rest is nearly all this.
    """

    DEFAULT_CSS = """
    Clock {
        & > .clock--calm { color: $clock-calm; }
        & > .clock--amber { color: $clock-amber; }
        & > .clock--red { color: $clock-red; }
        & > .clock--over { color: $clock-over; }
        & > .clock--paused { color: $clock-paused; }
        & > .clock--words { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"clock--{state}" for state in ("calm", "amber", "red", "over", "paused")),
        "clock--words",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._reading: tuple[ClockReading, ClockReading | None] | None = None
        self._lines: tuple[tuple[str, str, bool], ...] = ()
        """What stands in each line, as wide as there is room; its style, and whether it is bold."""

    def on_resize(self) -> None:
        """Another size has room for other figures and words."""
        if self._reading is not None:
            self.show_reading(*self._reading)

    def show_reading(self, reading: ClockReading, topic: ClockReading | None) -> None:
        """Shows a reading; draws only what has changed."""
        self._reading = (reading, topic)
        width, height = self.content_size
        if not width:
            return
        state = reading.state.value
        if not (reading.running or reading.state is ClockState.OVER) or reading.state is ClockState.IDLE:
            state = "paused"
        bold = reading.state in (ClockState.RED, ClockState.OVER)
        rows = large(face(reading.remaining_s), bold=bold)
        if height <= len(rows) or width < len(rows[0]):
            rows, bold = [face(reading.remaining_s)], True
        below = fitting(reading, topic, width)
        lines = tuple(
            (set_cell_size(" " * (width - cell_len(text)) + text, width), style, stout)
            for text, style, stout in [*((row, state, bold) for row in rows), (below, "words", False)]
        )
        before, self._lines = self._lines, lines
        if lines == before:
            return
        if len(lines) != len(before):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        self.refresh(Region(0, changed[0], width, changed[-1] - changed[0] + 1))

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        text, name, bold = self._lines[y]
        style = self.get_component_rich_style(f"clock--{name}")
        return Strip([Segment(text, style + _BOLD if bold else style)], cell_len(text))
