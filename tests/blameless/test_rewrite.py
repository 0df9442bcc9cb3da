"""Rewrites: the words of the note without the person, and nothing where nothing good can be said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.blameless import Checker, Section
from retrotui.blameless.inflect import Inflector
from retrotui.blameless.rulebook import load_rulebook
from retrotui.blameless.whole import is_whole

ROOM = ("Ana", "Ben", "Will")
CHECKER = Checker(roster=ROOM)


def offers(text: str, section: str) -> tuple[str, ...]:
    return next((f.rewrites for f in CHECKER.check(text, section, "strict") if f.rewrites), ())


GOOD = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "rewrites.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("section", "text", "expected"), GOOD)
def test_the_first_rewrite_keeps_what_the_writer_knew(section: str, text: str, expected: str) -> None:
    assert offers(text, section)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "What led to configuring this firewall and?",  # cut off
        "What would have prompted us to?",
        "What slowed us when?",
        "What made it easy to 'd picked the wrong one?",  # the rest of "they'd"
        "What makes shipping whenever they like the easy way?",  # nobody named
        "What made it possible to burn us with that push?",  # we did it to us
        "We had not told us about the freeze. What stood in the way?",
        "What made the stupid script possible?",  # still a verdict
        "What made it look right to running it?",  # no verb
        "What made the the index look like the right one?",
        "What broke? What led to it?",
    ],
)
def test_what_nobody_would_say_is_not_offered(text: str) -> None:
    assert not is_whole(text)


def test_what_is_offered_is_whole() -> None:
    for section, text, _expected in GOOD:
        for offer in offers(text, section):
            assert is_whole(offer), offer


@pytest.mark.parametrize(
    "text",
    [
        "09:12 ana forgot to rotate `api-key-7`",
        "09:12 ben should have checked db-3 before he ran v2.4.1",
        "09:12 will dropped orders_2024 on eu-west-1",
        "09:12 @ben ignored the alert for kube_proxy",
        "~09:12 ana skipped the check of /etc/hosts",
    ],
)
def test_times_and_names_of_systems_survive_as_typed(text: str) -> None:
    names = [w for w in text.split() if any(c.isdigit() or c in "_/`" for c in w)]
    for offer in offers(text, "timeline"):
        assert offer.startswith(names[0] + " ")
        assert all(name in offer for name in names)


def test_a_timeline_event_stays_an_event() -> None:
    for text in (
        "ana forgot to drain the node",
        "10:00 ben broke the build",
        "will should have called the vendor",
    ):
        for offer in offers(text, "timeline"):
            assert "We " in offer or "broke." in offer
            assert ". What" in offer


def test_an_action_is_never_a_question() -> None:
    book = load_rulebook()
    for rule in book.rules:
        checker = Checker(book, roster=(*rule.people, *ROOM))
        for hit in rule.hits:
            for finding in checker.check(hit, "actions", "strict"):
                assert not any(offer.endswith("?") and "{" not in offer for offer in finding.rewrites), hit


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("tell ben not to delete the volume", "Let the pipeline delete"),
        ("don't forget to seal the vault", "Make it hard to seal"),
        ("people must stop sharing the key", "Make sharing"),
        ("make sure the interns never get near the vault", "Make it easy to never"),
        ("stop ignoring the pager", "Let the tooling ask before we ignore"),
    ],
)
def test_what_is_not_wanted_is_not_asked_for(text: str, never: str) -> None:
    assert not any(offer.startswith(never) for offer in offers(text, "actions"))


def test_what_others_did_not_do_is_not_said_of_us() -> None:
    for offer in offers("nobody from the vendor answered our mail", "causes"):
        assert "We " not in offer and "prompted us" not in offer


def test_a_sentence_begins_with_a_capital_and_a_name_keeps_its_case() -> None:
    assert offers("ana left db_main open", "causes")[0].startswith("db_main stayed open. What")
    assert offers("ben let the licence lapse", "causes")[0].startswith("The licence")


@pytest.mark.parametrize("text", ["amateur hour", "heads should roll", "unbelievable"])
def test_where_there_is_nothing_to_keep_only_the_question_is_left(text: str) -> None:
    findings = CHECKER.check(text, "causes", "strict")
    assert findings and findings[0].rewrite is None and findings[0].question.endswith("?")


def test_two_or_three_can_be_cycled_through() -> None:
    found = offers("ana should have spotted the missing timeout", "causes")
    assert 2 <= len(found) <= 3 and len(set(found)) == len(found)


def test_other_facts_of_the_note_survive() -> None:
    assert offers("ana should have checked the region so we lost two hours", "causes")[0].startswith(
        "We lost two hours. "
    )


def test_a_second_finding_elsewhere_in_the_note_is_mended_too() -> None:
    text = "ana should have checked the region. ben forgot the migration."
    for offer in offers(text, "causes"):
        assert CHECKER.check(offer, "causes", "strict") == ()
        assert "migration" in offer


def test_every_hit_example_gets_only_rewrites_that_pass() -> None:
    book = load_rulebook()
    for rule in book.rules:
        checker = Checker(book, roster=(*rule.people, *ROOM))
        for hit in rule.hits:
            for section in Section:
                for finding in checker.check(hit, section, "strict"):
                    for offer in finding.rewrites:
                        assert checker.check(offer, section, "strict") == (), offer
                        assert "{" not in offer and offer[-1] in ".?!", offer


verbs = st.sampled_from(
    [
        "check",
        "forget",
        "run",
        "deploy",
        "miss",
        "ignore",
        "break",
        "skip",
        "approve",
        "restart",
        "drop",
        "tell",
        "read",
    ]
)
things = st.sampled_from(
    ["the region", "prod", "`make all`", "db-1 and db-2", "it", "3 alerts", "the new schema"]
)


@given(
    st.sampled_from(["ana should have {} {}", "who {} {}", "ben didn't {} {}", "i {} {}", "ops never {} {}"]),
    verbs,
    things,
)
@settings(max_examples=80, deadline=None)
def test_rewrites_never_name_who_was_blamed(frame: str, verb: str, thing: str) -> None:
    text = frame.format(verb, thing)
    for offer in offers(text, "causes"):
        words = offer.lower().split()
        assert not {"ana", "ben", "who"} & set(words)
        assert CHECKER.check(offer, "causes", "strict") == ()


@pytest.mark.parametrize(
    ("base", "ing", "past", "part"),
    [
        ("check", "checking", "checked", "checked"),
        ("run", "running", "ran", "run"),
        ("drop", "dropping", "dropped", "dropped"),
        ("take", "taking", "took", "taken"),
        ("notify", "notifying", "notified", "notified"),
        ("die", "dying", "died", "died"),
        ("forget", "forgetting", "forgot", "forgotten"),
        ("fix", "fixing", "fixed", "fixed"),
        ("deploy", "deploying", "deployed", "deployed"),
        ("monitor", "monitoring", "monitored", "monitored"),
        ("commit", "committing", "committed", "committed"),
        ("see", "seeing", "saw", "seen"),
    ],
)
def test_verbs_are_inflected(base: str, ing: str, past: str, part: str) -> None:
    inflect = Inflector(load_rulebook().lexicon.irregular)
    assert (inflect.ing(base), inflect.past(base), inflect.part(base)) == (ing, past, part)


def test_what_the_writer_says_of_the_note_itself_is_no_deed() -> None:
    note = "no finger pointing, ops slept through it, so helpful"
    offers = [o for f in Checker().check(note, "causes", "strict") for o in f.rewrites]
    assert offers
    assert not any("pointing" in offer for offer in offers)
