"""What a rewrite starts from: one finding in its note, and what a template asks of the words put into it."""

from __future__ import annotations

import re

from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.matcher import Match
from retrotui.blameless.sentence import Sentence


class Offer:
    """What is needed to fill templates for one finding."""

    __slots__ = ("lexicon", "match", "sentence", "text")

    def __init__(self, text: str, sentence: Sentence, match: Match, lexicon: Lexicon) -> None:
        """Take the note, the sentence of it, and where the rule matched there."""
        self.text = text
        self.sentence = sentence
        self.match = match
        self.lexicon = lexicon


class TemplateFrame:
    """What a template asks of the words put into it: their tense, and whether it says that it was not so.

    "Nothing prompted us to tell anyone before we ran it", but "Make it easy to tell the others before
    running it".
    """

    __slots__ = ("action", "doing", "negative", "ours", "past", "prompts", "right", "without")

    def __init__(self, template: str = "") -> None:
        """Look at a template."""
        self.past = _PAST_FRAME.search(template) is not None
        self.negative = _NEGATIVE_FRAME.search(template) is not None
        self.prompts = _PROMPTS.search(template) is not None
        self.without = "without" in template
        self.right = "look right" in template or "look safe" in template
        self.doing = "{doing}" in template
        self.action = _ACTION.match(template) is not None
        self.ours = _OURS.search(template) is not None


_PAST_FRAME = re.compile(r"would have|\b(?:[Ww]e|made|had|prompted|stood|was|were|did|reminded)\b")
_NEGATIVE_FRAME = re.compile(r"\b(?:[Ww]ithout|[Nn]othing|not|never)\b")
_ACTION = re.compile(r"(?:\{[?!][^{}]*\})*(?:Make|Let|Add|Prompt|Put|Show|Turn)\b")
_PROMPTS = re.compile(r"prompt|remind|time to")
_OURS = re.compile(
    r"\b(?:[Ww]e (?!need|went)(?!had to)|prompted us|reminded us|made us|helped us|warned us not)"
)
