"""Keys are heard one after the other where the first decides who hears the second."""

from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from retrotui.tui.key_order import KeysInOrder


class Pages(KeysInOrder):
    """Two lines to type into; F8 goes to the other one, by a long way."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "other"),
        Binding("f2", "fail", priority=True),
        Binding("x", "count"),
    ]
    counted = 0

    def compose(self) -> ComposeResult:
        """Two lines, and something without keys of its own."""
        yield Input(id="one", select_on_focus=False)
        yield Input(id="two", select_on_focus=False)
        board = Static(id="board")
        board.can_focus = True
        yield board

    def action_other(self) -> None:
        """The other line, once everybody has had a turn."""
        self.call_later(self.call_later, self._to_other)

    def _to_other(self) -> None:
        self.query_one("#one" if self.focused and self.focused.id == "two" else "#two").focus()

    def action_fail(self) -> None:
        """Goes wrong."""
        raise RuntimeError("a command broke")

    def action_count(self) -> None:
        """Counts."""
        self.counted += 1

    def typed(self, *keys: str) -> None:
        """Keys that come all at once."""
        for key in keys:
            self.post_message(events.Key(key, key if len(key) == 1 else None))

    @property
    def lines(self) -> list[str]:
        """What stands in the two lines."""
        return [line.value for line in self.query(Input)]


async def test_letters_behind_a_key_go_where_it_leads() -> None:
    app = Pages()
    async with app.run_test() as pilot:
        app.query_one("#one").focus()
        await pilot.pause()
        app.typed("a", "b", "x", "backspace", "left", "c", "f8", "d", "e", "f8", "f", "enter", "g")
        await pilot.pause(0.2)
        assert app.lines == ["acfgb", "de"]


async def test_on_the_board_every_key_waits_for_the_one_before() -> None:
    app = Pages()
    async with app.run_test() as pilot:
        app.query_one("#board").focus()
        await pilot.pause()
        app.typed("x", "x", "f8", "x", "x")
        await pilot.pause(0.2)
        assert (app.counted, app.lines) == (2, ["", "xx"])


async def test_a_command_that_breaks_is_an_error_like_any_other() -> None:
    app = Pages()
    with pytest.raises(RuntimeError, match="a command broke"):
        async with app.run_test() as pilot:
            app.typed("f2")
            await pilot.pause(0.2)
