"""Any value of a source replaced by anything else: candidates or a sentence, never a crash."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrotui.exchange.timeline_in import BadSource, ReadOptions, as_change, read, review
from retrotui.retro import Retro
from tests.exchange.timeline_in.conftest import MESSAGES
from tests.exchange.timeline_in.test_hand_kept import ICS
from tests.exchange.timeline_in.test_machines import alert, entry

WHOLE: dict[str, Any] = {
    "slack": [
        *MESSAGES,
        {
            "ts": "1795183200.1",
            "type": "message",
            "user": "U1",
            "edited": {"ts": "1795183201.0"},
            "user_profile": {"real_name": "A"},
            "files": [{"name": "a.txt", "permalink": "https://x.example"}],
            "reactions": [{"name": "+1", "count": 2}],
            "blocks": [{"type": "rich_text", "elements": [{"type": "text", "text": "x", "elements": []}]}],
        },
    ],
    "pagerduty": {
        "log_entries": [entry("trigger", "2026-11-20T14:03:00Z"), entry("annotate", "2026-11-20T14:04:00Z")]
    },
    "alertmanager": {
        "alerts": [alert(), alert(status="resolved", endsAt="2026-11-20T15:00:00Z")],
        "truncatedAlerts": 1,
    },
    "github": [
        {
            "number": 1,
            "title": "x",
            "user": {"login": "a"},
            "created_at": "2026-11-20T14:03:00Z",
            "labels": [{"name": "i"}],
            "pull_request": {"merged_at": None},
            "comments": [{"body": "x", "createdAt": "2026-11-20T14:03:00Z"}],
        },
        {
            "event": "closed",
            "actor": {"login": "a"},
            "created_at": "2026-11-20T14:03:00Z",
            "issue": {"number": 1},
        },
    ],
    "gitlab": [{"iid": 1, "title": "x", "created_at": "2026-11-20T14:03:00Z", "author": {"username": "a"}}],
    "journal": [
        {"__REALTIME_TIMESTAMP": "1795183200000000", "MESSAGE": [104, 105], "PRIORITY": "3", "_PID": "1"}
    ],
}

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1e308,
        "",
        "x",
        "\x1b[2J\ud800",
        [],
        [[]],
        {},
        {"a": []},
        "9" * 30,
        [None],
        "2026-13-45T99:99:99Z",
    ]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, item in inner for found in places(item, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    fresh = copy.deepcopy(value)
    target = fresh
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = odd
    return fresh


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_may_be_anything(name: str, data: st.DataObject, tmp_path: Path, retro: Retro) -> None:
    path = data.draw(st.sampled_from(places(WHOLE[name])))
    broken = replaced(WHOLE[name], path, data.draw(ODD))
    file = tmp_path / "source.json"
    file.write_text(json.dumps(broken))
    try:
        found = review(read([file], ReadOptions(noise=True), name), retro)
    except BadSource as error:
        assert str(error).startswith(str(file))
        return
    after = as_change(found.items, retro).apply(retro)
    assert len(after.events) == len(found.items)


@pytest.mark.parametrize("name", ["csv", "ics", "text"])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_may_be_anything(name: str, data: st.DataObject, tmp_path: Path, retro: Retro) -> None:
    whole = {
        "csv": "time,kind,text\n14:03,detected,Pager fires\n~14:05,,x\n",
        "ics": ICS,
        "text": "Ana Lowe  2:03 PM\npager fires\n[14:05] will: x\n<a> y\n",
    }[name]
    at = data.draw(st.integers(0, len(whole)))
    odd = data.draw(st.text(max_size=12))
    file = tmp_path / "source.txt"
    file.write_text(whole[:at] + odd.encode("utf-8", "replace").decode() + whole[at + len(odd) :], newline="")
    try:
        found = review(read([file], ReadOptions(noise=True), name), retro)
    except BadSource as error:
        assert str(error).startswith(str(file))
        return
    as_change(found.items, retro).apply(retro)
