"""The question about a title, or another text of a form, in which somebody is blamed. It stops nobody.

Titles are what most people read of a retro. Leaves showing the question to the form.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.blameless import RuleBook


def title_question(rulebook: "Callable[[], RuleBook]", people: Sequence[str] = ()) -> Callable[[str], str]:
    """A function that asks about a text, by these rules; empty where there is nothing to ask."""

    def ask(text: str) -> str:
        from retrotui.blameless import Checker, Policy, Section

        checker = Checker(rulebook(), roster=tuple(people))
        found = next(iter(checker.check(text, Section.CAUSES, Policy.COACH)), None)
        return found.question if found is not None else ""

    return ask
