"""Stages of cards: What went well with its kinds, everyday retros with their columns, privately if wanted.

What is typed here and what the keys do. Leaves how it looks to `card_board`, and secret votes to
`screens.ballot`.
"""

import secrets
from collections.abc import Sequence

from textual.content import Content

from retrotui.notation.card_line import CardLine, read_card_line, tag_alone
from retrotui.retro import WENT_WELL, Card, CardKind, ChangeRefused, Entry, Retro
from retrotui.retro.changes import Add, Batch, Change, Edit, Group, TakeTopic, edit
from retrotui.tui.choices import Choice
from retrotui.tui.stages.action_tasks import new_action_task
from retrotui.tui.stages.card_board import CardBoard
from retrotui.tui.stages.card_kinds import HINTS, kind_content
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.visible import brief, visible


class CardsView(CardBoard):
    """Short notes: written, grouped, counted by hands, and talked over one at a time."""

    # typing

    def default_task(self) -> Task:
        """A card of the current column, covered while people write privately."""
        words = "what helped" if self.alone else "add a card"
        if self.column:
            words += f" to {visible(self.columns[self.column].title)}"
        if self.private:
            words += " · private"
        tags = " ".join(f"#{name}" for name in (self.columns or [kind.value for kind in self.kinds[:4]]))
        hint = "what would we like to understand?"
        if self.columns:
            hint = f"tab: next column · or end with {tags}"
        elif self.kinds:
            hint = f"end with {tags}, or leave it"
        return Task(
            self.stage.id,
            words,
            self._read,
            hint=hint,
            section=self.section,
            preview=self._preview,
            paste=self._paste,
        )

    def _line(self, text: str) -> CardLine:
        titles = {column.id: column.title for column in self.columns.values()}
        return read_card_line(text, kinds=self.kinds, columns=titles)

    def _card(self, text: str) -> Card | None:
        line = self._line(text)
        if not line.text:
            return None
        return Card(
            id=self.host.session.new_id("w" if self.stage.id == WENT_WELL else "c"),
            stage=self.stage.id,
            column=line.column or self.column,
            kind=line.kind or CardKind.OTHER,
            text=line.text,
            private=self.private,
        )

    def _read(self, text: str) -> Change | None:
        card = self._card(text)
        if card is None:
            raise ChangeRefused(tag_alone(text) or "type what should stand on the card")
        if not card.private:
            return Add(card)
        # A covered card has no words in what undo says, and its place does not tell who wrote it
        return Batch((Add(card, before=self._random_place(card)),), label="add a private card")

    def _random_place(self, card: Card) -> str:
        covered = [other.id for other in self.cards(self.host.retro) if other.private]
        return secrets.choice([*covered, ""])

    def _preview(self, text: str) -> Content | None:
        line = self._line(text)
        if self.columns:
            column = self.columns.get(line.column or self.column)
            return Content.styled(visible(column.title), "$text-muted") if column else None
        if not self.kinds:
            return None
        kind = line.kind or CardKind.OTHER
        return Content.assemble(
            kind_content(kind, guessed=line.kind_guessed), (f" · {HINTS[kind]}", "$text-muted")
        )

    def _paste(self, lines: Sequence[str]) -> Change | None:
        cards = [card for line in lines if (card := self._card(line)) is not None]
        return Batch(tuple(Add(card) for card in cards), label=f"paste {len(cards)} cards") if cards else None

    def edit_task(self, entry: Entry) -> tuple[Task, str] | None:
        """A card's words; a tag at the end changes its kind or column."""
        if not isinstance(entry, Card) or entry.private:
            return None

        def read(text: str) -> Change | None:
            line = self._line(text)
            if not line.text:
                raise ChangeRefused("a card needs words; d deletes it")
            values: list[tuple[str, object]] = [("text", line.text)]
            if line.kind is not None and not line.kind_guessed:
                values.append(("kind", line.kind))
            if line.column:
                values.append(("column", line.column))
            changed = tuple((name, value) for name, value in values if value != getattr(entry, name))
            return Edit(entry.id, changed) if changed else None

        return Task(f"edit:{entry.id}", "edit the card", read, section=self.section, once=True), entry.text

    # keys

    def why_not(self, command_id: str) -> str:
        """A covered card can only be deleted; some keys need something to work on."""
        reason = super().why_not(command_id)
        if reason:
            return reason
        card = self.selected
        on_one = (
            "item.edit",
            "item.kind",
            "item.merge",
            "item.vote",
            "item.action",
            "topic",
            "card.group",
            "card.column",
        )
        if isinstance(card, Card) and card.private and command_id in on_one:
            return "This card is private until the cards are revealed: v reveals them."
        if command_id == "card.reveal" and not any(card.private for card in self.cards(self.host.retro)):
            return "There is nothing to reveal: no card here is private."
        if command_id == "card.column" and not self.columns:
            return "The cards of this stage have kinds, not columns: k changes the kind."
        if command_id == "item.kind" and not (self.columns or self.kinds):
            return "The cards of this stage have no kinds: g groups what belongs together."
        if command_id in ("item.up", "item.down") and self.by_votes:
            return "The cards stand in the order of their votes: o shows them as they were written."
        if command_id == "item.link":
            return "Cards are not linked to anything: g groups them, a makes an action item."
        return ""

    def command_column_next(self) -> None:
        """The next column, else to the board."""
        if not self.columns:
            self.entries.focus()
            return
        names = list(self.columns)
        self._set_column(names[(names.index(self.column) + 1) % len(names)])

    def _set_column(self, column_id: str) -> None:
        self.column = column_id
        self.host.collect(self.default_task())
        self.show(self.host.retro)

    def command_card_column(self) -> None:
        """Puts the selected card, with its group, into another column; new cards go there too."""
        card = self.selected
        keys = [*"123456789"]
        choices = [
            Choice(column.key or keys[number % 9], column.title, column.id, column.hint)
            for number, column in enumerate(self.columns.values())
        ]

        def then(column_id: str) -> None:
            if isinstance(card, Card) and card.column != column_id:
                group = [
                    other.id for other in self.cards(self.host.retro) if card.id in (other.id, other.group)
                ]
                moves: list[Change] = [edit(other, column=column_id) for other in group]
                if card.group:
                    moves.insert(0, Group(card.id))
                if not self.host.do(
                    Batch(tuple(moves), label=f"move a card to {self.columns[column_id].title}")
                ):
                    return
                self.entries.select(card.id)
            self._set_column(column_id)

        chosen = card.column if isinstance(card, Card) else self.column
        self.host.choose("Which column?", choices, then, chosen)

    def command_item_kind(self) -> None:
        """The kind of the selected card, or its column where cards have columns."""
        card = self.selected
        if self.columns:
            self.command_card_column()
        elif isinstance(card, Card):
            keys = {"s": CardKind.SAFEGUARD, "t": CardKind.TEAMWORK, "l": CardKind.LUCK, "k": CardKind.KUDOS}
            keys["o"] = CardKind.OTHER
            choices = [Choice(key, kind.value, kind.value, HINTS[kind]) for key, kind in keys.items()]
            self.host.choose("What kind of card is it?", choices, self.setting(card, "kind"), card.kind.value)

    def command_card_private(self) -> None:
        """Covers what is typed from now on, or openly again. What is covered already stays so."""
        self.private = not self.private
        self.host.collect(self.default_task())
        self.show(self.host.retro)
        if self.private:
            self.host.say("What is typed now stays covered until it is revealed. Pass the keyboard round.")
        else:
            self.host.say("New cards can be seen by everybody. Covered ones stay covered: v reveals them.")

    def command_card_reveal(self) -> None:
        """Uncovers all cards at once."""
        covered = [card for card in self.cards(self.host.retro) if card.private]
        changes = tuple(edit(card.id, private=False) for card in covered)
        if not self.host.do(Batch(changes, label=f"reveal {len(changes)} cards")):
            return
        self.private = False
        self.host.collect(self.default_task())
        self.show(self.host.retro)
        count = f"{len(changes)} card{'' if len(changes) == 1 else 's'}"
        self.host.say(
            f"{count} revealed. g groups what belongs together, digits count hands, b votes secretly."
        )

    def command_card_group(self) -> None:
        """Puts the selected card under another; one that stands under another stands alone again."""
        card = self.selected
        if not isinstance(card, Card):
            return
        if card.group:
            if self.host.do(Group(card.id)):
                self.host.say("It stands alone again.")
            return
        leads = [other for other in self.leads(self.host.retro) if other.id != card.id and not other.private]
        if not leads:
            self.host.say("There is no other card to group it with.")
            return

        def then(lead_id: str) -> None:
            lead = self.host.retro.find(lead_id)
            changes: list[Change] = [Group(card.id, lead_id)]
            if isinstance(lead, Card) and lead.column != card.column:
                members = [
                    other for other in self.cards(self.host.retro) if card.id in (other.id, other.group)
                ]
                changes += [edit(other.id, column=lead.column) for other in members]
            if self.host.do(Batch(tuple(changes), label=f"group {card.id}")):
                self.entries.select(card.id)

        self.host.pick_one(
            "Under which card does it belong?", [(other.id, brief(other.text)) for other in leads], then
        )

    def mergeable(self, entry: Entry) -> Sequence[tuple[str, str]]:
        """The other cards that can be read."""
        return [
            (card.id, brief(card.text))
            for card in self.cards(self.host.retro)
            if card.id != entry.id and not card.private
        ]

    def command_item_action(self) -> None:
        """An action item that starts from the card's words."""
        card = self.selected
        if isinstance(card, Card):
            self.host.ask(new_action_task(self.host, f"action:{card.id}"), card.text)

    # votes and topics

    def ballot_topics(self, retro: Retro) -> tuple[str, ...]:
        """Every card that stands on its own and can be read."""
        return tuple(card.id for card in self.cards(retro) if not card.group and not card.private)

    def votes_closed(self) -> None:
        """Most votes first, now that they can be seen."""
        self.by_votes = True
        self.show(self.host.retro)

    def command_card_sort(self) -> None:
        """By votes, or as written."""
        self.by_votes = not self.by_votes
        self.show(self.host.retro, select=self.entries.selected_id)
        self.host.say("Most votes first." if self.by_votes else "As they were written.")

    def command_topic(self) -> None:
        """Takes up the selected card (or the card it is grouped under), or puts it down again."""
        card = self.selected
        if isinstance(card, Card):
            self._take(
                "" if self.host.retro.agenda.topic == (card.group or card.id) else card.group or card.id
            )

    def command_card_next(self) -> None:
        """Takes up the card with most votes that has not been talked over yet."""
        retro = self.host.retro
        hands_of = self._hands_of(retro)
        waiting = [
            card
            for card in self.cards(retro)
            if not card.group and not card.private and retro.agenda.topic_clock(card.id) is None
        ]
        if not waiting:
            self._take("")
            self.host.say("Every card has been talked over. t takes one up again.")
            return
        self._take(max(waiting, key=lambda card: hands_of[card.id]).id)

    def _take(self, card_id: str) -> None:
        if card_id:
            self.by_votes = True
        if not self.host.do(TakeTopic(card_id)) or not card_id:
            return
        self.show(self.host.retro, select=card_id)
        reading = self.host.session.topic_clock
        minutes = max(1, round((reading.remaining_s if reading else 300) / 60))
        self.host.say(f"This one for {minutes} min, with its own clock. x takes the next, t puts it down.")
