"""Text pasted from a chat, an IRC log, or a scribe's notes. Lines that belong together stay together.

Times and days are read by `notation`; this finds who says what in the shapes that chats copy out as.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrotui.exchange.timeline_in.candidates import (
    BadSource,
    Candidate,
    ReadOptions,
    clean,
    clean_line,
    fingerprint,
)
from retrotui.exchange.timeline_in.guessing import Guess, guess_from_person
from retrotui.exchange.timeline_in.streaming import Source
from retrotui.notation import EventLine, read_event_paste
from retrotui.retro import EventKind, Precision

_DAY = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:today|yesterday)(?: at)?"
    r"|[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?(?:, \d{4})?)"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_HEADER = re.compile(
    r"^(?P<who>[^\W\d_][\w .'()@-]{0,60}?)(?:\s+APP)?(?:\s{2,}|\s*[—–,|]\s*|\s+\[|\s)"
    rf"(?P<when>(?:{_DAY},?\s+)?{_CLOCK})\]?\s*$",
    re.IGNORECASE,
)
"""`Ines Alder  5:20 PM`, `Ines, 17:20`, `ines — 01/31/2017 5:20 PM`: a line of its own above the words."""
_BRACKETED = re.compile(rf"^\[(?P<when>(?:{_DAY},?\s+)?{_CLOCK})\]\s+(?P<rest>\S.*)$", re.IGNORECASE)
_DASHED = re.compile(rf"^(?P<when>{_DAY},?\s+{_CLOCK})\s+-\s+(?P<rest>\S.*)$", re.IGNORECASE)
_ANGLED = re.compile(r"^<[@+%~&]?(?P<who>[^<>\s][^<>]{0,40})>\s+(?P<text>\S.*)$", re.DOTALL)
_COLON = re.compile(
    r"^(?P<who>@?[^\W\d_][\w.'-]{0,30}(?: [A-Z(][\w.'()-]{0,30}){0,2}):\s+(?P<text>\S.*)$", re.DOTALL
)
_NOISE = re.compile(
    r"^(?:[-*=]{2,3}>?|<-+|-+>|→|←)?\s*\S+ (?:\([^)]*\) )?(?:has )?"
    r"(?:joined|left|quit|parted)(?: (?:the (?:channel|group|chat)|#\S+).*)?$"
    r"|^(?:\d+ repl(?:y|ies)|last reply .*|edited|new messages?|thread|:\w+:\s*\d+"
    r"|was added to .*|set the channel.*)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Row:
    """One line for `notation`, and what follows it without a time of its own."""

    line: str
    who: str = ""
    more: list[str] | None = None


def read_chat(source: Source, options: ReadOptions) -> Iterator[Candidate]:
    """The messages or notes of a text, in its order.

    Raises:
        BadSource: when there is not a word in it.
    """
    text = source.whole()
    if "\x00" in text[:10_000]:
        raise BadSource(source.name, "holds NUL characters: this is no text")
    yield from read_chat_text(text, source.name, options)


def read_chat_text(text: str, name: str, options: ReadOptions) -> Iterator[Candidate]:
    """`read_chat` for text at hand, such as a paste into the timeline view."""
    rows = _rows(clean(text))
    read = read_event_paste("\n".join(row.line for row in rows), day=options.day, zone=options.zone)
    if not rows or not read:
        raise BadSource(name, "holds no lines with words")
    seen: dict[str, int] = {}
    for row, line in _paired(rows, read, options):
        found = _candidate(row, line, options)
        count = seen[found.ref] = seen.get(found.ref, 0) + 1
        yield replace(found, ref=f"{found.ref}:{count}") if count > 1 else found


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    header: tuple[str, str] | None = None
    in_chat = False
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if found := _HEADER.match(line):
            header, in_chat = (clean_line(found["who"]), found["when"]), True
            continue
        if header:
            rows.append(_Row(f"{header[1]} {line}", header[0], []))
            header = None
            continue
        if found := _BRACKETED.match(line) or _DASHED.match(line):
            rows.append(_Row(f"{found['when']} {found['rest']}", "", []))
            in_chat = True
            continue
        follows = in_chat and rows and rows[-1].more is not None
        if follows and not re.match(rf"^\W{{0,3}}(?:{_CLOCK}|{_DAY}\b)", line):
            if not _NOISE.match(line):
                assert rows[-1].more is not None
                rows[-1].more.append(line)
            continue
        rows.append(_Row(line))
    return rows


def _paired(
    rows: list[_Row], read: tuple[EventLine, ...], options: ReadOptions
) -> Iterator[tuple[_Row, EventLine]]:
    """Each line read with the row it came from; rows that only set the day have none."""
    if len(read) == len(rows):
        yield from zip(rows, read, strict=True)
        return
    at = 0
    for line in read:
        words = line.text.split(" (until ")[0]
        while at < len(rows) - 1 and not _has(rows[at].line, words):
            at += 1
        yield rows[at], line
        at = min(at + 1, len(rows) - 1)


def _has(row: str, words: str) -> bool:
    return row.endswith(words) or (len(words) > 3 and words in row)


def _candidate(row: _Row, line: EventLine, options: ReadOptions) -> Candidate:
    who, text = row.who, line.text
    if not who and (found := _ANGLED.match(text)):
        who, text = clean_line(found["who"]), found["text"]
    elif not who and (found := _COLON.match(text)) and _is_name(found["who"], row, options):
        who, text = clean_line(found["who"]).lstrip("@"), found["text"]
    noise = "joining, leaving and the like" if _NOISE.match(text) else ""
    if row.more:
        text = "\n".join((text, *row.more))
    guess = guess_from_person(text)
    if line.kind and not line.kind_guessed:
        guess = Guess(line.kind, "the line says so", line.state)
    elif line.kind and not guess.why and not text.rstrip().endswith("?"):
        guess = Guess(line.kind, "the words say so")
    when = f"{line.at.timestamp()}" if line.at else line.said
    return Candidate(
        ref=f"text:{fingerprint(when, who, text)}",
        text=text,
        source=f"chat, {who}" if who else "notes",
        at=line.at,
        precision=line.precision if line.at else Precision.UNKNOWN,
        approximate=line.approximate,
        said=line.said,
        kind=guess.kind if not noise else EventKind.OBSERVATION,
        state=guess.state,
        why="" if noise else guess.why,
        people=(who,) if who else (),
        written=clean_line(row.line[line.time_span[0] : line.time_span[1]]),
        remark=line.remark,
        noise=noise,
        format="text",
    )


def _is_name(word: str, row: _Row, options: ReadOptions) -> bool:
    """Whether what stands before a colon is a person: one of the roster, an @handle, or a chat's own line."""
    known = {name.casefold() for name in options.people}
    return word.startswith("@") or word.casefold() in known or row.more is not None
