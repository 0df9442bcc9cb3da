"""The work behind `check`: rules in force, notes in, findings out. Which words ask for it is up to
`checking`.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from retrotui.blameless import Checker, Policy, RuleBook, RuleError, Section, load_rulebook
from retrotui.cli.files import read_bytes
from retrotui.cli.findings import CheckedNote
from retrotui.cli.notes import Source, read_source
from retrotui.cli.streams import MISUSE, Stop
from retrotui.cli.team import team_folders
from retrotui.safe_text import one_line, visible
from retrotui.settings import Settings


def checked(
    files: Iterable[Path],
    section: str | None,
    people: tuple[str, ...],
    policy: str | None,
    book: RuleBook | None,
    settings: Settings,
) -> Iterator[tuple[str, list[CheckedNote]]]:
    """Each input's name with its notes and what was found in them.

    Raises:
        Stop: An input cannot be read.
    """
    for path in files:
        source = _source(path, Section(section) if section else None)
        checker = Checker(book, (*people, *source.people), source.kept, _never_off(settings))
        notes = [(note, checker.check(note.text, note.section, policy)) for note in source.notes]
        yield source.name, notes


def rules_in_force(
    own: Iterable[Path], files: Iterable[Path], settings: Settings, folder: Path | None
) -> RuleBook | None:
    """The person's and the team's rules on top of the built-in ones; None when there are only those."""
    for path in own:
        if not path.exists():
            raise Stop(f"retrotui check: there are no rules at {one_line(str(path))}.", MISUSE)
    paths = [*team_folders("rules", settings, folder=folder, files=files), *own]
    if not paths:
        return None
    try:
        return load_rulebook(paths)
    except RuleError as error:
        raise Stop(visible(str(error)), MISUSE) from None


def _source(path: Path, section: Section | None) -> Source:
    if str(path) == "-":
        data = sys.stdin.buffer.read() if sys.stdin is not None else b""
        return read_source("-", data, section)
    data = read_bytes(path)
    try:
        return read_source(str(path), data, section)
    except Exception as error:
        from retrotui.archive import BadFile, NewerFormat

        if isinstance(error, BadFile | NewerFormat):
            raise Stop(visible(str(error)), MISUSE) from None
        raise


def _never_off(settings: Settings) -> dict[Section, Policy]:
    """The person's policies; who asks for a check gets one even where the screen stays silent."""
    return {
        section: Policy.COACH if policy is Policy.OFF else policy
        for section, policy in settings.policies.items()
    }
