"""The timeline as a picture: SVG for HTML and PDF, Mermaid for Markdown.

A picture is an addition: everything in it stands in the table beside it, exactly. Leaves what an event is
to `write_up`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from retrotui.exchange.write_up import EventRow, WriteUp
from retrotui.retro import EventKind
from retrotui.retro.timeline import MILESTONES, clock_face, phases
from retrotui.safe_text import one_line

_WIDTH = 960
_LEFT, _RIGHT = 16, 16
_ROW = 20
_LABEL_PX = 8.0
"""About the width of a letter at the size of a label."""
_NAMED = MILESTONES | {EventKind.OH_NO, EventKind.CHANGE}
_MOST_LABELS = 14
_PATTERNS = """<defs>
<pattern id="p0" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="currentColor"/>
</pattern>
<pattern id="p1" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.2"/></pattern>
<pattern id="p2" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 3H6" stroke="currentColor"/>
</pattern>
</defs>"""
_STEPS_S = (1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800, 2592000, 31536000)


def svg(report: WriteUp) -> str:
    """The events on a scaled line with the phases of the incident; empty with fewer than two timed events.

    Colours come from the page (`currentColor` and classes), patterns tell the phases apart without them.
    """
    rows = [row for row in report.timeline if row.event.at is not None]
    if len(rows) < 2:
        return ""
    zone = report.retro.info.zone
    times = [row.event.at for row in rows if row.event.at is not None]
    start, end = min(times), max(times)
    span = (end - start).total_seconds()
    if span <= 0:
        return ""

    def x(at: datetime) -> float:
        share = (at - start).total_seconds() / span
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    labels = list(_labels(rows, x))
    depth = 1 + max((row for *_, row in labels), default=0)
    axis = 34
    height = axis + 34 + depth * _ROW
    box = f"0 0 {_WIDTH} {height}"
    parts = [
        f'<svg class="timeline" role="img" viewBox="{box}" aria-labelledby="tl-title tl-desc">',
        '<title id="tl-title">Timeline</title>',
        f'<desc id="tl-desc">{escape(_description(report, start, end))}</desc>',
        _PATTERNS,
    ]
    for number, phase in enumerate(phases(report.retro.events)):
        left, right = x(phase.start), x(phase.end)
        wide = max(1.0, round(right - left, 1))
        place = f'x="{left}" y="8" width="{wide}" height="{axis - 12}"'
        parts.append(f'<rect class="phase" {place} fill="url(#p{number % 3})"/>')
        if wide > len(phase.name) * _LABEL_PX:
            parts.append(f'<text class="phase-name" x="{left + 4}" y="22">{escape(phase.name)}</text>')
    parts.append(f'<line class="axis" x1="{_LEFT}" y1="{axis}" x2="{_WIDTH - _RIGHT}" y2="{axis}"/>')
    for at, text in _ticks(start, end, zone):
        parts.append(f'<line class="tick" x1="{x(at)}" y1="{axis}" x2="{x(at)}" y2="{axis + 5}"/>')
        place = f'x="{x(at)}" y="{axis + 17}" text-anchor="middle"'
        parts.append(f'<text class="tick-name" {place}>{escape(text)}</text>')
    for row in sorted(rows, key=lambda row: row.event.kind is EventKind.OH_NO):  # on top of its neighbours
        assert row.event.at is not None
        kind = "oh-no" if row.event.kind is EventKind.OH_NO else "event"
        said = escape(f"{row.time} {row.kind}: {one_line(row.event.text)}")
        place = f'cx="{x(row.event.at)}" cy="{axis}" r="4"'
        parts.append(f'<circle class="{kind}" {place}><title>{said}</title></circle>')
    for at_x, _, _, level in labels:  # below every label: a line is not to cross out the words beside it
        y = axis + 34 + level * _ROW
        parts.append(f'<line class="lead" x1="{at_x}" y1="{axis + 4}" x2="{at_x}" y2="{y - 11}"/>')
    for at_x, text, anchor, level in labels:
        y = axis + 34 + level * _ROW
        parts.append(f'<text class="label" x="{at_x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>')
    return "\n".join([*parts, "</svg>"])


def _labels(rows: list[EventRow], x: Callable[[datetime], float]) -> Iterator[tuple[float, str, str, int]]:
    """Place, words, anchor and level of each label, levels chosen so that none covers another."""
    named = [row for row in rows if row.event.kind in _NAMED][:_MOST_LABELS]
    ends: list[float] = []
    for row in named:
        assert row.event.at is not None
        at = x(row.event.at)
        text = f"{row.time} {row.kind}"
        wide = len(text) * _LABEL_PX
        anchor = "end" if at + wide > _WIDTH - _RIGHT else "start"
        left = at - wide if anchor == "end" else at
        level = next((number for number, end in enumerate(ends) if end + 8 < left), len(ends))
        if level == len(ends):
            ends.append(0.0)
        ends[level] = left + wide
        yield at, text, anchor, level


def _ticks(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    """Four to ten round times between the first event and the last."""
    span = (end - start).total_seconds()
    step = next((step for step in _STEPS_S if span / step <= 9), span / 8)
    local = start.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (start - midnight).total_seconds()
    shapes = ((60, "%H:%M:%S"), (86400, "%H:%M"), (31536000, "%d %b"))
    shape = next((shape for longest, shape in shapes if step < longest), "%Y")
    number = int(passed // step) + 1
    for _ in range(12):
        try:
            at = midnight + timedelta(seconds=number * step)
            if at >= end:
                return
            yield at, f"{at.astimezone(zone):{shape}}"
        except OverflowError:
            return
        number += 1


def _description(report: WriteUp, start: datetime, end: datetime) -> str:
    known = [f"{figure.meaning} {figure}" for figure in report.figures if figure.value is not None]
    figures = f"; {', '.join(known)}" if known else ""
    count = len(report.timeline)
    return f"{count} events over {clock_face(end - start)}{figures}. The table gives each of them."


def mermaid(report: WriteUp) -> str:
    """The milestones as a Mermaid Gantt chart in a fenced block; empty with fewer than two timed events."""
    rows = [row for row in report.timeline if row.event.at is not None]
    times = [row.event.at for row in rows if row.event.at is not None]
    if len(rows) < 2 or max(times) == min(times):
        return ""
    zone = report.retro.info.zone
    long = max(times) - min(times) > timedelta(days=2)
    lines = [
        "```mermaid",
        "gantt",
        f"  title Timeline ({_quiet(report.retro.info.timezone)})",
        "  dateFormat YYYY-MM-DDTHH:mm:ss",
        f"  axisFormat {'%d %b' if long else '%H:%M'}",
    ]
    spans = phases(report.retro.events)
    if spans:
        lines.append("  section Phases")
    lines += [f"  {span.name} : {_stamp(span.start, zone)}, {_stamp(span.end, zone)}" for span in spans]
    lines.append("  section Events")
    chosen = [row for row in rows if row.event.kind in _NAMED] or rows
    for row in chosen[:40]:
        assert row.event.at is not None
        text = _quiet(f"{row.kind} - {row.event.text}")
        lines.append(f"  {text} : milestone, {_stamp(row.event.at, zone)}, 0m")
    return "\n".join([*lines, "```"])


def _stamp(at: datetime, zone: ZoneInfo) -> str:
    try:
        local = at.astimezone(zone)
    except OverflowError:
        local = at
    return f"{local:%Y-%m-%dT%H:%M:%S}"


def _quiet(text: str) -> str:
    """Words in which Mermaid finds nothing to act on: letters, digits and a few marks, at most sixty."""
    kept = "".join(char if char.isalnum() or char in " -_.,()%/'" else " " for char in one_line(text))
    words = " ".join(kept.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
