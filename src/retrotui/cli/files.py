"""Files that the words of a command name: that they are there, and what is in them. Without the parser."""

from pathlib import Path

from retrotui.cli.streams import MISUSE, Stop
from retrotui.safe_text import one_line

MOST_BYTES = 64 * 1024 * 1024
"""Larger than this is no note, no review and no retro."""


def need_file(path: Path) -> None:
    """Make sure that a file is there.

    Raises:
        Stop: It is not; the sentence names the file that was probably meant.
    """
    try:
        found, folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Stop(f"retrotui: {one_line(str(path))} cannot be read: {one_line(why)}.", MISUSE) from None
    if folder:
        raise Stop(f"retrotui: {one_line(str(path))} is a folder; name a file in it.", MISUSE)
    if not found and path.is_symlink():
        raise Stop(f"retrotui: {one_line(str(path))} is a link to a file that is not there.", MISUSE)
    if not found:
        raise Stop(f"retrotui: there is no file {one_line(str(path))}.{_nearby(path)}", MISUSE)


def read_bytes(path: Path) -> bytes:
    """A file's bytes; a pipe of the shell, `<(...)`, is fine too.

    Raises:
        Stop: It cannot be read; the sentence says why.
    """
    need_file(path)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise Stop(f"retrotui: {one_line(str(path))} cannot be read: {one_line(why)}.", MISUSE) from None
    if len(data) > MOST_BYTES:
        raise Stop(f"retrotui: {one_line(str(path))} is larger than 64 MB and is left alone.", MISUSE)
    return data


def _nearby(path: Path) -> str:
    """A hint at the file that was probably meant."""
    from difflib import get_close_matches

    try:
        here = [item.name for item in path.parent.iterdir()]
    except OSError:
        return f" There is no folder {one_line(str(path.parent))} either."
    near = get_close_matches(path.name, here, n=1, cutoff=0.5)
    return f" Did you mean {one_line(str(path.parent / near[0]))}?" if near else ""
