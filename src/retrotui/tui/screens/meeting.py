"""The meeting: one stage at a time on a shared screen, with its question, its clock and a line to type into.

It lays out the parts and keeps them true to the session. What the keys of the meeting do is in
`meeting_commands`, what becomes of a typed line in `meeting_typing`, what stage views may ask in
`meeting_host`; what a stage shows and collects is in `tui.stages`.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from retrotui.archive import SaveKind, SaveState
from retrotui.facilitation.heartbeat import EVERY_S
from retrotui.retro import Agenda, ChangeRefused, Mode, Retro, Stage
from retrotui.retro.changes import (
    Change,
)
from retrotui.tui.commanding import bind
from retrotui.tui.keys import BY_ID, Place, first_key, key_words, keys_of
from retrotui.tui.screens.meeting_commands import MeetingCommands
from retrotui.tui.screens.meeting_host import MeetingHost
from retrotui.tui.screens.meeting_past import AFTER_OPENING_S, MeetingPast
from retrotui.tui.screens.meeting_typing import as_sentence
from retrotui.tui.stages import view_for
from retrotui.tui.stages.base import StageView
from retrotui.tui.widgets.clock import Clock
from retrotui.tui.widgets.composer import Composer, Task
from retrotui.tui.widgets.lines import KeyBar, Rail, TopBar
from retrotui.tui.widgets.projection import Projection
from retrotui.tui.wording_flow import WordingFlow
from retrotui.tui.workspace import Workspace, save_words

_SAVE_STYLES = {
    "saved": "$save-saved",
    "saving": "$save-unsaved",
    "unsaved": "bold $save-failed",
    "conflict": "bold $save-failed",
    "read_only": "bold $save-unsaved",
}


class MeetingScreen(MeetingCommands, MeetingPast, MeetingHost):
    """A retro being run."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.EVERYWHERE, Place.MEETING)
    AUTO_FOCUS = ""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(dict(workspace.settings.keymap))
        self.workspace = workspace
        self.top = TopBar(id="top")
        self.rail = Rail(id="rail")
        self.prompt = Static("", markup=False, id="prompt")
        self.clock = Clock(id="clock")
        self.projection = Projection()
        self.composer = Composer(id="composer")
        self.bar = KeyBar(id="bar")
        self.view: StageView | None = None
        self.wording = WordingFlow(self.composer, workspace, self._later)
        self.save_state: SaveState = workspace.saver.state
        self._save_told: SaveState = self.save_state
        """What the saver said last: the header may have been ahead of it."""
        self.prompt_turn = 0
        self.after_stage_words = ""
        """A sentence for when the next stage is on the screen."""
        self.solo = workspace.retro.info.mode is Mode.SOLO
        self.set_class(self.solo, "-quiet")
        self._looking_at = ""
        self._default_task: Task | None = None
        self._ticker: Timer | None = None
        self._select_next = ""
        self._said_over: str | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        bind(self.composer, (Place.COMPOSER,), self.keymap)

    @property
    def alone(self) -> bool:
        """Whether one person reflects alone."""
        return self.solo

    @property
    def fixed(self) -> str:
        """Why this retro may only be looked at, as a sentence; empty when it may be changed."""
        return as_sentence(self.session.read_only) if self.session.read_only else ""

    @property
    def agenda(self) -> Agenda:
        """The agenda; where nothing may be changed, with the stage being looked at as the present one."""
        agenda = self.retro.agenda
        return agenda.model_copy(update={"current": self._looking_at}) if self._looking_at else agenda

    def look_at(self, by: int) -> None:
        """Shows another stage without going there: for a retro that may only be looked at."""
        stages = [stage.id for stage in self.agenda.stages if not stage.skipped]
        at = stages.index(self.agenda.current) + by if self.agenda.current in stages else 0
        if 0 <= at < len(stages):
            self._looking_at = stages[at]
            view = self._take_up_stage()
            if view is not None:
                self.run_worker(self._show_stage(view), exclusive=True, group="stage")

    # layout

    def compose(self) -> ComposeResult:
        """Top bar, rail, question and clock, board, composer, keys."""
        with Vertical(id="above"):  # a frame of its own: what is typed below draws nothing of it
            yield self.top
            yield self.rail
            with Horizontal(id="head"):
                yield self.prompt
                yield self.clock
            yield Container(id="board")
            yield self.projection
        yield self.composer
        yield self.bar

    async def on_mount(self) -> None:
        """Starts (or goes on with) the meeting."""
        self._unsubscribe = self.session.subscribe(self._changed)
        if not self.session.read_only:
            if not self.retro.agenda.current:
                try:
                    self.session.start(by_itself=True)
                except ChangeRefused as refused:  # a file can say that every stage is skipped
                    self.app.notify(as_sentence(str(refused)), markup=False, timeout=12)
            elif self.session.was_running:
                self.session.resume()
            if self.session.running:
                self.workspace.beat()
        else:
            self.add_class("-looking", "-quiet")  # the clock of the meeting runs elsewhere, if it does
            self.composer.input.disabled = True
            if not self.retro.agenda.current:
                self._looking_at = next(
                    (item.id for item in self.retro.agenda.stages if not item.skipped), ""
                )
        view = self._take_up_stage()
        if view is not None:
            await self._show_stage(view)
        self._ticker = self.set_interval(EVERY_S, self._tick)
        self.set_timer(AFTER_OPENING_S, self.look_at_title)
        self._refresh_all()
        self._say_what_opening_found()
        self._take_up_draft()
        self._take_notes()

    def on_unmount(self) -> None:
        """Lets go of the session."""
        self._unsubscribe()

    def _say_what_opening_found(self) -> None:
        told = self.retro_app.settings_words()
        if told and not self.fixed:
            self.say(as_sentence(told))
        elif self.solo and not self.retro.events:
            self.say(f"Nothing leaves this machine. This stays in {self.workspace.path}")
        for sentence in self.workspace.remarks:
            self.app.notify(sentence, markup=False, timeout=12)

    def _take_up_stage(self) -> StageView | None:
        """Turns the composer to the current stage, at once: what is typed next belongs there."""
        stage = self.agenda.now
        if stage is None:
            return None
        view = view_for(stage.kind)(
            self, stage, self.workspace.template_stage(stage), self.workspace.section(stage)
        )
        self.prompt_turn = 0
        self._put_aside()
        self._default_task = self._task_to_look(stage.id) if self.fixed else view.default_task()
        if self._draft_to_restore(view) is None:
            self._use_task(self._default_task, *self._drafted(self._default_task.place))
        if not self.session.read_only:
            self.set_focus(self.composer.input)
        return view

    def _task_to_look(self, stage_id: str) -> Task:
        """Instead of something to type: that nothing can be, and how to look round."""
        back, on = first_key("stage.back", self.keymap), first_key("stage.next", self.keymap)
        keys = f"{back} {on} the other stages · {first_key('home', self.keymap)} home"
        return Task(stage_id, "read only", lambda text: None, keys=keys, unsaved=True)

    async def _show_stage(self, view: StageView) -> None:
        board = self.query_one("#board", Container)
        await board.remove_children()
        self.view = view
        await board.mount(view)
        if self.session.read_only:
            view.entries.focus()
        self._refresh_all()
        words, self.after_stage_words = self.after_stage_words, ""
        if words:
            self.say(words)

    def _take_up_draft(self) -> None:
        """Puts back what was being typed for something else than the stage when the program ended.

        What it was for cannot always be asked again, so the words go where they are seen.
        """
        stages = {stage.id for stage in self.retro.agenda.stages}
        waiting = [
            draft
            for place, draft in self.workspace.drafts.items()
            if place not in stages and not place.startswith(("edit:", "pasted:"))
        ]
        if not waiting or self.session.read_only:
            return
        if waiting[-1].place == "park":
            self.command_park()
        elif not self.composer.text.strip():
            self.composer.set_text(waiting[-1].text, waiting[-1].cursor)
            self.say("This was being typed when the program ended. Nothing was lost.")

    def _draft_to_restore(self, view: StageView) -> str | None:
        """Takes an unfinished edit up again, when that is what a crash interrupted."""
        for place, draft in reversed(self.workspace.drafts.items()):
            if place.startswith("edit:"):
                entry = self.retro.find(place.removeprefix("edit:"))
                found = view.edit_task(entry) if entry is not None else None
                if found is not None and found[0].place == place:
                    self._use_task(found[0], draft.text, draft.cursor)
                    return place
        return None

    # keeping the screen true

    def _changed(self, before: Retro, after: Retro, change: Change | None) -> None:
        if before.agenda.current != after.agenda.current:
            if self.session.running:
                self.workspace.beat()
            view = self._take_up_stage()
            if view is not None:
                self.run_worker(self._show_stage(view), exclusive=True, group="stage")
        elif self.view is not None:
            self.view.show(after, select=self._select_next or None)
        self.look_back_at_change(before, after)
        # The change has been handed to the saver: the header must not call it saved before it is
        self.save_state = self.workspace.saver.state
        self._refresh_lines()

    def _tick(self) -> None:
        if self.session.running:
            self.workspace.beat()
        self._take_notes()
        self._ring()
        self._refresh_times()

    def _take_notes(self) -> None:
        taken = self.workspace.take_notes()
        if taken:
            self.app.notify(
                f"{taken} note{'s' if taken > 1 else ''} came in from a shell, on the timeline.", markup=False
            )

    def _refresh_all(self) -> None:
        self._refresh_prompt()
        self._refresh_lines()

    def _refresh_prompt(self) -> None:
        stage = self.agenda.now
        if stage is None:
            return
        words = self.workspace.template_stage(stage)
        question = Content.styled(words.question, "bold $text-prompt")
        asked = Content.styled(words.prompt(self.prompt_turn), "$text-muted")
        key = next(iter(keys_of(BY_ID["prompt.next"], self.keymap)), "")
        self.prompt.border_subtitle = (
            Content.styled(f"another prompt: {key_words(key)}", "$text-muted") if key else ""
        )
        self.prompt.update(Content("\n").join([question, *self._room_for(question, asked)]))

    def _room_for(self, question: Content, asked: Content) -> list[Content]:
        """The prompt below the question, whole where the window is high enough: the board gives up its rows.

        Else it is cut with a sign, or left out; the help has all of them.
        """
        width, height = self.prompt.content_size
        if not width or not height:
            return [asked]
        rows, wanted = len(question.wrap(width)), len(asked.wrap(width))
        frame = self.prompt.outer_size.height - height
        least = 4 - frame if frame else 3
        room = max(least, min(rows + wanted, (self.size.height - 16) // 2))
        head = self.query_one("#head")
        head.styles.height = room + frame if room > least else None
        left = room - rows
        if left <= 0:
            return []
        return [asked if wanted <= left else asked.truncate(left * width, ellipsis=True)]

    def _refresh_lines(self) -> None:
        if not self.is_mounted:
            return
        self._refresh_times()
        self.bar.show_keys(self.key_hints(), self.size.width)

    def _refresh_times(self) -> None:
        """What time alone changes; the keys that can be used are not among it."""
        if not self.is_mounted:
            return
        retro = self.retro
        agenda = self.agenda
        stages = [stage.id for stage in agenda.stages if not stage.skipped]
        at = stages.index(agenda.current) + 1 if agenda.current in stages else 0
        now = agenda.now
        title = (now.title or now.id.replace("_", " ")) if now else "not started"
        save = self.save_state
        self.top.show_parts(
            retro.info.title,
            f"{at} of {len(stages)} · {title}" if at else title,
            self._ends(),
            save_words(save),
            _SAVE_STYLES[save.kind.value],
        )
        self.rail.show_agenda(agenda, self.size.width)
        self.clock.show_reading(self.session.clock, self.session.topic_clock)
        if self.has_class("-projector") and now is not None and self.view is not None:
            words = self.workspace.template_stage(now)
            self.projection.show_now(
                self.session.clock,
                self.session.topic_clock,
                words.question,
                words.prompt(self.prompt_turn),
                self.view.under_discussion(),
                f"{first_key('projector.leave', self.keymap)} or "
                f"{first_key('projector', self.keymap)}: back to the meeting",
            )

    def _ends(self) -> str:
        meeting = self.session.meeting
        if self.has_class("-quiet"):
            return ""
        end = meeting.projected_end.astimezone(self.retro.info.zone)
        over, early = round(meeting.over_s / 60), round(meeting.saved_s / 60)
        if not meeting.end_is_fixed:
            over = early = 0  # there is no hour yet that it could be late for
        elif self.size.width < 60:
            early = 0  # good news gives way where there is no room
        late = f" ({over} min over)" if over else (f" ({early} min early)" if early else "")
        return f"ends {end:%H:%M}{late}"

    def on_resize(self, event: events.Resize) -> None:
        """Another size: fewer parts, never a broken one."""
        self.set_class(event.size.height < 20, "-short")
        self.set_class(event.size.height < 12, "-tiny")
        self.set_class(event.size.width < 60, "-narrow")
        self.set_class(60 <= event.size.width < 100, "-medium")
        self.call_after_refresh(self._refresh_prompt)
        self.call_after_refresh(self.composer.fit, event.size.height)
        self._refresh_lines()
        self.wording.coach()

    def save_changed(self, state: SaveState) -> None:
        """The saver has something to say."""
        self.save_state = self.workspace.saver.state
        before, self._save_told = self._save_told, state
        self._refresh_lines()
        if self.view is not None and self.save_state.kind is not before.kind:
            self.view.saving_changed()
        if state.kind is SaveKind.UNSAVED and before.kind is not SaveKind.UNSAVED:
            self.app.notify(
                f"{as_sentence(state.message)} The meeting goes on in memory; saving is tried again "
                "and again. “Save to another place” is in the palette (ctrl+p).",
                title="Not saved",
                severity="error",
                markup=False,
                timeout=20,
            )
        elif state.kind is SaveKind.SAVED and before.kind is SaveKind.UNSAVED:
            self.app.notify("Saved again: everything is on disk.", markup=False)
        elif self.save_state.kind is SaveKind.CONFLICT and before.kind is not SaveKind.CONFLICT:
            self.command_save_settle()

    # keys

    def command_nodes(self) -> Iterable[Any]:
        """The stage first, then the meeting, then the app."""
        return tuple(node for node in (self.view, self, self.app) if node is not None)

    def key_hints(self) -> list[tuple[str, str, bool]]:
        """Keys for the bar; where nothing can be changed, only those that look."""
        hints = super().key_hints()
        return [hint for hint in hints if hint[2]] if self.fixed else hints

    def live_places(self) -> tuple[Place, ...]:
        """What the keys mean now: other letters are live on the board than while typing."""
        if self.composer.has_focus_within:
            return (Place.EVERYWHERE, Place.MEETING, Place.COMPOSER)
        own = (self.view.PLACE,) if self.view is not None else ()
        return (*own, Place.BOARD, Place.EVERYWHERE, Place.MEETING)

    def on_entry_list_selected(self) -> None:
        """Another thing is under discussion."""
        if self.has_class("-projector"):
            self._refresh_lines()

    def on_descendant_focus(self) -> None:
        """Other keys are live now."""
        self.call_after_refresh(self._refresh_lines)

    def _later(self, seconds: float, what: Callable[[], None]) -> None:
        self.set_timer(seconds, what)

    @property
    def stage(self) -> Stage | None:
        """The current stage."""
        return self.agenda.now
