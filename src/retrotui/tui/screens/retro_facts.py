"""The two forms about a retro: starting a new one, and its facts while it runs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from retrotui.archive import CannotWrite, create_file, path_for
from retrotui.facilitation import new_retro
from retrotui.retro import ChangeRefused, Retro, Status
from retrotui.retro.changes import Change, edit_info
from retrotui.templates import TemplateSet
from retrotui.tui.screens.form import Field, FormScreen


def names_in(text: str) -> tuple[str, ...]:
    """Names between commas."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := " ".join(part.split()))))


def facts_form(retro: Retro, do: Callable[[Change], bool]) -> FormScreen:
    """The facts of a retro that is open, to be changed as one step."""
    info = retro.info
    fields = (
        Field("title", "Title", info.title),
        Field("people", "People", ", ".join(info.people), "names, with commas between"),
        Field("facilitator", "Facilitator", info.facilitator),
        Field("timezone", "Time zone", info.timezone, "Europe/Dublin"),
        Field("severity", "Severity", info.severity, "as your team counts"),
        Field("tags", "Tags", ", ".join(info.tags), "checkout, deploy"),
        Field("summary", "Summary", info.summary, "two sentences for somebody who was not there"),
        Field("impact", "Impact", info.impact, "what people outside noticed, with a number"),
        Field("status", "Status", info.status.value, "draft, in_review, reviewed or closed"),
    )

    def take(values: dict[str, str]) -> str:
        if not values["title"]:
            return "Title: a retro needs a few words to be found again."
        if values["status"] not in {status.value for status in Status}:
            return "Status is draft, in_review, reviewed or closed."
        fresh: dict[str, object] = {**values, "people": names_in(values["people"]), "tags": names_in(values["tags"])}
        changed = {key: value for key, value in fresh.items() if value != getattr(info, key)}
        if not changed:
            return ""
        change = edit_info(**changed)
        try:
            change.apply(retro)
        except ChangeRefused as refused:
            return str(refused).replace("timezone", "Time zone")
        do(change)
        return ""

    return FormScreen("The facts of this retro", fields, take)


def new_form(
    folder: Path,
    templates: TemplateSet,
    zone: str,
    opened: Callable[[Path], None],
    now: datetime,
    *,
    template: str = "incident",
    facilitator: str = "",
) -> FormScreen:
    """A form for a new retro. Only the title is required; the file is made when it is taken."""
    chosen = templates.templates[template]
    presets = ", ".join(chosen.presets)
    fields = (
        Field("title", "Title", "", "what it is about: Checkout answered 5xx for 40 minutes"),
        Field("template", "Template", template, ", ".join(templates.templates)),
        Field("preset", "How long", chosen.default_preset, presets),
        Field("people", "People", "", "names, with commas between; can wait"),
        Field("facilitator", "Facilitator", facilitator, "can wait"),
        Field("timezone", "Time zone", zone, "for the times on the screen"),
        Field("start", "Incident began", "", "2026-11-20 14:03; can wait"),
    )

    def take(values: dict[str, str]) -> str:
        if not values["title"]:
            return "Title: say in a few words what it is about."
        found = templates.templates.get(values["template"] or template)
        if found is None:
            return f"Template is one of: {', '.join(templates.templates)}."
        preset = values["preset"]
        if preset not in found.presets:
            if preset and preset != chosen.default_preset:
                return f"How long is one of: {', '.join(found.presets)}."
            preset = found.default_preset
        try:
            retro = new_retro(
                values["title"],
                found,
                held=now,
                preset=preset,
                people=names_in(values["people"]),
                timezone=values["timezone"] or "UTC",
                facilitator=values["facilitator"],
                taken_ids={path.stem for path in folder.glob("*.toml")},
            )
            if values["start"]:
                start = _instant(values["start"], retro)
                if start is None:
                    return "Incident began: write it like 2026-11-20 14:03, or leave it out."
                retro = edit_info(incident_start=start).apply(retro)
            path = path_for(folder, retro)
            create_file(path, retro).close()
        except ValueError as error:
            errors = getattr(error, "errors", None)
            reason = errors()[0]["msg"].removeprefix("Value error, ") if errors else str(error)
            return f"Time zone: {reason}." if "zone" in reason else f"{reason}."
        except FileExistsError:
            return "Title: there is a retro of this day with this title already."
        except (CannotWrite, OSError) as error:
            return f"{error}"
        opened(path)
        return ""

    return FormScreen("A new retro", fields, take, does="starts it")


def _instant(text: str, retro: Retro) -> datetime | None:
    from retrotui.notation import read_event_line

    held = retro.info.held
    assert held is not None
    zone = retro.info.zone
    return read_event_line(text, day=held.astimezone(zone).date(), zone=zone).at
