"""The side file: drafts and the clock come back after a crash, and a torn one never keeps a retro shut."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.archive import Draft
from retrotui.archive.drafts import SideWriter, fallback_side_path, read_side_file, side_path
from retrotui.archive.safe_file import CannotWrite, write_safely
from retrotui.facilitation import Heartbeat
from tests.strategies import texts

DRAFTS = (Draft("timeline", "14:03 pag", 9), Draft("e1", "‮ \x1b[2J\n", 2, {"kind": "detected"}))
BEAT = Heartbeat(
    stage="timeline",
    topic="f1",
    running=True,
    stages={"timeline": 311.25, "causes": 0.0},
    topics={"f1": 12.5},
    at=datetime(2026, 11, 21, 14, 3, tzinfo=UTC),
)


def test_drafts_and_clock_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    writer = SideWriter(path)
    writer.write(DRAFTS)
    writer.beat(BEAT)
    found = read_side_file(path)
    assert found.drafts == DRAFTS
    assert found.heartbeat == BEAT
    assert found.pid == os.getpid()
    assert [entry.name for entry in tmp_path.iterdir()] == [".a.draft.json"]


def test_a_heartbeat_leaves_the_drafts_and_drafts_leave_the_heartbeat(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    writer = SideWriter(path)
    writer.beat(BEAT)
    writer.write(DRAFTS)
    assert read_side_file(path).heartbeat == BEAT
    writer.beat(None)
    assert read_side_file(path).drafts == DRAFTS


def test_an_orderly_end_takes_the_side_file_away_unless_a_draft_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    writer = SideWriter(path)
    writer.write(DRAFTS)
    writer.beat(BEAT)
    writer.close()
    found = read_side_file(path)
    assert (found.drafts, found.heartbeat, found.pid) == (DRAFTS, None, 0)
    writer.write(())
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_sends_them_to_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.toml"

    def refuse(target: Path, data: bytes, durable: bool = True) -> None:
        if target.parent == tmp_path:
            raise CannotWrite(target, "the folder can only be read")
        write_safely(target, data, durable=durable)

    monkeypatch.setattr("retrotui.archive.drafts.write_safely", refuse)
    writer = SideWriter(path)
    writer.write(DRAFTS)
    writer.beat(BEAT)
    assert not side_path(path).exists()
    assert fallback_side_path(path).exists()
    found = read_side_file(path)
    assert (found.drafts, found.heartbeat) == (DRAFTS, BEAT)


def test_a_torn_heartbeat_leaves_the_drafts_and_a_torn_draft_the_heartbeat(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    writer = SideWriter(path)
    writer.write(DRAFTS)
    writer.beat(BEAT)
    side = side_path(path)
    whole = side.read_bytes()
    side.write_bytes(b"\0" * 100 + whole[100:])
    assert read_side_file(path).drafts == DRAFTS
    assert read_side_file(path).heartbeat is None
    side.write_bytes(whole[:-20])
    assert read_side_file(path).drafts == ()
    assert read_side_file(path).heartbeat == BEAT


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_side_file_is_read_or_ignored(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("side") / "a.toml"
    for content in (
        data,
        b'{"beat":{"stage":1}}\n' + data,
        b'{"pid":"x","beat":[]}\n{"drafts":[1,{"place":"a"},{"place":"a","text":"b","cursor":-5,"extra":7}]}',
        b"[" * 100_000 + b"\n" + b"[" * 100_000,
    ):
        side_path(path).write_bytes(content)
        read_side_file(path)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=3))
def test_any_text_in_a_composer_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("side") / "a.toml"
    drafts = tuple(Draft(place, text, len(text)) for place, text in said)
    SideWriter(path).write(drafts, durable=False)
    assert read_side_file(path).drafts == drafts


def test_a_heartbeat_with_hundreds_of_topics_still_fits(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    many = Heartbeat(
        "causes", "f7", True, stages={"causes": 1.0}, topics={f"f{number}": 1.5 for number in range(999)}
    )
    writer = SideWriter(path)
    writer.write(DRAFTS)
    writer.beat(many)
    found = read_side_file(path)
    assert found.drafts == DRAFTS
    assert found.heartbeat is not None
    assert found.heartbeat.topics == {"f7": 1.5}


def test_a_heartbeat_overwrites_its_line_in_the_file_that_is_there(tmp_path: Path) -> None:
    writer = SideWriter(tmp_path / "a.toml")
    writer.beat(BEAT)
    [side] = [found for found in tmp_path.iterdir() if found.name != "a.toml"]
    before = side.stat()
    for _ in range(3):
        writer.beat(BEAT)
    after = side.stat()
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)
    assert read_side_file(tmp_path / "a.toml").heartbeat == BEAT
