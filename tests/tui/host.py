"""A small screen that does for a stage view what the meeting does, with a real session and no file."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Container
from textual.pilot import Pilot
from textual.screen import Screen

from retrotui.archive import SaveKind
from retrotui.blameless import Section
from retrotui.facilitation import Session, new_retro, plan
from retrotui.retro import ChangeRefused, Mode, Retro
from retrotui.retro.changes import Change, GoToStage
from retrotui.settings import Places, Settings
from retrotui.templates import Template, shipped
from retrotui.tui.app import RetroApp
from retrotui.tui.ballot_steps import undo
from retrotui.tui.choices import Choice
from retrotui.tui.commanding import Commanded, bind, find_handler, reason_against
from retrotui.tui.keys import BY_ID, Place
from retrotui.tui.screens.choice import ChoiceScreen, PickScreen
from retrotui.tui.screens.text import TextScreen
from retrotui.tui.stages import view_for
from retrotui.tui.stages.base import StageView
from retrotui.tui.themes import variable_defaults
from retrotui.tui.widgets.composer import Composer, Task

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class FakeClock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def retro_in(
    stage_id: str,
    *,
    template: str = "incident",
    people: Sequence[str] = ("Ana", "Will", "Priya"),
    **parts: Any,
) -> Retro:
    """A retro whose meeting is in a stage, with the parts given."""
    kind = shipped(template)
    retro = new_retro("Checkout answered 5xx", kind, held=NOON, people=people, mode=Mode(kind.mode))
    retro = retro.model_copy(update={"agenda": plan(kind), **parts})
    return GoToStage(stage_id).apply(retro)


class HostScreen(Commanded, Screen[None]):
    """The composer and one stage view; says what was said in `said`."""

    def __init__(self, session: Session, template: Template, path: Path, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._path = path
        stage = session.retro.agenda.now
        assert stage is not None
        described = template.stage(stage.id)
        assert described is not None
        self.composer = Composer(id="composer")
        self.view: StageView = view_for(stage.kind)(self, stage, described, Section(described.section))
        self.said: list[str] = []
        self.usual_task: Task | None = None
        self.on_disk = True
        bind(self.composer, (Place.COMPOSER,), {})
        bind(self, (Place.EVERYWHERE, Place.MEETING), {})

    def compose(self) -> ComposeResult:
        yield Container(self.view, id="board")
        yield self.composer

    def on_mount(self) -> None:
        self._session.subscribe(lambda before, after, change: self.view.show(after))
        self.collect(self.view.default_task())
        self.view.entries.focus()

    # the Host protocol

    @property
    def session(self) -> Session:
        return self._session

    @property
    def retro(self) -> Retro:
        return self._session.retro

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def today(self) -> date:
        return NOON.date()

    @property
    def path(self) -> Path:
        return self._path

    @property
    def folder(self) -> Path:
        return self._path.parent

    @property
    def fixed(self) -> str:
        return self._session.read_only

    @property
    def saving(self) -> SaveKind:
        return SaveKind.READ_ONLY if self._session.read_only else SaveKind.SAVED

    @property
    def way_to_settle(self) -> str:
        return "ctrl+p, then “settle”,"

    def review_import(self, source: Path) -> None:
        """Notes what was to be brought in."""
        self.said.append(f"import {source}")

    def seconds(self) -> float:
        return 0.0

    def flushed(self, timeout: float) -> bool:
        return self.on_disk

    def do(self, change: Change) -> bool:
        try:
            self._session.do(change)
        except ChangeRefused as refused:
            self.say(str(refused))
            return False
        return True

    def say(self, text: str) -> None:
        self.said.append(text)

    def collect(self, task: Task) -> None:
        self.usual_task = task
        self.composer.set_task(task, self.composer.text)

    def ask(self, task: Task, text: str = "", cursor: int | None = None) -> None:
        self.composer.set_task(task, text, cursor)
        self.composer.input.focus()

    def choose(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], selected: str = ""
    ) -> None:
        self.app.push_screen(
            ChoiceScreen(title, choices, selected=selected),
            lambda value: None if value is None else then(value),
        )

    def pick(
        self,
        title: str,
        items: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        then: Callable[[tuple[str, ...]], None],
    ) -> None:
        self.app.push_screen(
            PickScreen(title, items, chosen=chosen, several=True),
            lambda ids: None if ids is None else then(ids),
        )

    def pick_one(self, title: str, items: Sequence[tuple[str, str]], then: Callable[[str], None]) -> None:
        self.app.push_screen(PickScreen(title, items), lambda ids: then(ids[0]) if ids else None)

    def show_text(self, title: str, body: str) -> None:
        self.app.push_screen(TextScreen(title, body))

    # commands and typing

    def run_command(self, command_id: str, key: str = "") -> None:
        command = BY_ID[command_id]
        nodes: Iterable[Any] = (self.view, self)
        reason = reason_against(command, nodes)
        handler = find_handler(command, nodes)
        if reason or handler is None:
            self.say(reason or f"{command.label}: not in this place.")
        elif command.numbered:
            handler(key)
        else:
            handler()

    def command_compose(self) -> None:
        self.composer.input.focus()

    def command_board(self) -> None:
        self.view.entries.focus()

    def command_undo(self) -> None:
        try:
            name = undo(self._session)
        except ChangeRefused as refused:
            self.say(str(refused))
            return
        self.say(f"Undone: {name}." if name else "There is nothing to undo.")

    def enter(self, text: str) -> bool:
        """Types a text and presses Enter, without the keys. False when it was refused."""
        task = self.composer.doing
        assert task is not None
        try:
            change = task.read(text)
        except ChangeRefused as refused:
            self.say(str(refused))
            return False
        done = change is None or self.do(change)
        if done and task.once and self.usual_task is not None and self.composer.doing is task:
            self.composer.set_task(self.usual_task)
        return done

    # what a person sees

    @property
    def rows(self) -> list[str]:
        """Every row as it is drawn, headings included, whether in view or not."""
        found = []
        for item in self.view.entries.items:
            row = self.view.draw(item)
            parts = [row.left.plain.strip(), "  " * item.depth + row.text.plain, row.right.plain.strip()]
            found.append(" | ".join(part for part in parts if part.strip()))
        return found

    @property
    def board(self) -> str:
        """All rows as one text."""
        return "\n".join(self.rows)


class HostApp(App[None]):
    """One stage of one retro."""

    CSS_PATH = RetroApp.CSS_PATH

    def __init__(self, retro: Retro, path: Path = Path("retro.toml"), *, read_only: str = "") -> None:
        super().__init__()
        self.clock = FakeClock()
        self.session = Session(retro, monotonic=self.clock, now=lambda: NOON, read_only=read_only)
        self.host = HostScreen(
            self.session, shipped(retro.info.template), path, Settings(Places(Path("settings.toml")))
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def on_mount(self) -> None:
        self.push_screen(self.host)

    async def sees(self, pilot: Pilot[None], text: str) -> str:
        """Waits until a text is on the screen that is up; everything that is on it then."""
        for _ in range(200):
            if text in self.shown:
                return self.shown
            await pilot.pause(0.01)
        raise AssertionError(f"{text!r} is not on the screen:\n{self.shown}")

    @property
    def shown(self) -> str:
        """The text of the screen that is up."""
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in lines)
