"""A write is cut at every step, and the old or the new content stands whole."""

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retrotui.archive import CannotWrite, write_safely
from retrotui.archive.safe_file import reason_for, sweep, write_new

OLD, NEW = b"old\n" * 1_000, b"new\n" * 50_000

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions and processes")


class CutAt:
    """Stands in for the system: the step of this number does not happen, and nothing after it."""

    def __init__(self, step: int, end: Callable[[], None]) -> None:
        self.step = step
        self.end = end
        self.count = 0
        self.names: list[str] = []

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **options: Any) -> Any:
            self.count += 1
            self.names.append(name)
            if self.count == self.step:
                self.end()
            return function(*args, **options)

        return stepped


def cut(monkeypatch: pytest.MonkeyPatch, step: int, end: Callable[[], None]) -> CutAt:
    """Cuts every call to the system that a write makes, from a step on."""
    cutter = CutAt(step, end)
    real_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real_write(handle, data[:60_000]))
    for name in ("open", "write", "fsync", "close", "fchmod"):
        if hasattr(os, name):
            monkeypatch.setattr(os, name, cutter.wrap(name, getattr(os, name)))
    monkeypatch.setattr(Path, "replace", cutter.wrap("replace", Path.replace))
    monkeypatch.setattr(Path, "hardlink_to", cutter.wrap("link", Path.hardlink_to))
    return cutter


def no_space() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", range(1, 20))
def test_a_disk_that_fills_up_at_any_step_leaves_old_or_new_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    with monkeypatch.context() as patched:
        cutter = cut(patched, step, no_space)
        try:
            write_safely(path, NEW)
            failed = False
        except CannotWrite as error:
            failed = True
            assert "the disk is full" in str(error)
    content = path.read_bytes()
    assert content in (OLD, NEW)
    if not failed:
        assert content == NEW
        assert cutter.count < step
    elif "replace" not in cutter.names[:-1]:
        assert content == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.toml"]


def test_a_write_flushes_the_bytes_before_the_rename_and_the_folder_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        cutter = cut(patched, 0, no_space)
        write_safely(tmp_path / "a.toml", NEW)
    names = cutter.names
    assert names.index("fsync") < names.index("replace")
    assert names.count("write") == 4
    if sys.platform != "win32":
        assert names[names.index("replace") :] == ["replace", "open", "fsync", "close"]


@posix_only
@pytest.mark.parametrize("step", range(1, 14))
def test_a_process_killed_at_any_step_leaves_old_or_new_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    child = os.fork()
    if child == 0:
        cut(monkeypatch, step, lambda: os._exit(9))
        write_safely(path, NEW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    content = path.read_bytes()
    assert content in (OLD, NEW)
    if os.waitstatus_to_exitcode(status) == 0:
        assert content == NEW


@posix_only
@pytest.mark.parametrize("step", range(1, 14))
def test_a_new_file_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    path = tmp_path / "a.toml"
    child = os.fork()
    if child == 0:
        cut(monkeypatch, step, lambda: os._exit(9))
        write_new(path, NEW)
        os._exit(0)
    os.waitpid(child, 0)
    assert not path.exists() or path.read_bytes() == NEW


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    with pytest.raises(FileExistsError):
        write_new(path, NEW)
    assert path.read_bytes() == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.toml"]


def test_a_new_file_is_made_on_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    write_new(tmp_path / "a.toml", NEW)
    assert (tmp_path / "a.toml").read_bytes() == NEW
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.toml", OLD)


@posix_only
def test_permissions_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    path.chmod(0o640)
    write_safely(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@posix_only
def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "real.toml"
    target.write_bytes(OLD)
    link = tmp_path / "a.toml"
    link.symlink_to(target)
    write_safely(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@posix_only
def test_a_broken_or_circular_link_does_not_end_in_a_traceback(tmp_path: Path) -> None:
    link = tmp_path / "a.toml"
    link.symlink_to(tmp_path / "b.toml")
    write_safely(link, NEW)
    assert (tmp_path / "b.toml").read_bytes() == NEW
    circle = tmp_path / "c.toml"
    circle.symlink_to(circle)
    with pytest.raises(CannotWrite):
        write_safely(circle, NEW)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "no permission"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.ENOENT, "not there any more"),
        (errno.EXDEV, "renamed"),
        (errno.ESTALE, "network folder"),
    ],
)
def test_what_the_system_says_is_put_into_words(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWrite, match=words):
        write_safely(tmp_path / "a.toml", NEW)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_reason_is_given_as_the_system_says_it() -> None:
    assert reason_for(OSError(errno.ELOOP, "Too many levels")) == "too many levels"


def test_names_no_disk_takes_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="too long"):
        write_safely(tmp_path / ("x" * 300), NEW)
    with pytest.raises(CannotWrite, match="character"):
        write_safely(tmp_path / "a\0b", NEW)
    with pytest.raises(CannotWrite, match="folder"):
        write_safely(tmp_path, NEW)
    with pytest.raises(CannotWrite, match="not there"):
        write_safely(tmp_path / "gone" / "a.toml", NEW)


def test_a_check_just_before_the_rename_can_stop_it(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(_: Path) -> None:
        raise Stop

    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    with pytest.raises(Stop):
        write_safely(path, NEW, check=stop)
    assert path.read_bytes() == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.toml"]


def test_what_killed_writes_left_is_swept_up_after_an_hour(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".aa.retrotui-new", ".bb.retrotui-new", ".cc"))
    for path in (old, fresh, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (1, 1))
    sweep(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".bb.retrotui-new", ".cc"]
    sweep(tmp_path / "gone")
