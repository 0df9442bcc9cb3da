"""The secret vote: covered between people, dots by key, totals hidden until closed, undo tells nothing."""

from typing import Any

import pytest

from retrotui.facilitation import Session
from retrotui.retro import Ballot, Card, ChangeRefused, Factor
from retrotui.retro.changes import CastVote, CloseBallot, OpenBallot, edit_info
from retrotui.tui.ballot_steps import redo, undo
from retrotui.tui.screens.ballot import BallotScreen
from tests.tui.host import HostApp, retro_in

CARDS = tuple(Card(id=f"w{number}", text=f"topic {number}") for number in range(1, 5))


def with_cards(**parts: Any) -> HostApp:
    return HostApp(retro_in("went_well", went_well=CARDS, **parts))


def screen(app: HostApp) -> BallotScreen:
    assert isinstance(app.screen, BallotScreen)
    return app.screen


async def test_the_suggested_dots_are_chosen_already_and_the_screen_starts_covered() -> None:
    app = with_cards()
    async with app.run_test() as pilot:
        await pilot.press("b", "enter")
        await pilot.pause()
        ballot = app.session.retro.ballot
        assert ballot is not None and ballot.dots == 3 and ballot.topics == ("w1", "w2", "w3", "w4")
        assert screen(app).covered
        assert "topic 1" not in await app.sees(pilot, "Pass the keyboard to the first person")


async def test_dots_are_given_by_keys_and_cast_with_enter() -> None:
    app = with_cards()
    async with app.run_test() as pilot:
        await pilot.press("b", "3")
        await pilot.pause()
        await pilot.press("enter", "space", "down", "2")
        assert "topic 2" in await app.sees(pilot, "All dots given")
        await pilot.press("enter")
        seen = await app.sees(pilot, "1 person has voted")
        assert "topic 1" not in seen and "●" not in seen
        assert screen(app).covered and app.session.retro.ballot is not None
        assert app.session.retro.ballot.counts == (1, 2, 0, 0)


async def test_nobody_gives_more_dots_than_there_are() -> None:
    app = with_cards()
    async with app.run_test() as pilot:
        await pilot.press("b", "3")
        await pilot.pause()
        await pilot.press("enter", "9")
        assert screen(app).left == 0
        await pilot.press("down", "space")
        await app.sees(pilot, "no more dots")
        await pilot.press("up", "minus", "down", "space", "enter")
        assert app.session.retro.ballot is not None
        assert app.session.retro.ballot.counts == (2, 1, 0, 0)


async def test_dots_that_are_left_are_asked_about_once() -> None:
    app = with_cards()
    async with app.run_test() as pilot:
        await pilot.press("b", "3")
        await pilot.pause()
        await pilot.press("enter", "space", "enter")
        await app.sees(pilot, "2 dots not given")
        assert not screen(app).covered
        await pilot.press("enter")
        assert screen(app).covered and app.session.retro.ballot is not None
        assert app.session.retro.ballot.voters == 1


async def test_escape_while_voting_casts_nothing_and_covers_the_screen() -> None:
    app = with_cards()
    async with app.run_test() as pilot:
        await pilot.press("b", "3")
        await pilot.pause()
        await pilot.press("enter", "3", "escape")
        await app.sees(pilot, "Nothing was cast")
        assert screen(app).covered
        assert app.session.retro.ballot is not None and app.session.retro.ballot.voters == 0
        await pilot.press("enter")
        assert screen(app).left == 3


async def test_closing_writes_the_totals_and_shows_most_votes_first() -> None:
    app = with_cards(ballot=Ballot(stage="went_well", topics=("w1", "w2"), counts=(1, 5), voters=2))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert app.session.retro.ballot is None
        assert [card.votes for card in app.session.retro.went_well] == [1, 5, 0, 0]
        assert app.host.rows[0].startswith("· other | topic 2")
        assert "2 people have voted" in app.host.said[-1]


async def test_a_vote_left_open_is_offered_again_and_its_totals_stay_hidden() -> None:
    app = with_cards(ballot=Ballot(stage="went_well", topics=("w1", "w2"), counts=(1, 5), voters=2))
    async with app.run_test() as pilot:
        await app.sees(pilot, "still open: 2 people have voted")
        assert "5" not in "".join(app.host.rows)
        await pilot.press("g")
        await pilot.pause()
        assert screen(app).covered
        await pilot.press("escape")
        await pilot.pause()
        assert app.session.retro.ballot is not None
        assert "stays open" in app.host.said[-1]


async def test_closing_before_anybody_voted_is_asked_twice() -> None:
    app = with_cards()
    async with app.run_test() as pilot:
        await pilot.press("b", "1")
        await pilot.pause()
        await pilot.press("c")
        assert app.session.retro.ballot is not None
        await pilot.press("c")
        await pilot.pause()
        assert app.session.retro.ballot is None
        assert app.screen is app.host


async def test_there_has_to_be_something_to_vote_on() -> None:
    app = HostApp(retro_in("went_well"))
    async with app.run_test() as pilot:
        await pilot.press("b")
        assert "nothing to vote on" in app.host.said[-1]


async def test_causes_are_voted_on_with_the_same_key() -> None:
    app = HostApp(retro_in("causes", factors=(Factor(id="f1", text="one"), Factor(id="f2", text="two"))))
    async with app.run_test() as pilot:
        await pilot.press("b", "2")
        await pilot.pause()
        await pilot.press("enter", "2", "enter", "c")
        await pilot.pause()
        assert app.screen is app.host
        assert [factor.votes for factor in app.session.retro.factors] == [2, 0]


# undo


def voted() -> Session:
    session = Session(retro_in("went_well", went_well=CARDS))
    session.do(edit_info(severity="2"))
    session.do(OpenBallot(Ballot(stage="went_well", topics=("w1", "w2"), dots=3)))
    session.do(CastVote((("w1", 3),)))
    session.do(CastVote((("w2", 2),)))
    return session


def test_a_vote_is_undone_only_as_a_whole() -> None:
    session = voted()
    assert undo(session) == "the secret vote, as a whole"
    assert session.retro.ballot is None
    assert session.undo_name is not None and "severity" in session.undo_name
    assert redo(session) == "the secret vote, as a whole"
    assert session.retro.ballot is not None and session.retro.ballot.counts == (3, 2)


def test_a_closed_vote_cannot_be_opened_again_by_undo() -> None:
    session = voted()
    session.do(CloseBallot())
    undo(session)
    assert session.retro.ballot is None
    assert [card.votes for card in session.retro.went_well] == [0, 0, 0, 0]
    redo(session)
    assert session.retro.ballot is None
    assert [card.votes for card in session.retro.went_well] == [3, 2, 0, 0]


def test_a_vote_that_was_dropped_comes_back_open() -> None:
    session = voted()
    session.do(CloseBallot(keep=False))
    undo(session)
    assert session.retro.ballot is not None and session.retro.ballot.voters == 2


def test_a_vote_opened_before_this_session_is_not_taken_back_in_parts() -> None:
    session = Session(voted().retro)
    session.do(edit_info(severity="3"))
    session.do(CastVote((("w1", 1),)))
    with pytest.raises(ChangeRefused, match="who gave what"):
        undo(session)
    assert session.retro.ballot is not None and session.retro.ballot.voters == 3
    assert session.retro.info.severity == "3"


def test_everything_else_is_undone_step_by_step() -> None:
    session = Session(retro_in("went_well"))
    session.do(edit_info(severity="2"))
    session.do(edit_info(severity="3"))
    undo(session)
    assert session.retro.info.severity == "2"
    redo(session)
    assert session.retro.info.severity == "3"
