"""Contributing factors: a tree of what made it possible, each tied to the events where it shows.

The tree is kept flat: a factor names its parent, and siblings stand in the order of the list.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from retrotui.retro.base import Count, Entry


class FactorKind(StrEnum):
    """The part a factor played."""

    CONTRIBUTING = "contributing"
    TRIGGER = "trigger"
    LATENT = "latent"
    MITIGATING = "mitigating"
    UNKNOWN = "unknown"


CATEGORIES = (
    "observability",
    "testing",
    "deployment",
    "configuration",
    "capacity",
    "dependencies",
    "tooling",
    "documentation",
    "process",
    "communication",
    "knowledge",
    "time pressure",
    "design",
    "data",
    "security",
)
"""Categories offered for a factor; any other word is allowed too."""


class Factor(Entry):
    """Something that had to be true for this to happen."""

    parent: str = ""
    """The id of the factor it explains; empty for a root of the tree."""
    kind: FactorKind = FactorKind.CONTRIBUTING
    category: str = ""
    text: str = ""
    events: tuple[str, ...] = ()
    """Ids of the events where it shows."""
    present_now: bool = True
    """Whether it is still so today."""
    votes: Count = 0


def children(factors: Sequence[Factor], parent: str) -> tuple[Factor, ...]:
    """The factors directly under one (or the roots, for an empty id), in order."""
    return tuple(factor for factor in factors if factor.parent == parent)


def tree(factors: Sequence[Factor]) -> tuple[tuple[int, Factor], ...]:
    """Every factor with its depth (0 for a root), parents before children, siblings in order."""
    below: dict[str, list[Factor]] = {}
    for factor in factors:
        below.setdefault(factor.parent, []).append(factor)
    found: list[tuple[int, Factor]] = []
    stack = [(0, factor) for factor in reversed(below.get("", []))]
    while stack:
        depth, factor = stack.pop()
        found.append((depth, factor))
        stack.extend((depth + 1, child) for child in reversed(below.get(factor.id, [])))
    return tuple(found)


def ancestors(factors: Sequence[Factor], factor_id: str) -> Iterator[str]:
    """The ids above a factor, nearest first. Stops rather than loops when the file holds a cycle."""
    parent_of = {factor.id: factor.parent for factor in factors}
    seen = {factor_id}
    current = parent_of.get(factor_id, "")
    while current and current not in seen:
        yield current
        seen.add(current)
        current = parent_of.get(current, "")


def subtree_ids(factors: Sequence[Factor], factor_id: str) -> frozenset[str]:
    """A factor's id and those of everything below it."""
    below: dict[str, list[str]] = {}
    for factor in factors:
        below.setdefault(factor.parent, []).append(factor.id)
    found: set[str] = set()
    stack = [factor_id]
    while stack:
        current = stack.pop()
        if current not in found:
            found.add(current)
            stack.extend(below.get(current, []))
    return frozenset(found)
