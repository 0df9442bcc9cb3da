"""The page about the file format says what is so."""

import re
from pathlib import Path

from retrotui.archive import dumps, loads, validate_bytes
from retrotui.retro import ActionKind, CardKind, EventKind, FactorKind, StageKind
from retrotui.settings import load_settings

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
RETRO, SETTINGS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_exactly_what_a_save_writes() -> None:
    assert validate_bytes(RETRO.encode()).notes == ()
    assert dumps(loads(RETRO.encode())).decode() == RETRO


def test_every_kind_is_named() -> None:
    for kinds in (ActionKind, CardKind, EventKind, FactorKind, StageKind):
        assert [kind.value for kind in kinds if f"`{kind.value}`" not in PAGE] == []


def test_the_settings_in_the_page_are_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    settings = load_settings({"RETROTUI_CONFIG": str(path)})
    assert settings.problems == ()
    assert settings.keymap == {"clock.pause": "f2,space"}
