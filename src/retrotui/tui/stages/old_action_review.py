"""Reviewing the open actions of earlier retros: done, keep, re-scope, drop; a part of the opening's view.

Leaves reading and writing their files to `old_actions`; nothing of it happens on the screen's thread.
"""

from dataclasses import dataclass

from textual.message import Message

from retrotui.notation import action_as_line
from retrotui.retro import Action, ActionStatus, Retro
from retrotui.retro.changes import Batch, Change, Delete, ReviewAction
from retrotui.tui.stages import old_actions
from retrotui.tui.stages.action_tasks import FIELDS, HINT, edit_action_task, preview_action, read_action
from retrotui.tui.stages.base import StageView
from retrotui.tui.stages.old_actions import OldAction, Standing
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.visible import visible

RETRY_S = 15.0
"""Seconds until an old action is written again that could not be."""

_FLUSH_S = 4.0


class OldActionReview(StageView):
    """A stage that reviews the actions of earlier retros."""

    @dataclass
    class Loaded(Message):
        """The old actions have been read."""

        found: tuple[OldAction, ...]
        error: str = ""

    @dataclass
    class Written(Message):
        """Where an old action stands was written into its file, or could not be."""

        old: OldAction
        standing: Standing
        trouble: str

    _old: tuple[OldAction, ...] = ()
    _state = "Looking through the earlier retros …"
    _writing = False

    def show(self, retro: Retro, *, select: str | None = None) -> None:
        """Shows the retro; when undo has changed where old actions stand, their files are put right."""
        super().show(retro, select=select)
        self._put_right()

    @property
    def old(self) -> OldAction | None:
        """The selected old action."""
        row_id = self.entries.selected_id
        return next((old for old in self._old if old.row_id == row_id), None)

    def on_mount(self) -> None:
        """Shows what there is at once; the old actions come when they have been read."""
        super().on_mount()
        folder, retro, today = self.host.folder, self.host.retro, self.host.today

        def read() -> None:
            try:
                self.post_message(self.Loaded(old_actions.load(folder, retro, today)))
            except Exception as error:  # whatever is wrong with other files must not stop this meeting
                self.post_message(self.Loaded((), str(error) or type(error).__name__))

        self.run_worker(read, thread=True, group="old-actions", exit_on_error=False)

    def on_old_action_review_loaded(self, event: Loaded) -> None:
        """Shows the old actions."""
        self._old = event.found
        self._state = (
            "" if event.found else "None: those of earlier retros are settled, or this is the first."
        )
        if event.error:
            self._state = f"They could not be read: {visible(event.error)}"
        self.show(self.host.retro)

    def command_old_done(self) -> None:
        """It is done, or open again."""
        self._settle(
            ActionStatus.DONE, f"Done, and noted in its own retro. x again or {self.undo_key} takes it back."
        )

    def command_old_drop(self) -> None:
        """It will not be done, and why."""
        old = self.old
        if old is None:
            return
        if old.standing(self.host.retro).status is ActionStatus.WONT_DO:
            self._settle(ActionStatus.WONT_DO, "")
            return
        if self._goes_on(old):
            return

        def read(text: str) -> Change | None:
            self.call_after_refresh(lambda: self.show(self.host.retro))
            return self._review(old, ActionStatus.WONT_DO, text.strip())

        task = Task(
            f"drop:{old.item.ref}",
            "it will not be done, because …",
            read,
            hint="what has changed since",
            once=True,
        )
        self.host.ask(task)

    def _goes_on(self, old: OldAction) -> bool:
        if old.carried(self.host.retro) is None:
            return False
        self.host.say("It goes on in this retro: c takes that back first.")
        return True

    def _review(self, old: OldAction, status: ActionStatus, reason: str = "") -> Change:
        """The change that settles it, here and so in its own file; undo takes it back in both."""
        old.overruled = None
        return ReviewAction(old.item.ref, status, reason, text=old.item.text)

    def _settle(self, status: ActionStatus, said: str) -> None:
        old = self.old
        if old is None or self._goes_on(old):
            return
        again = old.standing(self.host.retro).status is status
        if not self.host.do(self._review(old, ActionStatus.OPEN if again else status)):
            return
        self.show(self.host.retro)
        self.host.say("Open again." if again else said)
        if not again:
            self.entries.action_step(1)

    def command_old_keep(self) -> None:
        """It goes on in this retro; once more takes that back."""
        old = self.old
        if old is None:
            return
        action = old.carried(self.host.retro)
        if action is not None:
            if self.host.do(Delete(action.id)):
                self.host.say("Not kept: it is open in its own retro again.")
            return
        if self.host.do(self._carrying(old)):
            self.host.say("Kept: it goes on in this retro. c again takes it back.")
            self.entries.select(old.row_id)
            self.entries.action_step(1)

    def command_old_rescope(self) -> None:
        """Edits it as one line; it goes on in this retro with the new words."""
        old = self.old
        if old is None:
            return
        action = old.carried(self.host.retro)
        if action is not None:
            self.host.ask(*edit_action_task(self.host, action))
            return
        item = old.item

        def read(text: str) -> Change | None:
            return self._carrying(old, read_action(self.host, text, "a1"))

        task = Task(
            f"rescope:{item.ref}",
            "re-scope it: it goes on in this retro as",
            read,
            hint=HINT,
            preview=lambda text: preview_action(self.host, text),
            once=True,
        )
        self.host.ask(task, action_as_line(self._as_action(old), people=self.host.retro.info.people))

    def _as_action(self, old: OldAction) -> Action:
        item = old.item
        return Action.model_validate(
            {"id": "a1", **{name: getattr(item, name) for name in FIELDS}},
        )

    def _carrying(self, old: OldAction, fresh: Action | None = None) -> Change:
        """The change that takes it into this retro."""
        from retrotui.archive.carry import keep

        values = {name: getattr(fresh, name) for name in FIELDS} if fresh is not None else {}
        change = keep(old.item, self.host.retro, self.host.session.new_id("a"), self.host.today, **values).new
        assert change is not None
        return Batch((self._review(old, ActionStatus.OPEN), change), label=change.name)

    def _put_right(self) -> None:
        """Writes the first old action whose file says something else than it should; the others follow."""
        if self._writing or self.host.session.read_only:
            return
        retro = self.host.retro
        for old in self._old:
            standing = old.standing(retro)
            if standing not in (old.written, old.tried):
                self._write(old, standing)
                return

    def _write(self, old: OldAction, standing: Standing) -> None:
        self._writing = True
        host, today = self.host, self.host.today

        def work() -> None:
            # This retro first: a crash in between leaves the action in both files, never in neither
            if standing.status is ActionStatus.SUPERSEDED and not host.flushed(_FLUSH_S):
                trouble = "this retro is not saved yet"
            else:
                trouble = old_actions.write(old, standing, today)
            self.post_message(self.Written(old, standing, trouble))

        self.run_worker(work, thread=True, group="old-actions", exit_on_error=False)

    def on_old_action_review_written(self, event: Written) -> None:
        """Notes what the file says now, or why it does not."""
        self._writing = False
        old = event.old
        old.trouble = event.trouble
        if event.trouble:
            old.tried = event.standing
            self.host.say(f"Not in its file yet, tried again soon: {event.trouble}")
            self.set_timer(RETRY_S, lambda: self._try_again(old))
        else:
            old.written, old.tried = event.standing, None
        self.show(self.host.retro)

    def _try_again(self, old: OldAction) -> None:
        old.tried = None
        self._put_right()
