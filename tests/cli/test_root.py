"""Help, misuse and the ways in which a command can end."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from retrotui import __version__
from retrotui.cli import main, streams
from retrotui.cli.overview import GROUPS, PLACES, overview
from retrotui.cli.root import root
from tests.cli.running import Runner


def all_commands() -> list[str]:
    found = []
    context = click.Context(root)
    for name in PLACES:
        command = root.get_command(context, name)
        assert command is not None
        found.append(name)
        if isinstance(command, click.Group):
            found += [f"{name} {inner}" for inner in command.commands]
    return found


def test_the_overview_needs_no_parser_and_names_every_command(run: Runner) -> None:
    for words in (["--help"], ["-h"], ["help"]):
        result = run(*words)
        assert result.status == 0 and result.out == overview() and not result.err
    assert all(f"  {name} " in overview() for _, commands in GROUPS for name, _, _ in commands)
    assert max(map(len, overview().splitlines())) <= 90


@pytest.mark.parametrize("command", all_commands())
def test_every_command_has_help_with_an_example(run: Runner, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.status == 0 and not result.err
    assert result.out.startswith(f"Usage: retrotui {command}")
    assert "retrotui " in result.out.partition("Examples:\n")[2]
    assert run("help", *command.split()).out == result.out


def test_the_version_stands_alone_on_stdout(run: Runner) -> None:
    assert run("--version").out == f"retrotui {__version__}\n"
    assert run("--dir", "x", "--version").out == f"retrotui {__version__}\n"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["chek"], "Did you mean 'check'?"),
        (["xyzzy"], "There are new, open, demo"),
        (["themes", "lst"], "Did you mean 'list'?"),
        (["nothing.toml"], "retrotui open nothing.toml"),
        (["new"], "missing option '--title'"),
        (["check", "--sectoin", "causes"], "--section"),
        (["check", "--section", "blame"], "'blame' is not one of"),
        (["show"], "missing argument 'FILE'"),
        (["show", "a", "b"], "unexpected extra argument"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
        (["new", "--title", "x", "--template", "incidnt", "--no-open"], "Did you mean 'incident'?"),
        (["new", "--title", "x", "--preset", "tiny", "--no-open"], "it has quick-30, balanced-60"),
        (["new", "--title", "x", "--timezone", "Mars/Base", "--no-open"], "'Mars/Base' is not a time zone"),
        (["new", "--title", "  ", "--no-open"], "the title is empty"),
        (["templates", "show", "sprnt"], "Did you mean 'sprint'?"),
        (["check", "--explain", "counterfactul"], "Did you mean 'counterfactual'?"),
        (["check", "gone.txt"], "there is no file gone.txt"),
        (["check", "-", "--rules", "gone.toml"], "there are no rules at gone.toml"),
    ],
)
def test_misuse_ends_with_2_and_a_sentence(run: Runner, words: list[str], hint: str) -> None:
    result = run(*words)
    assert result.status == 2
    assert hint in result.err and not result.out
    assert "Traceback" not in result.err


@pytest.mark.parametrize("words", [[], ["demo"], ["new", "--title", "x"], ["open", "retro.toml"]])
def test_a_command_with_a_screen_says_that_it_needs_one(
    run: Runner, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    open("retro.toml", "w").close()  # noqa: PTH123
    result = run(*words)
    assert result.status == 2 and "needs a keyboard" in result.err
    monkeypatch.setenv("TERM", "dumb")
    result = run(*words, tty=True)
    if sys.platform != "win32":
        assert (
            result.status == 2 and "TERM is dumb" in result.err and "retrotui" in result.err.splitlines()[-1]
        )


def test_a_reader_that_leaves_early_is_no_error(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["--help"]) == 141


def test_ctrl_c_ends_with_130(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert streams.guarded(interrupted) == 130


def test_a_fault_of_our_own_is_an_apology_and_a_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise RuntimeError("odd\x1b[31m state")

    assert streams.guarded(broken) == streams.CRASH
    told = capsys.readouterr().err
    assert "RuntimeError: odd\\x1b[31m state" in told and "Traceback" not in told and "RETROTUI_DEBUG" in told
    monkeypatch.setenv("RETROTUI_DEBUG", "1")
    assert streams.guarded(broken) == streams.CRASH
    assert "Traceback" in capsys.readouterr().err


def test_a_locale_without_the_letters_writes_them_out(run: Runner, demo_file: object) -> None:
    result = run("show", demo_file, encoding="ascii")
    assert result.status == 0 and "Tom\\xe1s" in result.out


def test_names_of_commands_are_completed_by_the_shell(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_RETROTUI_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "retrotui che")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert "plain,check" in run().out.splitlines()
    monkeypatch.setenv("COMP_WORDS", "retrotui templates show spr")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert "plain,sprint" in run().out.splitlines()


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "complete --")]
)
def test_there_is_a_completion_script_for_each_shell(run: Runner, shell: str, mark: str) -> None:
    result = run("completion", shell)
    assert result.status == 0 and mark in result.out and "_RETROTUI_COMPLETE" in result.out


def test_the_environment_is_not_touched(run: Runner) -> None:
    before = dict(os.environ)
    run("settings")
    assert dict(os.environ) == before


def test_the_commit_hooks_call_commands_that_exist() -> None:
    hooks = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
    if not hooks.exists():
        pytest.skip("an installed package has no hooks file")
    entries = re.findall(r"^  entry: retrotui (\S+)$", hooks.read_text(encoding="utf-8"), re.MULTILINE)
    assert entries == ["check", "validate"] and set(entries) <= set(PLACES)


def test_the_package_can_be_run_where_the_program_is_not_on_the_path() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "retrotui", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout == f"retrotui {__version__}\n"
