"""Tables, calendars, pasted text, and a git repository."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from retrotui.exchange.timeline_in import BadSource, ReadOptions, read
from retrotui.retro import EventKind, Precision

Write = Callable[[str, object], Path]


def test_a_tables_header_is_guessed_and_told(write: Write, options: ReadOptions) -> None:
    table = "When;Category;What happened;Who;URL;Ticket\n"
    table += "2026-11-20T14:03:00Z;detected;Pager fires;Ana;https://x.example/1;T1\n"
    reading = read([write("t.csv", table)], options)
    (found,) = reading.candidates
    assert (found.at, found.precision) == (datetime(2026, 11, 20, 14, 3, tzinfo=UTC), Precision.MINUTE)
    assert (found.kind, found.people, found.evidence) == (
        EventKind.DETECTED,
        ("Ana",),
        ("https://x.example/1",),
    )
    assert "text is 'What happened'" in reading.remarks[0]
    assert "not read: Ticket" in reading.remarks[0]


def test_columns_can_be_named_instead(write: Write, options: ReadOptions) -> None:
    table = "a,b\nPager fires,14:03\n"
    found = read([write("t.csv", table)], replace(options, columns=(("text", "a"), ("time", "2")))).candidates
    assert (found[0].text, found[0].at) == ("Pager fires", datetime(2026, 11, 20, 14, 3, tzinfo=UTC))


def test_a_table_without_a_header_is_read_by_what_stands_in_it(write: Write, options: ReadOptions) -> None:
    table = "2026-11-20 14:03,alerted,Pager fires in Dublin\n2026-11-20 14:05,change,Deploy rolled back\n"
    reading = read([write("t.csv", table)], options)
    assert [item.kind for item in reading.candidates] == [EventKind.ALERTED, EventKind.CHANGE]
    assert "no header found" in reading.remarks[0]


def test_words_for_times_stay_words_and_equal_rows_stay_two(write: Write, options: ReadOptions) -> None:
    table = "time,text\ntwo weeks before,etcd grows\n~14:05,errors\n~14:05,errors\n1795183380,epoch\n"
    found = read([write("t.csv", table)], options).candidates
    assert (found[0].at, found[0].said) == (None, "two weeks before")
    assert found[1].approximate
    assert len({item.ref for item in found}) == 4
    assert found[3].at == datetime(2026, 11, 20, 14, 3, tzinfo=UTC)


def test_a_table_without_words_says_how_to_name_the_column(write: Write, options: ReadOptions) -> None:
    with pytest.raises(BadSource, match="--columns text=NAME"):
        read([write("t.csv", "time\n14:03\n")], options, "csv")


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//made up//EN
BEGIN:VEVENT
UID:m1@example.org
DTSTART;TZID=Europe/Berlin:20261120T150000
DTEND;TZID=Europe/Berlin:20261120T160000
SUMMARY:Database maintenance
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:m2@example.org
DTSTART;VALUE=DATE:20261119
SUMMARY:Change freeze
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_a_calendars_zone_and_repeats(write: Write, options: ReadOptions) -> None:
    reading = read([write("c.ics", ICS.replace("\n", "\r\n"))], options)
    (found,) = reading.candidates
    assert found.at == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert found.kind is EventKind.CHANGE
    assert "only its first time" in found.remark
    assert reading.left_out == {"a cancelled appointment": 1}


@pytest.mark.parametrize(
    "pasted",
    [
        "Ana Lowe  2:03 PM\npager fires\nin both regions\nWill Ash  2:05 PM\nrolling back now",
        "[14:03] Ana Lowe: pager fires\nin both regions\n[14:05] Will Ash: rolling back now",
        "Ana Lowe, 14:03\npager fires\nin both regions\nWill Ash, 14:05\nrolling back now",
        (
            "[2026-11-20 14:03] <Ana Lowe> pager fires\nin both regions\n"
            "[2026-11-20 14:05] <Will Ash> rolling back now"
        ),
    ],
    ids=["slack", "bracketed", "teams", "irc"],
)
def test_a_pasted_chat_keeps_who_when_and_what_together(
    pasted: str, write: Write, options: ReadOptions
) -> None:
    first, second = read([write("chat.txt", pasted)], options, "text").candidates
    assert (first.at, first.people) == (datetime(2026, 11, 20, 14, 3, tzinfo=UTC), ("Ana Lowe",))
    assert first.text == "pager fires\nin both regions"
    assert (second.text, second.kind) == ("rolling back now", EventKind.ACTION)


def test_scribe_notes_cross_midnight_and_keep_unknown_times(write: Write, options: ReadOptions) -> None:
    notes = "2017-01-31 (UTC)\n23:28 site goes down\n??:?? bucket is empty\n00:36 copy starts\n"
    found = read([write("notes.txt", notes)], options).candidates
    assert [item.at for item in found] == [
        datetime(2017, 1, 31, 23, 28, tzinfo=UTC),
        None,
        datetime(2017, 2, 1, 0, 36, tzinfo=UTC),
    ]
    assert {item.source for item in found} == {"notes"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()

    def git(*arguments: str, at: str = "2026-11-20T13:00:00+00:00") -> None:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Ana Lowe",
            "GIT_AUTHOR_EMAIL": "ana@example.org",
            "GIT_COMMITTER_NAME": "Ana Lowe",
            "GIT_COMMITTER_EMAIL": "ana@example.org",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
        }
        subprocess.run(
            ["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True
        )

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "Start")
    git("checkout", "-q", "-b", "region")
    git(
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "Send checkout\x1b[31m to the new region",
        at="2026-11-20T13:30:00+00:00",
    )
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-ff", "-m", "Merge pull request #4512", "region", at="2026-11-20T13:58:00+01:00")
    git("tag", "-a", "v2", "-m", "second region", at="2026-11-20T14:00:00+00:00")
    took_back = 'Revert "Merge pull request #4512"\n\nThis reverts commit 0123456789abcdef.'
    git("commit", "-q", "--allow-empty", "-m", took_back, at="2026-11-20T14:05:00+00:00")
    (folder / ".git" / "config").write_text(
        (folder / ".git" / "config").read_text()
        + f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = touch {tmp_path}/ran\n"
        + f"[core]\n\tpager = touch {tmp_path}/ran\n"
    )
    return folder


def test_a_repositorys_merges_reverts_and_tags(repository: Path, options: ReadOptions) -> None:
    reading = read([repository], options)
    assert reading.formats == ("git",)
    told = {item.text: item for item in reading.candidates}
    merge = told["Merge pull request #4512"]
    assert (merge.why, merge.at) == ("a merge", datetime(2026, 11, 20, 12, 58, tzinfo=UTC))
    revert = next(item for item in reading.candidates if item.text.startswith("Revert"))
    assert revert.kind is EventKind.ACTION
    assert told["Tag v2: second region"].at == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert not told["Send checkout to the new region"].suggested
    assert not (repository.parent / "ran").exists()


def test_git_reads_only_the_hours_asked_for(repository: Path, options: ReadOptions) -> None:
    late = replace(options, since=datetime(2026, 11, 20, 14, 1, tzinfo=UTC))
    assert [item.why for item in read([repository], late).candidates] == ["a revert"]


def test_a_folder_that_is_no_repository_is_said_so(tmp_path: Path, options: ReadOptions) -> None:
    with pytest.raises(BadSource, match="not a git repository"):
        read([tmp_path], replace(options, day=date(2026, 1, 1)), "git")
