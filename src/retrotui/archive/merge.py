"""Two versions of a retro that grew from one: merged by ids, so that nothing that either side wrote is lost
or doubled.

Entries that both sides added under one id get ids of their own. What both sides changed differently stays
as ours, and theirs stands in the file under `[[merge_conflict]]` until somebody has decided. Leaves single
fields to `merge_fields`, git to `cli`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retrotui.archive.document import CONFLICTS
from retrotui.archive.merge_fields import Conflict, Report, merge_order, merge_part, merge_sets, three_way
from retrotui.archive.merge_links import relinked, whole_again
from retrotui.retro import IssuedIds, Retro, Reviewed, Stage, Topic, problems
from retrotui.retro.base import Entry, Model
from retrotui.retro.timeline import in_order


class CannotMerge(Exception):
    """The two versions do not go together this way; the message is a sentence. Merge them as text instead."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One retro out of two."""

    retro: Retro
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]


def merge(base: Retro | None, ours: Retro, theirs: Retro) -> Merged:
    """Merges what two sides made of a retro.

    Args:
        base: what both started from; None when each side made the file by itself.
        ours: one side; on a conflict its value stays.
        theirs: the other side.

    Raises:
        CannotMerge: when they are not versions of one retro, or would not fit together.
    """
    if ours.info.id != theirs.info.id:
        raise CannotMerge(f"they are different retros, {ours.info.id} and {theirs.info.id}")
    report = Report()
    theirs = _apart(base, ours, theirs, report)
    values: dict[str, Any] = {
        "info": merge_part(base and base.info, ours.info, theirs.info, "retro", report),
        "opening": merge_part(base and base.opening, ours.opening, theirs.opening, "opening", report),
        "close": merge_part(base and base.close, ours.close, theirs.close, "close", report),
        "agenda": _agenda(base, ours, theirs, report),
        "kept_wording": merge_sets(base.kept_wording if base else (), ours.kept_wording, theirs.kept_wording),
        "reviewed": _reviewed(base, ours, theirs),
        "ballot": _field(base, ours, theirs, "ballot", report),
        "ids": IssuedIds(
            **{letter: max(side.highest(letter) for side in (ours, theirs)) for letter in Retro.FIELD_OF}
        ),
    }
    for letter, field in Retro.FIELD_OF.items():
        values[field] = _entries(base, ours, theirs, field, letter, report)
    retro = ours.model_copy(update=values)
    retro = _with_extras(base, ours, theirs, retro, report)
    retro = whole_again(retro, (ours, theirs, base), report)
    retro = _in_order_again(retro, ours, theirs)
    wrong = problems(retro)
    if wrong:
        raise CannotMerge(f"together they would not fit: {wrong[0].message}")
    return Merged(_noted(retro, report.conflicts), tuple(report.conflicts), tuple(report.notes))


def _reviewed(base: Retro | None, ours: Retro, theirs: Retro) -> tuple[Reviewed, ...]:
    """What either side settled; of an action that both settled, each in its own way, ours counts."""
    both = merge_sets(base.reviewed if base else (), ours.reviewed, theirs.reviewed)
    return tuple({one.action: one for one in reversed(both)}.values())[::-1]


def _apart(base: Retro | None, ours: Retro, theirs: Retro, report: Report) -> Retro:
    """Theirs, with new ids for entries that both sides added under one id and that are not the same thing."""
    fresh: dict[str, str] = {}
    for letter, field in Retro.FIELD_OF.items():
        known = {entry.id for entry in getattr(base, field)} if base else set()
        mine: Mapping[str, Entry] = {entry.id: entry for entry in getattr(ours, field)}
        number = max(side.highest(letter) for side in (ours, theirs, base or ours))
        for entry in getattr(theirs, field):
            other = mine.get(entry.id)
            if other is None or entry.id in known or _same_thing(other, entry):
                continue
            number += 1
            fresh[entry.id] = f"{letter}{number}"
            report.notes.append(f"both sides added {entry.id}: theirs is {letter}{number} now")
    return relinked(theirs, fresh) if fresh else theirs


def _same_thing(one: Entry, other: Entry) -> bool:
    """Whether two entries of one id, added on both sides, are one that came both ways."""
    text = getattr(one, "text", "")
    return one == other or (bool(text) and text == getattr(other, "text", ""))


def _entries(
    base: Retro | None, ours: Retro, theirs: Retro, field: str, letter: str, report: Report
) -> tuple[Entry, ...]:
    known, mine, other = (
        {entry.id: entry for entry in getattr(side, field)} if side else {} for side in (base, ours, theirs)
    )
    merged: dict[str, Entry] = {}
    for entry_id in dict.fromkeys((*mine, *other)):
        one, two, start = mine.get(entry_id), other.get(entry_id), known.get(entry_id)
        if one is not None and two is not None:
            merged[entry_id] = merge_part(start, one, two, entry_id, report)
        else:
            left = one if one is not None else two
            assert left is not None
            if start is None:
                merged[entry_id] = left
            elif left != start:
                merged[entry_id] = left
                gone = ("theirs", "ours") if one is not None else ("ours", "theirs")
                report.conflicts.append(
                    Conflict(
                        entry_id,
                        _words(start),
                        _words(left) if one is not None else "deleted",
                        "deleted" if one is not None else _words(left),
                    )
                )
                report.notes.append(
                    f"{entry_id} was deleted in {gone[0]} and changed in {gone[1]}: it is kept"
                )
    order = merge_order(list(known), list(mine), list(other), merged.__contains__)
    return tuple(merged[entry_id] for entry_id in order)


def _words(entry: Entry) -> str:
    return str(getattr(entry, "text", "")) or entry.id


def _agenda(base: Retro | None, ours: Retro, theirs: Retro, report: Report) -> Model:
    start, mine, other = base.agenda if base else None, ours.agenda, theirs.agenda
    if mine == other:
        return mine
    stages = _by_key(
        start.stages if start else (), mine.stages, other.stages, lambda stage: stage.id, "agenda", report
    )
    topics = _by_key(
        start.topics if start else (), mine.topics, other.topics, lambda topic: topic.item, "topic", report
    )
    order = [stage.id for stage in stages]
    current, both = three_way(start.current if start else "", mine.current, other.current)
    if both:
        # The meeting is where it has got to furthest.
        current = max(
            (mine.current, other.current), key=lambda each: order.index(each) if each in order else -1
        )
    topic, _ = three_way(start.topic if start else "", mine.topic, other.topic)
    planned_end, both = three_way(start.planned_end if start else None, mine.planned_end, other.planned_end)
    if both and mine.planned_end and other.planned_end:
        planned_end = max(mine.planned_end, other.planned_end)
    preset, _ = three_way(start.preset if start else "", mine.preset, other.preset)
    return mine.model_copy(
        update={
            "stages": stages,
            "topics": topics,
            "current": current if current in order else "",
            "topic": topic if any(each.item == topic for each in topics) else "",
            "preset": preset,
            "planned_end": planned_end,
        }
    )


def _by_key(base: Any, ours: Any, theirs: Any, key: Any, where: str, report: Report) -> tuple[Any, ...]:
    known, mine, other = ({key(part): part for part in parts} for parts in (base, ours, theirs))
    merged: dict[str, Stage | Topic] = {}
    for name in dict.fromkeys((*mine, *other)):
        if name in mine and name in other:
            merged[name] = merge_part(known.get(name), mine[name], other[name], f"{where}.{name}", report)
        elif name not in known:
            merged[name] = mine.get(name) or other[name]
    order = merge_order(list(known), list(mine), list(other), merged.__contains__)
    return tuple(merged[name] for name in order)


def _field(base: Retro | None, ours: Retro, theirs: Retro, name: str, report: Report) -> Any:
    known = getattr(base, name) if base else None
    value, both = three_way(known, getattr(ours, name), getattr(theirs, name))
    if both:
        report.conflicts.append(Conflict(name, known, getattr(ours, name), getattr(theirs, name)))
    return value


def _with_extras(base: Retro | None, ours: Retro, theirs: Retro, retro: Retro, report: Report) -> Retro:
    """The retro with the keys at the top of the file that this version does not know."""
    known, mine, other = (dict(side.model_extra or {}) if side else {} for side in (base, ours, theirs))
    extras: dict[str, Any] = {}
    for name in dict.fromkeys((*mine, *other)):
        if (
            name == CONFLICTS
            and isinstance(mine.get(name, []), list)
            and isinstance(other.get(name, []), list)
        ):
            value: Any = list(merge_sets(known.get(name) or (), mine.get(name, ()), other.get(name, ())))
        else:
            value, both = three_way(known.get(name), mine.get(name), other.get(name))
            if both:
                report.conflicts.append(Conflict(name, known.get(name), mine.get(name), other.get(name)))
        if value is not None and value != []:
            extras[name] = value
    return _replacing_extras(retro, extras)


def _replacing_extras(retro: Retro, extras: dict[str, Any]) -> Retro:
    fields = {name: getattr(retro, name) for name in Retro.model_fields}
    return Retro.model_construct(**fields, **extras)


def _noted(retro: Retro, conflicts: list[Conflict]) -> Retro:
    """The retro with the other side's values written down where everybody sees them."""
    if not conflicts:
        return retro
    extras = dict(retro.model_extra or {})
    noted = [
        {
            "where": each.where,
            "base": _shown(each.base),
            "ours": _shown(each.ours),
            "theirs": _shown(each.theirs),
        }
        for each in conflicts
    ]
    before = [each for each in extras.get(CONFLICTS, []) if each not in noted]
    return _replacing_extras(retro, {**extras, CONFLICTS: [*before, *noted]})


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Model):
        return value.model_dump_json(exclude_defaults=True)
    return value if type(value) is str else str(value)


def _in_order_again(retro: Retro, ours: Retro, theirs: Retro) -> Retro:
    """Events by time, as they were on both sides before."""
    if any(in_order(side.events) != side.events for side in (ours, theirs)):
        return retro
    return retro.model_copy(update={"events": in_order(retro.events)})
