"""Where the clauses of a flagged sentence begin and end, and which of them can be said again.

Leaves verbs and what they did to `phrases`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.offer import Offer
from retrotui.blameless.tokens import HANDLE, KIND, MARK, TIME, WORD


class Clauses:
    """The words of one sentence, by clauses."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.tokens = offer.sentence.tokens
        self.keys = offer.sentence.keys

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _typed(self, at: int) -> str:
        """Give a word as typed, in lower case: "let's" is one word, though it is read as two."""
        return self.offer.text[self.tokens[at].start : self.tokens[at].end].lower()

    def _words_between(self, at: int) -> int:
        """Count the words before the "to" of "took | the trouble | to label it"."""
        named = self._text(at) in ("the", "any") and self._text(at + 1) in lists.READINESS
        return 2 if named and self._text(at + 2) == "to" else 0

    def _object_after(self, at: int) -> tuple[int, int] | None:
        """Find what follows the verb, up to the end of the clause."""
        start = at
        total = len(self.tokens)
        while start < total and self.offer.sentence.adverbs[start] and self._text(start + 1) != "of":
            start += 1
        end, asks = start, False
        if self._sentence_begins(start):
            return None
        while end < total:
            token = self.tokens[end]
            if token.sort == MARK and token.text not in ("/", "-", "+", "&", "'", "’", "*"):
                break
            loose_that = token.text == "that" and (
                end == start or self._text(end - 1) in self.offer.lexicon.slots["preposition"]
            )
            named = end > start and self._text(end - 1) in ("the", "a") and token.text != "that"
            named = named or (token.text == "where" and self._text(end + 1) == "clause")
            if token.text in lists.STOP_WORDS and not (loose_that or named or self._joins_nouns(end)):
                break
            asks = asks or token.text in ("what", "how", "whether") or self._text(start) in lists.JOINS_CLAUSE
            if end > start and not asks and self._new_clause(end):
                break
            if token.text in lists.TEMPORAL and not self._temporal_tail(end):
                break
            if token.text == "by" and end + 1 < total and self.offer.sentence.chunks[end + 1] is not None:
                break
            end += 1
        while end > start and (
            self.tokens[end - 1].text in lists.TRAILING or self.tokens[end - 1].sort in (TIME, KIND)
        ):
            end -= 1
            if self.tokens[end].sort == TIME and self._text(end - 1) in (
                "at",
                "around",
                "by",
                "until",
                "since",
            ):
                end -= 1
            if end - start > 1 and (self._text(end - 2), self._text(end - 1)) in lists.TRAILING_PAIRS:
                end -= 2
        while end - start > 1 and (self._text(end - 2), self._text(end - 1)) in lists.TRAILING_PAIRS:
            end -= 2
        by_people = self._text(start) == "by" and start + 1 < total and self.offer.sentence.chunks[start + 1]
        if end - start > 14 or end <= start or by_people:
            return None
        return start, end

    def _second_subject(self, verb: int) -> bool:
        """Tell whether another noun phrase stands before a verb: "followed the labels | the feed stays"."""
        slots = self.offer.lexicon.slots
        for at in range(verb - 1, max(verb - 4, 1), -1):
            if self._text(at) in slots["preposition"]:
                return False
            if self._text(at) in slots["determiner"]:
                before = self._text(at - 1)
                return before not in slots["preposition"] and "+noun" in self.keys[at - 1]
        return False

    def _sentence_begins(self, at: int) -> bool:
        """Tell whether what follows a verb is the next sentence: "releases | something breaks"."""
        word, ahead = self._text(at), at + 1
        if word in ("ends", "end", "turns", "comes", "goes") and self._text(ahead) in lists.PARTICLES:
            return True  # "everything he touches | ends up broken"
        if ahead >= len(self.keys) or word not in ("something", "everything", "we", "it", "nothing"):
            return False
        finite = "+finite" in self.keys[ahead] and "+noun" not in self.keys[ahead]
        return finite or (word == "we" and "+verb" in self.keys[ahead])

    def _new_clause(self, at: int) -> bool:
        """Tell whether a clause without a joining word begins here: a verb of being, or "something dies"."""
        word, slots = self._text(at), self.offer.lexicon.slots
        if word in ("is", "was", "were", "are", "am", "none", "whenever", "never", "nobody"):
            return True
        before = self._text(at - 1)
        if word == "no" and before not in slots["preposition"] | lists.THEREFORE | {"say", "with", "w"}:
            return True  # "if they had listened | no outage"
        if word == "not" and before not in {"to", "or", "why", "if"} | slots["modal"] | slots["do"]:
            return True
        if word in slots["do"] and self._text(at + 1) in ("you", "i", "we", "they", "he", "she"):
            return True  # "did not run it | did you"
        if word == "cost" and self._text(at + 1) in ("us", "me"):
            return True
        if word in ("has", "had") and "+noun" in self.keys[at - 1]:
            return True  # "whoever built this rack | had no clue"
        someone = word in ("they", "he", "she", "you") and before not in lists.TEMPORAL
        if someone and self._text(at + 1) not in ("", "and"):
            return True
        if word == "as" and self._text(at + 1) in ("they", "he", "she", "usual", "always"):
            return True
        closed = "+noun" in self.keys[at] or "+part" in self.keys[at]
        if "+finite" in self.keys[at] and not closed and self._second_subject(at):
            return True
        runs_on = slots["modal"] | slots["be"] | {"'d"}
        if (
            word in slots["determiner"]
            and self._text(at - 1) not in slots["preposition"] | slots["determiner"]
        ):
            ahead = at + 1
            while ahead < min(at + 4, len(self.tokens)) and self.keys[ahead].isdisjoint(
                {"+verb", "<preposition>"}
            ):
                ahead += 1
            if self._text(ahead) in slots["modal"] and ahead > at + 1:
                return True  # "followed the checklist | the ward would have had power"
        if word in ("this", "that", "it", "we") and self._text(at + 1) in runs_on:
            return True
        if self._text(at - 1) in ("it", "this", "that") and "+s" in self.keys[at]:
            return True
        if (
            "whoever" in self.offer.sentence.all_keys
            and "+s" in self.keys[at]
            and "+noun" not in self.keys[at]
        ):
            return True  # "whoever breaks the build | stays late"
        ahead = at + 1
        following = self._text(ahead)
        modal = word in slots["modal"] and self._text(at - 1) not in slots["determiner"]
        if modal or (word in slots["have"] and following in ("to", "been")):
            return True
        if word in ("we", "i", "something") and ahead < len(self.keys):
            return word == "something" or "+verb" in self.keys[ahead] or following in slots["modal"]
        return (
            word in ("it", "everything")
            and ahead < len(self.keys)
            and ("+finite" in self.keys[ahead] or self._text(ahead) in slots["modal"])
        )

    def _joins_nouns(self, at: int) -> bool:
        """Tell whether this "and" or "or" stands between two things rather than two clauses."""
        following = at + 1
        return (
            self._text(at) in ("and", "or")
            and following < len(self.tokens)
            and self.keys[following].isdisjoint({"+finite", "+adv", "+ing"})
            and self.offer.sentence.chunks[following] is None
            and self._text(following) not in self.offer.lexicon.slots["modal"]
            and self._text(following) not in lists.NOT_JOINED
            and not any("+finite" in k for k in self.keys[following : following + 3])
        )

    def _temporal_tail(self, at: int) -> bool:
        """Tell whether "before ..." can stay: it names nobody, or only whom `_words` can drop."""
        following = at + 1
        if following >= len(self.tokens):
            return False
        lone = following + 1 == len(self.tokens) and self.tokens[following].sort == WORD
        if lone and self.keys[following].isdisjoint({"+finite", "+adv", "<pronoun>"}):
            return (
                self.offer.sentence.chunks[following] is None and self._text(following) not in lists.POINTING
            )
        if "+ing" in self.keys[following] or self._text(following) in self.offer.lexicon.slots["determiner"]:
            return True
        chunk = self.offer.sentence.chunks[following]
        if chunk is None or self._text(chunk.end) in ("", *self.offer.lexicon.slots["be"]):
            return False
        return "+verb" in self.keys[chunk.end]

    def _is_noun_phrase(self, start: int, end: int) -> bool:
        """Tell whether an object can stand as a subject: a noun phrase without a loose verb."""
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
        if self.offer.sentence.chunks[start] is not None and first.text not in ("on-call", "oncall"):
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
        word = self._typed(head)
        plural = (word.endswith("s") and not word.endswith(lists.PLURAL_S)) or self._text(start) in (
            "two",
            "three",
            "both",
            "several",
            "many",
            "these",
            "those",
        )
        return "were" if plural else "was"

    def _clauses(self) -> list[tuple[int, int]]:
        """Cut the sentence at its commas and joining words."""
        breaks = self.offer.sentence.breaks
        edges = [
            0,
            *(at for at, ends in enumerate(breaks) if ends and not self._joins_nouns(at)),
            len(self.tokens),
        ]
        return list(pairwise(edges))

    def _may_begin(self, at: int) -> bool:
        """Tell whether a sentence of its own can begin in the middle of this one."""
        before, slots = self._text(at - 1), self.offer.lexicon.slots
        return (
            self.tokens[at - 1].sort != WORD
            or self.offer.sentence.breaks[at - 1]
            or before in slots["filler"] | slots["conjunction"] | lists.TRAILING | {"that", "only", "least"}
            or self._text(at) in slots["determiner"] | {"it", "we", "there"}
            or "+number" in self.keys[at]
            or self.offer.sentence.adverbs[at - 1]
        )

    def _first_clause(self, start: int, end: int) -> int:
        """Give the end of a stretch before "until it was too late": a verb there makes no sentence of it."""
        joins = lists.CONDITIONAL | lists.TEMPORAL | {"that", "which", "who"}
        return next((at for at in range(start + 1, end) if self._text(at) in joins), end)

    def _clean_clause(self, start: int, end: int, *, loose: bool = False) -> str:
        """Give a clause as typed when it stands alone and names nobody, else an empty string."""
        lexicon, sentence = self.offer.lexicon, self.offer.sentence
        skip = (
            lexicon.slots["filler"]
            | lexicon.slots["conjunction"]
            | lists.TRAILING
            | {"that", "of", "which", "only", ","}
        )
        if self._text(start) in lists.CONDITIONAL or self._text(start - 1) in lists.CONDITIONAL:
            return ""
        while start < end and (
            (self.tokens[start].sort in (MARK, TIME, KIND) and self.tokens[start].text not in ("(", "["))
            or self.tokens[start].text in skip
        ):
            start += 1
        while end > start and (
            self.tokens[end - 1].sort == MARK or self.tokens[end - 1].text in lists.TRAILING
        ):
            end -= 1
        if self._text(start) == "course" and self._text(start - 1) == "of":
            start += 1
        took = start < end and self._text(start) in ("took", "cost")
        if took and self._text(start + 1) not in ("only", "just", "us", "about", "over", *lists.COUNTS):
            took = "+number" in self.keys[min(start + 1, end - 1)]
        if took and self._text(start + 1) in ("only", "just", "us"):
            took = self._text(start + 2) in lists.COUNTS or "+number" in self.keys[min(start + 2, end - 1)]
        if end - start < (2 if loose else 3) or self._text(end - 1) in lists.NOT_LAST:
            return ""
        for at in range(start, end):
            chunk = sentence.chunks[at]
            word = self.tokens[at].text
            if chunk is not None and chunk.keys.isdisjoint({"<we>"}):
                return ""
            if (
                word in lexicon.slots["possessive"]
                or word in lists.NEGATIVE - {"not", "never"}
                or word in ("mine", "yours", "hers")
                or self.tokens[at].sort == HANDLE
            ):
                return ""
        first = self.tokens[start].text
        last = self._text(end - 1)
        if start and not self._may_begin(start):
            return ""
        if (
            last in lexicon.slots["be"]
            or last == "so"
            or (self.offer.sentence.adverbs[end - 1] and self._text(end - 2) in lexicon.slots["be"])
            or last in lexicon.slots["modal"]
            or (last in lexicon.slots["preposition"] and last not in lists.PARTICLES)
            or (last in lexicon.slots["determiner"] and last not in lists.POINTING)
        ):
            return ""
        if any(
            self._text(at) in ("should", "could", "'d", *(() if loose else ("would",)))
            for at in range(start, end)
        ):
            return ""
        if took:
            words = self.offer.text[self.tokens[start].start : self.tokens[end - 1].end]
            return "it " + re.sub(r"\b(?:only|just) ", "", words)
        if first in ("let", "sure", "let's") or "let~" in self.keys[start]:
            return ""
        if (
            ("+finite" in self.keys[start] and "+noun" not in self.keys[start])
            or first in lexicon.slots["modal"]
            or first in lexicon.slots["be"]
            or first
            in (
                "to",
                "by",
                "from",
                "with",
                "for",
                "who",
                "is",
                "why",
                "how",
                "what",
                "whose",
                "which",
                "not",
                "least",
            )
        ):
            return ""
        finite = lexicon.slots["modal"] | lexicon.slots["be"]
        verb = any(
            (
                "+finite" in self.keys[at]
                and self._text(at - 1) not in lexicon.slots["determiner"] | {"to"}
                and "-" not in self._text(at)
            )
            or self._text(at) in finite
            for at in range(start, self._first_clause(start, end))
        )
        number = "+number" in self.keys[start] or first in lists.COUNTS
        return (
            self.offer.text[self.tokens[start].start : self.tokens[end - 1].end]
            if verb or number or loose
            else ""
        )
