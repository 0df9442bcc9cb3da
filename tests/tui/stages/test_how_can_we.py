"""How can we: questions, ideas, action items, promotion, the shelf, advice, what is done or dropped."""

from datetime import date

from retrotui.retro import Action, ActionKind, Answer, Factor, Parked, Question
from tests.tui.host import HostApp, retro_in

QUESTION = Question(id="q1", text="How can we notice a bad deploy?", factors=("f1",))
FACTOR = Factor(id="f1", text="the prompt showed no role")


def status(app: HostApp) -> str:
    return app.session.retro.actions[0].status.value


async def test_a_typed_line_is_a_question_an_idea_or_an_action_item() -> None:
    app = HostApp(retro_in("how_can_we"))
    async with app.run_test(size=(120, 36)):
        app.host.enter("notice a bad deploy sooner")
        assert app.session.retro.questions[0].text == "How can we notice a bad deploy sooner?"
        app.host.view.entries.select("q1")
        app.host.enter("compare error rates before and after")
        (answer,) = app.session.retro.answers
        assert answer.question == "q1"
        app.host.enter("Add a canary stage @Priya due 2026-12-04 !p1 #prevent")
        (action,) = app.session.retro.actions
        assert (action.owner, action.due, action.kind) == ("Priya", date(2026, 12, 4), ActionKind.PREVENT)
        assert action.questions == ("q1",)
        app.host.enter("> Write the runbook")
        assert app.session.retro.actions[1].text == "Write the runbook"
        app.host.enter("How could we undo it in a minute?")
        assert len(app.session.retro.questions) == 2


async def test_the_line_below_shows_the_fields_while_an_action_item_is_typed() -> None:
    app = HostApp(retro_in("how_can_we", questions=(QUESTION,), factors=(FACTOR,)))
    async with app.run_test():
        task = app.host.composer.doing
        assert task is not None and task.preview is not None
        shown = task.preview("> add a canary @Priya due 2026-12-04")
        assert shown is not None
        assert (
            "@Priya" in shown.plain and "due Fri 4 Dec 2026" in shown.plain and "done when …?" in shown.plain
        )
        shown = task.preview("an idea")
        assert shown is not None
        assert shown.plain.startswith("an idea for: How can we notice")


async def test_an_idea_becomes_an_action_item_and_keeps_its_cause() -> None:
    answer = Answer(id="n1", question="q1", text="compare error rates")
    app = HostApp(retro_in("how_can_we", questions=(QUESTION,), factors=(FACTOR,), answers=(answer,)))
    async with app.run_test():
        app.host.view.entries.select("n1")
        app.host.run_command("item.action")
        assert app.host.composer.text == "compare error rates"
        app.host.enter("Compare error rates before a rollout @Will due 2026-12-04 done when: a bad one stops")
        (action,) = app.session.retro.actions
        assert action.factors == ("f1",)
        assert app.session.retro.answers[0].action == action.id
        app.host.view.entries.select("n1")
        app.host.run_command("item.action")
        assert "already" in app.host.said[-1]
        app.host.command_undo()
        assert app.session.retro.actions == ()
        assert app.session.retro.answers[0].action == ""


async def test_causes_not_asked_about_and_parked_thoughts_wait_below_and_become_questions() -> None:
    parked = Parked.model_validate({"id": "p1", "from": "timeline", "text": "name hosts by role"})
    app = HostApp(retro_in("how_can_we", factors=(FACTOR,), parked=(parked,)))
    async with app.run_test():
        assert "Causes not asked about yet" in app.host.board
        app.host.view.entries.select("f1")
        app.host.run_command("item.action")
        app.host.enter("How can we show the role?")
        assert app.session.retro.questions[0].factors == ("f1",)
        assert "Causes not asked about yet" not in app.host.board
        app.host.view.entries.select("p1")
        app.host.run_command("parked.back")
        assert app.host.composer.text == "How can we name hosts by role"
        app.host.enter(app.host.composer.text)
        assert app.session.retro.parked == ()
        assert len(app.session.retro.questions) == 2


async def test_the_shelf_offers_safeguards_to_make_ones_own() -> None:
    app = HostApp(retro_in("how_can_we", questions=(QUESTION,), factors=(FACTOR,)))
    async with app.run_test(size=(120, 36)) as pilot:
        app.host.run_command("safeguard.shelf")
        await pilot.pause()
        await pilot.press(*"kill", "enter")
        await pilot.pause()
        assert "#" in app.host.composer.text
        app.host.enter(app.host.composer.text)
        (action,) = app.session.retro.actions
        assert action.questions == ("q1",)


async def test_advice_is_given_on_a_new_action_item_but_nothing_is_refused() -> None:
    app = HostApp(retro_in("how_can_we"))
    async with app.run_test() as pilot:
        app.host.enter("> Improve monitoring")
        # the host of the tests shows without selecting what was added; the meeting selects it
        app.host.view.show(app.session.retro, select="a1")
        for _ in range(10):
            await pilot.pause()
            if app.host.said:
                break
        assert app.host.said[-1].startswith("Noted. ")
        assert app.session.retro.actions[0].text == "Improve monitoring"


async def test_an_action_item_is_done_dropped_with_a_reason_and_open_again() -> None:
    action = Action(id="a1", text="Add a canary stage")
    app = HostApp(retro_in("how_can_we", actions=(action,)))
    async with app.run_test():
        app.host.view.entries.select("a1")
        app.host.run_command("action.done")
        assert status(app) == "done"
        assert app.session.retro.actions[0].closed == app.host.today
        assert "✔ done" in app.host.board
        app.host.run_command("action.done")
        assert status(app) == "open"
        app.host.run_command("action.wont")
        app.host.enter("the platform team replaces the pipeline")
        assert status(app) == "wont_do"
        assert "✘ will not be done: the platform team" in app.host.board
        for _ in range(3):
            app.host.command_undo()
        assert app.session.retro.actions == (action,)


async def test_an_action_item_is_edited_as_the_line_it_could_have_been_typed_as() -> None:
    action = Action(
        id="a1", text="Add a canary stage", owner="Priya", due=date(2026, 12, 4), done_when="it stops"
    )
    app = HostApp(retro_in("how_can_we", actions=(action,)))
    async with app.run_test():
        app.host.view.entries.select("a1")
        app.host.run_command("item.edit")
        typed = app.host.composer.text
        assert "@Priya" in typed and "2026-12-04" in typed and "it stops" in typed
        app.host.enter(typed)
        assert app.session.retro.actions == (action,)


async def test_kinds_links_and_answers_say_what_they_are_for() -> None:
    app = HostApp(retro_in("how_can_we", questions=(QUESTION,), factors=(FACTOR,)))
    async with app.run_test(size=(120, 36)) as pilot:
        app.host.view.entries.select("q1")
        app.host.run_command("item.kind")
        assert "Only action items" in app.host.said[-1]
        app.host.run_command("action.done")
        assert "Only action items" in app.host.said[-1]
        app.host.run_command("answer.add")
        app.host.enter("show it in red")
        assert app.session.retro.answers[0].question == "q1"
        app.host.run_command("item.link")
        await pilot.pause()
        assert "Which causes is it about?" in app.shown
        await pilot.press("escape")


async def test_old_action_items_stand_with_their_words_on_overdue() -> None:
    action = Action(id="a1", text="Add a canary stage", due=date(2026, 11, 1), carried=2)
    app = HostApp(retro_in("how_can_we", actions=(action,)))
    async with app.run_test(size=(120, 36)):
        assert "20 days overdue" in app.host.board
        assert "carried 2×" in app.host.board


async def test_a_cause_cannot_be_deleted_or_moved_from_here() -> None:
    app = HostApp(retro_in("how_can_we", factors=(FACTOR,)))
    async with app.run_test() as pilot:
        app.host.view.entries.select("f1")
        for key in ("d", "m", "K", "J"):
            await pilot.press(key)
            assert "belongs to its own stage" in app.host.said[-1]
        assert app.session.retro.factors == (FACTOR,)


async def test_a_long_question_is_cut_with_a_sign_in_what_is_said_of_it() -> None:
    words = "How can we " + "notice a bad deploy before anybody else does and " * 3
    long = Question(id="q1", text=words + "?")
    app = HostApp(retro_in("how_can_we", questions=(long,)))
    async with app.run_test(size=(80, 24)) as pilot:
        task = app.host.composer.doing
        assert task is not None and task.preview is not None
        shown = task.preview("an idea")
        assert shown is not None
        assert "… · > makes it an action item" in shown.plain
        assert shown.cell_length <= 76
        app.host.run_command("answer.add")
        await pilot.pause()
        assert app.host.composer.doing is not None
        assert app.host.composer.doing.title.endswith("…")


async def test_the_line_below_says_what_could_not_be_read() -> None:
    app = HostApp(retro_in("how_can_we", questions=(QUESTION,)))
    async with app.run_test(size=(120, 36)):
        task = app.host.composer.doing
        assert task is not None and task.preview is not None and task.remark is not None
        for line in ("> Add a canary due 30 Feb", "> Add a canary !p9 ", "Add a canary #preventt "):
            shown = task.preview(line)
            assert shown is not None
            assert shown.plain.split(" · ")[0].endswith(("left open", "kept as words")), shown.plain
        assert "no priority" in task.remark("> Add a canary !p9")


async def test_a_tag_alone_is_neither_an_idea_nor_an_action_item() -> None:
    app = HostApp(retro_in("how_can_we", questions=(QUESTION,), factors=(FACTOR,)))
    async with app.run_test():
        for typed in ("#prevent", "> #prevent"):
            assert not app.host.enter(typed)
            assert "add words" in app.host.said[-1]
        assert app.session.retro.answers == () and app.session.retro.actions == ()
