"""One typed line of a timeline: what its time, kind and words are read as."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrotui.notation import EventLine, read_event_line, read_event_time
from retrotui.retro import EventKind, HypothesisState, Precision

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 20)
PREVIOUS = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)


def read(text: str, day: date = DAY, previous: datetime | None = None) -> EventLine:
    return read_event_line(text, day=day, zone=LONDON, previous=previous)


@pytest.mark.parametrize(
    ("typed", "clock", "precision", "approximate"),
    [
        ("14:03 pager fires", "14:03:00", Precision.MINUTE, False),
        ("9:03 pager fires", "09:03:00", Precision.MINUTE, False),
        ("14:03:20 pager fires", "14:03:20", Precision.SECOND, False),
        ("14:03:00 pager fires", "14:03:00", Precision.SECOND, False),
        ("~14:05 pager fires", "14:05:00", Precision.MINUTE, True),
        ("≈ 14:05 pager fires", "14:05:00", Precision.MINUTE, True),
        ("about 14:05 pager fires", "14:05:00", Precision.MINUTE, True),
        ("ca. 14:05 pager fires", "14:05:00", Precision.MINUTE, True),
        ("14:05-ish pager fires", "14:05:00", Precision.MINUTE, True),
        ("14:05ish pager fires", "14:05:00", Precision.MINUTE, True),
        ("14:05 or so pager fires", "14:05:00", Precision.MINUTE, True),
        ("14:05? pager fires", "14:05:00", Precision.MINUTE, True),
        ("[14:03] pager fires", "14:03:00", Precision.MINUTE, False),
        ("- 14:03 - pager fires", "14:03:00", Precision.MINUTE, False),
        ("**14:03** pager fires", "14:03:00", Precision.MINUTE, False),
        ("14:03: pager fires", "14:03:00", Precision.MINUTE, False),
        ("14:03 | pager fires", "14:03:00", Precision.MINUTE, False),
        ("[2:03 PM] pager fires", "14:03:00", Precision.MINUTE, False),
        ("12:15am pager fires", "00:15:00", Precision.MINUTE, False),
        ("2pm pager fires", "14:00:00", Precision.HOUR, False),
        ("14h pager fires", "14:00:00", Precision.HOUR, False),
        ("14h05 pager fires", "14:05:00", Precision.MINUTE, False),
        ("2.15pm pager fires", "14:15:00", Precision.MINUTE, False),
        ("2.15 p.m. pager fires", "14:15:00", Precision.MINUTE, False),
        ("~2.15pm pager fires", "14:15:00", Precision.MINUTE, True),
        ("14.15 pager fires", "14:15:00", Precision.MINUTE, False),
        ("14.15: pager fires", "14:15:00", Precision.MINUTE, False),
        ("around 14.15 pager fires", "14:15:00", Precision.MINUTE, True),
        ("at 14:15 pager fires", "14:15:00", Precision.MINUTE, False),
        ("at about 2pm pager fires", "14:00:00", Precision.HOUR, True),
        ("just after 14:15 pager fires", "14:15:00", Precision.MINUTE, True),
        ("noon pager fires", "12:00:00", Precision.MINUTE, False),
        ("Noon: pager fires", "12:00:00", Precision.MINUTE, False),
        ("12 noon pager fires", "12:00:00", Precision.MINUTE, False),
        ("around noon pager fires", "12:00:00", Precision.MINUTE, True),
        ("noon-ish pager fires", "12:00:00", Precision.MINUTE, True),
        ("midnight pager fires", "00:00:00", Precision.MINUTE, False),
        ("2:15 in the afternoon pager fires", "14:15:00", Precision.MINUTE, False),
        ("11 at night pager fires", "23:00:00", Precision.HOUR, False),
        ("3 in the morning pager fires", "03:00:00", Precision.HOUR, False),
        ("half past two pm pager fires", "14:30:00", Precision.MINUTE, False),
        ("half past 14 pager fires", "14:30:00", Precision.MINUTE, False),
        ("quarter to three in the afternoon pager fires", "14:45:00", Precision.MINUTE, False),
        ("quarter to one pm pager fires", "12:45:00", Precision.MINUTE, False),
        ("ten past two pm pager fires", "14:10:00", Precision.MINUTE, False),
        ("2 o'clock pm pager fires", "14:00:00", Precision.HOUR, False),
        ("١٤:٠٣ pager fires", "14:03:00", Precision.MINUTE, False),
        ("１４：０３ pager fires", "14:03:00", Precision.MINUTE, False),
    ],
)
def test_a_clock_time_is_read_on_the_day(
    typed: str, clock: str, precision: Precision, approximate: bool
) -> None:
    line = read(typed)
    assert line.at is not None
    assert line.at.isoformat() == f"2026-11-20T{clock}+00:00"
    assert (line.precision, line.approximate, line.text) == (precision, approximate, "pager fires")
    assert line.said == ""


@pytest.mark.parametrize(
    "typed",
    [
        "14.15 GB were free",
        "14.15% of requests fail",
        "12.04 LTS is rolled out",
        "10.15.2 is released",
        "14.15ms is the median",
        "9.15 pager fires",
        "10 to 15 users are locked out",
        "five to ten users are locked out",
        "ten past failures are alike",
        "half to two thirds of the pods restart",
        "noon's batch is late",
        "midnightly jobs pile up",
        "at the gateway requests pile up",
        "around the world sites are down",
        "just after the deploy errors rise",
    ],
)
def test_what_only_looks_like_a_time_stays_in_the_words(typed: str) -> None:
    line = read(typed)
    assert (line.at, line.said, line.text) == (None, "", typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("half past two lag grows", "can be 02:30 or 14:30"),
        ("quarter to one lag grows", "can be 00:45 or 12:45"),
        ("twelve o'clock lag grows", "can be 00:00 or 12:00"),
        ("9.15 lag grows", "write 09:15 if it is a time"),
        ("25:99 lag grows", "no time of day"),
    ],
)
def test_a_time_that_cannot_be_read_is_spoken_of(typed: str, words: str) -> None:
    assert words in read(typed).remark


def test_a_span_may_be_written_with_dots() -> None:
    line = read("14.15-14.30 lag grows")
    assert line.at is not None
    assert line.at.isoformat() == "2026-11-20T14:15:00+00:00"
    assert line.text == "lag grows (until 14:30)"


def test_midnight_after_a_late_event_is_the_next_day() -> None:
    line = read("midnight the job starts", previous=datetime(2026, 11, 20, 23, 50, tzinfo=UTC))
    assert line.at is not None
    assert line.at.isoformat() == "2026-11-21T00:00:00+00:00"
    assert "after midnight" in line.remark


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14:?? lag grows", "14:??"),
        ("??:?? lag grows", "??:??"),
        ("14:2? lag grows", "14:2?"),
        ("~14:?? lag grows", "~14:??"),
        ("23:00 or so local time lag grows", "23:00 or so local time"),
        ("25:61 lag grows", "25:61"),
        ("2026-02-30 14:00 lag grows", "2026-02-30 14:00"),
        ("05/06/2026 14:00 lag grows", "05/06/2026 14:00"),
        ("14:03 BST lag grows", "14:03 BST"),
        ("two weeks before: lag grows", "two weeks before"),
        ("afterwards: lag grows", "afterwards"),
        ("the next morning - lag grows", "the next morning"),
        ('~"when the shop opened" lag grows', "when the shop opened"),
        ("+12m lag grows", "+12m"),
        ("25:99 lag grows", "25:99"),
        ("half past two lag grows", "half past two"),
        ("around half past two lag grows", "around half past two"),
        ("quarter to one: lag grows", "quarter to one"),
        ("two o'clock lag grows", "two o'clock"),
    ],
)
def test_what_names_no_instant_is_kept_as_words(typed: str, said: str) -> None:
    line = read(typed)
    assert line.at is None
    assert line.precision is Precision.UNKNOWN
    assert (line.said, line.text) == (said, "lag grows")
    start, end = line.time_span
    assert said in typed[start:end]


@pytest.mark.parametrize(
    "typed",
    [
        "lag grows",
        "10:1 odds",
        "3 of 5 nodes are gone",
        "12:34:56:78::1 is unreachable",
        "+5 nodes are added",
        "~40% of requests fail",
        "2 minutes of silence",
        "May was quiet until then",
        "later we saw more",
        "#4512 is merged",
        "",
        "   ",
    ],
)
def test_a_line_without_a_time_is_all_text(typed: str) -> None:
    line = read(typed)
    assert (line.at, line.said, line.text) == (None, "", typed.strip())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("yesterday 23:58 x", "2026-11-19T23:58:00+00:00"),
        ("2026-11-20 14:03Z x", "2026-11-20T14:03:00+00:00"),
        ("2017-10-27T14:10:00+01:00 x", "2017-10-27T14:10:00+01:00"),
        ("2017-10-27T14:10:00.250+01:00 x", "2017-10-27T14:10:00.250000+01:00"),
        ("2017-10-27 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("2017/10/27, 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("27.10.2017 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("27/10/2017 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("10/27/2017 2:10 pm x", "2017-10-27T14:10:00+01:00"),
        ("27 October 2017 at 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("Oct 27, 2017 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("Fri 27 Oct 2017 14:10 x", "2017-10-27T14:10:00+01:00"),
        ("18 nov 14:10 x", "2026-11-18T14:10:00+00:00"),
        ("31 dec 23:59 x", "2025-12-31T23:59:00+00:00"),
        ("wed 14:10 x", "2026-11-18T14:10:00+00:00"),
        ("14:03 CET x", "2026-11-20T14:03:00+01:00"),
        ("14:03 UTC x", "2026-11-20T14:03:00+00:00"),
        ("14:03-05:00 x", "2026-11-20T14:03:00-05:00"),
        ("14:03 (UTC) x", "2026-11-20T14:03:00+00:00"),
        ("24:00 x", "2026-11-21T00:00:00+00:00"),
    ],
)
def test_days_and_offsets_are_read(typed: str, expected: str) -> None:
    line = read(typed)
    assert line.at is not None
    assert line.at.isoformat() == expected
    assert line.text == "x"


def test_the_zones_own_abbreviation_is_known_on_its_days() -> None:
    assert read("14:03 BST x", day=date(2026, 7, 1)).at == datetime(2026, 7, 1, 13, 3, tzinfo=UTC)


def test_a_day_alone_is_known_to_the_day() -> None:
    line = read("2017-10-27 etcd is upgraded")
    assert line.at is not None
    assert line.at.isoformat() == "2017-10-27T00:00:00+01:00"
    assert (line.precision, line.text) == (Precision.DAY, "etcd is upgraded")


def test_machine_written_zero_seconds_claim_no_second() -> None:
    assert read("2026-11-20T14:03:00Z x").precision is Precision.MINUTE
    assert read("2026-11-20T14:03:20Z x").precision is Precision.SECOND


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("+12m", 12), ("+12 min", 12), ("+1h", 60), ("+1h30", 90), ("+1h 5m", 65), ("-5m", -5), ("~+12m", 12)],
)
def test_a_step_counts_from_the_event_before(typed: str, minutes: int) -> None:
    line = read(f"{typed} x", previous=PREVIOUS)
    assert line.at == PREVIOUS + timedelta(minutes=minutes)
    assert line.text == "x"
    assert line.approximate is typed.startswith("~")


def test_a_step_without_an_event_before_says_why_it_is_words() -> None:
    assert "event before" in read("+12m x").remark


def test_a_range_keeps_its_end_in_the_text() -> None:
    line = read("14:03-14:10 errors")
    assert line.at == PREVIOUS
    assert line.text == "errors (until 14:10)"


def test_a_time_just_after_midnight_rolls_to_the_next_day_and_says_so() -> None:
    previous = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
    line = read("00:10 x", previous=previous)
    assert line.at == datetime(2026, 11, 21, 0, 10, tzinfo=UTC)
    assert "21 November 2026" in line.remark


def test_an_event_added_late_stays_on_its_day() -> None:
    assert read("09:00 x", previous=PREVIOUS).at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert read("09:00 x", previous=PREVIOUS).remark == ""


def test_after_midnight_the_day_goes_on_and_back_before_it() -> None:
    previous = datetime(2026, 11, 21, 0, 36, tzinfo=UTC)
    assert read("00:55 x", previous=previous).at == datetime(2026, 11, 21, 0, 55, tzinfo=UTC)
    assert read("17:00 x", previous=previous).at == datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
    assert read("23:50 x", previous=previous).at == datetime(2026, 11, 20, 23, 50, tzinfo=UTC)


def test_an_event_of_weeks_before_does_not_move_the_day() -> None:
    previous = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert read("14:03 x", previous=previous).at == PREVIOUS


def test_a_time_that_came_twice_says_which_is_taken() -> None:
    line = read("2026-10-25 01:30 x")
    assert line.at is not None
    assert line.at.isoformat() == "2026-10-25T01:30:00+01:00"
    assert "first" in line.remark
    assert "2026-10-25 01:30+00:00" in line.remark


def test_a_time_that_came_twice_follows_the_event_before() -> None:
    previous = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    line = read("01:30 x", day=date(2026, 10, 25), previous=previous)
    assert line.at is not None
    assert line.at.isoformat() == "2026-10-25T01:30:00+00:00"
    assert "second" in line.remark


def test_a_time_that_never_came_is_read_as_if_clocks_had_not_moved() -> None:
    line = read("2026-03-29 01:30 x")
    assert line.at is not None
    assert line.at.isoformat() == "2026-03-29T02:30:00+01:00"
    assert "did not exist" in line.remark
    assert "02:30" in line.remark


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("14:03 pager fires #detected", EventKind.DETECTED, "pager fires"),
        ("14:03 #detected pager fires", EventKind.DETECTED, "pager fires"),
        ("14:03 wrong window #oh_no", EventKind.OH_NO, "wrong window"),
        ("14:03 wrong window #oh-no", EventKind.OH_NO, "wrong window"),
        ("14:03 wrong window #OhNo", EventKind.OH_NO, "wrong window"),
        ("#context it is Friday", EventKind.CONTEXT, "it is Friday"),
        ("14:03 #ack", EventKind.ACKNOWLEDGED, ""),
    ],
)
def test_a_tag_sets_the_kind(typed: str, kind: EventKind, text: str) -> None:
    line = read(typed)
    assert (line.kind, line.kind_guessed, line.text) == (kind, False, text)
    start, end = line.kind_span
    assert typed[start:end].startswith("#")


def test_a_tag_in_the_middle_or_of_another_meaning_stays_text() -> None:
    assert read("14:03 see #change for more of it").text == "see #change for more of it"
    assert read("14:03 opened #incident-42").text == "opened #incident-42"
    assert read("14:03 #change posted in #action").text == "posted in #action"


def test_a_hypothesis_may_say_what_became_of_it() -> None:
    line = read("14:03 cache stampede #disproved")
    assert (line.kind, line.state) == (EventKind.HYPOTHESIS, HypothesisState.DISPROVED)
    assert read("14:03 #hypothesis:open cache stampede").state is HypothesisState.OPEN
    assert read("14:03 #change:open cache stampede").kind is not EventKind.CHANGE


def test_without_a_tag_the_kind_is_guessed_and_said_to_be() -> None:
    line = read("14:03 pager fires")
    assert (line.kind, line.kind_guessed) == (EventKind.ALERTED, True)
    assert read("14:03 tea").kind is None
    assert read("14:03 tea").kind_guessed is False


def test_the_time_span_is_what_was_typed() -> None:
    typed = "  ~14:05-ish  checkout is slow"
    start, end = read(typed).time_span
    assert typed[start:end] == "~14:05-ish"
    assert read("no time").time_span == (0, 0)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("~2017-01-31T17:20:00+00:00", "2017-01-31T17:20:00+00:00"),
        ("2017-01-31 23:00-ish", "2017-01-31T23:00:00+00:00"),
        ("14:03", "2026-11-20T14:03:00+00:00"),
        ("two weeks before", None),
        ("14:03 on the second day", None),
        ("afterwards", None),
        ("", None),
    ],
)
def test_a_cell_is_a_time_or_words(cell: str, expected: str | None) -> None:
    found = read_event_time(cell, day=DAY, zone=LONDON)
    assert (found.at.isoformat() if found.at else None) == expected
    assert found.said == ("" if expected else cell)


@pytest.mark.parametrize(
    ("typed", "kind", "state", "text"),
    [
        ("14:03 hypothesis: cache stampede", EventKind.HYPOTHESIS, "", "cache stampede"),
        ("14:03 Hypothesis: cache stampede #disproved", EventKind.HYPOTHESIS, "disproved", "cache stampede"),
        ("oh no: the other host", EventKind.OH_NO, "", "the other host"),
        ("14:03 change: roll back #decision", EventKind.DECISION, "", "change: roll back"),
        ("14:03 #hypothesis hypothesis: kept", EventKind.HYPOTHESIS, "", "hypothesis: kept"),
        ("14:03 #context impact: none", EventKind.CONTEXT, "", "impact: none"),
        ("14:03 #observation hypothesis:", EventKind.OBSERVATION, "", "hypothesis:"),
    ],
)
def test_a_kind_in_front_of_a_colon_is_not_said_twice(
    typed: str, kind: EventKind, state: str, text: str
) -> None:
    line = read_event_line(typed, day=DAY, zone=LONDON)
    assert (line.kind, line.kind_guessed, line.state.value, line.text) == (kind, False, state, text)


_PIECES = st.sampled_from(
    [
        "14:03", "~", "??:??", "14:??", "+12m", "-1h", "yesterday ", "2026-11-20", "0000-00-00",
        "9999-12-31",

        "0001-01-01", "T", "Z", "+01:00", "-23:59", " ", "\n", "31 feb ", "frı ", "1 ſep 2026 ", "12/12/12",
        "#oh-no", "#", "local time", "or so", "99:99", '~"', '"', "\\", "[", "]", "24:00", "am", "CET", "|",
        "a couple of days before:", "٣", "²", "\x00", "\u202e", "\ud800", "-", ":", "+99999h", "ish",
        "1" * 30,
    ]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(
    typed=st.one_of(st.lists(_PIECES, max_size=8).map("".join), st.text(max_size=60)),
    day=st.sampled_from([date.min, date(2026, 3, 29), date(2026, 10, 25), DAY, date.max]),
    zone=st.sampled_from(["UTC", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"]),
    previous=st.sampled_from(
        [None, PREVIOUS, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    ),
)
@example(typed="yeſterday 12:00", day=DAY, zone="UTC", previous=None)
@example(typed="x #hypothesis:dıſproved", day=DAY, zone="UTC", previous=None)
def test_no_text_is_too_odd(typed: str, day: date, zone: str, previous: datetime | None) -> None:
    line = read_event_line(typed, day=day, zone=ZoneInfo(zone), previous=previous)
    for start, end in (line.time_span, line.kind_span):
        assert 0 <= start <= end <= len(typed)
    if line.at is not None:
        assert line.at.utcoffset() is not None
        assert line.said == ""
        assert line.precision is not Precision.UNKNOWN
    else:
        assert line.precision is Precision.UNKNOWN
    assert line.text == line.text.strip()
