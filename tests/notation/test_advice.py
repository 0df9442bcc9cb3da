"""Advice on action items: what would make one likelier to be done, and to help."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.notation import action_advice, advice_for_all, read_action_line
from retrotui.notation.advice import repairs_people
from retrotui.retro import Action, ActionKind, ActionStatus

DUE = date(2026, 12, 5)


def action(text: str, **fields: object) -> Action:
    return Action.model_validate({"id": "a1", "text": text, "owner": "Ana", "due": DUE, **fields})


def test_a_good_action_gets_no_advice() -> None:
    assert action_advice(action("Alert when the one-minute error rate exceeds 2%")) == ()


def test_a_missing_owner_or_date_is_mentioned() -> None:
    (advice,) = action_advice(action("Add a kill switch", owner=""))
    assert "owner" in advice
    (advice,) = action_advice(action("Add a kill switch", due=None))
    assert "date" in advice


def test_a_date_that_has_passed_is_mentioned_only_when_today_is_known() -> None:
    assert action_advice(action("Add a kill switch")) == ()
    (advice,) = action_advice(action("Add a kill switch"), today=date(2026, 12, 6))
    assert "passed" in advice


@pytest.mark.parametrize(
    "text",
    ["Improve monitoring", "look into the cache", "make the deploy more robust", "Review our timeouts"],
)
def test_an_action_without_a_visible_end_is_asked_for_one(text: str) -> None:
    (advice,) = action_advice(action(text))
    assert "done when" in advice
    assert action_advice(action(text, done_when="p99 is below 200 ms")) == ()


def test_a_number_is_an_end_one_can_see() -> None:
    assert action_advice(action("Reduce the p99 latency to 200 ms")) == ()


@pytest.mark.parametrize(
    "text",
    ["Better dashboards", "Monitoring of the queue", "The alert for lag", "more tests", "Documentation"],
)
def test_an_action_that_starts_with_no_verb_is_asked_for_one(text: str) -> None:
    assert any("verb" in advice for advice in action_advice(action(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Alert on lag",
        "Document the restore",
        "Test restores",
        "Mention it in onboarding",
        "gzip the logs",
        "2FA everywhere",
    ],
)
def test_words_that_may_be_verbs_are_left_alone(text: str) -> None:
    assert not any("verb" in advice for advice in action_advice(action(text)))


@pytest.mark.parametrize(
    "text",
    [
        "be more careful",
        "Be careful with rm",
        "Remind everyone to check the region",
        "pay closer attention to the prompt",
        "Retrain the on-call",
        "make sure everyone reads the runbook",
        "double-check the region before a deploy",
        "Don't forget the migration",
        "remember to run the tests",
        "avoid human error",
        "Train Priya on the deploy tool",
        "Follow the deployment process",
    ],
)
def test_an_action_that_repairs_people_is_asked_for_a_guard(text: str) -> None:
    assert repairs_people(text, ["Priya Patel"])
    assert "guard" in action_advice(action(text), people=["Priya Patel"])[0]


@pytest.mark.parametrize(
    "text",
    [
        "train the model on fresh data",
        "remind customers of the date",
        "Show the region in the prompt",
        "Add a careful-mode flag to the tool",
        "Remind the pipeline to wait for the lock",
    ],
)
def test_an_action_on_a_system_is_no_repair_of_people(text: str) -> None:
    assert not repairs_people(text, ["Priya Patel"])


def test_no_advice_on_what_is_not_open_or_has_no_words() -> None:
    assert action_advice(action("be more careful", status=ActionStatus.DONE)) == ()
    assert action_advice(action("", owner="")) == ()


def test_a_line_being_typed_gets_the_same_advice() -> None:
    line = read_action_line("improve monitoring @ana", today=DUE, people=["Ana"])
    first, second = action_advice(line)
    assert "end" in first
    assert "date" in second


def test_actions_of_one_kind_are_mentioned_once_there_are_three() -> None:
    same = [action("Add a test", id=f"a{number}") for number in range(1, 4)]
    assert advice_for_all(same[:2], None) == ()
    (advice,) = advice_for_all(same, None)
    assert "one kind (prevent)" in advice
    mixed = [*same, action("Alert on lag", kind=ActionKind.DETECT)]
    assert advice_for_all(mixed, None) == ()


def test_more_than_the_team_usually_finishes_is_mentioned() -> None:
    kinds = [ActionKind.PREVENT, ActionKind.DETECT, ActionKind.RESPOND, ActionKind.LEARN]
    actions = [action("Add a test", id=f"a{index}", kind=kind) for index, kind in enumerate(kinds, 1)]
    assert advice_for_all(actions, 4) == ()
    (advice,) = advice_for_all(actions, 3)
    assert "4 actions" in advice
    assert "finishes 3" in advice


def test_closed_actions_do_not_count() -> None:
    actions = [action("Add a test", id=f"a{number}", status=ActionStatus.DONE) for number in range(1, 9)]
    assert advice_for_all(actions, 1) == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=3))
def test_any_text_may_be_advised_on(text: str, people: list[str]) -> None:
    action_advice(Action(id="a1", text=text), people=people)
