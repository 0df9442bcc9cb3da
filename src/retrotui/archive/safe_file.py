"""Writes a file so that whatever happens, the old or the new content stands whole.

A write promises: when it returns, the new bytes are on the disk under the file's name. When it raises, or the
power goes at any step, the name still leads to the old bytes (or, at the last step, to the new ones). The
steps: a hidden file beside, write, flush to disk, rename over the old, flush the folder.
Leaves when to save to `saver`.
"""

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_NEW = ".retrotui-new"
"""The end of the names under which new content is written."""

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class CannotWrite(Exception):
    """A file could not be written; what stood there before still does. The message is a sentence."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        """Why, in words that fit after "because": "the disk is full"."""
        super().__init__(f"{path.name} could not be written: {reason}")


_REASONS: Mapping[int, str] = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "the disk quota is used up",
    errno.EROFS: "the folder can only be read",
    errno.EACCES: "you have no permission to write in this folder",
    errno.EPERM: "you have no permission to write in this folder",
    errno.ENAMETOOLONG: "the file name is too long for this disk",
    errno.ENOENT: "the folder is not there any more",
    errno.ENOTDIR: "the folder is not there any more",
    errno.EISDIR: "a folder has this name",
    errno.EIO: "the disk reports an error",
    errno.EBUSY: "another program is holding the file",
    errno.ETXTBSY if hasattr(errno, "ETXTBSY") else errno.EBUSY: "another program is holding the file",
    errno.ETIMEDOUT: "the network folder does not answer",
    errno.ESTALE if hasattr(errno, "ESTALE") else errno.ETIMEDOUT: "the network folder does not answer",
    errno.EHOSTDOWN if hasattr(errno, "EHOSTDOWN") else errno.ETIMEDOUT: "the network folder does not answer",
    errno.EXDEV: "the network folder does not allow a file to be renamed",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.EFBIG: "the file is too large for this disk",
}


def reason_for(error: OSError) -> str:
    """Why the system refused, in words that fit after "because"."""
    if isinstance(error, PermissionError) and sys.platform == "win32":
        return "another program is holding the file, or you have no permission to write here"
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or type(error).__name__)[:120].lower()


def real_path(path: Path) -> Path:
    """Where a link leads: a save changes the file a link points at, never the link."""
    try:
        return path.resolve(strict=False)
    except (OSError, RuntimeError, ValueError):  # a circle of links, or a NUL in the name
        return path


def write_safely(
    path: Path, data: bytes, *, durable: bool = True, check: Callable[[Path], None] | None = None
) -> None:
    """Replaces a file's content, or makes the file.

    Args:
        path: the file; a link is followed to its target.
        data: the whole new content.
        durable: whether to wait until the bytes are on the disk. Without it they survive a crash of this
            program but not of the machine.
        check: called with the file just before it is replaced; what it raises stops the write.

    Raises:
        CannotWrite: with the reason; the file is then as it was.
    """
    target = real_path(path)
    beside = _beside(target)
    try:
        mode = _mode_of(target)
        try:
            _write_new(beside, data, mode, durable)
            if check is not None:
                check(target)
            beside.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        if durable:
            flush_folder(target.parent)
    except OSError as error:
        raise CannotWrite(path, reason_for(error)) from error
    except ValueError as error:  # a NUL in the name
        raise CannotWrite(path, "the file name holds a character that is not allowed") from error


def write_new(path: Path, data: bytes) -> None:
    """Makes a file that was not there, durably.

    Raises:
        FileExistsError: when there is one of this name already; it is left as it is.
        CannotWrite: when it cannot be made.
    """
    beside = _beside(path)
    try:
        try:
            _write_new(beside, data, None, True)
            _rename_if_free(beside, path)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink()
        flush_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise CannotWrite(path, reason_for(error)) from error
    except ValueError as error:
        raise CannotWrite(path, "the file name holds a character that is not allowed") from error


def sweep(folder: Path, *, older_than_s: float = 3600.0) -> None:
    """Takes away what writes that were killed half-way left in a folder. Never raises."""
    try:
        with os.scandir(folder) as entries:
            left = [entry for entry in entries if entry.name.startswith(".") and entry.name.endswith(_NEW)]
        for entry in left:
            if time.time() - entry.stat().st_mtime > older_than_s:
                Path(entry.path).unlink()
    except OSError:
        return


def _beside(path: Path) -> Path:
    """A short name of its own: the file's name may already be as long as the disk allows."""
    return path.parent / f".{secrets.token_hex(6)}{_NEW}"


def _rename_if_free(beside: Path, path: Path) -> None:
    """Gives a whole file its name in one step, unless the name is taken."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk that knows no links
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        beside.rename(path)


def flush_folder(folder: Path) -> None:
    """Puts a rename on the disk. Platforms and disks that cannot flush a folder do it by themselves."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS):
            raise
    finally:
        os.close(handle)


def _mode_of(target: Path) -> int | None:
    """The permissions of the file that is there. What is no file, or is write-protected, is not replaced."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "this is not an ordinary file")
    if not os.access(target, os.W_OK):
        raise CannotWrite(target, "the file is write-protected")
    return stat.S_IMODE(found.st_mode)


def _write_new(path: Path, data: bytes, mode: int | None, durable: bool) -> None:
    handle = os.open(path, _FLAGS, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)
