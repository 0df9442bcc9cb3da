"""A day written in front of a time: `2017-10-27`, `27 October`, `yesterday`, `fri`.

Leaves the clock behind it to `times`, and due dates, which look ahead, to `due_dates`.
"""

import re
from dataclasses import dataclass
from datetime import date

from retrotui.notation.calendar_words import (
    MONTH,
    WEEKDAY,
    day_of,
    latest_year,
    month_number,
    plus_days,
    weekday_number,
)
from retrotui.notation.lazy_pattern import lazy_pattern

_FLAGS = re.IGNORECASE
_ISO_DAY = lazy_pattern(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC_DAY = lazy_pattern(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_MONTH = lazy_pattern(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({MONTH})\b\.?(?:,?[\s-]+(\d{{4}})(?![\d:]))?", _FLAGS
)
_MONTH_DAY = lazy_pattern(
    rf"({MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{{4}})(?![\d:]))?", _FLAGS
)
_WEEKDAY = lazy_pattern(rf"({WEEKDAY})\b\.?,?\s+", _FLAGS)
_RELATIVE_DAY = lazy_pattern(r"(yesterday|today|tomorrow)\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day as written: None when the calendar has no such day or it could be two."""

    day: date | None
    end: int
    exact: bool = True
    """Whether it can stand alone as the time of a line without being mistaken for words."""
    trouble: str = ""


def read_day(text: str, at: int, near: date) -> ReadDay | None:
    """The day that stands at this place, or None when none does."""
    weekday = _WEEKDAY.match(text, at)
    start = weekday.end() if weekday else at
    if found := _ISO_DAY.match(text, start):
        day = day_of(int(found[1]), int(found[3]), int(found[4]))
        return ReadDay(day, found.end(), True, "" if day else f"{found[0]} is not a day of the calendar")
    if found := _NUMERIC_DAY.match(text, start):
        return _numeric_day(found)
    if found := _DAY_MONTH.match(text, start):
        return _named_day(found, month_number(found[2]), int(found[1]), near)
    if found := _MONTH_DAY.match(text, start):
        return _named_day(found, month_number(found[1]), int(found[2]), near)
    if found := _RELATIVE_DAY.match(text, start):
        steps = {"yesterday": -1, "today": 0, "tomorrow": 1}[found[1].lower()]
        day = plus_days(near, steps)
        return ReadDay(day, found.end(), False, "" if day else "the day lies beyond the calendar")
    if weekday:
        steps = (weekday_number(weekday[1]) - near.weekday() + 3) % 7 - 3
        end = weekday.start() + len(weekday[0].rstrip(", \t"))
        return ReadDay(plus_days(near, steps), end, False)
    return None


def _numeric_day(found: re.Match[str]) -> ReadDay:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12 or first == second:
        day = day_of(year, second, first)
    elif second > 12:
        day = day_of(year, first, second)
    else:
        return ReadDay(
            None,
            found.end(),
            True,
            f"{found[0]} can be two days: write {year:04d}-{second:02d}-{first:02d} or "
            f"{year:04d}-{first:02d}-{second:02d}",
        )
    return ReadDay(day, found.end(), True, "" if day else f"{found[0]} is not a day of the calendar")


def _named_day(found: re.Match[str], month: int, number: int, near: date) -> ReadDay:
    year = found[3]
    day = day_of(int(year), month, number) if year else latest_year(month, number, near)
    trouble = "" if day else f"{found[0].strip()} is not a day of the calendar"
    return ReadDay(day, found.end(), bool(year), trouble)
