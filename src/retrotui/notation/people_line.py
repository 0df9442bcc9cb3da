"""A line of names as people type or paste it: `Ana*, Will, @priya and Jo`. A star marks who facilitates."""

import re

_BETWEEN = re.compile(r"[,;\n\r\t]|\s+(?:and|&)\s+", re.IGNORECASE)


def read_people(text: str) -> tuple[tuple[str, ...], str]:
    """The names, each once, and the one with a star; empty when none has one."""
    people: dict[str, str] = {}
    facilitator = ""
    for part in _BETWEEN.split(text):
        name = " ".join(part.replace("*", " ").split()).removeprefix("@").strip()
        if not name:
            continue
        people.setdefault(name.casefold(), name)
        if "*" in part and not facilitator:
            facilitator = people[name.casefold()]
    return tuple(people.values()), facilitator
