"""What was done in a note, and what was not: the verb and its object in the forms that templates ask for.

Leaves whole sentences of a kind of their own to `shapes`, and filling templates to `slots`.
"""

from __future__ import annotations

import re

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.shapes import Shapes
from retrotui.blameless.tokens import MARK

_SPAN_OF_TIME = re.compile(
    r"\bfor (?:[\w.]+ ){0,2}[\w.]*(?:seconds?|minutes?|min|hours?|days?|weeks?|months?)\b"
)


class Deeds(Shapes):
    """Deeds of one sentence that a rewrite can use."""

    def _verb_slot(self, name: str) -> str:
        """Give verb and object in a form: `do`, `not_doing`, `any_done`, `told` and the like."""
        negative = name.startswith("not_")
        either = name.startswith("any_")
        form = name.removeprefix("not_").removeprefix("any_")
        if self.verb < 0 or not (either or negative == self.negated):
            return ""
        lemma = self._lemma()
        if form in ("tell", "told"):
            if lemma == "ask":
                return ""  # nothing asks us
            if not self.object or self._text(self.object[0]) not in ("us", "me"):
                return ""
            words = self._verb_phrase("done" if form == "told" else "do")
            return f"{words} in time" if self.object[1] - self.object[0] == 1 and form == "told" else words
        if self._barred() or (self.frame.action and either and self.negated):
            return ""
        if form == "notice":
            clause = (
                bool(self.object) and self._text(self.object[0]) in lists.JOINS_CLAUSE
                if self.object
                else False
            )
            known = lemma in lists.NOTICING and (clause or lemma not in lists.KNOWING)
            return self._verb_phrase("do") if known else ""
        if lemma in lists.KNOWING and not self.object:
            return ""
        if form not in ("do", "doing", "done", "did") or (
            lemma in lists.NOTICING and (self.frame.prompts or lemma in lists.KNOWING)
        ):
            return ""
        return self._verb_phrase(form)

    def _barred(self) -> bool:
        """Tell whether the verb is heated or a figure of speech: "screw up", "drop the ball", "make sure"."""
        if self.frame.right and self._lemma() in lists.HARM:
            return True  # it never looked right to break it
        with_it = self._lemma() in lists.CALMER and self._text(self.verb + 1) == "with"
        if with_it and self.object and self._text(self.object[1] - 1) not in lists.FIGURES:
            return False
        if self._lemma() in lists.TELLING and self._text(self.verb - 1) in ("was", "were", "been"):
            return True  # who "was warned" is not who should have warned
        if self._lemma() == "make" and self._text(self.verb + 1) in ("us", "me", "her"):
            return True
        if self._lemma() in ("take", "make") and self.object:
            whom = self.offer.sentence.chunks[self.object[0]]
            if whom is not None and "<blamed>" in whom.keys:
                return True  # "what took ben so long", "what made her go": that is not what they did
        if (self._lemma() == "trust" and self._text(self.verb - 1) in ("be", "been")) or (
            self.frame.doing and self._text(self.verb + 1) in ("ages", "forever")
        ):
            return True
        if self.object and any(self._text(at) in ("feet", "heels", "corners") for at in range(*self.object)):
            return True
        if self._lemma() == "say" and self._text(self.verb + 1) in ("something", "no", "so"):
            return False
        last = self._text(self.object[1] - 1) if self.object else ""
        first = self._text(self.object[0]) if self.object else ""
        if self.object and any(self._text(at) in lists.MESS for at in range(*self.object)):
            return True
        if self._lemma() == "allow" and first in self.offer.lexicon.slots["preposition"]:
            return True
        odd = last in lists.FIGURATIVE or self._text(self.verb + 1) in ("sure", "better", "worse")
        return odd or self._lemma() in lists.HEATED or self._text(self.verb + 2) == "ball"

    def _by_verb(self, lemmas: frozenset[str]) -> str:
        """Give the object of a verb of a kind, as far as it can begin a sentence."""
        lemma = self._lemma()
        if (self.moved and lemma not in lists.LAPSES) or lemma not in lemmas or not self.object:
            return ""
        start, end = self.object
        if self._text(end - 1) in lists.FIGURATIVE or self._text(start + 1) in lists.FIGURATIVE:
            return ""
        mess = next((at for at in range(start, end - 2) if self._text(at) in lists.MESS), -1)
        if mess >= 0 and self._text(mess + 1) == "of":
            return self._words(mess + 2, end)  # "made a mess of the pipeline"
        if lemma == "make" or (lemma == "blow" and self._text(self.verb + 1) != "away"):
            return ""
        if self._text(start) == "about" and end - start > 1:
            return self._words(start + 1, end)
        while end - start > 1 and self._text(start) in lists.PARTICLES:
            start += 1
        while end - start > 1 and self._text(end - 1) in lists.PARTICLES:
            end -= 1
        if end - start == 1 and self._text(start) in ("this", "that", "it"):
            return self._text(start)
        span = self._subject()
        return self._words(*span) if span else ""

    def _seen(self) -> str:
        """Give what somebody did not see or know: "the typo", "that the disk was full"."""
        if not self.object or self.moved:
            return ""
        start, end = self.object
        if self._text(end) == "that":
            return ""  # "the sdk drops | that header" is cut off
        tells = self._lemma() == "tell" and self._text(self.verb - 1) in ("could", "can", "would")
        if self._lemma() not in lists.NOTICING and not (
            tells and self._text(start) not in ("us", "me", "you")
        ):
            return ""
        if self._text(start) in ("about", "of") and end - start > 1:
            start += 1
        if (self._text(start), self._text(start + 1)) == ("full", "well") and end - start > 2:
            start += 2
        joins = self._text(start) in lists.JOINS_CLAUSE
        ahead = end
        while ahead < len(self.tokens) and self.tokens[ahead].sort != MARK and self._text(ahead) != "because":
            ahead += 1
        runs_on = self.offer.lexicon.slots["be"] | self.offer.lexicon.slots["modal"]
        if self._text(end) in runs_on and ahead - end > 1:
            end = ahead  # the object of "knew the disk was full" is a whole clause
        if any(c is not None and "<we>" not in c.keys for c in self.offer.sentence.chunks[start:end]):
            return ""
        words = self._words(start, end)
        finite = any(
            ("+finite" in self.keys[at] and "+noun" not in self.keys[at])
            or self._text(at) in self.offer.lexicon.slots["be"]
            or self._text(at) in self.offer.lexicon.slots["modal"]
            for at in range(start, end)
        )
        if words in ("it", "coming", "it coming"):
            return "this" if words != "it coming" else "this coming"
        if "+adv" in self.keys[start] or self._text(start) in ("for", "in", "on", "at", "earlier", "sooner"):
            return ""
        return words if joins or not finite else f"that {words}"

    def _shown(self) -> str:
        """Give what somebody did not look at before acting: "the region before we ran the script"."""
        verb, _, rest = self._verb_slot("do").partition(" ")
        first, _, more = rest.partition(" ")
        if verb not in lists.LOOKING or " before " not in f" {more}":
            return ""
        return rest if first in self.offer.lexicon.slots["determiner"] | lists.JOINS_CLAUSE else ""

    def _deciding(self, form: str, *, deciding: bool) -> str:
        """Give a plain deed, neither a lapse nor a crash: one that decides something, or the others."""
        lemma = self._lemma()
        if (
            self.negated
            or self.intended
            or self.verb < 0
            or self._barred()
            or lemma
            in lists.LAPSES | lists.NOTICING | {"blame", "let", "fail", "review", "make", "lose", "find"}
            or (lemma in lists.DECIDING) != deciding
        ):
            return ""
        return self._verb_phrase(form)

    def _act_on(self) -> str:
        return (
            self._deciding("do", deciding=False) if self.object and self._is_noun_phrase(*self.object) else ""
        )

    def _deed(self, form: str, *, done: bool, arriving: bool = False, noticing: bool = False) -> str:
        """Give what somebody did, or did not do, anywhere in the note; or only how they came, late."""
        if self.deeds is None:
            self.deeds = self._all_deeds()
        for verb, negated in self.deeds:
            base = self._base(verb)
            if negated == done or (done and (base in lists.ARRIVING) != arriving):
                continue
            if done and (base in lists.NOTICING) != noticing:
                continue
            if done and (base in ("swear", "hear", "take", "sit")):
                continue  # nobody asks what made it look right to see it
            words = self._phrase_at(verb, form)
            if words:
                return words
        return ""

    def _thought(self) -> str:
        """Give "leap years" of "nobody thought of leap years"."""
        if not self.object or self._lemma() != "think" or self._text(self.object[0]) not in ("of", "about"):
            return ""
        start, end = self.object[0] + 1, self.object[1]
        return self._words(start, end) if start < end and self._is_noun_phrase(start, end) else ""

    def _let(self) -> str:
        return self._words(*self.object) if self._lemma() == "let" and self.object else ""

    def _let_did(self) -> str:
        """Give "the licence lapsed" out of "let the licence lapse"."""
        for at in range(self.offer.match.start, min(self.offer.match.end + 2, len(self.tokens))):
            if "let~" not in self.keys[at]:
                continue
            for verb in range(at + 2, min(at + 7, len(self.tokens))):
                if "+base" in self.keys[verb] and "+noun" not in self.keys[verb]:
                    if self._text(verb + 1) == "loose":
                        return ""
                    if not self._is_noun_phrase(at + 1, verb):
                        return ""
                    rest = self._object_after(verb + 1)
                    past = self.inflect.past(self._base(verb))
                    return f"{self._words(at + 1, verb)} {past} {self._words(*rest) if rest else ''}".strip()
        return ""

    def _auto(self) -> str:
        words = self._infinitive("todo")
        return words if words.split(" ")[0] in lists.AUTOMATIC else ""

    def _auto_do(self) -> str:
        words = self._verb_slot("do")
        return words if words.split(" ")[0] in lists.AUTOMATIC else ""

    def _did_us(self) -> str:
        words = self._verb_phrase("did") if self.verb >= 0 and not self.negated and not self._wished() else ""
        alone = len(words.split()) < 3 or self._lemma() == "leave"
        return words if words.split()[1:2] == ["us"] and not alone else ""

    def _wished(self) -> bool:
        """Tell whether the verb stands under a "should have": then it did not happen."""
        modal = self.offer.lexicon.slots["modal"] | {"supposed", "meant", "ought"}
        return any(self._text(at) in modal for at in range(self.offer.match.start, self.verb))

    def _does(self) -> str:
        """Give "slows everything down": what goes on all the time, as it can follow "what"."""
        if self.verb < 0 or self.negated or not self.object or self._lemma() in lists.HEATED:
            return ""
        if self.keys[self.verb].isdisjoint({"+s", "+base"}):
            return ""
        return self._verb_phrase("does")

    def _for_doing(self) -> str:
        start = self.offer.match.end
        if self._text(start) == "for" and start + 1 < len(self.keys) and "+ing" in self.keys[start + 1]:
            span = self._object_after(start + 1)
            return self._words(*span) if span else ""
        return ""

    def _gerund(self, after: str = "") -> str:
        """Give the first phrase like "changing the acl by hand", or the first one behind a word."""
        slots, chunks = self.offer.lexicon.slots, self.offer.sentence.chunks
        for at, keys in enumerate(self.keys):
            before = self._text(at - 1) if at else ""
            known = self.offer.lexicon.lemmas(self._text(at))
            apart = (
                not known
                or at == self.offer.sentence.first
                or before in slots["be"]
                or before in slots["determiner"]
                or before in slots["possessive"]
            )
            if "+ing" not in keys or apart or (after and before != after):
                continue
            # "no finger pointing, ..." is what the writer says of the note itself
            idle = {"be", "have", "do", "wake", "point", "blame", "judge", "note", "say"}
            if self._base(at) in lists.HEATED | lists.NOTICING | lists.LAPSES | idle:
                continue
            span = self._object_after(at)
            if span and self._lone_gerund(span) and all(c is None for c in chunks[span[0] : span[1]]):
                return self._words(*span)
        return ""

    def _undone_ing(self) -> str:
        """Give "test the restore" out of "for not testing the restore"."""
        for at in range(1, len(self.tokens)):
            if "+ing" in self.keys[at] and self._text(at - 1) in ("not", "never"):
                if not self.offer.lexicon.lemmas(self._text(at)) or self._base(at) in lists.HEATED:
                    return ""
                return self._inflected(at, self._object_after(at + 1), "do")
        return ""

    def _wanted(self) -> str:
        """Give what is scorned: "reading the manual" of "reading the manual is for other people"."""
        at = self.offer.sentence.first
        while at < len(self.tokens) - 1 and self.offer.sentence.adverbs[at]:
            at += 1
        if "+ing" not in self.keys[at] or self._base(at) in lists.HEATED:
            return ""
        end = at + 1
        while end < len(self.tokens) and self.tokens[end].sort != MARK:
            if self._text(end) in self.offer.lexicon.slots["be"] or self.offer.sentence.adverbs[end]:
                break
            end += 1
        scorned = self._text(end) == "?" or self._text(end) in self.offer.lexicon.slots["be"]
        following = self._text(end + 1) in self.offer.lexicon.slots["be"]
        return self._words(at, end) if scorned or following else ""

    def _lone_gerund(self, span: tuple[int, int]) -> bool:
        """Tell whether such a phrase holds no other verb and no verdict."""
        return not any(
            ("+finite" in self.keys[at] and "+noun" not in self.keys[at])
            or self._text(at) in self.offer.lexicon.slots["be"]
            or not self.keys[at].isdisjoint(lists.VERDICTS)
            for at in range(span[0] + 1, span[1])
        )

    def _mis(self) -> str:
        """Give "misread", the verb that says by itself that something was easy to get wrong."""
        lemma = self._lemma()
        return lemma if lemma.startswith("mis") and lemma not in ("miss", "mislead", "misuse") else ""

    def _stopped(self) -> str:
        """Give "deploy on fridays" of "stop deploying on fridays"."""
        for at in range(len(self.tokens) - 1):
            stops = not self.keys[at].isdisjoint({"stop~", "quit~", "avoid~"}) and "+ing" in self.keys[at + 1]
            before = {self._text(at - 1), self._text(at - 2)} if at > 1 else set()
            not_to = "to" in before and not before.isdisjoint(lists.NEGATIVE) and "+base" in self.keys[at]
            if not_to:
                at -= 1
            elif not stops:
                continue
            base, span = self._base(at + 1), self._object_after(at + 2)
            if base in lists.HEATED | lists.LAPSES | {"be", "have", "do", "make"}:
                return ""
            return f"{base} {self._words(*span)}" if span else base
        return ""

    def _span_of_time(self) -> str:
        """Give "for two hours"."""
        found = _SPAN_OF_TIME.search(self.offer.text)
        return found[0] if found else ""

    def _infinitive(self, form: str) -> str:
        """Give "run the tests" from "... to run the tests", in or right behind the match."""
        match = self.offer.match
        for at in range(match.start, min(match.end + 3, len(self.tokens) - 1)):
            named = self.offer.sentence.chunks[at + 1] is not None
            known = "+base" in self.keys[at + 1] and (
                self.offer.lexicon.lemmas(self._text(at + 1))
                or self._text(at + 2) in self.offer.lexicon.slots["determiner"]
            )
            negated = bool({self._text(at - 1), self._text(at + 1)} & lists.NEGATIVE)
            if self._text(at) == "to" and known and not named and not negated:
                base = self._base(at + 1)
                if self.frame.right and base in lists.NOTICING | {"let", "ask", "say"}:
                    return ""
                verb = base if form == "todo" else self.inflect.ing(base)
                if base in lists.NO_INFINITIVE:
                    return ""
                if not self.frame.right and (base in lists.LAPSES or self._text(at - 1) in lists.CHOOSING):
                    return ""  # "chose to skip it" was done, and nobody asks for it
                if self.frame.right and self._wished_before(at):
                    return ""
                if base in lists.ATTITUDE and self.frame.action:
                    second = self._second_verb(at + 2)
                    if second < 0:
                        return ""
                    base, at = self._base(second), second - 1
                    verb = base if form == "todo" else self.inflect.ing(base)
                span = self._object_after(at + 2)
                return f"{verb} {self._words(*span)}" if span else verb
        return ""

    def _wished_before(self, at: int) -> bool:
        """Tell whether a "would" or "should" stands before a place: what follows was not done."""
        return any(self._text(word) in ("would", "should", "'d") for word in range(at))
