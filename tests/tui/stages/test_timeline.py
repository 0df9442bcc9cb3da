"""The timeline stage: typing forms, order, pastes, kinds, figures, edits."""

from datetime import UTC, datetime, timedelta

import pytest

from retrotui.retro import Event, EventKind, HypothesisState, Precision
from retrotui.tui.screens.choice import ChoiceScreen
from tests.tui.host import HostApp, retro_in

AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def event(number: int, minutes: int | None, text: str, kind: EventKind = EventKind.OBSERVATION) -> Event:
    at = None if minutes is None else AT + timedelta(minutes=minutes)
    return Event(id=f"e{number}", at=at, text=text, kind=kind)


def events(app: HostApp) -> tuple[Event, ...]:
    return app.session.retro.events


async def test_a_time_may_be_typed_as_people_say_it() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 0, "deploy", EventKind.CHANGE),)))
    async with app.run_test(size=(120, 36)):
        app.host.enter("14:03 pager fires")
        app.host.enter("~14:05 error rate climbs")
        app.host.enter("+12m on-call joins")
        app.host.enter("14:?? cache looks cold")
        app.host.enter("yesterday 23:58 a config was merged")
        found = {one.text: one for one in events(app)}
        assert found["pager fires"].at == AT + timedelta(minutes=3)
        assert found["error rate climbs"].approximate
        assert found["on-call joins"].at == AT + timedelta(minutes=17)
        assert found["cache looks cold"].precision is Precision.UNKNOWN
        assert events(app)[0].text == "a config was merged"
        assert "~20 Nov 14:05" in app.host.board
        assert "+2m" in app.host.board


async def test_an_event_without_a_time_goes_after_the_selected_one() -> None:
    app = HostApp(retro_in("timeline", events=tuple(event(n, n, f"number {n}") for n in (1, 2, 3))))
    async with app.run_test():
        app.host.view.entries.select("e1")
        app.host.enter("somebody says the graph looks odd")
        assert [one.text for one in events(app)][1] == "somebody says the graph looks odd"


async def test_the_line_below_says_what_a_typed_line_will_become() -> None:
    app = HostApp(retro_in("timeline"))
    async with app.run_test():
        task = app.host.composer.doing
        assert task is not None and task.preview is not None
        shown = task.preview("14:03 pager fires #alerted")
        assert shown is not None
        assert shown.plain.startswith("14:03 · alerted")
        shown = task.preview("the pager fires")
        assert shown is not None
        assert "placed by order" in shown.plain
        assert "(guessed)" in shown.plain


async def test_a_scribes_notes_are_pasted_as_one_step_and_roll_over_midnight() -> None:
    app = HostApp(retro_in("timeline"))
    async with app.run_test():
        task = app.host.composer.doing
        assert task is not None and task.paste is not None
        notes = (
            "2026-11-20 23:50 alert fires",
            "23:58 rollback begins",
            "00:07 errors stop",
            "a quiet night",
        )
        change = task.paste(notes)
        assert change is not None
        app.host.do(change)
        times = [one.at for one in events(app)]
        assert times[2] == datetime(2026, 11, 21, 0, 7, tzinfo=UTC)
        assert times[3] is None
        app.host.command_undo()
        assert events(app) == ()


async def test_a_kind_is_picked_by_key_and_brings_its_question() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 0, "the on-call sees the wrong region"),)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("k")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("d")
        await pilot.pause()
        assert events(app)[0].kind is EventKind.DETECTED
        assert app.host.said[-1].endswith("?")


async def test_a_hypothesis_is_open_until_it_is_disproved_or_confirmed() -> None:
    app = HostApp(retro_in("timeline"))
    async with app.run_test(size=(120, 36)) as pilot:
        app.host.enter("14:10 cache stampede? #hypothesis")
        app.host.run_command("event.state")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        assert events(app)[0].state is HypothesisState.DISPROVED
        assert "disproved" in app.host.rows[0]
        app.host.enter("14:12 pager fires #alerted")
        app.host.view.entries.select("e2")
        app.host.run_command("event.state")
        assert "Only a hypothesis" in app.host.said[-1]


async def test_the_figures_stand_with_their_formulas_and_say_what_is_missing() -> None:
    found = (
        event(1, 0, "errors", EventKind.IMPACT_START),
        event(2, 12, "graph", EventKind.DETECTED),
        event(3, 40, "rolled back", EventKind.MITIGATED),
    )
    app = HostApp(retro_in("timeline", events=found))
    async with app.run_test(size=(100, 30)) as pilot:
        app.host.run_command("event.figures")
        await pilot.pause()
        assert "TTD             0:12  = first detected - first impact_start" in app.shown
        assert "TTR                –" in app.shown.replace("—", "–")
        assert "Times in UTC" in app.shown


async def test_an_edit_starts_from_the_line_it_could_have_been_typed_as() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 3, "pager fires", EventKind.ALERTED),)))
    async with app.run_test():
        app.host.run_command("item.edit")
        assert app.host.composer.text == "14:03 #alerted pager fires"
        before = app.session.retro
        assert app.host.enter(app.host.composer.text)
        assert app.session.retro == before
        app.host.run_command("item.edit")
        app.host.enter("14:04 pager fires twice")
        assert events(app)[0].at == AT + timedelta(minutes=4)
        assert events(app)[0].kind is EventKind.ALERTED


async def test_evidence_is_a_list_of_links_and_may_be_emptied() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 3, "pager fires"),)))
    async with app.run_test():
        app.host.run_command("event.evidence")
        app.host.enter("https://graphs.example/1 https://graphs.example/2")
        assert len(events(app)[0].evidence) == 2
        app.host.run_command("event.evidence")
        app.host.enter("")
        assert events(app)[0].evidence == ()


async def test_what_an_event_cannot_be_is_said_with_what_to_do() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 3, "pager fires"),)))
    async with app.run_test():
        for command in ("item.action", "item.link", "topic", "item.vote", "ballot"):
            app.host.said.clear()
            app.host.run_command(command, "1")
            assert app.host.said, command
        assert events(app) == (event(1, 3, "pager fires"),)


async def test_moving_deleting_and_merging_are_undone_one_by_one() -> None:
    found = tuple(event(n, None, f"number {n}") for n in (1, 2, 3))
    app = HostApp(retro_in("timeline", events=found))
    async with app.run_test():
        app.host.view.entries.select("e1")
        app.host.run_command("item.down")
        assert [one.id for one in events(app)] == ["e2", "e1", "e3"]
        assert app.host.view.entries.selected_id == "e1"
        app.host.run_command("item.delete")
        assert [one.id for one in events(app)] == ["e2", "e3"]
        assert "ctrl+z" in app.host.said[-1]
        app.host.command_undo()
        app.host.command_undo()
        assert events(app) == found


async def test_columns_give_way_as_the_window_gets_narrow() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 3, "pager fires", EventKind.ACKNOWLEDGED),)))
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.pause()
        assert "▲ acknowledged" in app.shown
        await pilot.resize_terminal(50, 14)
        await pilot.pause()
        assert "acknowledged" not in app.shown
        assert "14:03" in app.shown and "pager fires" in app.shown


async def test_a_team_is_not_offered_the_kinds_of_one_person_alone() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 3, "errors"),)))
    async with app.run_test(size=(100, 40)) as pilot:
        app.host.run_command("item.kind")
        await pilot.pause()
        assert "what I saw" not in app.shown
        assert "what was true around it" in app.shown


async def test_one_person_alone_is_offered_the_kinds_in_the_first_person() -> None:
    app = HostApp(retro_in("timeline", template="solo", events=(event(1, 3, "errors"),)))
    async with app.run_test(size=(100, 40)) as pilot:
        app.host.run_command("item.kind")
        await pilot.pause()
        assert "what I saw" in app.shown


OVERNIGHT = (
    Event(id="e4", said="two weeks before", text="a ticket is opened"),
    Event(id="e1", at=AT - timedelta(days=3), text="release", precision=Precision.DAY),
    Event(id="e2", at=AT, approximate=True, text="errors", kind=EventKind.ACKNOWLEDGED),
    Event(id="e3", at=AT + timedelta(days=1, seconds=7), text="quiet", precision=Precision.SECOND),
)


@pytest.mark.parametrize("width", [40, 66, 80, 98, 118, 160])
async def test_no_time_is_cut_however_narrow_the_window(width: int) -> None:
    app = HostApp(retro_in("timeline", events=OVERNIGHT))
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        shown = " ".join(app.shown.replace("▌", "").split())
        for words in ("two weeks before", "14:00:07"):
            assert words in shown, words
        assert "~14:00" in shown or "~20 Nov 14:00" in shown
        assert "17 Nov" in shown and "21 Nov" in shown
        assert "acknowledg…" not in shown
        assert width < 64 or "acknowledged" in shown


async def test_days_stand_above_their_events_where_there_is_no_room_in_front() -> None:
    app = HostApp(retro_in("timeline", events=OVERNIGHT))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert "Sat 21 Nov 2026" in app.host.rows
        app.host.view.entries.select("e3")
        app.host.run_command("item.edit")
        assert app.host.composer.text.startswith("2026-11-21 14:00:07")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "Sat 21 Nov 2026" not in app.host.rows
        assert any(row.startswith("21 Nov 14:00:07") for row in app.host.rows)


async def test_an_incident_of_one_day_needs_no_days() -> None:
    app = HostApp(retro_in("timeline", events=(event(1, 3, "errors"), event(2, 5, "rolled back"))))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert len(app.host.rows) == 2
