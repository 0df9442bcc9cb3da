"""CSV and the like: any separator, a header that is guessed and told, so that a person can confirm it.

Times are read as people type them (`~14:05`, `two weeks before`), so that a hand-kept table comes in whole.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from retrotui.exchange.timeline_in.candidates import (
    BadSource,
    Candidate,
    ReadOptions,
    clean,
    clean_line,
    fingerprint,
    from_epoch,
    instant,
)
from retrotui.exchange.timeline_in.guessing import Guess, guess_from_person
from retrotui.exchange.timeline_in.shapes import links
from retrotui.exchange.timeline_in.streaming import Source
from retrotui.notation import read_event_line
from retrotui.retro import EventKind, Precision

ROLES = ("time", "date", "kind", "text", "source", "person", "link")
"""What a column can be."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    role: tuple(name.replace("_", " ") for name in names.split())
    for role, names in (
        (
            "time",
            "time timestamp when at datetime created_at created started start occurred utc event_time",
        ),
        ("date", "date day datum"),
        ("kind", "kind type category event_type milestone phase label"),
        (
            "text",
            "text event what description message summary details note notes entry body title comment",
        ),
        ("source", "source origin system from tool service channel"),
        ("person", "person who author user name by actor owner reporter"),
        ("link", "link url evidence href permalink reference links"),
    )
}
_MOST_CELL = 1 << 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, and how that was found out."""

    of: Mapping[str, int]
    """Role → number of the column, from 0."""
    header: tuple[str, ...]
    """The header's words; empty when the table has none."""
    separator: str

    def told(self) -> str:
        """A sentence for the person who confirms it."""
        found = [
            f"{role} is {self.header[at]!r}" if at < len(self.header) else f"{role} is column {at + 1}"
            for role, at in sorted(self.of.items(), key=lambda pair: pair[1])
        ]
        left = [name for at, name in enumerate(self.header) if at not in self.of.values() and name]
        rest = f"; not read: {', '.join(left)}" if left else ""
        start = "columns as guessed" if self.header else "no header found; columns as guessed"
        return f"{start}: {', '.join(found)}{rest}"


def read_table(source: Source, options: ReadOptions, tell: list[str]) -> Iterator[Candidate]:
    """The rows of a table, in its order.

    Args:
        source: The file.
        options: May name the columns.
        tell: Takes up the sentence that says which column was taken for what.

    Raises:
        BadSource: when no column holds what happened, or a row cannot be read.
    """
    rows = _rows(source)
    first = next(rows, None)
    if first is None:
        raise BadSource(source.name, "the file is empty")
    sample = [first]
    for row in rows:
        sample.append(row)
        if len(sample) >= 50:
            break
    columns = _columns(sample, options, source.name)
    tell.append(f"{source.name}: {columns.told()}")
    body = chain(sample[1:] if columns.header else sample, rows)
    seen: dict[str, int] = {}
    previous: datetime | None = None
    for _, cells in body:
        cell = {role: cells[at].strip() if at < len(cells) else "" for role, at in columns.of.items()}
        if not any(cell.values()):
            continue
        found = _candidate(cell, options, previous)
        if found.at is not None:
            previous = found.at
        count = seen[found.ref] = seen.get(found.ref, 0) + 1
        if count > 1:  # equal rows are two events, and the second is the second again next time
            from dataclasses import replace

            found = replace(found, ref=f"{found.ref}:{count}")
        yield found


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the line each ends on."""
    text = source.whole()
    if "\x00" in text:
        raise BadSource(
            source.name, "holds NUL characters: this is no table", text.count("\n", 0, text.find("\x00")) + 1
        )
    separator = _separator(text[:20_000])
    csv.field_size_limit(_MOST_CELL)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = (
                "a quotation mark is open to the end of the file"
                if "unexpected end" in str(error)
                else str(error)
            )
            raise BadSource(source.name, f"this row cannot be read: {said}", reader.line_num) from None
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _separator(sample: str) -> str:
    lines = [line for line in sample.splitlines() if line.strip()][:20]
    best, score = ",", 0.0
    for mark in ",;\t|":
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        except csv.Error:
            continue
        if counts and counts[0] > 1:
            same = sum(count == counts[0] for count in counts) / len(counts)
            if same * min(counts[0], 4) > score:
                best, score = mark, same * min(counts[0], 4)
    return best


def _columns(sample: list[tuple[int, list[str]]], options: ReadOptions, name: str) -> Columns:
    head = [clean_line(cell) for cell in sample[0][1]]
    plain = [re.sub(r"[\s_()]+", " ", cell.casefold()).strip() for cell in head]
    of: dict[str, int] = {}
    for role, wanted in options.columns:
        number = int(wanted) - 1 if wanted.isdecimal() else -1
        if wanted.casefold() in plain:
            number = plain.index(wanted.casefold())
        if role not in ROLES or not 0 <= number < len(head):
            raise BadSource(
                name,
                f"there is no column {wanted!r} for {role!r}; there are {', '.join(head)}; "
                f"a column can be {', '.join(ROLES)}",
            )
        of[role] = number
    named = dict(of)
    for role, known in _NAMES.items():
        if role in named:
            continue
        for word in known:
            at = next(
                (i for i, cell in enumerate(plain) if i not in named.values() and _is_called(cell, word)),
                None,
            )
            if at is not None:
                named[role] = at
                break
    has_header = (len(named) > len(of) or bool(of)) and not any(_time_like(cell) for cell in head)
    if has_header and "text" not in named:
        named.update(_by_content(sample[1:], named, only=("text",)))
    if not has_header:
        named = {**_by_content(sample, of), **of}
    if "date" in named and "time" not in named:
        named["time"] = named.pop("date")
    if "text" not in named:
        raise BadSource(
            name,
            f"no column seems to say what happened; name it with --columns text=NAME "
            f"(there are {', '.join(head)})",
        )
    return Columns(named, tuple(head) if has_header else (), "")


def _is_called(cell: str, word: str) -> bool:
    return cell in (word, f"{word} utc", f"{word} local", f"event {word}")


def _by_content(
    rows: list[tuple[int, list[str]]],
    taken: Mapping[str, int],
    only: tuple[str, ...] = ("time", "kind", "text"),
) -> dict[str, int]:
    """Guesses by what stands in the columns: times, kinds, and the longest words."""
    width = max((len(row) for _, row in rows), default=0)
    free = [at for at in range(width) if at not in taken.values()]
    found: dict[str, int] = {}
    kinds = {kind.value for kind in EventKind}

    def share(at: int, fits: "re.Pattern[str] | set[str]") -> float:
        cells = [row[at].strip() for _, row in rows if at < len(row) and row[at].strip()]
        if not cells:
            return 0.0
        if isinstance(fits, set):
            return sum(cell.lower().replace(" ", "_") in fits for cell in cells) / len(cells)
        return sum(bool(fits.search(cell)) for cell in cells) / len(cells)

    for role, fits in (("time", _TIME_LIKE), ("kind", kinds)):
        best = max(free, key=lambda at: share(at, fits), default=None)
        if role in only and best is not None and share(best, fits) > 0.6:
            found[role] = best
            free.remove(best)
    if "text" in only and free:
        found["text"] = max(free, key=lambda at: sum(len(row[at]) for _, row in rows if at < len(row)))
    return found


_TIME_LIKE = re.compile(
    r"^\W*(?:\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{10}(?:\d{3})?$)"
)


def _time_like(cell: str) -> bool:
    return bool(_TIME_LIKE.search(cell))


def _candidate(cell: Mapping[str, str], options: ReadOptions, previous: datetime | None) -> Candidate:
    when = " ".join(filter(None, (cell.get("date", ""), cell.get("time", ""))))
    text = clean(cell.get("text", ""))
    at, precision, approximate, said, remark = read_when(when, options, previous)
    kind = _named_kind(cell.get("kind", ""))
    guess = Guess(kind, "the table says so") if kind else guess_from_person(text)
    person = clean_line(cell.get("person", ""))
    source = ", ".join(filter(None, (clean_line(cell.get("source", "")) or "table", person)))
    if cell.get("kind") and not kind:
        remark = "; ".join(filter(None, (remark, f"its kind there: {clean_line(cell['kind'])}")))
    return Candidate(
        ref=f"csv:{fingerprint(at.timestamp() if at else said, text)}",
        text=text,
        source=source,
        at=at,
        precision=precision,
        approximate=approximate,
        said=said,
        kind=guess.kind,
        state=guess.state,
        why=guess.why,
        people=(person,) if person else (),
        evidence=links(*re.split(r"[\s,;]+", cell.get("link", ""))),
        written=clean_line(when),
        remark=remark,
        noise="" if text else "a row without words",
        format="csv",
    )


def _named_kind(words: str) -> EventKind | None:
    name = re.sub(r"[\s-]+", "_", words.strip().lower())
    return EventKind(name) if name in {kind.value for kind in EventKind} else None


def read_when(
    when: str, options: ReadOptions, previous: datetime | None
) -> tuple[datetime | None, Precision, bool, str, str]:
    """A time cell: instant, precision, approximate, the words when there is no instant, and a remark."""
    when = clean_line(when)
    if not when:
        return None, Precision.UNKNOWN, False, "", ""
    if re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}", when):
        at = from_epoch(int(when) / 1000 if len(when) == 13 else float(when))
        if at:
            return at, Precision.SECOND, False, "", ""
    if (exact := instant(when, options.zone)) is not None:
        coarse = not exact.second and not exact.microsecond
        return exact, Precision.MINUTE if coarse else Precision.SECOND, False, "", ""
    line = read_event_line(f"{when} | x", day=options.day, zone=options.zone, previous=previous)
    start, end = line.time_span
    if line.at is not None and not when[end:].strip(" |") and not when[:start].strip():
        return line.at, line.precision, line.approximate, "", line.remark
    remark = line.remark if line.at is None else ""
    return None, Precision.UNKNOWN, line.approximate, when, remark
