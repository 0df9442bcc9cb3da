"""Notes from any shell, appended beside a retro in a few milliseconds, whoever has the retro open.

A note is one line of JSON in `.<name>.notes.jsonl` beside the file. It is appended under a lock of that
file alone, so that an open meeting is never waited for. Imports nothing but the standard library, because
`retrotui note` is used while it burns. Leaves taking notes into a retro to `inbox`.
"""

import contextlib
import errno
import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from retrotui.archive.file_lock import HELD, still_there, try_lock, unlock
from retrotui.notation.lazy_pattern import lazy_pattern

MOST_NOTE = 100_000
"""Characters in one note: more is a log, not a note."""
WAIT_S = 10.0
"""How long an append waits for others; each of them holds the lock for milliseconds."""

_MILESTONES = "impact_start detected alerted acknowledged declared escalated identified mitigated impact_end"
_FREE = "oh_no change observation hypothesis decision action handoff surprise context saw expected did"
KINDS = frozenset(f"{_MILESTONES} resolved comms {_FREE}".split())
"""The kinds of events, without importing them; a test keeps the two the same."""

ASIDE = (".theirs-", ".ours-", ".with-comments-", ".broken-", ".rescued-")
"""In the names of files that were put aside; a test keeps these the same as the folder's."""

_AT = lazy_pattern(
    r"(?:~|about |around )?(?:(?:yesterday|today|\d{4}-\d{2}-\d{2})[ T])?"
    r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?(?:\s?[ap]m)?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?(?:-ish)?"
    r"|[+-]\s?(?:\d{1,3}h)?\s?(?:\d{1,4}m(?:in)?)?|(?:[01]?\d|2[0-4]):\?\?|\?\?:\?\?",
    re.IGNORECASE,
)


class CannotNote(Exception):
    """A note that could not be written down; the message is a sentence. Nothing was written."""


class Note(NamedTuple):
    """One note as it was given."""

    text: str
    noted: datetime
    """When it was given, with the shell's offset."""
    at: str = ""
    """The time that was named with it, as typed; empty for the moment of noting."""
    kind: str = ""
    """One of `KINDS`, or empty to guess it from the words."""


def kind_named(word: str) -> str:
    """The kind somebody typed, as it is written in files.

    Raises:
        CannotNote: when there is no such kind.
    """
    name = re.sub(r"[\s-]+", "_", word.strip().lower().lstrip("#"))
    if name in KINDS:
        return name
    raise CannotNote(f"there is no kind {word!r}; there are {', '.join(sorted(KINDS))}")


def time_named(word: str) -> str:
    """The time somebody typed, if it can be one: read for good when the note is taken in.

    Raises:
        CannotNote: when it is none.
    """
    text = " ".join(word.split())
    if _AT.fullmatch(text) and any(char.isdigit() or char == "?" for char in text):
        return text
    from retrotui.notation import read_event_time  # only for what is written in words: noon, half past two pm

    read = read_event_time(text, day=date(2000, 1, 1), zone=UTC)
    if read.at is not None:
        return text
    if "can be" in read.remark:
        raise CannotNote(read.remark.partition(": ")[0])
    raise CannotNote(
        f"{word!r} is no time; write one as 14:03, ~14:03, -5m, yesterday 23:58 or 2026-11-20 14:03Z"
    )


def inbox_path(retro: Path) -> Path:
    """Where the notes for a retro wait: hidden, beside the file a link leads to."""
    try:
        target = retro.resolve(strict=False)
    except (OSError, RuntimeError):
        target = retro
    return target.with_name(f".{target.name.removesuffix('.toml')[:180]}.notes.jsonl")


def add_notes(retro: Path, notes: Sequence[Note]) -> None:
    """Appends notes for a retro, all of them or none, and returns when they are on the disk.

    Raises:
        CannotNote: with the reason, when they could not be written.
    """
    lines = b"".join(_line(note) for note in notes)
    if not lines:
        return
    path = inbox_path(retro)
    try:
        fresh = not path.exists()
        with locked(path, create=True) as handle:
            end = os.fstat(handle).st_size
            os.lseek(handle, max(end - 1, 0), os.SEEK_SET)
            if end and os.read(handle, 1) != b"\n":
                lines = b"\n" + lines  # a line cut short by a power cut must not swallow this one
            try:
                _write(handle, lines)
                os.fsync(handle)
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(handle, end)
                raise
        if fresh:
            flush_folder(path.parent)
    except OSError as error:
        raise CannotNote(f"the note could not be written beside {retro.name}: {_reason(error)}") from error


def _line(note: Note) -> bytes:
    if len(note.text) > MOST_NOTE:
        raise CannotNote(f"a note of {len(note.text):,} characters is too long; {MOST_NOTE:,} is the most")
    fields = {"note": os.urandom(8).hex(), "noted": note.noted.isoformat(), "text": note.text}
    if note.at:
        fields["at"] = note.at
    if note.kind:
        fields["kind"] = note.kind
    return json.dumps(fields).encode("ascii") + b"\n"


def _write(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


@contextmanager
def locked(path: Path, *, create: bool = False) -> Iterator[int]:
    """A file, open for reading and appending, that nobody else has locked.

    The lock is the system's own on the open file and ends with the process. A file that was taken away while
    this waited is opened anew.

    Raises:
        OSError: when it cannot be opened, or stays locked for `WAIT_S`.
    """
    flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    until = time.monotonic() + WAIT_S
    while True:
        handle = os.open(path, flags | (os.O_CREAT if create else 0), 0o666)
        try:
            _lock(handle, until)
            if still_there(handle, path):
                yield handle
                return
        finally:
            unlock(handle)
            os.close(handle)


def _lock(handle: int, until: float) -> None:
    while True:
        try:
            try_lock(handle)
            return
        except OSError as error:
            if error.errno in (errno.ENOSYS, errno.ENOTSUP, errno.EINVAL, errno.ENOLCK):
                return  # a folder without locks: an append of one line is whole all the same
            if error.errno not in HELD or time.monotonic() > until:
                raise
        time.sleep(0.005)


def flush_folder(folder: Path) -> None:
    """Puts a new name on the disk, where the platform lets a folder be flushed."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK) and error.filename is None:
        return f"others have kept it locked for {WAIT_S:.0f} seconds; try again"
    return (error.strerror or type(error).__name__).lower()


_STATUS = re.compile(r'^\s*status\s*=\s*"(\w+)"', re.MULTILINE)
_MODE = re.compile(r'^\s*mode\s*=\s*"(\w+)"', re.MULTILINE)
_HELD = re.compile(r"^\s*held\s*=\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_DEEPEST = 3


def todays_draft(folder: Path, today: date) -> Path | None:
    """The team retro of today that is still a draft: one that is open now, else the one changed last.

    A retro is of today when its name begins with the day or it is held on it. A person's solo retros are left
    alone.
    """
    found: list[tuple[bool, float, str, Path]] = []
    day = today.isoformat()
    midnight = time.mktime(today.timetuple())
    for entry in _files(folder, 0):
        with contextlib.suppress(OSError):
            if not entry.name.startswith(day) and entry.stat().st_mtime < midnight:
                continue
            path = Path(entry.path)
            if _is_draft(path, day):
                target = path.resolve(strict=False)
                is_open = target.with_name(f".{target.stem[:200]}.lock").exists()
                found.append((is_open, entry.stat().st_mtime, path.name, path))
    return max(found)[3] if found else None


def _files(folder: Path, depth: int) -> "Iterator[os.DirEntry[str]]":
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with contextlib.suppress(OSError):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEEPEST:
                    yield from _files(Path(entry.path), depth + 1)
            elif entry.name.endswith(".toml") and not any(word in entry.name for word in ASIDE):
                yield entry


def _is_draft(path: Path, day: str) -> bool:
    """Read from the `[retro]` table at the top alone: what is wrong further down does not matter here."""
    with path.open("rb") as file:
        head = file.read(32_768).decode("utf-8", "replace")
    _, found, table = head.partition("[retro]")
    table = re.split(r"^\s*\[", table, maxsplit=1, flags=re.MULTILINE)[0]
    status, mode, held = _STATUS.search(table), _MODE.search(table), _HELD.search(table)
    if not found or (status and status[1] != "draft") or (mode and mode[1] == "solo"):
        return False
    return path.name.startswith(day) or bool(held and held[1] == day)


def draft_for(folder: Path, now: datetime, timezone: str) -> tuple[Path, bool]:
    """Today's draft, made if there is none, and whether it was made. Many shells at once make one.

    Args:
        folder: The folder of retros; made if it is not there.
        now: The moment, in the person's own zone.
        timezone: The display zone of a new retro.

    Raises:
        CannotNote: when it cannot be made.
    """
    found = todays_draft(folder, now.date())
    if found is not None:
        return found, False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        guard = folder / ".notes.lock"
        with locked(guard, create=True):
            found = todays_draft(folder, now.date())
            if found is not None:
                return found, False
            path = _make(folder, now, timezone)
            with contextlib.suppress(OSError):
                guard.unlink()
            return path, True
    except OSError as error:
        raise CannotNote(f"a retro for the notes could not be made in {folder}: {_reason(error)}") from error


def _make(folder: Path, now: datetime, timezone: str) -> Path:
    title = f"Notes of {now:%Y-%m-%d}"
    stem = f"{now:%Y-%m-%d}-notes-of-{now:%Y-%m-%d}"
    for number in range(1, 1000):
        name = stem if number == 1 else f"{stem}-{number}"
        path = folder / f"{name}.toml"
        if path.exists():
            continue
        beside = folder / f".{os.urandom(6).hex()}.retrotui-new"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            try:
                _write(handle, fresh_file(name, title, now, timezone).encode("utf-8"))
                os.fsync(handle)
            finally:
                os.close(handle)
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        flush_folder(folder)
        return path
    raise CannotNote(f"there are a thousand files called {stem}; put some away")


def fresh_file(retro_id: str, title: str, now: datetime, timezone: str) -> str:
    """A new incident retro as the codec would write it, without importing the codec; a test compares them."""
    import tomllib
    from importlib.resources import files

    template = tomllib.loads((files("retrotui.templates") / "incident.toml").read_text(encoding="utf-8"))
    preset = template["default_preset"]
    held = now.replace(microsecond=0)
    lines = [
        "format = 1\n\n[retro]",
        f'id = "{retro_id}"\ntitle = "{title}"\ntemplate = "incident"\nmode = "team"\nstatus = "draft"',
        f'held = {held.isoformat()}\ntimezone = "{timezone}"\nseverity = ""\ntags = []\nfacilitator = ""',
        'people = []\nsummary = ""\nimpact = ""\n\n[agenda]',
        f'preset = "{preset}"\ncurrent = ""\n',
    ]
    lines += [
        f'[[agenda.stage]]\nid = "{stage["id"]}"\nkind = "{stage["kind"]}"\ntitle = "{stage["title"]}"\n'
        f"planned_s = {stage['minutes'][preset] * 60}\nextended_s = 0\nelapsed_s = 0\n"
        for stage in template["stage"]
    ]
    lines.append("[close]\nattended = 0\nlearned = 0\nroti = []\n")
    return "\n".join(lines)
