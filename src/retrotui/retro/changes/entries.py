"""Changes to any single entry: add, edit, delete, move, vote, park.

Each keeps ids unique and links whole. Leaves bringing two entries together to `joining`, the tree, promotion
and the agenda to their own modules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import ValidationError

from retrotui.retro.actions import Action, Answer, Question
from retrotui.retro.base import ChangeRefused, Entry, clean_text, id_prefix
from retrotui.retro.cards import WENT_WELL, Card
from retrotui.retro.changes.base import (
    Change,
    entries_of,
    get,
    index_of,
    label_of,
    note_gone,
    note_id,
    replaced,
    thing,
    with_entries,
)
from retrotui.retro.changes.links import LINKS, without_links
from retrotui.retro.document import Parked, Retro, type_of_prefix
from retrotui.retro.factors import Factor
from retrotui.retro.timeline import Event, place_for


@dataclass(frozen=True, slots=True)
class Add(Change):
    """Adds an entry: events by their time, everything else at the end or before a given entry."""

    entry: Entry
    before: str = ""
    """The id of the entry it goes in front of; empty for its natural place."""

    def apply(self, retro: Retro) -> Retro:
        prefix = id_prefix(self.entry.id)
        expected = type_of_prefix.get(prefix)
        if expected is not type(self.entry):
            raise ChangeRefused(f"{self.entry.id} is not an id for a {type(self.entry).__name__.lower()}")
        if isinstance(self.entry, Card) and (prefix == "w") is not (self.entry.stage == WENT_WELL):
            raise ChangeRefused(f"{self.entry.id} is not an id for a card of {self.entry.stage!r}")
        entry = _checked(retro, self.entry)
        retro = note_id(retro, entry.id)
        entries = entries_of(retro, prefix)
        if self.before:
            index = index_of(entries, self.before)
            if isinstance(entry, Event) and not _fits(entries, index, entry):
                raise ChangeRefused("events with a time stand in order of time: leave out where it goes")
        elif isinstance(entry, Event) and entry.at is not None:
            index = place_for(entries, entry.at)
        else:
            index = len(entries)
        return with_entries(retro, prefix, (*entries[:index], entry, *entries[index:]))

    @property
    def name(self) -> str:
        return f"add {label_of(self.entry)}"


@dataclass(frozen=True, slots=True)
class Edit(Change):
    """Gives some fields of an entry new values."""

    entry_id: str
    values: tuple[tuple[str, Any], ...]

    _FIXED: ClassVar[frozenset[str]] = frozenset({"id", "stage", "parent", "question"})

    def apply(self, retro: Retro) -> Retro:
        prefix = id_prefix(self.entry_id)
        entries = entries_of(retro, prefix)
        index = index_of(entries, self.entry_id)
        entry = entries[index]
        values = dict(self.values)
        for key in values:
            if key in self._FIXED or key not in type(entry).model_fields:
                raise ChangeRefused(f"{key!r} of {self.entry_id} cannot be edited")
        edited = _checked(retro, revalidated(entry, values))
        if isinstance(edited, Event) and edited.at is not None and edited.at != entry.at:
            rest = (*entries[:index], *entries[index + 1 :])
            place = place_for(rest, edited.at)
            return with_entries(retro, prefix, (*rest[:place], edited, *rest[place:]))
        return with_entries(retro, prefix, replaced(entries, index, edited))

    @property
    def name(self) -> str:
        return f"edit {', '.join(key.replace('_', ' ') for key, _ in self.values)} of {thing(self.entry_id)}"


def edit(entry_id: str, **values: Any) -> Edit:
    """An `Edit` written with keywords: `edit("e1", text="pager fires")`."""
    return Edit(entry_id, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Delete(Change):
    """Takes an entry out, and every link to it. What hung on it moves up or goes along:

    factors below move up to its parent, answers of a question go with it, grouped cards stand alone again.
    """

    entry_id: str

    def apply(self, retro: Retro) -> Retro:
        prefix = id_prefix(self.entry_id)
        entries = entries_of(retro, prefix)
        index = index_of(entries, self.entry_id)
        gone = entries[index]
        retro = note_gone(retro, gone.id)
        entries = (*entries[:index], *entries[index + 1 :])
        if isinstance(gone, Factor):
            entries = tuple(
                item.model_copy(update={"parent": gone.parent}) if item.parent == gone.id else item
                for item in entries
            )
        if isinstance(gone, Card):
            entries = tuple(
                item.model_copy(update={"group": ""}) if item.group == gone.id else item for item in entries
            )
        retro = with_entries(retro, prefix, entries)
        removed = {gone.id}
        if isinstance(gone, Question):
            removed |= {answer.id for answer in retro.answers if answer.question == gone.id}
            for answer_id in removed:
                retro = note_gone(retro, answer_id)
            retro = with_entries(
                retro, "n", tuple(item for item in retro.answers if item.question != gone.id)
            )
        if isinstance(gone, Action):
            retro = with_entries(
                retro,
                "n",
                tuple(
                    item.model_copy(update={"action": ""}) if item.action == gone.id else item
                    for item in retro.answers
                ),
            )
        return without_links(retro, frozenset(removed))

    @property
    def name(self) -> str:
        return f"delete {thing(self.entry_id)}"


@dataclass(frozen=True, slots=True)
class Move(Change):
    """Moves an entry among its like by some places: events among events, factors among siblings."""

    entry_id: str
    by: int
    """Places, negative for up."""

    def apply(self, retro: Retro) -> Retro:
        prefix = id_prefix(self.entry_id)
        entries = entries_of(retro, prefix)
        index = index_of(entries, self.entry_id)
        entry = entries[index]
        peers = [item for item in entries if _peers(entry, item)]
        at = peers.index(entry)
        to = max(0, min(len(peers) - 1, at + self.by))
        if to == at:
            raise ChangeRefused(
                "it stands at the end already" if self.by > 0 else "it stands at the start already"
            )
        passed = peers[at + 1 : to + 1] if to > at else peers[to:at]
        if isinstance(entry, Event) and entry.at is not None:
            for other in passed:
                if other.at is not None and other.at != entry.at:
                    raise ChangeRefused("events with a time stand in order of time: edit the time instead")
        rest = [item for item in entries if item.id != entry.id]
        anchor = rest.index(peers[to])
        place = anchor + 1 if to > at else anchor
        return with_entries(retro, prefix, (*rest[:place], entry, *rest[place:]))

    @property
    def name(self) -> str:
        return f"move {thing(self.entry_id)} {'down' if self.by > 0 else 'up'}"


@dataclass(frozen=True, slots=True)
class Vote(Change):
    """Sets the hands counted for an entry."""

    entry_id: str
    votes: int

    def apply(self, retro: Retro) -> Retro:
        if "votes" not in type(get(retro, self.entry_id)).model_fields:
            raise ChangeRefused(f"{self.entry_id} is not something to vote on")
        return edit(self.entry_id, votes=self.votes).apply(retro)

    @property
    def name(self) -> str:
        return f"{self.votes} hands for {thing(self.entry_id)}"


@dataclass(frozen=True, slots=True)
class Park(Change):
    """Parks a thought for later."""

    parked: Parked

    def apply(self, retro: Retro) -> Retro:
        return Add(self.parked).apply(retro)

    @property
    def name(self) -> str:
        return f"park {label_of(self.parked)}"


def revalidated(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """The entry with new values, checked as if it had been read from a file.

    Raises:
        ChangeRefused: when a value is not allowed, saying which and what is.
    """
    data = {name: getattr(entry, name) for name in type(entry).model_fields}
    data.update(
        {key: clean_text(value) if isinstance(value, str) else value for key, value in values.items()}
    )
    data.update(entry.model_extra or {})
    try:
        return type(entry).model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ChangeRefused(f"{where}: {first['msg'].removeprefix('Value error, ')}") from error


def _checked(retro: Retro, entry: Entry) -> Entry:
    """The entry, once every id it names exists in the retro."""
    fresh = {
        name: clean_text(value)
        for name in type(entry).model_fields
        if isinstance(value := getattr(entry, name), str)
        and type(value) is str
        and clean_text(value) != value
    }
    if fresh:
        entry = entry.model_copy(update=fresh)
    for (kind, field), target in LINKS.items():
        if isinstance(entry, kind):
            for linked in getattr(entry, field):
                if id_prefix(linked) != target or retro.find(linked) is None:
                    raise ChangeRefused(f"{linked} is not there to link to")
    if isinstance(entry, Factor) and entry.parent:
        get(retro, entry.parent)
    if isinstance(entry, Answer):
        get(retro, entry.question)
        if entry.action:
            get(retro, entry.action)
    if isinstance(entry, Card) and entry.group:
        lead = get(retro, entry.group)
        if not isinstance(lead, Card) or lead.stage != entry.stage or lead.group or lead.id == entry.id:
            raise ChangeRefused(f"{entry.group} is not a card to group under")
        if any(card.group == entry.id for card in entries_of(retro, id_prefix(entry.id))):
            raise ChangeRefused(f"other cards stand under {entry.id}: group it with the whole of its group")
    return entry


def _peers(entry: Entry, other: Entry) -> bool:
    if isinstance(entry, Factor):
        return isinstance(other, Factor) and other.parent == entry.parent
    if isinstance(entry, Answer):
        return isinstance(other, Answer) and other.question == entry.question
    if isinstance(entry, Card):
        return isinstance(other, Card) and (other.stage, other.column) == (entry.stage, entry.column)
    return True


def _fits(events: tuple[Event, ...], index: int, event: Event) -> bool:
    """Whether an event can stand at an index without breaking the order of time."""
    if event.at is None:
        return True
    earlier = next((item.at for item in reversed(events[:index]) if item.at is not None), event.at)
    later = next((item.at for item in events[index:] if item.at is not None), event.at)
    return earlier <= event.at <= later
