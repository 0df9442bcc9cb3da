"""From TOML tables to a retro: mends what may be mended, refuses what makes no sense, with path and sentence.

Leaves the text, its lines and the file's name to `codec`.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, cast

from pydantic import ValidationError

from retrotui.archive.document import SEALED, toml_names
from retrotui.archive.explain import Path, sentences, shown
from retrotui.archive.problems import MOST_SHOWN
from retrotui.archive.sealing import NotSealed, unseal, unseal_ballot
from retrotui.retro import (
    Action,
    Agenda,
    Answer,
    Ballot,
    Card,
    Close,
    Event,
    Factor,
    Info,
    IssuedIds,
    KeptWording,
    Opening,
    Parked,
    Question,
    Retro,
    Reviewed,
    Stage,
    StageKind,
    Topic,
    problems,
)
from retrotui.retro.base import Model

MOST_NESTED = 24
"""Tables and lists within one another; a retro needs four."""

_KIND_OF_STAGE = {
    "opening": StageKind.OPENING,
    "timeline": StageKind.TIMELINE,
    "went_well": StageKind.CARDS,
    "causes": StageKind.FACTORS,
    "how_can_we": StageKind.HOW_CAN_WE,
    "close": StageKind.CLOSE,
}
"""The kinds of the stages every incident retro has: a file written by hand need not say them."""

_LISTS: dict[Path, type[Model]] = {
    ("event",): Event,
    ("went_well",): Card,
    ("card",): Card,
    ("factor",): Factor,
    ("question",): Question,
    ("answer",): Answer,
    ("action",): Action,
    ("parked",): Parked,
    ("reviewed",): Reviewed,
    ("kept_wording",): KeptWording,
    ("agenda", "stage"): Stage,
    ("agenda", "topic_clock"): Topic,
}

_TABLES: dict[Path, type[Model]] = {
    (): Retro,
    ("retro",): Info,
    ("agenda",): Agenda,
    ("opening",): Opening,
    ("ballot",): Ballot,
    ("close",): Close,
    ("ids",): IssuedIds,
}

_INSTANTS: dict[type[Model], tuple[str, ...]] = {
    Info: ("held", "incident_start"),
    Agenda: ("planned_end",),
    Event: ("at",),
}
_DAYS: dict[type[Model], tuple[str, ...]] = {Action: ("due", "closed")}
_ENTRY_ID = re.compile(r"([a-z])([0-9]{1,9})")
_WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ].*)?", re.DOTALL)


class Unfit(Exception):
    """The tables do not make a retro."""

    def __init__(self, found: list[tuple[Path, str]]) -> None:
        self.found = found
        """Path and sentence of each problem."""
        super().__init__(f"{len(found)} problems")


def check_values(document: dict[str, Any]) -> None:
    """Refuses what no file of any version holds: endless nesting, numbers beyond 64 bits.

    Raises:
        Unfit: with the first of them.
    """
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise Unfit([(path, "found a whole number beyond 64 bits, which TOML does not allow")])
        if isinstance(value, dict | list):
            if len(path) > MOST_NESTED:
                raise Unfit([(path, f"more than {MOST_NESTED} tables and lists within one another")])
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend(((*path, step), item) for step, item in steps)


def read_document(document: dict[str, Any]) -> Retro:
    """The retro in these tables, which are changed on the way.

    Entries without an id are given the next one, and the well-known stages their kind.

    Raises:
        Unfit: when they do not make a retro.
    """
    found = list(_prepare(document))
    try:
        retro = Retro.model_validate(document)
    except ValidationError as error:
        told = {path for path, _ in found}
        found += [item for item in sentences(error, MOST_SHOWN + 1) if item[0] not in told]
        raise Unfit(found) from None
    if found:
        raise Unfit(found)
    unfit = problems(retro)
    if unfit:
        raise Unfit([(item.where, item.message) for item in unfit])
    return _with_counters(retro)


def read_leniently(document: dict[str, Any]) -> Retro | None:
    """As much of a newer file as makes sense here, for looking only; None when too little does."""
    for path, _ in list(_prepare(document)):
        _cut(document, path)
    for _ in range(50):
        try:
            retro = Retro.model_validate(document)
            paths = [item.where for item in problems(retro)]
            if not paths:
                return _with_counters(retro)
        except ValidationError as error:
            paths = [tuple(item["loc"]) for item in error.errors(include_url=False, include_input=False)]
        for path in sorted(set(paths), key=_last_first, reverse=True):
            _cut(document, path)
    return None


def _last_first(path: Path) -> tuple[str, ...]:
    return tuple(f"{step:09d}" if isinstance(step, int) else step for step in path)


def _cut(document: dict[str, Any], path: Path) -> None:
    """Takes out what stands at a path; what is missing takes its table along."""
    here: Any = document
    above: list[tuple[Any, Any]] = []
    for step in path:
        above.append((here, step))
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            above.pop()
            break
    if above:
        container, step = above[-1]
        try:
            del container[step]
        except (KeyError, IndexError, TypeError):
            return


def _prepare(document: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Mends in place what may be mended; yields what may not."""
    for path, table, model in _tables(document):
        yield from _misnamed(path, table, model)
        yield from _times(path, table, model)
        if model is Ballot:
            yield from _open_ballot(path, table)
        elif model is Card:
            yield from _open_card(path, table)
        elif model is Stage and "kind" not in table:
            kind = _KIND_OF_STAGE.get(table["id"]) if isinstance(table.get("id"), str) else None
            if kind:
                table["kind"] = kind.value
    _give_ids(document)


def _tables(document: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any], type[Model]]]:
    """Every table that stands where one is expected, with its path and what it should be."""
    for path, model in _TABLES.items():
        table = document if not path else document.get(cast(str, path[0]))
        if isinstance(table, dict):
            yield path, table, model
    for path, model in _LISTS.items():
        above: Any = document
        for step in path[:-1]:
            above = above.get(step) if isinstance(above, dict) else None
        items = above.get(path[-1]) if isinstance(above, dict) else None
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield (*path, index), item, model


def _misnamed(path: Path, table: dict[str, Any], model: type[Model]) -> Iterator[tuple[Path, str]]:
    names = toml_names(model)
    keys = frozenset(names.values())
    for name, key in names.items():
        if name != key and name in table and name not in keys:
            yield (*path, name), f"this is not a key of this format; it is called {key!r} in a file"


def _times(path: Path, table: dict[str, Any], model: type[Model]) -> Iterator[tuple[Path, str]]:
    for key in _INSTANTS.get(model, ()):
        if key not in table:
            continue
        value = table[key]
        if isinstance(value, datetime):
            if not 1 < value.year < 9999:
                yield (*path, key), f"found {shown(value)}; years go from 2 to 9998"
            elif value.tzinfo is None:
                better = f"{value.isoformat(timespec='seconds')}+00:00"
                yield (*path, key), f"found {shown(value)} without an offset; write it with one, as {better}"
        elif not _is_written_day(value):
            yield (
                (*path, key),
                f"found {shown(value)}; write a time with its offset, such as 2026-11-20T14:03:00+00:00",
            )
    for key in _DAYS.get(model, ()):
        if key not in table:
            continue
        value = table[key]
        if not (isinstance(value, date) or _is_written_day(value)):
            yield (*path, key), f"found {shown(value)}; write a day, such as 2026-12-05"


def _is_written_day(value: object) -> bool:
    return isinstance(value, str) and _WRITTEN_DAY.fullmatch(value) is not None


def _open_ballot(path: Path, table: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    if SEALED not in table:
        return
    try:
        topics, counts = unseal_ballot(_sealed_text(table))
    except NotSealed:
        yield (
            (*path, SEALED),
            "this was changed and cannot be read; take the [ballot] table out to drop the vote",
        )
        return
    del table[SEALED]
    table["topics"], table["counts"] = topics, counts


def _open_card(path: Path, table: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    if SEALED not in table:
        return
    try:
        text = unseal(_sealed_text(table))
    except NotSealed:
        yield (*path, SEALED), "this was changed and cannot be read; take the card out, or write it as text"
        return
    if "text" in table:
        yield (*path, "text"), "this card has a sealed text too; take one of the two out"
        return
    del table[SEALED]
    table["text"] = text


def _sealed_text(table: dict[str, Any]) -> str:
    sealed = table[SEALED]
    if not isinstance(sealed, str):
        raise NotSealed
    return sealed


def _give_ids(document: dict[str, Any]) -> None:
    """Gives entries written by hand without an id the next number that was never used."""
    issued = document.get("ids")
    for prefix, field in Retro.FIELD_OF.items():
        entries = document.get(toml_names(Retro)[field])
        if not isinstance(entries, list):
            continue
        without = [entry for entry in entries if isinstance(entry, dict) and "id" not in entry]
        if not without:
            continue
        highest = issued.get(prefix, 0) if isinstance(issued, dict) else 0
        if not isinstance(highest, int):
            return
        for entry in entries:
            match = _ENTRY_ID.fullmatch(str(entry.get("id"))) if isinstance(entry, dict) else None
            if match:
                highest = max(highest, int(match.group(2)))
        for number, entry in enumerate(without, start=highest + 1):
            entry["id"] = f"{prefix}{number}"


def _with_counters(retro: Retro) -> Retro:
    """The retro knowing the highest number given out per kind, as one that never left memory does."""
    counters = {prefix: retro.highest(prefix) for prefix in Retro.FIELD_OF}
    return retro.model_copy(update={"ids": retro.ids.model_copy(update=counters)})
