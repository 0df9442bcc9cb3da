"""The stages of cards: kinds, columns, private writing, groups, hands, topics."""

import pytest

from retrotui.retro import Card, CardKind
from tests.tui.host import HostApp, retro_in


def card(number: int, text: str, **values: object) -> Card:
    return Card.model_validate({"id": f"w{number}", "text": text, **values})


def column_card(number: int, text: str, column: str = "wind", **values: object) -> Card:
    return Card.model_validate(
        {"id": f"c{number}", "stage": "boat", "column": column, "text": text, **values}
    )


THREE = (
    card(1, "the canary held it back"),
    card(2, "luckily it was Tuesday"),
    card(3, "the team stayed calm"),
)


def kind(app: HostApp) -> CardKind:
    return app.session.retro.went_well[0].kind


async def test_a_typed_card_gets_its_kind_from_its_words_or_its_tag() -> None:
    app = HostApp(retro_in("went_well"))
    async with app.run_test():
        app.host.enter("the canary stopped the second batch")
        app.host.enter("nobody was asleep #luck")
        app.host.enter("Thanks to Priya for the graph")
        app.host.enter("it was a short day")
        kinds = [found.kind for found in app.session.retro.went_well]
        assert kinds == [CardKind.SAFEGUARD, CardKind.LUCK, CardKind.KUDOS, CardKind.OTHER]
        assert app.session.retro.went_well[1].text == "nobody was asleep"
        assert "■ safeguard | the canary stopped the second batch" in app.host.board


async def test_a_kind_is_picked_by_key() -> None:
    app = HostApp(retro_in("went_well", went_well=THREE[:1]))
    async with app.run_test() as pilot:
        await pilot.press("k", "t")
        await pilot.pause()
        assert kind(app) is CardKind.TEAMWORK


async def test_digits_count_hands_and_two_digits_make_a_number_above_nine() -> None:
    app = HostApp(retro_in("went_well", went_well=THREE))
    async with app.run_test() as pilot:
        await pilot.press("1", "2")
        assert app.session.retro.went_well[0].votes == 12
        assert "●●+ 12" in app.host.rows[0]


async def test_a_grouped_card_stands_indented_under_its_lead_and_g_stands_it_alone_again() -> None:
    app = HostApp(retro_in("went_well", went_well=THREE))
    async with app.run_test() as pilot:
        app.host.view.entries.select("w3")
        await pilot.press("g", "enter")
        await pilot.pause()
        assert app.session.retro.went_well[2].group == "w1"
        assert [item.id for item in app.host.view.entries.items] == ["w1", "w3", "w2"]
        assert app.host.view.entries.items[1].depth == 1
        assert app.host.view.entries.selected_id == "w3"
        await pilot.press("g")
        assert app.session.retro.went_well[2].group == ""


async def test_with_votes_first_the_hands_of_a_group_count_together() -> None:
    cards = (card(1, "one", votes=3), card(2, "two", votes=2), card(3, "three", group="w2", votes=2))
    app = HostApp(retro_in("went_well", went_well=cards))
    async with app.run_test() as pilot:
        await pilot.press("o")
        assert [item.id for item in app.host.view.entries.items] == ["w2", "w3", "w1"]
        await pilot.press("K")
        assert "order of their votes" in app.host.said[-1]


async def test_topics_are_taken_one_at_a_time_by_votes_with_a_clock_of_their_own() -> None:
    cards = (card(1, "one"), card(2, "two", votes=4), card(3, "three", votes=2))
    app = HostApp(retro_in("went_well", went_well=cards))
    async with app.run_test() as pilot:
        await pilot.press("x")
        assert app.session.retro.agenda.topic == "w2"
        assert app.session.topic_clock is not None and app.session.topic_clock.planned_s == 300
        assert "▶ two" in app.host.board
        await pilot.press("x")
        assert app.session.retro.agenda.topic == "w3"
        assert "✔ two" in app.host.board
        await pilot.press("x", "x")
        assert app.session.retro.agenda.topic == ""
        assert "talked over" in app.host.said[-1]


async def test_merging_takes_the_words_and_hands_of_both() -> None:
    app = HostApp(retro_in("went_well", went_well=(card(1, "one", votes=1), card(2, "two", votes=2))))
    async with app.run_test() as pilot:
        await pilot.press("m", "enter")
        await pilot.pause()
        (left,) = app.session.retro.went_well
        assert left.votes == 3 and "one" in left.text and "two" in left.text


async def test_an_edit_with_a_tag_changes_the_kind_and_without_one_leaves_it() -> None:
    app = HostApp(retro_in("went_well", went_well=(card(1, "one", kind="teamwork"),)))
    async with app.run_test() as pilot:
        await pilot.press("e")
        app.host.enter("the canary held")
        assert kind(app) is CardKind.TEAMWORK
        app.host.view.entries.focus()
        await pilot.press("e")
        app.host.enter("the canary held #safeguard")
        assert kind(app) is CardKind.SAFEGUARD


async def test_a_card_can_become_an_action_item() -> None:
    app = HostApp(retro_in("went_well", went_well=THREE))
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert app.host.composer.text == "the canary held it back"
        app.host.enter("keep the canary for every deploy @Ana due 2026-12-01")
        (action,) = app.session.retro.actions
        assert action.owner == "Ana" and action.text == "keep the canary for every deploy"


async def test_user_text_is_never_markup_and_control_characters_are_signs() -> None:
    odd = card(1, "[b]loud[/b] \x1b[31mred $x [link=x]")
    app = HostApp(retro_in("went_well", went_well=(odd,)))
    async with app.run_test() as pilot:
        await app.sees(pilot, "[b]loud[/b] ␛[31mred $x")


# columns


async def test_columns_have_headings_and_a_tag_or_tab_chooses_one() -> None:
    app = HostApp(retro_in("boat", template="sailboat", cards=(column_card(1, "trade wind"),)))
    async with app.run_test() as pilot:
        assert any("Wind · 1" in row for row in app.host.rows)
        app.host.enter("the old queue #anchors")
        assert app.session.retro.cards[-1].column == "anchors"
        app.host.composer.input.focus()
        await pilot.press("tab")
        app.host.enter("a tailwind")
        assert app.session.retro.cards[-1].column == "wind"
        assert "Wind" in str(app.host.composer.border_title)


async def test_a_card_moves_to_another_column_by_key() -> None:
    app = HostApp(retro_in("boat", template="sailboat", cards=(column_card(1, "trade wind"),)))
    async with app.run_test() as pilot:
        await pilot.press("c", "4")
        await pilot.pause()
        assert app.session.retro.cards[0].column == "rocks"


async def test_private_cards_are_covered_until_they_are_revealed() -> None:
    app = HostApp(retro_in("boat", template="sailboat"))
    async with app.run_test() as pilot:
        app.host.enter("something delicate")
        assert app.session.retro.cards[0].private
        assert "delicate" not in await app.sees(pilot, "▒▒▒ private")
        await pilot.press("e")
        assert "private until" in app.host.said[-1]
        await pilot.press("u")
        assert "delicate" not in app.host.said[-1]
        app.host.enter("something delicate")
        app.host.view.entries.focus()
        await pilot.press("v")
        await app.sees(pilot, "something delicate")
        app.host.enter("seen by everybody")
        assert not app.session.retro.cards[-1].private


async def test_reveal_is_one_step_that_undo_takes_back() -> None:
    cards = tuple(column_card(number, f"card {number}", private=True) for number in (1, 2, 3))
    app = HostApp(retro_in("boat", template="sailboat", cards=cards))
    async with app.run_test() as pilot:
        await pilot.press("v")
        assert not any(found.private for found in app.session.retro.cards)
        await pilot.press("u")
        assert all(found.private for found in app.session.retro.cards)


@pytest.mark.parametrize(
    ("key", "words"), [("v", "nothing to reveal"), ("c", "k changes the kind"), ("l", "not linked")]
)
async def test_a_key_that_cannot_be_used_says_why(key: str, words: str) -> None:
    app = HostApp(retro_in("went_well", went_well=THREE))
    async with app.run_test() as pilot:
        await pilot.press(key)
        assert words in app.host.said[-1]
        assert app.session.undo_name is None


async def test_what_puzzles_us_speaks_of_puzzles_and_knows_no_kinds_of_help() -> None:
    app = HostApp(retro_in("puzzles", template="sprint"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "would like to understand" in app.shown
        assert "helped" not in app.shown and "#safeguard" not in app.shown
        app.host.enter("the build waited an hour #safeguard")
        (card,) = app.session.retro.cards_of("puzzles")
        assert (card.text, card.kind.value) == ("the build waited an hour #safeguard", "other")
        app.host.run_command("item.kind")
        assert "no kinds" in app.host.said[-1]


async def test_dots_that_are_not_all_say_so() -> None:
    found = tuple(
        card.model_copy(update={"votes": votes}) for card, votes in zip(THREE, (3, 4, 120), strict=True)
    )
    app = HostApp(retro_in("went_well", went_well=found))
    async with app.run_test():
        assert [row.rpartition("| ")[2] for row in app.host.rows] == ["●●● 3", "●●●+ 4", "●+ 120"]


@pytest.mark.parametrize("typed", ["#kudos", "#kudos #luck", "- #kudos"])
async def test_a_kind_alone_is_no_card(typed: str) -> None:
    app = HostApp(retro_in("went_well"))
    async with app.run_test():
        assert not app.host.enter(typed)
        assert app.session.retro.went_well == ()
        assert "add words" in app.host.said[-1] or "stand on the card" in app.host.said[-1]
