"""The field of the composer: pastes kept whole, control characters as signs, a long line on several rows.

A line that fits is drawn as Textual draws it. A longer one wraps as far as the window allows; whatever is out
of sight even then is told by a sign at the edge. Leaves frame, marks and coaching to `composer`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from retrotui.tui.widgets.entry_list import whole
from retrotui.tui.widgets.visible import brief, visible

LONG_LINE = 4000
"""Characters beyond which only the part of a line that is in view is drawn, on one row."""
CUT = "…"


class Underline(Highlighter):
    """Underlines spans in the text that is being typed; cheap, since it runs with every redraw."""

    def __init__(self) -> None:
        self.spans: tuple[tuple[int, int], ...] = ()

    def highlight(self, text: Text) -> None:
        """Underlines."""
        for start, end in self.spans:
            text.stylize("underline bold", start, end)


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the rows of a text begin and end: broken behind a space, or anywhere in a word without room.

    Args:
        text: The text as drawn.
        width: Cells of a row; a space at its end may stand beyond them.
    """
    cells = None if text.isascii() else [cell_len(char) for char in text]
    start = 0
    while True:
        if cells is None:
            fits = min(start + width, len(text))
        else:
            fits, used = start, 0
            while fits < len(text) and used + cells[fits] <= width:
                used += cells[fits]
                fits += 1
        if fits >= len(text):
            yield start, len(text)
            return
        space = text.rfind(" ", start + 1, fits + 1)
        end = space + 1 if space > 0 else max(fits, start + 1)
        yield start, end
        start = end


class ComposerInput(Input):
    """An input that shows control characters as signs, wraps, and does not swallow pasted lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "board_step(-1)", "Up on the board", show=False),
        Binding("down", "board_step(1)", "Down on the board", show=False),
        Binding("pageup", "board_step(-10)", "Up on the board", show=False),
        Binding("pagedown", "board_step(10)", "Down on the board", show=False),
    ]

    @dataclass
    class BoardStep(Message):
        """The selection on the board should move while one types."""

        by: int

    @dataclass
    class PastedLines(Message):
        """Several lines were pasted at once."""

        text: str

    virtual_size = Reactive(Size(0, 0))
    """As in every widget, but a longer text lays out nothing anew: only another row does."""

    hint = ""
    """Shown while the line is empty: parts with dots between, as many as fit whole."""
    most_rows = 1
    """Rows the window has for a long line."""

    _drawn: Text | None = None
    _drawn_from: tuple[object, ...] = ()
    _rows: tuple[tuple[int, int], ...] = ()
    """Where the rows of a wrapped line begin and end; empty for a line on one row."""
    _top = 0
    """The first row in view."""
    _mouse_row = 0

    @property
    def wraps(self) -> bool:
        """Whether the line stands on several rows."""
        return bool(self._rows)

    def action_board_step(self, by: int) -> None:
        """Moves the selection on the board."""
        self.post_message(self.BoardStep(by))

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = event.text.rstrip("\r\n")
        if "\n" in text or "\r" in text:
            self.post_message(self.PastedLines(event.text))
            return
        if text:
            selection = self.selection
            if selection.is_empty:
                self.insert_text_at_cursor(text)
            else:
                self.replace(text, *selection)

    # fitting

    def set_hint(self, hint: str) -> None:
        """Shows another hint while the line is empty."""
        self.hint = hint
        self._fit_hint()

    def _fit_hint(self) -> None:
        width = self.scrollable_content_region.width
        self.placeholder = brief(whole(self.hint.split(" · "), width), width) if width else self.hint

    def fit(self, most_rows: int) -> None:
        """Fits hint and line into a window of another size."""
        self.most_rows = most_rows
        self._fit_hint()
        self._wrap()
        self.virtual_size = Size(self.content_width, 1)
        cursor = 0 if self._rows else self._cursor_offset
        self.scroll_to_region(Region(cursor, 0, width=1, height=1), force=True, animate=False)
        self.refresh()

    def _watch_value(self, value: str) -> None:
        self._wrap()
        super()._watch_value(value)

    def _watch_selection(self, selection: Selection) -> None:
        self._bring_into_view()
        super()._watch_selection(selection)

    def _wrap(self) -> None:
        """Breaks a line that does not fit into rows; the window is only laid out anew for another row."""
        width = self.scrollable_content_region.width - 1  # behind the last character stands the cursor
        length = len(self.value)
        rows: tuple[tuple[int, int], ...] = ()
        if self.most_rows > 1 and width > 8 and width < 2 * length and length <= LONG_LINE:
            drawn = self._value
            if drawn.cell_len > width:
                rows = tuple(wrapped(drawn.plain, width))
        self._rows = rows
        height = max(1, min(len(rows), self.most_rows))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        row = self._cursor_place[0]
        last = max(0, len(self._rows) - self.most_rows)
        self._top = min(last, max(min(self._top, row), row - self.most_rows + 1))

    @property
    def _cursor_place(self) -> tuple[int, int]:
        """The row of the cursor among all rows, and its cell in it."""
        at = min(self.cursor_position, len(self.value))
        for row, (start, end) in enumerate(self._rows):
            if at < end or row == len(self._rows) - 1:
                return row, cell_len(visible(self.value[start:at]).replace("\t", " "))
        return 0, 0

    @property
    def _cursor_offset(self) -> int:
        """The cell of the cursor in its row."""
        return self._cursor_place[1] if self._rows else super()._cursor_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is on the screen."""
        offset = super().cursor_screen_offset
        if not self._rows:
            return offset
        row = self._cursor_place[0] - self._top
        return Offset(offset.x + (row == 0 and self._top > 0), offset.y + row)

    @property
    def content_width(self) -> int:
        """The width of the content: of a wrapped line the field's; a very long one is not drawn for it."""
        if self._rows:
            return self.scrollable_content_region.width
        return super().content_width if len(self.value) <= LONG_LINE else cell_len(self.value) + 1

    # the mouse

    def _on_mouse_down(self, event: events.MouseDown) -> None:  # type: ignore[override]
        self._mouse_row = event.get_content_offset_capture(self).y

    def _on_mouse_move(self, event: events.MouseMove) -> None:  # type: ignore[override]
        self._mouse_row = event.get_content_offset_capture(self).y

    def _cell_offset_to_index(self, offset: int) -> int:
        if not self._rows:
            return super()._cell_offset_to_index(offset)
        row = max(0, min(len(self._rows) - 1, self._top + self._mouse_row))
        start, end = self._rows[row]
        at, cells = start, int(self._mouse_row == 0 and self._top > 0)
        while at < end and cells + cell_len(visible(self.value[at])) <= offset:
            cells += cell_len(visible(self.value[at]))
            at += 1
        return at if row == len(self._rows) - 1 else min(at, end - 1)

    # drawing

    def render_line(self, y: int) -> Strip:
        """One row: all of a line that fits, or what is in view of a longer one."""
        if self._rows:
            return self._wrapped_row(y)
        if y or not self.value:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        if len(self.value) > LONG_LINE:
            start = max(0, self.cursor_position - width)
            strip = self._around_cursor(start, width)
            return self._with_cuts(strip, width, start > 0, start + width < len(self.value), -1)
        strip = super().render_line(y)
        if self.virtual_size.width <= width:
            return strip
        scrolled = self.scroll_offset.x
        behind = scrolled + width < self.virtual_size.width
        return self._with_cuts(
            strip, width, scrolled > 0, behind, self._position_to_cell(self.cursor_position) - scrolled
        )

    def _around_cursor(self, start: int, width: int) -> Strip:
        at = self.cursor_position - start
        text = Text(visible(self.value[start : start + 2 * width]).replace("\t", " "), no_wrap=True, end="")
        text.pad_right(1)
        if self.has_focus and self._cursor_visible:
            text.stylize(self.get_component_rich_style("input--cursor"), at, at + 1)
        cells = text[:at].cell_len
        first = max(0, cells - width + 1)
        options = self.app.console_options.update_width(text.cell_len + 1)
        strip = Strip(self.app.console.render(text, options)).crop(first, first + width + 1)
        return strip.extend_cell_length(width + 1).apply_style(self.rich_style)

    def _with_cuts(self, strip: Strip, width: int, before: bool, behind: bool, cursor: int) -> Strip:
        """A row with a sign at each edge beyond which there is more; not in the cell of the cursor."""
        style = self.rich_style + self.get_component_rich_style("input--placeholder", partial=True)
        sign = Strip([Segment(CUT, style)], 1)
        if before and cursor != 0:
            strip = Strip.join([sign, strip.crop(1)])
        if behind and cursor != width - 1:
            strip = Strip.join([strip.crop(0, width - 1), sign])
        return strip

    def _wrapped_row(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        row = self._top + y
        if y >= self.most_rows or row >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        start, end = self._rows[row]
        text = self._value
        if self.has_focus:
            if not self.selection.is_empty:
                first, last = sorted(self.selection)
                text.stylize_before(self.get_component_rich_style("input--selection"), first, last)
            if self._cursor_visible:
                if self.cursor_at_end:
                    text.pad_right(1)
                at = self.cursor_position
                text.stylize(self.get_component_rich_style("input--cursor"), at, at + 1)
        if row == len(self._rows) - 1:
            end = len(text)
        shown = text[start:end]
        sign = self.get_component_rich_style("input--placeholder", partial=True)
        if y == 0 and row > 0:
            shown = Text.assemble((CUT, sign), shown)
        if y == self.most_rows - 1 and row < len(self._rows) - 1:
            shown.right_crop(len(shown) - len(shown.plain.rstrip()))
            shown.append(CUT, sign)
        shown.no_wrap, shown.end = True, ""
        options = self.app.console_options.update_width(max(1, shown.cell_len))
        strip = Strip(self.app.console.render(shown, options)).crop(0, width)
        return strip.extend_cell_length(width).apply_style(self.rich_style)

    @property
    def _value(self) -> Text:
        """The value as drawn: signs of the same length for what a terminal would obey.

        Kept, since every key asks for it three times.
        """
        flags = self.highlighter.spans if isinstance(self.highlighter, Underline) else ()
        if self._drawn is None or self._drawn_from != (self.value, flags):
            text = Text(visible(self.value).replace("\t", " "), no_wrap=True, overflow="ignore", end="")
            self._drawn_from = (self.value, flags)
            self._drawn = self.highlighter(text) if self.highlighter is not None else text
        return self._drawn.copy()
