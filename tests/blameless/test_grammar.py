"""Who is the subject: people against things, names against words, clauses and their borders."""

from __future__ import annotations

import pytest

from retrotui.blameless import Checker, Section

CHECKER = Checker(roster=("Ana", "Ben"))

ROOM = ("Ana", "Ben", "Will", "Mark", "Grace", "Art", "Chase", "Page")


def flagged(text: str, section: Section | str = Section.CAUSES) -> bool:
    return bool(Checker(roster=ROOM).check(text, section, "strict"))


@pytest.mark.parametrize(
    "text",
    [
        "the on-call app ignored the flag",
        "on-call app ignored the flag",
        "the reviewer bot skipped the file",
        "ops dashboard forgot its filters",
        "the developer portal broke",
        "dev cluster failed to start",
        "the admin api never validated the id",
        "our vendor's gateway ignored the header",
        "qa environment skipped the migration",
        "ana's laptop ignored the proxy setting",
        "network failed to converge",
        "storage ignored the flush",
    ],
)
def test_the_head_of_the_noun_phrase_decides_that_it_is_a_thing(text: str) -> None:
    assert not flagged(text)


@pytest.mark.parametrize(
    "text",
    [
        "the on-call engineer ignored the flag",
        "on-call ignored the flag",
        "the engineer on duty ignored the flag",
        "somebody on the storage team ignored the flag",
        "a junior dev in payments ignored the flag",
        "ana and ben ignored the flag",
        "ben + mark skipped the checklist",
        "the platform team forgot to tell support",
        "@zoe_k ignored the flag",
        "one guy with sudo ignored the flag",
        "the partner integration guys ignored the flag",
        "devs skip reviews",
        "qa rubber stamped the build",
    ],
)
def test_people_are_people_whatever_stands_around_them(text: str) -> None:
    assert flagged(text)


@pytest.mark.parametrize(
    "text",
    [
        "will need a bigger instance",
        "will fail over by itself next time",
        "mark the alert as noisy",
        "grace period ran out",
        "state of the art hardware",
        "chase the vendor for the report",
        "page failed to load",
        "page the dba when the disk is full",
    ],
)
def test_a_name_that_is_a_word_is_a_word_where_it_fits(text: str) -> None:
    assert not flagged(text)


@pytest.mark.parametrize(
    "text",
    [
        "will forgot the flag",
        "will should have asked",
        "mark forgot the flag",
        "grace didn't read the runbook",
        "Page forgot to mute it",
        "art always merges without review",
    ],
)
def test_a_name_that_is_a_word_is_the_name_where_the_word_does_not_fit(text: str) -> None:
    assert flagged(text)


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    assert flagged("ana pushed to main and broke the build")
    assert not flagged("ana pushed to main and the build broke")
    assert flagged("the engineer who broke the build")


@pytest.mark.parametrize(
    "text",
    [
        "ben shouldve asked",
        "ben should of asked",
        "ben shoulda asked",
        "ben should've asked",
        "ben shoud have asked",
        "ben didnt bother to ask",
        "ben didn’t bother to ask",
        "14:03 ben forgot the flag",
        "~14:05 ben forgot the flag",
        "14:?? ben forgot the flag",
        "+12m ben forgot the flag",
        "#change ben forgot the flag",
        "- ben forgot the flag",
        "so basically ben forgot the flag",
        "BEN FORGOT THE FLAG",
    ],
)
def test_fast_typing_is_understood(text: str) -> None:
    assert flagged(text)


@pytest.mark.parametrize(
    "text",
    [
        "nobody is to blame here",
        "ben did nothing wrong",
        "it was not ana's fault",
        "ana could not have known",
        "not a mistake, the docs said so",
        "let's not ask who broke it",
        "if someone forgets the flag the tool should ask",
        "it is easy to forget the flag",
        "ben was never told",
        "human error is a symptom",
        "this is blameless",
    ],
)
def test_negation_conditions_and_talk_about_blame_are_left_alone(text: str) -> None:
    assert not flagged(text)


def test_a_missing_condition_is_not_missing_care() -> None:
    assert flagged("we should have tested this more")
    assert not flagged("we should have had rate limits")
    assert not flagged("every service should have had a cap")


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("thanks to ana we saw it within minutes", "well", False),
        ("thanks to ana we lost two hours", "causes", True),
        ("ana always writes the clearest updates", "well", False),
        ("ana always merges without review", "causes", True),
        ("remind everyone to check the region", "actions", True),
        ("remind customers of the date", "actions", False),
        ("revoke ben's access", "actions", True),
        ("revoke leaked tokens automatically", "actions", False),
        ("ana paged the database on-call at 14:03", "timeline", False),
    ],
)
def test_the_section_and_the_object_count(text: str, section: str, expected: bool) -> None:
    assert flagged(text, section) is expected


@pytest.mark.parametrize(
    "text",
    [
        "drew wrecks the staging",
        "rob cut corners",
        "why wasn't grace watching",
        "will is constantly late",
        "rob to double check next time",
        "if drew'd asked we would have slept",
    ],
)
def test_a_name_that_is_a_word_is_a_name_where_the_word_does_not_fit(text: str) -> None:
    assert Checker(roster=("Drew", "Rob", "Grace", "Will")).check(text, "causes", "strict")


@pytest.mark.parametrize("text", ["the queue manager broke ordering", "a session manager leaked handles"])
def test_a_manager_of_queues_or_sessions_is_a_machine(text: str) -> None:
    assert not CHECKER.check(text, "causes", "strict")


def test_a_person_who_acts_is_a_gentle_finding_in_causes_only() -> None:
    (finding,) = CHECKER.check("ana swapped the cables", "causes", "strict")
    assert (finding.rule, finding.level.value) == ("attribution.acted", "coach")
    assert not CHECKER.check("ana swapped the cables", "timeline", "strict")
    assert not CHECKER.check("ana saw two identical prompts", "causes", "strict")
