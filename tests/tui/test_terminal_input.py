"""Pastes, whatever is in them and however they are cut; and signs for what an encoding lacks."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.message import Message

from retrotui.tui.terminal_input import (
    END,
    LONGEST_LOOK_S,
    LOOKS_IN_VAIN,
    STAND_IN,
    START,
    PasteParser,
    PatientSelector,
    install,
)


def read(*parts: str) -> list[Message]:
    """What a terminal that sends these parts means."""
    parser = PasteParser()
    return [message for part in parts for message in parser.feed(part)]


def pastes(messages: list[Message]) -> list[str]:
    """The texts that were pasted."""
    return [message.text for message in messages if isinstance(message, events.Paste)]


def keys(messages: list[Message]) -> list[str]:
    """The keys that were pressed."""
    return [message.key for message in messages if isinstance(message, events.Key)]


def test_escape_sequences_in_a_paste_are_text() -> None:
    text = "red \x1b[31mlog\x1b[0m \x1b[19~ \x1b]0;title\x07 \x1b"
    found = read(f"a{START}{text}{END}b")
    assert pastes(found) == [text]
    assert keys(found) == ["a", "b"]


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("ab\x1b[20~1é漢\r\n"), max_size=40).filter(lambda t: END not in t),
    cuts=st.lists(st.integers(3, 60), max_size=4),
)
def test_a_paste_is_whole_wherever_the_reads_cut_it(text: str, cuts: list[int]) -> None:
    sent = f"{START}{text}{END}x"
    if sent.index(END) != len(START) + len(text):
        return  # the text and the closing bracket make one earlier: no terminal could tell them apart
    places = sorted({0, len(sent), *(cut for cut in cuts if cut < len(sent))})
    found = read(*(sent[a:b] for a, b in pairwise(places)))
    assert pastes(found) == [text]
    assert keys(found) == ["x"]


@pytest.mark.parametrize("sequence", ["\x1b[20~", "\x1b[21~", "\x1b[24~"])
def test_a_function_key_that_begins_like_a_paste_is_a_key(sequence: str) -> None:
    for cut in range(3, len(sequence)):
        assert keys(read(sequence[:cut], sequence[cut:])) == keys(read(sequence)) != []


def test_what_an_encoding_lacks_takes_as_many_cells() -> None:
    install()
    for text in ("╭─ add ─╮", "✔ saved · 漢字", "○ ● ♥ ▲ …", "e\u0301"):
        plain = text.encode("ascii", STAND_IN).decode("ascii")
        assert len(plain) == cell_len(text)


def test_looks_for_keys_grow_rarer_while_nobody_types_and_a_key_ends_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float | None] = []
    ready: list[Any] = []

    def look(_: object, timeout: float | None = None) -> list[Any]:
        waits.append(timeout)
        return ready

    monkeypatch.setattr("selectors.SelectSelector.select", look)
    selector = PatientSelector()
    for _ in range(LOOKS_IN_VAIN + 2):
        selector.select(0.1)
    assert waits == [0.1] * LOOKS_IN_VAIN + [LONGEST_LOOK_S] * 2
    ready.append("a key")
    selector.select(0.1)
    ready.clear()
    selector.select(0.1)
    assert waits[-2:] == [LONGEST_LOOK_S, 0.1]
    selector.select(0)
    assert waits[-1] == 0
