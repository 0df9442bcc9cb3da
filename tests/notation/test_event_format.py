"""Events written back as lines, and as times on the screen."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrotui.notation import event_as_line, format_event_time, read_event_line
from retrotui.retro import Event, EventKind, HypothesisState, Precision

LONDON = ZoneInfo("Europe/London")
DAY = date(2017, 10, 27)
AT = datetime(2017, 10, 27, 13, 10, 20, tzinfo=UTC)
YEARS = (datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2100-01-01"))
NIGHTS = (datetime.fromisoformat("2017-10-28"), datetime.fromisoformat("2017-10-30"))
"""Around the hour that comes twice in London."""


def event(**fields: object) -> Event:
    return Event.model_validate({"id": "e1", "text": "x", **fields})


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"at": AT}, "14:10"),
        ({"at": AT, "approximate": True}, "~14:10"),
        ({"at": AT, "precision": "second"}, "14:10:20"),
        ({"at": AT, "precision": "hour"}, "14h"),
        ({"at": AT, "precision": "day"}, "27 Oct"),
        ({"at": AT + timedelta(hours=12)}, "28 Oct 02:10"),
        ({"at": AT - timedelta(days=365)}, "27 Oct 2016 14:10"),
        ({"said": "14:??"}, "14:??"),
        ({"said": "two weeks before"}, "two weeks before"),
        ({}, ""),
    ],
)
def test_a_time_is_shown_in_the_display_zone(fields: dict[str, object], shown: str) -> None:
    assert format_event_time(event(**fields), LONDON, day=DAY) == shown


def test_without_a_day_only_the_clock_is_shown() -> None:
    assert format_event_time(event(at=AT + timedelta(hours=12)), LONDON) == "02:10"
    assert format_event_time(event(at=AT, precision="day"), LONDON) == "27 Oct 2017"


def test_a_line_for_editing_is_as_short_as_it_may_be() -> None:
    minute = AT.replace(second=0)
    assert event_as_line(event(at=minute, kind="alerted"), LONDON, DAY) == "14:10 #alerted x"
    assert event_as_line(event(at=minute, kind="context"), LONDON, date(2017, 10, 30)) == (
        "2017-10-27 14:10 #context x"
    )
    assert event_as_line(event(said="14:??", kind="saw"), LONDON, DAY) == "14:?? #saw x"
    assert event_as_line(event(said="two weeks before", kind="change"), LONDON, DAY) == (
        "two weeks before: #change x"
    )
    assert event_as_line(event(kind="hypothesis", state="disproved"), LONDON, DAY) == (
        "#hypothesis:disproved x"
    )


@pytest.mark.parametrize("said", ["half past two", "noon", "2.15pm", "14.15", "at 14:15", "two o'clock"])
def test_words_that_read_as_a_time_now_come_back_as_words(said: str) -> None:
    line = event_as_line(event(said=said, kind="saw"), LONDON, DAY)
    read = read_event_line(line, day=DAY, zone=LONDON)
    assert (read.at, read.said, read.text) == (None, said, "x")


@pytest.mark.parametrize("text", ["noon is when it started", "14.15 was shown", "half past two", "at 14:15"])
def test_words_that_begin_like_a_time_stay_words_when_they_are_edited(text: str) -> None:
    line = event_as_line(event(text=text, kind="saw"), LONDON, DAY)
    read = read_event_line(line, day=DAY, zone=LONDON)
    assert (read.at, read.said, read.text) == (None, "", text)


def test_the_second_of_two_equal_clock_times_reads_back() -> None:
    second = datetime(2017, 10, 29, 1, 30, tzinfo=UTC)
    line = event_as_line(event(at=second), LONDON, date(2017, 10, 29))
    assert read_event_line(line, day=date(2017, 10, 29), zone=LONDON).at == second


_ZONES = st.sampled_from(
    ["UTC", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu"]
)
_WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["14:03 x", "- y", "#alerted", "a #change", '~"q" z', "(until 14:10)", ": x", "+1h", "\\", "a\nb"]
    ),
).map(lambda words: words.strip())
_SAID = st.one_of(
    st.text(min_size=1, max_size=20), st.sampled_from(["14:??", "??:??", "afterwards", 'a "b" \\ c', "+12m"])
)


@settings(max_examples=500, deadline=None)
@given(
    at=st.one_of(
        st.none(),
        st.datetimes(YEARS[0], YEARS[1]),
        st.datetimes(NIGHTS[0], NIGHTS[1]),
    ),
    offset=st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
    precision=st.sampled_from([Precision.SECOND, Precision.MINUTE]),
    approximate=st.booleans(),
    said=st.one_of(st.just(""), _SAID),
    kind=st.sampled_from(list(EventKind)),
    text=_WORDS,
    zone=_ZONES,
    day=st.dates(date(2017, 10, 27), date(2017, 10, 30)),
)
@example(
    at=None, offset=UTC, precision=Precision.MINUTE, approximate=False, said="", kind=EventKind.SAW,
    text="14:03 x", zone="UTC", day=DAY,
)  # fmt: skip
def test_a_line_for_editing_reads_back_to_the_same_value(
    at: datetime | None,
    offset: timezone,
    precision: Precision,
    approximate: bool,
    said: str,
    kind: EventKind,
    text: str,
    zone: str,
    day: date,
) -> None:
    moment = None
    if at is not None:
        moment = at.replace(tzinfo=offset)
        if precision is Precision.MINUTE:
            moment = moment.replace(second=0, microsecond=0)
    state = HypothesisState.OPEN if kind is EventKind.HYPOTHESIS else HypothesisState.NONE
    original = Event(
        id="e1",
        at=moment,
        precision=precision,
        approximate=approximate and moment is not None,
        said="" if moment else said,
        kind=kind,
        state=state,
        text=text,
    )
    line = event_as_line(original, ZoneInfo(zone), day)
    back = read_event_line(line, day=day, zone=ZoneInfo(zone))
    assert back.at == original.at
    assert back.said == original.said
    assert (back.kind, back.state, back.text) == (kind, state, text)
    if moment:
        assert (back.precision, back.approximate) == (precision, original.approximate)


@settings(max_examples=100, deadline=None)
@given(hour=st.integers(0, 23), day=st.dates(date(2017, 1, 1), date(2018, 12, 31)), zone=_ZONES)
def test_hours_and_days_read_back(hour: int, day: date, zone: str) -> None:
    for typed in (f"{day.isoformat()} {hour}h x", f"{day.isoformat()} x"):
        first = read_event_line(typed, day=DAY, zone=ZoneInfo(zone))
        original = Event(id="e1", at=first.at, precision=first.precision, text="x")
        back = read_event_line(event_as_line(original, ZoneInfo(zone), DAY), day=DAY, zone=ZoneInfo(zone))
        assert back.at == first.at
        if "exist" not in first.remark:
            assert back.precision is first.precision
