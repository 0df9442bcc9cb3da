"""Cards: short notes collected in a stage, grouped and counted by hands.

Leaves ballots to `votes` and how cards look to `tui`.
"""

from enum import StrEnum

from pydantic import Field

from retrotui.retro.base import Count, Entry

WENT_WELL = "went_well"
"""The stage whose cards stand under `[[went_well]]` in the file."""


class CardKind(StrEnum):
    """What a card is about."""

    SAFEGUARD = "safeguard"
    TEAMWORK = "teamwork"
    LUCK = "luck"
    KUDOS = "kudos"
    TAKEAWAY = "takeaway"
    THANKS = "thanks"
    OTHER = "other"


class Card(Entry):
    """One note of a stage. It has no author, here or anywhere."""

    stage: str = WENT_WELL
    """The id of the stage it belongs to."""
    column: str = ""
    """The column it stands in, for templates with columns; empty otherwise."""
    kind: CardKind = CardKind.OTHER
    text: str = ""
    group: str = ""
    """The id of the card it is grouped under, or empty."""
    votes: Count = 0
    private: bool = Field(default=False)
    """Written in a private phase and not revealed yet: kept off every screen and out of every export."""
