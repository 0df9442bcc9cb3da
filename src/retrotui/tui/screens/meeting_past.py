"""Never the same mistake twice: the meeting looks beside the screen whether an earlier retro resembles it.

A part of the meeting screen. What is alike, and how it is told, is for `tui.resemblance`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrotui.retro import Retro
from retrotui.tui.keys import BY_ID, key_words, keys_of
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.widgets.composer import Composer
from retrotui.tui.wording_flow import WordingFlow
from retrotui.tui.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from retrotui.archive.repeats import Resemblance

AFTER_OPENING_S = 2.0
"""Seconds after which the title is looked up, so that opening a retro is not slowed down by it."""
_MOST_TEXTS = 8


class MeetingPast(CommandScreen):
    """What the meeting knows of earlier retros."""

    workspace: Workspace
    wording: WordingFlow
    composer: Composer
    _somebody_waits = False
    """Whether a look back was asked for and is not through."""

    if TYPE_CHECKING:

        @property
        def folder(self) -> Path:
            """The folder of retros it belongs to."""

    def look_back(self, texts: Sequence[str], *, show: bool = False) -> None:
        """Asks for earlier retros that one of the texts resembles; tells of them when there are any.

        Args:
            texts: A title, causes.
            show: Whether somebody asked: then all of it is shown, and nothing found is said as well.
        """
        if self._somebody_waits and not show:
            return  # what was asked for is not given up for what nobody asked
        self._somebody_waits = show
        retro, folder = self.workspace.retro, self.folder

        def ask() -> None:
            from retrotui.tui.resemblance import earlier

            try:
                found = earlier(folder, retro, texts)
            except Exception:
                self.app.call_from_thread(self._looked_back, None, show)
                raise
            self.app.call_from_thread(self._looked_back, found, show)

        self.run_worker(ask, thread=True, exclusive=True, group="past", exit_on_error=False)

    def look_back_at_change(self, before: Retro, after: Retro) -> None:
        """Looks back at what is new in a retro: its title or its causes."""
        if before.info.title != after.info.title:
            self.look_back([after.info.title])
        elif len(after.factors) > len(before.factors):
            known = {factor.id for factor in before.factors}
            new = [factor.text for factor in after.factors if factor.id not in known]
            self.look_back(new[:_MOST_TEXTS])

    def look_back_at_title(self) -> None:
        """Looks back once, after the retro was opened, while nothing has been found out about it yet."""
        if not self.workspace.session.read_only:
            self.look_back([self.workspace.retro.info.title])

    def _looked_back(self, found: "tuple[Resemblance, ...] | None", show: bool) -> None:
        if show:
            self._somebody_waits = False
        if not self.is_attached:
            return
        if found is None:
            if show:
                self.say("The earlier retros could not be looked through.")
            return
        from retrotui.tui.resemblance import in_full, in_one_line

        if show:
            if found:
                body = in_full(found, self.workspace.today)
                from retrotui.tui.screens.text import TextScreen

                self.app.push_screen(TextScreen("Earlier retros that resemble this", body))
            else:
                self.say("No earlier retro resembles this one.")
        elif found and not self.wording.findings:
            keys = " or ".join(key_words(key) for key in keys_of(BY_ID["similar"], self.keymap))
            self.say(in_one_line(found[0]))
            self.composer.say_keys(f"{keys or 'the palette'} shows it")
