"""Notes from any shell: each arrives exactly once, whoever has the retro open."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.archive import SaveKind, Saver, dumps, loads, open_file
from retrotui.archive.capture import (
    ASIDE,
    KINDS,
    CannotNote,
    Note,
    add_notes,
    draft_for,
    fresh_file,
    inbox_path,
    kind_named,
    time_named,
    todays_draft,
)
from retrotui.archive.inbox import NoteInbox, settle_notes, take_notes, with_notes
from retrotui.facilitation import Session, new_retro
from retrotui.retro import Event, EventKind, Precision, Retro
from retrotui.retro.changes import Add, Change
from retrotui.templates import shipped

NOW = datetime(2026, 11, 21, 14, 3, 20, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return draft_for(tmp_path, NOW, "Europe/Dublin")[0]


def retro_at(path: Path) -> Retro:
    return loads(path.read_bytes(), path.name)


def taken(path: Path) -> tuple[Event, ...]:
    return with_notes(path, retro_at(path)).events


def test_a_new_draft_is_what_the_codec_would_write(path: Path) -> None:
    made = new_retro("Notes of 2026-11-21", shipped("incident"), held=NOW, timezone="Europe/Dublin")
    assert path.read_bytes() == dumps(made)
    assert path.name == "2026-11-21-notes-of-2026-11-21.toml"
    local = NOW.astimezone(timezone(timedelta(hours=-5)))
    assert loads(fresh_file("2026-11-21-x", "x", local, "UTC").encode(), "x").info.held == NOW


def test_kinds_and_put_aside_names_are_those_of_the_other_rooms() -> None:
    from retrotui.archive import walking

    assert {kind.value for kind in EventKind} == KINDS
    assert walking.ASIDE == ASIDE


def test_a_note_becomes_an_event_with_time_kind_and_words(path: Path) -> None:
    add_notes(path, [Note("pager fires", NOW), Note("rolled back 4512", NOW, "14:01", "action")])
    first, second = sorted(taken(path), key=lambda event: event.text)
    assert (first.at, first.precision, first.kind) == (NOW, Precision.SECOND, EventKind.ALERTED)
    assert (second.at, second.kind) == (NOW.replace(minute=1, second=0), EventKind.ACTION)
    assert first.source == "note"


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("14:01 pager fires", "", NOW.replace(minute=1, second=0)),
        ("pager fires", "-5m", NOW - timedelta(minutes=5)),
        ("pager fires", "~14:00", NOW.replace(minute=0, second=0)),
        ("pager fires", "23:58", NOW.replace(hour=23, minute=58, second=0)),
        ("pager fires", "yesterday 23:58", datetime(2026, 11, 20, 23, 58, tzinfo=UTC)),
    ],
)
def test_a_named_time_is_read_against_the_moment_of_noting(
    text: str, at: str, expected: datetime, path: Path
) -> None:
    add_notes(path, [Note(text, NOW, at)])
    (event,) = taken(path)
    assert event.text == "pager fires"
    assert event.at == expected


def test_after_midnight_the_evening_before_is_meant(path: Path) -> None:
    add_notes(path, [Note("pager fires", datetime(2026, 11, 22, 0, 10, tzinfo=UTC), "23:58")])
    assert taken(path)[0].at == datetime(2026, 11, 21, 23, 58, tzinfo=UTC)


def test_a_shells_zone_counts_not_the_retros(path: Path) -> None:
    tokyo = timezone(timedelta(hours=9))
    add_notes(path, [Note("pager fires", NOW.astimezone(tokyo), "23:01")])
    assert taken(path)[0].at == NOW.replace(minute=1, second=0)


def test_notes_are_taken_once_however_often_it_is_asked(path: Path) -> None:
    add_notes(path, [Note("one", NOW), Note("one", NOW)])
    retro = with_notes(path, retro_at(path))
    assert len(retro.events) == 2
    assert take_notes(path, retro) is None
    settle_notes(path, retro)
    assert take_notes(path, retro_at(path)) is None
    assert not inbox_path(path).exists()


def test_a_note_stays_until_it_is_saved(path: Path) -> None:
    add_notes(path, [Note("one", NOW)])
    before = retro_at(path)
    settle_notes(path, before)
    assert take_notes(path, before) is not None


def test_a_taken_note_that_is_deleted_later_stays_deleted(path: Path) -> None:
    add_notes(path, [Note("one", NOW), Note("two", NOW)])
    opened = open_file(path)
    session, inbox = Session(opened.retro), NoteInbox(path)
    change = inbox.take(session.retro)
    assert change is not None
    session.do(change, force=True)
    inbox.settle(session.retro)
    add_notes(path, [Note("three", NOW)])
    session.undo()
    later = inbox.take(session.retro)
    assert later is not None
    session.do(later, force=True)
    assert [event.text for event in session.retro.events] == ["three"]
    opened.close()


def test_an_undone_note_does_not_come_back_by_itself(path: Path) -> None:
    add_notes(path, [Note("one", NOW)])
    session, inbox = Session(retro_at(path)), NoteInbox(path)
    change = inbox.take(session.retro)
    assert change is not None
    session.do(change, force=True)
    assert session.undo() == 'take in "one"'
    assert inbox.take(session.retro) is None


def test_a_line_cut_short_harms_no_other_and_is_never_thrown_away(path: Path) -> None:
    add_notes(path, [Note("one", NOW)])
    with inbox_path(path).open("ab") as file:
        file.write(b'{"note": "half')
    add_notes(path, [Note("two", NOW)])
    retro = with_notes(path, retro_at(path))
    assert [event.text for event in retro.events] == ["one", "two"]
    settle_notes(path, retro)
    assert b'"half' in inbox_path(path).read_bytes()
    assert take_notes(path, retro_at(path)) is None


def test_what_a_note_says_cannot_steer_a_terminal(path: Path) -> None:
    add_notes(path, [Note("pager\x1b[2J fires\ud800", NOW)])
    assert "\x1b" not in taken(path)[0].text
    dumps(with_notes(path, retro_at(path)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["", "14:03", "-5m", "14:??", "2026-11-20 14:03Z"]))
def test_any_words_arrive(tmp_path_factory: pytest.TempPathFactory, text: str, at: str) -> None:
    folder = tmp_path_factory.mktemp("notes")
    path = draft_for(folder, NOW, "UTC")[0]
    add_notes(path, [Note(text, NOW, at)])
    retro = with_notes(path, retro_at(path))
    assert len(retro.events) == 1
    assert loads(dumps(retro), "x").events == retro.events


def test_what_is_no_time_or_kind_is_refused_at_once() -> None:
    for good in ("14:03", "~14:03", "-5m", "14:??", "2026-11-20T14:03:00+01:00", "yesterday 9:05", "2:03pm"):
        assert time_named(good) == good
    for bad in ("soon", "25:00", "14", "", "14:03 pager"):
        with pytest.raises(CannotNote, match="no time"):
            time_named(bad)
    assert kind_named("#oh-no") == "oh_no"
    with pytest.raises(CannotNote, match="no kind"):
        kind_named("panic")


def test_todays_draft_is_the_open_one_else_the_last_changed(tmp_path: Path) -> None:
    def retro(stem: str, at: float, **more: str) -> Path:
        path = tmp_path / f"{stem}.toml"
        text = fresh_file(stem, stem, NOW, "UTC")
        for key, value in more.items():
            text = text.replace(f'{key} = "{"team" if key == "mode" else "draft"}"', f'{key} = "{value}"')
        path.write_text(text)
        os.utime(path, (at, at))
        return path

    moment = time.mktime(NOW.date().timetuple()) + 60
    retro("2026-11-20-yesterday", moment - 86_400)
    retro("2026-11-21-done", moment + 9, status="reviewed")
    retro("2026-11-21-mine", moment + 9, mode="solo")
    older, newer = retro("2026-11-21-a", moment), retro("2026-11-21-b", moment + 1)
    assert todays_draft(tmp_path, NOW.date()) == newer
    opened = open_file(older)
    assert todays_draft(tmp_path, NOW.date()) == older
    opened.close()


def test_a_folder_that_refuses_is_said_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(CannotNote, match="could not be made"):
        draft_for(blocked, NOW, "UTC")
    with pytest.raises(CannotNote, match="could not be written"):
        add_notes(tmp_path / "gone" / "x.toml", [Note("x", NOW)])
    with pytest.raises(CannotNote, match="too long"):
        add_notes(tmp_path / "x.toml", [Note("x" * 100_001, NOW)])


def test_fifty_shells_beside_a_meeting_that_is_being_edited(tmp_path: Path) -> None:
    env = {**os.environ, "RETROTUI_DIR": str(tmp_path), "TZ": "UTC"}
    shells: list[subprocess.Popen[bytes]] = []

    def note(number: int) -> None:
        words = [
            sys.executable,
            "-c",
            "from retrotui.cli import main; raise SystemExit(main())",
            "note",
            f"n{number}",
        ]
        shells.append(subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL))

    for number in range(10):  # none of them finds a draft: they agree on one
        note(number)
    assert [shell.wait(60) for shell in shells] == [0] * 10
    (path,) = tmp_path.glob("*.toml")

    def start_the_rest() -> None:
        for number in range(10, 50):
            note(number)

    starter = threading.Thread(target=start_the_rest)
    opened = open_file(path)
    session, inbox = Session(opened.retro), NoteInbox(path)
    saver = Saver(opened, env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")})

    def save(before: Retro, after: Retro, change: Change | None) -> None:
        saver.submit(after)

    session.subscribe(save)
    starter.start()
    edits = 0
    while True:
        running = starter.is_alive() or any(shell.poll() is None for shell in shells)
        change = inbox.take(session.retro)
        if change is not None:
            session.do(change, force=True)
        session.do(Add(Event(id=session.new_id("e"), text=f"edit {edits}")))
        edits += 1
        if saver.flush(30).kind is SaveKind.SAVED:
            inbox.settle(session.retro)
        if not running:
            break
    starter.join()
    last = inbox.take(session.retro)
    if last is not None:
        session.do(last, force=True)
    saver.flush(30)
    inbox.settle(session.retro)
    saver.close()
    assert all(shell.wait(60) == 0 for shell in shells)
    texts = [event.text for event in with_notes(path, retro_at(path)).events]
    assert sorted(text for text in texts if text.startswith("n")) == sorted(
        f"n{number}" for number in range(50)
    )
    assert sum(text.startswith("edit") for text in texts) == edits
    assert not inbox_path(path).exists()


def test_the_inbox_holds_one_json_object_a_line(path: Path) -> None:
    add_notes(path, [Note("erste\nzweite Zeile ü", NOW)])
    (line,) = inbox_path(path).read_text().splitlines()
    assert json.loads(line)["text"] == "erste\nzweite Zeile ü"
    assert taken(path)[0].text == "erste\nzweite Zeile ü"
