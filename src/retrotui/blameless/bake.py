"""Making `_built_in.py` and `_built_in_texts.py` out of `rules/*.toml`: the same, quicker to load.

What finding words takes is in the first, as a few long texts that cost little to load and to keep; what
rules say and show is in the second, for when somebody asks.

Run `python -m retrotui.blameless.bake` after changing a built-in rule file. When the rule files have changed
since, the loader notices by their sizes and reads the TOML itself; a test asks for baking again.
"""

from __future__ import annotations

from pathlib import Path

from retrotui.blameless.index import table_of
from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.rows import as_lines
from retrotui.blameless.rulebook import RULES_DIR, Rule, level_code
from retrotui.blameless.rulereader import read_built_in
from retrotui.blameless.undertone import Points

_HEAD = '''"""{} Made from `rules/*.toml` by `blameless.bake`; do not edit."""

# fmt: off
# ruff: noqa: E501
'''
_TEXT = "tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...], {}]".format(
    ", ".join(["tuple[str, ...]"] * 3)
)

_POINTS = ", ".join([*["tuple[tuple[str, int], ...]"] * 2, "str", "str"])


def baked() -> dict[Path, str]:
    """Give the text that each of the two files must have."""
    layer, vocabulary = read_built_in()
    table = table_of(layer, Lexicon(vocabulary))
    tags = vocabulary.tagged()
    sizes = tuple((path.name, path.stat().st_size) for path in sorted(RULES_DIR.glob("*.toml")))
    rules = tuple(
        (
            rule.id,
            rule.blame_class.value,
            level_code(rule.levels),
            rule.negatable,
            rule.generality,
            rule.file.name,
            *rule.sources,
        )
        for rule in layer.rules
    )
    words = {
        "SIZES: tuple[tuple[str, int], ...]": repr(sizes),
        "RULES: tuple[tuple[str, str, str, bool, bool, str, str, str], ...]": _rows(rules),
        f"POINTS: tuple[tuple[str, {_POINTS}], ...]": _rows(
            tuple((rule.id, *_points(rule.points)) for rule in layer.rules if rule.points)
        ),
        f"WEIGHED_PARDONS: tuple[tuple[{_POINTS}], ...]": _rows(tuple(map(_points, layer.weighed_pardons))),
        "PARDONS": repr("\n".join(pardon.source for pardon in layer.pardons)),
        "GENERALITIES": repr("\n".join(pardon.source for pardon in layer.generalities)),
        "PRAISES": repr("\n".join(pardon.source for pardon in layer.praises)),
        "TABLE: tuple[str, ...]": _rows(as_lines(table)),
        "SLOTS: tuple[tuple[str, str], ...]": _rows(tuple(vocabulary.slots.items())),
        "TAGS: tuple[str, ...]": _rows(as_lines(tags)),
        "VERBS": repr(vocabulary.verbs),
        "IRREGULAR": repr(vocabulary.irregular),
        "NOT_VERBS": repr(vocabulary.not_verbs),
    }
    texts = "".join(f"    {rule.id!r}: {_texts(rule)!r},\n" for rule in layer.rules)
    here = Path(__file__)
    return {
        here.with_name("_built_in.py"): _HEAD.format("What the built-in rules look for.")
        + "\n".join(f"{name} = {value}" for name, value in words.items())
        + "\n",
        here.with_name("_built_in_texts.py"): _HEAD.format("What the built-in rules say.")
        + f"TEXTS: dict[str, {_TEXT}] = {{\n{texts}}}\n",
    }


def _points(points: Points) -> tuple[object, ...]:
    limits = (
        tuple((section.value, value) for section, value in limit.items())
        for limit in (points.thresholds, points.doubts)
    )
    return (*limits, points.forms, points.values)


def _texts(rule: Rule) -> tuple[object, ...]:
    """Give the texts of a rule, sections with the same rewrites together."""
    sections: dict[tuple[str, ...], list[str]] = {}
    for section, templates in rule.rewrites.items():
        sections.setdefault(templates, []).append(section.value)
    rewrites = tuple((" ".join(names), templates) for templates, names in sections.items())
    return (rule.why, rule.questions, rewrites, rule.hits, rule.misses, rule.people)


def _rows(values: tuple[object, ...]) -> str:
    return "(\n" + "".join(f"    {value!r},\n" for value in values) + ")"


if __name__ == "__main__":
    for path, text in baked().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.name}: {path.stat().st_size} bytes")
