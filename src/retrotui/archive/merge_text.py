"""Merging the bytes of retro files: through the values when all of them can be read, line by line when not.

Leaves values to `merge`, and git's set-up to `cli`.
"""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from retrotui.archive.codec import comments, dumps, leading_comments, loads
from retrotui.archive.merge import CannotMerge, merge
from retrotui.archive.merge_fields import Conflict
from retrotui.archive.problems import BadFile, NewerFormat

_KEPT = "# kept by a merge: "


@dataclass(frozen=True, slots=True)
class MergedText:
    """The bytes of the merged file, and what a person should know."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    by_lines: str = ""
    """Why it was merged line by line, as a sentence; empty when it was not."""
    unsettled: bool = False
    """Whether somebody has to look before the file can be used."""


def merge_bytes(base: bytes, ours: bytes, theirs: bytes, name: str) -> MergedText:
    """Merges three versions of a file.

    Args:
        base: what both started from; empty when each side made the file by itself.
        ours: one side.
        theirs: the other side.
        name: the file, for sentences.
    """
    try:
        start = loads(base, name) if base.strip() else None
        mine, other = loads(ours, name), loads(theirs, name)
        merged = merge(start, mine, other)
    except (BadFile, NewerFormat, CannotMerge) as error:
        return _by_lines(base, ours, theirs, name, str(error).splitlines()[0])
    preamble, kept = _comments(ours, theirs)
    notes = merged.notes
    if kept:
        notes = (*notes, f"{kept} comment{'s' if kept > 1 else ''} inside the file moved to its top")
    data = dumps(merged.retro, preamble=preamble)
    return MergedText(data, merged.conflicts, notes, unsettled=bool(merged.conflicts))


def _comments(ours: bytes, theirs: bytes) -> tuple[str, int]:
    """The comments at the top of the merged file: those at the top of either, and those inside either."""
    lines = leading_comments(ours).splitlines()
    inside = [f"{_KEPT}{text.lstrip('# ')}" for side in (ours, theirs) for _, text in comments(side)]
    extra = [line for line in leading_comments(theirs).splitlines() if line.strip() and line not in lines]
    moved = [line for line in dict.fromkeys(inside) if line not in lines and line not in extra]
    whole = [*lines, *extra, *moved]
    while whole and not whole[-1].strip():
        whole.pop()
    return ("\n".join(whole) + "\n\n" if whole else ""), len(moved)


def _by_lines(base: bytes, ours: bytes, theirs: bytes, name: str, why: str) -> MergedText:
    """As git itself would: with markers where both sides changed the same lines."""
    data, clean = _git_merge(base, ours, theirs)
    if clean:
        try:
            _ = loads(data, name)
        except (BadFile, NewerFormat):
            clean = False
    return MergedText(data, by_lines=why, unsettled=not clean)


def _git_merge(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bool]:
    git = shutil.which("git")
    if git is not None:
        with tempfile.TemporaryDirectory(prefix="retrotui-merge-") as folder:
            paths = [Path(folder) / label for label in ("ours", "base", "theirs")]
            for path, data in zip(paths, (ours, base, theirs), strict=True):
                path.write_bytes(data)
            labels = [word for label in ("ours", "base", "theirs") for word in ("-L", label)]
            done = subprocess.run(
                [git, "merge-file", "-p", *labels, *map(str, paths)], capture_output=True, check=False
            )
            if 0 <= done.returncode < 128:
                return done.stdout, done.returncode == 0
    if ours == theirs or theirs == base:
        return ours, True
    if ours == base:
        return theirs, True
    return b"<<<<<<< ours\n" + ours + b"=======\n" + theirs + b">>>>>>> theirs\n", False
