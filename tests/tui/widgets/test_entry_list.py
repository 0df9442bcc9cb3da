"""The list of entries: selection, wrapping, headings, wide text, ten thousand items."""

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.content import Content

from retrotui.tui.themes import variable_defaults
from retrotui.tui.widgets.entry_list import EntryList, Item, Row, whole


class ListApp(App[None]):
    """One list and nothing else."""

    def __init__(self, items: Sequence[Item], *, left: int = 6, right: int = 8) -> None:
        super().__init__()
        self.first = items
        self.drawn = 0
        self.entries = EntryList(self.draw, left_width=left, right_width=right, empty="Nothing here.")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def draw(self, item: Item) -> Row:
        self.drawn += 1
        if item.is_heading:
            return Row(Content(item.text))
        return Row(Content(item.text), left=Content(item.id), right=Content.styled("right", "bold $success"))

    def compose(self) -> ComposeResult:
        yield self.entries

    def on_mount(self) -> None:
        self.entries.show_items(self.first)
        self.entries.focus()

    @property
    def lines(self) -> list[str]:
        return [
            "".join(segment.text for segment in self.entries.render_line(y)).rstrip()
            for y in range(self.entries.size.height)
        ]


def some(count: int, text: str = "words") -> list[Item]:
    return [Item(f"e{number}", f"{text} {number}") for number in range(1, count + 1)]


async def test_the_selection_stays_with_its_entry_when_others_come_and_go() -> None:
    app = ListApp(some(5))
    async with app.run_test() as pilot:
        app.entries.select("e3")
        app.entries.show_items([Item("e0", "new"), *some(5)])
        assert app.entries.selected_id == "e3"
        app.entries.show_items([item for item in [Item("e0", "new"), *some(5)] if item.id != "e3"])
        assert app.entries.selected_id == "e4"
        app.entries.show_items([])
        assert app.entries.selected_id == ""
        await pilot.press("down", "enter")
        app.entries.show_items(some(2))
        assert app.entries.selected_id == "e1"


async def test_headings_are_passed_over_and_come_into_view_with_their_first_entry() -> None:
    items = [Item("", "First"), *some(3), Item("", "Second"), Item("z1", "last")]
    app = ListApp(items)
    async with app.run_test(size=(60, 4)) as pilot:
        assert app.entries.selected_id == "e1"
        await pilot.press("up")
        assert app.entries.scroll_offset.y == 0
        app.entries.select("e3")
        await pilot.press("down")
        assert app.entries.selected_id == "z1"
        await pilot.press("home")
        assert app.entries.selected_id == "e1"
        await pilot.pause()
        assert app.lines[0].strip() == "First"
        await pilot.press("end")
        assert app.entries.selected_id == "z1"


async def test_long_text_wraps_under_itself_and_wraps_anew_at_another_width() -> None:
    app = ListApp([Item("e1", "a condition that had to be true for this to happen at all"), Item("e2", "b")])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        narrow = app.lines
        assert narrow[0].startswith("▌ e1    a condition")
        assert narrow[1].startswith("▌       ")
        assert any(line.startswith("  e2") for line in narrow[2:5])
        await pilot.resize_terminal(100, 10)
        await pilot.pause()
        assert "for this to happen at all" in app.lines[0]
        assert app.lines[1].startswith("  e2")


async def test_wide_combining_and_right_to_left_text_keeps_its_columns() -> None:
    texts = (
        "数据库被清空了",
        "e\u0301te\u0301 de\u0301ploye\u0301",
        "قاعدة البيانات",
        "🔥 the pager 👩‍💻",
        "plain",
    )
    app = ListApp([Item(f"e{n}", text) for n, text in enumerate(texts)])
    async with app.run_test(size=(50, 8)) as pilot:
        await pilot.pause()
        for y, text in enumerate(texts):
            strip = app.entries.render_line(y)
            assert strip.cell_length == app.entries.size.width
            assert text in strip.text


async def test_the_bar_of_the_selection_can_be_read() -> None:
    app = ListApp(some(2))
    async with app.run_test(size=(50, 4)) as pilot:
        await pilot.pause()
        bar, other = app.entries.render_line(0), app.entries.render_line(1)
        colours = {(segment.style.color, segment.style.bgcolor) for segment in bar if segment.style}
        assert len(colours) == 1, "one colour on one ground, whatever the row asks for"
        ((colour, ground),) = colours
        assert colour != ground
        assert ground != next(segment.style.bgcolor for segment in other if segment.style)
        assert any(segment.style and segment.style.bold for segment in bar)


async def test_ten_thousand_entries_are_moved_through_drawing_only_what_is_seen() -> None:
    app = ListApp(some(10_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert app.entries.selected_id == "e10000"
        assert "words 10000" in app.lines[-1]
        await pilot.press("pageup")
        assert app.entries.selected_id == "e9977"
        assert app.drawn < 400


async def test_an_entry_taller_than_the_window_shows_its_beginning() -> None:
    app = ListApp([*some(3), Item("tall", "long words " * 60)])
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert app.lines[0].startswith("▌ tall")


async def test_an_empty_list_says_what_to_do() -> None:
    app = ListApp([])
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.press("down", "pagedown", "home")
        assert app.lines[0].strip() == "Nothing here."


async def test_a_click_selects() -> None:
    app = ListApp(some(4))
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.click(EntryList, offset=(5, 2))
        assert app.entries.selected_id == "e3"


def test_facts_in_a_narrow_column_are_told_whole_or_not_at_all() -> None:
    facts = ["latent", "configuration", "2 events"]
    assert whole(facts, 40) == "latent · configuration · 2 events"
    assert whole(facts, 24) == "latent · configuration"
    assert whole(facts, 18) == "latent · 2 events"
    assert whole(facts, 3) == "latent"
    assert whole([], 10) == ""


async def test_no_line_is_lost_when_a_scrollbar_takes_a_column() -> None:
    app = ListApp(some(2), left=0, right=0)
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        exact = "x" * 20 + " " + "y" * 7
        app.entries.show_items([Item(f"e{number}", exact) for number in range(30)])
        await pilot.pause()
        joined = "".join(line.strip("▌ ") for line in app.lines)
        assert joined.startswith(("x" * 20 + "y" * 7, exact))
        app.entries.set_widths(0, 4)
        app.entries.show_items([Item(f"e{number}", exact) for number in range(2)])
        await pilot.pause()
        assert all("x" * 20 in line or "y" * 7 in line for line in app.lines if line.strip("▌ "))
        assert sum("y" * 7 in line for line in app.lines) == 2


async def test_cells_stand_above_a_text_that_has_no_room_beside_them() -> None:
    app = ListApp([Item("e1", "a text that wraps here"), Item("e2", "short")])
    async with app.run_test(size=(20, 8)) as pilot:
        await pilot.pause()
        assert app.lines[:5] == ["▌ e1  right", "▌ a text that wraps", "▌ here", "  e2  right", "  short"]
        await pilot.resize_terminal(60, 8)
        await pilot.pause()
        assert app.lines[0].startswith("▌ e1    a text that wraps here")


async def test_everything_comes_into_view_in_a_window_of_few_rows() -> None:
    words = " ".join(f"w{number}" for number in range(16))
    between = [Item("", f"note {number}") for number in range(7)]
    app = ListApp(
        [Item("", "top"), Item("e1", words), *between, Item("e2", "short"), *between[:6]], left=0, right=0
    )
    async with app.run_test(size=(20, 4)) as pilot:
        for key, count in (("down", 20), ("up", 20)):
            seen: set[str] = set()
            for _ in range(count):
                await pilot.pause()
                seen.update(" ".join(app.lines).split())
                await pilot.press(key)
            wanted = {f"w{number}" for number in range(16)} | {str(number) for number in range(7)}
            if key == "down":
                assert wanted <= seen
                assert app.entries.selected_id == "e2"
            else:
                assert "top" in " ".join(app.lines)
                assert app.entries.selected_id == "e1"
