"""New retros, their agendas, a team's pace, and sharing out time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.blameless import Section
from retrotui.facilitation import new_retro, plan, section_of, suggest
from retrotui.facilitation.forecast import share
from retrotui.retro import Agenda, Mode, StageKind, problems
from retrotui.templates import SHIPPED_IDS, shipped
from tests.facilitation.helpers import START

INCIDENT = shipped("incident")


def test_an_agenda_has_the_stages_and_minutes_of_its_preset() -> None:
    agenda = plan(INCIDENT, "deep-90")
    assert [(stage.id, stage.planned_s // 60) for stage in agenda.stages] == [
        ("opening", 5),
        ("timeline", 35),
        ("went_well", 8),
        ("causes", 22),
        ("how_can_we", 14),
        ("close", 6),
    ]
    assert (agenda.preset, agenda.current) == ("deep-90", "")
    assert plan(INCIDENT).preset == "balanced-60"


def test_minutes_of_ones_own_replace_those_of_the_preset() -> None:
    agenda = plan(INCIDENT, "quick-30", {"timeline": 12})
    assert [stage.planned_s // 60 for stage in agenda.stages] == [2, 12, 4, 7, 6, 2]


def test_an_unknown_preset_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="quick-30, balanced-60"):
        plan(INCIDENT, "endless")


@pytest.mark.parametrize("template_id", SHIPPED_IDS)
def test_every_shipped_template_makes_a_valid_retro(template_id: str) -> None:
    template = shipped(template_id)
    for preset in template.presets:
        retro = new_retro("Something", template, held=START, preset=preset)
        assert problems(retro) == ()
        assert retro.info.mode.value == template.mode


def test_a_new_retro_is_tidy() -> None:
    retro = new_retro(
        "  Checkout \n answered   5xx ",
        INCIDENT,
        held=datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
        people=("Ana", " Will ", "", "Ana", "Priya  K"),
        timezone="Europe/Helsinki",
    )
    assert retro.info.title == "Checkout answered 5xx"
    assert retro.info.id == "2026-11-21-checkout-answered-5xx"
    assert retro.info.people == ("Ana", "Will", "Priya K")
    assert retro.info.template == "incident"


def test_a_retro_without_a_title_is_called_after_its_day() -> None:
    assert new_retro("  ", INCIDENT, held=START).info.title == "Retro of 21 November 2026"
    assert new_retro("", shipped("solo"), held=START).info.title == "Reflection of 21 November 2026"


def test_an_id_that_is_taken_is_not_taken_again() -> None:
    taken = {"2026-11-21-outage", "2026-11-21-outage-2"}
    assert new_retro("Outage", INCIDENT, held=START, taken_ids=taken).info.id == "2026-11-21-outage-3"


def test_a_time_zone_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="Mars/Olympus"):
        new_retro("x", INCIDENT, held=START, timezone="Mars/Olympus")


def test_a_mode_can_differ_from_the_template() -> None:
    assert new_retro("x", INCIDENT, held=START, mode=Mode.SOLO).info.mode is Mode.SOLO


def test_each_stage_has_its_wording_section() -> None:
    found = {stage.id: section_of(stage.kind, stage) for stage in INCIDENT.stages}
    assert found["timeline"] is Section.TIMELINE
    assert found["went_well"] is Section.WELL
    assert found["causes"] is Section.CAUSES
    assert found["how_can_we"] is Section.ACTIONS
    assert section_of(StageKind.FACTORS) is Section.CAUSES


# Pace


def held(**minutes: float) -> Agenda:
    stages = plan(INCIDENT).stages
    return Agenda(
        stage=tuple(
            stage.model_copy(update={"elapsed_s": int(minutes.get(stage.id, stage.planned_s / 60) * 60)})
            for stage in stages
        )
    )


def test_a_team_that_lingers_in_the_timeline_is_given_more_of_it() -> None:
    minutes = suggest([held(timeline=30), held(timeline=28), held(timeline=90)], INCIDENT)
    assert minutes["timeline"] > 20
    assert all(minutes[name] <= planned for name, planned in {"went_well": 7, "causes": 15}.items())
    assert sum(minutes.values()) == 60


def test_one_meeting_is_no_pace() -> None:
    assert list(suggest([held(timeline=40)], INCIDENT).values()) == [4, 20, 7, 15, 11, 3]


def test_stages_that_were_skipped_or_passed_through_do_not_count() -> None:
    agenda = held(causes=0.1)
    skipped = Agenda(stage=tuple(stage.model_copy(update={"skipped": True}) for stage in held().stages))
    assert suggest([agenda, agenda, skipped, skipped], INCIDENT)["causes"] == 15


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 20_000), min_size=6, max_size=6), max_size=5),
    st.sampled_from(tuple(INCIDENT.presets)),
)
def test_a_suggestion_always_fills_the_preset_exactly(past: list[list[int]], preset: str) -> None:
    agendas = [
        Agenda(
            stage=tuple(
                stage.model_copy(update={"elapsed_s": seconds})
                for stage, seconds in zip(plan(INCIDENT, preset).stages, elapsed, strict=True)
            )
        )
        for elapsed in past
    ]
    minutes = suggest(agendas, INCIDENT, preset)
    assert sum(minutes.values()) == INCIDENT.total_minutes(preset)
    assert min(minutes.values()) >= 1


# Sharing out


def test_shares_are_in_proportion_and_none_is_lost_to_rounding() -> None:
    assert share(100, {"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 34, "b": 33, "c": 33}
    assert share(10, {"a": 0.0, "b": 0.0}) == {"a": 5, "b": 5}
    assert share(10, {"a": 4.0, "b": 2.0}, capped=True) == {"a": 4, "b": 2}
    assert share(0, {"a": 4.0}) == {"a": 0}
    assert share(7, {}) == {}


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 100_000),
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 10_000), min_size=1),
    st.booleans(),
)
def test_shares_add_up(total: int, weights: dict[str, float], capped: bool) -> None:
    shares = share(total, weights, capped=capped)
    assert all(part >= 0 for part in shares.values())
    if capped:
        assert sum(shares.values()) == min(total, int(sum(weights.values())))
        assert all(shares[key] <= weights[key] + 1 for key in weights)
    else:
        assert sum(shares.values()) == total
