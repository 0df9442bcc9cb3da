"""The form with the facts of a retro that is open. Leaves starting one to `new_retro`."""

from collections.abc import Callable, Mapping

from retrotui.notation.people_line import read_people
from retrotui.retro import ChangeRefused, Mode, Retro, Status
from retrotui.retro.changes import Change, edit_info
from retrotui.tui.screens.form import Field, FormScreen


def tags_in(text: str) -> tuple[str, ...]:
    """Tags between commas."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := " ".join(part.split()))))


_ALONE = ("title", "timezone", "severity", "summary", "impact")
"""The facts that one person alone is asked for."""


def facts_form(
    retro: Retro, do: Callable[[Change], bool], asks: Callable[[str], str] | None = None
) -> FormScreen:
    """The facts of a retro that is open, to be changed as one step.

    Args:
        retro: The retro.
        do: Does the change.
        asks: The question about a text in which somebody is blamed, empty for none.
    """
    info = retro.info
    fields: tuple[Field, ...] = (
        Field("title", "Title", info.title, asks=asks),
        Field("people", "People", ", ".join(info.people), "names, with commas between", listed=True),
        Field("facilitator", "Facilitator", info.facilitator),
        Field("timezone", "Time zone", info.timezone, "Europe/Dublin"),
        Field("severity", "Severity", info.severity, "as your team counts"),
        Field("tags", "Tags", ", ".join(info.tags), "checkout, deploy", listed=True),
        Field("summary", "Summary", info.summary, "two sentences for somebody who was not there", asks=asks),
        Field("impact", "Impact", info.impact, "what people outside noticed, with a number", asks=asks),
        Field("status", "Status", info.status.value, "draft, in_review, reviewed or closed"),
    )

    alone = info.mode is Mode.SOLO
    if alone:
        fields = tuple(field for field in fields if field.name in _ALONE)

    def take(values: dict[str, str]) -> str:
        if not values["title"]:
            return "Title: a retro needs a few words to be found again."
        if values.get("status", info.status.value) not in {status.value for status in Status}:
            return "Status is draft, in_review, reviewed or closed."
        fresh: dict[str, object] = dict(values)
        if "people" in values:
            fresh["people"], starred = read_people(values["people"])
            fresh["facilitator"] = starred or values["facilitator"].removeprefix("@")
        if "tags" in values:
            fresh["tags"] = tags_in(values["tags"])
        changed = {key: value for key, value in fresh.items() if value != getattr(info, key)}
        if not changed:
            return ""
        change = edit_info(**changed)
        try:
            change.apply(retro)
        except ChangeRefused as refused:
            return _in_words(str(refused), values)
        do(change)
        return ""

    return FormScreen("What this is about" if alone else "The facts of this retro", fields, take)


def _in_words(refused: str, values: Mapping[str, str]) -> str:
    """Why the facts were refused, beginning with the label of the line it is about."""
    if not refused.startswith("timezone: "):
        return refused
    from retrotui.notation.zones import meant  # looks through every zone there is

    return f"Time zone: {refused.removeprefix('timezone: ').removesuffix('.')}{meant(values['timezone'])}"
