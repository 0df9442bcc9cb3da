"""Scribe notes pasted whole: the day on top, clock times below, midnight in between."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.notation import EventLine, read_event_paste
from retrotui.retro import EventKind, Precision

LONDON = ZoneInfo("Europe/London")
UTC_ZONE = ZoneInfo("UTC")
ELSEWHEN = date(2026, 1, 1)

NIGHT = """2019-06-11 (UTC)
~21:40 A batch import is started on the reporting replica
22:05 Queries queue up
??:?? The import is paused
~22:30 Lag keeps growing
~22:30 The disk may be full
23:51 The volume is at 100% and writes stop
??:?? Old segments are looked at
00:12 Segments are moved to cold storage
02:40 Writes work again
??:?? A bigger volume is ordered
18:20 The bigger volume is in place
"""

AFTERNOON = """Tuesday 9 July 2019
??:?? The gateway is upgraded in staging
11:02 A route change is deployed
11:02 The route answers 404
11:20 Declared as an incident
??:?? Two rules with one name are found
11:31 The second rule is deleted
"""


def paste(text: str, zone: ZoneInfo = UTC_ZONE, day: date = ELSEWHEN) -> tuple[EventLine, ...]:
    return read_event_paste(text, day=day, zone=zone)


def shown(lines: tuple[EventLine, ...]) -> list[str]:
    return [
        ("~" if line.approximate else "") + line.at.isoformat()[:16] if line.at else line.said
        for line in lines
    ]


def test_a_first_line_with_a_date_sets_the_day_and_a_step_back_the_next() -> None:
    assert shown(paste(NIGHT)) == [
        "~2019-06-11T21:40",
        "2019-06-11T22:05",
        "??:??",
        "~2019-06-11T22:30",
        "~2019-06-11T22:30",
        "2019-06-11T23:51",
        "??:??",
        "2019-06-12T00:12",
        "2019-06-12T02:40",
        "??:??",
        "2019-06-12T18:20",
    ]


def test_midnight_is_said_on_the_line_that_passes_it() -> None:
    remarks = [line.remark for line in paste(NIGHT)]
    assert [index for index, remark in enumerate(remarks) if remark] == [7]
    assert "12 June 2019" in remarks[7]


def test_clock_times_are_those_of_the_zone_given() -> None:
    lines = paste(AFTERNOON, LONDON)
    assert len(lines) == 6
    assert lines[1].at == datetime(2019, 7, 9, 10, 2, tzinfo=UTC)
    assert lines[1].at is not None
    assert lines[1].at.isoformat() == "2019-07-09T11:02:00+01:00"


def test_a_zone_on_top_wins_over_the_zone_given() -> None:
    for top in (
        "2019-07-09 (UTC)",
        "# Timeline, 9 July 2019, all times UTC",
        "9 Jul 2019 GMT+0",
        "**2019-07-09** UTC",
    ):
        (line,) = paste(f"{top}\n11:02 x", LONDON)
        assert line.at == datetime(2019, 7, 9, 11, 2, tzinfo=UTC)
    (line,) = paste("2019-07-09 Europe/Paris\n11:02 x", LONDON)
    assert line.at == datetime(2019, 7, 9, 9, 2, tzinfo=UTC)


def test_a_small_step_back_is_a_line_out_of_order() -> None:
    lines = paste("2019-07-09\n11:20 a\n11:05 b\n11:30 c")
    assert shown(lines) == ["2019-07-09T11:20", "2019-07-09T11:05", "2019-07-09T11:30"]
    assert "same day" in lines[1].remark


def test_a_full_date_on_a_line_sets_the_day_of_those_below() -> None:
    lines = paste("2019-07-09 23:00 a\n23:30 b\n2019-07-12 08:00 c\n08:30 d\nyesterday 09:00 e")
    assert shown(lines) == [
        "2019-07-09T23:00",
        "2019-07-09T23:30",
        "2019-07-12T08:00",
        "2019-07-12T08:30",
        "2019-07-11T09:00",
    ]


def test_a_second_heading_starts_another_day() -> None:
    lines = paste("2019-07-09\n23:00 a\n\n2019-07-11\n09:00 b")
    assert shown(lines) == ["2019-07-09T23:00", "2019-07-11T09:00"]


def test_a_first_line_of_words_and_a_date_is_kept_and_sets_the_day() -> None:
    lines = paste("Checkout outage of 9 July 2019, notes by the scribe\n11:02 a")
    assert lines[0].text == "Checkout outage of 9 July 2019, notes by the scribe"
    assert "2019-07-09" in lines[0].remark
    assert shown(lines)[1] == "2019-07-09T11:02"


def test_without_a_date_the_day_given_counts() -> None:
    assert shown(paste("11:02 a\r\n+5m b\r\n")) == ["2026-01-01T11:02", "2026-01-01T11:07"]


def test_a_paste_goes_on_from_the_event_before() -> None:
    previous = datetime(2026, 1, 1, 23, 50, tzinfo=UTC)
    (line,) = read_event_paste("00:10 a", day=ELSEWHEN, zone=UTC_ZONE, previous=previous)
    assert line.at == datetime(2026, 1, 2, 0, 10, tzinfo=UTC)


def test_kinds_are_read_and_guessed_on_every_line() -> None:
    lines = paste("11:02 deploy 7 starts\n11:03 404s #impact_start")
    assert [line.kind for line in lines] == [EventKind.CHANGE, EventKind.IMPACT_START]
    assert [line.kind_guessed for line in lines] == [True, False]


def test_a_megabyte_is_read_line_by_line() -> None:
    lines = paste("11:02 the queue is long\n" * 20_000)
    assert len(lines) == 20_000


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                ["2019-07-09", "11:02 x", "", "??:?? y", "Friday", "UTC", "9999-12-31", "+1h z", "0001-01-01"]
            )
        ).map("\n".join),
    )
)
def test_every_line_with_words_is_kept(text: str) -> None:
    lines = paste(text)
    assert all(line.at is None or line.precision is not Precision.UNKNOWN for line in lines)
    rows = [row for row in text.replace("\r", "\n").split("\n") if row.strip()]
    assert len(lines) <= len(rows)


INCIDENTS = Path(__file__).resolve().parents[3] / "shared" / "incidents"


@pytest.mark.skipif(not INCIDENTS.is_dir(), reason="the incident packs are not beside this clone")
@pytest.mark.parametrize("folder", ["gitlab-2017-01-31-database", "monzo-2017-10-27-payments"])
def test_the_pastes_of_real_incidents_give_exactly_their_times(folder: str) -> None:
    expected = json.loads((INCIDENTS / folder / "expected.json").read_text("utf-8"))
    with (INCIDENTS / folder / "timeline.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    local = {row["text"]: parsed["local"] for row, parsed in zip(rows, expected["parsed"], strict=True)}
    approximate = {row["text"]: row["time"].startswith("~") or "ish" in row["time"] for row in rows}
    lines = paste((INCIDENTS / folder / "paste.txt").read_text("utf-8"), ZoneInfo(expected["tz"]))
    assert len(lines) == len(rows)
    for line in lines:
        wanted = local[line.text]
        if wanted is None:
            assert line.at is None
        else:
            assert line.at is not None
            assert line.at.isoformat()[:16] == wanted[:16]
            assert line.at.utcoffset() == datetime.fromisoformat(wanted).utcoffset()
            assert line.approximate is approximate[line.text]
