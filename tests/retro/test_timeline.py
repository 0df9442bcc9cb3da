"""Events in order, and the figures computed from them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.retro import Event, EventKind
from retrotui.retro.timeline import clock_face, figures, in_order, phases, place_for, remarks

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def event(
    number: int, minutes: int | None, kind: EventKind = EventKind.OBSERVATION, about: bool = False
) -> Event:
    at = None if minutes is None else START + timedelta(minutes=minutes)
    return Event(id=f"e{number}", at=at, kind=kind, approximate=about)


def incident(**minutes: int) -> tuple[Event, ...]:
    return tuple(event(n, m, EventKind(kind)) for n, (kind, m) in enumerate(minutes.items(), start=1))


def shown(events: tuple[Event, ...]) -> dict[str, str]:
    return {figure.name: str(figure) for figure in figures(events)}


def test_figures_are_differences_between_milestones() -> None:
    events = incident(
        change=0, impact_start=2, alerted=5, detected=7, acknowledged=9, oh_no=12, mitigated=40, resolved=65
    )
    assert shown(events) == {"TTD": "0:05", "TTA": "0:04", "TTM": "0:38", "TTR": "1:03", "oh-no gap": "0:12"}


def test_time_to_acknowledge_counts_from_detection_when_nothing_alerted() -> None:
    assert shown(incident(detected=7, acknowledged=9))["TTA"] == "0:02"
    assert figures(incident(detected=7, acknowledged=9))[1].formula == "first acknowledged - first detected"


def test_the_oh_no_gap_counts_from_the_impact_when_no_change_came_before_it() -> None:
    assert shown(incident(impact_start=2, oh_no=12, change=30))["oh-no gap"] == "0:10"


def test_a_missing_milestone_gives_a_dash_and_is_named() -> None:
    ttd = figures(incident(detected=7))[0]
    assert str(ttd) == "–"
    assert "impact start" in ttd.remark


def test_a_negative_figure_is_shown_and_remarked_on() -> None:
    events = incident(impact_start=9, detected=4)
    assert shown(events)["TTD"] == "-0:05"
    assert any("TTD" in remark and "check" in remark for remark in remarks(events))


def test_an_alert_before_the_impact_is_remarked_on() -> None:
    assert any("precursor" in remark for remark in remarks(incident(alerted=1, impact_start=4)))


def test_a_figure_is_approximate_when_one_end_is() -> None:
    events = (event(1, 0, EventKind.IMPACT_START, about=True), event(2, 5, EventKind.DETECTED))
    assert shown(events)["TTD"] == "~0:05"


def test_it_is_resolved_only_when_the_last_resolution_is() -> None:
    events = (
        event(1, 0, EventKind.IMPACT_START),
        event(2, 10, EventKind.RESOLVED),
        event(3, 50, EventKind.RESOLVED),
        event(4, 5, EventKind.DETECTED),
        event(5, 30, EventKind.DETECTED),
    )
    assert shown(events)["TTR"] == "0:50"
    assert shown(events)["TTD"] == "0:05"


def test_offsets_do_not_matter_to_a_figure() -> None:
    impact = Event(
        id="e1", at=datetime.fromisoformat("2026-11-20T15:00:00+01:00"), kind=EventKind.IMPACT_START
    )
    detected = Event(id="e2", at=datetime.fromisoformat("2026-11-20T14:05:00+00:00"), kind=EventKind.DETECTED)
    assert shown((impact, detected))["TTD"] == "0:05"


def test_spans_read_as_hours_and_minutes_with_seconds_only_if_there_are_any() -> None:
    assert clock_face(timedelta(hours=17, minutes=35)) == "17:35"
    assert clock_face(timedelta(seconds=42)) == "0:00:42"
    assert clock_face(timedelta(minutes=-2, seconds=-5)) == "-0:02:05"
    assert clock_face(timedelta(days=2)) == "48:00"


def test_an_event_without_a_time_stays_with_the_one_it_follows() -> None:
    events = (event(1, None), event(2, 30), event(3, None), event(4, 10))
    assert [item.id for item in in_order(events)] == ["e1", "e4", "e2", "e3"]


def test_equal_times_keep_their_order() -> None:
    assert [item.id for item in in_order((event(1, 5), event(2, 5), event(3, 5)))] == ["e1", "e2", "e3"]


def test_a_new_event_goes_behind_everything_earlier_or_equal() -> None:
    events = (event(1, None), event(2, 10), event(3, None), event(4, 20))
    assert place_for(events, START + timedelta(minutes=10)) == 3
    assert place_for(events, START + timedelta(minutes=5)) == 1
    assert place_for(events, START + timedelta(minutes=25)) == 4


def test_phases_leave_out_what_is_unknown_or_out_of_order() -> None:
    whole = phases(incident(impact_start=0, detected=5, mitigated=20, resolved=60))
    assert [phase.name for phase in whole] == ["impact", "detected", "mitigated"]
    assert [phase.name for phase in phases(incident(impact_start=10, detected=5, resolved=60))] == ["impact"]
    assert phases(()) == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=20), st.integers(0, 20))
def test_the_place_for_an_event_keeps_the_order_of_time(minutes: list[int | None], new: int) -> None:
    events = in_order(event(n, m) for n, m in enumerate(minutes, start=1))
    place = place_for(events, START + timedelta(minutes=new))
    fresh = (*events[:place], event(99, new), *events[place:])
    assert in_order(fresh) == fresh


def test_a_formula_says_which_of_several_events_counts() -> None:
    formulas = {figure.name: figure.formula for figure in figures(())}
    assert formulas["TTD"] == "first detected - first impact_start"
    assert formulas["TTR"] == "last resolved - first impact_start"
