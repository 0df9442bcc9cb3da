"""An index of a folder of retros: which actions, which words, in which file. A cache that can be deleted at
any time.

SQLite with FTS5, in the cache folder. Each use reads only the files that have changed since the last one. A
missing, damaged, locked or unwritable index costs a rebuild, in memory if need be, and never an answer.
Leaves what one file gives to `index_rows`, and the questions to `ledger`, `search` and `repeats`.
"""

import hashlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from retrotui.archive.index_rows import ActionRow, FileRows, LeftOut, read_rows
from retrotui.archive.walking import FoundFile, walk

Answer = TypeVar("Answer")

VERSION = 1
"""Of the tables below; an index of another version is rebuilt."""
MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not a retro."""
_SETTLED_NS = 2_000_000_000
"""A file changed less than this before it was read may change again without its time showing it."""
_WAIT_S = 30.0
"""For another program that is building the same index: waiting is quicker than reading everything oneself."""
MANY = 1000
"""So many files to read take long enough to be worth a word."""
TOKENS = "porter unicode61 remove_diacritics 2"
"""How words are told apart and stemmed (SQLite documentation, FTS5, section 4.3)."""

_ACTION_COLUMNS = ActionRow._fields
_TABLES = f"""
CREATE TABLE file (
    key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL, read_ns INTEGER NOT NULL, digest BLOB NOT NULL, reason TEXT NOT NULL,
    is_foreign INTEGER NOT NULL, retro_id TEXT NOT NULL, title TEXT NOT NULL, held TEXT NOT NULL,
    zone TEXT NOT NULL, status TEXT NOT NULL, mode TEXT NOT NULL, stage TEXT NOT NULL,
    tags TEXT NOT NULL, people TEXT NOT NULL);
CREATE INDEX file_retro ON file(retro_id);
CREATE TABLE action (file INTEGER NOT NULL, {", ".join(f'"{name}"' for name in _ACTION_COLUMNS)});
CREATE INDEX action_file ON action(file);
CREATE INDEX action_status ON action(status, due);
CREATE INDEX action_id ON action(id);
CREATE INDEX action_came_from ON action(came_from) WHERE came_from <> '';
CREATE TABLE entry (
    key INTEGER PRIMARY KEY, file INTEGER NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL,
    category TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX entry_file ON entry(file);
CREATE VIRTUAL TABLE words USING fts5(text, content='entry', content_rowid='key', tokenize='{TOKENS}');
CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'row');
PRAGMA user_version = {VERSION};
"""


class NoSearch(Exception):
    """This Python's SQLite has no full-text search; the message says so."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What bringing the index up to date took."""

    files: int
    """Files that are there now."""
    read: int
    """Files that were read, because they are new or have changed."""
    gone: int
    seconds: float


class Index:
    """The index of one folder. Use `ask`; it brings the index up to date and survives whatever befalls it.

    Threads may share one: they wait for one another.
    """

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        """
        Args:
            folder: the folder of retros; it need not exist.
            cache: the folder of indexes; None keeps this one in memory.
        """
        self.folder = folder
        self.remark = ""
        """A sentence when the index could not be kept, so that every use must read every file again."""
        self.refreshed: Refreshed | None = None
        self._path = None if cache is None else cache / f"index-{_name_for(folder)}.sqlite3"
        self._db: sqlite3.Connection | None = None
        self._why: Exception | None = None
        self._turn = threading.RLock()
        self.on_many: Callable[[int], None] | None = None
        """Told how many files are about to be read, when they are many."""

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The answer to a question, from an index that is up to date.

        Raises:
            NoSearch: when SQLite was built without FTS5.
        """
        with self._turn:
            for attempt in ("as it is", "rebuilt", "in memory"):
                try:
                    if attempt == "rebuilt":
                        self._forget()
                    elif attempt == "in memory":
                        self._stay_in_memory()
                    return question(self._ready())
                except sqlite3.ProgrammingError:  # a fault in the question, not in the index
                    raise
                except sqlite3.DatabaseError as error:
                    if "no such module" in str(error):
                        raise NoSearch("this Python's SQLite has no full-text search (FTS5)") from error
                    if attempt == "in memory":
                        raise
                    self._why = error
                    if "locked" in str(error):
                        self._stay_in_memory()
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Lets go of the database file."""
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = None

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ready(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = self._open()
        self.refreshed = _refresh(self._db, self.folder, self.on_many)
        return self._db

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return _with_tables(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # The index holds what the retros hold: for nobody else's eyes.
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            self._why = error
            self._stay_in_memory()
            return self._open()
        return _with_tables(
            sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        )

    def _forget(self) -> None:
        """Deletes the index: it is damaged, of another version, or not an index at all."""
        self.close()
        if self._path is None:
            return
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink()

    def _stay_in_memory(self) -> None:
        self.close()
        if self._path is not None:
            self.remark = (
                f"the index {self._path} cannot be used ({self._why}), so every file is read each time"
            )
        self._path = None


def _name_for(folder: Path) -> str:
    return hashlib.blake2b(os.fsencode(folder.absolute().resolve()), digest_size=10).hexdigest()


def _with_tables(db: sqlite3.Connection) -> sqlite3.Connection:
    try:
        # A crash may cost the index, which costs a rebuild: no need to wait for the disk.
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -16000")  # 16 MB, for the first build
        if _version(db) != VERSION:
            db.execute("BEGIN IMMEDIATE")
            # Another program may have made the tables while this one waited for its turn.
            if _version(db) != VERSION:
                (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if tables:
                    raise sqlite3.DatabaseError(f"the index has version {_version(db)}")
                for statement in _TABLES.split(";"):
                    db.execute(statement)
            db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def _version(db: sqlite3.Connection) -> int:
    (found,) = db.execute("PRAGMA user_version").fetchone()
    return int(found)


@dataclass(frozen=True, slots=True)
class _Differences:
    """How the files differ from what the index knows."""

    changed: tuple[tuple[FoundFile, int | None], ...]
    """Files to read, with the key of the row they have."""
    gone: tuple[int, ...]


def _refresh(db: sqlite3.Connection, folder: Path, on_many: Callable[[int], None] | None) -> Refreshed:
    """Reads what has changed since the index was last brought up to date."""
    started = time.monotonic()
    files = tuple(walk(str(folder)))
    found = _differences(db, files)
    read_count = 0
    if on_many is not None and len(found.changed) >= MANY:
        on_many(len(found.changed))
    if found.changed or found.gone:
        db.execute("BEGIN IMMEDIATE")
        try:
            # Another program may have done the work while this one waited for its turn.
            found = _differences(db, files)
            for key in found.gone:
                _remove(db, key)
            for file, at in found.changed:
                read_count += _take_in(db, file, at)
            db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise
    return Refreshed(len(files), read_count, len(found.gone), time.monotonic() - started)


def _differences(db: sqlite3.Connection, files: tuple[FoundFile, ...]) -> _Differences:
    known = {
        path: (key, mtime, ctime, size, read)
        for key, path, mtime, ctime, size, read in db.execute(
            "SELECT key, path, mtime_ns, ctime_ns, size, read_ns FROM file"
        )
    }
    changed: list[tuple[FoundFile, int | None]] = []
    for file in files:
        before = known.pop(file.path, None)
        if before is None:
            changed.append((file, None))
            continue
        key, mtime, ctime, size, read = before
        same = (file.mtime_ns, file.ctime_ns, file.size) == (mtime, ctime, size)
        if not same or abs(read - mtime) < _SETTLED_NS:
            changed.append((file, key))
    return _Differences(tuple(changed), tuple(key for key, *_ in known.values()))


def _take_in(db: sqlite3.Connection, found: FoundFile, key: int | None) -> bool:
    """Brings one file's rows up to date; False when its bytes are the same after all."""
    read_ns = time.time_ns()
    try:
        data = b"" if found.size > MOST_BYTES else Path(found.full).read_bytes()
    except OSError as error:
        data, rows = b"", LeftOut(found.path, f"it cannot be read: {(error.strerror or str(error)).lower()}")
    else:
        rows = None  # type: ignore[assignment]
    digest = hashlib.blake2b(data, digest_size=16).digest() if rows is None else b""
    stamp = (found.mtime_ns, found.ctime_ns, found.size, read_ns)
    if key is not None and rows is None:
        (before,) = db.execute("SELECT digest FROM file WHERE key = ?", (key,)).fetchone()
        if before == digest:
            db.execute(
                "UPDATE file SET mtime_ns = ?, ctime_ns = ?, size = ?, read_ns = ? WHERE key = ?",
                (*stamp, key),
            )
            return False
    if found.size > MOST_BYTES:
        rows = LeftOut(found.path, "it is larger than 64 MB, which no retro is")
    if key is not None:
        _remove(db, key)
    _insert(db, found.path, stamp, digest, rows or read_rows(data, found.path))
    return True


def _insert(
    db: sqlite3.Connection, path: str, stamp: tuple[int, ...], digest: bytes, rows: FileRows | LeftOut
) -> None:
    if isinstance(rows, LeftOut):
        facts: tuple[object, ...] = (rows.reason, rows.foreign, *[""] * 9)
    else:
        facts = (
            *("", False, rows.retro_id, rows.title, rows.held, rows.zone, rows.status, rows.mode, rows.stage),
            json.dumps(rows.tags, ensure_ascii=False),
            json.dumps(rows.people, ensure_ascii=False),
        )
    values = (path, *stamp, digest, *facts)
    marks = ", ".join("?" * len(values))
    key = db.execute(
        "INSERT INTO file (path, mtime_ns, ctime_ns, size, read_ns, digest, reason, is_foreign, retro_id, "
        f"title, held, zone, status, mode, stage, tags, people) VALUES ({marks})",
        values,
    ).lastrowid
    if isinstance(rows, LeftOut):
        return
    marks = ", ".join("?" * (len(_ACTION_COLUMNS) + 1))
    db.executemany(f"INSERT INTO action VALUES ({marks})", ((key, *row) for row in rows.actions))
    (last,) = db.execute("SELECT coalesce(max(key), 0) FROM entry").fetchone()
    db.executemany(
        "INSERT INTO entry (key, file, id, what, category, text) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, key, row.id, row.what, row.category, row.text)
            for number, row in enumerate(rows.words, last + 1)
        ),
    )
    db.executemany(
        "INSERT INTO words (rowid, text) VALUES (?, ?)",
        ((number, row.text) for number, row in enumerate(rows.words, last + 1)),
    )


def _remove(db: sqlite3.Connection, key: int) -> None:
    """Takes a file's rows out; a full-text index over another table is told the old words (FTS5, 4.4.3)."""
    db.execute(
        "INSERT INTO words (words, rowid, text) SELECT 'delete', key, text FROM entry WHERE file = ?", (key,)
    )
    db.execute("DELETE FROM entry WHERE file = ?", (key,))
    db.execute("DELETE FROM action WHERE file = ?", (key,))
    db.execute("DELETE FROM file WHERE key = ?", (key,))


def left_out(db: sqlite3.Connection) -> tuple[LeftOut, ...]:
    """Files that are not part of the ledger, by path; foreign ones included."""
    rows = db.execute("SELECT path, reason, is_foreign FROM file WHERE reason <> '' ORDER BY path")
    return tuple(LeftOut(path, reason, bool(foreign)) for path, reason, foreign in rows)
