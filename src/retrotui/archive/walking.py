"""Which files of a folder may be retros, with what the file system says about each. Opens none of them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

DEEPEST = 24
"""Folders within the folder of retros that are looked into."""

ASIDE = (".theirs-", ".ours-", ".with-comments-", ".broken-", ".rescued-")
"""In the names of versions that were put beside a file: no retros of their own."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A TOML file, not opened yet."""

    path: str
    """Relative to the folder, with forward slashes."""
    full: str
    mtime_ns: int
    ctime_ns: int
    size: int


def walk(folder: str, prefix: str = "", depth: int = 0) -> Iterator[FoundFile]:
    """Every TOML file below a folder, but for hidden ones and versions put aside. What cannot be read is
    passed over.

    Links to files are followed, links to folders are not: they may lead in circles.
    """
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError:
        return
    for entry in listed:
        if entry.name.startswith("."):
            continue
        try:
            if entry.name.endswith(".toml"):
                if entry.is_file() and not any(word in entry.name for word in ASIDE):
                    stat = entry.stat()
                    yield FoundFile(
                        f"{prefix}{entry.name}", entry.path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size
                    )
            elif depth < DEEPEST and entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path, f"{prefix}{entry.name}/", depth + 1)
        except OSError:
            continue
