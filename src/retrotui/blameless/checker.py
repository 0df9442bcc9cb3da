"""Running the rule book over a note: which words blame, in which section, and how much it weighs.

Rewrites are worked out by `rewrite` when somebody asks a finding for them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from retrotui.blameless.grammar import sentences
from retrotui.blameless.index import Index, bits
from retrotui.blameless.matcher import Match, match_at, may_come
from retrotui.blameless.model import (
    DEFAULT_POLICY,
    BlameClass,
    Finding,
    KeptPhrase,
    Level,
    Policy,
    Section,
    fold,
)
from retrotui.blameless.patterns import Pattern
from retrotui.blameless.roster import Roster
from retrotui.blameless.rulebook import Rule, RuleBook, load_rulebook
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import HANDLE, KIND, MARK, TIME, tokenize
from retrotui.blameless.undertone import can_be_weighed, listen, loudest, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrotui.blameless.frame import Frame

_Found = tuple[int, int, int, int, Rule, Match, Sentence]
"""Rank of the class, start, minus the end, number of the pattern, and what was found where.

The smallest is the most important.
"""

_Matched = tuple[int, Rule, Match, Sentence]
"""Number of the pattern, and what was found where, before it is known whether it counts."""

_NO_PATTERN = -1
"""Stands for the number where the whole was weighed."""

_PATIENCE, _LONG_PATIENCE = 0, 9
"""How many words of a gap an exception is waited for: one that begins with the match, or well before it.

More would keep back what is usual ("ana broke") for the sake of what is rare ("ana broke the silence").
"""

_DEEPEST = 4
_LONGEST_MENDED = 1_000

IMPORTANCE = (
    BlameClass.PUNISHMENT, BlameClass.WHO_QUESTION, BlameClass.SELF_BLAME, BlameClass.COUNTERFACTUAL,
    BlameClass.WHY_PERSON, BlameClass.REPAIR_THE_PERSON, BlameClass.ABSOLUTES, BlameClass.GROUP_BLAME,
    BlameClass.OMISSION, BlameClass.ATTRIBUTION, BlameClass.HUMAN_ERROR, BlameClass.JUDGEMENT,
    BlameClass.HINDSIGHT, BlameClass.SARCASM,
)  # fmt: skip
"""Which finding stays where two overlap, the first one first."""

_RANK = {blame_class: rank for rank, blame_class in enumerate(IMPORTANCE)}
_NEGATIONS = frozenset({"not", "never", "nobody", "without"})


@lru_cache(maxsize=1)
def _built_in() -> RuleBook:
    return load_rulebook()


@lru_cache(maxsize=8)
def _index_for(book_id: int, book: _ById) -> Index:
    return Index(book.book)


class _ById:
    """Lets a rule book be a cache key by identity."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    def __hash__(self) -> int:
        return id(self.book)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.book is self.book


class Checker:
    """Checks notes against a rule book, for one room of people.

    Making one is cheap; make a new one when the roster or the kept phrases change.
    """

    def __init__(
        self,
        rulebook: RuleBook | None = None,
        roster: Iterable[str] = (),
        kept: Iterable[KeptPhrase] = (),
        policies: Mapping[Section, Policy] | None = None,
    ) -> None:
        """Make a checker.

        Args:
            rulebook: Rules in force; the built-in ones by default.
            roster: Names and handles of people who may be named. Nobody else is taken for a person by name.
            kept: Phrases that were kept deliberately and are not flagged again.
            policies: Policy per section; sections left out have their default.
        """
        self.rulebook = rulebook or _built_in()
        self.policies = {**DEFAULT_POLICY, **(policies or {})}
        self._names = tuple(roster)
        self._roster = Roster(self._names)
        self._depth = 0
        self._kept = {(k.rule, fold(k.phrase)) for k in kept}
        self._index = _index_for(id(self.rulebook), _ById(self.rulebook))

    def check(
        self, text: str, section: Section | str, policy: Policy | str | None = None
    ) -> tuple[Finding, ...]:
        """Find what blames in a note.

        Args:
            text: The note, as typed; may hold several sentences or lines.
            section: Where it is written.
            policy: Overrides the policy of the section.

        Returns:
            Findings by place, not overlapping. Under `coach` none is strict; under `off` there are none.
        """
        section = Section(section)
        policy = Policy(policy) if policy is not None else self.policies[section]
        if policy is Policy.OFF or not text:
            return ()
        found = self._found(text, section)
        return tuple(self._finding(text, section, policy, f, found) for f in _without_overlap(found))

    def rules_hit(self, text: str, section: Section) -> frozenset[str]:
        """Give the ids of all rules that find something, also where a weightier one covers it."""
        return frozenset(f[4].id for f in self._found(text, section))

    def check_typing(
        self, text: str, section: Section | str, policy: Policy | str | None = None
    ) -> tuple[Finding, ...]:
        """Find what can be underlined before the note is finished; see `typing_findings`."""
        section = Section(section)
        policy = Policy(policy) if policy is not None else self.policies[section]
        end = len(text)
        while end and not text[end - 1].isspace() and text[end - 1] not in ".,;:!?":
            end -= 1
        if policy is Policy.OFF or not end:
            return ()
        found = self._found(text[:end], section, unfinished=True)
        return tuple(self._finding(text[:end], section, policy, f, found) for f in _without_overlap(found))

    def _found(self, text: str, section: Section, *, unfinished: bool = False) -> list[_Found]:
        """Find everything that no kept phrase covers, also what overlaps."""
        found: list[_Found] = []
        analysed = sentences(tokenize(text, unfinished=unfinished), self.rulebook.lexicon, self._roster)
        matched = [
            (number, rule, match, sentence)
            for sentence in analysed
            for number, rule, match in self._matches(
                sentence, section, unfinished and sentence is analysed[-1]
            )
        ]
        if can_be_weighed(analysed):
            matched = self._weighed(matched, analysed, section, unfinished)
        for number, rule, match, sentence in matched:
            start = sentence.tokens[match.mark_start].start
            end = sentence.tokens[max(match.mark_start, match.mark_end - 1)].end
            if not (self._kept and self._is_kept(rule, text, start, end)):
                # of one class a strict finding goes before a gentle one: the catch-all of a person who
                # acts leaves the words to the rule that knows them
                rank = 2 * _RANK[rule.blame_class] + (_level(rule, section) is Level.COACH)
                found.append((rank, start, -end, number, rule, match, sentence))
        return found

    def _weighed(
        self, matched: list[_Matched], note: Sequence[Sentence], section: Section, unfinished: bool
    ) -> list[_Matched]:
        """Let pass what the whole belies; where no pattern found anything, see what the whole sounds like.

        While typing nothing is found that way: every further word changes what the whole sounds like.
        """
        if not matched and (unfinished or self._is_silenced(note, section)):
            return matched
        heard = listen(note)
        weighing = self._index.weighing(section)
        if not matched:
            for weigher, points in weighing:
                if weigh(points, heard) >= points.thresholds[section]:
                    sentence = loudest(points, heard)
                    start, end = _words(sentence)
                    match = Match(start, end, start, end, {})
                    if not self._excused(sentence, weigher, match):
                        matched = [(_NO_PATTERN, weigher, match, sentence)]
                        break
        for weigher, points in weighing:
            doubted = section in points.doubts and any(_kin(one[1], weigher) for one in matched)
            if doubted and weigh(points, heard) <= points.doubts[section]:
                matched = [one for one in matched if not _kin(one[1], weigher)]
        pardons = self._index.weighed_pardons if matched else ()
        if any(weigh(points, heard) >= points.thresholds[section] for points in pardons):
            return [one for one in matched if _turn_before(one[3], one[2].start) >= 0]
        return matched

    def _is_silenced(self, note: Sequence[Sentence], section: Section) -> bool:
        """Tell whether a pattern that a team has switched off finds something: then nothing is guessed."""
        silenced = self._index.silenced(section)
        return bool(silenced) and any(
            match_at(self._index.rule(number)[1], sentence, at) is not None
            for sentence in note
            for at, here in enumerate(sentence.possible)
            for number in bits(here & silenced)
        )

    def _is_kept(self, rule: Rule, text: str, start: int, end: int) -> bool:
        words = (fold(text[start:end]), fold(text), fold(self._without_names(text)))
        return any((name, word) in self._kept for name in (rule.id, rule.blame_class.value) for word in words)

    def words_to_keep(self, text: str, start: int, end: int) -> str:
        """Give what to remember of a note when the words of a finding are kept deliberately.

        The words themselves, as long as no name is among them. With one they would name somebody and excuse
        the same deed of anybody: then the whole note, without its names.
        """
        words = text[start:end]
        return words if self._without_names(words) == words else self._without_names(text)

    def _without_names(self, text: str) -> str:
        """Give the words of a note with "somebody" for every name and handle."""
        from retrotui.blameless.frame import Frame

        body = Frame(text, fields=True).body
        tokens = tokenize(body)
        parts: list[str] = []
        begin = at = 0
        while at < len(tokens):
            length = self._roster.name_at(tokens, at) or (1 if tokens[at].sort == HANDLE else 0)
            if length:
                parts += [body[begin : tokens[at].start], "somebody"]
                begin = tokens[at + length - 1].end
            at += length or 1
        return "".join([*parts, body[begin:]])

    def _matches(
        self, sentence: Sentence, section: Section, unfinished: bool
    ) -> Iterator[tuple[int, Rule, Match]]:
        """Find the patterns that match and that nothing excuses; while typing, those that are settled."""
        index = self._index
        active = index.active(section)
        sentence.excuses = index.general(section)
        sentence.possible = index.possible(sentence)
        sentence.anywhere = reduce(or_, sentence.possible, 0)
        turn = _but(sentence) if section is Section.WELL else -1
        beyond = active | index.active(Section.CAUSES) if turn >= 0 else active
        if not sentence.anywhere & beyond:
            return
        for at, here in enumerate(sentence.possible):
            if at == turn:
                active = beyond
            for number in bits(here & active) if here else ():
                rule, pattern = index.rule(number)
                match = match_at(pattern, sentence, at)
                if match is None or self._excused(sentence, rule, match):
                    continue
                if unfinished and self._is_open(sentence, rule, pattern, match):
                    continue
                yield number, rule, match

    def _is_open(self, sentence: Sentence, rule: Rule, pattern: Pattern, match: Match) -> bool:
        """Tell whether the words to come may still unmake a match, so that it is not shown yet.

        The next word may decide the pattern itself, or complete an exception or a pardon that is under way.
        Only one that began no later than the words to be marked counts: it keeps back what was not shown yet,
        and takes nothing away.
        """
        if pattern.compiled.open_ended and match.end == len(sentence.keys):
            return True
        index = self._index
        excuses = index.unless(rule) | index.pardon | (sentence.excuses if rule.generality else 0)
        known = max(match.mark_end, match.start + 1)
        for at in range(known):
            patience = _PATIENCE if at >= match.start else _LONG_PATIENCE
            for number in bits(index.starting(sentence, at) & excuses):
                if may_come(index.excuse(rule, number), sentence, at, known, patience):
                    return True
        return False

    def _excused(self, sentence: Sentence, rule: Rule, match: Match) -> bool:
        """Tell whether quotation, negation or an exception of the rule lets it pass."""
        first, end = match.mark_start, match.mark_end
        if first < end and all(token.quoted for token in sentence.tokens[first:end]):
            return True
        if rule.negatable:
            for token in sentence.tokens[max(0, match.start - 3) : match.start]:
                if token.text in _NEGATIONS:
                    return True
        excepted = sentence.excepted.get(rule.id)
        if excepted is None:
            excepted = sentence.excepted[rule.id] = self._occurs(sentence, rule, self._index.unless(rule))
        if excepted:
            return True
        if sentence.pardoned is None:
            sentence.pardoned = self._reach(sentence, rule, self._index.pardon)
        if sentence.pardoned >= 0 and sentence.pardoned > _turn_before(sentence, match.start):
            return True
        if not rule.generality:
            return False
        if sentence.general is None:
            sentence.general = self._reach(sentence, rule, sentence.excuses)
        return sentence.general >= 0 and sentence.general > _turn_before(sentence, match.start)

    def _occurs(self, sentence: Sentence, rule: Rule, excuses: int) -> bool:
        """Tell whether one of some exceptions is anywhere in a sentence."""
        return next(self._ends(sentence, rule, excuses), -1) >= 0

    def _reach(self, sentence: Sentence, rule: Rule, excuses: int) -> int:
        """Give where the last of some pardons ends, or -1 where there is none."""
        return max(self._ends(sentence, rule, excuses), default=-1)

    def _ends(self, sentence: Sentence, rule: Rule, excuses: int) -> Iterator[int]:
        """Give where each of some exceptions or pardons ends that are in a sentence."""
        if not sentence.anywhere & excuses:
            return
        if sentence.excusing is None:
            every = self._index.excuses
            sentence.excusing = [
                (at, here & every) for at, here in enumerate(sentence.possible) if here & every
            ]
        for at, here in sentence.excusing:
            for number in bits(here & excuses):
                match = match_at(self._index.excuse(rule, number), sentence, at)
                if match:
                    yield match.end

    def _finding(
        self, text: str, section: Section, policy: Policy, found: _Found, everything: list[_Found]
    ) -> Finding:
        _rank, start, minus_end, _number, rule, match, sentence = found
        level = _level(rule, section) if policy is Policy.STRICT else Level.COACH

        def question() -> str:
            if "{" not in rule.questions[0]:
                return rule.questions[0]
            from retrotui.blameless.offer import Offer
            from retrotui.blameless.slots import Slots

            return Slots(Offer(text, sentence, match, self.rulebook.lexicon)).question(rule.questions)

        def alternatives() -> tuple[str, ...]:
            # what is only needed once somebody asks for other words is loaded then
            from retrotui.blameless.frame import Frame

            frame = Frame(text, fields=section is Section.ACTIONS)
            if not frame.bare and frame.body.strip():
                return self._framed(frame, rule, section)
            from retrotui.blameless.offer import Offer
            from retrotui.blameless.rewrite import rewrites

            # what this finding covers, and the rest of the sentence, may have caught more of its words
            there = [f for f in everything if f[6] is sentence]
            covered = [f for f in there if f[1] < -minus_end and -f[2] > start]
            others = [f for f in there if f not in covered]
            offers = [
                (Offer(text, sentence, other[5], self.rulebook.lexicon), other[4])
                for other in (*sorted(covered, key=_by_rule), *sorted(others, key=_by_rule))
            ]
            return rewrites(offers, section, self._passes(section), self._mend(section))

        return Finding(
            rule.id, rule.blame_class, level, start, -minus_end, lambda: rule.why, question, alternatives
        )

    def _framed(self, frame: Frame, rule: Rule, section: Section) -> tuple[str, ...]:
        """Rewrite the words of a note and leave what stands around them as it is."""
        found = self.check(frame.body, section, Policy.STRICT)
        offers = [f.rewrites for f in sorted(found, key=lambda finding: finding.rule != rule.id)]
        words = next((offer for offer in offers if offer), ())
        passes = self._passes(section)
        return tuple(whole for whole in map(frame.around, words) if passes(whole))

    def _passes(self, section: Section) -> Callable[[str], bool]:
        return lambda text: not self._found(text, section)

    def _mend(self, section: Section) -> Callable[[str], str | None]:
        """Make what mends the other findings of a text: their own first rewrite, a few times over."""

        def mend(text: str) -> str | None:
            if len(text) > _LONGEST_MENDED:
                return None
            quiet = Checker(self.rulebook, self._names, policies=self.policies)
            quiet._depth = self._depth + 1
            findings = quiet.check(text, section, Policy.STRICT) if quiet._depth < _DEEPEST else ()
            return findings[0].rewrite if findings else None

        return mend


_TURNS = frozenset({"but", "however", "though", "although", "nevertheless", "nonetheless"})
"""Behind these what excused the words before does not hold any more: "no blame, but ..."."""

_PAUSES = frozenset({",", ";", "-", "–", "—"})
"""Not a colon: what stands behind one is often quoted ("wording: ben forgot it")."""

_GOES_ON = frozenset(
    {"still", "yet", "just", "only", "except", "fine", "anyway", "aside", "so", "who", "whose", "why"}
)
"""Behind a pause these turn as well: "no finger pointing, just saying that ...", "no names, still ..."."""

_NAMED = frozenset({"<name>", "<role>", "<anyone>"})
"""Who turns when a clause of its own begins with them; "they" and "hr" often go on talking about the talk."""

_BUTS = _TURNS | {"considering", "except", "despite"}
"""Behind these no praise goes on: under What went well the rules of causes count there, gently."""


def _but(sentence: Sentence) -> int:
    """Give the first place in a sentence where praise ends, or -1."""
    return next((at for at, token in enumerate(sentence.tokens) if token.text in _BUTS), -1)


def _words(sentence: Sentence) -> tuple[int, int]:
    """Give where the words of a sentence begin and end, without time, kind and marks around them."""
    words = [at for at, token in enumerate(sentence.tokens) if token.sort not in (MARK, KIND, TIME)]
    return (words[0], words[-1] + 1) if words else (0, len(sentence.tokens))


def _kin(rule: Rule, weigher: Rule) -> bool:
    """Tell whether what a rule found may be doubted: it is of the same class, and no rule of a team's own."""
    return rule.blame_class is weigher.blame_class and rule.file.parent == weigher.file.parent


def _level(rule: Rule, section: Section) -> Level:
    """Give the level of a rule in a section; where it is off, it was found behind a "but", and is gentle."""
    return rule.levels.get(section, Level.COACH)


def _turn_before(sentence: Sentence, at: int) -> int:
    """Give the place of the last turn before a word, or -1.

    A clause of its own that begins with somebody turns too: "prime directive aside, ben broke it".
    """
    tokens, chunks = sentence.tokens, sentence.chunks
    for i in range(min(at, len(tokens) - 1), -1, -1):
        if tokens[i].text in _TURNS:
            return i
        if i and tokens[i - 1].text in _PAUSES:
            chunk = chunks[i]
            named = chunk is not None and chunk.end > i and not chunk.keys.isdisjoint(_NAMED)
            if named or tokens[i].text in _GOES_ON:
                return i
    return -1


def _without_overlap(found: list[_Found]) -> list[_Found]:
    """Keep the more important of two findings that overlap, then sort by place."""
    if len(found) < 2:
        return found
    kept: list[_Found] = []
    ends: list[int] = []
    starts: list[int] = []
    for entry in sorted(found, key=_order):
        start, end = entry[1], -entry[2]
        at = bisect_right(starts, start)
        if (at == 0 or ends[at - 1] <= start) and (at == len(starts) or starts[at] >= end):
            kept.insert(at, entry)
            starts.insert(at, start)
            ends.insert(at, end)
    return kept


def _by_rule(found: _Found) -> tuple[int, int, int]:
    return found[0], found[3], found[1]


def _order(found: _Found) -> tuple[int, int, int, int]:
    return found[:4]


def check(text: str, section: Section | str, roster: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Check one note with the built-in rules and the default policies; see `Checker.check`."""
    return Checker(roster=roster).check(text, section)


def typing_findings(
    checker: Checker, text: str, section: Section | str, policy: Policy | str | None = None
) -> tuple[Finding, ...]:
    """Find what to underline while a note is still being typed.

    The last word counts only once something follows it, so that an underline does not come and go with
    every letter ("car", "care", "careless", "carelessly-named"). For the same reason what an exception may
    still unmake is shown a word later ("human error is", "ana did nothing"), and nothing in a quotation that
    is still open.

    Args:
        checker: The checker of the room.
        text: The note up to the end of the line being typed.
        section: Where it is written.
        policy: Overrides the policy of the section.
    """
    return checker.check_typing(text, section, policy)
