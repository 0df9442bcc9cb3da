"""`show`, `validate` and `export`: nothing is touched, nothing odd reaches the terminal, nothing ends in a
traceback.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from retrotui.archive import dumps
from retrotui.demo import demo_retro
from retrotui.retro import Card, Event, Info, Retro
from tests.cli.running import Runner
from tests.hostile import hostile_files

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

HOSTILE_TEXT = "\x1b]0;owned\x07\x1b[2J \u202ereversed\u202c [red]no markup[/red] :smile: \x9b31m é 漢字"


def test_show_prints_every_part(run: Runner, demo_file: Path) -> None:
    result = run("show", demo_file)
    assert result.status == 0 and not result.err
    for words in (
        "Agenda",
        "> Root causes",
        "Timeline (UTC)",
        "TTM ~17:35",
        "What went well",
        "Action items",
        "Parked",
    ):
        assert words in result.out
    assert not STEERING.search(result.out)
    assert all(line == line.rstrip() for line in result.out.splitlines())


def test_show_has_colours_on_a_terminal_only_and_not_with_no_color(
    run: Runner, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    assert "\x1b[1m" in run("show", demo_file, tty=True).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", run("show", demo_file, tty=True).out)


def test_what_people_wrote_is_shown_and_steers_nothing(run: Runner, tmp_path: Path) -> None:
    retro = Retro.model_validate(
        {
            "retro": Info(id="r", title=HOSTILE_TEXT, people=(HOSTILE_TEXT,), summary=HOSTILE_TEXT),
            "event": (Event(id="e1", text=HOSTILE_TEXT, said=HOSTILE_TEXT),),
            "went_well": (Card(id="w1", text=HOSTILE_TEXT),),
        }
    )
    path = tmp_path / "r.toml"
    path.write_bytes(dumps(retro))
    for words in (["show", path], ["export", path], ["validate", path]):
        result = run(*words)
        assert result.status == 0 and not STEERING.search(result.out + result.err)
    assert (
        "\\x1b]0;owned" in run("show", path).out and "[red]no markup[/red] :smile:" in run("show", path).out
    )


def test_private_cards_stay_hidden(run: Runner, tmp_path: Path) -> None:
    retro = Retro.model_validate(
        {"retro": Info(id="r", title="t"), "went_well": (Card(id="w1", text="hidden-card", private=True),)}
    )
    (tmp_path / "r.toml").write_bytes(dumps(retro))
    for command in ("show", "export"):
        assert "hidden-card" not in run(command, "r.toml").out


def test_validate_is_quiet_about_good_files(run: Runner, demo_file: Path) -> None:
    result = run("validate", demo_file, demo_file.parent)
    assert result.status == 0 and not result.out
    assert "3 files are fine, 0 problems found." in result.err


def test_validate_names_every_problem_with_file_line_and_key(run: Runner, demo_file: Path) -> None:
    text = demo_file.read_text(encoding="utf-8")
    bad = demo_file.with_name("bad.toml")
    bad.write_text(
        text.replace('kind = "oh_no"', 'kind = "ohno"').replace('category = "tooling"', "category = 5", 1),
        encoding="utf-8",
    )
    result = run("validate", demo_file, bad, "gone.toml")
    lines = result.out.splitlines()
    assert result.status == 1 and len(lines) == 3
    number = text.splitlines().index('kind = "oh_no"') + 1
    assert lines[0].startswith(f"{bad}:{number}: event[e15].kind: ")
    assert ": factor[" in lines[1] and lines[2].startswith("gone.toml")


def test_keys_of_a_newer_version_are_a_note_and_no_problem(run: Runner, demo_file: Path) -> None:
    demo_file.write_bytes(demo_file.read_bytes().replace(b'title = "Git', b'colour = "red"\ntitle = "Git', 1))
    result = run("validate", demo_file)
    assert result.status == 0 and "note: " in result.err and "colour" in result.err


@pytest.mark.parametrize("command", ["show", "export"])
def test_a_bad_file_is_explained_and_left_alone(run: Runner, tmp_path: Path, command: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(b"format = 1\n[retro\n")
    result = run(command, path)
    assert result.status == 1 and f"{path}:2" in result.err and "not changed" in result.err and not result.out
    assert path.read_bytes() == b"format = 1\n[retro\n"
    assert [item.name for item in tmp_path.glob("*.toml")] == ["bad.toml"]


def test_a_newer_format_is_shown_as_far_as_it_can_be_read(run: Runner, demo_file: Path) -> None:
    demo_file.write_bytes(demo_file.read_bytes().replace(b"format = 1", b"format = 99", 1))
    result = run("show", demo_file)
    assert result.status == 0 and "format 99" in result.err and "Root causes" in result.out


@pytest.mark.parametrize("command", ["show", "export", "open", "check"])
def test_a_missing_file_is_answered_with_the_nearest_one(run: Runner, tmp_path: Path, command: str) -> None:
    (tmp_path / "checkout-outage.toml").touch()
    result = run(command, tmp_path / "checkout-outge.toml")
    assert result.status == 2 and "Did you mean" in result.err and "checkout-outage.toml" in result.err
    assert run(command, tmp_path).status == 2


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs permissions"
)
def test_a_file_that_may_not_be_read_is_named(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "locked.toml"
    path.touch(mode=0o000)
    assert run("show", path).status in (1, 2) and run("validate", path).status == 1


def test_export_writes_to_stdout_or_to_a_file(run: Runner, demo_file: Path, tmp_path: Path) -> None:
    printed = run("export", demo_file, "--as", "markdown")
    written = run("export", demo_file, "-o", tmp_path / "review.md")
    assert printed.status == written.status == 0
    assert (tmp_path / "review.md").read_bytes().decode() == printed.out
    assert not written.out and "review.md" in written.err


def test_export_refuses_what_it_cannot_do(run: Runner, demo_file: Path, tmp_path: Path) -> None:
    before = demo_file.read_bytes()
    assert "there are markdown" in run("export", demo_file, "--as", "docx").err
    assert run("export", demo_file, "-o", demo_file).status == 2
    assert run("export", demo_file, "-o", tmp_path / "no" / "such" / "folder.md").status == 1
    assert demo_file.read_bytes() == before


def test_hostile_files_end_in_a_sentence_and_stay_as_they_are(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    for data in hostile_files([dumps(demo_retro())], 150):
        path.write_bytes(data)
        for command in ("validate", "show"):
            result = run(command, path)
            assert result.status in (0, 1), (result, data)
            assert "Traceback" not in result.err and "inside retrotui" not in result.err, (result.err, data)
            assert not STEERING.search(result.out + result.err), data
        assert path.read_bytes() == data
    assert sorted(item.name for item in tmp_path.iterdir()) == ["home", "hostile.toml", "retros"]


def test_names_that_lead_nowhere_are_told_apart(run: Runner, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "gone.toml")
    assert "is a link to a file that is not there" in run("show", link).err
    long = run("validate", tmp_path / ("a" * 5000))
    assert long.status == 1 and "too long" in long.out and "inside retrotui" not in long.err
    link.unlink()
    link.write_text("")
    assert "is a file; name the folder it is in" in run("--dir", link, "actions").err
