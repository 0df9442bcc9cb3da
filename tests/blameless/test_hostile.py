"""Long and hostile input: time grows with length, not faster."""

from __future__ import annotations

import time

import pytest

from retrotui.blameless import Checker

CHECKER = Checker(roster=[f"Name{chr(97 + i)}" for i in range(30)])
PIECES = {
    "one letter": "a",
    "one long word": "should",
    "backticks": "` ",
    "quotes": "\"a 'b ",
    "brackets": "[x](",
    "no end of names": "namea and nameb and ",
    "no end of roles": "the senior platform engineer ",
    "adverbs": "just really simply ",
    "half a match": "who the hell on earth ",
    "many matches": "namea should have checked ",
    "negations": "not never nobody ",
    "times": "14:03 +12m ~9:?? ",
    "links": "https://a.b/c?d=e&f ",
    "combining": "é́́ ",
    "right to left": "שלום עולם ",
    "marks": "?!.,;:—",
    "newlines": "\n\r\n",
    "apostrophes": "shouldn't've's ",
}


def spent(text: str) -> float:
    """CPU seconds for one check, the better of two."""
    times = []
    for _ in range(2):
        begin = time.process_time()
        CHECKER.check(text, "causes", "strict")
        times.append(time.process_time() - begin)
    return min(times)


@pytest.mark.parametrize("name", PIECES)
def test_time_grows_with_length_only(name: str) -> None:
    piece = PIECES[name]
    short = (piece * (4_000 // len(piece) + 1))[:4_000]
    spent(short)
    # eight times the text may take eight times as long; anything quadratic would take sixty-four times
    assert spent(short * 8) < max(0.02, spent(short)) * 30
