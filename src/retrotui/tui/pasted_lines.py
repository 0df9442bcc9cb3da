"""Several lines pasted at once, looked at one by one: which of them blame somebody, and how that is told.

Where wording is strict those wait beside the composer, as a draft, until each is put into other words, kept
or left out; the others go in. Leaves doing so to the meeting.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrotui.tui.wording_flow import gentle, unmarked
from retrotui.tui.workspace import Workspace

if TYPE_CHECKING:
    from retrotui.blameless import Section

_MOST_NAMED = 6


def waiting_place(place: str) -> str:
    """Where the lines wait that were held when they were pasted for a place: a draft of their own."""
    return f"pasted:{place}"


def blaming(lines: Sequence[str], section: "Section", workspace: Workspace) -> tuple[int, ...]:
    """The numbers, counted from 1, of the lines in which somebody is blamed."""
    policy = workspace.policy(section)
    if policy.value == "off":
        return ()
    check = workspace.checker.check
    return tuple(
        number
        for number, line in enumerate(lines, 1)
        if any(not gentle(found) for found in check(unmarked(line, section)[1], section, policy))
    )


def which(numbers: Sequence[int]) -> str:
    """`Line 2 holds`, `Lines 2, 4 and 7 hold`."""
    if len(numbers) == 1:
        return f"Line {numbers[0]} holds"
    if len(numbers) > _MOST_NAMED:
        first = ", ".join(map(str, numbers[:_MOST_NAMED]))
        return f"{len(numbers)} lines ({first}, …) hold"
    return f"Lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} hold"
