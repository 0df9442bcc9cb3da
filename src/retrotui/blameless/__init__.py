"""Blameless wording: what in a note blames a person, why it gets in the way, and what to write instead.

Rules are data (`rules/*.toml`), read into a `RuleBook`; a `Checker` runs them for a roster of names. This
room knows no retro, no file of a retro and no screen. Only the words for its values are loaded at once: a
screen needs sections and policies for its first picture, and the check itself when somebody types.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from retrotui.blameless.checker import Checker, check, typing_findings
    from retrotui.blameless.examples import Explanation, RuleReport, explain, test_rules
    from retrotui.blameless.rulebook import Rule, RuleBook, load_rulebook

_MODULE_OF = {
    "Checker": "checker",
    "check": "checker",
    "typing_findings": "checker",
    "Explanation": "examples",
    "RuleReport": "examples",
    "explain": "examples",
    "test_rules": "examples",
    "Rule": "rulebook",
    "RuleBook": "rulebook",
    "load_rulebook": "rulebook",
}

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
    """Load a name when it is first asked for."""
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
