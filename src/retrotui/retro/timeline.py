"""Events, their kinds and times, their order, and the figures computed from them.

Leaves reading times that people type to `notation`, and drawing to `tui`.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from retrotui.retro.base import Entry


class EventKind(StrEnum):
    """What an event is: a milestone (the first eleven) or one of the free kinds."""

    IMPACT_START = "impact_start"
    DETECTED = "detected"
    ALERTED = "alerted"
    ACKNOWLEDGED = "acknowledged"
    DECLARED = "declared"
    ESCALATED = "escalated"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    IMPACT_END = "impact_end"
    RESOLVED = "resolved"
    COMMS = "comms"
    OH_NO = "oh_no"
    CHANGE = "change"
    OBSERVATION = "observation"
    HYPOTHESIS = "hypothesis"
    DECISION = "decision"
    ACTION = "action"
    HANDOFF = "handoff"
    SURPRISE = "surprise"
    CONTEXT = "context"
    SAW = "saw"
    EXPECTED = "expected"
    DID = "did"

    @property
    def label(self) -> str:
        """The kind in plain words: `oh no`, `impact start`."""
        return self.value.replace("_", " ")


MILESTONES = frozenset(
    {
        EventKind.IMPACT_START,
        EventKind.DETECTED,
        EventKind.ALERTED,
        EventKind.ACKNOWLEDGED,
        EventKind.DECLARED,
        EventKind.ESCALATED,
        EventKind.IDENTIFIED,
        EventKind.MITIGATED,
        EventKind.IMPACT_END,
        EventKind.RESOLVED,
        EventKind.COMMS,
    }
)

_LAST_COUNTS = frozenset({EventKind.MITIGATED, EventKind.IMPACT_END, EventKind.RESOLVED})
"""Milestones that are over only when the last one of their kind is."""


class Precision(StrEnum):
    """How exactly an instant is known."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    UNKNOWN = "unknown"


class HypothesisState(StrEnum):
    """What became of a hypothesis."""

    NONE = ""
    OPEN = "open"
    DISPROVED = "disproved"
    CONFIRMED = "confirmed"


class Event(Entry):
    """Something that happened, as it looked at the time."""

    at: AwareDatetime | None = None
    """The instant, with its offset; None when unknown: the event is then placed by order alone."""
    precision: Precision = Precision.MINUTE
    approximate: bool = False
    """True when the source says "about"."""
    said: str = ""
    """The time in the source's own words when they name no instant: "two weeks before"."""
    kind: EventKind = EventKind.OBSERVATION
    state: HypothesisState = HypothesisState.NONE
    """Used by hypotheses only."""
    text: str = ""
    source: str = ""
    evidence: tuple[str, ...] = ()
    """Links to graphs, messages, dashboards."""
    refs: tuple[str, ...] = ()
    """What it was imported from, one fingerprint per source: a second import knows it again by them."""


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events by time. One without a time stays with the one it follows; equal times keep their order.

    An untimed event that stands before every timed one stays first.
    """
    blocks: list[tuple[datetime | None, list[Event]]] = []
    for event in events:
        if event.at is None and blocks:
            blocks[-1][1].append(event)
        else:
            blocks.append((event.at, [event]))
    timed = [block for block in blocks if block[0] is not None]
    first = [block for block in blocks if block[0] is None]
    timed.sort(key=_block_time)
    return tuple(event for block in (*first, *timed) for event in block[1])


def _block_time(block: tuple[datetime | None, list[Event]]) -> float:
    at = block[0]
    assert at is not None
    return at.timestamp()


def place_for(events: Sequence[Event], at: datetime) -> int:
    """The index at which an event of this instant goes into events that are in order.

    It follows everything earlier or equal, untimed events that belong to those included.
    """
    for index in range(len(events) - 1, -1, -1):
        other = events[index].at
        if other is not None and other <= at:
            index += 1
            while index < len(events) and events[index].at is None:
                index += 1
            return index
    leading = 0
    while leading < len(events) and events[leading].at is None:
        leading += 1
    return leading


def milestone(events: Sequence[Event], kind: EventKind) -> Event | None:
    """The event that counts for a kind: the first with a time, for what must be over the last."""
    found = [event for event in events if event.kind is kind and event.at is not None]
    if not found:
        return None
    key = [event.at.timestamp() for event in found if event.at is not None]
    pick = max(key) if kind in _LAST_COUNTS else min(key)
    return found[key.index(pick)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One interval of an incident with the formula that gives it."""

    name: str
    """`TTD`, `TTA`, `TTM`, `TTR` or `oh-no gap`."""
    meaning: str
    """The name in words: "time to detect"."""
    formula: str
    value: timedelta | None
    """None when a milestone is missing."""
    approximate: bool = False
    """True when either end is approximate."""
    remark: str = ""
    """A sentence when something is missing or out of order, else empty."""

    @property
    def out_of_order(self) -> bool:
        """Whether the end lies before the start."""
        return self.value is not None and self.value < timedelta(0)

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        return ("~" if self.approximate else "") + clock_face(self.value)


def clock_face(span: timedelta) -> str:
    """A span as hours and minutes, `0:02` or `17:35`, signed when negative; with seconds if there are any."""
    seconds = round(span.total_seconds())
    sign = "-" if seconds < 0 else ""
    seconds = abs(seconds)
    if 0 < seconds < 60:
        return f"{sign}0:00:{seconds:02d}"
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02d}" + (f":{left:02d}" if left else "")


def figures(events: Sequence[Event]) -> tuple[Figure, ...]:
    """TTD, TTA, TTM, TTR and the oh-no gap, each with its formula; no averages, ever.

    Of several events of a kind the first counts, of what must be over (mitigated, resolved) the last.

    TTD = detected - impact_start; TTA = acknowledged - alerted (else detected);
    TTM = mitigated - impact_start; TTR = resolved - impact_start;
    oh-no gap = oh_no - the first change (at or before it), else impact_start.
    """
    impact = milestone(events, EventKind.IMPACT_START)
    detected = milestone(events, EventKind.DETECTED)
    alerted = milestone(events, EventKind.ALERTED)
    acknowledged = milestone(events, EventKind.ACKNOWLEDGED)
    mitigated = milestone(events, EventKind.MITIGATED)
    resolved = milestone(events, EventKind.RESOLVED)
    oh_no = milestone(events, EventKind.OH_NO)
    change = milestone(events, EventKind.CHANGE)
    if change and oh_no and change.at and oh_no.at and change.at > oh_no.at:
        change = None
    tta_start = EventKind.ALERTED if alerted or not detected else EventKind.DETECTED
    gap_start = EventKind.CHANGE if change or not impact else EventKind.IMPACT_START
    return (
        _figure("TTD", "time to detect", EventKind.DETECTED, detected, EventKind.IMPACT_START, impact),
        _figure(
            "TTA", "time to acknowledge", EventKind.ACKNOWLEDGED, acknowledged, tta_start, alerted or detected
        ),
        _figure("TTM", "time to mitigate", EventKind.MITIGATED, mitigated, EventKind.IMPACT_START, impact),
        _figure("TTR", "time to resolve", EventKind.RESOLVED, resolved, EventKind.IMPACT_START, impact),
        _figure(
            "oh-no gap",
            "from the change to the oh-no second",
            EventKind.OH_NO,
            oh_no,
            gap_start,
            change or impact,
        ),
    )


def _figure(
    name: str,
    meaning: str,
    end_kind: EventKind,
    end: Event | None,
    start_kind: EventKind,
    start: Event | None,
) -> Figure:
    which = "last" if end_kind in _LAST_COUNTS else "first"
    formula = f"{which} {end_kind.value} - first {start_kind.value}"
    missing = [kind.label for kind, event in ((end_kind, end), (start_kind, start)) if event is None]
    if end is None or start is None or end.at is None or start.at is None:
        return Figure(name, meaning, formula, None, remark=f"nothing is marked {' or '.join(missing)}")
    value = end.at - start.at
    remark = ""
    if value < timedelta(0):
        remark = f"{end_kind.label} lies before {start_kind.label}: check the two times or their kinds"
    return Figure(name, meaning, formula, value, end.approximate or start.approximate, remark)


def remarks(events: Sequence[Event]) -> tuple[str, ...]:
    """Sentences about times that deserve a look: negative figures, and an alert before the impact."""
    found = [f"{figure.name}: {figure.remark}" for figure in figures(events) if figure.out_of_order]
    impact = milestone(events, EventKind.IMPACT_START)
    alerted = milestone(events, EventKind.ALERTED)
    if impact and alerted and impact.at and alerted.at and alerted.at < impact.at:
        early = clock_face(impact.at - alerted.at)
        found.append(f"the first alert came {early} before the impact started: perhaps for a precursor")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the incident between two milestones, for the picture."""

    name: str
    """`impact`, `detected`, `mitigated`: what was true from its start on."""
    start: datetime
    end: datetime


def phases(events: Sequence[Event]) -> tuple[Phase, ...]:
    """impact → detected → mitigated → resolved, as far as the milestones are known and in order."""
    marks: list[tuple[str, datetime]] = []
    for name, kind in (
        ("impact", EventKind.IMPACT_START),
        ("detected", EventKind.DETECTED),
        ("mitigated", EventKind.MITIGATED),
        ("resolved", EventKind.RESOLVED),
    ):
        event = milestone(events, kind)
        if event and event.at and (not marks or event.at >= marks[-1][1]):
            marks.append((name, event.at))
    return tuple(
        Phase(name, start, end) for (name, start), (_, end) in itertools.pairwise(marks) if name != "resolved"
    )
