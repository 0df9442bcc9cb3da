"""What must hold between the parts of a retro, beyond each part being valid on its own.

Used when a file is read and, in tests, after every change. Leaves line numbers to `archive`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retrotui.retro.base import id_prefix
from retrotui.retro.document import Retro


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a retro that cannot be so."""

    where: tuple[str | int, ...]
    """The path in the file: `("factor", 2, "parent")`."""
    message: str
    """What is wrong and what is allowed, as a sentence."""


_TABLE_OF = {
    "events": "event",
    "went_well": "went_well",
    "cards": "card",
    "factors": "factor",
    "questions": "question",
    "answers": "answer",
    "actions": "action",
    "parked": "parked",
}

_LETTERS_OF: dict[str, str] = {field: prefix for prefix, field in Retro.FIELD_OF.items()}


def problems(retro: Retro) -> tuple[Problem, ...]:
    """Everything that does not fit together, in the order of the file."""
    return (*_id_problems(retro), *_link_problems(retro), *_tree_problems(retro), *_agenda_problems(retro))


def _id_problems(retro: Retro) -> Iterator[Problem]:
    for field, table in _TABLE_OF.items():
        seen: dict[str, int] = {}
        letter = _LETTERS_OF[field]
        for index, entry in enumerate(getattr(retro, field)):
            if id_prefix(entry.id) != letter:
                yield Problem(
                    (table, index, "id"),
                    f"{entry.id!r} does not start with {letter!r}, as ids of [[{table}]] do",
                )
            if entry.id in seen:
                yield Problem(
                    (table, index, "id"),
                    f"{entry.id!r} is the id of [[{table}]] number {seen[entry.id] + 1} already; use another",
                )
            seen.setdefault(entry.id, index)


def _link_problems(retro: Retro) -> Iterator[Problem]:
    known = {field: frozenset(entry.id for entry in getattr(retro, field)) for field in _TABLE_OF}
    for field, link, target in (
        ("factors", "events", "events"),
        ("questions", "factors", "factors"),
        ("actions", "questions", "questions"),
        ("actions", "factors", "factors"),
    ):
        for index, entry in enumerate(getattr(retro, field)):
            for linked in getattr(entry, link):
                if linked not in known[target]:
                    yield Problem(
                        (_TABLE_OF[field], index, link),
                        f"{linked!r} is not the id of any [[{_TABLE_OF[target]}]]",
                    )
    for index, answer in enumerate(retro.answers):
        if answer.question not in known["questions"]:
            yield Problem(
                ("answer", index, "question"), f"{answer.question!r} is not the id of any [[question]]"
            )
        if answer.action and answer.action not in known["actions"]:
            yield Problem(("answer", index, "action"), f"{answer.action!r} is not the id of any [[action]]")
    for field in ("went_well", "cards"):
        groups = {card.id: card for card in getattr(retro, field)}
        for index, card in enumerate(getattr(retro, field)):
            if not card.group:
                continue
            lead = groups.get(card.group)
            if lead is None or lead.stage != card.stage or lead.group or lead.id == card.id:
                yield Problem(
                    (_TABLE_OF[field], index, "group"),
                    f"{card.group!r} is not an ungrouped card of the same stage",
                )
    if retro.ballot:
        for topic in retro.ballot.topics:
            if retro.find(topic) is None:
                yield Problem(("ballot", "topics"), f"{topic!r} is not the id of anything in this retro")
        if len(retro.ballot.counts) != len(retro.ballot.topics):
            yield Problem(("ballot", "counts"), "there must be one count for each topic")


def _tree_problems(retro: Retro) -> Iterator[Problem]:
    known = {factor.id for factor in retro.factors}
    broken: set[str] = set()
    for index, factor in enumerate(retro.factors):
        if factor.parent and factor.parent not in known:
            yield Problem(("factor", index, "parent"), f"{factor.parent!r} is not the id of any [[factor]]")
            broken.add(factor.id)
        elif factor.parent == factor.id:
            yield Problem(("factor", index, "parent"), "a factor cannot be its own parent")
            broken.add(factor.id)
    circling = _circling({item.id: item.parent for item in retro.factors if item.id not in broken})
    for index, factor in enumerate(retro.factors):
        if factor.id in circling:
            yield Problem(
                ("factor", index, "parent"), f"{factor.parent!r} closes a circle: it stands below this factor"
            )


def _circling(parent_of: Mapping[str, str]) -> frozenset[str]:
    """The factors that stand below themselves. Each is looked at once, however long the chains are."""
    done: set[str] = set()
    found: set[str] = set()
    for start in parent_of:
        chain: dict[str, None] = {}
        current = start
        while current in parent_of and current not in done and current not in chain:
            chain[current] = None
            current = parent_of[current]
        if current in chain:
            steps = list(chain)
            found.update(steps[steps.index(current) :])
        done.update(chain)
    return frozenset(found)


def _agenda_problems(retro: Retro) -> Iterator[Problem]:
    stages = [stage.id for stage in retro.agenda.stages]
    for index, stage_id in enumerate(stages):
        if stage_id in stages[:index]:
            yield Problem(("agenda", "stage", index, "id"), f"the stage {stage_id!r} is listed twice")
    if retro.agenda.current and retro.agenda.current not in stages:
        allowed = ", ".join(stages) or "none are listed"
        yield Problem(("agenda", "current"), f"{retro.agenda.current!r} is not one of the stages ({allowed})")
    for index, topic in enumerate(retro.agenda.topics):
        if retro.find(topic.item) is None:
            yield Problem(
                ("agenda", "topic_clock", index, "item"),
                f"{topic.item!r} is not the id of anything in this retro",
            )
    if retro.agenda.topic and retro.agenda.topic_clock(retro.agenda.topic) is None:
        yield Problem(("agenda", "topic"), f"{retro.agenda.topic!r} has no [[agenda.topic_clock]]")
