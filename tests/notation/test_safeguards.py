"""The safeguard shelf: each one a good action item to begin with."""

from datetime import date

import pytest

from retrotui.blameless import check
from retrotui.notation import SAFEGUARDS, Safeguard, action_advice, read_action_line
from retrotui.retro import Action


def test_the_shelf_has_no_two_of_the_same() -> None:
    assert len({safeguard.id for safeguard in SAFEGUARDS}) == len(SAFEGUARDS)
    assert len({safeguard.title for safeguard in SAFEGUARDS}) == len(SAFEGUARDS)


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.id)
def test_each_needs_only_an_owner_and_a_date(safeguard: Safeguard) -> None:
    action = Action(
        id="a1", text=safeguard.action_text, kind=safeguard.kind, owner="Ana", due=date(2026, 12, 5)
    )
    assert action_advice(action) == ()
    assert safeguard.question.endswith("?")


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.id)
def test_each_can_be_typed_as_it_stands(safeguard: Safeguard) -> None:
    line = read_action_line(f"{safeguard.action_text} #{safeguard.kind.value}", today=date(2026, 11, 18))
    assert (line.text, line.kind) == (safeguard.action_text, safeguard.kind)


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.id)
def test_each_is_blameless(safeguard: Safeguard) -> None:
    assert not check(safeguard.action_text, "actions")
    assert not check(safeguard.question, "causes")
