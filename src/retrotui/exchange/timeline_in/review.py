"""From what sources offer to what a person looks through: known ones dropped, doubles folded, by time.

Pure: candidates and a retro in, a list and a change out. Leaves showing and choosing to `tui` and `cli`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from retrotui.exchange.timeline_in.candidates import Candidate
from retrotui.exchange.timeline_in.reading import Reading
from retrotui.notation import format_event_time
from retrotui.retro import Event, EventKind, Precision, Retro
from retrotui.retro.changes import Add, Batch, Change

_CHATS = frozenset({"slack", "text"})
NEAR = timedelta(seconds=120)
"""How far apart two sources may tell the same thing."""
_RANK = {
    "pagerduty": 0,
    "alertmanager": 1,
    "git": 2,
    "github": 3,
    "gitlab": 3,
    "slack": 4,
    "csv": 5,
    "ics": 5,
    "journal": 6,
}
"""Which source tells it when several do: the one with the firmest time first."""


@dataclass(frozen=True, slots=True)
class CandidateList:
    """What there is to look through."""

    items: tuple[Candidate, ...] = ()
    """By time; those without one stay with the one they follow in their source."""
    known: int = 0
    """How many were in the retro already and are left out."""
    folded: int = 0
    """How many were folded into another that tells the same thing."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def suggested(self) -> tuple[Candidate, ...]:
        """Those taken unless somebody says otherwise."""
        return tuple(item for item in self.items if item.suggested)

    def of_kinds(self, kinds: Iterable[EventKind]) -> tuple[Candidate, ...]:
        """Those of the given kinds that the retro does not seem to have."""
        wanted = frozenset(kinds)
        return tuple(item for item in self.items if item.kind in wanted and not item.resembles)


def review(offered: Reading | Sequence[Candidate], retro: Retro) -> CandidateList:
    """The list to look through.

    What the retro already holds is dropped, by its fingerprints. Across sources, what tells the same thing at
    the same time is folded into one. What resembles an event already there says so and is not suggested.
    """
    reading = offered if isinstance(offered, Reading) else Reading(tuple(offered))
    had = {ref for event in retro.events for ref in event.refs}
    fresh = [item for item in reading.candidates if item.ref not in had]
    known = len(reading.candidates) - len(fresh)
    ordered = _in_order(list({item.ref: item for item in fresh}.values()))
    ordered = _fold(ordered)
    items = tuple(_resembling(ordered, retro.events))
    return CandidateList(items, known, len(fresh) - len(items), reading.left_out, reading.remarks)


def as_change(taken: Sequence[Candidate], retro: Retro) -> Batch:
    """One change that adds everything taken, so that one undo takes it all back."""
    number = retro.highest("e")
    adds = tuple(Add(_event(item, f"e{number + step}")) for step, item in enumerate(_in_order(taken), 1))
    formats = ", ".join(dict.fromkeys(item.format for item in taken if item.format)) or "elsewhere"
    things = "1 event" if len(adds) == 1 else f"{len(adds)} events"
    return Batch(adds, f"import {things} from {formats}")


@dataclass(frozen=True, slots=True)
class TakeIn(Change):
    """`as_change` for a retro that may have changed meanwhile: ids and doubles are settled then."""

    taken: tuple[Candidate, ...]

    def apply(self, retro: Retro) -> Retro:
        had = {ref for event in retro.events for ref in event.refs}
        return as_change([item for item in self.taken if had.isdisjoint(item.refs)], retro).apply(retro)

    @property
    def name(self) -> str:
        formats = ", ".join(dict.fromkeys(item.format for item in self.taken))
        return f"import {len(self.taken)} events from {formats}"


def _event(item: Candidate, event_id: str) -> Event:
    evidence = dict.fromkeys(link for one in (item, *item.folded) for link in one.evidence)
    sources = dict.fromkeys(one.source for one in (item, *item.folded))
    return Event(
        id=event_id,
        at=item.at.replace(microsecond=0) if item.at else None,  # order is kept; nobody reads fractions
        precision=item.precision,
        approximate=item.approximate,
        said=item.said,
        kind=item.kind,
        state=item.state,
        text=item.text,
        source="; ".join(sources),
        evidence=tuple(evidence),
        refs=item.refs,
    )


def day_of(retro: Retro) -> date:
    """The day of clock times without one: the incident's, else the first event's, else the meeting's."""
    first = next((event.at for event in retro.events if event.at is not None), None)
    at = retro.info.incident_start or first or retro.info.held
    return at.astimezone(retro.info.zone).date() if at else date(1970, 1, 1)


def shown_time(item: Candidate, retro: Retro) -> str:
    """Its time in the retro's zone, with the source's own beside it where that reads differently."""
    local = format_event_time(
        Event(id="e1", at=item.at, precision=item.precision, approximate=item.approximate, said=item.said),
        retro.info.zone,
    )
    if item.at is None or item.precision is Precision.DAY:
        return local
    there, here = item.at.utcoffset(), item.at.astimezone(retro.info.zone).utcoffset()
    if there == here or not item.written:
        return local
    return f"{local} ({item.at:%H:%M} {'UTC' if not there else f'{item.at:%z}'} in the source)"


def _in_order(items: Sequence[Candidate]) -> list[Candidate]:
    blocks: list[list[Candidate]] = []
    for item in items:
        if item.at is None and blocks and blocks[-1][0].format == item.format:
            blocks[-1].append(item)
        else:
            blocks.append([item])
    return [item for block in sorted(blocks, key=_time_of) for item in block]


def _time_of(block: list[Candidate]) -> float:
    at = block[0].at
    return at.timestamp() if at is not None else float("-inf")


_WORD = re.compile(r"[^\W_]{2,}", re.UNICODE)
_LITTLE = frozenset(
    [
        "the",
        "an",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "it",
        "its",
        "this",
        "that",
        "with",
        "by",
        "from",
        "as",
        "we",
        "has",
        "have",
        "had",
        "not",
        "no",
        "triggered",
        "acknowledged",
        "resolved",
        "firing",
        "alert",
        "alerts",
        "incident",
        "critical",
        "warning",
        "via",
        "through",
        "api",
    ]
)
_MARK = re.compile(r"#\d{2,}|\b[0-9a-f]{10,40}\b|\b[A-Z]{2,}-\d+\b")


def _tokens(text: str) -> frozenset[str]:
    """Words cut to their stems, roughly; enough to see that two texts speak of the same thing."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:600])
    found = (word.casefold() for word in _WORD.findall(spread))
    return frozenset(
        re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word
        for word in found
        if word not in _LITTLE
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A text as it is compared."""

    tokens: frozenset[str]
    marks: frozenset[str]
    words: str
    first: str
    """Its first line: what a bot repeats of another tool's title."""


def _told(text: str) -> _Told:
    words = " ".join(text[:2000].split()).casefold()
    first = " ".join(text[:2000].split("\n")[0].split()).casefold()
    return _Told(_tokens(text), frozenset(_MARK.findall(text)), words, first)


def _alike(one: _Told, other: _Told) -> bool:
    if one.marks & other.marks or one.words == other.words:
        return True
    if any(len(a.first) >= 12 and a.first in b.words for a, b in ((one, other), (other, one))):
        return True
    small, large = sorted((one.tokens, other.tokens), key=len)
    shared = len(small & large)
    return shared >= 2 and shared >= 0.6 * len(small) and shared >= 0.25 * len(large)


def _kinds_fit(one: EventKind, other: EventKind) -> bool:
    return one is other or EventKind.OBSERVATION in (one, other)


def _may_fold(one: Candidate, other: Candidate) -> bool:
    """A person's words in a chat stay their own, unless another source has them word for word."""
    return not any(item.format in _CHATS and item.people for item in (one, other))


def _fold(items: list[Candidate]) -> list[Candidate]:
    """Folds what several sources tell into what the firmest of them tells; within one source nothing."""
    told = [_told(item.text) for item in items]
    lead_of: dict[int, int] = {}
    for i, item in enumerate(items):
        if item.at is None or i in lead_of:
            continue
        for j in range(i + 1, len(items)):
            other = items[j]
            if other.at is None:
                continue
            if (other.at - item.at) > NEAR:
                break
            if j in lead_of or item.format == other.format or not _kinds_fit(item.kind, other.kind):
                continue
            if Precision.DAY in (item.precision, other.precision):
                continue
            if (_may_fold(item, other) and _alike(told[i], told[j])) or told[i].words == told[j].words:
                lead_of[j] = i
    groups: dict[int, list[int]] = {}
    for j, i in lead_of.items():
        groups.setdefault(i, [i]).append(j)
    result: list[Candidate] = []
    for i, item in enumerate(items):
        if i in lead_of:
            continue
        if i in groups:
            members = sorted(groups[i], key=lambda at: (_RANK.get(items[at].format, 9), at))
            first, *rest = (items[at] for at in members)
            best = next((one for one in rest if one.why), None)
            if not first.why and best:
                first = replace(first, kind=best.kind, why=best.why, state=best.state)
            result.append(replace(first, folded=(*first.folded, *rest)))
        else:
            result.append(item)
    return _in_order(result)


def _resembling(items: list[Candidate], events: Sequence[Event]) -> Iterable[Candidate]:
    timed = sorted(
        ((event.at.timestamp(), event, _told(event.text)) for event in events if event.at is not None),
        key=lambda entry: entry[0],
    )
    untimed = {event.text.strip().casefold(): event for event in events if event.at is None}
    start = 0
    for item in items:
        if item.at is None:
            same = untimed.get(item.text.strip().casefold())
            yield replace(item, resembles=same.id) if same else item
            continue
        at = item.at.timestamp()
        while start < len(timed) and timed[start][0] < at - NEAR.total_seconds():
            start += 1
        mine = _told(item.text)
        alike = ""
        for when, event, told in timed[start:]:
            if when > at + NEAR.total_seconds():
                break
            if event.text.strip() == item.text.strip() or (
                _kinds_fit(item.kind, event.kind) and _alike(mine, told)
            ):
                alike = event.id
                break
        yield replace(item, resembles=alike) if alike else item
