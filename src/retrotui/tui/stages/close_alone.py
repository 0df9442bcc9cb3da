"""How a retro ends for one person alone: what was learned, who else could use it, where the file is.

Plain words and their order. Leaves showing them to `close`.
"""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrotui.retro import Card, CardKind

PARTING = "It took some courage to look. Now put it down, and do something else."
"""Said when it is finished."""

LINE_WORDS = {
    CardKind.TAKEAWAY: "what I learned · end with #other for who else could use it",
    CardKind.OTHER: "who else could use it",
}
"""What a line being typed would become."""

HINT = "one sentence · #other: who else could use it · #thanks: a thank-you"

_HEADINGS = {
    CardKind.TAKEAWAY: ("What I learned", "Nothing noted yet. One sentence is enough."),
    CardKind.OTHER: (
        "Who else could use it",
        "Whoever runs the same script, or sits at the same screen. Type it, and end with #other.",
    ),
    CardKind.THANKS: ("Thanks", ""),
}


def learned(cards: Sequence[Card]) -> Iterator[tuple[str, tuple[Card, ...], str]]:
    """Heading, its cards, and a hint where there are none yet."""
    for kind, (heading, hint) in _HEADINGS.items():
        rest = kind is CardKind.TAKEAWAY
        own = tuple(card for card in cards if card.kind is kind or (rest and card.kind not in _HEADINGS))
        if own or hint:
            yield heading, own, "" if own else hint


def where_it_is(path: Path, *, finished: bool) -> tuple[str, ...]:
    """That it stays here, the two ways in which it could be of use to others, and how to end.

    Args:
        path: The file.
        finished: Whether it has been finished.
    """
    name = shlex.quote(path.name)
    page = "r shows a page for a tech lead or a manager: what happened, what made it possible, what is next."
    together = "To look at it together: “Open it up into a team retro” in the palette (ctrl+p)"
    lines = (
        "It is on this machine, and nothing leaves it unless I send it.",
        f"{page} As a file: retrotui export {name} --template self",
        f"{together}, or retrotui open {name} --as-team. What is private stays here.",
    )
    return (PARTING, *lines) if finished else (*lines, "x finishes. It can still be changed.")
