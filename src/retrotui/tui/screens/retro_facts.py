"""The form with the facts of a retro that is open. Leaves starting one to `new_retro`."""

from collections.abc import Callable

from retrotui.retro import ChangeRefused, Mode, Retro, Status
from retrotui.retro.changes import Change, edit_info
from retrotui.tui.screens.form import Field, FormScreen


def names_in(text: str) -> tuple[str, ...]:
    """Names between commas."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := " ".join(part.split()))))


_ALONE = ("title", "timezone", "severity", "summary", "impact")
"""The facts that one person alone is asked for."""


def facts_form(retro: Retro, do: Callable[[Change], bool]) -> FormScreen:
    """The facts of a retro that is open, to be changed as one step."""
    info = retro.info
    fields: tuple[Field, ...] = (
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

    alone = info.mode is Mode.SOLO
    if alone:
        fields = tuple(field for field in fields if field.name in _ALONE)

    def take(values: dict[str, str]) -> str:
        if not values["title"]:
            return "Title: a retro needs a few words to be found again."
        if values.get("status", info.status.value) not in {status.value for status in Status}:
            return "Status is draft, in_review, reviewed or closed."
        fresh: dict[str, object] = dict(values)
        fresh |= {name: names_in(values[name]) for name in ("people", "tags") if name in values}
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

    return FormScreen("What this is about" if alone else "The facts of this retro", fields, take)
