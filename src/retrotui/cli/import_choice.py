"""The list of candidates as text, the question which of them to take, and a bar while sources are read."""

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TextIO

from retrotui.cli.streams import MISUSE, Stop, say
from retrotui.safe_text import one_line, visible

if TYPE_CHECKING:
    from retrotui.exchange.timeline_in import Candidate, CandidateList, Progress
    from retrotui.retro import Retro

_REDRAW_S = 0.1


class Bar:
    """A bar on stderr while something takes longer than a moment; nothing where nobody looks on."""

    def __init__(self) -> None:
        self._shown = False
        self._next = time.monotonic() + 0.5
        self._live = bool(sys.stderr) and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, progress: "Progress") -> None:
        """Draws how far it is, at most ten times a second."""
        now = time.monotonic()
        if not self._live or now < self._next:
            return
        self._next = now + _REDRAW_S
        width = shutil.get_terminal_size((80, 24)).columns
        megabytes = f"{progress.done / 1e6:,.0f} MB"
        if progress.total:
            share = min(1.0, progress.done / progress.total)
            filled = int(share * 20)
            megabytes = (
                f"[{'#' * filled}{'.' * (20 - filled)}] {share:4.0%} of {progress.total / 1e6:,.0f} MB"
            )
        line = f"{megabytes}  ctrl+c stops  {one_line(progress.name)}"
        sys.stderr.write(f"\r{line[: width - 1].ljust(width - 1)}")
        sys.stderr.flush()
        self._shown = True

    def clear(self) -> None:
        """Takes the bar away."""
        if self._shown:
            width = shutil.get_terminal_size((80, 24)).columns
            sys.stderr.write("\r" + " " * (width - 1) + "\r")
            sys.stderr.flush()
            self._shown = False


def write_list(found: "CandidateList", retro: "Retro", stream: TextIO) -> None:
    """The candidates as numbered lines: `[x]` where it is suggested to take one."""
    from retrotui.exchange.timeline_in import shown_time

    width = shutil.get_terminal_size((100, 24)).columns if stream.isatty() else 0
    zone = retro.info.timezone
    if found.items:
        stream.write(f"Times in {one_line(zone)}. [x] is suggested.\n")
    digits = len(str(len(found.items)))
    last_day = None
    for number, item in enumerate(found.items, 1):
        day = item.at.astimezone(retro.info.zone).date() if item.at else last_day
        if day != last_day and day is not None:
            stream.write(f"{day:%A} {day.day} {day:%B %Y}\n")
            last_day = day
        mark = "[x]" if item.suggested else "[ ]"
        start = f"{mark} {number:{digits}}  {one_line(shown_time(item, retro)):8}  {item.kind.label:12}  "
        words = f"{one_line(item.text)}  ({'; '.join(_facts(item))})"
        line = start + words
        stream.write((line if not width or len(line) <= width else line[: width - 1] + "…") + "\n")


def _facts(item: "Candidate") -> list[str]:
    facts = [one_line(item.source)]
    if item.thread:
        facts.append("a reply")
    if item.why:
        facts.append(one_line(item.why))
    if item.folded:
        facts.append("also told by " + ", ".join(one_line(other.source) for other in item.folded))
    if item.resembles:
        facts.append(f"resembles {item.resembles}")
    if item.remark:
        facts.append(one_line(item.remark))
    return facts


def write_json(found: "CandidateList", retro: "Retro", stream: TextIO, taken: Sequence["Candidate"]) -> None:
    """The candidates as JSON, for other programs."""
    wanted = {item.ref for item in taken}
    listed = [_as_table(item, retro, item.ref in wanted) for item in found.items]
    data = {"zone": retro.info.timezone, "known": found.known, "folded": found.folded, "candidates": listed}
    json.dump(data, stream, indent=2, ensure_ascii=not stream.isatty())
    stream.write("\n")


def _as_table(item: "Candidate", retro: "Retro", taken: bool) -> dict[str, Any]:
    from retrotui.exchange.timeline_in import shown_time

    return {
        "ref": item.ref,
        "at": item.at.isoformat() if item.at else None,
        "shown": shown_time(item, retro),
        "precision": item.precision.value,
        "approximate": item.approximate,
        "said": item.said,
        "kind": item.kind.value,
        "why": item.why,
        "text": item.text,
        "source": item.source,
        "people": list(item.people),
        "evidence": list(item.evidence),
        "thread": item.thread,
        "remark": item.remark,
        "noise": item.noise,
        "resembles": item.resembles,
        "folded": [other.ref for other in item.folded],
        "take": taken,
    }


def chosen(found: "CandidateList", which: str) -> tuple["Candidate", ...]:
    """What `--take` names.

    Raises:
        Stop: it names nothing that is known.
    """
    from retrotui.retro import EventKind

    word = which.strip().lower()
    if word == "all":
        return found.items
    if word == "none":
        return ()
    if word in ("kinds", "suggested"):
        return found.suggested
    kinds = []
    for part in re.split(r"[,\s]+", word):
        name = part.replace("-", "_")
        if name not in {kind.value for kind in EventKind}:
            raise Stop(
                f"retrotui import: --take {one_line(which)!r} is not known; take all, none, kinds, or kinds "
                "by name such as detected,change.",
                MISUSE,
            )
        kinds.append(EventKind(name))
    return found.of_kinds(kinds)


def ask(found: "CandidateList") -> tuple["Candidate", ...]:
    """Asks the person at the keyboard; enter takes what is suggested, an end of input nothing."""
    count = len(found.items)
    say(
        f"Take which? enter: the {len(found.suggested)} suggested; a: all {count}; n: none; numbers such as "
        "1,4-9; with + or - in front: besides or without the suggested."
    )
    while True:
        sys.stderr.write("> ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            return ()
        try:
            return picked(found, line.strip().lower())
        except ValueError as error:
            say(f"{error} Enter, a, n, or numbers from 1 to {count}.")


def picked(found: "CandidateList", answer: str) -> tuple["Candidate", ...]:
    """What an answer to the question takes.

    Raises:
        ValueError: it is no answer; the message says why.
    """
    if answer in ("", "y", "yes"):
        return found.suggested
    if answer in ("a", "all"):
        return found.items
    if answer in ("n", "none", "no", "q"):
        return ()
    suggested = {item.ref for item in found.suggested}
    start = suggested if answer[0] in "+-" else set()
    named: set[str] = set()
    for part in re.split(r"[,\s]+", answer.lstrip("+-").strip()):
        pair = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        first = int(pair[1]) if pair else 0
        last = int(pair[2]) if pair and pair[2] else first
        if not pair or not 1 <= first <= last <= len(found.items):
            raise ValueError(f"{visible(part)!r} is no number in the list.")
        named.update(item.ref for item in found.items[first - 1 : last])
    refs = start - named if answer.startswith("-") else start | named
    return tuple(item for item in found.items if item.ref in refs)
