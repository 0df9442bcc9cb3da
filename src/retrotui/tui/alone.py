"""What changes for one person alone: words in the first person, and why a key that asks a room has no answer.

Pure words. The keys themselves stay where they are, so that nobody has to learn a second set.
"""

from collections.abc import Mapping

_HANDS = "Alone there are no hands to count. shift+↑ and shift+↓ put first what matters most to me."
_NOBODY = "You are alone with this: there is nobody to ask."
_COVERED = "Alone there is nobody to cover a card from. It stays in this file, on this machine."

WHY_NOT: Mapping[str, str] = {
    "room.ask": "You are alone with this: stay as long as it helps. F8 goes on.",
    "agenda.share": "Alone there is no end to keep to. Take the time it takes.",
    "item.vote": _HANDS,
    "ballot": _HANDS,
    "card.private": _COVERED,
    "card.reveal": _COVERED,
    "card.sort": _HANDS,
    "card.next": "Alone one card after the other is fine: ↑ and ↓ go through them.",
    "topic": "Alone one thing after the other is fine: ↑ and ↓ go through them.",
    "opening.people": _NOBODY,
    "opening.rule": "The ground rule for one: I did what made sense with what I could see then.",
    "opening.safety": f"{_NOBODY} v notes a word for how I am.",
    "close.learned": "You are alone with this: there are no hands to count.",
    "close.attended": "You are alone with this: there are no hands to count.",
    "close.roti": "You are alone with this: there are no hands to count.",
}
"""Commands that need a room, each with what is said instead. They are not offered to one person alone."""

ONLY_ALONE: Mapping[str, str] = {
    "opening.feeling": "A word for a feeling belongs to reflecting alone. s asks how freely we can speak.",
    "opening.keep_feeling": "There is no such word here: it belongs to reflecting alone.",
    "retro.as_team": "This is a team's retro already.",
}
"""Commands for one person alone, each with what is said to a team."""

LABELS: Mapping[str, tuple[str, str]] = {
    "factor.ask": ('Ask "How can I …?" about it', "how can I"),
    "factor.category": ("Area of the condition", "area"),
    "projector": ("As large as the window allows", ""),
    "clock.pause": ("Show the clock, or pause and resume it", "clock"),
    "clock.more": ("One minute more", ""),
    "park": ("Set a thought aside", "set aside"),
    "parked.back": ("Take up a thought that was set aside", ""),
    "safeguard.shelf": ("The safeguard shelf: what has helped others", "shelf"),
    "close.finish": ("Finish, and put it down", "finish"),
    "retro.edit": ("Title, impact, summary, time zone", ""),
}
"""Label and hint of commands that read otherwise for one person."""

PLACE_TITLES: Mapping[str, str] = {
    "meeting": "Anywhere in it",
    "opening": "Arrive, on the board",
    "timeline": "What happened, on the board",
    "cards": "What helped, on the board",
    "factors": "Conditions, on the board",
    "how_can_we": "How can I, on the board",
}
"""What the places of the keys are called for one person."""

OH_NO_SAID = (
    "That second has its place now. It is where I began to know more, and the next thing I did began to help."
)
"""Said to one person whose oh-no second has just been written down."""

OH_NO_SAID_TEAM = (
    "Thank you for telling it: an oh-no second is the best clue to what would have shown it sooner."
)
"""Said to a room in which somebody has just told of theirs."""


def label_of(command_id: str, label: str, *, alone: bool) -> str:
    """A command's label for whoever reads it."""
    return LABELS[command_id][0] if alone and command_id in LABELS else label


def hint_of(command_id: str, hint: str, *, alone: bool) -> str:
    """A command's word or two for the key bar; empty keeps it off."""
    return LABELS[command_id][1] if alone and command_id in LABELS else hint


def offered(command_id: str, *, alone: bool) -> bool:
    """Whether a command is offered in bar, palette and help."""
    return command_id not in (WHY_NOT if alone else ONLY_ALONE)


def why_not(command_id: str, *, alone: bool) -> str:
    """Why a command makes no sense here; empty when it does."""
    return (WHY_NOT if alone else ONLY_ALONE).get(command_id, "")
