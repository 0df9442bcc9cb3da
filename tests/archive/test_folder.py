"""A folder of retros: where it is, what is listed, what is left out, and the open actions in it."""

import os
from datetime import date
from pathlib import Path

import pytest

from retrotui.archive import create_file, dumps, list_retros, open_actions, path_for, retros_dir, team_paths
from retrotui.archive.folder import retro_files, taken_ids
from tests.archive.samples import full_retro, small_retro


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_what_is_asked_for_wins_then_the_environment_then_retros_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    env = {"RETROTUI_DIR": str(tmp_path / "env")}
    assert retros_dir(tmp_path / "asked", env) == tmp_path / "asked"
    assert retros_dir(None, env) == tmp_path / "env"
    assert retros_dir(None, {}).name == "retros"
    assert retros_dir(None, {}).parent != tmp_path
    (tmp_path / "retros").mkdir()
    assert retros_dir(None, {}) == tmp_path / "retros"


def test_every_retro_is_listed_newest_first_with_broken_ones_and_why(tmp_path: Path) -> None:
    put(tmp_path, "2026-11-21-checkout.toml", dumps(full_retro()))
    put(tmp_path, "deeper/2026-12-01-later.toml", dumps(small_retro(id="2026-12-01-later", title="Later")))
    put(tmp_path, "2026-01-01-broken.toml", b"[retro]\nid = 5\n")
    listed = list_retros(tmp_path, date(2026, 12, 6))
    assert [summary.path.stem for summary in listed] == [
        "2026-12-01-later",
        "2026-11-21-checkout",
        "2026-01-01-broken",
    ]
    checkout = listed[1]
    assert (checkout.stage, checkout.open_actions, checkout.overdue) == ("causes", 1, 1)
    assert checkout.error == ""
    assert listed[2].error.startswith("2026-01-01-broken.toml:1: retro.title: is missing")
    assert listed[2].title == "2026-01-01-broken"


def test_what_is_no_retro_of_its_own_is_left_out(tmp_path: Path) -> None:
    good = dumps(small_retro())
    for name in (
        "a.toml",
        ".hidden.toml",
        ".retrotui/templates/own.toml",
        ".git/config.toml",
        "a.theirs-1.toml",
        "a.ours-1.toml",
        "a.with-comments-1.toml",
        "a.broken-1.toml",
        "a.toml.bak",
        "notes.txt",
    ):
        put(tmp_path, name, good)
    (tmp_path / "folder.toml").mkdir()
    assert [path.name for path in retro_files(tmp_path)] == ["a.toml"]
    assert list_retros(tmp_path / "gone") == ()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", dumps(small_retro(title="one")))
    assert list_retros(tmp_path)[0].title == "one"
    put(tmp_path, "a.toml", dumps(small_retro(title="another")))
    os.utime(path, (1, 1))
    assert list_retros(tmp_path)[0].title == "another"


def test_a_newer_file_is_listed_with_what_could_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", dumps(small_retro()).replace(b"format = 1", b"format = 9"))
    (summary,) = list_retros(tmp_path)
    assert summary.title == small_retro().info.title
    assert summary.error == ""


def test_open_actions_of_the_folder_and_below_come_by_day(tmp_path: Path) -> None:
    put(tmp_path, "x/one.toml", dumps(full_retro(id="one")))
    put(tmp_path, "two.toml", dumps(full_retro(id="two")).replace(b"due = 2026-12-05\n", b""))
    put(tmp_path, "broken.toml", b"broken")
    found = open_actions(tmp_path)
    assert [(item.ref, item.file) for item in found] == [("one#a1", "x/one.toml"), ("two#a1", "two.toml")]
    assert [item.ref for item in open_actions(tmp_path, exclude="one")] == ["two#a1"]
    assert [item.ref for item in open_actions(tmp_path, exclude=tmp_path / "two.toml")] == ["one#a1"]
    assert open_actions(tmp_path, date(2026, 11, 20)) == ()


def test_a_new_file_gets_a_name_that_is_free_and_that_every_disk_takes(tmp_path: Path) -> None:
    retro = small_retro()
    first = path_for(tmp_path, retro)
    assert first.name == "2026-11-21-checkout.toml"
    create_file(first, retro).close()
    assert path_for(tmp_path, retro).name == "2026-11-21-checkout-2.toml"
    assert taken_ids(tmp_path) == {"2026-11-21-checkout"}
    odd = path_for(tmp_path, small_retro(id="..:*?" + "é" * 150 + "<>|"))
    assert not set(odd.name) & set('<>:"/\\|?*')
    assert not odd.name.startswith(".")
    create_file(odd, small_retro()).close()


def test_a_person_and_a_team_have_their_own_folders(tmp_path: Path) -> None:
    env = {"RETROTUI_CONFIG": str(tmp_path / "config" / "settings.toml")}
    assert team_paths("templates", tmp_path / "retros", env) == (
        tmp_path / "config" / "templates",
        tmp_path / "retros" / ".retrotui" / "templates",
    )


def test_a_retro_that_is_known_is_not_read_again_to_be_listed(tmp_path: Path) -> None:
    data = dumps(full_retro(title="One"))
    path = put(tmp_path, "a.toml", data)
    [first] = list_retros(tmp_path)
    stamp = path.stat()
    path.write_bytes(data.replace(b'"One"', b'"Two"'))  # as long as before, and no newer: nobody can tell
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert list_retros(tmp_path) == (first,)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1_000_000_000))
    [again] = list_retros(tmp_path)
    assert (first.title, again.title) == ("One", "Two")
