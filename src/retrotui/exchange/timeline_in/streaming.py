"""Reads files piece by piece: text in any usual encoding, and JSON value by value in flat memory.

Leaves what the values mean to the formats.
"""

import codecs
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from retrotui.exchange.timeline_in.candidates import BadSource, Cancelled, Progress, ReadOptions

CHUNK = 1 << 18
"""Bytes read at a time."""
MOST_FOR_ONE = 64 << 20
"""Characters that one value of a JSON file, or one whole text file, may have."""
_SETTLED = 16
"""A JSON error this far before the end of what has been read is one, and no cut-off value."""


@dataclass(slots=True)
class Meter:
    """Counts bytes over all files of one reading, tells the progress, and stops when asked to."""

    options: ReadOptions
    total: int = 0
    done: int = 0

    def add(self, count: int, name: str) -> None:
        """Notes that so many bytes more are read.

        Raises:
            Cancelled: when the person wants to stop.
        """
        if self.options.cancelled():
            raise Cancelled
        self.done += count
        self.options.progress(Progress(self.done, max(self.total, self.done), name))


@dataclass(slots=True)
class Source:
    """One open file: its name for sentences, its bytes, and who counts them."""

    name: str
    stream: IO[bytes]
    meter: Meter
    first: bytes = b""
    """Bytes already read, to be read again."""
    path: Path | None = field(default=None)
    """Where it lies, when it is a file of its own."""

    def peek(self, count: int = 4096) -> bytes:
        """The first bytes, without using them up."""
        if len(self.first) < count:
            self.first += self._read(count - len(self.first))
        return self.first[:count]

    def chunks(self) -> Iterator[bytes]:
        """The bytes, piece by piece."""
        if self.first:
            first, self.first = self.first, b""
            self.meter.add(len(first), self.name)
            yield first
        while chunk := self._read(CHUNK):
            self.meter.add(len(chunk), self.name)
            yield chunk

    def text(self) -> Iterator[str]:
        """The text, piece by piece; the file says its encoding, or it is UTF-8.

        Raises:
            BadSource: with the line of the first byte that is not in the encoding.
        """
        name = self.meter.options.encoding or _encoding(self.peek(4))
        try:
            decoder = codecs.getincrementaldecoder(name)()
        except LookupError:
            raise BadSource(self.name, f"there is no encoding called {name!r}") from None
        line = 1
        for chunk in self.chunks():
            try:
                piece = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise self._not_text(name, error, line) from None
            line += piece.count("\n")
            yield piece
        try:
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise self._not_text(name, error, line) from None

    def whole(self) -> str:
        """All of the text.

        Raises:
            BadSource: when it is not text, or more than fits.
        """
        pieces: list[str] = []
        size = 0
        for piece in self.text():
            size += len(piece)
            if size > MOST_FOR_ONE:
                raise BadSource(self.name, f"more than {MOST_FOR_ONE >> 20} MB of text; cut it to the hours")
            pieces.append(piece)
        return "".join(pieces)

    def _read(self, count: int) -> bytes:
        try:
            return self.stream.read(count)
        except (OSError, EOFError, zlib.error, ValueError, NotImplementedError, RuntimeError) as error:
            raise BadSource(self.name, f"cannot be read to its end: {_why(error)}") from error
        except Exception as error:  # zipfile.BadZipFile, imported only where archives are read
            if type(error).__name__ == "BadZipFile":
                raise BadSource(self.name, f"the archive is damaged here: {error}") from error
            raise

    def _not_text(self, name: str, error: UnicodeDecodeError, line: int) -> BadSource:
        line += error.object[: error.start].count(b"\n")
        byte = error.object[error.start] if error.start < len(error.object) else 0
        shown = "UTF-8" if name.startswith("utf-8") else name
        return BadSource(
            self.name,
            f"byte 0x{byte:02x} is not {shown}; name the encoding with --encoding (cp1252 is a usual one) "
            f"or save the file as UTF-8",
            line,
        )


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if len(start) >= 4 and start[1] == 0 and start[3] == 0 and start[0]:
        return "utf-16-le"
    if len(start) >= 4 and start[0] == 0 and start[2] == 0 and start[1]:
        return "utf-16-be"
    return "utf-8-sig"


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(strict=False, parse_constant=_no_constant)
_BLANK = " \t\r\n"


class _Buffer:
    """A window on the text that moves on, and knows the line it is at."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._pieces = source.text()
        self.text = ""
        self.at = 0
        self.ended = False
        self._line = 1
        self._counted = 0
        """How far in the window line breaks are counted in `_line`."""

    def more(self, least: int = 0) -> bool:
        """Reads on, dropping what is used up; at least so many characters if there are any."""
        self.line(self.at)
        parts, size = [self.text[self.at :]], len(self.text) - self.at
        self.at, self._counted, goal = 0, 0, size + max(least, 1)
        while size < goal:
            piece = next(self._pieces, None)
            if piece is None:
                self.ended = True
                break
            parts.append(piece)
            size += len(piece)
        self.text = "".join(parts)
        return not self.ended

    def line(self, at: int) -> int:
        """The line a place in the window is on, counted from 1 for the file."""
        self._line += self.text.count("\n", self._counted, at)
        self._counted = max(at, self._counted)
        return self._line

    def next_char(self) -> str:
        """The next character that is not blank, without using it up; empty at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _BLANK:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if self.ended:
                return ""
            self.more()

    def value(self) -> Any:
        """The JSON value that starts here."""
        while True:
            try:
                found, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                cut_off = (
                    error.msg.startswith("Unterminated string") or error.pos >= len(self.text) - _SETTLED
                )
                if not cut_off or self.ended:
                    raise self._bad(error.msg, error.pos, cut_off) from None
            except RecursionError:
                raise self._error("values stand too deep within one another", self.at) from None
            except ValueError as error:
                raise self._error(f"a value that cannot be: {error}", self.at) from None
            else:
                margin = _SETTLED if isinstance(found, int | float) else 0  # `0.` may go on as `0.5`
                if end < len(self.text) - margin or self.ended:
                    self.at = end
                    return found
            if len(self.text) - self.at > MOST_FOR_ONE:
                raise self._error(f"one value of more than {MOST_FOR_ONE >> 20} MB", self.at)
            self.more(least=len(self.text) - self.at)

    def _bad(self, message: str, at: int, cut_off: bool) -> BadSource:
        if cut_off and self.ended and (message.startswith("Unterm") or at >= len(self.text.rstrip())):
            return self._error("the JSON ends in the middle: the file is cut off; export it again", at)
        return self._error(f"this is not JSON: {message[:1].lower()}{message[1:]}", at)

    def _error(self, message: str, at: int) -> BadSource:
        return BadSource(self.name, message, self.line(at))


@dataclass(frozen=True, slots=True)
class JsonItem:
    """One value of a JSON file, and the line it starts on."""

    value: Any
    line: int


def json_items(source: Source) -> Iterator[JsonItem]:
    """The elements of a JSON file that is an array, or several; else its values, one after another.

    Reads an array of any length in flat memory. Values may follow one another with blanks or line breaks
    between, as in logs.

    Raises:
        BadSource: with the line, when it is not JSON or ends too early.
    """
    buffer = _Buffer(source)
    start = buffer.next_char()
    if not start:
        raise BadSource(source.name, "the file is empty")
    if start != "[":
        while buffer.next_char():
            line = buffer.line(buffer.at)
            yield JsonItem(buffer.value(), line)
        return
    while start == "[":
        yield from _elements(buffer)
        start = buffer.next_char()  # some tools write one array for each page
    if start:
        raise BadSource(source.name, "something stands behind the end of the JSON", buffer.line(buffer.at))


def _elements(buffer: _Buffer) -> Iterator[JsonItem]:
    """The elements of the array that starts here."""
    buffer.at += 1
    if buffer.next_char() != "]":
        while True:
            buffer.next_char()
            line = buffer.line(buffer.at)
            yield JsonItem(buffer.value(), line)
            mark = buffer.next_char()
            if mark == "]":
                break
            if not mark:
                message = "the JSON ends in the middle: the file is cut off; export it again"
                raise BadSource(buffer.name, message, buffer.line(buffer.at))
            if mark != ",":
                message = f"this is not JSON: {mark!r} stands where a comma belongs"
                raise BadSource(buffer.name, message, buffer.line(buffer.at))
            buffer.at += 1
    buffer.at += 1
