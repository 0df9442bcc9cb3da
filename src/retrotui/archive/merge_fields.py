"""Merging one thing that two sides changed: a value, a list of ids, the fields of an entry. Knows no file.

Each function takes the version both sides started from, ours and theirs. Leaves lists of entries and the
links between them to `merge`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from retrotui.retro import Action, Event, Stage, Topic
from retrotui.retro.base import Model

Item = TypeVar("Item")
Part = TypeVar("Part", bound=Model)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides gave different values. Ours stays; theirs is written down beside it."""

    where: str
    """`a1.due`, `retro.title`."""
    base: Any
    ours: Any
    theirs: Any


@dataclass(slots=True)
class Report:
    """What a merge could not decide alone, and what it did that one should know."""

    conflicts: list[Conflict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Sentences: an id that was given anew, an entry that was kept."""


_UNITS: Mapping[type[Model], tuple[tuple[str, ...], ...]] = {
    Action: (("status", "closed", "reason", "went_to"),),
    Event: (("at", "precision", "approximate", "said"),),
}
"""Fields that only make sense together: a day without its status would be nonsense."""

_LARGER: Mapping[type[Model], frozenset[str]] = {
    Stage: frozenset({"elapsed_s", "stays", "kept", "taken"}),
    Topic: frozenset({"elapsed_s"}),
    Action: frozenset({"carried"}),
}
"""Fields that only ever rise: the larger value knows more."""

_SETS = frozenset({"events", "factors", "questions", "evidence", "tags", "people", "refs", "rephrased"})
"""Fields that hold several things, each of which may come or go on its own."""


def three_way(base: Item, ours: Item, theirs: Item) -> tuple[Item, bool]:
    """The value, and whether both sides changed it to different ones (then it is ours)."""
    if ours == theirs or theirs == base:
        return ours, False
    if ours == base:
        return theirs, False
    return ours, True


def merge_sets(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]) -> tuple[Item, ...]:
    """What either side added is there, what either side took away is not; in our order, theirs after."""
    kept = [item for item in ours if item in theirs or item not in base]
    return tuple(kept) + tuple(item for item in theirs if item not in base and item not in kept)


def merge_part(base: Part | None, ours: Part, theirs: Part, where: str, report: Report) -> Part:
    """One table, field by field; keys that this version does not know are merged like fields."""
    if ours == theirs:
        return ours
    start: Model = base if base is not None else _blank(ours, theirs)
    values: dict[str, Any] = {}
    kind = type(ours)
    together = {name for unit in _UNITS.get(kind, ()) for name in unit}
    for unit in _UNITS.get(kind, ()):
        values.update(_merge_unit(unit, start, ours, theirs, where, report))
    for name in _names(start, ours, theirs):
        if name in together:
            continue
        known, mine, other = (_value(part, name) for part in (start, ours, theirs))
        if mine == other:
            values[name] = mine
        elif name in _SETS and isinstance(mine, tuple) and isinstance(other, tuple):
            values[name] = merge_sets(known or (), mine, other)
        elif name in _LARGER.get(kind, ()):
            values[name] = max(mine, other)
        else:
            values[name], both = three_way(known, mine, other)
            if both:
                report.conflicts.append(Conflict(f"{where}.{name}", known, mine, other))
    return ours.model_copy(
        update={
            name: value for name, value in values.items() if value is not None or name in kind.model_fields
        }
    )


def _merge_unit(
    unit: tuple[str, ...], base: Model, ours: Model, theirs: Model, where: str, report: Report
) -> dict[str, Any]:
    known, mine, other = (tuple(getattr(part, name) for name in unit) for part in (base, ours, theirs))
    chosen, both = three_way(known, mine, other)
    result = dict(zip(unit, chosen, strict=True))
    if not both:
        return result
    if isinstance(ours, Action) and isinstance(theirs, Action) and _same_end(ours, theirs):
        # The same end, noted twice: the earlier day, and whatever reasons were given.
        days = [day for day in (ours.closed, theirs.closed) if day is not None]
        reasons = dict.fromkeys(reason for reason in (ours.reason, theirs.reason) if reason)
        return {**result, "closed": min(days, default=None), "reason": "; ".join(reasons)}
    report.conflicts.extend(
        Conflict(f"{where}.{name}", *(getattr(part, name) for part in (base, ours, theirs)))
        for name in unit
        if getattr(ours, name) != getattr(theirs, name)
    )
    return result


def _same_end(ours: Action, theirs: Action) -> bool:
    """Whether both sides say that it ended the same way, and nothing but when or why differs."""
    return (ours.status, ours.went_to) == (theirs.status, theirs.went_to)


def _blank(ours: Model, theirs: Model) -> Model:
    """What two versions without a common start can be said to have started from: the fields at their
    defaults.
    """
    fields = type(ours).model_fields
    values = {
        name: getattr(ours, name)
        if field.is_required() or getattr(ours, name) == getattr(theirs, name)
        else field.get_default()
        for name, field in fields.items()
    }
    return type(ours).model_construct(**values)


def _names(*parts: Model) -> Iterable[str]:
    names = dict.fromkeys(type(parts[0]).model_fields)
    for part in parts:
        names.update(dict.fromkeys(part.model_extra or {}))
    return names


def _value(part: Model, name: str) -> Any:
    return getattr(part, name) if name in type(part).model_fields else (part.model_extra or {}).get(name)


def merge_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], keep: Callable[[str], bool]
) -> list[str]:
    """Ids in one order: ours, unless only theirs moved things; what one side alone has follows what it
    followed there.
    """
    common = set(base) & set(ours) & set(theirs)

    def only_common(ids: Sequence[str]) -> list[str]:
        return [each for each in ids if each in common]

    first, second = (theirs, ours) if only_common(ours) == only_common(base) else (ours, theirs)
    order = [each for each in first if keep(each)]
    for at, each in enumerate(second):
        if each in order or not keep(each):
            continue
        before = next((earlier for earlier in reversed(second[:at]) if earlier in order), None)
        order.insert(0 if before is None else order.index(before) + 1, each)
    return order
