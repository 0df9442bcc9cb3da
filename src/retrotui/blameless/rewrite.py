"""Saying it without the blame, in the words of the note.

A rewrite keeps what the writer knew (what, when, which system) and drops the person and the verdict.
Templates are data, in the rules; here they are chosen and tried, in `slots` they are filled. Nothing is
offered that the check would flag, and nothing where a slot stays empty: then the question stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrotui.blameless.model import BlameClass, Section
from retrotui.blameless.offer import Offer
from retrotui.blameless.rulebook import Rule
from retrotui.blameless.slots import Slots, _tidy
from retrotui.blameless.whole import is_whole

MOST = 3
"""How many alternatives are offered at most."""

_SLEEP = "{?asleep|sleep~|sleeping|drunk|hungover|tired|exhausted}What would have made it easy to hand over?"
_PANIC = "{?panic~|panicky}What would have given us a calm next step?"

_FIRST = {
    Section.TIMELINE: (
        "We {normed_past}. What made that look right?",
        "We did not {asked}. What would have prompted it?",
        "We did not think of {thought}. What would have brought it to mind?",
        "{!i|my}What was needed {place} at that moment?",
        "{?finally|eventually}We {arrived}. What would have made it quicker?",
        "What became of the warning that {warned_that}?",
        "What made {mistaken}?",
        "{!not|never|nobody|who|i}{Let_did}. What would have warned us in time?",
        "{?nothing}Nothing happened {for_time}. What stood in the way?",
        "{?leave~}{Left} stayed {state}. What would have shown it?",
        "{Sat_on} waited {for_time}. What stood in the way?",
        "{Sat_on} waited. What stood in the way?",
        "{Brushed} got lost in the noise. What would have made that stand out?",
        "{Waved} went through. What would have made a closer look easy?",
        "It took long to {slow_to}. What slowed us down?",
        "{?panic~|panicky}We {deed_past}. What would have given us a calm next step?",
    ),
    Section.CAUSES: (
        "What made it look right to {normed}?",
        "What would have prompted us to {asked}?",
        "What would have shown us {would_see}?",
        "What would have shown us that {told_that}?",
        "{!i|my}What was needed {place} at that moment?",
        "{?leave~}{Left} stayed {state}. What would have shown it?",
        "{!nobody}{?rug|carpet|shrugged|brushed|acted}What made {topic} look unimportant at the time?",
        "{?blind}{?eye|eyes}What made {topic} look unimportant at the time?",
        "A {owned_did}. What would have caught it?",
        "What kept {sat_on} waiting {for_time}?",
        "What kept {sat_on} waiting?",
        "What made it slow to {slow_to}?",
        "What would have made a closer look at {waved} easy?",
        "{?quiet|silent|mum}What would have made it easy to speak up about {topic}?",
        "{?how}{?hard}What makes it hard to {todo}?",
        "What became of the warning that {warned_that}?",
        "What made {mistaken}?",
        "{?lose~}What would have helped us keep track of {track_of}?",
        "{!not|never|nobody|why|i}{Let_did}. What would have warned us in time?",
        "What made {brushed} look unimportant at the time?",
        "What would have brought {thought} to mind?",
        "{?failure|refusal|reluctance}What would have made it easier to {todo}?",
        "What would have prompted {a_look}?",
        "What would have reminded us that {mind_that}?",
        "{?procedural|procedure}{?violation|breach|violated}What made the procedure hard to follow?",
        "{?alone}{?shift|night|rota|watch|call|on-call|duty}What would have brought in a second person?",
        "{?handing|handover|handed}{?without|no|not}What would have made it easy to hand over?",
    ),
    Section.ACTIONS: (
        "Let the tooling ask before we {normed}.",
        "Make it easy to {asked}.",
        "Find out what kept {sat_on} waiting.",
        "Make a closer look at {waved} easy.",
        "Add a check that catches {to_spot}.",
        "{?teach~|explain~|show~|train~|learn~}Show {how} where it is needed.",
        "Put {thought} on the checklist.",
    ),
}
"""What goes before the templates of any rule: shapes of a note that a rule would misread or lose."""

_WHAT_HAPPENED = (
    _SLEEP,
    _PANIC,
    "What made {wrong} look like the right {one}?",
    "What made the {slip} easy to make, and what would have caught it?",
    "What made {deemed}?",
    "What made it look right to {deed}?",
    "What would have prompted us to {undone}?",
    "What made {by_doing} look right?",
    "What made the {decision} look right at the time?",
    "Where did the hand-off with {team} break?",
)

_FACT = "{Fact}. What did it look like at that moment?"

_CONDITIONS = (
    "{!who|whoever}{?guess~|gamble~|improvise~}What did we have to guess, and what would have told us?",
    "{?inexperienced|experienced|novice|rookie}What would have made this safe with less experience?",
    (
        "{?clue|clueless|idea|ignorant|ignorance|incompetent|incompetence|depth|know~|understand~|better}"
        "What would we have needed to know, and where could we have found it?"
    ),
    (
        "{?attention|attentive|vigilant|inattentive|inattention|focus|focused|distracted}"
        "What drew our attention elsewhere?"
    ),
    "{?hasty|hastily|rush~|hurry|impatient|impatience|impulsive|trigger-happy}What made it feel so urgent?",
    (
        "{?overconfident|arrogant|arrogance|cocky|proud|hubris|cowboy|reckless|recklessly|recklessness|complacent}"
        "What made it look safer than it was?"
    ),
    "{?lazy|laziness|corners}What made the short cut the easy way?",
    (
        "{?careful|careless|carelessly|carelessness|sloppy|care|negligence|negligent}"
        "What would have made the careful way the easy way?"
    ),
    "{?discipline|disciplined}Which rule was hard to keep at that moment?",
    "{?responsibility|ownership}What was unclear about who does what?",
    "{?communicate~|communication}What would have made the news reach everyone?",
    "{?judgement|judgment}What did the options look like at that moment?",
    "{?warn~}What became of the warning?",
    "{?think~|thinking}What did it look like at that moment?",
    "{?stupid|dumb|foolish|idiotic}{?thing|move}What made it look right at the time?",
)
"""What a verdict says about the conditions: "lazy" means that the short cut was the easy way."""

_HELP = ("What would have helped with {topic}?", "What would have helped with {thing}?")

_CHANGES_FOR_VERDICTS = (
    (
        "{?careful|careless|care|diligent|thorough|sloppy}"
        "Find the step that needs the most care, and put a check there."
    ),
    (
        "{?training|train~|retrain~|refresher|course|workshop|coach~|lecture~}"
        "Put what a training would teach into the tool, where it is needed."
    ),
    (
        "{?attention|attentive|vigilant|focus|focused|alert}"
        "Find what needs the closest attention, and let an alert watch it."
    ),
    "{?hasty|hastily|rush~|hurry|patient|slow~}Add a pause before the step that cannot be undone.",
    "{?disciplined|discipline|rules}Find the rule that is hardest to keep, and let the tooling keep it.",
    "{?responsibility|ownership}Write down which rota looks after what.",
    "{?communicate~|communication}Agree where we announce changes, and let the tooling post there.",
    "{?awake|wake~|asleep}Page a second one of us when the first does not answer.",
    "{?reminder|remember~|remind~}Put the reminder into the tool, where it is needed.",
    "{?time}Find out what leaves too little time, and change that.",
    "{?sure}Find out what made it possible, and put a guard there.",
)

_CHANGES = (
    *_CHANGES_FOR_VERDICTS,
    "Find out what would help with {topic}.",
    "Find out what would help with {thing}.",
    "Agree with {team} what we need from each other.",
)

COMMON = {
    Section.TIMELINE: (
        _SLEEP,
        _PANIC,
        "{?finally|eventually|only|late}We {noticed_late}. What would have shown it sooner?",
        "{?finally|eventually}We {deed_past}. What would have helped us to do so sooner?",
        "{?finally|eventually|late|only|hours|hour|still}We {arrived}. What would have made it quicker?",
        "{!finally|eventually}We {deed_past}. What made that look right?",
        "We did not {undone}. What would have prompted it?",
        "{?say~}It went the way we had said. What became of the warning?",
        *_WHAT_HAPPENED[:-1],
        _FACT,
        _WHAT_HAPPENED[-1],
        *_CONDITIONS,
    ),
    Section.CAUSES: (*_WHAT_HAPPENED[:-1], _FACT, _WHAT_HAPPENED[-1], *_CONDITIONS),
    Section.ACTIONS: _CHANGES,
    Section.WELL: (*_WHAT_HAPPENED, *_CONDITIONS),
}
"""What is offered where no template of a rule can be filled."""

_VERDICTS = {
    section: _CHANGES_FOR_VERDICTS if section is Section.ACTIONS else (_SLEEP, *_CONDITIONS)
    for section in Section
}
"""What a verdict says about the conditions or asks for, without what is true of any note."""

_MINE = "{?<me>|my|mea|myself|sorry}It went wrong under my hands. What would have helped me notice?"

LAST = {
    BlameClass.ATTRIBUTION: ("{!cause|reason}What led to {it}, step by step?",),
    BlameClass.HUMAN_ERROR: ("What made the slip easy to make, and what would have caught it?",),
    BlameClass.SELF_BLAME: (_SLEEP, _PANIC, "What made it look right to {deed}?", _MINE),
    BlameClass.WHO_QUESTION: ("What made {it} possible?", "What led to {wrong}?"),
    BlameClass.WHY_PERSON: ("What made {it} look right?",),
    BlameClass.PUNISHMENT: ("What made {it} possible?",),
}
"""What is offered for a class when nothing of the note can be kept but "this", or that it was me."""

LAST_ACTIONS = {
    BlameClass.PUNISHMENT: ("Find out what made it possible, and put a guard there.",),
    BlameClass.REPAIR_THE_PERSON: ("Find out what made {it} possible, and put a guard there.",),
    BlameClass.ATTRIBUTION: ("Find out what led to {it}, step by step.",),
    BlameClass.WHO_QUESTION: ("Find out what made {it} possible.", "Find out what led to {wrong}."),
}
"""The same in the form of an action."""

_DEEDS = frozenset(
    {
        BlameClass.ATTRIBUTION,
        BlameClass.GROUP_BLAME,
        BlameClass.HUMAN_ERROR,
        BlameClass.WHO_QUESTION,
        BlameClass.WHY_PERSON,
        BlameClass.ABSOLUTES,
    }
)
"""Classes whose notes tell what was done, so that asking what made it possible makes sense."""

_DEED = ("What made it possible to {act_on}?",)
_DEED_FOUND_OUT = ("Find out what made it possible to {deed}.",)


def rewrites(
    offers: Sequence[tuple[Offer, Rule]],
    section: Section,
    passes: Callable[[str], bool],
    mend: Callable[[str], str | None],
) -> tuple[str, ...]:
    """Fill the templates of rules from the words of the note.

    Args:
        offers: The note, where a rule matched, and that rule with its templates; the best first.
        section: Chooses the templates; those of causes serve where a section has none.
        passes: Tells whether a whole text is free of findings.
        mend: Rewrites what else a text has to mend, or gives None.

    Returns:
        Whole-note texts that pass, the best first, at most `MOST`.
    """
    found: list[str] = []
    offers = _different(offers)
    first = None
    for offer, rule in offers:
        if len(found) > 1 and rule.blame_class is not first:
            continue  # another kind of blame in the sentence has other answers
        templates = (
            rule.rewrites.get(section)
            or rule.rewrites.get(Section.CAUSES)
            or rule.rewrites.get(Section.ACTIONS)
            or ()
        )
        if rule.points:
            # whose words they are is not known, so that only what cannot twist them is offered
            templates = (*templates, *_VERDICTS[section])
        else:
            templates = (*_FIRST.get(section, _FIRST[Section.CAUSES]), *templates)
        _fill(
            offer, templates, passes, mend, found, action=section is Section.ACTIONS, whole=bool(rule.points)
        )
        first = rule.blame_class if found and first is None else first
        if len(found) >= MOST:
            break
    last = LAST_ACTIONS if section is Section.ACTIONS else LAST
    for offer, rule in () if found else [(offer, rule) for offer, rule in offers if not rule.points]:
        mine = rule.blame_class is BlameClass.SELF_BLAME
        deeds = _DEED if section is not Section.ACTIONS else _DEED_FOUND_OUT
        deed = deeds if rule.blame_class in _DEEDS else ()
        common = COMMON[section] if rule.blame_class is not BlameClass.PUNISHMENT and not mine else ()
        lasting = (*last.get(rule.blame_class, ()), *(() if section is Section.ACTIONS else _HELP))
        templates = (*deed, *common, *lasting)
        _fill(offer, templates, passes, mend, found, 1, action=section is Section.ACTIONS)
        if found:
            break
    if section is Section.TIMELINE:  # an event stays an event: what only asks comes where nothing tells
        events = [text for text in found if _EVENT.search(text)]
        found = events or found
    return tuple(found[:MOST])


_EVENT = re.compile(r"[\w`)][.] \S")


def _different(offers: Sequence[tuple[Offer, Rule]]) -> list[tuple[Offer, Rule]]:
    """Leave out what several patterns of a rule caught in the same way."""
    seen: dict[tuple[object, ...], tuple[Offer, Rule]] = {}
    for offer, rule in offers:
        match = offer.match
        seen.setdefault((rule.id, match.start, match.end, *sorted(match.captures.items())), (offer, rule))
    return list(seen.values())


def _fill(
    offer: Offer,
    templates: Sequence[str],
    passes: Callable[[str], bool],
    mend: Callable[[str], str | None],
    found: list[str],
    most: int = MOST,
    *,
    action: bool = False,
    whole: bool = False,
) -> None:
    """Add to `found` what templates give that can be filled and passes; `whole` drops a few words behind."""
    if not templates:
        return
    slots = Slots(offer)
    tokens = offer.sentence.tokens
    before = offer.text[: tokens[0].start]
    after = _AFTERTHOUGHT.sub("", offer.text[tokens[-1].end :])
    if whole and len(after.split()) <= _ASIDE:
        after = ""
    for template in templates:
        filled = slots.fill(template)
        if filled is None:
            continue
        filled = _tidy(filled)
        if action:
            filled = _as_action(filled)
            if filled.endswith("?"):
                continue
        if not is_whole(filled) or not passes(filled):
            continue
        start = before + slots.leading()
        text = start + _tidy(_with_facts(slots, template, filled)) + after
        if not passes(text):
            text = start + filled + after
        if not passes(text):
            mended = mend(text)
            if mended is None:
                continue
            text = mended
        if text not in found and text != offer.text:
            found.append(text)
        if len(found) >= most:
            return


def _with_facts(slots: Slots, template: str, filled: str) -> str:
    """Put the harmless clauses of the note around its new words, in the order in which they were typed."""
    earlier, later = slots.others(template)
    event, stop, question = filled.partition(". ")
    if later and stop:
        return f"{earlier}{event}. {later}{question}"
    return earlier + later + filled


_OPEN = re.compile(r"What (?:made|makes|would|let|led|keeps|stands|stood|broke|slows|blocks) [^?]*\?$")


def _as_action(question: str) -> str:
    """Make an action of a question: "Find out what made the deploy easy to get wrong."."""
    return f"Find out w{question[1:-1]}." if _OPEN.match(question) else question


_ASIDE = 5
"""How many words behind a sentence are only its tone: "... from platform. kidding"."""

_AFTERTHOUGHT = re.compile(r"^\s*[.!]*\s*(?:again|literally|seriously|wow|lol|just|find out)\b[\s.!]*$")
