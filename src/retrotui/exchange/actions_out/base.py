"""What a format for action items is, and when it is writing. Leaves which formats there are to the
registry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from retrotui.archive.items import ActionItem


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is written out; formats never look at the clock themselves."""

    now: datetime
    """The instant, with its offset."""
    today: date
    """The day on which dates are judged: the user's own."""

    @classmethod
    def at(cls, now: datetime | None = None) -> "Moment":
        """The moment of an instant, its day in the instant's own zone; without one, right now and here."""
        instant = now or datetime.now().astimezone()
        return cls(instant, instant.date())

    @property
    def utc(self) -> datetime:
        """The instant in UTC, whole seconds."""
        return self.now.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class ActionFormat:
    """One way of writing action items. An entry point in `retrotui.action_formats` gives one of these."""

    name: str
    """What people type after `--as`: `todo.txt`."""
    title: str
    """What it is for, in a few words."""
    suffix: str
    """How a file of it ends: `.ics`."""
    write: Callable[[Sequence[ActionItem], Moment], str]
    """The items as one text, ending in a line break unless empty."""
