"""Measure the wording check: what it finds, what it leaves alone, what it costs.

Run `python -m benchmarks.wording` from the project folder. The labelled notes of the project are always
scored. Notes shared between projects are scored as well when their folder is given by `--shared` or
`RETROTUI_SHARED`, or lies beside the project as `../shared`; they are read there and never copied.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.wording.notes import OWN, ROOM, SHARED, Note, read_notes, read_reviews
from retrotui.blameless import Checker, load_rulebook, typing_findings

QUIET = {
    "machine subjects": {"system-failed-to", "system-counterfactual", "machine"},
    "jargon": {"jargon"},
    "meta talk": {"meta"},
}


class Score:
    """Counts of one set of notes."""

    def __init__(self, notes: Iterable[Note]) -> None:
        """Check every note under a strict policy."""
        self.notes = list(notes)
        book = load_rulebook()
        self.wrong: list[str] = []
        self.flagged: list[tuple[Note, bool]] = []
        self.cells: dict[str, Counter[str]] = {}
        self.total: Counter[str] = Counter()
        self.rewrites = self.rewritten = self.broken = 0
        for note in self.notes:
            checker = Checker(book, [*note.names, *ROOM])
            findings = checker.check(note.text, note.section, "strict")
            outcome = ("tp" if findings else "fn") if note.blame else ("fp" if findings else "tn")
            self.total[outcome] += 1
            for cell in (f"class {note.category}", f"section {note.section}"):
                self.cells.setdefault(cell, Counter())[outcome] += 1
            if outcome in ("fp", "fn"):
                marks = ", ".join(f"{f.rule} {note.text[f.start : f.end]!r}" for f in findings)
                self.wrong.append(f"{outcome} [{note.section}] {note.text}  {marks}")
            if outcome == "tp":
                offers = next((f.rewrites for f in findings if f.rewrites), ())
                self.rewritten += bool(offers)
                self.rewrites += len(offers)
                self.broken += sum(bool(checker.check(o, note.section, "strict")) for o in offers)

    @staticmethod
    def _ratio(part: int, whole: int) -> str:
        return f"{part / whole:.3f}" if whole else "  -  "

    def line(self) -> str:
        """Give precision, recall and false-positive rate in one line."""
        t = self.total
        precision = self._ratio(t["tp"], t["tp"] + t["fp"])
        recall = self._ratio(t["tp"], t["tp"] + t["fn"])
        fpr = self._ratio(t["fp"], t["fp"] + t["tn"])
        share = self._ratio(self.rewritten, t["tp"])
        offers = f"{share} of hits with a rewrite, {self.broken} of {self.rewrites} rewrites fail"
        return f"n={len(self.notes):4}  precision {precision}  recall {recall}  fpr {fpr}  {offers}"

    def table(self) -> str:
        """Give recall or false-positive rate per class and per section."""
        rows = []
        for cell, t in sorted(self.cells.items()):
            recall, fpr = self._ratio(t["tp"], t["tp"] + t["fn"]), self._ratio(t["fp"], t["fp"] + t["tn"])
            precision = self._ratio(t["tp"], t["tp"] + t["fp"])
            rows.append(
                f"  {cell:32} n={sum(t.values()):4}  precision {precision}  recall {recall}  fpr {fpr}"
            )
        for name, categories in QUIET.items():
            counts: Counter[str] = Counter()
            for category in categories:
                counts += self.cells.get(f"class {category}", Counter())
            fpr = self._ratio(counts["fp"], counts["fp"] + counts["tn"])
            rows.append(f"  {name:32} n={sum(counts.values()):4}  fpr {fpr}")
        return "\n".join(rows)


def half(note: Note) -> int:
    """Split notes into a half that was looked at (0) and one that was only scored at first (1), by hash."""
    return hashlib.sha256(note.text.encode()).digest()[0] % 2


def published(path: Path) -> None:
    """Print every flag on sentences of published reviews."""
    checker = Checker()
    sentences = read_reviews(path)
    flagged = 0
    for sentence in sentences:
        findings = checker.check(sentence, "causes", "strict")
        flagged += bool(findings)
        for finding in findings:
            print(f"  {finding.rule}: {sentence[finding.start : finding.end]!r} in: {sentence[:200]}")
    print(f"  {flagged} of {len(sentences)} sentences, {100 * flagged / len(sentences):.2f} per 100")


def timings(name: str, texts: list[str]) -> None:
    """Print CPU time per check at three lengths, of texts run together."""
    checker = Checker(roster=ROOM)
    blob = " ".join(texts)
    while len(blob) < 400_000:
        blob += " " + blob
    for length in (45, 300, 4_000):
        count = max(60, min(1_500, 300_000 // length))
        parts = [blob[i * length : (i + 1) * length] for i in range(min(count, len(blob) // length))]
        for part in parts:  # once unmeasured: words and patterns are analysed when they are first met
            checker.check(part, "causes", "strict")
        # what another program takes from the processor's caches is not the check's: the better of two
        spent = sorted(map(min, zip(*(_spent(checker, parts) for _ in range(2)), strict=True)))
        p50, p99 = statistics.median(spent), spent[int(len(spent) * 0.99)]
        size = f"{length:5} characters, {len(ROOM)} names, n={len(parts):4}"
        print(f"  {name:6} {size}: p50 {p50:6.0f} us  p99 {p99:6.0f} us")


def _spent(checker: Checker, parts: list[str]) -> list[float]:
    """Microseconds of the processor that each check takes."""
    spent = []
    for part in parts:
        begin = time.process_time_ns()
        checker.check(part, "causes", "strict")
        spent.append((time.process_time_ns() - begin) / 1e3)
    return spent


def start_up() -> None:
    """Print the CPU time that the first check adds to bare Python and to what any command loads."""
    bare = "pass"
    common = "import dataclasses, enum, re, typing, pathlib, functools, tomllib, click"
    checks = {
        "nobody in it": "the job failed",
        "blame": "ana should have checked the region before he ran it",
    }

    def cost(code: str) -> float:
        told = f"{code}\nimport time; print(time.process_time())"
        runs = [
            subprocess.run([sys.executable, "-c", told], check=True, capture_output=True) for _ in range(20)
        ]
        return 1e3 * min(float(run.stdout) for run in runs)

    nothing, others = cost(bare), cost(common)
    for name, note in checks.items():
        mine = f"import retrotui.blameless as b; b.Checker(roster=('Ana',)).check({note!r}, 'causes')"
        alone, on_top = cost(mine) - nothing, cost(f"{common}; {mine}") - others
        print(f"  first check, {name}: {alone:.1f} ms over a bare interpreter ({nothing:.1f} ms), ", end="")
        print(f"{on_top:.1f} ms over what any command loads anyway")


def flicker(notes: list[Note]) -> None:
    """Print how many notes are flagged and then not any more while they are typed letter by letter.

    And how late the underline comes: letters typed after the end of the words that the finished note has
    underlined first, where less than none means that it comes earlier.
    """
    book = load_rulebook()
    typed, late, at_once = 0, [], 0
    for note in notes:
        checker = Checker(book, [*note.names, *ROOM])
        flags = [
            bool(typing_findings(checker, note.text[:end], note.section, "strict"))
            for end in range(1, len(note.text) + 1)
        ]
        findings = checker.check(note.text, note.section, "strict")
        flags.append(bool(findings))
        if any(before and not after for before, after in itertools.pairwise(flags)):
            typed += 1
            print(f"  [{note.section}] {note.text}")
        if findings:
            late.append(min(flags.index(True) + 1, len(note.text) + 1) - min(f.end for f in findings))
            at_once += late[-1] <= 1
    print(f"  {typed} of {len(notes)} notes are flagged and then not any more")
    average = f"{statistics.mean(late):.1f} letters after its last word on average"
    print(f"  the underline comes {average}, {at_once} of {len(late)} times at the end of the word or before")


def main() -> None:
    """Run every measurement and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with wording/dev.tsv")
    parser.add_argument("--brief", action="store_true", help="no table per class and section")
    arguments = parser.parse_args()
    sets: list[tuple[str, list[Note]]] = []
    dev = arguments.shared / "wording" / "dev.tsv"
    if dev.exists():
        notes = read_notes(dev)
        sets.append(("shared notes, all", notes))
        sets.append(("shared notes, the half that was only scored at first", [n for n in notes if half(n)]))
    own_files = [*sorted(OWN.glob("unseen_*.tsv")), *sorted(OWN.glob("unread_*.tsv"))]
    sets.extend((path.stem.replace("_", " "), read_notes(path)) for path in own_files)
    for name, notes in sets:
        score = Score(notes)
        print(f"{name}\n  {score.line()}")
        # notes that are to stay unread are counted, not shown
        for wrong in [] if name.startswith("unread") else score.wrong:
            print(f"  {wrong}")
        if not arguments.brief:
            print(score.table())
    own = [note for name, notes in sets if name.startswith("unseen") for note in notes]
    reviews = arguments.shared / "wording" / "published_reviews.txt"
    steps: list[tuple[str, Callable[[], None]]] = [
        (
            "CPU time per check, labelled notes run together",
            lambda: timings("wall of blame", [n.text for n in own]),
        ),
        ("start-up", start_up),
        ("flagged and then not any more, typed letter by letter", lambda: flicker(own)),
    ]
    if reviews.exists():
        steps.insert(0, ("flags on published reviews", lambda: published(reviews)))
        prose = read_reviews(reviews)
        steps.insert(1, ("CPU time per check, published reviews", lambda: timings("prose", prose)))
    for title, step in steps:
        print(title)
        step()


if __name__ == "__main__":
    main()
