"""One rule file as data, with what is needed to say where something in it is wrong.

Leaves to `rulebook` what it means.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retrotui.blameless.model import RuleError

RULES_DIR = Path(__file__).with_name("rules")
"""Where the built-in rule files are."""


Baked = tuple[tuple[tuple[str, tuple[int, ...]], ...], tuple[str, ...]]
"""What `index` needs of the built-in patterns: their numbers by first key, and the lead of each."""


class RuleFile:
    """One rule file being read, with what is needed to say where something is wrong."""

    def __init__(self, path: Path, data: dict[str, Any] | None = None) -> None:
        self.path = path
        self.source = ""
        self.trusted = data is not None
        if data is not None:
            self.data: dict[str, Any] = data
            return
        try:
            self.source = path.read_text(encoding="utf-8")
        except OSError as error:
            raise RuleError(path, f"cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise RuleError(path, "is not UTF-8 text; save it as UTF-8") from error
        import tomllib

        try:
            self.data = tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+)", str(error))
            problem = re.sub(r" \(at .*\)$", "", str(error))
            line = int(found[1]) if found else len(self.source.splitlines()) + 1
            raise RuleError(path, f"is not valid TOML: {problem}", line=line) from error

    def error(self, key: str, problem: str, rule: int | None = None) -> RuleError:
        """Make the error for a key, with its line."""
        return RuleError(
            self.path,
            problem,
            line=self._line(key, rule),
            key=key if rule is None else f"rule[{rule + 1}].{key}",
        )

    def _line(self, key: str, rule: int | None) -> int | None:
        lines = self.source.splitlines()
        begin = 0
        if rule is not None:
            heads = [i for i, line in enumerate(lines) if line.strip() == "[[rule]]"]
            if rule >= len(heads):
                return None
            begin = heads[rule]
        last = key.split(".")[-1]
        wanted = re.compile(rf"\s*(?:\[+[\w.\"-]*)?[\"']?{re.escape(last)}[\"']?\s*[=\]]")
        for number, line in enumerate(lines[begin:], begin + 1):
            if rule is not None and number > begin + 1 and line.strip() == "[[rule]]":
                break
            if wanted.match(line):
                return number
        return begin + 1 if rule is not None else None

    def text(self, table: Mapping[str, Any], key: str, rule: int | None, default: str = "") -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.error(key, f"must be a string, not {type(value).__name__}", rule)
        return value.strip()

    def texts(
        self, table: Mapping[str, Any], key: str, rule: int | None, default: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        value = table.get(key, default)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
            raise self.error(key, "must be a list of strings", rule)
        return tuple(v.strip() for v in value)


def built_in_files() -> tuple[dict[str, RuleFile], Baked | None]:
    """Give the built-in files by name, and their index: from the baked copy where the TOML is unchanged."""
    sizes = tuple(
        sorted((e.name, e.stat().st_size) for e in os.scandir(RULES_DIR) if e.name.endswith(".toml"))
    )
    try:
        from retrotui.blameless import _built_in
    except ImportError:
        return source_files(), None
    if sizes != _built_in.SIZES:
        return source_files(), None
    files = {name: RuleFile(RULES_DIR / name, _thawed(data)) for name, data in _built_in.DATA}
    return files, (_built_in.FIRSTS, _built_in.LEADS)


def source_files() -> dict[str, RuleFile]:
    """Give the built-in files by name, read from their TOML."""
    return {path.name: RuleFile(path) for path in sorted(RULES_DIR.glob("*.toml"))}


def frozen(value: Any) -> Any:
    """Turn tables and lists into tuples: those are constants, which load quickest. `_thawed` turns back."""
    if isinstance(value, dict):
        return ("{}", *(part for key, entry in value.items() for part in (key, frozen(entry))))
    if isinstance(value, list):
        return tuple(frozen(entry) for entry in value)
    return value


def _thawed(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    if value[:1] == ("{}",):
        return {key: _thawed(entry) for key, entry in zip(value[1::2], value[2::2], strict=True)}
    return [_thawed(entry) for entry in value] if value and isinstance(value[0], tuple) else list(value)
