"""Undo and redo that keep a secret vote secret: single votes are never taken back one by one.

Somebody could otherwise close a vote, take the last person's dots back, close it again, and read from the
difference who gave what. So a vote that was cast is undone only with the whole ballot, and comes back whole.
"""

from retrotui.facilitation import Session
from retrotui.retro import ChangeRefused
from retrotui.retro.changes import CastVote, CloseBallot, OpenBallot
from retrotui.retro.votes import Ballot

_OPEN = OpenBallot(Ballot(stage="any", topics=("f1",))).name
_CAST = CastVote(()).name
_CLOSED = CloseBallot().name
_DROPPED = CloseBallot(keep=False).name


def undo(session: Session) -> str | None:
    """Takes the last step back, a secret vote as a whole.

    Returns:
        What was undone, in words, or None when there was nothing.

    Raises:
        ChangeRefused: when the vote was opened before this session, so that it cannot be taken back whole.
    """
    if session.undo_name not in (_CAST, _CLOSED):
        return session.undo()
    if _OPEN not in session.undo_names:
        raise ChangeRefused(
            "a vote that was cast is not taken back by itself: somebody could read from it who gave what"
        )
    while session.undo_name not in (None, _OPEN):
        session.undo()
    session.undo()
    return "the secret vote, as a whole"


def redo(session: Session) -> str | None:
    """Does the last undone step again, a secret vote as a whole.

    Returns:
        What was done again, in words, or None when there was nothing.
    """
    if session.redo_name != _OPEN:
        return session.redo()
    while session.redo_name not in (None, _CLOSED, _DROPPED):
        session.redo()
    if session.redo_name == _CLOSED:
        session.redo()
    return "the secret vote, as a whole"


def voted_words(people: int) -> str:
    """How many have voted: `3 people have voted`."""
    if not people:
        return "nobody has voted yet"
    return "1 person has voted" if people == 1 else f"{people} people have voted"
