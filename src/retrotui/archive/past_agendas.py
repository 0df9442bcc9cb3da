"""The agendas of earlier retros, for a team's own pace. Leaves what to make of them to `facilitation`."""

from collections.abc import Iterator
from pathlib import Path

from retrotui.archive.codec import loads
from retrotui.archive.folder import retro_files
from retrotui.archive.opened import read_bytes
from retrotui.archive.problems import BadFile, NewerFormat
from retrotui.retro import Agenda

MOST_FILES = 24
"""Files that are looked into, the newest first: a pace of two years ago is not this team's any more."""


def past_agendas(folder: Path, *, most_files: int = MOST_FILES) -> tuple[tuple[str, Agenda], ...]:
    """The template's id and the agenda of each of the newest retros that can be read, newest first."""
    return tuple(_agendas(retro_files(folder)[:most_files]))


def _agendas(files: tuple[Path, ...]) -> Iterator[tuple[str, Agenda]]:
    for path in files:
        try:
            retro = loads(read_bytes(path), path.name)
        except (BadFile, NewerFormat, OSError):
            continue
        yield retro.info.template, retro.agenda
