"""Root causes: the tree, its keys, categories, links, questions, pasted outlines."""

import pytest

from retrotui.retro import Event, Factor, FactorKind
from retrotui.tui.stages.factors import as_question
from tests.tui.host import HostApp, retro_in

THREE = (
    Factor(id="f1", text="two hosts looked alike"),
    Factor(id="f2", text="the prompt showed no role"),
    Factor(id="f3", text="nobody had rehearsed a restore"),
)


def parents(app: HostApp) -> dict[str, str]:
    return {factor.id: factor.parent for factor in app.session.retro.factors}


async def test_a_condition_goes_beside_the_selected_one_and_with_a_sign_below_it() -> None:
    app = HostApp(retro_in("causes"))
    async with app.run_test():
        app.host.enter("two hosts looked alike #tooling")
        app.host.view.entries.select("f1")
        app.host.enter("> the prompt showed no role")
        assert parents(app) == {"f1": "", "f2": "f1"}
        assert app.session.retro.factors[0].category == "tooling"
        app.host.view.entries.select("f1")
        app.host.enter("no rehearsal #trigger")
        assert parents(app)["f3"] == ""
        assert app.session.retro.factors[-1].kind is FactorKind.TRIGGER
        assert "└ the prompt showed no role" in app.host.rows[1]


async def test_tab_and_shift_tab_move_a_cause_in_the_tree_and_undo_moves_it_back() -> None:
    app = HostApp(retro_in("causes", factors=THREE))
    async with app.run_test() as pilot:
        app.host.view.entries.focus()
        app.host.view.entries.select("f2")
        await pilot.press("tab")
        assert parents(app) == {"f1": "", "f2": "f1", "f3": ""}
        await pilot.press("shift+tab")
        assert parents(app)["f2"] == ""
        await pilot.press("left")
        assert app.host.said
        app.host.command_undo()
        assert parents(app)["f2"] == "f1"
        app.host.command_undo()
        assert app.session.retro.factors == THREE


async def test_a_pasted_outline_keeps_its_indentation() -> None:
    app = HostApp(retro_in("causes"))
    async with app.run_test():
        task = app.host.composer.doing
        assert task is not None and task.paste is not None
        lines = (
            "- restore took a day",
            "    - slow disks #infrastructure",
            "\t\t* far away",
            "- no rehearsal",
        )
        change = task.paste(lines)
        assert change is not None
        app.host.do(change)
        assert parents(app) == {"f1": "", "f2": "f1", "f3": "f2", "f4": ""}
        assert [factor.text for factor in app.session.retro.factors][2] == "far away"


async def test_category_kind_and_whether_it_is_still_so() -> None:
    app = HostApp(retro_in("causes", factors=THREE))
    async with app.run_test(size=(120, 36)) as pilot:
        app.host.run_command("factor.category")
        await pilot.pause()
        await pilot.press(*"tool", "enter")
        await pilot.pause()
        assert app.session.retro.factors[0].category == "tooling"
        app.host.run_command("item.kind")
        await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        assert app.session.retro.factors[0].kind is FactorKind.LATENT
        app.host.run_command("factor.present")
        assert not app.session.retro.factors[0].present_now
        assert "(no longer so)" in app.host.rows[0]
        assert "latent · tooling" in app.host.rows[0]


async def test_a_cause_is_linked_to_the_events_where_it_shows() -> None:
    app = HostApp(
        retro_in(
            "causes", factors=THREE, events=(Event(id="e1", text="wrong host"), Event(id="e2", text="b"))
        )
    )
    async with app.run_test(size=(120, 36)) as pilot:
        app.host.run_command("item.link")
        await pilot.pause()
        await pilot.press("tab", "down", "tab", "enter")
        await pilot.pause()
        assert app.session.retro.factors[0].events == ("e1", "e2")
        assert "2 events" in app.host.rows[0]
        app.host.command_undo()
        assert not app.session.retro.factors[0].events


async def test_without_events_linking_says_so() -> None:
    app = HostApp(retro_in("causes", factors=THREE))
    async with app.run_test():
        app.host.run_command("item.link")
        assert "no events" in app.host.said[-1]


@pytest.mark.parametrize("command", ["factor.ask", "item.action"])
async def test_a_cause_is_asked_about(command: str) -> None:
    app = HostApp(retro_in("causes", factors=THREE))
    async with app.run_test():
        app.host.run_command(command)
        assert app.host.composer.text == "How can we "
        assert not app.host.enter("How can we ")
        assert app.host.enter("How can we show the role of a host")
        (question,) = app.session.retro.questions
        assert question.text == "How can we show the role of a host?"
        assert question.factors == ("f1",)
        assert "asked" in app.host.rows[0]


async def test_the_topic_is_marked_and_put_down_again() -> None:
    app = HostApp(retro_in("causes", factors=THREE))
    async with app.run_test():
        app.host.view.entries.select("f2")
        app.host.run_command("topic")
        assert app.session.retro.agenda.topic == "f2"
        assert "▶" in app.host.rows[1]
        app.host.run_command("topic")
        assert app.session.retro.agenda.topic == ""


async def test_an_edit_keeps_the_category_as_a_tag_and_needs_words() -> None:
    app = HostApp(retro_in("causes", factors=(THREE[0].model_copy(update={"category": "tooling"}),)))
    async with app.run_test():
        app.host.run_command("item.edit")
        assert app.host.composer.text == "two hosts looked alike #tooling"
        assert not app.host.enter(" > ")
        app.host.enter("two hosts looked the same #process")
        assert app.session.retro.factors[0].category == "process"


async def test_without_a_cause_every_key_says_what_is_missing() -> None:
    app = HostApp(retro_in("causes"))
    async with app.run_test():
        for command in ("factor.indent", "factor.ask", "item.kind", "item.vote", "item.delete", "topic"):
            app.host.run_command(command, "3")
            assert "Nothing is selected" in app.host.said[-1]


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("notice it sooner", "How can we notice it sooner?"),
        ("how can we notice it?", "How can we notice it?"),
        ("How might we undo a deploy", "How might we undo a deploy?"),
        ("DNS survive a restart", "How can we DNS survive a restart?"),
    ],
)
def test_questions_begin_and_end_as_questions(typed: str, question: str) -> None:
    assert as_question(typed) == question


async def test_a_category_alone_is_no_cause_and_a_number_is_no_category() -> None:
    app = HostApp(retro_in("causes"))
    async with app.run_test():
        for typed in ("#design", "> #design", "#design #latent"):
            assert not app.host.enter(typed)
            assert "add words" in app.host.said[-1]
        assert not app.session.retro.factors
        app.host.enter("the change came with #4512")
        made = app.session.retro.factors[-1]
        assert (made.text, made.category) == ("the change came with #4512", "")
