"""The root-causes stage: a tree of contributing factors, each tied to the events where it shows."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from retrotui.notation.card_line import tag_alone
from retrotui.retro import Card, ChangeRefused, Entry, Factor, FactorKind, Question, Retro
from retrotui.retro.changes import (
    Add,
    Batch,
    Change,
    Edit,
    Indent,
    Outdent,
    PromoteToQuestion,
    Reparent,
    edit,
)
from retrotui.retro.factors import CATEGORIES, children, tree
from retrotui.tui.choices import Choice
from retrotui.tui.keys import Place
from retrotui.tui.stages.base import StageView
from retrotui.tui.stages.waiting import leading_cards, without_twins
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import Item, Row, whole
from retrotui.tui.widgets.visible import brief, shown, visible

_KINDS = {
    FactorKind.CONTRIBUTING: ("c", "it made this possible or worse"),
    FactorKind.TRIGGER: ("t", "it set things off"),
    FactorKind.LATENT: ("l", "it had been there for a while, waiting"),
    FactorKind.MITIGATING: ("m", "it kept the damage smaller"),
    FactorKind.UNKNOWN: ("u", "nobody can say yet"),
}


def hands(votes: int) -> Content:
    """Votes as dots with a number, or nothing; a plus says that the dots are not all."""
    if not votes:
        return Content("")
    dots = "●" * votes if votes <= 3 else f"{'●' * (4 - len(str(votes)))}+"  # as wide as its cell has room
    return Content.styled(f"{dots} {votes}", "bold $vote-dot")


NOT_FOR_CARDS = (
    "item.edit",
    "item.delete",
    "item.up",
    "item.down",
    "item.merge",
    "item.kind",
    "item.link",
    "item.vote",
    "ballot",
    "topic",
)
"""What cannot be done with a card outside its own stage."""

QUESTION_OPENINGS = (
    "how can we",
    "how could we",
    "how might we",
    "how do we",
    "how can i",
    "how could i",
    "how might i",
    "how do i",
)
"""How a question may begin that is taken as it was typed."""


class FactorsView(StageView):
    """What had to be true for this to happen."""

    PLACE: ClassVar[Place] = Place.FACTORS
    LEFT_WIDTH: ClassVar[int] = 7
    RIGHT_WIDTH: ClassVar[int] = 30
    EMPTY: ClassVar[str] = (
        "No causes yet. Type one condition that had to be true; Tab puts it under the one before."
    )
    EMPTY_ALONE: ClassVar[str] = (
        "Nothing yet. Type one thing around me that had to be true: both prompts look the same"
    )

    def on_resize(self) -> None:
        """A narrow window keeps the words and gives up the facts on the right."""
        width = self.size.width
        right = 48 if width >= 160 else (self.RIGHT_WIDTH if width >= 100 else (16 if width >= 70 else 0))
        self.entries.set_widths(self.LEFT_WIDTH, right)

    # what is shown

    def items(self, retro: Retro) -> Sequence[Item]:
        """The tree, parents before children; below it what cards offer, where there was no timeline."""
        found = [
            Item(factor.id, self._words(factor), depth=depth, data=factor)
            for depth, factor in tree(retro.factors)
        ]
        taken = (factor.text for factor in retro.factors)
        cards = without_twins(leading_cards(retro, self.stage.id), taken)
        if cards:
            way = " · a takes one up" if self.changeable else ""
            found.append(Item("", f"Cards to look behind, most hands first{way}"))
            found += [Item(card.id, shown(card.text), data=card) for card in cards]
        return found

    def _words(self, factor: Factor) -> str:
        topic = "▶ " if self.host.retro.agenda.topic == factor.id else ""
        sign = "└ " if factor.parent else ""
        past = "" if factor.present_now else " (no longer so)"
        return f"{topic}{sign}{shown(factor.text)}{past}"

    def draw(self, item: Item) -> Row:
        """Hands, words, and on the right what it is and where it shows."""
        if item.is_heading:
            return Row(Content.styled(item.text, "bold $text-heading"))
        if isinstance(item.data, Card):
            return Row(Content(item.text), left=Content.styled("card", "$text-muted"))
        factor: Factor = item.data
        words = [] if factor.kind is FactorKind.CONTRIBUTING else [factor.kind.value]
        if any(factor.id in question.factors for question in self.host.retro.questions):
            words.append("asked")
        if factor.category:
            words.append(visible(factor.category))
        if factor.events:
            words.append(f"{len(factor.events)} event{'s' if len(factor.events) > 1 else ''}")
        text = Content.styled(item.text, "" if factor.present_now else "dim")
        if self.host.retro.agenda.topic == factor.id:
            text = text.stylize("bold $rail-current", 0, 1)
        return Row(
            text,
            left=hands(factor.votes),
            right=Content.styled(whole(words, self.entries.right_width - 1), "$text-muted"),
        )

    # typing

    def default_task(self) -> Task:
        """A condition; a leading > puts it below the selected one."""
        return Task(
            self.stage.id,
            "add a condition around me" if self.alone else "add a cause",
            self._read,
            hint="what had to be true · > below the selected one · #category",
            section=self.section,
            preview=self._preview,
            paste=self._paste,
        )

    def _parts(self, text: str) -> tuple[str, bool, str, FactorKind]:
        """The words, whether it goes below the selection, category, kind."""
        text = text.strip()
        below = text.startswith(">")
        text = text.lstrip("> ").strip()
        category, kind = "", FactorKind.CONTRIBUTING
        words = text.split(" ")
        while words and words[-1].startswith("#") and len(words[-1]) > 1 and not words[-1][1:].isdecimal():
            tag = words.pop()[1:].casefold().replace("-", " ").replace("_", " ")
            if tag in {item.value for item in FactorKind}:
                kind = FactorKind(tag)
            else:
                category = next((known for known in CATEGORIES if known.startswith(tag)), tag)
        return " ".join(words).strip(), below, category, kind

    def _read(self, text: str) -> Change | None:
        words, below, category, kind = self._parts(text)
        if not words:
            raise ChangeRefused(tag_alone(text.lstrip("> ")) or "type what had to be true")
        retro = self.host.retro
        selected = self.selected
        factor = Factor(id=self.host.session.new_id("f"), text=words, category=category, kind=kind)
        if not isinstance(selected, Factor):
            return Add(factor)
        parent = selected.id if below else selected.parent
        add = Add(factor.model_copy(update={"parent": parent}))
        if below or children(retro.factors, parent)[-1].id == selected.id:
            return add
        return Batch((add, Reparent(factor.id, parent, after=selected.id)), label=add.name)

    def _preview(self, text: str) -> Content | None:
        words, below, category, kind = self._parts(text)
        selected = self.selected
        if not words:
            return None
        parts = [kind.value]
        if category:
            parts.append(category)
        if isinstance(selected, Factor):
            parts.append(
                f"{'below' if below else 'beside'} {brief(selected.text, max(20, self.size.width - 44))}"
            )
        return Content.styled(" · ".join(parts), "$text-muted")

    def _paste(self, lines: Sequence[str]) -> Change | None:
        """Indented lines become a tree."""
        changes: list[Change] = []
        above: list[tuple[int, str]] = []
        for line in lines:
            bare = line.lstrip(" \t")
            depth = len(line[: len(line) - len(bare)].expandtabs(4))
            while above and above[-1][0] >= depth:
                above.pop()
            words, _, category, kind = self._parts(bare.lstrip("-*•").strip())
            if not words:
                continue
            factor = Factor(
                id=self.host.session.new_id("f"),
                text=words,
                category=category,
                kind=kind,
                parent=above[-1][1] if above else "",
            )
            above.append((depth, factor.id))
            changes.append(Add(factor))
        return Batch(tuple(changes), label=f"paste {len(changes)} causes") if changes else None

    def edit_task(self, entry: Entry) -> tuple[Task, str] | None:
        """The words, with the category as a tag."""
        if not isinstance(entry, Factor):
            return None
        tag = f" #{entry.category.replace(' ', '-')}" if entry.category else ""
        start = f"{entry.text}{tag}"

        def read(text: str) -> Change | None:
            if text == start:
                return None
            words, _, category, _ = self._parts(text)
            if not words:
                raise ChangeRefused("a cause needs words; d deletes it")
            return Edit(entry.id, (("text", words), ("category", category)))

        return Task(f"edit:{entry.id}", f"edit {entry.id}", read, section=self.section, once=True), start

    # keys

    def command_factor_indent(self) -> None:
        """Deeper: it explains the factor before it."""
        if self.selected:
            self.host.do(Indent(self.selected.id))

    def command_factor_outdent(self) -> None:
        """One level up."""
        if self.selected:
            self.host.do(Outdent(self.selected.id))

    def command_item_kind(self) -> None:
        """The part the factor played."""
        factor = self.selected
        if isinstance(factor, Factor):
            choices = [Choice(key, kind.value, kind.value, hint) for kind, (key, hint) in _KINDS.items()]
            self.host.choose(
                "What part did it play?", choices, self.setting(factor, "kind"), factor.kind.value
            )

    def command_factor_category(self) -> None:
        """What area it belongs to."""
        factor = self.selected
        if not isinstance(factor, Factor):
            return
        used = dict.fromkeys(item.category for item in self.host.retro.factors if item.category)
        known = dict.fromkeys((*used, *CATEGORIES))
        items = [(name, name) for name in known] + [("", "no category")]
        ids = {f"c{number}": name for number, (name, _) in enumerate(items)}
        labelled = [(key, name or "no category") for key, name in ids.items()]
        self.host.pick_one(
            "What area does it belong to?", labelled, lambda key: self.setting(factor, "category")(ids[key])
        )

    def command_factor_present(self) -> None:
        """Whether it is still so."""
        factor = self.selected
        if isinstance(factor, Factor) and self.host.do(edit(factor.id, present_now=not factor.present_now)):
            self.host.say("No longer so." if factor.present_now else "Still so today.")

    def command_item_link(self) -> None:
        """The events where it shows."""
        factor = self.selected
        retro = self.host.retro
        if not isinstance(factor, Factor):
            return
        if not retro.events:
            self.host.say("There are no events to link to yet.")
            return
        from retrotui.notation import format_event_time  # only needed for this list

        zone = retro.info.zone
        items = [
            (event.id, f"{format_event_time(event, zone):<7} {brief(event.text)}") for event in retro.events
        ]

        def then(events: tuple[str, ...]) -> None:
            self.host.do(edit(factor.id, events=events))

        self.host.pick("In which events does it show?", items, factor.events, then)

    def command_factor_ask(self) -> None:
        """A "How can we …?" about it."""
        factor = self.selected
        if not isinstance(factor, Factor):
            return

        def read(text: str) -> Change | None:
            text = as_question(text, alone=self.alone)
            return PromoteToQuestion(factor.id, Question(id=self.host.session.new_id("q"), text=text))

        task = Task(f"ask:{factor.id}", f"ask about: {brief(factor.text, 50)}", read, section=None, once=True)
        self.host.ask(task, f"{opening(self.alone)} ")

    def command_item_action(self) -> None:
        """A cause is asked about before there is an action item; a card is taken up as a cause."""
        card = self.selected
        if isinstance(card, Card):
            task = Task(
                f"cause:{card.id}",
                "take it up as a cause",
                self._read,
                hint="what had to be true",
                section=self.section,
                preview=self._preview,
                once=True,
            )
            self.host.ask(task, card.text)
        else:
            self.command_factor_ask()

    def why_not(self, command_id: str) -> str:
        """A card belongs to its own stage."""
        on_causes = command_id.startswith("factor.") or command_id in NOT_FOR_CARDS
        if isinstance(self.selected, Card) and on_causes:
            return "This card belongs to its own stage. a takes it up as a cause."
        return super().why_not(command_id)


def opening(alone: bool) -> str:
    """How a question begins."""
    return "How can I" if alone else "How can we"


def as_question(text: str, *, alone: bool = False) -> str:
    """The text as a question that starts with "How can we", or alone with "How can I"."""
    start = opening(alone)
    text = " ".join(text.split()).rstrip("?").strip()
    lowered = text.casefold()
    for known in QUESTION_OPENINGS:
        if lowered.startswith(known):
            if not text[len(known) :].strip():
                raise ChangeRefused(f"say what could be done: {start} …?")
            return f"{text[:1].upper()}{text[1:]}?"
    if not text:
        raise ChangeRefused(f"say what could be done: {start} …?")
    return f"{start} {text[:1].lower() if text[1:2].islower() else text[:1]}{text[1:]}?"
