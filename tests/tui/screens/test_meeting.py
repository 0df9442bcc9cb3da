"""The meeting: stages, clock, room, parking, undo, views, palette and help, at every size."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from retrotui.facilitation import ClockState
from retrotui.retro import Factor, StageKind
from retrotui.templates import shipped
from retrotui.tui.app import RetroApp
from retrotui.tui.screens.choice import ChoiceScreen, PickScreen
from retrotui.tui.screens.help import HelpScreen
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.text import TextScreen
from tests.tui.full_app import TestApp, demo_folder, demo_in, fresh, saved

STAGES = ("opening", "timeline", "went_well", "causes", "how_can_we", "close")


async def opened(app: TestApp, pilot: Pilot[Any]) -> None:
    await app.settle(pilot)


async def test_the_stages_follow_each_other_and_going_back_loses_nothing(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await pilot.press("f7")
        assert "first stage" in app.coach
        for at, stage in enumerate(STAGES, start=1):
            assert app.meeting.retro.agenda.current == stage
            assert f"{at} of 6" in app.shown
            await app.do(pilot, "stage.next")
            await app.settle(pilot)
        assert "last stage" in app.coach
        await app.do(pilot, "stage.back")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.current == "how_can_we"
        await app.do(pilot, "undo")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.current == "close"
        await app.do(pilot, "redo")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.current == "how_can_we"


async def test_a_stage_ahead_is_left_out_and_taken_in_again(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        for skipped in (True, False):
            await app.do(pilot, "stage.skip")
            assert isinstance(app.screen, PickScreen)
            await pilot.press(*"time", "enter")
            await pilot.pause()
            stage = app.meeting.retro.agenda.stage("timeline")
            assert stage is not None
            assert stage.skipped is skipped
            assert ("– Timeline" in app.shown) is skipped


async def test_the_clock_runs_pauses_is_given_more_and_says_when_it_is_over(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()), bell=True)
    rung: list[bool] = []
    app.bell = lambda: rung.append(True)  # type: ignore[method-assign]
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        meeting = app.meeting
        assert meeting.session.running
        await pilot.press("f2")
        app.clocks.seconds += 1000
        assert meeting.session.clock.elapsed_s == 0
        await pilot.press("f2")
        app.clocks.seconds += 230
        meeting._tick()
        await pilot.pause()
        assert "of 4 min · almost up · running" in app.shown
        assert not rung
        app.clocks.seconds += 52
        meeting._tick()
        await pilot.pause()
        assert meeting.session.clock.state is ClockState.OVER
        assert "over · running" in app.shown
        assert rung == [True]
        assert "F4 asks the room" in app.coach
        await pilot.press("f3")
        assert meeting.session.clock.remaining_s == pytest.approx(18)
        await app.do(pilot, "clock.more5")
        await app.do(pilot, "clock.less")
        assert meeting.session.clock.remaining_s == pytest.approx(258)
        assert "1 minute less." in app.coach
        await app.do(pilot, "undo")
        await app.do(pilot, "undo")
        await app.do(pilot, "undo")
        assert meeting.session.clock.remaining_s == pytest.approx(-42)


async def test_the_room_is_asked_and_the_second_stay_is_shorter(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        for minutes in ("2 minutes", "1 minute"):
            await app.do(pilot, "room.ask")
            assert isinstance(app.screen, ChoiceScreen)
            await pilot.press("s")
            await pilot.pause()
            assert f"We stay: {minutes} more." in app.coach
        await app.do(pilot, "room.ask")
        await pilot.press("m")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.current == "timeline"


async def test_saved_time_is_told_and_shared_out_and_owed_time_is_asked_for(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        app.clocks.seconds += 60
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        assert "3:00 saved" in app.coach
        await app.do(pilot, "agenda.share")
        assert "3 saved minutes go to the stages that follow" in app.coach
        await app.do(pilot, "undo")
        app.clocks.seconds += 60 * 40
        await app.do(pilot, "agenda.share")
        assert "min over" in app.shown
        await pilot.press("s")
        await pilot.pause()
        causes = app.meeting.retro.agenda.stage("causes")
        assert causes is not None
        assert causes.extended_s < 0


async def test_a_thought_is_parked_from_anywhere_and_the_begun_line_stays(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="timeline")))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        app.type("14:03 half")
        await pilot.pause()
        await pilot.press("f9")
        await app.enter(pilot, "name hosts by role")
        assert [parked.text for parked in app.meeting.retro.parked] == ["name hosts by role"]
        assert app.meeting.retro.parked[0].stage == "timeline"
        assert app.meeting.composer.text == "14:03 half"


async def test_a_thought_that_was_being_parked_comes_back_after_a_crash(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.do(pilot, "park")
        app.type("name hosts by")
        await app.settle(pilot)
    again = TestApp(tmp_path, path)
    async with again.run_test() as pilot:
        await again.settle(pilot)
        assert again.meeting.composer.text == "name hosts by"
        assert "park a thought" in again.shown


async def test_the_projector_shows_clock_question_rail_and_the_topic_and_nothing_else(tmp_path: Path) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, "causes"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        theme = app.theme
        await pilot.press("f5")
        await pilot.pause()
        assert "███" in app.shown
        assert "What made this possible?" in app.shown
        assert "● Root causes" in app.shown
        assert "The shell prompt showed neither" in app.shown
        assert "F2" not in app.shown
        assert app.theme != theme
        await pilot.press("f5")
        await pilot.pause()
        assert app.theme == theme
        assert "F2 pause" in app.shown


async def test_escape_leaves_the_projector_which_says_so(tmp_path: Path) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, "causes"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await pilot.press("f5", "i")
        await app.settle(pilot)
        assert "esc or F5: back to the meeting" in app.shown
        await pilot.press("escape")
        await app.settle(pilot)
        assert app.meeting.has_class("-projector"), "only what is typed is left first"
        await pilot.press("escape")
        await app.settle(pilot)
        assert not app.meeting.has_class("-projector")
        await pilot.press("escape", "escape")
        await app.settle(pilot)
        assert app.coach.startswith("This is the board.")


async def test_themes_are_gone_through_with_one_key(tmp_path: Path) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, "causes"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        seen = [app.theme]
        for _ in range(12):
            await app.do(pilot, "theme.next")
            if app.theme == seen[0]:
                break
            seen.append(app.theme)
        assert len(seen) >= 6
        assert app.theme == seen[0]


async def test_another_prompt_is_asked_and_comes_round(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="timeline")))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        prompts = set()
        for _ in range(3):
            await pilot.press("f6")
            await pilot.pause()
            prompts.add(app.shown.splitlines()[4])
        assert len(prompts) > 1


async def test_the_palette_lists_the_registry_and_says_why_something_cannot_be_done(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        found = {command.title: command.help for command in app.get_system_commands(app.screen)}
        assert "Skip a stage, or take it in again" in found
        assert found["Redo (not now)"] == "There is nothing to redo."
        assert "F2" in found["Pause or resume the clock"]
        assert any(title.startswith("Theme: ") for title in found)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert "Search for commands" in app.shown
        await pilot.press("escape")


@pytest.mark.parametrize("stage", STAGES)
async def test_help_tells_what_a_facilitator_does_in_the_stage_and_its_keys(
    tmp_path: Path, stage: str
) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, stage))
    async with app.run_test(size=(100, 100)) as pilot:
        await app.settle(pilot)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert "What a facilitator does here" in app.shown
        assert "While typing" in app.shown
        assert "On the board (after esc)" in app.shown
        assert "esc closes it" in app.shown
        await pilot.press("q")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)


async def test_a_cause_that_resembles_an_earlier_one_is_told_and_shown_with_what_came_of_it(
    tmp_path: Path,
) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, "causes"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "linkerd sent traffic to instances that no longer existed")
        await app.settle(pilot)
        assert app.coach == (
            "Resembles “Monzo 2017: payments failed…” (24 Oct 2026): 1 done, 4 open, 1 carried on, 1 dropped"
        )
        assert "S or F12 shows it" in app.shown
        await pilot.press("f12")
        await app.settle(pilot)
        assert isinstance(app.screen, TextScreen)
        assert "then  linkerd sent traffic to instances that no longer existed after the deploy" in app.shown
        assert "✔ Upgrade the router" in app.shown


async def test_a_title_is_looked_up_when_the_retro_is_opened_and_when_it_changes(tmp_path: Path) -> None:
    older = fresh().info.model_copy(update={"id": "older"})
    saved(tmp_path, fresh().model_copy(update={"info": older}))
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="timeline")))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        app.meeting.look_back_at_title()
        await app.settle(pilot)
        assert app.coach.startswith("Resembles “Checkout answered 5xx” (21 Nov 2026): no actions")


async def test_a_title_that_blames_is_asked_about_while_the_retro_has_nothing_else(tmp_path: Path) -> None:
    blaming = fresh().info.model_copy(update={"title": "Will broke the checkout"})
    app = TestApp(tmp_path, saved(tmp_path, fresh().model_copy(update={"info": blaming})))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        app.meeting.look_at_title()
        await app.settle(pilot)
        assert "F10 changes it" in app.coach
        await app.enter(pilot, "how we notice sooner")
        await app.do(pilot, "stage.next")
        await app.enter(pilot, "14:03 the alert fires")
        app.meeting.look_at_title()
        await app.settle(pilot)
        assert "F10 changes it" not in app.coach


async def test_what_somebody_reflected_on_alone_is_not_brought_into_a_teams_meeting(tmp_path: Path) -> None:
    alone = fresh(template="solo")
    info = alone.info.model_copy(update={"id": "alone"})
    factor = Factor(id="f1", text="both terminal prompts looked the same")
    saved(tmp_path, alone.model_copy(update={"info": info, "factors": (factor,)}))
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="causes")))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "both terminal prompts looked the same")
        await app.settle(pilot)
        assert "Resembles" not in app.coach
        await app.do(pilot, "similar")
        await app.settle(pilot)
        assert "No earlier retro resembles" in app.coach


async def test_action_items_are_copied_in_a_format(tmp_path: Path) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, "close"))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "actions.copy")
        await pilot.press("m")
        await pilot.pause()
        assert "Show host, role and environment" in app.copied[0]


@pytest.mark.parametrize("stage", STAGES)
async def test_every_stage_bears_every_size(tmp_path: Path, stage: str) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, stage))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        title = next(one.title for one in demo_in().agenda.stages if one.id == stage)
        for width, height in ((80, 24), (40, 14), (20, 6), (200, 60)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            lines = app.shown.split("\n")
            assert len(lines) == height
            assert any(line.strip() for line in lines)
            app.screen.query(Input).first().value = "x"
            app.screen.query(Input).first().value = ""
            if height >= 12:
                assert title in app.shown


async def test_everything_a_meeting_can_show_fits_a_small_window(tmp_path: Path) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, "timeline"))
    async with app.run_test(size=(40, 14)) as pilot:
        await app.settle(pilot)
        app.entries.focus()
        for command in (
            "help",
            "event.figures",
            "item.kind",
            "retro.edit",
            "wording.overview",
            "save.elsewhere",
        ):
            await app.do(pilot, command)
            box = app.screen.query_one(".dialog-box")
            assert box.region.bottom <= 14, command
            assert box.region.right <= 40, command
            assert "╰" in app.shown, command
            await pilot.press("escape")
            await pilot.pause()
            assert app.screen is app.meeting, command


async def test_home_is_one_key_away_and_the_meeting_stands_where_it_was_left(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await pilot.press("f2")
        app.clocks.seconds += 90
        await app.do(pilot, "home")
        await app.settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        app.clocks.seconds += 5000
        await pilot.press("enter")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.current == "timeline"
        assert app.meeting.session.clock.elapsed_s == pytest.approx(90, abs=1)


def test_the_app_of_the_tests_is_the_app() -> None:
    assert issubclass(TestApp, RetroApp)
    assert {stage.kind for stage in demo_in().agenda.stages} == set(StageKind)


async def test_what_could_not_be_read_of_a_line_is_said_once_it_is_taken(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="how_can_we")))
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "> Add a canary @Will due 2 weks")
        await app.settle(pilot)
        assert app.coach == "Noted. “due 2 weks” is no date: kept as words."
        assert app.meeting.retro.actions[0].text == "Add a canary due 2 weks"


@pytest.mark.parametrize("stage", STAGES)
async def test_every_prompt_can_be_read_whole_in_a_small_window(tmp_path: Path, stage: str) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage=stage)))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        words = shipped("incident").stage(stage)
        assert words is not None
        for prompt in words.prompts:
            head = " ".join(row[2:54].strip("│ ") for row in app.shown.splitlines()[2:8])
            assert words.question in " ".join(head.split())
            assert prompt in " ".join(head.split())
            await app.do(pilot, "prompt.next")
            await pilot.pause()
        await app.do(pilot, "help")
        await pilot.pause()
        text = app.screen.query_one("VerticalScroll > Static", Static).visual
        assert words.prompts[-1] in str(text)


@pytest.mark.parametrize("stage", ["timeline", "went_well", "causes", "how_can_we", "close"])
async def test_a_tiny_window_can_be_read_through(tmp_path: Path, stage: str) -> None:
    app = TestApp(tmp_path, demo_folder(tmp_path, stage))
    async with app.run_test(size=(20, 6)) as pilot:
        await app.settle(pilot)
        await pilot.press("escape")
        view = app.meeting.view
        assert view is not None
        item = next(item for item in view.entries.items if item.id)
        view.entries.select(item.id)
        seen: list[str] = []
        for _ in range(25):
            await pilot.pause()
            seen += " ".join(app.shown.splitlines()[1:4]).replace("▌", " ").split()
            await pilot.press("down")
        rest = iter(seen)
        assert all(any(word == found for found in rest) for word in item.text.split()[:20])
