"""Folders that take nothing, disks that are full, files that others change: said in words, nothing lost."""

import os
import resource
import stat
import sys
import tomllib
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal, retrotui_command

LIMITED = """\
import sys
from pathlib import Path

from retrotui.archive import safe_file, saver, target

full = Path(sys.argv.pop(1))
written = safe_file.write_safely

def write_safely(path, data, **more):
    if full.exists() and path.parent.name == "retros":
        import errno
        full_disk = OSError(errno.ENOSPC, "No space left on device")
        raise safe_file.CannotWrite(path, safe_file.reason_for(full_disk))
    return written(path, data, **more)

for module in (safe_file, saver, target):
    if hasattr(module, "write_safely"):
        module.write_safely = write_safely
from retrotui.cli import main
sys.exit(main())
"""


def events_of(path: Path) -> list[str]:
    """The texts of the events in a file."""
    return [event["text"] for event in tomllib.loads(path.read_text(encoding="utf-8")).get("event", [])]


def at_the_timeline(screen: Terminal) -> Terminal:
    """Waits for the first screen and goes on to the timeline."""
    screen.wait_for("What do we want to learn today?")
    screen.press("f8")
    screen.wait_for("add an event")
    return screen


def test_a_full_disk_is_said_and_the_meeting_goes_on(desk: Desk) -> None:
    full = desk.folder / "full"
    program = desk.folder / "limited.py"
    program.write_text(LIMITED, encoding="utf-8")
    screen = at_the_timeline(desk.run([sys.executable, str(program), str(full), "new", "--title", "Full"]))
    screen.enter("14:03 the first event")
    screen.wait_for("observation the first event")
    screen.wait_saved()
    path = desk.file
    full.touch()
    screen.enter("14:04 the second event")
    screen.wait_for("✘ not saved", "observation the second event")
    screen.enter("14:05 the third event")
    screen.wait_for("observation the third event")
    assert events_of(path) == ["the first event"]
    full.unlink()
    screen.wait_saved()
    assert events_of(path) == ["the first event", "the second event", "the third event"]
    full.touch()
    screen.enter("14:06 the fourth event")
    screen.wait_for("✘ not saved")
    screen.press("ctrl+q")
    screen.wait_for("Save to another place", "not on disk yet")
    other = desk.folder / "other.toml"
    screen.wait_for(path.name)
    screen.press("end", "ctrl+u")
    screen.wait_gone(path.name)
    screen.enter(str(other))
    assert screen.wait_for_end() == 0
    assert events_of(other)[-1] == "the fourth event"
    assert not screen.mess


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing keeps root from writing")
def test_a_folder_that_takes_nothing_is_said(desk: Desk) -> None:
    screen = at_the_timeline(desk.begin("No permission"))
    path = desk.file
    desk.retros.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        screen.enter("14:03 the first event")
        screen.wait_for("✘ not saved", "observation the first event")
        desk.retros.chmod(stat.S_IRWXU)
        screen.wait_saved()
    finally:
        desk.retros.chmod(stat.S_IRWXU)
    assert events_of(path) == ["the first event"]


def test_a_limit_on_file_size_is_survived(desk: Desk) -> None:
    made = desk.retrotui("new", "--title", "A limit", "--no-open")
    assert made.wait_for_end() == 0
    path = desk.file

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, 8_192))

    screen = at_the_timeline(desk.run([*retrotui_command(), "open", str(path)], preexec=limit))
    screen.enter("14:03 the first event")
    screen.wait_for("observation the first event")
    screen.wait_saved()
    screen.paste(f"14:04 {'a long log ' * 900}")
    screen.press("enter")
    screen.wait_for("✘ not saved")
    screen.enter("14:05 the third event")
    screen.wait_for("observation the third event")
    assert events_of(path) == ["the first event"], "what was saved last still stands there"


def test_a_file_changed_from_outside_loses_neither_version(desk: Desk) -> None:
    screen = at_the_timeline(desk.begin("Two hands"))
    screen.enter("14:03 the first event")
    screen.wait_for("observation the first event")
    screen.wait_saved()
    path = desk.file
    theirs = path.read_text(encoding="utf-8").replace("the first event", "their first event")
    path.write_text(theirs, encoding="utf-8")
    screen.enter("14:04 the second event")
    screen.wait_for("changed from outside", "Both versions are kept")
    screen.press("o")
    screen.wait_saved()
    assert events_of(path) == ["the first event", "the second event"]
    (kept,) = [item for item in desk.retros.glob("*.toml") if item != path]
    assert events_of(kept) == ["their first event"]
    screen.press("ctrl+q")
    assert screen.wait_for_end() == 0


def test_the_other_version_can_be_taken_over_and_undone(desk: Desk) -> None:
    screen = at_the_timeline(desk.begin("Two hands"))
    screen.enter("14:03 the first event")
    screen.wait_for("observation the first event")
    screen.wait_saved()
    path = desk.file
    theirs = path.read_text(encoding="utf-8").replace("the first event", "their first event")
    path.write_text(theirs, encoding="utf-8")
    screen.enter("14:04 the second event")
    screen.wait_for("Both versions are kept")
    screen.press("t")
    screen.wait_for("their first event")
    screen.wait_gone("the second event")
    screen.press("ctrl+z")
    screen.wait_for("the second event")
    screen.wait_saved()
    assert events_of(path) == ["the first event", "the second event"]


def test_a_second_window_only_looks(desk: Desk) -> None:
    first = at_the_timeline(desk.begin("Two windows"))
    first.enter("14:03 the first event")
    first.wait_for("observation the first event")
    first.wait_saved()
    path = desk.file
    before = path.read_bytes()
    second = desk.retrotui("open", path)
    second.wait_for("read only", "the first event", "open for writing in another window")
    second.type("id")
    second.press("d", "ctrl+z")
    second.wait_for("2 of 6 · Timeline", "the first event")
    second.press("f8")
    second.wait_for("3 of 6 · What went well")
    second.press("ctrl+q")
    assert second.wait_for_end() == 0, second.text
    assert not second.mess
    assert path.read_bytes() == before
    first.enter("14:04 the second event")
    first.wait_for("observation the second event")
    first.wait_saved()
    assert events_of(path) == ["the first event", "the second event"]
