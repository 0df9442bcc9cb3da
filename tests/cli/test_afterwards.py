"""The commands for afterwards: the ledger, its edits, pushing, searching, reminding."""

import json
import re
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from retrotui.archive.codec import loads
from retrotui.archive.opened import open_file
from retrotui.exchange.actions_out import Moment, names
from retrotui.retro import ActionStatus, Mode
from tests.archive.folder_samples import action, put, retro
from tests.cli.running import Runner

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Runner) -> Path:
    monkeypatch.setenv("RETROTUI_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(Moment, "at", classmethod(lambda cls, now=None: Moment(NOW, NOW.date())))
    folder = tmp_path / "retros"
    put(
        folder,
        retro(
            "2026-10-01-checkout",
            action("a1", "alert on the one-minute error rate", owner="Ana", due=date(2026, 11, 1)),
            action("a2", "add a canary stage", owner="Priya", due=date(2026, 11, 25)),
            action("a3", "rehearse a restore", status=ActionStatus.DONE, closed=date(2026, 10, 9)),
            day=date(2026, 10, 1),
        ),
    )
    put(
        folder,
        retro("2026-11-01-search", action("a1", "write \x1b[31mit\x1b[0m up\nproperly")),
        "2026/2026-11-01-search.toml",
    )
    monkeypatch.setenv("RETROTUI_DIR", str(folder))
    return folder


def read(folder: Path, name: str = "2026-10-01-checkout") -> dict[str, object]:
    path = next(folder.rglob(f"{name}.toml"))
    return {item.id: item for item in loads(path.read_bytes(), name).actions}


def test_open_actions_are_listed_by_retro_with_what_is_overdue_in_words(run: Runner, folder: Path) -> None:
    done = run("actions")
    assert done.status == 0
    assert "2 weeks overdue  Ana" in done.out
    assert "due in 4 days" in done.out
    assert "nobody" in done.out
    assert "rehearse" not in done.out
    assert "\x1b" not in done.out
    assert done.err == "3 actions, 1 overdue.\n"


def test_filters_and_their_opposites(run: Runner, folder: Path) -> None:
    assert "error rate" in run("actions", "--overdue").out
    assert "canary" not in run("actions", "--overdue").out
    assert "rehearse a restore" in run("actions", "--done").out
    assert "canary" in run("actions", "--owner", "priya").out
    assert "write" in run("actions", "--owner", "").out
    assert "canary" not in run("actions", "--since", "2026-10-15").out
    assert "canary" not in run("actions", "--retro", "search").out
    assert run("actions", "--kind", "learn").err == "Nothing is open among these.\n"
    wrong = run("actions", "--kind", "fix")
    assert wrong.status == 2
    assert "there are detect" in wrong.err


@pytest.mark.parametrize("name", names())
def test_every_format_comes_out_of_the_ledger(run: Runner, folder: Path, tmp_path: Path, name: str) -> None:
    done = run("actions", "--all", "--as", name)
    assert done.status == 0
    assert done.out
    out = tmp_path / "out"
    written = run("actions", "--all", "--as", name, "-o", out)
    assert (written.status, written.out) == (0, "")
    assert out.read_bytes().decode("utf-8").replace("\r\n", "\n") == done.out.replace("\r\n", "\n")


def test_on_a_terminal_no_format_steers_it(run: Runner, folder: Path) -> None:
    for name in ("json", "csv"):
        assert "\x1b" not in run("actions", "--as", name, tty=True).out
    assert "\x1b[31mit" not in run("actions", tty=True).out


def test_a_format_that_is_not_there_is_named_with_those_that_are(run: Runner, folder: Path) -> None:
    wrong = run("actions", "--as", "xls")
    assert wrong.status == 2
    assert "'xls'; there are markdown" in wrong.err


def test_files_left_out_are_named_on_stderr(run: Runner, folder: Path) -> None:
    (folder / "broken.toml").write_text("[retro]\nid = ")
    done = run("actions")
    assert done.status == 0
    assert "note: broken.toml" in done.err
    assert "canary" in done.out


def test_an_open_action_is_done_dropped_assigned_moved_and_tied_to_a_ticket(
    run: Runner, folder: Path
) -> None:
    assert (
        run("actions", "done", "checkout#a1").out
        == "2026-10-01-checkout#a1 done: alert on the one-minute error rate\n"
    )
    assert run("actions", "assign", "a2", "Team Blue").status == 0
    assert (
        run("actions", "due", "a2", "friday").out
        == "2026-10-01-checkout#a2 due 2026-11-27: add a canary stage\n"
    )
    assert run("actions", "ticket", "a2", "https://example.org/7").status == 0
    assert run("actions", "drop", "search#a1", "--why", "no longer needed").status == 0
    assert run("actions", "reopen", "a3").status == 0
    got = read(folder)
    assert got["a1"].closed == NOW.date()  # type: ignore[attr-defined]
    a2 = got["a2"]
    assert (a2.owner, a2.due, a2.ticket) == ("Team Blue", date(2026, 11, 27), "https://example.org/7")  # type: ignore[attr-defined]
    assert got["a3"].status is ActionStatus.OPEN  # type: ignore[attr-defined]
    assert read(folder, "2026-11-01-search")["a1"].reason == "no longer needed"  # type: ignore[attr-defined]
    assert run("actions", "due", "a2", "none").status == 0
    assert read(folder)["a2"].due is None  # type: ignore[attr-defined]


def test_an_ambiguous_id_lists_what_it_could_be_and_changes_nothing(run: Runner, folder: Path) -> None:
    done = run("actions", "done", "a2", "a1")
    assert done.status == 2
    assert "2026-10-01-checkout#a1  alert on" in done.err
    assert "2026-11-01-search#a1  write" in done.err
    assert "\x1b" not in done.err
    assert read(folder)["a2"].status is ActionStatus.OPEN  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "a9"), "no action a9"),
        (("done", "a3"), "done already"),
        (("drop", "a2"), "--why"),
        (("drop", "a2", "--why", " "), "say why"),
        (("due", "a2", "the day after never"), "is no day"),
        (("reopen", "a2"), "open already"),
        (("push", "github", "nonsense"), "not a repository"),
        (("push", "github", "acme/shop", "--yes"), "GITHUB_TOKEN"),
        (("--since", "someday"), "is no day"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    done = run("actions", *words)
    assert done.status in (1, 2)
    assert said in done.err
    assert "Traceback" not in done.err
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == before


def test_a_file_that_is_open_elsewhere_is_listed_but_not_changed(run: Runner, folder: Path) -> None:
    opened = open_file(folder / "2026-10-01-checkout.toml")
    try:
        done = run("actions", "done", "a2")
        assert done.status == 1
        assert "open for writing in another window" in done.err
        assert "canary" in run("actions").out
    finally:
        opened.close()


def test_a_folder_that_is_not_there_is_said(run: Runner, tmp_path: Path) -> None:
    done = run("actions", "--dir", tmp_path / "nowhere")
    assert done.status == 2
    assert "there is no folder" in done.err


def test_the_shell_completes_ids(run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_RETROTUI_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "retrotui actions done check")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert run().out.split() == ["plain,2026-10-01-checkout#a1", "plain,2026-10-01-checkout#a2"]


class _Issues(BaseHTTPRequestHandler):
    made: list[dict[str, object]]

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, code: int, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self._answer(200, self.made)

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.made.append({**data, "html_url": f"https://tracker.example/{len(self.made) + 1}"})
        self._answer(201, self.made[-1])


def test_pushing_shows_first_then_makes_issues_and_writes_their_links_back(
    run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = type("Handler", (_Issues,), {"made": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        monkeypatch.setenv("GITHUB_TOKEN", "t0k")
        monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_port}")
        try:
            shown = run("actions", "push", "github", "acme/shop")
            assert shown.out.count("would make an issue for") == 3
            assert "add --yes" in shown.err
            assert handler.made == []  # type: ignore[attr-defined]
            done = run("actions", "--retro", "checkout", "push", "github", "acme/shop", "--yes")
            assert done.status == 0, done.err
            assert len(handler.made) == 2  # type: ignore[attr-defined]
            assert read(folder)["a2"].ticket == "https://tracker.example/2"  # type: ignore[attr-defined]
            again = run("actions", "--retro", "checkout", "push", "github", "acme/shop", "--yes")
            assert (again.status, again.out, len(handler.made)) == (0, "", 2)  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


def test_without_a_token_it_shows_what_the_files_tell(
    run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    shown = run("actions", "push", "github", "acme/shop")
    assert shown.status == 0
    assert shown.out.count("would make an issue for") == 3
    assert "GitHub acme/shop was not asked what is there already: no token" in shown.err


def test_what_was_noted_alone_is_sent_only_when_it_is_named(
    run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    put(folder, retro("2026-11-20-my-slip", action("a1", "show the host"), info={"mode": Mode.SOLO}))
    shown = run("actions", "push", "github", "acme/shop")
    assert "my-slip" not in shown.out
    assert "1 of solo retros stay here" in shown.err
    named = run("actions", "--retro", "my-slip", "push", "github", "acme/shop")
    assert named.out == "would make an issue for 2026-11-20-my-slip#a1: show the host\n"


def test_a_file_that_is_left_out_is_named_once(run: Runner, folder: Path) -> None:
    (folder / "2026" / "bad.toml").write_text('format = 1\n[retro]\nid = "b"\ntitle = "t\n', encoding="utf-8")
    assert "note: 2026/bad.toml:4: " in run("actions").err


def test_words_are_found_and_the_status_says_whether(run: Runner, folder: Path) -> None:
    found = run("search", "canary")
    assert found.out == "2026-10-01-checkout#a2  action (open): add a canary stage\n"
    assert run("search", "zebra").status == 1
    data = json.loads(run("search", "restore", "--as", "json").out)
    assert [(hit["id"], hit["status"]) for hit in data] == [("a3", "done")]


def test_what_an_action_is_done_by_stands_apart_from_it(run: Runner, folder: Path) -> None:
    put(folder, retro("2026-11-03-mail", action("a1", "page on a gap", done_when="a held-back backup pages")))
    found = run("search", "held-back")
    assert found.out == "2026-11-03-mail#a1  action (open): page on a gap · a held-back backup pages\n"


def test_what_resembles_a_sentence_or_a_file_is_shown_with_what_came_of_it(run: Runner, folder: Path) -> None:
    found = run("similar", "alerts average over ten minutes")
    assert "The alert averages over ten minutes" in found.out
    assert "1 of 3 actions done" in found.out
    assert "open: add a canary stage (2026-10-01-checkout#a2)" in found.out
    by_file = run("similar", folder / "2026-10-01-checkout.toml", "--as", "json")
    assert [one["retro"] for one in json.loads(by_file.out)] == ["2026-11-01-search"]
    assert run("similar", "nothing like it at all").err == "No earlier retro resembles it.\n"
    assert run("similar", "missing.toml").status == 2


def test_what_comes_back_is_shown(run: Runner, folder: Path) -> None:
    done = run("recurring")
    assert re.search(r"2 retros  The alert averages over ten minutes \[observability\]", done.out)
    assert len(json.loads(run("recurring", "--as", "json").out)["factors"]) == 1


def test_a_reminder_says_what_is_due_and_its_status_tells_cron(run: Runner, folder: Path) -> None:
    done = run("remind")
    assert done.status == 1
    assert "2 weeks overdue" in done.out
    assert "due in 4 days" in done.out
    assert done.err == "1 overdue, 1 due within 7 days.\n"
    assert "due in 4 days" not in run("remind", "--within", "3").out
    assert run("remind", "--owner", "Nobody Here").status == 0
    assert run("remind", "--as", "ics").out.count("BEGIN:VTODO") == 2


def test_merging_needs_three_files_and_says_what_it_could_not_decide(run: Runner, tmp_path: Path) -> None:
    start = retro("r1", action("a1", "first"))
    base = put(tmp_path, start, "base.toml")
    ours = put(tmp_path, retro("r1", action("a1", "mine")), "ours.toml")
    theirs = put(tmp_path, retro("r1", action("a1", "yours")), "theirs.toml")
    done = run("merge-file", base, ours, theirs, "--path", "retros/r1.toml")
    assert done.status == 1
    assert "retros/r1.toml: a1.text: both sides changed it; ours is 'mine', theirs is 'yours'" in done.err
    assert "yours" in ours.read_text(encoding="utf-8")
    assert run("merge-file", base, base, theirs).status == 0
    assert run("merge-file", base, ours).status == 2
    assert run("merge-file", base, ours, tmp_path / "gone.toml").status == 2
    assert run("merge-file", "--install", "--dir", tmp_path / "nowhere").status == 2


def test_listing_actions_imports_no_models_and_no_screen(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from retrotui.cli import main; main(['actions', '--overdue']); "
        "print(sorted({'pydantic', 'textual', 'jinja2', 'icalendar'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.splitlines()[-1] == "[]"
    assert "error rate" in done.stdout
