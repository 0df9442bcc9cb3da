"""`templates new`: a template of one's own from another one, in the right folder, fit to be used at once."""

from pathlib import Path

import pytest

from retrotui.cli.new_template import as_own
from retrotui.templates import SHIPPED_IDS, read_file, shipped, source
from tests.cli.running import Runner


@pytest.mark.parametrize("other", SHIPPED_IDS)
def test_every_shipped_template_can_be_begun_from(other: str, tmp_path: Path) -> None:
    path = tmp_path / "our-own.toml"
    path.write_text(as_own(source(other), "our-own", 'Our "own"', other), encoding="utf-8")
    template, problems = read_file(path)
    assert not problems and template is not None
    assert template.id == "our-own" and template.title == 'Our "own"'
    assert [stage.id for stage in template.stages] == [stage.id for stage in shipped(other).stages]


def test_it_is_ones_own_unless_said_otherwise(run: Runner, tmp_path: Path) -> None:
    made = run("templates", "new", "weekly", "--from", "start-stop-continue")
    path = Path(made.out.strip())
    assert made.status == 0 and path.name == "weekly.toml" and path.parent.name == "templates"
    assert "templates test" in made.err
    assert run("templates", "test", path).status == 0
    assert "weekly: Weekly" in run("templates", "list").out


def test_a_teams_template_stands_beside_its_retros(run: Runner, tmp_path: Path) -> None:
    made = run("--dir", tmp_path / "retros", "templates", "new", "weekly", "--team")
    assert made.status == 0
    assert Path(made.out.strip()) == tmp_path / "retros" / ".retrotui" / "templates" / "weekly.toml"


def test_a_folder_can_be_named_and_an_own_template_begun_from(run: Runner, tmp_path: Path) -> None:
    first = run("templates", "new", "weekly", "--title", "Our weekly")
    text = Path(first.out.strip()).read_text(encoding="utf-8")
    Path(first.out.strip()).write_text(f'id = "weekly"\n{text}', encoding="utf-8")
    made = run("templates", "new", "monthly", "--from", "weekly", "--folder", tmp_path / "here")
    assert made.status == 0, made.err
    template, problems = read_file(Path(made.out.strip()))
    assert not problems and template is not None and template.id == "monthly"
    assert template.title == "Monthly"
    assert "To use it: retrotui new" in first.err
    assert f"To use it: move it to {Path(first.out.strip()).parent}, then retrotui new" in made.err


def test_nothing_is_overwritten(run: Runner) -> None:
    assert run("templates", "new", "weekly").status == 0
    again = run("templates", "new", "weekly")
    assert again.status == 1 and "is there already" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Our Weekly",), "is no ID"),
        (("weekly", "--from", "sprnt"), "Did you mean 'sprint'?"),
        (("weekly", "--team", "--folder", "x"), "two places"),
    ],
)
def test_what_cannot_be_done_is_said(run: Runner, words: tuple[str, ...], said: str) -> None:
    result = run("templates", "new", *words)
    assert result.status == 2 and said in result.err and not result.out
