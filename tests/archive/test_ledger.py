"""The ledger: what it lists, how ids are found, and that changing an action keeps its file whole."""

from datetime import date
from pathlib import Path

import pytest

from retrotui.archive.carry import as_done, as_dropped, candidates, keep
from retrotui.archive.codec import loads
from retrotui.archive.drafts import Draft
from retrotui.archive.edits import CannotEdit, assign, drop, edit_file, finish, reopen, set_due, set_ticket
from retrotui.archive.items import ActionItem, age_in_words, due_in_words
from retrotui.archive.ledger import Ambiguous, Ledger, NotThere, Wanted, grouped, short_ids
from retrotui.archive.opened import open_file
from retrotui.archive.saver import Saver
from retrotui.retro import ActionKind, ActionStatus, ChangeRefused
from retrotui.retro.changes import Change
from tests.archive.folder_samples import TODAY, action, put, retro


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RETROTUI_STATE", str(tmp_path / "state"))
    folder = tmp_path / "retros"
    put(
        folder,
        retro(
            "2026-10-01-checkout",
            action("a1", "overdue one", owner="Ana", due=date(2026, 11, 1)),
            action("a2", "due later", owner="Priya", due=date(2026, 12, 5), kind=ActionKind.DETECT),
            action("a3", "no day"),
            action("a4", "finished", status=ActionStatus.DONE, closed=date(2026, 10, 9)),
            day=date(2026, 10, 1),
            info={"tags": ("checkout",)},
        ),
        "2026/2026-10-01-checkout.toml",
    )
    put(
        folder,
        retro(
            "2026-11-01-search",
            action("a1", "also overdue", owner="ana", due=date(2026, 10, 31)),
            day=date(2026, 11, 1),
        ),
    )
    return folder


def listed(folder: Path, **values: object) -> list[str]:
    with Ledger(folder) as ledger:
        return [item.text for item in ledger.items(Wanted(**values), TODAY)]  # type: ignore[arg-type]


def test_open_actions_come_by_day_and_those_without_one_last(folder: Path) -> None:
    assert listed(folder) == ["also overdue", "overdue one", "due later", "no day"]


def test_filters_narrow_the_list(folder: Path) -> None:
    assert listed(folder, which="overdue") == ["also overdue", "overdue one"]
    assert listed(folder, which="done") == ["finished"]
    assert len(listed(folder, which="all")) == 5
    assert listed(folder, owner="ANA") == ["also overdue", "overdue one"]
    assert listed(folder, owner="@Priya") == ["due later"]
    assert listed(folder, owner="") == ["no day"]
    assert listed(folder, kind="detect") == ["due later"]
    assert listed(folder, since=date(2026, 11, 1)) == ["also overdue"]


def test_the_day_itself_is_not_overdue(tmp_path: Path) -> None:
    put(tmp_path, retro("r1", action(due=TODAY)))
    assert listed(tmp_path, which="overdue") == []


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("2026-10-01-checkout#a2", "2026-10-01-checkout#a2"),
        ("a2", "2026-10-01-checkout#a2"),
        ("2026-10#a1", "2026-10-01-checkout#a1"),
        ("search#a1", "2026-11-01-search#a1"),
        ("2026/2026-10-01-checkout.toml#a1", "2026-10-01-checkout#a1"),
        ("2026\\2026-10-01-checkout#a1", "2026-10-01-checkout#a1"),
    ],
)
def test_an_id_is_found_in_full_or_in_part(folder: Path, typed: str, ref: str) -> None:
    with Ledger(folder) as ledger:
        assert ledger.find(typed).ref == ref


def test_an_id_that_several_have_lists_them(folder: Path) -> None:
    with Ledger(folder) as ledger:
        with pytest.raises(Ambiguous, match="could be any of 2 actions") as caught:
            ledger.find("a1")
        assert [item.ref for item in caught.value.candidates] == [
            "2026-11-01-search#a1",
            "2026-10-01-checkout#a1",
        ]
        with pytest.raises(NotThere, match="no action a77"):
            ledger.find("a77")
        with pytest.raises(NotThere):
            ledger.find("%#a1")


def test_among_several_those_that_can_be_meant_are_meant(folder: Path) -> None:
    edit_file(folder / "2026-11-01-search.toml", [finish(action("a1"), TODAY)])
    with Ledger(folder) as ledger:
        assert ledger.find("a1", statuses=["open"]).ref == "2026-10-01-checkout#a1"


def test_retros_with_the_same_id_are_told_apart_by_file(tmp_path: Path) -> None:
    put(tmp_path, retro("r1", action()), "one.toml")
    put(tmp_path, retro("r1", action()), "two.toml")
    with Ledger(tmp_path) as ledger:
        with pytest.raises(Ambiguous):
            ledger.find("r1#a1")
        assert ledger.find("two.toml#a1").file == "two.toml"
        (double,) = ledger.left_out()
    assert (double.path, "same id as one.toml" in double.reason) == ("two.toml", True)


def test_short_ids_are_short_where_that_is_enough(folder: Path) -> None:
    with Ledger(folder) as ledger:
        items = ledger.items(Wanted(), TODAY)
    assert short_ids(items) == {
        "2026-11-01-search#a1": "2026-11-01-search#a1",
        "2026-10-01-checkout#a1": "2026-10-01-checkout#a1",
        "2026-10-01-checkout#a2": "a2",
        "2026-10-01-checkout#a3": "a3",
    }
    assert [item.text for item in grouped(items)] == ["also overdue", "overdue one", "due later", "no day"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (13, "due in 13 days"),
        (14, "due in 2 weeks"),
        (-1, "1 day overdue"),
        (-400, "13 months overdue"),
    ],
)
def test_a_day_is_said_in_words(days: int, said: str) -> None:
    item = ActionItem("r", "a1", "x", due=date.fromordinal(TODAY.toordinal() + days))
    assert due_in_words(item, TODAY) == said


def test_age_and_times_carried_are_said_in_words() -> None:
    item = ActionItem("r", "a1", "x", held=date(2026, 11, 1), since=date(2026, 9, 1), carried=2)
    assert age_in_words(item, TODAY) == "2 months old, carried twice"


def read(folder: Path, name: str = "2026/2026-10-01-checkout.toml") -> dict[str, object]:
    value = loads((folder / name).read_bytes(), name)
    return {item.id: item for item in value.actions}


def test_an_action_is_changed_in_its_file_and_nothing_else_is(folder: Path) -> None:
    path = folder / "2026" / "2026-10-01-checkout.toml"
    before = path.read_bytes()
    old = loads(before, "x")
    changes: list[Change] = [
        finish(old.actions[0], TODAY),
        assign(old.actions[1], " @Team Blue "),
        set_due(old.actions[1], date(2027, 1, 2)),
        set_ticket(old.actions[1], "https://example.org/7"),
        drop(old.actions[2], TODAY, "too dear"),
        reopen(old.actions[3]),
    ]
    edit_file(path, changes)
    new = loads(path.read_bytes(), "x")
    a1, a2, a3, a4 = new.actions
    assert (a1.status, a1.closed) == (ActionStatus.DONE, TODAY)
    assert (a2.owner, a2.due, a2.ticket) == ("Team Blue", date(2027, 1, 2), "https://example.org/7")
    assert (a3.status, a3.reason, a3.closed) == (ActionStatus.WONT_DO, "too dear", TODAY)
    assert (a4.status, a4.closed) == (ActionStatus.OPEN, None)
    assert new.model_copy(update={"actions": ()}) == old.model_copy(update={"actions": ()})
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, f"{path.name}.bak"]


def test_what_makes_no_sense_is_refused_and_the_file_left_alone(folder: Path) -> None:
    path = folder / "2026" / "2026-10-01-checkout.toml"
    before = path.read_bytes()
    a1, _, _, a4 = loads(before, "x").actions
    with pytest.raises(ChangeRefused, match="is done already"):
        finish(a4, TODAY)
    with pytest.raises(ChangeRefused, match="say why"):
        drop(a1, TODAY, "  ")
    with pytest.raises(ChangeRefused, match="open already"):
        reopen(a1)
    with pytest.raises(CannotEdit, match="a9 is not there"):
        edit_file(path, [finish(a1, TODAY), finish(action("a9"), TODAY)])
    assert path.read_bytes() == before


def test_a_file_that_is_open_elsewhere_is_not_touched_and_shown_all_the_same(folder: Path) -> None:
    path = folder / "2026-11-01-search.toml"
    opened = open_file(path)
    try:
        with pytest.raises(CannotEdit, match="open for writing in another window"):
            edit_file(path, [finish(action(), TODAY)])
        assert "also overdue" in listed(folder)
    finally:
        opened.close()
    edit_file(path, [finish(action(), TODAY)])


def test_broken_and_newer_files_are_never_written(folder: Path) -> None:
    for content in ("[retro\n", "format = 99\n[retro]\nid = 'x'\ntitle = 'x'\n"):
        path = folder / "x.toml"
        path.write_text(content)
        with pytest.raises(CannotEdit):
            edit_file(path, [finish(action(), TODAY)])
        assert path.read_text() == content


def test_what_a_crashed_meeting_left_beside_the_file_survives_a_change(folder: Path) -> None:
    path = folder / "2026-11-01-search.toml"
    saver = Saver(open_file(path), thread=False)
    saver.draft(Draft("timeline", "14:03 half a sent", 17))
    saver.work(at_once=True)
    saver._opened.close()  # the process dies: its lock goes, its side file stays
    edit_file(path, [finish(action(), TODAY)])
    opened = open_file(path)
    opened.close()
    assert opened.draft is not None
    assert opened.draft.text == "14:03 half a sent"


def test_comments_in_the_file_are_kept_beside_it(folder: Path) -> None:
    path = folder / "2026-11-01-search.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[[action]]", "# mine\n[[action]]"), encoding="utf-8"
    )
    edited = edit_file(path, [finish(action(), TODAY)])
    assert "comments" in edited.remarks[0]
    assert "# mine" in (folder / "2026-11-01-search.with-comments-1.toml").read_text(encoding="utf-8")


def carried_over(folder: Path) -> tuple[Ledger, Path]:
    new = put(folder, retro("2026-11-21-new", day=TODAY, info={"people": ("Ana",)}))
    return Ledger(folder), new


def test_an_action_that_is_kept_is_true_in_both_files(folder: Path) -> None:
    ledger, path = carried_over(folder)
    item = ledger.find("2026-10-01-checkout#a1")
    into = loads(path.read_bytes(), "x")
    choice = keep(item, into, "a1", TODAY, text="a smaller step", due=date(2026, 12, 24))
    assert choice.new is not None
    edit_file(path, [choice.new])
    edit_file(ledger.path_of(item), [choice.old])
    old, new = ledger.find("2026-10-01-checkout#a1"), ledger.find("2026-11-21-new#a1")
    assert (old.status, old.went_to, old.closed) == ("superseded", "2026-11-21-new#a1", TODAY)
    assert (new.status, new.came_from, new.carried) == ("open", "2026-10-01-checkout#a1", 1)
    assert (new.text, new.owner, new.due) == ("a smaller step", "Ana", date(2026, 12, 24))
    assert new.since == date(2026, 10, 1)
    with pytest.raises(ChangeRefused, match="goes on as 2026-11-21-new#a1"):
        reopen(loads(ledger.path_of(old).read_bytes(), "x").actions[0])


def test_a_crash_between_the_two_files_leaves_one_action_in_the_ledger(folder: Path) -> None:
    ledger, path = carried_over(folder)
    item = ledger.find("2026-10-01-checkout#a1")
    choice = keep(item, loads(path.read_bytes(), "x"), "a1", TODAY)
    assert choice.new is not None
    edit_file(path, [choice.new])
    assert [i.ref for i in ledger.items(Wanted(), TODAY) if i.text == "overdue one"] == ["2026-11-21-new#a1"]
    assert ledger.find("2026-10-01-checkout#a1").went_to == "2026-11-21-new#a1"


def test_done_and_dropped_change_only_the_old_file(folder: Path) -> None:
    ledger, path = carried_over(folder)
    one, two = ledger.find("search#a1"), ledger.find("a3")
    for choice in (as_done(one, TODAY), as_dropped(two, TODAY, "not worth it")):
        assert choice.new is None
        edit_file(ledger.path_of(choice.item), [choice.old])
    assert ledger.find("search#a1").status == "done"
    assert ledger.find("2026-10-01-checkout#a3").reason == "not worth it"
    assert loads(path.read_bytes(), "x").actions == ()


def test_a_retro_looks_first_at_what_concerns_its_tags_and_people(folder: Path) -> None:
    ledger, path = carried_over(folder)
    into = loads(path.read_bytes(), "x")
    items = ledger.items(Wanted(), TODAY)
    # Ana is here: hers first, the longest overdue leading.
    assert [i.text for i in candidates(items, into, TODAY)] == [
        "also overdue",
        "overdue one",
        "due later",
        "no day",
    ]
    tagged = into.model_copy(
        update={"info": into.info.model_copy(update={"tags": ("Checkout",), "people": ()})}
    )
    assert [i.text for i in candidates(items, tagged, TODAY)] == [
        "overdue one",
        "due later",
        "no day",
        "also overdue",
    ]


def test_an_action_cannot_be_carried_into_its_own_retro(folder: Path) -> None:
    with Ledger(folder) as ledger:
        item = ledger.find("search#a1")
    with pytest.raises(ChangeRefused, match="in this retro already"):
        keep(item, loads((folder / "2026-11-01-search.toml").read_bytes(), "x"), "a2", TODAY)
