"""Making `_built_in.py` out of `rules/*.toml`: the same data, quicker to load than TOML is to parse.

Run `python -m retrotui.blameless.bake` after changing a built-in rule file. When the rule files have changed
since, the loader notices by their sizes and reads the TOML itself; a test asks for baking again.
"""

from __future__ import annotations

import pprint
import tomllib
from pathlib import Path

RULES_DIR = Path(__file__).with_name("rules")
BAKED = Path(__file__).with_name("_built_in.py")

_HEAD = '''"""The built-in rules as Python data. Made from `rules/*.toml` by `blameless.bake`; do not edit."""

# fmt: off
# ruff: noqa: E501
from typing import Any

'''


def baked() -> str:
    """Give the text that `_built_in.py` must have."""
    files = sorted(RULES_DIR.glob("*.toml"))
    sizes = {path.name: path.stat().st_size for path in files}
    data = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}
    body = pprint.pformat(data, width=10_000, compact=True, sort_dicts=False)
    return f"{_HEAD}SIZES: dict[str, int] = {sizes!r}\n\nDATA: dict[str, dict[str, Any]] = {body}\n"


if __name__ == "__main__":
    BAKED.write_text(baked(), encoding="utf-8", newline="\n")
    print(f"{BAKED.name}: {BAKED.stat().st_size} bytes")
