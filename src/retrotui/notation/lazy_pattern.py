"""Regular expressions compiled when they are first used: start-up time is a feature.

Leaves what they look for to the modules that have them.
"""

import re
from typing import Any, cast


class _LazyPattern:
    """Stands for a pattern; each method is the compiled pattern's own from its first use on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        method = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, method)
        return method


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when one of its methods is first used."""
    return cast("re.Pattern[str]", _LazyPattern(source, flags))
