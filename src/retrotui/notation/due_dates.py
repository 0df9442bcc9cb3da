"""Due dates as people say them: `friday`, `in 2 weeks`, `5 dec`, `eom`. Today is passed in.

Leaves finding them in a line to `action_line`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from retrotui.notation.calendar_words import (
    MONTH,
    NUMBER,
    WEEKDAY,
    day_of,
    in_words,
    month_number,
    number,
    plus_days,
    weekday_number,
)
from retrotui.notation.lazy_pattern import lazy_pattern


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due date as found in a text."""

    day: date | None
    """None when the words can mean two days, or none."""
    end: int
    """Where it ends in the text."""
    remark: str = ""
    """A sentence when it deserves a look, else empty."""


_EDGE = r"(?=\?|$|[\s,;:!)\]]|\.(?:\s|$))"
_FLAGS = re.IGNORECASE
_ISO = lazy_pattern(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})" + _EDGE)
_MONTH_DAY_DIGITS = lazy_pattern(r"(\d{1,2})-(\d{1,2})" + _EDGE)
_DOTTED = lazy_pattern(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?" + _EDGE)
_SLASHED = lazy_pattern(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?" + _EDGE)
_DAY_MONTH = lazy_pattern(
    rf"(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({MONTH})\b\.?(?:,?\s+(\d{{4}}))?{_EDGE}", _FLAGS
)
_MONTH_DAY = lazy_pattern(
    rf"({MONTH})\b\.?\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?{_EDGE}", _FLAGS
)
_WORD = lazy_pattern(rf"(today|tonight|now|asap|tomorrow|tmrw|tmr|eod|eow|eom|eoq|eoy){_EDGE}", _FLAGS)
_WEEKDAY = lazy_pattern(rf"(?:(this|next|coming)\s+)?({WEEKDAY}){_EDGE}", _FLAGS)
_SOON = lazy_pattern(rf"(this|next)\s+(week|month|quarter|year){_EDGE}", _FLAGS)
_END_OF = lazy_pattern(
    rf"(?:the\s+)?end\s+of\s+(?:(?:the|this)\s+)?(next\s+)?(day|week|month|quarter|year){_EDGE}", _FLAGS
)
_END_OF_MONTH = lazy_pattern(rf"(?:the\s+)?end\s+of\s+({MONTH})(?:\s+(\d{{4}}))?{_EDGE}", _FLAGS)
_IN = lazy_pattern(
    rf"(in\s+|within\s+|\+)?({NUMBER})\s?(d|days?|w|wks?|weeks?|months?|mo|y|years?){_EDGE}", _FLAGS
)
_EOS = {"eod": "day", "eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}


def read_due(text: str, at: int, today: date, *, durations: bool = True) -> DueDate | None:
    """The due date that stands at this place of a text, or None. Never raises.

    A weekday is the next one after today; `next friday` is the Friday of next week. A day without a year
    is the next such day. `end of week` is Friday, or today when it is Friday.

    Args:
        text: The text.
        at: Where the date begins.
        today: The day it is counted from.
        durations: Whether a bare `2 weeks` counts; after "by" it is an amount rather than a date.
    """
    for reader in (_read_digits, _read_named, _read_words):
        found = reader(text, at, today)
        if found:
            break
    else:
        found = _read_span(text, at, today, durations)
    if found is None:
        return None
    end = found.end + text.startswith("?", found.end)
    remark = found.remark
    if not remark and found.day is not None and found.day < today:
        remark = f"the due date {in_words(found.day)} has passed"
    if not remark and found.day is None:
        remark = f"{text[at : found.end]} is not a day of the calendar: the due date is left open"
    return DueDate(found.day, end, remark)


def _read_digits(text: str, at: int, today: date) -> DueDate | None:
    if found := _ISO.match(text, at):
        return DueDate(day_of(int(found[1]), int(found[2]), int(found[3])), found.end())
    if found := _MONTH_DAY_DIGITS.match(text, at):
        return DueDate(_next(int(found[1]), int(found[2]), today), found.end())
    if found := _DOTTED.match(text, at):
        return _of_year(found, int(found[2]), int(found[1]), found[3], today)
    if found := _SLASHED.match(text, at):
        first, second = int(found[1]), int(found[2])
        if first > 12 or first == second:
            return _of_year(found, second, first, found[3], today)
        if second > 12:
            return _of_year(found, first, second, found[3], today)
        return DueDate(
            None,
            found.end(),
            f"{found[0]} can be two days: write {second:02d}-{first:02d} or {first:02d}-{second:02d} "
            "(month first)",
        )
    return None


def _read_named(text: str, at: int, today: date) -> DueDate | None:
    if found := _DAY_MONTH.match(text, at):
        return _of_year(found, month_number(found[2]), int(found[1]), found[3], today)
    if found := _MONTH_DAY.match(text, at):
        return _of_year(found, month_number(found[1]), int(found[2]), found[3], today)
    if found := _END_OF_MONTH.match(text, at):
        month = month_number(found[1])
        year = int(found[2]) if found[2] else today.year + (month < today.month)
        return DueDate(_end_of_month(year, month), found.end())
    return None


def _read_words(text: str, at: int, today: date) -> DueDate | None:
    if found := _WORD.match(text, at):
        word = found[1].lower()
        if word in _EOS:
            return DueDate(_end_of(_EOS[word], today, 0), found.end())
        return DueDate(plus_days(today, word.startswith(("tom", "tm"))), found.end())
    if found := _WEEKDAY.match(text, at):
        wanted = weekday_number(found[2])
        if found[1] and found[1].lower() == "next":
            return DueDate(plus_days(today, 7 - today.weekday() + wanted), found.end())
        steps = (wanted - today.weekday()) % 7
        same_day = steps == 0 and not (found[1] and found[1].lower() == "this")
        return DueDate(plus_days(today, 7 if same_day else steps), found.end())
    if found := _SOON.match(text, at):
        return DueDate(_end_of(found[2].lower(), today, found[1].lower() == "next"), found.end())
    if found := _END_OF.match(text, at):
        return DueDate(_end_of(found[2].lower(), today, found[1] is not None), found.end())
    return None


def _read_span(text: str, at: int, today: date, durations: bool) -> DueDate | None:
    found = _IN.match(text, at)
    if found is None or not (found[1] or durations):
        return None
    count, unit = number(found[2]), found[3].lower()
    if unit.startswith("d"):
        return DueDate(plus_days(today, count), found.end())
    if unit.startswith("w"):
        return DueDate(plus_days(today, 7 * count), found.end())
    return DueDate(_plus_months(today, count * (12 if unit.startswith("y") else 1)), found.end())


def _of_year(found: re.Match[str], month: int, day: int, year: str | None, today: date) -> DueDate:
    return DueDate(day_of(int(year), month, day) if year else _next(month, day, today), found.end())


def _next(month: int, day: int, today: date) -> date | None:
    """The next such day, today included; a leap day may be some years away."""
    for year in range(today.year, min(9999, today.year + 8) + 1):
        found = day_of(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def _end_of_month(year: int, month: int) -> date | None:
    return day_of(year, month, calendar.monthrange(year, month)[1]) if 1 <= year <= 9999 else None


def _plus_months(day: date, months: int) -> date | None:
    """The same day of the month so many months on, or the month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _end_of(unit: str, today: date, following: int) -> date | None:
    """The last day (of a week: the last working day) of this unit, or of the one following it."""
    if unit == "day":
        return plus_days(today, following)
    if unit == "week":
        friday = 4 - today.weekday()
        return plus_days(today, friday + 7 * (following or friday < 0))
    if unit == "year":
        return day_of(today.year + following, 12, 31)
    length = 1 if unit == "month" else 3
    last = (today.month - 1) // length * length + length + following * length
    years, month = divmod(last - 1, 12)
    return _end_of_month(today.year + years, month + 1)
