"""Which formats a whole retro can be written up in: the shipped ones, and those that installed packages add.

A package adds one with an entry point in the group `retrotui.reports` whose value is a `ReportFormat`.
Nothing is imported before it is asked for by name. Formats for action items alone are in `actions_out`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

GROUP = "retrotui.reports"


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One way of writing up a retro."""

    name: str
    """What people type after `--as`: `markdown`."""
    title: str
    """What it is for, in a few words."""
    suffix: str
    """How a file of it ends: `.md`."""
    write: "Callable[..., str | bytes]"
    """From the retro a text that ends in a line break, or a file's bytes. Nothing secret may be in it."""
    templated: bool = False
    """Whether `write` also takes the name or the file of a template."""


class UnknownFormat(LookupError):
    """No format of this name can be had; the message is a sentence for the person at the keyboard."""


_SHIPPED: Mapping[str, str] = MappingProxyType(
    {
        "markdown": "retrotui.exchange.report:MARKDOWN",
        "html": "retrotui.exchange.report_html:FORMAT",
        "pdf": "retrotui.exchange.report_pdf:FORMAT",
        "json": "retrotui.exchange.report_data:JSON",
        "toml": "retrotui.exchange.report_data:TOML",
        "org": "retrotui.exchange.report_text:ORG",
        "slack": "retrotui.exchange.report_text:SLACK",
    }
)


def report_names() -> tuple[str, ...]:
    """Every name that `report_format` takes: shipped ones first, then added ones."""
    from importlib.metadata import entry_points  # costs more to import than most commands take

    added = sorted(point.name for point in entry_points(group=GROUP) if point.name not in _SHIPPED)
    return (*_SHIPPED, *added)


def report_format(name: str) -> ReportFormat:
    """The format of this name; a package cannot take the place of a shipped one.

    Raises:
        UnknownFormat: There is none, or the package that offers it cannot be used.
    """
    place = _SHIPPED.get(name)
    if place is not None:
        module, attribute = place.split(":")
        found: ReportFormat = getattr(import_module(module), attribute)
        return found
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP, name=name):
        try:
            loaded = point.load()
        except Exception as error:  # a foreign package may raise anything while it is imported
            raise UnknownFormat(f"the format {name!r} ({point.value}) cannot be loaded: {error}") from error
        if not isinstance(loaded, ReportFormat):
            raise UnknownFormat(f"the format {name!r} ({point.value}) is not a ReportFormat")
        return loaded
    raise UnknownFormat(f"there is no format {name!r}; there are {', '.join(report_names())}")
