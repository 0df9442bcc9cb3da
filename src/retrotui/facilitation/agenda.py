"""Agendas: made from a template and a preset, and a new retro around one.

Leaves running an agenda to `session` and a team's own pace to `pace`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from retrotui.retro import Agenda, Info, Mode, Opening, Retro, Stage, StageKind, new_id_for
from retrotui.templates import Template, TemplateStage

if TYPE_CHECKING:
    from retrotui.blameless import Section


def plan(template: Template, preset: str = "", minutes: Mapping[str, int] | None = None) -> Agenda:
    """The agenda of a template under a preset (its default one when none is named).

    Args:
        template: The template.
        preset: One of its presets.
        minutes: Minutes by stage id that differ from the preset's, such as `pace.suggest` gives.

    Raises:
        ValueError: when the template has no such preset, with a sentence that names those it has.
    """
    chosen = preset or template.default_preset
    if chosen not in template.presets:
        raise ValueError(f"{template.title} has no preset {chosen!r}; it has {', '.join(template.presets)}")
    stages = tuple(
        Stage(
            id=stage.id,
            kind=StageKind(stage.kind),
            title=stage.title,
            planned_s=(minutes or {}).get(stage.id, stage.minutes[chosen]) * 60,
        )
        for stage in template.stages
    )
    return Agenda(preset=chosen, stage=stages)


def new_retro(
    title: str,
    template: Template,
    *,
    held: datetime,
    preset: str = "",
    minutes: Mapping[str, int] | None = None,
    people: Iterable[str] = (),
    timezone: str = "UTC",
    mode: Mode | None = None,
    facilitator: str = "",
    incident_start: datetime | None = None,
    ground_rule: str = "",
    taken_ids: Collection[str] = (),
) -> Retro:
    """A retro that has not started.

    Args:
        title: What it is about; the day in words when empty.
        template: What the agenda is made from.
        held: The start of the meeting, with its offset; the day in the display zone is part of the id.
        preset: One of the template's presets; its default one when empty.
        minutes: Minutes by stage id that differ from the preset's.
        people: Names for the roster; blank ones and repetitions are dropped.
        timezone: The display zone's name.
        mode: Team or solo; the template's own when None.
        facilitator: A name, or empty.
        incident_start: When the incident began, as far as known.
        ground_rule: The team's own words for the opening, if it has some.
        taken_ids: Ids of retros that exist; the new one gets another.

    Raises:
        ValueError: for a preset or a time zone that is not known, as a sentence.
    """
    how = mode or Mode(template.mode)
    agenda = plan(template, preset, minutes)
    info = Info(
        id="new",
        title="new",
        template=template.id,
        mode=how,
        held=held,
        timezone=timezone,
        incident_start=incident_start,
        facilitator=facilitator.strip(),
        people=tuple(dict.fromkeys(name for person in people if (name := " ".join(person.split())))),
    )
    day = held.astimezone(info.zone)
    words = " ".join(title.split()) or (
        f"{'Reflection' if how is Mode.SOLO else 'Retro'} of {day.day} {day:%B %Y}"
    )
    wanted = new_id_for(words, day)
    retro_id, number = wanted, 1
    while retro_id in taken_ids:
        number += 1
        retro_id = f"{wanted}-{number}"
    return Retro(
        retro=info.model_copy(update={"id": retro_id, "title": words}),
        agenda=agenda,
        opening=Opening(ground_rule=ground_rule),
    )


def section_of(kind: StageKind | str, stage: TemplateStage | None = None) -> "Section":
    """The wording section of a stage: what its template says, else what its kind usually is."""
    from retrotui.blameless import Section  # kept off the way of commands that check no wording

    if stage is not None and stage.section:
        return Section(stage.section)
    from retrotui.templates.model import SECTION_OF_KIND

    return Section(SECTION_OF_KIND[str(kind)])
