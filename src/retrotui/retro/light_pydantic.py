"""Loads pydantic without two things that it does at its start and that retrotui never uses.

Import this before any model is made; where pydantic is loaded already it changes nothing.

- **Plugins.** pydantic would look for them in every package that is installed; the look, with all it
  imports, is a tenth of the time to the first picture. `PYDANTIC_DISABLE_PLUGINS`, pydantic's own switch,
  spares the look but not the imports.
- **Typed dictionaries.** The eighty shapes of its core schema are there for type checkers only. Made as plain
  classes they take a third of the time.
"""

import importlib
import sys
import typing
from types import ModuleType
from typing import Any

_LOADER = "pydantic.plugin._loader"
_SCHEMAS = "pydantic_core.core_schema"


class _NoPlugins(ModuleType):
    """Stands where pydantic's loader would: there are no plugins. All else is asked of the loader itself."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        """None."""
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        sys.modules.pop(_LOADER, None)
        return getattr(importlib.import_module(_LOADER), name)


class _Shape(type):
    """Makes the shape of a dictionary without looking at what it says of its keys."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: bool
    ) -> "_Shape":
        return super().__new__(cls, name, bases or (dict,), namespace)

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: bool) -> None:
        super().__init__(name, bases, namespace)


def _load_schemas() -> None:
    import typing_extensions

    places: tuple[Any, ...] = (typing, typing_extensions)
    typed = [place.TypedDict for place in places]
    plain = _Shape("TypedDict", (dict,), {})
    try:
        for place in places:
            place.TypedDict = plain
        importlib.import_module(_SCHEMAS)
    finally:
        for place, was in zip(places, typed, strict=True):
            place.TypedDict = was


if _LOADER not in sys.modules:  # else somebody's plugins are loaded already, and nothing is to be gained
    sys.modules[_LOADER] = _NoPlugins(_LOADER)
if _SCHEMAS not in sys.modules:
    _load_schemas()
