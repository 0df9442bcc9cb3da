"""Blameless wording: what in a note blames a person, why it gets in the way, and what to write instead.

Rules are data (`rules/*.toml`), read into a `RuleBook`; a `Checker` runs them for a roster of names. This
room knows no retro, no file of a retro and no screen. Trying rules out is in `blameless.examples`.
"""

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

__all__ = [
    "DEFAULT_POLICY",
    "BlameClass",
    "Checker",
    "Finding",
    "KeptPhrase",
    "Level",
    "Policy",
    "Rule",
    "RuleBook",
    "RuleError",
    "Section",
    "check",
    "hold",
    "load_rulebook",
    "typing_findings",
]
