"""Formats by name: the shipped ones, and those that installed packages add with an entry point.

Nothing is imported before it is asked for by name. Leaves what a format is to `formats` and `actions_out`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

Format = TypeVar("Format")


class UnknownFormat(LookupError):
    """No format of this name can be had; the message is a sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Registry(Generic[Format]):
    """Formats of one sort."""

    group: str
    """The entry points by which packages add more."""
    sort: type[Format]
    """What an entry point's value must be."""
    shipped: Mapping[str, str]
    """Name to `module:attribute`."""

    def names(self) -> tuple[str, ...]:
        """Every name that `get` takes: shipped ones first, then added ones."""
        added = {point.name for point in _entry_points(self.group)} - self.shipped.keys()
        return (*self.shipped, *sorted(added))

    def get(self, name: str) -> Format:
        """The format of this name; a package cannot take the place of a shipped one.

        Raises:
            UnknownFormat: There is none, or the package that offers it cannot be used.
        """
        place = self.shipped.get(name)
        if place is not None:
            module, attribute = place.split(":")
            found: Format = getattr(import_module(module), attribute)
            return found
        for point in _entry_points(self.group):
            if point.name != name:
                continue
            try:
                loaded = point.load()
            except Exception as error:  # a foreign package may raise anything while it is imported
                raise UnknownFormat(
                    f"the format {name!r} ({point.value}) cannot be loaded: {error}"
                ) from error
            if not isinstance(loaded, self.sort):
                raise UnknownFormat(
                    f"the format {name!r} ({point.value}) is not of type {self.sort.__name__}"
                )
            return loaded
        raise UnknownFormat(f"there is no format {name!r}; there are {', '.join(self.names())}")


def _entry_points(group: str) -> "EntryPoints":
    from importlib.metadata import entry_points  # costs more to import than most commands take

    return entry_points(group=group)
