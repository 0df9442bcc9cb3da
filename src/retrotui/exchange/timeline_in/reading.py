"""Reads any sources into candidates: finds the format, applies the person's choices, counts what is left out.

All or nothing: a source that turns out bad half way gives nothing. Leaves what the retro knows to `review`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from retrotui.exchange.timeline_in.alertmanager import looks_like_alertmanager, read_alertmanager
from retrotui.exchange.timeline_in.calendars import read_ics
from retrotui.exchange.timeline_in.candidates import BadSource, Candidate, ReadOptions
from retrotui.exchange.timeline_in.chat_text import read_chat
from retrotui.exchange.timeline_in.files import is_archive, open_file, size_of
from retrotui.exchange.timeline_in.git_log import read_git
from retrotui.exchange.timeline_in.issues import (
    looks_like_github,
    looks_like_gitlab,
    read_github,
    read_gitlab,
)
from retrotui.exchange.timeline_in.journal import looks_like_journal, read_journal
from retrotui.exchange.timeline_in.pagerduty import looks_like_pagerduty, read_pagerduty
from retrotui.exchange.timeline_in.slack import read_slack
from retrotui.exchange.timeline_in.streaming import JsonItem, Meter, Source, json_items
from retrotui.exchange.timeline_in.tables import read_table

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "slack": "a Slack workspace export (folder or zip), or channel-day files",
        "pagerduty": "PagerDuty log entries, JSON",
        "alertmanager": "Alertmanager or Prometheus alerts, JSON",
        "github": "GitHub issues, pull requests, comments and events, JSON",
        "gitlab": "GitLab issues, merge requests and notes, JSON",
        "git": "a git repository: commits, merges, reverts, tags",
        "csv": "a table with any separator",
        "ics": "a calendar",
        "text": "text pasted from a chat, or a scribe's notes",
        "journal": "the systemd journal: journalctl -o json",
    }
)
"""What can be read, by the name after `--from`; `auto` finds out."""

MOST = 20_000
"""Candidates in one reading: more could not be looked through, and would not fit a meeting."""
LONG = timedelta(days=60)
"""A reading over a longer time than this is remarked on: it is seldom one incident."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What sources offer."""

    candidates: tuple[Candidate, ...] = ()
    """In the order of the sources."""
    formats: tuple[str, ...] = ()
    """The format of each source."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """How many were left out, by reason: noise, outside the time asked for, not matching."""
    remarks: tuple[str, ...] = ()
    """Sentences that deserve a look: guessed columns, missing names, long spans."""


def read(
    sources: Sequence[Path],
    options: ReadOptions | None = None,
    format: str = "auto",  # noqa: A002
) -> Reading:
    """Everything the sources offer, or nothing.

    Args:
        sources: Files, folders, archives, repositories; `-` for standard input.
        options: What to take, in which zone, and who is told how far it is.
        format: One of `FORMATS`, or `auto` to find out for each source.

    Raises:
        BadSource: when one of them cannot be read; names file and line.
        Cancelled: when the person stopped it.
    """
    options = options or ReadOptions()
    if format != "auto" and format not in FORMATS:
        raise BadSource(format, f"there is no such format; there are {', '.join(FORMATS)}, and auto")
    try:
        re.compile(options.match, re.IGNORECASE)
    except re.error as error:
        raise BadSource("--match", f"{options.match!r} is no regular expression: {error}") from None
    kept: dict[str, Candidate] = {}
    left_out: Counter[str] = Counter()
    tell: list[str] = []
    formats: list[str] = []
    for name, paths in _grouped(sources, format):
        formats += [name] * len(paths)
        for candidate in _candidates(name, paths, options, tell):
            reason = options.leaves_out(candidate.at, candidate.text, candidate.source)
            if not reason and not options.noise:
                reason = candidate.noise
            if reason:
                left_out[reason] += 1
                continue
            known = kept.get(candidate.ref)
            if known is None or "edited" in candidate.remark:  # the later text of an edited message
                kept[candidate.ref] = candidate
            if len(kept) > MOST:
                raise BadSource(
                    str(paths[0]),
                    f"more than {MOST:,} entries; narrow it with --since, --until, --channel or --match "
                    f"(the {MOST:,}th is of {candidate.at:%Y-%m-%d %H:%M})"
                    if candidate.at
                    else f"more than {MOST:,} entries; narrow it with --match",
                )
    found = tuple(kept.values())
    return Reading(found, tuple(formats), MappingProxyType(dict(left_out)), (*tell, *_remarks(found)))


def _remarks(found: Sequence[Candidate]) -> Iterator[str]:
    ids = {
        name for item in found if item.format == "slack" for name in item.people if _SLACK_ID.fullmatch(name)
    }
    if ids:
        yield (
            f"{len(ids)} people are shown by their Slack ids ({', '.join(sorted(ids)[:3])}): "
            f"put the export's users.json beside the files to see names"
        )
    times = [item.at for item in found if item.at is not None]
    if times and max(times) - min(times) > LONG:
        days = (max(times) - min(times)).days
        yield (
            f"this spans {days:,} days ({min(times):%Y-%m-%d} to {max(times):%Y-%m-%d}): "
            f"--since and --until narrow it"
        )


_SLACK_ID = re.compile(r"[UWB][A-Z0-9]{7,}")


def _grouped(sources: Sequence[Path], format: str) -> list[tuple[str, tuple[Path, ...]]]:  # noqa: A002
    """The sources by format; Slack's together, because day files share their names and threads."""
    groups: dict[tuple[str, int], list[Path]] = {}
    for number, path in enumerate(sources):
        name = detect(path) if format == "auto" else format
        groups.setdefault((name, 0 if name == "slack" else number), []).append(path)
    return [(name, tuple(paths)) for (name, _), paths in groups.items()]


def _candidates(
    name: str, paths: tuple[Path, ...], options: ReadOptions, tell: list[str]
) -> Iterator[Candidate]:
    if name == "slack":
        yield from read_slack(paths, options)
        return
    for path in paths:
        meter = Meter(options, total=size_of(path))
        if name == "git":
            yield from read_git(path, options, Meter(options))
            continue
        if path.is_dir():
            raise BadSource(str(path), f"is a folder, and {FORMATS[name]} is a file")
        with open_file(path, meter) as source:
            yield from _READERS[name](source, options, tell)


_Reader = Callable[[Source, ReadOptions, list[str]], Iterator[Candidate]]
_READERS: Mapping[str, _Reader] = {
    "pagerduty": lambda source, options, tell: read_pagerduty(source),
    "alertmanager": lambda source, options, tell: read_alertmanager(source),
    "github": lambda source, options, tell: read_github(source),
    "gitlab": lambda source, options, tell: read_gitlab(source),
    "csv": read_table,
    "ics": lambda source, options, tell: read_ics(source, options),
    "text": lambda source, options, tell: read_chat(source, options),
    "journal": lambda source, options, tell: read_journal(source),
}


def detect(path: Path) -> str:
    """The format of a source, by what it is and how it begins.

    Raises:
        BadSource: when it is not there, or nothing speaks for any format.
    """
    if str(path) == "-":
        raise BadSource("standard input", "its format cannot be guessed; name it with --from")
    if path.is_dir():
        if (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir()):
            return "git"
        if any((path / name).is_file() for name in ("users.json", "channels.json")) or any(
            path.glob("*/*-*-*.json")
        ):
            return "slack"
        raise BadSource(
            str(path), "is neither a Slack export nor a git repository; name the format with --from"
        )
    meter = Meter(ReadOptions())
    with open_file(path, meter) as source:
        start = source.peek(1 << 16)
    if is_archive(path):
        return "slack"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"BEGIN:VCALENDAR" in start[:2000] or path.suffix.lower() == ".ics":
        return "ics"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = start.decode("utf-16", "ignore").lstrip().encode()
    if head[:1] in (b"{", b"[") and (path.suffix.lower() != ".txt" or head[:1] == b"{"):
        return _json_format(path, start)
    if path.suffix.lower() in (".csv", ".tsv"):
        return "csv"
    if not head:
        raise BadSource(str(path), "the file is empty")
    return "csv" if _looks_like_table(start) else "text"


def _json_format(path: Path, start: bytes) -> str:
    with open_file(path, Meter(ReadOptions())) as source:
        item: JsonItem | None = next(json_items(source), None)
    value = item.value if item else None
    if value is None:
        raise BadSource(str(path), "the JSON holds nothing")
    for name, speaks in (
        ("journal", looks_like_journal),
        ("pagerduty", looks_like_pagerduty),
        ("alertmanager", looks_like_alertmanager),
        ("gitlab", looks_like_gitlab),
        ("github", looks_like_github),
    ):
        if speaks(value):
            return name
    if isinstance(value, dict) and ("ts" in value or isinstance(value.get("messages"), list)):
        return "slack"
    raise BadSource(str(path), "this JSON is none that is known; name the format with --from")


def _looks_like_table(start: bytes) -> bool:
    """Whether the first lines have the same separators, and the first reads like a header."""
    lines = [line for line in start.decode("utf-8", "replace").splitlines()[:6] if line.strip()]
    if len(lines) < 2:
        return False
    return any(
        lines[0].count(mark) >= 1
        and re.match(r'^"?(?:time|date|when|timestamp|at)\b', lines[0].strip(), re.IGNORECASE)
        for mark in ",;\t|"
    )
