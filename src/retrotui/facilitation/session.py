"""The session: a retro being run. The only place where a change is applied, and where the clock runs.

Leaves what changes do to `retro.changes`, saving to `archive` (by `subscribe`), and asking people to whoever
shows the meeting. A session belongs to one thread: the first that changes it.
"""

import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from retrotui.facilitation.clock import ClockReading, awake_seconds
from retrotui.facilitation.forecast import MeetingReading, share, upcoming
from retrotui.facilitation.guard import Guard, Held
from retrotui.facilitation.heartbeat import Heartbeat
from retrotui.facilitation.history import Step, step
from retrotui.facilitation.timekeeper import Timekeeper
from retrotui.retro import ChangeRefused, Retro, Stage
from retrotui.retro.changes import Batch, Change, ExtendStage, ExtendTopic, GoToStage, TakeTopic

STAY_S = (120, 60)
"""What a show of hands to stay buys: the first time, and every later time in the same stage."""

TOPIC_S = 300
"""The small clock of a topic."""

TOPIC_MORE_S = (120, 60)
"""What a topic is given more: the first time, and every later time."""

Subscriber = Callable[[Retro, Retro, Change | None], None]
"""Called with the value before, the value after, and the change (None for undo, redo and replace)."""


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
        self._now = now
        self._guard = guard
        self.read_only = read_only
        self._time = Timekeeper(retro.agenda, monotonic)
        self.was_running = False
        """Whether the clock ran when the session before this one crashed."""
        self._issued: dict[str, int] = {}
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._subscribers: list[Subscriber] = []
        self._news: deque[tuple[Retro, Retro, Change | None]] = deque()
        self._telling = False
        self._thread: int | None = None
        self.revision = 0
        """Rises with each change of the value; time passing is none."""
        if resumed is not None:
            self.was_running = self._time.take_up(resumed, now())
        else:
            self._time.take_up_planned_end(now())
        if self._time.agenda is not retro.agenda:
            self._retro = retro.model_copy(update={"agenda": self._time.agenda})

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
        self._undo.append(step(change.name, before, after))
        self._redo.clear()
        return self._become(after, change, start=after.agenda.current != before.agenda.current)

    def undo(self) -> str | None:
        """Takes the last change back, stage moves included; time and ids given out are not taken back.

        Returns:
            What was undone, in words, or None when there is nothing to undo.
        """
        self._may_change()
        if not self._undo:
            return None
        last = self._undo.pop()
        self._redo.append(last)
        self._return_to(last.undone(self.retro))
        return last.name

    def redo(self) -> str | None:
        """Does again what was undone last; see `undo`."""
        self._may_change()
        if not self._redo:
            return None
        last = self._redo.pop()
        self._undo.append(last)
        self._return_to(last.redone(self.retro))
        return last.name

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back, or None."""
        return self._undo[-1].name if self._undo else None

    @property
    def undo_names(self) -> tuple[str, ...]:
        """What one `undo` after another would take back."""
        return tuple(step.name for step in reversed(self._undo))

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again, or None."""
        return self._redo[-1].name if self._redo else None

    def replace(self, retro: Retro, name: str) -> Retro:
        """Takes over a whole value, such as a file changed outside; one step that can be undone.

        Elapsed times stay those of this session; ids given out on either side are never given out again.
        """
        self._may_change()
        before = self.retro
        highest = {prefix: max(retro.highest(prefix), before.highest(prefix)) for prefix in Retro.FIELD_OF}
        after = retro.keeping_what_passed(before)
        after = self._settled(after.model_copy(update={"ids": after.ids.model_copy(update=highest)}))
        if after == before:
            return before
        self._undo.append(step(name, before, after))
        self._redo.clear()
        self._issued = {prefix: max(number, after.highest(prefix)) for prefix, number in self._issued.items()}
        return self._become(after, None, start=False)

    def new_id(self, prefix: str) -> str:
        """An id that was never used and never will be again, even when what it is for is undone.

        Use ids of one letter in the order in which they were given.
        """
        if prefix not in self._issued:
            self._issued[prefix] = self._retro.highest(prefix)
        number = max(self._issued[prefix], getattr(self._retro.ids, prefix)) + 1
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

    def start(self, *, by_itself: bool = False) -> None:
        """Starts the meeting in its first stage, or goes on where it stands.

        Args:
            by_itself: Whether nobody asked for it: then there is nothing of it to undo.
        """
        if not self._retro.agenda.current:
            first = next(iter(upcoming(self._retro.agenda)), None)
            if first is None:
                raise ChangeRefused("every stage is skipped: take one in first")
            self.do(GoToStage(first.id), force=True)
            if by_itself:
                self._undo.pop()
        else:
            self.resume()

    def pause(self) -> None:
        """Stops the clock; the stage goes on."""
        self._may_change()
        self._time.stand()

    def resume(self) -> None:
        """Lets the clock of the current stage run. Does nothing when it runs, or before the start."""
        self._may_change()
        self._time.run(self._now())

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self._time.running

    @property
    def clock(self) -> ClockReading:
        """The clock of the current stage; idle before the meeting has started."""
        return self._time.clock

    @property
    def topic_clock(self) -> ClockReading | None:
        """The small clock of the topic under discussion, or None. It runs and stands with the stage's."""
        return self._time.topic_clock

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
        return self._time.meeting(self._now())

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
        return self._time.heartbeat(self._now())

    # Within

    def _settled(self, retro: Retro) -> Retro:
        agenda = self._time.settled(retro.agenda)
        return retro if agenda is retro.agenda else retro.model_copy(update={"agenda": agenda})

    def _become(self, after: Retro, change: Change | None, *, start: bool) -> Retro:
        """Makes a value the current one, moves the clock to its stage, and tells the subscribers."""
        before, self._retro = self._retro, after
        self._time.follow(after.agenda)
        if start:
            self._time.run(self._now())
        self.revision += 1
        self._tell(before, after, change)
        return self.retro

    def _return_to(self, value: Retro) -> None:
        after = self._settled(value.keeping_what_passed(self._retro))
        self._become(after, None, start=False)

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
