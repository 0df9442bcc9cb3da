"""A retro being run: changes, undo, listeners, and the clock of each stage."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from retrotui.facilitation import ClockState, Heartbeat
from retrotui.facilitation.heartbeat import EVERY_S
from retrotui.facilitation.session import Session
from retrotui.retro import Action, Card, ChangeRefused, Event, Factor, Retro
from retrotui.retro.changes import (
    Add,
    Batch,
    Change,
    Delete,
    ExtendStage,
    GoToStage,
    SkipStage,
    TakeTopic,
    edit,
    edit_info,
)
from tests.facilitation.helpers import START, Clocks, a_retro, a_session


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def session(clocks: Clocks) -> Session:
    return a_session(clocks)


def seconds(session: Session, stage_id: str) -> int:
    stage = session.retro.agenda.stage(stage_id)
    assert stage is not None
    return stage.elapsed_s


# The clock


def test_nothing_runs_before_the_meeting_has_started(session: Session, clocks: Clocks) -> None:
    clocks.run(60)
    session.resume()
    assert session.clock.state is ClockState.IDLE
    assert not session.running


def test_starting_goes_to_the_first_stage_and_its_clock_runs(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(10.5)
    assert session.retro.agenda.current == "opening"
    assert session.clock.elapsed_s == 10.5
    assert session.clock.remaining_s == 240 - 10.5


def test_a_paused_clock_does_not_run_down(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(10)
    session.pause()
    clocks.run(600)
    assert session.clock.elapsed_s == 10 and not session.clock.running
    session.resume()
    clocks.run(5)
    assert session.clock.elapsed_s == 15


def test_at_zero_nothing_stops(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(240 + 42)
    assert session.retro.agenda.current == "opening"
    assert session.clock.state is ClockState.OVER and session.clock.running
    assert session.clock.remaining_s == -42
    session.do(Add(Event(id=session.new_id("e"), text="still writing")))


def test_a_suspended_computer_and_a_changed_wall_clock_take_no_time(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(30)
    clocks.sleep(3_600)
    clocks.set_wall(-7_200)
    assert session.clock.elapsed_s == 30
    assert session.meeting.over_s == 0


def test_a_monotonic_clock_that_steps_back_takes_nothing_away(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(30)
    assert session.clock.elapsed_s == 30
    clocks.awake -= 20
    assert session.clock.elapsed_s == 30


def test_a_stage_starts_by_itself_even_after_a_pause(session: Session, clocks: Clocks) -> None:
    session.start()
    session.pause()
    session.next_stage()
    clocks.run(7)
    assert session.running and session.clock.elapsed_s == 7


def test_going_back_continues_a_stage_where_its_clock_stood(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(100)
    session.next_stage()
    clocks.run(50)
    session.previous_stage()
    clocks.run(1)
    assert (seconds(session, "opening"), seconds(session, "timeline")) == (101, 50)
    assert session.clock.elapsed_s == 101


def test_fractions_of_seconds_are_not_lost_between_stages(session: Session, clocks: Clocks) -> None:
    session.start()
    for _ in range(10):
        clocks.run(0.9)
        session.go_to("timeline")
        clocks.run(0.1)
        session.go_to("opening")
    assert session.clock.elapsed_s == pytest.approx(9.0)


def test_the_value_has_the_whole_seconds_elapsed(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(59.99)
    value = session.retro
    assert seconds(session, "opening") == 59
    assert session.retro is value


def test_more_and_less_time_can_be_given(session: Session, clocks: Clocks) -> None:
    session.start()
    session.extend(300)
    session.extend(-60)
    assert session.clock.remaining_s == 240 + 240
    assert session.clock.extended_s == 240
    with pytest.raises(ChangeRefused, match="less than no time"):
        session.extend(-3_600)


def test_the_room_may_stay_for_two_minutes_and_then_for_one(session: Session) -> None:
    session.start()
    for extended in (120, 180, 240):
        session.ask_room(stay=True)
        assert session.clock.extended_s == extended
    stage = session.retro.agenda.now
    assert stage is not None and stage.stays == 3
    session.ask_room(stay=False)
    assert session.retro.agenda.current == "timeline"


def test_skipped_stages_are_passed_over_both_ways(session: Session) -> None:
    session.do(SkipStage("timeline"))
    session.start()
    session.next_stage()
    assert session.retro.agenda.current == "went_well"
    session.previous_stage()
    assert session.retro.agenda.current == "opening"
    with pytest.raises(ChangeRefused, match="first stage"):
        session.previous_stage()
    session.go_to("close")
    with pytest.raises(ChangeRefused, match="last stage"):
        session.next_stage()


def test_a_topic_has_five_minutes_then_two_then_one(session: Session, clocks: Clocks) -> None:
    session.do(Add(Factor(id="f1", text="the alert averages")))
    session.go_to("causes")
    session.take_topic("f1")
    clocks.run(301)
    topic = session.topic_clock
    assert topic is not None and topic.state is ClockState.OVER and topic.planned_s == 300
    for allotted in (420, 480, 540):
        session.extend_topic()
        topic = session.topic_clock
        assert topic is not None and topic.planned_s + topic.extended_s == allotted


def test_a_topic_clock_stands_while_another_thing_is_discussed(session: Session, clocks: Clocks) -> None:
    session.do(Batch((Add(Factor(id="f1", text="one")), Add(Factor(id="f2", text="two")))))
    session.go_to("causes")
    session.take_topic("f1")
    clocks.run(100)
    session.take_topic("f2")
    clocks.run(30)
    session.put_topic_down()
    assert session.topic_clock is None
    clocks.run(1_000)
    session.take_topic("f1")
    session.pause()
    clocks.run(50)
    topic = session.topic_clock
    assert topic is not None and topic.elapsed_s == 100
    assert session.clock.elapsed_s == 1_130


def test_a_topic_that_is_deleted_takes_its_clock_along(session: Session) -> None:
    session.do(Add(Factor(id="f1", text="one")))
    session.start()
    session.take_topic("f1")
    session.do(Delete("f1"))
    assert session.topic_clock is None
    with pytest.raises(ChangeRefused, match="no topic"):
        session.extend_topic()
    session.undo()
    assert session.topic_clock is not None


# Changes, undo and redo


def test_undo_and_redo_say_what_they_did(session: Session) -> None:
    session.do(Add(Event(id=session.new_id("e"), text="pager fires")))
    assert session.undo_name == 'add "pager fires"' and session.redo_name is None
    assert session.undo() == 'add "pager fires"'
    assert not session.retro.events and session.redo_name == 'add "pager fires"'
    assert session.redo() == 'add "pager fires"'
    assert [event.text for event in session.retro.events] == ["pager fires"]
    assert session.redo() is None


def test_a_new_change_ends_what_could_be_redone(session: Session) -> None:
    session.do(edit_info(title="one"))
    session.undo()
    session.do(edit_info(title="two"))
    assert session.redo() is None and session.retro.info.title == "two"


def test_undo_of_a_stage_move_moves_the_clock_too(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(20)
    session.next_stage()
    clocks.run(30)
    session.undo()
    clocks.run(5)
    assert session.retro.agenda.current == "opening"
    assert (seconds(session, "opening"), seconds(session, "timeline")) == (25, 30)
    session.redo()
    clocks.run(1)
    assert (seconds(session, "opening"), seconds(session, "timeline")) == (25, 31)


def test_undo_leaves_a_standing_clock_standing(session: Session, clocks: Clocks) -> None:
    session.start()
    session.next_stage()
    session.pause()
    session.undo()
    clocks.run(60)
    assert session.clock.elapsed_s == 0 and not session.running


def test_undoing_the_start_stops_the_clock(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(9)
    session.undo()
    assert session.clock.state is ClockState.IDLE
    clocks.run(9)
    assert seconds(session, "opening") == 9


def test_undo_never_gives_an_id_out_again(session: Session) -> None:
    first = session.new_id("e")
    session.do(Add(Event(id=first)))
    session.undo()
    second = session.new_id("e")
    assert (first, second) == ("e1", "e2")
    session.do(Add(Event(id=second)))
    session.undo()
    assert session.retro.next_id("e") == "e3"


def test_ids_can_be_had_ahead_of_a_batch(session: Session) -> None:
    one, two = session.new_id("e"), session.new_id("e")
    session.do(Batch((Add(Event(id=one)), Add(Event(id=two))), "two events"))
    assert session.undo() == "two events"
    assert session.retro.events == ()


def test_thousands_of_changes_can_be_undone(session: Session) -> None:
    for number in range(2_000):
        session.do(edit_info(title=f"title {number}"))
    while session.undo():
        pass
    assert session.retro.info.title == "Checkout answered 5xx"


def test_a_change_that_changes_nothing_is_no_step(session: Session) -> None:
    session.do(edit_info(title="Checkout answered 5xx"))
    session.do(TakeTopic())
    assert session.revision == 0 and session.undo_name is None


def test_a_refused_change_changes_nothing(session: Session) -> None:
    before = session.retro
    with pytest.raises(ChangeRefused):
        session.do(Delete("e1"))
    assert session.retro is before and session.revision == 0 and session.undo_name is None


def test_the_revision_rises_with_changes_and_not_with_time(session: Session, clocks: Clocks) -> None:
    session.start()
    session.do(edit_info(title="one"))
    session.undo()
    revision = session.revision
    clocks.run(100)
    session.pause()
    assert session.revision == revision == 3


def test_what_was_changed_outside_is_taken_over_and_can_be_undone(session: Session, clocks: Clocks) -> None:
    session.start()
    session.do(Add(Event(id="e1", text="ours")))
    outside = a_retro().model_copy(
        update={
            "events": (Event(id="e7", text="theirs"),),
            "agenda": a_retro().agenda.model_copy(update={"current": "timeline"}),
        }
    )
    clocks.run(12)
    session.replace(outside, "take over the changed file")
    assert [event.id for event in session.retro.events] == ["e7"]
    assert seconds(session, "opening") == 12
    assert session.new_id("e") == "e8"
    assert session.undo() == "take over the changed file"
    assert [event.text for event in session.retro.events] == ["ours"]
    assert session.retro.next_id("e") == "e8"


def test_a_session_to_look_at_changes_nothing_and_says_why(clocks: Clocks) -> None:
    session = a_session(clocks, read_only="somebody else has this retro open")
    for doing in (session.start, session.undo, session.pause, lambda: session.do(edit_info(title="x"))):
        with pytest.raises(ChangeRefused, match="somebody else"):
            doing()
    assert session.clock.state is ClockState.IDLE


def test_a_session_is_changed_on_one_thread_only(session: Session) -> None:
    session.do(edit_info(title="here"))
    failures: list[Exception] = []

    def elsewhere() -> None:
        try:
            session.do(edit_info(title="there"))
        except RuntimeError as error:
            failures.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(failures) == 1 and session.retro.info.title == "here"


# Listeners


def test_listeners_hear_of_every_change_in_order(session: Session) -> None:
    heard: list[tuple[str, str, Change | None]] = []
    stop = session.subscribe(
        lambda before, after, change: heard.append((before.info.title, after.info.title, change))
    )
    change = edit_info(title="one")
    session.do(change)
    session.undo()
    stop()
    stop()
    session.redo()
    assert heard == [
        ("Checkout answered 5xx", "one", change),
        ("one", "Checkout answered 5xx", None),
    ]


def test_a_listener_that_fails_keeps_no_other_from_hearing(session: Session) -> None:
    heard: list[str] = []

    def broken(before: Retro, after: Retro, change: Change | None) -> None:
        raise OSError("the disk is full")

    session.subscribe(broken)
    session.subscribe(lambda before, after, change: heard.append(after.info.title))
    with pytest.raises(OSError, match="disk is full"):
        session.do(edit_info(title="one"))
    assert heard == ["one"] and session.retro.info.title == "one"
    session.subscribe(broken)
    with pytest.raises(ExceptionGroup):
        session.undo()
    assert session.retro.info.title == "Checkout answered 5xx"


def test_a_change_made_by_a_listener_is_told_after_the_one_it_reacts_to(session: Session) -> None:
    heard: list[str] = []

    def eager(before: Retro, after: Retro, change: Change | None) -> None:
        if after.info.severity == "":
            session.do(edit_info(severity="2"))

    session.subscribe(eager)
    session.subscribe(lambda before, after, change: heard.append(f"{after.info.title} {after.info.severity}"))
    session.do(edit_info(title="one"))
    assert heard == ["one ", "one 2"]


# The meeting's clock


def test_the_meeting_ends_when_all_stages_have_had_their_time(session: Session, clocks: Clocks) -> None:
    assert session.meeting.planned_end == START + timedelta(minutes=60)
    session.start()
    clocks.run(100)
    reading = session.meeting
    assert reading.planned_end == reading.projected_end == START + timedelta(minutes=60)
    assert (reading.over_s, reading.saved_s, reading.give_up) == (0, 0, {})


def test_overtime_says_what_each_later_stage_would_have_to_give_up(session: Session, clocks: Clocks) -> None:
    session.go_to("timeline")
    session.go_to("went_well")
    session.go_to("causes")
    clocks.run(15 * 60 + (4 + 20 + 7) * 60 + 140)
    reading = session.meeting
    assert reading.over_s == 140
    assert reading.give_up == {"how_can_we": 110, "close": 30}
    session.give_up_time()
    assert session.meeting.over_s == 0
    assert session.undo() == "share out the time that is missing"
    assert session.meeting.over_s == 140


def test_later_stages_cannot_give_up_more_than_they_have(session: Session, clocks: Clocks) -> None:
    session.start()
    session.go_to("how_can_we")
    clocks.run(2 * 3_600)
    reading = session.meeting
    assert reading.give_up == {"close": 180}
    assert reading.over_s > 180


def test_time_saved_is_offered_to_the_stages_that_follow(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(60)
    session.next_stage()
    assert session.meeting.saved_s == 180
    session.offer_saved()
    reading = session.meeting
    assert reading.saved_s == 0 and reading.projected_end == START + timedelta(minutes=60)
    given = {stage.id: stage.extended_s for stage in session.retro.agenda.stages if stage.extended_s}
    assert given == {"went_well": 35, "causes": 75, "how_can_we": 55, "close": 15}
    assert {stage.planned_s for stage in session.retro.agenda.stages if stage.id == "causes"} == {900}
    with pytest.raises(ChangeRefused, match="no time has been saved"):
        session.offer_saved()


def test_a_skipped_stage_saves_its_time(session: Session) -> None:
    session.start()
    session.do(SkipStage("went_well"))
    assert session.meeting.saved_s == 7 * 60


def test_a_pause_moves_the_end_of_the_meeting(session: Session, clocks: Clocks) -> None:
    session.start()
    session.pause()
    clocks.run(90)
    assert session.meeting.over_s == 90
    assert session.meeting.planned_end == START + timedelta(minutes=60)


# After a crash


def test_after_a_crash_the_same_stage_goes_on_half_a_beat_after_the_last_one(
    session: Session, clocks: Clocks
) -> None:
    session.start()
    clocks.run(100.4)
    session.next_stage()
    clocks.run(200.7)
    saved, heartbeat = session.retro, Heartbeat.from_dict(session.clock_state())
    clocks.run(600)
    again = a_session(clocks, saved, resumed=heartbeat)
    assert again.retro.agenda.current == "timeline"
    assert again.clock.elapsed_s == pytest.approx(200.7 + EVERY_S / 2)
    assert not again.running and again.was_running
    assert again.meeting.over_s == pytest.approx(600 - 139, abs=2)
    again.resume()
    clocks.run(1)
    assert again.clock.elapsed_s == pytest.approx(201.7 + EVERY_S / 2)


def test_a_clock_that_stood_in_a_crash_stands_where_it_stood(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(100.4)
    session.pause()
    again = a_session(clocks, session.retro, resumed=Heartbeat.from_dict(session.clock_state()))
    assert again.clock.elapsed_s == pytest.approx(100.4)


def test_a_heartbeat_newer_than_the_file_counts(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(10)
    file = session.retro
    clocks.run(5)
    session.next_stage()
    session.pause()
    again = a_session(clocks, file, resumed=session.heartbeat())
    assert again.retro.agenda.current == "timeline"
    assert (seconds(again, "opening"), again.was_running) == (15, False)


def test_a_file_newer_than_the_heartbeat_counts(session: Session, clocks: Clocks) -> None:
    session.start()
    heartbeat = session.heartbeat()
    clocks.run(10)
    session.next_stage()
    again = a_session(clocks, session.retro, resumed=heartbeat)
    assert again.retro.agenda.current == "timeline"
    assert seconds(again, "opening") == 10


def test_the_planned_end_of_yesterday_does_not_count_today(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(60)
    file, heartbeat = session.retro, session.heartbeat()
    clocks.run(24 * 3_600)
    again = a_session(clocks, file, resumed=heartbeat)
    again.resume()
    assert again.meeting.over_s == 0


# After an orderly end


def test_time_saved_and_the_planned_end_outlive_an_orderly_end(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(60)
    session.next_stage()
    clocks.run(30)
    session.pause()
    assert session.meeting.saved_s == 180
    clocks.run(120)
    again = a_session(clocks, session.retro)
    assert again.meeting.planned_end == START + timedelta(minutes=60)
    assert again.meeting.saved_s == 60
    again.resume()
    clocks.run(10)
    assert again.meeting.planned_end == START + timedelta(minutes=60)
    assert again.meeting.saved_s == 60
    again.offer_saved()
    assert again.meeting.saved_s == 0


def test_on_another_day_the_time_saved_is_still_there(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(60)
    session.next_stage()
    file = session.retro
    clocks.run(24 * 3_600)
    again = a_session(clocks, file)
    assert (again.meeting.saved_s, again.meeting.over_s) == (180, 0)
    clocks.run(600)
    assert again.meeting.saved_s == 180
    again.resume()
    clocks.run(10)
    assert again.meeting.saved_s == 180
    assert again.retro.agenda.planned_end == (clocks.wall + timedelta(minutes=59, seconds=-10))


@pytest.mark.parametrize("year", [2, 9998])
def test_a_planned_end_at_the_end_of_the_calendar_does_no_harm(
    session: Session, clocks: Clocks, year: int
) -> None:
    session.start()
    agenda = session.retro.agenda
    agenda = agenda.model_copy(
        update={
            "planned_end": START.replace(year=year),
            "stages": tuple(stage.model_copy(update={"planned_s": 31_000_000}) for stage in agenda.stages),
        }
    )
    again = a_session(clocks, session.retro.model_copy(update={"agenda": agenda}))
    assert again.meeting.over_s == 0
    again.resume()


def test_a_file_without_a_planned_end_goes_by_what_is_left(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(60)
    session.next_stage()
    agenda = session.retro.agenda.model_copy(update={"planned_end": None})
    again = a_session(clocks, session.retro.model_copy(update={"agenda": agenda}))
    assert again.meeting.saved_s == 180


def test_undo_leaves_the_planned_end_as_it_is(session: Session, clocks: Clocks) -> None:
    session.start()
    clocks.run(1)
    end = session.retro.agenda.planned_end
    assert end == START + timedelta(minutes=60)
    session.undo()
    clocks.run(5)
    assert session.retro.agenda.planned_end == end


def test_a_heartbeat_that_makes_no_sense_is_left_alone(session: Session) -> None:
    good = session.clock_state()
    senseless: tuple[object, ...] = (
        None,
        [],
        {"stage": 3},
        {**good, "stages": {"opening": "soon"}},
        {**good, "stages": {"opening": float("nan")}},
        {**good, "stages": {"opening": -1}},
        {**good, "stages": 4},
        {**good, "at": "yesterday"},
        {**good, "at": "2026-11-21T14:00:00"},
    )
    for bad in senseless:
        assert Heartbeat.from_dict(bad) is None


def test_a_heartbeat_reads_back_as_it_was_written(session: Session, clocks: Clocks) -> None:
    session.do(Add(Factor(id="f1", text="one")))
    session.start()
    session.take_topic("f1")
    clocks.run(1.25)
    heartbeat = session.heartbeat()
    assert Heartbeat.from_dict(heartbeat.as_dict()) == heartbeat
    assert heartbeat.elapsed_s == 1.25 and heartbeat.topics == {"f1": 1.25}


def test_without_clocks_of_its_own_a_session_uses_those_of_the_machine() -> None:
    session = Session(a_retro())
    session.start()
    assert 0 <= session.clock.elapsed_s < 60
    assert abs((session.meeting.projected_end - datetime.now(UTC)).total_seconds() - 3_600) < 60


def test_every_stage_can_be_moved_to_by_a_plain_change_too(session: Session, clocks: Clocks) -> None:
    session.do(GoToStage("causes"))
    session.do(ExtendStage("causes", 60))
    clocks.run(3)
    assert session.running and session.clock.elapsed_s == 3


def test_many_kinds_of_entries_share_one_history(session: Session) -> None:
    session.do(Add(Card(id=session.new_id("w"), text="the canary held")))
    session.do(Add(Action(id=session.new_id("a"), text="add a canary")))
    session.do(edit("a1", owner="Priya"))
    session.undo()
    session.undo()
    assert session.retro.actions == () and len(session.retro.went_well) == 1
