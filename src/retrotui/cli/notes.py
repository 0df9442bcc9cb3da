"""What `check` reads: plain lines, Markdown reviews and retro files, cut into notes with their places.

Nothing here imports pydantic unless the input is a retro file.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.blameless import KeptPhrase, Section

if TYPE_CHECKING:
    from retrotui.retro import Retro

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_MARKER = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t|:-]+")
_RULE = re.compile(r" {0,3}(?:=+|-{2,}|\*{3,}|_{3,})[ \t]*$")

_SECTION_WORDS = (
    (Section.WELL, ("went well", "lucky", "luck", "what worked", "kudos", "thanks", "helped")),
    (
        Section.ACTIONS,
        ("action", "follow-up", "follow up", "next step", "remediation", "to do", "todo", "how can we"),
    ),
    (Section.CAUSES, ("cause", "factor", "why", "went wrong", "analysis", "lesson", "badly", "what else")),
    (Section.TIMELINE, ("timeline", "what happened", "chronology", "sequence of events")),
)
"""Words in a heading that say which section it opens, the first that fits."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of a note stands in its file."""

    start: int
    """The offset in the note from which on this place holds."""
    line: int
    column: int
    """Both counted from 1; the column in characters, 0 when only the line is known."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that somebody wrote."""

    text: str
    section: Section
    places: tuple[Place, ...]
    """In order, never empty; several when a paragraph runs over several lines."""

    @property
    def line(self) -> int:
        """The line on which it starts, counted from 1."""
        return self.places[0].line

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the text; the column is 0 when it is not known."""
        at = self.places[max(0, bisect_right(self.places, offset, key=lambda place: place.start) - 1)]
        return at.line, at.column + offset - at.start if at.column else 0


@dataclass(frozen=True, slots=True)
class Source:
    """The notes of one input."""

    name: str
    notes: tuple[Note, ...]
    people: tuple[str, ...] = ()
    """The roster the input itself names."""
    kept: tuple[KeptPhrase, ...] = ()
    """Phrases its writers kept deliberately."""


def read_source(name: str, data: bytes, section: Section | None) -> Source:
    """Cut an input into notes.

    Args:
        name: The file's name, or `-`; its ending tells a Markdown review and a retro file from plain lines.
        data: Its bytes. What is not UTF-8 is read as the replacement character.
        section: The section of every note; None to take it from the input, causes where it does not say.

    Raises:
        archive.BadFile, archive.NewerFormat: It says it is a retro file but cannot be read as one.
    """
    suffix = Path(name).suffix.lower()
    if suffix == ".toml" and _is_retro(data):
        return _retro_source(name, data, section)
    text = data.decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if suffix in (".md", ".markdown"):
        return Source(name, tuple(_markdown_notes(lines, section)))
    return Source(name, tuple(_plain_notes(lines, section or Section.CAUSES)))


def _plain_notes(lines: Sequence[str], section: Section) -> Iterator[Note]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Note(line, section, (Place(0, number, 1),))


def _markdown_notes(lines: Sequence[str], chosen: Section | None) -> Iterator[Note]:
    """Paragraphs, list items, headings and table cells; code, quotations, comments and front matter are
    left out.
    """
    section = chosen or Section.CAUSES
    paragraph: list[tuple[int, int, str]] = []
    fence, comment = "", False
    start = 0
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        start = 1 + [line.strip() for line in lines[1:]].index("---") + 1
    for number, line in enumerate(lines[start:], start + 1):
        if comment or line.lstrip().startswith("<!--"):
            comment = "-->" not in line
            continue
        mark = _FENCE.match(line)
        if fence or mark:
            if not fence and mark:
                fence = mark[1]
            elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
            yield from _joined(paragraph, section)
            continue
        heading = _HEADING.match(line)
        item = _MARKER.match(line)
        blank = not line.strip() or _RULE.match(line) or line.lstrip().startswith(">")
        if blank or heading or item or "|" in line:
            yield from _joined(paragraph, section)
        if blank:
            continue
        if heading:
            section = chosen or _section_named(line, section)
            yield from _joined([(number, heading.end(), line[heading.end() :])], section)
        elif line.lstrip().startswith("|"):
            if not _TABLE_RULE.fullmatch(line):
                yield from _cells(number, line, section)
        else:
            skip = item.end() if item else len(line) - len(line.lstrip())
            paragraph.append((number, skip, line[skip:]))
    yield from _joined(paragraph, section)


def _joined(paragraph: list[tuple[int, int, str]], section: Section) -> Iterator[Note]:
    """The lines of a paragraph as one note, a space for each line break; empties the list."""
    words: list[str] = []
    places: list[Place] = []
    length = 0
    for number, skip, line in paragraph:
        text = line.rstrip()
        if text:
            places.append(Place(length, number, skip + 1))
            words.append(text)
            length += len(text) + 1
    paragraph.clear()
    if places:
        yield Note(" ".join(words), section, tuple(places))


def _cells(number: int, line: str, section: Section) -> Iterator[Note]:
    for cell in re.finditer(r"(?:\\.|[^|\\])+", line):
        words = cell.group().strip()
        if words:
            skip = cell.start() + cell.group().index(words)
            yield Note(words, section, (Place(0, number, skip + 1),))


def _section_named(heading: str, otherwise: Section) -> Section:
    words = heading.lower()
    for section, names in _SECTION_WORDS:
        if any(name in words for name in names):
            return section
    return otherwise


def _is_retro(data: bytes) -> bool:
    """Whether TOML says it is a retro; what is not even TOML is left to the codec to explain."""
    try:
        return "retro" in tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return True


def _retro_source(name: str, data: bytes, chosen: Section | None) -> Source:
    from retrotui.archive import loads  # brings pydantic, which lines alone do not need
    from retrotui.toml_lines import lines_of

    retro = loads(data, name)
    lines = lines_of(data.decode("utf-8-sig"))
    sections = _sections_of_stages(retro)
    notes: list[Note] = []

    def add(path: tuple[str | int, ...], text: str, section: Section) -> None:
        if text.strip():
            notes.append(Note(text, chosen or section, (Place(0, lines.get(path, 1), 0),)))

    for key, text in (
        ("title", retro.info.title),
        ("summary", retro.info.summary),
        ("impact", retro.info.impact),
    ):
        add(("retro", key), text, Section.TIMELINE)
    for table, entries, section in (
        ("event", retro.events, Section.TIMELINE),
        ("went_well", retro.went_well, Section.WELL),
        ("card", retro.cards, None),
        ("factor", retro.factors, Section.CAUSES),
        ("question", retro.questions, Section.ACTIONS),
        ("answer", retro.answers, Section.ACTIONS),
        ("action", retro.actions, Section.ACTIONS),
        ("parked", retro.parked, Section.ACTIONS),
    ):
        for index, entry in enumerate(entries):
            where = section or sections.get(getattr(entry, "stage", ""), Section.WELL)
            add((table, index, "text"), getattr(entry, "text", ""), where)
    for index, action in enumerate(retro.actions):
        add(("action", index, "done_when"), action.done_when, Section.ACTIONS)
        add(("action", index, "reason"), action.reason, Section.ACTIONS)
    kept = tuple(KeptPhrase(item.rule, item.phrase) for item in retro.kept_wording)
    notes.sort(key=lambda note: note.line)
    return Source(name, tuple(notes), retro.info.people, kept)


def _sections_of_stages(retro: "Retro") -> dict[str, Section]:
    """The section of each stage: as its template says when that is a shipped one, else as its kind usually
    is.
    """
    from retrotui.facilitation import section_of
    from retrotui.templates import SHIPPED_IDS, shipped

    template = shipped(retro.info.template) if retro.info.template in SHIPPED_IDS else None
    return {
        stage.id: section_of(stage.kind, template.stage(stage.id) if template else None)
        for stage in retro.agenda.stages
    }
