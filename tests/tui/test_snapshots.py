"""What the screens look like. Made anew with `pytest tests/tui/test_snapshots.py --snapshot-update`.

Look at the pictures before they are committed: they open in a browser.

Everything that could differ stands still: the day, both clocks, the cursor, the zone, the folder's name.
"""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from retrotui.tui.themes import load_themes
from tests.tui.full_app import TestApp, demo_folder

Compare = Callable[..., bool]
Step = Callable[[TestApp, Pilot[Any]], Awaitable[None]]

STAGES = ("opening", "timeline", "went_well", "causes", "how_can_we", "close")
SIZES = {"120x36": (120, 36), "80x24": (80, 24)}
BLAME = "Will should have checked the region before running it"


@pytest.fixture(autouse=True)
def still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose name is the same everywhere, and one time zone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def looks_right(snap_compare: Compare) -> Callable[..., None]:
    """Compares the app after some steps with its picture."""

    def look(
        size: tuple[int, int], *steps: Step, stage: str = "", home: bool = False, theme: str = ""
    ) -> None:
        path = demo_folder(Path("retros"), stage)
        app = TestApp(Path("retros"), None if home else path, theme=theme)

        async def before(pilot: Pilot[Any]) -> None:
            await app.settle(pilot)
            for step in steps:
                await step(app, pilot)
                await app.settle(pilot)

        assert snap_compare(app, terminal_size=size, run_before=before)

    return look


def command(command_id: str, key: str = "") -> Step:
    async def step(app: TestApp, pilot: Pilot[Any]) -> None:
        await app.do(pilot, command_id, key)

    return step


def press(*keys: str) -> Step:
    async def step(app: TestApp, pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)

    return step


def enter(text: str) -> Step:
    async def step(app: TestApp, pilot: Pilot[Any]) -> None:
        await app.enter(pilot, text)

    return step


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("stage", STAGES)
def test_stage(looks_right: Callable[..., None], stage: str, size: tuple[int, int]) -> None:
    looks_right(size, stage=stage)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_home(looks_right: Callable[..., None], size: tuple[int, int]) -> None:
    looks_right(size, home=True)


@pytest.mark.parametrize("theme", sorted(load_themes().themes))
def test_meeting_in_theme(looks_right: Callable[..., None], theme: str) -> None:
    looks_right((100, 28), command("board"), stage="timeline", theme=theme)


@pytest.mark.parametrize(
    ("stage", "size", "steps"),
    [
        ("causes", (120, 36), (command("projector"),)),
        ("timeline", (80, 24), (command("help"),)),
        ("timeline", (80, 24), (command("event.figures"),)),
        ("causes", (120, 36), (enter(BLAME),)),
        ("causes", (80, 24), (command("ballot"), press("enter"))),
        ("timeline", (80, 24), (command("item.kind"),)),
        ("causes", (80, 24), (command("retro.edit"),)),
        ("causes", (200, 60), ()),
        ("timeline", (200, 60), ()),
        ("timeline", (40, 14), ()),
        ("how_can_we", (40, 14), (command("help"),)),
        ("causes", (40, 14), (command("projector"),)),
    ],
    ids=(
        "projector",
        "help",
        "figures",
        "held",
        "ballot-covered",
        "kinds",
        "facts",
        "large-causes",
        "large-timeline",
        "small-timeline",
        "small-help",
        "small-projector",
    ),
)
def test_view(
    looks_right: Callable[..., None], stage: str, size: tuple[int, int], steps: tuple[Step, ...]
) -> None:
    looks_right(size, *steps, stage=stage)


@pytest.mark.parametrize(
    ("size", "steps"),
    [((80, 24), (command("home.new"),)), ((80, 24), (command("home.ledger"),)), ((40, 14), ())],
    ids=("new", "ledger", "small"),
)
def test_from_home(looks_right: Callable[..., None], size: tuple[int, int], steps: tuple[Step, ...]) -> None:
    looks_right(size, *steps, home=True)
