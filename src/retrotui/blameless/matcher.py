"""Running a pattern over an analysed note: where it is found, and whether words to come may complete it.

Nothing in here backtracks without bound: where a pattern has several gaps or options, a way that failed once
is not gone again. Leaves the language itself to `patterns`.
"""

from __future__ import annotations

from retrotui.blameless.patterns import BEGIN, END, FIRST, GAP, NEGATIVE, OPTION, WORDS, Pattern, Step
from retrotui.blameless.sentence import Sentence

_ANYTHING: Step = (END, frozenset(), frozenset(), "", 0)


class Match:
    """Where a pattern was found, in token numbers; `end` is just past the last one."""

    __slots__ = ("captures", "end", "mark_end", "mark_start", "start")

    def __init__(
        self, start: int, end: int, mark_start: int, mark_end: int, captures: dict[str, tuple[int, int]]
    ) -> None:
        """Make a match; `captures` are the stretches that the pattern names."""
        self.start = start
        self.end = end
        self.mark_start = mark_start
        self.mark_end = mark_end
        self.captures = captures


def match_at(pattern: Pattern, sentence: Sentence, start: int) -> Match | None:
    """Try a pattern with its first element at token `start`."""
    compiled = pattern.compiled
    steps = compiled.steps
    bounds = [(-1, -1)] * len(steps)
    end = _match(steps, 0, sentence, start, bounds, set() if compiled.branches else None)
    if end < 0:
        return None
    low, high = start, end
    if compiled.mark:
        spans = [b for b in bounds[compiled.mark[0] : compiled.mark[1]] if b[1] > b[0]]
        if spans:
            low, high = spans[0][0], spans[-1][1]
    captures = (
        {name: b for name, b in zip(compiled.names, bounds, strict=True) if name and b[0] >= 0}
        if compiled.named
        else {}
    )
    return Match(start, end, low, high, captures)


def _match(
    steps: tuple[Step, ...],
    index: int,
    sentence: Sentence,
    at: int,
    bounds: list[tuple[int, int]],
    failed: set[tuple[int, int]] | None,
) -> int:
    """Match the elements from `index` on at token `at`; the token after the match, or -1.

    `failed` remembers from which element at which token there is no way; None where it would not pay.
    """
    all_keys, chunks, adverbs, breaks = sentence.keys, sentence.chunks, sentence.adverbs, sentence.breaks
    total, length = len(all_keys), len(steps)
    while index < length:
        sort, keys, people, also, reach = steps[index]
        if sort <= NEGATIVE:
            end, look, ends = -1, at, "$" in keys
            # adverbs are stepped over, but not before the first element nor at the end of a clause
            while True:
                if ends and (look >= total or breaks[look]):
                    # the end of the clause as one alternative among words: nothing is taken
                    end = look
                    break
                if look >= total:
                    break
                if people:
                    chunk = chunks[look]
                    if chunk is not None and not people.isdisjoint(chunk.keys):
                        end = chunk.end
                        break
                own = all_keys[look]
                if not keys.isdisjoint(own) and (not also or also in own):
                    end = look + 1
                    break
                if not adverbs[look] or (sort != NEGATIVE and (not index or breaks[at])):
                    break
                look += 1
            if sort == WORDS:
                if end < 0:
                    return -1
                bounds[index] = (look, end)
                at = end
            elif sort == NEGATIVE:
                if end >= 0:
                    return -1
            elif end >= 0:
                bounds[index] = (at, end)
                rest = _branch(steps, index + 1, sentence, end, bounds, failed)
                if rest >= 0:
                    return rest
                bounds[index] = (-1, -1)
        elif sort == GAP:
            stops = sentence.stops
            after, sought, sought_people, _also, _reach = (
                steps[index + 1] if index + 1 < length else _ANYTHING
            )
            for here in range(at, min(at + reach, total) + 1):
                # most words are not what comes behind the gap, and that is quickly seen
                if (
                    after != WORDS
                    or here >= total
                    or adverbs[here]
                    or breaks[here]
                    or not sought.isdisjoint(all_keys[here])
                    or (sought_people and chunks[here] is not None)
                ):
                    bounds[index] = (at, here)
                    end = _branch(steps, index + 1, sentence, here, bounds, failed)
                    if end >= 0:
                        return end
                if here >= total or stops[here]:
                    break
            return -1
        elif sort == BEGIN:
            if at >= total or not sentence.begins[at]:
                return -1
        elif sort == FIRST:
            if at != sentence.first:
                return -1
        else:
            while at < total and adverbs[at]:
                at += 1
            if at < total and not breaks[at]:
                return -1
        index += 1
    return at


def _branch(
    steps: tuple[Step, ...],
    index: int,
    sentence: Sentence,
    at: int,
    bounds: list[tuple[int, int]],
    failed: set[tuple[int, int]] | None,
) -> int:
    """Try one way on, unless it is known to fail."""
    if failed is None:
        return _match(steps, index, sentence, at, bounds, None)
    if (index, at) in failed:
        return -1
    end = _match(steps, index, sentence, at, bounds, failed)
    if end < 0:
        failed.add((index, at))
    return end


def may_come(pattern: Pattern, sentence: Sentence, start: int, known: int, patience: int) -> bool:
    """Tell whether words to come may complete a pattern that begins at token `start`.

    From token `known` on no more than `patience` words of a gap are waited for. Whoever gave up waiting does
    not begin again when more is typed: every word is judged as it was when it was the last.
    """
    return _may_come(pattern.compiled.steps, 0, sentence, start, known, patience, set())


def _may_come(
    steps: tuple[Step, ...],
    index: int,
    sentence: Sentence,
    at: int,
    known: int,
    patience: int,
    tried: set[tuple[int, int]],
) -> bool:
    """Do the same from the element `index` on; what was tried in vain is not tried again."""
    if (index, at) in tried:
        return False
    tried.add((index, at))
    total = len(sentence.keys)
    for number in range(index, len(steps)):
        sort, keys, people, also, reach = steps[number]
        if sort == GAP:
            for here in range(at, min(at + reach, total) + 1):
                if here >= known and here - at >= patience:
                    return False
                if _may_come(steps, number + 1, sentence, here, known, patience, tried):
                    return True
                if here >= total or sentence.stops[here]:
                    return False
            return False
        if at >= total:
            return any(step[0] == WORDS and "$" not in step[1] for step in steps[number:])
        if sort == BEGIN and not sentence.begins[at]:
            return False
        if sort == FIRST and at != sentence.first:
            return False
        if sort == END and not sentence.breaks[at]:
            return False
        if sort > NEGATIVE:
            continue
        end, look = -1, at
        while look < total:
            if "$" in keys and sentence.breaks[look]:
                end = look
                break
            chunk = sentence.chunks[look]
            if people and chunk is not None and not people.isdisjoint(chunk.keys):
                end = chunk.end
                break
            own = sentence.keys[look]
            if not keys.isdisjoint(own) and (not also or also in own):
                end = look + 1
                break
            if not sentence.adverbs[look]:
                break
            look += 1
        if sort == OPTION:
            if end >= 0 and _may_come(steps, number + 1, sentence, end, known, patience, tried):
                return True
        elif sort == NEGATIVE:
            if end >= 0:
                return False
        elif end < 0:
            return look == total
        else:
            at = end
    return False
