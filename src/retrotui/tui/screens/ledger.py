"""The ledger: every action item of every retro of a folder: to filter, finish, drop and send out."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from retrotui.archive import edits
from retrotui.archive.index_rows import LeftOut
from retrotui.archive.items import ActionItem
from retrotui.archive.ledger import Ledger, Wanted, Which
from retrotui.retro import Action, ActionKind
from retrotui.retro.changes import Change
from retrotui.tui.choices import Choice
from retrotui.tui.keys import Place
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.screens.choice import ChoiceScreen
from retrotui.tui.screens.text import TextScreen
from retrotui.tui.widgets.action_words import due_words
from retrotui.tui.widgets.entry_list import EntryList, Item, Row
from retrotui.tui.widgets.lines import KeyBar
from retrotui.tui.widgets.visible import brief, visible

_WHICH: tuple[Which, ...] = ("open", "overdue", "done", "all")
_STATUS = {"done": "✔ done", "wont_do": "✘ dropped", "superseded": "↪ carried on"}


class LedgerScreen(CommandScreen):
    """All action items, by due date."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.EVERYWHERE, Place.LEDGER)
    CSS_PATH = "../styles/ledger.tcss"
    AUTO_FOCUS = "EntryList"

    def __init__(self, folder: Path, keymap: dict[str, str]) -> None:
        super().__init__(keymap)
        self.folder = folder
        self.wanted = Wanted()
        self.top = Static("", markup=False, id="ledger-top")
        self.entries = EntryList(
            self._draw, left_width=14, right_width=24, empty="No action items here.", id="actions"
        )
        self.line = Input(id="ledger-line", compact=True)
        self.bar = KeyBar(id="bar")
        self._items: dict[str, ActionItem] = {}
        self._left_out: tuple[LeftOut, ...] = ()
        self._take: Callable[[str], None] | None = None

    @property
    def today(self) -> date:
        """Today, here."""
        return self.retro_app.today

    def compose(self) -> ComposeResult:
        """What is shown, the list, a line for words, the keys."""
        yield self.top
        yield self.entries
        yield self.line
        yield self.bar

    def on_mount(self) -> None:
        """Reads the folder beside the screen."""
        self.line.display = False
        self.load()

    def on_resize(self) -> None:
        """As many keys as fit, and columns that leave room for the words."""
        width = self.size.width
        self.entries.set_widths(14 if width >= 60 else 0, 20 if width >= 60 else 0)
        self.bar.show_keys(self.key_hints(), self.size.width)

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Looks at the folder through its index."""
        try:
            with Ledger.of(self.folder, os.environ) as ledger:
                items, left_out = ledger.look(self.wanted, self.today)
        except OSError as error:
            self.app.call_from_thread(self.say, f"{self.folder}: {error.strerror or error}")
            return
        self.app.call_from_thread(self._show, items, left_out)

    def _show(self, items: tuple[ActionItem, ...], left_out: tuple[LeftOut, ...]) -> None:
        self._items = {item.ref: item for item in items}
        self._left_out = tuple(found for found in left_out if not found.foreign)
        self.entries.show_items([Item(item.ref, _words(item).plain, data=item) for item in items])
        words = [f"{len(items)} {self.wanted.which if self.wanted.which != 'all' else 'in all'}"]
        if self.wanted.owner is not None:
            words.append(f"@{self.wanted.owner}" if self.wanted.owner else "without an owner")
        if self.wanted.kind is not None:
            words.append(self.wanted.kind)
        missing = len(self._left_out)
        if missing:
            words.append(f"{missing} file{'s' if missing > 1 else ''} left out (! says why)")
        self.top.update(
            Content.assemble((" Action items ", "bold $text-heading"), (" · ".join(words), "$text-muted"))
        )
        self.bar.show_keys(self.key_hints(), self.size.width)

    def _draw(self, item: Item) -> Row:
        action: ActionItem = item.data
        owner = f"@{visible(action.owner)}" if action.owner else "no owner"
        if action.status in _STATUS:
            right = Content.styled(_STATUS[action.status], "$text-muted")
        else:
            overdue = action.due is not None and action.due < self.today
            style = "bold $action-overdue" if overdue else "$text-muted"
            right = Content.styled(due_words(action.due, self.today), style)
        return Row(_words(action), left=Content.styled(owner, "$text-heading"), right=right)

    # what the keys do

    def why_not(self, command_id: str) -> str:
        """What is not possible just now."""
        needs_one = (
            "ledger.done",
            "ledger.drop",
            "ledger.reopen",
            "ledger.owner",
            "ledger.due",
            "ledger.ticket",
        )
        if command_id in needs_one and self.item is None:
            return "Nothing is selected."
        return ""

    @property
    def item(self) -> ActionItem | None:
        """The selected action item."""
        return self._items.get(self.entries.selected_id)

    def _filter(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.load()

    def command_ledger_which(self) -> None:
        """Open, overdue, done, all: round and round."""
        at = _WHICH.index(self.wanted.which)
        self._filter(replace(self.wanted, which=_WHICH[(at + 1) % len(_WHICH)]))

    def command_ledger_by_owner(self) -> None:
        """Only the selected one's owner, or everybody's again."""
        item = self.item
        mine = item.owner if item is not None and self.wanted.owner is None else None
        self._filter(replace(self.wanted, owner=mine))

    def command_ledger_by_kind(self) -> None:
        """One kind, or every kind."""
        choices = [Choice(str(number), kind.value, kind.value) for number, kind in enumerate(ActionKind, 1)]
        choices.append(Choice("0", "every kind", ""))

        def taken(kind: str | None) -> None:
            if kind is not None:
                self._filter(replace(self.wanted, kind=kind or None))

        self.app.push_screen(ChoiceScreen("Which kind?", choices), taken)

    def command_ledger_done(self) -> None:
        """It is done."""
        self._edit(lambda action: edits.finish(action, self.today), "Done.")

    def command_ledger_reopen(self) -> None:
        """It is open again."""
        self._edit(edits.reopen, "Open again.")

    def command_ledger_drop(self) -> None:
        """It will not be done, with a reason."""
        self._ask("it will not be done, because …", "", lambda why: self._drop(why))

    def _drop(self, why: str) -> None:
        self._edit(lambda action: edits.drop(action, self.today, why), "Dropped, with its reason.")

    def command_ledger_owner(self) -> None:
        """Somebody to do it."""
        self._ask("owner", self.item.owner if self.item else "", self._assign)

    def _assign(self, owner: str) -> None:
        self._edit(lambda action: edits.assign(action, owner.lstrip("@")), "It has an owner.")

    def command_ledger_due(self) -> None:
        """A day by which it will be done."""
        due = self.item.due if self.item else None
        self._ask("due: friday, in 2 weeks, 2026-12-05", due.isoformat() if due else "", self._set_due)

    def _set_due(self, words: str) -> None:
        from retrotui.notation import read_action_line

        read = read_action_line(f"x due {words}", today=self.today) if words else None
        if read is not None and read.due is None:
            self.say(f"{visible(words)} is not a day: write friday, in 2 weeks, or 2026-12-05.")
            return
        self._edit(lambda action: edits.set_due(action, read.due if read else None), "The day is set.")

    def command_ledger_ticket(self) -> None:
        """A link to where the work is tracked."""
        self._ask("ticket link", self.item.ticket if self.item else "", self._set_ticket)

    def _set_ticket(self, link: str) -> None:
        self._edit(lambda action: edits.set_ticket(action, link), "The link is set.")

    def command_ledger_open(self) -> None:
        """The retro it comes from."""
        if self.item is not None:
            self.retro_app.open_retro(self.folder / self.item.file)

    def command_ledger_left_out(self) -> None:
        """Files that could not be read, with the reason."""
        lines = [f"{found.path}: {found.reason}" for found in self._left_out]
        self.app.push_screen(TextScreen("Left out", "\n\n".join(lines) or "Every file could be read."))

    def command_ledger_copy(self) -> None:
        """What is shown, to the terminal's clipboard."""
        self._choose_format("Copy what is shown as …", self._copy)

    def _copy(self, name: str) -> None:
        self.app.copy_to_clipboard(self._written(name))
        self.say("Sent to the terminal's clipboard; x writes a file, should it not arrive.")

    def command_ledger_export(self) -> None:
        """What is shown, to a file beside the retros."""
        self._choose_format("Write what is shown as …", self._write)

    def _choose_format(self, title: str, then: Callable[[str], None]) -> None:
        from retrotui.exchange.actions_out import action_format, names

        letters = "123456789abcdefghijklmnopqrstuvwxyz"
        choices = [
            Choice(letter, action_format(name).title, name, name)
            for letter, name in zip(letters, names(), strict=False)
        ]

        def taken(name: str | None) -> None:
            if name is not None:
                then(name)

        self.app.push_screen(ChoiceScreen(title, choices), taken)

    def _written(self, name: str) -> str:
        from retrotui.exchange.actions_out import Moment, action_format

        return action_format(name).write(tuple(self._items.values()), Moment.at())

    def _write(self, name: str) -> None:
        from retrotui.archive import CannotWrite, write_safely
        from retrotui.exchange.actions_out import action_format

        path = self.folder / f"actions-{self.today.isoformat()}{action_format(name).suffix}"
        try:
            write_safely(path, self._written(name).encode())
        except (CannotWrite, OSError) as error:
            self.notify(str(error), title="Not written", severity="error", markup=False)
        else:
            self.notify(str(path), title="Written", markup=False)

    def command_ledger_back(self) -> None:
        """Leaves the line for words, else the ledger."""
        if self.line.display:
            self._take = None
            self.line.display = False
            self.entries.focus()
        else:
            self.app.pop_screen()

    # changing an action in its file

    def _edit(self, change: Callable[[Action], Change], said: str) -> None:
        item = self.item
        if item is not None:
            self._edit_file(item, change, said)

    @work(thread=True)
    def _edit_file(self, item: ActionItem, change: Callable[[Action], Change], said: str) -> None:
        from retrotui.archive import BadFile, open_file
        from retrotui.retro import ChangeRefused

        path = self.folder / item.file
        try:
            opened = open_file(path, read_only=True)
            opened.close()
            action = opened.retro.find(item.id)
            if not isinstance(action, Action):
                raise edits.CannotEdit(f"{item.id} is not in {path.name} any more")
            edits.edit_file(path, [change(action)])
        except (edits.CannotEdit, ChangeRefused, BadFile, OSError) as error:
            self.app.call_from_thread(self.say, str(error))
            return
        self.app.call_from_thread(self.say, said)
        self.load()

    # a line for words

    def _ask(self, title: str, text: str, take: Callable[[str], None]) -> None:
        self._take = take
        self.line.placeholder = title
        self.line.border_title = Content(title)
        self.line.value = text
        self.line.display = True
        self.line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes what was asked for."""
        event.stop()
        take, self._take = self._take, None
        self.line.display = False
        self.entries.focus()
        if take is not None:
            take(event.value.strip())


def _words(action: ActionItem) -> Content:
    """What is to be done, and where it comes from."""
    facts = [visible(action.retro_title or action.retro_id), action.kind]
    if action.carried:
        facts.append(f"carried {action.carried}×")
    if action.reason:
        facts.append(visible(action.reason))
    return Content.assemble(brief(action.text), (f"\n{' · '.join(facts)}", "$text-muted"))
