"""The forms that start a retro: one for a team, and one for a person alone, who is asked for a title only.

Leaves reading the folder for a team's own pace to whoever shows the form; it is offered when it is known.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from textual.css.query import NoMatches

from retrotui.archive import CannotWrite, create_file, path_for
from retrotui.archive.folder import taken_ids
from retrotui.facilitation import OwnPace, new_retro, own_pace
from retrotui.notation.people_line import read_people
from retrotui.retro import Agenda, Mode, Retro
from retrotui.retro.changes import edit_info
from retrotui.templates import Template, TemplateSet
from retrotui.tui.screens.form import Field, FormScreen

YES, NO = "yes", "no"


class NewRetroForm(FormScreen):
    """A form for a new retro. Only the title is required; the file is made when it is taken."""

    def __init__(
        self,
        folder: Path,
        templates: TemplateSet,
        zone: str,
        opened: Callable[[Path], None],
        now: datetime,
        *,
        template: str = "incident",
        facilitator: str = "",
        asks: Callable[[str], str] | None = None,
    ) -> None:
        """
        Args:
            folder: Where the file will be.
            templates: What there is to choose from.
            zone: The display zone to start from.
            opened: Called with the file that was made.
            now: The start of the meeting.
            template: The template to start from.
            facilitator: A name to start from, or empty.
            asks: The question about a title in which somebody is blamed, empty for none.
        """
        self._folder = folder
        self._templates = {key: item for key, item in templates.templates.items() if item.mode == "team"}
        self._opened = opened
        self._now = now
        self._past: tuple[tuple[str, Agenda], ...] = ()
        self._pace: OwnPace | None = None
        chosen = self._templates[template]
        fields = (
            Field("title", "Title", "", "what it is about: Checkout answered 5xx for 40 minutes", asks=asks),
            Field("template", "Template", template, _about(chosen), tuple(self._templates)),
            Field("preset", "How long", chosen.default_preset, _how_long(chosen), tuple(chosen.presets)),
            Field("pace", "Own pace", NO, "", (NO, YES)),
            Field("people", "People", "", "names, with commas between; can wait", listed=True),
            Field("facilitator", "Facilitator", facilitator, "can wait"),
            Field("timezone", "Time zone", zone, "for the times on the screen"),
            Field("start", "Incident began", "", "2026-11-20 14:03; can wait"),
        )
        super().__init__("A new retro", fields, self._make, does="starts it", turned=self._turn)

    def on_mount(self) -> None:
        """The pace is shown once it is known."""
        super().on_mount()
        self._follow()

    def offer_pace(self, past: Sequence[tuple[str, Agenda]]) -> None:
        """Takes in the agendas of earlier retros, with their template's id, newest first."""
        self._past = tuple(past)
        if self.is_mounted:
            self._follow()

    @property
    def _template(self) -> Template:
        return self._templates[self.choice("template").value]

    def _turn(self, form: FormScreen, name: str, value: str) -> None:
        if name == "template":
            found = self._template
            self.choice("template").offer(tuple(self._templates), value, _about(found))
            self.choice("preset").offer(tuple(found.presets), found.default_preset, _how_long(found))
        elif name == "preset":
            found = self._template
            self.choice("preset").offer(tuple(found.presets), value, _how_long(found, value))
        if name != "pace":
            self._follow()

    def _follow(self) -> None:
        """What depends on the template: whether there was an incident, and a pace of the team's own."""
        try:
            template, preset = self._template, self.choice("preset").value
        except NoMatches:
            return
        self._pace = own_pace(self._past, template, preset)
        self.choice("pace").offer((NO, YES), NO, str(self._pace or ""))
        self.show_line("pace", self._pace is not None)
        self.show_line("start", any(stage.kind == "timeline" for stage in template.stages))

    def _make(self, values: dict[str, str]) -> str:
        if not values["title"]:
            return "Title: say in a few words what it is about."
        minutes = self._pace.minutes if self._pace is not None and values["pace"] == YES else None
        return make_retro(
            self._folder,
            self._templates[values["template"]],
            values,
            self._now,
            self._opened,
            minutes=minutes,
        )


def solo_form(
    folder: Path,
    templates: TemplateSet,
    zone: str,
    opened: Callable[[Path], None],
    now: datetime,
    asks: Callable[[str], str] | None = None,
) -> FormScreen:
    """A form for one person alone: a few words, and nothing else to think about."""

    def take(values: dict[str, str]) -> str:
        return make_retro(folder, templates.templates["solo"], {**values, "timezone": zone}, now, opened)

    fields = (Field("title", "What happened", "", "a few words; they can be changed later", asks=asks),)
    return FormScreen("Reflect alone · it stays on this machine", fields, take, does="begins")


def make_retro(
    folder: Path,
    template: Template,
    values: Mapping[str, str],
    now: datetime,
    opened: Callable[[Path], None],
    *,
    minutes: Mapping[str, int] | None = None,
) -> str:
    """Makes the file of a new retro and opens it; answers with a sentence when that is not possible."""
    people, starred = read_people(values.get("people", ""))
    try:
        retro = new_retro(
            values["title"],
            template,
            held=now,
            preset=values.get("preset", ""),
            minutes=minutes,
            people=people,
            timezone=values.get("timezone") or "UTC",
            mode=Mode(template.mode),
            facilitator=starred or values.get("facilitator", "").removeprefix("@"),
            taken_ids=taken_ids(folder),
        )
        start = values.get("start", "")
        if start and any(stage.kind == "timeline" for stage in template.stages):
            began = _instant(start, retro)
            if began is None:
                return "Incident began: write a time such as 14:03 or 2026-11-20 14:03, or leave it out."
            retro = edit_info(incident_start=began).apply(retro)
        path = path_for(folder, retro)
        create_file(path, retro).close()
    except ValueError as error:
        errors = getattr(error, "errors", None)
        reason = errors()[0]["msg"].removeprefix("Value error, ") if errors else str(error)
        if "zone" not in reason:
            return f"{reason}."
        from retrotui.notation.zones import meant  # looks through every zone there is

        return f"Time zone: {reason}{meant(values.get('timezone', ''))}"
    except FileExistsError:
        return "Title: there is a retro of this day with this title already."
    except (CannotWrite, OSError) as error:
        return f"{error}"
    opened(path)
    return ""


def _about(template: Template) -> str:
    return template.description


def _how_long(template: Template, preset: str = "") -> str:
    return template.presets[preset or template.default_preset]


def _instant(text: str, retro: Retro) -> datetime | None:
    """When it began; a clock time without a day is the last one before the meeting."""
    from retrotui.notation import read_event_time

    held = retro.info.held
    assert held is not None
    zone = retro.info.zone
    day = held.astimezone(zone).date()
    read = read_event_time(text, day=day, zone=zone)
    if read.at is not None and read.day is None and read.at > held:
        read = read_event_time(text, day=day - timedelta(days=1), zone=zone)
    return read.at
