"""What a terminal sends and what it can show, with more care than Textual takes: pastes and encodings.

Textual looks for keys inside a paste too: an escape character in pasted text (a coloured log, say) loses the
text behind it or presses keys. And one byte that is not UTF-8 ends the whole program. Both are put right
here, at the names that Textual's driver looks up. Where the locale knows no UTF-8, signs that it lacks
are drawn with those it has, cell for cell, so that nothing on the screen moves. All else is left to Textual.
"""

import codecs
import selectors
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"

STAND_IN = "retrotui.stand_in"
"""The name under which Python's codecs know how we show what an encoding lacks."""

_PLAIN: Mapping[str, str] = {
    **dict.fromkeys("─━╌┄═▔▁▂▃", "-"),
    **dict.fromkeys("│┃▌▊▎▐▏▕║", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛╷╵╶╴╸╹╺╻", "+"),
    **dict.fromkeys("█▓▒░▀▄▅▆▇", "#"),
    **dict.fromkeys("●◆▶▸", "*"),
    **dict.fromkeys("○◇·•", "."),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—", "-"),
    "✔": "v",
    "✘": "x",
    "▲": "^",
    "♥": "!",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "⏎": "/",
    "…": "~",
}
"""One cell for one cell."""

_BEGUN = tuple(START[:length] for length in range(len(START) - 1, 2, -1))
"""Beginnings of `START` that are no key by themselves: the rest comes with the next read."""


class PasteParser(XTermParser):
    """Takes what stands between the brackets of a paste as text, whatever it is."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held = ""
        self._pasted: list[str] | None = None
        self._tail = ""

    def feed(self, data: str) -> Iterable[Message]:
        """The messages in what was read; pastes come whole, exactly as they were sent."""
        if not data:
            yield from super().feed(data)
            return
        data, self._held = self._held + data, ""
        while data:
            if self._pasted is not None:
                data = yield from self._in_paste(data)
                continue
            before, start, data = data.partition(START)
            if not start:
                begun = next((begun for begun in _BEGUN if before.endswith(begun)), "")
                self._held = begun
                before = before.removesuffix(begun)
            if before:
                yield from super().feed(before)
            if start:
                self._pasted, self._tail = [], ""

    def _in_paste(self, data: str) -> Any:
        assert self._pasted is not None
        # the closing bracket may be cut in two by the size of a read
        text = self._tail + data
        inside, end, after = text.partition(END)
        if not end:
            keep = len(END) - 1
            self._pasted.append(text[:-keep])
            self._tail = text[-keep:]
            return ""
        self._pasted.append(inside)
        whole, self._pasted, self._tail = "".join(self._pasted), None, ""
        # a NUL cannot be kept by any terminal; carriage returns are how terminals send line ends
        yield events.Paste(whole.replace("\0", ""))
        return after


class PatientSelector(selectors.SelectSelector):
    """Looks for keys less often while nobody types: ten looks a second are a fifth of all work at rest.

    A key ends any wait at once. Leaving waits for a look, so the longest one is short all the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self._in_vain = 0

    def select(self, timeout: float | None = None) -> Any:
        """What is ready; after some looks in vain nothing half-read can be left, and the wait grows."""
        if timeout and self._in_vain >= LOOKS_IN_VAIN:
            timeout = max(timeout, LONGEST_LOOK_S)
        found = super().select(timeout)
        self._in_vain = 0 if found else self._in_vain + 1
        return found


LOOKS_IN_VAIN = 10
LONGEST_LOOK_S = 0.25


def install() -> None:
    """Lets Textual's driver for terminals use them. On Windows its console gives keys, not bytes: no need."""
    codecs.register_error(STAND_IN, _stand_in)
    reconfigure = getattr(sys.__stderr__, "reconfigure", None)  # Textual draws there
    if reconfigure is not None:
        reconfigure(errors=STAND_IN)
    try:
        from textual.drivers import linux_driver
    except ImportError:  # a platform without termios
        return
    driver: Any = linux_driver
    driver.XTermParser = PasteParser
    driver.selectors = SimpleNamespace(**{**vars(selectors), "SelectSelector": PatientSelector})
    driver.getincrementaldecoder = _forgiving


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """Plain signs for what an encoding lacks, as many as the cells it would have taken."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from rich.cells import cell_len

    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char) or "?" * cell_len(char) for char in missing), error.end


def _forgiving(name: str) -> Any:
    """A decoder that puts a sign for what is not text instead of ending the program."""
    return partial(codecs.getincrementaldecoder(name), errors="replace")
