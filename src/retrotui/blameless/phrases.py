"""Finding the verb of a flagged sentence, its subject and its object, and saying them in another form.

Leaves to `clauses` where they end, and to `slots` what they are used for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.clauses import Clauses
from retrotui.blameless.inflect import Inflector
from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.offer import Offer, TemplateFrame
from retrotui.blameless.tokens import KIND, MARK, TIME, WORD


def _guess_base(stem: str) -> str:
    """Guess the base of an unknown verb from its past without -ed: `yeet`, `googl` → `google`."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsf":
        return stem[:-1]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if stem.endswith("at") and len(stem) > 4:
        return stem + "e"
    return stem + "e" if stem[-1] in "cgvuz" or (stem[-1] == "l" and stem[-2] not in "aeioul") else stem


_HOW_LONG = re.compile(
    r" ?\bfor (?:[\w.]+ ){0,2}[\w.]*"
    r"(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|sprints?|quarters?|releases?)$"
)
_EACH_TIME = re.compile(r" every (?:single )?(?:time|day|week|month|year|sprint|release)$")
_FROM_NOW = re.compile(
    r"(?:^| )(?:from now on|in (?:the )?future|going forward|next time|without thinking"
    r"|behind (?:\w+ )?backs?)$"
)


@lru_cache(maxsize=4)
def _inflector(lexicon_id: int, lexicon: Lexicon) -> Inflector:
    return Inflector(lexicon.irregular)


class Phrases(Clauses):
    """The parts of one sentence that a rewrite can use, as typed and with people taken out."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer)
        self.inflect = _inflector(id(offer.lexicon), offer.lexicon)
        self.moved = self.intended = False
        self.frame = TemplateFrame()
        self.deeds: list[tuple[int, bool]] | None = None
        self.verb, self.negated = self._main_verb()
        self.object = self._object_after(self.verb + 1 if self.verb >= 0 else offer.match.end)
        self._take_in_clause()
        if self.object is None and self.verb > 0 and "+part" in self.keys[self.verb]:
            self.object = self._subject_of_passive() or self._done_by_somebody()

    def leading(self) -> str:
        """Give time and kinds at the front as typed."""
        end = 0
        for token in self.tokens:
            if token.sort not in (TIME, KIND) and token.text not in ("at", "~", "-", ":", "–", "—"):
                break
            if token.sort in (TIME, KIND):
                end = token.end
        return self.offer.text[self.tokens[0].start : end] + " " if end else ""

    def _lemma(self) -> str:
        return self._base(self.verb) if self.verb >= 0 else ""

    def _subject(self) -> tuple[int, int] | None:
        """Give the object as far as it can begin a sentence: without particle and without how it was done."""
        if not self.object:
            return None
        start, end = self.object
        if self._text(start) in lists.PARTICLES and end - start > 1:
            start += 1
        for at in range(start + 1, end):
            if self._text(at) in ("for", "from") and self._belongs(at, end):
                continue
            if self._text(at) in lists.MANNER or (self._text(at) in lists.PARTICLES and at == end - 1):
                end = at
                break
            if self._text(at) == "to" and at + 1 < end and "+base" in self.keys[at + 1]:
                end = at  # "the peer review to save time"
                break
        if end - start > 1 and self._text(end - 1) in lists.PARTICLES:
            end -= 1
        return (start, end) if self._is_noun_phrase(start, end) else None

    def _take_in_clause(self) -> None:
        """Let the object be all of "that the queue was growing", and of "us that the licence had run out"."""
        if not self.object:
            return
        (start, end), total = self.object, len(self.tokens)
        joins = self._text(start) in lists.JOINS_CLAUSE and self._text(end) in self.offer.lexicon.slots["be"]
        tells = self.verb >= 0 and self._base(self.verb) in lists.TELLING
        runs_on = {"that"} | (self.offer.lexicon.slots["be"] if tells and end - start > 1 else set())
        told = (tells or self._typed(start) in ("us", "me")) and self._text(end) in runs_on
        if not (joins or told):
            return
        ahead = end
        while ahead < total and self.tokens[ahead].sort != MARK and self._text(ahead) not in lists.THEREFORE:
            ahead += 1
        if all(c is None for c in self.offer.sentence.chunks[end:ahead]):
            self.object = (start, ahead)

    def _subject_of_passive(self) -> tuple[int, int] | None:
        """Find "the tests" in "why weren't the tests run by qa": what was done with it is its object."""
        start = self.verb - 1
        while start > 0 and "+noun" in self.keys[start]:
            start -= 1
        being = any(
            self._text(at) in self.offer.lexicon.slots["be"] for at in range(max(0, start - 2), start)
        )
        article = self._text(start) in lists.ARTICLES_AND_OWNERS
        return (start, self.verb) if being and article and self.verb - start > 1 else None

    def _done_by_somebody(self) -> tuple[int, int] | None:
        """Find "wrong lever" in "wrong lever pulled by ana": what was done with it is its object."""
        somebody = self.verb + 2 < len(self.tokens) and self.offer.sentence.chunks[self.verb + 2] is not None
        if self._text(self.verb + 1) != "by" or not somebody:
            return None
        end = self.verb
        while end > 0 and (
            self._text(end - 1) in self.offer.lexicon.slots["be"] or self.offer.sentence.adverbs[end - 1]
        ):
            end -= 1
        start = end
        while start > self.offer.sentence.first and (
            self.tokens[start - 1].sort == WORD
            and not self.offer.sentence.breaks[start - 1]
            and self._text(start - 1) not in self.offer.lexicon.slots["preposition"]
            and self._text(start) not in lists.ARTICLES_AND_OWNERS
        ):
            start -= 1
        return (start, end) if 0 < end - start < 5 and self._is_noun_phrase(start, end) else None

    def _belongs(self, at: int, end: int) -> bool:
        """Tell whether "for kube_proxy" belongs to the noun before it, as "for a week" does not."""
        words = self._words(at, end)
        someone = any(c is not None for c in self.offer.sentence.chunks[at:end])
        return not (someone or _HOW_LONG.search(words) or "+ing" in self.keys[min(at + 1, end - 1)])

    def _main_verb(self) -> tuple[int, bool]:
        """Find the verb that says what was or was not done, in the match or right behind it."""
        match, keys, slots = self.offer.match, self.keys, self.offer.lexicon.slots
        chunks, total = self.offer.sentence.chunks, len(keys)
        helpers = slots["modal"] | slots["be"] | slots["have"] | slots["do"] | {"time", "let"} - {"let"}
        begin = match.start
        for at in range(match.start, match.end):
            if self._text(at) == "whose" and "verb" not in match.captures:
                return -1, False
            if self._text(at) in ("who", "why", "how", "whoever", "whose"):
                begin = at + 2 if self._text(at + 1) == "come" else at + 1
        begin = max(
            [begin, *(match.captures[n][1] for n in ("artefact", "what", "slip") if n in match.captures)]
        )
        verb, at = -1, begin
        while at < min(match.end + 7, total) and verb < 0:
            chunk = chunks[at]
            if chunk is not None and chunk.end > at:
                at = chunk.end
                continue
            word = self._text(at)
            before = self._text(at - 1) if at else ""
            stray = at > match.end and before in slots["preposition"] | slots["determiner"]
            stray = stray or before in lists.ARTICLES_AND_OWNERS
            if (
                self._text(at - 1) == "to"
                and self._text(at - 2) in lists.LEADING_WORDS
                and "+base" in keys[at]
            ):
                stray = False
            noun = at > match.end and not (
                before in lists.BEFORE_ING or "+verb" in keys[at - 1] or self.offer.sentence.adverbs[at - 1]
            )
            stray = stray or not keys[at].isdisjoint(lists.TRAITS)
            stray = stray or (word == "move" and at + 1 < total and "+ing" in keys[at + 1])
            # "what part of the change freeze": neither is a verb
            stray = stray or (before == "of" and "+ing" not in keys[at])
            stray = stray or (before == "what" and self._text(at + 1) == "of")
            known = (not stray and "+verb" in keys[at]) or (
                at >= match.end and "+ing" in keys[at] and not noun
            )
            outcome = self._text(at - 1) in ("we", "it", "this", "none") and self._text(at - 2) not in (
                "if",
                "only",
            )
            if word in ("would", "'d") and (at > match.end or (outcome and at > match.start + 2)):
                break
            if (
                known
                and (word not in helpers or (word in ("had", "did") and at == match.end - 1))
                and word not in ("time", "nothing", "anything", "something")
                and word not in lists.NO_DEEDS
            ):
                verb = at
            elif at >= match.end and self.tokens[at].sort == MARK:
                break
            at += 1
        if "verb" in match.captures:
            verb = match.captures["verb"][0]
        if verb < 0:
            return -1, False
        negated = any(self._text(at) in lists.NEGATIVE for at in range(match.start, verb + 1))
        if self._text(match.start) in slots["be"] | slots["do"]:  # "was ana even looking", "did ben even ask"
            negated = negated or any(self._text(at) == "even" for at in range(match.start, verb))
        negated = negated or (self._text(verb - 1) == "to" and self._text(verb - 2) in ("failure", "refusal"))
        while self._leads(verb):
            skip = 1 if self._text(verb + 1) == "enough" else 0
            skip += self._words_between(verb + skip + 1)
            skip = max(skip, self._led_to(verb) - verb - 1)
            ahead = verb + skip + 2 if self._text(verb + skip + 1) == "to" else verb + 1
            unknown = not any(key.startswith("+") for key in keys[ahead]) if ahead < total else False
            bare = ahead < total and (
                "+base" in keys[ahead] or (unknown and self._text(ahead + 1) in lists.POINTERS)
            )
            if ahead >= total or not (bare if ahead > verb + 1 else "+ing" in keys[ahead]):
                break
            if not keys[verb].isdisjoint(lists.NEGATIVE_VERBS):
                negated = not negated  # "don't forget to run it" asks for it
            self.intended = self.intended or not keys[verb].isdisjoint(lists.INTENDED)
            verb = ahead
            self.moved = True
        verb = self._behind_and(verb)
        if self._text(verb) in slots["be"] and verb + 1 < total and "+ing" in keys[verb + 1]:
            verb += 1
        return verb, negated

    def _behind_and(self, verb: int) -> int:
        """Give "count" of "slow down and count the rows": what was asked for is the second one."""
        if self._base(verb) in lists.PAUSES:
            for at in range(verb + 1, min(verb + 4, len(self.tokens) - 1)):
                if self._text(at) == "and" and "+base" in self.keys[at + 1]:
                    return at + 1
        return verb

    def _leads(self, verb: int) -> bool:
        """Tell whether this verb only leads to another one: "forgot to", "was told to"."""
        if not self.keys[verb].isdisjoint(lists.LEADING_VERBS) or self._words_between(verb + 1):
            return True
        if self._led_to(verb) > 0:
            return True
        return self._text(verb + 1) == "to" and self._text(verb) in lists.LEADING_WORDS

    def _led_to(self, verb: int) -> int:
        """Find the "to" of "would it have killed the reviewer to knock", "I expected ana to ask"; or -1."""
        if self._base(verb) not in ("kill", "hurt", "expect"):
            return -1
        for at in range(verb + 2, min(verb + 8, len(self.tokens) - 1)):
            if self.tokens[at].sort == MARK:
                break
            if self._text(at) == "to" and "+base" in self.keys[at + 1]:
                return at
        return -1

    def _base(self, at: int) -> str:
        word = self.tokens[at].text
        head, hyphen, last = word.rpartition("-")
        readings = self.offer.lexicon.lemmas(word) or (self.offer.lexicon.lemmas(last) if hyphen else [])
        if readings:
            return (
                f"{head}-{readings[0][0]}"
                if hyphen and not self.offer.lexicon.lemmas(word)
                else readings[0][0]
            )
        for ending in ("ed", "ing"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return _guess_base(word[: -len(ending)])
        return word

    def _verb_phrase(self, form: str) -> str:
        if self._text(self.verb + 1) == "better":
            return ""
        return self._inflected(self.verb, self.object, form)

    def _inflected(self, verb: int, span: tuple[int, int] | None, form: str) -> str:
        if self._text(verb - 1) in lists.POINTING_AT:
            return ""  # "this place" is no verb
        if span is not None and self._runs_on(*span):
            return ""
        base = self._base(verb)
        amount = span is not None and self._text(span[0]) in lists.AMOUNTS
        if not base or base in ("be", "go") or (base in ("have", "do", "get") and not amount):
            return ""
        inflect = self.inflect
        forms = {"doing": inflect.ing, "done": inflect.part, "did": inflect.past, "does": inflect.third}
        word = forms[form](base) if form in forms else base
        words = self._words(*span) if span else ""
        if words in lists.ONLY_A_PREPOSITION and base not in lists.KEEP_ALONE:
            return ""  # "keyed in by" has lost what was keyed in
        alone = base in lists.ALONE or (self.moved and verb == self.verb)
        if (not words and not alone) or (self.frame.action and base in lists.ATTITUDE):
            return ""
        if base in lists.CALMER:
            base = lists.CALMER[base]
            word = forms[form](base) if form in forms else base
            words = words.removeprefix("around with ").removeprefix("with ") if base == "change" else words
        if self.negated and not self.frame.negative:
            words = _HOW_LONG.sub("", words)
        words = _FROM_NOW.sub("", _EACH_TIME.sub("", words))
        if base in ("check", "double-check", "verify", "read", "test"):
            words = words.removesuffix(" twice")
        return f"{word} {words}".strip()

    def _runs_on(self, start: int, end: int) -> bool:
        """Tell whether an object was cut off within its own clause: "till the disk | is full"."""
        slots = self.offer.lexicon.slots
        ahead = self._text(end)
        goes_on = ahead in slots["be"] or ahead in slots["modal"] or ahead in ("that", "has", "had", "gets")
        return goes_on and any(
            self._text(at) in lists.JOINS_CLAUSE | {"till", "until", "before", "when", "because"}
            for at in range(start, end)
        )

    def _phrase_at(self, verb: int, form: str) -> str:
        """Give verb and object anywhere in the note, when both are plain enough to be said again."""
        span = self._object_after(verb + 1)
        if self._base(verb) in lists.HEATED | lists.LAPSES | lists.SAYING | {"leave", "nod", "wave"}:
            return ""
        if (self._base(verb), self._text(verb + 1)) == ("roll", "over"):
            return ""
        if self.frame.right and self._base(verb) in lists.HARM:
            return ""
        cut = span is not None and "+past" in self.keys[span[0]] and "+noun" not in self.keys[span[0]]
        if span and cut and self._text(span[0] + 1) in self.offer.lexicon.slots["determiner"]:
            return ""  # "the plumber they sent | shut the valve"
        if span is None and self._base(verb) not in lists.ALONE:
            return ""
        if span and not self._sober(span):
            return ""
        return self._inflected(verb, span, form)

    def _sober(self, span: tuple[int, int]) -> bool:
        """Tell whether words hold no verdict and no figure of speech."""
        return not any(
            not self.keys[at].isdisjoint(lists.VERDICTS)
            or self._text(at) in (lists.FIGURES | lists.FIGURATIVE) - {"everything", "back"}
            for at in range(*span)
        )

    def _all_deeds(self) -> list[tuple[int, bool]]:
        """Find every verb whose subject is a person or a group, and whether it is negated."""
        slots = self.offer.lexicon.slots
        skipped = slots["modal"] | slots["have"] | slots["do"] | {"who", "that", "to", "then", "and"}
        found: list[tuple[int, bool]] = []
        for chunk in self.offer.sentence.chunks:
            if chunk is None or "<owner>" in chunk.keys or self._typed(chunk.start) in lists.OBJECTS:
                continue
            if self._text(chunk.end) in ("who", "that") and self._text(chunk.end + 1) == "had":
                continue  # "anyone who had looked"
            near = {self._text(at) for at in range(max(0, chunk.start - 3), chunk.start)}
            if not near.isdisjoint({"had", "if", "should", "wish", "only", "unless"}):
                continue
            first = self._text(self.offer.sentence.first)
            outcome = (
                first in ("if", "had")
                and "<we>" in chunk.keys
                and chunk.start > self.offer.sentence.first + 2
            )
            if self._text(chunk.start - 1) == "how" or outcome:
                continue  # "how badly they handled it"
            negated, wished = False, False
            for at in range(chunk.start, max(-1, chunk.start - 4), -1):
                if at < chunk.start and "+verb" in self.keys[at]:
                    break
                negated = negated or self._text(at) in slots["nobody"] or self._text(at) in ("neither", "nor")
            at, being = chunk.end, False
            while at < len(self.tokens) and at < chunk.end + 6:
                word = self._text(at)
                if word in slots["not"] or word == "never":
                    negated = True
                elif word in slots["be"]:
                    being = True
                elif (
                    word in slots["modal"]
                    or word == "'d"
                    or (word == "had" and "would" in self.offer.sentence.all_keys)
                ):
                    wished = True
                elif "go~" in self.keys[at] and self._text(at + 1) == "and":
                    pass
                elif not (word in skipped or self.offer.sentence.adverbs[at]):
                    break
                at += 1
            if at >= len(self.tokens) or wished:
                continue
            if (
                self._base(at) in ("want", "dare", "bother")
                and self._text(at + 1) == "to"
                and negated
                and at + 2 < len(self.tokens)
            ):
                at += 2
            if self._leads(at) and self._text(at + 1) == "to" and at + 2 < len(self.tokens):
                lapse = not self.keys[at].isdisjoint(lists.NEGATIVE_VERBS)
                if not lapse and self._text(at) not in lists.CHOOSING:
                    continue  # "was told to wait" says nothing about who waited
                negated = negated != lapse
                at += 2
            keys = self.keys[at]
            acts = "+ing" in keys if being else "+verb" in keys
            acts = acts and self._text(at) not in ("nothing", "anything", "something")
            if acts and (at, negated) not in found:
                found.append((at, negated))
        return found

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
            if token.text in lists.JUNK and end - start == 1:
                return "this"
            if token.text in lists.INSULTS and end - start > 1:
                at += 1
                continue
            if at and self.tokens[at - 1].start == token.start and self.tokens[at - 1].end == token.end:
                at += 1
                continue
            if (
                self._text(at - 1) in lists.TEMPORAL
                and chunk is not None
                and chunk.end > at
                and chunk.end < end
            ):
                word, after = self._before_we(chunk.end), chunk.end + 1
            elif chunk is not None and chunk.end > at and "<owner>" in chunk.keys:
                word, after = "the", chunk.end
            elif token.text in ("anything", "anyone", "anybody") and self.negated:
                tells = token.text == "anything" or self._text(at - 1) in lists.TELLING
                positive = lists.POSITIVE[token.text] if tells else "someone"
                word = word if self.frame.negative else positive
            elif (
                chunk is not None
                and chunk.end > at
                and token.text not in lists.KEPT_PEOPLE
                and chunk.keys.isdisjoint({"<team>", "<role>", "<me>"})
            ):
                named = token.text not in ("someone", "somebody", "anyone", "anybody")
                word, after = "someone else" if named else "someone", chunk.end
            elif self._text(at + 1) == "own" and token.text in self.offer.lexicon.slots["possessive"] | {
                "my"
            }:
                word = "our"
            elif at == start and token.capital and token.text in self.offer.lexicon.slots["determiner"]:
                word = word.lower()
            elif token.text == "every" and self.frame.without:
                word = "any"
            elif token.text in lists.SUBSTITUTE and token.sort == WORD:
                word = lists.SUBSTITUTE[token.text]
            elif token.text == "wrong" and at == start and after < end:
                word = f"the {word}"
            elif token.text in ("this", "that") and self._text(after) in lists.JUNK and after < end:
                after += 1
            gap = parts and self.tokens[at - 1].end == token.start
            parts.append(word if gap or not parts else " " + word)
            at = after
        return "".join(parts).strip()

    def _before_we(self, verb: int) -> str:
        """Say what somebody did "before he ran it" without saying who."""
        base = self._base(verb)
        if "+verb" not in self.keys[verb] or base in self.offer.lexicon.slots["be"]:
            return "that"
        if not self.frame.past:
            return self.inflect.ing(base)
        return f"we {self.inflect.past(base)}" if "+past" in self.keys[verb] else f"we {base}"
