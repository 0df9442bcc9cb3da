"""A retro file that is open: what was read, whether it may be written, and what a crash left beside it.

Leaves writing to `saver`.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from retrotui.archive.codec import MOST_BYTES, comments, dumps, leading_comments, loads
from retrotui.archive.drafts import Draft, read_side_file
from retrotui.archive.lock import Held, WriterLock
from retrotui.archive.problems import BadFile, FileProblem, NewerFormat
from retrotui.archive.safe_file import CannotWrite, reason_for, sweep, write_new, write_safely
from retrotui.facilitation.heartbeat import Heartbeat
from retrotui.retro import Retro


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What this program last read from, or wrote to, a file."""

    digest: bytes
    """Of the whole content."""
    stamp: tuple[int, int, int]
    """Modification time in nanoseconds, size, inode: while these stay the same nobody has written."""

    @classmethod
    def of(cls, data: bytes, path: Path) -> "OnDisk":
        """For bytes that now stand in a file."""
        with contextlib.suppress(OSError):
            return cls(digest_of(data), stamp_of(path))
        return cls(digest_of(data), (0, len(data), 0))


def digest_of(data: bytes) -> bytes:
    """Tells contents apart."""
    return hashlib.blake2b(data, digest_size=16).digest()


def stamp_of(path: Path) -> tuple[int, int, int]:
    """See `OnDisk.stamp`."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(slots=True)
class OpenedFile:
    """One retro file that is open. Close it, or hand it to a `Saver` and close that."""

    path: Path
    retro: Retro
    """As it was read."""
    read_only_reason: str = ""
    """Why nothing may be written, as a sentence; empty when it may."""
    drafts: tuple[Draft, ...] = ()
    """What stood in composers when the program ended, newest last."""
    heartbeat: Heartbeat | None = None
    """Where the clock stood when the program ended without closing the file; None after an orderly end."""
    comments_lost: tuple[str, ...] = ()
    """`line 12: # a comment` for each comment that the first save will not keep in the file."""
    remark: str = ""
    """Something the person should know, as a sentence: that the folder knows no locks."""
    preamble: str = ""
    """The comments at the top of the file, which every save keeps."""
    on_disk: OnDisk | None = None
    """What stands in the file; None when it has not been written yet."""
    original: bytes = b""
    """The content as it was read, for the `.bak`."""
    lock: WriterLock | None = field(default=None, repr=False)

    @property
    def draft(self) -> Draft | None:
        """The draft that was changed last."""
        return self.drafts[-1] if self.drafts else None

    def close(self) -> None:
        """Lets go of the lock. More than once does no harm."""
        if self.lock is not None:
            self.lock.release()
            self.lock = None


def backup_path(path: Path) -> Path:
    """Where the last good version stands: `<name>.toml.bak`."""
    return path.with_name(path.name + ".bak")


def open_file(path: Path, *, read_only: bool = False, env: Mapping[str, str] = os.environ) -> OpenedFile:
    """Opens a retro, for writing when nobody else does.

    Args:
        path: the file.
        read_only: only to look at it; takes no lock.
        env: the environment, for the folder of drafts.

    Raises:
        BadFile: when it cannot be read as a retro; `backup` names the last good version if there is one.
    """
    lock, reason, remark = None, "opened only to look at it" if read_only else "", ""
    if not read_only and os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for names that are too long
        lock = WriterLock(path)
        try:
            lock.acquire()
            remark = lock.remark
        except Held:
            lock, reason = None, _held_sentence(path, env)
    try:
        data = read_bytes(path)
        try:
            retro = loads(data, str(path))
        except NewerFormat as error:
            if error.retro is None:
                raise BadFile([FileProblem(str(path), 1, "format", str(error))]) from None
            retro, reason = error.retro, str(error)
    except BadFile as error:
        if lock is not None:
            lock.release()
        raise BadFile(error.problems, backup=_good_backup(path)) from None
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    side = read_side_file(path, env)
    mine = not reason
    if mine:
        sweep(path.parent)
    return OpenedFile(
        path=path,
        retro=retro,
        read_only_reason=reason,
        drafts=side.drafts if mine else (),
        heartbeat=side.heartbeat if mine else None,
        comments_lost=tuple(f"line {line}: {text}" for line, text in comments(data)) if mine else (),
        remark=remark,
        preamble=leading_comments(data),
        on_disk=OnDisk.of(data, path),
        original=data,
        lock=lock,
    )


def create_file(path: Path, retro: Retro) -> OpenedFile:
    """Makes the file of a new retro and opens it.

    Raises:
        FileExistsError: when there is a file of this name; it is left as it is.
        CannotWrite: when it cannot be made. `in_memory` then gives a retro that is saved later.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(path, reason_for(error)) from error
    data = dumps(retro)
    write_new(path, data)
    opened = in_memory(path, retro)
    opened.on_disk = OnDisk.of(data, path)
    return opened


def in_memory(path: Path, retro: Retro) -> OpenedFile:
    """A retro without a file yet; a `Saver` makes the file as soon as the folder allows."""
    lock: WriterLock | None = WriterLock(path)
    assert lock is not None
    try:
        lock.acquire()
        remark = lock.remark
    except Held:
        lock, remark = None, ""
    return OpenedFile(path=path, retro=retro, lock=lock, remark=remark)


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        BadFile: when it is not there, not a file, far too large, or may not be read.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise _unreadable(path, "this is a folder, not a file")
        if not stat.S_ISREG(found.st_mode):
            raise _unreadable(path, "this is not an ordinary file")
        if found.st_size > MOST_BYTES:
            raise _unreadable(path, f"larger than {MOST_BYTES // 1024 // 1024} MB; this cannot be a retro")
        return path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(path, "there is no such file") from None
    except PermissionError:
        raise _unreadable(path, "you have no permission to read it") from None
    except OSError as error:
        raise _unreadable(path, f"it cannot be read: {reason_for(error)}") from None
    except ValueError:
        raise _unreadable(path, "the file name holds a character that is not allowed") from None


def _unreadable(path: Path, sentence: str) -> BadFile:
    return BadFile([FileProblem(str(path), 0, "", sentence)])


def _good_backup(path: Path) -> Path | None:
    backup = backup_path(path)
    try:
        loads(read_bytes(backup), str(backup))
    except (BadFile, NewerFormat):
        return None
    return backup


def _held_sentence(path: Path, env: Mapping[str, str]) -> str:
    side = read_side_file(path, env)
    who = ""
    if side.pid:
        who = f" (process {side.pid}" + (f" on {side.host})" if side.host else ")")
    return f"it is open for writing in another window{who}; here you can look at it"


def numbered(path: Path, word: str, data: bytes) -> Path:
    """Puts bytes beside a retro under the first free name `<stem>.<word>-<n>.toml`, safely, and gives it.

    Raises:
        CannotWrite: when it cannot be made.
    """
    stem = path.name.removesuffix(".toml")
    for number in range(1, 10_000):
        aside = path.with_name(f"{stem}.{word}-{number}.toml")
        try:
            write_new(aside, data)
        except FileExistsError:
            continue
        return aside
    raise CannotWrite(path, f"there are too many files called {stem}.{word}")


def restore_backup(path: Path) -> Path:
    """Puts the last good version in the place of a broken file, and gives the name the broken one now has.

    Raises:
        BadFile: when there is no good `.bak`.
        CannotWrite: when the folder does not allow it; then nothing has changed.
    """
    backup = backup_path(path)
    good = read_bytes(backup)
    try:
        loads(good, str(backup))
    except NewerFormat as error:
        raise BadFile([FileProblem(str(backup), 1, "format", str(error))]) from None
    try:
        broken = numbered(path, "broken", path.read_bytes())
    except OSError as error:
        raise CannotWrite(path, reason_for(error)) from error
    write_safely(path, good)
    return broken
