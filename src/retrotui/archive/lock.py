"""One writer per file: a lock beside it, held for as long as the file is open for writing.

The lock belongs to the process, not to the lock file: when the process dies, however it dies, the lock is
gone. Leaves what a second opener may do to `opened`.
"""

import contextlib
import sys
from pathlib import Path
from typing import Any

from retrotui.archive.safe_file import real_path, reason_for


class Held(Exception):
    """Another program holds the lock."""


class WriterLock:
    """A lock on one file. Not thread-bound: whoever holds the object may release it."""

    def __init__(self, path: Path) -> None:
        target = real_path(path)
        self.path = target.with_name(f".{target.stem[:200]}.lock")
        """The lock file: hidden, beside the file, taken away again on release."""
        self._lock: Any = None
        self.remark = ""
        """A sentence when this folder knows no locks, so that somebody else may write too."""

    def acquire(self) -> None:
        """Takes the lock at once or not at all. A folder that knows no locks gives a `remark` instead.

        Raises:
            Held: when another program, or another window of this one, has the file open for writing.
        """
        import warnings

        from filelock import FileLock, Timeout

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                lock = FileLock(str(self.path), timeout=0, thread_local=False)
                lock.acquire(timeout=0, blocking=False)
        except Timeout:
            raise Held from None
        except (OSError, NotImplementedError, RuntimeError) as error:
            reason = reason_for(error) if isinstance(error, OSError) else "it knows no locks"
            self.remark = (
                f"nothing keeps a second window from writing this file too: the folder could not be locked "
                f"({reason})"
            )
            return
        self._lock = lock

    def release(self) -> None:
        """Gives the lock back and takes the lock file away."""
        if self._lock is None:
            return
        if sys.platform != "win32":  # there an open file cannot be unlinked, and the library does it itself
            with contextlib.suppress(OSError):
                self.path.unlink()
        with contextlib.suppress(OSError):
            self._lock.release()
        self._lock = None
