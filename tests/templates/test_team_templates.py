"""A team's own templates: found, taken over the shipped ones, or refused with the place and the reason."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.templates import SHIPPED_IDS, load_templates, shipped
from retrotui.templates.library import read_file
from retrotui.templates.reading import read_template

GOOD = dedent(
    """\
    title = "Ours"
    description = "Ten quiet minutes"

    [presets]
    short-10 = "Ten minutes"

    [[stage]]
    id = "opening"
    kind = "opening"
    title = "Opening"
    question = "How are we?"
    minutes = { short-10 = 2 }
    prompts = [
      "What is new?",
      "What is good?",
    ]

    [[stage]]
    id = "ideas"
    kind = "cards"
    title = "Ideas"
    question = "What comes to mind?"
    secret = true
    minutes = { short-10 = 8 }

    [[stage.column]]
    id = "new"
    title = "New"
    hint = "Say it in a word"
    key = "n"

    [[stage.column]]
    id = "old"
    title = "Old"
    """
)


def refused(text: str) -> list[str]:
    template, problems = read_template("ours.toml", text, default_id="ours")
    assert template is None
    return list(problems)


def test_a_template_is_read_with_sensible_defaults() -> None:
    template, problems = read_template("ours.toml", GOOD, default_id="ours")
    assert problems == () and template is not None
    assert (template.id, template.mode, template.default_preset) == ("ours", "team", "short-10")
    opening, ideas = template.stages
    assert opening.prompts == ("What is new?", "What is good?")
    assert (opening.section, opening.policy, opening.secret) == ("well", None, False)
    assert ideas.secret and [column.hint for column in ideas.columns] == ["Say it in a word", ""]
    assert template.stage("ideas") is ideas and template.stage("nothing") is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title = "Ours"', 'titel = "Ours"', 'ours.toml:1: titel: a template has no such key here; did'),
        ('kind = "cards"', 'kind = "karten"', 'ours.toml:20: stage[2].kind: "karten" is not one of opening'),
        ('title = "Ideas"', "", "ours.toml:18: stage[2].title: this is missing"),
        ('title = "Ideas"', 'title = " "', "ours.toml:21: stage[2].title: this is empty"),
        ('title = "Ideas"', "title = 7", 'ours.toml:21: stage[2].title: "7" is not a text in quotation'),
        ('title = "Ideas"', 'title = "Opening"', 'stage[2].title: "opening" is used already by number 1'),
        ('id = "ideas"', 'id = "opening"', 'ours.toml:19: stage[2].id: "opening" is used already by'),
        ('id = "ideas"', 'id = "My Ideas"', 'ours.toml:19: stage[2].id: "My Ideas" is no id'),
        ("{ short-10 = 8 }", "{ long-60 = 8 }", "ours.toml:24: stage[2].minutes.long-60: there is no such"),
        ("{ short-10 = 8 }", "{ long-60 = 8 }", "stage[2].minutes: the minutes for the preset 'short-10'"),
        ("{ short-10 = 8 }", "{ short-10 = 8.5 }", '"8.5" is not a whole number of minutes'),
        ("{ short-10 = 8 }", "{ short-10 = true }", '"True" is not a whole number of minutes'),
        ("{ short-10 = 8 }", "8", "ours.toml:24: stage[2].minutes: say the minutes for each preset"),
        ("secret = true", 'secret = "yes"', 'ours.toml:23: stage[2].secret: "yes" is neither true nor false'),
        ('title = "Old"', 'title = "New"', 'stage[2].column[2].title: "new" is used already by number 1'),
        ('title = "Old"', 'title = "Old"\nkey = "n"', 'stage[2].column[2].key: "n" is used already by'),
        ('title = "Old"', 'title = "Old"\nkey = "7"', 'stage[2].column[2].key: "7" is not one small letter'),
        ('title = "Old"', 'titel = "Old"', "stage[2].column[2].titel: a template has no such key here"),
        ('id = "old"', 'id = "new"', 'stage[2].column[2].id: "new" is used already by number 1'),
        ('kind = "cards"', 'kind = "timeline"', "only a stage of cards has columns"),
        ('"What is good?"', "3", 'ours.toml:15: stage[1].prompts[2]: "3" is not a prompt'),
        ('"What is good?"', '"What is new?"', "ours.toml:15: stage[1].prompts[2]: "),
        ('short-10 = "Ten minutes"', "", "ours.toml:4: presets: name at least one preset"),
        ("[presets]", "[presets", "ours.toml:4: this is not TOML"),
        ('title = "Ours"', 'title = "Ours"\nmode = "crowd"', 'ours.toml:2: mode: "crowd" is not one of team'),
        ('title = "Ours"', 'title = "Ours"\ndefault_preset = "x"', "ours.toml:2: default_preset: "),
        ('title = "Ours"', 'title = "Ours"\nid = "Ours!"', 'ours.toml:2: id: "Ours!" is no id'),
        ("secret = true", 'policy = "harsh"', 'stage[2].policy: "harsh" is not one of strict, coach, off'),
        ("secret = true", 'section = "blame"', 'stage[2].section: "blame" is not one of timeline'),
    ],
)  # fmt: skip
def test_a_bad_template_is_refused_with_line_key_and_reason(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    problems = refused(GOOD.replace(old, new, 1))
    assert any(problem in line for line in problems), problems


def test_a_template_without_stages_is_refused() -> None:
    assert any("at least one [[stage]]" in line for line in refused('title = "x"\n[presets]\na-1 = "a"\n'))
    assert any("[[stage]]" in line for line in refused('title = "x"\nstage = 3\n[presets]\na-1 = "a"\n'))


def test_a_prompt_that_blames_is_refused_and_named(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(GOOD.replace("What is good?", "Who broke it?"), encoding="utf-8")
    template, problems = read_file(file)
    assert template is None
    [problem] = problems
    assert problem.startswith(f'{file}:15: stage[1].prompts[2]: "Who broke it?" blames')


@pytest.mark.parametrize("prompt", ["Who broke it?", "Why did you not check?", "Why didn't you ask?"])
def test_questions_for_a_culprit_are_refused(tmp_path: Path, prompt: str) -> None:
    (tmp_path / "ours.toml").write_text(GOOD.replace("What is new?", prompt), encoding="utf-8")
    found = load_templates([tmp_path])
    assert len(found.problems) == 1 and prompt in found.problems[0]
    assert "ours" not in found.templates


def test_a_teams_template_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "incident.toml").write_text(GOOD, encoding="utf-8")
    found = load_templates([tmp_path])
    assert found.problems == ()
    assert found.templates["incident"].title == "Ours"
    assert found.templates["incident"].origin == str(tmp_path / "incident.toml")
    assert found.templates["sprint"] is shipped("sprint")
    assert set(found.templates) == set(SHIPPED_IDS) and len(found.templates) == len(SHIPPED_IDS)


def test_a_later_folder_wins_over_an_earlier_one(tmp_path: Path) -> None:
    for name in ("settings", "retros"):
        (tmp_path / name).mkdir()
        text = GOOD.replace("Ours", f"From {name}")
        (tmp_path / name / "ours.toml").write_text(text, encoding="utf-8")
    found = load_templates([tmp_path / "settings", tmp_path / "retros", tmp_path / "missing"])
    assert found.templates["ours"].title == "From retros" and found.problems == ()


def test_a_bad_template_leaves_the_one_it_would_replace(tmp_path: Path) -> None:
    (tmp_path / "incident.toml").write_text("title =", encoding="utf-8")
    found = load_templates([tmp_path])
    assert found.templates["incident"] is shipped("incident")
    assert len(found.problems) == 1 and "incident.toml:1" in found.problems[0]


def test_two_files_of_one_folder_cannot_share_an_id(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f'id = "ours"\n{GOOD}', encoding="utf-8")
    (tmp_path / "b.toml").write_text(f'id = "ours"\n{GOOD}', encoding="utf-8")
    [problem] = load_templates([tmp_path]).problems
    assert "b.toml:1: id:" in problem and "a.toml" in problem


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"title = '\xff'")
    (tmp_path / "b.toml").write_bytes(b"#" * 1_000_001)
    (tmp_path / "c.toml").mkdir()
    (tmp_path / "d.txt").write_text("no template")
    problems = load_templates([tmp_path]).problems
    assert [line.split(": ", 1)[1] for line in problems] == [
        "this is not UTF-8; save the file as UTF-8",
        "this file is too large to be a template",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of files work in another way there")
def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    assert read_file(tmp_path / "gone.toml")[1] == (f"{tmp_path / 'gone.toml'}: there is no such file",)
    assert "this is a folder" in read_file(tmp_path)[1][0]


def test_what_is_missing_is_named_with_the_line_of_its_table(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(f'{GOOD}\n[[stage]]\nid = "two"\nkind = "cards"\n', encoding="utf-8")
    line = GOOD.count("\n") + 2
    _, problems = read_file(path)
    assert problems and all(problem.startswith(f"{path}:{line}: stage[3].") for problem in problems)
    assert f"{path}:{line}: stage[3].title: this is missing" in problems


def test_control_characters_do_not_reach_the_screen() -> None:
    template, _ = read_template("ours.toml", GOOD.replace('"Ours"', '"Ou\\u001b[31mrs"'), default_id="ours")
    assert template is not None and "\x1b" not in template.title


def test_odd_keys_are_named_without_their_control_characters() -> None:
    found = refused(GOOD.replace("[presets]", '[presets]\n"\\u001b[31m\\n" = "odd"'))
    assert any("is no id" in line for line in found)
    found += refused(f'"\\u001b]0;x\\u0007\\n" = 1\n{GOOD}')
    assert all(line.isprintable() for line in found)


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    assert refused("a = " + "[" * 5_000 + "]" * 5_000)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD)), st.text(max_size=4), st.integers(0, 12))
def test_any_damage_gives_a_template_or_problems_with_lines(at: int, put: str, cut: int) -> None:
    text = GOOD[:at] + put + GOOD[at + cut :]
    template, problems = read_template("ours.toml", text, default_id="ours")
    assert (template is None) is bool(problems)
    for line in problems:
        assert line.startswith("ours.toml:") and int(line.split(":")[1]) >= 1
        assert "\n" not in line and "\x1b" not in line
