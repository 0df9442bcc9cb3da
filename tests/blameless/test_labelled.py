"""The labelled notes of the project: what is found and what is left alone, as figures that may not sink."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from retrotui.blameless import Checker, load_rulebook

DATA = Path(__file__).with_name("data")
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
]
QUIET = ("machine", "jargon", "meta")
RECALL = {"unseen_10": 0.75}
"""What must be found where it is less than usual: this batch says everything round three corners."""


def outcomes(path: Path) -> dict[str, Counter[str]]:
    """Count tp, fn, fp and tn per class and in all."""
    book = load_rulebook()
    counts: dict[str, Counter[str]] = {}
    for row in path.read_text(encoding="utf-8").splitlines()[1:]:
        label, category, section, names, text = row.split("\t")
        people = [] if names == "-" else names.replace(",", " ").split()
        found = bool(Checker(book, [*people, *ROOM]).check(text, section, "strict"))
        outcome = ("tp" if found else "fn") if label == "blame" else ("fp" if found else "tn")
        for cell in (category, "all"):
            counts.setdefault(cell, Counter())[outcome] += 1
    return counts


@pytest.mark.parametrize("path", sorted(DATA.glob("unseen_*.tsv")), ids=lambda p: p.stem)
def test_labelled_notes_come_out(path: Path) -> None:
    counts = outcomes(path)
    total = counts["all"]
    assert total["tp"] / (total["tp"] + total["fp"]) >= 0.97
    assert total["tp"] / (total["tp"] + total["fn"]) >= RECALL.get(path.stem, 0.95)
    for name in QUIET:
        cell = counts.get(name, Counter())
        assert cell["fp"] <= 0.03 * sum(cell.values()), name
