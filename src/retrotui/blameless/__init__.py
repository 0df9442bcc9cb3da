"""Blameless wording: what in a note blames a person, why it gets in the way, and what to write instead.

Rules are data (`rules/*.toml`), read into a `RuleBook`; a `Checker` runs them for a roster of names. This
room knows no retro, no file of a retro and no screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.blameless.check import Checker, check, typing_findings
from retrotui.blameless.model import (
    DEFAULT_POLICY,
    BlameClass,
    Finding,
    KeptPhrase,
    Level,
    Policy,
    RuleError,
    Section,
    hold,
)
from retrotui.blameless.rulebook import Rule, RuleBook, load_rulebook

if TYPE_CHECKING:
    from retrotui.blameless.examples import Explanation, RuleReport, explain, test_rules

__all__ = [
    "DEFAULT_POLICY",
    "BlameClass",
    "Checker",
    "Explanation",
    "Finding",
    "KeptPhrase",
    "Level",
    "Policy",
    "Rule",
    "RuleBook",
    "RuleError",
    "RuleReport",
    "Section",
    "check",
    "explain",
    "hold",
    "load_rulebook",
    "test_rules",
    "typing_findings",
]


def __getattr__(name: str) -> object:
    """Load what only `rules test` and `--explain` need when it is asked for."""
    if name in {"Explanation", "RuleReport", "explain", "test_rules"}:
        from retrotui.blameless import examples

        return getattr(examples, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
