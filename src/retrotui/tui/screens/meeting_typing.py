"""What happens to a line that is typed in the meeting: drafts, wording, preview, Enter, pastes.

A part of the meeting screen. Doing changes and asking questions is for the rest of it.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from retrotui.retro import ChangeRefused
from retrotui.retro.changes import (
    Add,
    Batch,
    BringBack,
    Change,
    Edit,
    KeepWording,
    NoteWording,
    PromoteToAction,
    PromoteToQuestion,
    Wording,
)
from retrotui.tui.choices import Choice
from retrotui.tui.keys import first_key
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.stages.base import StageView
from retrotui.tui.widgets.composer import Composer, Task
from retrotui.tui.widgets.composer_input import ComposerInput
from retrotui.tui.wording_flow import KEEP_CHOICES, WordingFlow
from retrotui.tui.workspace import Workspace

KEY_FIRST_S = 0.001
"""A breath for the thread that writes to the terminal: a key is on the screen before anything looks at it."""

NOTED = "Noted. "
"""How a sentence begins that is said of a line that was taken."""


class MeetingTyping(CommandScreen):
    """The composer's side of the meeting."""

    workspace: Workspace
    composer: Composer
    wording: WordingFlow
    view: StageView | None
    solo: bool
    _default_task: Task | None
    _warming = False
    _from_board = ""
    """The place of the question that was asked on the board, where one is again once it is answered."""
    _goes_first = ""
    """What could not be read of the line that was taken last: said in place of the board's advice on it."""
    _said_over: str | None
    """What stood in the composer when a sentence was said: the sentence stays until that changes."""

    def do(self, change: Change, *, force: bool = False) -> bool:
        """Does a change; False when it was refused or held, which has then been shown."""
        raise NotImplementedError

    def choose(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], selected: str = ""
    ) -> None:
        """Offers choices by key."""
        raise NotImplementedError

    def _drafted(self, place: str) -> tuple[str, int | None]:
        draft = self.workspace.drafts.get(place)
        return (draft.text, draft.cursor) if draft else ("", None)

    def _put_aside(self) -> None:
        """Notes what stands in the composer, the keys included that have not been heard of yet."""
        task = self.composer.doing
        if task is not None:
            self._note(task, self.composer.text, self.composer.cursor)

    def _note(self, task: Task, text: str, cursor: int) -> None:
        """Notes what stands in the composer, unless it is not to be written down anywhere."""
        if not task.unsaved:
            self.workspace.draft(task.place, text, cursor)

    def _use_task(self, task: Task, text: str = "", cursor: int | None = None) -> None:
        self.wording.reset()
        self.composer.set_task(task, text, cursor)
        self._idle_coach()
        if not text and self.workspace.drafts:
            self._next_waiting()

    def _idle_coach(self) -> None:
        reason = self.workspace.session.read_only
        self.composer.coach_says(as_sentence(reason) if reason else "")

    def back_to_default(self) -> None:
        """The composer goes back to what this stage collects."""
        if self._default_task is not None:
            self._use_task(self._default_task, *self._drafted(self._default_task.place))

    async def on_composer_edited(self, event: Composer.Edited) -> None:
        """Every key: draft, wording, preview. However fast the keys come, the draft is noted at once."""
        self._put_aside()
        if event.text != self.composer.text:
            return
        await asyncio.sleep(KEY_FIRST_S)
        task = self.composer.doing
        if task is None or event.text != self.composer.text:
            return
        if self.workspace.warm:
            self._look_at(task, event.text)
        else:
            self._warm_up()

    def _warm_up(self) -> None:
        """Loads the rules beside the first keys; what stands there then is looked at.

        Not before somebody types: a meeting that is only looked at need not hold them in memory.
        """
        if self._warming:
            return
        self._warming = True

        def load() -> None:
            self.workspace.warm_up()
            with suppress(RuntimeError):  # the app has ended meanwhile
                self.app.call_from_thread(self._look_again)

        threading.Thread(target=load, name="retrotui-warm-up", daemon=True).start()

    def _look_again(self) -> None:
        if self.is_attached and self.composer.doing is not None:
            self._look_at(self.composer.doing, self.composer.text)

    def _look_at(self, task: Task, text: str) -> None:
        """Wording and preview of what stands in the composer."""
        before = bool(self.wording.findings)
        self.wording.typed(text, task.section)
        if self.wording.findings or text == self._said_over:
            return
        if self._said_over is not None:
            self.composer.say_keys()
        self._said_over = None
        preview = task.preview(text) if task.preview and text.strip() else None
        if preview is not None:
            self.composer.coach_says(preview)
        elif before or not text or task.preview:
            self._idle_coach()

    def on_composer_submitted(self, event: Composer.Submitted) -> None:
        """Enter: the line becomes a change, or is held."""
        self._submit(event.text)

    def _submit(self, text: str, *, kept: Sequence[KeepWording] = ()) -> bool:
        """Makes a change of a line. False when the line has to stay where it is."""
        task = self.composer.doing
        self._goes_first = ""
        if task is None:
            return False
        if not text.strip() and not task.may_be_empty:
            if task.once:
                self._finish(task)
            else:
                self._next_waiting()
            return task.once
        self.wording.complete_check(text, task.section)
        try:
            change = task.read(text)
        except ChangeRefused as refused:
            self.say(as_sentence(str(refused)))
            return False
        if change is None:
            self._finish(task)
            return True
        outcome = None if task.unsaved else self.wording.outcome(kept=bool(kept))
        stage = self.workspace.retro.agenda.current
        if outcome is not None and stage and (outcome is Wording.REPHRASED or not self.solo):
            note = NoteWording(stage, outcome, entry_of(change))
            change = Batch((*kept, change, note), label=change.name)
        if not self.do(change, force=bool(kept)):
            return False
        advice = self.wording.finding_at_rest()
        self._finish(task)
        unread = task.remark(text) if task.remark is not None else ""
        if unread:
            self._goes_first = f"{NOTED}{as_sentence(unread)}"
            self.say(self._goes_first)
        elif advice is not None and not kept:
            self.say(f"{NOTED}{advice.question}")
        return True

    def _finish(self, task: Task) -> None:
        self.workspace.draft(task.place, "", 0)
        if task.once:
            self.back_to_default()
            if self._from_board == task.place and self.view is not None:
                self.view.entries.focus()
            self._from_board = ""
        else:
            self._use_task(task)

    def on_composer_input_pasted_lines(self, event: ComposerInput.PastedLines) -> None:
        """Several lines at once: one entry each where the stage can, else one entry with its line breaks."""
        task = self.composer.doing
        if task is None:
            return
        text = event.text
        lines = [line for line in text.splitlines() if line.strip()]
        if task.paste is not None and len(lines) > 1 and not self.composer.text.strip():
            self.run_worker(self._look_through(task, lines), group="paste")
            return
        joined = (
            self.composer.text[: self.composer.cursor]
            + text.rstrip("\r\n")
            + self.composer.text[self.composer.cursor :]
        )
        self.composer.set_text(joined)

    async def _look_through(self, task: Task, lines: Sequence[str]) -> None:
        """Looks for blame in pasted lines, beside the screen: there may be thousands; then takes them."""
        from retrotui.tui.pasted_lines import blaming

        section = task.section
        blamed: Sequence[int] = ()
        if section is not None:
            blamed = await asyncio.to_thread(blaming, lines, section, self.workspace)
        self._take_pasted(task, lines, blamed)

    def _take_pasted(self, task: Task, lines: Sequence[str], blamed: Sequence[int]) -> None:
        """Makes entries of pasted lines; where wording is strict, those that blame wait for their turn."""
        from retrotui.tui.pasted_lines import waiting_place, which

        section = task.section
        strict = section is not None and self.workspace.policy(section).value == "strict"
        held = dict.fromkeys(blamed if strict else ())
        clean = [line for number, line in enumerate(lines, 1) if number not in held]
        try:
            change = task.paste(clean) if task.paste is not None and clean else None
        except ChangeRefused as refused:
            self.say(as_sentence(str(refused)))
            return
        stage = self.workspace.retro.agenda.current
        if change is not None and blamed and not held and stage and not self.solo:
            notes = [NoteWording(stage, Wording.TAKEN) for _ in blamed]
            change = Batch((change, *notes), label=change.name)
        if change is not None and not self.do(change, force=True):
            return
        undo = first_key("undo", self.keymap)
        if held:
            place = waiting_place(task.place)
            before = self.workspace.drafts.get(place)  # of an earlier paste: they have their turn first
            waiting = [before.text] if before is not None else []
            waiting += [lines[number - 1].strip() for number in held]
            self.workspace.draft(place, "\n".join(waiting), 0)
            keep = first_key("wording.keep", self.keymap)
            taken = f"{len(clean)} of {len(lines)} lines pasted; {undo} takes them back. " if clean else ""
            waits = "it waits below." if len(held) == 1 else "they wait below, one by one."
            self.app.notify(
                f"{taken}{which(blamed)} words that blame: {waits} Rephrase it, keep it ({keep}), "
                "or empty it and press ⏎ to leave it out.",
                title="Held",
                markup=False,
                timeout=15,
            )
            self._next_waiting()
        elif change is not None:
            edit = first_key("item.edit", self.keymap)
            asked = f" {which(blamed)} words that blame: {edit} on the board edits." if blamed else ""
            self.say(f"{len(lines)} lines pasted, one entry each.{asked} {undo} takes them back.")

    def _next_waiting(self) -> None:
        """Puts the next pasted line that was held into the composer, when that is free for it."""
        from retrotui.tui.pasted_lines import waiting_place

        task = self.composer.doing
        if task is None or task is not self._default_task or self.composer.text.strip():
            return
        place = waiting_place(task.place)
        waiting = self.workspace.drafts.get(place)
        if waiting is None:
            return
        line, _, rest = waiting.text.partition("\n")
        self.workspace.draft(task.place, line, len(line))
        self.workspace.draft(place, rest, 0)
        self.composer.set_text(line)
        self.wording.complete_check(line, task.section)
        if self.wording.findings:
            self.wording.hold(self.wording.findings)

    def on_composer_input_board_step(self, event: ComposerInput.BoardStep) -> None:
        """Up and down move along the board while one types."""
        if self.view is not None:
            if abs(event.by) > 1:
                self.view.entries.action_page(1 if event.by > 0 else -1)
            else:
                self.view.entries.action_step(event.by)

    def command_wording_rewrite(self) -> None:
        """Takes the next rewrite."""
        task = self.composer.doing
        if not self.composer.text.strip():
            edit = first_key("item.edit", self.keymap)
            self.say(f"Nothing is typed that could be rephrased; on the board {edit} edits an entry.")
            return
        text = self.wording.take_rewrite(self.composer.text, task.section if task else None)
        if text is None:
            self.say("There is no rewrite to take: the line is fine, or only its writer can rephrase it.")
            return
        self.composer.set_text(text)
        self.composer.input.focus()
        self.workspace.draft(task.place if task else "", text, len(text))
        self.say(self.wording.cycle_words)

    def command_wording_keep(self) -> None:
        """Keeps the words, with a reason chosen by one key."""
        task = self.composer.doing
        if task is None or task.section is None:
            self.say("Nothing is flagged here.")
            return
        section = task.section
        text = self.composer.text
        self.wording.complete_check(text, section)
        if not self.wording.findings:
            self.say("Nothing is flagged here.")
            return

        def then(reason: str) -> None:
            kept = self.wording.kept(text, section, reason)
            self._submit(text, kept=[KeepWording(item) for item in kept])

        self.choose("Keep these words, because …", KEEP_CHOICES, then)

    def command_board(self) -> None:
        """Leaves the composer for the board (or an edit for what the stage collects)."""
        task = self.composer.doing
        if task is not None and task.once:
            self.workspace.draft(task.place, "", 0)
            self.back_to_default()
        if self.view is not None:
            self.view.entries.focus()

    def command_compose(self) -> None:
        """Back to typing."""
        self.composer.input.focus()


def entry_of(change: Change) -> str:
    """The id of what a change adds, else of what it edits; empty when it does neither."""
    match change:
        case Edit():
            return change.entry_id
        case Batch():
            return added_id(change) or next(filter(None, map(entry_of, change.changes)), "")
    return added_id(change)


def added_id(change: Change) -> str:
    """The id of what a change adds; empty when it adds nothing."""
    match change:
        case Add():
            return change.entry.id
        case PromoteToQuestion() | BringBack():
            return change.question.id
        case PromoteToAction():
            return change.action.id
        case Batch():
            return next((added for part in reversed(change.changes) if (added := added_id(part))), "")
    return ""


def as_sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."
