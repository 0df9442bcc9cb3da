"""What the slots of rewrite templates stand for in a given note, and filling them.

Leaves what was done, and what was not, to `deeds`, what is named to `things`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.deeds import Deeds
from retrotui.blameless.offer import TemplateFrame
from retrotui.blameless.tokens import KIND, TIME

LONGEST_QUESTION = 72
"""A question is shown on one line."""


_SLOT = re.compile(r"\{(\w+)\}")
_GUARD = re.compile(r"\{([?!])([^{}]+)\}")
_DONE_OR_NOT = re.compile(
    r"\{(?:not_|any_)?(?:do|doing|done|did|notice|tell|told|does)\}|\{(?:undone|todo|todoing|seen)\}"
)


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([,.?!;:])", r"\1", text)
    text = re.sub(r"\bi(?=[ '’]|$)", "I", text)
    return re.sub(r"\b([Aa]) (?=[aeio]|u[nprml](?!i))", r"\1n ", text)


def capital(text: str) -> str:
    """Begin a sentence with a capital; names of systems keep their case: `db-1`, `kube_proxy`, `fooBar`."""
    first = text.split(" ", 1)[0].rstrip(",.?!;:")
    is_name = any(c.isdigit() or c in "_/.`:$=" or c.isupper() for c in first[1:]) or first[:1] in "`_/-."
    return text if is_name else text[:1].upper() + text[1:]


_NOUNS = frozenset(["obj", "with", "topic", "thing", "what", *lists.BY_VERB]) - {"missed_thing"}


class _Template:
    """A template, read once: what it asks of the note, and what is to be filled."""

    __slots__ = ("deed", "done_or_not", "frame", "guards", "words")

    def __init__(self, template: str) -> None:
        self.guards = [(wanted == "?", words.split("|")) for wanted, words in _GUARD.findall(template)]
        self.words = _GUARD.sub("", template)
        self.frame = TemplateFrame(self.words)
        self.done_or_not = _DONE_OR_NOT.search(self.words) is not None
        self.deed = "{deed" in self.words


_read = lru_cache(maxsize=1024)(_Template)


class Slots(Deeds):
    """Works out slots of a sentence, each when it is asked for."""

    def fill(self, template: str) -> str | None:
        """Fill a template, or None when one of its slots is empty or a word it asks for is not there."""
        read = _read(template)
        seen = self.offer.sentence.all_keys
        for wanted, words in read.guards:
            if seen.isdisjoint(words) == wanted:
                return None
        if read.done_or_not and self._norm_ends() >= 0:
            return None  # who reads "you don't do that" as "it was not done" says the opposite
        self.frame = read.frame
        if read.deed and self._asked():
            return None
        if self.frame.ours and self._outside():
            return None
        missing = False

        def put(found: re.Match[str]) -> str:
            nonlocal missing
            if missing:
                return ""
            name = found[1]
            value = self.slot(name.lower())
            loose = read.words[: found.start()].endswith(" that ") and not self._is_clause(value)
            if loose or not value or not self._fits(name.lower(), value):
                missing = True
            return capital(value) if name[0].isupper() else value

        text = _SLOT.sub(put, read.words)
        return None if missing else text

    def _outside(self) -> bool:
        """Tell whether the note is about others than us, such as the vendor."""
        sentence, start = self.offer.sentence, self.offer.match.start
        chunk = next((c for c in sentence.chunks[start:] if c is not None and c.end > c.start), None)
        if chunk is None:
            return False
        return any(self._text(at) in lists.PARTNERS for at in range(chunk.start, chunk.end))

    def _is_clause(self, value: str) -> bool:
        """Tell whether words can follow "that": they hold a verb with an ending, or "is"."""
        lexicon = self.offer.lexicon
        return any(
            not lexicon.keys(word).isdisjoint({"+finite", "<modal>", "<be>", "<have>"})
            for word in value.lower().replace("n't", " not").split()
        )

    def _fits(self, name: str, value: str) -> bool:
        """Tell whether words can stand in a sentence: not cut off at the end, and no figure of speech."""
        slots = self.offer.lexicon.slots
        *_, last = value.lower().split()
        cut_off = (
            last in slots["determiner"] - lists.POINTING or last in slots["modal"] or last in ("not", "to")
        )
        if re.fullmatch(r"[\d:.]+ ?(?:am|pm|ish|h)?", value):
            return False
        if (cut_off and last not in lists.COUNTS | {"one"}) or name == "one" or last in lists.LOOSE_ENDS:
            return name == "one"
        if name == "seen" and value.startswith("better"):
            return False
        return name not in _NOUNS or (last not in lists.VAGUE and last not in lists.FIGURES)

    def slot(self, name: str) -> str:
        """Give the words for a slot; an empty string when the note does not have them."""
        span = self.offer.match.captures.get(name)
        if span:
            end = span[1]
            while name == "artefact" and self._text(end) in lists.SHIPPED:
                end += 1  # a "config change" is caught as a config
            words = self._words(span[0], end)
            if name == "slip" and words in lists.NOUNS_OF[name]:
                return self._noun_of(lists.NOUNS_OF[name]) or words
            if name == "slip" and words in lists.NO_SLIPS:
                return "slip"
            return self._with_article(words) if name == "obj" else words
        if name in lists.BY_VERB:
            return self._by_verb(lists.BY_VERB[name])
        if name in lists.NOUNS_OF:
            return self._noun_of(lists.NOUNS_OF[name])
        work = _PARTS.get(name)
        if work is not None:
            return work(self)
        return self._verb_slot(name)

    def question(self, questions: tuple[str, ...]) -> str:
        """Give the first question whose slots the note fills; the first one without slots otherwise."""
        for question in questions:
            if "{" not in question:
                return question
            filled = self.fill(question)
            if filled is not None and len(filled) <= LONGEST_QUESTION:
                return _tidy(filled)
        return _SLOT.sub("that", questions[0])

    def others(self, template: str) -> tuple[str, str]:
        """Give the clauses before and behind that blame nobody, as sentences: facts worth keeping."""
        low = template.lower()
        if "{rest}" in low or "{fact}" in low:
            return "", ""
        facts = self._facts()[:2]
        first = self.offer.match.start
        return (
            "".join(words for at, words in facts if at < first),
            "".join(words for at, words in facts if at >= first),
        )

    def _facts(self) -> list[tuple[int, str]]:
        low, high = self.offer.match.start, max(self.offer.match.end, self.object[1] if self.object else 0)
        kept = []
        for start, end in self._clauses():
            only_if = self._text(start) in lists.CONDITIONAL or self._text(start - 1) in lists.CONDITIONAL
            if (start >= high or end <= low) and not only_if:
                words = self._clean_clause(start, end)
                if words:
                    kept.append((start, capital(words) + ". "))
        return kept

    def _how(self) -> str:
        """Give "how kafka works", "what the flag did", "how to roll back"."""
        match = self.offer.match
        for at in range(match.start, min(match.end + 2, len(self.tokens))):
            if self._text(at) in ("how", "what", "where", "when"):
                span = self._object_after(at + 1)
                if not span or any(c is not None for c in self.offer.sentence.chunks[span[0] : span[1]]):
                    continue
                end = span[1]
                if self._text(end) in self.offer.lexicon.slots["be"] and end + 1 == len(self.tokens):
                    end += 1
                return f"{self._text(at)} {self._words(span[0], end)}"
        return ""

    def _rest(self) -> str:
        """Give the sentence without the underlined words, when the rest stands alone and blames nobody."""
        match = self.offer.match
        first = next((i for i, t in enumerate(self.tokens) if t.sort not in (TIME, KIND)), 0)
        parts = [(first, match.start), (match.end, len(self.tokens))]
        words = [
            w
            for w in (self._clean_clause(*p) for p in parts)
            if w and w.lower() not in lists.EMPTY_STARTS and w.split()[-1] not in lists.LEADS_TO
        ]
        if not words:  # "great job team, prod is down" is marked as a whole
            inside = [c for c in self._clauses() if match.start < c[0] and c[1] <= match.end]
            words = [w for w in (self._clean_clause(*c) for c in inside) if w]
            behind = min(match.end + 2, len(self.tokens))
            for at in () if words else range(match.start + 1, behind):  # "thanks to ops we were down"
                chunk = self.offer.sentence.chunks[at]
                if chunk is not None and "<we>" in chunk.keys:
                    words = [w for w in [self._clean_clause(at, len(self.tokens))] if w]
                    break
        return words[0] if len(words) == 1 else ""


_PARTS: dict[str, Callable[[Slots], str]] = {
    "obj": Slots._obj,
    "was": Slots._was,
    "mis": Slots._mis,
    "mis_thing": lambda s: s._obj() if s._mis() else "",
    "them": Slots._them,
    "deemed": Slots._deemed,
    "bad_work": Slots._bad_work,
    "seen": Slots._seen,
    "shown": Slots._shown,
    "act": lambda s: s._deciding("do", deciding=False),
    "acted": lambda s: s._deciding("did", deciding=False),
    "undone_ing": Slots._undone_ing,
    "acting": lambda s: s._deciding("doing", deciding=False),
    "approving": lambda s: s._deciding("doing", deciding=True),
    "act_on": Slots._act_on,
    "deed": lambda s: s._deed("do", done=True),
    "deed_past": lambda s: s._deed("did", done=True),
    "undone": lambda s: s._deed("do", done=False),
    "let": Slots._let,
    "let_did": Slots._let_did,
    "auto": Slots._auto,
    "did_us": Slots._did_us,
    "does": Slots._does,
    "access": lambda s: s._access(deploys=False),
    "deploys": lambda s: s._access(deploys=True),
    "for_doing": Slots._for_doing,
    "by_doing": lambda s: s._gerund("by"),
    "gerund": Slots._gerund,
    "then_doing": lambda s: s._gerund(","),
    "wanted": Slots._wanted,
    "for_time": Slots._span_of_time,
    "left": Slots._left_thing,
    "state": Slots._state,
    "prep": lambda s: s._prepositional("prep"),
    "with": lambda s: s._prepositional("with"),
    "with_tool": lambda s: s._prepositional("with_tool"),
    "with_dry": lambda s: s._prepositional("with_dry"),
    "with_only": lambda s: s._prepositional("with_only"),
    "about": lambda s: s._prepositional("about"),
    "to_what": lambda s: s._prepositional("to_what"),
    "for_what": lambda s: s._prepositional("for_what"),
    "todo": lambda s: s._infinitive("todo"),
    "todoing": lambda s: s._infinitive("todoing"),
    "stopped": Slots._stopped,
    "wrong": Slots._wrong,
    "one": Slots._one,
    "wrong_them": lambda s: {"one": "it", "ones": "them"}.get(s._one(), ""),
    "how": Slots._how,
    "outage": Slots._outage,
    "team": Slots._team,
    "thing": Slots._thing,
    "topic": Slots._topic,
    "fact": lambda s: s._facts()[0][1].removesuffix(". ") if s._facts() else "",
    "it": Slots._it,
    "rest": Slots._rest,
    "sat_on": Slots._sat_on,
    "waved": Slots._waved,
    "mind_that": Slots._mind_that,
    "owned_did": Slots._owned_did,
    "asked": Slots._asked,
    "track_of": Slots._track_of,
    "warned_that": Slots._warned_that,
    "mistaken": Slots._mistaken,
    "auto_do": Slots._auto_do,
    "brushed": Slots._brushed,
    "to_spot": Slots._to_spot,
    "noticed_late": lambda s: s._deed("did", done=True, noticing=True),
    "place": Slots._place,
    "told_that": Slots._told_that,
    "would_see": Slots._would_see,
    "slow_to": Slots._slow_to,
    "normed": lambda s: s._normed("do"),
    "normed_past": lambda s: s._normed("did"),
    "undone_alone": Slots._undone_alone,
    "gets_wrong": Slots._gets_wrong,
    "a_look": Slots._a_look,
    "arrived": lambda s: s._deed("did", done=True, arriving=True),
    "thought": Slots._thought,
}
"""Slots by name, apart from captures, objects by verb, nouns by kind and the forms of the verb."""
