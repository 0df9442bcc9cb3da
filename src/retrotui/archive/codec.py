"""A retro as the bytes of a TOML file, and back. The same value always gives the same bytes.

Leaves writing them safely to `safe_file`, and which file is whose to `opened`.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from retrotui.archive import migrations
from retrotui.archive.document import CONFLICTS, parts_of, table_of, unknown_keys
from retrotui.archive.explain import Path, key_name, nearest
from retrotui.archive.problems import BadFile, FileProblem, NewerFormat
from retrotui.archive.reading import Unfit, check_values, read_document, read_leniently
from retrotui.archive.toml_quick import quick_parse
from retrotui.archive.toml_text import render
from retrotui.retro import FORMAT, Retro
from retrotui.retro.base import Model
from retrotui.toml_lines import fault_in_words, lines_of

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not a retro."""

_STRING_OR_COMMENT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|#[^\n]*",
    re.DOTALL,
)
_LONG_KEY = re.compile(r"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){100}")


def dumps(retro: Retro, *, preamble: str = "") -> bytes:
    """The bytes of a retro's file: UTF-8, one line per fact.

    Args:
        retro: the value to write.
        preamble: comment lines that stand before everything else, as `leading_comments` gave them.
    """
    return Encoder(preamble).dumps(retro)


class Encoder:
    """Writes successive values of one retro: what is the same entry as last time is not written out again.

    Retros share what did not change, so a save costs what changed, not what is there. Used by one thread.
    """

    def __init__(self, preamble: str = "") -> None:
        self.preamble = preamble
        """Comment lines that stand before everything else."""
        self._known: dict[int, tuple[Model, str]] = {}

    def dumps(self, retro: Retro) -> bytes:
        """The bytes of this value's file, as `dumps` gives them."""
        fresh: dict[int, tuple[Model, str]] = {}
        parts: list[str] = []
        for key, part in parts_of(retro):
            if isinstance(part, Model):
                known = self._known.get(id(part))
                if known is None or known[0] is not part:
                    known = (part, render({key: [table_of(part)]}))
                fresh[id(part)] = known
                parts.append(known[1])
            else:
                parts.append(render(part))
        self._known = fresh
        return (self.preamble + "\n".join(parts)).encode("utf-8", "replace")


def loads(data: bytes, name: str = "retro.toml") -> Retro:
    """The retro in the bytes of a file.

    Args:
        data: the whole file.
        name: how the person named it, for the errors.

    Raises:
        BadFile: with every problem found, when it is not a retro.
        NewerFormat: when a newer version wrote it; it carries what could be read.
    """
    return _read(data, name)[0]


@dataclass(frozen=True, slots=True)
class Validation:
    """What a check of a file found."""

    problems: tuple[FileProblem, ...]
    """What keeps it from being read; empty for a good file."""
    notes: tuple[FileProblem, ...]
    """What deserves a look: keys this version does not know (they are kept)."""


def validate_bytes(data: bytes, name: str = "retro.toml") -> Validation:
    """Checks a file without keeping what is in it. Never raises for what the bytes hold."""
    try:
        retro, text, document = _read(data, name)
    except BadFile as error:
        return Validation(error.problems, ())
    except NewerFormat as error:
        return Validation((FileProblem(name, 0, "format", str(error)),), ())
    unknown = list(unknown_keys(retro))
    lines = lines_of(text) if unknown else {}
    notes = tuple(
        FileProblem(
            name,
            _line(path, lines),
            key_name(path, document),
            _about(path, known),
        )
        for path, known in unknown
    )
    return Validation((), notes)


def _about(path: Path, known: tuple[str, ...]) -> str:
    if path == (CONFLICTS,):
        return "both sides of a merge changed the same thing: decide, then delete these tables"
    return f"this version does not know this key and keeps it as it is{nearest(str(path[-1]), known)}"


def comments(data: bytes) -> tuple[tuple[int, str], ...]:
    """The comments in a file that a save would not keep, each with its line counted from 1.

    Comment lines at the very top are kept and not listed.
    """
    if b"#" not in data:
        return ()
    text = data.decode("utf-8-sig", "replace")
    start = len(leading_comments(data))
    found: list[tuple[int, str]] = []
    line, counted = 1, 0
    for match in _STRING_OR_COMMENT.finditer(text):
        if match.start() < start or text[match.start()] != "#":
            continue
        line += text.count("\n", counted, match.start())
        counted = match.start()
        found.append((line, match.group().rstrip("\r")))
    return tuple(found)


def has_comments(data: bytes) -> bool:
    """Whether a save of this file would lose comments."""
    return bool(comments(data))


def leading_comments(data: bytes) -> str:
    """The comment lines at the very top of a file, with the empty lines among them; saves keep them."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    match = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    block = match.group() if match else ""
    return block if "#" in block else ""


def _read(data: bytes, name: str) -> tuple[Retro, str, dict[str, Any]]:
    text = _decoded(data, name)
    document = _parsed(text, name)
    try:
        check_values(document)
        newer = _newer_format(document)
        if newer is not None:
            raise NewerFormat(name, newer, FORMAT, read_leniently(document))
        document = migrations.migrate(document)
        return read_document(document), text, document
    except migrations.NoWay as error:
        raise _bad(name, text, document, [(("format",), str(error))]) from None
    except Unfit as error:
        raise _bad(name, text, document, error.found) from None


def _newer_format(document: dict[str, Any]) -> int | None:
    found = document.get("format")
    if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
        return found
    return None


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise BadFile([FileProblem(name, 0, "", f"larger than {limit} MB; this cannot be a retro")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile([FileProblem(name, 1, "", "saved as UTF-16; save it as UTF-8 and open it again")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte 0x{data[error.start]:02x} in column {column} is not UTF-8; save the file as UTF-8"
        raise BadFile([FileProblem(name, line, "", message)]) from None


def _parsed(text: str, name: str) -> dict[str, Any]:
    quick = quick_parse(text)
    if quick is not None:
        return quick
    if _LONG_KEY.search(text):
        for match in _LONG_KEY.finditer(_STRING_OR_COMMENT.sub('""', text)):
            line = text.count("\n", 0, max(0, text.find(match.group()[:200]))) + 1
            raise BadFile([FileProblem(name, line, "", "a key of more than 100 parts; a retro needs two")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, sentence = fault_in_words(error, text)
        key = _key_at(text, line)
        sentence = _of_a_retro(text, line) or sentence
        raise BadFile([FileProblem(name, line, key, sentence)]) from None
    except RecursionError:
        message = "lists or tables stand too deep within one another; a retro needs four levels"
        raise BadFile([FileProblem(name, _deepest_line(text), "", message)]) from None
    except ValueError as error:
        number = re.search(r"[0-9a-fA-F_]{4000,}", text)
        line = text.count("\n", 0, number.start()) + 1 if number else 1
        message = "a number of thousands of digits" if number else f"a value that cannot be: {error}"
        raise BadFile([FileProblem(name, line, _key_at(text, line), message)]) from None


def _of_a_retro(text: str, line: int) -> str:
    """What a syntax error is where the file of a retro was emptied, or merged by hand; else empty."""
    if not text.strip("\x00 \t\r\n"):
        return "there are no words in this file; take its .bak if there is one"
    lines = text.splitlines()
    if line <= len(lines) and lines[line - 1].startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return (
            "a merge left two versions here; keep one of them and take the marks <<<<<<< ======= >>>>>>> out"
        )
    return ""


def _deepest_line(text: str) -> int:
    """The line with the most opening brackets: near enough to where the nesting gets out of hand."""
    lines = text.split("\n")
    return 1 + max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{"))


def _key_at(text: str, line: int) -> str:
    """The nearest key or heading at or above a line: where a syntax error stands, in the file's own words."""
    best: tuple[int, Path] = (0, ())
    for path, at in lines_of(text).items():
        if at <= line and (at, len(path)) >= (best[0], len(best[1])):
            best = (at, path)
    return key_name(best[1], None)


def _bad(name: str, text: str, document: dict[str, Any], found: list[tuple[Path, str]]) -> BadFile:
    lines = lines_of(text)
    listed = [
        FileProblem(name, _line(path, lines), key_name(path, document), message) for path, message in found
    ]
    return BadFile(sorted(listed, key=lambda problem: problem.line))


def _line(path: Path, lines: dict[Path, int]) -> int:
    """The line of a path, or of the nearest table around it; 1 when there is none."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1
