"""The close: actions read back, what we take away, was it worth the time, where the file is, what is next."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingsMap
from textual.content import Content

from retrotui.blameless import Section
from retrotui.notation import action_advice, advice_for_all
from retrotui.notation.card_line import CardLine, read_card_line
from retrotui.notation.fingers import read_fingers
from retrotui.retro import (
    Action,
    ActionStatus,
    Card,
    CardKind,
    ChangeRefused,
    Entry,
    Mode,
    Retro,
    Stage,
    Status,
)
from retrotui.retro.changes import Add, Batch, Change, Edit, edit_close, edit_info
from retrotui.templates import TemplateStage
from retrotui.tui.keys import Place
from retrotui.tui.screens.choice import Choice
from retrotui.tui.stages.action_tasks import edit_action_task, new_action_task
from retrotui.tui.stages.base import Host, StageView
from retrotui.tui.stages.card_kinds import HINTS, kind_content
from retrotui.tui.widgets.action_words import action_content
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

    def __init__(self, host: Host, stage: Stage, template_stage: TemplateStage, section: Section) -> None:
        super().__init__(host, stage, template_stage, section)
        # Everything listed here can be edited, so Enter does that; i types
        enter = BindingsMap([Binding("enter", "screen.run('item.edit')", show=False)])
        self.entries._bindings = BindingsMap.merge([self.entries._bindings, enter])

    # what is shown

    @property
    def alone(self) -> bool:
        """Whether this is a solo retro."""
        return self.host.retro.info.mode is Mode.SOLO

    def items(self, retro: Retro) -> Sequence[Item]:
        """Actions, takeaways and thanks, figures, the file and what happens next."""
        return [*self._actions(retro), *self._cards(retro), *self._figures(retro), *self._parting(retro)]

    def _row(self, row_id: str, content: Content) -> Item:
        return Item(row_id, content.plain, data=content)

    def _hint(self, text: str) -> Item:
        return Item("", text, data=Content.styled(text, "$text-muted"))

    def _actions(self, retro: Retro) -> list[Item]:
        still_open = [action for action in retro.actions if action.status is ActionStatus.OPEN]
        found = [Item("", f"Action items to read back · {len(still_open)}")]
        if not retro.actions:
            found.append(self._hint("None. That can be right, when we say why. a adds one."))
        found += [self._row(action.id, self._read_back(action)) for action in retro.actions]
        found += [self._hint(sentence) for sentence in advice_for_all(retro.actions, usual=None)]
        return found

    def _read_back(self, action: Action) -> Content:
        content = action_content(action, self.host.today)
        if action.done_when:
            content = Content.assemble(content, ("\ndone when: ", "$text-muted"), shown(action.done_when))
        for sentence in action_advice(action, people=self.host.retro.info.people, today=self.host.today)[:3]:
            content = Content.assemble(content, (f"\n? {sentence}", "$wording-question"))
        return content

    def _cards(self, retro: Retro) -> list[Item]:
        cards = retro.cards_of(self.stage.id)
        found = [Item("", "What I take away" if self.alone else "What we take away")]
        if not cards:
            found.append(
                self._hint("Nothing noted yet. Type a takeaway, or a thank-you that ends with #thanks.")
            )
        for kind in (CardKind.TAKEAWAY, None, CardKind.THANKS):
            for card in cards:
                if card.kind is kind or (kind is None and card.kind not in KINDS):
                    words = Content(shown(card.text))
                    if card.kind is CardKind.THANKS:
                        words = Content.assemble(("♥ ", "$card-kudos"), words)
                    found.append(self._row(card.id, words))
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
            self._row("attended", _figure("How many were here", here, "w")),
            self._row("learned", _figure("Learned something", learned if asked else "", "c")),
            self._row("roti", _figure("Return on time", spread(close.roti) if close.roti else "", "s")),
        ]

    def _parting(self, retro: Retro) -> list[Item]:
        path = Content.assemble(
            ("It is saved in ", "$text-muted"), (visible(str(self.host.path.absolute())), "$text-link")
        )
        found = [Item("", "Where it is, and what happens next"), Item("", path.plain, data=path)]
        open_count = sum(action.status is ActionStatus.OPEN for action in retro.actions)
        opens = (
            f"The {open_count} open action items come" if open_count != 1 else "The open action item comes"
        )
        lines = (
            [f"{opens} back when the next retro opens. Y sends them to the clipboard."] if open_count else []
        )
        lines.append("r shows the write-up; `retrotui export` makes a file of it to share.")
        said = _FINISHED.get(retro.info.status)
        if said is None:
            lines.append("x finishes: the write-up is ready to be reviewed. It can still be changed.")
        else:
            lines.insert(0, f"{said} {self._thanks}")
        return found + [self._hint(line) for line in lines]

    @property
    def _thanks(self) -> str:
        if self.alone:
            return "It took some courage to look. Now put it down, and do something else."
        return "Thank you, above all to those who told how it looked from where they stood."

    def draw(self, item: Item) -> Row:
        """Headings, hints, and the content of a row."""
        if item.data is not None:
            return Row(item.data)
        return Row(Content.styled(item.text, "bold $text-heading"))

    # typing

    def default_task(self) -> Task:
        """A takeaway or a thank-you."""
        return Task(
            self.stage.id,
            "what I take away" if self.alone else "what each of us takes away",
            self._read,
            hint="one sentence · end with #thanks for a thank-you",
            section=self.section,
            preview=self._preview,
            paste=self._paste,
        )

    def _line(self, text: str) -> CardLine:
        return read_card_line(text, kinds=KINDS)

    def _card(self, text: str) -> Card | None:
        line = self._line(text)
        if not line.text:
            return None
        kind = line.kind or CardKind.TAKEAWAY
        return Card(id=self.host.session.new_id("c"), stage=self.stage.id, kind=kind, text=line.text)

    def _read(self, text: str) -> Change | None:
        card = self._card(text)
        return Add(card) if card else None

    def _paste(self, lines: Sequence[str]) -> Change | None:
        cards = [card for line in lines if (card := self._card(line)) is not None]
        return Batch(tuple(Add(card) for card in cards), label=f"paste {len(cards)} cards") if cards else None

    def _preview(self, text: str) -> Content | None:
        line = self._line(text)
        return kind_content(line.kind or CardKind.TAKEAWAY, guessed=line.kind_guessed)

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
        if command_id in ("close.learned", "close.attended", "close.roti"):
            if self.alone:
                return "You are alone with this retro: there are no hands to count."
            return self.host.session.read_only
        if command_id == "close.finish":
            said = _FINISHED.get(self.host.retro.info.status)
            return self.host.session.read_only or (f"{said} Everything can still be changed." if said else "")
        if command_id == "item.action":
            return self.host.session.read_only
        if self.entries.selected_id in ("attended", "learned", "roti") and command_id.startswith("item."):
            return self.host.session.read_only if command_id == "item.edit" else "⏎ changes this figure."
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
            self.host.choose("What is it?", choices, self.setting(card, "kind"), card.kind.value)

    def command_item_action(self) -> None:
        """Adds an action item that came up while reading back."""
        self.host.ask(new_action_task(self.host, "action:close"))

    def _number(self, place: str, title: str, value: int, change: Callable[[int], Change]) -> None:
        def read(text: str) -> Change | None:
            number = text.strip()
            if not (number.isdecimal() and number.isascii() and len(number) < 6):
                raise ChangeRefused("type a number, such as 6")
            return change(int(number))

        self.host.ask(Task(place, title, read, hint="a number", once=True), str(value) if value else "")

    def command_close_attended(self) -> None:
        """How many were here."""
        retro = self.host.retro
        known = len(dict.fromkeys(filter(None, (retro.info.facilitator, *retro.info.people))))
        self._number(
            "attended", "how many were here?", retro.close.attended or known, lambda n: edit_close(attended=n)
        )

    def command_close_learned(self) -> None:
        """For how many there was something new."""
        close = self.host.retro.close

        def change(number: int) -> Change:
            here = self.host.retro.close.attended
            if here and number > here:
                raise ChangeRefused(f"only {here} were here: w corrects that number")
            return edit_close(learned=number)

        self._number("learned", "for how many was there something new? (hands)", close.learned, change)

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
        if not self.host.do(edit_info(status=Status.IN_REVIEW)):
            return
        if self.host.session.running:
            self.host.session.pause()
        self.host.say(f"{_FINISHED[Status.IN_REVIEW]} {self._thanks} q goes home.")


def _figure(name: str, value: str | Content, key: str) -> Content:
    if not value:
        return Content.assemble((f"{name:<20}", "$text-muted"), (key, "bold"), (" counts", "$text-muted"))
    return Content.assemble(
        (f"{name:<20}", "$text-muted"), Content(value) if isinstance(value, str) else value
    )
