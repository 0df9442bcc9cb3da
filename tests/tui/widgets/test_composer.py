"""The line people type into: pastes, control characters, long texts, drafts, keys on the frame."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from retrotui.archive import open_file
from retrotui.tui.widgets.composer_input import wrapped
from tests.tui.full_app import TestApp, fresh, saved

HOSTILE = "bell \x07 escape \x1b[31m tab\there \u202eover\u202c nul \x7f end"


def app_in(folder: Path, stage: str = "timeline") -> TestApp:
    return TestApp(folder, saved(folder, fresh(stage=stage)), wording={"causes": "off"})


async def test_control_characters_show_as_signs_and_are_saved_exactly(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        app.meeting.composer.input.post_message(events.Paste(HOSTILE))
        await pilot.pause()
        assert app.meeting.composer.text == HOSTILE
        assert "\x1b" not in app.shown
        assert "␛[31m" in app.shown
        await pilot.press("enter")
        await app.settle(pilot)
        assert app.on_disk.events[0].text == HOSTILE
        assert "\x1b" not in app.shown
        assert "\u202e" not in app.shown


async def test_several_pasted_lines_become_one_entry_each_where_the_stage_can(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        app.meeting.composer.input.post_message(events.Paste("14:03 pager fires\r\n\r\n14:05 deploy\n"))
        await pilot.pause()
        assert [event.text for event in app.meeting.retro.events] == ["pager fires", "deploy"]
        assert "2 lines pasted" in app.coach
        await app.do(pilot, "undo")
        assert app.meeting.retro.events == ()


async def test_several_lines_pasted_into_a_begun_line_stay_one_entry_with_its_line_breaks(
    tmp_path: Path,
) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        app.type("14:03 log says: ")
        await pilot.pause()
        app.meeting.composer.input.post_message(events.Paste("line one\nline two\n"))
        await pilot.pause()
        assert app.meeting.composer.text == "14:03 log says: line one\nline two"
        assert "line one⏎line two" in app.shown
        await pilot.press("enter")
        await pilot.pause()
        assert app.meeting.retro.events[0].text == "log says: line one\nline two"


async def test_a_very_long_text_is_taken_whole_and_shown_cut_with_a_count(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    long = "x" * 20_000
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.enter(pilot, long)
        assert app.meeting.retro.events[0].text == long
        assert "characters more" in app.rows[0]


async def test_what_stands_in_the_line_is_still_there_after_a_crash(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        app.type("14:03 half a sent")
        await pilot.pause()
        app.meeting.workspace.saver.flush(5)
        path = app.meeting.workspace.path
        assert [draft.text for draft in app.meeting.workspace.drafts.values()] == ["14:03 half a sent"]
    again = TestApp(tmp_path, path)
    async with again.run_test() as pilot:
        await again.settle(pilot)
        assert again.meeting.composer.text == "14:03 half a sent"
        assert again.meeting.composer.cursor == len("14:03 half a sent")
        await pilot.press("enter")
        await again.settle(pilot)
    opened = open_file(path, read_only=True)
    opened.close()
    assert [event.text for event in opened.retro.events] == ["half a sent"]
    assert opened.drafts == ()


async def test_each_stage_keeps_its_own_begun_line(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        app.type("14:03 begun here")
        await pilot.pause()
        await app.do(pilot, "stage.next")
        await app.settle(pilot)
        assert app.meeting.composer.text == ""
        await app.do(pilot, "stage.back")
        await app.settle(pilot)
        assert app.meeting.composer.text == "14:03 begun here"


async def test_the_frame_says_what_enter_and_escape_do(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        assert "add an event" in app.shown
        assert "⏎ adds it · esc to the board" in app.shown
        await app.do(pilot, "park")
        assert "park a thought" in app.shown
        assert "⏎ takes it · esc leaves it" in app.shown
        await pilot.press("escape")
        assert "⏎ adds it · esc to the board" in app.shown
        assert app.entries.has_focus


async def test_the_arrows_move_along_the_board_while_one_types(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await app.enter(pilot, "14:03 one")
        await app.enter(pilot, "14:05 two")
        assert app.entries.selected_id == "e2"
        await pilot.press("up")
        assert app.entries.selected_id == "e1"
        assert app.meeting.composer.has_focus_within


LONG = (
    "14:19 the on-call had the wrong region in the prompt and the removal went on for several minutes until "
    "somebody saw the numbers fall and stopped it by hand, which took until half past two"
)


@pytest.mark.parametrize(
    "text", ["", "a", "one two three", "x" * 25, "日本語のテキスト words and more", "a  b   c d e f g"]
)
@pytest.mark.parametrize("width", [1, 2, 5, 10, 80])
def test_rows_of_a_wrapped_line_hold_all_of_it_and_fit(text: str, width: int) -> None:
    rows = list(wrapped(text, width))
    assert "".join(text[start:end] for start, end in rows) == text
    for start, end in rows:
        assert end > start or not text
        assert end - start == 1 or cell_len(text[start:end].removesuffix(" ")) <= width


async def test_a_long_line_grows_to_rows_and_back(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        board = app.entries.size.height
        app.type(LONG)
        await app.settle(pilot)
        shown = " ".join(row.strip("│ ") for row in app.shown.splitlines() if row.startswith(" │"))
        assert LONG in " ".join(shown.split())
        assert app.entries.size.height == board - 2
        app.type("14:19 short")
        await app.settle(pilot)
        assert app.entries.size.height == board


async def test_the_cursor_moves_through_the_rows_and_what_is_out_of_sight_has_a_sign(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        app.type(f"{LONG}, and {LONG}")
        await app.settle(pilot)
        composer = app.meeting.composer
        field = composer.input
        rows = [row for row in app.shown.splitlines() if row.startswith(" │")][-5:]
        assert rows[0].startswith(" │ …")
        assert "half past two" in rows[2]
        assert field.cursor_screen_offset.y == field.region.y + 2
        await pilot.press("home")
        await app.settle(pilot)
        rows = [row for row in app.shown.splitlines() if row.startswith(" │")][-5:]
        assert rows[0].startswith(" │ 14:19 the on-call")
        assert rows[2].rstrip("│ ").endswith("…")
        assert field.cursor_screen_offset == (field.region.x, field.region.y)
        await pilot.click(field, offset=(4, 1))
        assert field.cursor_position == field._rows[1][0] + 4
        await pilot.press("X")
        assert composer.text[field._rows[1][0] + 4] == "X"


async def test_a_window_without_a_row_to_spare_tells_where_a_line_goes_on(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(60, 15)) as pilot:
        await app.settle(pilot)
        app.type("14:19")
        app.type(LONG)
        await app.settle(pilot)
        assert not app.meeting.composer.input.wraps
        assert "│ …" in app.shown
        await pilot.press("home", *["right"] * 4)
        await app.settle(pilot)
        assert "… │" in app.shown


async def test_flagged_words_of_a_long_line_are_named(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle(pilot)
        app.type(f"{LONG} and Will should have checked the region ")
        await app.settle(pilot)
        app.meeting.workspace.warm_up()
        app.meeting._look_again()
        await app.settle(pilot)
        assert "~ Will should have checked ~" in app.shown


async def test_a_hint_is_never_cut_within(tmp_path: Path) -> None:
    app = TestApp(tmp_path, saved(tmp_path, fresh(stage="how_can_we")))
    async with app.run_test(size=(60, 24)) as pilot:
        await app.settle(pilot)
        assert "How can we …? · an idea" in app.shown
        assert "> action" not in app.shown
        await pilot.resize_terminal(100, 30)
        await app.settle(pilot)
        assert "> action @owner due friday !p1 #prevent" in app.shown
