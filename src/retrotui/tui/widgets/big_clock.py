"""Figures as large as there is room for, for the projector view: a 3×5 font scaled by whole cells."""

from textual.content import Content
from textual.widgets import Static

_FONT = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
}


def big(text: str, width: int, height: int) -> str:
    """The figures scaled to fit, each point two cells wide and one high; plain text where nothing fits."""
    glyphs = [_FONT[char] for char in text if char in _FONT]
    if not glyphs:
        return text
    points = sum(len(glyph[0]) for glyph in glyphs) + len(glyphs) - 1
    scale = min(width // (2 * points), height // 5)
    if scale < 1:
        return text
    lines = []
    for row in range(5):
        line = (" " * scale * 2).join("".join(point * scale * 2 for point in glyph[row]) for glyph in glyphs)
        lines += [line] * scale
    return "\n".join(lines)


class BigClock(Static):
    """The remaining time, as large as the widget."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", markup=False, id=id)
        self._shown: tuple[object, ...] = ()
        self._told: tuple[str, str] | None = None

    def on_resize(self) -> None:
        """As large as it has become."""
        if self._told is not None:
            self.show_figures(*self._told)

    def show_figures(self, figures: str, state: str) -> None:
        """Draws the figures in the colour of the clock's state; draws only what has changed."""
        self._told = (figures, state)
        shown = (figures, state, self.size)
        if shown == self._shown or not self.size.width:
            return
        self._shown = shown
        self.update(Content.styled(big(figures, self.size.width, self.size.height), f"$clock-{state}"))
