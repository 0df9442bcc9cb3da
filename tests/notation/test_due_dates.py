"""Due dates in words, counted from a day that is passed in."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.notation.due_dates import read_due

WEDNESDAY = date(2026, 11, 18)
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)


def due(text: str, today: date = WEDNESDAY) -> str | None:
    found = read_due(text, 0, today)
    return found.day.isoformat() if found and found.day else None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", "2026-11-18"),
        ("tomorrow", "2026-11-19"),
        ("friday", "2026-11-20"),
        ("Fri", "2026-11-20"),
        ("this friday", "2026-11-20"),
        ("next friday", "2026-11-27"),
        ("wednesday", "2026-11-25"),
        ("this wednesday", "2026-11-18"),
        ("monday", "2026-11-23"),
        ("in 2 weeks", "2026-12-02"),
        ("in two weeks", "2026-12-02"),
        ("in a couple of weeks", "2026-12-02"),
        ("within 3 days", "2026-11-21"),
        ("2w", "2026-12-02"),
        ("+10d", "2026-11-28"),
        ("in a month", "2026-12-18"),
        ("in 3 months", "2027-02-18"),
        ("in a year", "2027-11-18"),
        ("5 dec", "2026-12-05"),
        ("5th of December", "2026-12-05"),
        ("dec 5", "2026-12-05"),
        ("December 5th, 2027", "2027-12-05"),
        ("5 jan", "2027-01-05"),
        ("2026-12-05", "2026-12-05"),
        ("12-05", "2026-12-05"),
        ("12-05?", "2026-12-05"),
        ("01-05", "2027-01-05"),
        ("5.12.", "2026-12-05"),
        ("5.12.2026", "2026-12-05"),
        ("25/12", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("29 feb", "2028-02-29"),
        ("end of week", "2026-11-20"),
        ("eow", "2026-11-20"),
        ("end of next week", "2026-11-27"),
        ("next week", "2026-11-27"),
        ("end of month", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("eom", "2026-11-30"),
        ("EOM", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("next month", "2026-12-31"),
        ("end of january", "2027-01-31"),
        ("end of november", "2026-11-30"),
        ("end of quarter", "2026-12-31"),
        ("next quarter", "2027-03-31"),
        ("eoy", "2026-12-31"),
        ("next year", "2027-12-31"),
    ],
)
def test_words_for_days_are_understood(typed: str, expected: str) -> None:
    assert due(typed) == expected
    found = read_due(typed, 0, WEDNESDAY)
    assert found is not None
    assert (found.end, found.remark) == (len(typed), "")


def test_on_a_friday_friday_is_in_a_week_and_the_week_ends_today() -> None:
    assert due("friday", FRIDAY) == "2026-11-27"
    assert due("eow", FRIDAY) == "2026-11-20"
    assert due("eow", SATURDAY) == "2026-11-27"
    assert due("next friday", SATURDAY) == "2026-11-27"


def test_a_month_on_from_the_31st_is_the_last_day() -> None:
    assert due("in a month", date(2026, 1, 31)) == "2026-02-28"


@pytest.mark.parametrize(
    "typed", ["diligence", "may be later", "fridays child", "12-05-x", "3 of them", "week", ""]
)
def test_other_words_are_no_date(typed: str) -> None:
    assert read_due(typed, 0, WEDNESDAY) is None


def test_what_can_be_two_days_is_left_open_and_says_how_to_write_it() -> None:
    found = read_due("05/12/2026", 0, WEDNESDAY)
    assert found is not None
    assert found.day is None
    assert "12-05 or 05-12" in found.remark


def test_a_day_no_calendar_has_is_named() -> None:
    found = read_due("31 feb", 0, WEDNESDAY)
    assert found is not None
    assert found.day is None
    assert "31 feb" in found.remark


def test_a_day_that_has_passed_is_taken_and_said() -> None:
    found = read_due("2026-11-02", 0, WEDNESDAY)
    assert found is not None
    assert found.day == date(2026, 11, 2)
    assert "has passed" in found.remark


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(
            st.sampled_from(
                [
                    "9999",
                    "-",
                    "12",
                    "0",
                    " ",
                    "next ",
                    "friday",
                    "in ",
                    "weeks",
                    "years",
                    "end of ",
                    "dec",
                    "/",
                    "ſep",
                    "ı",
                ]
            ),
            max_size=6,
        ).map("".join),
    ),
    st.one_of(st.dates(), st.sampled_from([date.min, date.max])),
)
def test_no_words_are_too_odd(text: str, today: date) -> None:
    found = read_due(text, 0, today)
    assert found is None or 0 < found.end <= len(text)
