"""In which order a line leaves its composer and reaches the file, and when it may be called saved."""

from pathlib import Path
from typing import Any

import pytest

from retrotui.archive import Draft, Saver, create_file, loads, open_file, safe_file, target
from retrotui.archive.drafts import read_side_file
from retrotui.retro.changes import edit_info
from tests.archive.samples import small_retro


def test_a_change_handed_over_during_a_save_is_not_called_saved_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    retro = small_retro()
    saver = Saver(create_file(tmp_path / "r.toml", retro), thread=False)
    first, second = (edit_info(summary=words).apply(retro) for words in ("first", "second"))
    tell = saver._tell

    def told_late(*words: Any) -> Any:
        saver.submit(second)  # between the save and the word about it
        return tell(*words)

    saver.submit(first)
    monkeypatch.setattr(saver, "_tell", told_late)
    saver.work(at_once=True)
    assert saver.state.kind.value == "saving"
    monkeypatch.undo()
    saver.work(at_once=True)
    assert saver.state.kind.value == "saved"
    saver.close()


def test_a_draft_goes_only_after_its_line_is_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.toml"
    retro = small_retro()
    seconds = [100.0]
    saver = Saver(create_file(path, retro), thread=False, monotonic=lambda: seconds[0])
    saver.draft(Draft("timeline", "half a line"))
    seconds[0] += 1
    saver.work()
    assert [draft.text for draft in read_side_file(path).drafts] == ["half a line"]

    seen: list[int] = []
    write = safe_file.write_safely

    def watched(place: Path, data: bytes, **more: Any) -> None:
        write(place, data, **more)
        if place == path:
            seen.append(len(read_side_file(path).drafts))

    monkeypatch.setattr(target, "write_safely", watched)
    saver._next_save = seconds[0] + 0.9  # a large file rests between two saves
    saver.draft(())
    saver.submit(edit_info(summary="half a line, taken").apply(retro))
    seconds[0] += 0.4
    saver.work()
    assert seen == [1], "while the file was written the draft still stood"
    assert loads(path.read_bytes(), "r").info.summary == "half a line, taken"
    assert read_side_file(path).drafts == ()
    saver.close()
    assert open_file(path).drafts == ()
