"""What the slots of rewrite templates stand for in a given note."""

from __future__ import annotations

import re

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.phrases import Phrases
from retrotui.blameless.tokens import KIND, MASK, NUMBER, TIME, WORD

LONGEST_QUESTION = 72
"""A question is shown on one line."""


_SLOT = re.compile(r"\{(\w+)\}")


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([,.?!;:])", r"\1", text)
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


_NOUNS = frozenset(
    ["obj", "with", "topic", "thing", "hard_thing", "what", "broken_thing", "lost_thing", "down_thing"]
)


class Slots(Phrases):
    """Works out slots of a sentence, each when it is asked for."""

    def fill(self, template: str) -> str | None:
        """Fill a template, or None when one of its slots is empty."""
        missing = False
        if "{state}" in template and not self.state:
            self.state = self._state()

        def put(found: re.Match[str]) -> str:
            nonlocal missing
            name = found[1]
            value = self.slot(name.lower())
            if not value or not self._fits(name.lower(), value):
                missing = True
            return value[:1].upper() + value[1:] if name[0].isupper() else value

        text = _SLOT.sub(put, template)
        return None if missing else text

    def _fits(self, name: str, value: str) -> bool:
        """Tell whether words can stand in a sentence: not cut off at the end, and no figure of speech."""
        slots = self.offer.lexicon.slots
        *_, last = value.lower().split()
        cut_off = (
            last in slots["determiner"] - lists.POINTING or last in slots["modal"] or last in ("not", "to")
        )
        if cut_off or last in lists.LOOSE_ENDS:
            return False
        if name == "seen" and value.startswith("better"):
            return False
        return name not in _NOUNS or (last not in lists.VAGUE and last not in lists.FIGURES)

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
        if name in lists.BY_VERB:
            if self.moved or self._lemma() not in lists.BY_VERB[name]:
                return ""
            if (
                self.object
                and self.object[1] - self.object[0] == 1
                and self._text(self.object[0]) in ("this", "that", "it")
            ):
                return self._text(self.object[0])
            span = self._subject()
            return self._words(*span) if span else ""
        if name in ("seen", "approving", "act", "acting"):
            return self._by_kind(name)
        if name == "act_on":
            return self._by_kind("act") if self.object and self._is_noun_phrase(*self.object) else ""
        if name == "let":
            return self._words(*self.object) if self._lemma() == "let" and self.object else ""
        if name == "auto":
            words = self._infinitive("todo")
            return words if words.split(" ")[0] in lists.AUTOMATIC else ""
        if name == "did_us":
            words = self._verb_phrase("did") if self.verb >= 0 else ""
            return words if words.split()[1:2] == ["us"] else ""
        if name in ("access", "deploys"):
            words = self._rights()
            return words if words and (words.split()[-1] in lists.DEPLOYS) == (name == "deploys") else ""
        if name == "for_doing":
            start = self.offer.match.end
            if self._text(start) == "for" and start + 1 < len(self.keys) and "+ing" in self.keys[start + 1]:
                span = self._object_after(start + 1)
                return self._words(*span) if span else ""
            return ""
        if name == "state":
            return self.state
        if name in ("prep", "with", "to_what", "for_what"):
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
        if name == "topic":
            return self._topic()
        if name == "fact":
            return self._facts()[0].removesuffix(". ") if self._facts() else ""
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
                if self._lemma() in lists.HEATED or self._text(self.verb + 2) == "ball"
                else self._verb_phrase(form)
            )
        return ""

    def _by_kind(self, name: str) -> str:
        """Give verb and object when the verb is of a kind: noticing, deciding, or acting."""
        lemma = self._lemma()
        if name == "seen":
            if lemma not in lists.NOTICING or not self.object or self.moved:
                return ""
            start, end = self.object
            if self._text(start) in ("about", "that", "of") and end - start > 1:
                start += 1
            words = self._words(start, end)
            return "this" if words == "it" else words
        if (
            lemma in lists.HEATED
            or self.negated
            or self.verb < 0
            or lemma in lists.LAPSES
            or lemma in lists.NOTICING
            or lemma in ("cause", "trigger", "blame", "let")
        ):
            return ""
        if (lemma in lists.DECIDING) != (name == "approving"):
            return ""
        return self._verb_phrase("do" if name == "act" else "doing")

    def _team(self) -> str:
        """Give the team that the note is about, for a question about the hand-off with it."""
        teams = self.offer.lexicon.slots["team_noun"]
        for chunk in self.offer.sentence.chunks:
            if chunk is None or chunk.end <= chunk.start:
                continue
            owner = "<owner>" in chunk.keys
            last = chunk.end - 2 if owner else chunk.end - 1
            if "<team>" in chunk.keys or (owner and self._text(last) in teams):
                first = chunk.start + (self._text(chunk.start) in ("typical", "classic", "usual"))
                text = self.offer.text[self.tokens[first].start : self.tokens[last].end]
                return re.sub(r"['’]s?$", "", text)
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
                return (
                    words if start < at or word.endswith("s") or word in lists.NO_ARTICLE else f"the {words}"
                )
            at += 1
        return ""

    def _topic(self) -> str:
        """Give the last noun phrase with an article that means no people and holds no verdict."""
        slots, chunks, keys = self.offer.lexicon.slots, self.offer.sentence.chunks, self.keys
        places = list(range(len(self.tokens) - 2, -1, -1))
        articles = [at for at in places if self._text(at) in ("a", "an")]
        for start, wanted in [
            *((p, lists.POINTERS) for p in places),
            *((p, lists.ARTICLES) for p in articles),
        ]:
            if self._text(start) not in wanted or self.tokens[start].quoted or chunks[start] is not None:
                continue
            end = start + 1
            while (
                end < len(self.tokens) and end - start < 5 and self.tokens[end].sort in (WORD, MASK, NUMBER)
            ):
                closes = not keys[end].isdisjoint(lists.CLOSES) or self.offer.sentence.adverbs[end]
                verb = "+finite" in keys[end] and "+noun" not in keys[end] and "+part" not in keys[end]
                if closes or verb or chunks[end] is not None:
                    break
                end += 1
            while end - start > 1 and "+past" in keys[end - 1]:
                end -= 1
            words = [self._text(at) for at in range(start + 1, end)]
            if (
                not words
                or words[-1] in lists.VAGUE
                or not set(words).isdisjoint(slots["slip"] | slots["bad"])
            ):
                continue
            if any(not keys[at].isdisjoint(lists.VERDICTS) for at in range(start + 1, end)):
                continue
            return self._words(start, end)
        return ""

    def _it(self) -> str:
        """Give "this", "that" or "it" when that is all the note says."""
        return next((t.text for t in self.tokens if t.text in ("this", "that", "it")), "")

    def _outage(self) -> str:
        """Give "the outage" out of "caused the outage", "was responsible for the outage"."""
        slots, match = self.offer.lexicon.slots, self.offer.match
        places = [
            *range(match.end - 1, match.start - 1, -1),
            *range(match.end, len(self.tokens)),
            *range(match.start),
        ]
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
        """Give the clauses around that blame nobody, as sentences of their own: facts worth keeping."""
        low = template.lower()
        return "" if "{rest}" in low or "{fact}" in low else "".join(self._facts()[:2])

    def _facts(self) -> list[str]:
        low, high = self.offer.match.start, max(self.offer.match.end, self.object[1] if self.object else 0)
        kept = []
        for start, end in self._clauses():
            if start >= high or end <= low:
                words = self._clean_clause(start, end)
                if words:
                    kept.append(words[0].upper() + words[1:] + ". ")
        return kept

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
                if base in lists.NO_INFINITIVE:
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
            self._text(start) in lists.TRAILING or self.offer.sentence.adverbs[start]
        ):
            start += 1
        wanted = {
            "prep": lists.TIMELY,
            "with": lists.REGARDING,
            "to_what": lists.TOWARDS,
            "for_what": frozenset(["for"]),
        }[name]
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
        if name == "to_what" and "+base" in self.keys[span[0]] and "+noun" not in self.keys[span[0]]:
            return ""
        return words if noun or "+ing" in self.keys[span[0]] else ""

    def _rest(self) -> str:
        """Give the sentence without the underlined words, when the rest stands alone and blames nobody."""
        match = self.offer.match
        first = next((i for i, t in enumerate(self.tokens) if t.sort not in (TIME, KIND)), 0)
        parts = [(first, match.start), (match.end, len(self.tokens))]
        words = [
            w for w in (self._clean_clause(*p) for p in parts) if w and w.lower() not in lists.EMPTY_STARTS
        ]
        return words[0] if len(words) == 1 else ""
