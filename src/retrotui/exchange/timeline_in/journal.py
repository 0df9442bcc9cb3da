"""The systemd journal, as `journalctl -o json` writes it: one object a line, of any length, in flat memory.

Field names as in systemd's documentation of its journal fields. Leaves other logs to CSV or text.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from retrotui.exchange.timeline_in.candidates import BadSource, Candidate, clean, fingerprint, from_epoch
from retrotui.exchange.timeline_in.guessing import Guess
from retrotui.exchange.timeline_in.shapes import words
from retrotui.exchange.timeline_in.streaming import Source, json_items
from retrotui.retro import EventKind

_PRIORITIES = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
_UNIT_STARTED, _UNIT_STOPPED = "39f53479d3a045ac8e11786248231fbf", "9d1aaa27d60140bd96365438aad20286"
_UNIT_FAILED, _UNIT_RELOADED = "be02cf6855d2428ba40df7e9d022f03d", "7b05ebc668384222baa8881179cfda54"
_BOOT, _SHUTDOWN = "b07a249cd024414a82dd00cd181378ff", "98268866d1d54a499c4e98921d93bc40"
_SLEEP, _OUT_OF_MEMORY = "6bbd95ee977941e497c48be27c254128", "fe6faa94e7774663a0da52717891d8ef"
_MESSAGES: Mapping[str, tuple[EventKind, str]] = {
    _UNIT_STARTED: (EventKind.CHANGE, "a service starts"),
    _UNIT_STOPPED: (EventKind.CHANGE, "a service stops"),
    _UNIT_RELOADED: (EventKind.CHANGE, "a service reloads"),
    _UNIT_FAILED: (EventKind.OBSERVATION, "a service fails"),
    _OUT_OF_MEMORY: (EventKind.OBSERVATION, "a process is killed for want of memory"),
    _BOOT: (EventKind.CHANGE, "the machine starts"),
    _SHUTDOWN: (EventKind.CHANGE, "the machine goes down"),
    _SLEEP: (EventKind.CHANGE, "the machine sleeps"),
}
"""Message ids of systemd's catalogue."""


def read_journal(source: Source) -> Iterator[Candidate]:
    """The entries of a journal, as they stand.

    Raises:
        BadSource: when an entry is none, or has no time.
    """
    for item in json_items(source):
        value = item.value
        if not isinstance(value, Mapping):
            raise BadSource(source.name, "an entry of the journal is expected here", item.line)
        stamp = value.get("__REALTIME_TIMESTAMP") or value.get("_SOURCE_REALTIME_TIMESTAMP")
        micros = (
            int(stamp)
            if isinstance(stamp, str | int) and str(stamp).isdecimal() and len(str(stamp)) < 20
            else None
        )
        at = from_epoch(micros // 1_000_000, micros % 1_000_000) if micros is not None else None
        if at is None:
            raise BadSource(
                source.name, f"an entry without a time (__REALTIME_TIMESTAMP is {stamp!r:.40})", item.line
            )
        yield _candidate(value, at, micros or 0)


def _candidate(value: Mapping[str, Any], at: datetime, micros: int) -> Candidate:
    text = _message(value.get("MESSAGE"))
    unit = words(value, "UNIT", "_SYSTEMD_UNIT", "SYSLOG_IDENTIFIER", "_COMM")
    host = words(value, "_HOSTNAME")
    priority = words(value, "PRIORITY")
    level = _PRIORITIES[int(priority)] if priority.isdecimal() and int(priority) < len(_PRIORITIES) else ""
    known = _MESSAGES.get(words(value, "MESSAGE_ID"))
    guess = Guess()
    if known:
        guess = Guess(*known)
    elif level in ("emergency", "alert", "critical", "error"):
        guess = Guess(EventKind.OBSERVATION, f"logged as {level}")
    mark = (
        words(value, "_BOOT_ID"),
        words(value, "__MONOTONIC_TIMESTAMP"),
        words(value, "_PID"),
        micros,
        text,
    )
    return Candidate(
        ref=f"journal:{fingerprint(*mark)}",
        text=text,
        source="journal" + (f" {unit}" if unit else "") + (f" on {host}" if host else ""),
        at=at,
        kind=guess.kind,
        why=guess.why,
        remark=f"logged as {level}" if level in ("warning",) else "",
        noise="an empty entry" if not text else "a debug line" if level == "debug" else "",
        format="journal",
    )


def _message(value: object) -> str:
    """The words; journalctl writes what is not UTF-8 as a list of bytes, and leaves out what is too long."""
    if isinstance(value, list):
        if value and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):
            return clean(bytes(value).decode("utf-8", "replace"))
        return clean("\n".join(_message(part) for part in value[:50] if part != value))
    return clean(value) if isinstance(value, str) else ""


def looks_like_journal(value: object) -> bool:
    """Whether the first value of a JSON file speaks for this format."""
    return isinstance(value, Mapping) and "__REALTIME_TIMESTAMP" in value
