"""Changes that bring two entries together: link, merge, group. What pointed at either still points right."""

from dataclasses import dataclass
from typing import Any

from retrotui.retro.actions import Answer
from retrotui.retro.base import ChangeRefused, Entry, id_prefix
from retrotui.retro.cards import Card
from retrotui.retro.changes.base import Change, entries_of, get, index_of, replaced, thing, with_entries
from retrotui.retro.changes.entries import Delete, Edit, revalidated
from retrotui.retro.changes.links import LINKS
from retrotui.retro.document import Retro, type_of_prefix
from retrotui.retro.factors import Factor, subtree_ids


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
        for (kind, field), target in LINKS.items():
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
        return f"merge {thing(self.entry_id)} into another"


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
        return f"group {thing(self.entry_id)}" if self.under else f"ungroup {thing(self.entry_id)}"


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
        return f"link {thing(self.entry_id)} to {thing(self.target)}"


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
        return f"unlink {thing(self.entry_id)} from {thing(self.target)}"


def _link_field(retro: Retro, entry_id: str, target: str) -> tuple[Entry, str]:
    entry = get(retro, entry_id)
    for (kind, field), letter in LINKS.items():
        if isinstance(entry, kind) and letter == id_prefix(target):
            return entry, field
    raise ChangeRefused(f"{entry_id} cannot be linked to {target}")


def _joined(first: str, second: str) -> str:
    if not second or second == first:
        return first
    return f"{first}; {second}" if first else second


def _group_of(cards: tuple[Card, ...], card_id: str, leaving: str) -> str:
    """The card that stands for a card's group: groups have one level. `leaving` is about to go."""
    card = next(item for item in cards if item.id == card_id)
    return card_id if card.group in ("", leaving) else card.group
