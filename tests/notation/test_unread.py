"""What looks like a time or a field and could not be read is said, and its words stay."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from retrotui.notation import read_action_line, read_event_line

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Add a canary due 30 Feb", "30 Feb is not a day of the calendar"),
        ("Add a canary due 2 weks for all", "“due 2 weks” is no date: kept as words"),
        ("Add a canary due tomorow or so", "“due tomorow or” is no date, perhaps tomorrow"),
        ("Add a canary due next fridy please", "perhaps friday"),
        ("Add a canary !p9", "“!p9” is no priority"),
        ("Add a canary !hgih", "“!hgih” is no priority"),
        ("Add a canary #preventt", "“#preventt” is no kind, perhaps #prevent"),
    ],
)
def test_a_field_that_cannot_be_read_is_said_and_its_words_stay(line: str, said: str) -> None:
    read = read_action_line(line, today=DAY)
    assert said in read.remark
    assert read.text == line


@pytest.mark.parametrize(
    "line",
    [
        "Do the due diligence on the vendor",
        "Move the job that is due to run at night",
        "Tell #ops-alerts about it",
        "Check ticket #1234 !important",
        "Add a canary \\!p9 \\#preventt",
        "Add a canary due 4 Dec !p1 #prevent",
    ],
)
def test_what_only_looks_a_little_like_a_field_is_left_in_peace(line: str) -> None:
    assert read_action_line(line, today=DAY, finished=True).remark == ""


@pytest.mark.parametrize("line", ["x !", "x !p", "x !hi", "x #prev", "x due", "x due 30", "x due tomor"])
def test_a_field_that_is_still_being_typed_is_not_spoken_of(line: str) -> None:
    assert read_action_line(line, today=DAY).remark == ""


def test_once_the_line_is_finished_its_last_word_counts() -> None:
    assert "“due tomor” is no date" in read_action_line("x due tomor", today=DAY, finished=True).remark
    assert "perhaps #prevent" in read_action_line("x #preven", today=DAY, finished=True).remark


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("25:99 pager fires", "25:99 is no time of day"),
        ("around lunch the load climbs", "“around lunch” is no time on a clock"),
        ("early afternoon the load climbs", "“early afternoon” is no time on a clock"),
    ],
)
def test_a_time_that_cannot_be_read_is_said(line: str, said: str) -> None:
    read = read_event_line(line, day=DAY, zone=ZoneInfo("UTC"))
    assert read.at is None
    assert said in read.remark


@pytest.mark.parametrize("line", ["The noon job starts", "Morning traffic doubles", "1.2.3 is rolled out"])
def test_words_that_are_no_attempt_at_a_time_are_left_in_peace(line: str) -> None:
    assert read_event_line(line, day=DAY, zone=ZoneInfo("UTC")).remark == ""


def test_a_point_in_a_time_is_read_when_am_or_pm_makes_it_one() -> None:
    read = read_event_line("2.15pm pager fires", day=DAY, zone=ZoneInfo("UTC"))
    assert read.at is not None
    assert (read.at.hour, read.at.minute, read.text) == (14, 15, "pager fires")
