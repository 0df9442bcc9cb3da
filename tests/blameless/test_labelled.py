"""The labelled notes of the project: what is found and what is left alone, as figures that may not sink."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from retrotui.blameless import Checker, load_rulebook, typing_findings

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
RECALL = {
    "unseen_10": 0.85,
    "unseen_16": 0.95,
    "unseen_17": 0.94,
    "unseen_18": 0.93,
    "unseen_19": 0.75,
    "unseen_20": 0.78,
    "unseen_21": 0.88,
    "unseen_22": 0.65,
    "unseen_23": 0.92,
    "unseen_24": 0.85,
    "unseen_25": 0.85,
    "unseen_26": 0.9,
}
"""What must be found where it is less than usual: batch 10 says everything round three corners, 16 to 18 and
23 hold more irony and talk about blame, 19, 20 and 22 little else, and 21 no two notes alike."""
PRECISION = {"unseen_20": 0.92, "unseen_22": 0.95, "unseen_25": 0.95}
"""How many of the flagged must blame where it is less than usual: 20, 22 and 25 hold lively praise and jokes,
and up to three harmless notes to one that blames."""


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
    if total["tp"] + total["fn"]:
        assert total["tp"] / (total["tp"] + total["fp"]) >= PRECISION.get(path.stem, 0.97)
        assert total["tp"] / (total["tp"] + total["fn"]) >= RECALL.get(path.stem, 0.95)
    else:
        assert total["fp"] <= 0.03 * sum(total.values())
    for name in QUIET:
        cell = counts.get(name, Counter())
        assert cell["fp"] <= 0.03 * sum(cell.values()), name


def test_hardly_a_note_is_underlined_and_then_not_any_more() -> None:
    book = load_rulebook()
    flickering, notes = [], 0
    for path in sorted(DATA.glob("unseen_*.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            _label, _category, section, names, text = row.split("\t")
            notes += 1
            people = [] if names == "-" else names.replace(",", " ").split()
            checker = Checker(book, [*people, *ROOM])
            # while typing, only the end of a word changes anything
            ends = [end for end in range(1, len(text)) if not text[end - 1].isalnum()]
            shown = [bool(typing_findings(checker, text[:end], section, "strict")) for end in ends]
            shown.append(bool(checker.check(text, section, "strict")))
            if any(before and not after for before, after in pairwise(shown)):
                flickering.append(text)
    assert len(flickering) <= 0.01 * notes, flickering
