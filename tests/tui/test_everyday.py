"""Everyday retros on the screen: columns written privately, revealed, grouped, voted, talked over."""

from pathlib import Path

import pytest

from retrotui.facilitation import new_retro
from retrotui.retro import Card, Retro, StageKind
from retrotui.retro.changes import GoToStage
from retrotui.templates import shipped
from tests.tui.full_app import NOW, TestApp, saved

COLUMNS = ("start-stop-continue", "mad-sad-glad", "four-ls", "sailboat", "kudos", "pre-mortem")
SIZES = ((120, 36), (80, 24))


def in_kind(template: str, kind: StageKind, **parts: object) -> Retro:
    """A retro in its first stage of a kind."""
    retro = new_retro("Our weeks", shipped(template), held=NOW, people=("Ana", "Will"))
    stage = next(stage.id for stage in retro.agenda.stages if stage.kind is kind)
    return GoToStage(stage).apply(retro.model_copy(update=parts))


def cards_stage(template: str) -> str:
    found = [stage for stage in shipped(template).stages if stage.kind == "cards"]
    return found[-1].id


@pytest.mark.parametrize(
    ("template", "size"), [(name, SIZES[number % len(SIZES)]) for number, name in enumerate(COLUMNS)]
)
async def test_columns_go_from_private_writing_to_one_topic_at_a_time(
    template: str, size: tuple[int, int], tmp_path: Path
) -> None:
    app = TestApp(tmp_path, saved(tmp_path, in_kind(template, StageKind.CARDS)))
    columns = shipped(template).stage(cards_stage(template)).columns  # type: ignore[union-attr]
    async with app.run_test(size=size) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "reviews take two days")
        await app.enter(pilot, f"the build is quick #{columns[1].id}")
        await pilot.press("tab")
        await app.enter(pilot, "reviews wait in a queue")
        await app.settle(pilot)
        assert "reviews" not in app.shown and "3 covered cards" in " ".join(app.shown.split())
        assert {card.column for card in app.meeting.retro.cards} == {columns[0].id, columns[1].id}
        await pilot.press("escape", "v")
        await app.settle(pilot)
        assert "reviews take two days" in app.shown and "▒" not in app.shown
        cards = {card.text: card.id for card in app.meeting.retro.cards}
        assert app.meeting.view is not None
        entries = app.meeting.view.entries
        entries.select(cards["reviews wait in a queue"])
        await pilot.press("g")
        await pilot.press(*"reviews take", "enter")
        await app.settle(pilot)
        grouped = app.meeting.retro.find(cards["reviews wait in a queue"])
        assert isinstance(grouped, Card) and grouped.group == cards["reviews take two days"]
        entries.select(cards["the build is quick"])
        await pilot.press("1")
        entries.select(cards["reviews take two days"])
        await pilot.press("3")
        await pilot.press("x")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.topic == cards["reviews take two days"]
        assert app.meeting.session.topic_clock is not None
        assert "▶ reviews take two days" in app.shown
        await pilot.press("x")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.topic == cards["the build is quick"]


async def test_cards_with_most_hands_are_offered_where_no_stage_looks_for_causes(tmp_path: Path) -> None:
    stage = cards_stage("start-stop-continue")
    cards = (
        Card(id="c1", stage=stage, text="pairing on reviews", votes=1),
        Card(id="c2", stage=stage, text="releases on fridays", votes=4),
        Card(id="c3", stage=stage, text="nobody cared"),
        Card(id="c4", stage=stage, text="still covered", votes=9, private=True),
    )
    app = TestApp(
        tmp_path, saved(tmp_path, in_kind("start-stop-continue", StageKind.HOW_CAN_WE, cards=cards))
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        assert app.rows[1:] == ["card | releases on fridays | ●●●+ 4", "card | pairing on reviews | ● 1"]
        await pilot.press("escape", "d")
        assert "belongs to its own stage" in app.coach and len(app.meeting.retro.cards) == 4
        await pilot.press("a")
        assert app.meeting.composer.text == "How can we "
        await app.enter(pilot, "How can we release on any day?")
        assert app.meeting.retro.questions[0].text == "How can we release on any day?"


async def test_a_puzzle_is_taken_up_as_a_cause(tmp_path: Path) -> None:
    puzzle = Card(id="c1", stage=cards_stage("sprint"), text="tests are slow", votes=2)
    app = TestApp(tmp_path, saved(tmp_path, in_kind("sprint", StageKind.FACTORS, cards=(puzzle,))))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        assert app.rows == [
            "Cards to look behind, most hands first · a takes one up",
            "card | tests are slow",
        ]
        await pilot.press("escape", "a", "enter")
        await app.settle(pilot)
        assert [factor.text for factor in app.meeting.retro.factors] == ["tests are slow"]
        assert len(app.rows) == 1


async def test_an_incidents_causes_come_from_its_timeline_not_from_what_went_well(tmp_path: Path) -> None:
    card = Card(id="w1", text="the canary held", votes=3)
    app = TestApp(tmp_path, saved(tmp_path, in_kind("incident", StageKind.FACTORS, went_well=(card,))))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        assert not app.rows


async def test_words_of_an_empty_board_are_read_whole_in_a_small_window(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, in_kind("pre-mortem", StageKind.FACTORS)))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        assert app.meeting.view is not None
        assert app.meeting.view.entries.empty in " ".join(app.shown.split())
