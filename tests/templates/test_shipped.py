"""The templates that come with the program."""

import re
from importlib import resources

import pytest

from retrotui.templates import SHIPPED_IDS, Template, shipped, source
from retrotui.templates.wording import blameful, texts_of

MINUTES = {
    "opening": {"balanced-60": 4, "quick-30": 2, "learning-60": 3, "deep-90": 5},
    "timeline": {"balanced-60": 20, "quick-30": 9, "learning-60": 36, "deep-90": 35},
    "went_well": {"balanced-60": 7, "quick-30": 4, "learning-60": 5, "deep-90": 8},
    "causes": {"balanced-60": 15, "quick-30": 7, "learning-60": 8, "deep-90": 22},
    "how_can_we": {"balanced-60": 11, "quick-30": 6, "learning-60": 5, "deep-90": 14},
    "close": {"balanced-60": 3, "quick-30": 2, "learning-60": 3, "deep-90": 6},
}

every_template = pytest.mark.parametrize("template", [shipped(name) for name in SHIPPED_IDS], ids=SHIPPED_IDS)


def test_every_template_file_is_offered() -> None:
    files = {item.name for item in resources.files("retrotui.templates").iterdir()}
    assert {f"{name}.toml" for name in SHIPPED_IDS} == {name for name in files if name.endswith(".toml")}


def test_the_incident_template_has_the_minutes_of_the_design() -> None:
    assert {stage.id: dict(stage.minutes) for stage in shipped("incident").stages} == MINUTES


def test_the_solo_template_takes_twenty_minutes() -> None:
    solo = shipped("solo")
    assert solo.mode == "solo"
    assert [(stage.id, stage.minutes["solo-20"]) for stage in solo.stages] == [
        ("arrive", 1),
        ("timeline", 7),
        ("helped", 3),
        ("conditions", 5),
        ("how_can_i", 3),
        ("close", 1),
    ]


@every_template
def test_a_preset_takes_the_minutes_of_its_name(template: Template) -> None:
    for preset in template.presets:
        assert template.total_minutes(preset) == int(preset.rsplit("-", 1)[1])
    assert template.default_preset in template.presets


@every_template
def test_a_stage_has_several_prompts_and_a_word_for_the_facilitator(template: Template) -> None:
    for stage in template.stages:
        assert 5 <= len(stage.prompts) <= 8
        assert all(prompt.endswith("?") and len(prompt) <= 90 for prompt in stage.prompts)
        assert stage.question.endswith("?") and stage.help and stage.collects


@every_template
def test_no_text_blames_anybody(template: Template) -> None:
    assert blameful(template, f"{template.id}.toml", source(template.id)) == ()


@every_template
def test_no_prompt_asks_for_a_person_or_for_reasons_of_a_person(template: Template) -> None:
    for stage in template.stages:
        for words in (stage.question, *stage.prompts):
            assert not re.search(
                r"\bwho\b|\bwhose\b|\bwhy (did|didn't|do|are|were)\b", words, re.IGNORECASE
            ), words


@every_template
def test_every_text_says_where_it_stands(template: Template) -> None:
    found = list(texts_of(template))
    assert len({path for path, _, _ in found}) <= len(found)
    assert sum(1 for path, _, _ in found if "prompts" in path) == sum(len(s.prompts) for s in template.stages)


def test_columns_are_written_in_private_first() -> None:
    for name in ("start-stop-continue", "mad-sad-glad", "four-ls", "sailboat", "kudos", "pre-mortem"):
        [cards] = [stage for stage in shipped(name).stages if stage.kind == "cards"]
        assert cards.secret and 3 <= len(cards.columns) <= 4
        assert all(column.hint for column in cards.columns)
        assert cards.column(cards.columns[0].id) is cards.columns[0]


def test_prompts_go_round_and_round() -> None:
    stage = shipped("incident").stages[0]
    assert stage.prompt(0) == stage.prompts[0]
    assert stage.prompt(len(stage.prompts)) == stage.prompts[0]
    assert stage.prompt(-1) == stage.prompts[-1]


def test_what_is_not_shipped_is_not_found() -> None:
    for name in ("../incident", ""):
        with pytest.raises(KeyError):
            shipped(name)
        with pytest.raises(KeyError):
            source(name)
