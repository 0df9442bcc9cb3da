"""The file a saver writes to: puts bytes under its name, and loses nothing that somebody else put there.

Leaves when to write, and what to tell, to `saver`.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from retrotui.archive.codec import Encoder
from retrotui.archive.drafts import SideWriter
from retrotui.archive.lock import WriterLock
from retrotui.archive.opened import OnDisk, backup_path, digest_of, numbered, stamp_of
from retrotui.archive.safe_file import CannotWrite, reason_for, write_safely
from retrotui.retro import Retro


class _ChangedOutside(Exception):
    """The file is not what this program last read or wrote; carries what stands there now."""

    def __init__(self, theirs: bytes) -> None:
        self.theirs = theirs
        super().__init__("changed outside")


@dataclass(slots=True)
class Target:
    """One file that is written to. Used by one thread at a time."""

    path: Path
    encoder: Encoder
    side: SideWriter
    on_disk: OnDisk | None
    """What stands in the file as far as this program knows; None before it is there."""
    original: bytes
    """What was read when it was opened."""
    comments: bool
    """Whether the original holds comments that a save does not keep."""
    lock: WriterLock | None
    written: bytes = b""
    """What this session last wrote; empty before its first save."""
    _theirs: Path | None = None
    """A version of somebody else that is kept, but ours could not be written after that yet."""

    def put(self, data: bytes) -> Path | None:
        """Puts bytes under the file's name. Gives where their version is kept if somebody else had written.

        Before the first save the original goes to `.bak`, and beside it if it holds comments.

        Raises:
            CannotWrite: then the file is as it was.
        """
        if self.on_disk is not None and self.on_disk.digest == digest_of(data) and self._untouched():
            return None
        if not self.written and self.original:
            self._keep_original()
        if self.on_disk is None:
            with contextlib.suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_safely(self.path, data, check=lambda path: self._check(path, data))
        except _ChangedOutside as outside:
            self._theirs = numbered(self.path, "theirs", outside.theirs)
            self.on_disk = OnDisk.of(outside.theirs, self.path)
            write_safely(self.path, data)
        self.on_disk = OnDisk.of(data, self.path)
        self.written = data
        theirs, self._theirs = self._theirs, None
        return theirs

    def rescue(self, retro: Retro, folder: Path) -> Path:
        """Puts a retro that cannot be saved into another folder, and gives where.

        Raises:
            CannotWrite: when that folder does not take it either.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise CannotWrite(folder, reason_for(error)) from error
        data = Encoder(self.encoder.preamble).dumps(retro)
        return numbered(folder / self.path.name, "rescued", data)

    def let_go(self) -> None:
        """Leaves the file to others: it is saved elsewhere now, drafts and all."""
        self.side.discard()
        if self.lock is not None:
            self.lock.release()

    def _keep_original(self) -> None:
        if self.comments:
            numbered(self.path, "with-comments", self.original)
            self.comments = False
        with contextlib.suppress(CannotWrite):
            write_safely(backup_path(self.path), self.original)

    def _untouched(self) -> bool:
        try:
            return self.on_disk is not None and stamp_of(self.path) == self.on_disk.stamp
        except OSError:
            return False

    def _check(self, path: Path, ours: bytes) -> None:
        """Looks once more before the file is replaced. One that is gone is no conflict: it is written again.

        Raises:
            _ChangedOutside: with what stands there now.
        """
        if self._untouched():
            return
        try:
            theirs = path.read_bytes()
        except FileNotFoundError:
            return
        known = self.on_disk
        if theirs == ours or (known is not None and digest_of(theirs) == known.digest):
            return
        raise _ChangedOutside(theirs)
