"""What the index keeps of one file: a few facts, its actions, and its words. From bytes to rows, no database.

Reads with `tomllib` alone, because models for ten thousand files would take minutes. Whatever looks odd on
the way is given to `codec`, which says exactly what is wrong.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from retrotui.archive.items import day_of

FORMAT = 1
"""The newest file format that is read here; the same as `retro.FORMAT`, which a test keeps so."""

KINDS = frozenset({"prevent", "detect", "mitigate", "respond", "repair", "investigate", "learn"})
STATUSES = frozenset({"open", "done", "wont_do", "superseded"})
PRIORITIES = frozenset({"", "P0", "P1", "P2", "P3", "P4"})

WORDY_TABLES = ("event", "went_well", "card", "factor", "question", "answer", "action", "parked")
"""The tables whose entries have an id and words."""


class Odd(Exception):
    """Something that a retro written by retrotui never holds; the codec must look."""


class ActionRow(NamedTuple):
    """One action, its values as the database keeps them: days as ISO text, empty for none."""

    id: str
    text: str
    kind: str
    owner: str
    due: str
    priority: str
    done_when: str
    ticket: str
    status: str
    reason: str
    closed: str
    carried: int
    came_from: str
    went_to: str
    factors: str
    """The words of its factors, as a JSON list."""


class WordsRow(NamedTuple):
    """One piece of text that can be searched for."""

    id: str
    """The entry's id; empty for title, summary, impact and tags."""
    what: str
    """The table it stands in, or `title`, `summary`, `impact`, `tags`."""
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class FileRows:
    """Everything the index keeps of one retro."""

    retro_id: str
    title: str
    held: str
    zone: str
    status: str
    mode: str
    stage: str
    tags: tuple[str, ...]
    people: tuple[str, ...]
    actions: tuple[ActionRow, ...]
    words: tuple[WordsRow, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not part of the ledger, and why."""

    path: str
    reason: str
    foreign: bool = False
    """True for a file that is no retro at all: nobody misses it."""


def read_rows(data: bytes, name: str) -> FileRows | LeftOut:
    """The rows of a file, or why there are none. Never raises for what a file may hold.

    Args:
        data: the whole file.
        name: how it is named in a reason, relative to the folder.
    """
    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        if b"[retro]" not in data:
            return LeftOut(name, "it is not a retro", foreign=True)
        return _explained(data, name)
    if not isinstance(document.get("retro"), dict):
        return LeftOut(name, "it is not a retro", foreign=True)
    version = document.get("format")
    if type(version) is int and version > FORMAT:
        return LeftOut(
            name, f"it was written by a newer retrotui (format {version}; this one reads {FORMAT})"
        )
    try:
        return _rows(document)
    except Odd:
        return _explained(data, name)


def _explained(data: bytes, name: str) -> FileRows | LeftOut:
    """The codec's word on a file that looked odd: its first problem, or the rows after all."""
    from retrotui.archive.codec import loads
    from retrotui.archive.document import to_document
    from retrotui.archive.problems import BadFile, NewerFormat

    try:
        retro = loads(data, name)
    except BadFile as error:
        more = len(error.problems) - 1
        rest = f" (and {more} more)" if more else ""
        return LeftOut(name, str(error.problems[0]).removeprefix(f"{name}: ") + rest)
    except NewerFormat as error:
        return LeftOut(name, str(error))
    try:
        return _rows(to_document(retro))
    except Odd as error:
        return LeftOut(name, f"it could not be read: {error}")


def _rows(document: dict[str, Any]) -> FileRows:
    info = document["retro"]
    held = info.get("held")
    if held is not None and (type(held) is not datetime or held.tzinfo is None):
        raise Odd("held")
    zone = _text(info, "timezone") or "UTC"
    if not _is_zone(zone):
        raise Odd("timezone")
    agenda = document.get("agenda", {})
    tables = {name: _table(document, name) for name in WORDY_TABLES}
    factors = {_text(factor, "id"): _text(factor, "text") for factor in tables["factor"]}
    retro_id = _text(info, "id")
    if not retro_id:
        raise Odd("id")
    day = day_of(held, zone)
    return FileRows(
        retro_id=retro_id,
        title=_text(info, "title"),
        held="" if day is None else day.isoformat(),
        zone=zone,
        status=_text(info, "status"),
        mode=_text(info, "mode"),
        stage=_text(agenda, "current") if isinstance(agenda, dict) else "",
        tags=_texts(info, "tags"),
        people=_texts(info, "people"),
        actions=tuple(_action(action, factors) for action in tables["action"]),
        words=tuple(_words(info, tables)),
    )


def _action(table: dict[str, Any], factors: dict[str, str]) -> ActionRow:
    carried = table.get("carried", 0)
    kind = _text(table, "kind") or "prevent"
    status = _text(table, "status") or "open"
    priority = _text(table, "priority")
    if kind not in KINDS or status not in STATUSES or priority not in PRIORITIES:
        raise Odd("action")
    if type(carried) is not int or carried < 0:
        raise Odd("carried")
    action_id = _text(table, "id")
    if action_id[:1] != "a" or not action_id[1:].isdigit():
        raise Odd("id")
    about = [factors[factor] for factor in _texts(table, "factors") if factor in factors]
    return ActionRow(
        id=action_id,
        text=_text(table, "text"),
        kind=kind,
        owner=_text(table, "owner"),
        due=_day(table, "due"),
        priority=priority,
        done_when=_text(table, "done_when"),
        ticket=_text(table, "ticket"),
        status=status,
        reason=_text(table, "reason"),
        closed=_day(table, "closed"),
        carried=carried,
        came_from=_text(table, "came_from"),
        went_to=_text(table, "went_to"),
        factors=json.dumps(about, ensure_ascii=False) if about else "[]",
    )


def _words(info: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> Iterator[WordsRow]:
    for field in ("title", "summary", "impact"):
        text = _text(info, field)
        if text:
            yield WordsRow("", field, "", text)
    tags = _texts(info, "tags")
    if tags:
        yield WordsRow("", "tags", "", ", ".join(tags))
    for name, entries in tables.items():
        for entry in entries:
            # A private card has not been shown to anybody yet, so nobody finds it either.
            if entry.get("private") is True:
                continue
            text = _text(entry, "text")
            done_when = _text(entry, "done_when") if name == "action" else ""
            if text or done_when:
                category = _text(entry, "category") if name == "factor" else ""
                yield WordsRow(
                    _text(entry, "id"), name, category, f"{text}\n{done_when}" if done_when else text
                )


@lru_cache(maxsize=1000)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except Exception:  # zoneinfo raises several kinds, OSError and ValueError among them
        return False
    return True


def _table(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = document.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Odd(name)
    return found


def _text(table: dict[str, Any], key: str) -> str:
    found = table.get(key, "")
    if not isinstance(found, str):
        raise Odd(key)
    return found


def _texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list | tuple) or not all(isinstance(text, str) for text in found):
        raise Odd(key)
    return tuple(found)


def _day(table: dict[str, Any], key: str) -> str:
    found = table.get(key)
    if found is None:
        return ""
    if type(found) is not date:
        raise Odd(key)
    return found.isoformat()
