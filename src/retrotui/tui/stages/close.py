"""The close: actions read back, what we take away, was it worth the time, where the file is, what is next."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingsMap
from textual.content import Content

from retrotui.archive import SaveKind
from retrotui.archive.items import carried_in_words
from retrotui.blameless import Section
from retrotui.notation import action_advice, advice_for_all
from retrotui.notation.balance import balance_advice
from retrotui.notation.card_line import CardLine, read_card_line, tag_alone
from retrotui.notation.fingers import read_count, read_fingers
from retrotui.retro import (
    Action,
    ActionStatus,
    Card,
    CardKind,
    ChangeRefused,
    Entry,
    Retro,
    Stage,
    Status,
)
from retrotui.retro.changes import Add, Batch, Change, Edit, edit_close, edit_info
from retrotui.templates import TemplateStage
from retrotui.tui.choices import Choice
from retrotui.tui.keys import Place
from retrotui.tui.stages import close_alone
from retrotui.tui.stages.action_tasks import edit_action_task, new_action_task
from retrotui.tui.stages.base import Host, StageView
from retrotui.tui.stages.card_kinds import HINTS, kind_content
from retrotui.tui.widgets.action_words import due_words
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import Item, Row
from retrotui.tui.widgets.spread import spread, spread_preview
from retrotui.tui.widgets.visible import shown, visible

KINDS = (CardKind.TAKEAWAY, CardKind.THANKS)

_FINISHED = {
    Status.IN_REVIEW: "Finished, and in review.",
    Status.REVIEWED: "Finished and reviewed.",
    Status.CLOSED: "Closed.",
}


class CloseView(StageView):
    """Reading back, taking away, parting."""

    PLACE: ClassVar[Place] = Place.CLOSE
    LEFT_WIDTH: ClassVar[int] = 12
    RIGHT_WIDTH: ClassVar[int] = 20
    _narrow = False

    def __init__(self, host: Host, stage: Stage, template_stage: TemplateStage, section: Section) -> None:
        super().__init__(host, stage, template_stage, section)
        # Everything listed here can be edited, so Enter does that; i types
        enter = BindingsMap([Binding("enter", "screen.run('item.edit')", show=False)])
        self.entries._bindings = BindingsMap.merge([self.entries._bindings, enter])

    # what is shown

    def items(self, retro: Retro) -> Sequence[Item]:
        """Actions, takeaways and thanks, figures, the file and what happens next."""
        return [*self._actions(retro), *self._cards(retro), *self._figures(retro), *self._parting(retro)]

    def _row(
        self, row_id: str, content: Content, left: Content | str = "", right: Content | str = ""
    ) -> Item:
        return Item(row_id, content.plain, data=(content, left, right))

    def _hint(self, text: str) -> Item:
        return Item("", text, data=(Content.styled(text, "$text-muted"), "", ""))

    def _actions(self, retro: Retro) -> list[Item]:
        still_open = [action for action in retro.actions if action.status is ActionStatus.OPEN]
        title = "What I will do" if self.alone else "Action items to read back"
        found = [Item("", f"{title} · {len(still_open)}")]
        if not retro.actions:
            who = "I" if self.alone else "we"
            adds = f" That can be right, when {who} say why. a adds one." if self.changeable else ""
            found.append(self._hint(f"None.{adds}"))
        found += [self._read_back(action) for action in retro.actions]
        calm = balance_advice(retro.actions) if self.alone else ""
        found += [
            self._hint(sentence) for sentence in (calm, *advice_for_all(retro.actions, None)) if sentence
        ]
        return found

    def _read_back(self, action: Action) -> Item:
        """Who, what, until when; below it the sign that it is done, and advice where something is missing."""
        still_open = action.status is ActionStatus.OPEN
        facts = [action.priority.value] if action.priority else []
        facts += [carried_in_words(action.carried)] if action.carried else []
        facts += ["ticket"] if action.ticket else []
        words = Content.assemble((shown(action.text), "" if still_open else "$text-muted"))
        if facts:
            words = Content.assemble(words, ("  " + " · ".join(facts), "$text-muted"))
        due = self._due(action)
        if self._narrow:
            words = Content.assemble(words, "  ", due)
        if action.reason:
            words = Content.assemble(words, (f"\nbecause: {shown(action.reason)}", "$text-muted"))
        if action.done_when and still_open:
            words = Content.assemble(
                words, ("\ndone when: ", "$text-muted"), (shown(action.done_when), "$text-muted")
            )
        people = self.host.retro.info.people
        for sentence in action_advice(action, people=people, today=self.host.today, alone=self.alone)[:3]:
            words = Content.assemble(words, (f"\n? {sentence}", "$wording-question"))
        missing = "bold $wording-flag" if still_open else "$text-muted"
        nobody = ("mine", "$text-muted") if self.alone else ("no owner", missing)
        owner = (f"@{visible(action.owner)}", "bold") if action.owner else nobody
        return self._row(action.id, words, Content.assemble(owner), "" if self._narrow else due)

    def _due(self, action: Action) -> Content:
        """Until when, or what became of it."""
        match action.status:
            case ActionStatus.DONE:
                return Content.styled("✔ done", "$action-done")
            case ActionStatus.WONT_DO:
                return Content.styled("✘ dropped", "$text-muted")
            case ActionStatus.SUPERSEDED:
                return Content.styled("↪ elsewhere", "$text-muted")
        today = self.host.today
        if action.due is None:
            return Content.styled("no date", "bold $wording-flag")
        style = "bold $action-overdue" if action.due < today else ""
        return Content.styled(due_words(action.due, today), style)

    def _cards(self, retro: Retro) -> list[Item]:
        cards = retro.cards_of(self.stage.id)
        if self.alone:
            return self._learned(cards)
        found = [Item("", "What we take away")]
        if not cards:
            way = " Type a takeaway, or a thank-you that ends with #thanks." if self.changeable else ""
            found.append(self._hint(f"Nothing noted yet.{way}"))
        for kind in (CardKind.TAKEAWAY, None, CardKind.THANKS):
            found += [
                self._row(card.id, Content(shown(card.text)), kind_content(card.kind))
                for card in cards
                if card.kind is kind or (kind is None and card.kind not in KINDS)
            ]
        return found

    def _learned(self, cards: Sequence[Card]) -> list[Item]:
        """What one person alone learned, and who else could use it."""
        found: list[Item] = []
        for heading, own, hint in close_alone.learned(cards):
            found.append(Item("", heading))
            found += [self._row(card.id, Content(shown(card.text))) for card in own]
            found += [self._hint(hint)] if hint else []
        return found

    def _figures(self, retro: Retro) -> list[Item]:
        if self.alone:
            return []
        close = retro.close
        here = f"{close.attended} here" if close.attended else ""
        learned = f"{close.learned} of {close.attended}" if close.attended else str(close.learned)
        asked = bool(close.learned or close.attended)
        return [
            Item("", "Was it worth the time?"),
            self._figure("attended", "here", here, "w", "how many were here"),
            self._figure(
                "learned", "learned", learned if asked else "", "c", "hands: who learned something?"
            ),
            self._figure(
                "roti", "worth it", spread(close.roti) if close.roti else "", "s", "fingers, 1 to 5"
            ),
        ]

    def _figure(self, row_id: str, label: str, value: str | Content, key: str, what: str) -> Item:
        content = Content(value) if isinstance(value, str) else value
        if not value and not self.changeable:
            content = Content.styled("–", "$text-muted")
        elif not value:
            content = Content.assemble((key, "bold"), (f" counts {what}", "$text-muted"))
        return self._row(row_id, content, Content.styled(label, "bold $text-heading"))

    def _parting(self, retro: Retro) -> list[Item]:
        if self.alone:
            return self._parting_alone(retro)
        found = [Item("", "Where it is, and what happens next"), *self._file("It is saved in")]
        count = sum(action.status is ActionStatus.OPEN for action in retro.actions)
        lines = []
        if count:
            come = "The open action item comes" if count == 1 else f"The {count} open action items come"
            lines.append(f"{come} back when the next retro opens. Y sends them to the clipboard.")
        lines.append("r shows the write-up; `retrotui export` makes a file of it to share.")
        said = _FINISHED.get(retro.info.status)
        if said is None and self.changeable:
            lines.append("x finishes: the write-up is ready to be reviewed. It can still be changed.")
        elif said is not None:
            lines.insert(0, f"{said} {self._thanks}")
        return found + [self._hint(line) for line in lines]

    def _parting_alone(self, retro: Retro) -> list[Item]:
        """Where the file is, and who sees it."""
        file = self.host.path.absolute()
        finished = retro.info.status in _FINISHED
        lines = list(close_alone.where_it_is(file, finished=finished or not self.changeable))
        if not retro.info.impact and self.changeable:
            lines.insert(len(lines) - 1, "F10 adds what people outside noticed, for that page.")
        found = [Item("", "Where it is, and who sees it"), *self._file("This is in")]
        return found + [self._hint(visible(line)) for line in lines]

    def _file(self, saved: str) -> list[Item]:
        """Where the file is; and when it is not as it should be, what can be done about it."""
        trouble = ""
        match self.host.saving:
            case SaveKind.CONFLICT:
                trouble = (
                    "It was changed from outside, and both versions are kept. "
                    f"{self.host.way_to_settle} chooses which one goes on, before it is handed round."
                )
            case SaveKind.UNSAVED:
                saved = "It belongs in"
                trouble = "It is not saved yet. “Save to another place” in the palette finds it another one."
            case SaveKind.READ_ONLY:
                saved = "Its file is"
        file = visible(str(self.host.path.absolute()))
        path = Content.assemble((f"{saved} ", "$text-muted"), (file, "$text-link"))
        found = [Item("", path.plain, data=(path, "", ""))]
        if trouble:
            found.append(Item("", trouble, data=(Content.styled(trouble, "bold $save-failed"), "", "")))
        return found

    def saving_changed(self) -> None:
        """What is said of the file has to be true."""
        self.show(self.host.retro)

    @property
    def _thanks(self) -> str:
        if self.alone:
            return close_alone.PARTING
        return "Thank you, above all to those who told how it looked from where they stood."

    def draw(self, item: Item) -> Row:
        """Headings, hints, and the content of a row."""
        if item.data is None:
            return Row(Content.styled(item.text, "bold $text-heading"))
        content, left, right = item.data
        return Row(content, left=_content(left), right=_content(right))

    def on_resize(self) -> None:
        """A narrow window has no room for a column of days: they stand behind the words."""
        narrow = self.size.width < 70
        if narrow is not self._narrow:
            self._narrow = narrow
            self.entries.right_width = 0 if narrow else self.RIGHT_WIDTH
            self.show(self.host.retro)

    # typing

    def default_task(self) -> Task:
        """A takeaway or a thank-you."""
        return Task(
            self.stage.id,
            "what I learned" if self.alone else "what each of us takes away",
            self._read,
            hint=close_alone.HINT if self.alone else "one sentence · end with #thanks for a thank-you",
            section=self.section,
            preview=self._preview,
            paste=self._paste,
        )

    def _line(self, text: str) -> CardLine:
        return read_card_line(text, kinds=(*KINDS, CardKind.OTHER) if self.alone else KINDS)

    def _card(self, text: str) -> Card | None:
        line = self._line(text)
        if not line.text:
            return None
        kind = line.kind or CardKind.TAKEAWAY
        return Card(id=self.host.session.new_id("c"), stage=self.stage.id, kind=kind, text=line.text)

    def _read(self, text: str) -> Change | None:
        card = self._card(text)
        if card is None:
            raise ChangeRefused(tag_alone(text) or "type what should stand there")
        return Add(card)

    def _paste(self, lines: Sequence[str]) -> Change | None:
        cards = [card for line in lines if (card := self._card(line)) is not None]
        return Batch(tuple(Add(card) for card in cards), label=f"paste {len(cards)} cards") if cards else None

    def _preview(self, text: str) -> Content | None:
        line = self._line(text)
        kind = line.kind or CardKind.TAKEAWAY
        if self.alone and kind in close_alone.LINE_WORDS:
            return Content.styled(close_alone.LINE_WORDS[kind], "$text-muted")
        return kind_content(kind, guessed=line.kind_guessed)

    def edit_task(self, entry: Entry) -> tuple[Task, str] | None:
        """An action item as its line, a card as its words."""
        if isinstance(entry, Action):
            return edit_action_task(self.host, entry)
        if not isinstance(entry, Card):
            return None

        def read(text: str) -> Change | None:
            line = self._line(text)
            if not line.text:
                raise ChangeRefused("a card needs words; d deletes it")
            kind = entry.kind if line.kind is None or line.kind_guessed else line.kind
            return Edit(entry.id, (("text", line.text), ("kind", kind)))

        return Task(f"edit:{entry.id}", "edit the card", read, section=self.section, once=True), entry.text

    # keys

    def why_not(self, command_id: str) -> str:
        """The figures are no entries; alone there is nobody to count."""
        if command_id == "close.finish":
            said = _FINISHED.get(self.host.retro.info.status)
            return f"{said} Everything can still be changed." if said else ""
        if command_id == "topic":
            return "Nothing is talked over here one by one: F7 goes back."
        if command_id == "item.action":
            return ""
        if self.entries.selected_id in ("attended", "learned", "roti") and command_id.startswith("item."):
            return "" if command_id == "item.edit" else "⏎ changes this figure."
        reason = super().why_not(command_id)
        if not reason and command_id == "item.kind" and isinstance(self.selected, Action):
            return "⏎ edits the action item: end it with #prevent, #detect, #mitigate or another kind."
        return reason

    def command_item_edit(self) -> None:
        """Edits what is selected, whatever it is."""
        commands: dict[str, Callable[[], None]] = {
            "attended": self.command_close_attended,
            "learned": self.command_close_learned,
            "roti": self.command_close_roti,
        }
        commands.get(self.entries.selected_id, super().command_item_edit)()

    def command_item_kind(self) -> None:
        """A takeaway or a thank-you."""
        card = self.selected
        if isinstance(card, Card):
            choices = [Choice(kind.value[1], kind.value, kind.value, HINTS[kind]) for kind in KINDS]
            if self.alone:
                choices.insert(1, Choice("o", "for others", CardKind.OTHER.value, "who else could use it"))
            self.host.choose("What is it?", choices, self.setting(card, "kind"), card.kind.value)

    def command_item_action(self) -> None:
        """Adds an action item that came up while reading back."""
        self.host.ask(new_action_task(self.host, "action:close"))

    def _number(
        self, place: str, title: str, value: int, change: Callable[[int, int | None], Change], hint: str
    ) -> None:
        def read(text: str) -> Change | None:
            try:
                return change(*read_count(text))
            except ValueError as error:
                raise ChangeRefused(str(error)) from error

        self.host.ask(Task(place, title, read, hint=hint, once=True), str(value) if value else "")

    def command_close_attended(self) -> None:
        """How many were here."""
        retro = self.host.retro
        known = len(dict.fromkeys(filter(None, (retro.info.facilitator, *retro.info.people))))

        def change(number: int, of: int | None) -> Change:
            return edit_close(attended=number)

        self._number("attended", "how many were here?", retro.close.attended or known, change, "a number")

    def command_close_learned(self) -> None:
        """For how many there was something new; how many were here comes along where it is said."""
        close = self.host.retro.close

        def change(number: int, of: int | None) -> Change:
            here = self.host.retro.close.attended if of is None else of
            if here and number > here:
                raise ChangeRefused(f"only {here} were here: w corrects that number")
            return edit_close(learned=number, attended=here)

        title = "for how many was there something new? (hands)"
        self._number("learned", title, close.learned, change, "a number, or 4 of 6")

    def command_close_roti(self) -> None:
        """1 to 5 each; kept sorted and without names."""

        def read(text: str) -> Change | None:
            try:
                return edit_close(roti=read_fingers(text))
            except ValueError as error:
                raise ChangeRefused(str(error)) from error

        task = Task(
            "roti",
            "was it worth the time? 1 (lost) to 5 (well spent), by fingers",
            read,
            hint="4 5 3 4 · or 4:3 5:2 for three fours and two fives",
            preview=spread_preview,
            once=True,
            may_be_empty=True,
        )
        self.host.ask(task, " ".join(map(str, self.host.retro.close.roti)))

    def command_close_finish(self) -> None:
        """The retro is finished: its write-up is ready to be reviewed."""
        # A review is what a team gives; alone it is simply over
        status = Status.CLOSED if self.alone else Status.IN_REVIEW
        if not self.host.do(edit_info(status=status)):
            return
        if self.host.session.running:
            self.host.session.pause()
        # Where the file is and what happens next stand at the end
        self.call_after_refresh(self.entries.scroll_end, animate=False)
        if self.host.saving is SaveKind.CONFLICT:
            self.host.say(f"Finished, with two versions of the file: {self.host.way_to_settle} chooses one.")
            return
        self.host.say(f"{'' if self.alone else _FINISHED[status]} {self._thanks} q goes home.".strip())


def _content(value: Content | str) -> Content:
    return Content(value) if isinstance(value, str) else value
