"""Every change a meeting needs, as values that apply themselves."""

from retrotui.retro.changes.base import Change
from retrotui.retro.changes.entries import Add, Delete, Edit, Move, Park, Vote, edit
from retrotui.retro.changes.joining import Group, Link, Merge, Unlink
from retrotui.retro.changes.meeting import (
    Batch,
    CastVote,
    CloseBallot,
    EditPart,
    ExtendStage,
    ExtendTopic,
    GoToStage,
    KeepWording,
    OpenBallot,
    PlanStages,
    SetAgenda,
    SkipStage,
    TakeTopic,
    edit_close,
    edit_info,
    edit_opening,
)
from retrotui.retro.changes.promotion import BringBack, PromoteToAction, PromoteToQuestion
from retrotui.retro.changes.tree import Indent, Outdent, Reparent

__all__ = [
    "Add",
    "Batch",
    "BringBack",
    "CastVote",
    "Change",
    "CloseBallot",
    "Delete",
    "Edit",
    "EditPart",
    "ExtendStage",
    "ExtendTopic",
    "GoToStage",
    "Group",
    "Indent",
    "KeepWording",
    "Link",
    "Merge",
    "Move",
    "OpenBallot",
    "Outdent",
    "Park",
    "PlanStages",
    "PromoteToAction",
    "PromoteToQuestion",
    "Reparent",
    "SetAgenda",
    "SkipStage",
    "TakeTopic",
    "Unlink",
    "Vote",
    "edit",
    "edit_close",
    "edit_info",
    "edit_opening",
]
