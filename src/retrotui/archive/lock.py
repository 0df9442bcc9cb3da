"""One writer per file: a lock beside it, held for as long as the file is open for writing.

The lock belongs to the process, not to the lock file: when the process dies, however it dies, the lock is
gone. Leaves what a second opener may do to `opened`.
"""

import contextlib
import os
import sys
from pathlib import Path

from retrotui.archive.file_lock import HELD, still_there, try_lock, unlock
from retrotui.archive.safe_file import real_path, reason_for


class Held(Exception):
    """Another program holds the lock."""


_MOST_TRIES = 20
"""How often a lock file may vanish while it is being locked: some network folders never show the same one."""


def _take(handle: int) -> None:
    try:
        try_lock(handle)
    except OSError as error:
        if error.errno in HELD:
            raise Held from None
        raise


class WriterLock:
    """A lock on one file. Not thread-bound: whoever holds the object may release it."""

    def __init__(self, path: Path) -> None:
        target = real_path(path)
        self.path = target.with_name(f".{target.stem[:200]}.lock")
        """The lock file: hidden, beside the file, taken away again on release."""
        self._handle = -1
        self.remark = ""
        """A sentence when this folder knows no locks, so that somebody else may write too."""

    def acquire(self) -> None:
        """Takes the lock at once or not at all. A folder that knows no locks gives a `remark` instead.

        Raises:
            Held: when another program, or another window of this one, has the file open for writing.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        reason = "the lock file does not stay"
        for _ in range(_MOST_TRIES):
            handle = -1
            try:
                handle = os.open(self.path, flags, 0o644)
                _take(handle)
                if still_there(handle, self.path):
                    self._handle, handle = handle, -1
                    return
                # taken away by whoever had it until now
            except OSError as error:
                reason = reason_for(error)
                break
            finally:
                if handle >= 0:
                    os.close(handle)
        self.remark = (
            "nothing keeps a second window from writing this file too: the folder could not be locked "
            f"({reason})"
        )

    def release(self) -> None:
        """Gives the lock back and takes the lock file away."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        if sys.platform != "win32":  # there an open file cannot be taken away
            with contextlib.suppress(OSError):
                self.path.unlink()
        unlock(handle)
        with contextlib.suppress(OSError):
            os.close(handle)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self.path.unlink()
