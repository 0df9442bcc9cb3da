"""The labelled notes and the sentences of published reviews that the benchmarks read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("RETROTUI_SHARED") or HERE.parents[2] / "shared")
"""Where notes shared between projects are, if anywhere."""

OWN = HERE.parents[1] / "tests" / "blameless" / "data"
ROOM = [
    "Ana",
    "Ben",
    "Will",
    "Mark",
    "Grace",
    "Priya",
    "Tom",
    "Lena",
    "Jonas",
    "Page",
    "Art",
    "Chase",
    "Sam",
    "Noor",
    "Kofi",
    "Zoe",
    "Ivan",
    "Lucia",
    "Hugo",
    "Tess",
    "Raj",
    "Nina",
    "Oskar",
    "Femi",
    "Aoife",
    "Dmitri",
    "Yuki",
    "Marta",
    "Luis",
    "Wen",
]
"""A room of 30 people, some with names that are words; the names of a note are added to it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One labelled note."""

    blame: bool
    category: str
    section: str
    names: tuple[str, ...]
    text: str


def read_notes(path: Path) -> list[Note]:
    """Read labelled notes, tab-separated: label, category or class, section, [borderline,] names, text."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    columns = head.split("\t")
    category = "class" if "class" in columns else "category"
    notes = []
    for row in rows:
        cells = dict(zip(columns, row.split("\t"), strict=True))
        names = () if cells["names"] == "-" else tuple(cells["names"].replace(",", " ").split())
        notes.append(Note(cells["label"] == "blame", cells[category], cells["section"], names, cells["text"]))
    return notes


def read_reviews(path: Path) -> list[str]:
    """Read sentences of published reviews, one to a line; lines that begin with `#` name their source."""
    return [s for s in path.read_text(encoding="utf-8").splitlines() if s.strip() and not s.startswith("#")]
