"""What the screen says of saving: saved, not saved, another place, two versions, a second window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from retrotui.archive import CannotWrite, target
from retrotui.archive.codec import dumps, loads
from retrotui.retro import Event, Retro
from retrotui.retro.changes import Add
from retrotui.tui.screens.choice import ChoiceScreen
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.save_elsewhere import SaveElsewhere
from tests.tui.full_app import TestApp, fresh, saved


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While it lasts nothing can be written into a retro's place."""

    def refuse(path: Path, data: bytes, **options: Any) -> None:
        raise CannotWrite(path, "the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(target, "write_safely", refuse)
        yield


def on(path: Path) -> Retro:
    return loads(path.read_bytes(), path.name)


def texts(retro: Retro) -> list[str]:
    return [event.text for event in retro.events]


def written_outside(path: Path, text: str) -> None:
    """Somebody else's program changes the file."""
    path.write_bytes(dumps(Add(Event(id="e9", text=text)).apply(on(path))))


async def test_what_is_called_saved_is_on_the_disk(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "14:03 pager fires")
        await app.settle(pilot)
        assert "✔ saved" in app.shown
        assert texts(on(path)) == ["pager fires"]


async def test_a_full_disk_is_said_in_words_and_the_meeting_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(160, 36), notifications=True) as pilot:
        await app.settle(pilot)
        with full_disk(monkeypatch):
            await app.enter(pilot, "14:03 pager fires")
            await app.settle(pilot)
            assert "✘ not saved: " in app.shown
            assert "the disk is full" in app.shown
            assert any("goes on in memory" in note.message for note in app._notifications)
            await app.enter(pilot, "14:05 deploy rolled back")
            assert len(app.meeting.retro.events) == 2
        await app.settle(pilot)
        await pilot.pause()
        assert "✔ saved" in app.shown
        assert len(on(path).events) == 2


async def test_another_place_is_found_for_a_retro_that_cannot_be_saved_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "retros", fresh(stage="timeline"))
    other = tmp_path / "other.toml"
    app = TestApp(tmp_path / "retros", path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "14:03 pager fires")
        await app.do(pilot, "save.elsewhere")
        line = app.screen.query_one(Input)
        line.value = str(path)
        await pilot.press("enter")
        await pilot.pause()
        assert "is there already" in app.shown
        line.value = str(other)
        await pilot.press("enter")
        await app.settle(pilot)
        assert app.meeting.path == other
        await app.enter(pilot, "14:05 deploy rolled back")
        await app.settle(pilot)
        assert len(on(other).events) == 2


async def test_leaving_unsaved_offers_another_place_and_can_be_thought_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "retros", fresh(stage="timeline"))
    app = TestApp(tmp_path / "retros", path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        with full_disk(monkeypatch):
            await app.enter(pilot, "14:03 pager fires")
            await app.do(pilot, "home")
            await pilot.pause()
            assert isinstance(app.screen, SaveElsewhere)
            assert "This retro is not on disk yet" in app.shown
            assert "ctrl+x leaves all the same" in app.shown
            await pilot.press("escape")
            await pilot.pause()
            assert not isinstance(app.screen, SaveElsewhere)
        await app.do(pilot, "home")
        await app.settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert texts(on(path)) == ["pager fires"]


@pytest.mark.parametrize("choice", ["o", "t"])
async def test_two_versions_of_the_file_are_both_kept_and_one_goes_on(tmp_path: Path, choice: str) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        written_outside(path, "from outside")
        await app.enter(pilot, "14:03 from this screen")
        await app.settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)
        assert "Both versions are kept" in app.shown
        await pilot.press(choice)
        await app.settle(pilot)
        expected = {"o": ["from this screen"], "t": ["from outside"]}[choice]
        assert texts(app.meeting.retro) == expected
        assert texts(app.on_disk) == expected
        kept = {text for file in tmp_path.glob("*.toml") for text in texts(on(file))}
        assert kept == {"from this screen", "from outside"}
        if choice == "t":
            await app.do(pilot, "undo")
            assert texts(app.meeting.retro) == ["from this screen"]


async def test_the_choice_between_two_versions_can_wait(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "save.settle")
        assert "only one version" in app.coach
        written_outside(path, "from outside")
        await app.enter(pilot, "14:03 from this screen")
        await app.settle(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "✘ changed from outside" in app.shown
        await app.do(pilot, "save.settle")
        assert isinstance(app.screen, ChoiceScreen)


async def test_a_second_window_may_look_but_not_write(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    first, second = TestApp(tmp_path, path), TestApp(tmp_path, path)
    async with first.run_test(size=(100, 30)) as one:
        await first.settle(one)
        await first.enter(one, "14:03 pager fires")
        await first.settle(one)
        async with second.run_test(size=(100, 30), notifications=True) as two:
            await second.settle(two)
            assert "read only" in second.shown
            assert "another window" in second.shown
            assert "adds it" not in second.shown and "edit" not in second.shown
            assert "pager fires" in second.shown
            assert second.entries.has_focus
            before = path.read_bytes()
            for command in ("item.delete", "item.edit", "park", "clock.more", "undo", "compose"):
                second.meeting.say("")
                await second.do(two, command)
                assert "another window" in second.coach, command
            await second.settle(two)
            assert texts(second.meeting.retro) == ["pager fires"]
            await two.press("f8")
            await second.settle(two)
            assert "3 of 6 · What went well" in second.shown and "Nothing here." in second.shown
            await two.press("f7", "f7")
            await second.settle(two)
            assert "1 of 6 · Opening" in second.shown
            await two.press("f7")
            assert second.coach == "This is the first stage."
            await second.do(two, "home")
            await second.settle(two)
            assert isinstance(second.screen, HomeScreen)
        assert path.read_bytes() == before


async def test_leaving_the_program_from_the_meeting_saves(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="timeline"))
    app = TestApp(tmp_path, path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "14:03 pager fires")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert app.return_code == 0
    assert texts(on(path)) == ["pager fires"]


async def test_the_close_says_when_there_are_two_versions_and_how_to_settle_them(tmp_path: Path) -> None:
    path = saved(tmp_path, fresh(stage="close"))
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        written_outside(path, "from outside")
        await app.enter(pilot, "a takeaway")
        await app.settle(pilot)
        await pilot.press("escape")
        await app.settle(pilot)
        assert "Both versions stay. ctrl+p, then “settle”, asks again." in app.coach
        assert "both versions are kept. ctrl+p, then “settle”, chooses" in " ".join(app.rows)
        await app.do(pilot, "close.finish")
        assert "two versions of the file" in app.coach
        await app.do(pilot, "save.settle")
        await pilot.press("o")
        await app.settle(pilot)
        assert "both versions are kept" not in " ".join(app.rows)


async def test_a_long_name_does_not_break_in_the_choice_between_two_versions(tmp_path: Path) -> None:
    long = "2026-11-21-checkout-answered-5xx-for-forty-minutes-in-two-regions"
    retro = fresh(stage="timeline")
    retro = retro.model_copy(update={"info": retro.info.model_copy(update={"id": long})})
    path = saved(tmp_path, retro)
    app = TestApp(tmp_path, path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        written_outside(path, "from outside")
        await app.enter(pilot, "14:03 from this screen")
        await app.settle(pilot)
        (row,) = [row for row in app.shown.splitlines() if "beside it: 2026-11-21-" in row]
        assert ".theirs-1.toml" in row
