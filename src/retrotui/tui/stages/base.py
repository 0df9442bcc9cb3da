"""What every stage view shares: a list of entries, what the composer does here, and the keys of the place.

A view shows the retro it is given and offers changes through its host; it keeps no second copy of anything.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from retrotui.archive import SaveKind
from retrotui.facilitation import Session
from retrotui.retro import Entry, Mode, Retro, Stage
from retrotui.retro.changes import Change, Delete, Merge, Move, TakeTopic, Vote, edit
from retrotui.settings import Settings
from retrotui.templates import TemplateStage
from retrotui.tui.choices import Choice
from retrotui.tui.commanding import Commanded, bind
from retrotui.tui.keys import Place, first_key
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import EntryList, Item, Row
from retrotui.tui.widgets.visible import brief

if TYPE_CHECKING:
    from retrotui.blameless import Section


class Host(Protocol):
    """What a stage view may ask of the meeting it is part of."""

    @property
    def session(self) -> Session:
        """The session: read it; change it through `do`."""
        ...

    @property
    def retro(self) -> Retro:
        """The retro as it is now."""
        ...

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        ...

    def do(self, change: Change) -> bool:
        """Does a change. False when it was refused or its wording held; the reason has then been shown."""
        ...

    def say(self, text: str) -> None:
        """Shows a sentence in the coach line."""
        ...

    def ask(self, task: Task, text: str = "", cursor: int | None = None) -> None:
        """Lets the composer take up a task, with a text to start from."""
        ...

    def choose(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], selected: str = ""
    ) -> None:
        """Offers choices by key; `then` is called with the value of the one taken, not at all on Escape."""
        ...

    def show_text(self, title: str, body: str) -> None:
        """Shows a text to read in a box."""
        ...

    def review_import(self, source: Path) -> None:
        """Shows what a source offers for the timeline, and brings in what is taken."""
        ...

    def seconds(self) -> float:
        """The session's monotonic clock, for keys pressed in quick succession."""
        ...

    def pick(
        self,
        title: str,
        items: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        then: Callable[[tuple[str, ...]], None],
    ) -> None:
        """Offers a long list with a filter, several may be picked; `then` gets the ids picked."""
        ...

    def pick_one(self, title: str, items: Sequence[tuple[str, str]], then: Callable[[str], None]) -> None:
        """Offers a long list with a filter; `then` gets the id picked."""
        ...

    @property
    def today(self) -> date:
        """Today in the retro's zone."""
        ...

    @property
    def path(self) -> Path:
        """The file of the retro."""
        ...

    @property
    def folder(self) -> Path:
        """The folder of retros it belongs to."""
        ...

    @property
    def saving(self) -> SaveKind:
        """How far saving has come."""
        ...

    @property
    def way_to_settle(self) -> str:
        """The keys that lead to the choice between two versions of the file."""
        ...

    def collect(self, task: Task) -> None:
        """What the stage collects has changed (another column, say): the composer takes it up."""
        ...

    def flushed(self, timeout: float) -> bool:
        """Waits until everything is on the disk, at most so many seconds. May be called from any thread."""
        ...


BOARD_MARKS = "▶└ "
"""What stands before a text to place it on the board, and means nothing where it stands alone."""


class StageView(Vertical, Commanded):
    """One stage on the screen. Subclasses say what is listed, how it looks and what the composer does."""

    PLACE: ClassVar[Place]
    """The place whose keys work on this board."""
    LEFT_WIDTH: ClassVar[int] = 0
    RIGHT_WIDTH: ClassVar[int] = 0
    EMPTY: ClassVar[str] = "Nothing here yet."
    EMPTY_ALONE: ClassVar[str] = ""
    """What stands there for one person alone, when that is something else."""

    def __init__(self, host: Host, stage: Stage, template_stage: TemplateStage, section: "Section") -> None:
        super().__init__(id="stage-view")
        self.host = host
        self.stage = stage
        self.template_stage = template_stage
        self.section = section
        self.entries = EntryList(
            self.draw,
            left_width=self.LEFT_WIDTH,
            right_width=self.RIGHT_WIDTH,
            empty=((self.EMPTY_ALONE if self.alone else "") or self.EMPTY)
            if self.changeable
            else "Nothing here.",
            id="entries",
        )
        bind(self, (Place.BOARD, self.PLACE), host.settings.keymap)

    @property
    def alone(self) -> bool:
        """Whether one person reflects alone, who is spoken to in the first person."""
        return self.host.retro.info.mode is Mode.SOLO

    @property
    def changeable(self) -> bool:
        """Whether the retro may be changed; else nothing is offered that would change it."""
        return not self.host.session.read_only

    # for subclasses

    def compose(self) -> ComposeResult:
        """The list; subclasses put more around it."""
        yield self.entries

    def items(self, retro: Retro) -> Sequence[Item]:
        """What is listed."""
        raise NotImplementedError

    def draw(self, item: Item) -> Row:
        """What one item looks like."""
        raise NotImplementedError

    def default_task(self) -> Task:
        """What the composer does in this stage."""
        raise NotImplementedError

    def edit_task(self, entry: Entry) -> tuple[Task, str] | None:
        """How the composer edits an entry: the task, and the text to start from; None when it cannot."""
        text = getattr(entry, "text", None)
        if text is None:
            return None

        def read(typed: str) -> Change | None:
            return edit(entry.id, text=typed.strip()) if typed.strip() and typed != text else None

        return Task(f"edit:{entry.id}", f"edit {entry.id}", read, section=self.section, once=True), text

    def show(self, retro: Retro, *, select: str | None = None) -> None:
        """Shows the retro as it is now."""
        self.stage = retro.agenda.stage(self.stage.id) or self.stage
        self.entries.show_items(self.items(retro), select=select)

    def saving_changed(self) -> None:
        """Saving stands otherwise than before; only who speaks of it need look."""

    def why_not(self, command_id: str) -> str:
        """Why a command cannot be done just now; empty when it can."""
        needs_one = ("item.", "event.", "factor.", "card.", "topic")
        if command_id.startswith(needs_one) and self.selected is None:
            return "Nothing is selected: use the arrow keys."
        if (
            command_id == "ballot"
            and self.host.retro.ballot is None
            and not self.ballot_topics(self.host.retro)
        ):
            return "There is nothing to vote on yet."
        if command_id == "item.vote" and not hasattr(self.selected, "votes"):
            return "There is nothing to vote on here."
        return ""

    def under_discussion(self) -> Content:
        """What the projector view shows large: the topic that was taken up, else the selected entry."""
        retro = self.host.retro
        wanted = retro.agenda.topic or self.entries.selected_id
        item = next((item for item in self.entries.items if item.id and item.id == wanted), None)
        if item is None:
            return Content("")
        row = self.draw(item)
        left = row.left.plain.strip()
        marks = len(row.text.plain) - len(row.text.plain.lstrip(BOARD_MARKS))
        return Content.assemble((f"{left}\n" if left else "", "bold $text-heading"), row.text[marks:])

    # shared

    @property
    def selected(self) -> Entry | None:
        """The selected entry."""
        entry_id = self.entries.selected_id
        return self.host.retro.find(entry_id) if entry_id else None

    def on_mount(self) -> None:
        """Shows what there is; a secret vote that is still open here is offered again."""
        self.show(self.host.retro)
        ballot = self.host.retro.ballot
        if ballot is not None and ballot.stage == self.stage.id and self.changeable:
            from retrotui.tui.screens.ballot import offer_ballot

            self.call_after_refresh(offer_ballot, self)

    def command_item_edit(self) -> None:
        """Takes the selected entry into the composer."""
        entry = self.selected
        found = self.edit_task(entry) if entry else None
        if found is None:
            self.host.say("This cannot be edited here.")
            return
        task, text = found
        self.host.ask(task, text)

    def command_item_delete(self) -> None:
        """Deletes the selected entry; undo brings it back."""
        entry = self.selected
        if entry and self.host.do(Delete(entry.id)):
            self.host.say(f"Deleted. {self.undo_key} brings it back.")

    @property
    def undo_key(self) -> str:
        """The key that undoes."""
        return first_key("undo", self.host.settings.keymap)

    def command_item_up(self) -> None:
        """Moves the selected entry up."""
        if self.selected:
            self.host.do(Move(self.selected.id, -1))

    def command_item_down(self) -> None:
        """Moves the selected entry down."""
        if self.selected:
            self.host.do(Move(self.selected.id, 1))

    def mergeable(self, entry: Entry) -> Sequence[tuple[str, str]]:
        """What an entry could be merged with: id and words."""
        others = [item for item in self.items(self.host.retro) if item.id and item.id != entry.id]
        same = [item for item in others if type(self.host.retro.find(item.id)) is type(entry)]
        return [(item.id, brief(item.text)) for item in same]

    def command_item_merge(self) -> None:
        """Merges the selected entry into another."""
        entry = self.selected
        if entry is None:
            return
        others = self.mergeable(entry)
        if not others:
            self.host.say("There is nothing to merge it with.")
            return

        def then(into: str) -> None:
            if self.host.do(Merge(entry.id, into)):
                self.entries.select(into)

        self.host.pick_one("Merge it into which one?", others, then)

    _last_digit: tuple[str, float, int] = ("", 0.0, 0)

    def command_item_vote(self, key: str) -> None:
        """A show of hands; two digits within a second and a half make a number above nine."""
        entry = self.selected
        if entry is None:
            return
        now = self.host.seconds()
        last_id, at, value = self._last_digit
        hands = int(key)
        if last_id == entry.id and now - at < 1.5 and 0 < value < 10:
            hands += value * 10
        self._last_digit = (entry.id, now, hands)
        if self.host.do(Vote(entry.id, hands)):
            self.host.say(f"{hands} {'hand' if hands == 1 else 'hands'} counted.")

    def ballot_topics(self, retro: Retro) -> tuple[str, ...]:
        """What a secret vote here is about: what is listed of the same kind as the selected entry."""
        ids = [item.id for item in self.items(retro) if item.id]
        found = [entry for entry in map(retro.find, ids) if entry and "votes" in type(entry).model_fields]
        kind = type(self.selected) if self.selected in found else (type(found[0]) if found else None)
        return tuple(entry.id for entry in found if type(entry) is kind)

    def command_ballot(self) -> None:
        """A secret vote, passing the keyboard; or goes on with the one that is open."""
        from retrotui.tui.screens.ballot import begin_ballot

        begin_ballot(self)

    def votes_closed(self) -> None:
        """The totals of a secret vote can be seen now."""

    def command_column_next(self) -> None:
        """The next column, where there are columns; else to the board."""
        self.entries.focus()

    def command_topic(self) -> None:
        """Takes the selected entry up for discussion, or puts it down again."""
        entry = self.selected
        if entry is None:
            return
        agenda = self.host.retro.agenda
        if agenda.topic == entry.id:
            self.host.do(TakeTopic(""))
        else:
            self.host.do(TakeTopic(entry.id))

    def setting(self, entry: Entry, field: str) -> Callable[[str], None]:
        """A function that gives the entry's field a value, for use after a choice."""

        def then(value: Any) -> None:
            self.host.do(edit(entry.id, **{field: value}))

        return then
