"""Long and hostile input: time grows with length, not faster."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from retrotui.blameless import Checker, load_rulebook, matcher, patterns, typing_findings
from retrotui.blameless.grammar import sentences
from retrotui.blameless.roster import Roster
from retrotui.blameless.tokens import tokenize

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


def steps(text: str) -> int:
    """How many calls one check takes: as telling as its time, and the same on every machine."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        CHECKER.check(text, "causes", "strict")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", PIECES)
def test_work_grows_with_length_only(name: str) -> None:
    piece = PIECES[name]
    short = (piece * (4_000 // len(piece) + 1))[:4_000]
    # eight times the text may take eight times as much; anything quadratic would take sixty-four times
    assert steps(short * 8) < max(1_000, steps(short)) * 12


@pytest.mark.parametrize(
    "source",
    ["..9 a? ..9 a? ..9 a? ..9 a? ..9 z", "a ..9 a ..9 a ..9 a ..9 a ..9 z", "a? a? a? a? a? a? a? a? a? z"],
)
def test_no_pattern_can_be_driven_into_backtracking(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    asked = []
    match = matcher._match

    def counted(steps: tuple[patterns.Step, ...], index: int, *rest: object) -> int:
        asked.append(index)
        return match(steps, index, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(matcher, "_match", counted)
    (sentence,) = sentences(tokenize("a " * 60), load_rulebook().lexicon, Roster())
    pattern = patterns.Pattern(source)
    assert matcher.match_at(pattern, sentence, 0) is None
    # once from each element at each word, and not once for each way there
    assert len(asked) <= len(pattern.compiled.steps) * 60


def test_an_exception_full_of_gaps_is_waited_for_in_time(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    gaps = " ".join(["..9 ana?"] * 8)
    path.write_text(
        f'[[rule]]\nid = "team.x"\nclass = "sarcasm"\nwhy = "Why."\nquestions = ["What?"]\n'
        f'match = ["ana {"..9 ana " * 3}yak"]\nunless = ["ana {gaps} zebra"]\n',
        encoding="utf-8",
    )
    checker = Checker(load_rulebook([path]))
    text = "ana " * 25 + "yak and "
    assert [f.rule for f in typing_findings(checker, text, "causes")] == ["team.x"]
