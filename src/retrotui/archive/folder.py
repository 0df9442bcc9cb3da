"""A folder of retros: where it is, what it holds, and the open actions in it.

Reads every file whole, so that a broken one is known for broken; what was read is remembered for as long as
the program runs and the file does not change. Leaves searching across retros to an index.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from retrotui.archive.codec import loads
from retrotui.archive.items import ActionItem, day_of, items_of
from retrotui.archive.opened import read_bytes
from retrotui.archive.problems import BadFile, NewerFormat
from retrotui.archive.walking import walk
from retrotui.retro import Retro
from retrotui.settings import TEAM_FOLDER, Places, settings_file

LedgerAction = ActionItem
"""An open action of the folder, with its retro."""


@dataclass(frozen=True, slots=True)
class RetroSummary:
    """One file of a folder, for a list."""

    path: Path
    id: str
    title: str
    """The file's name when it cannot be read."""
    held: datetime | None = None
    stage: str = ""
    """The id of the stage the meeting is in; empty before it has started."""
    stage_title: str = ""
    status: str = ""
    """`draft`, `in_review`, `reviewed` or `closed`; empty when it cannot be read."""
    open_actions: int = 0
    overdue: int = 0
    error: str = ""
    """Why it cannot be read, as a sentence; empty for a good file."""
    people: tuple[str, ...] = ()
    mode: str = "team"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What is kept of a file that was read: not the retro, thousands of which would fill the memory."""

    stamp: tuple[int, int, int]
    summary: RetroSummary
    open_items: tuple[ActionItem, ...] = ()


_remembered: dict[Path, _Remembered] = {}
_MOST_REMEMBERED = 20_000


def retros_dir(explicit: Path | None = None, env: Mapping[str, str] = os.environ) -> Path:
    """The folder of retros; it need not exist.

    Args:
        explicit: what the person asked for, on the command line or in the settings; it wins.
        env: `RETROTUI_DIR` comes next; then `retros/` where the program was started, if there is one; else
            the user's data folder.
    """
    if explicit is not None:
        return explicit.expanduser()
    named = env.get("RETROTUI_DIR", "")
    if named:
        return Path(named).expanduser()
    here = Path("retros")
    if os.path.isdir(here):  # noqa: PTH112 - Path.is_dir raises where it may not look
        return here.absolute()
    import platformdirs

    return platformdirs.user_data_path("retrotui", appauthor=False) / "retros"


def retro_files(folder: Path) -> tuple[Path, ...]:
    """Every file in the folder and below that may be a retro, in the order of their names, newest day first.

    Hidden files and folders (the team's own things among them) and versions put aside are left out.
    """
    found = (Path(file.full) for file in walk(str(folder)))
    return tuple(sorted(found, key=lambda path: (path.name, str(path)), reverse=True))


def list_retros(folder: Path, today: date | None = None) -> tuple[RetroSummary, ...]:
    """Every retro of the folder and below, newest first; broken files among them, with their error.

    Args:
        folder: the folder of retros; one that is not there is empty.
        today: the day for `overdue`; by default today on this machine.
    """
    day = today or date.today()  # noqa: DTZ011 - the day on the person's own wall calendar
    summaries = [_summary(path, day) for path in retro_files(folder)]
    return tuple(sorted(summaries, key=_newest_first, reverse=True))


def open_actions(
    folder: Path, today: date | None = None, exclude: Path | str | None = None
) -> tuple[LedgerAction, ...]:
    """The open actions of every retro in the folder and below, by due day; those without one come last.

    Args:
        folder: the folder of retros.
        today: with a day, the retros held after it are left out.
        exclude: the file or the id of a retro to leave out, usually the one that is open.
    """
    found: list[ActionItem] = []
    for path in retro_files(folder):
        if exclude is not None and (path == exclude or path.stem == exclude):
            continue
        read = _read(path)
        if read.summary.id == exclude:
            continue
        held = day_of(read.summary.held, read.summary.timezone)
        if today is not None and held is not None and held > today:
            continue
        file = _relative(path, folder)
        found += (replace(item, file=file) for item in read.open_items)
    return tuple(sorted(found, key=lambda item: (item.due or date.max, item.held or date.max, item.ref)))


def path_for(folder: Path, retro: Retro) -> Path:
    """A file name in the folder that is not taken: the retro's id, with a number after it if need be.

    The file system decides in the end: make the file with `create_file`, which never replaces one.
    """
    name = _safe_name(retro.info.id)
    for number in range(1, 10_000):
        path = folder / (f"{name}.toml" if number == 1 else f"{name}-{number}.toml")
        if not os.path.lexists(path):
            return path
    return folder / f"{name}-{os.getpid()}.toml"


def taken_ids(folder: Path) -> frozenset[str]:
    """The ids of the retros in the folder, from their file names."""
    return frozenset(path.stem for path in retro_files(folder))


def team_paths(name: str, folder: Path, env: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Folders of `templates`, `themes` or `rules`: the person's own, then the team's beside its retros."""
    places = Places(settings_file(env))
    return (places.folder / name, folder / TEAM_FOLDER / name)


def _read(path: Path) -> _Remembered:
    try:
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
    except (OSError, ValueError):
        stamp = (0, 0, 0)
    known = _remembered.get(path)
    if known is not None and known.stamp == stamp and stamp != (0, 0, 0):
        return known
    read = _fresh(path, stamp)
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[path] = read
    return read


def _fresh(path: Path, stamp: tuple[int, int, int]) -> _Remembered:
    retro: Retro | None
    try:
        retro, error = loads(read_bytes(path), path.name), ""
    except BadFile as bad:
        retro, error = None, str(bad.problems[0])
    except NewerFormat as newer:
        retro, error = newer.retro, str(newer)
    if retro is None:
        return _Remembered(stamp, RetroSummary(path, path.stem, path.stem, error=error))
    stage = retro.agenda.now
    items = tuple(item for item in items_of(retro) if item.is_open)
    summary = RetroSummary(
        path=path,
        id=retro.info.id,
        title=retro.info.title,
        held=retro.info.held,
        stage=retro.agenda.current,
        stage_title="" if stage is None else stage.title or stage.id.replace("_", " "),
        status=retro.info.status.value,
        open_actions=len(items),
        people=retro.info.people,
        mode=retro.info.mode.value,
        timezone=retro.info.timezone,
    )
    return _Remembered(stamp, summary, items)


def _summary(path: Path, today: date) -> RetroSummary:
    read = _read(path)
    overdue = sum(item.overdue(today) for item in read.open_items)
    return replace(read.summary, overdue=overdue) if overdue else read.summary


def _newest_first(summary: RetroSummary) -> tuple[str, str]:
    day = summary.held.date().isoformat() if summary.held is not None else summary.path.stem[:10]
    return day, summary.path.stem


def _relative(path: Path, folder: Path) -> str:
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.as_posix()


def _safe_name(retro_id: str) -> str:
    """An id as a file name that every platform takes."""
    name = "".join(char if char.isalnum() or char in "-_." else "-" for char in retro_id).strip(".-")
    while len(name.encode("utf-8")) > 180:
        name = name[:-1]
    return name or "retro"
