"""A team's own pace: minutes per stage suggested from how long the same stages took before.

Pure. Leaves finding the earlier retros to `archive`, and whether to follow the suggestion to the facilitator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrotui.retro import Agenda, Stage
from retrotui.templates import Template

MOST_CHANGE = (0.5, 2.0)
"""A stage is never suggested less than half or more than twice its planned time."""

FEWEST = 2
"""Past stages that a suggestion needs: one meeting is no pace."""

MOST_RETROS = 6
"""Earlier retros that make up a pace."""

SHORTEST_S = 30
"""A stage left sooner than this was passed through, not held."""


def suggest(past: Iterable[Agenda], template: Template, preset: str = "") -> Mapping[str, int]:
    """Minutes per stage that fit this team, the same in all as the preset's.

    For each stage: the median over the earlier meetings of actual by planned seconds, kept within
    `MOST_CHANGE`, times the preset's minutes; a stage with too little history keeps its minutes. The result
    is then scaled to the length of the preset: a team that overruns everywhere needs a longer preset, not a
    longer meeting by stealth. The median, so that one odd meeting does not set the pace.

    Args:
        past: Agendas of earlier retros; stages are matched by id, whatever template they came from.
        template: The template of the next one.
        preset: One of its presets; its default one when empty.

    Returns:
        Stage id to whole minutes, at least one where the preset has any.
    """
    from statistics import median  # not for a screen's first picture

    chosen = preset or template.default_preset
    ratios: dict[str, list[float]] = {}
    for agenda in past:
        for stage in agenda.stages:
            if _was_held(stage):
                ratios.setdefault(stage.id, []).append(stage.elapsed_s / stage.planned_s)
    wanted: dict[str, float] = {}
    low, high = MOST_CHANGE
    for planned in template.stages:
        found = ratios.get(planned.id, [])
        ratio = min(high, max(low, median(found))) if len(found) >= FEWEST else 1.0
        wanted[planned.id] = planned.minutes[chosen] * ratio
    return _whole_minutes(wanted, template.total_minutes(chosen))


def own_pace(past: Iterable[tuple[str, Agenda]], template: Template, preset: str = "") -> "OwnPace | None":
    """What the earlier retros of a template suggest, when that differs from the preset.

    Args:
        past: The template's id and the agenda of earlier retros, newest first.
        template: The template of the next one.
        preset: One of its presets; its default one when empty.
    """
    chosen = preset or template.default_preset
    mine = [agenda for template_id, agenda in past if template_id == template.id]
    held = [agenda for agenda in mine if any(_was_held(stage) for stage in agenda.stages)][:MOST_RETROS]
    if len(held) < FEWEST or chosen not in template.presets:
        return None
    minutes = suggest(held, template, chosen)
    changed = tuple(
        (stage.title, minutes[stage.id], stage.minutes[chosen])
        for stage in template.stages
        if minutes[stage.id] != stage.minutes[chosen]
    )
    return OwnPace(minutes, changed, len(held)) if changed else None


@dataclass(frozen=True, slots=True)
class OwnPace:
    """Minutes that fit a team, and how they differ from the preset's."""

    minutes: Mapping[str, int]
    """Stage id to minutes."""
    changed: tuple[tuple[str, int, int], ...]
    """Title, own minutes and the preset's, of each stage where they differ."""
    retros: int
    """How many earlier retros it rests on."""

    def __str__(self) -> str:
        """`At the pace of your last 3 retros: Timeline 24 instead of 20 min, Close 2 instead of 3.`"""
        first, *rest = self.changed
        parts = [f"{first[0]} {first[1]} instead of {first[2]} min"]
        parts += [f"{title} {own} instead of {planned}" for title, own, planned in rest]
        return f"At the pace of your last {self.retros} retros: {', '.join(parts)}."


def _was_held(stage: Stage) -> bool:
    return not stage.skipped and stage.planned_s > 0 and stage.elapsed_s >= SHORTEST_S


def _whole_minutes(wanted: Mapping[str, float], total: int) -> dict[str, int]:
    """The wishes scaled to whole minutes that add up to the total, none of them scaled down to nothing."""
    takers = {stage_id: wish for stage_id, wish in wanted.items() if wish > 0}
    minutes = dict.fromkeys(wanted, 0) | dict.fromkeys(takers, 1)
    spare = total - len(takers)
    whole = sum(takers.values())
    scaled = {stage_id: wish * total / whole - 1 for stage_id, wish in takers.items()} if whole else {}
    while spare > 0 and scaled:
        neediest = max(scaled, key=lambda stage_id: scaled[stage_id])
        scaled[neediest] -= 1
        minutes[neediest] += 1
        spare -= 1
    return minutes
