"""Which kind of event a source's words or labels speak for, and why: always shown, never certain.

Leaves the words of people to `notation`, whose guesses are taken over; knows what bots and tools write.
"""

import re
from dataclasses import dataclass

from retrotui.notation import guess_kind
from retrotui.retro import EventKind, HypothesisState


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind and what spoke for it."""

    kind: EventKind = EventKind.OBSERVATION
    why: str = ""
    """A few words; empty when nothing spoke for any kind."""
    state: HypothesisState = HypothesisState.NONE


_Rule = tuple[re.Pattern[str], EventKind, str]


def _rule(kind: EventKind, why: str, *patterns: str, flags: re.RegexFlag = re.IGNORECASE) -> _Rule:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags), kind, why


_BOT = (
    _rule(EventKind.ALERTED, 'the bot says "triggered"', r"^\W*(?:re-?)?triggered\b"),
    _rule(
        EventKind.ALERTED,
        "the bot says an alert fires",
        r"\[FIRING(?::\d+)?\]",
        r"^\W*(?:alert(?:ing)?|problem|critical|down)\b\s*[:!]",
    ),
    _rule(EventKind.ACKNOWLEDGED, 'the bot says "acknowledged"', r"^\W*(?:acknowledged|acked)\b"),
    _rule(EventKind.ESCALATED, 'the bot says "escalated"', r"^\W*escalated\b"),
    _rule(EventKind.OBSERVATION, "the bot says the alerts are over", r"\[(?:RESOLVED|OK)(?::\d+)?\]"),
    _rule(EventKind.RESOLVED, 'the bot says "resolved"', r"^\W*resolved\s+#"),
    _rule(
        EventKind.ACTION,
        "the bot says something was rolled back",
        r"\broll(?:ed)? ?back\b",
        r"\brevert(?:ed)?\b",
    ),
    _rule(
        EventKind.CHANGE,
        "the bot speaks of a deploy or release",
        r"\b(?:deploy(?:ed|ing|ment|s)?|released?|rollout|rolled out|merged)\b",
    ),
)
_STATUS_BOT = re.compile(r"status\s?(?:page|feed|io)?\b|instatus|cachet|twitter|tweet", re.IGNORECASE)
_DOING = (
    "restarting|backing up|taking (?!a look)|removing|blocking|deleting|lowering|loading|copying|archived|"
    "archiving|mounting|draining|switching|stopping|killing|scaling|reverting|disabling|using the"
)

_CHAT = (
    _rule(EventKind.DECISION, 'it starts with "decision"', r"^\W*decision\b"),
    _rule(
        EventKind.DECLARED,
        "it declares an incident",
        r"\bdeclar(?:e|ing|ed) (?:an? |this )?(?:an? )?(?:incident|outage|sev)",
    ),
    _rule(
        EventKind.OH_NO,
        "it reads like an oh-no second",
        r"^(?:oh no|oh shit|uh[- ]oh)\b",
        r"^(?:stop|wait)\b[,!. ].{0,80}\b(?:not (?:on )?|wrong|instead)",
    ),
    _rule(
        EventKind.RESOLVED,
        "it says it is resolved",
        r"\b(?:calling|call) it (?:resolved|over|done)\b",
        r"\bwe are back\b",
        r"^\W*(?:incident |all )?resolved\b",
    ),
    _rule(
        EventKind.MITIGATED,
        "it says something works again",
        r"\b(?:is|are|database|service|site) (?:now )?(?:restored|recovered)\b",
        r"\b(?:payments|requests|orders|logins|writes) (?:go|get) through\b",
    ),
    _rule(
        EventKind.ESCALATED,
        "it calls for help",
        r"\b(?:we need help|need (?:some )?help|all hands|paging|please join|escalat(?:e|ing))\b",
    ),
    _rule(
        EventKind.HANDOFF, "it hands over", r"\bhand(?:ing|ed)? (?:it |this |the \w+ )?over\b", r"\bhandoff\b"
    ),
    _rule(
        EventKind.HYPOTHESIS,
        'it says "maybe"',
        r"\b(?:maybe|perhaps|could be|might be|my guess|i suspect|theory)\b",
    ),
    _rule(
        EventKind.SURPRISE,
        "it says something unexpected",
        r"\b(?:errors?|alerts?) (?:have|has|do|did) not (?:stop|go|clear)",
        r"\b(?:still|again) (?:failing|broken|down)\b",
        r"\b(?:bucket|backup|dump|table|directory)s? (?:is|are|was) empty\b",
    ),
    _rule(
        EventKind.ACTION,
        "it says what is being done",
        r"\broll(?:ing|ed)? (?:it |this )?back\b",
        r"\brevert(?:ing|ed)?\b",
    ),
    _rule(
        EventKind.IMPACT_START,
        "it says everything of a kind fails",
        r"\ball (?:the )?(?:requests|traffic|payments|calls|writes|orders|users)\b"
        r".{0,50}\b(?:fail|failing|down|declined|error)",
    ),
    _rule(
        EventKind.ACTION,
        "it says what is being done",
        rf"^(?:i(?:'m| am)? |now )?(?:{_DOING})\b",
        r"\bis mounted\b",
        r"\bstarting to roll it out\b",
        r"\bi switch on\b",
    ),
)
"""What people write in a chat while it burns; the rules of `notation` are for lines written up later."""


def guess_from_person(text: str) -> Guess:
    """What a person's message speaks for. Questions and small talk speak for nothing."""
    words = re.sub(r"[*_`~]+", "", text).strip()
    if not words or len(words.split()) < 2 or _is_question(words):
        if re.search(r"\b(?:need help|need (?:some )?help)\b", words, re.IGNORECASE):
            return _chat(words)
        return Guess()
    found = _chat(words)
    if found.why:
        return found
    kind = guess_kind(words)
    if kind is None or kind is EventKind.HYPOTHESIS:  # in a chat "may" and "looks like" are manners of speech
        return Guess()
    return Guess(kind, "the words say so")


def _is_question(words: str) -> bool:
    return words.rstrip(' ")').endswith("?") and words.count(".") == 0


def _chat(words: str) -> Guess:
    for pattern, kind, why in _CHAT:
        if pattern.search(words[:400]):
            state = HypothesisState.OPEN if kind is EventKind.HYPOTHESIS else HypothesisState.NONE
            return Guess(kind, why, state)
    return Guess()


def guess_from_bot(name: str, text: str) -> Guess:
    """What a bot's message speaks for, by its name and its words."""
    if _STATUS_BOT.search(name):
        return Guess(EventKind.COMMS, f"{name} tells the public")
    for pattern, kind, why in _BOT:
        if pattern.search(text[:400]):
            return Guess(kind, why)
    found = guess_kind(text)
    return Guess(found, "the words say so") if found is not None else Guess()
