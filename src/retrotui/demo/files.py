"""Read the demo's files, move its meetings to today, and put copies into a folder."""

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from retrotui.archive.codec import dumps, loads
from retrotui.retro import Action, Retro, new_id_for

_NAMES = ("gitlab-2017.toml", "monzo-2017.toml")
"""The retro the demo opens, then the older one whose action items it brings along."""


def demo_retro(today: date | None = None) -> Retro:
    """The retro the demo opens: in the middle of Root causes, with every stage filled.

    Args:
        today: The day on which the meeting is to have been held; None for the dates as they are stored.
    """
    return demo_retros(today)[0]


def demo_retros(today: date | None = None) -> tuple[Retro, ...]:
    """Every retro of the demo, the one to open first.

    The events keep their real dates. What belongs to the invented meetings (when they were held, when actions
    are due or were closed) moves by whole days together, so that the open and overdue actions stay believable
    however old this file is.

    Args:
        today: The day on which the first retro is to have been held; None for the dates as they are stored.
    """
    folder = files("retrotui.demo")
    stored = tuple(loads((folder / name).read_bytes(), name) for name in _NAMES)
    held = stored[0].info.held
    if today is None or held is None:
        return stored
    by = today - held.date()
    names = {retro.info.id: _moved_id(retro, by) for retro in stored}
    return tuple(_moved(retro, by, names) for retro in stored)


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
    for retro in demo_retros(today):
        path = folder / f"{retro.info.id}.toml"
        if not path.exists():
            path.write_bytes(dumps(retro))
        paths.append(path)
    return paths[0]


def _moved_id(retro: Retro, by: timedelta) -> str:
    held = retro.info.held
    return retro.info.id if held is None else new_id_for(retro.info.title, held + by)


def _moved(retro: Retro, by: timedelta, names: dict[str, str]) -> Retro:
    info = retro.info
    held = None if info.held is None else info.held + by
    return retro.model_copy(
        update={
            "info": info.model_copy(update={"id": names[info.id], "held": held}),
            "actions": tuple(_moved_action(action, by, names) for action in retro.actions),
        }
    )


def _moved_action(action: Action, by: timedelta, names: dict[str, str]) -> Action:
    return action.model_copy(
        update={
            "due": None if action.due is None else action.due + by,
            "closed": None if action.closed is None else action.closed + by,
            "came_from": _renamed(action.came_from, names),
            "went_to": _renamed(action.went_to, names),
        }
    )


def _renamed(reference: str, names: dict[str, str]) -> str:
    """A `RETRO-ID#ACTION-ID` with the retro's moved id."""
    retro_id, mark, action_id = reference.partition("#")
    return f"{names.get(retro_id, retro_id)}{mark}{action_id}"
