"""What can be wrong with a file, as sentences: file, line, key, what was found and what is allowed.

Leaves finding the problems to `codec`, and showing them to `cli` and `tui`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrotui.retro import Retro
from retrotui.safe_text import printable

MOST_SHOWN = 200
"""More problems than this in one file help nobody; the rest are counted."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing in a file that cannot be so (or, as a note, that deserves a look)."""

    path: str
    """The file, as the person named it."""
    line: int
    """Counted from 1; 0 for the file as a whole."""
    key: str
    """Where in the file: `event[e3].kind`; empty for the file as a whole."""
    message: str
    """What was found and what is allowed."""

    def __str__(self) -> str:
        where = printable(self.path)
        if self.line:
            where += f":{self.line}"
        if self.key:
            where += f": {printable(self.key)}"
        return f"{where}: {self.message}"


class BadFile(Exception):
    """A file that cannot be read as a retro. Nothing has been, or will be, written to it."""

    def __init__(self, problems: Sequence[FileProblem], *, backup: Path | None = None) -> None:
        kept = tuple(problems[:MOST_SHOWN])
        if len(problems) > MOST_SHOWN:
            more = len(problems) - MOST_SHOWN
            kept = (*kept, FileProblem(kept[0].path, 0, "", f"and {more} more problems like these"))
        self.problems: tuple[FileProblem, ...] = kept
        """In the order of the file, never empty."""
        self.backup = backup
        """The last good version, when there is one that can be read."""
        super().__init__("\n".join(str(problem) for problem in kept))


class NewerFormat(Exception):
    """A file written by a newer retrotui: it can be looked at, and is never written to."""

    def __init__(self, name: str, found: int, known: int, retro: Retro | None) -> None:
        self.found = found
        """The format of the file."""
        self.retro = retro
        """What could be read of it, or None."""
        super().__init__(
            f"{printable(name)} has format {found}; this retrotui knows formats up to {known}: "
            "open it with a newer retrotui to change it"
        )
