"""Opening a screen: home, a retro, the demo. What the screen does is up to `tui`.

Here and not beside the parser, because asking for a screen takes no options most of the time: then the parser
is not even imported, and the first screen is there that much sooner.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.cli.files import need_file
from retrotui.cli.streams import MISUSE, Stop, say
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from retrotui.settings import Settings


def asked_for(words: list[str]) -> "int | None":
    """Open the screen that these words ask for; None when the parser should look at them."""
    match words:
        case []:
            return home(None)
        case ["demo"]:
            return demo_on_screen()
        case ["open", file] if not file.startswith("-"):
            return open_on_screen(Path(file), None)
    return None


def home(folder: Path | None) -> int:
    """The home screen on a folder of retros."""
    need_a_screen(
        "retrotui", "To look at a retro without a screen: retrotui show FILE. All commands: retrotui --help"
    )
    return show(None, folder)


def open_on_screen(file: Path, folder: Path | None) -> int:
    """A retro's file, in a folder of retros (its own when None)."""
    need_file(file)
    need_a_screen("retrotui open", f"To read it without a screen: retrotui show {one_line(str(file))}")
    return show(file, folder or file.parent)


def demo_on_screen() -> int:
    """A lived-in retro, as a copy in a temporary folder."""
    need_a_screen("retrotui demo", "The same commands work on any retro file: retrotui show FILE")
    import tempfile
    from datetime import datetime

    from retrotui.demo import write_demo

    folder = Path(tempfile.mkdtemp(prefix="retrotui-demo-"))
    path = write_demo(folder, datetime.now().astimezone().date())
    status = show(path, folder)
    import shlex

    say(f"The demo's files are in {one_line(str(folder))}; delete them whenever you like.")
    say("What comes afterwards can be tried on them, too:")
    place = one_line(shlex.quote(str(folder)))
    say(f"  retrotui --dir {place} actions         # what is open; --help says where it can go")
    say(f"  retrotui --dir {place} actions --as ics-events -o actions.ics   # into a calendar")
    say(f"  retrotui export {one_line(shlex.quote(str(path)))}   # the write-up")
    return status


def need_a_screen(command: str, instead: str) -> None:
    """Make sure that there is a terminal to draw on.

    Raises:
        Stop: There is none, or none that can place text; the sentence says what to do instead.
    """
    for stream, what in ((sys.stdin, "keyboard"), (sys.stderr, "terminal")):
        if stream is None or not stream.isatty():
            raise Stop(
                f"{command}: this needs a {what}, and here there is none (a pipe or a job?).\n{instead}",
                MISUSE,
            )
    if sys.platform != "win32" and os.environ.get("TERM", "") in ("dumb", "unknown", ""):
        named = os.environ.get("TERM") or "not set"
        raise Stop(
            f"{command}: this terminal (TERM is {one_line(named)}) cannot place text on a screen; "
            f"try another one, or set TERM, for example to xterm-256color.\n{instead}",
            MISUSE,
        )


def show(target: Path | None, folder: Path | None, settings: "Settings | None" = None) -> int:
    """The screen, on a retro or on the home of a folder; its exit status."""
    from retrotui.quick_start import quick_start

    with quick_start():
        from retrotui.cli.team import retros_folder
        from retrotui.settings import load_settings
        from retrotui.tui import run

        # What is wrong with the settings is shown on the screen, which would cover it here.
        settings = settings or load_settings()
        return run(target, folder=retros_folder(folder, settings), settings=settings)
