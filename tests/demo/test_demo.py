"""The demo is lived-in, blameless, and stays believable however old its files are."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from retrotui.archive import loads, validate_bytes
from retrotui.blameless import Checker
from retrotui.cli.notes import read_source
from retrotui.demo import demo_retro, demo_retros, write_demo
from retrotui.retro import ActionKind, ActionStatus, Retro, new_id_for, problems
from retrotui.retro.factors import tree
from retrotui.retro.timeline import figures

STORED = sorted(path.name for path in files("retrotui.demo").iterdir() if path.name.endswith(".toml"))


def test_every_stage_is_filled() -> None:
    retro = demo_retro()
    assert all(stage.elapsed_s for stage in retro.agenda.stages)
    assert len(retro.agenda.stages) == 6
    assert len(retro.events) >= 25
    assert {card.stage for card in retro.cards} == {"opening", "close"}
    assert max(depth for depth, _ in tree(retro.factors)) == 2
    assert all(question.factors for question in retro.questions)
    assert {action.status for action in retro.actions} == set(ActionStatus)
    assert {action.kind for action in retro.actions} == set(ActionKind)
    assert any(card.group for card in retro.went_well) and retro.parked and retro.close.roti
    assert retro.agenda.current == "causes" and not retro.ballot


def test_the_figures_are_those_of_the_published_incident() -> None:
    assert [str(figure) for figure in figures(demo_retro().events)][:4] == ["~0:02", "–", "~17:35", "~18:49"]


@pytest.mark.parametrize("name", STORED)
def test_the_stored_files_are_valid_and_hold_no_unknown_key(name: str) -> None:
    data = (files("retrotui.demo") / name).read_bytes()
    found = validate_bytes(data, name)
    assert not found.problems and not found.notes
    assert not problems(loads(data, name))


@pytest.mark.parametrize("name", STORED)
def test_every_entry_is_blameless(name: str) -> None:
    source = read_source(name, (files("retrotui.demo") / name).read_bytes(), None)
    checker = Checker(roster=source.people)
    flagged = [
        (note.text, finding.rule)
        for note in source.notes
        for finding in checker.check(note.text, note.section, "strict")
    ]
    assert not flagged


def test_the_meetings_move_to_today_and_the_incidents_do_not() -> None:
    stored, moved = demo_retros(), demo_retros(date(2031, 5, 6))
    assert moved[0].info.held and moved[0].info.held.date() == date(2031, 5, 6)
    assert moved[0].info.id.startswith("2031-05-06-")
    assert moved[0].events == stored[0].events and moved[1].events == stored[1].events
    gap = [
        action.due - retro.info.held.date()
        for retro in stored
        for action in retro.actions
        if action.due and retro.info.held
    ]
    assert gap == [
        action.due - retro.info.held.date()
        for retro in moved
        for action in retro.actions
        if action.due and retro.info.held
    ]


def test_the_older_retro_has_open_and_overdue_actions() -> None:
    today = date(2031, 5, 6)
    older = demo_retros(today)[1]
    open_ = [action for action in older.actions if action.status is ActionStatus.OPEN]
    assert sum(1 for action in open_ if action.due and action.due < today) >= 2
    assert any(action.due and action.due >= today for action in open_)
    assert any(action.due is None for action in open_)


def test_carried_actions_name_each_other(tmp_path: Path) -> None:
    main = write_demo(tmp_path, date(2031, 5, 6))
    by_id: dict[str, Retro] = {path.stem: loads(path.read_bytes()) for path in tmp_path.glob("*.toml")}
    carried = next(action for action in by_id[main.stem].actions if action.came_from)
    retro_id, _, action_id = carried.came_from.partition("#")
    origin = by_id[retro_id].find(action_id)
    assert origin is not None and getattr(origin, "went_to", "") == f"{main.stem}#{carried.id}"


def test_a_demo_that_somebody_worked_in_is_left_alone(tmp_path: Path) -> None:
    path = write_demo(tmp_path, date(2031, 5, 6))
    path.write_bytes(b"format = 1\n# mine\n")
    assert write_demo(tmp_path, date(2031, 5, 6)).read_bytes() == b"format = 1\n# mine\n"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_moved_retro_is_named_after_the_day_it_was_held(tmp_path: Path) -> None:
    write_demo(tmp_path, date(2031, 5, 6))
    for path in tmp_path.glob("*.toml"):
        info = loads(path.read_bytes()).info
        assert info.held and path.stem == info.id == new_id_for(info.title, info.held)
