"""Helpers for JSON of unknown quality: the value at a key if it is of the right kind, else nothing."""

from collections.abc import Mapping
from typing import Any

from retrotui.exchange.timeline_in.candidates import clean_line


def table(value: object, key: str) -> Mapping[str, Any]:
    """The table at a key, or an empty one."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def items(value: object, key: str) -> list[Any]:
    """The list at a key, or an empty one."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def words(value: object, *keys: str) -> str:
    """The first of these keys that holds words or a number, on one line; else empty."""
    if isinstance(value, Mapping):
        for key in keys:
            found = value.get(key)
            if isinstance(found, str) and found.strip():
                return clean_line(found)
            if isinstance(found, int) and not isinstance(found, bool):
                return str(found)
    return ""


def links(*found: object) -> tuple[str, ...]:
    """Those of the values that are web addresses, each once."""
    kept = (clean_line(link) for link in found if isinstance(link, str))
    return tuple(dict.fromkeys(link for link in kept if link.startswith(("http://", "https://"))))
