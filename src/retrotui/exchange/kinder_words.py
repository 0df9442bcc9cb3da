"""Lines in which somebody blames themselves, said as one would say them of a colleague, or left out.

For what leaves a solo reflection: a write-up for a manager, a retro opened up for the team. The reflection
itself keeps every word. Leaves finding such lines, and other words for them, to `blameless`.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.blameless import Checker


def kinder(text: str) -> str:
    """The text as it is, in kinder words where it blames its writer, or empty where there are none."""
    if not text.strip():
        return text
    from retrotui.blameless import BlameClass, Policy, Section

    for _ in range(4):  # a line may blame in several ways; each rewrite takes one of them away
        found = [
            finding
            for finding in _checker().check(text, Section.CAUSES, Policy.COACH)
            if finding.blame_class is BlameClass.SELF_BLAME
        ]
        if not found:
            return text
        text = found[0].rewrite or ""
        if not text:
            return ""
    return ""


@lru_cache(maxsize=1)
def _checker() -> "Checker":
    from retrotui.blameless import Checker

    return Checker()
