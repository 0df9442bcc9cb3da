"""The write-up shows what happened and what was decided, and nothing that is secret."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from retrotui.demo import demo_retro
from retrotui.exchange.formats import ReportFormat, UnknownFormat, report_format, report_names
from retrotui.exchange.report import markdown
from retrotui.exchange.report_text import as_slack
from retrotui.exchange.write_up import write_up
from retrotui.retro import (
    Action,
    ActionStatus,
    Agenda,
    Ballot,
    Card,
    Event,
    EventKind,
    Factor,
    FactorKind,
    HypothesisState,
    Info,
    Retro,
    Stage,
    StageKind,
)
from tests.strategies import retros

GFM = MarkdownIt("commonmark", {"html": True}).enable("table")


def a_retro(**parts: object) -> Retro:
    return Retro.model_validate({"retro": Info(id="r", title="Checkout answered 5xx"), **parts})


def test_the_demo_is_written_up_whole() -> None:
    text = markdown(demo_retro())
    for heading in (
        "# GitLab 2017: the primary database was emptied",
        "## Summary",
        "## Impact",
        "## Timeline",
        "### Figures",
        "## What went well",
        "## Contributing factors",
        "## How can we",
        "## Action items",
        "## Parked for later",
        "## Close",
    ):
        assert f"\n{heading}\n" in f"\n{text}"
    assert "| TTM, time to mitigate | \\~17:35 | last mitigated - first impact_start |" in text
    assert "    - The names db1 and db2 differ" in text
    assert "\n\n\n\n" not in text and text.endswith("\n") and not text.endswith("\n\n")


def test_times_are_shown_in_the_zone_of_the_retro_with_each_new_day() -> None:
    retro = a_retro(
        retro=Info(id="r", title="t", timezone="Europe/Dublin"),
        event=(
            Event(id="e1", at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC), text="before midnight"),
            Event(id="e2", at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), text="after it"),
        ),
    )
    assert "| 2026-07-01 | 23:30 |" in markdown(retro)
    assert "| 2026-07-02 | 00:30 |" in markdown(retro)


def test_a_hypothesis_says_what_became_of_it() -> None:
    event = Event(id="e1", kind=EventKind.HYPOTHESIS, state=HypothesisState.DISPROVED, text="a stampede")
    assert "hypothesis (disproved)" in markdown(a_retro(event=(event,)))


def test_private_cards_and_open_ballots_are_left_out() -> None:
    retro = a_retro(
        agenda=Agenda(stage=(Stage(id="secret_stage", kind=StageKind.CARDS, title="Puzzles"),)),
        went_well=(
            Card(id="w1", text="hidden-card", private=True),
            Card(id="w2", text="seen-card", group="w1"),
        ),
        card=(Card(id="c1", stage="secret_stage", text="hidden-too", private=True),),
        ballot=Ballot(stage="secret_stage", topics=("w2",), counts=(77,), voters=5),
    )
    text = markdown(retro)
    assert "hidden" not in text and "77" not in text and "Puzzles" not in text
    assert "seen-card" in text
    assert write_up(retro).retro.ballot is None


def test_closed_actions_say_how_they_ended() -> None:
    retro = a_retro(
        action=(
            Action(id="a1", text="open one", owner="Ana"),
            Action(id="a2", text="dropped one", status=ActionStatus.WONT_DO, reason="the service goes away"),
        )
    )
    text = markdown(retro)
    assert "| a1 | open one | prevent | Ana | – | – | – |" in text
    assert "- a2: dropped one (will not be done: the service goes away)" in text


def test_a_retro_that_has_not_started_is_written_up_too() -> None:
    assert markdown(a_retro()) == "# Checkout answered 5xx\n\n- **Status:** draft\n"


def test_what_kept_the_damage_smaller_is_no_cause() -> None:
    retro = a_retro(
        factor=(
            Factor(id="f1", text="both hosts look alike", kind=FactorKind.TRIGGER),
            Factor(id="f2", text="the prompt is plain", parent="f1"),
            Factor(id="f3", text="a retry ran at once", parent="f1", kind=FactorKind.MITIGATING),
            Factor(id="f4", text="retries were on", parent="f3"),
            Factor(id="f5", text="a copy lay beside it", kind=FactorKind.MITIGATING),
        )
    )
    report = write_up(retro)
    assert [line.factor.id for line in report.causes] == ["f1", "f2"]
    assert [(line.factor.id, line.depth) for line in report.kept_smaller] == [("f3", 0), ("f4", 1), ("f5", 0)]
    assert "a copy lay" not in markdown(retro, "short") and "a copy lay" not in as_slack(retro)
    assert "a copy lay beside it (mitigating)" in markdown(retro)
    alone = markdown(retro, "self")
    assert alone.index("What made it possible") < alone.index("What helped") < alone.index("a copy lay")
    assert "It took 2 conditions together" in alone
    book = markdown(retro, "sre")
    assert "- both hosts look alike (trigger)\n  - the prompt is plain\n" in book and "a copy lay" not in book


def test_kept_wording_stays_inside() -> None:
    retro = a_retro(kept_wording=({"rule": "counterfactual", "phrase": "kept-phrase", "section": "causes"},))
    assert "kept-phrase" not in markdown(retro)


def test_a_factor_names_where_it_shows() -> None:
    retro = a_retro(
        event=(Event(id="e1", at=datetime(2026, 7, 1, 14, 3, tzinfo=UTC)),),
        factor=(Factor(id="f1", text="a long average", events=("e1",), present_now=False, votes=1),),
    )
    assert "- a long average (seen at 14:03; no longer so; 1 vote)" in markdown(retro)


@given(retros())
@settings(max_examples=60, deadline=None)
def test_any_retro_becomes_clean_markdown(retro: Retro) -> None:
    text = markdown(retro)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    rows = [token for token in GFM.parse(text) if token.type in ("html_block", "code_block")]
    rows += [token for token in GFM.parse(text) if token.type == "fence" and token.info != "mermaid"]
    assert not rows


def test_a_format_is_found_by_name() -> None:
    found = report_format("markdown")
    assert isinstance(found, ReportFormat) and found.suffix == ".md"
    assert "markdown" in report_names()


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match="'docx'; there are markdown"):
        report_format("docx")


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(LookupError, match="choose one of incident"):
        markdown(demo_retro(), "nope")
