"""Says what is wrong with a value in a file: what was found, and what is allowed there.

Turns the errors of the models into sentences for somebody who mends a file by hand. Leaves lines to `codec`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from pydantic import ValidationError

from retrotui.archive.toml_text import key_text

Path = tuple[str | int, ...]
"""Keys and list indices from the top of the file."""

_QUOTED = re.compile(r"'([^']*)'")


def shown(value: object) -> str:
    """A value as it is named in a sentence, short and on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:59] + "…"
        return repr(text)
    if isinstance(value, int):
        return f"the number {value}" if abs(value) < 10**20 else "a number of more than twenty digits"
    if isinstance(value, float):
        return f"the number {value!r}"
    if isinstance(value, date | time):
        return f"the time {value.isoformat()}" if type(value) is not date else f"the day {value.isoformat()}"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return f"a {type(value).__name__}"


def nearest(found: str, allowed: Iterable[str]) -> str:
    """`; did you mean 'detected'?` when one of the allowed is close, else nothing."""
    from difflib import get_close_matches  # seldom needed

    close = get_close_matches(found[:80].lower(), [name for name in allowed if name], n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def key_name(path: Path, document: object) -> str:
    """A path as people write it: `event[e3].kind`. Entries go by their id, or by number counted from 1."""
    name = ""
    here: Any = document
    for step in path:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and 0 <= step < len(here) else None
            label = here.get("id") if isinstance(here, Mapping) else None
            name += f"[{label if isinstance(label, str) and _short_id(label) else step + 1}]"
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            name += ("." if name else "") + key_text(step)
    return name


def _short_id(label: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_-]{1,40}", label))


_IDS = "an id is a letter for the kind of thing and a number, such as 'e12'"
_TIME = "write a time with its offset, such as 2026-11-20T14:03:00+00:00"
_DAY = "write a day, such as 2026-12-05"


def sentences(error: ValidationError, limit: int) -> Iterator[tuple[Path, str]]:
    """Each error with its path, at most `limit` of them."""
    for number, item in enumerate(error.errors(include_url=False)):
        if number >= limit:
            return
        yield tuple(item["loc"]), _sentence(item["type"], item)


def _sentence(kind: str, item: Mapping[str, Any]) -> str:
    context: Mapping[str, Any] = item.get("ctx") or {}
    if kind == "missing":
        return "is missing; it has to be there"
    found = f"found {shown(item['input'])}"
    last = next((step for step in reversed(item["loc"]) if isinstance(step, str)), "")
    if kind == "enum":
        allowed = _QUOTED.findall(str(context.get("expected", "")))
        near = nearest(item["input"], allowed) if isinstance(item["input"], str) else ""
        words = ", ".join(name or '""' for name in allowed)
        return f"{found}; allowed are: {words}{near}"
    if kind == "string_pattern_mismatch":
        return f"{found}; {_pattern_rule(last, tuple(item['loc']))}"
    if kind == "value_error":
        return f"{found}; {item['msg'].removeprefix('Value error, ')}"
    if kind.startswith(("datetime", "timezone")):
        return f"{found}; {_TIME}"
    if kind.startswith("date"):
        return f"{found}; {_DAY}"
    if kind in ("greater_than_equal", "less_than_equal"):
        least, most = context.get("ge"), context.get("le")
        bound = f"at least {least}" if least is not None else f"at most {most}"
        return f"{found}; it has to be {bound}"
    if kind == "too_short":
        return f"{found}; there has to be at least {context.get('min_length', 1)}"
    return f"{found}; {_RULES.get(kind) or _RULES.get(kind.split('_')[0]) or item['msg']}"


def _pattern_rule(key: str, path: Path) -> str:
    if path[:2] == ("retro", "id"):
        return "it is the file's name without .toml: no spaces, slashes or '#', at most 200 characters"
    if path[:1] == ("agenda",):
        return "a stage's id is written in small letters, digits and '_', such as 'how_can_we'"
    return _IDS


_RULES: Mapping[str, str] = {
    "string": 'write text in quotation marks, such as "checkout"',
    "int": "write a whole number, such as 3",
    "bool": "write true or false",
    "tuple": "write a list in square brackets; a list of tables is written with [[…]] headings",
    "model": "this has to be a table, written with a [heading]",
}
