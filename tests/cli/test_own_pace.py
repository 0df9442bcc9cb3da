"""`retrotui new --own-pace`: the time shared out as this folder's retros took it."""

from pathlib import Path

from retrotui.archive.codec import loads
from tests.cli.running import Runner
from tests.tui.full_app import saved
from tests.tui.screens.test_new_retro import slow_timeline


def minutes(path: Path) -> dict[str, int]:
    return {stage.id: stage.planned_s // 60 for stage in loads(path.read_bytes(), path.name).agenda.stages}


def test_the_time_is_shared_out_as_it_was_taken(run: Runner, tmp_path: Path) -> None:
    for days in (7, 14):
        saved(tmp_path / "r", slow_timeline(days))
    made = run("new", "--title", "Next", "--dir", tmp_path / "r", "--own-pace", "--no-open")
    assert made.status == 0 and "At the pace of your last 2 retros: Timeline" in made.err
    found = minutes(Path(made.out.strip()))
    assert found["timeline"] > 20 and sum(found.values()) == 60


def test_without_a_past_the_plan_stays_and_it_is_said(run: Runner, tmp_path: Path) -> None:
    made = run("new", "--title", "Next", "--dir", tmp_path / "r", "--own-pace", "--no-open")
    assert made.status == 0 and "no pace of your own yet" in made.err
    assert minutes(Path(made.out.strip()))["timeline"] == 20
