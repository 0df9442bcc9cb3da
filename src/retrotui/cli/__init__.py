"""The command line: what can be asked for, in which words, and what comes back to the shell.

One module for each group of commands, imported only when one of them is used. `--help` and `--version`
alone need no parser at all, so they are answered here: that is a quarter of the time it takes to import
one. A screen that is asked for without options does without it too.
"""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status.

    Args:
        args: What stands after the program's name; that of this process when None.
    """
    from retrotui.cli.streams import guarded

    words = list(sys.argv[1:] if args is None else args)
    return guarded(lambda: _run(words))


def _run(words: list[str]) -> int:
    import os

    if "_RETROTUI_COMPLETE" not in os.environ:
        if words in (["--help"], ["-h"], ["help"]):
            from retrotui.cli.overview import overview

            sys.stdout.write(overview())
            return 0
        if words in (["--version"], ["-V"]):
            from retrotui import __version__

            sys.stdout.write(f"retrotui {__version__}\n")
            return 0
        if words[:1] == ["note"]:
            from retrotui.cli.note import read_words, run_note

            asked = read_words(words[1:])
            if asked is not None:
                return run_note(asked)
        if not words or words[0] in ("demo", "open"):
            from retrotui.cli.on_screen import asked_for

            status = asked_for(words)
            if status is not None:
                return status
    from retrotui.cli.root import run

    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    return run(words)
