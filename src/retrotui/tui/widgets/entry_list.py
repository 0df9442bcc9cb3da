"""A list of entries that stays quick with thousands of them: only the lines in view are drawn.

It knows rows, not retros: a row has a left cell, a text that wraps, and a right cell. One row is selected.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from retrotui.tui.widgets.visible import LONGEST_SHOWN, shown

_EMPTY = Content("")
LEAST_TEXT = 16
"""Cells a text needs beside other cells; with fewer they stand above it."""
_ATTRIBUTES = frozenset({"bold", "italic", "underline", "strike"})


@dataclass(frozen=True, slots=True)
class Row:
    """What one entry looks like."""

    text: Content
    """Wraps; further lines stand under the first."""
    left: Content = field(default=_EMPTY)
    """A cell of fixed width in front."""
    right: Content = field(default=_EMPTY)
    """A cell behind the first line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list before it is drawn: enough to measure it."""

    id: str
    """Empty for a heading, which cannot be selected."""
    text: str
    """The whole text that wraps: what `draw` makes of it must not be longer."""
    depth: int = 0
    """How far it is indented, in steps of two cells."""
    data: Any = None
    """What `draw` needs."""

    @property
    def is_heading(self) -> bool:
        """Whether it cannot be selected."""
        return not self.id


def whole(words: Sequence[str], width: int) -> str:
    """As many of the words as fit whole, with dots between; the first is cut when even it does not fit."""
    text = ""
    for word in words:
        longer = f"{text} · {word}" if text else word
        if text and cell_len(longer) > width:
            continue
        text = longer
    return text


class EntryList(ScrollView, can_focus=True):
    """A virtual list. `show_items` gives it something to show; `draw` makes a row of an item when needed."""

    DEFAULT_CSS = """
    EntryList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .entry-list--selected { background: $focus-cursor 25%; }
        & > .entry-list--marker { color: $text-muted; }
        &:focus > .entry-list--selected { background: $focus-cursor; color: $focus-cursor-text; }
        &:focus > .entry-list--marker { color: $focus-cursor-text; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"entry-list--selected", "entry-list--marker"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]

    @dataclass
    class Selected(Message):
        """Another entry is selected."""

        entries: "EntryList"
        entry_id: str

        @property
        def control(self) -> "EntryList":
            """The list it happened in."""
            return self.entries

    def __init__(
        self,
        draw: Callable[[Item], Row],
        *,
        left_width: int = 0,
        right_width: int = 0,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self.left_width = left_width
        self.right_width = right_width
        self.empty = empty
        self._items: Sequence[Item] = ()
        self._ids: dict[str, int] = {}
        self._tops: list[int] = [0]
        self._heights: dict[tuple[str, int], int] = {}
        self._measured_width = -1
        self._selected = -1
        self._strips: dict[tuple[int, bool, bool], list[Strip]] = {}

    def set_widths(self, left: int, right: int) -> None:
        """Gives the cells in front and behind another width."""
        if (left, right) != (self.left_width, self.right_width):
            self.left_width, self.right_width = left, right
            self._heights.clear()
            self._measure()
            self._show_selected()
            self.refresh()

    # what it shows

    def show_items(self, items: Sequence[Item], *, select: str | None = None) -> None:
        """Shows other items. The selection stays with its entry, else with its place.

        Args:
            items: What to show.
            select: The id to select, if it is there.
        """
        wanted = self.selected_id if select is None else select
        place = self._selected
        self._items = items
        self._ids = {item.id: index for index, item in enumerate(items) if item.id}
        self._selected = self._ids.get(wanted, -1) if wanted else -1
        if self._selected < 0 and self._ids:
            self._selected = self._nearest(max(0, min(place, len(items) - 1)))
        self._measure()
        if select is not None:
            self._show_selected()
        self.refresh()

    @property
    def items(self) -> Sequence[Item]:
        """What is shown."""
        return self._items

    @property
    def selected_id(self) -> str:
        """The id of the selected entry, or empty."""
        if 0 <= self._selected < len(self._items):
            return self._items[self._selected].id
        return ""

    def select(self, entry_id: str) -> None:
        """Selects an entry and brings it into view."""
        index = self._ids.get(entry_id)
        if index is not None:
            self._select_index(index)

    def redraw(self) -> None:
        """Draws everything anew, for when something outside the items changed what rows look like."""
        self._strips.clear()
        self.refresh()

    # selection

    def action_step(self, by: int) -> None:
        """Selects the next or previous entry, once nothing in between is left out of sight."""
        index = self._selected + by
        while 0 <= index < len(self._items) and self._items[index].is_heading:
            index += by
        if self._scrolls_on(by, index):
            return
        if 0 <= index < len(self._items):
            self._select_index(index)

    def _scrolls_on(self, by: int, index: int) -> bool:
        """Whether what follows was brought into view instead of selecting another entry.

        In a small window an entry can be higher than the view, and so can the lines between two entries.
        """
        top, height = self.scroll_offset.y, self.size.height
        page = max(1, height - 1)
        at = self._selected
        inside = 0 <= index < len(self._items)
        if by > 0:
            end = self._tops[at + 1] if 0 <= at < len(self._items) else 0
            if inside and self._tops[index] - end < height:
                limit = end if at >= 0 and end - self._tops[at] > height else 0
            else:
                limit = self._tops[index] if inside else self._tops[-1]
            if top + height >= limit or (at >= 0 and top + height <= self._tops[at]):
                return False
            self.scroll_to(y=min(top + page, limit - height), animate=False)
            return True
        start = self._tops[at] if 0 <= at < len(self._items) else 0
        if inside and start - self._tops[index + 1] < height:
            limit = start
            if self._tops[at + 1] - start <= height:
                return False
        else:
            limit = self._tops[index + 1] if inside else 0
        if top <= limit or (at >= 0 and top >= self._tops[at + 1]):
            return False
        self.scroll_to(y=max(top - page, limit), animate=False)
        return True

    def action_page(self, by: int) -> None:
        """Moves by about a screenful."""
        if not self._items or self._selected < 0:
            return
        y = self._tops[self._selected] + by * max(1, self.size.height - 1)
        index = max(0, min(len(self._items) - 1, bisect_right(self._tops, y) - 1))
        self._select_index(self._nearest(index))

    def action_edge(self, by: int) -> None:
        """Selects the first or last entry."""
        if self._ids:
            self._select_index(self._nearest(0 if by < 0 else len(self._items) - 1))

    def on_click(self, event: events.Click) -> None:
        """Selects what was clicked."""
        index = bisect_right(self._tops, event.y + self.scroll_offset.y) - 1
        if 0 <= index < len(self._items) and not self._items[index].is_heading:
            self._select_index(index)

    def _select_index(self, index: int) -> None:
        if index == self._selected or index < 0:
            return
        old, self._selected = self._selected, index
        for changed in (old, index):
            if 0 <= changed < len(self._items):
                top = self._tops[changed] - self.scroll_offset.y
                self.refresh(Region(0, top, self.size.width, self._tops[changed + 1] - self._tops[changed]))
        self._show_selected()
        self.post_message(self.Selected(self, self.selected_id))

    def _nearest(self, index: int) -> int:
        for distance in range(len(self._items)):
            for candidate in (index + distance, index - distance):
                if 0 <= candidate < len(self._items) and not self._items[candidate].is_heading:
                    return candidate
        return -1

    def _show_selected(self) -> None:
        if not 0 <= self._selected < len(self._items):
            return
        top = self._tops[self._selected]
        if self._selected > 0 and self._items[self._selected - 1].is_heading:
            top = self._tops[self._selected - 1]
        bottom = self._tops[self._selected + 1]
        height = self.size.height
        if not height:
            return
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=min(self._tops[self._selected], bottom - height), animate=False)

    # measuring and drawing

    @property
    def _room(self) -> int:
        """Cells of a row, 0 before there is a layout.

        One is always left for the scrollbar: its coming must not wrap anything anew.
        """
        width = self.region.shrink(self.styles.gutter).width or self.size.width
        return max(1, width - self.styles.scrollbar_size_vertical) if width else 0

    def _text_width(self, depth: int) -> int:
        width = self._measured_width  # asked for every entry there is; what `_room` looks up takes longer
        if self._stacked:
            return max(8, width - 2 - min(depth, 4))
        right = self.right_width + 1 if self.right_width else 0
        return max(8, width - 2 - self.left_width - right - 2 * min(depth, 12))

    @property
    def _stacked(self) -> bool:
        """Whether the cells in front and behind stand above the text, since beside them it has no room."""
        beside = self.left_width + self.right_width
        return beside > 0 and self._measured_width - 2 - beside < LEAST_TEXT

    def _measure(self) -> None:
        self._strips.clear()
        width = self._room
        if not width:  # no layout yet: the first line that is drawn asks again
            self._measured_width = -1
            self._tops = list(range(len(self._items) + 1))
            return
        if width != self._measured_width:
            self._heights.clear()
            self._measured_width = width
        heights = [self._height(item) for item in self._items]
        self._tops = [0, *accumulate(heights)]
        self.virtual_size = Size(width, self._tops[-1])

    def _height(self, item: Item) -> int:
        if self._stacked and not item.is_heading:
            return 1 + self._text_height(item)
        return self._text_height(item)

    def _text_height(self, item: Item) -> int:
        width = self._text_width(item.depth) if not item.is_heading else max(8, self._measured_width - 2)
        text = item.text
        if len(text) <= width and "\n" not in text and (text.isascii() or cell_len(text) <= width):
            return 1
        key = (text, width)
        height = self._heights.get(key)
        if height is None:
            if len(text) > LONGEST_SHOWN:
                text = shown(text)
            height = max(1, len(Content(text).wrap(width)))
            self._heights[key] = height
        return height

    def on_resize(self) -> None:
        """Another width wraps differently."""
        self._measure()
        self._show_selected()
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme: draw anew."""
        super().notify_style_update()
        self._strips.clear()

    def on_focus(self) -> None:
        """The selected row looks different with the focus."""
        self._strips.clear()

    def on_blur(self) -> None:
        """The selected row looks different without the focus."""
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self._measured_width < 0:  # drawn before it was told its size: the first picture is whole already
            self._measure()
        width = self.size.width
        y += self.scroll_offset.y
        base = self.visual_style.rich_style
        if not self._items:
            if self.empty:
                strips = Visual.to_strips(
                    self, Content(self.empty), max(1, width - 4), None, self.visual_style
                )
                strip = strips[y] if 0 <= y < len(strips) else Strip.blank(width, base)
                return Strip([Segment("  ", base), *strip], strip.cell_length + 2).adjust_cell_length(
                    width, base
                )
            return Strip.blank(width, base)
        index = bisect_right(self._tops, y) - 1
        if not 0 <= index < len(self._items):
            return Strip.blank(width, base)
        selected = index == self._selected
        key = (index, selected, self.has_focus)
        strips = self._strips.get(key) or self._row_strips(index, selected, width)
        self._strips[key] = strips
        line = y - self._tops[index]
        return strips[line] if line < len(strips) else Strip.blank(width, base)

    def _row_strips(self, index: int, selected: bool, width: int) -> list[Strip]:
        item = self._items[index]
        row = self._draw(item)
        if item.is_heading:
            lines = Visual.to_strips(self, row.text, max(8, width - 2), None, self.visual_style)
            return [
                Strip([Segment(" ", self.visual_style.rich_style), *line]).adjust_cell_length(
                    width, self.visual_style.rich_style
                )
                for line in lines
            ]
        style = self.visual_style
        if selected:
            # not the partial style: Textual loses an opaque background there
            style = self.get_visual_style("entry-list--selected")
        plain = style.rich_style
        if self._stacked:
            return self._stacked_strips(item, row, selected, style, width)
        indent = 2 * min(item.depth, 12)
        text_width = self._text_width(item.depth)
        lines = Visual.to_strips(self, self._readable(row.text, selected), text_width, None, style)
        left = self._cell(self._readable(row.left, selected), self.left_width, style)
        right = self._cell(self._readable(row.right, selected), self.right_width, style)
        marker = Segment("▌ " if selected else "  ", plain)
        blank_left = Segment(" " * (self.left_width + indent), plain)
        strips = []
        for number, line in enumerate(lines or [Strip.blank(text_width, plain)]):
            padded = line.adjust_cell_length(text_width, plain)
            front = [*left, Segment(" " * indent, plain)] if number == 0 else [blank_left]
            behind = [Segment(" ", plain), *right] if number == 0 and self.right_width else []
            strip = Strip(
                [marker if number == 0 or selected else Segment("  ", plain), *front, *padded, *behind]
            )
            strips.append(strip.adjust_cell_length(width, plain))
        return strips

    def _stacked_strips(self, item: Item, row: Row, selected: bool, style: Style, width: int) -> list[Strip]:
        """The cells on a line of their own, the text below them."""
        plain = style.rich_style
        cells = Content("  ").join([part for part in (row.left.rstrip(), row.right) if part.plain.strip()])
        text_width = self._text_width(item.depth)
        above = self._cell(self._readable(cells, selected), max(1, width - 1), style)
        lines = Visual.to_strips(self, self._readable(row.text, selected), text_width, None, style)
        marker = Segment("▌ " if selected else "  ", plain)
        indent = Segment(" " * min(item.depth, 4), plain)
        strips = [Strip([marker, *above])]
        strips += [Strip([marker, indent, *line]) for line in lines or [Strip.blank(text_width, plain)]]
        return [strip.adjust_cell_length(width, plain) for strip in strips]

    def _readable(self, content: Content, selected: bool) -> Content:
        """On the bar of the focused selection only the bar's own colours can be read: others are dropped."""
        if not (selected and self.has_focus) or not content.spans:
            return content
        kept = [
            Span(span.start, span.end, style)
            for span in content.spans
            if isinstance(span.style, str)
            and (style := " ".join(word for word in span.style.split() if word in _ATTRIBUTES))
        ]
        return Content(content.plain, kept)

    def _cell(self, content: Content, width: int, style: Style) -> Strip:
        if not width:
            return Strip([])
        fitted = content.truncate(width - 1, ellipsis=True) if content.cell_length > width - 1 else content
        strips = Visual.to_strips(self, fitted, width, 1, style)
        strip = strips[0] if strips else Strip([])
        return strip.adjust_cell_length(width, style.rich_style)
