"""`show` and `validate`: look at files without a screen and without touching them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.files import need_file
from retrotui.cli.options import examples, file_argument
from retrotui.cli.streams import FOUND, Stop, out, say
from retrotui.safe_text import one_line, visible

if TYPE_CHECKING:
    from retrotui.retro import Retro


def load(path: Path) -> "Retro":
    """The retro in a file, newer formats included as far as they can be read.

    Raises:
        Stop: It cannot be read, or is not a retro; every problem is named.
    """
    from retrotui.archive import BadFile, NewerFormat, loads, read_bytes

    need_file(path)
    try:
        retro = loads(read_bytes(path), str(path))
        from retrotui.archive.capture import inbox_path

        if not inbox_path(path).exists():
            return retro
        from retrotui.archive import with_notes

        return with_notes(path, retro)
    except BadFile as error:
        backup = path.with_name(path.name + ".bak")
        hint = f"\nThe last good version may be in {one_line(str(backup))}." if backup.exists() else ""
        raise Stop(f"{visible(str(error))}\nThe file was not changed.{hint}", FOUND) from None
    except NewerFormat as error:
        if error.retro is None:
            raise Stop(visible(str(error)), FOUND) from None
        say(visible(str(error)))
        return error.retro


@click.command(
    epilog=examples(
        "retrotui show retros/2026-11-21-checkout-outage.toml",
        "retrotui show retros/2026-11-21-checkout-outage.toml | less",
    )
)
@file_argument
def show(file: Path) -> None:
    """Show the retro in FILE as text.

    In colour on a terminal (NO_COLOR is heeded), as plain text in a pipe. Private cards and open ballots
    stay hidden.
    """
    retro = load(file)
    from retrotui.cli.show_view import print_retro

    print_retro(retro, sys.stdout)


@click.command(epilog=examples("retrotui validate retros/*.toml", "retrotui validate retros"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
def validate(files: tuple[Path, ...]) -> int:
    """Check that every FILE can be read as a retro.

    Prints each problem as FILE:LINE: KEY: MESSAGE and ends with 1 when there is one, with 0 when there is
    none. A folder stands for the *.toml files in it. Keys that this version does not know are kept, and
    mentioned on stderr.
    """
    from retrotui.archive import BadFile, Validation, read_bytes, validate_bytes

    good, problems = 0, 0
    for path in _each(files):
        try:
            found = validate_bytes(read_bytes(path), str(path))
        except BadFile as error:
            found = Validation(error.problems, ())
        for problem in found.problems:
            out(one_line(str(problem)))
        for note in found.notes:
            say(f"note: {one_line(str(note))}")
        problems += len(found.problems)
        good += not found.problems
    files_said = "1 file is fine" if good == 1 else f"{good} files are fine"
    say(f"{files_said}, {problems} {'problem' if problems == 1 else 'problems'} found.")
    return FOUND if problems else 0


def _each(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files meant: folders opened up, and patterns where the shell does not expand them (Windows)."""
    for path in paths:
        try:
            folder = path.is_dir()
        except (OSError, ValueError):  # a name that is too long, a zero byte in it
            folder = False
        if folder:
            found = sorted(item for item in path.glob("*.toml") if item.is_file())
            if not found:
                say(f"note: there are no *.toml files in {one_line(str(path))}.")
            yield from found
        elif sys.platform == "win32" and "*" in path.name and not path.exists():
            yield from sorted(path.parent.glob(path.name))
        else:
            yield path
