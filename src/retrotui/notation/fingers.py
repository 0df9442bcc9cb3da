"""Answers from 1 to 5 by show of hands: read as they are typed, and summed up without names."""

import re
from collections.abc import Sequence
from statistics import median

_PAIR = re.compile(r"([1-5])\s*[:x×=]\s*(\d{1,3})")
_MOST = 999
_OF = re.compile(
    r"(\d{1,5})(?:\s*(?:/|of|out of)\s*(\d{1,5}))?(?:\s+(?:people|hands|here))?", re.IGNORECASE | re.ASCII
)


def read_count(text: str) -> tuple[int, int | None]:
    """How many, and of how many if that is said: `4`, `4 of 6`, `4/6`.

    Raises:
        ValueError: when it is neither, with a sentence that says what is.
    """
    found = _OF.fullmatch(text.strip())
    if found is None:
        raise ValueError("type a number, such as 6, or 4 of 6")
    count, whole = int(found[1]), int(found[2]) if found[2] else None
    if whole is not None and count > whole:
        raise ValueError(f"{count} of {whole} cannot be: it is more than all")
    return count, whole


def read_fingers(text: str) -> tuple[int, ...]:
    """The answers in a line, sorted: `4 5 3 4`, `4534`, `4:3 5:2` (three fours, two fives) or five counts.

    Five numbers of which one is 0 or above 5 are counts: how many hands for 1, 2, 3, 4 and 5.

    Raises:
        ValueError: when it is none of these, with a sentence that says what is.
    """
    line = re.sub(r"[,;/]", " ", text.strip())
    if not line:
        return ()
    pairs = _PAIR.findall(line)
    if pairs:
        if _PAIR.sub("", line).strip():
            raise ValueError(f"“{text.strip()}” mixes two ways: type 4:3 5:2 for three fours and two fives")
        return _from_counts({int(value): int(count) for value, count in pairs})
    words = line.split()
    if not all(word.isdecimal() and word.isascii() for word in words):
        raise ValueError("type the answers, 1 to 5 each: 4 5 3 4, or 4:3 5:2 for three fours and two fives")
    numbers = [int(word) for word in words if len(word) <= 4]
    if len(words) == 5 and any(number == 0 or number > 5 for number in numbers) and len(numbers) == 5:
        return _from_counts(dict(enumerate(numbers, start=1)))
    digits = [int(digit) for word in words for digit in word]
    wrong = next((digit for digit in digits if not 1 <= digit <= 5), None)
    if wrong is not None:
        raise ValueError(f"{wrong} is not an answer: each is 1, 2, 3, 4 or 5")
    return tuple(sorted(digits))


def counts(values: Sequence[int]) -> tuple[int, int, int, int, int]:
    """How many answered 1, 2, 3, 4 and 5."""
    return tuple(sum(value == step for value in values) for step in range(1, 6))  # type: ignore[return-value]


def middle(values: Sequence[int]) -> str:
    """The median in words: `4`, `3.5`; a dash when there are no answers."""
    return f"{median(values):g}" if values else "–"


def _from_counts(hands: dict[int, int]) -> tuple[int, ...]:
    if sum(hands.values()) > _MOST:
        raise ValueError("these are more hands than a room can hold")
    return tuple(value for value in sorted(hands) for _ in range(hands[value]))
