"""An action typed in one line: its fields, where they stand, and the way back."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrotui.notation import ActionLine, FieldSpan, action_as_line, read_action_line
from retrotui.retro import Action, ActionKind, Priority

TODAY = date(2026, 11, 18)
PEOPLE = ("Ana", "Will", "Priya Patel", "Ana Maria", "Platform Team")


def read(text: str) -> ActionLine:
    return read_action_line(text, today=TODAY, people=PEOPLE)


def test_a_whole_line_is_read_as_fields() -> None:
    line = read(
        "add canary stage to deploy @priya due friday !p1 #prevent done when: it stops a bad build "
        "https://tracker.example.org/42"
    )
    assert line.text == "add canary stage to deploy"
    assert line.owner == "Priya Patel"
    assert line.due == date(2026, 11, 20)
    assert line.priority is Priority.P1
    assert (line.kind, line.kind_guessed) == (ActionKind.PREVENT, False)
    assert line.done_when == "it stops a bad build"
    assert line.ticket == "https://tracker.example.org/42"
    assert line.remark == ""


def test_every_field_says_where_it_stands() -> None:
    typed = "alert on lag @will due eom !high => it fires in the game day #detect"
    found = {span.field: typed[span.start : span.end] for span in read(typed).spans}
    assert found == {
        "owner": "@will",
        "due": "due eom",
        "priority": "!high",
        "done_when": "=> it fires in the game day",
        "kind": "#detect",
    }


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        ("@ANA", "Ana"),
        ("@ana", "Ana"),
        ("@ana maria", "Ana Maria"),
        ('@"ana maria"', "Ana Maria"),
        ("@ana-maria", "Ana Maria"),
        ("@AnaMaria", "Ana Maria"),
        ("@priya", "Priya Patel"),
        ("@platform-team", "Platform Team"),
        ("@platform team", "Platform Team"),
        ("@anastasia", "anastasia"),
        ("@sre/on-call", "sre/on-call"),
        ('@"Night Shift"', "Night Shift"),
        ("@Zoë", "Zoë"),
    ],
)
def test_owners_are_matched_with_the_roster_and_else_kept(typed: str, owner: str) -> None:
    line = read(f"rebuild the index {typed}, due friday.")
    assert (line.owner, line.text, line.due) == (owner, "rebuild the index", date(2026, 11, 20))


def test_a_name_two_people_share_is_not_guessed() -> None:
    line = read_action_line("x @sam", today=TODAY, people=["Sam Reed", "Sam Stone"])
    assert line.owner == "sam"
    assert "Sam Reed or Sam Stone" in line.remark


@pytest.mark.parametrize(
    ("typed", "priority"),
    [
        ("!p1", Priority.P1),
        ("!P0", Priority.P0),
        ("!1", Priority.P1),
        ("!high", Priority.P1),
        ("!Low", Priority.P3),
        ("!urgent", Priority.P0),
        ("!p9", Priority.NONE),
    ],
)
def test_priorities_have_short_and_long_names(typed: str, priority: Priority) -> None:
    assert read(f"x {typed}").priority is priority


@pytest.mark.parametrize(
    "typed", ["done when it fires", "done when: it fires", "Done-when it fires", "=> it fires", "→ it fires"]
)
def test_done_when_runs_to_the_end(typed: str) -> None:
    line = read(f"alert on lag {typed}")
    assert (line.text, line.done_when) == ("alert on lag", "it fires")


@pytest.mark.parametrize(
    "typed",
    [
        "mail ops@example.org",
        "check what is done when backups fail",
        "audit due diligence",
        "cut the lag by 3 days",
        "map a=>b",
        "rename #general",
        "Page the on-call!",
        "decide who is paged by default",
    ],
)
def test_ordinary_words_are_no_fields(typed: str) -> None:
    line = read(typed)
    assert line.text == typed
    assert line.spans == ()


def test_only_the_first_of_a_kind_counts() -> None:
    line = read("pair with @will on it @ana")
    assert (line.owner, line.text) == ("Will", "pair with on it @ana")


def test_a_backslash_keeps_a_token_as_text() -> None:
    assert read(r"post \@here in \#prevent").text == "post @here in #prevent"
    assert read(r"post \@here").spans == ()
    assert read(r"keep C:\data and a\b").text == r"keep C:\data and a\b"


def test_a_due_date_that_can_be_two_days_stays_in_the_text_with_a_remark() -> None:
    line = read("rotate keys due 05/12/2026")
    assert (line.due, line.text) == (None, "rotate keys due 05/12/2026")
    assert "can be two days" in line.remark


def test_the_kind_is_guessed_when_none_is_said() -> None:
    line = read("write the runbook for a full disk @ana")
    assert (line.kind, line.kind_guessed) == (ActionKind.RESPOND, True)


def test_a_line_for_editing_reads_well() -> None:
    action = Action(
        id="a1",
        text="Alert when lag exceeds 2 s",
        kind=ActionKind.DETECT,
        owner="Priya Patel",
        due=date(2026, 12, 5),
        priority=Priority.P1,
        done_when="it fires in the game day",
        ticket="OPS-7",
    )
    assert action_as_line(action) == (
        'Alert when lag exceeds 2 s @"Priya Patel" due 2026-12-05 !p1 #detect ticket:"OPS-7" '
        "=> it fires in the game day"
    )


_TOKENS = r"""
add @ana @ #prevent !p1 due friday by done when => → \ \@ana \\#learn https://x.org/1, ticket:X ticket:" @" "
foo, 5 dec; 5/6 2026-12-05 end of month . [x] @"ana maria"
"""
_WORDS = st.one_of(
    st.text(max_size=30), st.lists(st.sampled_from(_TOKENS.split()), max_size=8).map(" ".join)
).map(lambda words: " ".join(words.split()))
_OWNERS = st.one_of(
    st.sampled_from(["", *PEOPLE, "night shift", 'a "b" c', "back\\slash", "sre/on-call", "zoë", "x."]),
    st.text(min_size=1, max_size=12).map(str.strip),
)


@settings(max_examples=600, deadline=None)
@example(
    text="DUE BY FRI",
    owner="",
    due=None,
    priority=Priority.NONE,
    kind=ActionKind.PREVENT,
    done_when="due by fri",
    ticket="",
)
@given(
    text=_WORDS,
    owner=_OWNERS,
    due=st.one_of(st.none(), st.dates()),
    priority=st.sampled_from(list(Priority)),
    kind=st.sampled_from(list(ActionKind)),
    done_when=_WORDS,
    ticket=st.one_of(
        st.sampled_from(["", "OPS-7", "https://x.org/1", "https://x.org/a).", "http://", 'a "b"']),
        st.text(max_size=12),
    ),
)
def test_every_field_survives_the_way_through_a_line(
    text: str, owner: str, due: date | None, priority: Priority, kind: ActionKind, done_when: str, ticket: str
) -> None:
    same = next((name for name in PEOPLE if name.casefold() == owner.casefold()), owner)
    action = Action(
        id="a1",
        text=text,
        owner=same,
        due=due,
        priority=priority,
        kind=kind,
        done_when=done_when,
        ticket=ticket,
    )
    back = read(action_as_line(action, people=PEOPLE))
    assert (back.text, back.owner, back.due, back.priority) == (text, same, due, priority)
    assert (back.kind, back.kind_guessed) == (kind, False)
    assert (back.done_when, back.ticket) == (done_when, ticket)


@settings(max_examples=400, deadline=None)
@given(
    typed=st.one_of(st.text(max_size=80), _WORDS),
    people=st.lists(st.sampled_from([*PEOPLE, "", " ", "ı", "ß", "@x"]), max_size=4),
    today=st.one_of(st.dates(), st.sampled_from([date.min, date.max])),
)
def test_no_line_is_too_odd_and_spans_stay_inside(typed: str, people: list[str], today: date) -> None:
    line = read_action_line(typed, today=today, people=people)
    before = FieldSpan("", 0, 0)
    for span in line.spans:
        assert before.end <= span.start < span.end <= len(typed)
        before = span
