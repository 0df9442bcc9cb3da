"""The way from older file formats to this one: a table of steps, each from one format to the next.

A step takes the document as TOML tables and gives the next format's; it knows no models, because those
change.
"""

from collections.abc import Callable, Mapping
from typing import Any

from retrotui.retro import FORMAT

Document = dict[str, Any]
"""A file as tables, lists and plain values."""

Step = Callable[[Document], Document]

STEPS: Mapping[int, Step] = {}
"""The step that leads away from each older format. Format 1 is the first there has been."""


class NoWay(Exception):
    """There is no step from a format that a file names; the message is a sentence."""


def migrate(document: Document, *, steps: Mapping[int, Step] = STEPS, to: int = FORMAT) -> Document:
    """The document in the current format; itself when it is that already, or newer.

    A document that names no format is taken for the current one.

    Raises:
        NoWay: when the format is not a number, or one that never was.
    """
    found = document.get("format", to)
    if isinstance(found, bool) or not isinstance(found, int):
        raise NoWay(f"the format has to be a whole number, such as {to}")
    while found < to:
        step = steps.get(found)
        if step is None:
            raise NoWay(f"there has never been a format {found}; this retrotui writes format {to}")
        document = {**step(document), "format": found + 1}
        found += 1
    return document
