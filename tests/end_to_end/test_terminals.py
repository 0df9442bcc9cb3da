"""Terminals of all kinds and sizes: few colours, none, dumb, no UTF-8, inside tmux, narrow, and changing."""

import shutil
import subprocess
import time
import tomllib
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal, own_environment, retrotui_command

SIZES = ((80, 24), (200, 60), (20, 6), (120, 36), (40, 12), (20, 6), (80, 24))


def colours(screen: Terminal) -> set[str]:
    """The colours of what is on the screen."""
    return {cell.fg for row in screen.screen.buffer.values() for cell in row.values()}


@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "xterm-256color", "NO_COLOR": "1"},
        {"TERM": "screen-256color", "COLORTERM": ""},
        {"TERM": "linux", "COLORTERM": ""},
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "POSIX", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["16 colours", "NO_COLOR", "screen", "linux console", "LANG=C", "no UTF-8 mode"],
)
def test_a_line_can_be_typed_in_any_terminal(desk: Desk, env: dict[str, str]) -> None:
    screen = desk.begin(env=env)
    screen.press("f8")
    screen.wait_for("add an event")
    screen.enter("14:03 the alert fires für alle")
    screen.wait_for("alerted the alert fires f")
    screen.wait_for("saved")
    screen.wait_gone("saving")
    assert "\\u2500" not in screen.text and "\\xb7" not in screen.text
    if "NO_COLOR" in env:
        assert all(name in ("default", "white") or grey(name) for name in colours(screen)), colours(screen)
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    assert not screen.mess
    (event,) = tomllib.loads(desk.file.read_text(encoding="utf-8"))["event"]
    assert event["text"] == "the alert fires für alle"


def grey(colour: str) -> bool:
    """Whether a colour as pyte writes it has no hue."""
    return len(colour) == 6 and colour[:2] == colour[2:4] == colour[4:]


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_place_text_gets_a_clear_word(desk: Desk, term: str) -> None:
    screen = desk.retrotui("new", "--title", "A title", env={"TERM": term})
    assert screen.wait_for_end() == 2
    assert "cannot place text on a screen" in screen.words and "--no-open" in screen.words
    assert b"\x1b[" not in screen.raw
    assert not list(desk.retros.iterdir()), "nothing was made"


def test_bytes_that_are_no_text_do_not_end_it(desk: Desk) -> None:
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    screen.send(b"14:03 caf\xe9 and \xff\xfe more")
    screen.wait_for("more")
    screen.press("enter")
    screen.wait_for("14:03 what could be seen", "more")
    screen.wait_saved()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_it_works_inside_tmux(desk: Desk, tmp_path: Path) -> None:
    made = desk.retrotui("new", "--title", "Inside tmux", "--no-open")
    assert made.wait_for_end() == 0
    socket = tmp_path / "t"
    tmux = ["tmux", "-S", str(socket), "-f", "/dev/null"]
    env = own_environment(desk.folder)

    def run(*words: str) -> str:
        command = [*tmux, *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=20, check=True).stdout

    def wait_for(text: str) -> None:
        end = time.monotonic() + 20
        shown = ""
        while time.monotonic() < end:
            shown = run("capture-pane", "-p")
            if text in shown:
                return
            time.sleep(0.05)  # tmux has no way to wait for a text
        raise AssertionError(f"waited for {text!r}:\n{shown}")

    try:
        run("new-session", "-d", "-x", "100", "-y", "30", *retrotui_command(), "open", str(desk.file))
        wait_for("What do we want to learn today?")
        run("send-keys", "F8")
        wait_for("add an event")
        run("send-keys", "-l", "14:03 the alert fires")
        run("send-keys", "Enter")
        wait_for("▲ alerted")
        run("send-keys", "Escape")
        wait_for("v figures")
        run("send-keys", "e")
        wait_for("edit e1")
        run("send-keys", "C-q")
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if subprocess.run([*tmux, "ls"], env=env, capture_output=True, check=False).returncode:
                break
            time.sleep(0.05)
    finally:
        subprocess.run([*tmux, "kill-server"], env=env, capture_output=True, check=False)
    (event,) = tomllib.loads(desk.file.read_text(encoding="utf-8"))["event"]
    assert event["text"] == "the alert fires"


def resized(screen: Terminal, columns: int, rows: int) -> None:
    """Makes the window another size and waits until the program has drawn in it, down to its last row."""
    screen.resize(columns, rows)
    screen.screen.reset()
    screen.wait_until(lambda: any(screen.lines[rows - 3 :]), f"a screen of {columns} by {rows}")


def test_every_stage_lives_through_every_size(desk: Desk) -> None:
    screen = desk.begin("Sizes")
    for number in range(6):
        line = f"thing {number}"
        for size in SIZES:
            resized(screen, *size)
        screen.type(line)
        screen.wait_for(line)
        resized(screen, 20, 6)
        screen.wait_for(line)  # the line one types into can be reached in the smallest window too
        screen.press("esc")
        resized(screen, 120, 36)
        screen.wait_for(f"{number + 1} of 6", "i type")
        screen.press("i")
        screen.wait_for("esc board")
        screen.press("end", *["backspace"] * len(line))
        screen.wait_gone(line)
        if number < 5:
            screen.press("f8")
            screen.wait_for(f"{number + 2} of 6")
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    assert not screen.mess


def test_typing_and_taking_works_in_the_smallest_window(desk: Desk) -> None:
    screen = desk.retrotui("new", "--title", "Small", size=(20, 6))
    screen.wait_until(lambda: screen.frames > 0, "a frame")
    screen.type("why")
    screen.wait_for("why")
    screen.press("f8")
    screen.wait_gone("why")
    screen.enter("14:03 alert fires")
    screen.wait_for("alert fires")
    screen.resize(80, 24)
    screen.wait_for("alerted", "alert fires")
