"""The clock of the stage: large figures where there is room, always with a word, never colour alone."""

from rich.cells import cell_len
from textual.content import Content
from textual.renderables.digits import DIGITS, DIGITS3X3, DIGITS3X3_BOLD
from textual.widgets import Static

from retrotui.facilitation import ClockReading, ClockState

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


class Clock(Static):
    """The figures with their words: one widget, since it is drawn anew every second."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", markup=False, id=id)
        self._reading: tuple[ClockReading, ClockReading | None] | None = None
        self._shown: tuple[object, ...] = ()

    def on_resize(self) -> None:
        """Another size has room for other figures and words."""
        if self._reading is not None:
            self.show_reading(*self._reading)

    def show_reading(self, reading: ClockReading, topic: ClockReading | None) -> None:
        """Shows a reading; draws only what has changed."""
        self._reading = (reading, topic)
        width, height = self.content_size
        state = reading.state.value
        if not (reading.running or reading.state is ClockState.OVER) or reading.state is ClockState.IDLE:
            state = "paused"
        figures, below = face(reading.remaining_s), fitting(reading, topic, width or 200)
        shown = (figures, below, state, width, height)
        if shown == self._shown or not width:
            return
        self._shown = shown
        bold = reading.state in (ClockState.RED, ClockState.OVER)
        rows = large(figures, bold=bold)
        if height <= len(rows) or width < len(rows[0]):
            rows, bold = [figures], True
        style = f"bold $clock-{state}" if bold else f"$clock-{state}"
        lines = [Content.styled(row.rjust(width), style) for row in rows]
        lines.append(Content.styled(" " * (width - cell_len(below)) + below, "$text-muted"))
        self.update(Content("\n").join(lines), layout=False)
