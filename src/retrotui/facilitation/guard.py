"""Holds a change whose words blame somebody, where the section's policy is strict.

Joins `blameless`, which knows texts and no retro, with `retro`, which knows entries and no rules. Leaves
showing findings while a line is typed to whoever has a composer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from retrotui.facilitation.history import shared
from retrotui.retro import Card, CardKind, Entry, Mode, Parked, Retro
from retrotui.retro.base import id_prefix
from retrotui.retro.changes import Change
from retrotui.templates.model import SECTION_OF_KIND, Template

if TYPE_CHECKING:
    from retrotui.blameless import Checker, Finding, KeptPhrase, Policy, Section


@dataclass(frozen=True, slots=True)
class HeldText:
    """One text that a change would add, with what it is held for."""

    section: "Section"
    text: str
    findings: tuple["Finding", ...]
    entry_id: str = ""
    field: str = "text"
    """`text`, `done_when` or `reason`."""


class Held(Exception):
    """A change that is held until its words are changed or kept deliberately. Nothing has been changed."""

    def __init__(self, texts: Sequence[HeldText]) -> None:
        """Make it from at least one held text."""
        super().__init__(texts[0].findings[0].why)
        self.texts = tuple(texts)

    @property
    def findings(self) -> tuple["Finding", ...]:
        """The findings of all texts; offsets are within each text."""
        return tuple(finding for held in self.texts for finding in held.findings)


class Guard(Protocol):
    """What a session asks before it applies a change."""

    def held(self, change: Change, retro: Retro, after: Retro | None = None) -> tuple[HeldText, ...]:
        """The texts because of which this change to this retro must wait; empty when it may pass."""
        ...


@dataclass(frozen=True, slots=True)
class AddedText:
    """A text that a change adds or alters."""

    entry: Entry
    field: str
    text: str


_FIELDS: Mapping[str, tuple[str, ...]] = {"a": ("text", "done_when", "reason")}
"""The fields that hold people's sentences, by the letter of the id; `text` for every other."""

_SECTION_OF_LETTER: Mapping[str, str] = {
    "e": "timeline",
    "w": "well",
    "f": "causes",
    "q": "actions",
    "n": "actions",
    "a": "actions",
}

_WARM = frozenset({CardKind.KUDOS, CardKind.THANKS, CardKind.TAKEAWAY})
"""Cards that are checked as part of What went well, whatever stage they are in."""


def added_texts(before: Retro, after: Retro) -> Iterator[AddedText]:
    """The texts of one value that the other did not have, entry by entry."""
    for prefix, name in Retro.FIELD_OF.items():
        old: tuple[Entry, ...] = getattr(before, name)
        new: tuple[Entry, ...] = getattr(after, name)
        if old is new:
            continue
        start, end = shared(old, new)
        known = {entry.id: entry for entry in old[start : len(old) - end]}
        for entry in new[start : len(new) - end]:
            earlier = known.get(entry.id)
            for field in _FIELDS.get(prefix, ("text",)):
                text = getattr(entry, field)
                if text.strip() and (earlier is None or getattr(earlier, field) != text):
                    yield AddedText(entry, field, text)


def entry_section(entry: Entry, retro: Retro, template: Template | None = None) -> "Section":
    """The section an entry's words are checked in."""
    from retrotui.blameless import Section

    letter = id_prefix(entry.id)
    if isinstance(entry, Card):
        if entry.kind in _WARM:
            return Section.WELL
        return _stage_section(entry.stage, retro, template)
    if isinstance(entry, Parked):
        return _stage_section(entry.stage, retro, template)
    return Section(_SECTION_OF_LETTER[letter])


def _stage_section(stage_id: str, retro: Retro, template: Template | None) -> "Section":
    from retrotui.blameless import Section

    known = template.stage(stage_id) if template is not None else None
    if known is not None:
        return Section(known.section)
    stage = retro.agenda.stage(stage_id)
    return Section(SECTION_OF_KIND[stage.kind.value] if stage is not None else "well")


class WordingGuard:
    """The guard that goes by the wording rules.

    A parked thought is never held: it has to be down within seconds. Neither is anything in a solo retro,
    where every section coaches. What a team kept deliberately (`[[kept_wording]]`) passes.
    """

    def __init__(
        self,
        checker: Callable[[Retro], "Checker"] | None = None,
        policies: Mapping["Section", "Policy"] | None = None,
        template: Template | None = None,
    ) -> None:
        """Make a guard.

        Args:
            checker: Makes the checker for a retro's roster and kept wording; the built-in rules by default.
                It is called again only when one of the two has changed.
            policies: The policy of each section that has another than its default.
            template: The retro's template, whose stages may have a section and a policy of their own.
        """
        self._make = checker or checker_for
        self._policies = dict(policies or {})
        self._template = template
        self._checker: Checker | None = None
        self._made_for: tuple[object, ...] = ()

    def checker(self, retro: Retro) -> "Checker":
        """The checker for a retro as it is now: its people and what it keeps."""
        made_for = (retro.info.people, retro.kept_wording)
        if self._checker is None or made_for != self._made_for:
            self._checker, self._made_for = self._make(retro), made_for
        return self._checker

    def policy(self, section: "Section", retro: Retro, stage_id: str = "") -> "Policy":
        """The policy in force: that of the stage if it has one, else of the section; solo retros coach.

        A section that is switched off stays so in a solo retro.
        """
        from retrotui.blameless import DEFAULT_POLICY, Policy

        chosen = self._policies.get(section, DEFAULT_POLICY[section])
        stage = self._template.stage(stage_id) if self._template is not None and stage_id else None
        if stage is not None and stage.policy is not None:
            chosen = Policy(stage.policy)
        if retro.info.mode is Mode.SOLO and chosen is Policy.STRICT:
            return Policy.COACH
        return chosen

    def section(self, entry: Entry, retro: Retro) -> "Section":
        """The section an entry's words are checked in."""
        return entry_section(entry, retro, self._template)

    def held(self, change: Change, retro: Retro, after: Retro | None = None) -> tuple[HeldText, ...]:
        """The texts because of which a change must wait; see `Guard`.

        Args:
            change: The change.
            retro: The retro before it.
            after: The retro after it, when the caller has it already.
        """
        from retrotui.blameless import Policy, hold

        fresh = change.apply(retro) if after is None else after
        found: list[HeldText] = []
        for added in added_texts(retro, fresh):
            if isinstance(added.entry, Parked):
                continue
            section = self.section(added.entry, fresh)
            policy = self.policy(section, fresh, _stage_of(added.entry, fresh))
            if policy is not Policy.STRICT:
                continue
            findings = self.checker(fresh).check(added.text, section, policy)
            if hold(findings):
                found.append(HeldText(section, added.text, findings, added.entry.id, added.field))
        return tuple(found)


def checker_for(retro: Retro) -> "Checker":
    """A checker with the built-in rules for a retro's roster and what it kept deliberately."""
    from retrotui.blameless import Checker

    return Checker(roster=retro.info.people, kept=kept_phrases(retro))


def kept_phrases(retro: Retro) -> tuple["KeptPhrase", ...]:
    """What a retro kept deliberately, as the checker takes it."""
    from retrotui.blameless import KeptPhrase

    return tuple(KeptPhrase(kept.rule, kept.phrase) for kept in retro.kept_wording)


def _stage_of(entry: Entry, retro: Retro) -> str:
    """The stage whose policy counts for an entry: a card's own; for others the stage of their kind."""
    if isinstance(entry, Card):
        return entry.stage
    kind = {"e": "timeline", "f": "factors"}.get(id_prefix(entry.id), "how_can_we")
    return next((stage.id for stage in retro.agenda.stages if stage.kind.value == kind), "")
