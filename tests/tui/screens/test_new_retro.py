"""The form of a new retro: choices by arrows and letters, and a pace of the team's own."""

from datetime import timedelta
from pathlib import Path

from retrotui.facilitation import new_retro
from retrotui.retro import Retro
from retrotui.templates import shipped
from retrotui.tui.screens.new_retro import NewRetroForm
from tests.tui.full_app import NOW, TestApp, saved


def slow_timeline(days_ago: int) -> Retro:
    """An incident retro whose timeline took half as long again, and whose causes were quick."""
    retro = new_retro(f"Incident {days_ago}", shipped("incident"), held=NOW - timedelta(days=days_ago))
    taken = {"timeline": 1.5, "causes": 0.6}
    stages = tuple(
        stage.model_copy(update={"elapsed_s": round(stage.planned_s * taken.get(stage.id, 1.0))})
        for stage in retro.agenda.stages
    )
    agenda = retro.agenda.model_copy(update={"stages": stages, "current": "close"})
    return retro.model_copy(update={"agenda": agenda})


async def form_of(app: TestApp, pilot: object) -> NewRetroForm:
    await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]
    await pilot.press("n")  # type: ignore[attr-defined]
    await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]
    assert isinstance(app.screen, NewRetroForm)
    return app.screen


async def test_templates_are_picked_by_arrows_and_letters_and_bring_their_lengths(tmp_path: Path) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        form = await form_of(app, pilot)
        assert "Incident began" in app.shown and "Own pace" not in app.shown
        await pilot.press(*"Weeks", "down", "right")
        assert form.choice("template").value == "sprint"
        await pilot.press(*"sta")
        assert form.choice("template").value == "start-stop-continue"
        await pilot.pause()
        assert "Incident began" not in app.shown
        await pilot.press("down", "left")
        length = form.choice("preset").value
        await pilot.press("enter")
        await app.settle(pilot)
        retro = app.meeting.retro
        assert (retro.info.title, retro.info.template) == ("Weeks", "start-stop-continue")
        assert retro.agenda.preset == length


async def test_a_pace_of_ones_own_is_offered_and_taken(tmp_path: Path) -> None:
    for days in (7, 14, 21):
        saved(tmp_path, slow_timeline(days))
    app = TestApp(tmp_path)
    async with app.run_test(size=(160, 36)) as pilot:
        form = await form_of(app, pilot)
        assert "At the pace of your last 3 retros: " in app.shown
        await pilot.press(*"Next", "down", "down", "down", "right")
        assert form.choice("pace").value == "yes"
        await pilot.press("enter")
        await app.settle(pilot)
        stages = {stage.id: stage.planned_s for stage in app.meeting.retro.agenda.stages}
        assert stages["timeline"] > 20 * 60 and stages["causes"] < 15 * 60
        assert sum(stages.values()) == 60 * 60


async def test_a_pace_is_not_taken_unasked(tmp_path: Path) -> None:
    for days in (7, 14):
        saved(tmp_path, slow_timeline(days))
    app = TestApp(tmp_path)
    async with app.run_test() as pilot:
        await form_of(app, pilot)
        await pilot.press(*"Next", "enter")
        await app.settle(pilot)
        stages = {stage.id: stage.planned_s for stage in app.meeting.retro.agenda.stages}
        assert stages["timeline"] == 20 * 60
