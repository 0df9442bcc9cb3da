"""How-can-we questions, their answers, and the action items they become.

Leaves reading an action typed in one line to `notation`, and where actions are tracked to `exchange`.
"""

from datetime import date
from enum import StrEnum

from retrotui.retro.base import Count, Entry


class ActionKind(StrEnum):
    """What an action item does about a next time."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    RESPOND = "respond"
    REPAIR = "repair"
    INVESTIGATE = "investigate"
    LEARN = "learn"


class Priority(StrEnum):
    """How much it matters, P1 first; empty when nobody has said."""

    NONE = ""
    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class ActionStatus(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    DONE = "done"
    WONT_DO = "wont_do"
    SUPERSEDED = "superseded"


class Question(Entry):
    """A "How can we …?" on one or more factors."""

    text: str = ""
    factors: tuple[str, ...] = ()
    votes: Count = 0


class Answer(Entry):
    """An idea that answers a question; it may become an action item."""

    question: str = ""
    """The id of the question it answers."""
    text: str = ""
    action: str = ""
    """The id of the action item it became, or empty."""
    votes: Count = 0


class Action(Entry):
    """Something that will be done, by somebody, by a day, so that one can see it is done."""

    text: str = ""
    kind: ActionKind = ActionKind.PREVENT
    owner: str = ""
    """A person or a team."""
    due: date | None = None
    priority: Priority = Priority.NONE
    done_when: str = ""
    """What one will see when it is done."""
    questions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    ticket: str = ""
    """A link to where the work is tracked."""
    status: ActionStatus = ActionStatus.OPEN
    reason: str = ""
    """Why it will not be done, or what superseded it."""
    closed: date | None = None
    """The day on which it stopped being open."""
    carried: Count = 0
    """How many retros it has been carried into."""
    came_from: str = ""
    """`RETRO-ID#ACTION-ID` of the action it carries on."""
    went_to: str = ""
    """`RETRO-ID#ACTION-ID` of the action that carries it on."""
