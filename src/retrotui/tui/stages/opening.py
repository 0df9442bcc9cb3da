"""The opening: what we want to learn, our ground rule, who is here, and the open actions of earlier retros.

Leaves reading and writing those actions to `old_actions`; nothing of it happens on the screen's thread.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.message import Message

from retrotui.notation import action_as_line
from retrotui.notation.card_line import read_card_line
from retrotui.notation.fingers import read_fingers
from retrotui.retro import Action, ActionStatus, Card, CardKind, ChangeRefused, Mode, Retro
from retrotui.retro.changes import Add, Batch, Change, Delete, edit_info, edit_opening
from retrotui.tui.keys import Place
from retrotui.tui.stages import old_actions
from retrotui.tui.stages.action_tasks import FIELDS, HINT, edit_action_task, preview_action, read_action
from retrotui.tui.stages.base import StageView
from retrotui.tui.stages.old_actions import OldAction, Standing
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import Item, Row
from retrotui.tui.widgets.spread import spread, spread_preview
from retrotui.tui.widgets.visible import shown, visible

GROUND_RULE = (
    "We take it that everybody did what made sense with what could be seen at the time. "
    "Today is about how it looked and what made it possible, so that the next time is easier."
)
"""Offered where a team has no words of its own yet."""

RETRY_S = 15.0
"""Seconds until an old action is written again that could not be."""

_FLUSH_S = 4.0


class OpeningView(StageView):
    """Arriving: four things to agree on, then the old actions one by one."""

    PLACE: ClassVar[Place] = Place.OPENING

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

    # what is shown

    @property
    def alone(self) -> bool:
        """Whether this is a solo retro."""
        return self.host.retro.info.mode is Mode.SOLO

    def items(self, retro: Retro) -> Sequence[Item]:
        """What to learn, rule, people, safety check, old actions."""
        found = [Item("", "What I want to understand" if self.alone else "What we want to learn")]
        cards = retro.cards_of(self.stage.id)
        found += [Item(card.id, shown(card.text), data=Content(shown(card.text))) for card in cards]
        if not cards:
            found.append(self._hint("Nothing noted yet. Type a question we are curious about."))
        if not self.alone:
            found += [Item("", "Our ground rule"), self._row("rule", self._rule(retro))]
            found += [Item("", "Who is here"), self._row("people", self._people(retro))]
            found += [Item("", "Safety check"), self._row("safety", self._safety(retro))]
        today = self.host.today
        if self._old or self._state:
            left = sum(old.standing(retro).status is ActionStatus.OPEN for old in self._old)
            title = "Open actions of earlier retros"
            found.append(
                Item("", f"{title} · {left} of {len(self._old)} left to look at" if self._old else title)
            )
            if self._state:
                found.append(self._hint(self._state))
            found += [self._row(old.row_id, old.content(retro, today)) for old in self._old]
        return found

    def _row(self, row_id: str, content: Content) -> Item:
        return Item(row_id, content.plain, data=content)

    def _hint(self, text: str) -> Item:
        return Item("", text, data=Content.styled(text, "$text-muted"))

    def draw(self, item: Item) -> Row:
        """Headings, hints, and the content of a row."""
        if item.data is not None:
            return Row(item.data)
        return Row(Content.styled(item.text, "bold $text-heading"))

    def _rule(self, retro: Retro) -> Content:
        rule = retro.opening.ground_rule
        if rule:
            return Content(shown(rule))
        return Content.assemble(
            ("None yet. ", "$text-muted"), ("g", "bold"), (" offers one, ready to change.", "$text-muted")
        )

    def _people(self, retro: Retro) -> Content:
        info = retro.info
        if not info.people and not info.facilitator:
            words = " notes them: then the wording check knows which words are names."
            return Content.assemble(
                ("Nobody noted yet. ", "$text-muted"), ("w", "bold"), (words, "$text-muted")
            )
        parts: list[Content] = []
        for name in dict.fromkeys(filter(None, (info.facilitator, *info.people))):
            note = (" (facilitates)", "$text-muted") if name == info.facilitator else ("", "")
            parts.append(Content.assemble((visible(name), "bold"), note))
        return Content(", ").join(parts)

    def _safety(self, retro: Retro) -> Content:
        if retro.opening.safety:
            return spread(retro.opening.safety)
        words = " notes a show of fingers, 1 to 5: how freely can we speak today?"
        return Content.assemble(("Optional. ", "$text-muted"), ("s", "bold"), (words, "$text-muted"))

    def show(self, retro: Retro, *, select: str | None = None) -> None:
        """Shows the retro; when undo has changed where old actions stand, their files are put right."""
        super().show(retro, select=select)
        self._put_right()

    # typing

    def default_task(self) -> Task:
        """What we want to learn, one card each."""
        return Task(
            self.stage.id,
            "what I want to understand" if self.alone else "what we want to learn",
            self._read,
            hint="a question you would like answered by the end",
            section=self.section,
            paste=self._paste,
        )

    def _card(self, text: str) -> Card | None:
        words = read_card_line(text).text
        card_id = self.host.session.new_id("c") if words else ""
        return Card(id=card_id, stage=self.stage.id, kind=CardKind.OTHER, text=words) if words else None

    def _read(self, text: str) -> Change | None:
        card = self._card(text)
        return Add(card) if card else None

    def _paste(self, lines: Sequence[str]) -> Change | None:
        cards = [card for line in lines if (card := self._card(line)) is not None]
        return Batch(tuple(Add(card) for card in cards), label=f"paste {len(cards)} cards") if cards else None

    # keys

    @property
    def old(self) -> OldAction | None:
        """The selected old action."""
        row_id = self.entries.selected_id
        return next((old for old in self._old if old.row_id == row_id), None)

    def why_not(self, command_id: str) -> str:
        """Some rows are no entries; in a solo retro there is nobody to ask."""
        if command_id.startswith(("old.", "opening.")) and self.host.session.read_only:
            return self.host.session.read_only
        if command_id.startswith("opening.") and self.alone:
            return "You are alone with this retro: there is nobody to ask."
        row = self.entries.selected_id
        if command_id.startswith("old.") and self.old is None:
            return "Select an old action with the arrow keys." if self._old else "There are no old actions."
        if command_id == "item.edit" and (row in ("rule", "people", "safety") or self.old):
            return self.host.session.read_only
        if command_id.startswith("item.") and self.old is not None:
            return "This action stands in another retro: x done, c keep, o re-scope, X drop."
        if command_id.startswith("item.") and row in ("rule", "people", "safety"):
            return "e edits this."
        return super().why_not(command_id)

    def command_item_edit(self) -> None:
        """Edits what is selected, whatever it is."""
        commands: dict[str, Callable[[], None]] = {
            "rule": self.command_opening_rule,
            "people": self.command_opening_people,
            "safety": self.command_opening_safety,
        }
        if self.old is not None:
            self.command_old_rescope()
        else:
            commands.get(self.entries.selected_id, super().command_item_edit)()

    def command_opening_rule(self) -> None:
        """Our ground rule, in our own words."""

        def read(text: str) -> Change | None:
            return edit_opening(ground_rule=text.strip())

        task = Task("rule", "our ground rule", read, hint="empty: none", once=True, may_be_empty=True)
        self.host.ask(task, self.host.retro.opening.ground_rule or GROUND_RULE)

    def command_opening_people(self) -> None:
        """Who is here; a star marks who facilitates."""
        info = self.host.retro.info
        names = dict.fromkeys(filter(None, (info.facilitator, *info.people)))
        text = ", ".join(f"{name}*" if name == info.facilitator else name for name in names)

        def read(typed: str) -> Change | None:
            people, facilitator = read_people(typed)
            return edit_info(people=people, facilitator=facilitator)

        task = Task(
            "people",
            "who is here · * for who facilitates",
            read,
            hint="Ana*, Will, Priya",
            once=True,
            may_be_empty=True,
            preview=_people_preview,
        )
        self.host.ask(task, text)

    def command_opening_safety(self) -> None:
        """1 to 5 by show of hands; kept sorted and without names."""

        def read(text: str) -> Change | None:
            try:
                return edit_opening(safety=read_fingers(text))
            except ValueError as error:
                raise ChangeRefused(str(error)) from error

        task = Task(
            "safety",
            "how freely can we speak today? 1 (not at all) to 5 (freely)",
            read,
            hint="4 5 3 4 · or 4:3 5:2 for three fours and two fives",
            preview=spread_preview,
            once=True,
            may_be_empty=True,
        )
        self.host.ask(task, " ".join(map(str, self.host.retro.opening.safety)))

    # the old actions

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

    def on_opening_view_loaded(self, event: Loaded) -> None:
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
        self._settle(ActionStatus.DONE, "Done, and noted in its own retro. x again takes it back.")

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
            if not text.strip():
                raise ChangeRefused("say why it will not be done: the next retro will ask")
            old.decided = Standing(ActionStatus.WONT_DO, reason=text.strip())
            self.show(self.host.retro)
            return None

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

    def _settle(self, status: ActionStatus, said: str) -> None:
        old = self.old
        if old is None or self._goes_on(old):
            return
        again = old.decided.status is status
        old.decided = Standing() if again else Standing(status)
        self.host.say("Open again." if again else said)
        self.show(self.host.retro)
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
        if self._carry(old):
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
            fresh = read_action(self.host, text, "a1")
            old.decided = Standing()
            return self._carrying(old, fresh)

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
        return change

    def _carry(self, old: OldAction) -> bool:
        before, old.decided = old.decided, Standing()
        if self.host.do(self._carrying(old)):
            return True
        old.decided = before
        return False

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

    def on_opening_view_written(self, event: Written) -> None:
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


def read_people(text: str) -> tuple[tuple[str, ...], str]:
    """Names separated by commas, and the one with a star: `Ana*, Will, @priya`."""
    people: dict[str, str] = {}
    facilitator = ""
    for part in re.split(r"[,;\n]", text):
        name = " ".join(part.replace("*", " ").split()).removeprefix("@").strip()
        if not name:
            continue
        people.setdefault(name.casefold(), name)
        if "*" in part and not facilitator:
            facilitator = people[name.casefold()]
    return tuple(people.values()), facilitator


def _people_preview(text: str) -> Content:
    people, facilitator = read_people(text)
    count = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    who = f", {visible(facilitator)} facilitates" if facilitator else ""
    return Content.styled(f"{count}{who}", "$text-muted")
