"""The clock of the stage: large figures where there is room, always with a word, never colour alone."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

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


class Clock(Vertical):
    """The figures with their words."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._digits = Digits("")
        self._small = Static("", markup=False, id="clock-small")
        self._words = Static("", markup=False, id="clock-words")
        self._shown: tuple[str, str, str] = ("", "", "")
        self._reading: tuple[ClockReading, ClockReading | None] | None = None

    def compose(self) -> ComposeResult:
        """Large figures, small figures (one of the two is shown), words."""
        yield self._digits
        yield self._small
        yield self._words

    def on_resize(self) -> None:
        """Another width has room for other words."""
        if self._reading is not None:
            self.show_reading(*self._reading)

    def show_reading(self, reading: ClockReading, topic: ClockReading | None) -> None:
        """Shows a reading; draws only what has changed."""
        self._reading = (reading, topic)
        figures = face(reading.remaining_s)
        below = fitting(reading, topic, self.content_size.width or 200)
        state = str(reading.state.value) if reading.running or reading.state is ClockState.OVER else "paused"
        shown = (figures, below, state)
        if shown == self._shown:
            return
        if figures != self._shown[0]:
            self._digits.update(figures)
            self._small.update(Content(figures), layout=False)
        if below != self._shown[1]:
            self._words.update(Content(below), layout=False)
        if state != self._shown[2]:
            for name in ("calm", "amber", "red", "over", "idle", "paused"):
                self.set_class(name == state, f"-{name}")
        self._shown = shown
