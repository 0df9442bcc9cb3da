"""Weighing a note as a whole: what it finds, what it lets pass, and what a team can do with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.blameless import Checker, KeptPhrase, RuleError, hold, load_rulebook, typing_findings
from retrotui.blameless.grammar import sentences
from retrotui.blameless.model import Section
from retrotui.blameless.roster import Roster
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import tokenize
from retrotui.blameless.undertone import Points, can_be_weighed, listen, loudest, weigh

BOOK = load_rulebook()
IRONY = "kudos ana for muting the only alarm that mattered"
BLAME = "ben believes in testing, just not for himself"

OURS = """
[[rule]]
id = "team.rock-star"
class = "sarcasm"
why = "We agreed to leave the stage talk out."
questions = ["What happened?"]
threshold = { timeline = 3, well = 3, causes = 2, actions = 3 }
[rule.points]
"rock star" = 1.5
"our" = 0.75
"our rock" = -0.25
"""


def analysed(text: str, *people: str) -> list[Sentence]:
    return sentences(tokenize(text), BOOK.lexicon, Roster(people))


def rules(text: str, section: str, *people: str, checker: Checker | None = None) -> list[str]:
    return [f.rule for f in (checker or Checker(roster=people)).check(text, section, "strict")]


def write(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_has_no_words_of_its_own_is_found_as_a_whole_and_never_held() -> None:
    for text, section, rule in (
        (IRONY, "well", "sarcasm.undertone"),
        (BLAME, "causes", "attribution.undertone"),
    ):
        (finding,) = Checker(roster=["Ana", "Ben"]).check(text, section, "strict")
        assert finding.rule == rule
        assert (finding.start, finding.end) == (0, len(text))
        assert not hold([finding])


def test_time_and_marks_around_the_words_are_not_underlined() -> None:
    (finding,) = Checker().check("- 8:15 management shows up for the photo #note", "timeline")
    assert (finding.start, finding.end) == (7, 40)


def test_nothing_is_guessed_while_words_are_still_coming() -> None:
    checker = Checker(roster=["Ana"])
    for end in range(1, len(IRONY) + 1):
        assert not typing_findings(checker, IRONY[:end], "well")
    assert not typing_findings(checker, IRONY + " ", "well")


def test_where_a_pattern_finds_something_nothing_is_guessed() -> None:
    assert rules("ana forgot to drain the node", "causes", "Ana") == ["omission.forgot"]


def test_kept_words_are_not_flagged_again() -> None:
    kept = KeptPhrase("sarcasm.undertone", "kudos somebody for muting the only alarm that mattered")
    assert not Checker(roster=["Ana"], kept=[kept]).check(IRONY, "well")
    forgot = KeptPhrase("omission.forgot", "ana forgot to drain the node")
    assert not Checker(roster=["Ana"], kept=[forgot]).check("ana forgot to drain the node", "causes")


def test_what_a_team_has_switched_off_is_not_guessed_at_instead(tmp_path: Path) -> None:
    note = "ops never tells anyone and then wonders"
    assert rules(note, "causes")
    book = load_rulebook([write(tmp_path, 'silence = ["group-blame", "absolutes"]')])
    assert not Checker(book).check(note, "causes")
    assert Checker(book, ["Ben"]).check(BLAME, "causes")
    silent = load_rulebook([write(tmp_path, 'silence = ["attribution.undertone", "sarcasm.undertone"]')])
    assert not Checker(silent, ["Ben"]).check(BLAME, "causes")


def test_prose_is_not_weighed() -> None:
    for text in (
        "Management's legendary love of spare parts.",
        "The crew was, as planned, in the other hall; nobody had the badge, and the alarm was muted.",
        "(Nobody had the badge.)",
        "I muted it.",
    ):
        assert not can_be_weighed(analysed(text)), text
        assert not [rule for rule in rules(text, "causes") if rule.endswith(".undertone")], text
    for text in ("Ana muted it.", "nobody had the badge.", "8:15 nobody had it.", "Great work, ops!"):
        assert can_be_weighed(analysed(text, "Ana")), text
    for text in ("", "8:15", "?"):
        assert not can_be_weighed(analysed(text)), text


@pytest.mark.parametrize(
    ("honest", "ironic"),
    [
        ("it wasnt pretty but the lights stayed on, well done all", "nice job genius"),
        ("two interns kept the sheet going all night, awesome", "well done ana, you killed it"),
    ],
)
def test_praise_that_the_whole_bears_out_is_let_pass(honest: str, ironic: str) -> None:
    assert not rules(honest, "well", "Ana")
    assert rules(ironic, "well", "Ana")


def test_a_rule_of_the_teams_own_is_never_doubted(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        [[rule]]
        id = "team.love"
        class = "sarcasm"
        why = "Ours."
        questions = ["What happened?"]
        match = ["love it"]
        """,
    )
    book = load_rulebook([path])
    assert rules("genius prep by netops, love it", "well", checker=Checker(book)) == ["team.love"]


def test_talk_about_blame_is_told_by_the_whole_and_no_further_than_a_but() -> None:
    talk = "saying the oncall missed it gets us nowhere, the alert had no city in it"
    assert not rules(talk, "causes")
    assert rules("no blame intended but ben should have checked", "causes", "Ben")
    assert rules("blameless or not, that was a poor decision by ben", "causes", "Ben")


def test_a_long_note_is_not_weighed() -> None:
    fact = "the queue filled up at noon and was drained by one."
    assert can_be_weighed(analysed(f"{fact} {fact}"))
    assert not can_be_weighed(analysed(" ".join([fact] * 6)))
    note = f"wow. {IRONY}"
    (finding,) = Checker(roster=["Ana"]).check(note, "well")
    assert note[finding.start : finding.end] == IRONY
    assert not Checker(roster=["Ana"]).check(" ".join([fact] * 5) + f" {IRONY}", "well")


def test_names_numbers_times_code_and_teams_count_alike() -> None:
    one = listen(analysed("14:03 ana ran `rm -rf` on 17 hosts with ops", "Ana"))
    other = listen(analysed("9:12 @bo ran `dd` on 99 hosts with infra"))
    assert list(one) == list(other)
    assert {"<time>", "<name>", "<code>", "#2", "<team>", "<name> run", "^ <time>", "<team> $"} <= one.keys()
    assert "<quoted>" in listen(analysed('the log said "ana broke it" twice', "Ana"))
    assert "break" not in listen(analysed('the log said "ana broke it" twice', "Ana"))


def test_a_form_that_comes_again_brings_nothing_more() -> None:
    points = Points(dict.fromkeys(Section, 100), {}, "really\nreally really", "40 -10")
    assert weigh(points, listen(analysed("really"))) == 40
    assert weigh(points, listen(analysed("really really really"))) == 30


def test_the_sentence_that_brings_most_is_the_one_to_underline() -> None:
    points = Points(dict.fromkeys(Section, 100), {}, "lovely\ngrand", "40 90")
    unit = analysed("lovely weather. grand plan. lovely end")
    assert loudest(points, listen(unit)) is unit[1]


@given(
    st.dictionaries(
        st.sampled_from(["oh", "the", "plan", "was", "grand", "oh|the", "^|oh", "grand|$"]),
        st.integers(-500, 500),
        min_size=1,
    )
)
def test_the_sum_is_that_of_the_forms_that_are_there(table: dict[str, int]) -> None:
    forms = {form.replace("|", " ").strip(): value for form, value in table.items()}
    points = Points(dict.fromkeys(Section, 100), {}, "\n".join(forms), " ".join(map(str, forms.values())))
    heard = listen(analysed("oh the plan was grand"))
    assert weigh(points, heard) == sum(value for form, value in forms.items() if form in heard)


def test_a_team_can_weigh_words_of_its_own(tmp_path: Path) -> None:
    book = load_rulebook([write(tmp_path, OURS)])
    checker = Checker(book)
    assert rules("enter our rock star", "causes", checker=checker)
    assert "team.rock-star" in rules("enter our rock star", "causes", checker=checker)
    assert "team.rock-star" not in rules("enter our rock star", "timeline", checker=checker)
    assert "team.rock-star" not in rules("enter the rock star", "causes", checker=checker)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("threshold = { timeline = 3, well = 3, causes = 2, actions = 3 }\n", "", "threshold"),
        ("timeline = 3, ", "", "one for each of timeline, well, causes, actions"),
        ("timeline = 3", "timeline = 0", "above 0"),
        ("timeline = 3", 'timeline = "3"', "must be a number"),
        ("timeline = 3", "timeline = nan", "must be a number"),
        ("timeline = 3", "timeline = inf", "must be a number"),
        ('"our" = 0.75', '"our" = nan', "between -100 and 100"),
        ("timeline = 3", "lunch = 3", "'lunch' is no section"),
        ("threshold =", 'match = ["rock"]\nthreshold =', "does not go with points"),
        ('"our" = 0.75', '"our" = "much"', "between -100 and 100"),
        ('"our" = 0.75', '"our" = 1000', "between -100 and 100"),
        ('"our" = 0.75', '"our big rock" = 1', "one word or two"),
        ('"our" = 0.75', '"Our" = 1', "lower case"),
        ("threshold =", "doubt = true\nthreshold =", "doubt"),
    ],
)
def test_points_that_cannot_be_read_are_refused_with_the_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in OURS
    with pytest.raises(RuleError, match=told) as caught:
        load_rulebook([write(tmp_path, OURS.replace(old, new, 1))])
    assert "team.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weighed_pardon = 3", "must be a table"),
        ("[weighed_pardon]\nthreshold = 2", "points"),
        ("[weighed_pardon]\nlimit = 2", "limit"),
        ("[weighed_pardon.points]\nx = 2", "threshold"),
    ],
)
def test_a_pardon_that_cannot_be_weighed_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told):
        load_rulebook([write(tmp_path, text)])


def test_a_team_can_pardon_by_weight(tmp_path: Path) -> None:
    path = write(tmp_path, '[weighed_pardon]\nthreshold = 1\n[weighed_pardon.points]\n"bingo" = 2\n')
    assert not Checker(load_rulebook([path]), ["Ana"]).check("retro bingo ana forgot the flag", "causes")
    assert Checker(load_rulebook([path]), ["Ana"]).check("ana forgot the flag", "causes")


def test_the_points_of_the_built_in_rules_are_made_of_forms_that_notes_can_have() -> None:
    tables = [rule.points for rule in BOOK.rules if rule.points]
    tables += [points for layer in BOOK.layers for points in layer.weighed_pardons]
    assert len(tables) == 3
    for points in tables:
        assert set(points.thresholds) == set(Section)
        assert all(form and len(form.split()) <= 2 and value for form, value in points.table.items())


@pytest.mark.parametrize(
    ("section", "note"),
    [
        ("causes", "ben did not tell customers"),
        ("causes", "neither of them checked the diff"),
        ("causes", "ana made a poor decision, the outcome was an outage"),
        ("causes", "ben's attitude gets us nowhere, he is careless"),
        ("causes", "ben said that testing was out of scope and broke prod"),
        ("causes", "ben broke the build while clearing the backlog"),
        ("causes", "in hindsight ben did not check the region"),
        ("causes", "human error, they do not want to read the docs"),
        ("causes", "i missed the prompt, read it as staging"),
        ("causes", "ben, who approved this change?"),
        ("actions", "replacing the operator is the only way, he is careless"),
        ("actions", "good idea: hr should have a word with ben"),
        ("actions", "ops can do better"),
        ("well", "great job everyone, prod is down again"),
    ],
)
def test_words_near_an_exception_excuse_nothing(section: str, note: str) -> None:
    assert rules(note, section, "Ana", "Ben")


@pytest.mark.parametrize(
    ("section", "note"),
    [
        ("causes", "search is constantly slow on mondays"),
        ("causes", "monitoring went dark when the switch died"),
        ("causes", "if only monitoring had paged us"),
        ("causes", "billing has never failed over before"),
        ("causes", "never seen storage fail like that"),
        ("causes", "the backup site is a mile away"),
        ("timeline", "14:02 error on the console, nothing in the log"),
        ("timeline", "14:10 one mail from support came in, more followed"),
        ("timeline", "09:10 one call from the vendor fixed it"),
        ("actions", "make the banner impossible to miss"),
        ("actions", "the red border should be impossible to overlook"),
        ("actions", "take the manual step from the operators"),
    ],
)
def test_services_and_facts_near_a_pattern_are_left_alone(section: str, note: str) -> None:
    assert not rules(note, section)
