"""The how-can-we stage: questions on the causes, answers to them, and the action items they become."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content

from retrotui.notation import SAFEGUARDS, action_advice, advice_for_all, read_action_line
from retrotui.notation.balance import balance_advice, changes_oneself
from retrotui.notation.card_line import tag_alone
from retrotui.retro import (
    Action,
    ActionStatus,
    Answer,
    Card,
    ChangeRefused,
    Entry,
    Factor,
    Parked,
    Question,
    Retro,
)
from retrotui.retro.changes import Add, BringBack, Change, Edit, PromoteToAction, PromoteToQuestion, edit
from retrotui.retro.factors import tree
from retrotui.tui.choices import Choice
from retrotui.tui.keys import Place, first_key
from retrotui.tui.stages.action_tasks import HINT, edit_action_task, preview_action, read_action, unread_in
from retrotui.tui.stages.base import StageView
from retrotui.tui.stages.factors import NOT_FOR_CARDS, QUESTION_OPENINGS, as_question, hands, opening
from retrotui.tui.stages.waiting import not_asked_yet
from retrotui.tui.widgets.action_words import action_content
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import Item, Row
from retrotui.tui.widgets.visible import brief, shown, visible

_NOT_FOR_CAUSES = ("item.delete", "item.up", "item.down", "item.merge")
"""What cannot be done with a cause outside its own stage, where its place in the tree is seen."""


class HowCanWeView(StageView):
    """Questions, answers, actions; below them what is still parked or not asked about."""

    PLACE: ClassVar[Place] = Place.HOW_CAN_WE
    LEFT_WIDTH: ClassVar[int] = 9
    RIGHT_WIDTH: ClassVar[int] = 8
    EMPTY: ClassVar[str] = "No questions yet. Type one: How can we make this easier to notice?"
    EMPTY_ALONE: ClassVar[str] = (
        "No questions yet. Type one, or take something from the safeguard shelf (esc, then s): "
        "How can I see at once which database I am in?"
    )

    _advised: set[str]

    # what is shown

    def items(self, retro: Retro) -> Sequence[Item]:
        """Questions with answers and actions under them, then what has no question, then what is parked."""
        found: list[Item] = []
        calm = balance_advice(retro.actions) if self.alone and self.changeable else ""
        if calm:
            found.append(Item("", f"{calm} esc, then s: the safeguard shelf", data="calm"))
        placed: set[str] = set()
        actions = {action.id: action for action in retro.actions}
        for question in retro.questions:
            topic = "▶ " if retro.agenda.topic == question.id else ""
            found.append(Item(question.id, f"{topic}{shown(question.text)}", data=question))
            for answer in retro.answers:
                if answer.question == question.id:
                    found.append(Item(answer.id, shown(answer.text), depth=1, data=answer))
                    if answer.action in actions:
                        placed.add(answer.action)
                        found.append(self._action_item(actions[answer.action], 2))
            for action in retro.actions:
                if question.id in action.questions and action.id not in placed:
                    placed.add(action.id)
                    found.append(self._action_item(action, 1))
        loose = [action for action in retro.actions if action.id not in placed]
        if loose:
            found.append(Item("", "Action items without a question"))
            found += [self._action_item(action, 0) for action in loose]
        return [*found, *not_asked_yet(retro, self.stage.id, alone=self.alone, ways=self.changeable)]

    def _action_item(self, action: Action, depth: int) -> Item:
        return Item(action.id, self._in_words(action).plain, depth=depth, data=action)

    def _in_words(self, action: Action) -> Content:
        return action_content(action, self.host.today, alone=self.alone)

    def draw(self, item: Item) -> Row:
        """What it is, its words, its hands."""
        if item.is_heading:
            return Row(Content.styled(item.text, "$wording-question" if item.data else "bold $text-heading"))
        entry = item.data
        right = hands(getattr(entry, "votes", 0))
        if isinstance(entry, Action):
            return Row(self._in_words(entry), left=Content.styled(f"→ {entry.id}", "$action-open"))
        if isinstance(entry, Question):
            text = Content.styled(item.text, "bold $text-prompt")
            return Row(text, left=Content.styled(f"? {entry.id}", "$text-heading"), right=right)
        if isinstance(entry, Answer):
            return Row(Content(item.text), left=Content.styled("· idea", "$text-muted"), right=right)
        word = "parked"
        if isinstance(entry, Card):
            word = "card"
        elif isinstance(entry, Factor):
            word = "around" if self.alone else "cause"
        return Row(Content(item.text), left=Content.styled(word, "$text-muted"), right=right)

    # typing

    @property
    def question(self) -> Question | None:
        """The question the selection belongs to."""
        entry = self.selected
        retro = self.host.retro
        if isinstance(entry, Answer):
            entry = retro.find(entry.question)
        elif isinstance(entry, Action):
            entry = retro.find(entry.questions[0]) if entry.questions else None
        return entry if isinstance(entry, Question) else None

    def default_task(self) -> Task:
        """A question, an answer to the selected one, or an action item in one line."""
        return Task(
            self.stage.id,
            "ask, answer, or > add an action item",
            self._read,
            hint=f"{opening(self.alone)} …? · an idea · > action due friday #prevent"
            if self.alone
            else "How can we …? · an idea · > action @owner due friday !p1 #prevent",
            section=self.section,
            preview=self._preview,
            remark=lambda text: unread_in(self.host, text),
        )

    def _is_action(self, text: str) -> bool:
        if text.startswith(">"):
            return True
        line = read_action_line(text, today=self.host.today, people=self.host.retro.info.people)
        return bool(line.owner or line.due or line.priority)

    def _read(self, text: str) -> Change | None:
        text = text.strip()
        if said := tag_alone(text.lstrip("> ")):
            raise ChangeRefused(said)
        question = self.question
        if text.casefold().startswith(QUESTION_OPENINGS):
            fresh = Question(id=self.host.session.new_id("q"), text=as_question(text, alone=self.alone))
            selected = self.selected
            return PromoteToQuestion(selected.id, fresh) if isinstance(selected, Factor) else Add(fresh)
        if self._is_action(text):
            return Add(self._action(text.lstrip("> ")))
        if question is None:
            return Add(Question(id=self.host.session.new_id("q"), text=as_question(text, alone=self.alone)))
        return Add(Answer(id=self.host.session.new_id("n"), question=question.id, text=text))

    def _action(self, text: str, *, answer: Answer | None = None) -> Action:
        action = read_action(self.host, text, self.host.session.new_id("a"))
        question = self.question if answer is None else None
        if question is None:
            return action
        return action.model_copy(update={"questions": (question.id,), "factors": question.factors})

    def _preview(self, text: str) -> Content | None:
        found = self._preview_of(text.strip())
        line = read_action_line(text, today=self.host.today, people=self.host.retro.info.people)
        if not line.remark or self._is_action(text.strip()):
            return found
        return Content.assemble((visible(line.remark), "$wording-question"), (" · ", "$text-muted"), found)

    def _preview_of(self, text: str) -> Content:
        if text.casefold().startswith(QUESTION_OPENINGS):
            return Content.styled("a question", "$text-muted")
        if self._is_action(text):
            return self._action_preview(text.lstrip("> "))
        question = self.question
        if question is None:
            return Content.styled(f"a question: it will start with “{opening(self.alone)}”", "$text-muted")
        before, behind = "an idea for: ", " · > makes it an action item"
        room = max(20, self.size.width - 4 - len(before + behind))
        return Content.styled(f"{before}{brief(question.text, room)}{behind}", "$text-muted")

    def _action_preview(self, text: str) -> Content:
        return preview_action(self.host, text)

    def _action_task(self, place: str, title: str, read: Callable[[str], Change | None]) -> Task:
        """Types an action item in one line."""
        return Task(
            place,
            title,
            read,
            hint=HINT,
            section=self.section,
            preview=self._action_preview,
            remark=lambda text: unread_in(self.host, text),
            once=True,
        )

    def edit_task(self, entry: Entry) -> tuple[Task, str] | None:
        """An action item is edited as the line it could have been typed as; the rest as text."""
        if isinstance(entry, Question):

            def reword(text: str) -> Change | None:
                return (
                    edit(entry.id, text=as_question(text, alone=self.alone)) if text != entry.text else None
                )

            return Task(
                f"edit:{entry.id}", f"edit {entry.id}", reword, section=self.section, once=True
            ), entry.text
        if not isinstance(entry, Action):
            return super().edit_task(entry)
        return edit_action_task(self.host, entry)

    # keys

    def command_answer_add(self) -> None:
        """An idea for the selected question."""
        question = self.question
        if question is None:
            self.host.say("Select a question first.")
            return

        def read(text: str) -> Change | None:
            return Add(Answer(id=self.host.session.new_id("n"), question=question.id, text=text.strip()))

        title = f"an idea for: {brief(question.text, 60)}"
        self.host.ask(Task(f"answer:{question.id}", title, read, section=self.section, once=True))

    def command_item_action(self) -> None:
        """An idea becomes an action item; a cause or a parked thought becomes a question."""
        entry = self.selected
        if isinstance(entry, Answer):
            if entry.action:
                self.entries.select(entry.action)
                self.host.say("It is an action item already: e edits it.")
                return
            self.host.ask(self._promotion(entry), entry.text)
        elif isinstance(entry, Factor | Card):
            self._ask_about(entry)
        elif isinstance(entry, Parked):
            self.command_parked_back()
        elif isinstance(entry, Question):
            self._add_action_for(entry)
        else:
            self.host.say("It is an action item already: e edits it.")

    def _promotion(self, answer: Answer) -> Task:
        def read(text: str) -> Change | None:
            return PromoteToAction(answer.id, self._action(text, answer=answer))

        return self._action_task(f"promote:{answer.id}", "make it an action item", read)

    def _add_action(self, text: str) -> Change:
        return Add(self._action(text))

    def _add_action_for(self, question: Question) -> None:
        self.host.ask(self._action_task(f"action:{question.id}", "add an action item", self._add_action))

    def _ask_about(self, factor: Factor | Card) -> None:
        def read(text: str) -> Change | None:
            fresh = Question(id=self.host.session.new_id("q"), text=as_question(text, alone=self.alone))
            return PromoteToQuestion(factor.id, fresh) if isinstance(factor, Factor) else Add(fresh)

        self.host.ask(
            Task(f"ask:{factor.id}", f"ask about: {brief(factor.text, 50)}", read, once=True),
            f"{opening(self.alone)} ",
        )

    def command_parked_back(self) -> None:
        """A parked thought becomes a question."""
        entry = self.selected
        parked = self.host.retro.parked
        if isinstance(entry, Parked):
            self._bring_back(entry)
        elif parked:
            items = [(item.id, brief(item.text)) for item in parked]

            def then(parked_id: str) -> None:
                found = self.host.retro.find(parked_id)
                if isinstance(found, Parked):
                    self._bring_back(found)

            self.host.pick_one("Which thought do we bring back?", items, then)
        else:
            self.host.say("Nothing is parked.")

    def _bring_back(self, parked: Parked) -> None:
        def read(text: str) -> Change | None:
            return BringBack(
                parked.id,
                Question(id=self.host.session.new_id("q"), text=as_question(text, alone=self.alone)),
            )

        self.host.ask(
            Task(f"back:{parked.id}", "bring it back as a question", read, once=True),
            f"{opening(self.alone)} {parked.text}",
        )

    def command_safeguard_shelf(self) -> None:
        """Safeguards that have helped others, to pick from and make one's own."""
        items = [(safeguard.id, f"{safeguard.title} — {safeguard.question}") for safeguard in SAFEGUARDS]

        def then(safeguard_id: str) -> None:
            chosen = next(item for item in SAFEGUARDS if item.id == safeguard_id)
            task = self._action_task("shelf", "make it your own", self._add_action)
            self.host.ask(task, f"{chosen.action_text} #{chosen.kind.value}", len(chosen.action_text))
            self.host.say(chosen.question)

        self.host.pick_one("The safeguard shelf", items, then)

    def command_item_kind(self) -> None:
        """What the action item does about a next time."""
        action = self.selected
        if not isinstance(action, Action):
            self.host.say("Only action items have a kind here.")
            return
        keys = {
            "p": "prevent",
            "d": "detect",
            "m": "mitigate",
            "r": "respond",
            "e": "repair",
            "i": "investigate",
            "l": "learn",
        }
        choices = [Choice(key, value, value) for key, value in keys.items()]
        self.host.choose(
            "What does it do about a next time?", choices, self.setting(action, "kind"), action.kind.value
        )

    def command_item_link(self) -> None:
        """The causes a question or an action item is about."""
        entry = self.selected
        retro = self.host.retro
        if not isinstance(entry, Question | Action):
            self.host.say("Questions and action items are linked to causes.")
            return
        if not retro.factors:
            self.host.say("There are no causes to link to yet.")
            return
        items = [(factor.id, f"{'  ' * depth}{brief(factor.text)}") for depth, factor in tree(retro.factors)]

        def then(factors: tuple[str, ...]) -> None:
            self.host.do(edit(entry.id, factors=factors))

        self.host.pick("Which causes is it about?", items, entry.factors, then)

    def command_action_done(self) -> None:
        """Done, or open again."""
        action = self.selected
        if not isinstance(action, Action):
            self.host.say("Only action items can be done.")
            return
        if action.status is ActionStatus.OPEN:
            change = edit(action.id, status=ActionStatus.DONE, closed=self.host.today, reason="")
        else:
            change = edit(action.id, status=ActionStatus.OPEN, closed=None, reason="")
        self.host.do(change)

    def command_action_wont(self) -> None:
        """Will not be done, and why."""
        action = self.selected
        if not isinstance(action, Action):
            self.host.say("Only action items can be dropped.")
            return

        def read(text: str) -> Change | None:
            fields = (("status", ActionStatus.WONT_DO), ("reason", text.strip()), ("closed", self.host.today))
            return Edit(action.id, fields)

        self.host.ask(
            Task(f"wont:{action.id}", "it will not be done, because …", read, section=self.section, once=True)
        )

    def show(self, retro: Retro, *, select: str | None = None) -> None:
        """Shows the retro, and once there are actions a word of advice on them."""
        super().show(retro, select=select)
        if select and select.startswith("a") and select not in self._advised:
            self._advised.add(select)
            action = retro.find(select)
            advice = self._advice(action, retro) if isinstance(action, Action) else ()
            advice = advice or advice_for_all(retro.actions, usual=None)
            if advice:
                self.call_after_refresh(self.host.say, f"Noted. {advice[0]}")

    def why_not(self, command_id: str) -> str:
        """A card belongs to its own stage, and so does a cause: here one asks about it."""
        if isinstance(self.selected, Card) and command_id in NOT_FOR_CARDS:
            return "This card belongs to its own stage. a asks about it."
        if isinstance(self.selected, Factor) and command_id in _NOT_FOR_CAUSES:
            what = "condition" if self.alone else "cause"
            back = first_key("stage.back", self.host.settings.keymap)
            return f"This {what} belongs to its own stage: a asks about it, {back} goes back to it."
        return super().why_not(command_id)

    def _advice(self, action: Action, retro: Retro) -> tuple[str, ...]:
        """What would make an action item likelier to be done, and to help."""
        if self.alone and balance_advice(retro.actions) and changes_oneself(action.text):
            return ("And one change around me to go with it? esc, then s: the safeguard shelf.",)
        return action_advice(action, alone=self.alone)

    def on_mount(self) -> None:
        """Shows what there is; advice is for what is added from here on."""
        self._advised = {action.id for action in self.host.retro.actions}
        super().on_mount()
