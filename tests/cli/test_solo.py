from pathlib import Path

import pytest

from retrotui.archive import loads
from retrotui.cli import main
from retrotui.retro import Mode


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETROTUI_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("RETROTUI_DIR", str(tmp_path))
    (tmp_path / "settings.toml").write_text('timezone = "Europe/Dublin"\n')


def made(capsys: pytest.CaptureFixture[str]) -> Path:
    return Path(capsys.readouterr().out.strip())


def test_a_reflection_is_made_and_says_where_it_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solo", "My", "slip", "--no-open"]) == 0
    told = capsys.readouterr()
    path = Path(told.out.strip())
    assert f"This stays in {path}. Nothing leaves this machine." in told.err
    retro = loads(path.read_bytes(), path.name)
    assert (retro.info.title, retro.info.mode, retro.info.template) == ("My slip", Mode.SOLO, "solo")
    assert sum(stage.planned_s for stage in retro.agenda.stages) == 20 * 60
    assert main(["solo", "My slip", "--no-open"]) == 0
    assert made(capsys) != path


def test_a_reflection_without_a_title_gets_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solo", "--no-open"]) == 0
    path = made(capsys)
    assert loads(path.read_bytes(), path.name).info.title.startswith("Reflection of ")


def test_opening_up_makes_a_second_file(capsys: pytest.CaptureFixture[str]) -> None:
    main(["solo", "My slip", "--no-open"])
    path = made(capsys)
    before = path.read_bytes()
    assert main(["open", str(path), "--as-team", "--no-open"]) == 0
    team = made(capsys)
    assert loads(team.read_bytes(), team.name).info.mode is Mode.TEAM
    assert path.read_bytes() == before
    assert main(["open", str(team), "--as-team", "--no-open"]) == 2
    assert "team retro already" in capsys.readouterr().err


def test_without_a_terminal_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solo", "My slip"]) == 2
    assert "--no-open" in capsys.readouterr().err
