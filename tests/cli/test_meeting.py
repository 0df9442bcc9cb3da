"""`new`, `open`, `demo` and home: what they hand to the screen, and what they make without one."""

import shlex
import tempfile
from pathlib import Path
from typing import Any

import pytest

import retrotui.tui
from retrotui.archive import loads, retros_dir
from retrotui.cli import team
from retrotui.settings import load_settings
from tests.cli.running import Runner


class FakeScreen:
    """Stands in for `tui.run` and remembers what it was asked to open."""

    def __init__(self) -> None:
        self.target: Path | None = None
        self.folder: Path | None = None
        self.runs = 0

    def __call__(self, target: Path | None, *, folder: Path, settings: Any) -> int:
        self.target, self.folder = target, folder
        self.runs += 1
        return 7


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> FakeScreen:
    fake = FakeScreen()
    monkeypatch.setattr(retrotui.tui, "run", fake)
    monkeypatch.setenv("TERM", "xterm")
    return fake


def test_new_makes_a_file_and_prints_its_path(run: Runner, tmp_path: Path) -> None:
    options = ["--preset", "quick-30", "--timezone", "Europe/Dublin", "--dir", tmp_path / "deep" / "er"]
    people = "Ana,  Will,Ana"
    result = run("new", "--title", "Checkout answered 5xx", "--people", people, *options, "--no-open")
    assert result.status == 0 and not result.err
    path = Path(result.out.strip())
    retro = loads(path.read_bytes())
    assert path.parent == tmp_path / "deep" / "er" and path.stem == retro.info.id
    assert retro.info.title == "Checkout answered 5xx" and retro.info.people == ("Ana", "Will")
    assert retro.info.timezone == "Europe/Dublin" and retro.agenda.preset == "quick-30"
    assert sum(stage.planned_s for stage in retro.agenda.stages) == 1800
    assert [item.suffix for item in path.parent.iterdir()] == [".toml"]


def test_two_retros_of_one_title_get_two_files(run: Runner) -> None:
    first, second = (run("new", "--title", "Same", "--no-open").out.strip() for _ in range(2))
    assert first != second and Path(first).exists() and Path(second).exists()
    assert loads(Path(second).read_bytes()).info.id == Path(second).stem


def test_a_folder_that_cannot_hold_files_is_said(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("new", "--title", "x", "--dir", tmp_path / "file", "--no-open")
    assert result.status == 1 and "could not be written" in result.err and "--dir" in result.err


def test_settings_give_defaults_for_a_new_retro(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "home" / "settings.toml").write_text(
        'timezone = "Asia/Tokyo"\nfacilitator = "Ana"\nbel = true\n'
    )
    result = run("new", "--title", "x", "--no-open")
    info = loads(Path(result.out.strip()).read_bytes()).info
    assert (info.timezone, info.facilitator) == ("Asia/Tokyo", "Ana")
    assert "note: " in result.err and "bell" in result.err


def test_a_team_template_can_be_used_by_name(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "retros" / ".retrotui" / "templates"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text(
        '[template]\nid = "ours"\n', encoding="utf-8"
    )  # not whole: it is named and left out
    result = run("new", "--title", "x", "--template", "ours", "--no-open")
    assert (
        result.status == 2
        and "ours.toml" in result.err
        and "the template 'ours' cannot be used: mend ours.toml" in result.err
    )


def test_home_opens_the_folder_that_was_asked_for(run: Runner, screen: FakeScreen, tmp_path: Path) -> None:
    assert run(tty=True).status == 7
    assert screen.target is None and screen.folder == tmp_path / "retros"
    run("--dir", tmp_path / "else", tty=True)
    assert screen.folder == tmp_path / "else"


def test_the_environment_names_the_folder(
    run: Runner, screen: FakeScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETROTUI_DIR", str(tmp_path / "env"))
    run(tty=True)
    assert screen.folder == tmp_path / "env"


def test_new_opens_what_it_made(run: Runner, screen: FakeScreen) -> None:
    result = run("new", "--title", "x", tty=True)
    assert result.status == 7 and screen.target is not None and screen.target.exists() and not result.out


def test_open_opens_the_file_beside_its_folder(run: Runner, screen: FakeScreen, demo_file: Path) -> None:
    assert run("open", demo_file, tty=True).status == 7
    assert (screen.target, screen.folder) == (demo_file, demo_file.parent)


def test_the_demo_stands_in_a_folder_of_its_own(run: Runner, screen: FakeScreen) -> None:
    result = run("demo", tty=True)
    assert screen.target is not None and screen.target.exists()
    assert len(list(screen.target.parent.glob("*.toml"))) == 2
    assert str(screen.folder) in result.err and not result.out
    for item in screen.target.parent.iterdir():
        item.unlink()
    screen.target.parent.rmdir()


def test_what_the_demo_says_on_leaving_works(
    run: Runner, screen: FakeScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda prefix: str(tmp_path / f"{prefix}two words"))
    said = run("demo", tty=True).err.splitlines()
    shown = [shlex.split(line, comments=True)[1:] for line in said if line.startswith("  retrotui ")]
    assert len(shown) == 3
    assert all(run(*words).status == 0 for words in shown)
    assert "BEGIN:VEVENT" in (tmp_path / "actions.ics").read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", [None, "asked"])
def test_the_folder_is_the_one_that_the_archive_means(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str | None
) -> None:
    explicit = Path(asked) if asked else None
    same_everywhere(explicit)
    (tmp_path / "retros").rmdir()
    same_everywhere(explicit)
    monkeypatch.setenv("RETROTUI_DIR", "x")
    same_everywhere(explicit)


def same_everywhere(explicit: Path | None) -> None:
    settings = load_settings()
    assert team.retros_folder(explicit, settings) == retros_dir(explicit or settings.dir)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--title", ""), "the title is empty"),
        (("--title", "  "), "the title is empty"),
        (("--title", "x", "--template", "nope"), "no template 'nope'"),
        (("--title", "x", "--preset", "nope"), "nope"),
        (("--title", "x", "--timezone", "Nowhere/Else"), "not a time zone"),
    ],
)
def test_what_is_wrong_with_the_words_is_said_before_that_there_is_no_screen(
    run: Runner, words: tuple[str, ...], said: str
) -> None:
    result = run("new", *words)
    assert result.status == 2 and said in result.err and "keyboard" not in result.err


def test_without_a_screen_no_file_is_made(run: Runner, tmp_path: Path) -> None:
    assert "keyboard" in run("new", "--title", "x").err
    assert not [path for path in tmp_path.rglob("*.toml") if path.name != "settings.toml"]


def test_a_title_that_blames_is_asked_about_and_the_file_is_made(run: Runner) -> None:
    result = run("new", "--title", "The intern broke checkout", "--no-open")
    assert result.status == 0 and "the title is what most people read" in result.err
    assert Path(result.out.strip()).is_file()
    assert run("new", "--title", "Checkout answered 5xx", "--no-open").err == ""
