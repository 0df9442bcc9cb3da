"""Closed windows, dropped connections, kills and pauses: nothing lost, and the terminal as it was."""

import os
import signal
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from retrotui.archive import open_file
from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal


def events_of(desk: Desk) -> list[str]:
    """The texts of the events in the file."""
    return [event["text"] for event in tomllib.loads(desk.file.read_text(encoding="utf-8")).get("event", [])]


def draft_of(path: Path) -> str:
    """What stands beside the file as a draft."""
    opened = open_file(path)
    opened.close()
    return opened.draft.text if opened.draft else ""


def in_the_middle(desk: Desk) -> Terminal:
    """A meeting with one event taken and half a line typed."""
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    screen.enter("14:03 the alert fires")
    screen.wait_for("alerted the alert fires")
    screen.type("14:05 half a li")
    screen.wait_for("14:05 half a li")
    return screen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_in_good_order(desk: Desk, number: signal.Signals) -> None:
    screen = in_the_middle(desk)
    screen.signal(number)
    assert screen.wait_for_end() == 128 + number
    assert screen.killed_by is None, "it ended by itself, after saving"
    assert not screen.mess
    assert events_of(desk) == ["the alert fires"]
    assert draft_of(desk.file) == "14:05 half a li"


def test_a_dropped_connection_loses_nothing(desk: Desk) -> None:
    screen = in_the_middle(desk)
    assert screen.hang_up() == 128 + signal.SIGHUP
    assert events_of(desk) == ["the alert fires"]
    assert draft_of(desk.file) == "14:05 half a li"
    again = desk.retrotui("open", desk.file)
    again.wait_for("2 of 6 · Timeline", "14:05 half a li")


def test_stopped_and_continued_it_goes_on_where_it_was(desk: Desk) -> None:
    shell = textwrap.dedent(
        """\
        import os, signal, sys
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os.execv(sys.argv[1], sys.argv[1:])
        try:
            os.setpgid(child, child)
        except OSError:
            pass
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(0, child)
        while True:
            _, status = os.waitpid(child, os.WUNTRACED)
            if os.WIFSTOPPED(status):
                os.tcsetpgrp(0, os.getpgrp())
                print("STOPPED, press enter", flush=True)
                sys.stdin.readline()
                os.tcsetpgrp(0, child)
                os.killpg(child, signal.SIGCONT)
            else:
                sys.exit(os.waitstatus_to_exitcode(status))
        """
    )
    made = desk.retrotui("new", "--title", "A pause", "--no-open")
    assert made.wait_for_end() == 0
    from tests.end_to_end.terminal import retrotui_command

    screen = desk.run([sys.executable, "-c", shell, *retrotui_command(), "open", str(desk.file)])
    screen.wait_for("What do we want to learn today?")
    screen.type("half a th")
    screen.wait_for("half a th")
    pid = int(open_pid(desk.file))
    os.kill(pid, signal.SIGTSTP)
    screen.wait_for("STOPPED, press enter")
    assert not [item for item in screen.mess if "line discipline" not in item], screen.mess
    screen.press("enter")
    screen.wait_for("What do we want to learn today?", "half a th")
    screen.type("ought")
    screen.wait_for("half a thought")
    screen.press("enter")
    screen.wait_gone("Nothing noted yet")
    screen.wait_saved()
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0
    assert not screen.mess


def open_pid(path: Path) -> int:
    """The process that has a retro open, as its side file says."""
    from retrotui.archive.drafts import read_side_file

    return read_side_file(path).pid


CRASHING = """\
import sys
from retrotui.tui.stages.timeline import TimelineView

def broken(*_, **__):
    raise RuntimeError("a widget broke")

TimelineView.draw = broken
from retrotui.cli import main
sys.exit(main())
"""


def test_an_error_inside_saves_and_speaks_calmly(desk: Desk) -> None:
    program = desk.folder / "crashing.py"
    program.write_text(CRASHING, encoding="utf-8")
    screen = desk.run([sys.executable, str(program), "new", "--title", "A crash"])
    screen.wait_for("What do we want to learn today?")
    screen.press("f8")
    screen.wait_for("add an event")
    screen.enter("14:03 the alert fires")
    assert screen.wait_for_end() == 1
    assert not screen.mess
    said = screen.words
    assert "The error is ours, not yours" in said and "Everything is saved in" in said
    assert "Traceback" not in screen.raw.decode("utf-8", "replace")
    assert "a widget broke" not in said
    assert events_of(desk) == ["the alert fires"]
    log = desk.folder / "home" / "state" / "retrotui" / "crash.log"
    assert "a widget broke" in log.read_text(encoding="utf-8")
