"""Making `_built_in.py` out of `rules/*.toml`: the same data, quicker to load than TOML is to parse.

Run `python -m retrotui.blameless.bake` after changing a built-in rule file. When the rule files have changed
since, the loader notices by their sizes and reads the TOML itself; a test asks for baking again.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from retrotui.blameless.index import first_keys, lead_of, number_patterns
from retrotui.blameless.rulebook import load_sources
from retrotui.blameless.rulefile import RULES_DIR, frozen

BAKED = Path(__file__).with_name("_built_in.py")

_HEAD = '''"""The built-in rules as Python data. Made from `rules/*.toml` by `blameless.bake`; do not edit."""

# fmt: off
# ruff: noqa: E501
from typing import Any

'''


def baked() -> str:
    """Give the text that `_built_in.py` must have."""
    files = sorted(RULES_DIR.glob("*.toml"))
    sizes = tuple((path.name, path.stat().st_size) for path in files)
    data = tuple((path.name, frozen(tomllib.loads(path.read_text(encoding="utf-8")))) for path in files)
    candidates = list(number_patterns(load_sources()))
    firsts = tuple(sorted((key, tuple(numbers)) for key, numbers in first_keys(candidates).items()))
    leads = tuple(lead_of(pattern) for _number, _rule, pattern in candidates)
    parts = [
        f"SIZES: tuple[tuple[str, int], ...] = {sizes!r}",
        f"DATA: tuple[tuple[str, Any], ...] = {_rows(data)}",
        f"FIRSTS: tuple[tuple[str, tuple[int, ...]], ...] = {_rows(firsts)}",
        f"LEADS: tuple[str, ...] = {_rows(leads)}",
    ]
    return _HEAD + "\n\n".join(parts) + "\n"


def _rows(values: tuple[object, ...]) -> str:
    return "(\n" + "".join(f"    {value!r},\n" for value in values) + ")"


if __name__ == "__main__":
    BAKED.write_text(baked(), encoding="utf-8", newline="\n")
    print(f"{BAKED.name}: {BAKED.stat().st_size} bytes")
