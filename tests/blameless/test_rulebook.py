"""Rule files: the built-in ones keep their own promises, a team's are read or refused with the place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrotui.blameless import (
    BlameClass,
    Checker,
    Level,
    Policy,
    RuleError,
    Section,
    explain,
    load_rulebook,
    test_rules,
)
from retrotui.blameless.bake import baked
from retrotui.blameless.grammar import sentences
from retrotui.blameless.matcher import match_at
from retrotui.blameless.patterns import Pattern, PatternError
from retrotui.blameless.roster import Roster
from retrotui.blameless.rulebook import load_sources
from retrotui.blameless.tokens import tokenize

BOOK = load_rulebook()


def write(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_example_of_the_built_in_rules_comes_out() -> None:
    report = test_rules()
    assert [f"{f.rule}: {f.text}: {f.problem}" for f in report.failures] == []
    assert report.ok and report.examples > 250


def test_the_baked_rules_are_those_of_the_toml_files() -> None:
    for path, text in baked().items():
        assert path.read_text(encoding="utf-8") == text, "run: python -m retrotui.blameless.bake"


def test_every_pattern_can_be_read() -> None:
    slots = BOOK.lexicon.slots
    for rule in BOOK.rules:
        for pattern in (*rule.patterns, *rule.unless):
            pattern.check(slots)
    for pattern in BOOK.pardons:
        pattern.check(slots)


@pytest.mark.parametrize("source", ["ana|", "{forgot|}", "ana ||ben", "!|x"])
def test_an_empty_alternative_is_refused_by_name(source: str) -> None:
    with pytest.raises(PatternError, match=r"an alternative is empty; write them as a\|b\|c"):
        Pattern(source).check(())


def test_a_question_mark_behind_a_bar_is_the_mark_itself() -> None:
    steps = Pattern("exactly|?").compiled.steps
    assert len(steps) == 1
    assert {"exactly", "?"} <= steps[0][1]


NOUNS_FIRST = frozenset(
    [
        "bill",
        "display",
        "lift",
        "max",
        "plung",
        "reverse",
        "sail",
        "shaft",
        "spare",
        "spark",
        "spring",
        "stamp",
        "steam",
        "stem",
        "storm",
        "stuff",
        "tap",
        "value",
        "wing",
        "zone",
    ]
)
"""Verbs of the patterns that are nouns much more often; only their forms written out are found."""


def test_every_verb_of_the_patterns_is_known_to_the_lexicon() -> None:
    lexicon = BOOK.lexicon
    sources = [p.source for r in BOOK.rules for p in (*r.patterns, *r.unless)]
    verbs = {v for source in sources for v in re.findall(r"(?<![\w'-])([a-z][a-z'-]*)~", source)}
    verbs |= {m[:-1] for members in lexicon.slots.values() for m in members if m.endswith("~")}
    assert {v for v in verbs if f"{v}~" not in lexicon.keys(v)} <= NOUNS_FIRST


def test_every_class_has_a_rule_with_examples_both_ways() -> None:
    for blame_class in BlameClass:
        rules = [r for r in BOOK.rules if r.blame_class is blame_class]
        assert any(r.hits for r in rules), blame_class
        assert any(r.misses for r in rules), blame_class


def test_the_texts_of_the_rules_are_short_and_blame_nobody() -> None:
    checker = Checker()
    for rule in BOOK.rules:
        assert len(rule.why) <= 120 and rule.why.endswith(".")
        for text in (rule.why, *rule.questions):
            assert checker.check(text, "timeline", "strict") == (), text
        for question in rule.questions:
            assert len(question) <= 72 and question.endswith("?")
        for section, templates in rule.rewrites.items():
            for template in templates:
                plain = re.sub(r"\{[?!][^{}]+\}", "", template).replace("{", "the ").replace("}", "")
                assert checker.check(plain, section, "strict") == (), template


def test_the_end_of_the_clause_can_stand_among_words() -> None:
    for text, found in (("ana was late", True), ("ana was late again", True), ("ana was late mail", False)):
        pattern = Pattern("ana was late again|$")
        (sentence,) = sentences(tokenize(text), BOOK.lexicon, Roster(("Ana",)))
        assert bool(match_at(pattern, sentence, 0)) is found, text


def test_self_blame_cannot_be_made_strict(tmp_path: Path) -> None:
    book = load_rulebook([write(tmp_path, '[relax]\n"self-blame" = "strict"\n')])
    levels = {
        level for r in book.rules if r.blame_class is BlameClass.SELF_BLAME for level in r.levels.values()
    }
    assert levels == {Level.COACH}


def test_a_team_can_silence_relax_and_add(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        silence = ["sarcasm", "omission.forgot"]
        [relax]
        "counterfactual.should-have" = "coach"
        [slots]
        person_noun = "wizard wizards"
        spell = "hex~ jinx~"
        [[rule]]
        id = "team.hexed"
        class = "attribution"
        why = "It names a wizard."
        questions = ["What made the spell go astray?"]
        match = ["<blamed> {<spell>&+past}"]
        hits = ["the wizard hexed the cluster"]
        misses = ["the cluster jinxed itself"]
        """,
    )
    book = load_rulebook([path])
    checker = Checker(book, roster=["Ana"])
    assert checker.check("this is ridiculous", "causes") == ()
    assert checker.check("ana forgot the flag", "causes") == ()
    assert checker.check("ana should have asked", "causes")[0].level is Level.COACH
    (finding,) = checker.check("14:03 the wizard jinxed it", "causes")
    assert (finding.rule, finding.level) == ("team.hexed", Level.STRICT)
    report = test_rules([path])
    assert report.ok and report.examples == 2 and report.harmless > 100


def test_a_relaxed_rule_can_be_off_in_one_section_only(tmp_path: Path) -> None:
    path = write(tmp_path, '[relax]\n"omission.forgot" = { timeline = "off", causes = "strict" }\n')
    checker = Checker(load_rulebook([path]), roster=["Ana"])
    assert checker.check("ana forgot the flag", "timeline", Policy.STRICT) == ()
    assert checker.check("ana forgot the flag", "causes")[0].level is Level.STRICT
    assert checker.check("ana forgot the flag", "actions")[0].level is Level.COACH


def test_a_folder_of_rule_files_is_read_by_name(tmp_path: Path) -> None:
    write(tmp_path, 'silence = ["sarcasm"]\n')
    assert Checker(load_rulebook([tmp_path])).check("this is ridiculous", "causes") == ()


def test_the_report_names_failures_and_what_would_newly_be_flagged(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        [[rule]]
        id = "team.the"
        class = "sarcasm"
        why = "Too broad."
        questions = ["What is meant?"]
        match = ["the"]
        hits = ["nothing here"]
        misses = ["the cat"]
        """,
    )
    report = test_rules([path])
    assert not report.ok
    assert [f.text for f in report.failures] == ["nothing here", "the cat"]
    assert report.newly_flagged and report.newly_flagged[0].rule == "team.the"


RULE = '[[rule]]\nid = "team.x"\nclass = "sarcasm"\nwhy = "Why."\nquestions = ["What?"]\nmatch = ["x"]\n'


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("silence = [\n", 2, "", "not valid TOML"),
        ("\nsilense = []\n", 2, "silense", "allowed are"),
        ('silence = ["nope"]\n', 1, "silence", "neither a rule nor a class"),
        ('[relax]\nsarcasm = "mild"\n', 2, "relax.sarcasm", "strict, coach, off"),
        (RULE.replace("sarcasm", "rude"), 3, "rule[1].class", "allowed are"),
        (RULE + RULE.replace('["x"]', '["<nobody-knows>"]'), 12, "rule[2].match", "no slot <nobody-knows>"),
        (RULE.replace('["x"]', '["..12 x"]'), 6, "rule[1].match", "..1 to ..9"),
        (RULE.replace('["x"]', '["{ x"]'), 6, "rule[1].match", "pairs"),
        (RULE.replace('["x"]', '["+perfect"]'), 6, "rule[1].match", "verb form"),
        (RULE.replace('["x"]', "[]"), 6, "rule[1].match", "at least one"),
        (RULE.replace('["x"]', "3"), 6, "rule[1].match", "list of strings"),
        (RULE.replace("team.x", "Team X"), 2, "rule[1].id", "lower case"),
        (RULE + 'levle = "strict"\n', 7, "rule[1].levle", "allowed are"),
        (RULE + 'level = { cause = "strict" }\n', 7, "rule[1].level", "no section"),
        (RULE + "negatable = 1\n", 7, "rule[1].negatable", "true or false"),
        (RULE.replace('why = "Why."\n', ""), 1, "rule[1].why", "must be there"),
        ("slots = 3\n", 1, "slots", "table"),
        ('[slots]\nwe = "us"\n', 2, "slots.we", "worked out"),
        ("rule = 3\n", 1, "rule", "[[rule]]"),
        ('[relax]\n[slots]\nrelax = "x"\n[[rule]]\nid = 4\n', 5, "rule[1].id", "must be a string"),
    ],
)
def test_a_bad_file_is_refused_with_line_key_and_what_is_allowed(
    tmp_path: Path, text: str, line: int, key: str, says: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        load_rulebook([path])
    error = caught.value
    assert (error.file, error.line, error.key) == (path, line, key), str(error)
    assert says in str(error) and str(error).startswith(f"{path}:{line}: ")


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"gone\.toml: cannot be read"):
        load_rulebook([tmp_path / "gone.toml"])
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match="UTF-8"):
        load_rulebook([binary])


def test_a_rule_can_be_explained_and_an_unknown_one_names_near_ones() -> None:
    told = explain("omission.forgot")
    assert (
        told.blame_class is BlameClass.OMISSION and told.hits and told.levels[Section.CAUSES] is Level.STRICT
    )
    with pytest.raises(KeyError, match=r"omission\.forgot"):
        explain("omission.forgott")


def test_the_baked_index_finds_what_the_rule_files_find() -> None:
    baked, read = Checker(load_rulebook(), ["Ana"]), Checker(load_sources(), ["Ana"])
    for rule in BOOK.rules:
        for text in (*rule.hits, *rule.misses):
            note = text.partition(": ")[2] or text
            for section in Section:
                assert baked.rules_hit(note, section) == read.rules_hit(note, section), note


def test_a_built_in_rule_is_replaced_by_one_with_the_same_id(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        pardon = ["retro bingo"]
        [[rule]]
        id = "omission.forgot"
        class = "omission"
        why = "Ours."
        questions = ["What helps us remember?"]
        match = ["<blamed> {forget~} the milk"]
        unless = ["on purpose"]
        """,
    )
    checker = Checker(load_rulebook([path]), roster=["Ana"])
    assert "omission.forgot" not in checker.rules_hit("ana forgot the flag", Section.CAUSES)
    (finding,) = checker.check("ana forgot the milk", "causes")
    assert (finding.rule, finding.why, finding.question) == (
        "omission.forgot",
        "Ours.",
        "What helps us remember?",
    )
    for note in ("ana forgot the milk on purpose", "retro bingo: ana forgot the milk"):
        assert not checker.rules_hit(note, Section.CAUSES) & {"omission.forgot"}, note
    assert checker.check("ana should have checked the region", "causes")


def test_words_that_a_team_adds_count_in_built_in_lists_too(tmp_path: Path) -> None:
    path = write(tmp_path, '[slots]\nteam_noun = "guild"\nharm = "defenestrate~"\n')
    checker = Checker(load_rulebook([path]))
    for note in ("the guild forgot the flag", "the guild defenestrated the cluster"):
        assert checker.check(note, "causes"), note
        assert not Checker().check(note, "causes"), note
