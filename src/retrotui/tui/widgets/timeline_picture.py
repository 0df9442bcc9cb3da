"""The incident as a scaled line: phases in different fills, events as signs, first and last time at the ends.

Draws what the milestones say; with fewer than two instants there is nothing to scale and it stays away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from retrotui.retro import Event, EventKind
from retrotui.retro.timeline import MILESTONES, clock_face, figures, phases

_FILLS = {"impact": "▒", "detected": "▓", "mitigated": "░", "resolved": "·"}


@dataclass(frozen=True, slots=True)
class _Scaled:
    """Events on a line of a certain width, none of them marked yet."""

    left: str
    right: str
    fills: tuple[str, ...]
    styles: tuple[str, ...]
    cells: Mapping[str, int]
    """Where each event with a time stands, by its id."""

    def marked(self, selected: str) -> Content:
        """The line with one event marked."""
        fills, styles = [*self.fills], [*self.styles]
        x = self.cells.get(selected)
        if x is not None:
            fills[x], styles[x] = "◆", "bold $focus-border"
        parts: list[tuple[str, str]] = [(self.left, "$event-time")]
        for fill, style in zip(fills, styles, strict=True):
            if parts[-1][1] == style:
                parts[-1] = (parts[-1][0] + fill, style)
            else:
                parts.append((fill, style))
        parts.append((self.right, "$event-time"))
        return Content(" ") + Content.assemble(*parts)


class TimelinePicture(Static):
    """Two lines: the scaled line with the names of the phases, and the figures.

    Another selection only moves the mark: what the events give is worked out once for a width.
    """

    def __init__(self, *, id: str | None = None, every_figure: bool = True) -> None:  # noqa: A002 - Textual's
        super().__init__("", markup=False, id=id)
        self._every_figure = every_figure
        self._events: Sequence[Event] = ()
        self._zone = ZoneInfo("UTC")
        self._selected = ""
        self._scaled: _Scaled | None = None
        self._figures = Content("")

    def show_events(self, events: Sequence[Event], zone: ZoneInfo, selected: str) -> None:
        """Draws these events, with one of them marked."""
        if events is self._events and zone is self._zone:
            if selected != self._selected:
                self._selected = selected
                self._mark()
            return
        self._events, self._zone, self._selected = events, zone, selected
        self._draw()

    def on_resize(self) -> None:
        """Another width is another scale."""
        self._draw()

    def _draw(self) -> None:
        times = [event.at for event in self._events if event.at]
        first, last = (min(times), max(times)) if times else (None, None)
        width = self.size.width - 2
        drawn = first is not None and last is not None and first < last and width >= 30
        self.set_class(not times, "-empty")
        # a fixed height: with an automatic one a redraw within a resize keeps the old height
        self.styles.height = 2 if drawn else 1
        span = last - first if first and last and len(times) > 1 else None
        self._figures = self._figures_line(max(10, width), span) if times else Content("")
        self._scaled = self._scale(first, last, width) if drawn and first and last else None
        self._mark()

    def _mark(self) -> None:
        if self._scaled is None:
            self.update(self._figures, layout=False)
        else:
            line = self._scaled.marked(self._selected)
            self.update(Content("\n").join([line, self._figures]), layout=False)

    def _scale(self, first: datetime, last: datetime, width: int) -> _Scaled:
        start, end = first.astimezone(self._zone), last.astimezone(self._zone)
        same_day = start.date() == end.date()
        left = f"{start:%H:%M} " if same_day else f"{start.day} {start:%b %H:%M} "
        right = f" {end:%H:%M}" if same_day else f" {end.day} {end:%b %H:%M}"
        room = width - len(left) - len(right)
        if room < 12:
            left = right = ""
            room = width
        span = (last - first).total_seconds()

        def cell(at: datetime) -> int:
            return min(room - 1, int((at - first).total_seconds() / span * (room - 1) + 0.5))

        fills = ["─"] * room
        styles = ["$text-muted"] * room
        for phase in phases(self._events):
            begin, stop = cell(phase.start), cell(phase.end)
            for x in range(begin, max(begin + 1, stop)):
                fills[x] = _FILLS[phase.name]
                styles[x] = f"$phase-{phase.name}"
            label = phase.name
            if stop - begin >= len(label) + 4:
                at = begin + (stop - begin - len(label)) // 2
                for offset, letter in enumerate(f" {label} "):
                    fills[at - 1 + offset] = letter
                    styles[at - 1 + offset] = f"bold $phase-text on $phase-{phase.name}"
        cells: dict[str, int] = {}
        for event in self._events:
            if event.at is None:
                continue
            x = cells[event.id] = cell(event.at)
            if fills[x] == "♥":
                continue
            if event.kind is EventKind.OH_NO:
                fills[x], styles[x] = "♥", "bold $event-oh-no"
            elif event.kind in MILESTONES:
                fills[x], styles[x] = "┼", "bold $event-milestone"
            elif fills[x] == "─":
                fills[x] = "╷"
        return _Scaled(left, right, tuple(fills), tuple(styles), cells)

    def _figures_line(self, width: int, span: timedelta | None) -> Content:
        parts = []
        for figure in figures(self._events):
            if figure.value is None and not self._every_figure:
                continue
            style = "bold $save-failed" if figure.out_of_order else "bold"
            value = f"{figure} (!)" if figure.out_of_order else str(figure)
            parts.append(Content.assemble((f"{figure.name} ", "$text-muted"), (value, style)))
        if span is not None:
            parts.append(Content.styled(f"in all {clock_face(span)}", "$text-muted"))
        line = Content("")
        for gap, shown in (
            ("   ", parts),
            ("  ", parts),
            ("  ", parts[:-1]),
        ):  # how long it all was goes first
            line = Content(" ") + Content(gap).join(shown)
            if line.cell_length <= width:
                return line
        return line.truncate(width, ellipsis=True)
