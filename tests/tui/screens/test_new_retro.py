"""The form of a new retro: choices by arrows and letters, and a pace of the team's own."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from retrotui.facilitation import new_retro
from retrotui.retro import Retro
from retrotui.templates import shipped
from retrotui.tui.screens.form import QUIET_S
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


def said(app: TestApp) -> str:
    return str(app.screen.query_one("#form-problem", Static).render())


def line(app: TestApp, name: str) -> Input:
    return next(found for found in app.screen.query(Input) if found.name == name)


async def looked(app: TestApp, pilot: Pilot[Any]) -> None:
    """Waits until what was typed has been looked at."""
    await pilot.pause(QUIET_S + 0.1)
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_title_that_blames_is_asked_about_and_taken_all_the_same(tmp_path: Path) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await form_of(app, pilot)
        line(app, "title").value = "The intern broke checkout"
        await looked(app, pilot)
        assert said(app).startswith("Title: ") and "?" in said(app)
        line(app, "title").value = "Checkout answered 5xx"
        await looked(app, pilot)
        assert said(app) == ""
        line(app, "title").value = "The intern broke checkout"
        await pilot.press("enter")
        await app.settle(pilot)
        assert app.meeting.retro.info.title == "The intern broke checkout"


async def test_several_pasted_lines_become_one_and_names_are_read_however_they_are_parted(
    tmp_path: Path,
) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await form_of(app, pilot)
        line(app, "title").post_message(events.Paste("Checkout answered\n5xx\n"))
        line(app, "people").post_message(events.Paste("Ana*\n@will\n\nPriya and Jo"))
        await pilot.pause()
        assert line(app, "title").value == "Checkout answered 5xx"
        await pilot.press("enter")
        await app.settle(pilot)
        info = app.meeting.retro.info
        assert (info.title, info.people, info.facilitator) == (
            "Checkout answered 5xx",
            ("Ana", "will", "Priya", "Jo"),
            "Ana",
        )


async def test_escape_has_to_be_meant_once_something_was_typed(tmp_path: Path) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        form = await form_of(app, pilot)
        await pilot.press(*"Half", "escape")
        await pilot.pause()
        assert app.screen is form and "esc once more" in said(app)
        await pilot.press("x", "escape")
        assert app.screen is form and line(app, "title").value == "Halfx"
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not form
        form = await form_of(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not form


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("dublin", "Europe/Dublin"), ("europe/dublin", "Europe/Dublin"), ("Berlim", "Europe/Berlin")],
)
async def test_a_zone_that_there_is_not_is_answered_with_the_one_that_was_meant(
    tmp_path: Path, typed: str, meant: str
) -> None:
    app = TestApp(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await form_of(app, pilot)
        line(app, "title").value = "x"
        line(app, "timezone").value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert said(app).startswith("Time zone: ") and said(app).endswith(f"did you mean {meant}?")
        assert app.screen.focused is line(app, "timezone")
        line(app, "timezone").value = meant
        await pilot.pause()
        assert said(app) == ""


@pytest.mark.parametrize(
    ("typed", "began"),
    [
        ("2026-11-20 14:03", "2026-11-20T14:03:00+00:00"),
        ("13:03", "2026-11-21T13:03:00+00:00"),
        ("23:58", "2026-11-20T23:58:00+00:00"),
        ("yesterday 2.15pm", "2026-11-20T14:15:00+00:00"),
        ("14:03 or so, I think", None),
        ("half past two", None),
    ],
)
async def test_when_it_began_is_read_as_the_last_such_time_or_refused_whole(
    tmp_path: Path, typed: str, began: str | None
) -> None:
    app = TestApp(tmp_path, timezone="UTC")
    async with app.run_test(size=(120, 36)) as pilot:
        await form_of(app, pilot)
        line(app, "title").value = "x"
        line(app, "start").value = typed
        await pilot.press("enter")
        await app.settle(pilot)
        if began is None:
            assert said(app).startswith("Incident began: ")
        else:
            start = app.meeting.retro.info.incident_start
            assert start is not None and start.isoformat() == began
