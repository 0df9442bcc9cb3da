"""What the check promises whoever calls it: offsets, levels, policies, kept phrases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.blameless import (
    DEFAULT_POLICY,
    BlameClass,
    Checker,
    Finding,
    KeptPhrase,
    Level,
    Policy,
    Section,
    check,
    hold,
    typing_findings,
)

ROOM = ("Ana", "Ben", "Will", "Priya Nair", "@lk")
NOTE = "ana should have checked the region"


def test_a_finding_marks_the_words_that_blame() -> None:
    (finding,) = check("14:03 ana should have checked the region", "causes", ROOM)
    assert finding.blame_class is BlameClass.COUNTERFACTUAL
    assert (
        "14:03 ana should have checked the region"[finding.start : finding.end] == "ana should have checked"
    )


def test_causes_and_actions_hold_the_line_by_default_and_the_others_coach() -> None:
    assert DEFAULT_POLICY == {
        Section.TIMELINE: Policy.COACH,
        Section.WELL: Policy.COACH,
        Section.CAUSES: Policy.STRICT,
        Section.ACTIONS: Policy.STRICT,
    }
    assert hold(check(NOTE, "causes", ROOM))
    assert not hold(check(NOTE, "timeline", ROOM))
    assert check(NOTE, "timeline", ROOM)


def test_a_policy_given_with_the_call_wins() -> None:
    checker = Checker(roster=ROOM, policies={Section.CAUSES: Policy.OFF})
    assert checker.check(NOTE, "causes") == ()
    assert checker.check(NOTE, "causes", "strict")[0].level is Level.STRICT
    assert checker.check(NOTE, "causes", Policy.COACH)[0].level is Level.COACH


def test_self_blame_is_met_with_kindness_and_never_held() -> None:
    findings = check("i screwed up the failover", "causes")
    assert [f.blame_class for f in findings] == [BlameClass.SELF_BLAME]
    assert not hold(findings)


def test_nobody_is_a_person_by_a_capital_letter_alone() -> None:
    assert check("Zebedee forgot the migration", "causes") == ()
    assert check("Zebedee forgot the migration", "causes", ["Zebedee"])


@pytest.mark.parametrize("phrase", ["ana should have checked", "ANA  should\thave checked", NOTE])
def test_a_kept_phrase_is_not_flagged_again(phrase: str) -> None:
    kept = [KeptPhrase("counterfactual.should-have", phrase)]
    assert Checker(roster=ROOM, kept=kept).check(NOTE, "causes") == ()


def test_a_phrase_kept_for_another_rule_changes_nothing() -> None:
    kept = [KeptPhrase("omission.forgot", NOTE)]
    assert Checker(roster=ROOM, kept=kept).check(NOTE, "causes")


def test_a_finding_as_data_has_the_keys_of_the_command_line() -> None:
    (finding,) = check(NOTE, "causes", ROOM)
    data = finding.as_dict()
    assert list(data) == ["rule", "class", "level", "start", "end", "why", "question", "rewrite"]
    assert data["class"] == "counterfactual"
    assert data["rewrite"] == finding.rewrites[0]


def test_rewrites_are_worked_out_once_and_only_when_asked_for() -> None:
    asked = []

    def work() -> tuple[str, ...]:
        asked.append(1)
        return ("better",)

    finding = Finding("r", BlameClass.OMISSION, Level.COACH, 0, 1, "why", "what?", work)
    assert not asked
    assert (finding.rewrite, finding.rewrites, finding.rewrite) == ("better", ("better",), "better")
    assert asked == [1]
    with pytest.raises(AttributeError):
        finding.start = 3


def test_two_findings_are_equal_when_they_mark_the_same() -> None:
    first, second = check(NOTE, "causes", ROOM), check(NOTE, "causes", ROOM)
    assert first == second
    assert len({*first, *second}) == 1
    assert first[0] != "something else"


@pytest.mark.parametrize(
    "text",
    [
        'the ticket says "ben should have checked"',
        "the banner reads “ana forgot to log out”",
        "> ben forgot the migration",
        "`ana should have checked` is the commit message",
    ],
)
def test_quoted_and_imported_words_are_left_alone(text: str) -> None:
    assert check(text, "causes", ROOM) == ()


def test_a_full_name_is_found_by_its_first_name_too() -> None:
    for text in ("priya forgot the migration", "Priya Nair forgot the migration"):
        (finding,) = check(text, "causes", ROOM)
        assert finding.start == 0


def test_handles_count_without_being_on_the_roster() -> None:
    assert check("@zed broke the build", "causes")
    assert check("@here the build is broken", "causes") == ()


@pytest.mark.parametrize("end", range(1, len(NOTE)))
def test_the_unfinished_last_word_is_never_underlined(end: int) -> None:
    text = NOTE[:end]
    last_word = text.rfind(" ") + 1
    checker = Checker(roster=ROOM)
    assert all(f.end <= last_word for f in typing_findings(checker, text, "causes"))


def test_an_underline_stays_once_it_is_there() -> None:
    checker = Checker(roster=ROOM)
    text = "14:20 ben forgot to drain the node, then ana restarted it. "
    shown = [bool(typing_findings(checker, text[:end], "causes")) for end in range(len(text) + 1)]
    assert shown == sorted(shown)
    assert shown[-1]


@pytest.mark.parametrize(
    "text",
    [
        "human error is where we start looking ",
        "ben did nothing wrong ",
        "ana missed lunch and joined later ",
        'the ticket says "ben should have checked" and more ',
        "the banner reads “ana forgot to log out” twice ",
    ],
)
def test_what_an_exception_or_a_quotation_will_pass_is_not_underlined_on_the_way(text: str) -> None:
    checker = Checker(roster=ROOM)
    for end in range(len(text) + 1):
        assert not typing_findings(checker, text[:end], "causes", "strict"), text[:end]


@pytest.mark.parametrize(
    ("begun", "goes_on"),
    [
        ("ben forgot ", "to drain the node"),
        ("ana should have checked ", "the region"),
        ("ben failed to ", "tell anyone"),
    ],
)
def test_a_person_and_what_blames_are_underlined_at_the_end_of_the_word(begun: str, goes_on: str) -> None:
    checker = Checker(roster=ROOM)
    text = begun + goes_on
    assert not typing_findings(checker, begun.rstrip(), "causes", "strict")
    for end in range(len(begun), len(text) + 1):
        assert typing_findings(checker, text[:end], "causes", "strict"), text[:end]


def test_an_exception_that_begins_later_takes_nothing_away_while_it_is_typed() -> None:
    checker = Checker(roster=ROOM)
    text = "ben forgot the flag so that nobody "
    shown = [bool(typing_findings(checker, text[:end], "causes", "strict")) for end in range(len(text) + 1)]
    assert shown == sorted(shown) and shown[-1]


def test_a_quotation_that_is_never_closed_counts_once_the_note_is_done() -> None:
    checker = Checker(roster=ROOM)
    text = 'the ticket says "ben forgot the flag '
    assert not typing_findings(checker, text, "causes", "strict")
    assert checker.check(text, "causes", "strict")


words = st.sampled_from(
    [
        "ana",
        "ben",
        "should",
        "have",
        "not",
        "never",
        "forgot",
        "broke",
        "the",
        "on-call",
        "app",
        "why",
        "did",
        "who",
        ".",
        ",",
        "?",
        "!",
        "14:03",
        "because",
        "of",
        "and",
        "always",
        "my",
        "fault",
        "careless",
        "deploy",
        "i",
        "we",
        "they's",
        "`x`",
        "https://a.b/c",
        '"',
        "'",
        "@lk",
        "#db",
        "will",
        "error",
        "human",
        "—",
        "…",
        "\n",
        "🙄",
        "’s",
        "should've",
    ]
)


@given(st.lists(words, max_size=40).map(" ".join), st.sampled_from(list(Section)))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_findings_are_in_order_apart_and_inside(text: str, section: Section) -> None:
    findings = Checker(roster=ROOM).check(text, section, "strict")
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end
        assert finding.question and "{" not in finding.question


@given(st.text(max_size=300), st.sampled_from(list(Section)))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_makes_the_check_fail(text: str, section: Section) -> None:
    checker = Checker(roster=ROOM)
    for finding in checker.check(text, section, "strict"):
        assert isinstance(finding.rewrites, tuple)
    typing_findings(checker, text, section)
