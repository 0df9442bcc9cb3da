"""Which formats a whole retro can be written up in: the shipped ones, and those that installed packages add.

A package adds one with an entry point in the group `retrotui.reports` whose value is a `ReportFormat`.
Formats for action items alone are in `actions_out`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from retrotui.exchange.plugins import Registry, UnknownFormat

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
    write: Callable[..., str | bytes]
    """From the retro a text that ends in a line break, or a file's bytes. Nothing secret may be in it."""
    templated: bool = False
    """Whether `write` also takes the name or the file of a template."""


_REGISTRY = Registry(
    GROUP,
    ReportFormat,
    {
        "markdown": "retrotui.exchange.report:MARKDOWN",
        "html": "retrotui.exchange.report_html:FORMAT",
        "pdf": "retrotui.exchange.report_pdf:FORMAT",
        "json": "retrotui.exchange.report_data:JSON",
        "toml": "retrotui.exchange.report_data:TOML",
        "org": "retrotui.exchange.report_text:ORG",
        "slack": "retrotui.exchange.report_text:SLACK",
    },
)

report_names = _REGISTRY.names
"""Every name that `report_format` takes: shipped ones first, then added ones."""

report_format = _REGISTRY.get
"""The format of a name. Raises `UnknownFormat` when there is none."""

__all__ = ["GROUP", "ReportFormat", "UnknownFormat", "report_format", "report_names"]
