"""What goes to the terminal and how a command ends: data to stdout, words about it to stderr, never a
traceback.

Imports next to nothing: every command pays for it.
"""

import os
import sys
from collections.abc import Callable

DONE = 0
FOUND = 1
"""The command worked and found something to mend, or could not do what was asked."""
MISUSE = 2
"""It was asked for in a way, or with a file, that it cannot use."""
CRASH = 70
"""A fault in retrotui itself (EX_SOFTWARE of BSD's sysexits)."""
_INTERRUPTED = 130
_PIPE_CLOSED = 141


class Stop(Exception):
    """The command ends here, with sentences for stderr and an exit status."""

    def __init__(self, message: str, status: int = MISUSE) -> None:
        super().__init__(message)
        self.status = status


def out(text: str = "") -> None:
    """One line of data, to stdout."""
    sys.stdout.write(f"{text}\n")


def say(text: str) -> None:
    """One line for the person who looks on, to stderr; silence when nobody can."""
    try:
        sys.stdout.flush()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return


def guarded(command: Callable[[], int]) -> int:
    """Run a command and turn whatever happens into an exit status and, where needed, a sentence.

    With `RETROTUI_DEBUG` set, a fault in retrotui itself shows its traceback.
    """
    _prepare()
    try:
        status = command()
        sys.stdout.flush()
        return status
    except Stop as stop:
        if str(stop):
            say(str(stop))
        return stop.status
    except KeyboardInterrupt:
        say("retrotui: stopped.")
        return _INTERRUPTED
    except BrokenPipeError:
        _discard(sys.stdout.fileno)
        return _PIPE_CLOSED
    except Exception as error:
        if os.environ.get("RETROTUI_DEBUG"):
            import traceback

            traceback.print_exc()
        say(_apology(error))
        return CRASH
    finally:
        _settle_stderr()


def _apology(error: Exception) -> str:
    from retrotui.safe_text import one_line

    if isinstance(error, OSError) and error.strerror:
        where = f"{one_line(str(error.filename))}: " if error.filename else ""
        return f"retrotui: {where}{one_line(error.strerror)}. Nothing was changed after this."
    kind = type(error).__name__
    return (
        f"retrotui: something went wrong inside retrotui itself ({kind}: {one_line(str(error))[:300]}).\n"
        "What was saved before is safe. With RETROTUI_DEBUG=1 the same command shows the details to report."
    )


def _prepare() -> None:
    """Let every character through, whatever the locale: one it lacks is written out rather than fatal."""
    if sys.stdout is None:  # pythonw on Windows, or a closed descriptor
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as we do
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _settle_stderr() -> None:
    """After a dropped connection the terminal is gone: what is left for it must not change the status."""
    try:
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        _discard(sys.stderr.fileno)


def _discard(fileno: Callable[[], int]) -> None:
    """Nobody reads any more: keep the interpreter from saying so once again on its way out."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), fileno())
    except (OSError, ValueError, AttributeError):
        return
