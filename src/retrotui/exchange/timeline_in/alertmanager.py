"""Alertmanager and Prometheus: webhook bodies, `GET /api/v2/alerts`, `amtool -o json`, `/api/v1/alerts`.

Each alert gives its start, and its end when it is over. Leaves folding several alerts of one fault to people.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from retrotui.exchange.timeline_in.candidates import BadSource, Candidate, clean, fingerprint, instant
from retrotui.exchange.timeline_in.shapes import items, links, table, words
from retrotui.exchange.timeline_in.streaming import Source, json_items
from retrotui.retro import EventKind

_QUIET_SEVERITIES = frozenset({"warning", "warn", "info", "information", "notice", "none", "low", "debug"})


def read_alertmanager(source: Source) -> Iterator[Candidate]:
    """The alerts of one file, by time.

    Raises:
        BadSource: when the file holds none, or one of them has no start.
    """
    found: list[Candidate] = []
    alerts = 0
    for item in json_items(source):
        for alert in _alerts(item.value):
            if not isinstance(alert, Mapping) or not isinstance(alert.get("labels"), Mapping):
                raise BadSource(source.name, "an alert with labels is expected here", item.line)
            start = instant(alert.get("startsAt") or alert.get("activeAt"))
            if start is None:
                given = alert.get("startsAt") or alert.get("activeAt")
                raise BadSource(source.name, f"an alert without a start: {given!r:.60}", item.line)
            alerts += 1
            found += _events(alert, start)
        if not isinstance(item.value, Mapping):
            continue
        left_out = item.value.get("truncatedAlerts")
        if isinstance(left_out, int) and left_out > 0 and found:
            from dataclasses import replace

            told = f"Alertmanager left {left_out} more out of this message"
            found[-1] = replace(found[-1], remark="; ".join(filter(None, (found[-1].remark, told))))
    if not alerts:
        raise BadSource(source.name, "holds no alerts")
    yield from sorted(found, key=lambda candidate: candidate.at.timestamp() if candidate.at else 0.0)


def _alerts(value: object) -> list[Any]:
    if isinstance(value, Mapping):
        data = value.get("data")
        if isinstance(data, list):
            return data
        return items(value, "alerts") or items(data, "alerts") or ([value] if "labels" in value else [])
    return []


def _events(alert: Mapping[str, Any], start: datetime) -> list[Candidate]:
    labels, notes = table(alert, "labels"), table(alert, "annotations")
    name = words(labels, "alertname") or "alert"
    mark = words(alert, "fingerprint") or fingerprint(sorted((str(k), str(v)) for k, v in labels.items()))
    told = clean(str(notes.get("summary") or notes.get("message") or notes.get("title") or ""))
    more = clean(str(notes.get("description") or ""))
    text = f"{name}: {told or more}" if told or more else name
    where = words(labels, "instance") or words(labels, "service") or words(labels, "job")
    severity = words(labels, "severity").lower()
    evidence = links(
        alert.get("generatorURL"), notes.get("runbook"), notes.get("runbook_url"), notes.get("dashboard")
    )
    remark = "; ".join(
        filter(None, (more if told else "", f"on {where}" if where and where not in text else ""))
    )
    quiet = severity in _QUIET_SEVERITIES
    state = alert.get("status") or alert.get("state")
    if isinstance(state, Mapping):
        state = state.get("state")
    if state in ("pending", "suppressed", "unprocessed"):
        remark = "; ".join(filter(None, (remark, f"it was {state}")))
    utc = start.astimezone(UTC).isoformat()
    found = [
        Candidate(
            ref=f"alertmanager:{mark}:{utc}",
            text=text,
            source="alertmanager",
            at=start,
            kind=EventKind.OBSERVATION if quiet else EventKind.ALERTED,
            why=f"an alert of severity {severity} starts" if severity else "an alert starts",
            evidence=evidence,
            written=str(alert.get("startsAt") or alert.get("activeAt")),
            remark=remark,
            format="alertmanager",
        )
    ]
    end = instant(
        alert.get("endsAt")
    )  # year 1 stands for "not yet", and a firing alert's end is only a timeout
    if end is not None and end > start and state not in ("firing", "active"):
        found.append(
            Candidate(
                ref=f"alertmanager:{mark}:{utc}:end",
                text=f"{name} is over: {told or more}" if told or more else f"{name} is over",
                source="alertmanager",
                at=end,
                kind=EventKind.OBSERVATION,
                why="the alert ends",
                evidence=evidence,
                written=str(alert.get("endsAt")),
                format="alertmanager",
            )
        )
    return found


def looks_like_alertmanager(value: object) -> bool:
    """Whether the first value of a JSON file speaks for this format."""
    alerts = _alerts(value)
    first = alerts[0] if alerts else None
    return isinstance(first, Mapping) and "labels" in first and ("startsAt" in first or "activeAt" in first)
