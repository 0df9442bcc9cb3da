"""One open retro with all that belongs to it: its session, its file, its template, its wording rules.

Connects floors below; knows no widget. The app opens one, the meeting works in it, leaving closes it.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.archive import Draft, OpenedFile, SaveKind, Saver, SaveState
from retrotui.archive.inbox import NoteInbox
from retrotui.facilitation import Session, WordingGuard, section_of
from retrotui.facilitation.clock import awake_seconds
from retrotui.retro import Retro, Stage, StageKind
from retrotui.retro.changes import Change
from retrotui.settings import Settings
from retrotui.templates import Template, TemplateStage

if TYPE_CHECKING:
    from retrotui.blameless import Checker, Policy, RuleBook, Section


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Workspace:
    """A retro that is open."""

    def __init__(
        self,
        opened: OpenedFile,
        template: Template,
        settings: Settings,
        *,
        rulebook: "Callable[[], RuleBook]",
        on_save_state: Callable[[SaveState], None],
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = awake_seconds,
    ) -> None:
        self.opened = opened
        self.template = template
        self.settings = settings
        self._load_rules = rulebook
        self._checker: Checker | None = None
        self._checker_for: tuple[object, ...] = ()
        self.now = now
        self.guard = WordingGuard(self._checker_of, policies=self.policies, template=template)
        self.monotonic = monotonic
        self.session = Session(
            opened.retro,
            now=now,
            guard=self.guard,
            read_only=opened.read_only_reason,
            resumed=opened.heartbeat,
            monotonic=monotonic,
        )
        self.saver = Saver(opened, on_state=on_save_state)
        self.drafts: dict[str, Draft] = {draft.place: draft for draft in opened.drafts}
        self._submitted = opened.retro
        self.warm = {"retrotui.blameless.checker", "retrotui.notation.event_line"} <= sys.modules.keys()
        """Whether what typing needs is loaded."""
        self.on_trouble: Callable[[str], None] = lambda sentence: None
        """Hears of what went wrong and does not matter much, as a sentence."""
        self._inbox = NoteInbox(opened.path)
        self._unsubscribe = self.session.subscribe(self._changed)

    @cached_property
    def policies(self) -> "Mapping[Section, Policy]":
        """How strictly wording is treated per section: the settings' word, else the default."""
        return self.settings.policies

    @property
    def path(self) -> Path:
        """The file that is saved to."""
        return self.saver.path

    @property
    def remarks(self) -> tuple[str, ...]:
        """What opening the file found, as sentences for the person."""
        found = [self.opened.remark] if self.opened.remark else []
        lost = self.opened.comments_lost
        if lost:
            found.append(
                f"This file holds {len(lost)} comment{'s' if len(lost) > 1 else ''} written by hand "
                f"({lost[0]}). "
                "The first save keeps the file as it was, with its comments, beside this one."
            )
        if self.session.was_running:
            found.append("Taken up where it ended: same stage, same second. Nothing was lost.")
        return tuple(found)

    @property
    def retro(self) -> Retro:
        """The retro as it is now."""
        return self.session.retro

    @property
    def today(self) -> date:
        """Today in the retro's zone."""
        return self.now().astimezone(self.retro.info.zone).date()

    def _checker_of(self, retro: Retro) -> "Checker":
        from retrotui.blameless import KeptPhrase  # loaded with the first line that is checked
        from retrotui.tui.calm_checker import CalmChecker

        key = (retro.info.people, retro.info.facilitator, retro.kept_wording)
        if self._checker is None or key != self._checker_for:
            people = tuple(dict.fromkeys((*retro.info.people, *filter(None, (retro.info.facilitator,)))))
            kept = tuple(KeptPhrase(kept.rule, kept.phrase) for kept in retro.kept_wording)
            self._checker = CalmChecker(
                self._load_rules(),
                roster=people,
                kept=kept,
                policies=self.policies,
                on_failure=self._rules_failed,
            )
            self._checker_for = key
        return self._checker

    def _rules_failed(self, error: Exception) -> None:
        self.on_trouble(f"A wording rule failed, so some lines pass unchecked: {error}")

    @property
    def checker(self) -> "Checker":
        """The wording check for this retro's people and kept phrases."""
        return self._checker_of(self.retro)

    def warm_up(self) -> None:
        """Loads what the first key needs, so that it is as quick as the second.

        For a thread of its own: it never touches the session, which belongs to one thread.
        """
        from retrotui import notation
        from retrotui.blameless import Checker

        with suppress(Exception):  # whatever is wrong is said when it is needed
            Checker(self._load_rules()).check("x", "causes")
            notation.read_event_line("0:00 x", day=date(2000, 1, 1), zone=self.opened.retro.info.zone)
        self.warm = True

    def template_stage(self, stage: Stage) -> TemplateStage:
        """What the template says of a stage; a plain stand-in when the template is not on this machine."""
        found = self.template.stage(stage.id)
        if found is not None and found.kind == stage.kind.value:
            return found
        like = next((item for item in self.template.stages if item.kind == stage.kind.value), None)
        title = stage.title or stage.id.replace("_", " ")
        if like is None:
            return TemplateStage(id=stage.id, kind=stage.kind.value, title=title, question=f"{title}?")
        return TemplateStage(
            id=stage.id,
            kind=stage.kind.value,
            title=title,
            question=like.question,
            prompts=like.prompts,
            help=like.help,
            section=like.section,
        )

    def section(self, stage: Stage) -> "Section":
        """The section of a stage, for the wording rules."""
        return section_of(stage.kind, self.template_stage(stage))

    def policy(self, section: "Section") -> "Policy":
        """How strictly a section is treated in this retro."""
        return self.guard.policy(section, self.retro, self.retro.agenda.current)

    def _changed(self, before: Retro, after: Retro, change: Change | None) -> None:
        self._submitted = after
        self.saver.submit(after)

    def draft(self, place: str, text: str, cursor: int) -> None:
        """Notes what stands in a composer, so that it survives whatever happens."""
        if text.strip():
            self.drafts[place] = Draft(place=place, text=text, cursor=cursor)
        elif self.drafts.pop(place, None) is None:
            return
        self.saver.draft(tuple(self.drafts.values()), at_once=not text.strip())

    def beat(self) -> None:
        """Notes where the clock stands; once a second while it runs."""
        self.saver.heartbeat(self.session.heartbeat())

    def take_notes(self) -> int:
        """Takes in what `retrotui note` wrote since the last time; how many notes that were.

        Cheap enough for every second: while nothing has come it is one look at the inbox.
        """
        if self.session.read_only or self._inbox.empty:
            return 0
        if self.saver.state.settled:
            self._inbox.settle(self._submitted)
        notes = self._inbox.take(self.retro)
        if notes is None:
            return 0
        self.session.do(notes, force=True)
        return len(notes.changes)

    def settle(self) -> None:
        """Hands the file what has elapsed, for leaving or a quiet moment."""
        if not self.opened.read_only_reason and self.session.retro != self._submitted:
            self._submitted = self.session.retro
            self.saver.submit(self._submitted)

    def close(self, timeout: float = 5.0) -> SaveState:
        """Saves what is left and lets go of the file."""
        self._unsubscribe()
        self.settle()
        return self.saver.close(timeout)


def save_words(state: SaveState) -> str:
    """The state for the header: a sign and words, so that nobody has to know a colour."""
    match state.kind:
        case SaveKind.SAVED:
            return "✔ saved"
        case SaveKind.SAVING:
            return "… saving"
        case SaveKind.READ_ONLY:
            return "read only"
        case SaveKind.CONFLICT:
            return "✘ changed from outside"
        case SaveKind.UNSAVED:
            # the header has room for why and since when; how it goes on is said in a note
            return f"✘ not saved: {state.message.removeprefix('not saved ').partition(';')[0]}"


def stand_in_template(retro: Retro) -> Template:
    """A template for a retro whose own is not on this machine, made from its agenda."""
    stages = tuple(
        TemplateStage(
            id=stage.id,
            kind=stage.kind.value,
            title=stage.title or stage.id.replace("_", " "),
            question=_QUESTIONS[stage.kind],
        )
        for stage in retro.agenda.stages
    )
    return Template(
        id=retro.info.template,
        title=retro.info.template,
        description="The template of this retro is not on this machine.",
        mode=retro.info.mode.value,
        stages=stages,
        presets={},
        default_preset="",
    )


_QUESTIONS: Mapping[StageKind, str] = {
    StageKind.OPENING: "What do we want to learn today?",
    StageKind.TIMELINE: "What happened, as it looked at the time?",
    StageKind.CARDS: "What should we talk about?",
    StageKind.FACTORS: "What made this possible?",
    StageKind.HOW_CAN_WE: "How can we make this easier next time?",
    StageKind.CLOSE: "What does each of us take away?",
}
