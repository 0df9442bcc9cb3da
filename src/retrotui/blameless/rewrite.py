"""Saying it without the blame, in the words of the note.

A rewrite keeps what the writer knew (what, when, which system) and drops the person and the verdict.
Templates are data, in the rules; here their slots are filled from the sentence. Nothing is offered that
the check would flag, and nothing where a slot stays empty: then the question stands alone.

Slots: `{do}` `{doing}` `{done}` `{did}` verb and object of what happened ("check the region"), `{not_do}` ...
the same of what did not happen, `{any_do}` ... either; `{obj}` the object alone and `{was}` agreeing with it;
`{prep}` what follows with its preposition and `{with}` without; `{rest}` the note without the underlined
words; and the names that a pattern gives with `:name`. A capital first letter (`{Obj}`) starts a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrotui.blameless.model import BlameClass, Section
from retrotui.blameless.phrases import Offer
from retrotui.blameless.rulebook import Rule
from retrotui.blameless.slots import Slots, _tidy

MOST = 3
"""How many alternatives are offered at most."""


COMMON = {
    Section.TIMELINE: (
        "What would have helped with {topic}?",
        "What would have helped with {thing}?",
        "{fact}. What led to that?",
    ),
    Section.CAUSES: (
        "What would have helped with {topic}?",
        "What would have helped with {thing}?",
        "{fact}. What led to that?",
    ),
    Section.ACTIONS: ("Find out what would help with {topic}.", "Find out what would help with {thing}."),
    Section.WELL: (
        "What would have helped with {topic}?",
        "What would have helped with {thing}?",
        "{fact}. What led to that?",
    ),
}
"""What is offered where no template of a rule can be filled."""


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
    for offer, rule in offers:
        templates = (
            rule.rewrites.get(section)
            or rule.rewrites.get(Section.CAUSES)
            or rule.rewrites.get(Section.ACTIONS)
            or ()
        )
        _fill(offer, templates, passes, mend, found)
        if len(found) >= MOST:
            break
    for offer, rule in () if found else offers:
        deed = _DEED if rule.blame_class in _DEEDS and section is not Section.ACTIONS else ()
        common = COMMON[section] if rule.blame_class is not BlameClass.PUNISHMENT else ()
        _fill(offer, (*deed, *common), passes, mend, found)
        if found:
            break
    return tuple(found[:MOST])


def _fill(
    offer: Offer,
    templates: Sequence[str],
    passes: Callable[[str], bool],
    mend: Callable[[str], str | None],
    found: list[str],
) -> None:
    """Add to `found` what templates give that can be filled and passes."""
    if not templates:
        return
    slots = Slots(offer)
    tokens = offer.sentence.tokens
    before = offer.text[: tokens[0].start]
    after = offer.text[tokens[-1].end :]
    for template in templates:
        filled = slots.fill(template)
        if filled is None:
            continue
        filled = _tidy(filled)
        if not passes(filled) or len(re.findall(r"\bus\b", filled)) > 1:
            continue
        text = before + slots.leading() + _tidy(slots.others(template) + filled) + after
        if not passes(text):
            mended = mend(text)
            if mended is None:
                continue
            text = mended
        if text not in found and text != offer.text:
            found.append(text)
        if len(found) == MOST:
            return
