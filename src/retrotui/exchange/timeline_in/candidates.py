"""What a source offers for the timeline: candidates, not events. A person takes them or leaves them.

Leaves reading each format to its own module, and folding, ordering and taking in to `review`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from retrotui.retro import EventKind, HypothesisState, Precision


class BadSource(Exception):
    """A source that cannot be read. Nothing of it has been taken in; the message is a sentence."""

    def __init__(self, name: str, message: str, line: int = 0) -> None:
        self.name = name
        """The file, as the person named it; a member of an archive as `archive.zip/member`."""
        self.line = line
        """The line in it, counted from 1; 0 when it is about the whole file."""
        self.message = message
        super().__init__(f"{name}:{line}: {message}" if line else f"{name}: {message}")


class Cancelled(Exception):
    """The person stopped the reading. Nothing has been taken in."""

    def __init__(self) -> None:
        super().__init__("stopped; nothing was taken in")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a source says happened."""

    ref: str
    """A stable fingerprint: the same thing in the same source always has the same one."""
    text: str
    """The source's own words, neither linted nor reworded."""
    source: str
    """Where it comes from, with the person where there is one: `slack #incidents, mara`."""
    at: datetime | None = None
    precision: Precision = Precision.SECOND
    approximate: bool = False
    said: str = ""
    """The time in the source's words when they name no instant."""
    kind: EventKind = EventKind.OBSERVATION
    state: HypothesisState = HypothesisState.NONE
    why: str = ""
    """Why this kind, in a few words; empty when nothing spoke for one and it is a plain observation."""
    people: tuple[str, ...] = ()
    """Who said or did it, by the names the source shows."""
    evidence: tuple[str, ...] = ()
    thread: str = ""
    """The ref of the message it answers, or empty."""
    written: str = ""
    """The time as it stands in the source; empty when it gives a bare number of seconds."""
    remark: str = ""
    """A sentence when something about it deserves a look."""
    noise: str = ""
    """What kind of noise it is (`joined the channel`), or empty. Noise is left out unless asked for."""
    format: str = ""
    """The format it came in: `slack`, `git`."""
    folded: tuple["Candidate", ...] = ()
    """The same thing as other sources tell it."""
    resembles: str = ""
    """The id of an event in the retro that seems to be the same thing, or empty."""

    @property
    def refs(self) -> tuple[str, ...]:
        """Its own fingerprint and those of what is folded into it."""
        return (self.ref, *(ref for other in self.folded for ref in other.refs))

    @property
    def suggested(self) -> bool:
        """Whether it is taken unless somebody says otherwise: its kind is known and it is new."""
        return bool(self.why) and not self.noise and not self.resembles


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading has come, for a bar."""

    done: int
    """Bytes read."""
    total: int
    """Bytes in all; 0 when that is not known."""
    name: str
    """What is being read."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to take from a source, and how to read what it leaves open."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """The retro's zone, in which times without an offset are read and days are counted."""
    day: date = date(1970, 1, 1)
    """The day of clock times for which nothing else gives one."""
    since: datetime | None = None
    until: datetime | None = None
    """Instants between which a candidate must lie, both included. One without a time always passes."""
    channels: tuple[str, ...] = ()
    """Channels of a chat export, with or without `#`; empty for all."""
    match: str = ""
    """A regular expression that the text, the person or the source must contain; capitals do not count."""
    noise: bool = False
    """Whether noise (joins, notifications, deleted messages) is offered too."""
    encoding: str = ""
    """The encoding of text files; empty for UTF-8, or what a byte order mark says."""
    columns: tuple[tuple[str, str], ...] = ()
    """For tables: which column is what (`("time", "When")`), instead of guessing."""
    people: tuple[str, ...] = ()
    """The retro's roster; names in pasted chats are recognised by it."""
    progress: Callable[[Progress], None] = lambda _: None
    cancelled: Callable[[], bool] = lambda: False

    def leaves_out(self, at: datetime | None, text: str, source: str) -> str:
        """Why something of this time and these words is not wanted, or empty when it is."""
        if at is not None and ((self.since and at < self.since) or (self.until and at > self.until)):
            return "outside the time asked for"
        if self.match:
            wanted = re.compile(self.match, re.IGNORECASE)
            if not (wanted.search(text) or wanted.search(source)):
                return "not matching"
        return ""


_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]|[\x9d\x90\x98\x9e\x9f][^\x07\x9c]*[\x07\x9c]?"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """A source's words without what would steer a terminal: escape sequences, controls, direction marks.

    Line breaks and tabs stay; lone surrogates, which no file can hold, become a replacement mark.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        text = _CONTROL.sub("", _ESCAPE.sub("", text))
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.strip()


def clean_line(text: str) -> str:
    """`clean`, on one line: for names, titles and links."""
    return " ".join(clean(text).split())


def fingerprint(*parts: object) -> str:
    """Sixteen hexadecimal digits that stand for these parts, the same on every machine."""
    text = "\x1f".join(unicodedata.normalize("NFC", str(part)) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?"
    r"\s*(Z|z|UTC|[+-]\d{2}:?\d{2})?$"
)


def instant(text: object, zone: tzinfo = UTC) -> datetime | None:
    """An RFC 3339 time as machines write it, fractions cut to microseconds; None when it is none.

    Args:
        text: For example `2017-10-27T15:13:05.123456789+01:00`.
        zone: The zone of a time that says none.
    """
    found = _ISO.match(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    second = int(found[6] or 0)
    micro = int((found[7] or "")[:6].ljust(6, "0"))
    leap = second == 60
    try:
        at = datetime(year, month, day, hour, minute, 59 if leap else second, micro, tzinfo=zone)
        offset = found[8]
        if offset and offset not in ("Z", "z", "UTC"):
            at = datetime.strptime(f"{at:%Y-%m-%dT%H:%M:%S.%f}{offset}", "%Y-%m-%dT%H:%M:%S.%f%z")
        elif offset:
            at = at.replace(tzinfo=UTC)
        if leap:
            at += timedelta(seconds=1)
        return fixed_offset(at)
    except (ValueError, OverflowError):
        return None


def fixed_offset(at: datetime) -> datetime | None:
    """The instant with a plain offset; None when it lies beyond what can be told in every zone."""
    offset = at.utcoffset()
    if offset is None or not 2 <= at.year <= 9998:
        return None
    from datetime import timezone

    return at.replace(tzinfo=timezone(offset) if offset else UTC, fold=0)


def from_epoch(seconds: float, micros: int = 0) -> datetime | None:
    """The instant so many seconds after 1970; None when that is no year of ours."""
    try:
        return fixed_offset(datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros))
    except (ValueError, OverflowError, OSError):
        return None
