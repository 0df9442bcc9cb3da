"""Which lines were rephrased, kept or taken with a question; never by whom, never as first typed.

Reads what the retro itself knows of it, so that it is whole after the meeting was closed, or crashed, and
opened again.
"""

from textual.content import Content

from retrotui.retro import Card, KeptWording, Retro, Stage
from retrotui.tui.widgets.visible import brief, visible


def wording_of(stage: Stage) -> str:
    """One sentence for the end of a stage; empty when nothing was flagged in it."""
    counts = ((len(stage.rephrased), "rephrased"), (stage.kept, "kept"), (stage.taken, "taken as said"))
    parts = [f"{count} {word}" for count, word in counts if count]
    return f"Wording in this stage: {', '.join(parts)}." if parts else ""


def overview(retro: Retro) -> Content:
    """Everything there is to say, by stage."""
    stages = retro.agenda.stages
    parts: list[Content] = []
    rephrased = sum(len(stage.rephrased) for stage in stages)
    if rephrased:
        parts.append(_heading(f"Rephrased before they were taken · {rephrased}"))
        parts += [
            Content.assemble((f"{_title(stage)} · ", "$text-muted"), _line(retro, entry_id))
            for stage in stages
            for entry_id in stage.rephrased
        ]
    taken = sum(stage.taken for stage in stages)
    if taken:
        where = ", ".join(f"{_title(stage)} {stage.taken}" for stage in stages if stage.taken)
        parts += [_heading(f"Taken as said, with a question asked · {taken}"), Content(where)]
    if retro.kept_wording:
        parts.append(_heading(f"Kept in this retro, with a reason · {len(retro.kept_wording)}"))
        parts += [_kept(kept) for kept in retro.kept_wording]
    if not parts:
        return Content("Nothing was flagged: there is nothing to look back on.")
    parts.append(Content.styled("\nNobody's name is written down with any of this.", "$text-muted"))
    return Content("\n").join(parts)


def _title(stage: Stage) -> str:
    return visible(stage.title or stage.id)


def _line(retro: Retro, entry_id: str) -> Content:
    """What a rephrased line reads now, unless it is covered or gone."""
    entry = retro.find(entry_id)
    if entry is None:
        return Content.styled("a line that is not there any more", "$text-muted")
    if isinstance(entry, Card) and entry.private:
        return Content.styled("a private card", "$text-muted")
    return Content(_short(str(getattr(entry, "text", ""))))


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
