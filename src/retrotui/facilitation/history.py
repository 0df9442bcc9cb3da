"""Steps that can be undone and done again, each keeping only what it changed.

A value shares its entries with the one before it, but not its lists of entries. Whole values for thousands of
steps in a retro with thousands of entries would take gigabytes; the changed stretches of lists do not. Leaves
when to take a step to `session`.
"""

from dataclasses import dataclass
from itertools import compress, count
from operator import is_not

from retrotui.retro import Entry, Retro

_LISTS = tuple(Retro.FIELD_OF.values())

Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Splice:
    """One list of entries: what stood in a stretch of it before, and what stands there after."""

    field: str
    start: int
    """Entries in front of the stretch, the same before and after."""
    end: int
    """Entries behind it."""
    before: Entries
    after: Entries


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between two values. Make one with `step`."""

    name: str
    _before: Retro
    """The value before without its lists of entries."""
    _after: Retro
    _splices: tuple[_Splice, ...]

    def undone(self, current: Retro) -> Retro:
        """The value before, from a current value with the lists of the one after."""
        return self._with_lists(self._before, current, back=True)

    def redone(self, current: Retro) -> Retro:
        """The value after, from a current value with the lists of the one before."""
        return self._with_lists(self._after, current, back=False)

    def _with_lists(self, frame: Retro, current: Retro, *, back: bool) -> Retro:
        lists: dict[str, Entries] = {field: getattr(current, field) for field in _LISTS}
        for splice in self._splices:
            entries = lists[splice.field]
            put = splice.before if back else splice.after
            lists[splice.field] = (*entries[: splice.start], *put, *entries[len(entries) - splice.end :])
        return frame.model_copy(update=lists)


def step(name: str, before: Retro, after: Retro) -> Step:
    """The step from one value to the next."""
    splices: list[_Splice] = []
    for field in _LISTS:
        old: Entries = getattr(before, field)
        new: Entries = getattr(after, field)
        if old is not new:
            start, end = shared(old, new)
            splices.append(
                _Splice(field, start, end, old[start : len(old) - end], new[start : len(new) - end])
            )
    return Step(name, _frame(before), _frame(after), tuple(splices))


def shared(old: Entries, new: Entries) -> tuple[int, int]:
    """How many of the very same entries two lists begin with, and how many they end with behind those."""
    shorter = min(len(old), len(new))
    start = next(compress(count(), map(is_not, old, new)), shorter)
    end = next(compress(count(), map(is_not, reversed(old), reversed(new))), shorter)
    return start, min(end, shorter - start)


def _frame(retro: Retro) -> Retro:
    return retro.model_copy(update=dict.fromkeys(_LISTS, ()))
