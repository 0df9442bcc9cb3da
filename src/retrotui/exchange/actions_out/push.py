"""Sending action items to a tracker so that each gets exactly one issue, however often it is run or cut
short.

What was made is found again by a marker in the issue's body; the link is written back as soon as an issue
exists. Leaves the trackers' own words to `trackers`, and writing to a retro file to whoever passes
`write_back`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.http import TrackerError, Uncertain
from retrotui.exchange.actions_out.issue_text import marker
from retrotui.exchange.actions_out.trackers import Tracker


class Step(StrEnum):
    """What happens, or happened, to one action."""

    CREATE = "create"
    LINK = "link"
    """The issue is there already; only its link is missing in the file."""
    SKIP = "skip"
    """It has a ticket, or is not open."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One action and what happened to it."""

    item: ActionItem
    step: Step
    address: str = ""
    message: str = ""
    """A sentence when something went wrong."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a run did."""

    outcomes: tuple[Outcome, ...]
    stopped: str = ""
    """Why it ended before the last action; empty when it did not."""

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return not self.stopped and all(outcome.step is not Step.FAILED for outcome in self.outcomes)


def plan(items: Sequence[ActionItem], tracker: Tracker) -> tuple[Outcome, ...]:
    """What a run would do; asks the tracker what is there, and changes nothing.

    Raises:
        TrackerError: when the tracker cannot be asked.
    """
    wanted = [item for item in items if _wanted(item)]
    found = tracker.existing() if wanted else {}
    return tuple(_planned(item, found) for item in items)


def unasked(items: Sequence[ActionItem]) -> tuple[Outcome, ...]:
    """What a run would do as far as the files tell, where the tracker cannot be asked what is there."""
    return tuple(_planned(item, {}) for item in items)


def push(
    items: Sequence[ActionItem], tracker: Tracker, write_back: Callable[[ActionItem, str], None]
) -> Pushed:
    """Makes an issue for each open action without a ticket, and has each link written back at once.

    Args:
        items: the actions, in the order in which issues are made.
        tracker: where to.
        write_back: stores the link of an action; an OSError or ValueError from it is reported, and the link
        found again by the next run.

    Raises:
        TrackerError: when the tracker cannot even be asked what is there.
    """
    outcomes: list[Outcome] = []
    stopped = ""
    for planned in plan(items, tracker):
        if stopped or planned.step is Step.SKIP:
            if planned.step is Step.SKIP:
                outcomes.append(planned)
            continue
        try:
            address = planned.address or _create(planned.item, tracker)
        except TrackerError as error:
            outcomes.append(Outcome(planned.item, Step.FAILED, message=str(error)))
            stopped = str(error)
            continue
        try:
            write_back(planned.item, address)
        except (OSError, ValueError) as error:
            said = f"{address} is there, but its link could not be saved: {error}"
            outcomes.append(Outcome(planned.item, Step.FAILED, address, said))
        else:
            outcomes.append(Outcome(planned.item, planned.step, address))
    return Pushed(tuple(outcomes), stopped)


def _wanted(item: ActionItem) -> bool:
    return item.is_open and not item.ticket.strip()


def _planned(item: ActionItem, found: dict[str, str]) -> Outcome:
    if not _wanted(item):
        return Outcome(item, Step.SKIP, item.ticket)
    address = found.get(marker(item), "")
    return Outcome(item, Step.LINK if address else Step.CREATE, address)


def _create(item: ActionItem, tracker: Tracker) -> str:
    """Makes the issue. When nobody knows whether it was made, looks before trying once more."""
    try:
        return tracker.create(item)
    except Uncertain:
        return tracker.existing().get(marker(item), "") or tracker.create(item)
