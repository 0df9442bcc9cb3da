"""Saving as the retro changes: the newest value, again when it fails, and never over what others wrote."""

import errno
import os
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
    target,
)
from retrotui.archive import saver as saver_module
from retrotui.archive.drafts import read_side_file
from retrotui.archive.safe_file import CannotWrite, write_safely
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

        def write(path: Path, data: bytes, **options: Any) -> None:
            if self.reason:
                raise CannotWrite(path, self.reason)
            self.writes += 1
            write_safely(path, data, **options)

        monkeypatch.setattr(target, "write_safely", write)
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
        patched.setattr(target, "digest_of", lambda _: 1 / 0)
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
        patched.setattr(target, "numbered", full)
        assert saver.flush().kind == "unsaved"
    assert loads(path.read_bytes()).info.title == "theirs"
    assert saver.flush().kind == "conflict"
    saver.close()


def test_theirs_is_kept_once_however_often_ours_has_to_be_tried(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.toml"
    saver = saver_on(disk, path)
    path.write_bytes(dumps(titled("theirs")))
    saver.submit(titled("ours"))

    def full_at_last(path: Path, data: bytes, **options: Any) -> None:
        if "check" not in options:
            raise CannotWrite(path, "the disk is full")
        write_safely(path, data, **options)

    with monkeypatch.context() as patched:
        patched.setattr(target, "write_safely", full_at_last)
        assert saver.flush().kind == "unsaved"
    assert saver.flush().kind == "conflict"
    assert [entry.name for entry in tmp_path.glob("*.theirs-*")] == ["a.theirs-1.toml"]
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


def test_drafts_are_on_the_disk_within_a_second_and_collected_until_then(tmp_path: Path, disk: Disk) -> None:
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


def test_drafts_of_before_a_crash_survive_the_next_crash_too(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a.toml"
    crashed = saver_on(disk, path)
    crashed.draft(Draft("timeline", "14:03"))
    crashed.heartbeat(BEAT)
    disk.seconds += 1
    crashed.work()
    opened = open_file(path, read_only=True)
    opened.read_only_reason = ""
    opened.drafts = read_side_file(path).drafts
    again = Saver(opened, monotonic=disk.monotonic, now=disk.now, thread=False)
    again.work()
    assert [draft.text for draft in read_side_file(path).drafts] == ["14:03"]
    again.heartbeat(BEAT)
    again.work()
    assert [draft.text for draft in read_side_file(path).drafts] == ["14:03"]
    crashed.close()


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
    saver.draft(Draft("timeline", "14:03"))
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
    saver.heartbeat(BEAT)
    assert saver.flush().kind == "saved"
    assert read_side_file(other / "a.toml").drafts == (Draft("timeline", "14:03"),)
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []
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
