"""Where in a TOML text a key or a list item stands, so that an error can name its line.

`tomllib` says what a file holds but not where. This reads the same text once more, only for places, and only
when there is something to report. Leaves the meaning of the values to whoever asks.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from retrotui.safe_text import printable

Path = tuple[str | int, ...]
"""Keys and list indices from the top of the file: `("stage", 2, "prompts", 0)`."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR_END = re.compile(r"[,\]}\n#]")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


def lines_of(text: str) -> dict[Path, int]:
    """The line (counted from 1) of every table, key and list item.

    Reads as far as it can: of a text that is not TOML, the places before the fault.
    """
    return dict(_Scanner(text).places())


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line of a path, or of the nearest part of it that stands in the text; None when nothing does."""
    known = lines_of(text)
    for length in range(len(path), 0, -1):
        line = known.get(tuple(path[:length]))
        if line is not None:
            return line
    return None


def fault_in(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """The line of a syntax error, and what it says without the place."""
    message = str(error)
    found = _AT_LINE.search(message)
    if found:
        return int(found.group(1)), message[: found.start()].strip()
    if "(at end of document)" in message:
        return max(1, len(text.splitlines())), message.replace("(at end of document)", "").strip()
    return 1, message


_IN_WORDS = (
    ("Illegal character '\\n'", "a text that begins here has no closing quotation mark on its line"),
    ("Unterminated string", "a text that begins here has no closing quotation mark"),
    ("Expected \"'", "a text that begins here has no closing quotation mark"),
    ("Invalid value", 'what stands behind = is no value; texts need quotation marks, as key = "words"'),
    ("Expected '=' after a key", 'a key needs = and a value behind it, as key = "words"'),
    (
        "Expected newline or end of document",
        "something is left over at the end; each key needs a line of its own",
    ),
    ("Expected ']", "a heading needs its closing brackets, as [table] or [[list]]"),
    ("Unclosed array", "a list is not closed: ] is missing"),
    ("Unclosed inline table", "a table is not closed: } is missing"),
    ("Invalid statement", "this is neither a key with a value nor a heading in brackets"),
    ("Unescaped '\\'", "a backslash stands alone; write two, or use 'single' quotation marks"),
    ("Invalid initial character for a key", "this is neither a key with a value nor a heading in brackets"),
)
"""How a syntax error of `tomllib` begins, and what it means to somebody who does not write parsers."""


def fault_in_words(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """The line of a syntax error, and what has to be mended there, as a part of a sentence."""
    line, message = fault_in(error, text)
    if message.startswith("Cannot declare"):
        table = ".".join(re.findall(r"'([^']*)'", message))
        return line, f"the table [{printable(table)}] is there twice; put the two together"
    if message == "Cannot overwrite a value":
        return line, "this key is there twice; take one of the two out"
    words = next((words for begin, words in _IN_WORDS if message.startswith(begin)), "")
    return line, f"this is not TOML: {words or message[:1].lower() + message[1:]}"


class _Unreadable(Exception):
    """The text is not TOML from here on."""


class _Scanner:
    """One pass over a text, yielding each path with its line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._lists: dict[Path, int] = {}

    def places(self) -> Iterator[tuple[Path, int]]:
        """Every path, in the order of the text; a path defined twice keeps its first line."""
        seen: set[Path] = set()
        try:
            for path, line in self._document():
                if path not in seen:
                    seen.add(path)
                    yield path, line
        except (_Unreadable, RecursionError):
            return

    def _line(self) -> int:
        return bisect_right(self._newlines, self._at - 1) + 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        assert match is not None  # both patterns match the empty string
        self._at = match.end()

    def _sees(self, token: str) -> bool:
        return self._text.startswith(token, self._at)

    def _take(self, token: str) -> None:
        if not self._sees(token):
            raise _Unreadable
        self._at += len(token)

    def _document(self) -> Iterator[tuple[Path, int]]:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            line = self._line()
            if self._sees("[["):
                self._at += 2
                keys = self._keys()
                self._take("]]")
                above = (*self._inside(keys[:-1]), keys[-1])
                index = self._lists.get(above, -1) + 1
                self._lists[above] = index
                table = (*above, index)
                yield from self._parts(above, line)
                yield table, line
            elif self._sees("["):
                self._at += 1
                keys = self._keys()
                self._take("]")
                table = (*self._inside(keys[:-1]), keys[-1])
                yield from self._parts(table, line)
            else:
                yield from self._pair(table)
            self._skip(_BLANK)

    @staticmethod
    def _parts(path: Path, line: int) -> Iterator[tuple[Path, int]]:
        """A header's path and the tables above it, which it may be the first to name."""
        for length in range(1, len(path) + 1):
            yield path[:length], line

    def _inside(self, keys: tuple[str, ...]) -> Path:
        """The path that header keys mean: each list of tables stands for its last table."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._lists:
                path = (*path, self._lists[path])
        return path

    def _pair(self, table: Path) -> Iterator[tuple[Path, int]]:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            yield path, line
        self._take("=")
        self._skip(_SPACE)
        yield from self._value(path)

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            keys.append(self._key())
            self._skip(_SPACE)
            if not self._sees("."):
                return tuple(keys)
            self._at += 1

    def _key(self) -> str:
        for pattern in (_BARE, _LITERAL, _BASIC):
            match = pattern.match(self._text, self._at)
            if match:
                self._at = match.end()
                raw = match.group()
                if pattern is _BARE:
                    return raw
                try:
                    return str(tomllib.loads(f"key = {raw}")["key"])
                except tomllib.TOMLDecodeError as error:
                    raise _Unreadable from error
        raise _Unreadable

    def _value(self, path: Path) -> Iterator[tuple[Path, int]]:
        if self._sees("["):
            yield from self._array(path)
        elif self._sees("{"):
            yield from self._inline_table(path)
        else:
            for opening, pattern in (
                ('"""', _LONG_BASIC),
                ("'''", _LONG_LITERAL),
                ('"', _BASIC),
                ("'", _LITERAL),
            ):
                if self._sees(opening):
                    match = pattern.match(self._text, self._at)
                    if match is None:
                        raise _Unreadable
                    self._at = match.end()
                    return
            end = _SCALAR_END.search(self._text, self._at)
            self._at = end.start() if end else len(self._text)

    def _array(self, path: Path) -> Iterator[tuple[Path, int]]:
        self._take("[")
        index = 0
        self._skip(_BLANK)
        while not self._sees("]"):
            yield (*path, index), self._line()
            yield from self._value((*path, index))
            index += 1
            self._skip(_BLANK)
            if not self._sees("]"):
                self._take(",")
                self._skip(_BLANK)
        self._take("]")

    def _inline_table(self, path: Path) -> Iterator[tuple[Path, int]]:
        self._take("{")
        self._skip(_BLANK)
        while not self._sees("}"):
            yield from self._pair(path)
            self._skip(_BLANK)
            if not self._sees("}"):
                self._take(",")
                self._skip(_BLANK)
        self._take("}")
