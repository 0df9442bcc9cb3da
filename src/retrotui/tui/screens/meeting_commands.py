"""What the keys of the meeting do: clock, room, stages, parking, undo, views. Part of the meeting screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from retrotui.facilitation import ClockState
from retrotui.facilitation.session import STAY_S
from retrotui.retro import ChangeRefused, Parked
from retrotui.retro.changes import Change, ExtendStage, ExtendTopic, Park, SkipStage
from retrotui.tui.ballot_steps import redo, undo
from retrotui.tui.choices import Choice
from retrotui.tui.keys import BY_ID, first_key, key_words, keys_of
from retrotui.tui.widgets.clock import face
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.visible import brief_name

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen


class MeetingCommands:
    """Methods of the meeting screen, one per command."""

    solo: bool
    after_stage_words: str
    _rung: tuple[str, ClockState] = ("", ClockState.IDLE)

    def why_not(self: "MeetingScreen", command_id: str) -> str:  # type: ignore[misc]
        """Why a command cannot be done just now."""
        session = self.session
        if command_id == "undo" and not session.undo_name and not self.wording.rephrased_now:
            return "There is nothing to undo."
        if command_id == "redo" and not session.redo_name:
            return "There is nothing to redo."
        if command_id == "projector.leave" and not self.has_class("-projector"):
            return self.fixed or f"This is the board. {first_key('compose', self.keymap)} types."
        stages = [stage.id for stage in self.agenda.stages if not stage.skipped]
        if command_id == "stage.back" and stages[:1] == [self.agenda.current]:
            return "This is the first stage."
        if command_id == "stage.next" and stages[-1:] == [self.agenda.current]:
            return "This is the last stage."
        return ""

    def _ring(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """A bell, if asked for, and a word, when the time of a stage is up."""
        reading = self.session.clock
        now = (self.retro.agenda.current, reading.state)
        if now == self._rung:
            return
        previous, self._rung = self._rung, now
        if reading.state is ClockState.OVER and previous[0] == now[0] and not self.solo:
            if self.settings.bell:
                self.app.bell()
            key = first_key("room.ask", self.keymap)
            self.say(f"The time for this stage is up. {key} asks the room: stay or move on.")

    # clock

    def command_clock_pause(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Pauses or resumes; alone, where the clock is out of sight, shows it first."""
        if self.has_class("-quiet"):
            self.remove_class("-quiet")
            self.say("The clock is here if it helps. It rings for nobody.")
            self._refresh_lines()
            return
        if self.session.running:
            self.session.pause()
            self.say("The clock stands still.")
        else:
            self.session.resume()
            self.say("The clock runs.")
        self.workspace.beat()
        self._refresh_lines()

    def _extend(self: "MeetingScreen", seconds: int) -> None:  # type: ignore[misc]
        topic = self.retro.agenda.topic
        if topic:
            self.do(ExtendTopic(topic, seconds))
        elif not self.do(ExtendStage(self.retro.agenda.current, seconds)):
            return
        minutes = abs(seconds) // 60
        self.say(f"{minutes} {'minute' if minutes == 1 else 'minutes'} {'more' if seconds > 0 else 'less'}.")
        self._refresh_lines()

    def command_clock_more(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """One minute more."""
        self._extend(60)

    def command_clock_more5(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Five minutes more."""
        self._extend(300)

    def command_clock_less(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """One minute less."""
        self._extend(-60)

    def command_room_ask(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """A show of hands: stay or move on. The facilitator decides."""
        stage = self.retro.agenda.now
        stay = STAY_S[min(stage.stays if stage else 0, 1)] // 60
        choices = (
            Choice("s", "Stay", "stay", f"{stay} more {'minute' if stay == 1 else 'minutes'}"),
            Choice("m", "Move on", "move", "to the next stage"),
        )

        def then(value: str) -> None:
            if value == "stay":
                self.session.ask_room(True)
                self.say(f"We stay: {stay} {'minute' if stay == 1 else 'minutes'} more.")
                self._refresh_lines()
            else:
                self.run_command("stage.next")

        self.choose("Hands up: stay with this, or move on?", choices, then)

    def command_agenda_share(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Shares out what was saved, or shows what later stages would have to give."""
        meeting = self.session.meeting
        if meeting.saved_s >= 60:
            saved = round(meeting.saved_s / 60)
            try:
                self.session.offer_saved()
            except ChangeRefused as refused:
                self.say(f"{refused}.".capitalize())
                return
            undo = first_key("undo", self.keymap)
            told = "1 saved minute goes" if saved == 1 else f"{saved} saved minutes go"
            self.say(f"{told} to the stages that follow. {undo} takes it back.")
        elif meeting.give_up:
            titles = {stage.id: stage.title or stage.id for stage in self.retro.agenda.stages}
            parts = [
                f"{titles[key]} {round(value / 60)} min"
                for key, value in meeting.give_up.items()
                if value >= 30
            ]
            if not parts:
                self.say("We are on time.")
                return

            def then(value: str) -> None:
                if value == "share":
                    self.session.give_up_time()
                    self._refresh_lines()

            choices = (
                Choice("s", "Share it out", "share", f"they give up: {', '.join(parts)}"),
                Choice("l", "Leave it", "leave", "the meeting ends later"),
            )
            self.choose(
                f"We are {round(meeting.over_s / 60)} min over. Take it from the later stages?", choices, then
            )
        else:
            self.say("We are on time.")
        self._refresh_lines()

    # stages

    def command_stage_next(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """To the next stage."""
        if self.fixed:
            self.look_at(1)
            return
        saved = self.session.clock.remaining_s
        wording = self._wording_here()
        self.session.next_stage()
        words = []
        if saved >= 60 and not self.solo:
            words.append(f"{face(saved)} saved: “Share out the time” in the palette hands it on.")
        if wording and not self.solo:
            words.append(f"{wording} {first_key('wording.overview', self.keymap)} shows it.")
        self.after_stage_words = " ".join(words)

    def command_stage_back(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Back to the stage before. Nothing is lost."""
        if self.fixed:
            self.look_at(-1)
            return
        self.session.previous_stage()

    def command_stage_skip(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Leaves out one of the stages ahead, or takes it in again."""
        agenda = self.retro.agenda
        others = [stage for stage in agenda.stages if stage.id != agenda.current]
        items = [
            (stage.id, f"{stage.title or stage.id}{' (skipped: take it in again)' if stage.skipped else ''}")
            for stage in others
        ]

        def then(stage_id: str) -> None:
            stage = self.retro.agenda.stage(stage_id)
            if stage is not None:
                self.do(SkipStage(stage_id, not stage.skipped))

        self.pick_one("Which stage do we leave out?", items, then)

    def command_prompt_next(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Another question to help the talk along."""
        self.prompt_turn += 1
        self._refresh_prompt()

    # notes

    def command_park(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Parks a thought for later."""

        def read(text: str) -> Change | None:
            here = {"id": self.session.new_id("p"), "from": self.retro.agenda.current, "text": text.strip()}
            return Park(Parked.model_validate(here))

        title = "set a thought aside for How can I" if self.solo else "park a thought for How can we"
        # Looked at like any line, so that blame is asked about; the guard never holds a parked thought
        section = self.view.section if self.view is not None else None
        task = Task("park", title, read, hint="a word or two is enough", section=section, once=True)
        self.ask(task)

    def command_undo(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Takes the last change back, first of all a rewrite that was taken for the line one types."""
        words = self.wording.take_back(self.composer.text)
        if words is not None:
            self.composer.set_text(words)
            self.say("Your own words again.")
            return
        try:
            name = undo(self.session)
        except ChangeRefused as refused:
            self.say(f"{str(refused)[:1].upper()}{str(refused)[1:]}.")
            return
        if name:
            self.say(f"Undone: {name}.")

    def command_redo(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Does it again."""
        name = redo(self.session)
        if name:
            self.say(f"Done again: {name}.")

    def command_wording_overview(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Which lines were rephrased, kept or taken with a question; never by whom."""
        from retrotui.tui.screens.text import TextScreen
        from retrotui.tui.wording_record import overview

        self.app.push_screen(TextScreen("Wording", overview(self.retro)))

    def _wording_here(self: "MeetingScreen") -> str:  # type: ignore[misc]
        """What became of the flagged lines of this stage, in a sentence."""
        from retrotui.tui.wording_record import wording_of

        stage = self.retro.agenda.now
        return wording_of(stage) if stage is not None else ""

    def command_similar(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Earlier retros that resemble the title, the causes or the line under discussion."""
        texts = [self.retro.info.title, *(factor.text for factor in self.retro.factors)]
        self.look_back(texts, show=True)

    # views

    def command_projector(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """As large and plain as the window allows; once more for the full screen."""
        on = not self.has_class("-projector")
        self.set_class(on, "-projector")
        if on and self.view is not None and not self.composer.text.strip():
            self.view.entries.focus()
        elif not on and not self.fixed:
            self.composer.input.focus()
        self.retro_app.use_projector_theme(on)
        self._refresh_all()
        self.call_after_refresh(self._refresh_all)  # question and figures need the room they now have

    def command_projector_leave(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Back from the projector view, where one would look for it."""
        self.command_projector()

    def command_report(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """The write-up as it would be exported now."""
        from retrotui.tui.screens.report import ReportScreen

        self.app.push_screen(ReportScreen(self.retro, self.workspace.path, self.keymap))

    def command_retro_as_team(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """A copy of a retro alone for the team, without what is private; this one stays as it is."""
        choices = (
            Choice("o", "Make the team's copy and open it", "open", "this one is saved and stays as it is"),
            Choice("m", "Only make it", "make", "a file beside this one, to read before anybody else does"),
            Choice("l", "Leave it", "leave", "it stays mine"),
        )

        def then(value: str) -> None:
            if value != "leave":
                self.run_worker(lambda: self._open_up(value == "open"), thread=True, group="as-team")

        title = "Open it up? How I was, what I set aside and what I learned stay here."
        self.choose(title, choices, then)

    def _open_up(self: "MeetingScreen", go_there: bool) -> None:  # type: ignore[misc]
        """Makes the team's copy; reads the folder, so it runs beside the screen."""
        from retrotui.archive import CannotWrite, create_file, path_for
        from retrotui.archive.folder import taken_ids
        from retrotui.exchange.opened_up import opened_up
        from retrotui.templates import load_templates

        folder = self.path.parent
        templates = load_templates(self.settings.template_dirs(folder)).templates
        made = opened_up(self.retro, templates["incident"], taken_ids=frozenset(taken_ids(folder)))
        path = path_for(folder, made)
        try:
            create_file(path, made).close()
        except (CannotWrite, OSError) as error:
            self.app.call_from_thread(self.say, f"The copy could not be made: {error}")
            return
        self.app.call_from_thread(self._opened_up, path, go_there)

    def _opened_up(self: "MeetingScreen", path: Path, go_there: bool) -> None:  # type: ignore[misc]
        if not go_there:
            self.say(f"The team's copy is {path.name}, beside this one. Nobody has it unless you send it.")
            return
        self.retro_app.leave_meeting(self)
        if self.retro_app.workspace is None:
            self.retro_app.open_after_form(path)

    def command_retro_edit(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """The facts of the retro: title, people, severity, impact, summary."""
        from retrotui.tui.screens.retro_facts import facts_form

        self.app.push_screen(facts_form(self.retro, self.do, self._asks_about_titles()))

    def _asks_about_titles(self: "MeetingScreen") -> Callable[[str], str]:  # type: ignore[misc]
        from retrotui.tui.title_words import title_question

        return title_question(self.retro_app.rulebook_for(self.path.parent), self.retro.info.people)

    def look_at_title(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Asks about the title of a retro that has nothing else yet: from a shell, where nobody asked.

        Where there is nothing to ask, looks for earlier retros that it resembles.
        """
        retro = self.retro
        if self.fixed or self.solo or any(True for _ in retro.entries()):
            self.look_back_at_title()
            return
        asks = self._asks_about_titles()

        def ask() -> None:
            self.app.call_from_thread(self._title_looked_at, asks(retro.info.title))

        self.run_worker(ask, thread=True, group="title", exit_on_error=False)

    def _title_looked_at(self: "MeetingScreen", question: str) -> None:  # type: ignore[misc]
        if question and not self.composer.text:
            self.say(f"Title ({first_key('retro.edit', self.keymap)} changes it): {question}")
        elif not question:
            self.look_back_at_title()

    def command_actions_copy(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Sends the action items to the terminal's clipboard."""
        from retrotui.archive.items import items_of
        from retrotui.exchange.actions_out import Moment, action_format

        names = {"m": "markdown", "s": "slack", "t": "teams", "p": "text"}
        formats = {key: action_format(name) for key, name in names.items()}
        choices = [Choice(key, found.title, key) for key, found in formats.items()]

        def then(key: str) -> None:
            items = tuple(items_of(self.retro))
            self.app.copy_to_clipboard(formats[key].write(items, Moment(self.workspace.now(), self.today)))
            self.say(
                "Sent to the terminal's clipboard. Should it not arrive: `retrotui actions --as …` writes it."
            )

        if self.retro.actions:
            self.choose("Copy the action items as …", choices, then)
        else:
            self.say("There are no action items yet.")

    def command_home(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Back to home; everything is saved."""
        self.retro_app.leave_meeting(self)

    def command_save_elsewhere(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """Another place for the file."""
        self.retro_app.offer_another_place(self)

    def command_save_settle(self: "MeetingScreen") -> None:  # type: ignore[misc]
        """The file was changed from outside: both versions are kept; one of them goes on here."""
        theirs = self.workspace.saver.theirs
        if theirs is None:
            self.say("There is only one version: nothing to settle.")
            return
        choices = (
            Choice(
                "o",
                "Go on with what is on this screen",
                "ours",
                f"\nthe other stays beside it: {brief_name(theirs.name, min(44, self.size.width - 44))}",
            ),
            Choice(
                "t",
                "Take the other version over",
                "theirs",
                "\nundo brings this one back; it is kept as a file too",
            ),
        )

        def then(value: str | None) -> None:
            if value is None:
                self.say(f"Both versions stay. {self.way_to_settle} asks again.")
                return
            from retrotui.archive import BadFile, CannotWrite

            try:
                other = self.workspace.saver.resolve("theirs" if value == "theirs" else "ours")
            except (BadFile, CannotWrite) as error:
                self.app.notify(str(error), title="Still two versions", severity="error", markup=False)
                return
            if other is not None:
                self.session.replace(other, "take over the other version")
            else:
                self.workspace.saver.submit(self.retro)

        from retrotui.tui.screens.choice import ChoiceScreen

        title = "The file was changed from outside. Both versions are kept."
        self.app.push_screen(ChoiceScreen(title, choices), then)

    @property
    def way_to_settle(self: "MeetingScreen") -> str:  # type: ignore[misc]
        """How one gets to the choice between two versions."""
        keys = keys_of(BY_ID["save.settle"], self.keymap)
        palette = first_key("palette", self.keymap)
        return key_words(keys[0]) if keys else f"{palette}, then “settle”,"

    def stage_words(self: "MeetingScreen") -> Content:  # type: ignore[misc]
        """What a facilitator does in this stage, for the help."""
        stage = self.agenda.now
        return Content(self.workspace.template_stage(stage).help if stage else "")

    def stage_questions(self: "MeetingScreen") -> tuple[str, ...]:  # type: ignore[misc]
        """The question of this stage and all prompts that help the talk along, for the help."""
        stage = self.agenda.now
        if stage is None:
            return ()
        words = self.workspace.template_stage(stage)
        return (words.question, *words.prompts)
