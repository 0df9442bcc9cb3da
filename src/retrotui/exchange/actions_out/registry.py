"""Which formats for action items there are: the shipped ones, and those that installed packages add.

A package adds one with an entry point in the group `retrotui.action_formats` whose value is an
`ActionFormat`. Nothing is imported before it is asked for by name.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from retrotui.exchange.actions_out.base import ActionFormat
from retrotui.exchange.formats import UnknownFormat

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

GROUP = "retrotui.action_formats"

_SHIPPED: Mapping[str, str] = MappingProxyType(
    {
        "markdown": "markdown:FORMAT",
        "text": "chat:TEXT",
        "csv": "tables:CSV",
        "json": "json_list:FORMAT",
        "json-schema": "json_list:SCHEMA",
        "ics": "ical:TODOS",
        "ics-events": "ical:EVENTS",
        "todo.txt": "todotxt:FORMAT",
        "taskwarrior": "taskwarrior:FORMAT",
        "org": "org:FORMAT",
        "jira-csv": "tables:JIRA",
        "linear-csv": "tables:LINEAR",
        "github-sh": "scripts:GITHUB",
        "gitlab-sh": "scripts:GITLAB",
        "slack": "chat:SLACK",
        "teams": "chat:TEAMS",
    }
)


def _added(name: str | None = None) -> "EntryPoints":
    from importlib.metadata import entry_points  # costs more to import than most formats

    return entry_points(group=GROUP) if name is None else entry_points(group=GROUP, name=name)


def names() -> tuple[str, ...]:
    """Every name that `action_format` takes: shipped ones first, then added ones."""
    added = sorted(point.name for point in _added() if point.name not in _SHIPPED)
    return (*_SHIPPED, *added)


def action_format(name: str) -> ActionFormat:
    """The format of this name.

    Raises:
        UnknownFormat: when there is none, or a package's own could not be loaded.
    """
    place = _SHIPPED.get(name)
    if place is not None:
        module, attribute = place.split(":")
        found: ActionFormat = getattr(import_module(f"{__package__}.{module}"), attribute)
        return found
    for point in _added(name):
        try:
            loaded = point.load()
        except Exception as error:  # a foreign package may raise anything while it is imported
            raise UnknownFormat(
                f"the format {name!r} ({point.value}) could not be loaded: {error}"
            ) from error
        if not isinstance(loaded, ActionFormat):
            raise UnknownFormat(f"the format {name!r} ({point.value}) is not an ActionFormat")
        return loaded
    raise UnknownFormat(f"there is no format {name!r}; there are {', '.join(names())}")
