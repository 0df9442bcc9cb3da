"""Changes that turn one thing into the next: a factor into a question, an answer into an action."""

from dataclasses import dataclass

from retrotui.retro.actions import Action, Answer, Question
from retrotui.retro.base import ChangeRefused
from retrotui.retro.changes.base import Change, get, label_of
from retrotui.retro.changes.entries import Add, Delete, edit
from retrotui.retro.document import Parked, Retro
from retrotui.retro.factors import Factor


@dataclass(frozen=True, slots=True)
class PromoteToQuestion(Change):
    """Asks "How can we …?" about a factor."""

    factor_id: str
    question: Question
    """Its links to factors are completed with the factor."""

    def apply(self, retro: Retro) -> Retro:
        if not isinstance(get(retro, self.factor_id), Factor):
            raise ChangeRefused(f"{self.factor_id} is not a factor")
        linked = tuple(dict.fromkeys((*self.question.factors, self.factor_id)))
        return Add(self.question.model_copy(update={"factors": linked})).apply(retro)

    @property
    def name(self) -> str:
        return f"ask {label_of(self.question)}"


@dataclass(frozen=True, slots=True)
class PromoteToAction(Change):
    """Makes an answer an action item, tied to the answer's question and that question's factors."""

    answer_id: str
    action: Action

    def apply(self, retro: Retro) -> Retro:
        answer = get(retro, self.answer_id)
        if not isinstance(answer, Answer):
            raise ChangeRefused(f"{self.answer_id} is not an answer")
        if answer.action:
            raise ChangeRefused(f"it is an action item already: {answer.action}")
        question = get(retro, answer.question)
        assert isinstance(question, Question)
        action = self.action.model_copy(
            update={
                "questions": tuple(dict.fromkeys((*self.action.questions, question.id))),
                "factors": tuple(dict.fromkeys((*self.action.factors, *question.factors))),
            }
        )
        return edit(answer.id, action=action.id).apply(Add(action).apply(retro))

    @property
    def name(self) -> str:
        return f"make {label_of(self.action)} an action item"


@dataclass(frozen=True, slots=True)
class BringBack(Change):
    """Takes a parked thought out of the parking lot as a question."""

    parked_id: str
    question: Question

    def apply(self, retro: Retro) -> Retro:
        if not isinstance(get(retro, self.parked_id), Parked):
            raise ChangeRefused(f"{self.parked_id} is not a parked thought")
        return Delete(self.parked_id).apply(Add(self.question).apply(retro))

    @property
    def name(self) -> str:
        return f"bring back {label_of(self.question)}"
