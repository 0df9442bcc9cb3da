"""An action item on its own: what stands in its retro about it, and enough of that retro to be understood
elsewhere.

The ledger reads these from a folder, formats write them out. Plain values, so that listing ten thousand of
them needs no models. Leaves changing an action to `ledger`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from retrotui.retro import Action, Retro

OPEN = "open"
DONE = "done"
WONT_DO = "wont_do"
SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One action item of one retro."""

    retro_id: str
    id: str
    text: str
    kind: str = "prevent"
    owner: str = ""
    due: date | None = None
    priority: str = ""
    """`P0` to `P4`, or empty."""
    done_when: str = ""
    ticket: str = ""
    status: str = OPEN
    """`open`, `done`, `wont_do` or `superseded`."""
    reason: str = ""
    closed: date | None = None
    carried: int = 0
    """How many retros it has been carried into."""
    came_from: str = ""
    went_to: str = ""
    factors: tuple[str, ...] = ()
    """The words of the factors it is about."""
    retro_title: str = ""
    held: date | None = None
    """The day of the retro, in the retro's zone."""
    since: date | None = None
    """The day it was first agreed on: the retro's day, or that of the first retro for one carried on."""
    timezone: str = "UTC"
    tags: tuple[str, ...] = ()
    mode: str = "team"
    """`team` or `solo`: whose retro it comes from."""
    file: str = ""
    """The file it stands in, relative to the folder, with forward slashes; empty when it is not known."""

    @property
    def ref(self) -> str:
        """The id that is unique across a folder: `RETRO-ID#a1`."""
        return f"{self.retro_id}#{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done here."""
        return self.status == OPEN

    @property
    def zone(self) -> ZoneInfo:
        """The retro's display zone."""
        return ZoneInfo(self.timezone)

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and it is still open. The day itself is not overdue."""
        return self.is_open and self.due is not None and self.due < today

    def age(self, today: date) -> timedelta | None:
        """How long ago it was agreed on; None when its retro has no day."""
        start = self.since or self.held
        return None if start is None else max(timedelta(0), today - start)


def item_of(retro: "Retro", action: "Action", *, file: str = "") -> ActionItem:
    """An action of a retro as an item."""
    words = {factor.id: factor.text for factor in retro.factors}
    held = day_of(retro.info.held, retro.info.timezone)
    return ActionItem(
        retro_id=retro.info.id,
        id=action.id,
        text=action.text,
        kind=action.kind.value,
        owner=action.owner,
        due=action.due,
        priority=action.priority.value,
        done_when=action.done_when,
        ticket=action.ticket,
        status=action.status.value,
        reason=action.reason,
        closed=action.closed,
        carried=action.carried,
        came_from=action.came_from,
        went_to=action.went_to,
        factors=tuple(words[factor] for factor in action.factors if factor in words),
        retro_title=retro.info.title,
        held=held,
        since=held,
        timezone=retro.info.timezone,
        tags=retro.info.tags,
        mode=retro.info.mode.value,
        file=file,
    )


def items_of(retro: "Retro", *, file: str = "") -> Iterator[ActionItem]:
    """Every action of a retro, in its order."""
    return (item_of(retro, action, file=file) for action in retro.actions)


def day_of(instant: datetime | None, zone: str) -> date | None:
    """The calendar day of an instant in a zone (UTC for an unknown one)."""
    if instant is None:
        return None
    try:
        return instant.astimezone(ZoneInfo(zone)).date()
    except Exception:  # zoneinfo raises several kinds, OSError and ValueError among them
        return instant.astimezone(UTC).date()


def due_in_words(item: ActionItem, today: date) -> str:
    """How its day stands to today: `3 days overdue`, `due today`, `due in 2 weeks`, `no date`."""
    if item.due is None:
        return "no date"
    days = (item.due - today).days
    if not item.is_open:
        return f"was due {item.due.isoformat()}"
    if days < 0:
        return f"{span_in_words(-days)} overdue"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {span_in_words(days)}"


def age_in_words(item: ActionItem, today: date) -> str:
    """How old it is and how often it was carried: `5 weeks old, carried twice`."""
    age = item.age(today)
    words = [] if age is None else ["new today" if age.days == 0 else f"{span_in_words(age.days)} old"]
    if item.carried:
        words.append(carried_in_words(item.carried))
    return ", ".join(words)


def carried_in_words(times: int) -> str:
    """`carried once`, `carried twice`, `carried 5 times`; empty for none."""
    if not times:
        return ""
    return {1: "carried once", 2: "carried twice"}.get(times, f"carried {times} times")


def span_in_words(days: int) -> str:
    """A number of days as people say it: days up to two weeks, then weeks, months, years."""
    for unit, length, up_to in (("day", 1, 14), ("week", 7, 70), ("month", 30, 730), ("year", 365, 10**9)):
        if days < up_to:
            count = days // length
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{days} days"
