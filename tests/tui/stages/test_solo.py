"""Reflecting alone: first person throughout, nothing that needs a room, a feeling that is written nowhere."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from retrotui.archive import create_file
from retrotui.archive.codec import loads
from retrotui.archive.places import state_dir
from retrotui.facilitation import new_retro
from retrotui.retro import (
    Action,
    ActionKind,
    CardKind,
    EventKind,
    Mode,
    Retro,
    Status,
)
from retrotui.retro.changes import GoToStage
from retrotui.templates import shipped
from retrotui.tui.alone import LABELS, ONLY_ALONE, WHY_NOT
from retrotui.tui.keys import BY_ID
from retrotui.tui.screens.help import HelpScreen
from retrotui.tui.screens.report import ReportScreen
from tests.tui.full_app import NOW, TestApp, saved

STAGES = ("arrive", "timeline", "helped", "conditions", "how_can_i", "close")
FEELING = "shaky and ashamed"
ROOM_WORDS = (
    "facilitator",
    "pass the keyboard",
    "show of hands",
    "the room",
    "who is here",
    "How can we",
    "what we want",
    "everybody",
)


def alone(stage: str = "arrive", **parts: object) -> Retro:
    """A reflection with nothing in it yet."""
    retro = new_retro("Dropped the wrong database", shipped("solo"), held=NOW).model_copy(update=parts)
    return GoToStage(stage).apply(retro)


def app_in(folder: Path, retro: Retro) -> TestApp:
    return TestApp(folder, saved(folder, retro))


@pytest.mark.parametrize("stage", STAGES)
async def test_every_stage_speaks_to_one_person(stage: str, tmp_path: Path) -> None:
    app = app_in(tmp_path, alone(stage))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        shown = app.shown
        await pilot.press("escape")
        await pilot.pause()
        shown += app.shown
        await app.do(pilot, "help")
        help_screen = app.screen
        assert isinstance(help_screen, HelpScreen)
        shown += help_screen._text().plain
        assert "What to do here" in shown
        found = [words for words in ROOM_WORDS if words.casefold() in shown.casefold()]
        assert not found


@pytest.mark.parametrize("command_id", sorted(WHY_NOT))
async def test_what_needs_a_room_says_kindly_why_not(command_id: str, tmp_path: Path) -> None:
    app = app_in(tmp_path, alone("close" if command_id.startswith("close") else "helped"))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.do(pilot, command_id, "3")
        assert app.coach == WHY_NOT[command_id]
        assert command_id not in {command.id for command, _ in app.meeting.usable_commands()}


async def test_a_team_is_not_offered_what_is_for_one_alone(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, new_retro("Checkout", shipped("incident"), held=NOW)))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        offered = {command.id for command, _ in app.meeting.usable_commands()}
        assert not offered & set(ONLY_ALONE)
        await app.do(pilot, "opening.feeling")
        assert app.coach == ONLY_ALONE["opening.feeling"]


def test_words_for_one_alone_are_about_commands_there_are() -> None:
    assert {*WHY_NOT, *ONLY_ALONE, *LABELS} <= set(BY_ID)


async def test_home_asks_one_person_only_what_happened(tmp_path: Path) -> None:
    app = TestApp(tmp_path / "retros")
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert len(app.screen.query("Input")) == 1
        await pilot.press(*"oops", "enter")
        await app.settle(pilot)
        info = app.meeting.retro.info
        assert (info.title, info.mode, info.template) == ("oops", Mode.SOLO, "solo")
        assert "Nothing leaves this machine" in app.coach


# a word for how I am


def everything_written(folder: Path) -> bytes:
    """All bytes of all files below a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def type_feeling(app: TestApp, pilot: object) -> None:
    await app.do(pilot, "opening.feeling")  # type: ignore[arg-type]
    await app.enter(pilot, FEELING)  # type: ignore[arg-type]


async def test_a_feeling_is_shown_and_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETROTUI_STATE", str(tmp_path / "state"))
    app = app_in(tmp_path, alone())
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "opening.feeling")
        app.type(FEELING)
        await pilot.pause()
        app.meeting.workspace.beat()
        await app.settle(pilot)
        assert FEELING.encode() not in everything_written(tmp_path)
        await pilot.press("enter")
        await pilot.pause()
        await app.settle(pilot)
        assert f"how I am | {FEELING}" in app.rows[1]
        assert "not saved" in app.rows[1]
        assert not app.meeting.session.undo_name
        assert FEELING not in repr(app.meeting.workspace.drafts)
        assert FEELING.encode() not in everything_written(tmp_path)
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        await app.do(pilot, "stage.back")
        await app.settle(pilot)
        assert FEELING not in app.shown
    assert FEELING.encode() not in everything_written(tmp_path)


async def test_a_feeling_is_not_in_what_a_crash_leaves_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETROTUI_STATE", str(tmp_path / "state"))
    app = app_in(tmp_path, alone())
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await app.settle(pilot)
            await type_feeling(app, pilot)
            await app.do(pilot, "opening.feeling")
            monkeypatch.setattr(app.meeting, "_tick", lambda: 1 // 0)
            app.meeting.call_later(lambda: 1 // 0)
            await pilot.pause()
            await pilot.pause()
    assert (state_dir() / "crash.log").exists()
    assert FEELING.encode() not in everything_written(tmp_path)


async def test_a_feeling_is_kept_by_one_key_for_its_writer_only(tmp_path: Path) -> None:
    app = app_in(tmp_path, alone())
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await type_feeling(app, pilot)
        await pilot.press("escape")
        await pilot.press("y")
        await app.settle(pilot)
        (card,) = app.on_disk.cards
        assert card.text == FEELING and card.private
        assert "no write-up shows it" in app.rows[1]
        await app.do(pilot, "report")
        assert isinstance(app.screen, ReportScreen)
        assert FEELING not in app.shown
        await pilot.press("q")
        await app.do(pilot, "undo")
        await app.settle(pilot)
        assert FEELING.encode() not in app.meeting.path.read_bytes()


# old actions


def with_action(title: str, template: str, text: str) -> Retro:
    retro = new_retro(title, shipped(template), held=NOW - timedelta(days=7))
    action = Action(id="a1", text=text, due=date(2026, 11, 1))
    return retro.model_copy(update={"actions": (action,)})


@pytest.mark.parametrize(("template", "mine"), [("solo", "show the host"), ("incident", "add a canary")])
async def test_alone_my_own_old_actions_are_listed_and_a_teams_are_not(
    template: str, mine: str, tmp_path: Path
) -> None:
    create_file(
        tmp_path / "2026-11-14-mine.toml", with_action("Mine", "solo", "show the host in the prompt")
    ).close()
    create_file(
        tmp_path / "2026-11-14-ours.toml", with_action("Ours", "incident", "add a canary stage")
    ).close()
    retro = new_retro("Today", shipped(template), held=NOW)
    app = app_in(tmp_path, GoToStage(retro.agenda.stages[0].id).apply(retro))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        board = "\n".join(app.rows)
        assert mine in board
        assert ("show the host" in board) is (template == "solo")
        assert ("add a canary" in board) is (template == "incident")


# what happened


async def test_the_oh_no_second_is_met_with_a_kind_line(tmp_path: Path) -> None:
    app = app_in(tmp_path, alone("timeline"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "9:06 oh no, the orders page was empty")
        await pilot.pause()
        assert app.meeting.retro.events[0].kind is EventKind.OH_NO
        assert "where I began to know more" in app.coach
        assert "TTD" not in app.shown


@pytest.mark.parametrize("stage", STAGES)
async def test_self_blame_is_taken_and_met_with_a_question(stage: str, tmp_path: Path) -> None:
    app = app_in(tmp_path, alone(stage))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        app.type("it was all my fault and I am such an idiot ")
        await pilot.pause()
        assert not app.meeting.composer._underline.spans
        await pilot.press("enter")
        await pilot.pause()
        assert app.meeting.composer.text == ""
        assert "What would you tell a colleague?" in app.coach
        assert "held" not in app.coach


# how can I


async def test_a_change_to_oneself_asks_for_one_to_the_surroundings(tmp_path: Path) -> None:
    app = app_in(tmp_path, alone("how_can_i"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "> check the host name twice before I run anything")
        await pilot.pause()
        assert "one change around me" in app.coach
        assert "none to what is around me" in app.rows[0]
        assert "no owner" not in app.shown
        await app.do(pilot, "safeguard.shelf")
        await pilot.press(*"unmis", "enter")
        await pilot.pause()
        assert app.meeting.composer.text.startswith("Show host and environment")
        await pilot.press("enter")
        await app.settle(pilot)
        shelf = app.meeting.retro.actions[1]
        assert shelf.kind is ActionKind.PREVENT
        assert "around me." not in app.rows[0]


async def test_questions_begin_with_how_can_i(tmp_path: Path) -> None:
    app = app_in(tmp_path, alone("how_can_i"))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "See at once which database this is")
        assert app.meeting.retro.questions[0].text == "How can I see at once which database this is?"


# the close


async def test_it_closes_on_what_was_learned_and_who_else_could_use_it(tmp_path: Path) -> None:
    app = app_in(tmp_path, alone("close"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "a prompt that shows the host is worth more than attention")
        await app.enter(pilot, "the payments team runs the same script #other")
        kinds = [card.kind for card in app.meeting.retro.cards]
        assert kinds == [CardKind.TAKEAWAY, CardKind.OTHER]
        board = "\n".join(app.rows)
        assert str(app.meeting.path) in board
        assert "nothing leaves it unless I send it" in board
        assert "--template self" in board and "--as-team" in board
        await pilot.press("escape", "x")
        await app.settle(pilot)
        assert app.on_disk.info.status is Status.CLOSED
        assert "It took some courage" in "\n".join(app.rows)


async def test_it_opens_up_into_a_team_retro_without_what_is_private(tmp_path: Path) -> None:
    app = app_in(tmp_path, alone())
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await type_feeling(app, pilot)
        await app.do(pilot, "opening.keep_feeling")
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        await app.enter(pilot, "9:05 I ran the cleanup script")
        mine = app.meeting.path
        await app.do(pilot, "retro.as_team")
        await pilot.press("o")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await app.settle(pilot)
        info = app.meeting.retro.info
        assert info.mode is Mode.TEAM and app.meeting.path != mine
        assert [event.text for event in app.meeting.retro.events] == ["I ran the cleanup script"]
        assert FEELING.encode() not in app.meeting.path.read_bytes()
        kept = loads(mine.read_bytes(), mine.name)
        assert kept.info.mode is Mode.SOLO and kept.cards[0].text == FEELING
