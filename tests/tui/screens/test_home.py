"""Home, and what starts from it: a folder at a glance, new retros, search, the ledger, the write-up."""

from pathlib import Path

from textual.widgets import Input, Static

from retrotui.archive.codec import loads
from retrotui.retro import ActionStatus, Event
from retrotui.tui.screens.form import FormScreen
from retrotui.tui.screens.help import HelpScreen
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.ledger import LedgerScreen
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.screens.report import ReportScreen
from retrotui.tui.screens.text import TextScreen
from tests.tui.full_app import TestApp, demo_folder, fresh, saved


def fill(app: TestApp, **values: str) -> None:
    for line in app.screen.query(Input):
        if line.name in values:
            line.value = values[line.name]


def problem(app: TestApp) -> str:
    return str(app.screen.query_one("#form-problem", Static).render())


async def test_an_empty_folder_shows_one_key_for_a_first_retro_and_one_for_a_demo(tmp_path: Path) -> None:
    app = TestApp(tmp_path / "retros")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        assert "No retros here yet." in app.shown
        assert "n  starts the first one" in app.shown
        assert "d  shows a lived-in demo" in app.shown
        await pilot.press("enter")
        assert isinstance(app.screen, HomeScreen)


async def test_retros_stand_with_date_stage_and_open_actions_and_overdue_ones_first(tmp_path: Path) -> None:
    demo_folder(tmp_path)
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        lines = [line.strip("▌ ") for line in app.shown.splitlines() if line.strip()]
        assert lines[1] == "Overdue · 2 of 12 open action items"
        assert "14 days overdue" in lines[2]
        assert any(line.startswith("2026-11-21") and "8 open" in line for line in lines)
        assert any(line.startswith("2026-10-24") and "reviewed" in line for line in lines)
        await pilot.press("enter")
        await app.settle(pilot)
        assert isinstance(app.screen, MeetingScreen)


async def test_a_broken_file_is_listed_with_its_reason_and_opens_to_its_problems(tmp_path: Path) -> None:
    saved(tmp_path, fresh())
    (tmp_path / "broken.toml").write_text("[retro]\ntitle = 5\n", encoding="utf-8")
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        assert "cannot open" in app.shown
        app.entries.select(str(tmp_path / "broken.toml"))
        await app.do(pilot, "home.open")
        assert isinstance(app.screen, TextScreen)
        assert "broken.toml:" in app.shown
        await pilot.press("enter")
        await app.do(pilot, "home.report")
        assert isinstance(app.screen, HomeScreen)


async def test_a_folder_with_hundreds_of_retros_is_gone_through_quickly(tmp_path: Path) -> None:
    for number in range(60):
        retro = fresh()
        info = retro.info.model_copy(update={"id": f"r{number:03}", "title": f"Outage {number}"})
        saved(tmp_path, retro.model_copy(update={"info": info}))
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await pilot.press("end")
        await pilot.pause()
        assert app.entries.selected_id.endswith(".toml")
        assert app.entries.scroll_offset.y > 30


async def test_a_new_retro_needs_a_title_only(tmp_path: Path) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("enter")
        assert problem(app).startswith("Title:")
        fill(app, title="Checkout answered 5xx", people="Ana, Will,, Ana")
        await pilot.press("enter")
        await app.settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
        assert app.on_disk.info.title == "Checkout answered 5xx"
        assert app.on_disk.info.people == ("Ana", "Will")
        assert app.meeting.workspace.path.parent == tmp_path


async def test_the_form_for_a_new_retro_says_what_is_not_right_and_where(tmp_path: Path) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "home.new")
        for wrong, words in (
            ({"title": " "}, "Title: "),
            ({"title": "x", "timezone": "Mars/Olympus"}, "Time zone: "),
            ({"timezone": "UTC", "start": "soonish"}, "Incident began: "),
        ):
            fill(app, **wrong)
            await pilot.press("enter")
            assert words in problem(app), wrong
            assert isinstance(app.screen, FormScreen)
        assert isinstance(app.screen.focused, Input)
        assert app.screen.focused.name == "start"
        fill(app, start="2026-11-20 14:03")
        await pilot.press("enter")
        await app.settle(pilot)
        start = app.on_disk.info.incident_start
        assert start is not None
        assert start.isoformat() == "2026-11-20T14:03:00+00:00"


async def test_a_second_retro_of_the_same_day_and_title_gets_a_name_of_its_own(tmp_path: Path) -> None:
    saved(tmp_path, fresh())
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "home.new")
        fill(app, title="Checkout answered 5xx")
        await pilot.press("enter")
        await app.settle(pilot)
        assert len(list(tmp_path.glob("*.toml"))) == 2


async def test_the_facts_of_a_retro_are_changed_as_one_step(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="timeline")))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "retro.edit")
        fill(app, title="", status="draft")
        await pilot.press("enter")
        assert problem(app).startswith("Title:")
        fill(app, title="A better title", status="nonsense")
        await pilot.press("enter")
        assert problem(app).startswith("Status is")
        fill(app, status="in_review", timezone="Mars/Olympus")
        await pilot.press("enter")
        assert "zone" in problem(app).casefold()
        fill(app, timezone="Europe/Dublin", tags="checkout, deploy")
        await pilot.press("enter")
        await pilot.pause()
        info = app.meeting.retro.info
        assert (info.title, info.timezone, info.tags) == (
            "A better title",
            "Europe/Dublin",
            ("checkout", "deploy"),
        )
        assert "A better title" in app.shown
        await app.do(pilot, "undo")
        assert app.meeting.retro.info.title == "Checkout answered 5xx"


async def test_search_finds_words_of_any_retro_and_opens_it(tmp_path: Path) -> None:
    demo_folder(tmp_path)
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await pilot.press("slash")
        assert "What is found appears here" in app.shown
        app.screen.query_one(Input).value = "zzzzqqq"
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Nothing found." in app.shown
        app.screen.query_one(Input).value = "linkerd"
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "cause" in app.shown or "factor" in app.shown
        await pilot.press("down", "enter")
        await app.settle(pilot)
        assert app.meeting.retro.info.title.startswith("Monzo")


async def test_the_write_up_is_read_copied_and_written_to_a_file(tmp_path: Path) -> None:
    demo_folder(tmp_path)
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.settle(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, ReportScreen)
        assert "# GitLab 2017" in app.shown
        assert "e write a file" in app.shown
        await pilot.press("y", "e")
        await pilot.pause()
        assert app.copied[0].startswith("# GitLab 2017")
        (written,) = tmp_path.glob("*.md")
        assert written.read_text(encoding="utf-8") == app.copied[0]
        app.clear_notifications()
        await pilot.press("f1")
        await app.settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        assert "Write it to a Markdown file" in app.shown
        await pilot.press("q", "q")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_ledger_changes_an_action_item_in_its_own_file(tmp_path: Path) -> None:
    demo_folder(tmp_path)
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await app.settle(pilot)
        await pilot.press("a")
        await app.settle(pilot)
        assert isinstance(app.screen, LedgerScreen)
        assert "12 open" in app.shown
        assert "14 days overdue" in app.shown
        item = app.screen.item
        assert item is not None
        await pilot.press("d")
        await app.settle(pilot)
        await app.settle(pilot)
        assert "11 open" in app.shown
        retro = loads((tmp_path / item.file).read_bytes(), item.file)
        action = next(action for action in retro.actions if action.id == item.id)
        assert action.status is ActionStatus.DONE
        await pilot.press("f")
        await app.settle(pilot)
        assert "1 overdue" in app.shown
        await pilot.press("o")
        app.screen.query_one("#ledger-line", Input).value = "@Zoe"
        await pilot.press("enter")
        await app.settle(pilot)
        await app.settle(pilot)
        assert "@Zoe" in app.shown


async def test_a_line_of_the_ledger_can_be_left_and_then_the_ledger(tmp_path: Path) -> None:
    demo_folder(tmp_path)
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "home.ledger")
        await app.settle(pilot)
        await app.do(pilot, "ledger.due")
        app.screen.query_one("#ledger-line", Input).value = "someday"
        await pilot.press("enter")
        await pilot.pause()
        assert any("is not a day" in note.message for note in app._notifications)
        await app.do(pilot, "ledger.drop")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, LedgerScreen)
        assert not app.screen.query_one("#ledger-line", Input).display
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_what_the_ledger_shows_is_copied_and_written_in_a_format(tmp_path: Path) -> None:
    demo_folder(tmp_path)
    (tmp_path / "broken.toml").write_text("[retro]\ntitle = 5\n", encoding="utf-8")
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "home.ledger")
        await app.settle(pilot)
        assert "1 file left out (! says why)" in app.shown
        await app.do(pilot, "ledger.left_out")
        assert "broken.toml" in app.shown
        await pilot.press("enter")
        await app.do(pilot, "ledger.copy")
        assert "Copy what is shown as" in app.shown
        await pilot.press("enter")
        await pilot.pause()
        assert "Draw one probe per layer" in app.copied[0]
        await app.do(pilot, "ledger.export")
        await pilot.press("enter")
        await pilot.pause()
        assert len([path for path in tmp_path.iterdir() if path.name.startswith("actions-2026-11-21")]) == 1


async def test_search_shows_a_text_of_several_lines_on_one(tmp_path: Path) -> None:
    event = Event(id="e1", text="the log said\nlinkerd refused\nthe second batch")
    saved(tmp_path, fresh(change=lambda retro: retro.model_copy(update={"events": (event,)})))
    app = TestApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await pilot.press("slash")
        app.screen.query_one(Input).value = "linkerd"
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "the log said linkerd refused the second batch" in app.shown
        assert "⏎l" not in app.shown


async def test_settings_that_were_left_out_are_one_calm_line_and_their_details_are_asked_for(
    tmp_path: Path,
) -> None:
    app = TestApp(tmp_path, keymap={"park": "ctrl+c", "nothing": "x"}, theme="no-such-theme")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.settle(pilot)
        assert "! 3 settings were left out: ctrl+p, then “settings”, says why" in app.shown.splitlines()[0]
        assert not app._notifications
        await app.do(pilot, "settings.problems")
        await pilot.pause()
        assert "there is no command 'nothing'" in app.shown
        assert "ctrl+c is left to the terminal" in app.shown
        assert "no-such-theme" in app.shown


async def test_in_a_meeting_the_line_below_says_it(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh()), keymap={"nothing": "x"})
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.settle(pilot)
        assert app.coach == "A setting was left out: ctrl+p, then “settings”, says why."
        assert not app._notifications
