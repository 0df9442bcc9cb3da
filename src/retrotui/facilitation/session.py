"""The session: a retro being run. The only place where a change is applied, and where the clock runs.

Leaves what changes do to `retro.changes`, saving to `archive` (by `subscribe`), and asking people to whoever
shows the meeting. A session belongs to one thread: the first that changes it.
"""

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from retrotui.facilitation.clock import IDLE, ClockReading, StageClock, awake_seconds
from retrotui.facilitation.forecast import MeetingReading, seconds_left, share, upcoming
from retrotui.facilitation.guard import Guard, Held
from retrotui.facilitation.heartbeat import Heartbeat
from retrotui.retro import ChangeRefused, Retro, Stage
from retrotui.retro.changes import Batch, Change, ExtendStage, ExtendTopic, GoToStage, TakeTopic

STAY_S = (120, 60)
"""What a show of hands to stay buys: the first time, and every later time in the same stage."""

TOPIC_S = 300
"""The small clock of a topic."""

TOPIC_MORE_S = (120, 60)
"""What a topic is given more: the first time, and every later time."""

PLANNED_END_KEEPS = timedelta(hours=1)
"""For how long after a crash the planned end of before still counts; later it is another meeting."""

Subscriber = Callable[[Retro, Retro, Change | None], None]
"""Called with the value before, the value after, and the change (None for undo, redo and replace)."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A value that can be returned to, and what lies between."""

    value: Retro
    name: str


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class Session:
    """A retro being run.

    Args:
        retro: The value to start from.
        monotonic: Seconds on a clock that never goes back. The default one stands while the computer sleeps.
        now: The wall clock, used only to say when the meeting will end.
        guard: Asked before every change; may hold one.
        read_only: Why nothing may be changed, as a sentence; empty when it may.
        resumed: What was saved beside the file every second before a crash.

    Opening a session does not start its clock: after a crash the stage and the second are those of before,
    the clock stands until somebody goes on, and the time in between does not count. `was_running` tells
    whether it ran.
    """

    def __init__(
        self,
        retro: Retro,
        *,
        monotonic: Callable[[], float] = awake_seconds,
        now: Callable[[], datetime] = _wall_clock,
        guard: Guard | None = None,
        read_only: str = "",
        resumed: Heartbeat | None = None,
    ) -> None:
        self._retro = retro
        self._monotonic = monotonic
        self._now = now
        self._guard = guard
        self.read_only = read_only
        self._latest = -math.inf
        self._since: float | None = None
        self._stage_s = {stage.id: float(stage.elapsed_s) for stage in retro.agenda.stages}
        self._topic_s = {topic.item: float(topic.elapsed_s) for topic in retro.agenda.topics}
        self._end_at: float | None = None
        self.was_running = False
        self._issued: dict[str, int] = {}
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._subscribers: list[Subscriber] = []
        self._news: deque[tuple[Retro, Retro, Change | None]] = deque()
        self._telling = False
        self._thread: int | None = None
        self.revision = 0
        """Rises with each change of the value; time passing is none."""
        if resumed is not None:
            self._take_up(resumed)

    # The value and its changes

    @property
    def retro(self) -> Retro:
        """The current value, elapsed times settled to the whole second."""
        self._retro = self._settled(self._retro)
        return self._retro

    def do(self, change: Change, *, force: bool = False) -> Retro:
        """Applies a change and tells the subscribers.

        Args:
            change: What to do.
            force: True to pass the guard by, for words that are kept deliberately.

        Returns:
            The value after it. A change that changes nothing is no step and cannot be undone.

        Raises:
            ChangeRefused: when it makes no sense now, with a sentence that says why. Nothing has changed.
            Held: when the guard holds its words. Nothing has changed.
        """
        self._may_change()
        before = self.retro
        after = change.apply(before)
        if after is before or after == before:
            return before
        if self._guard is not None and not force:
            held = self._guard.held(change, before, after)
            if held:
                raise Held(held)
        self._undo.append(_Step(before, change.name))
        self._redo.clear()
        started = after.agenda.current if after.agenda.current != before.agenda.current else ""
        return self._become(after, change, start=bool(started))

    def undo(self) -> str | None:
        """Takes the last change back, stage moves included; time and ids given out are not taken back.

        Returns:
            What was undone, in words, or None when there is nothing to undo.
        """
        return self._step(self._undo, self._redo)

    def redo(self) -> str | None:
        """Does again what was undone last; see `undo`."""
        return self._step(self._redo, self._undo)

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back, or None."""
        return self._undo[-1].name if self._undo else None

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again, or None."""
        return self._redo[-1].name if self._redo else None

    def replace(self, retro: Retro, name: str) -> Retro:
        """Takes over a whole value, such as a file changed outside; one step that can be undone.

        Elapsed times and ids given out stay the larger of the two.
        """
        self._may_change()
        before = self.retro
        after = self._settled(retro.keeping_what_passed(before))
        if after == before:
            return before
        self._undo.append(_Step(before, name))
        self._redo.clear()
        return self._become(after, None, start=False)

    def new_id(self, prefix: str) -> str:
        """An id that was never used and never will be again, even when what it is for is undone.

        Use ids of one letter in the order in which they were given.
        """
        number = max(self._retro.highest(prefix), self._issued.get(prefix, 0)) + 1
        self._issued[prefix] = number
        return f"{prefix}{number}"

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Calls back after every change of the value, in the order of the changes.

        An exception in one callback keeps none of the others from being called and takes nothing back; it is
        raised after all of them, from the call that made the change (several as a group).

        Returns:
            A function that ends it; calling it twice does no harm.
        """
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    # The stage clock

    def start(self) -> None:
        """Starts the meeting in its first stage, or goes on where it stands."""
        if not self._retro.agenda.current:
            first = next(iter(upcoming(self._retro.agenda)), None)
            if first is None:
                raise ChangeRefused("every stage is skipped: take one in first")
            self.do(GoToStage(first.id), force=True)
        else:
            self.resume()

    def pause(self) -> None:
        """Stops the clock; the stage goes on."""
        self._may_change()
        self._bank()
        self._since = None

    def resume(self) -> None:
        """Lets the clock of the current stage run. Does nothing when it runs, or before the start."""
        self._may_change()
        if self._since is None and self._retro.agenda.now is not None:
            self._anchor()
            self._since = self._tick()

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self._since is not None

    @property
    def clock(self) -> ClockReading:
        """The clock of the current stage; idle before the meeting has started."""
        stage = self._retro.agenda.now
        if stage is None:
            return IDLE
        banked = self._stage_s.get(stage.id, 0.0)
        return StageClock(stage.planned_s, stage.extended_s, banked, self._since).reading(self._tick())

    @property
    def topic_clock(self) -> ClockReading | None:
        """The small clock of the topic under discussion, or None. It runs and stands with the stage's."""
        topic = self._retro.agenda.topic_clock(self._retro.agenda.topic)
        if topic is None:
            return None
        banked = self._topic_s.get(topic.item, 0.0)
        return StageClock(topic.planned_s, topic.extended_s, banked, self._since).reading(self._tick())

    def extend(self, seconds: int) -> Retro:
        """Gives the current stage more seconds, or takes some back."""
        return self.do(ExtendStage(self._stage().id, seconds))

    def ask_room(self, stay: bool) -> Retro:
        """The outcome of a show of hands when the time is up: stay a little, or move on to the next stage."""
        if not stay:
            return self.next_stage()
        stage = self._stage()
        return self.do(ExtendStage(stage.id, STAY_S[min(stage.stays, 1)], stay=True))

    def go_to(self, stage_id: str) -> Retro:
        """Moves the meeting to a stage, whose clock starts by itself where it stood."""
        return self.do(GoToStage(stage_id))

    def next_stage(self) -> Retro:
        """Moves on to the next stage that is not skipped; the first one before the meeting has started."""
        later = upcoming(self._retro.agenda)
        if not later:
            raise ChangeRefused("this is the last stage")
        return self.go_to(later[0].id)

    def previous_stage(self) -> Retro:
        """Goes back to the stage before that is not skipped. Nothing is lost."""
        stages = self._retro.agenda.stages
        at = stages.index(self._stage())
        earlier = [stage for stage in stages[:at] if not stage.skipped]
        if not earlier:
            raise ChangeRefused("this is the first stage")
        return self.go_to(earlier[-1].id)

    # Topics

    def take_topic(self, item: str) -> Retro:
        """Takes up a factor, question or card; its own small clock goes on where it stood."""
        return self.do(TakeTopic(item, TOPIC_S))

    def put_topic_down(self) -> Retro:
        """Ends the discussion of a topic; its clock keeps what it has counted."""
        return self.do(TakeTopic())

    def extend_topic(self) -> Retro:
        """Gives the topic two minutes more the first time, and one minute each later time."""
        agenda = self._retro.agenda
        topic = agenda.topic_clock(agenda.topic)
        if topic is None:
            raise ChangeRefused("no topic is being discussed")
        return self.do(ExtendTopic(topic.item, TOPIC_MORE_S[0 if topic.extended_s <= 0 else 1]))

    # The meeting's clock

    @property
    def meeting(self) -> MeetingReading:
        """When the meeting will end, and what that means for the later stages."""
        tick, now = self._tick(), self._now()
        left = self._seconds_to_go()
        end_at = self._end_at if self._end_at is not None else tick + left
        late = tick + left - end_at
        over_s = max(0, math.ceil(late - 1e-6))
        later = {stage.id: self._left(stage) for stage in upcoming(self._retro.agenda)}
        return MeetingReading(
            planned_end=now + timedelta(seconds=end_at - tick),
            projected_end=now + timedelta(seconds=left),
            over_s=over_s,
            saved_s=max(0, math.floor(1e-6 - late)),
            give_up={key: value for key, value in share(over_s, later, capped=True).items() if value},
        )

    def offer_saved(self) -> Retro:
        """Hands saved time on to the later stages, in proportion to what they were planned with."""
        saved = self.meeting.saved_s
        later = upcoming(self._retro.agenda)
        if not saved or not later:
            raise ChangeRefused(
                "no time has been saved" if not saved else "no later stage could take the time"
            )
        shares = share(saved, {stage.id: float(stage.planned_s) for stage in later})
        steps = tuple(ExtendStage(stage_id, seconds) for stage_id, seconds in shares.items() if seconds)
        return self.do(Batch(steps, "hand on the time saved"))

    def give_up_time(self) -> Retro:
        """Takes from the later stages what they would have to give up to end as planned."""
        owed = self.meeting.give_up
        if not owed:
            raise ChangeRefused("no later stage has to give up time")
        steps = tuple(ExtendStage(stage_id, -seconds) for stage_id, seconds in owed.items())
        return self.do(Batch(steps, "share out the time that is missing"))

    def clock_state(self) -> dict[str, Any]:
        """The `heartbeat` as plain values."""
        return self.heartbeat().as_dict()

    def heartbeat(self) -> Heartbeat:
        """What a crash would take from the clock, to be saved beside the file every second."""
        self._bank()
        agenda = self._retro.agenda
        now = self._now()
        ends = None if self._end_at is None else now + timedelta(seconds=self._end_at - self._tick())
        return Heartbeat(
            stage=agenda.current,
            topic=agenda.topic,
            running=self.running,
            stages=dict(self._stage_s),
            topics={topic.item: self._topic_s.get(topic.item, 0.0) for topic in agenda.topics},
            at=now,
            planned_end=ends,
        )

    # Within

    def _tick(self) -> float:
        """The monotonic clock, held to its promise never to go back."""
        self._latest = max(self._latest, self._monotonic())
        return self._latest

    def _bank(self) -> None:
        """Puts what has run into the bank of the current stage and topic."""
        if self._since is None:
            return
        tick = self._tick()
        spent, self._since = tick - self._since, tick
        agenda = self._retro.agenda
        if agenda.current:
            self._stage_s[agenda.current] = self._stage_s.get(agenda.current, 0.0) + spent
        if agenda.topic:
            self._topic_s[agenda.topic] = self._topic_s.get(agenda.topic, 0.0) + spent

    def _settled(self, retro: Retro) -> Retro:
        """The value with the whole seconds of the banks; the same value when they are there already."""
        self._bank()
        agenda = retro.agenda
        stages = tuple(
            stage
            if (spent := int(self._stage_s.get(stage.id, stage.elapsed_s))) == stage.elapsed_s
            else stage.model_copy(update={"elapsed_s": spent})
            for stage in agenda.stages
        )
        topics = tuple(
            topic
            if (spent := int(self._topic_s.get(topic.item, topic.elapsed_s))) == topic.elapsed_s
            else topic.model_copy(update={"elapsed_s": spent})
            for topic in agenda.topics
        )
        if all(map(_same, stages, agenda.stages)) and all(map(_same, topics, agenda.topics)):
            return retro
        agenda = agenda.model_copy(update={"stages": stages, "topics": topics})
        return retro.model_copy(update={"agenda": agenda})

    def _become(self, after: Retro, change: Change | None, *, start: bool) -> Retro:
        """Makes a value the current one, moves the clock to its stage, and tells the subscribers."""
        self._bank()
        before = self._retro
        self._retro = after
        for stage in after.agenda.stages:
            self._stage_s[stage.id] = max(self._stage_s.get(stage.id, 0.0), float(stage.elapsed_s))
        for topic in after.agenda.topics:
            self._topic_s[topic.item] = max(self._topic_s.get(topic.item, 0.0), float(topic.elapsed_s))
        if after.agenda.now is None:
            self._since = None
        elif start:
            self.resume()
        self.revision += 1
        self._tell(before, after, change)
        return self.retro

    def _step(self, source: list[_Step], target: list[_Step]) -> str | None:
        self._may_change()
        if not source:
            return None
        current = self.retro
        step = source.pop()
        target.append(_Step(current, step.name))
        self._become(self._settled(step.value.keeping_what_passed(current)), None, start=False)
        return step.name

    def _tell(self, before: Retro, after: Retro, change: Change | None) -> None:
        self._news.append((before, after, change))
        if self._telling:
            return  # a subscriber made this change; it is told once the one it reacted to is told to all
        self._telling = True
        failures: list[Exception] = []
        try:
            while self._news:
                news = self._news.popleft()
                for subscriber in tuple(self._subscribers):
                    try:
                        subscriber(*news)
                    except Exception as error:
                        failures.append(error)
        finally:
            self._telling = False
        if len(failures) == 1:
            raise failures[0]
        if failures:
            raise ExceptionGroup("several listeners to the session failed", failures)

    def _may_change(self) -> None:
        if self.read_only:
            raise ChangeRefused(self.read_only)
        here = threading.get_ident()
        if self._thread is None:
            self._thread = here
        elif self._thread != here:
            raise RuntimeError("a session is changed on one thread only")

    def _stage(self) -> Stage:
        stage = self._retro.agenda.now
        if stage is None:
            raise ChangeRefused("the meeting has not started")
        return stage

    def _left(self, stage: Stage) -> float:
        return seconds_left(stage, self._stage_s.get(stage.id, 0.0))

    def _seconds_to_go(self) -> float:
        self._bank()
        agenda = self._retro.agenda
        here = agenda.now
        return (self._left(here) if here else 0.0) + sum(self._left(stage) for stage in upcoming(agenda))

    def _anchor(self) -> None:
        """Fixes the planned end when the clock first runs: now, and the planned time not yet used."""
        if self._end_at is None:
            agenda = self._retro.agenda
            planned = sum(stage.planned_s for stage in agenda.stages if not stage.skipped)
            used = sum(self._stage_s.get(stage.id, 0.0) for stage in agenda.stages)
            self._end_at = self._tick() + planned - used

    def _take_up(self, heartbeat: Heartbeat) -> None:
        """Goes on from what was saved every second, as far as it is newer than the file."""
        agenda = self._retro.agenda
        newer = False
        for stage in agenda.stages:
            beat = heartbeat.stages.get(stage.id, 0.0)
            if int(beat) < stage.elapsed_s:
                return  # the file was saved later
            newer = newer or int(beat) > stage.elapsed_s
        self._stage_s.update({stage.id: heartbeat.stages.get(stage.id, 0.0) for stage in agenda.stages})
        for topic in agenda.topics:
            beat = heartbeat.topics.get(topic.item, 0.0)
            self._topic_s[topic.item] = max(beat, float(topic.elapsed_s))
        if newer and agenda.stage(heartbeat.stage) is not None and heartbeat.stage != agenda.current:
            moved = agenda.model_copy(update={"current": heartbeat.stage, "topic": ""})
            self._retro = self._retro.model_copy(update={"agenda": moved})
        if self._retro.agenda.current == heartbeat.stage:
            self.was_running = heartbeat.running
        now = self._now()
        if heartbeat.planned_end is not None and heartbeat.at is not None:
            gone = now - heartbeat.at
            if timedelta(0) <= gone <= PLANNED_END_KEEPS:
                self._end_at = self._tick() + (heartbeat.planned_end - now).total_seconds()


def _same(one: object, other: object) -> bool:
    return one is other
