"""What stands around the words of a note comes back as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.blameless import Checker, KeptPhrase
from retrotui.blameless.frame import Frame

ROOM = ["Ana", "Ben", "Priya Nair"]


@pytest.mark.parametrize(
    ("note", "before", "body", "behind"),
    [
        ("14:03 pager fires #alerted", "14:03 ", "pager fires", " #alerted"),
        ("yesterday 23:58 the disk filled up", "yesterday 23:58 ", "the disk filled up", ""),
        ("2026-11-20 14:03Z the queue grew", "2026-11-20 14:03Z ", "the queue grew", ""),
        ("~14:05 traffic is back", "~14:05 ", "traffic is back", ""),
        ("14:?? a cache stampede", "14:?? ", "a cache stampede", ""),
        ("+12m the canary stopped it", "+12m ", "the canary stopped it", ""),
        ("the 14:03 build was green", "", "the 14:03 build was green", ""),
        ("be careful due to the outage", "", "be careful due to the outage", ""),
        ("ask @ana for the graph", "", "ask @ana for the graph", ""),
        (
            "add a guard @priya due next friday !p1 #prevent done when the drill passes",
            "",
            "add a guard",
            " @priya due next friday !p1 #prevent done when the drill passes",
        ),
    ],
)
def test_a_note_is_taken_apart(note: str, before: str, body: str, behind: str) -> None:
    frame = Frame(note, fields=True)
    assert (frame.before, frame.body, frame.behind) == (before, body, behind)


@given(st.text(max_size=200), st.booleans())
def test_nothing_of_a_note_is_lost(note: str, fields: bool) -> None:
    frame = Frame(note, fields=fields)
    assert (frame.before + frame.body + frame.behind).rstrip() == note.rstrip()


@pytest.mark.parametrize(
    ("section", "note", "front", "back"),
    [
        ("timeline", "14:20 ana forgot the migration #change", "14:20 ", " #change"),
        ("timeline", "2026-11-20 14:03Z ben broke the build", "2026-11-20 14:03Z ", ""),
        ("causes", "ben skipped the smoke tests #testing", "", " #testing"),
        ("actions", "be more careful with deletes @ben due 2026-12-04 !p1", "", " @ben due 2026-12-04 !p1"),
    ],
)
def test_a_rewrite_keeps_what_stands_around_the_words(section: str, note: str, front: str, back: str) -> None:
    checker = Checker(roster=ROOM)
    rewrites = checker.check(note, section, "strict")[0].rewrites
    assert rewrites
    for rewrite in rewrites:
        assert rewrite.startswith(front) and rewrite.endswith(back)
        assert not checker.check(rewrite, section, "strict")


def test_words_are_kept_without_names_and_excuse_nothing_else() -> None:
    checker = Checker(roster=ROOM)
    note = "14:03 priya nair forgot the cap #design"
    (finding,) = checker.check(note, "causes", "strict")
    words = checker.words_to_keep(note, finding.start, finding.end)
    assert words == "somebody forgot the cap"
    later = Checker(roster=ROOM, kept=[KeptPhrase(finding.rule, words)])
    assert not later.check("priya nair forgot the cap", "causes", "strict")
    assert later.check("priya nair forgot to page the vendor", "causes", "strict")
    assert checker.words_to_keep("human error", 0, 11) == "human error"


@pytest.mark.parametrize(
    ("note", "before", "body"),
    [
        ("we wiped the table 09:42", "09:42 ", "we wiped the table"),
        ("we wiped the table at 09:42:10.", "09:42:10 ", "we wiped the table"),
        ("we wiped the table around 9:42 pm", "~9:42 pm ", "we wiped the table"),
        ("09:40 we wiped the table of 09:42", "09:40 ", "we wiped the table of 09:42"),
        ("the ratio was 16:9", "", "the ratio was 16:9"),
    ],
)
def test_a_time_at_the_end_is_put_in_front(note: str, before: str, body: str) -> None:
    frame = Frame(note)
    assert (frame.before, frame.body) == (before, body)
