"""Shapes of a note that say something by themselves: what sat, what was waved through, what one does not do.

Leaves verbs and deeds to `slots`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrotui.blameless import rewrite_words as lists
from retrotui.blameless.things import Things
from retrotui.blameless.tokens import MARK

_GOOD = (
    r"(?:sensible|sane|decent|competent|good|real|proper|normal|reasonable|careful|self-respecting|serious"
    r"|experienced|seasoned|senior|skilled|trained|responsible|halfway decent)"
)
_PRO = r"(?:professional|pro|adult|engineer|person|grown-up|admin|dba|dev)"
_NOT = r"(?:n['’]?t| not| never)\b"
_NORM = re.compile(
    rf"\b(?:common sense|basic knowledge) (?:says|dictates|tells|is|would be|not) [^.;]*?{_NOT}"
    r"|\bcommon sense not to\b"
    rf"|\b(?:everyone|everybody) knows (?:that )?(?:you|one) [^.;]*?{_NOT}"
    rf"|\b(?:you|one) (?:just|simply|really|obviously) (?:do ?{_NOT}|never\b)"
    rf"|\bobviously (?:you|one) (?:do ?{_NOT}|never\b)"
    rf"|\b(?:no|nobody|no ?one)(?: \w+)? (?:{_GOOD} )?{_PRO} (?:would|does|will)\b(?! have)"
    r"|\b(?:nobody|no ?one) (?:in|with) [^.;]*? would\b(?! have)"
    rf"|\b(?:an?|any|every|no) (?:\w+ )?{_GOOD} (?:\w+ )?\w+ (?:does|would|will) ?{_NOT}(?! have)"
    r"|\bwho in (?:their|his|her) right mind\b(?: would)?|\bwhat(?:ever)? possessed (?:\w+ ){1,2}to\b"
    r"|\b(?:thought|figured|assumed|believed) (?:he|she|they) (?:could|can|should|might)\b"
    r"|\byou can(?:['’]?t| ?not) just\b"
    r"|\b(?:told|warned|asked|reminded|instructed) (?:\w+ ){0,3}not to\b"
    r"|\bknows? (?:better than|not) to\b|\bsmarter than to\b|\bneed(?:n['’]?t| not)(?: to)? have\b",
    re.IGNORECASE,
)
"""What one does not do: that it is said means that it was done."""


_A_PRO = rf"(?:an?|any|every) (?:\w+ )?{_GOOD} (?:\w+ )?{_PRO}"
_ASKED = re.compile(
    r"\bcommon sense (?:says|dictates|tells you|is) (?:that )?(?:you|one|we|to)\b(?! do ?n['’]?t| not| never)"
    rf"|\b{_A_PRO}(?: would| will)?(?: always| just)? (?!have|had|does|is)(?=\w)"
    r"|\bone (?:job|task)\b[\s,:-]+(?:(?:and )?(?:it|that) was (?:to )?|to )?"
    r"|\b(?:everyone|everybody) knows (?:that )?(?:you|one) (?:should|must|have to|always|need to)\b",
    re.IGNORECASE,
)
"""What one does: that it is said means that it was not done."""


@lru_cache(maxsize=8)
def _end_of(pattern: re.Pattern[str], text: str) -> int:
    """Give where a pattern ends in a note, or -1; every template asks it of the same note."""
    found = pattern.search(text)
    return found.end() if found else -1


class Shapes(Things):
    """Parts of one sentence that come with the way it is put."""

    def _sat_on(self) -> str:
        """Give "the invoice" of "sat on the invoice for a day"."""
        for at in range(len(self.tokens) - 2):
            lies = self._text(at) in ("lying", "stuck", "parked", "languishing", "sitting")
            if (
                lies
                and self._text(at - 1) in ("was", "were")
                and self._text(at + 1) in ("with", "at", "in", "on")
            ):
                start = self.offer.sentence.first
                return self._words(start, at - 1) if self._is_noun_phrase(start, at - 1) else ""
            if self._text(at) in ("sat", "sit", "sits", "sitting") and self._text(at + 1) == "on":
                end = at + 2
                while end < len(self.tokens) and not (
                    self.tokens[end].sort == MARK
                    or self._text(end)
                    in lists.TEMPORAL | {"for", "till", "and", "so", "without", "all", "because"}
                ):
                    end += 1
                words = self._words(at + 2, end)
                return words if end > at + 2 and self._is_noun_phrase(at + 2, end) else ""
        return ""

    def _waved(self) -> str:
        """Give "the plan" of "rubber stamped the plan" and "waved the plan through"."""
        for at in range(len(self.tokens) - 1):
            stem = self._text(at).replace("rubber-", "")
            if stem not in lists.WAVING:
                continue
            span = self._object_after(at + 1)
            if span is None:
                continue
            start, end = span
            while start < end and self._text(start) in (
                "through",
                "over",
                "off",
                "on",
                "past",
                "away",
                "aside",
                "it",
            ):
                start += 1
            through = [
                x for x in range(start + 1, end) if self._text(x) in (*lists.LOOSE_PARTICLES, "without")
            ]
            end = min([end, *through])
            return self._words(start, end) if end > start and self._is_noun_phrase(start, end) else ""
        return ""

    def _normed(self, form: str) -> str:
        """Give what was done against a norm: "edit it live" of "a sensible person doesn't edit it live"."""
        return self._behind(self._norm_ends(), form)

    def _asked(self) -> str:
        """Give "label a cable" of "common sense says you label a cable"."""
        after = _end_of(_ASKED, self.offer.text)
        return self._behind(after, "do") if after >= 0 else ""

    def _behind(self, after: int, form: str) -> str:
        """Give the first verb behind a place of the note, with its object."""
        for at in range(len(self.tokens)) if after >= 0 else ():
            if self.tokens[at].start < after or self.offer.sentence.adverbs[at]:
                continue
            word = self._text(at)
            if word in ("not", "to", "ever", "have", "n't"):
                continue
            if self.keys[at].isdisjoint({"+base", "+part", "+s", "+past"}) or self._base(at) in (
                "do",
                "be",
                "have",
            ):
                return ""
            return self._inflected(at, self._object_after(at + 1), form)
        return ""

    def _slow_to(self) -> str:
        """Give "open the rack" of "took ages to open the rack"."""
        takes = "take~" in self.offer.sentence.all_keys
        for at in range(1, len(self.tokens) - 2) if takes else ():
            if (
                self._text(at - 1) in lists.LONG_TIMES
                and self._text(at) == "to"
                and "+base" in self.keys[at + 1]
                and self._base(at + 1) not in lists.HEATED
            ):
                return self._inflected(at + 1, self._object_after(at + 2), "do")
        return ""

    def _would_see(self) -> str:
        """Give "the spike" of "anyone who had looked would have spotted the spike"."""
        for at in range(len(self.tokens) - 3):
            seen = self._text(at) in ("would", "could") and self._text(at + 1) == "have"
            if seen and self._base(at + 2) in ("spot", "notice", "see", "catch"):
                span = self._object_after(at + 3)
                return self._words(*span) if span and self._is_noun_phrase(*span) else ""
        return ""

    def _place(self) -> str:
        """Give "on that router" of "why was ana on that router"."""
        asks = not self.offer.sentence.all_keys.isdisjoint({"why", "should", "what"})
        ends = {c.end for c in self.offer.sentence.chunks if c is not None}
        for at in range(1, len(self.tokens) - 2) if asks else ():
            where = self._text(at) in ("in", "on", "inside", "near")
            if not where or self._text(at + 1) not in ("the", "that", "this", "our"):
                continue
            before = self._text(at - 1)
            if before in ("even", "doing", "anywhere", "been", "be") or (at in ends and before != "him"):
                span = self._object_after(at + 1)
                words = (
                    self._words(*span).removesuffix(" at all") if span and self._is_noun_phrase(*span) else ""
                )
                return f"{'in' if self._text(at) == 'near' else self._text(at)} {words}" if words else ""
        return ""

    def _told_that(self) -> str:
        """Give "the token would lapse" of "a toddler could tell the token would lapse"."""
        for at in range(len(self.tokens) - 4):
            told = self._text(at) in ("would", "could") and self._text(at + 2) == "told"
            if told and self._text(at + 3) in ("you", "us", "them", "anyone", "anybody"):
                return self._clean_clause(at + 4, len(self.tokens), loose=True)
        return ""

    def _to_spot(self) -> str:
        """Give "missing indexes" of "train them to spot missing indexes"."""
        for at in range(len(self.tokens) - 2):
            if self._text(at) == "to" and self._text(at + 1) in (
                "spot",
                "notice",
                "catch",
                "see",
                "recognise",
            ):
                span = self._object_after(at + 2)
                return self._words(*span) if span and self._is_noun_phrase(*span) else ""
        return ""

    def _brushed(self) -> str:
        """Give "the alarm" of "shrugged off the alarm"."""
        for at in range(len(self.tokens) - 2):
            if self._text(at) in lists.BRUSHING and self._text(at + 1) in ("off", "aside", "away", "down"):
                span = self._object_after(at + 2)
                return self._words(*span) if span and self._is_noun_phrase(*span) else ""
        return ""

    def _warned_that(self) -> str:
        """Give "the link was full" of "they were warned twice that the link was full"."""
        for at in range(1, len(self.tokens) - 3):
            warned = self._text(at) in ("warned", "told") and self._text(at - 1) in ("was", "were", "been")
            for that in range(at + 1, min(at + 4, len(self.tokens) - 2)) if warned else ():
                if self._text(that) == "that":
                    return self._clean_clause(that + 1, len(self.tokens))
        return ""

    def _mistaken(self) -> str:
        """Give "the console look like production" of "mistook the console for production"."""
        for at in range(len(self.tokens) - 3):
            span = (
                self._object_after(at + 1) if self._text(at) in ("mistook", "mistakes", "mistaken") else None
            )
            for middle in range(span[0] + 1, span[1] - 1) if span else ():
                if span and self._text(middle) == "for":
                    return f"{self._words(span[0], middle)} look like {self._words(middle + 1, span[1])}"
        return ""

    def _track_of(self) -> str:
        """Give "the leases" of "lost track of the leases"."""
        for at in range(1, len(self.tokens) - 2):
            if self._text(at) == "track" and self._text(at + 1) == "of":
                span = self._object_after(at + 2)
                return self._words(*span) if span else ""
        return ""

    def _norm_ends(self) -> int:
        """Give where "a sensible person doesn't" ends in the note, or -1."""
        return _end_of(_NORM, self.offer.text)

    def _owned_did(self) -> str:
        """Give "config change took down search" of "my config change took down search" and "Ana's ...".

        Such a sentence is about a piece of work, which can be named without whose it was.
        """
        sentence, slots = self.offer.sentence, self.offer.lexicon.slots
        chunk = sentence.chunks[sentence.first] if sentence.first < len(self.tokens) else None
        owner = chunk is not None and "<owner>" in chunk.keys
        if not owner and self._text(sentence.first) not in ("my", "your"):
            return ""
        start = chunk.end if chunk is not None and owner else sentence.first + 1
        for at in range(start + 1, min(start + 5, len(self.tokens) - 1)):
            head = self._text(at - 1)
            if self._text(at) in slots["determiner"]:
                return ""
            if "+finite" in self.keys[at] and "+noun" not in self.keys[at]:
                work = head in slots["thing"] or head in lists.NOUNS_OF["work"] or head in lists.SHIPPED
                span = self._object_after(at + 1)
                plural = head.endswith("s") and not head.endswith(lists.PLURAL_S)
                known = work or head in (
                    "plan",
                    "query",
                    "edit",
                    "tweak",
                    "typo",
                    "regex",
                    "branch",
                    "commit",
                )
                return self._words(start, span[1]) if known and span and not plural else ""
        return ""

    def _undone_alone(self) -> str:
        """Give "read the prompt" of "my bad, didn't read the prompt", where nobody is named."""
        for at in range(len(self.tokens) - 2):
            if self._text(at) in ("did", "do", "does") and self._text(at + 1) == "not":
                verb = at + 2
                while verb < len(self.tokens) and self.offer.sentence.adverbs[verb]:
                    verb += 1
                if verb < len(self.tokens) and "+verb" in self.keys[verb]:
                    return self._phrase_at(verb, "do")
            if self._text(at) in ("without", "not") and "+ing" in self.keys[at + 1]:
                return self._phrase_at(at + 1, "do")
        return ""

    def _gets_wrong(self) -> str:
        """Give "the offsets" of "I always get the offsets wrong", "never get these joins right"."""
        for at in range(len(self.tokens) - 2):
            if self.keys[at].isdisjoint({"get~"}):
                continue
            for end in range(at + 2, min(at + 7, len(self.tokens))):
                if self._text(end) in ("wrong", "right", "backwards", "confused"):
                    return self._words(at + 1, end) if self._is_noun_phrase(at + 1, end) else ""
        return ""

    def _a_look(self) -> str:
        """Give "a short note" of "a short note from ana would have helped"."""
        first = self.offer.sentence.first
        if self._text(first) not in ("a", "an", "one", "some"):
            return ""
        end = first + 1
        while end < len(self.tokens) and not (
            self._text(end) in self.offer.lexicon.slots["modal"] or self._text(end) in ("by", "from", "'d")
        ):
            end += 1
        modal = any(
            self._text(at) in self.offer.lexicon.slots["modal"] for at in range(end, len(self.tokens))
        )
        looks = any(self._text(at) in lists.LOOKS for at in range(first, end))
        if not modal or not looks or any(c is not None for c in self.offer.sentence.chunks[first:end]):
            return ""
        words = self._words(first, end)
        return re.sub(r"^(?:one|some)\b", "a", words)

    def _mind_that(self) -> str:
        """Give "the lease ends in june" of "it slipped his mind that the lease ends in june"."""
        for at in range(1, len(self.tokens) - 2):
            if self._text(at) == "that" and self._text(at - 1) in lists.OUT_OF_MIND:
                return self._clean_clause(at + 1, len(self.tokens))
        return ""

    def _second_verb(self, start: int) -> int:
        """Give the verb behind "slow down and | read", or -1."""
        for at in range(start, min(start + 4, len(self.tokens) - 1)):
            if self._text(at) == "and" and "+base" in self.keys[at + 1]:
                return at + 1 if self._base(at + 1) not in lists.ATTITUDE else -1
        return -1
