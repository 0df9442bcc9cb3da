"""Reading rule files: the built-in ones, and a team's own on top.

A rule file is data. What it may hold is told in `docs/wording-rules.md`; whatever else it holds is
refused here with the file, the line and the key.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from retrotui.blameless.lexicon import Lexicon, Vocabulary, WordLists
from retrotui.blameless.model import BlameClass, Level, Section
from retrotui.blameless.patterns import CHUNKS, Pattern, PatternError
from retrotui.blameless.rulebook import RULES_DIR, Layer, Rule, RuleBook, Texts
from retrotui.blameless.rulefile import RuleFile
from retrotui.blameless.undertone import Points

_FILE_KEYS = frozenset(
    {
        "format",
        "class",
        "level",
        "why",
        "questions",
        "slots",
        "silence",
        "relax",
        "people",
        "pardon",
        "generality",
        "praise",
        "weighed_pardon",
        "rule",
    }
)


_RULE_KEYS = frozenset(
    {
        "id",
        "class",
        "level",
        "why",
        "questions",
        "match",
        "unless",
        "points",
        "threshold",
        "doubt",
        "sections",
        "rewrites",
        "hits",
        "misses",
        "negatable",
        "generality",
    }
)


_ID = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*\Z")


def read_built_in() -> tuple[Layer, Vocabulary]:
    """Read the built-in rules and words from their TOML."""
    files = {path.name: RuleFile(path) for path in sorted(RULES_DIR.glob("*.toml"))}
    words = files.pop("lexicon.toml")
    raw = _read_slots([words, *files.values()])
    slots = WordLists(raw)
    rules: dict[str, Rule] = {}
    for reader in files.values():
        for rule in _read_rules(reader, slots):
            if rule.id in rules:
                raise reader.error("id", f"{rule.id!r} is there twice")
            rules[rule.id] = rule
    return _layer(rules.values(), files.values(), slots), _vocabulary(words, raw)


def with_extras(built_in: Layer, vocabulary: Vocabulary, extra_paths: Iterable[Path | str]) -> RuleBook:
    """Put a team's own files on top of the built-in rules."""
    files: list[RuleFile] = []
    for extra in extra_paths:
        path = Path(extra)
        files.extend(RuleFile(p) for p in (sorted(path.glob("*.toml")) if path.is_dir() else [path]))
    added = _read_slots(files)
    if added:
        vocabulary = vocabulary.with_words(added)
    lexicon = Lexicon(vocabulary)
    rules = {rule.id: rule for rule in built_in.rules}
    own: list[Rule] = []
    for reader in files:
        for rule in _read_rules(reader, lexicon.slots):
            rules[rule.id] = rule
            own.append(rule)
        _apply_choices(reader, rules)
    return RuleBook(tuple(rules.values()), lexicon, (built_in, _layer(own, files, lexicon.slots)))


def _layer(rules: Iterable[Rule], readers: Iterable[RuleFile], slots: WordLists) -> Layer:
    """Put the rules of some files together with what the files leave alone."""
    files = tuple(readers)

    def patterns(key: str) -> tuple[Pattern, ...]:
        sources = [_sources(reader, reader.data, key, None, slots) for reader in files]
        return tuple(Pattern(line) for text in sources for line in text.splitlines())

    weighed = (_read_weighed_pardon(reader) for reader in files)
    return Layer(
        tuple(rules),
        patterns("pardon"),
        patterns("generality"),
        patterns("praise"),
        tuple(points for points in weighed if points is not None),
    )


def _read_weighed_pardon(reader: RuleFile) -> Points | None:
    """Read the table that tells talk about blame by the whole of a note."""
    table = reader.data.get("weighed_pardon", {})
    if not isinstance(table, dict):
        raise reader.error("weighed_pardon", "must be a table with threshold and points")
    for key in table:
        if key not in ("threshold", "points"):
            raise reader.error(key, "is not known in a weighed_pardon; allowed are points, threshold")
    return _read_points(reader, None, table)


def _read_slots(readers: Iterable[RuleFile]) -> dict[str, str]:
    """Merge the word lists of all files, each list one text."""
    raw: dict[str, str] = {}
    for reader in readers:
        table = reader.data.get("slots", {})
        if not isinstance(table, dict):
            raise reader.error("slots", "must be a table of word lists")
        for name, value in table.items():
            words = value.split() if isinstance(value, str) else value
            if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
                raise reader.error(f"slots.{name}", "must be a string of words or a list of strings")
            if f"<{name}>" in CHUNKS and name not in ("anyone", "pronoun"):
                problem = "is worked out by the grammar; add words to person_noun, team_noun or thing"
                raise reader.error(f"slots.{name}", problem)
            raw[name] = " ".join([*raw.get(name, "").split(), *(w.lower() for w in words)])
    return raw


def _vocabulary(reader: RuleFile, raw: dict[str, str]) -> Vocabulary:
    """Make the vocabulary: every verb that a list names is a known verb."""
    table = reader.data["verbs"]
    irregular: dict[str, list[tuple[str, str]]] = {}
    verbs = set(table["regular"].split())
    for row in table["irregular"].replace("\n", "|").split("|"):
        parts = row.split()
        if not parts:
            continue
        base, past, *rest = parts
        verbs.add(base)
        irregular.setdefault(past, []).append((base, "past"))
        irregular.setdefault(rest[0] if rest else past, []).append((base, "part"))
        if base == "be":
            for form in ("is", "are", "am", "were"):
                irregular.setdefault(form, []).append((base, "past" if form == "were" else "s"))
    irregular["'s"] = [("be", "s"), ("have", "s")]
    irregular["has"] = [("have", "s")]
    irregular["does"] = [("do", "s")]
    irregular["goes"] = [("go", "s")]
    for words in raw.values():
        verbs.update(word[:-1] for word in words.split() if word.endswith("~"))
    forms = []
    for form, pairs in irregular.items():
        forms.append(" ".join((form, *(" ".join(pair) for pair in dict.fromkeys(pairs)))))
    not_verbs = " ".join(table["not_verbs"].split())
    return Vocabulary(raw, " ".join(sorted(verbs)), "\n".join(forms), not_verbs)


def _read_rules(reader: RuleFile, slots: WordLists) -> list[Rule]:
    """Read the `[[rule]]` tables of a file."""
    data = reader.data
    for key in data:
        if key not in _FILE_KEYS:
            raise reader.error(key, f"is not known here; allowed are {', '.join(sorted(_FILE_KEYS))}")
    tables = data.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise reader.error("rule", "must be written as [[rule]]")
    return [_read_rule(reader, number, table, slots) for number, table in enumerate(tables)]


def _read_rule(reader: RuleFile, number: int, table: dict[str, Any], slots: WordLists) -> Rule:
    for key in table:
        if key not in _RULE_KEYS:
            raise reader.error(
                key, f"is not known in a rule; allowed are {', '.join(sorted(_RULE_KEYS))}", number
            )
    data = reader.data
    rule_id = reader.text(table, "id", number)
    if not _ID.match(rule_id):
        raise reader.error(
            "id", "must be there, in lower case with hyphens, such as 'attribution.our-words'", number
        )
    class_name = (
        reader.text(table, "class", number, data.get("class", ""))
        if "class" in table or "class" in data
        else ""
    )
    try:
        blame_class = BlameClass(class_name)
    except ValueError:
        allowed = ", ".join(c.value for c in BlameClass)
        raise reader.error("class", f"{class_name!r} is no class; allowed are {allowed}", number) from None
    why = reader.text(table, "why", number, data.get("why", ""))
    questions = reader.texts(table, "questions", number, tuple(data.get("questions", ())))
    if not why or not questions:
        raise reader.error(
            "why" if not why else "questions", "must be there, in the rule or at the top of the file", number
        )
    points = _read_points(reader, number, table)
    if not reader.texts(table, "match", number) and points is None:
        raise reader.error("match", "must hold at least one pattern", number)

    choices = {key: table.get(key, True) for key in ("negatable", "generality")}
    for key, choice in choices.items():
        if not isinstance(choice, bool):
            raise reader.error(key, "must be true or false", number)
    return Rule(
        rule_id,
        blame_class,
        _read_levels(reader, number, table, blame_class),
        choices["negatable"],
        choices["generality"],
        reader.path,
        (
            _sources(reader, table, "match", number, slots),
            _sources(reader, table, "unless", number, slots),
        ),
        Texts(
            why,
            questions,
            _read_rewrites(reader, number, table),
            reader.texts(table, "hits", number),
            reader.texts(table, "misses", number),
            reader.texts(data, "people", None),
        ),
        points,
    )


def _read_points(reader: RuleFile, number: int | None, table: dict[str, Any]) -> Points | None:
    """Read what a rule, or a pardon, weighs instead of looking for patterns."""
    given = table.get("points")
    if given is None:
        for key in ("threshold", "doubt"):
            if key in table:
                raise reader.error(key, "goes with points, and there are none", number)
        return None
    for key in ("match", "unless"):
        if key in table:
            raise reader.error(key, "does not go with points; make two rules of it", number)
    if not isinstance(given, dict) or not given:
        raise reader.error("points", "must be a table: one word or two neighbours = points", number)
    thresholds = _numbers_per_section(reader, number, table, "threshold")
    if len(thresholds) < len(Section) or min(thresholds.values()) <= 0:
        allowed = ", ".join(section.value for section in Section)
        problem = f"must be a number above 0, or a table with one for each of {allowed}"
        raise reader.error("threshold", problem, number)
    for form, value in given.items():
        if not 1 <= len(form.split()) <= 2 or form != " ".join(form.split()).lower():
            raise reader.error(f"points.{form}", "must be one word or two, in lower case", number)
        if not _is_number(value) or not -_MOST_POINTS <= value <= _MOST_POINTS:
            raise reader.error(
                f"points.{form}", f"must be a number between -{_MOST_POINTS} and {_MOST_POINTS}", number
            )
    doubts = _numbers_per_section(reader, number, table, "doubt")
    hundredths = (str(round(value * 100)) for value in given.values())
    return Points(
        {section: round(value * 100) for section, value in thresholds.items()},
        {section: round(value * 100) for section, value in doubts.items()},
        "\n".join(given),
        " ".join(hundredths),
    )


def _numbers_per_section(
    reader: RuleFile, number: int | None, table: dict[str, Any], key: str
) -> dict[Section, float]:
    """Read `2.5` for all sections or `{ well = 2.5 }` for some; nothing where the key is not there."""
    given = table.get(key, {})
    if not isinstance(given, dict):
        given = {section.value: given for section in Section}
    if not all(map(_is_number, given.values())):
        raise reader.error(key, "must be a number, or a table with numbers by section", number)
    return {_section(reader, number, key, name): float(value) for name, value in given.items()}


_MOST_POINTS = 100


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _sources(reader: RuleFile, table: Mapping[str, Any], key: str, rule: int | None, slots: WordLists) -> str:
    """Read the patterns under a key, one to a line, and make sure that they can be used."""
    lines = [" ".join(source.split()) for source in reader.texts(table, key, rule)]
    for source in lines:
        try:
            Pattern(source).check(slots)
        except PatternError as error:
            raise reader.error(key, f"pattern {source!r}: {error}", rule) from None
    return "\n".join(lines)


def _level(reader: RuleFile, number: int | None, key: str, value: object) -> Level | None:
    """Read a level; `off` is None."""
    if value == "off":
        return None
    try:
        return Level(str(value))
    except ValueError:
        raise reader.error(key, f"{value!r} is no level; allowed are strict, coach, off", number) from None


def _per_section(reader: RuleFile, number: int | None, key: str, value: object) -> dict[Section, Level]:
    """Read `"strict"` or `{ causes = "strict", well = "off" }`; a section not named is coach."""
    if not isinstance(value, dict):
        level = _level(reader, number, key, value)
        return {section: level for section in Section if level}
    levels: dict[Section, Level] = dict.fromkeys(Section, Level.COACH)
    for name, entry in value.items():
        section = _section(reader, number, key, name)
        level = _level(reader, number, key, entry)
        if level is None:
            levels.pop(section)
        else:
            levels[section] = level
    return levels


def _section(reader: RuleFile, number: int | None, key: str, name: str) -> Section:
    try:
        return Section(name)
    except ValueError:
        allowed = ", ".join(s.value for s in Section)
        raise reader.error(key, f"{name!r} is no section; allowed are {allowed}", number) from None


def _read_levels(
    reader: RuleFile, number: int, table: dict[str, Any], blame_class: BlameClass
) -> dict[Section, Level]:
    levels = _per_section(reader, number, "level", table.get("level", reader.data.get("level", "strict")))
    if "sections" in table:
        wanted = {
            _section(reader, number, "sections", name) for name in reader.texts(table, "sections", number)
        }
        levels = {section: level for section, level in levels.items() if section in wanted}
    if blame_class is BlameClass.SELF_BLAME:
        # who blames themselves is met with kindness, never held at the door
        levels = dict.fromkeys(levels, Level.COACH)
    return levels


def _read_rewrites(reader: RuleFile, number: int, table: dict[str, Any]) -> dict[Section, tuple[str, ...]]:
    value = table.get("rewrites", {})
    if isinstance(value, (list, str)):
        texts = reader.texts(table, "rewrites", number)
        return dict.fromkeys(Section, texts)
    if not isinstance(value, dict):
        raise reader.error("rewrites", "must be a list of templates, or a table of lists by section", number)
    return {_section(reader, number, "rewrites", name): reader.texts(value, name, number) for name in value}


def _apply_choices(reader: RuleFile, rules: dict[str, Rule]) -> None:
    """Silence and relax what a file asks for, by rule id or by class."""

    def chosen(key: str, name: str) -> list[str]:
        ids = [r.id for r in rules.values() if name in (r.id, r.blame_class.value)]
        if not ids:
            raise reader.error(
                key, f"{name!r} is neither a rule nor a class; `retrotui rules list` shows them"
            )
        return ids

    for name in reader.texts(reader.data, "silence", None):
        for rule_id in chosen("silence", name):
            rules[rule_id] = rules[rule_id].weighing({})
    relaxed = reader.data.get("relax", {})
    if not isinstance(relaxed, dict):
        raise reader.error("relax", "must be a table: rule or class = level")
    for name, value in relaxed.items():
        for rule_id in chosen(f"relax.{name}", name):
            rule = rules[rule_id]
            levels = _per_section(reader, None, f"relax.{name}", value)
            if rule.blame_class is BlameClass.SELF_BLAME:
                levels = dict.fromkeys(levels, Level.COACH)
            rules[rule_id] = rule.weighing(levels)
