"""A time of day as people write or say it: `14:03`, `2.15pm`, `14.15`, `14h`, `noon`, `half past two`.

What can be two times, such as half past two, is no time but a sentence that says so. Leaves the day in front
of it to `written_days`, and zones to `times`.
"""

import re
from dataclasses import dataclass
from datetime import time

from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.retro import Precision

EDGE = r"(?=$|[\s,;|)\]`*–—-]|[:.](?:\s|$))"
"""Where a time may end, as a pattern."""

_FLAGS = re.IGNORECASE
_HALF = r"(?:\s?([ap])\.?m\b\.?|\s+(in the morning|in the afternoon|in the evening|at night)\b)"
_STOPS = r"(?=\s*$|\s*[,:;|)\]–—]|\s+-\s)"
_HOURS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_HOUR_SAID = rf"(\d{{1,2}}|{'|'.join(_HOURS)})"
_CLOCK = lazy_pattern(rf"(\d{{1,2}})[:：](\d{{2}})(?:[:：](\d{{2}})(?:[.,](\d{{1,9}}))?)?{_HALF}?", _FLAGS)
_HOUR = lazy_pattern(rf"(\d{{1,2}})(?:{_HALF}|h(\d{{2}})?(?![\w:])){EDGE}", _FLAGS)
_DOTTED_HALF = lazy_pattern(rf"(\d{{1,2}})\.([0-5]\d){_HALF}{EDGE}", _FLAGS)
_AMOUNT = (
    r"\s?(?:%|€|\$|x\b|[mnµu]?s\b|secs?\b|seconds?\b|m\b|mins?\b|minutes?\b|h\b|hours?\b|days?\b|weeks?\b|per\s?cent|"
    r"[kmgtp]i?b?\b|[kmgt]bit|req|rps\b|qps\b|users?\b|times\b|thousand|million|billion|lts\b|beta\b|release|"
    r"usd\b|eur\b|gbp\b|or\b|of\b|to\b|and\b)"
)
_DOTTED = lazy_pattern(rf"([01]\d|2[0-3])\.([0-5]\d)(?:\s?uhr\b)?(?!{_AMOUNT}){EDGE}", _FLAGS)
_PERHAPS = lazy_pattern(rf"(\d)\.([0-5]\d)(?!{_AMOUNT}){EDGE}", _FLAGS)
_NAMED = lazy_pattern(rf"(?:12\s)?(noon|midday|midnight)(?:{EDGE}|(?=\s?-?ish\b))", _FLAGS)
_O_CLOCK = lazy_pattern(rf"{_HOUR_SAID}\s+o['’]?\s?clock\b{_HALF}?", _FLAGS)
_SAID = lazy_pattern(
    rf"(half|quarter|a quarter|five|ten|twenty|twenty-five)\s+(past|to|after)\s+{_HOUR_SAID}\b"
    rf"(?:\s+o['’]?\s?clock\b)?{_HALF}?{EDGE}",
    _FLAGS,
)
_STOP = lazy_pattern(_STOPS)


@dataclass(frozen=True, slots=True)
class WrittenClock:
    """A time of day as written."""

    time: time | None
    """None when there is no such time, or when it can be two."""
    precision: Precision
    end: int
    next_day: bool = False
    """Whether it is the midnight at which the day ends."""
    trouble: str = ""
    """Why there is no time, as a part of a sentence that begins with the words themselves."""


def read_clock(text: str, at: int) -> WrittenClock | None:
    """The time of day that stands at this place, or None when none does."""
    if text[at : at + 1].isdecimal():
        if found := _CLOCK.match(text, at):
            precision = Precision.SECOND if found[3] else Precision.MINUTE
            fraction = int(found[4][:6].ljust(6, "0")) if found[4] else 0
            numbers = (int(found[1]), int(found[2]), int(found[3] or 0), fraction)
            return _clock(
                *numbers, half=_half(found[5], found[6], int(found[1])), precision=precision, end=found.end()
            )
        if found := _HOUR.match(text, at):
            precision = Precision.MINUTE if found[4] else Precision.HOUR
            half = _half(found[2], found[3], int(found[1]))
            return _clock(int(found[1]), int(found[4] or 0), half=half, precision=precision, end=found.end())
        if found := _DOTTED_HALF.match(text, at) or _DOTTED.match(text, at):
            half = _half(found[3], found[4], int(found[1])) if found.re.groups > 2 else ""
            return _clock(int(found[1]), int(found[2]), half=half, end=found.end())
    if found := _NAMED.match(text, at):
        midnight = found[1].lower() == "midnight"
        return WrittenClock(time(0 if midnight else 12), Precision.MINUTE, found.end())
    if found := _O_CLOCK.match(text, at):
        return _spoken(found, 0, _hour(found[1]), found[2], found[3], Precision.HOUR)
    found = _SAID.match(text, at)
    if found is None:
        return None
    minutes = _MINUTES[" ".join(found[1].lower().split())]
    exact = bool(found[4] or found[5])
    plainly = minutes == 30 or (minutes == 15 and found[2].lower() != "after")
    if not (exact or plainly or _STOP.match(text, found.end())):
        return None  # "five to ten users" is no time
    if minutes == 30 and found[2].lower() != "past":
        return None
    if found[2].lower() == "to":
        return _spoken(found, 60 - minutes, _hour(found[3]) - 1, found[4], found[5], Precision.MINUTE)
    return _spoken(found, minutes, _hour(found[3]), found[4], found[5], Precision.MINUTE)


def perhaps_clock(text: str, at: int) -> str:
    """What to say of a number that may have been meant as a time, such as `9.15`; empty for all else."""
    found = _PERHAPS.match(text, at)
    if found is None:
        return ""
    return f"{found[0]} is left in the words: write {int(found[1]):02d}:{found[2]} if it is a time"


def _clock(
    hour: int,
    minute: int,
    second: int = 0,
    fraction: int = 0,
    *,
    half: str,
    precision: Precision = Precision.MINUTE,
    end: int,
) -> WrittenClock:
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and not (minute or second or fraction):
        return WrittenClock(time(0), precision, end, next_day=True)
    try:
        return WrittenClock(time(hour, minute, second, fraction), precision, end)
    except ValueError:
        return WrittenClock(None, precision, end, trouble="is no time of day")


def _spoken(
    found: re.Match[str], minute: int, hour: int, letter: str | None, part: str | None, precision: Precision
) -> WrittenClock:
    """A time told by the hour, which without a half of the day can be two."""
    named = hour + 1 if found.re.groups > 3 and found[2].lower() == "to" else hour
    half = _half(letter, part, named)
    if not half and 1 <= named <= 12:
        early = hour % 12
        said = f"can be {early:02d}:{minute:02d} or {early + 12:02d}:{minute:02d}"
        return WrittenClock(None, precision, found.end(), trouble=said)
    if half and named <= 12:
        # the half of the day belongs to the hour that is named, which `to` takes a step back from
        minutes = ((named % 12) + (12 if half == "p" else 0)) * 60 + minute - (60 if named != hour else 0)
        return _clock(minutes // 60 % 24, minutes % 60, half="", precision=precision, end=found.end())
    return _clock(hour % 24 if named <= 24 else hour, minute, half="", precision=precision, end=found.end())


def _hour(said: str) -> int:
    known = _HOURS.get(said.lower())
    return int(said) if known is None else known


def _half(letter: str | None, part: str | None, hour: int) -> str:
    """`a` or `p` for the half of the day that is named, by letter or in words; empty when none is."""
    if letter:
        return letter.lower()
    if not part:
        return ""
    last = part.lower().split()[-1]
    if last == "night":
        return "p" if 6 <= hour < 12 else "a"
    return "a" if last == "morning" else "p"
