"""How the kinds of cards are told apart: a sign, a word and a colour, never the colour alone."""

from textual.content import Content

from retrotui.retro import CardKind

KINDS = (CardKind.SAFEGUARD, CardKind.TEAMWORK, CardKind.LUCK, CardKind.KUDOS, CardKind.OTHER)
"""The kinds of What went well."""

HINTS = {
    CardKind.SAFEGUARD: "something we built did its job",
    CardKind.TEAMWORK: "somebody helped, or we worked well together",
    CardKind.LUCK: "it might be elsewhere the next time",
    CardKind.KUDOS: "thanks, by name if you like",
    CardKind.TAKEAWAY: "what one of us takes along",
    CardKind.THANKS: "thanks, by name if you like",
    CardKind.OTHER: "anything else",
}
_SIGNS = {
    CardKind.SAFEGUARD: "■",
    CardKind.TEAMWORK: "◆",
    CardKind.LUCK: "♣",
    CardKind.KUDOS: "♥",
    CardKind.THANKS: "♥",
}
_COLOURS = {
    CardKind.SAFEGUARD: "$card-safeguard",
    CardKind.TEAMWORK: "$card-teamwork",
    CardKind.LUCK: "$card-luck",
    CardKind.KUDOS: "$card-kudos",
    CardKind.THANKS: "$card-kudos",
}


def kind_content(kind: CardKind, *, guessed: bool = False) -> Content:
    """A kind as a sign and a word."""
    words = f"{_SIGNS.get(kind, '·')} {kind.value}{' (guessed)' if guessed else ''}"
    return Content.styled(words, _COLOURS.get(kind, "$card-other"))
