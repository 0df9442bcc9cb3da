"""Finding words in every retro of a folder: FTS5, ranked by bm25, stems rather than letters.

Leaves what resembles what to `repeats`.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_PARTS = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w", re.UNICODE)
_MASK = re.compile(r"[%_^]")
"""What LIKE does not take literally, and the character that makes it so."""

WHAT_IN_WORDS = {
    "title": "title",
    "summary": "summary",
    "impact": "impact",
    "tags": "tags",
    "event": "event",
    "went_well": "went well",
    "card": "card",
    "factor": "factor",
    "question": "question",
    "answer": "answer",
    "action": "action",
    "parked": "parked",
}
"""What a piece of text is, as people call it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of text that was found, and where."""

    retro_id: str
    retro_title: str
    held: date | None
    file: str
    """Relative to the folder, with forward slashes."""
    id: str
    """The entry's id; empty for title, summary, impact and tags."""
    what: str
    """A key of `WHAT_IN_WORDS`."""
    text: str
    status: str = ""
    """Of an action: `open`, `done`, `wont_do` or `superseded`."""


def search(db: sqlite3.Connection, words: str, limit: int = 50) -> tuple[Hit, ...]:
    """What holds all of the words (the last one may be unfinished), best first; else what holds some of them.

    When no word is found, parts of words are looked for: in scripts without spaces a word has no ends.

    Args:
        db: the index, as `Index.ask` gives it.
        words: as typed; `"several words"` in quotation marks must follow one another.
        limit: at most so many.
    """
    terms = query_terms(words)
    if not terms:
        return ()
    unfinished = [*terms[:-1], f"{terms[-1]}*"]
    for query in (" AND ".join(unfinished), " OR ".join(unfinished)):
        found = hits(db, query, limit)
        if found:
            return found
    return _parts_of_words(db, [term.strip('"') for term in terms], limit)


def query_terms(words: str) -> list[str]:
    """Words and quoted phrases as FTS5 strings, in which nothing has a meaning of its own."""
    terms = []
    for phrase, word in _PARTS.findall(words.replace("\x00", " ")):
        text = phrase or word.replace('"', " ")
        if _WORD.search(text):
            terms.append('"' + " ".join(text.split()) + '"')
    return terms


def hits(
    db: sqlite3.Connection, query: str, limit: int, *, kinds: Sequence[str] = (), without: str = ""
) -> tuple[Hit, ...]:
    """What an FTS5 query finds, best first, in some tables only and without one retro if so asked."""
    narrowed = f" AND e.what IN ({', '.join('?' * len(kinds))})" if kinds else ""
    return _hits(
        db,
        f"""FROM words JOIN entry e ON e.key = words.rowid JOIN file f ON f.key = e.file
            WHERE words MATCH ?{narrowed} AND f.retro_id <> ? ORDER BY bm25(words), f.held DESC LIMIT ?""",
        (query, *kinds, without, limit),
    )


def _parts_of_words(db: sqlite3.Connection, parts: Sequence[str], limit: int) -> tuple[Hit, ...]:
    masks = ["%" + _MASK.sub(r"^\g<0>", part) + "%" for part in parts]
    where = " AND ".join(["e.text LIKE ? ESCAPE '^'"] * len(masks))
    return _hits(
        db,
        f"FROM entry e JOIN file f ON f.key = e.file WHERE {where} ORDER BY f.held DESC, e.key LIMIT ?",
        (*masks, limit),
    )


def _hits(db: sqlite3.Connection, rest: str, values: Sequence[object]) -> tuple[Hit, ...]:
    rows = db.execute(
        f"""SELECT f.retro_id, f.title, f.held, f.path, e.id, e.what, e.text,
            (SELECT a.status FROM action a WHERE e.what = 'action' AND a.file = f.key AND a.id = e.id)
            {rest}""",
        values,
    )
    return tuple(
        Hit(retro_id, title, _day(held), path, entry_id, what, text, status or "")
        for retro_id, title, held, path, entry_id, what, text, status in rows
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
