"""The index of a folder: reads only what changed, and costs nothing but a rebuild whatever befalls it."""

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.archive import index as index_module
from retrotui.archive import index_rows
from retrotui.archive.index import Index
from retrotui.archive.index_rows import FileRows, LeftOut, read_rows
from retrotui.archive.ledger import Ledger, Wanted
from retrotui.retro import FORMAT, ActionKind, ActionStatus, Priority
from tests.archive.folder_samples import TODAY, action, put, retro


def texts(folder: Path, cache: Path | None, which: str = "all") -> list[str]:
    with Ledger(folder, cache) as ledger:
        return [item.text for item in ledger.items(Wanted(which), TODAY)]  # type: ignore[arg-type]


def reads(folder: Path, cache: Path) -> tuple[int, int]:
    with Index(folder, cache) as index:
        index.ask(lambda db: None)
        assert index.refreshed is not None
        return index.refreshed.read, index.refreshed.gone


def settle(path: Path) -> None:
    """As if the file had been written a minute ago: its time tells then whether it changes."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - 60_000_000_000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "retros"
    for number in range(5):
        settle(
            put(
                folder,
                retro(f"r{number}", action(text=f"action {number}")),
                f"{2020 + number}/r{number}.toml",
            )
        )
    return folder


def test_only_what_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert reads(folder, cache) == (5, 0)
    assert reads(folder, cache) == (0, 0)
    settle(put(folder, retro("r2", action(text="another")), "2022/r2.toml"))
    assert reads(folder, cache) == (1, 0)
    (folder / "2023" / "r3.toml").unlink()
    assert reads(folder, cache) == (0, 1)
    assert sorted(texts(folder, cache)) == ["action 0", "action 1", "action 4", "another"]


def test_a_file_rewritten_with_the_same_bytes_is_not_taken_in_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    reads(folder, cache)
    path = folder / "2020" / "r0.toml"
    path.write_bytes(path.read_bytes())
    assert reads(folder, cache) == (0, 0)


def test_a_change_within_the_same_tick_and_of_the_same_size_is_seen(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    path = put(folder, retro("r9", action(text="aaaa")), "r9.toml")
    stamp = path.stat()
    texts(folder, cache)
    path.write_bytes(path.read_bytes().replace(b"aaaa", b"bbbb"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert "bbbb" in texts(folder, cache)


@pytest.mark.parametrize(
    "damage", ["deleted", "garbage", "truncated", "empty", "foreign tables", "other version", "a folder"]
)
def test_a_damaged_index_costs_only_a_rebuild(folder: Path, tmp_path: Path, damage: str) -> None:
    cache = tmp_path / "cache"
    expected = texts(folder, cache)
    (path,) = cache.iterdir()
    data = path.read_bytes()
    if damage == "deleted":
        path.unlink()
    elif damage == "garbage":
        path.write_bytes(os.urandom(len(data)))
    elif damage == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "foreign tables":
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE file (x)")
        db.close()
    elif damage == "other version":
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 999")
        db.close()
    elif damage == "a folder":
        path.unlink()
        path.mkdir()
    assert texts(folder, cache) == expected


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_flipped_bytes_never_change_the_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    tmp_path = tmp_path_factory.mktemp("flipped")
    folder, cache = tmp_path / "retros", tmp_path / "cache"
    for number in range(3):
        settle(put(folder, retro(f"r{number}", action(text=f"action {number}"))))
    expected = texts(folder, cache)
    (path,) = cache.iterdir()
    content = bytearray(path.read_bytes())
    # The first page holds the header and the tables: the damage that SQLite itself can notice.
    for place in data.draw(st.lists(st.integers(0, 200), min_size=1, max_size=8)):
        content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    assert sorted(texts(folder, cache)) == sorted(expected)


def test_a_cache_folder_that_cannot_be_made_is_done_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Ledger(folder, tmp_path / "file" / "cache") as ledger:
        assert len(ledger.items(Wanted("all"), TODAY)) == 5
        assert "every file is read each time" in ledger.index.remark


def test_an_index_held_by_somebody_else_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    texts(folder, cache)
    monkeypatch.setattr(index_module, "_WAIT_S", 0.05)
    (path,) = cache.iterdir()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert len(texts(folder, cache)) == 5
    finally:
        other.close()
    assert path.exists()


def test_nobody_else_may_read_the_index(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    texts(folder, cache)
    (path,) = cache.iterdir()
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0


def test_broken_foreign_and_newer_files_are_left_out_with_their_reason(tmp_path: Path) -> None:
    folder = tmp_path / "retros"
    good = put(folder, retro("good", action()))
    text = good.read_text(encoding="utf-8")
    (folder / "broken.toml").write_text(text.replace('title = "', "title = "), encoding="utf-8")
    (folder / "odd.toml").write_text(text.replace('status = "open"', 'status = "later"'), encoding="utf-8")
    (folder / "newer.toml").write_text(text.replace("format = 1", "format = 99"), encoding="utf-8")
    (folder / "zone.toml").write_text(text.replace('"UTC"', '"Mars/Base"'), encoding="utf-8")
    (folder / "latin.toml").write_bytes(text.replace("Good", "G\xfct").encode("latin-1"))
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    (folder / "not toml.toml").write_text("hello: world")
    (folder / "good.theirs-1.toml").write_text(text, encoding="utf-8")
    (folder / ".hidden.toml").write_text(text, encoding="utf-8")
    (folder / "folder.toml").mkdir()
    with Ledger(folder, tmp_path / "cache") as ledger:
        assert [item.ref for item in ledger.items(Wanted("all"), TODAY)] == ["good#a1"]
        reasons = {file.path: file.reason for file in ledger.left_out()}
    assert sorted(reasons) == ["broken.toml", "latin.toml", "newer.toml", "odd.toml", "zone.toml"]
    assert "newer retrotui (format 99" in reasons["newer.toml"]
    assert "later" in reasons["odd.toml"]
    assert "status" in reasons["odd.toml"]


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert texts(tmp_path / "nowhere", tmp_path / "cache") == []


def test_private_cards_and_open_votes_are_not_in_the_index(tmp_path: Path) -> None:
    from retrotui.retro import Card

    value = retro(
        "r1", went_well=(Card(id="w1", text="secret words", private=True), Card(id="w2", text="open words"))
    )
    put(tmp_path / "retros", value)
    with Index(tmp_path / "retros") as index:
        found = index.ask(
            lambda db: [row[0] for row in db.execute("SELECT text FROM entry WHERE what = 'went_well'")]
        )
    assert found == ["open words"]


def test_what_the_index_takes_for_possible_is_what_the_models_allow() -> None:
    assert index_rows.FORMAT == FORMAT
    assert {kind.value for kind in ActionKind} == index_rows.KINDS
    assert {status.value for status in ActionStatus} == index_rows.STATUSES
    assert {priority.value for priority in Priority} == index_rows.PRIORITIES


TOML_VALUES = st.recursive(
    st.one_of(
        st.just("1"),
        st.just('"x"'),
        st.just("true"),
        st.just("2026-11-21"),
        st.just("[]"),
        st.just('["f1", 3]'),
        st.just("nan"),
    ),
    lambda inner: inner.map(lambda value: f"[{value}]"),
    max_leaves=3,
)


@given(
    st.sampled_from(["retro", "action", "factor", "event", "agenda"]),
    st.sampled_from(["id", "text", "due", "status", "tags", "held", "factors", "carried", "timezone"]),
    TOML_VALUES,
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_no_file_stops_the_index(table: str, key: str, value: str, many: bool) -> None:
    head = f"[[{table}]]" if many else f"[{table}]"
    base = "" if table == "retro" else '[retro]\nid = "r1"\ntitle = "t"\n'
    data = f"format = 1\n{base}{head}\n{key} = {value}\n".encode()
    assert isinstance(read_rows(data, "r1.toml"), FileRows | LeftOut)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_stop_the_index(data: bytes) -> None:
    assert isinstance(read_rows(data, "r1.toml"), LeftOut)
    assert isinstance(read_rows(b"[retro]\n" + data, "r1.toml"), FileRows | LeftOut)


def test_a_day_is_that_of_the_retros_own_zone(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    late = retro(
        "r1", action(), info={"held": datetime(2026, 11, 21, 3, tzinfo=UTC), "timezone": "America/New_York"}
    )
    put(tmp_path, late)
    with Ledger(tmp_path) as ledger:
        (item,) = ledger.items(Wanted("all"), TODAY)
    assert item.held == date(2026, 11, 20)


def test_several_programs_may_build_the_same_index_at_once(folder: Path, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    cache = tmp_path / "cache"
    for number in range(40):
        put(folder, retro(f"s{number}", action(text=f"more {number}")))
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: texts(folder, cache), range(6)))
    assert all(sorted(answer) == sorted(answers[0]) for answer in answers)
    assert len(answers[0]) == 45
    assert len(list(cache.iterdir())) == 1


def test_threads_may_share_one_index(folder: Path, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with Ledger(folder, tmp_path / "cache") as ledger, ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(ledger.items(Wanted("all"), TODAY)), range(20)))
    assert counts == [5] * 20


def test_many_files_to_read_are_announced_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "MANY", 5)
    told: list[int] = []
    for _ in range(2):
        with Index(folder, tmp_path / "cache") as index:
            index.on_many = told.append
            index.ask(lambda db: None)
    assert told == [5]
