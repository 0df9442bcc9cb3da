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

import itertools
import re
from collections.abc import Callable
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
_STOP_WORDS = frozenset(
    [
        "because",
        "cause",
        "cuz",
        "coz",
        "cos",
        "bc",
        "so",
        "but",
        "although",
        "though",
        "if",
        "unless",
        "which",
        "where",
        "whereas",
        "yet",
        "and",
        "or",
        "that",
        "who",
    ]
)
_TRAILING_PAIRS = frozenset(
    {
        ("this", "time"),
        ("next", "time"),
        ("as", "usual"),
        ("yet", "again"),
        ("of", "course"),
        ("at", "all"),
        ("last", "time"),
        ("even", "once"),
    }
)
_TEMPORAL = frozenset(["before", "after", "when", "while", "until", "since"])
_TRAILING = frozenset(
    [
        "again",
        "obviously",
        "lol",
        "either",
        "anyway",
        "anyways",
        "tbh",
        "yet",
        "please",
        "properly",
        "actually",
        "clearly",
        "already",
        "though",
        "even",
        "just",
        "brilliant",
        "apparently",
        "tho",
        "too",
        "also",
        "right",
        "huh",
        "eh",
        "instead",
        "once",
        "surely",
        "ever",
        "first",
    ]
)
_KEPT_PEOPLE = frozenset(
    {"them", "they", "we", "us", "you", "people", "anyone", "anybody", "everyone", "everybody"}
)
_EMPTY_STARTS = frozenset({"it's", "its", "it was", "it is", "that's", "that was", "this is", "this was", "root cause"})
_NO_ARTICLE = frozenset({"prod", "production", "staging", "training", "monitoring", "access", "feedback", "onboarding", "software", "hardware"})
_SUBSTITUTE = {
    "his": "the",
    "her": "the",
    "their": "the",
    "your": "the",
    "my": "the",
    "him": "us",
    "me": "us",
    "he": "we",
    "she": "we",
}
_REGARDING = frozenset(
    ["with", "about", "in", "on", "around", "of", "for", "over", "during", "at", "inside", "regarding"]
)
_TIMELY = frozenset(["before", "after", "when", "while", "during"])
_TOWARDS = frozenset(["to", "at"])
_MANNER = frozenset(
    [
        "with",
        "by",
        "without",
        "during",
        "at",
        "after",
        "before",
        "while",
        "when",
        "for",
        "from",
        "again",
        "twice",
        "until",
    ]
)
_PARTICLES = frozenset(["down", "up", "out", "off", "offline", "over", "away"])
_HEATED = frozenset(
    [
        "screw",
        "mess",
        "fuck",
        "cock",
        "muck",
        "blow",
        "panic",
        "botch",
        "bungle",
        "goof",
        "bork",
        "suck",
        "hate",
        "insist",
        "refuse",
        "lie",
    ]
)
_LAPSES = frozenset(
    ["forget", "miss", "ignore", "skip", "overlook", "neglect", "omit", "dismiss", "disregard"]
)
_NOTICING = frozenset(
    [
        "spot",
        "notice",
        "catch",
        "see",
        "know",
        "realise",
        "realize",
        "anticipate",
        "predict",
        "foresee",
        "understand",
        "tell",
        "guess",
        "figure",
        "recognise",
        "recognize",
    ]
) - {"tell"}
_DECIDING = frozenset(
    [
        "approve",
        "sign",
        "decide",
        "choose",
        "pick",
        "review",
        "accept",
        "allow",
        "greenlight",
        "green-light",
        "okay",
        "think",
        "insist",
        "agree",
        "say",
    ]
)
_AUTOMATIC = frozenset(
    [
        "run",
        "test",
        "check",
        "double-check",
        "verify",
        "validate",
        "update",
        "notify",
        "lint",
        "review",
        "confirm",
        "back",
        "warn",
        "inform",
        "tell",
        "rotate",
        "renew",
    ]
)
_DEPLOYS = frozenset(["deploy", "deploys", "merge", "role", "commit", "write", "approval"])
_LEADING_VERBS = frozenset(
    [
        "fail~",
        "forget~",
        "neglect~",
        "omit~",
        "bother~",
        "suppose~",
        "mean~",
        "expect~",
        "need~",
        "refuse~",
        "keep~",
        "decide~",
        "manage~",
        "try~",
        "remember~",
        "start~",
        "stop~",
        "want~",
    ]
)
_BY_VERB = {
    "broken_thing": frozenset(["break", "crash", "corrupt"]),
    "down_thing": frozenset(["take", "bring", "knock", "pull", "tear", "kill", "tank"]),
    "lost_thing": frozenset(
        ["wipe", "delete", "drop", "nuke", "trash", "destroy", "lose", "erase", "truncate", "obliterate"]
    ),
    "hard_thing": frozenset(["botch", "bungle", "mess", "screw", "fuck", "mangle"]),
    "missed_thing": _LAPSES - {"skip", "ignore", "dismiss", "disregard"},
    "ignored_thing": frozenset(["ignore", "dismiss", "disregard"]),
    "skipped_thing": frozenset(["skip", "bypass"]),
}
_NEGATIVE = frozenset({"not", "never", "nobody", "none"})
_NEGATIVE_VERBS = frozenset({"fail~", "forget~", "neglect~", "omit~", "refuse~"})
_PLURAL_S = ("ss", "us", "is", "ns")


def _guess_base(stem: str) -> str:
    """Guess the base of an unknown verb from its past without -ed: `yeet`, `googl` → `google`."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsf":
        return stem[:-1]
    return stem + "e" if stem[-1] in "cgvuz" or (stem[-1] == "l" and stem[-2] not in "aeioul") else stem


class Offer:
    """What is needed to fill templates for one finding."""

    __slots__ = ("lexicon", "match", "sentence", "text")

    def __init__(self, text: str, sentence: Sentence, match: Match, lexicon: Lexicon) -> None:
        """Take the note, the sentence of it, and where the rule matched there."""
        self.text = text
        self.sentence = sentence
        self.match = match
        self.lexicon = lexicon


@lru_cache(maxsize=4)
def _inflector(lexicon_id: int, lexicon: Lexicon) -> Inflector:
    return Inflector(lexicon.irregular)


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
        self.moved = False
        self.state = ""
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
        if "{state}" in template and not self.state:
            self.state = self._state()

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
        if name in ("obj", "was"):
            span = self._subject()
            if not span or self.moved or self._lemma() in ("make", "do", "get", "take", "give", "have", "be"):
                return ""
            if name == "was":
                return self._agree(*span)
            words = self._words(*span)
            bare = " " not in words and words in self.offer.lexicon.slots["thing"] and not words.endswith("s")
            return f"the {words}" if bare else words
        if name in _BY_VERB:
            span = self._subject()
            if span is None or self.moved or self._lemma() not in _BY_VERB[name]:
                return ""
            return self._words(*span)
        if name in ("seen", "approving", "act", "acting"):
            return self._by_kind(name)
        if name == "let":
            return self._words(*self.object) if self._lemma() == "let" and self.object else ""
        if name == "auto":
            words = self._infinitive("todo")
            return words if words.split(" ")[0] in _AUTOMATIC else ""
        if name == "did_us":
            words = self._verb_phrase("did") if self.verb >= 0 else ""
            return words if words.split()[1:2] == ["us"] else ""
        if name in ("access", "deploys"):
            words = self._rights()
            return words if words and (words.split()[-1] in _DEPLOYS) == (name == "deploys") else ""
        if name == "for_doing":
            start = self.offer.match.end
            if self._text(start) == "for" and start + 1 < len(self.keys) and "+ing" in self.keys[start + 1]:
                span = self._object_after(start + 1)
                return self._words(*span) if span else ""
            return ""
        if name == "state":
            return self.state
        if name in ("prep", "with", "to_what"):
            return self._prepositional(name)
        if name in ("todo", "todoing"):
            return self._infinitive(name)
        if name == "wrong":
            return self._wrong()
        if name == "how":
            return self._how()
        if name == "rights":
            return self._rights()
        if name == "outage":
            return self._outage()
        if name == "team":
            return self._team()
        if name == "thing":
            return self._thing()
        if name == "it":
            return self._it()
        if name == "rest":
            return self._rest()
        negative = name.startswith("not_")
        either = name.startswith("any_")
        form = name.removeprefix("not_").removeprefix("any_")
        if form in ("do", "doing", "done", "did") and self.verb >= 0 and (either or negative == self.negated):
            return (
                ""
                if self._lemma() in _HEATED or self._text(self.verb + 2) == "ball"
                else self._verb_phrase(form)
            )
        return ""

    def _lemma(self) -> str:
        return self._base(self.verb) if self.verb >= 0 else ""

    def _subject(self) -> tuple[int, int] | None:
        """Give the object as far as it can begin a sentence: without particle and without how it was done."""
        if not self.object:
            return None
        start, end = self.object
        if self._text(start) in _PARTICLES and end - start > 1:
            start += 1
        for at in range(start + 1, end):
            if self._text(at) in _MANNER or (self._text(at) in _PARTICLES and at == end - 1):
                end = at
                break
        return (start, end) if self._is_noun_phrase(start, end) else None

    def _by_kind(self, name: str) -> str:
        """Give verb and object when the verb is of a kind: noticing, deciding, or acting."""
        lemma = self._lemma()
        if name == "seen":
            if lemma not in _NOTICING or not self.object or self.moved:
                return ""
            start, end = self.object
            if self._text(start) in ("about", "that", "of") and end - start > 1:
                start += 1
            words = self._words(start, end)
            return "this" if words == "it" else words
        if (
            lemma in _HEATED
            or self.negated
            or self.verb < 0
            or lemma in _LAPSES
            or lemma in ("cause", "trigger", "blame", "let")
        ):
            return ""
        if (lemma in _DECIDING) != (name == "approving"):
            return ""
        return self._verb_phrase("do" if name == "act" else "doing")

    def _team(self) -> str:
        """Give the team that the note is about, for a question about the hand-off with it."""
        for chunk in self.offer.sentence.chunks:
            if chunk is not None and chunk.end > chunk.start and "<team>" in chunk.keys:
                first, last = self.tokens[chunk.start], self.tokens[chunk.end - 1]
                return self.offer.text[first.start : last.end]
        return ""

    def _thing(self) -> str:
        """Give the first noun phrase that means a thing, with an article."""
        slots, chunks = self.offer.lexicon.slots, self.offer.sentence.chunks
        nouns = slots["thing"] | slots["conduct"]
        at = 0
        while at < len(self.tokens):
            chunk = chunks[at]
            if chunk is not None and chunk.end > at:
                at = chunk.end
                continue
            word = self._text(at)
            pointed = self._text(at - 1) in ("this", "that")
            usable = word in nouns - slots["verbish_noun"] and (pointed or word not in slots["slip"])
            if usable and not self.tokens[at].quoted:
                start = at
                if start and self._text(start - 1) in ("the", "this", "that", "our"):
                    start -= 1
                words = self._words(start, at + 1)
                return words if start < at or word.endswith("s") or word in _NO_ARTICLE else f"the {words}"
            at += 1
        return ""

    def _it(self) -> str:
        """Give "this", "that" or "it" when that is all the note says."""
        return next((t.text for t in self.tokens if t.text in ("this", "that", "it")), "")

    def _outage(self) -> str:
        """Give "the outage" out of "caused the outage", "was responsible for the outage"."""
        slots, match = self.offer.lexicon.slots, self.offer.match
        places = [*range(match.end - 1, match.start - 1, -1), *range(match.end, len(self.tokens)), *range(match.start)]
        for at in places:
            if self._text(at) in slots["outage"] and "+time" not in self.keys[at]:
                start = at
                while (
                    start - 1 >= 0
                    and self._text(start - 1) not in slots["preposition"]
                    and self.keys[start - 1].isdisjoint({"+verb", "'s"})
                    and self.offer.sentence.chunks[start - 1] is None
                    and start > at - 3
                ):
                    start -= 1
                words = self._words(start, at + 1)
                return words if words.split()[0] in slots["determiner"] else f"the {words}"
        if self._lemma() in ("cause", "trigger"):
            span = self._subject()
            return self._words(*span) if span else ""
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
        """Find the verb that says what was or was not done, in the match or right behind it."""
        match, keys, slots = self.offer.match, self.keys, self.offer.lexicon.slots
        chunks, total = self.offer.sentence.chunks, len(keys)
        helpers = slots["modal"] | slots["be"] | slots["have"] | slots["do"] | {"time", "let"} - {"let"}
        begin = match.start
        for at in range(match.start, match.end):
            if self._text(at) in ("who", "why", "how", "whoever"):
                begin = at + 1
        begin = max([begin, *(match.captures[n][1] for n in ("artefact", "what", "slip") if n in match.captures)])
        verb, at = -1, begin
        while at < min(match.end + 7, total) and verb < 0:
            chunk = chunks[at]
            if chunk is not None and chunk.end > at:
                at = chunk.end
                continue
            word = self._text(at)
            stray = at > match.end and self._text(at - 1) in slots["preposition"] | slots["determiner"]
            known = not stray and "+verb" in keys[at] or (at >= match.end and "+ing" in keys[at])
            if (
                known
                and (word not in helpers or (word in ("had", "did") and at == match.end - 1))
                and word != "time"
            ):
                verb = at
            elif at >= match.end and self.tokens[at].sort == MARK:
                break
            at += 1
        if "verb" in match.captures:
            verb = match.captures["verb"][0]
        if verb < 0:
            return -1, False
        negated = any(self._text(at) in _NEGATIVE for at in range(match.start, verb + 1))
        while not keys[verb].isdisjoint(_LEADING_VERBS):
            ahead = verb + 2 if self._text(verb + 1) == "to" else verb + 1
            if ahead >= total or not ("+base" in keys[ahead] if ahead == verb + 2 else "+ing" in keys[ahead]):
                break
            negated = negated or not keys[verb].isdisjoint(_NEGATIVE_VERBS)
            verb = ahead
            self.moved = True
        return verb, negated

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _base(self, at: int) -> str:
        word = self.tokens[at].text
        head, hyphen, last = word.rpartition("-")
        readings = self.offer.lexicon.lemmas(word) or (self.offer.lexicon.lemmas(last) if hyphen else [])
        if readings:
            return f"{head}-{readings[0][0]}" if hyphen and not self.offer.lexicon.lemmas(word) else readings[0][0]
        for ending in ("ed", "ing"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return _guess_base(word[: -len(ending)])
        return word

    def _verb_phrase(self, form: str) -> str:
        base = self._base(self.verb)
        better = self._text(self.verb + 1) == "better"
        if not base or better or base in ("be", "have", "do", "go", "get"):
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
            loose_that = token.text == "that" and (
                end == start or self._text(end - 1) in self.offer.lexicon.slots["preposition"]
            )
            if token.text in _STOP_WORDS and not loose_that and not self._joins_nouns(end):
                break
            if end > start and self._new_clause(end):
                break
            if token.text in _TEMPORAL and not self._temporal_tail(end):
                break
            end += 1
        while end > start and (
            self.tokens[end - 1].text in _TRAILING or self.tokens[end - 1].sort in (TIME, KIND)
        ):
            end -= 1
            if end - start > 1 and (self._text(end - 2), self._text(end - 1)) in _TRAILING_PAIRS:
                end -= 2
        while end - start > 1 and (self._text(end - 2), self._text(end - 1)) in _TRAILING_PAIRS:
            end -= 2
        if end - start > 14 or end <= start:
            return None
        return start, end

    def _new_clause(self, at: int) -> bool:
        """Tell whether a clause without a joining word begins here: a verb of being, or "something dies"."""
        word, slots = self._text(at), self.offer.lexicon.slots
        if word in ("is", "was", "were", "are", "am"):
            return True
        if word in ("this", "that", "we") and self._text(at + 1) in ("'d", "is", "was", "'s", "will"):
            return True
        ahead = at + 1
        return (
            word in ("something", "it", "everything", "we", "i")
            and ahead < len(self.keys)
            and ("+finite" in self.keys[ahead] or self._text(ahead) in slots["modal"])
        )

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
            elif token.text in ("anything", "anyone", "anybody") and self.negated:
                word = {"anything": "more"}.get(token.text, word)
            elif (
                chunk is not None
                and chunk.end > at
                and token.text not in _KEPT_PEOPLE
                and chunk.keys.isdisjoint({"<team>", "<role>"})
            ):
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
        if (
            first.sort == MARK
            or first.text in slots["preposition"]
            or first.text in slots["modal"]
            or first.text in ("to", "it", "them", "us", "so", "as")
        ):
            return False
        if first.text in (
            "anything",
            "anyone",
            "anybody",
            "everything",
            "something",
            "this",
            "that",
            "us",
            "me",
            "things",
            "stuff",
            "all",
        ) and (end - start < 2 or first.text not in ("this", "that", "all")):
            return False
        if self.offer.sentence.chunks[start] is not None:
            return False
        return not any(
            self.tokens[at].text in slots["be"]
            or self.tokens[at].text in slots["modal"]
            or self.tokens[at].text in slots["not"]
            for at in range(start, end)
        )

    def _agree(self, start: int, end: int) -> str:
        head = end - 1
        for at in range(start + 1, end):
            if self.tokens[at].text in self.offer.lexicon.slots["preposition"]:
                head = at - 1
                break
        word = self.tokens[head].text
        plural = (word.endswith("s") and not word.endswith(_PLURAL_S)) or self._text(start) in (
            "two",
            "three",
            "both",
            "several",
            "many",
            "these",
            "those",
        )
        return "were" if plural else "was"

    def _state(self) -> str:
        """Give the state at the end of "left the flag on", and take it off the object."""
        if not self.object:
            return ""
        start, end = self.object
        word = self._text(end - 1)
        if (
            word
            in (
                "on",
                "open",
                "off",
                "enabled",
                "disabled",
                "running",
                "unlocked",
                "unattended",
                "exposed",
                "untested",
            )
            and end - start > 1
        ):
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
                while self._text(at + 1) in rights:
                    at += 1
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

    def _prepositional(self, name: str) -> str:
        """Give "deletes" of "with deletes" after the match, or all of "before pressing enter"."""
        start = self.offer.match.end
        while start < len(self.tokens) and (
            self._text(start) in _TRAILING or self.offer.sentence.adverbs[start]
        ):
            start += 1
        wanted = {"prep": _TIMELY, "with": _REGARDING, "to_what": _TOWARDS}[name]
        first = self._text(start - 1)
        if first not in wanted:
            first = self._text(start)
            if first not in wanted:
                return ""
            start += 1
        span = self._object_after(start)
        if span is None:
            return ""
        words = self._words(*span)
        if name == "prep":
            return f"{first} {words}"
        noun = self._is_noun_phrase(*span) and "us" not in words.split()
        return words if noun or "+ing" in self.keys[span[0]] else ""

    def _rest(self) -> str:
        """Give the sentence without the underlined words, when what is left stands alone and blames nobody."""
        match = self.offer.match
        first = next((i for i, t in enumerate(self.tokens) if t.sort not in (TIME, KIND)), 0)
        parts = [(first, match.start), (match.end, len(self.tokens))]
        words = [w for w in (self._clean_clause(*p, loose=True) for p in parts) if w and w.lower() not in _EMPTY_STARTS]
        return words[0] if len(words) == 1 else ""

    def _clauses(self) -> list[tuple[int, int]]:
        """Cut the sentence at its commas and joining words."""
        edges = [0]
        for at in range(len(self.tokens)):
            if self.offer.sentence.breaks[at] and not self._joins_nouns(at):
                edges.append(at)
        edges.append(len(self.tokens))
        return list(itertools.pairwise(edges))

    def _clean_clause(self, start: int, end: int, *, loose: bool = False) -> str:
        """Give a clause as typed when it stands alone and names nobody, else an empty string."""
        lexicon, sentence = self.offer.lexicon, self.offer.sentence
        skip = (
            lexicon.slots["filler"]
            | lexicon.slots["conjunction"]
            | _TRAILING
            | {"that", "of", "which", "only", ","}
        )
        while start < end and (
            (self.tokens[start].sort in (MARK, TIME, KIND) and self.tokens[start].text not in ("(", "["))
            or self.tokens[start].text in skip
        ):
            start += 1
        while end > start and (self.tokens[end - 1].sort == MARK or self.tokens[end - 1].text in _TRAILING):
            end -= 1
        if end - start < (2 if loose else 3):
            return ""
        for at in range(start, end):
            chunk = sentence.chunks[at]
            word = self.tokens[at].text
            if chunk is not None and chunk.keys.isdisjoint({"<we>"}):
                return ""
            if (
                word in lexicon.slots["possessive"]
                or word in _NEGATIVE - {"not", "never"}
                or self.tokens[at].sort == HANDLE
            ):
                return ""
        first = self.tokens[start].text
        last = self._text(end - 1)
        if (
            last in lexicon.slots["be"]
            or last in lexicon.slots["modal"]
            or last in lexicon.slots["preposition"]
            or last in lexicon.slots["determiner"]
        ):
            return ""
        if any(
            self._text(at) in ("should", "could", "'d", *(() if loose else ("would",)))
            for at in range(start, end)
        ):
            return ""
        if (
            ("+finite" in self.keys[start] and "+noun" not in self.keys[start])
            or first in lexicon.slots["modal"]
            or first in lexicon.slots["be"]
            or first in ("to", "by", "from", "with", "who", "is", "why", "how", "what", "whose", "which")
        ):
            return ""
        verb = any("+finite" in k or not k.isdisjoint(lexicon.slots["modal"]) for k in self.keys[start:end])
        number = any("+number" in k for k in self.keys[start:end])
        return (
            self.offer.text[self.tokens[start].start : self.tokens[end - 1].end]
            if verb or number or loose
            else ""
        )
