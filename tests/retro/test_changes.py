"""What single changes do, and what they refuse."""

from datetime import UTC, datetime, timedelta

import pytest

from retrotui.retro import (
    Action,
    Agenda,
    Answer,
    Ballot,
    Card,
    ChangeRefused,
    Event,
    Factor,
    Parked,
    Question,
    Retro,
    problems,
)
from retrotui.retro import changes as ch
from retrotui.retro.factors import ancestors, subtree_ids, tree
from retrotui.retro.votes import suggested_dots
from tests.retro.random_changes import empty_retro

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def after(*changes: ch.Change, start: Retro | None = None) -> Retro:
    retro = start or empty_retro()
    for change in changes:
        retro = change.apply(retro)
        assert problems(retro) == ()
    return retro


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def factors(*parents: str) -> tuple[ch.Change, ...]:
    return tuple(
        ch.Add(Factor(id=f"f{n}", text=f"factor {n}", parent=parent)) for n, parent in enumerate(parents, 1)
    )


def outline(retro: Retro) -> list[str]:
    return [". " * depth + factor.id for depth, factor in tree(retro.factors)]


def test_an_event_finds_its_place_by_its_time() -> None:
    retro = after(ch.Add(Event(id="e1", at=at(10))), ch.Add(Event(id="e2", at=at(5))), ch.Add(Event(id="e3")))
    assert [event.id for event in retro.events] == ["e2", "e1", "e3"]


def test_an_edited_time_moves_the_event() -> None:
    retro = after(ch.Add(Event(id="e1", at=at(1))), ch.Add(Event(id="e2", at=at(2))), ch.edit("e1", at=at(9)))
    assert [event.id for event in retro.events] == ["e2", "e1"]


def test_an_event_with_a_time_is_not_put_where_it_breaks_the_order() -> None:
    retro = after(ch.Add(Event(id="e1", at=at(10))))
    with pytest.raises(ChangeRefused, match="order of time"):
        ch.Add(Event(id="e2", at=at(20)), before="e1").apply(retro)
    with pytest.raises(ChangeRefused, match="order of time"):
        ch.Move("e2", -1).apply(after(ch.Add(Event(id="e2", at=at(20))), start=retro))


def test_an_id_is_never_used_again_even_after_its_entry_is_gone() -> None:
    retro = after(ch.Add(Event(id="e1")), ch.Delete("e1"))
    assert retro.next_id("e") == "e2"
    with pytest.raises(ChangeRefused, match="used before"):
        ch.Add(Event(id="e1")).apply(retro)


def test_an_id_from_a_file_mended_by_hand_is_not_used_again_either() -> None:
    by_hand = empty_retro().model_copy(update={"events": (Event(id="e99"),)})
    assert ch.Delete("e99").apply(by_hand).next_id("e") == "e100"


def test_deleting_an_event_takes_its_links_away() -> None:
    retro = after(ch.Add(Event(id="e1")), ch.Add(Factor(id="f1", events=("e1",))), ch.Delete("e1"))
    assert retro.factors[0].events == ()


def test_deleting_a_factor_moves_what_was_below_it_up() -> None:
    retro = after(*factors("", "f1", "f2"), ch.Delete("f2"))
    assert outline(retro) == ["f1", ". f3"]


def test_deleting_a_question_takes_its_answers_along_but_not_their_actions() -> None:
    retro = after(
        ch.Add(Question(id="q1", text="How can we?")),
        ch.Add(Answer(id="n1", question="q1", text="a canary")),
        ch.PromoteToAction("n1", Action(id="a1", text="Add a canary")),
        ch.Delete("q1"),
    )
    assert retro.answers == ()
    assert [(action.id, action.questions) for action in retro.actions] == [("a1", ())]


def test_a_promoted_answer_is_tied_to_its_question_and_factors() -> None:
    retro = after(
        *factors(""),
        ch.PromoteToQuestion("f1", Question(id="q1", text="How can we notice?")),
        ch.Add(Answer(id="n1", question="q1", text="alert")),
        ch.PromoteToAction("n1", Action(id="a1", text="Alert at 2%")),
    )
    assert retro.questions[0].factors == ("f1",)
    assert (retro.actions[0].questions, retro.actions[0].factors) == (("q1",), ("f1",))
    assert retro.answers[0].action == "a1"
    with pytest.raises(ChangeRefused, match="already"):
        ch.PromoteToAction("n1", Action(id="a2", text="Again")).apply(retro)


def test_merging_joins_words_votes_and_links() -> None:
    retro = after(
        ch.Add(Event(id="e1")),
        ch.Add(Event(id="e2")),
        ch.Add(Factor(id="f1", text="slow alert", events=("e1",), votes=2)),
        ch.Add(
            Factor(id="f2", text="alert averages", events=("e1", "e2"), votes=3, category="observability")
        ),
        ch.Add(Question(id="q1", factors=("f2",))),
        ch.Merge("f2", "f1"),
    )
    [factor] = retro.factors
    assert (factor.text, factor.votes, factor.events) == ("slow alert; alert averages", 5, ("e1", "e2"))
    assert factor.category == "observability"
    assert retro.questions[0].factors == ("f1",)


def test_merging_the_head_of_a_group_into_a_grouped_card_keeps_groups_flat() -> None:
    cards = [Card(id=f"w{n}", text=f"card {n}") for n in range(1, 5)]
    retro = after(
        *(ch.Add(card) for card in cards), ch.Group("w2", "w1"), ch.Group("w4", "w3"), ch.Merge("w1", "w4")
    )
    assert {card.id: card.group for card in retro.went_well} == {"w2": "w3", "w3": "", "w4": "w3"}


def test_a_card_that_heads_a_group_cannot_be_edited_under_another() -> None:
    retro = after(*(ch.Add(Card(id=f"w{n}")) for n in (1, 2, 3)), ch.Group("w2", "w1"))
    with pytest.raises(ChangeRefused, match="stand under"):
        ch.edit("w1", group="w3").apply(retro)
    assert {card.group for card in after(ch.Group("w1", "w3"), start=retro).went_well} == {"w3", ""}


def test_the_tree_is_indented_outdented_and_never_closed_to_a_circle() -> None:
    retro = after(*factors("", "", ""), ch.Indent("f2"), ch.Indent("f3"))
    assert outline(retro) == ["f1", ". f2", ". f3"]
    retro = after(ch.Indent("f3"), start=retro)
    assert outline(retro) == ["f1", ". f2", ". . f3"]
    assert list(ancestors(retro.factors, "f3")) == ["f2", "f1"]
    assert subtree_ids(retro.factors, "f2") == {"f2", "f3"}
    with pytest.raises(ChangeRefused, match="below itself"):
        ch.Reparent("f1", "f3").apply(retro)
    assert outline(after(ch.Outdent("f2"), start=retro)) == ["f1", "f2", ". f3"]
    with pytest.raises(ChangeRefused, match="top level"):
        ch.Outdent("f1").apply(retro)


def test_factors_move_among_their_siblings_only() -> None:
    retro = after(*factors("", "f1", "", "f1"), ch.Move("f2", 1))
    assert outline(retro) == ["f1", ". f4", ". f2", "f3"]


def test_a_circle_in_a_file_is_a_problem_and_not_a_hang() -> None:
    circle = empty_retro().model_copy(
        update={"factors": (Factor(id="f1", parent="f2"), Factor(id="f2", parent="f1"))}
    )
    assert any("circle" in problem.message for problem in problems(circle))
    assert list(ancestors(circle.factors, "f1")) == ["f2"]


def test_a_ballot_shows_nothing_until_it_is_closed() -> None:
    ballot = Ballot(stage="causes", topics=("f1", "f2"), dots=3)
    retro = after(*factors("", ""), ch.OpenBallot(ballot), ch.CastVote((("f1", 2), ("f2", 1))))
    assert [factor.votes for factor in retro.factors] == [0, 0]
    retro = after(ch.CastVote((("f1", 1),)), ch.CloseBallot(), start=retro)
    assert [factor.votes for factor in retro.factors] == [3, 1]
    assert retro.ballot is None


def test_nobody_has_more_dots_than_anybody_else() -> None:
    retro = after(*factors(""), ch.OpenBallot(Ballot(stage="causes", topics=("f1",), dots=2)))
    for dots in (3, -1):
        with pytest.raises(ChangeRefused, match="2 dots"):
            ch.CastVote((("f1", dots),)).apply(retro)


def test_the_suggested_dots_grow_with_what_is_voted_on() -> None:
    assert [suggested_dots(n) for n in (1, 2, 4, 12, 16, 20, 100)] == [1, 2, 3, 3, 4, 5, 5]


def test_going_to_a_skipped_stage_takes_it_in_again() -> None:
    retro = after(ch.SkipStage("puzzles"), ch.GoToStage("puzzles"))
    assert retro.agenda.now and not retro.agenda.now.skipped
    with pytest.raises(ChangeRefused, match="go to another"):
        ch.SkipStage("puzzles").apply(retro)


def test_a_stage_keeps_at_least_no_time() -> None:
    with pytest.raises(ChangeRefused, match="less than no time"):
        ch.ExtendStage("timeline", -301).apply(empty_retro())


def test_more_and_less_time_is_named_as_people_say_it() -> None:
    assert ch.ExtendStage("how_can_we", 60).name == "+1 min for how can we"
    assert ch.ExtendStage("timeline", -60).name == "-1 min for timeline"
    assert ch.ExtendTopic("f1", 120).name == "+2 min for the cause"
    assert ch.ExtendTopic("f1", -90).name == "-90 s for the cause"


def test_the_agenda_is_fixed_once_the_meeting_has_started() -> None:
    assert after(ch.SetAgenda(Agenda(preset="other"))).agenda.preset == "other"
    with pytest.raises(ChangeRefused, match="has started"):
        ch.SetAgenda(Agenda()).apply(after(ch.GoToStage("timeline")))


def test_a_value_that_is_not_allowed_is_refused_in_a_sentence() -> None:
    retro = after(ch.Add(Event(id="e1")))
    for change in (
        ch.edit("e1", precision="sometimes"),
        ch.edit("e1", id="e2"),
        ch.edit("e1", colour="red"),
        ch.edit_info(timezone="Mars/Olympus"),
        ch.edit_close(roti=(6,)),
        ch.Add(Factor(id="e7")),
        ch.Link("e1", "e1"),
        ch.Vote("e1", 3),
        ch.Delete("e9"),
        ch.Park(Parked(id="p0")),
    ):
        with pytest.raises(ChangeRefused) as refusal:
            change.apply(retro)
        assert "\n" not in str(refusal.value)


def test_a_batch_is_all_or_nothing() -> None:
    retro = empty_retro()
    with pytest.raises(ChangeRefused):
        ch.Batch((ch.Add(Event(id="e1")), ch.Delete("e7"))).apply(retro)
    assert retro.events == ()


def test_keys_from_a_newer_version_survive_changes_and_undo() -> None:
    retro = Retro.model_validate(
        {
            "retro": {"id": "r", "title": "t", "mood": "calm"},
            "event": [{"id": "e1", "weight": 3}],
            "ids": {"z": 4},
        }
    )
    changed = after(ch.edit("e1", text="fires"), ch.edit_info(title="u"), start=retro)
    assert changed.events[0].model_extra == {"weight": 3}
    assert changed.info.model_extra == {"mood": "calm"}
    assert retro.keeping_what_passed(changed).ids.model_extra == {"z": 4}


def test_what_passed_is_kept_from_the_later_value() -> None:
    before = empty_retro()
    later = after(ch.Add(Event(id="e1")), ch.Delete("e1"))
    stages = tuple(stage.model_copy(update={"elapsed_s": 7}) for stage in later.agenda.stages)
    later = later.model_copy(update={"agenda": later.agenda.model_copy(update={"stages": stages})})
    kept = before.keeping_what_passed(later)
    assert kept.next_id("e") == "e2"
    assert {stage.elapsed_s for stage in kept.agenda.stages} == {7}
