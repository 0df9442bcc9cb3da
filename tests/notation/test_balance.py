"""Actions that change oneself against those that change the surroundings."""

import pytest

from retrotui.notation.balance import balance, balance_advice, changes_oneself
from retrotui.retro import Action, ActionStatus

MINE = (
    "be more careful with terminals",
    "check the host name twice before running anything",
    "I will ask for a second pair of eyes",
    "read the runbook before I start",
    "never run SQL on a Friday",
    "try to slow down",
    "learn the restore procedure",
)
AROUND = (
    "show the environment in the prompt of every host",
    "add a dry run to the cleanup script",
    "ask the platform team to colour the prompt",
    "put drop database behind a confirmation",
    "keep what the job removes for 30 days so that it can be taken back",
    "stop the job when rows drop",
    "check the backups every night by a job",
    "avoid shared credentials by giving each host its own",
)


@pytest.mark.parametrize("text", MINE)
def test_what_asks_its_writer_to_be_different_changes_oneself(text: str) -> None:
    assert changes_oneself(text)


@pytest.mark.parametrize("text", AROUND)
def test_what_changes_tools_and_guards_changes_the_surroundings(text: str) -> None:
    assert not changes_oneself(text)


def actions(*texts: str) -> tuple[Action, ...]:
    return tuple(Action(id=f"a{number}", text=text) for number, text in enumerate(texts, 1))


def test_one_change_around_evens_out_one_to_oneself() -> None:
    assert balance(actions(MINE[0], AROUND[0])) == (1, 1)
    assert balance_advice(actions(MINE[0], AROUND[0])) == ""
    assert "2 changes to what I do, 1 to what is around me" in balance_advice(actions(*MINE[:2], AROUND[0]))
    assert balance_advice(()) == ""


def test_what_was_given_up_does_not_count() -> None:
    given_up = actions(MINE[0])[0].model_copy(update={"status": ActionStatus.WONT_DO, "reason": "no"})
    assert balance((given_up,)) == (0, 0)
