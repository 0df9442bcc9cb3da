"""Who is the subject: people against things, names against words, clauses and their borders."""

from __future__ import annotations

import pytest

from retrotui.blameless import Checker, Level, Section
from retrotui.blameless.tokens import pieces

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


@pytest.mark.parametrize(
    ("people", "things"),
    [
        ("why did qa check the region", "why did the qa check fail"),
        ("why would the platform team page us", "why would the platform team page fail"),
        ("why didnt marketing switch it off", "why didnt the marketing tag load"),
        ("why'd ops fail back so early", "why did the ops dashboard show green"),
    ],
)
def test_in_a_question_the_subject_stands_before_its_verb(people: str, things: str) -> None:
    assert flagged(people)
    assert not flagged(things)


@pytest.mark.parametrize(
    ("people", "things"),
    [
        ("platform yanked the old image", "platform refused connections"),
        ("growth dropped the ball", "growth dropped to zero"),
        ("billing were told twice", "billing was slow for an hour"),
        ("mobile needs chasing every sprint", "mobile needs a reload every time"),
        ("infra broke the build", "infra lost a node"),
        ("infra was supposed to renew the cert", "infra was down"),
        ("integrations threw it over the wall", "integrations threw a timeout"),
        ("the change board rubber stamped it", "the control board crashed"),
        ("treasury it forgot to tell us", "treasury reads it from the queue"),
    ],
)
def test_a_word_for_a_team_or_a_service_is_what_its_verb_fits(people: str, things: str) -> None:
    assert flagged(people)
    assert not flagged(things)


def test_a_noun_before_it_makes_a_team_a_thing() -> None:
    assert not flagged("schema registry refused the new version")


@pytest.mark.parametrize(
    "text",
    [
        "the on call slept through it",
        "scrum master bullied us into it",
        "product owner pushed it down our throats",
    ],
)
def test_a_role_of_two_words_is_one(text: str) -> None:
    assert flagged(text)


def test_a_numbered_line_of_support_is_people_where_it_acts_like_them() -> None:
    assert flagged("tier 2 didnt escalate")
    assert not flagged("tier 2 storage filled up")


def test_on_call_is_a_state_where_no_article_stands_before_it() -> None:
    assert not flagged("ana was on call and paged at three")


@pytest.mark.parametrize(
    ("excused", "blame"),
    [
        ("no blame here, the runbook was wrong", "no blame, but ana broke it"),
        ("this is about the form, not about who filled it in", "not pointing fingers, however ana broke it"),
        ("without blaming anyone we looked at the graph", "without blaming anyone, ana broke it"),
        ("blameless as ever, thanks all", "blameless or not, that was a poor decision by ben"),
        ("no names, just what we saw on the graph", "no names, just the ones who skipped the review"),
        ("prime directive first, then the timeline", "prime directive aside, ben wrecked the route table"),
        ("no finger pointing, who did it does not matter", "no finger pointing, who approved that crap"),
        ("wording: ana forgot it, reads like blame", "nobody is on trial, still ana forgot it"),
    ],
)
def test_what_excuses_ends_where_the_sentence_turns(excused: str, blame: str) -> None:
    assert not flagged(excused)
    assert flagged(blame)


@pytest.mark.parametrize(
    "text",
    [
        "the goal is a safer changeover, not a guilty party",
        "whether somebody made a mistake is not a question for this meeting",
        "carelessness is a verdict, what did the form look like",
        "can we reword this, it says that ops forgot",
        "labels like operator mistake end the talk too early",
        "even the most careful person gets this wrong on that form",
        "anybody at that desk would have done the same",
        "the question isnt whose fault it is",
        "who pressed it makes no difference to the timeline",
        "we moved from who to what within minutes",
        "skip whose fault, look at the lock",
        "remove human error from the list of causes",
        "say in the summary that no individual failed here",
        "the why did nobody see it question leads nowhere",
        "agreed: no names to hr, ever",
    ],
)
def test_talk_about_the_talk_is_left_alone(text: str) -> None:
    assert not flagged(text)


@pytest.mark.parametrize("who", ["ana", "she", "the reviewer", "qa", "the storage guys"])
@pytest.mark.parametrize(
    "asked",
    [
        "why did {} push it",
        "why in the world did {} push it",
        "why is it that {} pushed it",
        "how come {} pushed it",
        "the question is why {} pushed it",
        "i wonder why {} pushed it",
        "what gave {} the idea to push it",
        "what possessed {} to push it",
        "explain to me why {} pushed it",
    ],
)
def test_a_why_put_to_people_is_one_in_every_form(asked: str, who: str) -> None:
    assert flagged(asked.format(who))


@pytest.mark.parametrize(
    "text",
    [
        "why did the alert not fire",
        "what made the old button look right",
        "how come the queue was empty",
        "was the on-call paged at all",
        "what did people expect to happen",
        "does anyone know why the cron is off",
        "how would somebody new know that the flag is live",
    ],
)
def test_a_question_about_things_and_signals_is_none(text: str) -> None:
    assert not flagged(text)


def test_under_what_went_well_the_rules_of_causes_count_behind_a_but() -> None:
    assert flagged("comms were fine but the account manager never passed it on", Section.WELL)
    assert not flagged("the account manager never passed the pager on, stayed all night", Section.WELL)
    checker = Checker(roster=ROOM)
    (found,) = checker.check("recovery was quick but marketing always changes the date", "well", "strict")
    assert found.level is Level.COACH


@pytest.mark.parametrize("text", ["ben-san forgot the flag", "the one who merged it ignored the test"])
def test_people_are_known_by_more_than_their_name(text: str) -> None:
    assert flagged(text)


def test_an_operator_is_a_person_by_what_is_done_or_said_of_it() -> None:
    assert flagged("the planner pasted the wrong list")
    assert flagged("the producer was far too careless")
    assert not flagged("the producer was far too slow")


@pytest.mark.parametrize("who", ["ana", "the vendor", "the network guys", "qa"])
@pytest.mark.parametrize(
    "text",
    [
        "{} had deleted the wrong volume",
        "{} has taken prod down",
        "{} was pushing a bad config",
        "{} ended up breaking the build",
        "{} managed to push a bad config",
        "prod was taken down by {}",
        "customers got locked out by {}",
        "due to {} overwriting the table",
        "because of {} corrupting the index",
    ],
)
@pytest.mark.parametrize("section", ["causes", "timeline"])
def test_what_harm_somebody_did_is_seen_in_every_tense(section: str, text: str, who: str) -> None:
    assert flagged(text.format(who), section)


@pytest.mark.parametrize("word", ["sooo", "reeeally", "niiice", "greeeat"])
def test_a_word_with_its_letters_drawn_out_is_a_tone_of_voice_and_the_same_word(word: str) -> None:
    assert flagged(f"the failover was {word} quick")
    assert pieces(word)[-1] in {"so", "really", "nice", "great"}


@pytest.mark.parametrize("word", ["www", "xxx", "aaa-record", "iiifserver"])
def test_letters_that_are_merely_repeated_are_no_tone(word: str) -> None:
    assert not flagged(f"the {word} entry was stale")


@pytest.mark.parametrize(
    ("honest", "ironic"),
    [
        (
            "thanks to support for sitting on the line for two hours",
            "thanks so much support for sitting on it",
        ),
        ("bravo to whoever wrote the restore doc", "bravo to whoever unplugged the switch"),
        ("the restore went well, as rehearsed", "well that went as well as expected"),
        ("three engineers and no drama", "three managers and zero decisions"),
        ("superb timing by ana, caught it before the batch", "superb timing by ana, right in the demo"),
    ],
)
def test_praise_that_means_the_opposite_is_told_by_what_it_praises(honest: str, ironic: str) -> None:
    assert not flagged(honest, Section.WELL)
    assert flagged(ironic, Section.WELL)
