"""What a retro is: frozen values, and the changes from one to the next. No I/O, no clock, no screen."""

from retrotui.retro.actions import Action, ActionKind, ActionStatus, Answer, Priority, Question
from retrotui.retro.agenda import Agenda, Stage, StageKind, Topic
from retrotui.retro.base import ChangeRefused, Entry
from retrotui.retro.cards import WENT_WELL, Card, CardKind
from retrotui.retro.document import (
    FORMAT,
    Close,
    Info,
    IssuedIds,
    KeptWording,
    Mode,
    Opening,
    Parked,
    Retro,
    Reviewed,
    Status,
    new_id_for,
)
from retrotui.retro.factors import Factor, FactorKind
from retrotui.retro.integrity import Problem, problems
from retrotui.retro.timeline import Event, EventKind, HypothesisState, Precision
from retrotui.retro.votes import Ballot

__all__ = [
    "FORMAT",
    "WENT_WELL",
    "Action",
    "ActionKind",
    "ActionStatus",
    "Agenda",
    "Answer",
    "Ballot",
    "Card",
    "CardKind",
    "ChangeRefused",
    "Close",
    "Entry",
    "Event",
    "EventKind",
    "Factor",
    "FactorKind",
    "HypothesisState",
    "Info",
    "IssuedIds",
    "KeptWording",
    "Mode",
    "Opening",
    "Parked",
    "Precision",
    "Priority",
    "Problem",
    "Question",
    "Retro",
    "Reviewed",
    "Stage",
    "StageKind",
    "Status",
    "Topic",
    "new_id_for",
    "problems",
]
