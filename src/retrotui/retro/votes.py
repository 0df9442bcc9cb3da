"""A ballot in progress: dots handed out one person at a time on one keyboard.

Only totals are kept, never who voted for what; they are shown, and written to the items, once it is closed.
"""

from pydantic import Field

from retrotui.retro.base import Count, Model


class Ballot(Model):
    """A secret pass-the-keyboard vote that is open now."""

    stage: str
    topics: tuple[str, ...] = Field(min_length=1)
    """Ids of what is voted on, in the order shown."""
    dots: int = Field(default=3, ge=1, le=99)
    """How many each person may give; the facilitator may change it."""
    counts: tuple[Count, ...] = ()
    """Dots per topic so far, in the order of `topics`. Hidden until the ballot is closed."""
    voters: Count = 0
    """How many people have voted."""


def suggested_dots(topics: int) -> int:
    """Dots per person for so many topics: about a quarter of them, three to five where there are enough.

    A common rule of dot voting (n/4 "multivoting" in the American Society for Quality's quality toolbox).
    """
    return max(1, min(5, max(min(3, topics), round(topics / 4))))
