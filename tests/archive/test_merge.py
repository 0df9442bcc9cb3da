"""Merging two versions of a retro: nothing that either side wrote is lost or doubled, and no link leads
nowhere.
"""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retrotui.archive.codec import dumps, loads, validate_bytes
from retrotui.archive.document import CONFLICTS
from retrotui.archive.merge import CannotMerge, merge
from retrotui.archive.merge_links import linked_ids
from retrotui.archive.merge_text import merge_bytes
from retrotui.retro import (
    Action,
    ActionStatus,
    Agenda,
    Card,
    ChangeRefused,
    Event,
    Factor,
    Question,
    Retro,
    Stage,
    StageKind,
    problems,
)
from retrotui.retro.changes import (
    Add,
    Change,
    Delete,
    Link,
    Move,
    NoteWording,
    Reparent,
    ReviewAction,
    Wording,
    edit,
    edit_info,
)
from retrotui.retro.factors import tree
from tests.archive.folder_samples import TODAY, action, retro
from tests.strategies import retros

START = retro(
    "r1",
    action("a1", "first", due=date(2026, 12, 1)),
    action("a2", "second"),
    events=(
        Event(id="e1", at=datetime(2026, 11, 1, 14, tzinfo=UTC), text="deploy"),
        Event(id="e2", at=datetime(2026, 11, 1, 15, tzinfo=UTC), text="alert"),
    ),
    factors=(
        Factor(id="f1", text="one"),
        Factor(id="f2", text="two"),
        Factor(id="f3", text="three", parent="f2"),
    ),
    questions=(Question(id="q1", text="How can we?", factors=("f1",)),),
)


def after(start: Retro, *changes: Change) -> Retro:
    for change in changes:
        start = change.apply(start)
    return start


def texts(value: Retro) -> list[str]:
    return sorted(str(getattr(entry, "text", "")) for entry in value.entries())


def test_each_side_completing_another_action_merges_cleanly() -> None:
    ours = after(START, edit("a1", status=ActionStatus.DONE, closed=TODAY))
    theirs = after(
        START,
        edit("a2", status=ActionStatus.WONT_DO, closed=TODAY, reason="too dear"),
        edit("a1", owner="Ana"),
    )
    merged = merge(START, ours, theirs)
    assert not merged.conflicts
    a1, a2 = merged.retro.actions
    assert (a1.status, a1.owner, a2.status, a2.reason) == (
        ActionStatus.DONE,
        "Ana",
        ActionStatus.WONT_DO,
        "too dear",
    )


def test_entries_that_both_sides_added_under_one_id_get_their_own_with_their_links() -> None:
    ours = after(
        START, Add(Factor(id="f4", text="ours")), Add(Action(id="a3", text="for ours", factors=("f4",)))
    )
    theirs = after(
        START,
        Add(Factor(id="f4", text="theirs", events=("e2",))),
        Add(Factor(id="f5", text="below theirs", parent="f4")),
        Add(Action(id="a3", text="for theirs", factors=("f4", "f5"))),
    )
    merged = merge(START, ours, theirs)
    assert not merged.conflicts
    words = {factor.id: factor.text for factor in merged.retro.factors}
    links = {a.text: sorted(words[f] for f in a.factors) for a in merged.retro.actions}
    assert links["for ours"] == ["ours"]
    assert links["for theirs"] == ["below theirs", "theirs"]
    parents = {f.text: words.get(f.parent, "") for f in merged.retro.factors}
    assert parents["below theirs"] == "theirs"
    assert len(merged.notes) == 2


def test_the_same_entry_that_came_both_ways_is_not_doubled() -> None:
    both = Add(Factor(id="f4", text="cherry-picked"))
    merged = merge(START, after(START, both), after(START, both, edit("f4", category="tooling")))
    assert [f.text for f in merged.retro.factors].count("cherry-picked") == 1


def test_a_true_conflict_keeps_ours_and_writes_theirs_down() -> None:
    ours, theirs = (
        after(START, edit("a1", due=date(2027, 1, 1))),
        after(START, edit("a1", due=None, owner="Ana")),
    )
    merged = merge(START, ours, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.where, conflict.ours, conflict.theirs) == ("a1.due", date(2027, 1, 1), None)
    assert (merged.retro.actions[0].due, merged.retro.actions[0].owner) == (date(2027, 1, 1), "Ana")
    again = loads(dumps(merged.retro))
    assert again.model_extra is not None
    assert again.model_extra[CONFLICTS] == [
        {"where": "a1.due", "base": "2026-12-01", "ours": "2027-01-01", "theirs": ""}
    ]
    (note,) = validate_bytes(dumps(merged.retro)).notes
    assert "decide, then delete these tables" in str(note)


def test_a_status_never_parts_from_its_day_and_reason() -> None:
    ours = after(START, edit("a1", status=ActionStatus.DONE, closed=date(2026, 11, 2)))
    theirs = after(
        START, edit("a1", status=ActionStatus.WONT_DO, closed=date(2026, 11, 3), reason="too dear")
    )
    merged = merge(START, ours, theirs)
    a1 = merged.retro.actions[0]
    assert (a1.status, a1.closed, a1.reason) == (ActionStatus.DONE, date(2026, 11, 2), "")
    assert {c.where for c in merged.conflicts} == {"a1.status", "a1.closed", "a1.reason"}


def test_an_action_that_both_sides_finished_is_finished_once() -> None:
    ours = after(START, edit("a1", status=ActionStatus.DONE, closed=date(2026, 11, 9)))
    theirs = after(START, edit("a1", status=ActionStatus.DONE, closed=date(2026, 11, 2)))
    merged = merge(START, ours, theirs)
    assert not merged.conflicts
    assert merged.retro.actions[0].closed == date(2026, 11, 2)


def test_what_one_side_deleted_is_gone_unless_the_other_side_needs_it() -> None:
    assert "a2" not in {a.id for a in merge(START, after(START, Delete("a2")), START).retro.actions}
    linked = merge(START, after(START, Delete("f3")), after(START, Link("a1", "f3")))
    assert linked.retro.find("f3") is not None
    assert "needs it" in linked.notes[0]
    changed = merge(START, after(START, Delete("a2")), after(START, edit("a2", text="second, better")))
    assert changed.retro.find("a2") is not None
    assert changed.conflicts


def test_factors_moved_below_each_other_make_no_circle() -> None:
    ours, theirs = after(START, Reparent("f1", "f2")), after(START, Reparent("f2", "f1"))
    merged = merge(START, ours, theirs)
    assert len(tree(merged.retro.factors)) == 3
    assert problems(merged.retro) == ()


def test_events_stay_in_order_of_time() -> None:
    def event(number: int, hour: int) -> Add:
        return Add(Event(id=f"e{number}", at=datetime(2026, 11, 1, hour, tzinfo=UTC), text=f"at {hour}"))

    merged = merge(START, after(START, event(3, 16), event(4, 13)), after(START, event(3, 12), event(4, 17)))
    assert [e.at.hour for e in merged.retro.events if e.at] == [12, 13, 14, 15, 16, 17]


def test_an_order_changed_on_one_side_is_kept() -> None:
    merged = merge(START, after(START, Add(Factor(id="f4", text="four"))), after(START, Move("f2", -1)))
    assert [f.id for f in merged.retro.factors][:2] == ["f2", "f1"]


def test_tags_and_people_are_joined() -> None:
    ours, theirs = after(START, edit_info(people=("Ana", "Will"))), after(START, edit_info(people=("Priya",)))
    assert merge(START, ours, theirs).retro.info.people == ("Ana", "Will", "Priya")


def test_files_made_on_both_sides_merge_without_a_common_start() -> None:
    ours, theirs = after(START, edit("a1", owner="Ana")), after(START, Add(Factor(id="f4", text="new")))
    merged = merge(None, ours, theirs)
    assert texts(merged.retro) == sorted([*texts(START), "new"])
    assert merged.retro.actions[0].owner == "Ana"


def test_different_retros_are_not_mixed() -> None:
    with pytest.raises(CannotMerge, match="different retros"):
        merge(None, START, retro("r2"))


def random_change(draw: st.DrawFn, value: Retro, side: str, number: int) -> Change:
    kind = draw(st.sampled_from(["add", "add", "edit", "delete", "link", "move", "parent", "info"]))
    ids = [entry.id for entry in value.entries()]
    text = f"{side} {number}"
    if kind == "add" or not ids:
        letter = draw(st.sampled_from("eqfaw"))
        new = value.next_id(letter)
        made: dict[str, Any] = {
            "e": lambda: Event(id=new, text=text),
            "q": lambda: Question(id=new, text=text),
            "f": lambda: Factor(
                id=new, text=text, parent=draw(st.sampled_from(["", *(f.id for f in value.factors)]))
            ),
            "a": lambda: Action(
                id=new,
                text=text,
                factors=tuple(draw(st.sets(st.sampled_from([f.id for f in value.factors]), max_size=2)))
                if value.factors
                else (),
            ),
            "w": lambda: Card(id=new, text=text),
        }
        return Add(made[letter]())
    target = draw(st.sampled_from(ids))
    if kind == "edit":
        return edit(target, text=text)
    if kind == "delete":
        return Delete(target)
    if kind == "link":
        return Link(target, draw(st.sampled_from(ids)))
    if kind == "move":
        return Move(target, draw(st.sampled_from([-1, 1])))
    if kind == "parent":
        return Reparent(target, draw(st.sampled_from(ids)))
    return edit_info(summary=text)


def branch(draw: st.DrawFn, start: Retro, side: str) -> Retro:
    value = start
    for number in range(draw(st.integers(0, 6))):
        try:
            value = random_change(draw, value, side, number).apply(value)
        except ChangeRefused:
            continue
    return value


@st.composite
def branches(draw: st.DrawFn) -> tuple[Retro, Retro, Retro]:
    start = draw(st.one_of(st.just(START), st.just(START), st.just(START), retros(most=2, extras=False)))
    return start, branch(draw, start, "ours"), branch(draw, start, "theirs")


@given(branches())
@settings(max_examples=400, deadline=None)
def test_nothing_is_lost_or_doubled_whatever_two_branches_do(sides: tuple[Retro, Retro, Retro]) -> None:
    base, ours, theirs = sides
    merged = merge(base, ours, theirs).retro
    assert problems(merged) == ()
    ids = [entry.id for entry in merged.entries()]
    assert len(ids) == len(set(ids))
    assert {target for _, target in linked_ids(merged)} <= set(ids)
    known = {entry.id for entry in base.entries()}
    for name in Retro.FIELD_OF.values():
        added = [
            getattr(entry, "text", "")
            for side in (ours, theirs)
            for entry in getattr(side, name)
            if entry.id not in known
        ]
        now = [getattr(entry, "text", "") for entry in getattr(merged, name) if entry.id not in known]
        assert sorted(added) == sorted(now)
    for entry_id in known:
        if ours.find(entry_id) and theirs.find(entry_id):
            assert merged.find(entry_id) is not None
    assert loads(dumps(merged)).model_dump(by_alias=True).keys() >= merged.model_dump(by_alias=True).keys()


@given(branches())
@settings(max_examples=100, deadline=None)
def test_a_side_that_did_nothing_leaves_the_other_as_it_is(sides: tuple[Retro, Retro, Retro]) -> None:
    base, ours, theirs = sides
    assert texts(merge(base, ours, base).retro) == texts(ours)
    right = merge(base, base, theirs)
    assert not right.conflicts
    assert [e.id for e in right.retro.entries()] == [e.id for e in theirs.entries()]
    assert merge(base, ours, ours).retro.events == ours.events


@given(branches())
@settings(max_examples=100, deadline=None)
def test_what_only_one_side_edited_has_its_words(sides: tuple[Retro, Retro, Retro]) -> None:
    base, ours, theirs = sides
    merged = merge(base, ours, theirs).retro
    for entry in base.entries():
        mine, other = ours.find(entry.id), theirs.find(entry.id)
        if mine is None or other is None:
            continue
        found = merged.find(entry.id)
        if getattr(mine, "text", "") == getattr(entry, "text", ""):
            assert getattr(found, "text", "") == getattr(other, "text", "")


def test_versions_that_cannot_be_read_are_merged_line_by_line() -> None:
    good = dumps(START)
    broken = good.replace(b'title = "R1"', b"title = R1")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    one = merge_bytes(good, broken, good, "r1.toml")
    assert one.by_lines
    assert one.data == broken
    assert one.unsettled
    both = merge_bytes(good, broken, good.replace(b'title = "R1"', b'title = "R2"'), "r1.toml")
    assert both.unsettled
    assert b"<<<<<<< ours" in both.data
    assert b'title = "R2"' in both.data


def test_comments_of_both_sides_are_kept() -> None:
    good = dumps(START).decode()
    ours, theirs = good.replace("[[action]]", "# ours\n[[action]]", 1), f"# theirs\n{good}"
    merged = merge_bytes(good.encode(), ours.encode(), theirs.encode(), "r1.toml")
    assert "# theirs" in merged.data.decode()
    assert "ours" in merged.data.decode().split("format = 1")[0]
    assert not merged.unsettled


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """A clone with the merge driver set up by the command itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.retros = folder / "retros"
        self.retros.mkdir(parents=True)
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": str(folder / "no-config"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "RETROTUI_CONFIG": "",
        }
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "a@example.org")
        self.git("config", "user.name", "A")
        done = self.program("merge-file", "--install", "--dir", str(self.retros))
        assert done.returncode == 0, done.stderr

    def program(self, *words: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; from retrotui.cli import main; sys.exit(main())"
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=self.folder, env=self.env, capture_output=True, text=True, check=check
        )

    def commit(self, value: Retro) -> None:
        (self.retros / "r1.toml").write_bytes(dumps(value))
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")

    def merge(self, base: Retro, ours: Retro, theirs: Retro) -> subprocess.CompletedProcess[str]:
        self.git("checkout", "-q", "-B", "main")
        self.commit(base)
        self.git("checkout", "-q", "-B", "side")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)
        return self.git("merge", "side", "-m", "merged", check=False)

    def read(self) -> Retro:
        return loads((self.retros / "r1.toml").read_bytes())


@needs_git
def test_git_merges_branches_through_the_driver(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    ours = after(START, Add(Factor(id="f4", text="ours")), edit("a1", status=ActionStatus.DONE, closed=TODAY))
    theirs = after(START, Add(Factor(id="f4", text="theirs")), edit("a2", owner="Ana"))
    done = repository.merge(START, ours, theirs)
    assert done.returncode == 0, done.stdout + done.stderr
    assert repository.read() == merge(START, ours, theirs).retro
    assert repository.program("merge-file", "--install", "--dir", str(repository.retros)).returncode == 0
    assert (repository.retros / ".gitattributes").read_text().count("merge=retrotui") == 1
    assert (repository.retros / ".gitignore").read_text() == ".*.lock\n.*.draft.json\n*.bak\n"


@needs_git
def test_git_reports_a_true_conflict_and_nothing_is_lost(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    done = repository.merge(
        START, after(START, edit("a1", text="mine")), after(START, edit("a1", text="yours"))
    )
    assert done.returncode == 1
    assert "a1.text" in done.stdout + done.stderr
    assert "retros/r1.toml" in done.stdout + done.stderr
    value = repository.read()
    assert value.actions[0].text == "mine"
    assert "yours" in (repository.retros / "r1.toml").read_text(encoding="utf-8")
    assert "UU retros/r1.toml" in repository.git("status", "--porcelain").stdout


@needs_git
@given(branches())
@settings(max_examples=6, deadline=None)
def test_git_and_the_driver_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, sides: tuple[Retro, Retro, Retro]
) -> None:
    base, ours, theirs = sides
    assume(base.info.id == START.info.id)
    repository = Repository(tmp_path_factory.mktemp("git"))
    repository.merge(base, ours, theirs)
    assert texts(repository.read()) == texts(merge(base, ours, theirs).retro)


def test_what_both_sides_settled_of_old_actions_is_there_once_each() -> None:
    base = START
    ours = ReviewAction("2026-10-01-x#a1", ActionStatus.DONE).apply(base)
    theirs = ReviewAction("2026-10-01-x#a1", ActionStatus.WONT_DO, "gone").apply(base)
    theirs = ReviewAction("2026-10-01-x#a2", ActionStatus.DONE).apply(theirs)
    merged = merge(base, ours, theirs).retro
    assert [(one.action[-2:], one.status) for one in merged.reviewed] == [
        ("a1", ActionStatus.DONE),
        ("a2", ActionStatus.DONE),
    ]


def test_what_became_of_flagged_lines_and_the_later_planned_end_come_together() -> None:
    stage = "timeline"
    agenda = Agenda(stage=(Stage(id=stage, kind=StageKind.TIMELINE),))
    base = START.model_copy(update={"agenda": agenda})
    end = datetime(2026, 11, 21, 15, tzinfo=UTC)

    def side(outcome: Wording, minutes: int) -> Retro:
        made = NoteWording(stage, outcome, "e1").apply(base)
        agenda = made.agenda.model_copy(update={"planned_end": end + timedelta(minutes=minutes)})
        return made.model_copy(update={"agenda": agenda})

    result = merge(base, side(Wording.TAKEN, 5), side(Wording.REPHRASED, 1))
    merged = result.retro.agenda
    assert not result.conflicts
    assert (merged.stages[0].taken, merged.stages[0].rephrased) == (1, ("e1",))
    assert merged.planned_end == end + timedelta(minutes=5)
