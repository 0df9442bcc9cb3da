"""The way of a flagged line in the meeting: underline, question, hold, rewrite, keep, record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from retrotui.blameless import Checker, load_rulebook
from retrotui.retro import Agenda, Card, Mode, Stage, StageKind
from retrotui.tui.calm_checker import CalmChecker
from retrotui.tui.wording_flow import QUIET_S
from retrotui.tui.wording_record import overview
from tests.tui.full_app import TestApp, fresh, saved

BLAME = "Will should have checked the region before he ran the script"


class Later:
    """Collects what is to happen later, and lets it happen when told to."""

    def __init__(self, app: TestApp) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []
        app.meeting.wording._later = lambda seconds, what: self.waiting.append((seconds, what))

    def quiet(self) -> None:
        waiting, self.waiting = self.waiting, []
        for _, what in waiting:
            what()


def app_in(folder: Path, stage: str = "causes", *, solo: bool = False, **settings: Any) -> TestApp:
    retro = fresh(stage="" if solo else stage, template="solo" if solo else "incident")
    if solo:
        assert retro.info.mode is Mode.SOLO
    return TestApp(folder, saved(folder, retro), **settings)


def spans(app: TestApp) -> tuple[tuple[int, int], ...]:
    return app.meeting.composer._underline.spans


async def typed(app: TestApp, pilot: Pilot[Any], text: str) -> None:
    app.type(text)
    await pilot.pause()


async def test_flagged_words_are_underlined_at_a_word_end_and_the_question_comes_when_it_is_quiet(
    tmp_path: Path,
) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        later = Later(app)
        await typed(app, pilot, "Will should have check")
        assert spans(app) == ()
        await typed(app, pilot, "Will should have checked ")
        assert spans(app) == ((0, 24),)
        assert "~~~~~~~~~~~~~~~~~~~~~~~~" in app.shown
        assert "?" not in app.coach
        assert {seconds for seconds, _ in later.waiting} == {QUIET_S}
        later.quiet()
        assert app.coach.startswith("What did it look like at that moment?")
        await pilot.pause()
        assert "ctrl+g keeps my words" in app.shown
        await typed(app, pilot, "The page was late")
        assert spans(app) == ()
        assert "⏎ adds it" in app.shown


async def test_underlining_does_not_come_and_go_while_a_line_is_typed(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        Later(app)
        seen = []
        for end in range(1, len(BLAME) + 1):
            app.type(BLAME[:end])
            await pilot.pause(0)
            app.meeting.wording.typed(BLAME[:end], app.meeting.composer.doing.section)  # type: ignore[union-attr]
            seen.append(bool(spans(app)))
        assert seen == sorted(seen)
        assert seen[-1]


async def test_a_question_does_not_come_when_the_words_have_changed_meanwhile(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        later = Later(app)
        await typed(app, pilot, "Will should have checked ")
        await typed(app, pilot, "The region was not shown ")
        later.quiet()
        assert "?" not in app.coach


IRONY = "kudos ana for muting the only alarm that mattered"


async def test_what_only_the_whole_says_is_underlined_once_nobody_types_and_stays_while_it_goes_on(
    tmp_path: Path,
) -> None:
    app = app_in(tmp_path, stage="went_well")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        later = Later(app)
        await typed(app, pilot, IRONY[:20])
        await typed(app, pilot, IRONY)
        later.quiet()  # somebody typed meanwhile
        assert spans(app) == () and "?" not in app.coach
        later.quiet()
        await pilot.pause()
        assert spans(app) == ((0, len(IRONY)),)
        assert app.coach.startswith("What happened, in plain words?")
        await typed(app, pilot, IRONY + " last")
        assert spans(app) == ((0, len(IRONY)),)
        await pilot.press("enter")
        await app.settle(pilot)
        assert [card.text for card in app.meeting.retro.went_well] == [f"{IRONY} last"]


async def test_a_strict_section_holds_enter_and_keeps_the_draft_whole(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, BLAME)
        assert app.meeting.composer.text == BLAME
        assert app.coach.startswith("⏎ held · ")
        assert app.meeting.composer.has_class("-held")
        assert not app.meeting.retro.factors
        app.type("The prompt did not show the region")
        await pilot.pause()
        assert not app.meeting.composer.has_class("-held")
        await pilot.press("enter")
        await pilot.pause()
        assert [factor.text for factor in app.meeting.retro.factors] == ["The prompt did not show the region"]
        assert app.meeting.composer.text == ""


async def test_ctrl_r_goes_through_the_rewrites_and_back_to_ones_own_words(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await typed(app, pilot, BLAME)
        seen = []
        for _ in range(6):
            await pilot.press("ctrl+r")
            await pilot.pause()
            seen.append(app.meeting.composer.text)
            if seen[-1] == BLAME:
                break
            assert "⏎ takes it" in app.coach
        assert seen[-1] == BLAME
        assert "Your own words again" in app.coach
        assert 1 <= len(set(seen)) - 1 <= 4
        await pilot.press("ctrl+r", "enter")
        await pilot.pause()
        assert [factor.text for factor in app.meeting.retro.factors] == [seen[0]]
        assert "Will" not in seen[0]


async def test_ctrl_r_says_so_when_there_is_nothing_to_rewrite(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await typed(app, pilot, "The alert fired late")
        await pilot.press("ctrl+r")
        assert "no rewrite" in app.coach
        await pilot.press("ctrl+g")
        assert "Nothing is flagged" in app.coach


async def test_ctrl_g_keeps_the_words_with_a_reason_and_without_a_name(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, BLAME)
        await pilot.press("ctrl+g")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        (factor,) = app.meeting.retro.factors
        assert factor.text == BLAME
        (kept,) = app.meeting.retro.kept_wording
        assert kept.reason == "a quotation"
        assert kept.section == "causes"
        assert set(type(kept).model_fields) == {"section", "rule", "phrase", "reason"}
        assert "Will" not in kept.phrase and kept.phrase.startswith("somebody should have checked")
        assert app.on_disk.kept_wording == (kept,)
        # remembered for these words: they pass from now on, others about the same person do not
        await app.enter(pilot, BLAME)
        assert len(app.meeting.retro.factors) == 2
        await app.enter(pilot, "Will should have checked the backup")
        assert len(app.meeting.retro.factors) == 2
        await pilot.press("ctrl+u")
        # one step, undone whole
        await app.do(pilot, "undo")
        await app.do(pilot, "undo")
        assert not app.meeting.retro.kept_wording
        assert not app.meeting.retro.factors


async def test_a_choice_of_reason_can_be_left_and_the_line_still_stands(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.enter(pilot, BLAME)
        await pilot.press("ctrl+g")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.meeting.composer.text == BLAME
        assert not app.meeting.retro.kept_wording


async def test_a_coaching_section_takes_the_line_and_asks_its_question(tmp_path: Path) -> None:
    app = app_in(tmp_path, "timeline")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, f"14:03 {BLAME}")
        assert len(app.meeting.retro.events) == 1
        assert app.coach.startswith("Noted. ")
        assert "?" in app.coach


@pytest.mark.parametrize("stage", ["causes", "timeline"])
async def test_where_the_check_is_off_nothing_is_said(tmp_path: Path, stage: str) -> None:
    app = app_in(tmp_path, stage, wording={"causes": "off", "timeline": "off"})
    async with app.run_test() as pilot:
        await app.settle(pilot)
        later = Later(app)
        await typed(app, pilot, f"{BLAME} ")
        assert spans(app) == ()
        assert later.waiting == []
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.meeting.retro.factors) + len(app.meeting.retro.events) == 1
        assert "Noted" not in app.coach


async def test_somebody_alone_is_coached_but_never_held(tmp_path: Path) -> None:
    app = app_in(tmp_path, solo=True)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.do(pilot, "stage.next")
        await app.do(pilot, "stage.next")
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        assert app.meeting.composer.doing is not None
        assert app.meeting.composer.doing.section == "causes"
        await app.enter(pilot, "I should have checked the region, I am an idiot")
        assert len(app.meeting.retro.factors) == 1
        assert app.coach.startswith("Noted. ")


async def test_the_overview_tells_lines_rephrased_kept_and_taken_but_never_by_whom(tmp_path: Path) -> None:
    app = app_in(tmp_path, "timeline")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "wording.overview")
        assert "Nothing was flagged" in app.shown
        await pilot.press("enter")
        await app.enter(pilot, f"14:03 {BLAME}")
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        assert "Wording in this stage: 1 taken as said." in app.coach
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        await app.enter(pilot, BLAME)
        await app.enter(pilot, "The prompt did not show the region")
        await app.enter(pilot, "The deploy had no canary")
        await app.do(pilot, "wording.overview")
        shown = app.shown
        assert "Rephrased before they were taken · 1" in shown
        assert "Root causes · The prompt did not show the region" in shown
        assert "Taken as said, with a question asked · 1" in shown
        assert "The deploy had no canary" not in shown.split("Nobody's name")[0].split("Rephrased")[1]
        assert "Will" not in overview(app.meeting.retro).plain


async def test_the_overview_is_whole_after_the_meeting_was_closed_and_opened_again(tmp_path: Path) -> None:
    app = app_in(tmp_path, "timeline")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, f"14:03 {BLAME}")
        await app.do(pilot, "stage.next")
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        await app.enter(pilot, BLAME)
        await app.enter(pilot, "The prompt did not show the region")
        await app.enter(pilot, "Sam broke it")
        await app.settle(pilot)
        path = app.meeting.path
        assert b"should have" not in path.read_bytes().split(b"[[event]]")[0]
    again = TestApp(tmp_path, path)
    async with again.run_test(size=(120, 36)) as pilot:
        await again.settle(pilot)
        await again.do(pilot, "wording.overview")
        assert "Rephrased before they were taken · 1" in again.shown
        assert "Root causes · The prompt did not show the region" in again.shown
        assert "Taken as said, with a question asked · 1" in again.shown
        await pilot.press("enter")
        await again.do(pilot, "stage.next")
        await again.settle(pilot)
        assert "Wording in this stage: 1 rephrased." in again.coach


async def test_undo_takes_back_what_was_noted_of_a_line_too(tmp_path: Path) -> None:
    app = app_in(tmp_path, "timeline")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, f"14:03 {BLAME}")
        stage = app.meeting.retro.agenda.now
        assert stage is not None and stage.taken == 1
        await app.do(pilot, "undo")
        stage = app.meeting.retro.agenda.now
        assert stage is not None and stage.taken == 0 and not app.meeting.retro.events


async def test_what_a_covered_card_says_is_not_in_the_overview(tmp_path: Path) -> None:
    stage = Stage(id="went_well", kind=StageKind.CARDS, rephrased=("w1", "w9"))
    retro = fresh(stage="went_well").model_copy(
        update={
            "agenda": Agenda(stage=(stage,)),
            "went_well": (Card(id="w1", text="a secret", private=True),),
        }
    )
    told = overview(retro).plain
    assert "a private card" in told and "not there any more" in told and "secret" not in told


async def test_very_long_text_is_checked_on_enter_only(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        long = "the queue grew " * 300 + BLAME + " "
        await typed(app, pilot, long)
        assert spans(app) == ()
        await pilot.press("enter")
        await pilot.pause()
        assert app.meeting.composer.text == long
        assert not app.meeting.retro.factors


def test_a_rule_that_fails_is_said_once_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    checker = CalmChecker(load_rulebook(), roster=("Sam",), on_failure=lambda error: told.append(str(error)))
    assert checker.check("sam should have looked", "causes")

    def fails(*_: object) -> None:
        raise ValueError("a slot is missing")

    monkeypatch.setattr(Checker, "check", fails)
    assert checker.check("sam should have looked", "causes") == ()
    assert checker.check("sam should have looked", "causes") == ()
    assert told == ["a slot is missing"]


async def test_a_line_with_a_mark_in_front_is_looked_at_without_it(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "The prompt shows no role")
        await app.enter(pilot, "> Will forgot the backup alarm #design")
        assert app.meeting.wording.held
        await pilot.press("ctrl+r")
        text = app.meeting.composer.text
        assert text.startswith("> ") and text.endswith("#design") and "Will" not in text
        await pilot.press("enter")
        await app.settle(pilot)
        cause, below = app.meeting.retro.factors
        assert (below.parent, below.category) == (cause.id, "design")


async def test_the_rewrite_that_is_shown_is_the_one_that_is_taken(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(200, 40)) as pilot:
        await app.settle(pilot)
        await typed(app, pilot, BLAME)
        await pilot.pause(2.5 * QUIET_S)
        await app.settle(pilot)
        shown = app.coach.partition("“")[2].rstrip("”…")
        assert len(shown) > 20
        await pilot.press("ctrl+r")
        assert app.meeting.composer.text.startswith(shown)


PASTED = (
    "The prompt did not show the region",
    BLAME,
    "The deploy had no canary",
    "Ana broke the build again",
)


async def pasted(app: TestApp, pilot: Pilot[Any], *lines: str) -> None:
    app.meeting.composer.input.post_message(events.Paste("\n".join(lines)))
    await pilot.pause()
    await pilot.pause()


async def test_of_pasted_lines_those_that_blame_wait_one_by_one_where_wording_is_strict(
    tmp_path: Path,
) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await pasted(app, pilot, *PASTED)
        assert [factor.text for factor in app.meeting.retro.factors] == [PASTED[0], PASTED[2]]
        (told,) = [note.message for note in app._notifications if note.title == "Held"]
        assert told.startswith("2 of 4 lines pasted") and "Lines 2 and 4 hold words that blame" in told
        assert app.meeting.composer.text == BLAME and app.coach.startswith("⏎ held")
        await pilot.press("enter")
        await pilot.pause()
        assert app.meeting.composer.text == BLAME
        await app.enter(pilot, "The runbook did not ask for the region")
        assert app.meeting.composer.text == PASTED[3] and app.coach.startswith("⏎ held")
        await app.settle(pilot)
        path = app.meeting.path
    again = TestApp(tmp_path, path)
    async with again.run_test(size=(120, 36)) as pilot:
        await again.settle(pilot)
        assert again.meeting.composer.text == PASTED[3]
        await again.enter(pilot, "")
        assert again.meeting.composer.text == ""
        assert len(again.meeting.retro.factors) == 3
        await again.settle(pilot)
        assert not again.meeting.workspace.drafts
        stage = again.meeting.retro.agenda.now
        assert stage is not None and stage.rephrased == (again.meeting.retro.factors[-1].id,)


async def test_held_lines_wait_through_a_crash_and_another_stage(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await pasted(app, pilot, BLAME, PASTED[3], "Will should have asked")
        assert not app.meeting.retro.factors
        (told,) = [note.message for note in app._notifications if note.title == "Held"]
        assert told.startswith("Lines 1, 2 and 3 hold")
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        assert app.meeting.composer.text == ""
        await app.do(pilot, "stage.back")
        await app.settle(pilot)
        assert app.meeting.composer.text == BLAME
        await app.enter(pilot, "")
        assert app.meeting.composer.text == PASTED[3]
        await app.enter(pilot, "")
        await app.enter(pilot, "")
        assert app.meeting.composer.text == "" and not app.meeting.workspace.drafts


async def test_lines_of_a_second_paste_wait_behind_those_of_the_first(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await pasted(app, pilot, BLAME, PASTED[3])
        app.meeting.composer.set_text("")
        await pasted(app, pilot, "Priya broke it", "Priya should have asked")
        seen = []
        while app.meeting.composer.text:
            seen.append(app.meeting.composer.text)
            await app.enter(pilot, "")
        assert seen == [PASTED[3], "Priya broke it", "Priya should have asked"]


async def test_where_wording_coaches_pasted_lines_go_in_and_it_is_said_which_blame(tmp_path: Path) -> None:
    app = app_in(tmp_path, "timeline")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await pasted(app, pilot, "14:03 pager fires", f"14:05 {BLAME}")
        assert len(app.meeting.retro.events) == 2
        assert "2 lines pasted" in app.coach and "Line 2 holds words that blame" in app.coach
        stage = app.meeting.retro.agenda.now
        assert stage is not None and stage.taken == 1
        await app.do(pilot, "undo")
        assert not app.meeting.retro.events


async def test_a_parked_thought_that_blames_is_asked_about_and_parked_all_the_same(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        await app.do(pilot, "park")
        await typed(app, pilot, f"{BLAME} ")
        assert spans(app)
        await pilot.press("enter")
        await pilot.pause()
        assert [thought.text for thought in app.meeting.retro.parked] == [BLAME]
        assert app.coach.startswith("Noted. ") and "?" in app.coach
