"""The close: read-back with advice, takeaways, figures without names, where the file is, finishing."""

from datetime import date
from pathlib import Path

import pytest

from retrotui.retro import Action, Card, CardKind, Close, Status
from tests.tui.host import HostApp, retro_in

GOOD = Action(
    id="a1",
    text="alert when the one-minute error rate exceeds 2%",
    owner="Priya",
    due=date(2026, 12, 5),
    done_when="it fires in the game day",
)
BARE = Action(id="a2", text="improve monitoring")


def status(app: HostApp) -> Status:
    return app.session.retro.info.status


async def test_actions_are_read_back_with_owner_and_day_and_advice_where_something_is_missing() -> None:
    app = HostApp(retro_in("close", actions=(GOOD, BARE)))
    async with app.run_test():
        board = app.host.board
        assert "Action items to read back · 2" in board
        assert "@Priya | alert when" in board and "due Sat 5 Dec" in board
        assert "done when: it fires in the game day" in board
        assert "no owner | improve monitoring" in board
        assert "? No owner yet" in board and "? No date yet" in board
        assert board.count("No owner yet") == 1


@pytest.mark.parametrize("key", ["enter", "e"])
async def test_enter_and_e_edit_the_selected_action_and_leave_the_rest_of_it(key: str) -> None:
    app = HostApp(retro_in("close", actions=(GOOD,)))
    async with app.run_test() as pilot:
        await pilot.press(key)
        assert app.host.composer.text.startswith("alert when the one-minute error rate")
        app.host.enter(app.host.composer.text.replace("@Priya", "@Will"))
        (action,) = app.session.retro.actions
        assert action.owner == "Will" and action.due == GOOD.due and action.done_when == GOOD.done_when


async def test_takeaways_and_thanks_are_typed_as_cards() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test():
        app.host.enter("graphs beat guesses")
        app.host.enter("Will stayed on the line #thanks")
        kinds = [(card.stage, card.kind, card.id) for card in app.session.retro.cards]
        assert kinds == [("close", CardKind.TAKEAWAY, "c1"), ("close", CardKind.THANKS, "c2")]
        assert "♥ thanks | Will stayed on the line" in app.host.rows


async def test_a_card_is_edited_and_its_kind_changed_by_key() -> None:
    app = HostApp(
        retro_in("close", cards=(Card(id="c1", stage="close", kind=CardKind.TAKEAWAY, text="one"),))
    )
    async with app.run_test() as pilot:
        await pilot.press("k", "h")
        await pilot.pause()
        assert app.session.retro.cards[0].kind is CardKind.THANKS
        await pilot.press("e")
        app.host.enter("one more")
        card = app.session.retro.cards[0]
        assert card.text == "one more" and card.kind is CardKind.THANKS


async def test_the_figures_are_counted_without_names() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test() as pilot:
        await pilot.press("w")
        assert app.host.composer.text == "3"
        app.host.enter("6")
        app.host.view.entries.focus()
        await pilot.press("c")
        assert not app.host.enter("7")
        assert "only 6 were here" in app.host.said[-1]
        app.host.enter("4")
        app.host.view.entries.focus()
        await pilot.press("s")
        app.host.enter("4 5 4 3 5 4")
        assert app.session.retro.close == Close(attended=6, learned=4, roti=(3, 4, 4, 4, 5, 5))
        board = app.host.board
        assert "4 of 6" in board and "4 ●●● 3" in board and "middle 4, 6 answers" in board


async def test_a_number_has_to_be_one() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test() as pilot:
        await pilot.press("w")
        assert not app.host.enter("a few")
        assert "type a number" in app.host.said[-1]


async def test_the_whole_path_of_the_file_is_shown_and_what_happens_next(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-21-checkout.toml"
    app = HostApp(retro_in("close", actions=(GOOD,)), path)
    async with app.run_test():
        assert f"It is saved in {path}" in app.host.board
        assert "back when the next retro opens" in app.host.board


async def test_finishing_asks_nothing_stops_the_clock_and_can_be_undone() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test() as pilot:
        app.session.resume()
        await pilot.press("x")
        assert status(app) is Status.IN_REVIEW
        assert not app.session.running
        assert "Finished, and in review." in app.host.board
        await pilot.press("x")
        assert "Finished" in app.host.said[-1]
        await pilot.press("u")
        assert status(app) is Status.DRAFT


async def test_an_action_can_still_be_added() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test() as pilot:
        await pilot.press("a")
        app.host.enter("tell the other region's team @Ana due 2026-12-01")
        assert app.session.retro.actions[0].owner == "Ana"


async def test_alone_there_are_no_hands_to_count() -> None:
    app = HostApp(retro_in("close", template="solo", people=()))
    async with app.run_test() as pilot:
        assert "Was it worth the time?" not in app.host.board
        await pilot.press("s")
        assert "alone" in app.host.said[-1]


async def test_user_text_is_never_markup() -> None:
    odd = Action(id="a1", text="[red]add[/red] $x \x1b[31m", owner="[b]Ana")
    app = HostApp(retro_in("close", actions=(odd,)))
    async with app.run_test() as pilot:
        assert "@[b]Ana" in await app.sees(pilot, "[red]add[/red] $x ␛[31m")


async def test_how_many_learned_may_say_of_how_many() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test():
        app.host.run_command("close.learned")
        assert app.host.enter("4 of 6")
        assert (app.session.retro.close.learned, app.session.retro.close.attended) == (4, 6)
        app.host.run_command("close.learned")
        assert app.host.enter("5/7")
        assert (app.session.retro.close.learned, app.session.retro.close.attended) == (5, 7)
        app.host.run_command("close.learned")
        assert not app.host.enter("8 of 7")
        assert not app.host.enter("8")
        assert "only 7 were here" in app.host.said[-1]
        assert not app.host.enter("most")
        assert "4 of 6" in app.host.said[-1]
        app.host.command_undo()
        assert (app.session.retro.close.learned, app.session.retro.close.attended) == (4, 6)


async def test_a_kind_alone_is_no_takeaway() -> None:
    app = HostApp(retro_in("close"))
    async with app.run_test():
        assert not app.host.enter("#thanks")
        assert "add words" in app.host.said[-1]
        assert app.session.retro.cards == ()
