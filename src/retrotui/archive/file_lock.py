"""The system's own lock on an open file: it ends with the process, however that ends.

Both the file of a retro and the inbox of its notes are kept with it. Leaves waiting, and what to do when a
folder knows no locks, to those who ask for one.
"""

import contextlib
import errno
import os
from pathlib import Path

HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
"""What the system says when somebody else holds it."""

try:
    import fcntl

    def try_lock(handle: int) -> None:
        """Takes the lock at once or not at all.

        Raises:
            OSError: with one of `HELD` when another opening of the file has it; else the folder has no locks.
        """
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(handle: int) -> None:
        """Gives it back. Closing the file does so too."""

except ImportError:  # Windows
    import msvcrt

    _FAR = 0x7FFF0000
    """A byte no text reaches: it is the lock, and reading and writing stay free."""

    def try_lock(handle: int) -> None:
        """Takes the lock at once or not at all.

        Raises:
            OSError: with one of `HELD` when another opening of the file has it; else the folder has no locks.
        """
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

    def unlock(handle: int) -> None:
        """Gives it back."""
        with contextlib.suppress(OSError):
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]


def still_there(handle: int, path: Path) -> bool:
    """Whether the open file still has that name: whoever held the lock may have taken it away."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
