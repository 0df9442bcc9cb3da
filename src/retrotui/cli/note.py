"""`note`: one line into today's retro, from any shell, while it burns.

Read by hand and without the parser, because every millisecond before the note is on the disk is one too many;
what this does not understand goes to the parser, which says what is wrong with it in its usual words.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from retrotui.archive.capture import CannotNote, Note, add_notes, draft_for, kind_named, time_named
from retrotui.cli.streams import FOUND, MISUSE, Stop, say
from retrotui.safe_text import one_line

_OPTIONS = {"--at": "at", "--kind": "kind", "--to": "to", "--dir": "folder"}
_PIPE_CHUNK = 1 << 16


class Asked(NamedTuple):
    """What was asked for."""

    words: tuple[str, ...]
    at: str = ""
    kind: str = ""
    to: str = ""
    folder: str = ""


def read_words(words: Sequence[str]) -> Asked | None:
    """What the words after `note` ask for; None when the parser should look at them."""
    found: dict[str, str] = {}
    text: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "--":
            text += left
            break
        name, mark, value = word.partition("=")
        if name in _OPTIONS:
            if not mark and not left:
                return None
            found[_OPTIONS[name]] = value if mark else left.pop(0)
        elif word.startswith("-") and word != "-":
            return None
        else:
            text.append(word)
    return Asked(tuple(text), **found) if text else None


def run_note(asked: Asked) -> int:
    """Write the note down and say where.

    Raises:
        Stop: it cannot be written, or the time or kind is none.
    """
    now = datetime.now().astimezone()
    try:
        at = time_named(asked.at) if asked.at else ""
        kind = kind_named(asked.kind) if asked.kind else ""
    except CannotNote as error:
        raise Stop(f"retrotui note: {one_line(str(error))}.", MISUSE) from None
    from_pipe = asked.words == ("-",)
    text = " ".join(asked.words).strip()
    if not text:
        raise Stop('retrotui note: say what happened: retrotui note "pager fires"', MISUSE)
    try:
        retro, made = _retro(asked, now)
        count = 0
        if from_pipe:
            for lines in _piped():
                moment = datetime.now().astimezone()
                notes = [Note(line, moment, at, kind) for line in lines]
                add_notes(retro, notes)
                count += len(notes)
        else:
            add_notes(retro, [Note(text, now, at, kind)])
            count = 1
    except CannotNote as error:
        # The words are given back: whoever typed them has no time to type them again.
        again = "" if from_pipe else f"\nYour note: {one_line(text)}"
        raise Stop(f"retrotui note: {one_line(str(error))}.{again}", FOUND) from None
    things = "noted" if count == 1 else f"{count} notes"
    say(f"{things} in {'the new ' if made else ''}{one_line(_short(retro))}")
    return 0


def _retro(asked: Asked, now: datetime) -> tuple[Path, bool]:
    if asked.to:
        path = Path(asked.to)
        if not path.is_file():
            raise Stop(f"retrotui note: there is no file {one_line(asked.to)}.", MISUSE)
        return path, False
    from retrotui.settings import load_settings, local_timezone

    named = asked.folder or os.environ.get("RETROTUI_DIR", "")
    if named:
        return draft_for(Path(named).expanduser(), now, local_timezone())
    settings = load_settings()  # not the parser's helpers: they bring the parser along
    for problem in settings.problems:
        say(f"note: {one_line(problem)}")
    return draft_for(_usual_folder(settings.dir), now, settings.timezone)


def _usual_folder(chosen: Path | None) -> Path:
    """The folder of retros when nobody names one; the same as everywhere else, see `team.retros_folder`."""
    if chosen is not None:
        return chosen.expanduser()
    here = Path("retros")
    if here.is_dir():
        return here.absolute()
    import platformdirs

    return platformdirs.user_data_path("retrotui", appauthor=False) / "retros"


def _piped() -> Iterator[list[str]]:
    """Lines as they arrive, so that a pipe that stays open (`tail -f`) is noted as it goes."""
    rest = b""
    handle = sys.stdin.fileno()
    while chunk := os.read(handle, _PIPE_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > 1 << 20:
            whole, rest = [*whole, rest], b""
        lines = [line.decode("utf-8", "replace").strip() for line in whole]
        yield [line for line in lines if line]
    if last := rest.decode("utf-8", "replace").strip():
        yield [last]


def _short(path: Path) -> str:
    """The path from here when it lies below, else whole."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)
