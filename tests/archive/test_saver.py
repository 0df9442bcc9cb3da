"""Saving as the retro changes: the newest value, again when it fails, and never over what others wrote."""

import errno
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from retrotui.archive import (
    BadFile,
    Draft,
    Saver,
    SaveState,
    backup_path,
    create_file,
    dumps,
    in_memory,
    loads,
    open_file,
)
from retrotui.archive import saver as saver_module
from retrotui.archive.drafts import read_side_file
from retrotui.archive.safe_file import CannotWrite
from retrotui.facilitation import Heartbeat
from retrotui.retro import Event, Retro
from retrotui.retro.changes import Add, edit_info
from tests.archive.samples import small_retro

BEAT = Heartbeat("timeline", "", True, stages={"timeline": 42.0})


class Disk:
    """A disk that can be told to fail, and a clock that is moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 100.0
        self.reason = ""
        self.writes = 0
        real = saver_module.write_safely

        def write(path: Path, data: bytes, **options: Any) -> None:
            if self.reason:
                raise CannotWrite(path, self.reason)
            self.writes += 1
            real(path, data, **options)

        monkeypatch.setattr(saver_module, "write_safely", write)

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 14, 32, tzinfo=UTC)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def saver_on(disk: Disk, path: Path, states: list[SaveState] | None = None) -> Saver:
    opened = open_file(path) if path.exists() else create_file(path, small_retro())
    told = states.append if states is not None else None
    return Saver(opened, on_state=told, monotonic=disk.monotonic, now=disk.now, thread=False)


def titled(title: str) -> Retro:
    return edit_info(title=title).apply(small_retro())


def test_saved_is_said_only_after_it_is_on_the_disk(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    states: list[SaveState] = []
    saver = saver_on(disk, path, states)
    state = saver.submit(titled("one"))
    assert (state.kind, state.revision, state.wanted) == ("saving", 0, 1)
    assert loads(path.read_bytes()).info.title != "one"
    saver.work()
    assert loads(path.read_bytes()).info.title == "one"
    assert [(item.kind, item.revision) for item in states] == [("saved", 1)]
    saver.close()


def test_values_in_between_need_not_be_written(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    for number in range(50):
        saver.submit(titled(str(number)))
    saver.work()
    assert disk.writes == 1
    assert saver.state.revision == 50
    assert loads(path.read_bytes()).info.title == "49"
    saver.submit(titled("49"))
    saver.flush()
    assert disk.writes == 1
    assert saver.state.settled
    saver.close()


def test_a_failed_save_is_said_in_words_and_tried_again_with_longer_and_longer_waits(
    tmp_path: Path, disk: Disk
) -> None:
    path = tmp_path / "a.toml"
    states: list[SaveState] = []
    saver = saver_on(disk, path, states)
    before = path.read_bytes()
    disk.reason = "the disk is full"
    saver.submit(titled("one"))
    waits = []
    for _ in range(7):
        saver.work()
        assert states[-1].kind == "unsaved"
        assert "the disk is full; trying again in" in states[-1].message
        tries = len(states)
        start = disk.seconds
        while len(states) == tries:
            disk.seconds += 0.5
            saver.work()
        waits.append(disk.seconds - start)
    assert waits == [1, 2, 5, 10, 30, 30, 30]
    assert path.read_bytes() == before
    disk.reason = ""
    disk.seconds += 30
    saver.work()
    assert states[-1].kind == "saved"
    assert loads(path.read_bytes()).info.title == "one"
    saver.close()


def test_a_change_brings_the_next_try_forward(tmp_path: Path, disk: Disk) -> None:
    saver = saver_on(disk, tmp_path / "a.toml")
    disk.reason = "the disk is full"
    saver.submit(titled("one"))
    for _ in range(6):
        disk.seconds += 100
        saver.work()
    disk.reason = ""
    state = saver.submit(titled("two"))
    assert state.kind == "unsaved"
    disk.seconds += 1
    saver.work()
    assert saver.state.kind == "saved"
    saver.close()


def test_an_error_nobody_thought_of_does_not_end_the_saving(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver = saver_on(disk, tmp_path / "a.toml")
    with monkeypatch.context() as patched:
        patched.setattr(saver_module, "digest_of", lambda _: 1 / 0)
        saver.submit(titled("one"))
        saver.work()
        assert saver.state.kind == "unsaved"
        assert "ZeroDivisionError" in saver.state.message
    assert saver.flush().kind == "saved"
    saver.close()


def test_a_change_from_outside_is_kept_and_ours_is_saved_all_the_same(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    theirs = dumps(titled("theirs"))
    path.write_bytes(theirs)
    saver.submit(titled("ours"))
    state = saver.flush()
    assert state.kind == "conflict"
    assert "a.theirs-1.toml" in state.message
    assert state.settled
    assert (tmp_path / "a.theirs-1.toml").read_bytes() == theirs
    assert loads(path.read_bytes()).info.title == "ours"
    saver.submit(titled("ours again"))
    assert saver.flush().kind == "conflict"
    assert saver.resolve("ours") is None
    assert saver.state.kind == "saved"
    assert saver.theirs is None
    saver.close()


def test_taking_theirs_keeps_ours_aside(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    path.write_bytes(dumps(titled("theirs")))
    saver.submit(titled("ours"))
    saver.flush()
    taken = saver.resolve("theirs")
    assert taken == titled("theirs")
    saver.submit(taken)
    assert saver.flush().kind == "saved"
    assert loads(path.read_bytes()).info.title == "theirs"
    assert loads((tmp_path / "a.ours-1.toml").read_bytes()).info.title == "ours"
    saver.close()


def test_theirs_that_is_no_retro_is_kept_and_cannot_be_taken(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    path.write_bytes(b"<<<<<<< HEAD\n")
    saver.submit(titled("ours"))
    assert saver.flush().kind == "conflict"
    with pytest.raises(BadFile, match="merge"):
        saver.resolve("theirs")
    assert saver.state.kind == "conflict"
    assert (tmp_path / "a.theirs-1.toml").read_bytes() == b"<<<<<<< HEAD\n"
    saver.close()


def test_theirs_that_cannot_be_kept_is_not_overwritten(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: object) -> Path:
        raise CannotWrite(path, "the disk is full")

    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    path.write_bytes(dumps(titled("theirs")))
    saver.submit(titled("ours"))
    with monkeypatch.context() as patched:
        patched.setattr(saver_module, "numbered", full)
        assert saver.flush().kind == "unsaved"
    assert loads(path.read_bytes()).info.title == "theirs"
    assert saver.flush().kind == "conflict"
    saver.close()


def test_a_file_touched_or_written_again_with_the_same_words_is_no_conflict(
    tmp_path: Path, disk: Disk
) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    os.utime(path, (1, 1))
    saver.submit(titled("one"))
    assert saver.flush().kind == "saved"
    path.write_bytes(dumps(titled("two")))
    saver.submit(titled("two"))
    assert saver.flush().kind == "saved"
    assert sorted(entry.name for entry in tmp_path.glob("*.toml")) == ["a.toml"]
    saver.close()


def test_a_file_deleted_outside_is_written_again(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    path.unlink()
    saver.submit(titled("one"))
    assert saver.flush().kind == "saved"
    assert loads(path.read_bytes()).info.title == "one"
    saver.close()


def test_the_last_good_version_is_kept_before_the_first_save_and_on_leaving(
    tmp_path: Path, disk: Disk
) -> None:
    path = tmp_path / "a.toml"
    saver_on(disk, path).close()
    first = path.read_bytes()
    assert not backup_path(path).exists()
    saver = saver_on(disk, path)
    saver.submit(titled("one"))
    saver.flush()
    assert backup_path(path).read_bytes() == first
    saver.submit(titled("two"))
    saver.flush()
    assert backup_path(path).read_bytes() == first
    saver.close()
    assert backup_path(path).read_bytes() == path.read_bytes() == dumps(titled("two"))


def test_drafts_are_on_the_disk_within_a_second_and_collected_until_then(
    tmp_path: Path, disk: Disk
) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    saver.draft(Draft("timeline", "1"))
    saver.work()
    assert read_side_file(path).drafts == ()
    saver.draft((Draft("timeline", "14:03"), Draft("causes", "x")))
    disk.seconds += 0.4
    saver.work()
    assert [draft.text for draft in read_side_file(path).drafts] == ["14:03", "x"]
    saver.close()
    opened = open_file(path)
    assert opened.draft == Draft("causes", "x")
    opened.close()


def test_the_clock_is_noted_and_forgotten_on_leaving_in_order(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    saver.heartbeat(BEAT)
    saver.work()
    assert read_side_file(path).heartbeat == BEAT
    saver.close()
    assert read_side_file(path).heartbeat is None
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.toml"]


def test_going_on_elsewhere_leaves_the_old_file_as_it_is(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    before = path.read_bytes()
    disk.reason = "the disk is full"
    saver.submit(titled("one"))
    assert saver.flush().kind == "unsaved"
    disk.reason = ""
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(FileExistsError):
        saver.save_elsewhere(tmp_path / "a.toml")
    state = saver.save_elsewhere(other)
    assert state.kind == "saved"
    assert state.settled
    assert saver.path == other / "a.toml"
    saver.submit(titled("two"))
    assert saver.flush().kind == "saved"
    assert loads((other / "a.toml").read_bytes()).info.title == "two"
    assert path.read_bytes() == before
    assert open_file(other / "a.toml").read_only_reason
    old = open_file(path)
    assert old.read_only_reason == ""
    old.close()
    saver.close()


def test_what_cannot_be_saved_on_leaving_is_put_where_it_can_be_found(
    tmp_path: Path, disk: Disk, own_folders: Path
) -> None:
    saver = saver_on(disk, tmp_path / "a.toml")
    disk.reason = "the disk is full"
    saver.submit(titled("one"))
    state = saver.close()
    (rescued,) = (own_folders / "state" / "rescued").iterdir()
    assert str(rescued) in state.message
    assert loads(rescued.read_bytes()).info.title == "one"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that cannot be written")
def test_a_read_only_folder_is_said_in_words(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    tmp_path.chmod(0o500)
    try:
        saver.submit(titled("one"))
        assert "no permission" in saver.flush().message
    finally:
        tmp_path.chmod(0o700)
    assert saver.flush().kind == "saved"
    saver.close()


# With the thread


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
    real = saver_module.write_safely

    def hang(path: Path, data: bytes, **options: Any) -> None:
        hanging.set()
        go_on.wait(20)
        real(path, data, **options)

    monkeypatch.setattr(saver_module, "write_safely", hang)
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
    go_on = threading.Event()
    monkeypatch.setattr(saver_module, "write_safely", lambda *_, **__: go_on.wait(20))
    start = time.perf_counter()
    for number in range(100):
        running.submit(titled(str(number)))
        running.draft(Draft("timeline", str(number)))
        running.heartbeat(BEAT)
    assert time.perf_counter() - start < 1
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


def test_the_disk_is_full_for_real_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saver = Saver(in_memory(tmp_path / "a.toml", small_retro()), thread=False)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        assert "the disk is full" in saver.flush().message
    saver.submit(Add(Event(id="e1", text="x")).apply(small_retro()))
    assert saver.flush().kind == "saved"
    saver.close()
