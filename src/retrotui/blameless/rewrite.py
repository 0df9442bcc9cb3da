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
from collections.abc import Callable

from retrotui.blameless.model import Section
from retrotui.blameless.phrases import Offer
from retrotui.blameless.rulebook import Rule
from retrotui.blameless.slots import Slots, _tidy

MOST = 3
"""How many alternatives are offered at most."""


def rewrites(
    offer: Offer,
    rule: Rule,
    section: Section,
    passes: Callable[[str], bool],
    mend: Callable[[str], str | None],
) -> tuple[str, ...]:
    """Fill the templates of a rule from the words of the note.

    Args:
        offer: The note and where the rule matched.
        rule: The rule with its templates.
        section: Chooses the templates; those of causes serve where a section has none.
        passes: Tells whether a whole text is free of findings.
        mend: Rewrites what else a text has to mend, or gives None.

    Returns:
        Whole-note texts that pass, the best first, at most `MOST`.
    """
    templates = (
        rule.rewrites.get(section)
        or rule.rewrites.get(Section.CAUSES)
        or rule.rewrites.get(Section.ACTIONS)
        or ()
    )
    if not templates:
        return ()
    slots = Slots(offer)
    tokens = offer.sentence.tokens
    before = offer.text[: tokens[0].start]
    after = offer.text[tokens[-1].end :]
    found: list[str] = []
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
            break
    return tuple(found)
