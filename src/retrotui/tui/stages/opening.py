"""The opening: what we want to learn, our ground rule, who is here, and the open actions of earlier retros.

Leaves reviewing those actions to `old_action_review`.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content

from retrotui.notation.card_line import read_card_line, tag_alone
from retrotui.notation.fingers import read_fingers
from retrotui.notation.people_line import read_people
from retrotui.retro import ActionStatus, Card, CardKind, ChangeRefused, Retro
from retrotui.retro.changes import Add, Batch, Change, edit, edit_info, edit_opening
from retrotui.tui.keys import Place
from retrotui.tui.stages.old_action_review import OldActionReview
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import Item, Row
from retrotui.tui.widgets.spread import spread, spread_preview
from retrotui.tui.widgets.visible import shown, visible

GROUND_RULE = (
    "We take it that everybody did what made sense with what could be seen at the time. "
    "Today is about how it looked and what made it possible, so that the next time is easier."
)
"""Offered where a team has no words of its own yet."""

FEELING = "feeling"
"""The column of a card with a word for how somebody alone was. It is private: no write-up shows it."""

_ROWS = ("learn", "rule", "people", "safety", "feeling")
"""Rows that are no entries of the retro."""


class OpeningView(OldActionReview):
    """Arriving: four things to agree on, then the old actions one by one."""

    PLACE: ClassVar[Place] = Place.OPENING
    LEFT_WIDTH: ClassVar[int] = 11

    feeling = ""
    """A word for how one person alone is now. It lives here and nowhere else, unless its writer keeps it."""

    # what is shown

    def items(self, retro: Retro) -> Sequence[Item]:
        """What to learn, rule, people, safety check, old actions."""
        cards = [card for card in retro.cards_of(self.stage.id) if card.column != FEELING]
        found = [
            self._row(card.id, "" if number else "to learn", Content(shown(card.text)))
            for number, card in enumerate(cards)
        ]
        if not cards:
            what = "what I would like to understand" if self.alone else "a question we are curious about"
            hint = Content.styled(f"Nothing noted yet. Type {what}.", "$text-muted")
            found.append(self._row("learn", "to learn", hint))
        if self.alone:
            found.append(self._row("feeling", "how I am", self._feeling(retro)))
            return found + self._old_items(retro) if self._old else found
        found.append(self._row("rule", "our rule", self._rule(retro)))
        found.append(self._row("people", "here", self._people(retro)))
        found.append(self._row("safety", "safety", self._safety(retro)))
        return found + self._old_items(retro)

    def _old_items(self, retro: Retro) -> list[Item]:
        """The open actions of earlier retros."""
        left = sum(old.standing(retro).status is ActionStatus.OPEN for old in self._old)
        title = "What I set out to do before" if self.alone else "Open actions of earlier retros"
        found = [Item("", f"{title} · {left} of {len(self._old)} left to look at" if self._old else title)]
        if self._state:
            found.append(Item("", self._state, data=("", Content.styled(self._state, "$text-muted"))))
        for old in self._old:
            content = old.content(retro, self.host.today)
            found.append(Item(old.row_id, content.plain, data=(old.sign(retro), content)))
        return found

    def _row(self, row_id: str, label: str, content: Content) -> Item:
        return Item(row_id, content.plain, data=(Content.styled(label, "bold $text-heading"), content))

    def draw(self, item: Item) -> Row:
        """Headings, hints, and rows with their label or where they stand."""
        if item.data is None:
            return Row(Content.styled(item.text, "bold $text-heading"))
        left, content = item.data
        return Row(content, left=Content(left) if isinstance(left, str) else left)

    def _rule(self, retro: Retro) -> Content:
        rule = retro.opening.ground_rule
        if rule:
            return Content(shown(rule))
        if not self.changeable:
            return Content.styled("None.", "$text-muted")
        return Content.assemble(
            ("None yet. ", "$text-muted"), ("g", "bold"), (" offers one, ready to change.", "$text-muted")
        )

    def _people(self, retro: Retro) -> Content:
        info = retro.info
        if not info.people and not info.facilitator:
            if not self.changeable:
                return Content.styled("Nobody noted.", "$text-muted")
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
        if not self.changeable:
            return Content.styled("Not asked.", "$text-muted")
        words = " notes a show of fingers, 1 to 5: how freely can we speak today?"
        return Content.assemble(("Optional. ", "$text-muted"), ("s", "bold"), (words, "$text-muted"))

    def _kept_feeling(self, retro: Retro) -> Card | None:
        return next((card for card in retro.cards_of(self.stage.id) if card.column == FEELING), None)

    def _feeling(self, retro: Retro) -> Content:
        kept = self._kept_feeling(retro)
        if kept is not None:
            return Content.assemble(
                shown(kept.text), ("  saved, for me alone: no write-up shows it", "$text-muted")
            )
        if not self.changeable:
            return Content.styled("–", "$text-muted")
        if not self.feeling:
            words = " notes a word for it, if that helps. It is not saved."
            return Content.assemble(("Optional. ", "$text-muted"), ("v", "bold"), (words, "$text-muted"))
        return Content.assemble(
            visible(self.feeling),
            ("  not saved, gone when I go on · ", "$text-muted"),
            ("y", "bold"),
            (" saves it, for me alone", "$text-muted"),
        )

    # typing

    def default_task(self) -> Task:
        """What we want to learn, one card each."""
        return Task(
            self.stage.id,
            "what I want to understand" if self.alone else "what we want to learn",
            self._read,
            hint=f"a question {'I' if self.alone else 'you'} would like answered by the end",
            section=self.section,
            paste=self._paste,
        )

    def _card(self, text: str) -> Card | None:
        words = read_card_line(text).text
        card_id = self.host.session.new_id("c") if words else ""
        return Card(id=card_id, stage=self.stage.id, kind=CardKind.OTHER, text=words) if words else None

    def _read(self, text: str) -> Change | None:
        card = self._card(text)
        if card is None:
            raise ChangeRefused(tag_alone(text) or "type what should stand there")
        return Add(card)

    def _paste(self, lines: Sequence[str]) -> Change | None:
        cards = [card for line in lines if (card := self._card(line)) is not None]
        return Batch(tuple(Add(card) for card in cards), label=f"paste {len(cards)} cards") if cards else None

    # keys

    def why_not(self, command_id: str) -> str:
        """Some rows are no entries; in a solo retro there is nobody to ask."""
        if command_id == "opening.keep_feeling" and not self.feeling:
            return "There is no word for it yet: v notes one."
        if command_id == "topic":
            return "Topics are taken up in the stages that follow."
        row = self.entries.selected_id
        if command_id.startswith("old.") and self.old is None:
            return "Select an old action with the arrow keys." if self._old else "There are no old actions."
        if command_id == "item.edit" and (row in _ROWS or self.old):
            return ""
        if command_id.startswith("item.") and self.old is not None:
            return "This action stands in another retro: x done, c keep, o re-scope, X drop."
        if command_id.startswith("item.") and row in _ROWS:
            return "e edits this."
        return super().why_not(command_id)

    def command_item_edit(self) -> None:
        """Edits what is selected, whatever it is."""
        commands: dict[str, Callable[[], None]] = {
            "rule": self.command_opening_rule,
            "people": self.command_opening_people,
            "safety": self.command_opening_safety,
            "feeling": self.command_opening_feeling,
            "learn": lambda: self.host.ask(self.default_task()),
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

    def command_opening_feeling(self) -> None:
        """A word for how one is now: on the screen for as long as this stage is, and nowhere else."""

        def read(text: str) -> Change | None:
            self.feeling = text.strip()
            self.show(self.host.retro, select="feeling")
            if self.feeling:
                said = "It is on this screen only, and gone when I go on. esc, then y saves it."
                self.call_after_refresh(self.host.say, said)
            return None

        task = Task(
            "feeling",
            "a word for how I am · not saved",
            read,
            hint="tired · ashamed · shaky · fine, really",
            once=True,
            may_be_empty=True,
            unsaved=True,
        )
        self.host.ask(task, self.feeling)

    def command_opening_keep_feeling(self) -> None:
        """Saves the word, as a card that no write-up shows."""
        kept = self._kept_feeling(self.host.retro)
        if kept is not None:
            change: Change = edit(kept.id, text=self.feeling)
        else:
            card = Card(
                id=self.host.session.new_id("c"),
                stage=self.stage.id,
                column=FEELING,
                text=self.feeling,
                private=True,
            )
            change = Batch((Add(card),), label="save a word for how I am")
        if self.host.do(change):
            self.feeling = ""
            self.show(self.host.retro, select="feeling")
            self.host.say("Saved in this file, for me alone. ctrl+z takes it out again.")


def _people_preview(text: str) -> Content:
    people, facilitator = read_people(text)
    count = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    who = f", {visible(facilitator)} facilitates" if facilitator else ""
    return Content.styled(f"{count}{who}", "$text-muted")
