"""Months, weekdays and small numbers as people write them, and the days they can mean.

Shared by times and due dates; leaves instants and zones to `local_time`.
"""

from datetime import date, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTH = (
    r"(?ai:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""A month's name in any case, as a pattern."""
WEEKDAY = (
    r"(?ai:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
"""A weekday's name in any case, as a pattern."""

_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "a couple of": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
NUMBER = r"(?:\d{1,4}|(?ai:a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve))"
"""A small number, in digits or words in any case, as a pattern."""


def month_number(name: str) -> int:
    """1 for `jan`, `January`; the name must match MONTH."""
    short = name[:3].lower()
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == short)


def weekday_number(name: str) -> int:
    """0 for Monday; the name must match WEEKDAY."""
    short = name[:3].lower()
    return next(number for number, weekday in enumerate(WEEKDAYS) if weekday[:3].lower() == short)


def number(word: str) -> int:
    """A small number in digits or words; the word must match NUMBER."""
    known = _NUMBERS.get(word.lower())
    return int(word) if known is None else known


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def plus_days(day: date, days: int) -> date | None:
    """The day so many days on, or None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def latest_year(month: int, day: int, near: date) -> date | None:
    """The last day of this month and number up to a month after `near`: what is told lies in the past."""
    for year in range(min(9999, near.year + 1), max(0, near.year - 9), -1):
        found = day_of(year, month, day)
        if found is not None and (found - near).days <= 31:
            return found
    return None


def in_words(day: date, *, beside: date | None = None) -> str:
    """`1 February 2017`; without the year when the day beside it is of the same year."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if beside is not None and beside.year == day.year else f"{words} {day.year:04d}"
