"""Keeps pydantic from looking for plugins in every package that is installed.

It would do so before the first model, and retrotui uses none; the look, with all it imports, is a tenth of
the time to the first picture. Import this before any model is made. `PYDANTIC_DISABLE_PLUGINS`, pydantic's
own switch, spares the look but not the imports.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

_LOADER = "pydantic.plugin._loader"


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


if _LOADER not in sys.modules:  # else somebody's plugins are loaded already, and nothing is to be gained
    sys.modules[_LOADER] = _NoPlugins(_LOADER)
