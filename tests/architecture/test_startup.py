"""What a command imports: nothing that it does not need. Seen in `sys.modules` of a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrotui.demo import write_demo

PROBE = """
import json, sys
from retrotui.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
heads = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps([status, heads, "retrotui.archive.codec" in sys.modules]), file=sys.stderr)
"""


def probe(words: list[str], tmp_path: Path, stdin: str = "") -> tuple[int, set[str]]:
    """Run a command in a new process: its exit status and the packages it has imported."""
    environment = {
        **os.environ,
        "RETROTUI_CONFIG": str(tmp_path / "settings.toml"),
        "PYTHONIOENCODING": "utf-8",
    }
    environment.pop("RETROTUI_DIR", None)
    (tmp_path / "settings.toml").touch()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=environment,
        timeout=60,
    )
    status, heads, _ = json.loads(done.stderr.splitlines()[-1])
    return status, set(heads)


NO_SCREEN = [
    (["--help"], 0),
    (["--version"], 0),
    (["new", "--help"], 0),
    (["check", "--help"], 0),
    (["check", "-"], 0),
    (["check", "--explain", "counterfactual"], 0),
    (["rules", "list"], 0),
    (["themes", "list"], 0),
    (["templates", "list"], 0),
    (["settings"], 0),
    (["completion", "bash"], 0),
    (["validate", "FILE"], 0),
    (["show", "FILE"], 0),
    (["export", "FILE"], 0),
    (["check", "FILE"], 0),
    (["new", "--title", "x", "--dir", "made", "--no-open"], 0),
    (["open", "FILE"], 2),
    (["demo"], 2),
    ([], 2),
]


@pytest.mark.parametrize(
    ("words", "expected"), NO_SCREEN, ids=[" ".join(words) or "home" for words, _ in NO_SCREEN]
)
def test_no_command_without_a_screen_imports_textual(tmp_path: Path, words: list[str], expected: int) -> None:
    if "FILE" in words:
        path = write_demo(tmp_path / "demo")
        words = [str(path) if word == "FILE" else word for word in words]
    status, heads = probe(words, tmp_path)
    assert status == expected
    assert "textual" not in heads
    reads_no_retro = not any(word in words for word in ("validate", "show", "export", "new")) and str(
        tmp_path
    ) not in str(words)
    if reads_no_retro or "--help" in words:
        assert "pydantic" not in heads and "rich" not in heads
    if "export" not in words:
        assert "jinja2" not in heads


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_the_overview_and_the_version_import_no_parser(tmp_path: Path, words: list[str]) -> None:
    _, heads = probe(words, tmp_path)
    assert "click" not in heads


def test_checking_lines_imports_no_file_room(tmp_path: Path) -> None:
    status, heads = probe(["check", "-", "--format", "json"], tmp_path, "the disk filled up\n")
    assert status == 0 and not {"pydantic", "rich", "textual", "sqlite3"} & heads


FIRST_PICTURE = """
import json, sys
from pathlib import Path
from retrotui.quick_start import quick_start
with quick_start():
    from retrotui.settings import load_settings
    from retrotui.tui.app import RetroApp
    import asyncio
    async def picture():
        app = RetroApp(load_settings(), Path(sys.argv[1]).parent, Path(sys.argv[1]))
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            return type(app.screen).__name__, sorted(sys.modules)
    print(json.dumps(asyncio.run(picture())))
"""


def test_the_first_picture_loads_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    """What was left out once comes back unnoticed: each of these cost a hundredth of the start or more."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE, str(write_demo(tmp_path))],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "RETROTUI_CONFIG": str(tmp_path / "none.toml"), "XDG_CACHE_HOME": str(tmp_path)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    screen, modules = json.loads(done.stdout.splitlines()[-1])
    assert screen == "MeetingScreen"
    left_out = {"ssl", "_ssl", "importlib.metadata", "email", "zipfile", "jinja2", "sqlite3", "tomli_w"}
    assert not left_out & set(modules)


def test_a_pipe_that_closes_early_ends_quietly(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("needs a pipe that can be closed early")
    path = write_demo(tmp_path)
    code = "import sys; from retrotui.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "show", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(60) == 141
    assert told == b""
