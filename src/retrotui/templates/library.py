"""Finds templates: those that come with the program, and a team's own, which take precedence.

Leaves what a template must hold to `reading`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from retrotui.templates.model import Template
from retrotui.templates.reading import read_template

SHIPPED_IDS = (
    "incident",
    "solo",
    "sprint",
    "start-stop-continue",
    "mad-sad-glad",
    "four-ls",
    "sailboat",
    "kudos",
    "pre-mortem",
)
"""The templates that come with the program, in the order in which they are offered."""

_LARGEST = 1_000_000
"""Bytes of the largest template file that is read; a person's template has a few thousand."""


@cache
def shipped(template_id: str) -> Template:
    """A template that comes with the program, read once.

    Raises:
        KeyError: when there is none of this id.
    """
    template, problems = read_template(f"{template_id}.toml", source(template_id), default_id=template_id)
    assert template is not None, problems
    return template


def source(template_id: str) -> str:
    """The TOML text of a template that comes with the program, to begin one of one's own from.

    Raises:
        KeyError: when there is none of this id.
    """
    if template_id not in SHIPPED_IDS:
        raise KeyError(template_id)
    return (Path(__file__).parent / f"{template_id}.toml").read_text(encoding="utf-8")


class _Shelf(Mapping[str, Template]):
    """Templates by id: a team's own first; those that come with the program are read when asked for."""

    def __init__(self, own: Mapping[str, Template]) -> None:
        self._own = own
        self._ids = (*(key for key in own if key not in SHIPPED_IDS), *SHIPPED_IDS)

    def __getitem__(self, template_id: str) -> Template:
        own = self._own.get(template_id)
        return own if own is not None else shipped(template_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, template_id: object) -> bool:
        return template_id in self._ids


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """The templates at hand, and what is wrong with the files that had to be left out."""

    templates: Mapping[str, Template]
    problems: tuple[str, ...] = ()
    """Each as `file:line: key: message`."""


def load_templates(folders: Iterable[Path] = ()) -> TemplateSet:
    """The shipped templates with a team's own over them.

    Args:
        folders: Folders with `*.toml` files; a later one wins over an earlier one, and all of them over
            what comes with the program. One that is not there counts as empty.

    A file that cannot be used is left out and named in `problems`; what it would have replaced stays.
    """
    own: dict[str, Template] = {}
    problems: list[str] = []
    for folder in folders:
        here: dict[str, str] = {}
        for path in _files_in(folder, problems):
            template, found = read_file(path)
            problems.extend(found)
            if template is None:
                continue
            if template.id in here:
                problems.append(
                    f"{path}:1: id: {template.id!r} is the id of {here[template.id]} already; choose another"
                )
                continue
            here[template.id] = path.name
            own[template.id] = template
    return TemplateSet(_Shelf(own), tuple(problems))


def read_file(path: Path) -> tuple[Template | None, tuple[str, ...]]:
    """A team's own template file, its words checked too; or None and every problem with it."""
    try:
        if path.stat().st_size > _LARGEST:
            return None, (f"{path}: this file is too large to be a template",)
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (f"{path}:{line}: this is not UTF-8; save the file as UTF-8",)
    except FileNotFoundError:
        return None, (f"{path}: there is no such file",)
    except IsADirectoryError:
        return None, (f"{path}: this is a folder, not a template's file",)
    except OSError as error:
        return None, (f"{path}: this file cannot be read: {error.strerror or error}",)
    template, problems = read_template(str(path), text, default_id=path.stem.lower())
    if template is None:
        return None, problems
    from retrotui.templates.wording import (
        blameful,
    )  # loads the rule book, which shipped templates do not need

    problems = blameful(template, str(path), text)
    return (None, problems) if problems else (replace(template, origin=str(path)), ())


def _files_in(folder: Path, problems: list[str]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problems.append(f"{folder}: this folder cannot be read: {error.strerror or error}")
        return []
