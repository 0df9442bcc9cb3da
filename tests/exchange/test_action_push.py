"""Pushing actions to a tracker, against a small server on this machine that behaves like one, limits and
faults included.
"""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.http import TrackerError
from retrotui.exchange.actions_out.issue_text import issue_body, marker
from retrotui.exchange.actions_out.push import Step, plan, push
from retrotui.exchange.actions_out.trackers import Tracker, tracker
from tests.exchange.action_samples import AWKWARD, make_item


class FakeTracker(ThreadingHTTPServer):
    """Issues in memory, in the words of GitHub or GitLab; `faults` are answers given instead, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issues: list[dict[str, Any]] = []
        self.faults: list[tuple[int, dict[str, str], bool]] = []
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeTracker

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, code: int, data: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(data).encode()
        self.send_response(code)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.seen.append(("GET", self.path, dict(self.headers)))
        query = parse_qs(urlsplit(self.path).query)
        page = int(query.get("page", ["1"])[0])
        size = 2  # small pages, so that paging is always at work
        mine = [i for i in self.server.issues if query["labels"][0] in i["labels"]]
        chunk, more = mine[(page - 1) * size : page * size], page * size < len(mine)
        headers = {}
        if more and "/repos/" in self.path:
            path = self.path.split("&page=")[0]
            headers["Link"] = f'<{self.server.base}{path}&page={page + 1}>; rel="next", <x>; rel="last"'
        if "/projects/" in self.path:
            headers["X-Next-Page"] = str(page + 1) if more else ""
        self._answer(200, chunk, headers)

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append(("POST", self.path, dict(self.headers)))
        fault = self.server.faults.pop(0) if self.server.faults else None
        if fault is None or fault[2]:
            number = len(self.server.issues) + 1
            address = f"https://tracker.example/{number}"
            made = {**data, "html_url": address, "web_url": address}
            self.server.issues.append(made)
            if fault is None:
                return self._answer(201, made)
        return self._answer(fault[0], {"message": "no luck"}, fault[1])


@pytest.fixture
def server() -> Iterator[FakeTracker]:
    with FakeTracker() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Notes:
    """Where links are written back to, and how long was waited."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}
        self.waits: list[float] = []

    def write(self, item: ActionItem, address: str) -> None:
        self.links[item.ref] = address


def connect(server: FakeTracker, kind: str, notes: Notes) -> Tracker:
    env = {
        "GITHUB_TOKEN": "t0k",
        "GITHUB_API_URL": server.base,
        "GITLAB_TOKEN": "t0k",
        "GITLAB_URL": server.base,
    }
    return tracker(kind, "acme/shop", env, sleep=notes.waits.append, now=lambda: 1000.0)


ITEMS = tuple(make_item(text, id=f"a{n}") for n, text in enumerate(AWKWARD, 1))


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_dry_run_changes_nothing(server: FakeTracker, kind: str) -> None:
    planned = plan(
        [*ITEMS, make_item(id="a90", ticket="x"), make_item(id="a91", status="done")],
        connect(server, kind, Notes()),
    )
    assert [outcome.step for outcome in planned] == [Step.CREATE] * len(ITEMS) + [Step.SKIP] * 2
    assert {method for method, _, _ in server.seen} == {"GET"}


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_every_action_gets_one_issue_and_a_second_run_makes_none(server: FakeTracker, kind: str) -> None:
    notes = Notes()
    assert push(ITEMS, connect(server, kind, notes), notes.write).complete
    assert len(notes.links) == len(server.issues) == len(ITEMS)
    body = "body" if kind == "github" else "description"
    for item, issue in zip(ITEMS, server.issues, strict=True):
        assert marker(item) in issue[body]
        assert "retro-action" in issue["labels"]
    again = push(ITEMS, connect(server, kind, notes), notes.write)
    assert {outcome.step for outcome in again.outcomes} == {Step.LINK}
    assert len(server.issues) == len(ITEMS)


def test_the_token_goes_in_a_header_and_nowhere_else(server: FakeTracker) -> None:
    notes = Notes()
    push(ITEMS[:1], connect(server, "github", notes), notes.write)
    push(ITEMS[:1], connect(server, "gitlab", notes), notes.write)
    for _, path, headers in server.seen:
        assert "t0k" not in path
        assert "Bearer t0k" in headers.values() or "t0k" in headers.values()
    assert "t0k" not in json.dumps(server.issues)


def test_a_rate_limit_is_waited_for(server: FakeTracker) -> None:
    notes = Notes()
    server.faults = [
        (429, {"Retry-After": "7"}, False),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1030"}, False),
    ]
    assert push(ITEMS[:2], connect(server, "github", notes), notes.write).complete
    assert notes.waits == [7.0, 30.0]
    assert len(server.issues) == 2


def test_a_long_rate_limit_stops_and_the_next_run_goes_on_where_it_stopped(server: FakeTracker) -> None:
    notes = Notes()
    connection = connect(server, "github", notes)
    assert push(ITEMS[:1], connection, notes.write).complete
    server.faults = [(403, {"Retry-After": "3600"}, False)]
    cut = push(ITEMS[:4], connection, notes.write)
    assert not cut.complete
    assert "60 minutes" in cut.stopped
    assert [outcome.step for outcome in cut.outcomes] == [Step.LINK, Step.FAILED]
    assert push(ITEMS[:4], connection, notes.write).complete
    assert len(server.issues) == 4
    assert len(notes.links) == 4


def test_an_issue_made_before_the_server_failed_is_found_and_not_made_twice(server: FakeTracker) -> None:
    notes = Notes()
    server.faults = [(502, {}, True), (500, {}, False)]
    done = push(ITEMS[:2], connect(server, "gitlab", notes), notes.write)
    assert done.complete
    assert len(server.issues) == 2
    assert len(notes.links) == 2


def test_a_link_that_could_not_be_saved_is_said_and_found_by_the_next_run(server: FakeTracker) -> None:
    notes = Notes()

    def full(item: ActionItem, address: str) -> None:
        raise OSError("the disk is full")

    first = push(ITEMS[:1], connect(server, "github", notes), full)
    assert not first.complete
    assert "the disk is full" in first.outcomes[0].message
    assert push(ITEMS[:1], connect(server, "github", notes), notes.write).complete
    assert len(server.issues) == 1
    assert notes.links[ITEMS[0].ref] == "https://tracker.example/1"


@pytest.mark.parametrize(
    ("code", "said"),
    [(401, "token was not accepted"), (404, "no such project"), (410, "switched off"), (302, "renamed")],
)
def test_a_refusal_is_a_sentence(server: FakeTracker, code: int, said: str) -> None:
    notes = Notes()
    server.faults = [(code, {"Location": "https://elsewhere.example/"}, False)]
    cut = push(ITEMS[:2], connect(server, "github", notes), notes.write)
    assert said in cut.stopped
    assert not server.issues


def test_a_token_is_never_sent_in_the_clear_or_to_another_host(server: FakeTracker) -> None:
    with pytest.raises(TrackerError, match="never sent in the clear"):
        tracker("github", "a/b", {"GITHUB_TOKEN": "t", "GITHUB_API_URL": "http://api.example.org"})
    with pytest.raises(TrackerError, match="no token"):
        tracker("gitlab", "a/b", {})
    with pytest.raises(TrackerError, match="not a repository"):
        tracker("github", "../../user", {"GITHUB_TOKEN": "t"})
    with pytest.raises(TrackerError, match="characters that no token has"):
        tracker("github", "a/b", {"GITHUB_TOKEN": "t\r\nX-Evil: 1"})
    with pytest.raises(TrackerError, match="there is no tracker"):
        tracker("bugzilla", "a/b", {})


def test_no_answer_at_all_is_a_sentence() -> None:
    env = {"GITHUB_TOKEN": "t", "GITHUB_API_URL": "http://127.0.0.1:9"}
    with pytest.raises(TrackerError, match="no answer from"):
        plan(ITEMS[:1], tracker("github", "a/b", env, sleep=lambda _: None))


def test_the_words_of_a_solo_retro_are_not_in_the_issue() -> None:
    about = ("I was careless",)
    assert "careless" not in issue_body(make_item(factors=about, mode="solo"))
    assert "careless" in issue_body(make_item(factors=about, mode="team"))
