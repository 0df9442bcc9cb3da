"""Saying it without the blame, in the words of the note.

A rewrite keeps what the writer knew (what, when, which system) and drops the person and the verdict.
Templates are data, in the rules; here their slots are filled from the sentence. Nothing is offered that
the check would flag, and nothing where a slot stays empty: then the question stands alone.

Slots: `{do}` `{doing}` `{done}` `{did}` verb and object of what happened ("check the region"), `{not_do}` ... the same
of what did not happen, `{any_do}` ... either; `{obj}` the object alone and `{was}` agreeing with it; `{prep}` what follows with
its preposition ("with deletes") and `{with}` without; `{rest}` the note without the underlined words; and the
names that a pattern gives with `:name`. A capital first letter (`{Obj}`) starts a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from retrotui.blameless.grammar import Sentence
from retrotui.blameless.inflect import Inflector
from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.model import Section
from retrotui.blameless.patterns import Match
from retrotui.blameless.rulebook import Rule
from retrotui.blameless.tokens import HANDLE, KIND, MARK, TIME, WORD

MOST = 3
"""How many alternatives are offered at most."""

LONGEST_QUESTION = 72
"""A question is shown on one line."""

_SLOT = re.compile(r"\{(\w+)\}")
_STOP_WORDS = frozenset("because cause cuz coz cos bc so but although though if unless which where whereas yet and or that who".split())
_TEMPORAL = frozenset("before after when while until since".split())
_TRAILING = frozenset(
    "again obviously lol either anyway anyways tbh yet please properly actually clearly already though even just brilliant "
    "apparently tho too also right huh eh instead once more of course surely ever".split()
)
_SUBSTITUTE = {"his": "the", "her": "the", "their": "the", "your": "the", "my": "the", "him": "us", "me": "us", "he": "we", "she": "we"}
_NEGATIVE = frozenset({"not", "never", "nobody", "none"})
_NEGATIVE_VERBS = frozenset({"fail~", "forget~", "neglect~", "omit~"})
_PLURAL_S = ("ss", "us", "is", "ns")


@dataclass(slots=True)
class Offer:
    """What is needed to fill templates for one finding."""

    text: str
    sentence: Sentence
    match: Match
    lexicon: Lexicon


@lru_cache(maxsize=4)
def _inflector(lexicon_id: int, lexicon: Lexicon) -> Inflector:
    return Inflector(lexicon.irregular)


def rewrites(
    offer: Offer, rule: Rule, section: Section, passes: Callable[[str], bool], mend: Callable[[str], str | None]
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
    templates = rule.rewrites.get(section) or rule.rewrites.get(Section.CAUSES) or ()
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


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([,.?!;:])", r"\1", text)
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


class Slots:
    """Works out slots of a sentence, each when it is asked for."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.tokens = offer.sentence.tokens
        self.keys = offer.sentence.keys
        self.inflect = _inflector(id(offer.lexicon), offer.lexicon)
        self.verb, self.negated = self._main_verb()
        self.object = self._object_after(self.verb + 1 if self.verb >= 0 else offer.match.end)

    def leading(self) -> str:
        """Give time and kinds at the front as typed."""
        end = 0
        for token in self.tokens:
            if token.sort not in (TIME, KIND) and token.text not in ("at", "~", "-", ":", "–", "—"):
                break
            if token.sort in (TIME, KIND):
                end = token.end
        return self.offer.text[self.tokens[0].start : end] + " " if end else ""

    def fill(self, template: str) -> str | None:
        """Fill a template, or None when one of its slots is empty."""
        missing = False

        def put(found: re.Match[str]) -> str:
            nonlocal missing
            name = found[1]
            value = self.slot(name.lower())
            if not value:
                missing = True
            return value[:1].upper() + value[1:] if name[0].isupper() else value

        text = _SLOT.sub(put, template)
        return None if missing else text

    def slot(self, name: str) -> str:
        """Give the words for a slot; an empty string when the note does not have them."""
        span = self.offer.match.captures.get(name)
        if span:
            return self._words(*span)
        if name in ("obj", "was", "does", "were"):
            if not self.object or not self._is_noun_phrase(*self.object):
                return ""
            words = self._words(*self.object)
            return words if name == "obj" else self._agree(*self.object)
        if name == "state":
            return self._state()
        if name in ("prep", "with"):
            return self._prepositional(name == "prep")
        if name in ("todo", "todoing"):
            return self._infinitive(name)
        if name == "wrong":
            return self._wrong()
        if name == "how":
            return self._how()
        if name == "rights":
            return self._rights()
        if name == "outage":
            name = "obj"
            if not self.object or not self._is_noun_phrase(*self.object):
                return ""
            return self._words(*self.object)
        if name == "rest":
            return self._rest()
        negative = name.startswith("not_")
        either = name.startswith("any_")
        form = name.removeprefix("not_").removeprefix("any_")
        if form in ("do", "doing", "done", "did") and self.verb >= 0 and (either or negative == self.negated):
            return self._verb_phrase(form)
        return ""

    def question(self, questions: tuple[str, ...]) -> str:
        """Give the first question whose slots the note fills; the first one without slots otherwise."""
        for question in questions:
            if "{" not in question:
                return question
            filled = self.fill(question)
            if filled is not None and len(filled) <= LONGEST_QUESTION:
                return _tidy(filled)
        return _SLOT.sub("that", questions[0])

    def others(self, template: str) -> str:
        """Give the clauses around that blame nobody, as sentences of their own; they are facts worth keeping."""
        if "{rest}" in template.lower():
            return ""
        low, high = self.offer.match.start, max(self.offer.match.end, self.object[1] if self.object else 0)
        kept = []
        for start, end in self._clauses():
            if start >= high or end <= low:
                words = self._clean_clause(start, end)
                if words:
                    kept.append(words[0].upper() + words[1:] + ". ")
        return "".join(kept[:2])

    def _main_verb(self) -> tuple[int, bool]:
        """Find the verb that says what was or was not done, within the match or, after "to", behind it."""
        match, keys, slots = self.offer.match, self.keys, self.offer.lexicon.slots
        helpers = slots["modal"] | slots["be"] | slots["have"] | slots["do"]
        verb = -1
        if "verb" in match.captures:
            verb = match.captures["verb"][0]
        else:
            for at in range(match.start, match.end):
                word = self.tokens[at].text
                chunk = self.offer.sentence.chunks[at]
                if chunk is not None and chunk.end > at:
                    continue
                if "+verb" in keys[at] and (word not in helpers or word in ("had", "did") and at == match.end - 1):
                    verb = at
        negated = any(self.tokens[at].text in _NEGATIVE for at in range(match.start, max(match.end, verb + 1)))
        if verb >= 0 and not keys[verb].isdisjoint(_NEGATIVE_VERBS) or (
            verb >= 0 and any(not keys[at].isdisjoint(_NEGATIVE_VERBS) for at in range(match.start, verb))
        ):
            negated = True
            at = verb + 1
            if self._text(at) == "to" and at + 1 < len(keys) and "+base" in keys[at + 1]:
                verb = at + 1
            elif not keys[verb].isdisjoint(_NEGATIVE_VERBS):
                return verb, False
        return verb, negated

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _base(self, at: int) -> str:
        readings = self.offer.lexicon.lemmas(self.tokens[at].text)
        if readings:
            return readings[0][0]
        word = self.tokens[at].text
        for ending in ("ed", "ing"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return ""
        return word

    def _verb_phrase(self, form: str) -> str:
        base = self._base(self.verb)
        if not base or base in ("be", "have", "do", "go", "get"):
            return ""
        word = {
            "do": base, "doing": self.inflect.ing(base), "done": self.inflect.part(base), "did": self.inflect.past(base),
        }[form]  # fmt: skip
        return f"{word} {self._words(*self.object)}".strip() if self.object else word

    def _object_after(self, at: int) -> tuple[int, int] | None:
        """Find what follows the verb, up to the end of the clause."""
        start = at
        total = len(self.tokens)
        while start < total and self.offer.sentence.adverbs[start]:
            start += 1
        end = start
        while end < total:
            token = self.tokens[end]
            if token.sort == MARK and token.text not in ("/", "-", "+", "&", "'", "’", "*"):
                break
            if token.text in _STOP_WORDS and not (token.text == "that" and end == start) and not self._joins_nouns(end):
                break
            if token.text in _TEMPORAL and not self._temporal_tail(end):
                break
            end += 1
        while end > start and (self.tokens[end - 1].text in _TRAILING or self.tokens[end - 1].sort in (TIME, KIND)):
            end -= 1
        if end - start > 14 or end <= start:
            return None
        return start, end

    def _joins_nouns(self, at: int) -> bool:
        """Tell whether this "and" or "or" stands between two things rather than two clauses."""
        following = at + 1
        return (
            self._text(at) in ("and", "or")
            and following < len(self.tokens)
            and self.keys[following].isdisjoint({"+finite", "+adv"})
            and self.offer.sentence.chunks[following] is None
            and self._text(following) not in self.offer.lexicon.slots["modal"]
            and self._text(following) not in ("then", "now", "so", "it", "this", "that")
            and not any("+finite" in k for k in self.keys[following : following + 3])
        )

    def _temporal_tail(self, at: int) -> bool:
        """Tell whether "before ..." can stay: it names no other person than a pronoun that `_words` can drop."""
        following = at + 1
        if following >= len(self.tokens):
            return False
        if "+ing" in self.keys[following] or self._text(following) in self.offer.lexicon.slots["determiner"]:
            return True
        chunk = self.offer.sentence.chunks[following]
        return chunk is not None and self._text(chunk.end) != "" and "+past" in self.keys[chunk.end]

    def _words(self, start: int, end: int) -> str:
        """Give a stretch as typed, people taken out of it."""
        parts: list[str] = []
        at = start
        text = self.offer.text
        while at < end:
            token = self.tokens[at]
            chunk = self.offer.sentence.chunks[at]
            word = text[token.start : token.end]
            after = at + 1
            if at and self.tokens[at - 1].start == token.start and self.tokens[at - 1].end == token.end:
                at += 1
                continue
            if self._text(at - 1) in _TEMPORAL and chunk is not None and chunk.end > at and chunk.end < end:
                base = self._base(chunk.end) if "+past" in self.keys[chunk.end] else ""
                word = self.inflect.ing(base) if base else "that"
                after = chunk.end + 1
            elif chunk is not None and chunk.end > at and "<owner>" in chunk.keys:
                word, after = "the", chunk.end
            elif chunk is not None and chunk.end > at and token.text not in ("them", "they", "we", "us"):
                word, after = "us", chunk.end
            elif token.text in _SUBSTITUTE and token.sort == WORD:
                word = _SUBSTITUTE[token.text]
            gap = parts and self.tokens[at - 1].end == token.start
            parts.append(word if gap or not parts else " " + word)
            at = after
        return "".join(parts).strip()

    def _is_noun_phrase(self, start: int, end: int) -> bool:
        """Tell whether an object can stand as a subject: it begins like a noun phrase and holds no loose verb."""
        first = self.tokens[start]
        slots = self.offer.lexicon.slots
        if first.sort == MARK or first.text in slots["preposition"] or first.text in slots["modal"] or first.text in ("to", "it", "them", "us", "so", "as"):
            return False
        if first.text in ("anything", "anyone", "anybody", "everything", "something", "this", "that", "us", "me", "things", "stuff", "all"):
            return end - start > 1 and first.text in ("this", "that", "all")
        if self.offer.sentence.chunks[start] is not None:
            return False
        return not any(
            self.tokens[at].text in slots["be"] or self.tokens[at].text in slots["modal"] or self.tokens[at].text in slots["not"]
            for at in range(start, end)
        )

    def _agree(self, start: int, end: int) -> str:
        head = end - 1
        for at in range(start + 1, end):
            if self.tokens[at].text in self.offer.lexicon.slots["preposition"]:
                head = at - 1
                break
        word = self.tokens[head].text
        plural = (word.endswith("s") and not word.endswith(_PLURAL_S)) or self._text(start) in ("two", "three", "both", "several", "many", "these", "those")
        return "were" if plural else "was"

    def _state(self) -> str:
        """Give the state at the end of "left the flag on", and take it off the object."""
        if not self.object:
            return ""
        start, end = self.object
        word = self._text(end - 1)
        if word in ("on", "open", "off", "enabled", "disabled", "running", "unlocked", "unattended", "exposed", "untested") and end - start > 1:
            self.object = (start, end - 1)
            return word
        return ""

    def _infinitive(self, form: str) -> str:
        """Give "run the tests" from "... to run the tests", in or right behind the match."""
        match = self.offer.match
        for at in range(match.start, min(match.end + 3, len(self.tokens) - 1)):
            if self._text(at) == "to" and "+base" in self.keys[at + 1]:
                base = self._base(at + 1)
                verb = base if form == "todo" else self.inflect.ing(base)
                if base in ("be", "have", "do", ""):
                    return ""
                span = self._object_after(at + 2)
                return f"{verb} {self._words(*span)}" if span else verb
        return ""

    def _wrong(self) -> str:
        """Give "the wrong region" out of the object."""
        if not self.object:
            return ""
        start, end = self.object
        for at in range(start, end):
            if self._text(at) in ("wrong", "incorrect"):
                return self._words(at - 1 if at > start and self._text(at - 1) in ("the", "a") else at, end)
        return ""

    def _how(self) -> str:
        """Give "how kafka works"."""
        match = self.offer.match
        for at in range(match.start, min(match.end + 2, len(self.tokens))):
            if self._text(at) == "how":
                span = self._object_after(at + 1)
                if span and not any(c is not None for c in self.offer.sentence.chunks[span[0] : span[1]]):
                    return "how " + self._words(*span)
        return ""

    def _rights(self) -> str:
        """Give "prod access" out of "revoke his prod access"."""
        rights, determiners = self.offer.lexicon.slots["rights"], self.offer.lexicon.slots["determiner"]
        match = self.offer.match
        for at in range(match.end - 1, match.start, -1):
            if self._text(at) in rights:
                start = at
                while (
                    start - 1 > match.start
                    and self._text(start - 1) not in determiners
                    and self._text(start - 1) not in ("'s", "'", "’")
                    and self.offer.sentence.chunks[start - 1] is None
                    and "+verb" not in self.keys[start - 1]
                ):
                    start -= 1
                return self._words(start, at + 1)
        return ""

    def _prepositional(self, whole: bool) -> str:
        """Give "with deletes" after the match, or "deletes"."""
        start = self.offer.match.end
        while start < len(self.tokens) and (self.tokens[start].text in _TRAILING or self.offer.sentence.adverbs[start]):
            start += 1
        first = self._text(start - 1)
        prepositions = self.offer.lexicon.slots["preposition"]
        if first not in prepositions:
            first = self._text(start)
            if first not in prepositions and first not in _TEMPORAL:
                return ""
            start += 1
        span = self._object_after(start)
        if span is None:
            return ""
        words = self._words(*span)
        if words.split()[0] in ("we", "us"):
            return ""
        return f"{first} {words}" if whole else words if self._is_noun_phrase(*span) or "+ing" in self.keys[span[0]] else ""

    def _rest(self) -> str:
        """Give the sentence without the underlined words, when what is left stands alone and blames nobody."""
        match = self.offer.match
        first = next((i for i, t in enumerate(self.tokens) if t.sort not in (TIME, KIND)), 0)
        parts = [(first, match.start), (match.end, len(self.tokens))]
        words = [w for w in (self._clean_clause(*p) for p in parts) if w]
        return " ".join(words) if len(words) == 1 else ""

    def _clauses(self) -> list[tuple[int, int]]:
        """Cut the sentence at its commas and joining words."""
        edges = [0]
        for at in range(len(self.tokens)):
            if self.offer.sentence.breaks[at] and not self._joins_nouns(at):
                edges.append(at)
        edges.append(len(self.tokens))
        return list(zip(edges, edges[1:], strict=False))

    def _clean_clause(self, start: int, end: int) -> str:
        """Give a clause as typed when it stands alone and names nobody, else an empty string."""
        lexicon, sentence = self.offer.lexicon, self.offer.sentence
        skip = lexicon.slots["filler"] | lexicon.slots["conjunction"] | _TRAILING | {"that", "of", "which", "only", ","}
        while start < end and (
            self.tokens[start].sort in (MARK, TIME, KIND) and self.tokens[start].text not in ("(", "[") or self.tokens[start].text in skip
        ):
            start += 1
        while end > start and (self.tokens[end - 1].sort == MARK or self.tokens[end - 1].text in _TRAILING):
            end -= 1
        if end - start < 3:
            return ""
        for at in range(start, end):
            chunk = sentence.chunks[at]
            word = self.tokens[at].text
            if chunk is not None and chunk.keys.isdisjoint({"<we>"}):
                return ""
            if word in lexicon.slots["possessive"] or word in _NEGATIVE - {"not", "never"} or self.tokens[at].sort == HANDLE:
                return ""
        first = self.tokens[start].text
        if "+past" in self.keys[start] and "+noun" not in self.keys[start] or first in lexicon.slots["be"] or first in ("to", "by", "from", "with", "who", "is"):
            return ""
        verb = any("+finite" in k or not k.isdisjoint(lexicon.slots["modal"]) for k in self.keys[start:end])
        number = any("+number" in k for k in self.keys[start:end])
        return self.offer.text[self.tokens[start].start : self.tokens[end - 1].end] if verb or number else ""
