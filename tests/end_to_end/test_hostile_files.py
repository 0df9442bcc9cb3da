"""Malformed, truncated, hostile or merely odd files through `validate`, `show` and the screen, in process.

Some hundreds in the usual run; RETROTUI_TEST_HOSTILE=20000 for a long one. The screen is put up without a
terminal for every file that opens (in the long run for one in ten): drawing all six stages of it.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrotui.archive import BadFile, open_file
from retrotui.archive.codec import dumps
from retrotui.cli import main
from retrotui.demo import write_demo
from retrotui.facilitation import new_retro
from retrotui.settings import Places, Settings
from retrotui.templates import shipped
from retrotui.tui.app import RetroApp
from tests.hostile import hostile_files

COUNT = int(os.environ.get("RETROTUI_TEST_HOSTILE", "240"))
SCREEN_EVERY = 10 if COUNT > 1000 else 8
STAGES = 6
HELD = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def goods(tmp_path: Path) -> list[bytes]:
    """Retros that are fine: an empty one, one without people, a lived-in one."""
    demo = write_demo(tmp_path / "demo", HELD.date())
    return [
        dumps(new_retro("A good one", shipped("incident"), held=HELD, people=("Ana", "Will"))),
        dumps(new_retro("A sprint", shipped("sprint"), held=HELD)),
        demo.read_bytes(),
    ]


async def on_the_screen(path: Path, folder: Path) -> None:
    """Opens a file as the app does and goes through its stages."""
    app = RetroApp(Settings(Places(folder / "settings.toml")), folder, path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for _ in range(STAGES):
            await pilot.press("f8")
            await pilot.pause()
        await app.workers.wait_for_complete()
        app.command_quit()
    assert app.return_code in (0, None)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_no_file_brings_it_down_and_none_is_changed(
    tmp_path: Path, goods: list[bytes], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("RETROTUI_STATE", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("RETROTUI_CONFIG", str(tmp_path / "none.toml"))
    (tmp_path / "none.toml").touch()
    folder = tmp_path / "odd"
    folder.mkdir()
    path = folder / "odd.toml"
    opened_count = shown_count = 0
    for number, data in enumerate(hostile_files(goods, COUNT)):
        path.write_bytes(data)
        for words in (["validate", str(path)], ["show", str(path)]):
            status = main(words)
            told = "".join(capfd.readouterr())
            assert status in (0, 1, 2), (number, words, status, told[-500:])
            assert "Traceback" not in told and "something went wrong inside" not in told, (
                number,
                told[-500:],
            )
            assert "\x1b" not in told, (number, words)
        try:
            open_file(path).close()
        except BadFile as error:
            assert str(error)
        else:
            opened_count += 1
            if opened_count % SCREEN_EVERY == 0:
                copy = folder / f"shown-{number}.toml"
                copy.write_bytes(data)
                await on_the_screen(copy, folder)
                shown_count += 1
                for left in folder.iterdir():
                    if left != path:
                        left.unlink()
        assert path.read_bytes() == data, f"file {number} was changed"
    assert opened_count and shown_count
    print(f"{COUNT} files, {opened_count} of them open, {shown_count} on the screen")
