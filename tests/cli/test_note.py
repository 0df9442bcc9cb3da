"""`note`: what was typed, what is said, and where it ends up."""

import subprocess
import sys
from pathlib import Path

import pytest

from retrotui.archive import loads, with_notes
from retrotui.cli import main
from retrotui.cli.note import Asked, read_words


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETROTUI_DIR", str(tmp_path / "retros"))
    monkeypatch.setenv("RETROTUI_CONFIG", str(tmp_path / "settings.toml"))
    (tmp_path / "settings.toml").touch()


def texts(tmp_path: Path) -> list[str]:
    (path,) = (tmp_path / "retros").glob("*.toml")
    return [event.text for event in with_notes(path, loads(path.read_bytes(), path.name)).events]


def test_words_need_no_quotes_and_options_stand_anywhere() -> None:
    assert read_words(["pager", "fires", "--at=14:03", "--kind", "detected"]) == Asked(
        ("pager", "fires"), "14:03", "detected"
    )
    assert read_words(["--", "--at", "x"]) == Asked(("--at", "x"))
    assert read_words(["x", "--help"]) is None
    assert read_words([]) is None


def test_a_note_is_written_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["note", "pager", "fires"]) == 0
    told = capsys.readouterr()
    assert "noted in the new" in told.err
    assert told.out == ""
    assert main(["note", "rolled back", "--kind", "action"]) == 0
    assert texts(tmp_path) == ["pager fires", "rolled back"]


def test_a_note_goes_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["note", "first"])
    (path,) = (tmp_path / "retros").glob("*.toml")
    assert main(["--dir", str(tmp_path / "other"), "note", "second"]) == 0
    assert main(["note", "third", "--to", str(path)]) == 0
    assert texts(tmp_path) == ["first", "third"]
    assert main(["note", "x", "--to", str(tmp_path / "nothing.toml")]) == 2
    assert "there is no file" in capsys.readouterr().err


def test_a_bad_time_or_kind_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["note", "x", "--at", "soon"]) == 2
    assert main(["note", "x", "--kind", "panic"]) == 2
    assert main(["note"]) == 2
    assert main(["note", "x", "--nonsense"]) == 2
    told = capsys.readouterr().err
    assert "'soon' is no time" in told and "there is no kind 'panic'" in told and "say what happened" in told
    assert not (tmp_path / "retros").exists()


def test_words_are_given_back_when_they_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "retros").write_text("in the way")
    assert main(["note", "pager fires"]) == 1
    assert "Your note: pager fires" in capsys.readouterr().err


def test_a_pipe_gives_a_note_for_each_line(tmp_path: Path) -> None:
    program = "from retrotui.cli import main; raise SystemExit(main())"
    words = [sys.executable, "-c", program, "note", "-", "--kind", "observation"]
    done = subprocess.run(words, input=b"one\n\ntwo\r\nlast without an end", capture_output=True, timeout=60)
    assert (done.returncode, b"3 notes" in done.stderr) == (0, True)
    assert texts(tmp_path) == ["one", "two", "last without an end"]


def test_a_note_goes_where_every_command_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from retrotui.cli.note import _usual_folder
    from retrotui.cli.team import retros_folder
    from retrotui.settings import load_settings

    monkeypatch.delenv("RETROTUI_DIR")
    monkeypatch.chdir(tmp_path)
    assert _usual_folder(None) == retros_folder(None, load_settings())
    (tmp_path / "retros").mkdir()
    assert _usual_folder(None) == retros_folder(None, load_settings())


def test_a_note_imports_no_parser_and_no_models(tmp_path: Path) -> None:
    program = (
        "import sys; from retrotui.cli import main; main(['note', 'x']); "
        "heavy = {'click', 'pydantic', 'textual'} & set(sys.modules); "
        "raise SystemExit(' '.join(sorted(heavy)) or 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_looking_shows_notes_that_wait(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["note", "pager fires"])
    (path,) = (tmp_path / "retros").glob("*.toml")
    before = path.read_bytes()
    assert main(["show", str(path)]) == 0
    assert "pager fires" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_a_time_in_words_is_taken_when_it_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["note", "pager", "fires", "--at", "noon"]) == 0
    assert main(["note", "pager", "fires", "--at", "half past two pm"]) == 0
    assert main(["note", "pager", "fires", "--at", "half past two"]) == 2
    assert "can be 02:30 or 14:30" in capsys.readouterr().err
