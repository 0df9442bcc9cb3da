"""What a terminal sends, read with more care than Textual's own parser takes: pastes and broken characters.

Textual looks for keys inside a paste too: an escape character in pasted text (a coloured log, say) loses the
text behind it or presses keys. And one byte that is not UTF-8 ends the whole program. Both are put right
here, at the two names that Textual's driver looks up; all else is left to Textual.
"""

import codecs
from collections.abc import Iterable
from functools import partial
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"

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


def install() -> None:
    """Lets Textual's driver for terminals use them. On Windows its console gives keys, not bytes: no need."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # a platform without termios
        return
    driver: Any = linux_driver
    driver.XTermParser = PasteParser
    driver.getincrementaldecoder = _forgiving


def _forgiving(name: str) -> Any:
    """A decoder that puts a sign for what is not text instead of ending the program."""
    return partial(codecs.getincrementaldecoder(name), errors="replace")
