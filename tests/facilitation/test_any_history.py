"""What holds whatever happens in a meeting, in any order: the clock, undo and redo, ids."""

from collections.abc import Callable
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.facilitation import Heartbeat, Session
from retrotui.facilitation.heartbeat import EVERY_S
from retrotui.retro import ChangeRefused, Factor, Retro, problems
from retrotui.retro.changes import Add, SkipStage
from tests.facilitation.helpers import Clocks, a_session
from tests.retro.random_changes import change_from, empty_retro, recipes

MANY = settings(max_examples=200, deadline=None)

happenings = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("pass",) * 4,
                *("start", "pause", "resume", "extend", "stay", "move on", "go", "back", "skip"),
                *("topic", "topic down", "topic more", "undo", "redo", "sleep", "set wall"),
                *("offer", "give up", "look", "crash"),
            )
        ),
        st.floats(0, 900, allow_nan=False),
        st.integers(0, 40),
    ),
    max_size=50,
)


class Meeting:
    """A session and, beside it, the sum that its clock has to show."""

    def __init__(self) -> None:
        self.clocks = Clocks()
        self.session = a_session(self.clocks)
        self.session.do(Add(Factor(id=self.session.new_id("f"), text="the alert averages")))
        self.should: dict[str, float] = {}
        self.topic_should = 0.0

    def happen(self, what: str, seconds: float, number: int) -> None:
        """Lets something happen; what is refused must change nothing."""
        session = self.session
        if what in ("pass", "sleep", "set wall"):
            if what == "pass":
                self.clocks.run(seconds)
                if session.running:
                    current = session.retro.agenda.current
                    self.should[current] = self.should.get(current, 0.0) + seconds
                    if session.retro.agenda.topic:
                        self.topic_should += seconds
            elif what == "sleep":
                self.clocks.sleep(seconds)
            else:
                self.clocks.set_wall((number - 20) * 3_600)
            return
        if what == "crash":
            heartbeat = Heartbeat.from_dict(session.clock_state())
            self.session = a_session(self.clocks, session.retro, resumed=heartbeat)
            assert not self.session.running
            if session.running:  # half a beat, since nobody knows when between two beats it was
                current, topic = session.retro.agenda.current, session.retro.agenda.topic
                self.should[current] = self.should.get(current, 0.0) + EVERY_S / 2
                self.topic_should += EVERY_S / 2 if topic else 0.0
            return
        stages = session.retro.agenda.stages
        stage = stages[number % len(stages)].id
        doings: dict[str, Callable[[], object]] = {
            "start": session.start,
            "pause": session.pause,
            "resume": session.resume,
            "extend": lambda: session.extend((number - 10) * 60),
            "stay": lambda: session.ask_room(True),
            "move on": lambda: session.ask_room(False),
            "go": lambda: session.go_to(stage),
            "back": session.previous_stage,
            "skip": lambda: session.do(SkipStage(stage)),
            "topic": lambda: session.take_topic("f1"),
            "topic down": session.put_topic_down,
            "topic more": session.extend_topic,
            "undo": session.undo,
            "redo": session.redo,
            "offer": session.offer_saved,
            "give up": session.give_up_time,
            "look": lambda: (session.clock, session.meeting, session.retro),
        }
        before = session.retro
        try:
            doings[what]()
        except ChangeRefused:
            assert session.retro == before


@MANY
@given(happenings)
def test_remaining_is_planned_and_extended_less_elapsed(history: list[tuple[str, float, int]]) -> None:
    meeting = Meeting()
    for step in history:
        meeting.happen(*step)
        session, agenda = meeting.session, meeting.session.retro.agenda
        clock, stage = session.clock, agenda.now
        if stage is None:
            continue
        assert clock.remaining_s == clock.planned_s + clock.extended_s - clock.elapsed_s
        assert (clock.planned_s, clock.extended_s) == (stage.planned_s, stage.extended_s)
        assert abs(clock.elapsed_s - meeting.should.get(stage.id, 0.0)) < 1e-6
        assert stage.elapsed_s == int(clock.elapsed_s)
        topic = session.topic_clock
        if topic is not None:
            assert topic.remaining_s == topic.planned_s + topic.extended_s - topic.elapsed_s
            assert abs(topic.elapsed_s - meeting.topic_should) < 1e-6


@MANY
@given(happenings)
def test_elapsed_time_never_goes_down(history: list[tuple[str, float, int]]) -> None:
    meeting = Meeting()
    highest: dict[str, int] = {}
    for step in history:
        meeting.happen(*step)
        for stage in meeting.session.retro.agenda.stages:
            assert stage.elapsed_s >= highest.get(stage.id, 0)
            highest[stage.id] = stage.elapsed_s


@MANY
@given(happenings)
def test_the_meeting_never_gives_away_more_time_than_there_is(history: list[tuple[str, float, int]]) -> None:
    meeting = Meeting()
    for step in history:
        meeting.happen(*step)
        reading = meeting.session.meeting
        assert reading.over_s >= 0 and reading.saved_s >= 0
        assert not (reading.over_s and reading.saved_s)
        assert sum(reading.give_up.values()) <= reading.over_s
        late = (reading.projected_end - reading.planned_end).total_seconds()
        assert abs(late - (reading.over_s - reading.saved_s)) <= 1.001
        for stage in meeting.session.retro.agenda.stages:
            assert stage.planned_s + stage.extended_s >= 0


def without_what_passes(retro: Retro) -> Retro:
    """A value without what no undo takes back."""
    agenda = retro.agenda.model_copy(update={"planned_end": None})
    return retro.model_copy(update={"ids": empty_retro().ids, "agenda": agenda})


@MANY
@given(recipes)
def test_undo_gives_the_value_before_and_redo_the_value_after(made: list[tuple[int, int, int, int]]) -> None:
    clocks = Clocks()
    session = Session(empty_retro(), monotonic=lambda: clocks.awake, now=lambda: clocks.wall)
    values, names = [session.retro], []
    for recipe in made:
        revision = session.revision
        change = change_from(recipe, session.retro, session.new_id)
        try:
            session.do(change)
        except ChangeRefused:
            assert session.revision == revision
            continue
        if session.revision > revision:
            values.append(session.retro)
            names.append(session.undo_name)
    for value, name in zip(reversed(values[:-1]), reversed(names), strict=True):
        assert session.undo() == name
        assert without_what_passes(session.retro) == without_what_passes(value)
        assert problems(session.retro) == ()
    assert session.undo() is None
    for value, name in zip(values[1:], names, strict=True):
        assert session.redo() == name
        assert without_what_passes(session.retro) == without_what_passes(value)
    assert session.redo() is None


@MANY
@given(recipes, st.lists(st.integers(0, 3), max_size=60))
def test_no_id_is_given_out_twice_whatever_is_undone(
    made: list[tuple[int, int, int, int]], moods: list[int]
) -> None:
    clocks = Clocks()
    session = Session(empty_retro(), monotonic=lambda: clocks.awake, now=lambda: clocks.wall)
    given_out: set[str] = set()

    def new_id(prefix: str) -> str:
        entry_id = session.new_id(prefix)
        assert entry_id not in given_out
        given_out.add(entry_id)
        return entry_id

    for recipe, mood in zip(made, moods, strict=False):
        if mood == 0:
            session.undo()
        elif mood == 1:
            session.redo()
        with suppress(ChangeRefused):
            session.do(change_from(recipe, session.retro, new_id))
        assert problems(session.retro) == ()


@MANY
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("pass", "pass", "go", "pause", "resume", "save", "beat")),
            st.floats(0, 500),
            st.integers(0, 5),
        ),
        max_size=40,
    )
)
def test_after_a_crash_at_any_moment_stage_and_second_are_the_newest_saved(
    history: list[tuple[str, float, int]],
) -> None:
    clocks = Clocks()
    session = a_session(clocks)
    session.start()
    file, beat = session.retro, session.heartbeat()
    saved = beaten = session.heartbeat()
    newest = "file"
    for what, seconds, number in history:
        if what == "pass":
            clocks.run(seconds)
        elif what == "go":
            session.go_to(session.retro.agenda.stages[number].id)
        elif what == "save":
            file, saved, newest = session.retro, session.heartbeat(), "file"
        elif what == "beat":
            beat = beaten = session.heartbeat()
            newest = "beat"
        else:
            (session.pause if what == "pause" else session.resume)()
    again = a_session(clocks, file, resumed=Heartbeat.from_dict(beat.as_dict()))
    expected = saved if newest == "file" else beaten
    for stage in again.retro.agenda.stages:
        assert abs(again.heartbeat().stages[stage.id] - expected.stages[stage.id]) <= 1.0
    same_second = {key: int(value) for key, value in saved.stages.items()} == {
        key: int(value) for key, value in beaten.stages.items()
    }
    assert again.retro.agenda.current == (saved if same_second else expected).stage
    assert not again.running
