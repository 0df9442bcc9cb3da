"""Long tables of texts that are read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Rows:
    """A table of texts by key, cut up line by line as keys are asked for.

    A line holds keys and texts in turn, all keys with the same first two letters; no text has a blank.
    """

    __slots__ = ("_lines", "_rows")

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines."""
        self._lines = {line[:2]: line for line in lines}
        self._rows: dict[str, str] = {}

    def get(self, key: str) -> str:
        """Give the text for a key; an empty one where there is none."""
        start = f"{key} "[:2]
        line = self._lines.get(start)
        if line is not None:
            parts = line.split(" ")
            self._rows.update(zip(parts[::2], parts[1::2], strict=True))
            # last, for a thread may be warming up what another already asks
            self._lines.pop(start, None)
        return self._rows.get(key, "")


def as_lines(table: Mapping[str, str]) -> tuple[str, ...]:
    """Write a table as the lines of `Rows`."""
    lines: dict[str, list[str]] = {}
    for key, text in sorted(table.items()):
        lines.setdefault(f"{key} "[:2], []).append(f"{key} {text}")
    return tuple(map(" ".join, lines.values()))
