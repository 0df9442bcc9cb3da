"""The kinds of events: their keys, what each means, and the question each asks next.

Leaves guessing a kind from words to `guessing`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from retrotui.retro import EventKind

_TABLE: tuple[tuple[EventKind, str, str, str], ...] = (
    (
        EventKind.IMPACT_START,
        "i",
        "the first minute in which anybody was affected",
        "What did it look like from outside at that minute, and for how many?",
    ),
    (
        EventKind.DETECTED,
        "d",
        "the first time the trouble was noticed, by whatever means",
        "What gave it away, and what could have shown it sooner?",
    ),
    (
        EventKind.ALERTED,
        "a",
        "a machine called for attention",
        "What did the alert say, and what did it leave open?",
    ),
    (
        EventKind.ACKNOWLEDGED,
        "k",
        "the alert reached somebody who took it up",
        "What was on the screen first, and where did it point?",
    ),
    (
        EventKind.DECLARED,
        "l",
        "it was called an incident",
        "What tipped the balance, and what made declaring easy or hard?",
    ),
    (
        EventKind.ESCALATED,
        "e",
        "more hands or other knowledge were asked for",
        "What was known to be missing, and how was the right help found?",
    ),
    (
        EventKind.IDENTIFIED,
        "f",
        "what lay behind it was found",
        "Which sign settled it, and where could that sign have been seen earlier?",
    ),
    (
        EventKind.MITIGATED,
        "m",
        "the worst of the harm stopped",
        "What made this step work, and what would have made it quicker?",
    ),
    (
        EventKind.IMPACT_END,
        "n",
        "the last minute in which anybody was affected",
        "How do we know it was the last, and what is still left to mend?",
    ),
    (
        EventKind.RESOLVED,
        "r",
        "everything works as before",
        "How was it checked, and what stays different from before?",
    ),
    (
        EventKind.COMMS,
        "c",
        "somebody outside the response was told",
        "What did the people reading this need at that moment, and did it reach them?",
    ),
    (
        EventKind.OH_NO,
        "o",
        "the second in which it became clear what had happened",
        "What made it click, and which signal could have brought that second closer?",
    ),
    (
        EventKind.CHANGE,
        "g",
        "something was changed: a deploy, a setting, a migration",
        "What path did the change take, and which checks did it pass on the way?",
    ),
    (
        EventKind.OBSERVATION,
        "b",
        "something that could be seen or measured",
        "Where was this visible, and what did it seem to mean at the time?",
    ),
    (
        EventKind.HYPOTHESIS,
        "h",
        "an idea of what might be going on",
        "What spoke for this idea then, and what later confirmed or disproved it?",
    ),
    (
        EventKind.DECISION,
        "y",
        "a way was chosen",
        "Which ways were open at that moment, and what was known about each?",
    ),
    (
        EventKind.ACTION,
        "t",
        "something was done about it",
        "What was the step meant to achieve, and what happened next?",
    ),
    (
        EventKind.HANDOFF,
        "w",
        "work or knowledge passed from one to the next",
        "What travelled with the hand-off, and what stayed behind?",
    ),
    (
        EventKind.SURPRISE,
        "u",
        "something turned out other than expected",
        "What did everything point to until then, and what does this tell us about the system?",
    ),
    (
        EventKind.CONTEXT,
        "x",
        "what was true around it",
        "How did this shape what could be seen or done at the time?",
    ),
    (EventKind.SAW, "s", "what I saw", "What did it look like on the screen, and what stood out?"),
    (
        EventKind.EXPECTED,
        "p",
        "what I expected to happen",
        "What made this the likely outcome, from where I stood?",
    ),
    (EventKind.DID, "v", "what I did", "What was I trying to achieve, and what did I see next?"),
)

KIND_KEYS: Mapping[str, EventKind] = MappingProxyType({key: kind for kind, key, _, _ in _TABLE})
"""The key that picks each kind on the board."""
_MEANING = {kind: meaning for kind, _, meaning, _ in _TABLE}
_FOLLOW_UP = {kind: question for kind, _, _, question in _TABLE}

_ALIASES = {
    "ack": EventKind.ACKNOWLEDGED,
    "acked": EventKind.ACKNOWLEDGED,
    "alert": EventKind.ALERTED,
    "cause": EventKind.IDENTIFIED,
    "communication": EventKind.COMMS,
    "decided": EventKind.DECISION,
    "deploy": EventKind.CHANGE,
    "escalation": EventKind.ESCALATED,
    "handover": EventKind.HANDOFF,
    "hand_off": EventKind.HANDOFF,
    "hypo": EventKind.HYPOTHESIS,
    "impact": EventKind.IMPACT_START,
    "mitigation": EventKind.MITIGATED,
    "ohno": EventKind.OH_NO,
    "oh_no_second": EventKind.OH_NO,
    "obs": EventKind.OBSERVATION,
    "theory": EventKind.HYPOTHESIS,
}


def kind_named(name: str) -> EventKind | None:
    """The kind of a tag's name: `detected`, `oh-no`, `OH_NO`, `ack`; None when there is none."""
    plain = name.lower().replace("-", "_")
    try:
        return EventKind(plain)
    except ValueError:
        return _ALIASES.get(plain)


def follow_up(kind: EventKind) -> str:
    """The question to ask after an event of this kind: about what was seen and possible, never about who."""
    return _FOLLOW_UP[kind]


def describe_kind(kind: EventKind) -> str:
    """What an event of this kind is, in one phrase without a full stop."""
    return _MEANING[kind]
