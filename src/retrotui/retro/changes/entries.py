"""Changes to any entry: add, edit, delete, move, merge, vote, link.

Each keeps ids unique and links whole. Leaves the tree, promotion and the agenda to their own modules.
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
    with_entries,
)
from retrotui.retro.document import Parked, Retro, type_of_prefix
from retrotui.retro.factors import Factor, subtree_ids
from retrotui.retro.timeline import Event, place_for

_LINKS: dict[tuple[type[Entry], str], str] = {
    (Factor, "events"): "e",
    (Question, "factors"): "f",
    (Action, "questions"): "q",
    (Action, "factors"): "f",
}


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
        return f"edit {', '.join(key.replace('_', ' ') for key, _ in self.values)} of {self.entry_id}"


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
        return _without_links(retro, frozenset(removed))

    @property
    def name(self) -> str:
        return f"delete {self.entry_id}"


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
        return f"move {self.entry_id} {'down' if self.by > 0 else 'up'}"


@dataclass(frozen=True, slots=True)
class Merge(Change):
    """Makes one entry out of two of the same kind: words joined, votes and links added up."""

    entry_id: str
    into: str

    def apply(self, retro: Retro) -> Retro:
        one, other = get(retro, self.entry_id), get(retro, self.into)
        if one.id == other.id or type(one) is not type(other):
            raise ChangeRefused("only two different entries of the same kind can become one")
        prefix = id_prefix(other.id)
        if id_prefix(one.id) != prefix or getattr(one, "stage", "") != getattr(other, "stage", ""):
            raise ChangeRefused("only entries of the same stage can become one")
        if retro.ballot and one.id in retro.ballot.topics:
            raise ChangeRefused("close the vote first: one of them is being voted on")
        if isinstance(one, Factor) and other.id in subtree_ids(retro.factors, one.id):
            raise ChangeRefused(
                "a factor cannot become one with a factor below it: merge the lower one upwards"
            )
        values: dict[str, Any] = {"text": _joined(getattr(other, "text", ""), getattr(one, "text", ""))}
        if hasattr(other, "votes"):
            values["votes"] = other.votes + getattr(one, "votes", 0)
        for link in ("events", "factors", "questions", "evidence", "refs"):
            if hasattr(other, link):
                values[link] = tuple(dict.fromkeys((*getattr(other, link), *getattr(one, link))))
        for word in ("source", "done_when", "ticket", "owner", "category"):
            if hasattr(other, word) and not getattr(other, word):
                values[word] = getattr(one, word)
        if isinstance(one, Answer) and one.action and not getattr(other, "action", ""):
            values["action"] = one.action
        entries = entries_of(retro, prefix)
        merged = revalidated(other, values)
        retro = with_entries(retro, prefix, replaced(entries, index_of(entries, other.id), merged))
        return Delete(one.id).apply(self._hand_over(retro, one.id, other.id))

    def _hand_over(self, retro: Retro, old: str, new: str) -> Retro:
        """Lets what pointed at the old entry point at the new one."""
        for (kind, field), target in _LINKS.items():
            if target != id_prefix(old):
                continue
            prefix = next(letter for letter, model in type_of_prefix.items() if model is kind)
            entries = tuple(
                item.model_copy(
                    update={field: tuple(dict.fromkeys(new if i == old else i for i in getattr(item, field)))}
                )
                if old in getattr(item, field)
                else item
                for item in entries_of(retro, prefix)
            )
            retro = with_entries(retro, prefix, entries)
        for prefix, field in (
            ("n", "question"),
            ("n", "action"),
            ("f", "parent"),
            ("w", "group"),
            ("c", "group"),
        ):
            entries = entries_of(retro, prefix)
            if any(getattr(item, field) == old for item in entries):
                heir = _group_of(entries, new, old) if field == "group" else new
                fresh = tuple(
                    item.model_copy(update={field: heir if item.id != new else ""})
                    if getattr(item, field) == old
                    else item
                    for item in entries
                )
                retro = with_entries(retro, prefix, fresh)
        return retro

    @property
    def name(self) -> str:
        return f"merge {self.entry_id} into {self.into}"


@dataclass(frozen=True, slots=True)
class Group(Change):
    """Puts a card under another (`under`), or stands it alone again (empty)."""

    entry_id: str
    under: str = ""

    def apply(self, retro: Retro) -> Retro:
        card = get(retro, self.entry_id)
        if not isinstance(card, Card):
            raise ChangeRefused("only cards can be grouped")
        prefix = id_prefix(card.id)
        cards = entries_of(retro, prefix)
        lead_id = ""
        if self.under:
            lead = get(retro, self.under)
            if not isinstance(lead, Card) or lead.stage != card.stage or lead.id == card.id:
                raise ChangeRefused("a card can be grouped under another card of its own stage")
            lead_id = lead.group or lead.id
            if lead_id == card.id:
                raise ChangeRefused("that card stands under this one already")
        fresh = tuple(
            item.model_copy(update={"group": lead_id})
            if item.id == card.id or (lead_id and item.group == card.id)
            else item
            for item in cards
        )
        return with_entries(retro, prefix, fresh)

    @property
    def name(self) -> str:
        return f"group {self.entry_id}" if self.under else f"ungroup {self.entry_id}"


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
        return f"{self.votes} hands for {self.entry_id}"


@dataclass(frozen=True, slots=True)
class Link(Change):
    """Ties an entry to another: a factor to an event, a question to a factor, an action to either."""

    entry_id: str
    target: str

    def apply(self, retro: Retro) -> Retro:
        entry, field = _link_field(retro, self.entry_id, self.target)
        get(retro, self.target)
        linked: tuple[str, ...] = getattr(entry, field)
        if self.target in linked:
            raise ChangeRefused(f"{self.entry_id} is linked to {self.target} already")
        return Edit(self.entry_id, ((field, (*linked, self.target)),)).apply(retro)

    @property
    def name(self) -> str:
        return f"link {self.entry_id} to {self.target}"


@dataclass(frozen=True, slots=True)
class Unlink(Change):
    """Takes a link away again."""

    entry_id: str
    target: str

    def apply(self, retro: Retro) -> Retro:
        entry, field = _link_field(retro, self.entry_id, self.target)
        linked: tuple[str, ...] = getattr(entry, field)
        if self.target not in linked:
            raise ChangeRefused(f"{self.entry_id} is not linked to {self.target}")
        rest = tuple(item for item in linked if item != self.target)
        return Edit(self.entry_id, ((field, rest),)).apply(retro)

    @property
    def name(self) -> str:
        return f"unlink {self.entry_id} from {self.target}"


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
    for (kind, field), target in _LINKS.items():
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


def _link_field(retro: Retro, entry_id: str, target: str) -> tuple[Entry, str]:
    entry = get(retro, entry_id)
    for (kind, field), letter in _LINKS.items():
        if isinstance(entry, kind) and letter == id_prefix(target):
            return entry, field
    raise ChangeRefused(f"{entry_id} cannot be linked to {target}")


def _peers(entry: Entry, other: Entry) -> bool:
    if isinstance(entry, Factor):
        return isinstance(other, Factor) and other.parent == entry.parent
    if isinstance(entry, Answer):
        return isinstance(other, Answer) and other.question == entry.question
    if isinstance(entry, Card):
        return isinstance(other, Card) and (other.stage, other.column) == (entry.stage, entry.column)
    return True


def _group_of(cards: tuple[Card, ...], card_id: str, leaving: str) -> str:
    """The card that stands for a card's group: groups have one level. `leaving` is about to go."""
    card = next(item for item in cards if item.id == card_id)
    return card_id if card.group in ("", leaving) else card.group


def _fits(events: tuple[Event, ...], index: int, event: Event) -> bool:
    """Whether an event can stand at an index without breaking the order of time."""
    if event.at is None:
        return True
    earlier = next((item.at for item in reversed(events[:index]) if item.at is not None), event.at)
    later = next((item.at for item in events[index:] if item.at is not None), event.at)
    return earlier <= event.at <= later


def _joined(first: str, second: str) -> str:
    if not second or second == first:
        return first
    return f"{first}; {second}" if first else second


def _without_links(retro: Retro, gone: frozenset[str]) -> Retro:
    """The retro with every mention of the ids that are gone taken out."""
    letters = {id_prefix(entry_id) for entry_id in gone}
    for (kind, field), target in _LINKS.items():
        if target not in letters:
            continue
        prefix = next(letter for letter, model in type_of_prefix.items() if model is kind)
        entries = entries_of(retro, prefix)
        if any(not gone.isdisjoint(getattr(item, field)) for item in entries):
            fresh = tuple(
                item.model_copy(update={field: tuple(i for i in getattr(item, field) if i not in gone)})
                for item in entries
            )
            retro = with_entries(retro, prefix, fresh)
    agenda = retro.agenda
    if any(topic.item in gone for topic in agenda.topics):
        left = tuple(topic for topic in agenda.topics if topic.item not in gone)
        current = "" if agenda.topic in gone else agenda.topic
        retro = retro.model_copy(
            update={"agenda": agenda.model_copy(update={"topics": left, "topic": current})}
        )
    ballot = retro.ballot
    if ballot and not gone.isdisjoint(ballot.topics):
        pairs = [(t, n) for t, n in zip(ballot.topics, ballot.counts, strict=True) if t not in gone]
        fresh_ballot = (
            ballot.model_copy(
                update={"topics": tuple(t for t, _ in pairs), "counts": tuple(n for _, n in pairs)}
            )
            if pairs
            else None
        )
        retro = retro.model_copy(update={"ballot": fresh_ballot})
    return retro


__all__ = [
    "Add",
    "Delete",
    "Edit",
    "Group",
    "Link",
    "Merge",
    "Move",
    "Park",
    "Unlink",
    "Vote",
    "edit",
    "revalidated",
]
