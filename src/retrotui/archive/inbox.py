"""Takes notes that came from shells into a retro: every one exactly once, however often it is asked.

A note stays in its inbox until it stands in the saved file. Whoever has the file open takes the notes in,
saves, and then settles. A crash in between loses nothing and doubles nothing, because an event remembers its
note (`Event.refs`). Leaves writing notes down to `capture`.
"""

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from retrotui.archive.capture import inbox_path, locked
from retrotui.retro import Event, EventKind, Precision, Retro
from retrotui.retro.base import clean_text
from retrotui.retro.changes import Add, Batch, Change

_PREFIX = "note:"
_DROPPED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)))
"""Control characters: they say nothing and could steer a terminal."""


@dataclass(frozen=True, slots=True)
class _Line:
    ref: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Contents:
    waiting: tuple[_Line, ...]
    """Notes nobody has taken, each once, in the order of the file."""
    foreign: bool
    """Whether there are lines that cannot be read."""


def take_notes(path: Path, retro: Retro, *, handed_out: Iterable[str] = ()) -> Batch | None:
    """The notes that wait for a retro, as one change; None when none wait.

    Args:
        path: The retro's file.
        retro: The retro as it is now; what it holds is not taken again.
        handed_out: References of notes that were taken before in this run, whatever became of them since.
    """
    had = {ref for event in retro.events for ref in event.refs}.union(handed_out)
    waiting = [line for line in _waiting(inbox_path(path)) if line.ref not in had]
    number = retro.highest("e")
    adds = tuple(Add(_event(line, f"e{number + step}")) for step, line in enumerate(waiting, 1))
    if not adds:
        return None
    label = f"take in {len(adds)} notes" if len(adds) > 1 else adds[0].name.replace("add", "take in", 1)
    return Batch(adds, label)


def settle_notes(path: Path, retro: Retro) -> None:
    """Clears the inbox of the notes that stand in a retro. Call it only once that retro is saved.

    What is not in it, and lines that cannot be read, stay. Never raises for a folder that refuses: the notes
    are then recognised the next time.
    """
    inbox = inbox_path(path)
    had = {ref for event in retro.events for ref in event.refs}
    with contextlib.suppress(OSError), locked(inbox) as handle:
        data = _read_all(handle)
        found = _contents(data)
        if all(note.ref in had for note in found.waiting) and not found.foreign:
            os.ftruncate(handle, 0)
            if os.name != "nt":  # there an open file cannot be taken away; an empty one does no harm
                inbox.unlink()
            return
        refs = [note.ref.removeprefix(_PREFIX) for note in found.waiting if note.ref in had]
        if refs:
            mark = json.dumps({"taken": refs}).encode("ascii") + b"\n"
            os.write(handle, mark if data.endswith(b"\n") else b"\n" + mark)
            os.fsync(handle)


@dataclass(frozen=True, slots=True)
class TakeNotes(Change):
    """Whatever waits in a retro's inbox at the moment it is applied; settle once the result is saved."""

    path: Path

    def apply(self, retro: Retro) -> Retro:
        return with_notes(self.path, retro)

    @property
    def name(self) -> str:
        return "take in notes"


class NoteInbox:
    """The inbox of one open meeting: cheap to ask every second.

    Args:
        path: The retro's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inbox = inbox_path(path)
        self._seen: tuple[int, int] | None = None
        self._handed_out: set[str] = set()
        self._settled: tuple[tuple[int, int], frozenset[str]] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it: one look at the size of a file."""
        return self._stamp() is None

    def take(self, retro: Retro) -> Batch | None:
        """What has come since the last time, as one change; None when nothing has.

        Apply it with `Session.do(change, force=True)`. Once undone, the notes stay away for this run.
        """
        stamp = self._stamp()
        if stamp is None or stamp == self._seen:
            return None
        batch = take_notes(self._path, retro, handed_out=self._handed_out)
        self._seen = stamp
        if batch is not None:
            self._handed_out.update(_refs(batch))
        return batch

    def settle(self, saved: Retro) -> None:
        """Clears what stands in a retro that is on the disk now."""
        stamp = self._stamp()
        if stamp is None:
            return
        held = frozenset(ref for event in saved.events for ref in event.refs if ref.startswith(_PREFIX))
        if held and (stamp, held) != self._settled:
            settle_notes(self._path, saved)
            after = self._stamp()
            self._settled = (after, held) if after else None

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._inbox.stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size) if found.st_size else None


def _refs(batch: Batch) -> Iterable[str]:
    for change in batch.changes:
        if isinstance(change, Add) and isinstance(change.entry, Event):
            yield from change.entry.refs


def _waiting(inbox: Path) -> list[_Line]:
    """The notes nobody has taken, each once, in the order in which they were given."""
    if not inbox.exists():
        return []
    try:
        with locked(inbox) as handle:
            data = _read_all(handle)
    except OSError:  # a folder that can only be read
        try:
            data = inbox.read_bytes()
        except OSError:
            return []
    return sorted(_contents(data).waiting, key=lambda note: note.fields["noted"].timestamp())


def _contents(data: bytes) -> _Contents:
    taken: set[str] = set()
    notes: dict[str, _Line] = {}
    foreign = False
    for line in data.splitlines():
        note = _parsed(line)
        if note is not None:
            notes.setdefault(note.ref, note)
        elif refs := _mark(line):
            taken.update(refs)
        elif line.strip():
            foreign = True
    return _Contents(tuple(note for ref, note in notes.items() if ref not in taken), foreign)


def _mark(line: bytes) -> tuple[str, ...]:
    """The references in a line that says which notes were taken; empty for any other."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    refs = value.get("taken") if isinstance(value, dict) else None
    return tuple(f"{_PREFIX}{ref}" for ref in refs) if isinstance(refs, list) else ()


def _read_all(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    pieces = []
    while piece := os.read(handle, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _parsed(line: bytes) -> _Line | None:
    """A note's line; None for anything else: a mark, a line cut short, something foreign."""
    try:
        value = json.loads(line)
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            return None
        noted = datetime.fromisoformat(value["noted"])
        if noted.utcoffset() is None or not isinstance(value["note"], str):
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return _Line(f"{_PREFIX}{value['note'][:64]}", {**value, "noted": noted})


def _event(line: _Line, event_id: str) -> Event:
    noted: datetime = line.fields["noted"]
    text = clean_text(line.fields["text"].replace("\r", "\n").translate(_DROPPED)).strip()
    at_typed = str(line.fields.get("at") or "")
    from retrotui.notation import read_event_line  # most retros never get a note from a shell

    read = read_event_line(
        f"{at_typed} | {text}" if at_typed else text,
        day=noted.date(),
        zone=noted.tzinfo or UTC,
        previous=noted,
    )
    at, precision, approximate, said = read.at, read.precision, read.approximate, read.said
    if at is None and not said:
        at, precision = noted.replace(microsecond=0), Precision.SECOND
    elif at is not None and at - noted > timedelta(hours=12):
        at -= timedelta(days=1)  # told after midnight about the evening before
    kind = EventKind(named) if (named := str(line.fields.get("kind") or "")) in set(EventKind) else read.kind
    return Event(
        id=event_id,
        at=at,
        precision=precision,
        approximate=approximate,
        said=said,
        kind=kind or EventKind.OBSERVATION,
        state=read.state,
        text=read.text or text,
        source="note",
        refs=(line.ref,),
    )


def with_notes(path: Path, retro: Retro) -> Retro:
    """The retro with the notes that wait for it, for commands that only look; nothing is written."""
    batch = take_notes(path, retro)
    return retro if batch is None else batch.apply(retro)
