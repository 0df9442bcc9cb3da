"""Keeps the time of an agenda: which stage's and topic's clock runs, exactly, and when it ends.

The agenda in the file has whole seconds; here they are exact, so that no pause or stage move rounds any away.
Leaves changing the agenda to `session`.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from retrotui.facilitation.clock import IDLE, ClockReading, StageClock
from retrotui.facilitation.forecast import MeetingReading, seconds_left, share, upcoming
from retrotui.facilitation.heartbeat import EVERY_S, Heartbeat
from retrotui.retro import Agenda, Stage

FILE_AHEAD_S = 2
"""Seconds the file may be ahead of a heartbeat of the same meeting: a change is saved between two beats."""

PLANNED_END_KEEPS = timedelta(hours=1)
"""For how long after a crash the planned end of before still counts; later it is another meeting. After an
orderly end nobody knows how long ago that was: then it counts until so long after the planned end itself."""

_HAIR_S = 1e-6
"""Less than this is the rounding of floating-point sums, not time."""


class Timekeeper:
    """The clocks of one agenda. At most one stage's runs, and with it that of the topic under discussion."""

    def __init__(self, agenda: Agenda, monotonic: Callable[[], float]) -> None:
        """Start with the agenda's elapsed seconds, standing."""
        self._agenda = agenda
        self._monotonic = monotonic
        self._latest = -math.inf
        self._since: float | None = None
        self._stages = {stage.id: float(stage.elapsed_s) for stage in agenda.stages}
        self._topics = {topic.item: float(topic.elapsed_s) for topic in agenda.topics}
        self._end_at: float | None = None
        self._planned_end: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether the current stage's clock runs."""
        return self._since is not None

    def run(self, now: datetime) -> None:
        """Lets the clock of the current stage run, if there is one, by a wall clock that reads `now`."""
        if self._since is None and self._agenda.now is not None:
            self._fix_planned_end(now)
            self._since = self._tick()

    def stand(self) -> None:
        """Stops the clock."""
        self._bank()
        self._since = None

    def follow(self, agenda: Agenda) -> None:
        """Goes on with another agenda; the clock moves to its stage and topic and runs on as it did."""
        self._bank()
        self._agenda = agenda
        for stage in agenda.stages:
            self._stages[stage.id] = max(self._stages.get(stage.id, 0.0), float(stage.elapsed_s))
        for topic in agenda.topics:
            self._topics[topic.item] = max(self._topics.get(topic.item, 0.0), float(topic.elapsed_s))
        if agenda.now is None:
            self._since = None

    def settled(self, agenda: Agenda) -> Agenda:
        """The agenda with the whole seconds elapsed by now; the same value when it has them already."""
        self._bank()
        stages = tuple(
            stage
            if (spent := int(self._stages.get(stage.id, stage.elapsed_s))) == stage.elapsed_s
            else stage.model_copy(update={"elapsed_s": spent})
            for stage in agenda.stages
        )
        topics = tuple(
            topic
            if (spent := int(self._topics.get(topic.item, topic.elapsed_s))) == topic.elapsed_s
            else topic.model_copy(update={"elapsed_s": spent})
            for topic in agenda.topics
        )
        end = self._planned_end or agenda.planned_end
        same = all(map(_same, stages, agenda.stages)) and all(map(_same, topics, agenda.topics))
        if same and end == agenda.planned_end:
            return agenda
        return agenda.model_copy(update={"stages": stages, "topics": topics, "planned_end": end})

    @property
    def clock(self) -> ClockReading:
        """The clock of the current stage; idle before the meeting has started."""
        stage = self._agenda.now
        if stage is None:
            return IDLE
        banked = self._stages.get(stage.id, 0.0)
        return StageClock(stage.planned_s, stage.extended_s, banked, self._since).reading(self._tick())

    @property
    def topic_clock(self) -> ClockReading | None:
        """The clock of the topic under discussion, or None."""
        topic = self._agenda.topic_clock(self._agenda.topic)
        if topic is None:
            return None
        banked = self._topics.get(topic.item, 0.0)
        return StageClock(topic.planned_s, topic.extended_s, banked, self._since).reading(self._tick())

    def meeting(self, now: datetime) -> MeetingReading:
        """When the meeting will end, by a wall clock that reads `now`.

        The planned end is fixed on the monotonic clock when the clock first runs, so neither a wall clock
        that is set nor a suspended computer makes the meeting look late. Before it runs again, in a meeting
        that was closed and opened, it is what is left of the time planned: what was saved stays saved.
        """
        self._bank()
        tick = self._tick()
        later = {stage.id: self._left(stage) for stage in upcoming(self._agenda)}
        here = self._agenda.now
        left = sum(later.values()) + (self._left(here) if here else 0.0)
        end_at = self._end_at
        if end_at is None:
            end_at = tick + (left if here is None else self._budget_left())
        late = tick + left - end_at
        over_s = max(0, math.ceil(late - _HAIR_S))
        shares = share(over_s, later, capped=True)
        return MeetingReading(
            planned_end=now + timedelta(seconds=end_at - tick),
            projected_end=now + timedelta(seconds=left),
            over_s=over_s,
            end_is_fixed=self._end_at is not None,
            saved_s=max(0, math.floor(_HAIR_S - late)),
            give_up={stage_id: seconds for stage_id, seconds in shares.items() if seconds},
        )

    def heartbeat(self, now: datetime) -> Heartbeat:
        """What a crash would take, at a wall clock that reads `now`."""
        self._bank()
        agenda = self._agenda
        end_at = self._end_at
        return Heartbeat(
            stage=agenda.current,
            topic=agenda.topic,
            running=self.running,
            stages={stage.id: self._stages.get(stage.id, 0.0) for stage in agenda.stages},
            topics=dict(self._topics),
            at=now,
            planned_end=None if end_at is None else now + timedelta(seconds=end_at - self._tick()),
        )

    def take_up(self, heartbeat: Heartbeat, now: datetime) -> bool:
        """Goes on from a heartbeat as far as it is newer than the agenda from the file.

        The seconds tell which is newer: they only ever rise. In the same second the file counts, because
        what it holds has been called saved. When between two beats a running clock was cut off nobody knows:
        half a beat is added, which is right to within half a beat.

        Returns:
            Whether the clock ran. In a stage begun after the heartbeat it ran too: it starts by itself.
        """
        agenda = self._agenda
        beats = {stage.id: heartbeat.stages.get(stage.id, 0.0) for stage in agenda.stages}
        ahead = sum(max(0, stage.elapsed_s - int(beats[stage.id])) for stage in agenda.stages)
        if ahead > FILE_AHEAD_S:
            return False
        newer = not ahead and any(int(beats[stage.id]) > stage.elapsed_s for stage in agenda.stages)
        since = EVERY_S / 2 if heartbeat.running else 0.0
        for stage in agenda.stages:
            seconds = beats[stage.id] + (since if stage.id == heartbeat.stage else 0.0)
            self._stages[stage.id] = max(seconds, stage.elapsed_s)
        for item, beat in heartbeat.topics.items():
            seconds = beat + (since if item == heartbeat.topic else 0.0)
            self._topics[item] = max(seconds, self._topics.get(item, 0.0))
        if newer and heartbeat.stage != agenda.current and agenda.stage(heartbeat.stage) is not None:
            self._agenda = agenda.model_copy(update={"current": heartbeat.stage, "topic": ""})
        gone = now - heartbeat.at if heartbeat.at is not None else PLANNED_END_KEEPS * 2
        if heartbeat.planned_end is not None and timedelta(0) <= gone <= PLANNED_END_KEEPS:
            self._end_at = self._tick() + (heartbeat.planned_end - now).total_seconds()
            self._planned_end = self._agenda.planned_end or _whole(heartbeat.planned_end)
        return heartbeat.running

    def take_up_planned_end(self, now: datetime) -> None:
        """Goes on towards the planned end that the file knows, while it is still the same meeting."""
        end = self._agenda.planned_end
        if self._end_at is not None or end is None or self._agenda.now is None:
            return
        longest = sum(stage.planned_s for stage in self._agenda.stages)
        late, keeps = (now - end).total_seconds(), PLANNED_END_KEEPS.total_seconds()
        if -longest - keeps <= late <= keeps:
            self._end_at = self._tick() + (end - now).total_seconds()
            self._planned_end = end

    @property
    def agenda(self) -> Agenda:
        """The agenda it keeps the time of."""
        return self._agenda

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
        if self._agenda.current:
            self._stages[self._agenda.current] = self._stages.get(self._agenda.current, 0.0) + spent
        if self._agenda.topic:
            self._topics[self._agenda.topic] = self._topics.get(self._agenda.topic, 0.0) + spent

    def _left(self, stage: Stage) -> float:
        return seconds_left(stage, self._stages.get(stage.id, 0.0))

    def _fix_planned_end(self, now: datetime) -> None:
        """Fixes the planned end: now, and the planned time not yet used."""
        if self._end_at is None:
            left = self._budget_left()
            self._end_at = self._tick() + left
            self._planned_end = _whole(now + timedelta(seconds=left))

    def _budget_left(self) -> float:
        """The seconds planned for the meeting and not yet used."""
        stages = self._agenda.stages
        planned = sum(stage.planned_s for stage in stages if not stage.skipped)
        return planned - sum(self._stages.get(stage.id, 0.0) for stage in stages)


def _whole(instant: datetime) -> datetime:
    """The instant to the second, as a file has it."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _same(one: object, other: object) -> bool:
    return one is other
