"""A crash between a heartbeat and the next: the file may be a second ahead of it, or a stage."""

from retrotui.facilitation import Heartbeat
from tests.facilitation.helpers import Clocks, a_session


def test_a_file_saved_after_the_last_heartbeat_counts_and_the_clock_goes_on() -> None:
    clocks = Clocks()
    session = a_session(clocks)
    session.start()
    clocks.run(10.9)
    beat = session.heartbeat()
    clocks.run(0.4)
    saved = session.retro
    again = a_session(clocks, saved, resumed=Heartbeat.from_dict(beat.as_dict()))
    assert again.was_running
    assert abs(again.clock.elapsed_s - 11.3) <= 1.0


def test_a_stage_begun_after_the_last_heartbeat_is_the_one_that_goes_on() -> None:
    clocks = Clocks()
    session = a_session(clocks)
    session.start()
    clocks.run(10.5)
    beat = session.heartbeat()
    clocks.run(0.2)
    saved = session.go_to("timeline")
    again = a_session(clocks, saved, resumed=Heartbeat.from_dict(beat.as_dict()))
    assert (again.retro.agenda.current, again.was_running) == ("timeline", True)


def test_a_heartbeat_of_long_before_the_file_is_left_aside() -> None:
    clocks = Clocks()
    session = a_session(clocks)
    session.start()
    clocks.run(10.0)
    beat = session.heartbeat()
    clocks.run(60.0)
    again = a_session(clocks, session.retro, resumed=Heartbeat.from_dict(beat.as_dict()))
    assert not again.was_running
    assert again.clock.elapsed_s == 70
