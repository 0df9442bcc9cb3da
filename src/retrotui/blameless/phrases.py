"""Finding the verb, its object and the clauses around it in a flagged sentence.

Leaves to `slots` what they are used for.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.inflect import Inflector
from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.patterns import Match
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import HANDLE, KIND, MARK, TIME, WORD


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


class Phrases:
    """The parts of one sentence that a rewrite can use, as typed and with people taken out."""

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
            if self._text(at) in lists.MANNER or (self._text(at) in lists.PARTICLES and at == end - 1):
                end = at
                break
        return (start, end) if self._is_noun_phrase(start, end) else None

    def _main_verb(self) -> tuple[int, bool]:
        """Find the verb that says what was or was not done, in the match or right behind it."""
        match, keys, slots = self.offer.match, self.keys, self.offer.lexicon.slots
        chunks, total = self.offer.sentence.chunks, len(keys)
        helpers = slots["modal"] | slots["be"] | slots["have"] | slots["do"] | {"time", "let"} - {"let"}
        begin = match.start
        for at in range(match.start, match.end):
            if self._text(at) in ("who", "why", "how", "whoever", "whose"):
                begin = at + 2 if self._text(at) == "whose" else at + 1
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
            stray = at > match.end and self._text(at - 1) in slots["preposition"] | slots["determiner"]
            known = (not stray and "+verb" in keys[at]) or (at >= match.end and "+ing" in keys[at])
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
        negated = any(self._text(at) in lists.NEGATIVE for at in range(match.start, verb + 1))
        while not keys[verb].isdisjoint(lists.LEADING_VERBS):
            ahead = verb + 2 if self._text(verb + 1) == "to" else verb + 1
            if ahead >= total or not ("+base" in keys[ahead] if ahead == verb + 2 else "+ing" in keys[ahead]):
                break
            negated = negated or not keys[verb].isdisjoint(lists.NEGATIVE_VERBS)
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
        base = self._base(self.verb)
        better = self._text(self.verb + 1) == "better"
        if not base or better or base in ("be", "have", "do", "go", "get"):
            return ""
        inflect = self.inflect
        forms = {"doing": inflect.ing, "done": inflect.part, "did": inflect.past}
        word = forms[form](base) if form in forms else base
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
            if token.text in lists.STOP_WORDS and not loose_that and not self._joins_nouns(end):
                break
            if end > start and self._new_clause(end):
                break
            if token.text in lists.TEMPORAL and not self._temporal_tail(end):
                break
            end += 1
        while end > start and (
            self.tokens[end - 1].text in lists.TRAILING or self.tokens[end - 1].sort in (TIME, KIND)
        ):
            end -= 1
            if end - start > 1 and (self._text(end - 2), self._text(end - 1)) in lists.TRAILING_PAIRS:
                end -= 2
        while end - start > 1 and (self._text(end - 2), self._text(end - 1)) in lists.TRAILING_PAIRS:
            end -= 2
        if end - start > 14 or end <= start or self._text(start) == "by":
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
            and self.keys[following].isdisjoint({"+finite", "+adv", "+ing"})
            and self.offer.sentence.chunks[following] is None
            and self._text(following) not in self.offer.lexicon.slots["modal"]
            and self._text(following) not in ("then", "now", "so", "it", "this", "that")
            and not any("+finite" in k for k in self.keys[following : following + 3])
        )

    def _temporal_tail(self, at: int) -> bool:
        """Tell whether "before ..." can stay: it names nobody, or only whom `_words` can drop."""
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
            if (
                self._text(at - 1) in lists.TEMPORAL
                and chunk is not None
                and chunk.end > at
                and chunk.end < end
            ):
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
                and token.text not in lists.KEPT_PEOPLE
                and chunk.keys.isdisjoint({"<team>", "<role>"})
            ):
                word, after = "us", chunk.end
            elif token.text in lists.SUBSTITUTE and token.sort == WORD:
                word = lists.SUBSTITUTE[token.text]
            gap = parts and self.tokens[at - 1].end == token.start
            parts.append(word if gap or not parts else " " + word)
            at = after
        return "".join(parts).strip()

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

    def _clean_clause(self, start: int, end: int, *, loose: bool = False) -> str:
        """Give a clause as typed when it stands alone and names nobody, else an empty string."""
        lexicon, sentence = self.offer.lexicon, self.offer.sentence
        skip = (
            lexicon.slots["filler"]
            | lexicon.slots["conjunction"]
            | lists.TRAILING
            | {"that", "of", "which", "only", ","}
        )
        while start < end and (
            (self.tokens[start].sort in (MARK, TIME, KIND) and self.tokens[start].text not in ("(", "["))
            or self.tokens[start].text in skip
        ):
            start += 1
        while end > start and (
            self.tokens[end - 1].sort == MARK or self.tokens[end - 1].text in lists.TRAILING
        ):
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
                or word in lists.NEGATIVE - {"not", "never"}
                or self.tokens[at].sort == HANDLE
            ):
                return ""
        first = self.tokens[start].text
        last = self._text(end - 1)
        if (
            last in lexicon.slots["be"]
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
        verb = any("+finite" in k or not k.isdisjoint(lexicon.slots["modal"]) for k in self.keys[start:end])
        number = any("+number" in k for k in self.keys[start:end])
        return (
            self.offer.text[self.tokens[start].start : self.tokens[end - 1].end]
            if verb or number or loose
            else ""
        )
