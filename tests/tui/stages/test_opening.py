"""The opening: rule, people, safety check, and the old actions, written into their own files."""

import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from retrotui.archive import create_file, dumps, loads
from retrotui.notation.people_line import read_people
from retrotui.retro import Action, ActionStatus, Retro
from retrotui.retro.changes import Delete, ReviewAction
from retrotui.tui.stages import old_actions
from retrotui.tui.stages.old_actions import OldAction
from retrotui.tui.stages.opening import GROUND_RULE, OpeningView
from tests.tui.host import NOON, HostApp, retro_in

EARLIER = datetime(2026, 10, 1, 9, 0, tzinfo=NOON.tzinfo)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETROTUI_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("RETROTUI_CACHE_DIR", str(tmp_path / "cache"))


def action(number: int, text: str, **values: object) -> Action:
    return Action.model_validate({"id": f"a{number}", "text": text, **values})


OLD = (
    action(1, "add a canary stage to deploy", owner="Priya", due=date(2026, 11, 9)),
    action(2, "rehearse the restore", carried=2),
    action(3, "settled long ago", status="done"),
)


def earlier_retro(*actions: Action) -> Retro:
    retro = retro_in("close", actions=actions or OLD)
    info = retro.info.model_copy(update={"id": "2026-10-01-earlier", "title": "Login slow", "held": EARLIER})
    return retro.model_copy(update={"info": info})


def folder_with(tmp_path: Path, retro: Retro) -> Path:
    folder = tmp_path / "retros"
    folder.mkdir()
    (folder / f"{retro.info.id}.toml").write_bytes(dumps(retro))
    return folder


def in_file(folder: Path, action_id: str) -> Action:
    path = folder / "2026-10-01-earlier.toml"
    found = loads(path.read_bytes(), path.name).find(action_id)
    assert isinstance(found, Action)
    return found


async def settled(app: HostApp, pilot: object) -> None:
    """Waits for what runs off the screen's thread, and for what that brings about."""
    for _ in range(4):
        await app.workers.wait_for_complete()
        await pilot.pause()  # type: ignore[attr-defined]


def app_in(folder: Path, retro: Retro | None = None, **kwargs: str) -> HostApp:
    return HostApp(retro or retro_in("opening"), folder / "today.toml", **kwargs)


def select_old(app: HostApp, number: int) -> None:
    app.host.view.entries.select(f"old:2026-10-01-earlier#a{number}")


# what is agreed on


async def test_a_good_ground_rule_is_offered_ready_to_change(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("g")
        assert app.host.composer.text == GROUND_RULE
        app.host.enter("We look for what made it possible.")
        assert app.session.retro.opening.ground_rule == "We look for what made it possible."
        assert "We look for what made it possible." in app.host.board
        await settled(app, pilot)


async def test_people_are_typed_with_commas_and_a_star_for_who_facilitates(tmp_path: Path) -> None:
    app = app_in(tmp_path, retro_in("opening", people=()))
    async with app.run_test() as pilot:
        await pilot.press("w")
        app.host.enter("Ana*, Will , @Priya,, ana")
        info = app.session.retro.info
        assert info.people == ("Ana", "Will", "Priya") and info.facilitator == "Ana"
        assert "Ana (facilitates), Will, Priya" in app.host.board
        app.host.view.entries.focus()
        await pilot.press("w")
        assert app.host.composer.text == "Ana*, Will, Priya"
        await settled(app, pilot)


def test_names_with_spaces_and_other_scripts_stay_whole() -> None:
    assert read_people("María José*; 陈伟,  Jo   van Dyk") == (
        ("María José", "陈伟", "Jo van Dyk"),
        "María José",
    )


async def test_the_safety_check_is_sorted_and_shown_as_a_spread(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("s")
        assert not app.host.enter("4 5 9")
        assert "9 is not an answer" in app.host.said[-1]
        assert app.host.enter("4 5 3 4")
        assert app.session.retro.opening.safety == (3, 4, 4, 5)
        assert any("4 ●● 2" in row and "middle 4, 4 answers" in row for row in app.host.rows)
        await settled(app, pilot)


async def test_what_we_want_to_learn_is_typed_as_cards(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        app.host.enter("why the alert was late")
        (card,) = app.session.retro.cards
        assert card.stage == "opening" and card.id == "c1"
        assert app.host.rows[0] == "to learn | why the alert was late"
        await settled(app, pilot)


async def test_e_edits_whatever_is_selected(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        for row, place in (("rule", "rule"), ("people", "people"), ("safety", "safety")):
            app.host.view.entries.focus()
            app.host.view.entries.select(row)
            await pilot.press("e")
            assert app.host.composer.doing is not None and app.host.composer.doing.place == place


async def test_alone_there_is_nobody_to_ask_and_no_overdue_work_of_the_team(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder, retro_in("arrive", template="solo", people=()))
    async with app.run_test() as pilot:
        await settled(app, pilot)
        await pilot.press("s")
        assert "nobody to ask" in app.host.said[-1]
        assert [row.split(" | ")[0] for row in app.host.rows] == ["to learn", "how I am"]
        assert "Type what I would like to understand." in app.host.board


# the old actions


async def test_open_actions_of_earlier_retros_are_listed_in_words(tmp_path: Path) -> None:
    app = app_in(folder_with(tmp_path, earlier_retro()))
    async with app.run_test() as pilot:
        await settled(app, pilot)
        board = app.host.board
        assert "2 of 2 left to look at" in board and "settled long ago" not in board
        assert "○ open | add a canary stage to deploy" in board
        assert "@Priya · 12 days overdue" in board
        assert "carried twice" in board and "from “Login slow”" in board


async def test_the_opening_is_there_before_the_old_actions_have_been_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    load = old_actions.load

    def slow(*args: Any) -> tuple[OldAction, ...]:
        waiting.wait(20)
        return load(*args)

    monkeypatch.setattr(old_actions, "load", slow)
    app = app_in(folder_with(tmp_path, earlier_retro()))
    async with app.run_test() as pilot:
        assert "Looking through the earlier retros" in app.host.board
        app.host.enter("why the alert was late")
        assert "why the alert was late" in app.host.board
        waiting.set()
        await settled(app, pilot)
        assert "2 of 2 left to look at" in app.host.board


async def test_done_is_written_into_the_file_of_its_own_retro_and_can_be_taken_back(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("x")
        await settled(app, pilot)
        assert in_file(folder, "a1").status is ActionStatus.DONE
        assert in_file(folder, "a1").closed == NOON.date()
        assert "✔ done | add a canary" in app.host.board
        select_old(app, 1)
        await pilot.press("x")
        await settled(app, pilot)
        assert in_file(folder, "a1").status is ActionStatus.OPEN and in_file(folder, "a1").closed is None


@pytest.mark.parametrize("how", ["done", "dropped"])
async def test_undo_takes_a_mark_back_here_and_in_the_other_file_and_redo_sets_it_again(
    tmp_path: Path, how: str
) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        if how == "done":
            await pilot.press("x")
        else:
            await pilot.press("X")
            assert not app.host.enter(" ")
            assert app.host.enter("the service is gone")
        await settled(app, pilot)
        status = ActionStatus.DONE if how == "done" else ActionStatus.WONT_DO
        assert in_file(folder, "a1").status is status
        assert "1 of 2 left to look at" in app.host.board
        app.host.command_undo()
        assert "add a canary stage to deploy" in app.host.said[-1]
        await settled(app, pilot)
        old = in_file(folder, "a1")
        assert (old.status, old.closed, old.reason) == (ActionStatus.OPEN, None, "")
        assert "○ open | add a canary" in app.host.board and "2 of 2 left" in app.host.board
        app.session.redo()
        await settled(app, pilot)
        assert in_file(folder, "a1").status is status


async def test_keeping_a_dropped_action_and_undo_bring_back_one_step_each(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("X")
        app.host.enter("the service is gone")
        await settled(app, pilot)
        app.host.view.entries.focus()
        select_old(app, 1)
        await pilot.press("c")
        await settled(app, pilot)
        assert in_file(folder, "a1").status is ActionStatus.SUPERSEDED
        app.host.command_undo()
        await settled(app, pilot)
        old = in_file(folder, "a1")
        assert (old.status, old.reason) == (ActionStatus.WONT_DO, "the service is gone")
        assert not app.session.retro.actions


async def test_what_was_settled_here_is_still_listed_when_the_opening_is_seen_again(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("x")
        await settled(app, pilot)
    again = app_in(folder, loads(dumps(app.session.retro), "today.toml"))
    async with again.run_test() as pilot:
        await settled(again, pilot)
        assert "1 of 2 left to look at" in again.host.board and "✔ done | add a canary" in again.host.board
        select_old(again, 1)
        await pilot.press("x")
        await settled(again, pilot)
        assert in_file(folder, "a1").status is ActionStatus.OPEN
        select_old(again, 1)
        await pilot.press("c")
        await settled(again, pilot)
        assert in_file(folder, "a1").status is ActionStatus.SUPERSEDED


async def test_what_was_opened_again_since_is_open_and_not_settled_behind_anybodys_back(
    tmp_path: Path,
) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    mark = ReviewAction("2026-10-01-earlier#a1", ActionStatus.DONE)
    app = app_in(folder, mark.apply(retro_in("opening")))
    async with app.run_test() as pilot:
        await settled(app, pilot)
        assert "○ open | add a canary" in app.host.board
        assert in_file(folder, "a1").status is ActionStatus.OPEN
        select_old(app, 1)
        await pilot.press("x")
        await settled(app, pilot)
        assert in_file(folder, "a1").status is ActionStatus.DONE
        assert "✔ done | add a canary" in app.host.board


async def test_a_kept_action_goes_on_here_and_its_file_says_where_it_went(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 2)
        await pilot.press("c")
        await settled(app, pilot)
        (new,) = app.session.retro.actions
        assert new.text == "rehearse the restore" and new.carried == 3
        assert new.came_from == "2026-10-01-earlier#a2"
        old = in_file(folder, "a2")
        assert old.status is ActionStatus.SUPERSEDED
        assert old.went_to == f"{app.session.retro.info.id}#{new.id}"


async def test_undo_puts_the_other_file_right_as_well(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 2)
        await pilot.press("c")
        await settled(app, pilot)
        await pilot.press("u")
        await settled(app, pilot)
        old = in_file(folder, "a2")
        assert not app.session.retro.actions
        assert old.status is ActionStatus.OPEN and old.went_to == "" and old.closed is None
        app.session.redo()
        await settled(app, pilot)
        assert in_file(folder, "a2").status is ActionStatus.SUPERSEDED


async def test_a_kept_action_that_was_deleted_elsewhere_in_the_meeting_is_open_again(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 2)
        await pilot.press("c")
        await settled(app, pilot)
        (new,) = app.session.retro.actions
    later = app_in(folder, Delete(new.id).apply(app.session.retro))
    async with later.run_test() as pilot:
        await settled(later, pilot)
        assert in_file(folder, "a2").status is ActionStatus.OPEN
        assert "○ open | rehearse the restore" in later.host.board


async def test_after_a_crash_between_the_two_files_the_second_is_put_right(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    kept = action(7, "rehearse the restore", came_from="2026-10-01-earlier#a2", carried=3)
    retro = retro_in("opening", actions=(kept,))
    (folder / "today.toml").write_bytes(dumps(retro))
    app = app_in(folder, retro)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        assert in_file(folder, "a2").status is ActionStatus.SUPERSEDED
        assert in_file(folder, "a2").went_to == f"{retro.info.id}#a7"


async def test_re_scoping_edits_the_line_and_carries_it(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("o")
        assert app.host.composer.text.startswith("add a canary stage to deploy @Priya")
        app.host.enter("add a canary stage to the login deploy only @Will due 2026-12-05")
        await settled(app, pilot)
        (new,) = app.session.retro.actions
        assert new.owner == "Will" and new.due == date(2026, 12, 5) and new.carried == 1
        assert "↪ kept | add a canary stage to the login deploy only" in app.host.board
        assert in_file(folder, "a1").status is ActionStatus.SUPERSEDED


async def test_dropping_needs_a_reason(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("X")
        assert not app.host.enter("  ")
        assert "say why" in app.host.said[-1]
        app.host.enter("the deploy tool is being replaced")
        await settled(app, pilot)
        old = in_file(folder, "a1")
        assert old.status is ActionStatus.WONT_DO and old.reason == "the deploy tool is being replaced"
        assert "because: the deploy tool is being replaced" in app.host.board


async def test_a_file_that_is_open_elsewhere_is_said_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "retros"
    opened = create_file(folder / "2026-10-01-earlier.toml", earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("x")
        await settled(app, pilot)
        assert "not in its file yet" in app.host.board
        opened.close()
        view = app.host.view
        assert isinstance(view, OpeningView)
        view._try_again(view._old[0])
        await settled(app, pilot)
        assert in_file(folder, "a1").status is ActionStatus.DONE
        assert "not in its file yet" not in app.host.board


async def test_nothing_is_written_to_the_old_file_before_this_retro_is_saved(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        app.host.on_disk = False
        select_old(app, 1)
        await pilot.press("c")
        await settled(app, pilot)
        assert in_file(folder, "a1").status is ActionStatus.OPEN
        assert "not saved yet" in app.host.said[-1]


async def test_a_broken_file_in_the_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    (folder / "broken.toml").write_text("= nonsense [")
    app = app_in(folder)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        assert "2 of 2 left" in app.host.board


async def test_a_retro_opened_to_look_at_changes_no_other_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, earlier_retro())
    app = app_in(folder, read_only="another window has it open")
    async with app.run_test() as pilot:
        await settled(app, pilot)
        select_old(app, 1)
        await pilot.press("x")
        await settled(app, pilot)
        assert app.host.said[-1] == "another window has it open"
        assert in_file(folder, "a1").status is ActionStatus.OPEN


@pytest.mark.parametrize(("key", "words"), [("x", "no old actions"), ("d", "e edits this")])
async def test_a_key_that_cannot_be_used_says_why(tmp_path: Path, key: str, words: str) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await settled(app, pilot)
        await pilot.press(key)
        assert words in app.host.said[-1]


async def test_a_tag_alone_is_nothing_to_learn(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test():
        assert not app.host.enter("#kudos")
        assert "add words" in app.host.said[-1]
        assert app.session.retro.cards == ()
