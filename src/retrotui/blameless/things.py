"""What a note is about: the things, teams, flaws and places it names, for the slots of templates.

Leaves verbs and deeds to `slots`.
"""

from __future__ import annotations

import re

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.lexicon import CLOSED_TAGS
from retrotui.blameless.phrases import Phrases
from retrotui.blameless.tokens import MARK, MASK, NUMBER, TIME, WORD

_AFTER_IT = ("be", "have", "do", "modal", "preposition", "conjunction", "not")


class Things(Phrases):
    """Nouns of one sentence that a rewrite can use."""

    def _obj(self) -> str:
        span = self._subject()
        if span and self._lemma() == "get":
            mixed = [at for at in range(span[0] + 1, span[1]) if not self.keys[at].isdisjoint(lists.MIXED)]
            return self._words(span[0], mixed[0]) if mixed else ""
        if not span or self.moved or self._lemma() in ("make", "do", "get", "take", "give", "have", "be"):
            return ""
        return self._with_article(self._words(*span))

    def _with_article(self, words: str) -> str:
        """Say "the command" for a bare "command"; "configs", "prod" and names stay."""
        slots = self.offer.lexicon.slots
        thing = words in slots["thing"] | slots["conduct"] and words not in lists.NO_ARTICLE
        plural = words.endswith("s") and not words.endswith(lists.PLURAL_S)
        return f"the {words}" if thing and not plural else words

    def _was(self) -> str:
        span = self._subject()
        return self._agree(*span) if span else ""

    def _access(self, *, deploys: bool) -> str:
        words = self._rights()
        if words.split(" ")[-1] in lists.BARE_RIGHTS:
            words = f"{words} access"
        return words if words and (words.split()[-1] in lists.DEPLOYS) == deploys else ""

    def _noun_of(self, nouns: frozenset[str]) -> str:
        """Give a noun of a kind with what belongs to it, without article: "push to main on a friday"."""
        match, slots = self.offer.match, self.offer.lexicon.slots
        chunks = self.offer.sentence.chunks
        for at in (*range(match.start, min(match.end + 2, len(self.tokens))), *range(len(self.tokens))):
            inside = any(c is not None and c.start <= at < c.end for c in chunks)
            if self._text(at) not in nouns or self.tokens[at].quoted or inside:
                continue
            before, following = self._text(at - 1) if at else "", self._text(at + 1)
            compound = following in slots["thing"] | slots["conduct"] or before in (
                "no",
                "any",
                "on",
                "of",
                "to",
            )
            meeting = (
                self._text(at) == "call" and before == "the" and self._text(at - 2) in ("on", "in", "during")
            )
            phoned = self._text(at) == "call" and following in ("from", "to", "until")
            if (
                compound
                or meeting
                or (phoned and "+base" not in self.keys[min(at + 2, len(self.tokens) - 1)])
            ):
                continue  # "the review queue" is no review, "on call" no decision
            end = at + 1
            span = self._object_after(end) if self._text(end) in lists.OF_WHAT else None
            if span and self._stands(span, slots["preposition"]):
                end = span[1]
            return self._words(at, end)
        return ""

    def _stands(self, span: tuple[int, int], prepositions: frozenset[str]) -> bool:
        """Tell whether "to main on a friday" can follow a noun: nobody and no other verb in it."""
        words = range(span[0] + 1, span[1])
        return (
            bool(words)
            and not any(
                self.offer.sentence.chunks[at] is not None
                or ("+finite" in self.keys[at] and "+noun" not in self.keys[at] and at != span[1] - 1)
                or self._text(at) in lists.VAGUE - lists.TIMES - {"main"}
                or self._text(at) in self.offer.lexicon.slots["be"]
                or self._text(at) in lists.SUBSTITUTE
                for at in words
            )
            and self._text(span[1] - 1) not in prepositions
        )

    def _deemed(self) -> str:
        """Give "cron on a laptop look ok" out of "who thought cron on a laptop was ok"."""
        for at in range(len(self.tokens) - 2):
            if self.keys[at].isdisjoint({"think~", "believe~", "assume~", "figure~"}):
                continue
            for be in range(at + 2, len(self.tokens) - 1):
                if self._text(be) in ("was", "is", "were", "are") and self._text(be + 1) in lists.FINE:
                    words = self._words(at + 1, be)
                    good = self._is_noun_phrase(at + 1, be) or words in ("it", "that", "this")
                    return f"{words} look {self._text(be + 1)}" if good else ""
        return ""

    def _them(self) -> str:
        """Give "it" or "them", to go with the object."""
        span = self._subject() or self.object
        return "them" if span and self._agree(*span) == "were" else "it"

    def _bad_work(self) -> str:
        """Give "an untested release": a flaw that says nothing about anybody."""
        for at in range(len(self.tokens) - 1):
            if self._text(at) in lists.FLAWS and self._text(at + 1) in lists.SHIPPED:
                end = at + 2
                while self._text(end) in lists.SHIPPED:
                    end += 1
                word = self._words(at, end)
                bare = word.endswith(("s", "code"))
                return word if bare else f"a {word}"
        return ""

    def _team(self) -> str:
        """Give the team that the note is about, for a question about the hand-off with it."""
        teams = self.offer.lexicon.slots["team_noun"]
        for chunk in self.offer.sentence.chunks:
            if chunk is None or chunk.end <= chunk.start or self._is_no_team(chunk.start, chunk.end):
                continue
            owner = "<owner>" in chunk.keys
            last = chunk.end - 2 if owner else chunk.end - 1
            named = self._text(last - 1) if self._text(last) in lists.CROWD else ""
            if named in self.offer.lexicon.slots["team_word"]:
                return f"the {named} team"
            if "<team>" in chunk.keys or (owner and self._text(last) in teams):
                first = chunk.start
                while first < last and (
                    self._text(first) in lists.BEFORE_TEAM
                    or self.offer.sentence.adverbs[first]
                    or not self.keys[first].isdisjoint(lists.TRAITS)
                ):
                    first += 1
                text = self.offer.text[self.tokens[first].start : self.tokens[last].end]
                text = re.sub(r"['’]s?$", "", text)
                text = re.sub(r"^(?:an?|some) ", "", text)
                bare = self._text(last) in lists.GROUPS and self.keys[first].isdisjoint({"<determiner>"})
                return f"the {text}" if bare else text
        first = self.offer.sentence.first
        if self._text(first) in ("typical", "classic"):
            named = self._text(first + 1)
            return named if named in self.offer.lexicon.slots["team_word"] else ""
        for token in self.tokens:
            if token.text in lists.PARTNERS and not token.quoted:
                return f"the {token.text}"
        return ""

    def _is_no_team(self, start: int, end: int) -> bool:
        """Tell whether a group is none that one hands over to: personnel, or a shift without a name."""
        last = self._text(end - 1)
        return last in lists.NO_TEAMS and (last != "shift" or end - start < 3)

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
            usable = word in nouns - slots["verbish_noun"] - lists.NO_TOPICS and (
                pointed or word not in slots["slip"]
            )
            if usable and not self.tokens[at].quoted:
                start, end = at, at + 1
                many = self._text(at).endswith("s") or self._text(at + 1).endswith("s")
                if start and self._text(start - 1) in ("the", "our", *(() if many else ("this", "that"))):
                    start -= 1
                while self._text(end) in nouns - slots["verbish_noun"] and chunks[end] is None:
                    end += 1
                if self._text(end).endswith("s") and self._ends_phrase(end + 1) and "+verb" in self.keys[end]:
                    end += 1  # "release candidates"
                words = self._words(start, end)
                last = self._text(end - 1)
                bare = start == at and not last.endswith("s") and last not in lists.NO_ARTICLE
                return f"the {words}" if bare else words
            at += 1
        return ""

    def _topic(self) -> str:
        """Give the last noun phrase with an article that means no people and holds no verdict."""
        slots, chunks, keys = self.offer.lexicon.slots, self.offer.sentence.chunks, self.keys
        places = list(range(len(self.tokens) - 2, -1, -1))
        articles = [at for at in places if self._text(at) in ("a", "an")]
        for start, wanted in [
            *((p, lists.POINTERS) for p in places),
            *((p, lists.ARTICLES) for p in articles if self._text(p + 1) in lists.NOUNS_OF["work"]),
        ]:
            if self._text(start) not in wanted or self.tokens[start].quoted or chunks[start] is not None:
                continue
            end = start + 1
            while (
                end < len(self.tokens) and end - start < 5 and self.tokens[end].sort in (WORD, MASK, NUMBER)
            ):
                closes = not keys[end].isdisjoint(CLOSED_TAGS) or self.offer.sentence.adverbs[end]
                plural = self._text(end).endswith("s") and self._ends_phrase(end + 1)
                verb = "+finite" in keys[end] and keys[end].isdisjoint({"+noun", "+part"}) and not plural
                if closes or verb or chunks[end] is not None:
                    break
                end += 1
            while end - start > 1 and (
                "+past" in keys[end - 1] or self._text(end - 1) in lists.PARTICLES | lists.AFTER_TOPIC
            ):
                end -= 1
            words = [self._text(at) for at in range(start + 1, end)]
            if (
                not words
                or words[-1] in lists.VAGUE | lists.NO_TOPICS
                or (
                    self._text(start) in ("this", "that")
                    and words[-1].endswith("s")
                    and words[-1][-2:] != "ss"
                )
                or not set(words).isdisjoint(slots["slip"] | slots["bad"] | lists.FIGURES)
            ):
                continue
            if any(not keys[at].isdisjoint(lists.VERDICTS) for at in range(start + 1, end)):
                continue
            return self._words(start, end)
        return ""

    def _ends_phrase(self, at: int) -> bool:
        """Tell whether a noun phrase is over here, so that the word before was "results" and no verb."""
        return at >= len(self.tokens) or self.tokens[at].sort == MARK or self.offer.sentence.breaks[at]

    def _it(self) -> str:
        """Give "this", "that" or "it" when that is all the note says."""
        slots = self.offer.lexicon.slots
        for at, token in enumerate(self.tokens):
            following = self._text(at + 1)
            if token.text not in ("this", "that", "it") or token.quoted:
                continue
            if token.text == "it" and (following in ("to", "clear") or self._text(at - 1) in slots["be"]):
                continue  # "how hard is it to ..."
            if following == "one":
                return f"{token.text} one"
            ends = (
                not following
                or self.tokens[at + 1].sort == MARK
                or self.offer.sentence.adverbs[at + 1]
                or any(following in slots[name] for name in _AFTER_IT)
                or ("+verb" in self.keys[at + 1] and "+noun" not in self.keys[at + 1])
            )
            if ends:
                return token.text
        return ""

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
                if self._text(at) in lists.JUNK:
                    return "this"
                return words if words.split()[0] in slots["determiner"] else f"the {words}"
        if self._lemma() in ("cause", "trigger"):
            span = self._subject()
            return self._words(*span) if span else ""
        return ""

    def _left(self) -> tuple[int, int, int] | None:
        """Split "left the flag on" and "left the keys in a bucket" into the thing and its state."""
        if not self.object or self._lemma() != "leave":
            return None
        start, end = self.object
        for at in range(start + 1, end):
            place = self._text(at) in ("in", "on", "at", "behind") and at + 1 < end
            how_far = at - start > 1 and self._text(at - 1) in ("wide", "half", "fully", "partly", "still")
            state = at - how_far
            if (self._text(at) in lists.STATES or place) and self._is_noun_phrase(start, state):
                return start, state, end
        return None

    def _left_thing(self) -> str:
        split = self._left()
        return self._with_article(self._words(*split[:2])) if split else ""

    def _state(self) -> str:
        split = self._left()
        return self._words(*split[1:]) if split else ""

    def _wrong(self) -> str:
        """Give "the wrong region", wherever the note names it."""
        for at, token in enumerate(self.tokens):
            if token.text not in ("wrong", "incorrect") or token.quoted:
                continue
            span = self._object_after(at + 1)
            if not span or span[0] != at + 1:
                continue
            end = span[0] + 1
            while end < span[1] and self._goes_on(end):
                end += 1
            last = self._text(end - 1)
            odd = (
                last in lists.FIGURES | {"time", "place", "way", "thing", "things", "idea"}
                or last in self.offer.lexicon.slots["preposition"]
            )
            return "" if odd else f"the {self._words(at, end).removeprefix('the ')}"
        return ""

    def _goes_on(self, at: int) -> bool:
        """Tell whether a noun phrase goes on with this word: "usb stick", not "index to"."""
        closed = ("preposition", "conjunction", "determiner", "modal", "be", "not")
        if any(self._text(at) in self.offer.lexicon.slots[name] for name in closed):
            return False
        verb = "+finite" in self.keys[at] and "+noun" not in self.keys[at]
        return not (verb or self.offer.sentence.adverbs[at] or self.tokens[at].sort == TIME)

    def _one(self) -> str:
        """Give "one" or "ones", to go with the wrong thing."""
        words = self._wrong()
        return (
            "ones" if words.endswith("s") and not words.endswith(lists.PLURAL_S) else "one" if words else ""
        )

    def _rights(self) -> str:
        """Give "prod access" out of "revoke his prod access"."""
        rights, determiners = self.offer.lexicon.slots["rights"], self.offer.lexicon.slots["determiner"]
        match = self.offer.match
        for at in range(match.end - 1, match.start, -1):
            if self._text(at) in rights:
                start = at
                while self._text(at + 1) in rights:
                    at += 1
                if self._text(at + 1) in ("rota", "rotation", "roster", "shift", "shifts"):
                    return ""
                while (
                    start - 1 > match.start
                    and self._text(start - 1) not in determiners
                    and self._text(start - 1) not in ("'s", "'", "’")
                    and self.offer.sentence.chunks[start - 1] is None
                    and ("+verb" not in self.keys[start - 1] or "+ing" in self.keys[start - 1])
                    and self._text(start - 1) not in ("more", "no", "away")
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
        behind = self.offer.sentence.chunks[start + 1] if start + 1 < len(self.tokens) else None
        if self._text(start) in ("by", "from") and behind is not None:
            start = behind.end  # "a mistake by the dba with the settings"
        wanted = {
            "prep": lists.TIMELY,
            "with": lists.REGARDING,
            "with_tool": frozenset(["with", "during", "around"]),
            "with_dry": frozenset(["with"]),
            "with_only": frozenset(["with"]),
            "about": frozenset(["about"]),
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
        if name.startswith("with") or name == "about":
            words = self._with_article(self._without_audience(*span))
        if name in ("with_tool", "with_dry") and words.split()[-1] in lists.PAPER:
            return ""
        noun = self._is_noun_phrase(*span) and "us" not in words.split()
        verb = "+base" in self.keys[span[0]]
        if name == "to_what" and verb and ("+noun" not in self.keys[span[0]] or span[1] - span[0] > 1):
            return ""
        return words if noun or "+ing" in self.keys[span[0]] else ""

    def _without_audience(self, start: int, end: int) -> str:
        """Leave out the people at the end of "code review with the team"."""
        for at in range(start + 1, end - 1):
            if (
                self._text(at) in ("with", "by", "to", "from")
                and self.offer.sentence.chunks[at + 1] is not None
            ):
                return self._words(start, at)
        return self._words(start, end)
