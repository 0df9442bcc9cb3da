"""Settings, keymaps, themes, templates, rules and retros that are broken: a sentence, never a traceback."""

import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrotui.archive.codec import dumps
from retrotui.facilitation import new_retro
from retrotui.templates import shipped
from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal, own_environment, retrotui_command
from tests.hostile import WHOLE_FILES, hostile_files

HELD = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def calm(screen: Terminal) -> None:
    """Nothing that was drawn is a traceback."""
    assert b"Traceback" not in screen.raw and b"site-packages" not in screen.raw, screen.text


def settings_folder(desk: Desk) -> Path:
    """The folder of the settings of this desk's user."""
    folder = desk.folder / "config"
    folder.mkdir(exist_ok=True)
    return folder


BROKEN_SETTINGS = {
    "not TOML": ("theme = [[[", "defaults are used"),
    "a theme nobody has": ('theme = "no-such-theme"', "no-such-theme"),
    "a wrong type": ("bell = 5", "true or false"),
    "an unknown key": ('colour = "red"', "there is no such setting"),
    "a zone nobody has": ('timezone = "Nowhere/Land"', "Nowhere/Land"),
    "a policy nobody has": ('[wording]\ncauses = "fierce"', "fierce"),
    "a command nobody has": ('[keymap]\n"clock.stop" = "f2"', "clock.stop"),
    "a key nobody has": ('[keymap]\n"clock.pause" = "banana"', "banana"),
    "a key twice": ('[keymap]\n"clock.pause" = "f8"', "f8"),
}


@pytest.mark.parametrize("name", BROKEN_SETTINGS)
def test_broken_settings_are_said_in_a_sentence(desk: Desk, name: str) -> None:
    text, said = BROKEN_SETTINGS[name]
    file = settings_folder(desk) / "settings.toml"
    file.write_text(text, encoding="utf-8")
    screen = desk.retrotui(env={"RETROTUI_CONFIG": str(file)})
    screen.wait_for("No retros here yet", "left out: ctrl+p, then “settings”, says why")
    screen.press("ctrl+p")
    screen.wait_for("Search for commands")
    screen.type("settings")
    screen.wait_for("Settings that could not be used")
    screen.press("enter")
    screen.wait_for(said, "closes it")
    screen.press("enter")
    screen.wait_gone("closes it")
    screen.press("q")
    assert screen.wait_for_end() == 0
    calm(screen)
    assert file.read_text(encoding="utf-8") == text


def test_broken_themes_templates_and_rules_are_named_and_left_out(desk: Desk) -> None:
    folder = settings_folder(desk)
    (folder / "settings.toml").write_text("", encoding="utf-8")
    for kind, text in {
        "themes": 'name = "mine"\nprimary = "not-a-colour"\n',
        "templates": 'id = "mine"\ntitle = 5\n',
        "rules": '[[rule]]\nid = "mine"\nmatch = ["((("]\n',
    }.items():
        (folder / kind).mkdir()
        (folder / kind / "mine.toml").write_text(text, encoding="utf-8")
    env = {"RETROTUI_CONFIG": str(folder / "settings.toml")}
    screen = desk.retrotui("new", "--title", "Broken things", env=env)
    screen.wait_for("What do we want to learn today?", "mine.toml")
    for title in ("2 of 6", "3 of 6", "4 of 6"):
        screen.press("f8")
        screen.wait_for(title)
    screen.wait_for("add a cause")
    screen.enter("Someone should have checked it")
    screen.wait_for("held")
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    calm(screen)


def good_file() -> bytes:
    """A retro as it is saved."""
    return dumps(new_retro("A good one", shipped("incident"), people=("Ana", "Will"), held=HELD))


def test_files_that_are_no_retros_open_with_a_sentence(desk: Desk) -> None:
    rng = random.Random(20261121)
    files = [*rng.sample(WHOLE_FILES, 3), *rng.sample(list(hostile_files([good_file()], 300)), 3)]
    for number, data in enumerate(files):
        path = desk.folder / f"odd-{number}.toml"
        path.write_bytes(data)
        screen = desk.retrotui("open", path)
        screen.wait_until(
            lambda: screen.frames > 1 or not screen._open,  # noqa: B023
            "a screen or an end",
        )
        screen.press("esc", "ctrl+q")
        assert screen.wait_for_end() in (0, 1, 2)
        calm(screen)
        assert not screen.mess


def test_hostile_files_on_the_command_line_leave_no_traceback_and_no_trace(desk: Desk) -> None:
    folder = desk.folder / "odd"
    folder.mkdir()
    files = dict(enumerate(hostile_files([good_file()], 150)))
    for number, data in files.items():
        (folder / f"{number:03}.toml").write_bytes(data)
    paths = sorted(folder.glob("*.toml"))
    done = subprocess.run(
        [*retrotui_command(), "validate", *map(str, paths)],
        env=own_environment(desk.folder),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stdout + done.stderr
    assert all((folder / f"{number:03}.toml").read_bytes() == data for number, data in files.items())
