"""Timelines in: what chat, pager, alerts and version control already know, as candidates for the timeline.

`read` gives what sources offer, `review` what is worth a look, `as_change` one change that takes it in.
Leaves choosing to people, and saving to `archive`.
"""

from retrotui.exchange.timeline_in.candidates import BadSource, Cancelled, Candidate, Progress, ReadOptions
from retrotui.exchange.timeline_in.reading import FORMATS, Reading, detect, read
from retrotui.exchange.timeline_in.review import CandidateList, TakeIn, as_change, day_of, review, shown_time

__all__ = [
    "FORMATS",
    "BadSource",
    "Cancelled",
    "Candidate",
    "CandidateList",
    "Progress",
    "ReadOptions",
    "Reading",
    "TakeIn",
    "as_change",
    "day_of",
    "detect",
    "read",
    "review",
    "shown_time",
]
