"""What stage views may ask of the meeting: do a change, say something, ask for a line, a choice or a pick.

A part of the meeting screen; the `Host` protocol of `stages.base` is the list of it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from textual.content import Content

from retrotui.archive import SaveKind
from retrotui.facilitation import Held, Session
from retrotui.retro import ChangeRefused, Retro
from retrotui.retro.changes import Change
from retrotui.settings import Settings
from retrotui.tui.choices import Choice
from retrotui.tui.screens.meeting_typing import NOTED, MeetingTyping, added_id, as_sentence
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.visible import visible


class MeetingHost(MeetingTyping):
    """The meeting as stage views see it."""

    @property
    def fixed(self) -> str:
        """Why the retro may only be looked at; empty when it may be changed."""
        raise NotImplementedError

    _select_next: str
    """The id to select when the next change is shown."""

    @property
    def session(self) -> Session:
        """The session."""
        return self.workspace.session

    @property
    def retro(self) -> Retro:
        """The retro as it is now."""
        return self.workspace.session.retro

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        return self.workspace.settings

    @property
    def today(self) -> date:
        """Today in the retro's zone."""
        return self.workspace.today

    def do(self, change: Change, *, force: bool = False) -> bool:
        """Does a change; shows why not when it cannot be done."""
        if self.fixed:
            self.say(self.fixed)
            return False
        self._select_next = added_id(change)
        try:
            self.session.do(change, force=force)
        except Held as held:
            self.wording.hold(tuple(held.findings))
            return False
        except ChangeRefused as refused:
            self.say(as_sentence(str(refused)))
            return False
        finally:
            self._select_next = ""
        return True

    def say(self, text: str) -> None:
        """Shows a sentence in the coach line, until something else is typed."""
        if self._goes_first and text.startswith(NOTED):
            text = self._goes_first
        self._said_over = self.composer.text
        self.composer.coach_says(Content(visible(text)))

    def ask(self, task: Task, text: str = "", cursor: int | None = None) -> None:
        """Lets the composer take up a task."""
        if self.fixed:
            self.say(self.fixed)
            return
        self._put_aside()
        self._from_board = task.place if task.once and not self.composer.input.has_focus else ""
        drafted, at = self._drafted(task.place)
        self._use_task(task, drafted or text, at if drafted else cursor)
        self.composer.input.focus()

    def choose(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], selected: str = ""
    ) -> None:
        """Offers choices by key."""

        def taken(value: str | None) -> None:
            if value is not None:
                then(value)

        from retrotui.tui.screens.choice import ChoiceScreen

        self.app.push_screen(ChoiceScreen(title, choices, selected=selected), taken)

    def pick(
        self,
        title: str,
        items: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        then: Callable[[tuple[str, ...]], None],
    ) -> None:
        """Offers a long list of which several may be picked."""

        def taken(picked: tuple[str, ...] | None) -> None:
            if picked is not None:
                then(picked)

        from retrotui.tui.screens.choice import PickScreen

        self.app.push_screen(PickScreen(title, items, chosen=chosen, several=True), taken)

    def pick_one(self, title: str, items: Sequence[tuple[str, str]], then: Callable[[str], None]) -> None:
        """Offers a long list of which one may be picked."""

        def taken(picked: tuple[str, ...] | None) -> None:
            if picked:
                then(picked[0])

        from retrotui.tui.screens.choice import PickScreen

        self.app.push_screen(PickScreen(title, items), taken)

    def show_text(self, title: str, body: str) -> None:
        """Shows a text to read in a box."""
        from retrotui.tui.screens.text import TextScreen

        self.app.push_screen(TextScreen(title, body))

    def review_import(self, source: Path) -> None:
        """Shows what a source offers for the timeline, and brings in what is taken."""
        from retrotui.tui.screens.import_review import ImportReview

        def taken(change: Change | None) -> None:
            if change is not None and self.do(change, force=True):
                self.say(f"{change.name[:1].upper()}{change.name[1:]}. ctrl+z takes it back.")

        self.app.push_screen(ImportReview(source, self.retro), taken)

    def seconds(self) -> float:
        """The monotonic clock."""
        return self.workspace.monotonic()

    @property
    def path(self) -> Path:
        """The file of the retro."""
        return self.workspace.path

    @property
    def saving(self) -> SaveKind:
        """How far saving has come."""
        return self.workspace.saver.state.kind

    @property
    def folder(self) -> Path:
        """The folder of retros it belongs to: the one the app was started with, or where the file is."""
        folder: Path = self.app.folder  # type: ignore[attr-defined]
        return folder if self.path.absolute().is_relative_to(folder.absolute()) else self.path.parent

    def collect(self, task: Task) -> None:
        """What the stage collects has changed; what stands in the composer stays."""
        before, self._default_task = self._default_task, task
        if before is None or self.composer.doing is before:
            self._use_task(task, self.composer.text, self.composer.cursor)

    def flushed(self, timeout: float) -> bool:
        """Waits until everything is on the disk."""
        return self.workspace.saver.flush(timeout).settled
