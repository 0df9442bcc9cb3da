"""How alike two texts are: by their stems, the rare ones counting most.

The stems are SQLite's own (Porter, "An algorithm for suffix stripping", 1980), so that what is compared
here is what the index finds. The measure is the cosine of two sets weighted by inverse document frequency.
"""

import math
import re
import sqlite3
from collections.abc import Iterable, Sequence

from retrotui.archive.index import TOKENS

Stems = frozenset[str]

_WORD = re.compile(r"\w+", re.UNICODE)
_PLAIN = frozenset(
    """
    a about add added after again all also an and any are as at be because been before but by can could
    did do does down for from had has have he her his how if in into is it its just made make may more
    most no not of off on one only or our out over put set she so some than that the their them then
    there these they this those to too under until up us use was we were what when where which while who
    will with without would you your
    """.split()  # noqa: SIM905 - a list of a hundred strings says less
)
"""English words that say nothing about what happened."""


def telling_words(text: str) -> list[str]:
    """The words of a text that say something, each once, in order."""
    words = (word for word in _WORD.findall(text.casefold()) if word not in _PLAIN and len(word) > 1)
    return list(dict.fromkeys(words))


class Weigher:
    """Stems of texts and their weights, from an index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._weights: dict[str, float] = {}
        (self._entries,) = db.execute("SELECT count(*) FROM entry").fetchone()
        db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.said USING fts5(text, tokenize='{TOKENS}')")
        db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.said_terms USING fts5vocab('temp', 'said', 'instance')"
        )

    def stems(self, texts: Sequence[str]) -> list[Stems]:
        """The stems of each text."""
        self._db.execute("DELETE FROM temp.said")
        self._db.executemany(
            "INSERT INTO temp.said (rowid, text) VALUES (?, ?)",
            ((number, " ".join(telling_words(text))) for number, text in enumerate(texts)),
        )
        found: list[set[str]] = [set() for _ in texts]
        for term, doc in self._db.execute("SELECT term, doc FROM temp.said_terms"):
            found[doc].add(term)
        self._db.execute("DELETE FROM temp.said")
        return [frozenset(stems) for stems in found]

    def weight(self, stem: str) -> float:
        """How much a stem tells: more, the fewer entries have it (Robertson and Sparck Jones, 1976)."""
        known = self._weights.get(stem)
        if known is None:
            row = self._db.execute("SELECT doc FROM terms WHERE term = ?", (stem,)).fetchone()
            having = row[0] if row else 0
            known = math.log(1 + (self._entries - having + 0.5) / (having + 0.5))
            self._weights[stem] = known
        return known

    def likeness(self, one: Stems, other: Stems) -> float:
        """From 0 for nothing in common to 1 for the same stems."""
        shared = one & other
        if not shared:
            return 0.0
        return self._square(shared) / math.sqrt(self._square(one) * self._square(other))

    def _square(self, stems: Iterable[str]) -> float:
        return sum(self.weight(stem) ** 2 for stem in stems)
