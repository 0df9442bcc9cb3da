"""What stands in composers and where the clock stands, saved beside the retro: the side file.

`.<name>.draft.json` holds two lines: the heartbeat in a first line of fixed length, overwritten in place
every second without waiting for the disk, and the drafts in a second line, replaced safely whenever they
change. A side file that makes no sense is ignored: it helps after a crash, and never keeps a retro shut.
"""

import contextlib
import hashlib
import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from retrotui.archive.places import state_dir
from retrotui.archive.safe_file import CannotWrite, real_path, write_safely
from retrotui.facilitation.heartbeat import Heartbeat

_HEAD = 4096
"""Bytes of the first line. A heartbeat with thirty topics takes a quarter of it."""

_MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in one composer and has not become an entry yet."""

    place: str
    """A stage's id, or the id of the item that is edited."""
    text: str
    cursor: int = 0
    extra: Mapping[str, str] = field(default_factory=dict)
    """What else the composer needs to stand as it stood."""


@dataclass(frozen=True, slots=True)
class SideFile:
    """What a side file held."""

    drafts: tuple[Draft, ...] = ()
    heartbeat: Heartbeat | None = None
    pid: int = 0
    """The process that wrote it, 0 when it was closed in order."""
    host: str = ""


def side_path(path: Path) -> Path:
    """Where the side file of a retro stands: hidden, beside it."""
    target = real_path(path)
    return target.with_name(f".{target.stem[:200]}.draft.json")


def fallback_side_path(path: Path, env: Mapping[str, str] = os.environ) -> Path:
    """Where it stands when its folder cannot be written: in the user's state folder."""
    target = real_path(path)
    digest = hashlib.sha256(str(target).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state_dir(env) / "drafts" / f"{target.stem[:60]}-{digest}.draft.json"


class SideWriter:
    """Keeps the side file of one open retro. Used by one thread."""

    def __init__(self, path: Path, env: Mapping[str, str] = os.environ, drafts: Sequence[Draft] = ()) -> None:
        """Writes nothing yet.

        Args:
            path: the retro's file.
            env: the environment, for the state folder.
            drafts: what the side file holds already and must go on holding.
        """
        self._places = (side_path(path), fallback_side_path(path, env))
        self._place = self._places[0]
        self._there = False
        self._drafts: tuple[Draft, ...] = tuple(drafts)
        self._beat: Heartbeat | None = None
        self._written: set[Path] = set()

    def write(self, drafts: Sequence[Draft], *, durable: bool = True) -> None:
        """Saves the drafts (all of them) with the newest heartbeat.

        Raises:
            CannotWrite: when neither the folder nor the state folder takes them.
        """
        self._drafts = tuple(drafts)
        data = self._head() + _tail(self._drafts)
        try:
            write_safely(self._places[0], data, durable=durable)
            self._place = self._places[0]
        except CannotWrite:
            self._place = self._places[1]
            with contextlib.suppress(OSError):
                self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_safely(self._place, data, durable=durable)
        self._written.add(self._place)
        self._there = True

    def beat(self, heartbeat: Heartbeat | None) -> None:
        """Overwrites the first line in place; costs a few dozen microseconds, and is safe from `kill -9`.

        Raises:
            CannotWrite: when the side file cannot be made.
        """
        self._beat = heartbeat
        head = self._head()
        if self._there and self._overwrite(head):
            return
        self.write(self._drafts, durable=False)

    def _overwrite(self, head: bytes) -> bool:
        try:
            handle = os.open(self._place, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        except OSError:
            return False
        try:
            return os.write(handle, head) == len(head)
        except OSError:
            return False
        finally:
            os.close(handle)

    def _head(self) -> bytes:
        beat = None if self._beat is None else self._beat.as_dict()
        if beat is not None:
            beat["stages"] = {key: round(value, 2) for key, value in beat["stages"].items()}
            beat["topics"] = {key: round(value, 2) for key, value in beat["topics"].items()}
        line = _head_line(beat)
        if len(line) > _HEAD - 1:
            assert beat is not None and self._beat is not None
            topic = self._beat.topic
            beat["topics"] = {topic: beat["topics"][topic]} if topic in beat["topics"] else {}
            line = _head_line(beat)
        if len(line) > _HEAD - 1:
            line = _head_line(None)
        return line.ljust(_HEAD - 1) + b"\n"

    def close(self) -> None:
        """Takes the side file away, or leaves the drafts in it when there are any."""
        self._beat = None
        if self._drafts:
            with contextlib.suppress(CannotWrite):
                write_safely(self._place, _closed_head() + _tail(self._drafts))
            return
        self.discard()

    def discard(self) -> None:
        """Takes the side file away, drafts and all: they stand elsewhere now."""
        for place in (self._place, *self._written):
            with contextlib.suppress(OSError):
                place.unlink(missing_ok=True)


def _head_line(beat: Mapping[str, Any] | None) -> bytes:
    head = {"pid": os.getpid(), "host": socket.gethostname()[:100], "beat": beat}
    return json.dumps(head, separators=(",", ":")).encode()


def _closed_head() -> bytes:
    head = json.dumps({"pid": 0, "host": "", "beat": None}, separators=(",", ":")).encode()
    return head.ljust(_HEAD - 1) + b"\n"


def _tail(drafts: Sequence[Draft]) -> bytes:
    return json.dumps({"drafts": [asdict(draft) for draft in drafts]}).encode() + b"\n"


def read_side_file(path: Path, env: Mapping[str, str] = os.environ) -> SideFile:
    """What the side file of a retro holds: the newer one of the two places, nothing for one that is torn."""
    newest: tuple[int, Path] | None = None
    for place in (side_path(path), fallback_side_path(path, env)):
        with contextlib.suppress(OSError, ValueError):
            found = place.stat()
            if found.st_size <= _MOST_BYTES and (newest is None or found.st_mtime_ns > newest[0]):
                newest = (found.st_mtime_ns, place)
    if newest is None:
        return SideFile()
    try:
        head, _, tail = newest[1].read_bytes().partition(b"\n")
    except OSError:
        return SideFile()
    first, second = _object(head), _object(tail)
    pid, host = first.get("pid"), first.get("host")
    return SideFile(
        drafts=_drafts(second.get("drafts")),
        heartbeat=Heartbeat.from_dict(first.get("beat")),
        pid=pid if isinstance(pid, int) else 0,
        host=host if isinstance(host, str) else "",
    )


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _drafts(value: object) -> tuple[Draft, ...]:
    found: list[Draft] = []
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, dict):
            continue
        place, text, cursor, extra = (item.get(key) for key in ("place", "text", "cursor", "extra"))
        if isinstance(place, str) and isinstance(text, str):
            spot = cursor if isinstance(cursor, int) and 0 <= cursor <= len(text) else len(text)
            more = extra if isinstance(extra, dict) else {}
            kept = {str(key): str(word) for key, word in more.items()}
            found.append(Draft(place=place, text=text, cursor=spot, extra=kept))
    return tuple(found)
