"""Saving on a thread of its own: nobody waits for the disk, and what was called saved survives `kill -9`."""

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retrotui.archive import Draft, Saver, SaveState, create_file, dumps, loads, open_file, target
from retrotui.archive.safe_file import write_safely
from retrotui.facilitation import Heartbeat
from retrotui.retro import Retro
from retrotui.retro.changes import edit_info
from tests.archive.samples import small_retro

BEAT = Heartbeat("timeline", "", True, stages={"timeline": 42.0})


def titled(title: str) -> Retro:
    return edit_info(title=title).apply(small_retro())


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Saver]:
    saver = Saver(create_file(tmp_path / "a.toml", small_retro()))
    yield saver
    saver.close()


def test_the_thread_saves_by_itself(tmp_path: Path) -> None:
    saved = threading.Event()
    opened = create_file(tmp_path / "a.toml", small_retro())
    saver = Saver(opened, on_state=lambda state: saved.set() if state.settled else None)
    saver.submit(titled("one"))
    assert saved.wait(10)
    assert loads(opened.path.read_bytes()).info.title == "one"
    saver.close()
    saver.submit(titled("too late"))
    assert saver.close().kind == "saved"
    assert loads(opened.path.read_bytes()).info.title == "one"


def test_flush_waits_for_what_was_submitted_and_no_longer_than_told(
    running: Saver, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.submit(titled("one"))
    assert running.flush().settled
    hanging, go_on = threading.Event(), threading.Event()

    def hang(path: Path, data: bytes, **options: Any) -> None:
        hanging.set()
        go_on.wait(20)
        write_safely(path, data, **options)

    monkeypatch.setattr(target, "write_safely", hang)
    running.submit(titled("two"))
    assert hanging.wait(10)
    assert not running.flush(0.05).settled
    go_on.set()
    assert running.flush().settled


def test_a_screen_that_is_gone_does_not_end_the_saving(tmp_path: Path) -> None:
    def gone(_: SaveState) -> None:
        raise RuntimeError("the app has ended")

    saver = Saver(create_file(tmp_path / "a.toml", small_retro()), on_state=gone)
    for title in ("one", "two"):
        saver.submit(titled(title))
        assert saver.flush().settled
    saver.close()


def test_nobody_waits_while_the_disk_hangs(running: Saver, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, gave_up = threading.Event(), threading.Event()
    monkeypatch.setattr(target, "write_safely", lambda *_, **__: None if go_on.wait(60) else gave_up.set())
    for number in range(100):
        running.submit(titled(str(number)))
        running.draft(Draft("timeline", str(number)))
        running.heartbeat(BEAT)
    assert not gave_up.is_set()  # the disk has hung all the while
    go_on.set()


_CHILD = """
import sys
from pathlib import Path
from retrotui.archive import Draft, Saver, open_file
from retrotui.facilitation import Heartbeat
from retrotui.retro import Event
from retrotui.retro.changes import Add

opened = open_file(Path(sys.argv[1]))
retro = opened.retro
told = {}
saver = Saver(opened, on_state=lambda state: print("saved", state.revision, flush=True))
for number in range(1, 100000):
    retro = Add(Event(id=retro.next_id("e"), text=f"event {number}")).apply(retro)
    saver.submit(retro)
    saver.draft(Draft("timeline", f"draft {number}"))
    saver.heartbeat(Heartbeat("timeline", "", True, stages={"timeline": float(number)}))
    if number % 7 == 0:
        saver.flush()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_was_called_saved_is_there_after_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(dumps(small_retro()))
    rng = random.Random(9)
    entries = 0
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        revision = 0
        for _line in range(rng.randrange(1, 60)):
            revision = int(child.stdout.readline().split()[1])
        child.kill()
        rest = child.stdout.read().splitlines()
        child.wait()
        whole = [line.split() for line in rest if line.startswith("saved ")]
        revision = max([revision, *(int(words[1]) for words in whole if len(words) == 2)])
        opened = open_file(path)
        assert opened.read_only_reason == ""
        assert len(opened.retro.events) >= entries + revision
        assert opened.heartbeat is not None
        entries = len(opened.retro.events)
        opened.close()
    assert not list(tmp_path.glob("*.theirs-*"))
