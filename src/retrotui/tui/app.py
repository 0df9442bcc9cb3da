"""The terminal app: which screen is up, which retro is open, themes, signals, and leaving in good order."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segments
from textual.app import SystemCommand
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme

from retrotui.archive import BadFile, OpenedFile, SaveState, open_file
from retrotui.archive.places import cache_dir, state_dir
from retrotui.facilitation.clock import awake_seconds
from retrotui.settings import Settings
from retrotui.templates import Template, load_templates, shipped
from retrotui.tui.alone import label_of
from retrotui.tui.kept_styles import KeptStylesheet
from retrotui.tui.key_order import KeysInOrder
from retrotui.tui.keymap import check_keymap
from retrotui.tui.keys import first_key, key_words, keys_of
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.themes import (
    DEFAULT_THEME,
    PROJECTOR_THEME,
    ThemeSet,
    load_themes,
    one_shipped,
    variable_defaults,
)
from retrotui.tui.workspace import Workspace, stand_in_template, utc_now

if TYPE_CHECKING:
    from retrotui.blameless import RuleBook


SETTLED_S = 0.3
"""Seconds after the start at which the first picture stands and nobody can have typed much yet."""


@dataclass
class SaveChanged(Message):
    """The saver, on its own thread, has something to say."""

    state: SaveState


class RetroApp(KeysInOrder):
    """retrotui on a terminal."""

    TITLE = "retrotui"
    CSS_PATH: ClassVar[Any] = [Path(__file__).parent / f"styles/{name}.tcss" for name in ("app", "meeting")]
    """Those of the first picture together: a sheet that comes later has Textual read all of them again."""
    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        target: Path | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = awake_seconds,
    ) -> None:
        self.settings = settings
        self.now = now
        self.monotonic = monotonic
        super().__init__()
        self._theme_set: ThemeSet | None = None
        self._theme_refused = ""
        self._take_up_theme()
        keymap, self.keymap_problems = check_keymap(settings.keymap)
        self.own_keymap = keymap
        self.settings = replace(settings, keymap=keymap)
        self.folder = folder
        self.target = target
        self.workspace: Workspace | None = None
        self.crash: BaseException | None = None
        self._theme_before_projector = ""

    @property
    def today(self) -> date:
        """Today, where the person is."""
        return self.now().astimezone().date()

    # themes

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that do not set them (Textual's own)."""
        return variable_defaults(self.current_theme)

    @property
    def _themes(self) -> ThemeSet:
        """All themes, read when another one than that of the first picture is asked for."""
        if self._theme_set is None:
            self._theme_set = load_themes(self.settings.themes_dir)
            for theme in self._theme_set.themes.values():
                if theme.name not in self._registered_themes:
                    self.register_theme(theme)
        return self._theme_set

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Every theme that can be used, Textual's own included."""
        return {**super().available_themes, **self._themes.themes}

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; the one in use without looking at all the others."""
        return self._registered_themes.get(theme_name) or super().get_theme(theme_name)

    def _take_up_theme(self) -> None:
        """Chooses the theme before anything is styled, so that nothing is styled twice."""
        wanted = self.settings.theme or DEFAULT_THEME
        theme = one_shipped(wanted, self.settings.themes_dir)
        if theme is not None:
            self.register_theme(theme)
        elif wanted not in self.available_themes:
            self._theme_refused = self._themes.refusal(wanted) if self.settings.theme else ""
            wanted = self._themes.default
        self.set_reactive(RetroApp.theme, wanted)
        dark = self.current_theme.dark
        self.update_classes({"-dark-mode": dark, "-light-mode": not dark}, update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def command_theme_next(self) -> None:
        """The next theme."""
        self.theme = self._themes.following(self.theme)
        title = getattr(self.current_theme, "name", self.theme)
        self.notify(f"Theme: {title}", timeout=2, markup=False)

    def use_projector_theme(self, on: bool) -> None:
        """The high-contrast theme while the projector view is on."""
        if on:
            self._theme_before_projector = self.theme
            self.theme = self.settings.projector_theme or PROJECTOR_THEME
        elif self._theme_before_projector:
            self.theme = self._theme_before_projector

    # starting and leaving

    def on_mount(self) -> None:
        """Signals and the first screen, which says when something is wrong with the settings."""
        self._catch_signals()
        if self.target is not None:
            self.open_retro(self.target, first=True)
        else:
            self.show_home()
        self.set_timer(SETTLED_S, self._settle_in)

    @property
    def settings_problems(self) -> tuple[str, ...]:
        """What in the settings and in the themes beside them could not be used, a sentence each."""
        return (
            *self.settings.problems,
            *self.keymap_problems,
            *(self._theme_set.problems if self._theme_set else ()),
            *([self._theme_refused] if self._theme_refused else ()),
        )

    def settings_words(self) -> str:
        """That something in the settings could not be used, in one calm line; empty when all could."""
        count = len(self.settings_problems)
        if not count:
            return ""
        what = "a setting was left out" if count == 1 else f"{count} settings were left out"
        return f"{what}: {first_key('palette', self.own_keymap)}, then “settings”, says why"

    def command_settings_problems(self) -> None:
        """What in the settings could not be used, and why."""
        from retrotui.tui.screens.text import TextScreen

        problems = self.settings_problems
        body = "\n\n".join(problems) if problems else "All of them could be used."
        self.push_screen(TextScreen("Settings that could not be used", body))

    def _settle_in(self) -> None:
        """Once the first picture stands: collecting garbage goes on, without what is there to stay."""
        if not gc.isenabled():
            gc.freeze()  # what is there now stays; it need never be looked through
            gc.enable()
        if isinstance(self.stylesheet, KeptStylesheet):
            threading.Thread(target=self.stylesheet.keep, name="retrotui-styles", daemon=True).start()

    def _catch_signals(self) -> None:
        """A closed window, a dropped connection or a kill leave in good order: saved, terminal restored."""
        import asyncio

        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self._leave_on_signal, int(number))
            except (NotImplementedError, RuntimeError, ValueError):
                # Windows has no such handlers in its loop; tests run off the main thread
                return

    def _leave_on_signal(self, number: int) -> None:
        self.close_workspace()
        self.exit(return_code=128 + number)

    def on_unmount(self) -> None:
        """Whatever the way out was, the file is saved."""
        self.close_workspace()

    def _fatal_error(self) -> None:
        """An unforeseen error: save, put the details into a file, and say so in a few plain lines.

        Textual's own prints a page of traceback over the room's shared screen.
        """
        import traceback

        from rich.segment import Segment

        workspace = self.workspace
        with suppress(Exception):
            self.close_workspace()
        lines = ["retrotui met an error of its own and had to stop. The error is ours, not yours."]
        if workspace is not None:
            state = workspace.saver.state
            where = (
                f"Everything is saved in {workspace.path}." if state.settled else f"Saving: {state.message}"
            )
            lines += [where, f"Go on with: retrotui open {workspace.path}"]
        try:
            place = state_dir() / "crash.log"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(traceback.format_exc(), encoding="utf-8")
            lines.append(f"What happened inside is written down in {place}.")
        except OSError:
            lines.append(traceback.format_exc(limit=-3))
        self._exit_renderables.append(Segments([Segment("\n".join(lines) + "\n")]))
        self._close_messages_no_wait()

    def close_workspace(self) -> SaveState | None:
        """Saves and lets go of the open retro."""
        workspace, self.workspace = self.workspace, None
        return workspace.close() if workspace is not None else None

    def command_quit(self) -> None:
        """Leaves; everything is saved first."""
        from retrotui.tui.screens.meeting import MeetingScreen

        meeting = self._meeting()
        if isinstance(meeting, MeetingScreen):
            self.leave_meeting(meeting, quit_app=True)
        else:
            self.exit(0)

    async def action_quit(self) -> None:
        """Textual's own way to leave goes the same way."""
        self.command_quit()

    def _meeting(self) -> Any:
        from retrotui.tui.screens.meeting import MeetingScreen

        return next(
            (screen for screen in reversed(self.screen_stack) if isinstance(screen, MeetingScreen)), None
        )

    # screens

    def show_home(self) -> None:
        """Home: the retros of the folder."""
        from retrotui.tui.screens.home import HomeScreen

        self.push_screen(HomeScreen(self.folder, self.own_keymap))

    def command_help(self) -> None:
        """The keys of this place, and what a facilitator does here."""
        from retrotui.tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, CommandScreen):
            self.push_screen(HelpScreen(screen))

    def command_palette(self) -> None:
        """Everything that can be done here, under its plain name."""
        self.action_command_palette()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette lists our registry, and nothing that is not ours."""
        if not isinstance(screen, CommandScreen):
            return
        for command, reason in screen.usable_commands():
            if command.id == "palette" or command.numbered:
                continue

            def call(command_id: str = command.id) -> None:
                screen.run_command(command_id)

            label = label_of(command.id, command.label, alone=screen.alone)
            title = f"{label} (not now)" if reason else label
            keys = " ".join(key_words(key) for key in keys_of(command, self.own_keymap))
            told = reason or " · ".join(part for part in (keys, command.help) if part)
            yield SystemCommand(title, told or "no key of its own", call)
        for name, theme in self._themes.themes.items():
            yield SystemCommand(f"Theme: {name}", "dark" if theme.dark else "light", self._theme_setter(name))

    def _theme_setter(self, name: str) -> Callable[[], None]:
        def set_theme() -> None:
            self.theme = name

        return set_theme

    # a retro

    def template_for(self, opened: OpenedFile) -> Template:
        """The template of a retro: the team's own, the shipped one, or a stand-in made from its agenda."""
        wanted = opened.retro.info.template
        dirs = self.settings.template_dirs(opened.path.parent)
        if any(directory.is_dir() for directory in dirs):
            found = load_templates(dirs)
            if found.problems:
                told, *others = found.problems
                if others:
                    told += f" And {len(others)} more: `retrotui templates` names them."
                self.notify(told, title="Template", markup=False, severity="warning", timeout=15)
            template = found.templates.get(wanted)
            if template is not None:
                return template
        try:
            return shipped(wanted)
        except KeyError:
            return stand_in_template(opened.retro)

    def rulebook_for(self, folder: Path) -> "Callable[[], RuleBook]":
        """Loads the rules when the first line is checked, the team's own included."""

        @cache
        def load() -> "RuleBook":
            from retrotui.blameless import load_rulebook

            paths = self.settings.rule_files(folder)
            try:
                return load_rulebook(paths)
            except Exception as error:  # a team's broken rule file must not stop a meeting
                self.notify(
                    f"{error} The built-in rules are used.", title="Rules", markup=False, severity="warning"
                )
                return load_rulebook()

        return load

    def open_retro(self, path: Path, *, first: bool = False) -> bool:
        """Opens a retro's file and shows the meeting; a file that cannot be opened says why."""
        from retrotui.tui.screens.meeting import MeetingScreen

        try:
            opened = open_file(path)
        except (BadFile, OSError) as error:
            from retrotui.tui.screens.text import TextScreen

            if first:
                self.show_home()
            self.push_screen(TextScreen(f"{path.name} cannot be opened", str(error)))
            return False
        self.workspace = Workspace(
            opened,
            self.template_for(opened),
            self.settings,
            rulebook=self.rulebook_for(path.parent),
            on_save_state=self._saver_says,
            now=self.now,
            monotonic=self.monotonic,
        )
        self.workspace.on_trouble = lambda sentence: self.notify(
            sentence, title="Rules", markup=False, severity="warning", timeout=12
        )
        self.push_screen(MeetingScreen(self.workspace))
        return True

    def open_after_form(self, path: Path) -> None:
        """Opens a retro once the dialog on top has closed."""
        self.call_later(self.open_retro, path)

    def _saver_says(self, state: SaveState) -> None:
        self.post_message(SaveChanged(state))

    def on_save_changed(self, event: SaveChanged) -> None:
        """Shows it in the header of the meeting."""
        meeting = self._meeting()
        if meeting is not None:
            meeting.save_changed(event.state)

    def leave_meeting(self, meeting: Any, *, quit_app: bool = False) -> None:
        """Leaves the meeting; when it could not be saved, another place is offered first."""
        workspace = self.workspace
        if workspace is None:
            self._left(quit_app)
            return
        if not workspace.session.read_only:
            workspace.session.pause()
        workspace.settle()
        state = workspace.saver.flush(3.0)
        if state.settled or workspace.session.read_only:
            self._left(quit_app)
        else:
            self.offer_another_place(meeting, then=lambda: self._left(quit_app))

    def _left(self, quit_app: bool) -> None:
        self.close_workspace()
        if quit_app:
            self.exit(0)
            return
        self.pop_screen()
        if not any(type(screen).__name__ == "HomeScreen" for screen in self.screen_stack):
            self.show_home()

    def offer_another_place(self, meeting: Any, then: Callable[[], None] | None = None) -> None:
        """Asks for another place to save to."""
        from retrotui.tui.screens.save_elsewhere import SaveElsewhere

        assert self.workspace is not None

        def done(left: bool | None) -> None:
            if left and then is not None:
                then()

        self.push_screen(SaveElsewhere(self.workspace, leaving=then is not None), done)


def run(target: Path | None, *, folder: Path, settings: Settings) -> int:
    """Runs the app until it is left.

    Args:
        target: A retro to open at once, or None for home.
        folder: The folder of retros.
        settings: The user's settings.

    Returns:
        The exit status: 0, or 128 + n when a signal ended it, or 1 after a crash (the file is saved first).
    """
    from retrotui.tui import terminal_input

    terminal_input.install()
    app = RetroApp(settings, folder, target)
    app.stylesheet = KeptStylesheet(cache_dir(os.environ), app.get_css_variables())
    try:
        app.run()
    finally:
        app.close_workspace()
    return app.return_code or 0
