"""Agendas of a folder's earlier retros: the newest, whatever else lies there."""

from datetime import UTC, datetime
from pathlib import Path

from retrotui.archive import create_file
from retrotui.archive.past_agendas import past_agendas
from retrotui.facilitation import new_retro
from retrotui.templates import shipped


def held_on(folder: Path, day: int, template: str = "incident") -> None:
    retro = new_retro(f"Day {day}", shipped(template), held=datetime(2026, 11, day, 14, tzinfo=UTC))
    create_file(folder / f"{retro.info.id}.toml", retro).close()


def test_the_newest_come_first_and_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    held_on(tmp_path, 3)
    held_on(tmp_path, 9, "sprint")
    (tmp_path / "2026-11-10-broken.toml").write_text("title = ", encoding="utf-8")
    assert [template for template, _ in past_agendas(tmp_path)] == ["sprint", "incident"]


def test_only_so_many_files_are_looked_into(tmp_path: Path) -> None:
    for day in range(1, 6):
        held_on(tmp_path, day)
    assert len(past_agendas(tmp_path, most_files=3)) == 3


def test_a_folder_that_is_not_there_has_no_past(tmp_path: Path) -> None:
    assert past_agendas(tmp_path / "nowhere") == ()
