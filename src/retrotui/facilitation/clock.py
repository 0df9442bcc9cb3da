"""The stage clock as a value: what was planned, what was added, what has run, and what that means.

Every reading is a sum of a bank and one difference on a monotonic clock, never a count of ticks, so a slow
screen or a changed wall clock cannot skew it. Leaves which stage's clock runs to `session`.
"""

import sys
import time
from dataclasses import dataclass, replace
from enum import StrEnum

AMBER_S = 120
RED_S = 30
AMBER_SHARE = 0.2
RED_SHARE = 0.05


class ClockState(StrEnum):
    """What a clock's reading means for the meeting."""

    IDLE = "idle"
    """No stage has started."""
    CALM = "calm"
    AMBER = "amber"
    """The time is nearly up."""
    RED = "red"
    """The time is up in a moment."""
    OVER = "over"
    """Overtime. Nothing stops, locks or advances."""


def thresholds(allotted_s: int) -> tuple[float, float]:
    """Seconds remaining at which a clock turns amber and red.

    Two minutes and thirty seconds; for a stage under ten minutes a fifth and a twentieth of its time, so
    that a stage of two minutes is not amber from its first second.
    """
    return min(AMBER_S, AMBER_SHARE * allotted_s), min(RED_S, RED_SHARE * allotted_s)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One look at a clock. `remaining_s == planned_s + extended_s - elapsed_s`, always."""

    planned_s: int
    extended_s: int
    elapsed_s: float
    remaining_s: float
    """Below zero in overtime."""
    state: ClockState
    running: bool


IDLE = ClockReading(0, 0, 0.0, 0.0, ClockState.IDLE, False)
"""The reading where there is no clock yet."""


@dataclass(frozen=True, slots=True)
class StageClock:
    """The clock of a stage or of a topic. All instants are readings of one monotonic clock, in seconds."""

    planned_s: int
    extended_s: int = 0
    banked_s: float = 0.0
    """What had run when it was last started, or in all when it stands."""
    running_since: float | None = None
    """None while it stands."""

    def start(self, at: float) -> "StageClock":
        """The clock running from an instant on; one that runs already goes on as it was."""
        return self if self.running_since is not None else replace(self, running_since=at)

    def pause(self, at: float) -> "StageClock":
        """The clock standing, with what has run put in the bank."""
        return replace(self, banked_s=self.elapsed(at), running_since=None)

    def extend(self, seconds: int) -> "StageClock":
        """The clock with more time, or less."""
        return replace(self, extended_s=self.extended_s + seconds)

    def elapsed(self, at: float) -> float:
        """Seconds it has run. Never falls, even should the monotonic clock ever step back."""
        if self.running_since is None:
            return self.banked_s
        return self.banked_s + max(0.0, at - self.running_since)

    def remaining(self, at: float) -> float:
        """Seconds left; below zero in overtime."""
        return self.planned_s + self.extended_s - self.elapsed(at)

    def state(self, at: float) -> ClockState:
        """What the reading means."""
        left = self.remaining(at)
        amber, red = thresholds(self.planned_s + self.extended_s)
        if left <= 0:
            return ClockState.OVER
        if left <= red:
            return ClockState.RED
        return ClockState.AMBER if left <= amber else ClockState.CALM

    def reading(self, at: float) -> ClockReading:
        """Everything about it at one instant."""
        elapsed = self.elapsed(at)
        return ClockReading(
            planned_s=self.planned_s,
            extended_s=self.extended_s,
            elapsed_s=elapsed,
            remaining_s=self.planned_s + self.extended_s - elapsed,
            state=self.state(at),
            running=self.running_since is not None,
        )


if sys.platform == "win32":

    def awake_seconds() -> float:
        """Seconds on a clock that never goes back and stands while the computer sleeps."""
        import ctypes

        ticks = ctypes.c_ulonglong()  # 100 ns each; GetTickCount64, behind time.monotonic, counts sleep too
        if not ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks)):
            return time.monotonic()
        return ticks.value / 10_000_000

else:

    def awake_seconds() -> float:
        """Seconds on a clock that never goes back and stands while the computer sleeps."""
        return time.monotonic()
