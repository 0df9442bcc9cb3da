"""The terminal app. Importing this room loads no Textual; `run` does."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.settings import Settings


def run(target: Path | None, *, folder: Path, settings: "Settings") -> int:
    """Runs the app; see `retrotui.tui.app.run`."""
    import gc

    # Nearly everything that is made before the first picture stays: looking through it again and again for
    # what could be thrown away would take a tenth of the time until then. The app turns it on again.
    gc.disable()
    try:
        from retrotui.tui.app import run as run_app

        return run_app(target, folder=folder, settings=settings)
    finally:
        gc.enable()


__all__ = ["run"]
