"""The board of a stage of cards: what is listed in which order, and how a card looks.

A heading per column, grouped cards indented under the card they belong to, hands as dots with a number.
Leaves typing and keys to `cards`.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from retrotui.blameless import Section
from retrotui.retro import Card, CardKind, Retro, Stage
from retrotui.templates import TemplateStage
from retrotui.tui.ballot_steps import voted_words
from retrotui.tui.keys import Place
from retrotui.tui.stages.base import Host, StageView
from retrotui.tui.stages.card_kinds import KINDS, kind_content
from retrotui.tui.stages.factors import hands
from retrotui.tui.widgets.entry_list import Item, Row
from retrotui.tui.widgets.visible import shown, visible

COVERED = "▒▒▒ private, not revealed yet"


class CardBoard(StageView):
    """Cards in columns or with kinds, as written or by votes."""

    PLACE: ClassVar[Place] = Place.CARDS
    LEFT_WIDTH: ClassVar[int] = 14
    RIGHT_WIDTH: ClassVar[int] = 9

    def __init__(self, host: Host, stage: Stage, template_stage: TemplateStage, section: Section) -> None:
        super().__init__(host, stage, template_stage, section)
        self.columns = {column.id: column for column in template_stage.columns}
        cards = host.retro.cards_of(stage.id)
        self.private = any(card.private for card in cards) or (template_stage.secret and not cards)
        """Whether what is typed now stays covered until it is revealed."""
        self.column = next(iter(self.columns), "")
        """The column the next card goes to."""
        self.by_votes = any(
            isinstance(host.retro.find(topic.item), Card) for topic in host.retro.agenda.topics
        )
        self.kinds = KINDS if not self.columns and section is Section.WELL else ()
        """The kinds a card may have here: of what went well, where cards are in no columns."""
        if not self.columns and self.changeable:
            self.entries.empty = self._nothing_yet

    @property
    def _nothing_yet(self) -> str:
        """What stands on a board without columns as long as it is empty."""
        if not self.kinds:
            return "No cards yet. Type what you would like to understand, one each: builds wait for an hour"
        if self.alone:
            return "Nothing yet. Type what helped, one line each: the backup of last night was there"
        return "No cards yet. Type what helped, one card each: the canary stopped the second batch"

    # what is shown

    def cards(self, retro: Retro) -> tuple[Card, ...]:
        """The cards of this stage."""
        return retro.cards_of(self.stage.id)

    def leads(self, retro: Retro) -> list[Card]:
        """The cards that stand on their own, those with most hands first when so ordered."""
        leads = [card for card in self.cards(retro) if not card.group]
        if self.by_votes:
            hands_of = self._hands_of(retro)
            leads.sort(key=lambda card: -hands_of[card.id])
        return leads

    def _hands_of(self, retro: Retro) -> dict[str, int]:
        """Hands of each lead card, those of its group included."""
        total: dict[str, int] = {}
        for card in self.cards(retro):
            total[card.group or card.id] = total.get(card.group or card.id, 0) + card.votes
        return total

    def items(self, retro: Retro) -> Sequence[Item]:
        """Lead cards with their group under them; under a heading for each column unless ordered by votes."""
        cards, leads = self.cards(retro), self.leads(retro)
        members: dict[str, list[Card]] = {}
        for card in cards:
            if card.group:
                members.setdefault(card.group, []).append(card)
        found: list[Item] = [Item("", line) for line in self._remarks(retro)]
        columns: list[str] = list(self.columns) if self.columns and not self.by_votes else []
        if not columns:
            for lead in leads:
                found += self._group_items(lead, members)
            return found
        for column_id in columns:
            inside = [lead for lead in leads if lead.column == column_id]
            found.append(self._heading(column_id, len(inside)))
            for lead in inside:
                found += self._group_items(lead, members, depth=1)
        loose = [lead for lead in leads if lead.column not in self.columns]
        if loose:
            found.append(Item("", "In no column", data=""))
            for lead in loose:
                found += self._group_items(lead, members, depth=1)
        return found

    def _heading(self, column_id: str, count: int) -> Item:
        column = self.columns[column_id]
        mark = "▸" if column_id == self.column else " "
        hint = f" — {column.hint}" if column.hint else ""
        return Item("", visible(f"{mark} {column.title} · {count}{hint}"), data=column_id)

    def _group_items(self, lead: Card, members: dict[str, list[Card]], *, depth: int = 0) -> list[Item]:
        below = members.get(lead.id, ())
        inside = [Item(card.id, self._words(card), depth=depth + 1, data=card) for card in below]
        return [Item(lead.id, self._words(lead), depth=depth, data=lead), *inside]

    def _words(self, card: Card) -> str:
        return COVERED if card.private else shown(card.text)

    def _remarks(self, retro: Retro) -> list[str]:
        """What everybody should know about this board just now."""
        lines = []
        covered = sum(card.private for card in self.cards(retro))
        if self.private or covered:
            count = f"{covered} covered card{'' if covered == 1 else 's'}. " if covered else ""
            way = "Pass the keyboard round." if self.private else ""
            reveal = " (esc, then v)" if self.changeable else ""
            way = way if self.changeable else ""
            lines.append(
                f"Private: cards stay covered until they are revealed{reveal}. {count}{way}".rstrip()
            )
        ballot = retro.ballot
        if ballot is not None and ballot.stage == self.stage.id:
            way = " b goes on with it." if self.changeable else ""
            lines.append(f"A secret vote is open, {voted_words(ballot.voters)}.{way}")
        return lines

    def draw(self, item: Item) -> Row:
        """Kind or column, words, hands."""
        if item.is_heading:
            style = "bold $text-heading" if item.data is not None else "$text-muted"
            return Row(Content.styled(item.text, style))
        card: Card = item.data
        agenda = self.host.retro.agenda
        if card.private:
            return Row(Content.styled(COVERED, "$text-muted"))
        text = Content(item.text)
        if agenda.topic == card.id:
            text = Content.assemble(("▶ ", "bold $rail-current"), (item.text, "bold"))
        elif agenda.topic_clock(card.id) is not None:
            text = Content.assemble(("✔ ", "$rail-done"), item.text)
        return Row(text, left=self._left(card), right=hands(card.votes))

    def _left(self, card: Card) -> Content:
        if card.group and not self.columns:
            return Content("")
        if self.columns:
            column = self.columns.get(card.column)
            return Content.styled(visible(column.title) if column else "", "$text-muted")
        return kind_content(card.kind)

    def _has_left(self, retro: Retro) -> bool:
        """Whether there is something to say in front of the cards: a column out of its place, or a kind."""
        if self.columns:
            return self.by_votes
        return bool(self.kinds) or any(card.kind is not CardKind.OTHER for card in self.cards(retro))

    def show(self, retro: Retro, *, select: str | None = None) -> None:
        """Shows the retro as it is now."""
        self.entries.left_width = self.LEFT_WIDTH if self._has_left(retro) else 0
        super().show(retro, select=select)
