"""Cards as they are typed: tags, guessed kinds, columns."""

import pytest

from retrotui.notation.card_line import read_card_line, tag_alone
from retrotui.retro import CardKind

WELL = (CardKind.SAFEGUARD, CardKind.TEAMWORK, CardKind.LUCK, CardKind.KUDOS, CardKind.OTHER)
CLOSE = (CardKind.TAKEAWAY, CardKind.THANKS)
COLUMNS = {"wind": "Wind", "rocks": "Rocks ahead", "go": "Go"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The canary stopped the second batch", CardKind.SAFEGUARD),
        ("The alert fired within a minute", CardKind.SAFEGUARD),
        ("Backups were six hours old", CardKind.SAFEGUARD),
        ("we rolled back in four minutes", CardKind.SAFEGUARD),
        ("Luckily somebody had taken a snapshot", CardKind.LUCK),
        ("it happened to be a quiet hour", CardKind.LUCK),
        ("the database team joined the call", CardKind.TEAMWORK),
        ("colleagues helped us out with the backup", CardKind.TEAMWORK),
        ("thanks to Will for the graph", CardKind.KUDOS),
        ("it was a short day", None),
    ],
)
def test_the_kind_is_guessed_from_the_words(text: str, kind: CardKind | None) -> None:
    line = read_card_line(text, kinds=WELL)
    assert (line.kind, line.text) == (kind, text)
    assert line.kind_guessed is (kind is not None)


@pytest.mark.parametrize(
    "text", ["nobody was asleep #luck", "#luck nobody was asleep", "- nobody was asleep #LUCK"]
)
def test_a_tag_decides_and_leaves_the_text(text: str) -> None:
    line = read_card_line(text, kinds=WELL)
    assert (line.text, line.kind, line.kind_guessed) == ("nobody was asleep", CardKind.LUCK, False)


@pytest.mark.parametrize(
    "text", ["see #42", "the # sign", "#", "#42", "C# builds are quick", "look at #general"]
)
def test_other_hashes_stay_part_of_the_text(text: str) -> None:
    line = read_card_line(text, kinds=WELL)
    assert line.text == text and not line.column


@pytest.mark.parametrize(
    ("text", "kinds", "kind", "column"),
    [
        ("#luck", WELL, CardKind.LUCK, ""),
        ("#LUCK ", WELL, CardKind.LUCK, ""),
        ("- #luck", WELL, CardKind.LUCK, ""),
        ("#luck #kudos", WELL, CardKind.LUCK, ""),
        ("#kudos", (), None, ""),
        ("#wind", (), None, "wind"),
    ],
)
def test_a_tag_alone_is_no_words(
    text: str, kinds: tuple[CardKind, ...], kind: CardKind | None, column: str
) -> None:
    line = read_card_line(text, kinds=kinds, columns=COLUMNS)
    assert (line.text, line.kind, line.column) == ("", kind, column)


@pytest.mark.parametrize(
    ("text", "said"),
    [("#kudos", True), ("#a #b", True), ("#42", False), ("#", False), ("", False), ("see #luck", False)],
)
def test_of_a_tag_alone_it_is_said_what_is_missing(text: str, said: bool) -> None:
    assert tag_alone(text).startswith("add words" if said else "") and bool(tag_alone(text)) is said


def test_thanks_are_kudos_in_one_place_and_thanks_in_another() -> None:
    assert read_card_line("thank you, Will", kinds=CLOSE).kind is CardKind.THANKS
    assert read_card_line("graphs beat guesses", kinds=CLOSE).kind is None


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a #wind", "wind"),
        ("a #win", "wind"),
        ("a #rocksahead", "rocks"),
        ("a #go", "go"),
        ("a #g", ""),
        ("a", ""),
    ],
)
def test_a_tag_names_a_column_by_its_beginning(text: str, column: str) -> None:
    assert read_card_line(text, columns=COLUMNS).column == column
