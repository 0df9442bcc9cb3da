"""What action items of one person alone change: that person's own ways, or the surroundings.

Attention gives out on a bad day and a guard does not, so for each change to oneself one to the surroundings
is asked for. A reading of words, not a judgement of anybody. Leaves asking for it to whoever shows it.
"""

from collections.abc import Iterable
from functools import cache

from retrotui.notation.advice import repairs_people
from retrotui.notation.phrases import PhraseBook, words_of
from retrotui.retro import Action, ActionStatus

_CLASSES = {
    "attention": "check read watch confirm verify compare test look think pause stop breathe wait ask",
    "own": "focus concentrate practise practice memorise memorize learn study train sleep rest relearn",
}
_CHANGES_ME = (
    "^ i/i'll/i'd/myself",
    "i will/must/should/shall/want/promise/need",
    "i'll",
    "myself",
    "my own/habit+/attention/head/memory/discipline/focus/mind/way",
    "before/when/whenever/after/while/until i",
    "<attention> ~3 twice/again/carefully/harder",
    "^ always/never/don't/remember",
    "^ try/keep to/an/calm/my",
    "^ stop/avoid doing/working/running/typing/rushing/assuming/guessing/multitasking",
    "^ get/become/be more/better",
    "^ take breaks/time",
    "^ take more/a/longer ~1 time/break+/breath+",
    "^ <own>",
)


@cache
def _book() -> PhraseBook:
    book = PhraseBook(_CLASSES)
    book.add(0, _CHANGES_ME)
    return book


def changes_oneself(text: str) -> bool:
    """Whether an action asks its writer to be or to act differently, rather than changing what is around."""
    return repairs_people(text) or bool(_book().matches(words_of(text)))


def balance(actions: Iterable[Action]) -> tuple[int, int]:
    """How many of the actions change oneself, and how many the surroundings; those given up do not count."""
    counted = [
        changes_oneself(action.text)
        for action in actions
        if action.status in (ActionStatus.OPEN, ActionStatus.DONE)
    ]
    return sum(counted), len(counted) - sum(counted)


def balance_advice(actions: Iterable[Action]) -> str:
    """A calm sentence when there is less change around than in oneself; empty when it is even."""
    mine, around = balance(actions)
    if mine <= around:
        return ""
    what = "1 change" if mine == 1 else f"{mine} changes"
    return (
        f"{what} to what I do, {around or 'none'} to what is around me. "
        "What could carry that for me, so that I need not remember?"
    )
