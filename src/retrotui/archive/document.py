"""A retro as TOML tables: which keys stand in the file, in which order, and which are left out when quiet.

Leaves the text to `toml_text`, and reading with all its errors to `reading`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from retrotui.archive.sealing import seal, seal_ballot
from retrotui.archive.toml_text import is_table, is_table_list
from retrotui.retro import Action, Agenda, Ballot, Card, Event, Info, Retro, Stage
from retrotui.retro.base import Model, id_number

SEALED = "sealed"
"""The key that holds what is not to be read at a glance."""

CONFLICTS = "merge_conflict"
"""The key of the tables in which the other side's values stand after a merge."""

_QUIET: Mapping[type[Model], frozenset[str]] = {
    Info: frozenset({"unattributed"}),
    Event: frozenset({"said", "state", "refs"}),
    Card: frozenset({"stage", "column", "group", "private"}),
    Stage: frozenset({"stays", "skipped", "rephrased", "kept", "taken"}),
    Agenda: frozenset({"topic"}),
    Action: frozenset({"closed", "came_from", "went_to"}),
}
"""Fields that are left out while they hold their default: few retros need them. What people fill in by hand
(summary, owner, done_when, ticket) is always there to be filled in."""

_QUIET_TABLES = frozenset({"opening", "ballot"})


@cache
def toml_names(model: type[Model]) -> Mapping[str, str]:
    """Field name → key in the file, in the order of the file."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


@cache
def _plan(model: type[Model]) -> tuple[tuple[str, str, bool, Any], ...]:
    quiet = _QUIET.get(model, frozenset())
    return tuple(
        (name, key, name in quiet, model.model_fields[name].get_default())
        for name, key in toml_names(model).items()
    )


def parts_of(retro: Retro) -> Iterator[tuple[str, Model | dict[str, Any]]]:
    """The retro in the order of its file: an entry with the name of its list, everything else as tables.

    The same value always gives the same parts.
    """
    unknown = _sorted(retro.model_extra or {})
    tables = {key: value for key, value in unknown.items() if is_table(value) or is_table_list(value)}
    plain = {key: value for key, value in unknown.items() if key not in tables}
    yield "", {"format": retro.format, **plain}
    for name, key, _, default in _plan(Retro):
        value = getattr(retro, name)
        if name == "ids":
            counters = _counters(retro)
            if counters:
                yield "", {key: counters}
        elif isinstance(value, tuple):
            for item in value:
                yield key, item
        elif isinstance(value, Model) and not (name in _QUIET_TABLES and value == default):
            yield "", {key: table_of(value)}
    if tables:
        yield "", tables


def to_document(retro: Retro) -> dict[str, Any]:
    """The whole retro as tables, as they stand in its file."""
    document: dict[str, Any] = {}
    for key, part in parts_of(retro):
        if isinstance(part, Model):
            document.setdefault(key, []).append(table_of(part))
        else:
            document.update(part)
    return document


def table_of(model: Model) -> dict[str, Any]:
    """One part of a retro as a table; keys this version does not know come last, by name."""
    table: dict[str, Any] = {}
    for name, key, quiet, default in _plan(type(model)):
        value = getattr(model, name)
        if value is None or (quiet and value == default):
            continue
        if isinstance(value, tuple) and (not value or isinstance(value[0], Model)):
            if value:
                table[key] = [table_of(item) for item in value]
            elif _lists_plain_values(type(model), name):
                table[key] = []
        else:
            table[key] = value
    if isinstance(model, Card) and model.private:
        table[SEALED] = seal(table.pop("text"))
    if isinstance(model, Ballot):
        del table["topics"], table["counts"]
        table[SEALED] = seal_ballot(model.topics, model.counts)
    if model.model_extra:
        table.update(_sorted(model.model_extra))
    return table


@cache
def _lists_plain_values(model: type[Model], name: str) -> bool:
    """Whether a list of this field may stand empty in the file; a list of tables is left out instead."""
    return (model, name) not in {(Agenda, "stages"), (Agenda, "topics")}


def _counters(retro: Retro) -> dict[str, Any]:
    """The highest numbers given out, where the entries that are left do not tell."""
    found: dict[str, Any] = {}
    for prefix, field in Retro.FIELD_OF.items():
        issued = getattr(retro.ids, prefix)
        if issued > max((id_number(entry.id) for entry in getattr(retro, field)), default=0):
            found[prefix] = issued
    found.update(_sorted(retro.ids.model_extra or {}))
    return found


def _sorted(value: Mapping[str, Any]) -> dict[str, Any]:
    """Unknown keys by name at every level: equal values then give equal bytes."""
    return {key: _sorted_value(value[key]) for key in sorted(value)}


def _sorted_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _sorted(value)
    if isinstance(value, list | tuple):
        return [_sorted_value(item) for item in value]
    return value


def unknown_keys(retro: Retro) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
    """The path of each key this version does not know, with the keys it knows at that place."""
    yield from _unknown_in(retro, ())


def _unknown_in(
    model: Model, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
    names = toml_names(type(model))
    for key in model.model_extra or {}:
        yield (*path, key), tuple(names.values())
    for name, key in names.items():
        value = getattr(model, name)
        if isinstance(value, Model):
            yield from _unknown_in(value, (*path, key))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Model):
                    yield from _unknown_in(item, (*path, key, index))
