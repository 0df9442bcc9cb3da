"""Advice on action items while they are typed: what would make one likelier to be done, and to help.

Advice, never refusal, and about the action alone. Leaves blame in the words to `blameless`.
"""

import itertools
from collections.abc import Sequence
from datetime import date
from functools import cache

from retrotui.notation.action_line import ActionLine
from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.notation.phrases import PhraseBook, verb_forms, word_set, words_of
from retrotui.retro import Action, ActionStatus

_CLASSES = {
    "folk": "everyone everybody people team+ engineer+ developer+ staff colleagues operator+ ops dev devs "
    "reviewer+ responder+ oncall juniors us ourselves",
}
_REPAIRS_PEOPLE = (
    "be more? careful/attentive/aware/vigilant/diligent/thorough/cautious/mindful/disciplined",
    "take more care",
    "pay more/closer/better? attention",
    "try harder",
    "slow down",
    "think before/twice/harder",
    "remember to",
    "don't/not/never forget",
    "remind the/all/our? <folk>",
    "tell/ask/urge/encourage/instruct/warn the/all/our? <folk> to",
    "retrain/reeducate/coach/discipline",
    "train/educate the/all/our? new? <folk>",
    "make sure the/all/our? <folk>",
    "ensure the/all/our? <folk>",
    "raise/increase/improve awareness",
    "double/triple check",
    "doublecheck",
    "avoid/reduce/prevent human/operator error+/mistakes",
    "avoid/stop making mistakes",
    "more discipline/care/attention/diligence",
    "follow the ~2 process/procedure/runbook/checklist/rules/policy",
    "communicate better/more",
)
_NO_END = (
    "^ improve/better/enhance/increase/strengthen/harden/optimise/optimize/simplify/tidy/polish/refine",
    "^ review/consider/revisit/discuss/explore/investigate/research/evaluate/assess/examine/monitor/study",
    "^ look into/at",
    "^ think about/of",
    "^ talk about/to",
    "^ work on",
    "^ clean up",
    "^ make ~4 better/robust/resilient/reliable/faster/safer/easier/clearer/stable/scalable",
    "^ have/get better",
    "^ reduce/minimise/minimize",
    "^ understand",
    "^ keep an eye",
    "^ try to",
    "^ start/continue/keep _",
)
_NOT_VERBS = word_set(
    "a an the this that these those we i you they he she it our my your their its there here someone "
    "somebody everyone everybody nobody team people better more less fewer no not new old good bad "
    "automatic automated manual missing possible maybe perhaps should would could must need needs shall "
    "please also and or but if when while because so for from in on at by with without of to as into"
)
_VERBS_THAT_LOOK_LIKE_NOUNS = word_set(
    "mention position function provision caution question station bring ring ping string spring sing "
    "mission commission transition condition document implement supplement experiment complement "
    "comment segment increment augment cement witness harness edit limit audit permit submit commit "
    "exit split visit"
)
_NOUN_ENDING = lazy_pattern(r".{3,}(?:tion|sion|ment|ness|ity|ance|ence|ing)")
_NUMBER = lazy_pattern(r"\d")


@cache
def _people_book() -> PhraseBook:
    book = PhraseBook(_CLASSES)
    book.add(0, _REPAIRS_PEOPLE)
    return book


@cache
def _no_end_book() -> PhraseBook:
    book = PhraseBook()
    book.add(0, _NO_END)
    return book


@cache
def _past_forms() -> frozenset[str]:
    bases = word_set("fix add update change remove improve create deploy restore investigate review document")
    return frozenset(form for base in bases for form in verb_forms(base) if form.endswith(("ed", "ing")))


def action_advice(
    action: Action | ActionLine,
    *,
    people: Sequence[str] = (),
    today: date | None = None,
    alone: bool = False,
) -> tuple[str, ...]:
    """Sentences that would make this action better, the weightiest first; none when there is nothing to add.

    Args:
        action: The action item, or the line being typed.
        people: Roster names, which count as people in "train Priya".
        today: When given, a due date before it is mentioned for an action that is open.
        alone: Whether it is of one person alone, who owns what nobody else was asked to do.
    """
    if isinstance(action, Action) and action.status is not ActionStatus.OPEN:
        return ()
    words = words_of(action.text)
    if not words:
        return ()
    advice: list[str] = []
    if repairs_people(action.text, people):
        asked = "me" if alone else "people"
        advice.append(
            f"This asks {asked} to be different. Which guard would make the careful way the default?"
        )
    elif not _starts_with_verb(words):
        advice.append("Start with a verb: what will be done?")
    if not action.done_when and not _NUMBER.search(action.text) and _no_end_book().matches(words):
        advice.append("This has no end one could see. What will show that it is done? (done when …)")
    if not action.owner and not alone:
        advice.append("No owner yet: which person or team takes it? (@name)")
    if action.due is None:
        advice.append(
            "No date yet: when will I look at it again? (due friday)"
            if alone
            else "No date yet: when will we look at it again? (due friday)"
        )
    elif today is not None and action.due < today:
        advice.append("The date has passed: what is a day that can be kept?")
    return tuple(advice)


def repairs_people(text: str, people: Sequence[str] = ()) -> bool:
    """Whether an action asks people to be different ("be more careful") instead of changing a system."""
    words = words_of(text)
    if _people_book().matches(words):
        return True
    names = {name.split()[0].casefold() for name in people if name.split()}
    telling = {"train", "retrain", "remind", "coach", "educate", "tell", "warn"}
    return any(first in telling and second in names for first, second in itertools.pairwise(words))


def _starts_with_verb(words: Sequence[str]) -> bool:
    """Whether a text may start with a verb: only what plainly is none counts against it."""
    first = words[0]
    if first in _VERBS_THAT_LOOK_LIKE_NOUNS or not first.isalpha():
        return True
    if first in _NOT_VERBS or first in _past_forms():
        return False
    return not _NOUN_ENDING.fullmatch(first)


def advice_for_all(actions: Sequence[Action], usual: int | None) -> tuple[str, ...]:
    """Sentences about the open actions together.

    Args:
        actions: All actions of the retro; those no longer open do not count.
        usual: How many this team usually finishes after a retro; None when that is not known.
    """
    still_open = [action for action in actions if action.status is ActionStatus.OPEN]
    advice: list[str] = []
    kinds = {action.kind for action in still_open}
    if len(still_open) >= 3 and len(kinds) == 1:
        kind = still_open[0].kind
        advice.append(
            f"All {len(still_open)} actions are of one kind ({kind.value}). "
            "What would help to notice, shrink or undo it another time?"
            if kind.value in ("prevent", "repair")
            else f"All {len(still_open)} actions are of one kind ({kind.value}). "
            "What would make it less likely to happen at all?"
        )
    if usual is not None and len(still_open) > max(1, usual):
        advice.append(
            f"These are {len(still_open)} actions; this team usually finishes {usual}. "
            "Which of them would we regret most not having done?"
        )
    return tuple(advice)
