"""PagerDuty, Alertmanager, GitHub, GitLab and the journal."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from retrotui.exchange.timeline_in import ReadOptions, read
from retrotui.retro import EventKind

Write = Callable[[str, object], Path]


def entry(kind: str, at: str, agent: str = "service_reference", **more: object) -> dict[str, object]:
    return {
        "id": f"R{kind}{at}",
        "type": f"{kind}_log_entry",
        "summary": f"{kind} happened",
        "created_at": at,
        "agent": {"type": agent, "summary": "Ana Lowe"},
        "channel": {"type": "api"},
        "incident": {"id": "P1", "summary": "[#77] checkout 5xx", "html_url": "https://pd.example.org/P1"},
        **more,
    }


def test_pagerduty_entries_come_oldest_first_with_the_first_acknowledgement_as_milestone(
    write: Write, options: ReadOptions
) -> None:
    entries = [
        entry("resolve", "2026-11-20T15:00:00Z", "user_reference"),
        entry("acknowledgement", "2026-11-20T14:20:00Z", "user_reference"),
        entry("escalate", "2026-11-20T14:15:00Z"),
        entry("unacknowledge", "2026-11-20T14:14:00Z"),
        entry("acknowledge", "2026-11-20T14:05:00Z", "user_reference"),
        entry("notify", "2026-11-20T14:03:05Z"),
        entry("trigger", "2026-11-20T14:03:00Z"),
    ]
    reading = read([write("pd.json", {"log_entries": entries, "more": False})], options)
    assert reading.formats == ("pagerduty",)
    assert [item.kind for item in reading.candidates] == [
        EventKind.ALERTED,
        EventKind.ACKNOWLEDGED,
        EventKind.OBSERVATION,
        EventKind.ESCALATED,
        EventKind.ACTION,
        EventKind.RESOLVED,
    ]
    assert reading.left_out == {"a notification": 1}
    assert reading.candidates[1].people == ("Ana Lowe",)
    assert reading.candidates[0].text == "trigger happened: [#77] checkout 5xx"


def test_an_incident_opened_by_hand_is_a_declaration(write: Write, options: ReadOptions) -> None:
    by_hand = entry("trigger", "2026-11-20T14:03:00Z", "user_reference", channel={"type": "web_trigger"})
    found = read([write("pd.json", {"log_entries": [by_hand]})], options).candidates
    assert found[0].kind is EventKind.DECLARED


def alert(**more: object) -> dict[str, object]:
    return {
        "status": "firing",
        "labels": {"alertname": "CheckoutErrors", "severity": "critical"},
        "annotations": {"summary": "5xx above 2%"},
        "startsAt": "2026-11-20T14:03:05.123456789Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "fingerprint": "ab12",
        **more,
    }


def test_an_alert_that_still_fires_has_no_end(write: Write, options: ReadOptions) -> None:
    (found,) = read([write("am.json", {"alerts": [alert()], "version": "4"})], options).candidates
    assert found.at == datetime(2026, 11, 20, 14, 3, 5, 123456, tzinfo=UTC)
    assert found.kind is EventKind.ALERTED


def test_a_resolved_alert_has_an_end_and_a_warning_pages_nobody(write: Write, options: ReadOptions) -> None:
    over = alert(
        status={"state": "resolved"},
        endsAt="2026-11-20T15:00:00+01:00",
        startsAt="2026-11-20T14:03:05+01:00",
        labels={"alertname": "Load", "severity": "warning"},
    )
    start, end = read([write("am.json", [over])], options).candidates
    assert start.kind is EventKind.OBSERVATION
    assert start.at == datetime(2026, 11, 20, 13, 3, 5, tzinfo=UTC)
    assert end.at == datetime(2026, 11, 20, 14, tzinfo=UTC)


def test_a_github_issue_with_comments_and_events(write: Write, options: ReadOptions) -> None:
    issue = {
        "number": 12,
        "title": "Checkout is down",
        "html_url": "https://github.example/acme/shop/issues/12",
        "user": {"login": "ana"},
        "labels": [{"name": "incident"}],
        "created_at": "2026-11-20T14:06:00Z",
        "closed_at": "2026-11-20T16:00:00Z",
    }
    comment = {
        "id": 5,
        "issue_url": "https://api.github.example/issues/12",
        "html_url": "https://github.example/acme/shop/issues/12#c5",
        "user": {"login": "will"},
        "created_at": "2026-11-20T14:10:00Z",
        "updated_at": "2026-11-20T14:11:00Z",
        "body": "Rolling back 4512",
    }
    label = {"id": 6, "event": "labeled", "created_at": "2026-11-20T14:07:00Z", "actor": {"login": "ana"}}
    reading = read([write("gh.json", [issue, comment, label])], options)
    assert reading.formats == ("github",)
    assert [(item.kind, item.text) for item in reading.candidates] == [
        (EventKind.DECLARED, "Issue #12 Checkout is down opened"),
        (EventKind.ACTION, "Rolling back 4512"),
        (EventKind.RESOLVED, "Issue #12 Checkout is down closed"),
    ]
    assert reading.candidates[1].people == ("will",)
    assert "edited" in reading.candidates[1].remark


def test_what_gh_prints_is_read_too(write: Write, options: ReadOptions) -> None:
    pull = {
        "number": 4512,
        "title": "Send checkout to the new region",
        "url": "https://github.example/acme/shop/pull/4512",
        "author": {"login": "ana"},
        "createdAt": "2026-11-19T10:00:00Z",
        "mergedAt": "2026-11-20T13:58:00Z",
        "closedAt": "2026-11-20T13:58:00Z",
        "comments": [
            {
                "id": "IC_1",
                "author": {"login": "will"},
                "body": "ship it",
                "createdAt": "2026-11-20T09:00:00Z",
            }
        ],
    }
    found = read([write("pr.json", pull)], options, "github").candidates
    assert [item.text for item in found] == [
        "Pull request #4512 Send checkout to the new region opened",
        "ship it",
        "Pull request #4512 Send checkout to the new region merged",
    ]
    assert found[-1].kind is EventKind.CHANGE


def test_a_gitlab_merge_request_and_its_notes(write: Write, options: ReadOptions) -> None:
    request = {
        "iid": 8,
        "title": "Lower the pool",
        "web_url": "https://gitlab.example/acme/-/merge_requests/8",
        "author": {"username": "ana"},
        "source_branch": "pool",
        "created_at": "2026-11-20T12:00:00.000+01:00",
        "merged_at": "2026-11-20T13:00:00.000+01:00",
    }
    note = {"id": 1, "body": "approved", "system": True, "noteable_type": "MergeRequest"}
    note |= {"author": {"username": "will"}, "created_at": "2026-11-20T12:30:00Z"}
    reading = read([write("mr.json", [request, note])], options)
    assert reading.formats == ("gitlab",)
    assert [item.text for item in reading.candidates] == [
        "Merge request !8 Lower the pool opened",
        "Merge request !8 Lower the pool merged",
    ]
    assert reading.candidates[0].at == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert reading.left_out == {"a system note": 1}


def test_the_journal_line_by_line_with_bytes_and_priorities(write: Write, options: ReadOptions) -> None:
    lines = (
        '{"__REALTIME_TIMESTAMP":"1795183380123456","MESSAGE":"Started shop.","UNIT":"shop.service",'
        '"MESSAGE_ID":"39f53479d3a045ac8e11786248231fbf","PRIORITY":"6","_HOSTNAME":"web1"}\n'
        '{"__REALTIME_TIMESTAMP":"1795183381000000","MESSAGE":[111,104,255],"PRIORITY":"3"}\n'
        '{"__REALTIME_TIMESTAMP":"1795183382000000","MESSAGE":null,"PRIORITY":"6"}\n'
    )
    reading = read([write("log.json", lines)], options)
    assert reading.formats == ("journal",)
    started, broken = reading.candidates
    assert started.at == datetime(2026, 11, 20, 14, 3, 0, 123456, tzinfo=UTC)
    assert (started.kind, started.source) == (EventKind.CHANGE, "journal shop.service on web1")
    assert broken.text == "oh�"
    assert broken.suggested
    assert reading.left_out == {"an empty entry": 1}
