"""A pace of a team's own: from enough retros of the same template, in words, or not at all."""

from retrotui.facilitation import own_pace, plan
from retrotui.retro import Agenda
from retrotui.templates import shipped

TEMPLATE = shipped("incident")


def held(**factor: float) -> Agenda:
    """An agenda whose stages took so much of their time."""
    agenda = plan(TEMPLATE)
    stages = tuple(
        stage.model_copy(update={"elapsed_s": round(stage.planned_s * factor.get(stage.id, 1.0))})
        for stage in agenda.stages
    )
    return agenda.model_copy(update={"stages": stages})


def test_one_retro_is_no_pace() -> None:
    assert own_pace([("incident", held(timeline=1.5))], TEMPLATE) is None


def test_retros_that_kept_to_the_plan_suggest_nothing() -> None:
    assert own_pace([("incident", held())] * 3, TEMPLATE) is None


def test_another_template_and_retros_that_were_not_held_do_not_count() -> None:
    past = [("sprint", held(timeline=1.5)), ("incident", plan(TEMPLATE)), ("incident", held(timeline=1.5))]
    assert own_pace(past, TEMPLATE) is None


def test_it_says_what_would_be_different_and_adds_up() -> None:
    pace = own_pace([("incident", held(timeline=1.5, causes=0.6))] * 4, TEMPLATE)
    assert pace is not None and pace.retros == 4
    assert str(pace).startswith("At the pace of your last 4 retros: ")
    assert f"Timeline {pace.minutes['timeline']} instead of 20" in str(pace)
    assert sum(pace.minutes.values()) == TEMPLATE.total_minutes(TEMPLATE.default_preset)


def test_the_newest_six_make_up_the_pace() -> None:
    past = [("incident", held(timeline=1.5))] * 6 + [("incident", held(timeline=0.5))] * 20
    pace = own_pace(past, TEMPLATE)
    assert pace is not None and pace.retros == 6 and pace.minutes["timeline"] > 20


def test_a_preset_that_the_template_does_not_have_has_no_pace() -> None:
    assert own_pace([("incident", held(timeline=1.5))] * 3, TEMPLATE, "unknown") is None
