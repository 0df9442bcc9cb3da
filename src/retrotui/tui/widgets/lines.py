"""The one-line widgets of the meeting: top bar, rail of stages, bar of keys. Each draws what it is given.

They are one line high whatever they say: an update never moves anything else on the screen (`layout=False`).
"""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from retrotui.retro import Agenda
from retrotui.tui.widgets.visible import visible


class TopBar(Static):
    """Title, where we are, when it ends, whether it is saved."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", markup=False, id=id)
        self._shown: tuple[str, ...] = ()

    def show_parts(self, title: str, where: str, ends: str, saved: str, saved_style: str) -> None:
        """Draws the parts, the title giving way first when there is little room."""
        shown = (title, where, ends, saved, saved_style, str(self.size.width))
        if shown == self._shown:
            return
        self._shown = shown
        width = max(10, self.size.width - 2)
        save = Content.styled(saved, saved_style)
        right = Content("   ").join([part for part in (Content(ends), save) if part.plain])
        middle = Content.styled(where, "bold")
        room = width - right.cell_length - middle.cell_length - 6
        name = Content.styled(visible(title), "bold $text-heading")
        if room < 8:
            name = Content("")
            room = 0
        elif name.cell_length > room:
            name = name.truncate(room, ellipsis=True)
        spare = width - name.cell_length - middle.cell_length - right.cell_length
        if spare < 2:
            middle = Content("")
            spare = width - right.cell_length
            if spare < 0:
                right = save
                spare = max(0, width - right.cell_length)
        before = spare // 2
        self.update(
            Content("").join(
                [Content(" "), name, Content(" " * before), middle, Content(" " * (spare - before)), right]
            ),
            layout=False,
        )


class Rail(Static):
    """The stages in order: done, current, to come; each told by a sign and a word, not by colour alone."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", markup=False, id=id)
        self._shown: tuple[object, ...] = ()

    def show_agenda(self, agenda: Agenda, width: int) -> None:
        """Draws the rail; where it does not fit, only the stages near the current one keep their words."""
        stages = agenda.stages
        told = ((stage.id, stage.title, stage.skipped, stage.elapsed_s > 0) for stage in stages)
        shown = (agenda.current, width, *told)
        if shown == self._shown:
            return
        self._shown = shown
        self.update(self._rail(agenda, width), layout=False)

    @staticmethod
    def _rail(agenda: Agenda, width: int) -> Content:
        stages = agenda.stages
        names = [stage.id for stage in stages]
        at = names.index(agenda.current) if agenda.current in names else -1
        parts = []
        for index, stage in enumerate(stages):
            title = visible(stage.title or stage.id.replace("_", " "))
            if stage.skipped:
                parts.append((f"– {title}", "$rail-todo strike"))
            elif index == at:
                parts.append((f"● {title}", "bold $rail-current"))
            elif index < at or stage.elapsed_s:  # going back takes nothing away from what was done
                parts.append((f"✔ {title}", "$rail-done"))
            else:
                parts.append((f"○ {title}", "$rail-todo"))
        for keep in (len(parts), 1, 0):
            shown = [
                Content.styled(text if abs(index - at) <= keep or index == at else text[:1], style)
                for index, (text, style) in enumerate(parts)
            ]
            for gap in (" ── ", " ─ ", " "):
                joined = Content(gap).join(shown)
                if joined.cell_length <= width - 2:
                    return Content(" ") + joined
        return Content(" ") + Content(" ").join(shown)


FIRST_TO_GO = ("projector", "+1 min", "ask the room", "pause", "back", "undo")
"""Hints that make room in a narrow window, this one first: how to go on is the last to go."""
FIRST_ON_BOARD = ("park", "help", "next stage", "link", "up", "how can we", "category", "figures")
"""Those that follow on a board, where what can be done with the selected entry stays longest."""


class KeyBar(Static):
    """The keys that matter here, as many as fit."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", markup=False, id=id)
        self._shown: tuple[object, ...] = ()

    def show_keys(self, keys: Sequence[tuple[str, str, bool]], width: int) -> None:
        """Draws keys with their words, dim where they cannot be used just now.

        Args:
            keys: Key, word or two, whether it can be used.
            width: Cells there are.
        """
        shown = (tuple(keys), width)
        if shown == self._shown:
            return
        self._shown = shown
        parts = {
            hint: Content.assemble(
                (key, "bold $text-heading" if usable else "dim"), " ", (hint, "" if usable else "dim")
            )
            for key, hint, usable in keys
        }
        on_board = FIRST_ON_BOARD if "type" in parts else ()
        for hint in (*FIRST_TO_GO, *on_board, *reversed(list(parts))):
            if 1 + sum(part.cell_length + 2 for part in parts.values()) <= width:
                break
            parts.pop(hint, None)
        self.update(Content(" ") + Content("  ").join(parts.values()), layout=False)
