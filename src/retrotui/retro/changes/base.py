"""What a change is: a frozen value that turns one retro into the next, and says in words what it does.

Leaves when and by whom changes are applied to `facilitation`.
"""

from dataclasses import dataclass
from typing import Any

from retrotui.retro.base import ChangeRefused, Entry, id_number, id_prefix
from retrotui.retro.document import Retro


@dataclass(frozen=True, slots=True)
class Change:
    """One step from a retro to the next. Apply it through a session, never by hand."""

    def apply(self, retro: Retro) -> Retro:
        """The retro after this change.

        Raises:
            ChangeRefused: when it makes no sense for this retro, with a sentence that says why.
        """
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What it does, in words that fit after "undo": `add "pager fires"`."""
        raise NotImplementedError


_THINGS = {
    "e": "event",
    "w": "card",
    "c": "card",
    "f": "cause",
    "q": "question",
    "n": "idea",
    "a": "action item",
    "p": "parked thought",
}


def thing(entry_id: str) -> str:
    """What an entry is called in what undo says: `the event` for `e12`, whose number tells nobody a thing."""
    return f"the {_THINGS.get(id_prefix(entry_id), 'entry')}"


def entries_of(retro: Retro, prefix: str) -> tuple[Any, ...]:
    """The entries whose ids start with this letter."""
    field = Retro.FIELD_OF.get(prefix)
    if field is None:
        raise ChangeRefused(f"there is nothing whose id starts with {prefix!r}")
    found: tuple[Any, ...] = getattr(retro, field)
    return found


def with_entries(retro: Retro, prefix: str, entries: tuple[Any, ...]) -> Retro:
    """The retro with the entries of one letter replaced."""
    return retro.model_copy(update={Retro.FIELD_OF[prefix]: entries})


def index_of(entries: tuple[Any, ...], entry_id: str) -> int:
    """Where an entry stands.

    Raises:
        ChangeRefused: when it is not there (any more).
    """
    for index, entry in enumerate(entries):
        if entry.id == entry_id:
            return index
    raise ChangeRefused(f"{entry_id} is not there any more")


def get(retro: Retro, entry_id: str) -> Entry:
    """The entry of this id.

    Raises:
        ChangeRefused: when it is not there (any more).
    """
    found = retro.find(entry_id)
    if found is None:
        raise ChangeRefused(f"{entry_id} is not there any more")
    return found


def replaced(entries: tuple[Any, ...], index: int, entry: Any) -> tuple[Any, ...]:
    """The entries with one of them replaced."""
    return (*entries[:index], entry, *entries[index + 1 :])


def note_id(retro: Retro, entry_id: str) -> Retro:
    """The retro with an id noted as given out.

    Raises:
        ChangeRefused: when the id is, or ever was, in use.
    """
    prefix, number = id_prefix(entry_id), id_number(entry_id)
    if prefix not in Retro.FIELD_OF:
        raise ChangeRefused(f"there is nothing whose id starts with {prefix!r}")
    if number <= retro.highest(prefix):
        raise ChangeRefused(f"{entry_id} has been used before in this retro")
    return retro.model_copy(update={"ids": retro.ids.model_copy(update={prefix: number})})


def note_gone(retro: Retro, entry_id: str) -> Retro:
    """The retro with an id noted as given out, before its entry goes: a file may not say so."""
    prefix, number = id_prefix(entry_id), id_number(entry_id)
    if number <= getattr(retro.ids, prefix):
        return retro
    return retro.model_copy(update={"ids": retro.ids.model_copy(update={prefix: number})})


def short(text: str, width: int = 40) -> str:
    """A text on one line, cut to fit into a sentence, in quotation marks."""
    line = " ".join(text.split())
    if len(line) > width:
        line = line[: width - 1].rstrip() + "…"
    return f'"{line}"'


def label_of(entry: Entry) -> str:
    """An entry by its words, or by its id when it has none."""
    text = getattr(entry, "text", "")
    return short(text) if text.strip() else entry.id
