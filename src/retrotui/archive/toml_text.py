"""Writes plain values as TOML text: one line per fact, tables in the order given, always the same way.

`tomli_w` chooses between a block and an inline table by length and spreads every list over several lines;
both make diffs of a retro hard to read, so the layout is ours. Leaves what stands in a retro to `codec`.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

_UNSAFE = re.compile(
    '["\\\\\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]',
)
"""What may not stand in a TOML string as it is, and what would make the file read differently from what it
holds when it is shown: other control characters, and those that turn the direction of the line."""

_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _SHORT_ESCAPES.get(char) or f"\\u{ord(char):04x}"


def quoted(text: str) -> str:
    """A text as a TOML string on one line; reading it gives exactly the same text."""
    return f'"{_UNSAFE.sub(_escape, text)}"'


def key_text(key: str) -> str:
    """A key, quoted where it has to be."""
    return key if _BARE_KEY.fullmatch(key) else quoted(key)


def instant(at: datetime) -> str:
    """A point in time in RFC 3339. Offsets with seconds, which TOML does not know, are written as UTC."""
    offset = at.utcoffset()
    if offset is not None:
        if offset % timedelta(minutes=1):
            try:
                at = at.astimezone(UTC)
            except OverflowError:
                at = at.replace(tzinfo=UTC)
        else:
            at = at.replace(tzinfo=timezone(offset))
    return at.isoformat()


def value_text(value: Any) -> str:
    """Any TOML value on one line.

    Raises:
        TypeError: for something TOML has no form for.
    """
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        if math.isnan(value):
            return "nan"
        return repr(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text(key)} = {value_text(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(value_text(item) for item in value)}]"
    raise TypeError(f"TOML has no form for a {type(value).__name__}")


def render(document: Mapping[str, Any]) -> str:
    """A whole document: plain values first, then tables, with an empty line before each of them."""
    return "\n".join(_lines(document, "", header=""))[1:] + "\n" if document else ""


def _lines(table: Mapping[str, Any], path: str, header: str) -> Iterator[str]:
    below = [(key, value) for key, value in table.items() if is_table(value) or is_table_list(value)]
    plain = [(key, value) for key, value in table.items() if not (is_table(value) or is_table_list(value))]
    if header and (plain or not below or header.startswith("[[")):
        yield ""
        yield header
    elif plain:
        yield ""
    for key, value in plain:
        yield f"{key_text(key)} = {value_text(value)}"
    for key, value in below:
        name = f"{path}.{key_text(key)}" if path else key_text(key)
        if isinstance(value, Mapping):
            yield from _lines(value, name, f"[{name}]")
        else:
            for item in value:
                yield from _lines(item, name, f"[[{name}]]")


def is_table(value: Any) -> bool:
    """Whether a value is written with a heading of its own."""
    return isinstance(value, Mapping)


def is_table_list(value: Any) -> bool:
    return (
        isinstance(value, list | tuple) and bool(value) and all(isinstance(item, Mapping) for item in value)
    )
