"""A session on clocks that a test moves by hand."""

from datetime import UTC, datetime, timedelta

from retrotui.facilitation import Heartbeat, Session, new_retro
from retrotui.facilitation.guard import Guard
from retrotui.retro import Retro
from retrotui.templates import shipped

START = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


class Clocks:
    """A monotonic clock and a wall clock; what a computer's sleep or a set clock does can be done to them."""

    def __init__(self) -> None:
        self.awake = 1_000.0
        self.wall = START

    def run(self, seconds: float) -> None:
        """Time passes."""
        self.awake += seconds
        self.wall += timedelta(seconds=seconds)

    def sleep(self, seconds: float) -> None:
        """The computer is suspended: only the wall clock goes on."""
        self.wall += timedelta(seconds=seconds)

    def set_wall(self, seconds: float) -> None:
        """Somebody, or the network, sets the wall clock."""
        self.wall += timedelta(seconds=seconds)


def a_retro(preset: str = "") -> Retro:
    """An incident retro that has not started."""
    return new_retro(
        "Checkout answered 5xx", shipped("incident"), held=START, preset=preset, people=("Ana", "Will")
    )


def a_session(
    clocks: Clocks,
    retro: Retro | None = None,
    *,
    guard: Guard | None = None,
    resumed: Heartbeat | None = None,
    read_only: str = "",
) -> Session:
    """A session on these clocks, of a new retro if none is given."""
    return Session(
        retro or a_retro(),
        monotonic=lambda: clocks.awake,
        now=lambda: clocks.wall,
        guard=guard,
        resumed=resumed,
        read_only=read_only,
    )
