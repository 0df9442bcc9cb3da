"""`import`: the list, the question, and what ends up in the file."""

import io
import json
from pathlib import Path

import pytest

from retrotui.archive import loads, open_file
from retrotui.archive.capture import fresh_file
from retrotui.cli import main
from retrotui.exchange.timeline_in import Progress

TABLE = """time,kind,text
2026-11-20T14:03:00Z,detected,Pager fires
2026-11-20T14:05:00Z,,somebody orders pizza
2026-11-20T15:12:00+01:00,mitigated,Rolled back
"""


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETROTUI_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "settings.toml").touch()


@pytest.fixture
def retro(tmp_path: Path) -> Path:
    from datetime import UTC, datetime

    path = tmp_path / "2026-11-21-checkout.toml"
    path.write_text(
        fresh_file(path.stem, "Checkout", datetime(2026, 11, 21, 14, tzinfo=UTC), "Europe/Dublin")
    )
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "notes.csv"
    path.write_text(TABLE)
    return path


def texts(path: Path) -> list[str]:
    return [event.text for event in loads(path.read_bytes(), path.name).events]


def test_what_has_a_kind_is_taken_and_a_second_time_nothing(
    retro: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(retro), str(table), "--yes"]) == 0
    assert texts(retro) == ["Pager fires", "Rolled back"]
    assert "columns as guessed" in capsys.readouterr().err
    assert main(["import", str(retro), str(table), "--take", "all"]) == 0
    assert texts(retro) == ["Pager fires", "somebody orders pizza", "Rolled back"]
    before = retro.read_bytes()
    assert main(["import", str(retro), str(table), "--take", "all"]) == 0
    assert retro.read_bytes() == before
    assert "3 in the retro already" in capsys.readouterr().err


def test_a_dry_run_lists_and_changes_nothing(
    retro: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = retro.read_bytes()
    assert main(["import", str(retro), str(table), "--dry-run"]) == 0
    told = capsys.readouterr()
    assert "[x] 1  14:03" in told.out
    assert "[ ] 2  14:05" in told.out
    assert "14:12 (15:12 +0100 in the source)" in told.out
    assert retro.read_bytes() == before


def test_json_is_for_other_programs(retro: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(retro), str(table), "--as", "json", "--take", "none"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [item["kind"] for item in data["candidates"]] == ["detected", "observation", "mitigated"]
    assert not any(item["take"] for item in data["candidates"])


def test_kinds_by_name_and_hours(retro: Path, table: Path) -> None:
    assert main(["import", str(retro), str(table), "--take", "mitigated"]) == 0
    assert texts(retro) == ["Rolled back"]
    words = ["--since", "2026-11-20 14:04", "--until", "2026-11-20 14:05", "--take", "all"]
    assert main(["import", str(retro), str(table), *words]) == 0
    assert texts(retro) == ["somebody orders pizza", "Rolled back"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("\n", ["Pager fires", "Rolled back"]),
        ("9\n2-3\n", ["somebody orders pizza", "Rolled back"]),
        ("+2\n", ["Pager fires", "somebody orders pizza", "Rolled back"]),
        ("-1\n", ["Rolled back"]),
        ("a\n", ["Pager fires", "somebody orders pizza", "Rolled back"]),
        ("n\n", []),
        ("", []),
    ],
)
def test_the_person_at_the_keyboard_chooses(
    answer: str, expected: list[str], retro: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    assert main(["import", str(retro), str(table)]) == 0
    assert texts(retro) == expected


def test_without_a_keyboard_nothing_is_taken_unasked(
    retro: Path, table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["import", str(retro), str(table)]) == 2
    assert texts(retro) == []
    assert "--take all" in capsys.readouterr().err


def test_what_is_wrong_is_said_and_nothing_taken(
    retro: Path, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "pd.json"
    broken.write_text('{"log_entries": [{"id"')
    assert main(["import", str(retro), str(table), str(broken), "--yes"]) == 1
    assert f"{broken}:1: the JSON ends in the middle" in capsys.readouterr().err
    assert main(["import", str(retro), str(table), "--take", "everything"]) == 2
    assert main(["import", str(retro), str(table), "--since", "soon", "--yes"]) == 2
    assert main(["import", str(retro), str(table), "--columns", "text", "--yes"]) == 2
    assert texts(retro) == []


def test_a_meeting_that_has_it_open_is_named(
    retro: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_file(retro)
    assert main(["import", str(retro), str(table), "--yes"]) == 1
    assert "open for writing in another window" in capsys.readouterr().err
    opened.close()
    assert texts(retro) == []


def test_a_source_cannot_steer_the_terminal(
    retro: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "evil.csv"
    path.write_text('time,text\n14:03,"pager \x1b[2Jfires [bold]x[/bold]"\n')
    assert main(["import", str(retro), str(path), "--dry-run"]) == 0
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "pager fires [bold]x[/bold]" in told.out


def test_a_bar_shows_how_far_it_is_and_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from retrotui.cli.import_choice import Bar

    moments = iter([0.0, 1.0, 1.01, 2.0])
    monkeypatch.setattr("retrotui.cli.import_choice.time.monotonic", lambda: next(moments))
    bar = Bar()
    bar._live = True
    with bar:
        bar.show(Progress(50_000_000, 200_000_000, "export.zip"))
        bar.show(Progress(60_000_000, 200_000_000, "export.zip"))
    told = capsys.readouterr().err
    assert "25% of 200 MB" in told
    assert "30%" not in told
    assert told.endswith("\r")
