"""Formats given to the programs that read them: Taskwarrior, a shell, and Emacs where they are installed."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from retrotui.exchange.actions_out import action_format
from retrotui.exchange.actions_out.issue_text import issue_body, title
from retrotui.exchange.actions_out.text import visible
from tests.exchange.action_samples import AWKWARD, MOMENT, make_item


@pytest.mark.skipif(shutil.which("task") is None, reason="Taskwarrior is not installed")
def test_taskwarrior_imports_every_text_and_a_second_import_doubles_nothing(tmp_path: Path) -> None:
    items = [make_item(text, id=f"a{n}", done_when=text) for n, text in enumerate(AWKWARD, 1)]
    items.append(make_item("finished", id="a98", status="done"))
    items.append(make_item("dropped", id="a99", status="wont_do", reason="too dear"))
    source = tmp_path / "tasks.json"
    source.write_text(action_format("taskwarrior").write(items, MOMENT), encoding="utf-8")
    (tmp_path / "rc").write_text("confirmation=off\n")
    (tmp_path / "data").mkdir()
    env = {**os.environ, "TASKRC": str(tmp_path / "rc"), "TASKDATA": str(tmp_path / "data"), "TZ": "UTC"}

    def task(*arguments: str) -> str:
        return subprocess.run(
            ["task", *arguments],
            env=env,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        ).stdout

    task("import", str(source))
    task("import", str(source))
    tasks = {entry["uuid"]: entry for entry in json.loads(task("export"))}
    sent = json.loads(source.read_text(encoding="utf-8"))
    assert len(tasks) == len(items)
    for entry in sent:
        got = tasks[entry["uuid"]]
        assert got["description"] == entry["description"]
        assert got["due"] == "20261205T235959Z"
        assert got["priority"] == "H"
        assert got["status"] == entry["status"]
        assert [note["description"] for note in got["annotations"]] == [
            note["description"] for note in entry["annotations"]
        ]


_RECORDER = """#!{python}
import json, sys
with open({log!r}, "a", encoding="utf-8") as out:
    out.write(json.dumps(sys.argv[1:]) + "\\n")
"""


@pytest.mark.skipif(os.name == "nt" or shutil.which("sh") is None, reason="needs a POSIX shell")
@pytest.mark.parametrize(("name", "tool"), [("github-sh", "gh"), ("gitlab-sh", "glab")])
def test_a_shell_hands_every_text_to_the_tool_exactly(tmp_path: Path, name: str, tool: str) -> None:
    items = [make_item(text, id=f"a{n}", tags=(text[:30],)) for n, text in enumerate(AWKWARD, 1)]
    with_ticket = make_item(id="a90", ticket="https://example.org/1")
    script = tmp_path / "script.sh"
    script.write_text(action_format(name).write([*items, with_ticket], MOMENT), encoding="utf-8")
    log = tmp_path / "log"
    fake = tmp_path / "bin" / tool
    fake.parent.mkdir()
    fake.write_text(_RECORDER.format(python=sys.executable, log=str(log)))
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    env = {**os.environ, "PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", str(script)], env=env, capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    calls = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    issues = [call for call in calls if call[:2] == ["issue", "create"]]
    assert len(issues) == len(items)
    for call, item in zip(issues, items, strict=True):
        assert visible(title(item)) in call
        assert visible(issue_body(item)) in call
        assert "detect" in call
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "log", "script.sh"]


@pytest.mark.skipif(shutil.which("emacs") is None, reason="Emacs is not installed")
def test_org_mode_itself_reads_the_actions(tmp_path: Path) -> None:
    items = [make_item(text, id=f"a{n}", done_when=text) for n, text in enumerate(AWKWARD, 1)]
    (tmp_path / "actions.org").write_text(action_format("org").write(items, MOMENT), encoding="utf-8")
    (tmp_path / "read.el").write_text(
        """(require 'org) (require 'json)
(find-file "actions.org")
(princ (json-encode (vconcat (org-map-entries (lambda () (vector
  (org-get-todo-state) (org-entry-get nil "PRIORITY") (org-entry-get nil "DEADLINE")
  (org-entry-get nil "ID") (vconcat (mapcar #'substring-no-properties (org-get-tags))))) "LEVEL=2"))))"""
    )
    done = subprocess.run(
        ["emacs", "--batch", "-Q", "-l", "read.el"],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    rows = json.loads(done.stdout)
    assert rows == [["TODO", "B", "<2026-12-05>", item.ref, ["detect"]] for item in items]
