"""The whole app on a demo retro, with clocks that stand still, for tests that drive it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from retrotui.archive import create_file
from retrotui.archive.codec import loads
from retrotui.demo import demo_retro, demo_retros
from retrotui.facilitation import new_retro
from retrotui.retro import Retro
from retrotui.retro.changes import GoToStage
from retrotui.settings import Places, Settings
from retrotui.templates import shipped
from retrotui.tui.app import RetroApp
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.widgets.entry_list import EntryList

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


class Clocks:
    """A monotonic and a wall clock that go on together, only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds - 1000)


class TestApp(RetroApp):
    """The app with still clocks, a still cursor and settings of its own."""

    __test__ = False

    def __init__(self, folder: Path, target: Path | None = None, **settings: Any) -> None:
        self.clocks = Clocks()
        own = Settings(Places(folder / "config" / "settings.toml"), **settings)
        super().__init__(own, folder, target, now=self.clocks.now, monotonic=self.clocks.monotonic)
        self.copied: list[str] = []

    def copy_to_clipboard(self, text: str) -> None:
        """Remembers instead of sending."""
        self.copied.append(text)

    @property
    def meeting(self) -> MeetingScreen:
        """The meeting that is open."""
        found = self._meeting()
        assert isinstance(found, MeetingScreen)
        return found

    @property
    def entries(self) -> EntryList:
        """The list of the screen that is up."""
        return self.screen.query(EntryList).first()

    @property
    def shown(self) -> str:
        """The text of the screen that is up."""
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    @property
    def coach(self) -> str:
        """The line under what is typed."""
        coached = self.meeting.composer._coached
        return coached.plain if coached is not None else ""

    @property
    def rows(self) -> list[str]:
        """Every row of the board as it is drawn."""
        view = self.meeting.view
        assert view is not None
        found = []
        for item in view.entries.items:
            row = view.draw(item)
            parts = [row.left.plain.strip(), "  " * item.depth + row.text.plain, row.right.plain.strip()]
            found.append(" | ".join(part for part in parts if part.strip()))
        return found

    @property
    def on_disk(self) -> Retro:
        """The retro as the file has it."""
        workspace = self.meeting.workspace
        workspace.saver.flush(5)
        return loads(workspace.path.read_bytes(), workspace.path.name)

    async def settle(self, pilot: Pilot[Any]) -> None:
        """Waits until workers are through and everything is drawn and on the disk."""
        await self.workers.wait_for_complete()
        await pilot.pause()
        if self.workspace is not None:
            await asyncio.to_thread(self.workspace.saver.flush, 5)
        for cursor in self.screen.query(Input):
            cursor.cursor_blink = False
        await pilot.pause()

    async def enter(self, pilot: Pilot[Any], text: str) -> None:
        """Types a text and presses Enter, without the keys."""
        self.type(text)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

    def type(self, text: str) -> None:
        """Puts a text into the composer as if it had been typed."""
        composer = self.meeting.composer
        composer.input.value = text
        composer.input.cursor_position = len(text)

    async def do(self, pilot: Pilot[Any], command_id: str, key: str = "") -> None:
        """Does a command without its key."""
        self.screen.run_command(command_id, key)  # type: ignore[attr-defined]
        await pilot.pause()


def saved(folder: Path, retro: Retro) -> Path:
    """The retro's file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{retro.info.id}.toml"
    create_file(path, retro).close()
    return path


def demo_in(stage_id: str = "") -> Retro:
    """The demo retro of a fixed day, in one of its stages."""
    retro = demo_retro(TODAY)
    return GoToStage(stage_id).apply(retro) if stage_id and stage_id != retro.agenda.current else retro


def demo_folder(folder: Path, stage_id: str = "") -> Path:
    """Both retros of the demo in a folder; the path of the one to open."""
    _, *older = demo_retros(TODAY)
    for retro in older:
        saved(folder, retro)
    return saved(folder, demo_in(stage_id))


def fresh(
    *, template: str = "incident", change: Callable[[Retro], Retro] | None = None, stage: str = ""
) -> Retro:
    """A retro with nothing in it yet."""
    retro = new_retro("Checkout answered 5xx", shipped(template), held=NOW, people=("Ana", "Will", "Priya"))
    if stage:
        retro = GoToStage(stage).apply(retro)
    return change(retro) if change else retro
