"""Which lines were rephrased, kept or taken with a question; never by whom, never as first typed.

Lives as long as the meeting is open. What was kept is in the file; here it is only counted beside the rest.
"""

from collections import Counter
from dataclasses import dataclass

from textual.content import Content

from retrotui.retro import KeptWording, Retro
from retrotui.tui.widgets.visible import brief, visible


@dataclass(frozen=True, slots=True)
class Rephrased:
    """A line that was flagged while it was typed, as it ended."""

    stage: str
    text: str


class WordingRecord:
    """What became of flagged lines since the meeting was opened."""

    def __init__(self) -> None:
        self.rephrased: list[Rephrased] = []
        self.kept: Counter[str] = Counter()
        """How many lines were kept with a reason, per stage."""
        self.taken: Counter[str] = Counter()
        """How many lines were taken as they were, with a question asked, per stage."""

    def of_stage(self, stage: str) -> str:
        """One sentence for the end of a stage; empty when nothing was flagged in it."""
        rephrased = sum(line.stage == stage for line in self.rephrased)
        counts = ((rephrased, "rephrased"), (self.kept[stage], "kept"), (self.taken[stage], "taken as said"))
        parts = [f"{count} {word}" for count, word in counts if count]
        return f"Wording in this stage: {', '.join(parts)}." if parts else ""

    def overview(self, retro: Retro) -> Content:
        """Everything there is to say, by stage."""
        titles = {stage.id: visible(stage.title or stage.id) for stage in retro.agenda.stages}
        parts: list[Content] = []
        if self.rephrased:
            parts.append(_heading(f"Rephrased since the meeting was opened · {len(self.rephrased)}"))
            parts += [
                Content.assemble(
                    (f"{titles.get(line.stage, line.stage)} · ", "$text-muted"), _short(line.text)
                )
                for line in self.rephrased
            ]
        taken = sum(self.taken.values())
        if taken:
            where = ", ".join(f"{titles.get(stage, stage)} {count}" for stage, count in self.taken.items())
            parts += [_heading(f"Taken as said, with a question asked · {taken}"), Content(where)]
        if retro.kept_wording:
            parts.append(_heading(f"Kept in this retro, with a reason · {len(retro.kept_wording)}"))
            parts += [_kept(kept) for kept in retro.kept_wording]
        if not parts:
            return Content("Nothing was flagged: there is nothing to look back on.")
        parts.append(Content.styled("\nNobody's name is written down with any of this.", "$text-muted"))
        return Content("\n").join(parts)


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $text-heading")


def _kept(kept: KeptWording) -> Content:
    return Content.assemble(
        (f"{visible(kept.section) or 'anywhere'} · ", "$text-muted"),
        f"“{_short(kept.phrase)}”",
        (f" · {visible(kept.reason) or 'no reason given'}", "$text-muted"),
    )


def _short(text: str) -> str:
    return brief(text, 200)
