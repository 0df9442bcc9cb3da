"""PagerDuty: log entries as its REST API gives them (`GET /incidents/{id}/log_entries`), newest first or not.

Types as in the company's OpenAPI file, which names some of them in two ways; both are taken. Leaves folding
with what chat says about the same page to `review`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from retrotui.exchange.timeline_in.candidates import BadSource, Candidate, clean, instant
from retrotui.exchange.timeline_in.guessing import Guess, guess_from_person
from retrotui.exchange.timeline_in.shapes import items, links, table, words
from retrotui.exchange.timeline_in.streaming import JsonItem, Source, json_items
from retrotui.retro import EventKind

_NOISE = {
    "notify": "a notification",
    "assign": "an assignment",
    "snooze": "a snooze",
    "urgency_change": "a change of urgency",
    "priority_change": "a change of priority",
    "delegate": "a delegation",
    "exhaust_escalation_path": "",
    "add_responder": "",
    "link": "a linked incident",
    "repeat_escalation_path": "a repeated escalation",
    "reach_ack_limit": "a limit reached",
    "reach_trigger_limit": "a limit reached",
    "responder_notification": "a notification",
    "custom_field_value_change": "a changed field",
    "field_value_change": "a changed field",
    "service_change": "a change of service",
}


def read_pagerduty(source: Source) -> Iterator[Candidate]:
    """The log entries of one file, oldest first.

    Raises:
        BadSource: when the file holds none, or one of them has no time.
    """
    found = [(entry, line) for entry, line in _entries(json_items(source), source)]
    if not found:
        raise BadSource(source.name, "holds no log entries of PagerDuty")
    timed = []
    for entry, line in found:
        at = instant(entry.get("created_at"))
        if at is None:
            raise BadSource(source.name, f"a log entry without a time: {entry.get('created_at')!r:.60}", line)
        timed.append((at, entry))
    timed.sort(key=lambda pair: pair[0])
    acknowledged: set[str] = set()
    for at, entry in timed:
        kind = str(entry.get("type") or "").removesuffix("_reference").removesuffix("_log_entry")
        incident = table(entry, "incident")
        guess = _guess(kind, entry, words(incident, "id") in acknowledged)
        if guess.kind is EventKind.ACKNOWLEDGED:
            acknowledged.add(words(incident, "id"))
        agent = table(entry, "agent")
        person = words(agent, "summary") if str(agent.get("type") or "").startswith("user") else ""
        yield Candidate(
            ref=f"pagerduty:{words(entry, 'id') or at.isoformat()}",
            text=_text(kind, entry),
            source=f"pagerduty, {person}" if person else "pagerduty",
            at=at,
            kind=guess.kind,
            why=guess.why,
            people=(person,) if person else (),
            evidence=links(entry.get("html_url"), incident.get("html_url")),
            written=str(entry.get("created_at")),
            noise=_NOISE.get(kind, "") if guess.kind is EventKind.OBSERVATION and not guess.why else "",
            format="pagerduty",
        )


def _entries(found: Iterable[JsonItem], source: Source) -> Iterator[tuple[Mapping[str, Any], int]]:
    for item in found:
        if isinstance(item.value, Mapping) and isinstance(item.value.get("log_entries"), list):
            for entry in item.value["log_entries"]:
                if not isinstance(entry, Mapping):
                    raise BadSource(source.name, "a log entry is expected here, and this is none", item.line)
                yield entry, item.line
        elif isinstance(item.value, Mapping) and isinstance(item.value.get("log_entry"), Mapping):
            yield item.value["log_entry"], item.line
        elif isinstance(item.value, Mapping) and "_log_entry" in str(item.value.get("type") or ""):
            yield item.value, item.line
        else:
            raise BadSource(source.name, "this is no log entry of PagerDuty", item.line)


def _guess(kind: str, entry: Mapping[str, Any], again: bool) -> Guess:
    match kind:
        case "trigger":
            by_hand = str(table(entry, "agent").get("type") or "").startswith("user")
            if by_hand or table(entry, "channel").get("type") == "web_trigger":
                return Guess(EventKind.DECLARED, "a person opened it by hand")
            return Guess(EventKind.ALERTED, "an alert opened it")
        case "acknowledge" | "acknowledgement":
            if again:
                return Guess(EventKind.ACTION, "acknowledged again; the first one stays the milestone")
            return Guess(EventKind.ACKNOWLEDGED, "first acknowledgement of this incident")
        case "resolve":
            return Guess(EventKind.RESOLVED, "resolved there")
        case "escalate" | "exhaust_escalation_path":
            return Guess(EventKind.ESCALATED, "escalated there")
        case "add_responder" | "responder_request" | "responder_request_for_escalation_policy":
            return Guess(EventKind.ESCALATED, "more people were asked for")
        case "status_update":
            return Guess(EventKind.COMMS, "a status update")
        case "unacknowledge":
            return Guess(EventKind.OBSERVATION, "the acknowledgement ran out")
        case "annotate":
            note = _note(entry)
            guess = guess_from_person(note)
            return guess if guess.why else Guess(EventKind.OBSERVATION, "a note somebody wrote")
    return Guess()


def _note(entry: Mapping[str, Any]) -> str:
    channel = table(entry, "channel")
    for key in ("summary", "details", "content", "note", "body"):
        if isinstance(channel.get(key), str) and channel[key].strip():
            return clean(channel[key])
    return ""


def _text(kind: str, entry: Mapping[str, Any]) -> str:
    note = _note(entry) if kind in ("annotate", "status_update") else ""
    if note:
        return note
    summary = words(entry, "summary") or kind.replace("_", " ")
    incident = words(table(entry, "incident"), "summary")
    return f"{summary}: {incident}" if incident and incident not in summary else summary


def looks_like_pagerduty(value: object) -> bool:
    """Whether the first value of a JSON file speaks for this format."""
    if isinstance(value, Mapping):
        if items(value, "log_entries") or table(value, "log_entry"):
            return True
        return "_log_entry" in str(value.get("type") or "")
    return False
