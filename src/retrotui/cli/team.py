"""Where retros are kept, and what a person and a team added: found without reading a single retro.

`archive.retros_dir` knows the same folder, but brings pydantic along, which `check` does without.
"""

from collections.abc import Iterable
from pathlib import Path

from retrotui.settings import TEAM_FOLDER, Settings, load_settings


def settings_now() -> Settings:
    """The person's settings; what is wrong with them is said on stderr."""
    from retrotui.cli.root import warn

    settings = load_settings()
    warn(settings.problems)
    return settings


def retros_folder(asked: Path | None, settings: Settings) -> Path:
    """The folder of retros: the one asked for, else that of the environment or the settings, else the usual
    one.
    """
    chosen = asked or settings.dir
    if chosen is not None:
        return chosen.expanduser()
    here = Path("retros")
    if here.is_dir():
        return here.absolute()
    import platformdirs

    return platformdirs.user_data_path("retrotui", appauthor=False) / "retros"


def team_folders(
    kind: str, settings: Settings, *, folder: Path | None = None, files: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """The folders of own things that exist: the person's, then the team's, which wins.

    Args:
        kind: `templates`, `rules` or `themes`.
        settings: The person's settings.
        folder: The folder of retros asked for with `--dir`; None for the usual one.
        files: Files whose folders may hold a team's own things too.
    """
    near = [path.parent for path in files if str(path) != "-"]
    places = (retros_folder(folder, settings), *near)
    wanted = [settings.where.folder / kind, *(place / TEAM_FOLDER / kind for place in places)]
    return tuple(dict.fromkeys(place for place in wanted if _is_folder(place)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
