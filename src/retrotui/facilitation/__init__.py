"""A retro being run: the session that applies changes, the agenda, the clock, and the guard on wording."""

from retrotui.facilitation.agenda import new_retro, plan, section_of
from retrotui.facilitation.clock import ClockReading, ClockState, StageClock
from retrotui.facilitation.forecast import MeetingReading
from retrotui.facilitation.guard import Guard, Held, HeldText, WordingGuard, checker_for
from retrotui.facilitation.heartbeat import Heartbeat
from retrotui.facilitation.pace import OwnPace, own_pace, suggest
from retrotui.facilitation.session import Session

__all__ = [
    "ClockReading",
    "ClockState",
    "Guard",
    "Heartbeat",
    "Held",
    "HeldText",
    "MeetingReading",
    "OwnPace",
    "Session",
    "StageClock",
    "WordingGuard",
    "checker_for",
    "new_retro",
    "own_pace",
    "plan",
    "section_of",
    "suggest",
]
