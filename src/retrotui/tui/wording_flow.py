"""The way of a flagged line: underline at a word end, question after a moment, rewrite, hold, keep.

Works on one composer with the checker of a workspace. Leaves doing changes to the meeting.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from retrotui.retro import KeptWording
from retrotui.retro.changes import Wording
from retrotui.tui.choices import Choice
from retrotui.tui.keys import first_key
from retrotui.tui.widgets.composer import Composer
from retrotui.tui.workspace import Workspace

if TYPE_CHECKING:
    from retrotui.blameless import Finding, Section

QUIET_S = 0.4
"""Seconds a finding has to last before its question is shown, so that nothing flickers."""

KEEP_CHOICES = (
    Choice("s", "It is about the system", "about the system"),
    Choice("q", "It is a quotation", "a quotation"),
    Choice("o", "Their own words, agreed", "their own words, agreed"),
    Choice("x", "Another reason", "other"),
)
_LEAST_REWRITE = 20
"""Cells below which the beginning of a rewrite says nothing."""
_MARK = re.compile(r"\s*>+\s*")
"""In front of a cause it means a level deeper, in How can we an action item: no quotation."""
_MARKED = frozenset({"causes", "actions"})
LONGEST_CHECKED = 4000
"""Characters checked while typing; beyond that a line is checked on Enter only."""


def gentle(finding: "Finding") -> bool:
    """Whether a finding is no error: somebody is hard on themselves, and gets a question, no mark."""
    return finding.blame_class.value == "self-blame"


def unmarked(text: str, section: "Section") -> tuple[str, str]:
    """The mark in front of a line, and the line with blanks in its place: what is found stays where it is."""
    mark = _MARK.match(text) if section.value in _MARKED else None
    return (mark.group(), " " * mark.end() + text[mark.end() :]) if mark else ("", text)


class WordingFlow:
    """What the composer shows of wording, and what ctrl+r and ctrl+g do with it."""

    def __init__(
        self, composer: Composer, workspace: Workspace, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        self._composer = composer
        self._workspace = workspace
        self._later = later
        self.findings: tuple[Finding, ...] = ()
        self._asked: str = ""
        self._turn = 0
        self.held = False
        self._questioned = False
        self._section: Section | None = None
        self._keys = 0
        self._waiting = False
        self._held_text = ""
        self._cycle: tuple[str, tuple[str, ...], int] | None = None
        self._resting = False
        self._whole: tuple[str, tuple[Finding, ...]] = ("", ())

    def reset(self) -> None:
        """Forgets everything: another text stands in the composer."""
        self.findings = ()
        self.held = False
        self._questioned = False
        self._cycle = None
        self._whole = ("", ())
        self._turn += 1
        self._composer.underline(())

    def typed(self, text: str, section: "Section | None") -> None:
        """Looks at what stands in the composer now."""
        from retrotui.blameless import (
            typing_findings,  # loaded when somebody types, not when the screen opens
        )

        if self.held and text == self._held_text:
            return  # looked at already, and held: it stays so until the words change
        if self._cycle and text not in (self._cycle[0], *self._cycle[1]):
            self._cycle = None
        self.held = False
        self._section = section
        self._keys += 1
        if section is None or not text or len(text) > LONGEST_CHECKED or self._is_off(section):
            if self.findings:
                self.findings = ()
                self._composer.underline(())
            return
        found = typing_findings(self._workspace.checker, unmarked(text, section)[1], section)
        if not found and text.startswith(self._whole[0]):
            # what the whole sounded like stays until the line rests again
            found = self._whole[1]
        changed = [(f.rule, f.start, f.end) for f in found] != [
            (f.rule, f.start, f.end) for f in self.findings
        ]
        self.findings = found
        if changed:
            self._composer.underline(tuple(finding for finding in found if not gentle(finding)))
            self._turn += 1
        if found and not self._waiting:
            self._wait()
        elif not found and not self._resting:
            self._rest()

    def _wait(self) -> None:
        self._waiting = True
        turn, keys = self._turn, self._keys
        self._later(QUIET_S, lambda: self._waited(turn, keys))

    def _waited(self, turn: int, keys: int) -> None:
        """Asks the question of what has lasted, and offers other words once nobody types."""
        self._waiting = False
        if not self.findings or self.held:
            return
        if keys != self._keys:
            if turn == self._turn:
                self.coach(offering=False)
            self._wait()
        else:
            self._look_at_the_whole()

    def _rest(self) -> None:
        """Waits until nobody types: only then it is known what the whole of a line sounds like."""
        self._resting = True
        keys = self._keys
        self._later(QUIET_S, lambda: self._rested(keys))

    def _rested(self, keys: int) -> None:
        self._resting = False
        if self.findings or self.held:
            return
        if keys != self._keys:
            self._rest()
        else:
            self._look_at_the_whole()

    def _look_at_the_whole(self) -> None:
        text, before = self._composer.text, self.findings
        if not text or len(text) > LONGEST_CHECKED or (self._cycle and text in self._cycle[1]):
            return
        self.complete_check(text, self._section)
        book = self._workspace.checker.rulebook
        self._whole = text, tuple(found for found in self.findings if book.rule(found.rule).points)
        if before or self.findings:
            self._composer.underline(tuple(found for found in self.findings if not gentle(found)))
        if before and not self.findings:  # the last word put it right
            self._composer.coach_says("")
        self.coach()

    def _is_off(self, section: "Section") -> bool:
        return self._workspace.policy(section).value == "off"

    def finding_at_rest(self) -> "Finding | None":
        """The finding being coached."""
        return self.findings[0] if self.findings else None

    def coach(self, *, offering: bool = True) -> None:
        """Shows the question and the rewrite that ctrl+r would take.

        Args:
            offering: Whether the line is finished enough for a rewrite of it to be shown.
        """
        finding = self.finding_at_rest()
        if finding is None:
            return
        self._questioned = self._questioned or not gentle(finding)
        parts: list[Content] = []
        if self.held:
            parts.append(Content.styled("⏎ held", "bold $wording-flag"))
        parts.append(Content.styled(finding.question, "$wording-question"))
        width = max(20, self._composer.size.width - 4)
        line = Content(" · ").join(parts)
        rewrite = (finding.rewrite or "").strip() if offering else ""
        room = width - line.cell_length - len(" · “”")
        if rewrite and room < _LEAST_REWRITE and self.held:  # what can be taken says more than the question
            line = parts[0]
            room = width - line.cell_length - len(" · “”")
        if rewrite and room >= _LEAST_REWRITE:
            short = Content(rewrite).truncate(room, ellipsis=True).plain
            line = Content.assemble(line, " · ", (f"“{short}”", "$wording-rewrite"))
        self._composer.coach_says(line.truncate(width, ellipsis=True), held=self.held)
        keymap = self._workspace.settings.keymap
        keys = [f"{first_key('wording.rewrite', keymap)} takes the rewrite"] if rewrite else []
        if not offering:
            keys = [f"{first_key('wording.rewrite', keymap)} rephrases"]
        if not gentle(finding):
            keys.append(f"{first_key('wording.keep', keymap)} keeps my words")
        self._composer.say_keys(" · ".join(keys))

    def hold(self, findings: "tuple[Finding, ...]") -> None:
        """Enter was held: the line stays whole, with its question."""
        self.held = True
        self._held_text = self._composer.text
        if findings and not self.findings:
            self.findings = findings
        self._composer.underline(tuple(finding for finding in self.findings if not gentle(finding)))
        self.coach()

    def outcome(self, *, kept: bool) -> Wording | None:
        """What becomes of the line if it is taken as it stands; None when it was never flagged."""
        if kept:
            return Wording.KEPT
        if any(not gentle(finding) for finding in self.findings):
            return Wording.TAKEN
        return Wording.REPHRASED if self._questioned else None

    def complete_check(self, text: str, section: "Section | None") -> None:
        """Looks at the finished line, its last word included."""
        if section is not None and not self._is_off(section):
            self.findings = self._workspace.checker.check(unmarked(text, section)[1], section)

    def take_rewrite(self, text: str, section: "Section | None") -> str | None:
        """The next rewrite for what stands in the composer (round to the original words), or None."""
        if self._cycle is None or text not in (self._cycle[0], *self._cycle[1]):
            self.complete_check(text, section)
            finding = self.finding_at_rest()
            if finding is None or not finding.rewrites:
                return None
            self._questioned = True
            mark = unmarked(text, section)[0] if section is not None else ""
            self._cycle = (text, tuple(mark + rewrite.lstrip() for rewrite in finding.rewrites), -1)
        original, rewrites, turn = self._cycle
        turn = turn + 1
        if turn >= len(rewrites):
            self._cycle = (original, rewrites, -1)
            return original
        self._cycle = (original, rewrites, turn)
        return rewrites[turn]

    @property
    def rephrased_now(self) -> bool:
        """Whether a rewrite stands in the composer that can be taken back."""
        return self._cycle is not None and self._composer.text in self._cycle[1]

    def take_back(self, text: str) -> str | None:
        """The words that stood there before a rewrite was taken; None where none was."""
        if self._cycle is None or text not in self._cycle[1]:
            return None
        original, rewrites, _ = self._cycle
        self._cycle = (original, rewrites, -1)
        return original

    @property
    def cycle_words(self) -> str:
        """Which of how many rewrites stands there."""
        if self._cycle is None:
            return ""
        _, rewrites, turn = self._cycle
        if turn < 0:
            return "Your own words again."
        key = first_key("wording.rewrite", self._workspace.settings.keymap)
        more = (
            f" {key} for another ({turn + 1} of {len(rewrites)})."
            if len(rewrites) > 1
            else f" {key} for yours again."
        )
        return f"Change it as you like, ⏎ takes it.{more}"

    def kept(self, text: str, section: "Section", reason: str) -> tuple[KeptWording, ...]:
        """What to remember when the flagged phrases are kept: the words and the reason, and nobody's name."""
        words = unmarked(text, section)[1]
        return tuple(
            KeptWording(
                section=section.value,
                rule=finding.rule,
                phrase=self._workspace.checker.words_to_keep(words, finding.start, finding.end).strip(),
                reason=reason,
            )
            for finding in self.findings
        )
