"""Keeps the archive's tests away from the person's own folders."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state and a settings folder of the test's own."""
    folder = tmp_path_factory.mktemp("own")
    monkeypatch.setenv("RETROTUI_STATE", str(folder / "state"))
    monkeypatch.setenv("RETROTUI_CONFIG", str(folder / "config" / "settings.toml"))
    monkeypatch.delenv("RETROTUI_DIR", raising=False)
    return folder
