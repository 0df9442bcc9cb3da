"""Opening a retro: one writer, broken files with their last good version, comments noticed before they go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrotui.archive import (
    BadFile,
    CannotWrite,
    Saver,
    backup_path,
    create_file,
    dumps,
    in_memory,
    open_file,
    restore_backup,
)
from retrotui.archive.lock import Held, WriterLock
from retrotui.retro.changes import edit_info
from tests.archive.samples import full_retro, small_retro


def test_an_opened_file_holds_the_retro_and_may_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(dumps(full_retro()))
    opened = open_file(path)
    assert opened.retro == full_retro()
    assert opened.read_only_reason == ""
    assert opened.draft is None
    opened.close()


def test_a_second_opener_may_look_and_is_told_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    first = create_file(path, small_retro())
    saver = Saver(first, thread=False)
    saver.flush()
    second = open_file(path)
    assert "open for writing" in second.read_only_reason
    assert f"process {os.getpid()}" in second.read_only_reason
    assert second.heartbeat is None
    saver.close()
    third = open_file(path)
    assert third.read_only_reason == ""
    third.close()


def test_opening_to_look_takes_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(dumps(small_retro()))
    looking = open_file(path, read_only=True)
    writing = open_file(path)
    assert looking.read_only_reason
    assert writing.read_only_reason == ""
    writing.close()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.toml"]


def test_the_lock_of_a_dead_process_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(dumps(small_retro()))
    code = (
        "import os, sys; from pathlib import Path;"
        " from retrotui.archive import open_file;"
        "opened = open_file(Path(sys.argv[1])); "
        "print(opened.read_only_reason or 'mine', flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "mine"
    opened = open_file(path)
    assert opened.read_only_reason == ""
    opened.close()


def test_a_folder_without_locks_is_said_and_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    path = tmp_path / "a.toml"
    path.write_bytes(dumps(small_retro()))
    monkeypatch.setattr("retrotui.archive.lock.try_lock", no_locks)
    opened = open_file(path)
    assert opened.read_only_reason == ""
    assert "could not be locked" in opened.remark
    opened.close()


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "a.toml"), WriterLock(tmp_path / "a.toml")
    first.acquire()
    with pytest.raises(Held):
        second.acquire()
    first.release()
    second.acquire()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_refused_untouched_and_its_last_good_version_named(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"[retro]\nid = 'a'\ntitel = 'b'\n")
    with pytest.raises(BadFile) as caught:
        open_file(path)
    assert caught.value.backup is None
    assert "retro.title: is missing" in str(caught.value)
    backup_path(path).write_bytes(dumps(small_retro()))
    with pytest.raises(BadFile) as caught:
        open_file(path)
    assert caught.value.backup == backup_path(path)
    assert path.read_bytes() == b"[retro]\nid = 'a'\ntitel = 'b'\n"
    assert restore_backup(path).name == "a.broken-1.toml"
    opened = open_file(path)
    assert opened.retro == small_retro()
    opened.close()
    backup_path(path).write_bytes(b"broken too")
    path.write_bytes(b"broken")
    with pytest.raises(BadFile) as caught:
        open_file(path)
    assert caught.value.backup is None
    with pytest.raises(BadFile):
        restore_backup(path)
    assert path.read_bytes() == b"broken"


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "folder"),
        (tmp_path / "gone.toml", "no such file"),
        (tmp_path / "a\0b", "character"),
        (tmp_path / ("x" * 300), "too long"),
        (tmp_path / "gone" / "a.toml", "no such file"),
    ):
        with pytest.raises(BadFile, match=words):
            open_file(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        with pytest.raises(BadFile, match="ordinary"):
            open_file(tmp_path / "pipe.toml")


def test_a_newer_file_opens_read_only_with_what_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    data = dumps(full_retro()).replace(b"format = 1", b"format = 7").replace(b'"detected"', b'"foreseen"')
    path.write_bytes(data)
    opened = open_file(path)
    assert "format 7" in opened.read_only_reason
    assert [event.id for event in opened.retro.events] == ["e2"] or opened.retro.events[0].text
    saver = Saver(opened, thread=False)
    saver.submit(edit_info(title="other").apply(opened.retro))
    saver.close()
    assert path.read_bytes() == data


def test_a_newer_file_that_makes_no_sense_at_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"format = 7\nretro = 5\n")
    with pytest.raises(BadFile, match="format 7"):
        open_file(path)


def test_comments_are_listed_and_the_original_is_kept_before_the_first_save(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    top = "# our notes\n\n# more\n"
    text = top + dumps(small_retro()).decode().replace("[agenda]", "# kept by hand\n[agenda]  # here")
    path.write_text(text, encoding="utf-8", newline="\n")
    opened = open_file(path)
    line = text.split("\n").index("# kept by hand") + 1
    assert opened.comments_lost == (f"line {line}: # kept by hand", f"line {line + 1}: # here")
    saver = Saver(opened, thread=False)
    saver.submit(edit_info(title="other").apply(opened.retro))
    assert saver.flush().kind == "saved"
    assert (tmp_path / "a.with-comments-1.toml").read_bytes() == text.encode()
    assert path.read_text(encoding="utf-8").startswith(top + "format = 1\n")
    saver.submit(edit_info(title="third").apply(opened.retro))
    saver.close()
    assert not (tmp_path / "a.with-comments-2.toml").exists()
    again = open_file(path)
    assert again.comments_lost == ()
    assert again.preamble == top
    again.close()


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "retros" / "a.toml"
    create_file(path, small_retro()).close()
    with pytest.raises(FileExistsError):
        create_file(path, full_retro())
    with pytest.raises(CannotWrite):
        create_file(path / "below.toml", small_retro())


def test_a_retro_in_memory_gets_its_file_as_soon_as_it_can(tmp_path: Path) -> None:
    path = tmp_path / "later" / "a.toml"
    saver = Saver(in_memory(path, small_retro()), thread=False)
    assert saver.state.kind == "saving"
    assert saver.flush().kind == "saved"
    assert path.read_bytes() == dumps(small_retro())
    saver.close()
