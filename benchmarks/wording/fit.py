"""Fit the points of the weighing rules to the labelled notes of the project.

Run `python -m benchmarks.wording.fit` from the project folder, with `pip install -e '.[fit]'` beforehand, and
`python -m retrotui.blameless.bake` afterwards. Learned from are all notes of
`tests/blameless/data/unseen_*.tsv`, the examples of the rules, and the sentences of
published reviews, which keep formal prose quiet; `unread_*.tsv` never is. The `[rule.points]` table and the
threshold in `rules/undertone_*.toml` are written anew.

    --cross-check    learn from all sets but one, and tell what is found in that one; writes nothing
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from importlib.resources import files

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.wording.notes import OWN, ROOM, SHARED, Note, read_notes, read_reviews
from retrotui.blameless import BlameClass, Checker, load_rulebook
from retrotui.blameless.examples import split_section
from retrotui.blameless.grammar import sentences
from retrotui.blameless.roster import Roster
from retrotui.blameless.rulebook import RULES_DIR
from retrotui.blameless.tokens import tokenize
from retrotui.blameless.undertone import can_be_weighed, listen
from retrotui.cli.notes import read_source
from retrotui.notation import SAFEGUARDS, describe_kind
from retrotui.retro import EventKind
from retrotui.templates import SHIPPED_IDS, shipped
from retrotui.templates.wording import texts_of

SELDOM = 3
"""In how many notes a form must be to get points at all."""

REVIEWS, OWN_TEXTS = "published reviews", "texts of the program"
HITS, MISSES = "hits of the rules", "misses of the rules"
WEIGHTS = {REVIEWS: 3.0, OWN_TEXTS: 10.0, HITS: 3.0, MISSES: 10.0}
"""As how many notes one of these counts."""

PRECIOUS = frozenset(
    {
        "meta",
        "kudos",
        "jargon",
        "machine",
        "timeline-neutral",
        "blameless-question",
        "near",
        "mixed",
        "systemic",
    }
)
"""Classes of harmless notes in which a false alarm does most harm; each of their notes counts three times."""

TALK = frozenset({"meta", "negated", "rephrased"})
"""Classes of talk about blame itself."""

_BOOK = load_rulebook()


class Sort(Enum):
    """What kind of note points speak for."""

    IRONY = "irony, against all that is harmless"
    BLAME = "other blame, against all that is harmless"
    TALK = "talk about blame itself, against blame"

    def learns(self, note: Note) -> bool:
        """Tell whether a note is on either side."""
        if self is Sort.TALK:
            return note.blame or note.category in TALK
        return not note.blame or (note.category == "sarcasm") == (self is Sort.IRONY)

    def speaks_for(self, note: Note) -> bool:
        """Tell on which."""
        return note.blame != (self is Sort.TALK)


@dataclass(frozen=True, slots=True)
class Undertone:
    """What one table of points is fitted to.

    Attributes:
        file: Where its points are written.
        sort: What they speak for.
        strength: The inverse of the penalty (scikit-learn's C): smaller gives fewer points.
        odds: The logarithm of the odds, as the notes are weighted, from which on a note counts as one, by
            section: higher where an honest note is likelier, and hurt more by being doubted.
        doubts: The odds up to which what patterns found is let pass, in the sections where that is so.
    """

    file: str
    sort: Sort
    strength: float
    odds: Mapping[str, float]
    doubts: Mapping[str, float] = field(default_factory=dict)


UNDERTONES = (
    Undertone(
        "undertone_irony.toml",
        Sort.IRONY,
        strength=1.0,
        odds={"timeline": 0.3, "well": 0.3, "causes": -0.5, "actions": -0.3},
        doubts={"well": -2.7, "timeline": -2.7},
    ),
    Undertone(
        "undertone_blame.toml",
        Sort.BLAME,
        strength=0.5,
        odds={"timeline": 1.4, "well": 1.5, "causes": 1.1, "actions": 1.4},
    ),
)
PARDON = Undertone(
    "undertone_talk.toml",
    Sort.TALK,
    strength=1.0,
    odds=dict.fromkeys(("timeline", "well", "causes", "actions"), 1.7),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A note ready to learn from: the set it is of, and its forms; none where it is not weighed."""

    of: str
    note: Note
    forms: tuple[str, ...]


def know(of: str, note: Note) -> Known:
    """Take a note apart."""
    taken = sentences(tokenize(note.text), _BOOK.lexicon, Roster([*note.names, *ROOM]))
    return Known(of, note, tuple(listen(taken)) if can_be_weighed(taken) else ())


def read_all() -> list[Known]:
    """Read everything that is learned from.

    Raises:
        SystemExit: The published reviews are not there; without them formal prose would be flagged.
    """
    reviews = SHARED / "wording" / "published_reviews.txt"
    if not reviews.exists():
        sys.exit(f"{reviews} is not there; set RETROTUI_SHARED to the folder that holds wording/")
    known = [know(path.stem, note) for path in sorted(OWN.glob("unseen_*.tsv")) for note in read_notes(path)]
    for rule in _BOOK.rules:
        category = "sarcasm" if rule.blame_class is BlameClass.SARCASM else ""
        for of, texts, blame in ((HITS, rule.hits, True), (MISSES, rule.misses, False)):
            for section, text in (split_section(example, rule) for example in texts):
                note = Note(blame, category, section.value, rule.people, text)
                known.append(know(of, note))
    known.extend(
        know(OWN_TEXTS, Note(False, "", section, tuple(people), text))
        for section, text, people in own_texts()
    )
    known.extend(know(REVIEWS, Note(False, "", "causes", (), text)) for text in read_reviews(reviews))
    return known


def own_texts() -> Iterator[tuple[str, str, Sequence[str]]]:
    """Give what the program itself says where people write, and the retros that come with it."""
    for template in map(shipped, SHIPPED_IDS):
        for _path, words, section in texts_of(template):
            yield section.value, words, ()
    for kind in EventKind:
        yield "causes", describe_kind(kind), ()
    for safeguard in SAFEGUARDS:
        for words in (safeguard.title, safeguard.question, safeguard.action_text):
            yield "actions", words, ()
    for rule in _BOOK.rules:
        for words in (rule.why, *rule.questions, *itertools.chain.from_iterable(rule.rewrites.values())):
            yield "causes", re.sub(r"\{[?!][^{}]+\}", "", words).replace("{", "the ").replace("}", ""), ()
    demo = files("retrotui.demo")
    for entry in demo.iterdir():
        if entry.name.endswith(".toml"):
            source = read_source(entry.name, entry.read_bytes(), None)
            for note in source.notes:
                yield note.section.value, note.text, source.people


def fit(known: Sequence[Known], undertone: Undertone) -> dict[str, float]:
    """Give the points of every form that is worth any; what every note starts with is under an empty form."""
    learned = [one for one in known if one.forms and undertone.sort.learns(one.note)]
    table = CountVectorizer(analyzer=lambda one: one.forms, binary=True, min_df=SELDOM)
    counts = table.fit_transform(learned)
    weights = [WEIGHTS.get(one.of, 1.0) * (3 if _is_precious(one, undertone) else 1) for one in learned]
    model = LogisticRegression(
        C=undertone.strength, l1_ratio=1.0, solver="liblinear", max_iter=2_000, random_state=0
    )
    model.fit(counts, [undertone.sort.speaks_for(one.note) for one in learned], sample_weight=weights)
    names = table.get_feature_names_out()
    points = {str(name): float(value) for name, value in zip(names, model.coef_[0], strict=True)}
    return {"": float(model.intercept_[0])} | {name: v for name, v in points.items() if round(v, 2)}


def _is_precious(one: Known, undertone: Undertone) -> bool:
    return not one.note.blame and one.note.category in PRECIOUS and undertone.sort is not Sort.TALK


def odds(points: dict[str, float], one: Known) -> float:
    """Add up the points of a note; endlessly low where it is not weighed."""
    return -math.inf if not one.forms else points[""] + sum(points.get(form, 0.0) for form in one.forms)


def write(undertone: Undertone, points: dict[str, float]) -> str:
    """Put points and threshold into the rule file; the highest first."""
    path = RULES_DIR / undertone.file
    head, mark, _old = path.read_text(encoding="utf-8").partition("points]\n")
    if not mark:
        sys.exit(f"{path} has no table of points")
    for key, limits in (("threshold", undertone.odds), ("doubt", undertone.doubts)):
        sums = ", ".join(f"{name} = {value - points['']:.2f}" for name, value in limits.items())
        head = re.sub(rf"(?m)^{key} = .*$", f"{key} = {{ {sums} }}", head)
    rows = sorted(((v, form) for form, v in points.items() if form), key=lambda row: (-row[0], row[1]))
    quoted = (('"' + form.replace("\\", "\\\\").replace('"', '\\"') + '"', value) for value, form in rows)
    path.write_text(
        head + mark + "".join(f"{form} = {value:.2f}\n" for form, value in quoted),
        encoding="utf-8",
        newline="\n",
    )
    return f"{undertone.file}: {len(rows)} forms"


def cross_check(known: Sequence[Known]) -> None:
    """Print for each set what is found in it when it is not learned from, beside what patterns find."""
    names = dict.fromkeys(one.of for one in known if one.of not in (OWN_TEXTS, HITS, MISSES))
    book = load_rulebook()
    for name in names:
        # of the reviews one half is learned from and the other counted
        counted = [one for one in known if one.of == name][:: 2 if name == REVIEWS else 1]
        skipped = set(map(id, counted))
        rest = [one for one in known if id(one) not in skipped]
        tables = [(undertone, fit(rest, undertone)) for undertone in UNDERTONES]
        talk = fit(rest, PARDON)
        cells: Counter[str] = Counter()
        for one in counted:
            checker = Checker(book, [*one.note.names, *ROOM])
            found = checker.check(one.note.text, one.note.section, "strict")
            by_pattern = any(not f.rule.endswith(".undertone") for f in found)
            by_points = any(
                odds(points, one) >= undertone.odds[one.note.section] for undertone, points in tables
            )
            kind = (
                "harmless" if not one.note.blame else "irony" if one.note.category == "sarcasm" else "other"
            )
            cells[kind] += 1
            cells[f"{kind} pattern"] += by_pattern
            is_talk = odds(talk, one) >= PARDON.odds[one.note.section]
            cells[f"{kind} either"] += (by_pattern or by_points) and not is_talk
        told = (
            f"{kind} {cells[f'{kind} pattern']} to {cells[f'{kind} either']} of {cells[kind]}"
            for kind in ("irony", "other", "harmless")
            if cells[kind]
        )
        print(f"{name}: {', '.join(told)}", flush=True)


def main() -> None:
    """Fit and write, or cross-check."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording.fit", description=__doc__)
    parser.add_argument("--cross-check", action="store_true", help="leave out one set after the other")
    arguments = parser.parse_args()
    known = read_all()
    if arguments.cross_check:
        cross_check(known)
        return
    for undertone in (*UNDERTONES, PARDON):
        print(write(undertone, fit(known, undertone)))


if __name__ == "__main__":
    main()
