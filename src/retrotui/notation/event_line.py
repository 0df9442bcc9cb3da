"""One line of a timeline as typed: a time in front, a kind, and what happened; and many lines pasted.

Leaves times to `times`, guessing to `guessing`, and the blamelessness of the words to `blameless`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from retrotui.notation.guessing import guess_kind
from retrotui.notation.kinds import kind_named
from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.notation.times import Around, TypedTime, read_range_end, read_time
from retrotui.notation.unread import unread_time
from retrotui.retro import EventKind, HypothesisState, Precision

Span = tuple[int, int]
"""Start and end of a stretch of the typed text, in characters; equal when there is none."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """What a typed line says."""

    at: datetime | None = None
    """The instant with a fixed offset; None when it is not known."""
    precision: Precision = Precision.UNKNOWN
    approximate: bool = False
    said: str = ""
    """The words that stood for a time and name no instant: `14:??`, `two weeks before`."""
    kind: EventKind | None = None
    """From a tag or a `hypothesis:` in front; None when nothing was said and the words leave it open."""
    kind_guessed: bool = False
    state: HypothesisState = HypothesisState.NONE
    """For hypotheses: `#disproved`, `#confirmed`, `#hypothesis:open`."""
    text: str = ""
    time_span: Span = (0, 0)
    kind_span: Span = (0, 0)
    remark: str = ""
    """A sentence when the time deserves a look: clocks changed, midnight passed, words kept; else empty."""


_SEPARATOR = lazy_pattern(r"\s*(?:(?:->|=>|[-–—|:,;→])(?=\s|$))?\s*")
_FIRST_TAG = lazy_pattern(
    r"#([A-Za-z][\w-]{0,30})(?::((?ai:open|disproved|confirmed)))?:?(?=\s|$)", re.IGNORECASE
)
_LAST_TAG = lazy_pattern(
    r"(?:^|(?<=\s))#([A-Za-z][\w-]{0,30})(?::((?ai:open|disproved|confirmed)))?$", re.IGNORECASE
)
_LABEL = lazy_pattern(r"([A-Za-z]+(?:[ _-][A-Za-z]+)?):\s+(?=\S)")
_LABELS = {
    name: kind for kind in EventKind for name in (kind.value, kind.label, kind.label.replace(" ", "-"))
}
"""What names the kind in front of a colon: it is said once, as the kind, and not again in the words."""


def read_event_line(
    text: str, *, day: date, zone: ZoneInfo | tzinfo, previous: datetime | None = None
) -> EventLine:
    """Read one typed line of a timeline. Never raises: what is not understood stays text.

    Args:
        text: The line, for example `~14:05 checkout answers 5xx #impact_start`.
        day: The day of clock times that say none.
        zone: The display zone, in which clock times without an offset are read.
        previous: The instant of the event before. `+12m` counts from it, and a clock time far earlier
            than it is after midnight. Leave it out when an event is edited: its day is then `day`.
    """
    line = line_after(text, read_time(text, Around(day, zone, previous)))
    if line.at is None and not (line.said or line.remark) and (unread := unread_time(text)):
        line = replace(line, remark=unread)
    return line


def line_after(text: str, typed: TypedTime) -> EventLine:
    """The line whose time has been read already."""
    start, end = typed.end, len(text.rstrip())
    until = None
    if typed.end > typed.start:
        if typed.at is not None and (span := read_range_end(text, typed.end)):
            until, start = span
        separator = _SEPARATOR.match(text, start)
        start = separator.end() if separator else start
    kind, state, kind_span = None, HypothesisState.NONE, (start, start)
    if (tag := _FIRST_TAG.match(text, start)) and (named := _named(tag[1], tag[2])):
        kind, state = named
        kind_span = (tag.start(), tag.start() + len(tag[0].rstrip(":")))
        start = tag.end()
    else:
        if (tag := _LAST_TAG.search(text, max(start, end - 48), end)) and (named := _named(tag[1], tag[2])):
            kind, state = named
            kind_span = (tag.start(), tag.end())
            end = tag.start()
        label = _LABEL.match(text, start, end)
        labelled = _LABELS.get(label[1].lower()) if label else None
        if label and labelled and kind in (None, labelled):
            kind_span = kind_span if kind else label.span(1)
            kind, start = labelled, label.end()
    words = text[start : max(start, end)].strip()
    if until:
        words = f"{words} (until {until})".strip()
    guessed = guess_kind(words) if kind is None else None
    return EventLine(
        typed.at,
        typed.precision,
        typed.approximate,
        typed.said,
        kind or guessed,
        guessed is not None,
        state,
        words,
        (typed.start, typed.end),
        kind_span,
        typed.remark,
    )


def _named(name: str, state: str | None) -> tuple[EventKind, HypothesisState] | None:
    """The kind and state of a tag; None when the tag is only a word with a hash."""
    lower = name.lower()
    if state is None and lower in ("disproved", "confirmed"):
        return EventKind.HYPOTHESIS, HypothesisState(lower)
    kind = kind_named(name)
    if kind is None or (state and kind is not EventKind.HYPOTHESIS):
        return None
    return kind, HypothesisState(state.lower()) if state else HypothesisState.NONE
