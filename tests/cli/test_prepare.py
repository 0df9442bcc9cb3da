from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrotui.archive import create_file, loads
from retrotui.cli import main
from retrotui.facilitation import new_retro
from retrotui.retro import Retro
from retrotui.templates import shipped


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETROTUI_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("RETROTUI_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "settings.toml").touch()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = new_retro(
        "Checkout",
        shipped("incident"),
        held=datetime(2026, 11, 21, 14, tzinfo=UTC),
        people=["Ana", "Ana!", "Will"],
    )
    file = tmp_path / "2026-11-21-checkout.toml"
    create_file(file, made).close()
    return file


def retro(path: Path) -> Retro:
    return loads(path.read_bytes(), path.name)


def test_a_form_for_everybody_and_the_answers_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", str(path)]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [form.name for form in written] == ["form-ana.md", "form-ana-2.md", "form-will.md"]
    for number, form in enumerate(written):
        form.write_text(
            form.read_text().replace("<!-- went_well -->", f"<!-- went_well -->\n- helped {number}")
        )
    assert main(["prepare", str(path)]) == 0
    assert "left as it is" in capsys.readouterr().err
    words = ["gather", str(path), *map(str, written)]
    assert main([*words, "--dry-run"]) == 0
    assert retro(path).went_well == ()
    assert main(words) == 0
    assert [card.text for card in retro(path).went_well] == ["helped 0", "helped 1", "helped 2"]
    assert main(words) == 0
    assert "3 in the retro already" in capsys.readouterr().err


def test_one_form_without_names_when_none_are_kept(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", str(path), "--unattributed", "--as", "toml"]) == 0
    (form,) = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert form.name == "form.toml"
    assert retro(path).info.unattributed
    assert "Ana" not in form.read_text()


def test_one_bad_form_keeps_all_out(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["prepare", str(path)])
    good = Path(capsys.readouterr().out.splitlines()[0])
    good.write_text(good.read_text().replace("<!-- went_well -->", "<!-- went_well -->\n- helped"))
    bad, worse = tmp_path / "bad.md", tmp_path / "worse.toml"
    bad.write_text("hello")
    worse.write_text("=")
    before = path.read_bytes()
    assert main(["gather", str(path), str(good), str(bad), str(worse), str(tmp_path / "gone.md")]) == 1
    told = capsys.readouterr().err
    assert "bad.md: is no form" in told and "worse.toml:1: this is not TOML" in told and "gone.md" in told
    assert path.read_bytes() == before


def test_blaming_words_wait_for_a_decision(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["prepare", str(path)])
    form = Path(capsys.readouterr().out.splitlines()[0])
    form.write_text(
        form.read_text().replace(
            "<!-- causes -->", "<!-- causes -->\n- Will should have checked the region\n- a limit"
        )
    )
    before = path.read_bytes()
    assert main(["gather", str(path), str(form)]) == 1
    assert "--held rewrite" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main(["gather", str(path), str(form), "--held", "leave"]) == 0
    assert [factor.text for factor in retro(path).factors] == ["a limit"]


def test_gathering_takes_in_notes_that_wait(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from retrotui.archive.capture import inbox_path

    main(["prepare", str(path)])
    form = Path(capsys.readouterr().out.splitlines()[0])
    form.write_text(form.read_text().replace("<!-- timeline -->", "<!-- timeline -->\n- 14:05 rolled back"))
    main(["note", "pager fires", "--to", str(path)])
    assert main(["gather", str(path), str(form)]) == 0
    assert {event.text for event in retro(path).events} == {"pager fires", "rolled back"}
    assert not inbox_path(path).exists()
