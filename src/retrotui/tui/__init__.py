"""The terminal app. Importing this room loads no Textual; `run` does."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.settings import Settings


def run(target: Path | None, *, folder: Path, settings: "Settings") -> int:
    """Runs the app; see `retrotui.tui.app.run`."""
    from retrotui.tui.app import run as run_app

    return run_app(target, folder=folder, settings=settings)


__all__ = ["run"]
