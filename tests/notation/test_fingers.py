"""Answers from 1 to 5: every way of typing them, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.notation.fingers import counts, middle, read_count, read_fingers


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4 5 3 4", (3, 4, 4, 5)),
        ("4534", (3, 4, 4, 5)),
        ("4, 5; 3/4", (3, 4, 4, 5)),
        ("4:3 5:2", (4, 4, 4, 5, 5)),
        ("4x3, 5 = 1", (4, 4, 4, 5)),
        ("0 1 2 3 1", (2, 3, 3, 4, 4, 4, 5)),
        ("1 1 1 9 2", (1, 2, 3, *(4,) * 9, 5, 5)),
        ("1 2 3 4 5", (1, 2, 3, 4, 5)),
        ("", ()),
        ("  ", ()),
    ],
)
def test_answers_are_read_in_every_way_people_type_them(typed: str, read: tuple[int, ...]) -> None:
    assert read_fingers(typed) == read


@pytest.mark.parametrize("typed", ["6", "4 0", "many", "4:3 and 5", "4:", "-3", "٤", "9:2", "1:999 2:999"])
def test_anything_else_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]{3}"):
        read_fingers(typed)


def test_answers_are_summed_up_without_their_order() -> None:
    assert counts((3, 4, 4, 5)) == (0, 0, 1, 2, 1)
    assert middle((3, 4, 4, 5)) == "4"
    assert middle((3, 4)) == "3.5"
    assert middle(()) == "–"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), max_size=30))
def test_what_is_shown_for_editing_reads_back(values: list[int]) -> None:
    assert read_fingers(" ".join(map(str, sorted(values)))) == tuple(sorted(values))


@pytest.mark.parametrize(
    ("text", "count"),
    [("4", (4, None)), (" 4 of 6 ", (4, 6)), ("4/6", (4, 6)), ("4 out of 6", (4, 6)), ("4 hands", (4, None))],
)
def test_a_count_may_say_of_how_many(text: str, count: tuple[int, int | None]) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["", "all", "4 of", "-4", "4.5", "7 of 6", "٤"])
def test_what_is_no_count_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as 6|more than all"):
        read_count(text)
