"""A template from its TOML text, or what is wrong with the text, with lines.

Leaves finding files to `library` and judging the words of prompts to `wording`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from retrotui.safe_text import printable
from retrotui.templates.model import (
    MODES,
    POLICIES,
    SECTION_OF_KIND,
    SECTIONS,
    STAGE_KINDS,
    Column,
    Template,
    TemplateStage,
)
from retrotui.toml_lines import Path as TomlPath
from retrotui.toml_lines import fault_in_words, line_of

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TEMPLATE_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_PRESET_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")

_LONGEST = 2_000
"""Characters of the longest text; a prompt has to be read from across a room."""


@dataclass(slots=True)
class Draft:
    """A template file being read: what it holds, and the problems found on the way."""

    name: str
    """The file as a person would call it."""
    text: str
    problems: list[str] = field(default_factory=list)

    def refuse(self, path: TomlPath, message: str) -> None:
        """Notes a problem at a path: `file:line: key: message`."""
        self.problems.append(problem(self.name, self.text, path, message))


def problem(name: str, text: str, path: TomlPath, message: str) -> str:
    """A problem as a sentence with its place: `file:line: key: message`."""
    line = line_of(text, path) or 1
    return printable(f"{name}:{line}: {key_of(path)}: {message}" if path else f"{name}:{line}: {message}")


def key_of(path: TomlPath) -> str:
    """A path as a person reads it: `stage[2].prompts[1]`, counted from 1."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
    return words


def read_template(name: str, text: str, *, default_id: str) -> tuple[Template | None, tuple[str, ...]]:
    """A template from TOML text.

    Args:
        name: What problems call the file.
        text: Its whole text.
        default_id: The template's id when the text names none; usually the file's name without `.toml`.

    Returns:
        The template and no problems, or None and every problem as `file:line: key: message`.
    """
    draft = Draft(name, text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, message = fault_in_words(error, text)
        return None, (printable(f"{name}:{line}: {message}"),)
    except RecursionError:
        return None, (f"{name}:1: this is nested too deeply to be a template",)
    template = _template(draft, data, default_id)
    return (None, tuple(draft.problems)) if draft.problems else (template, ())


def _template(draft: Draft, data: dict[str, Any], default_id: str) -> Template:
    _only(draft, data, (), ("id", "title", "description", "mode", "default_preset", "presets", "stage"))
    template_id = _text(draft, data, (), "id", default=default_id)
    if not _TEMPLATE_ID.fullmatch(template_id):
        draft.refuse(
            ("id",),
            f"{_quoted(template_id)} is no id; use small letters, digits, - and _, a letter first",
        )
    mode = _choice(draft, data, (), "mode", MODES, default="team")
    presets = _presets(draft, data)
    default_preset = _text(draft, data, (), "default_preset", default=next(iter(presets), ""))
    if presets and default_preset not in presets:
        draft.refuse(
            ("default_preset",),
            f"{_quoted(default_preset)} is not one of the presets ({', '.join(presets)})",
        )
    stages = tuple(
        _stage(draft, item, ("stage", index), tuple(presets))
        for index, item in enumerate(_tables(draft, data, (), "stage"))
    )
    if not stages and not any(": stage" in line for line in draft.problems):
        draft.refuse(("stage",), "a template needs at least one [[stage]]")
    _unique(draft, ("stage",), "id", [stage.id for stage in stages])
    _unique(draft, ("stage",), "title", [stage.title.casefold() for stage in stages])
    return Template(
        id=template_id,
        title=_text(draft, data, (), "title"),
        description=_text(draft, data, (), "description", default=""),
        mode=mode,
        stages=stages,
        presets=presets,
        default_preset=default_preset,
    )


def _presets(draft: Draft, data: dict[str, Any]) -> dict[str, str]:
    found = data.get("presets")
    if not isinstance(found, dict) or not found:
        draft.refuse(
            ("presets",), 'name at least one preset and what it is for: standard-30 = "Half an hour"'
        )
        return {}
    for key in found:
        if not _PRESET_ID.fullmatch(key):
            draft.refuse(("presets", key), f"{_quoted(key)} is no id; use letters, digits, - and _")
    return {key: _text(draft, found, ("presets",), key) for key in found}


_STAGE_KEYS = (
    "id",
    "kind",
    "title",
    "question",
    "prompts",
    "help",
    "collects",
    "minutes",
    "column",
    "secret",
    "policy",
    "section",
)


def _stage(draft: Draft, data: dict[str, Any], at: TomlPath, presets: Sequence[str]) -> TemplateStage:
    _only(draft, data, at, _STAGE_KEYS)
    stage_id = _text(draft, data, at, "id")
    if stage_id and not _ID.fullmatch(stage_id):
        draft.refuse(
            (*at, "id"),
            f"{_quoted(stage_id)} is no id; use small letters, digits and _, a letter first",
        )
    kind = _choice(draft, data, at, "kind", STAGE_KINDS)
    columns = tuple(
        _column(draft, item, (*at, "column", index))
        for index, item in enumerate(_tables(draft, data, at, "column"))
    )
    if columns and kind and kind != "cards":
        draft.refuse((*at, "column"), f"only a stage of cards has columns; this one is of kind {kind!r}")
    _unique(draft, (*at, "column"), "id", [column.id for column in columns])
    _unique(draft, (*at, "column"), "key", [column.key for column in columns])
    _unique(draft, (*at, "column"), "title", [column.title.casefold() for column in columns])
    secret = data.get("secret", False)
    if not isinstance(secret, bool):
        draft.refuse((*at, "secret"), f"{_quoted(secret)} is neither true nor false")
        secret = False
    if secret and kind and kind != "cards":
        draft.refuse((*at, "secret"), f"only a stage of cards can be secret; this one is of kind {kind!r}")
    return TemplateStage(
        id=stage_id,
        kind=kind,
        title=_text(draft, data, at, "title"),
        question=_text(draft, data, at, "question"),
        prompts=_prompts(draft, data, at),
        help=_text(draft, data, at, "help", default=""),
        collects=_text(draft, data, at, "collects", default=""),
        minutes=_minutes(draft, data, at, presets),
        columns=columns,
        secret=secret,
        policy=_choice(draft, data, at, "policy", POLICIES, default="") or None,
        section=_choice(draft, data, at, "section", SECTIONS, default=SECTION_OF_KIND.get(kind, "")),
    )


def _column(draft: Draft, data: dict[str, Any], at: TomlPath) -> Column:
    _only(draft, data, at, ("id", "title", "hint", "key"))
    column_id = _text(draft, data, at, "id")
    if column_id and not _ID.fullmatch(column_id):
        draft.refuse((*at, "id"), f"{_quoted(column_id)} is no id; use small letters, digits and _")
    key = _text(draft, data, at, "key", default="")
    if key and not (len(key) == 1 and key.isascii() and key.islower()):
        draft.refuse((*at, "key"), f"{_quoted(key)} is not one small letter, a to z")
    return Column(column_id, _text(draft, data, at, "title"), _text(draft, data, at, "hint", default=""), key)


def _prompts(draft: Draft, data: dict[str, Any], at: TomlPath) -> tuple[str, ...]:
    found = data.get("prompts", [])
    if not isinstance(found, list):
        draft.refuse((*at, "prompts"), 'write the prompts as a list of texts: ["What did we see?"]')
        return ()
    good: list[str] = []
    for index, item in enumerate(found):
        if not isinstance(item, str) or not item.strip() or len(item) > _LONGEST:
            draft.refuse((*at, "prompts", index), f"{_quoted(item)} is not a prompt: write a short text")
        else:
            good.append(_tidy(item))
    _unique(draft, (*at, "prompts"), "", good)
    return tuple(good)


def _minutes(draft: Draft, data: dict[str, Any], at: TomlPath, presets: Sequence[str]) -> dict[str, int]:
    found = data.get("minutes")
    if not isinstance(found, dict):
        example = ", ".join(f"{preset} = 5" for preset in presets) or "standard-30 = 5"
        draft.refuse((*at, "minutes"), f"say the minutes for each preset: minutes = {{ {example} }}")
        return dict.fromkeys(presets, 0)
    good: dict[str, int] = {}
    for preset, value in found.items():
        if preset not in presets:
            draft.refuse(
                (*at, "minutes", preset), f"there is no such preset (there are: {', '.join(presets)})"
            )
        elif not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 600:
            draft.refuse(
                (*at, "minutes", preset), f"{_quoted(value)} is not a whole number of minutes, 0 to 600"
            )
        else:
            good[preset] = value
    for preset in presets:
        if preset not in found:
            draft.refuse((*at, "minutes"), f"the minutes for the preset {preset!r} are missing")
    return {preset: good.get(preset, 0) for preset in presets}


def _text(draft: Draft, data: Mapping[str, Any], at: TomlPath, key: str, default: str | None = None) -> str:
    value = data.get(key, default)
    if value is None:
        draft.refuse((*at, key), "this is missing")
        return ""
    if not isinstance(value, str):
        draft.refuse((*at, key), f"{_quoted(value)} is not a text in quotation marks")
        return ""
    if default is None and not value.strip():
        draft.refuse((*at, key), "this is empty")
    if len(value) > _LONGEST:
        draft.refuse((*at, key), f"this is longer than {_LONGEST} characters")
    return _tidy(value)


def _choice(
    draft: Draft,
    data: Mapping[str, Any],
    at: TomlPath,
    key: str,
    allowed: Sequence[str],
    default: str | None = None,
) -> str:
    value = _text(draft, data, at, key, default)
    if key in data and isinstance(data[key], str) and value and value not in allowed:
        draft.refuse((*at, key), f"{_quoted(value)} is not one of {', '.join(allowed)}")
        return ""
    return value


def _tables(draft: Draft, data: Mapping[str, Any], at: TomlPath, key: str) -> Iterator[dict[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        draft.refuse((*at, key), f"write each one as a table of its own: [[{'.'.join(_words(at, key))}]]")
        return
    yield from found


def _words(at: TomlPath, key: str) -> list[str]:
    return [*(part for part in at if isinstance(part, str)), key]


def _only(draft: Draft, data: Mapping[str, Any], at: TomlPath, allowed: Sequence[str]) -> None:
    for key in data:
        if key not in allowed:
            from difflib import get_close_matches  # seldom needed

            near = get_close_matches(key, allowed, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f" (known are: {', '.join(allowed)})"
            draft.refuse((*at, key), f"a template has no such key here{hint}")


def _unique(draft: Draft, at: TomlPath, key: str, values: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value and value in first:
            path = (*at, index, key) if key else (*at, index)
            draft.refuse(path, f"{_quoted(value)} is used already by number {first[value] + 1}")
        first.setdefault(value, index)


def _tidy(text: str) -> str:
    """A text as it is shown: paragraphs kept, the line breaks inside them not; no control characters."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(printable(part) for part in paragraphs if part)


def _quoted(value: object) -> str:
    text = printable(" ".join(str(value).split()))
    return f'"{text[:59]}…"' if len(text) > 60 else f'"{text}"'
