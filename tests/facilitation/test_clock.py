"""The stage clock as a value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.facilitation import ClockState, StageClock
from retrotui.facilitation.clock import awake_seconds, thresholds


def state_after(seconds: float, planned_s: int) -> ClockState:
    return StageClock(planned_s).start(0).state(seconds)


def test_a_clock_turns_amber_at_two_minutes_and_red_at_thirty_seconds() -> None:
    assert state_after(1_200 - 121, 1_200) is ClockState.CALM
    assert state_after(1_200 - 120, 1_200) is ClockState.AMBER
    assert state_after(1_200 - 30, 1_200) is ClockState.RED
    assert state_after(1_200, 1_200) is ClockState.OVER


def test_the_thresholds_of_short_stages_scale_down() -> None:
    assert thresholds(600) == (120, 30)
    assert thresholds(120) == (24, 6)
    assert state_after(0, 60) is ClockState.CALM
    assert state_after(50, 60) is ClockState.AMBER


def test_starting_twice_and_pausing_twice_does_no_harm() -> None:
    clock = StageClock(60).start(0).start(10).pause(20).pause(30)
    assert clock.elapsed(99) == 20


def test_extending_gives_time_back_to_the_colours_too() -> None:
    clock = StageClock(600).start(0)
    assert clock.state(595) is ClockState.RED
    assert clock.extend(300).state(595) is ClockState.CALM


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 7_200),
    st.lists(
        st.tuples(st.sampled_from(("start", "pause", "extend")), st.floats(0, 5_000), st.integers(-600, 600)),
        max_size=40,
    ),
)
def test_remaining_is_always_planned_and_extended_less_elapsed(
    planned: int, history: list[tuple[str, float, int]]
) -> None:
    clock, at, extended, ran, elapsed = StageClock(planned), 0.0, 0, 0.0, 0.0
    for what, passed, seconds in history:
        at += passed
        ran += passed if clock.running_since is not None else 0.0
        if what == "extend":
            clock = clock.extend(seconds)
            extended += seconds
        else:
            clock = clock.start(at) if what == "start" else clock.pause(at)
        reading = clock.reading(at)
        assert reading.remaining_s == planned + extended - reading.elapsed_s
        assert reading.elapsed_s == pytest.approx(ran, abs=1e-6)
        assert reading.elapsed_s >= elapsed - 1e-9
        elapsed = reading.elapsed_s


def test_the_machine_clock_does_not_go_back() -> None:
    readings = [awake_seconds() for _ in range(100)]
    assert readings == sorted(readings)
