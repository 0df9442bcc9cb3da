"""The registry of keys: complete, without clashes, and safe against a user's own keymap."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from retrotui.retro import StageKind
from retrotui.settings import load_settings
from retrotui.tui.app import RetroApp
from retrotui.tui.commanding import find_handler
from retrotui.tui.key_page import key_page
from retrotui.tui.keymap import check_keymap, clashes
from retrotui.tui.keys import (
    BY_ID,
    COMMANDS,
    NEVER,
    PLACE_TITLES,
    Command,
    Place,
    first_key,
    key_words,
    keys_of,
)
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.ledger import LedgerScreen
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.screens.report import ReportScreen
from retrotui.tui.stages import view_for
from tests.tui.full_app import TestApp, demo_folder

VIEWS: Mapping[Place, type[Any]] = {
    Place.OPENING: view_for(StageKind.OPENING),
    Place.TIMELINE: view_for(StageKind.TIMELINE),
    Place.CARDS: view_for(StageKind.CARDS),
    Place.FACTORS: view_for(StageKind.FACTORS),
    Place.HOW_CAN_WE: view_for(StageKind.HOW_CAN_WE),
    Place.CLOSE: view_for(StageKind.CLOSE),
}
SCREENS: Mapping[Place, type[Any]] = {
    Place.HOME: HomeScreen,
    Place.LEDGER: LedgerScreen,
    Place.REPORT: ReportScreen,
    Place.MEETING: MeetingScreen,
}
CLASSES = (RetroApp, *SCREENS.values(), *VIEWS.values())


def who_does(command: Command) -> tuple[type[Any], ...]:
    """The classes one of which has to have the method, from what the place is."""
    if command.place in VIEWS:
        return (VIEWS[command.place],)
    if command.place in SCREENS:
        return (SCREENS[command.place], RetroApp)
    if command.place is Place.EVERYWHERE:
        return (RetroApp,)
    return (MeetingScreen, *VIEWS.values())


def test_no_key_stands_for_two_commands_of_one_place() -> None:
    assert clashes({}) == ()


def test_nothing_is_bound_to_the_keys_of_the_terminal() -> None:
    assert not {key for command in COMMANDS for key in command.keys} & NEVER


def test_ids_are_unique_and_every_place_has_a_title_and_commands() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert set(PLACE_TITLES) == set(Place)
    assert {command.place for command in COMMANDS} == set(Place)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_somebody_who_does_it(command: Command) -> None:
    handlers = [getattr(cls, command.method, None) for cls in who_does(command)]
    assert any(callable(handler) for handler in handlers)


def test_no_method_for_a_command_is_left_without_a_key_or_a_place_in_the_palette() -> None:
    methods = {name for cls in CLASSES for name in dir(cls) if name.startswith("command_")} - {
        "command_nodes"
    }
    assert methods == {command.method for command in COMMANDS}


def test_every_command_says_in_words_what_it_does() -> None:
    for command in COMMANDS:
        assert command.label[:1].isupper() or command.label[:1] in '"“', command.id
        assert not command.label.endswith("."), command.id


@pytest.mark.parametrize(
    ("keymap", "words"),
    [
        ({"clock.pouse": "x"}, "did you mean clock.pause?"),
        ({"zzz": "x"}, "there is no command 'zzz'"),
        ({"park": "ctrl+s"}, "ctrl+s is left to the terminal"),
        ({"park": "f99"}, "'f99' is not a key"),
        ({"park": "hyper+x"}, "'hyper+x' is not a key"),
        ({"park": ""}, "'' is not a key"),
        ({"park": "f8"}, "f8 would stand for both"),
        ({"item.vote": "x"}, "always on the digits"),
    ],
)
def test_a_harmful_entry_of_a_keymap_is_left_out_with_a_sentence(keymap: dict[str, str], words: str) -> None:
    good, problems = check_keymap(keymap)
    assert good == {}
    assert len(problems) == 1
    assert words in problems[0]


def test_a_good_entry_stays_when_another_is_left_out() -> None:
    good, problems = check_keymap({"park": "f9, ctrl+o", "quit": "ctrl+c"})
    assert good == {"park": "f9, ctrl+o"}
    assert len(problems) == 1
    assert keys_of(BY_ID["park"], good) == ("f9", "ctrl+o")
    assert first_key("park", good) == "F9"


def test_two_commands_may_swap_their_keys_one_after_the_other() -> None:
    good, problems = check_keymap({"park": "f24", "stage.next": "f9"})
    assert good == {"park": "f24", "stage.next": "f9"}
    assert problems == ()


def test_keys_are_written_as_people_write_them() -> None:
    assert [key_words(key) for key in ("f2", "ctrl+z", "question_mark", "plus", "enter", "shift+tab")] == [
        "F2",
        "ctrl+z",
        "?",
        "+",
        "⏎",
        "shift+tab",
    ]
    assert first_key("agenda.share", {}).startswith("“Share out")


def test_the_page_of_keys_in_the_docs_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "keys.md"
    assert page.read_text(encoding="utf-8") == key_page(), (
        "make it anew: python -m retrotui.tui.key_page > docs/keys.md"
    )


def test_the_page_names_every_command() -> None:
    page = key_page()
    assert all(f"`{command.id}`" in page for command in COMMANDS)


async def test_keys_of_a_users_settings_work_in_the_meeting_and_bad_ones_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[keymap]\n"clock.pause" = "f24"\n"park" = "f8"\n', encoding="utf-8")
    monkeypatch.setenv("RETROTUI_CONFIG", str(file))
    import os

    settings = load_settings(os.environ)
    assert settings.problems == ()
    app = TestApp(tmp_path / "retros", demo_folder(tmp_path / "retros", "timeline"), keymap=settings.keymap)
    async with app.run_test(notifications=True) as pilot:
        await app.settle(pilot)
        assert any("f8 would stand for both" in problem for problem in app.settings_problems)
        assert "A setting was left out" in app.coach
        running = app.meeting.session.running
        await pilot.press("f24")
        assert app.meeting.session.running is not running
        await pilot.press("f2")
        assert app.meeting.session.running is not running
        await pilot.press("f8")
        await app.settle(pilot)
        assert app.meeting.retro.agenda.current == "went_well"
        handler = find_handler(BY_ID["park"], app.meeting.command_nodes())
        assert callable(handler)


def test_a_command_without_a_key_says_what_it_does() -> None:
    """In the palette its key is what the others show; a repeated name would tell nothing."""
    for command in COMMANDS:
        if not command.keys:
            assert command.help, command.id
            assert command.help.rstrip(".") != command.label
