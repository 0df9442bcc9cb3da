"""One rule file as data, with what is needed to say where something in it is wrong.

Leaves to `rulereader` what it means.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retrotui.blameless.model import RuleError


class RuleFile:
    """One rule file being read, with what is needed to say where something is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.source = path.read_text(encoding="utf-8")
        except OSError as error:
            raise RuleError(path, f"cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise RuleError(path, "is not UTF-8 text; save it as UTF-8") from error
        try:
            self.data: dict[str, Any] = tomllib.loads(self.source)
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
