"""When the meeting will end, what later stages would have to give up, and how saved time is shared out.

Pure arithmetic on seconds. Leaves reading clocks and changing the agenda to `session`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from retrotui.retro import Agenda, Stage


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """One look at the meeting's clock."""

    planned_end: datetime
    """When it was meant to end. Moves along when the wall clock is set, so that `over_s` is not skewed."""
    projected_end: datetime
    """Now, and what is left of this stage and the later ones."""
    over_s: int
    """Whole seconds by which the projected end is later than the planned one; 0 when it is not."""
    saved_s: int
    """Whole seconds by which it is earlier; 0 when it is not."""
    end_is_fixed: bool = False
    """Whether the planned end is an hour of the day that is settled; before the clock runs it moves along."""
    give_up: Mapping[str, int] = field(default_factory=dict)
    """What each later stage would have to give up to end as planned, by stage id, in seconds."""


def upcoming(agenda: Agenda) -> tuple[Stage, ...]:
    """The stages after the current one (all of them before the start) that are not skipped."""
    ids = [stage.id for stage in agenda.stages]
    start = ids.index(agenda.current) + 1 if agenda.current in ids else 0
    return tuple(stage for stage in agenda.stages[start:] if not stage.skipped)


def seconds_left(stage: Stage, elapsed_s: float) -> float:
    """What a stage still has; nothing, rather than less, when it is over its time."""
    return max(0.0, stage.planned_s + stage.extended_s - elapsed_s)


def share(total_s: int, weights: Mapping[str, float], *, capped: bool = False) -> dict[str, int]:
    """Whole seconds shared out in proportion, none lost to rounding (largest remainder method).

    Args:
        total_s: What is shared out.
        weights: A weight for each taker, not negative. All zero: everybody gets the same.
        capped: Whether a weight is also the most that a taker can bear; the total is then cut to their sum.
    """
    if not weights or total_s <= 0:
        return dict.fromkeys(weights, 0)
    whole = sum(weights.values())
    if capped:
        total_s = min(total_s, math.floor(whole))
    if whole <= 0:
        if capped:
            return dict.fromkeys(weights, 0)
        weights = dict.fromkeys(weights, 1.0)
        whole = float(len(weights))
    exact = {key: total_s * weight / whole for key, weight in weights.items()}
    shares = {key: math.floor(value) for key, value in exact.items()}
    by_remainder: Sequence[str] = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[: total_s - sum(shares.values())]:
        shares[key] += 1
    return shares
