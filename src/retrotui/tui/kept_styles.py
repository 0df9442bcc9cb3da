"""Style rules as they were read last time: to read the sheets of a picture anew takes as long as to draw it.

What is kept holds for one Textual, one Python and one set of colours; anything else is read anew, and kept
instead. The file is a cache: it may be deleted at any time, and one that cannot be used is as good as none.
"""

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import textual
from textual.css.model import RuleSet
from textual.css.styles import RulesMap, Styles
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

FILE_NAME = "styles.kept"

_MOST_BYTES = 4 * 1024 * 1024

_STYLE_CODE = ("textual.css.", "textual.color", "textual.geometry", "textual.layouts.")
"""Modules whose values a style may hold."""

_Key = tuple[str, CSSLocation, bool, int, str]


class KeptStylesheet(Stylesheet):
    """A stylesheet that reads no sheet twice, not even in another run of the program."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        """Takes up what was kept.

        Args:
            folder: Where the file stands or will stand.
            variables: The colours and the rest of the theme.
        """
        super().__init__(variables=dict(variables))
        self._file = folder / FILE_NAME
        self._stamp = _stamp(variables)
        self._kept: dict[_Key, list[RuleSet]] = _read(self._file, self._stamp)
        self._grown = False

    def set_variables(self, variables: dict[str, str]) -> None:
        """Another theme: what was kept is of no use any more, and is left alone."""
        super().set_variables(variables)
        self._kept = {}
        self._stamp = ""

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (css, read_from, is_default_rules, tie_breaker, scope)
        rules = self._kept.get(key)
        if rules is None:
            rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            if self._stamp and not any(rule.errors for rule in rules):
                self._kept[key] = rules
                self._grown = True
        return rules

    def keep(self) -> None:
        """Writes down what has been read, if any of it is new; where it cannot be written it is left."""
        if not (self._grown and self._stamp):
            return
        self._grown = False
        with contextlib.suppress(OSError, pickle.PicklingError):
            rules = io.BytesIO()
            _Writer(rules, protocol=5).dump(dict(self._kept))  # the screen may be reading another sheet
            data = self._stamp.encode() + b"\n" + rules.getvalue()
            folder = self._file.parent
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(prefix=FILE_NAME, dir=folder)
            beside = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                beside.replace(self._file)
            except OSError:
                beside.unlink()
                raise


def _stamp(variables: Mapping[str, str]) -> str:
    text = repr((_textual_version(), sys.version_info[:3], sorted(variables.items())))
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _textual_version() -> str:
    """Which Textual this is, from the name of the folder that an installer leaves beside it.

    Asking Textual itself reads the records of its package, with a parser for mail: a fiftieth of the start.
    """
    beside = Path(textual.__file__).parent.parent
    with contextlib.suppress(OSError):
        for name in sorted(entry.name for entry in os.scandir(beside)):
            if name.startswith("textual-") and name.endswith(".dist-info"):
                return name
    return textual.__version__


def _read(file: Path, stamp: str) -> dict[_Key, list[RuleSet]]:
    try:
        with file.open("rb") as opened:
            if opened.readline(100).rstrip(b"\n") != stamp.encode():
                return {}
            data = opened.read(_MOST_BYTES)
        kept = _Reader(io.BytesIO(data)).load()
    except Exception:  # whatever stands in a cache, it is read anew then
        return {}
    return kept if isinstance(kept, dict) else {}


def _styles(rules: RulesMap, important: set[str]) -> Styles:
    """The styles of a rule: they hold methods of their own dictionary, which are made, not written down."""
    return Styles(_rules=rules, important=important)


class _Writer(pickle.Pickler):
    """Writes style rules."""

    def reducer_override(self, found: object) -> Any:
        """Styles in our own way, all else as usual."""
        if type(found) is Styles:
            return _styles, (found._rules, found.important)
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Reads style rules and nothing else: no file makes it call what is not Textual's own style code."""

    def find_class(self, module: str, name: str) -> Any:
        """The class or check of a rule."""
        if (module, name) == ("functools", "partial"):
            return partial
        if (module, name) == (__name__, _styles.__name__):
            return _styles
        known = module.startswith(_STYLE_CODE) and "." not in name
        found = super().find_class(module, name) if known else None
        if getattr(found, "__module__", "") != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a style rule")
        return found
