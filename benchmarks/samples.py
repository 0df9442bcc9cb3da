"""Retros to measure with: as many events as wanted, one every half minute, told in ordinary sentences."""

from datetime import UTC, datetime, timedelta

from retrotui.facilitation import new_retro
from retrotui.retro import Event, EventKind, Retro
from retrotui.retro.changes import GoToStage
from retrotui.templates import shipped

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)

SAID = (
    "the error rate of checkout rises above five per cent",
    "the pager fires for the checkout service, and then again for search",
    "the dashboard shows that the queue of the mail service grows",
    "the rollback is started, and takes four minutes on each of the hosts",
    "a customer writes that payments fail with a white page",
)
KINDS = (EventKind.OBSERVATION, EventKind.COMMS, EventKind.CHANGE, EventKind.HYPOTHESIS, EventKind.DECISION)
MILESTONES = {
    3: EventKind.IMPACT_START,
    7: EventKind.DETECTED,
    8: EventKind.ALERTED,
    12: EventKind.ACKNOWLEDGED,
    33: EventKind.MITIGATED,
    41: EventKind.RESOLVED,
}


def event(number: int) -> Event:
    """The event of this number, from 1."""
    return Event(
        id=f"e{number}",
        at=START + timedelta(seconds=30 * number),
        kind=MILESTONES.get(number, KINDS[number % len(KINDS)]),
        text=f"{SAID[number % len(SAID)]} ({number})",
        source="chat",
    )


def retro_of(events: int) -> Retro:
    """A retro in its timeline stage with so many events."""
    fresh = new_retro(
        f"An incident of {events} events",
        shipped("incident"),
        held=START + timedelta(days=1),
        people=("Ana", "Will", "Priya"),
        facilitator="Ana",
    )
    filled = fresh.model_copy(update={"events": tuple(event(number + 1) for number in range(events))})
    return GoToStage("timeline").apply(filled)
