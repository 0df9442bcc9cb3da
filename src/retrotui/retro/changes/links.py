"""Which fields of which entries hold ids of others, and taking ids out of all of them at once."""

from retrotui.retro.actions import Action, Question
from retrotui.retro.base import Entry, id_prefix
from retrotui.retro.changes.base import entries_of, with_entries
from retrotui.retro.document import Retro, type_of_prefix
from retrotui.retro.factors import Factor

LINKS: dict[tuple[type[Entry], str], str] = {
    (Factor, "events"): "e",
    (Question, "factors"): "f",
    (Action, "questions"): "q",
    (Action, "factors"): "f",
}
"""The field of a kind of entry, and the letter of the ids it holds."""


def without_links(retro: Retro, gone: frozenset[str]) -> Retro:
    """The retro with every mention of the ids that are gone taken out."""
    letters = {id_prefix(entry_id) for entry_id in gone}
    for (kind, field), target in LINKS.items():
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
