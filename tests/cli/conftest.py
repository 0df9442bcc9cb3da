"""Commands run in a folder of their own, away from the user's settings and retros."""

from datetime import date
from pathlib import Path

import pytest

from retrotui.demo import write_demo
from tests.cli.running import Runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runner:
    home = tmp_path / "home"
    for name in (
        "RETROTUI_DIR",
        "RETROTUI_THEME",
        "RETROTUI_DEBUG",
        "_RETROTUI_COMPLETE",
        "NO_COLOR",
        "FORCE_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RETROTUI_CONFIG", str(home / "settings.toml"))
    home.mkdir()
    (home / "settings.toml").touch()
    (tmp_path / "retros").mkdir()
    monkeypatch.chdir(tmp_path)
    return Runner(monkeypatch)


@pytest.fixture
def demo_file(tmp_path: Path) -> Path:
    """The demo's retro, in a folder of its own."""
    return write_demo(tmp_path / "demo", date(2031, 5, 6))
