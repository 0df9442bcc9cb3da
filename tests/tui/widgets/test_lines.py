"""Clock, top bar, rail, keys and the picture of the incident: what they say, at several widths."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widget import Widget

from retrotui.facilitation import ClockReading, ClockState
from retrotui.retro import Event, EventKind
from retrotui.tui.themes import variable_defaults
from retrotui.tui.widgets.big_clock import big
from retrotui.tui.widgets.clock import Clock, face, fitting, large, words
from retrotui.tui.widgets.lines import KeyBar, Rail, TopBar
from retrotui.tui.widgets.timeline_picture import TimelinePicture
from tests.tui.full_app import fresh


def reading(remaining: float, state: ClockState, *, running: bool = True) -> ClockReading:
    return ClockReading(1200, 0, 1200 - remaining, remaining, state, running)


class WidgetApp(App[None]):
    """One widget."""

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self.widget = make()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.widget

    @property
    def text(self) -> str:
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines).rstrip()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0:00"),
        (0.4, "0:01"),
        (59.2, "1:00"),
        (754, "12:34"),
        (3661, "1:01:01"),
        (-42, "+0:42"),
        (-0.5, "0:00"),
    ],
)
def test_the_face_of_the_clock(seconds: float, text: str) -> None:
    assert face(seconds) == text


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (ClockState.CALM, "of 20 min · running"),
        (ClockState.AMBER, "of 20 min · nearly time · running"),
        (ClockState.RED, "of 20 min · almost up · running"),
        (ClockState.OVER, "of 20 min · over · running"),
        (ClockState.IDLE, "of 20 min · not started"),
    ],
)
def test_every_state_of_the_clock_has_a_word(state: ClockState, word: str) -> None:
    assert words(reading(60, state)) == word


def test_a_narrow_clock_drops_whole_words_and_keeps_the_telling_ones() -> None:
    red = reading(20, ClockState.RED)
    assert fitting(red, None, 40) == "of 20 min · almost up · running"
    assert fitting(red, None, 25) == "of 20 min · almost up"
    assert fitting(red, None, 14) == "almost up"
    paused = reading(-30, ClockState.OVER, running=False)
    assert fitting(paused, None, 14) == "over · paused"
    topic = reading(-5, ClockState.OVER)
    assert fitting(red, topic, 36).startswith("topic +0:05 over · ")


def a_clock(height: int = 4) -> Clock:
    """A clock as high as the meeting gives it room."""
    clock = Clock()
    clock.styles.height = height
    return clock


async def test_the_clock_shows_its_state_in_a_colour_and_in_words() -> None:
    clock = a_clock()
    app = WidgetApp(lambda: clock)
    async with app.run_test(size=(50, 8)) as pilot:
        clock.show_reading(reading(-42, ClockState.OVER, running=False), None)
        await pilot.pause()
        assert drawn_as(clock, "clock-over", bold=True)
        assert "over · paused" in app.text
        clock.show_reading(reading(700, ClockState.CALM, running=False), None)
        await pilot.pause()
        assert drawn_as(clock, "clock-paused", bold=False)
        clock.show_reading(reading(700, ClockState.CALM), None)
        assert drawn_as(clock, "clock-calm", bold=False)


async def test_a_second_draws_the_lines_that_it_has_changed_and_no_others() -> None:
    clock = a_clock()
    drawn: list[int] = []
    line = clock.render_line
    app = WidgetApp(lambda: clock)
    async with app.run_test(size=(50, 8)) as pilot:
        clock.show_reading(reading(700, ClockState.CALM), None)
        await pilot.pause()
        clock.render_line = lambda y: drawn.append(y) or line(y)  # type: ignore[method-assign, func-returns-value]
        clock.show_reading(reading(699, ClockState.CALM), None)
        await pilot.pause()
        assert drawn == [0, 1, 2]
        assert large("11:39")[1] in app.text
        clock.show_reading(reading(699, ClockState.CALM), None)
        await pilot.pause()
        assert drawn == [0, 1, 2]


def drawn_as(clock: Clock, name: str, *, bold: bool) -> bool:
    """Whether the figures have the colour of that name in the theme, and are bold or not."""
    variables = clock.app.theme_variables
    [figures] = clock.render_line(0)
    assert figures.style is not None and figures.style.color is not None
    colour = figures.style.color.get_truecolor().hex
    return Color.parse(variables[name]).hex.lower() == colour and bool(figures.style.bold) is bold


@pytest.mark.parametrize(
    ("size", "figures"), [((40, 4), "╭─╴"), ((40, 2), "  5:53"), ((11, 4), "  5:53"), ((12, 4), "╭─╴")]
)
async def test_the_figures_are_large_where_there_is_room(size: tuple[int, int], figures: str) -> None:
    clock = a_clock(size[1])
    app = WidgetApp(lambda: clock)
    async with app.run_test(size=size) as pilot:
        clock.show_reading(reading(353, ClockState.CALM), None)
        await pilot.pause()
        assert figures in app.text


def test_large_figures_stand_in_lines_of_one_width() -> None:
    for figures in ("5:53", "+0:42", "1:02:03", "47:11"):
        assert {len(row) for row in large(figures)} == {3 * len(figures)}


def test_figures_grow_with_the_room_they_have() -> None:
    assert big("1:23", 10, 3) == "1:23"
    assert len(big("1:23", 40, 5).splitlines()) == 5
    assert len(big("1:23", 200, 60).splitlines()) > 20
    assert all(len(line) <= 40 for line in big("12:34", 40, 10).splitlines())


async def test_the_title_gives_way_first_when_the_top_bar_is_narrow() -> None:
    bar = TopBar()
    app = WidgetApp(lambda: bar)
    async with app.run_test(size=(100, 3)) as pilot:
        told = ("Checkout answered 5xx [for] 40 minutes", "2 of 6 · Timeline", "ends 15:02", "✔ saved", "")
        bar.show_parts(*told)
        await pilot.pause()
        assert "Checkout answered 5xx [for] 40 minutes" in app.text
        await pilot.resize_terminal(60, 3)
        bar.show_parts(*told)
        await pilot.pause()
        assert "…" in app.text
        assert "2 of 6 · Timeline" in app.text
        assert "✔ saved" in app.text
        await pilot.resize_terminal(20, 3)
        bar.show_parts(*told)
        await pilot.pause()
        assert "✔ saved" in app.text


async def test_the_rail_tells_done_current_and_to_come_by_signs() -> None:
    rail = Rail()
    app = WidgetApp(lambda: rail)
    agenda = fresh(stage="causes").agenda
    async with app.run_test(size=(120, 3)) as pilot:
        for width, expected in (
            (120, "✔ Opening ── ✔ Timeline ── ✔ What went well ── ● Root causes ── ○ How can we ── ○ Close"),
            (60, "● Root causes"),
            (30, "● Root causes"),
        ):
            rail.show_agenda(agenda, width)
            await pilot.pause()
            assert expected in app.text
            assert len(app.text.splitlines()[0]) <= width


async def test_keys_that_do_not_fit_are_left_out_whole() -> None:
    bar = KeyBar()
    app = WidgetApp(lambda: bar)
    async with app.run_test(size=(40, 3)) as pilot:
        bar.show_keys(
            [("F1", "help", True), ("k", "kind", True), ("F8", "the next stage of it all", True)], 40
        )
        await pilot.pause()
        assert app.text.strip() == "F1 help  k kind"


async def test_how_to_go_on_is_the_last_key_to_leave_a_narrow_bar() -> None:
    bar = KeyBar()
    app = WidgetApp(lambda: bar)
    keys = [
        ("F1", "help", True),
        ("F2", "pause", True),
        ("F5", "projector", True),
        ("F8", "next stage", True),
    ]
    async with app.run_test(size=(40, 3)) as pilot:
        for width, told in ((40, "F1 help  F2 pause  F8 next stage"), (26, "F1 help  F8 next stage")):
            bar.show_keys(keys, width)
            await pilot.pause()
            assert app.text.strip() == told


def incident(start: datetime) -> tuple[Event, ...]:
    def at(minutes: int) -> datetime:
        return start + timedelta(minutes=minutes)

    return (
        Event(id="e1", at=at(0), kind=EventKind.CHANGE, text="deploy"),
        Event(id="e2", at=at(5), kind=EventKind.IMPACT_START, text="errors"),
        Event(id="e3", at=at(17), kind=EventKind.DETECTED, text="graph"),
        Event(id="e4", at=at(30), kind=EventKind.OH_NO, text="the region!"),
        Event(id="e5", kind=EventKind.OBSERVATION, text="some time"),
        Event(id="e6", at=at(60), kind=EventKind.MITIGATED, text="rolled back"),
        Event(id="e7", at=at(90), kind=EventKind.RESOLVED, text="all well"),
    )


@pytest.mark.parametrize("width", [40, 80, 120, 200])
async def test_the_picture_scales_the_incident_to_the_window(width: int) -> None:
    picture = TimelinePicture()
    app = WidgetApp(lambda: picture)
    async with app.run_test(size=(width, 4)) as pilot:
        picture.show_events(incident(datetime(2026, 11, 20, 14, 0, tzinfo=UTC)), ZoneInfo("UTC"), "e3")
        await pilot.pause()
        line, numbers = app.text.splitlines()[:2]
        assert len(line) <= width
        assert line.strip().startswith("14:00") and line.strip().endswith("15:30")
        assert "♥" in line and "◆" in line
        assert "TTD 0:12" in numbers
        if width >= 120:
            assert " impact " in line and " detected " in line and " mitigated " in line


async def test_an_incident_across_midnight_shows_its_days() -> None:
    picture = TimelinePicture()
    app = WidgetApp(lambda: picture)
    async with app.run_test(size=(100, 4)) as pilot:
        picture.show_events(incident(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)), ZoneInfo("UTC"), "")
        await pilot.pause()
        line = app.text.splitlines()[0]
        assert "20 Nov 23:30" in line
        assert "21 Nov 01:00" in line


async def test_without_times_there_is_no_picture_and_with_one_only_figures() -> None:
    picture = TimelinePicture()
    app = WidgetApp(lambda: picture)
    async with app.run_test(size=(100, 4)) as pilot:
        picture.show_events((Event(id="e1", text="some time"),), ZoneInfo("UTC"), "")
        await pilot.pause()
        assert picture.has_class("-empty")
        picture.show_events(incident(datetime(2026, 11, 20, 14, 0, tzinfo=UTC))[:1], ZoneInfo("UTC"), "")
        await pilot.pause()
        assert app.text.strip().startswith("TTD")
