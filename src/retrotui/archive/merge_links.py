"""The links between entries while two versions are merged: renamed together, never left pointing at
nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retrotui.archive.merge_fields import Conflict, Report
from retrotui.retro import Retro
from retrotui.retro.base import Entry, id_prefix
from retrotui.retro.factors import ancestors

_LISTS = {"f": ("events",), "q": ("factors",), "a": ("questions", "factors")}
"""Fields that hold several ids, by the letter of the entry."""
_SINGLE = {"f": ("parent",), "n": ("question", "action"), "w": ("group",), "c": ("group",)}
"""Fields that hold one id or none."""


def relinked(retro: Retro, fresh: Mapping[str, str]) -> Retro:
    """The retro with entries renamed, and everything that names them."""

    def new(entry_id: str) -> str:
        return fresh.get(entry_id, entry_id)

    values: dict[str, Any] = {}
    for letter, field in Retro.FIELD_OF.items():
        entries = []
        for entry in getattr(retro, field):
            update: dict[str, Any] = {"id": new(entry.id)}
            update |= {name: new(getattr(entry, name)) for name in _SINGLE.get(letter, ())}
            update |= {name: tuple(map(new, getattr(entry, name))) for name in _LISTS.get(letter, ())}
            entries.append(entry.model_copy(update=update))
        values[field] = tuple(entries)
    agenda = retro.agenda
    topics = tuple(topic.model_copy(update={"item": new(topic.item)}) for topic in agenda.topics)
    stages = tuple(
        stage.model_copy(update={"rephrased": tuple(map(new, stage.rephrased))}) if stage.rephrased else stage
        for stage in agenda.stages
    )
    values["agenda"] = agenda.model_copy(
        update={"topic": new(agenda.topic), "topics": topics, "stages": stages}
    )
    if retro.ballot:
        values["ballot"] = retro.ballot.model_copy(update={"topics": tuple(map(new, retro.ballot.topics))})
    return retro.model_copy(update=values)


def linked_ids(retro: Retro) -> Iterator[tuple[str, str]]:
    """Every link: who points, at what."""
    for letter, field in Retro.FIELD_OF.items():
        for entry in getattr(retro, field):
            for name in _LISTS.get(letter, ()):
                yield from ((entry.id, target) for target in getattr(entry, name))
            for name in _SINGLE.get(letter, ()):
                if getattr(entry, name):
                    yield entry.id, getattr(entry, name)
    for topic in retro.agenda.topics:
        yield "the agenda", topic.item
    if retro.ballot:
        yield from (("the ballot", topic) for topic in retro.ballot.topics)


def whole_again(retro: Retro, sides: Sequence[Retro | None], report: Report) -> Retro:
    """The merged retro with what one side deleted and the other side still needs put back, and no circles."""
    while True:
        missing = {target: who for who, target in linked_ids(retro) if retro.find(target) is None}
        found = {target: _from(sides, target) for target in missing}
        if not any(found.values()):
            break
        for target, entry in found.items():
            if entry is not None:
                report.notes.append(
                    f"{target} was deleted on one side; {missing[target]} needs it: it is kept"
                )
                field = Retro.FIELD_OF[id_prefix(target)]
                retro = retro.model_copy(update={field: (*getattr(retro, field), entry)})
    return _ungrouped(_without_circles(retro, sides, report))


def _from(sides: Sequence[Retro | None], entry_id: str) -> Entry | None:
    return next((entry for side in sides if side and (entry := side.find(entry_id)) is not None), None)


def _without_circles(retro: Retro, sides: Sequence[Retro | None], report: Report) -> Retro:
    """Factors that each side moved below the other: they stand where they stood on our side."""
    ours = sides[0]
    assert ours is not None
    for factor in retro.factors:
        above = [*ancestors(retro.factors, factor.id)]
        parents = {each.id: each.parent for each in retro.factors}
        if not above or parents[above[-1]] not in (*above, factor.id) or not parents[above[-1]]:
            continue
        for each in {factor.id, *above}:
            mine = ours.find(each)
            parent = getattr(mine, "parent", "")
            if parent != parents[each]:
                report.conflicts.append(Conflict(f"{each}.parent", "", parent, parents[each]))
                factors = tuple(
                    item.model_copy(update={"parent": parent}) if item.id == each else item
                    for item in retro.factors
                )
                retro = retro.model_copy(update={"factors": factors})
    return retro


def _ungrouped(retro: Retro) -> Retro:
    """Cards grouped under a card that is itself grouped now: under that one's lead, or alone."""
    for field in ("went_well", "cards"):
        cards = {card.id: card for card in getattr(retro, field)}
        fresh = []
        for card in cards.values():
            lead, seen = card.group, {card.id}
            while lead in cards and cards[lead].group and lead not in seen:
                seen.add(lead)
                lead = cards[lead].group
            fits = lead in cards and lead not in seen and cards[lead].stage == card.stage
            fresh.append(card.model_copy(update={"group": lead if fits else ""}) if card.group else card)
        retro = retro.model_copy(update={field: tuple(fresh)})
    return retro
