"""Read the demo's files, move its meetings to today, and put copies into a folder.

Moving works on the text: the one demo file that is opened is then read once, like any other retro.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.retro import Retro

_FILES = ("gitlab-2017.toml", "monzo-2017.toml")
"""The retro the demo opens, then the older one whose action items it brings along."""

_MEETING_DAY = re.compile(
    r'^(?:(?:held|due|closed) = |(?:id|came_from|went_to) = ")(\d{4}-\d\d-\d\d)', re.MULTILINE
)
"""The days that belong to the invented meetings, the one at the start of a retro's id among them."""

_RETRO_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)
_HELD = re.compile(r"^held = (\d{4}-\d\d-\d\d)", re.MULTILINE)


def demo_retro(today: date | None = None) -> "Retro":
    """The retro the demo opens: in the middle of Root causes, with every stage filled.

    Args:
        today: The day on which the meeting is to have been held; None for the dates as they are stored.
    """
    return demo_retros(today)[0]


def demo_retros(today: date | None = None) -> "tuple[Retro, ...]":
    """Every retro of the demo, the one to open first.

    The events keep their real dates. What belongs to the invented meetings (when they were held, when actions
    are due or were closed) moves by whole days together, so that the open and overdue actions stay believable
    however old this file is.

    Args:
        today: The day on which the first retro is to have been held; None for the dates as they are stored.
    """
    from retrotui.archive.codec import loads

    return tuple(loads(text.encode(), name) for name, text in zip(_FILES, _texts(today), strict=True))


def write_demo(folder: Path, today: date | None = None) -> Path:
    """Put the demo's files into a folder and give the path of the one to open.

    A file of the same name that is there already is left alone: somebody may have worked in it.

    Args:
        folder: Where to; made when it is missing.
        today: As for `demo_retros`.

    Raises:
        OSError: The folder or a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for text in _texts(today):
        path = folder / f"{_found(_RETRO_ID, text)}.toml"
        if not path.exists():
            path.write_bytes(text.encode())
        paths.append(path)
    return paths[0]


def _texts(today: date | None) -> list[str]:
    """The files' texts, their meetings moved so that the first was held today."""
    stored = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in _FILES]
    if today is None:
        return stored
    by = today - date.fromisoformat(_found(_HELD, stored[0]))
    return [_moved(text, by) for text in stored]


def _moved(text: str, by: timedelta) -> str:
    def later(match: re.Match[str]) -> str:
        before = match.group()[: -len(match[1])]
        return f"{before}{date.fromisoformat(match[1]) + by}"

    return _MEETING_DAY.sub(later, text)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match is not None, pattern.pattern  # a test keeps the files so
    return match[1]
