"""The ledger: every action of every retro in a folder, found by owner, day, kind or id.

Reads through the index; leaves changing an action to `edits`, and writing it out to `exchange`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from retrotui.archive.index import Index, left_out
from retrotui.archive.index_rows import LeftOut
from retrotui.archive.items import OPEN, SUPERSEDED, ActionItem
from retrotui.archive.places import cache_dir

Which = Literal["open", "overdue", "done", "all"]

_COLUMNS = """a.id, a.text, a.kind, a.owner, a.due, a.priority, a.done_when, a.ticket, a.status, a.reason,
    a.closed, a.carried, a.came_from, a.went_to, a.factors,
    f.retro_id, f.title, f.held, f.zone, f.tags, f.mode, f.path,
    (SELECT n.retro_id || '#' || c.id FROM action c JOIN file n ON n.key = c.file
     WHERE c.came_from = f.retro_id || '#' || a.id AND c.came_from <> '' LIMIT 1)"""
_FROM = " FROM action a JOIN file f ON f.key = a.file "
_ORDER = " ORDER BY a.due = '', a.due, f.held, f.path, a.rowid"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions to list. What is None does not matter."""

    which: Which = "open"
    owner: str | None = None
    """Compared without regard to case; empty for actions that nobody owns."""
    kind: str | None = None
    since: date | None = None
    """Of retros held on this day or later."""


class NotThere(LookupError):
    """No action has this id; the message is a sentence."""


class Ambiguous(LookupError):
    """Several actions have this id; the message is a sentence, and they are listed in `candidates`."""

    def __init__(self, wanted: str, candidates: Sequence[ActionItem]) -> None:
        self.candidates = tuple(candidates)
        super().__init__(
            f"{wanted} could be any of {len(candidates)} actions: give the whole id of the one you mean"
        )


class Ledger:
    """The actions of one folder. Every question looks at the files as they are now."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        """
        Args:
            folder: the folder of retros, subfolders included.
            cache: the folder of indexes; None keeps the index in memory.
        """
        self.folder = folder
        self.index = Index(folder, cache)

    @classmethod
    def of(cls, folder: Path, env: Mapping[str, str]) -> "Ledger":
        """The ledger of a folder, its index in the user's cache folder."""
        return cls(folder, cache_dir(env))

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the index."""
        self.index.close()

    def items(self, wanted: Wanted, today: date) -> tuple[ActionItem, ...]:
        """The actions wanted: by due day, those without one last."""
        return self.index.ask(lambda db: _listed(db, wanted, today))

    def look(self, wanted: Wanted, today: date) -> tuple[tuple[ActionItem, ...], tuple[LeftOut, ...]]:
        """The actions wanted, and what `left_out` says, at the price of one look at the files."""
        return self.index.ask(lambda db: (_listed(db, wanted, today), _left_out(db)))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Files that look like retros and could not be read, and why; and retros whose id is taken."""
        return self.index.ask(_left_out)

    def find(self, wanted: str, *, statuses: Iterable[str] | None = None) -> ActionItem:
        """The action of an id: `RETRO-ID#a1`, `FILE#a1`, the start or a part of the retro's id, or `a1`
        alone.

        Args:
            wanted: what the person typed.
            statuses: among several, those of these statuses are meant.

        Raises:
            NotThere: when no action fits.
            Ambiguous: when several do.
        """
        found = self.index.ask(lambda db: _matching(db, wanted.strip()))
        if len(found) > 1 and statuses is not None:
            kept = frozenset(statuses)
            found = tuple(item for item in found if item.status in kept) or found
        if not found:
            raise NotThere(f"there is no action {wanted}: `retrotui actions --all` lists them")
        if len(found) > 1:
            raise Ambiguous(wanted, found)
        return found[0]

    def path_of(self, item: ActionItem) -> Path:
        """The file an action stands in."""
        return self.folder / item.file


def grouped(items: Iterable[ActionItem]) -> tuple[ActionItem, ...]:
    """The same actions with those of one retro together, retros in the order in which they first come."""
    groups: dict[str, list[ActionItem]] = {}
    for item in items:
        groups.setdefault(item.file or item.retro_id, []).append(item)
    return tuple(item for group in groups.values() for item in group)


def short_ids(items: Sequence[ActionItem]) -> dict[str, str]:
    """For each action's full id the shortest that `find` takes among these: `a1`, or the full one."""
    count: dict[str, int] = {}
    for item in items:
        count[item.id] = count.get(item.id, 0) + 1
    return {item.ref: item.id if count[item.id] == 1 else item.ref for item in items}


def _listed(db: sqlite3.Connection, wanted: Wanted, today: date) -> tuple[ActionItem, ...]:
    where, values = ["1"], []
    if wanted.which in ("open", "overdue"):
        where.append("a.status = 'open'")
    if wanted.which == "overdue":
        where.append('a."due" <> \'\' AND a."due" < ?')
        values.append(today.isoformat())
    if wanted.which == "done":
        where.append("a.status = 'done'")
    if wanted.kind is not None:
        where.append("a.kind = ?")
        values.append(wanted.kind)
    if wanted.since is not None:
        where.append("f.held >= ?")
        values.append(wanted.since.isoformat())
    items = items_where(db, f"WHERE {' AND '.join(where)}", values)
    if wanted.which in ("open", "overdue"):
        items = [item for item in items if item.is_open]
    if wanted.owner is not None:
        owner = wanted.owner.strip().casefold().removeprefix("@")
        items = [item for item in items if item.owner.strip().casefold().removeprefix("@") == owner]
    return tuple(items)


def items_where(db: sqlite3.Connection, where: str, values: Sequence[object]) -> list[ActionItem]:
    """Actions by a condition on `a` (action) and `f` (file) in SQL, by due day."""
    rows = db.execute(f"SELECT {_COLUMNS}{_FROM}{where}{_ORDER}", values).fetchall()
    return [_item(db, row) for row in rows]


def _item(db: sqlite3.Connection, row: Sequence[str]) -> ActionItem:
    (action_id, text, kind, owner, due, priority, done_when, ticket, status, reason) = row[:10]
    (closed, carried, came_from, went_to, factors, retro_id, title, held, zone, tags) = row[10:20]
    mode, path, taken_on = row[20:]
    if taken_on:
        # What carries it on says so, and is right: a crash may have come before this file could say it, and a
        # merge may have given the new action another id. One action, not two.
        status, went_to = SUPERSEDED if status == OPEN else status, taken_on
    day = _day(held)
    return ActionItem(
        retro_id=retro_id,
        id=action_id,
        text=text,
        kind=kind,
        owner=owner,
        due=_day(due),
        priority=priority,
        done_when=done_when,
        ticket=ticket,
        status=status,
        reason=reason,
        closed=_day(closed),
        carried=int(carried),
        came_from=came_from,
        went_to=went_to,
        factors=() if factors == "[]" else tuple(json.loads(factors)),
        retro_title=title,
        held=day,
        since=_first_day(db, came_from) or day if came_from else day,
        timezone=zone,
        tags=() if tags == "[]" else tuple(json.loads(tags)),
        mode=mode or "team",
        file=path,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _first_day(db: sqlite3.Connection, ref: str) -> date | None:
    """The day of the first retro in a chain of carried actions; None when the chain leads out of the
    folder.
    """
    seen: set[str] = set()
    first: date | None = None
    while ref and ref not in seen:
        seen.add(ref)
        retro_id, _, action_id = ref.rpartition("#")
        row = db.execute(
            f'SELECT f.held, a."came_from"{_FROM}WHERE f.retro_id = ? AND a."id" = ? LIMIT 1',
            (retro_id, action_id),
        ).fetchone()
        if row is None:
            break
        first = _day(row[0]) or first
        ref = row[1]
    return first


def _matching(db: sqlite3.Connection, wanted: str) -> tuple[ActionItem, ...]:
    place, sign, action_id = wanted.rpartition("#")
    if not sign:
        return tuple(items_where(db, "WHERE a.id = ?", [action_id]))
    for condition, value in (
        ("f.retro_id = ?", place),
        ("f.path IN (?1, ?1 || '.toml')", place.replace("\\", "/")),
        ("substr(f.retro_id, 1, length(?1)) = ?1", place),
        ("instr(f.retro_id, ?) > 0", place),
    ):
        numbered = "?2" if "?1" in condition else "?"
        found = items_where(db, f"WHERE {condition} AND a.id = {numbered}", [value, action_id])
        if found:
            return tuple(found)
    return ()


def _left_out(db: sqlite3.Connection) -> tuple[LeftOut, ...]:
    return (*(file for file in left_out(db) if not file.foreign), *_doubles(db))


def _doubles(db: sqlite3.Connection) -> list[LeftOut]:
    """Retros that share an id: nothing is left out, but links between retros cannot tell them apart."""
    rows = db.execute(
        """SELECT f.path, f.retro_id, twin.first FROM file f JOIN (
               SELECT retro_id, min(path) AS first FROM file WHERE retro_id <> ''
               GROUP BY retro_id HAVING count(*) > 1) twin ON twin.retro_id = f.retro_id
           WHERE f.path <> twin.first ORDER BY f.path"""
    )
    return [
        LeftOut(path, f"it has the same id as {first} ({retro_id}): name its actions by file, {path}#a1")
        for path, retro_id, first in rows
    ]
