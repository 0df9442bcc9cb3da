"""The incident as a scaled line: phases in different fills, events as signs, first and last time at the ends.

Draws what the milestones say; with fewer than two instants there is nothing to scale and it stays away.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from retrotui.retro import Event, EventKind
from retrotui.retro.timeline import MILESTONES, clock_face, figures, phases

_FILLS = {"impact": "▒", "detected": "▓", "mitigated": "░", "resolved": "·"}


class TimelinePicture(Static):
    """Three lines: names of the phases, the scaled line, the figures."""

    def __init__(self, *, id: str | None = None, every_figure: bool = True) -> None:  # noqa: A002 - Textual's
        super().__init__("", markup=False, id=id)
        self._every_figure = every_figure
        self._events: Sequence[Event] = ()
        self._zone = ZoneInfo("UTC")
        self._selected = ""

    def show_events(self, events: Sequence[Event], zone: ZoneInfo, selected: str) -> None:
        """Draws these events, with one of them marked."""
        if events is self._events and selected == self._selected:
            return
        self._events, self._zone, self._selected = events, zone, selected
        self._draw()

    def on_resize(self) -> None:
        """Another width is another scale."""
        self._draw()

    def _draw(self) -> None:
        times = [event.at for event in self._events if event.at]
        width = self.size.width - 2
        drawn = len(times) > 1 and min(times) < max(times) and width >= 30
        self.set_class(not times, "-empty")
        # a fixed height: with an automatic one a redraw within a resize keeps the old height
        self.styles.height = 2 if drawn else 1
        if not drawn:
            self.update(self._figures_line(max(10, width)) if times else "")
            return
        first, last = min(times), max(times)
        self.update(Content("\n").join([self._line(first, last, width), self._figures_line(width)]))

    def _line(self, first: datetime, last: datetime, width: int) -> Content:
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
        for event in self._events:
            if event.at is None:
                continue
            x = cell(event.at)
            if event.id == self._selected:
                fills[x], styles[x] = "◆", "bold $focus-border"
            elif fills[x] in "◆♥":
                continue
            elif event.kind is EventKind.OH_NO:
                fills[x], styles[x] = "♥", "bold $event-oh-no"
            elif event.kind in MILESTONES:
                fills[x], styles[x] = "┼", "bold $event-milestone"
            elif fills[x] not in "┼":
                fills[x] = "╷" if fills[x] == "─" else fills[x]
        parts: list[tuple[str, str]] = [(left, "$event-time")]
        for fill, style in zip(fills, styles, strict=True):
            if parts[-1][1] == style:
                parts[-1] = (parts[-1][0] + fill, style)
            else:
                parts.append((fill, style))
        parts.append((right, "$event-time"))
        return Content(" ") + Content.assemble(*parts)

    def _figures_line(self, width: int) -> Content:
        parts = []
        for figure in figures(self._events):
            if figure.value is None and not self._every_figure:
                continue
            style = "bold $save-failed" if figure.out_of_order else "bold"
            value = f"{figure} (!)" if figure.out_of_order else str(figure)
            parts.append(Content.assemble((f"{figure.name} ", "$text-muted"), (value, style)))
        times = sorted(event.at for event in self._events if event.at)
        if len(times) > 1:
            parts.append(Content.styled(f"in all {clock_face(times[-1] - times[0])}", "$text-muted"))
        line = Content(" ") + Content("   ").join(parts)
        return line if line.cell_length <= width else line.truncate(width, ellipsis=True)
