"""A retro as text for a terminal, by Rich: colours where they are welcome, plain lines in a pipe.

The plain-text twin of the screens, for those who use a screen reader or no screen at all. What may be shown
is decided by `exchange.write_up`.
"""

import shutil
from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from retrotui.exchange.write_up import CardSection, WriteUp, votes_in_words, write_up
from retrotui.retro import ActionStatus, CardKind, Retro
from retrotui.safe_text import one_line, visible

_PIPE_WIDTH = 110
"""Columns in a pipe, where there is no window to fit: wide enough for a timeline."""


def print_retro(retro: Retro, stream: TextIO) -> None:
    """Print a retro to a stream, with colours only if it is a terminal."""
    width = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns if stream.isatty() else _PIPE_WIDTH
    console = Console(file=stream, width=max(20, width), markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        _Printer(console, write_up(retro)).whole()
    for line in capture.get().splitlines():
        stream.write(line.rstrip() + "\n")


class _Printer:
    """Prints the parts of one write-up, in the order of the meeting."""

    def __init__(self, console: Console, report: WriteUp) -> None:
        self._console = console
        self._report = report
        self._retro = report.retro

    def whole(self) -> None:
        """Everything."""
        self._head()
        self._cards(self._report.opening_cards)
        self._timeline()
        self._cards(self._report.card_sections)
        self._factors()
        self._questions()
        self._actions()
        self._end()

    def _heading(self, title: str) -> None:
        self._console.print()
        self._console.print(Text(one_line(title), style="bold"))

    def _paragraph(self, text: str) -> None:
        self._console.print(Padding(Text(visible(text)), (0, 0, 0, 2)))

    def _item(self, text: str, notes: str = "", *, depth: int = 0, mark: str = "-") -> None:
        line = Table.grid(padding=(0, 1, 0, 0))
        line.add_column(width=len(mark), no_wrap=True)
        line.add_column(overflow="fold")
        words = Text(visible(text) or "(empty)")
        if notes:
            words.append(f" ({one_line(notes)})", style="dim")
        line.add_row(Text(mark), words)
        indent = min(2 + 2 * depth, max(2, self._console.width // 2))
        self._console.print(Padding(line, (0, 0, 0, indent)))

    def _head(self) -> None:
        info = self._retro.info
        self._console.print(Text(one_line(info.title) or "(no title)", style="bold underline"))
        for name, value in self._report.facts:
            self._console.print(Text.assemble("  ", (f"{name}: ", "dim"), one_line(value)))
        stages = self._retro.agenda.stages
        if stages:
            self._heading("Agenda")
        passed = any(stage.id == self._retro.agenda.current for stage in stages)
        for stage in stages:
            here = stage.id == self._retro.agenda.current
            passed = passed and not here
            mark = ">" if here else "x" if passed else "."
            took = f"{_clock(stage.elapsed_s)} of {_clock(stage.planned_s + stage.extended_s)}"
            state = "skipped" if stage.skipped else f"{took}, now" if here else took
            self._item(stage.title or stage.id, state, mark=mark)
        for name, text in (("Summary", info.summary), ("Impact", info.impact)):
            if text.strip():
                self._heading(name)
                self._paragraph(text)
        if self._retro.opening.ground_rule.strip():
            self._heading("Ground rule")
            self._paragraph(self._retro.opening.ground_rule)

    def _timeline(self) -> None:
        if not self._retro.events:
            return
        self._heading(f"Timeline ({self._retro.info.timezone})")
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        for width in (10, 12, 12):
            table.add_column(max_width=width, overflow="fold")
        table.add_column(overflow="fold", ratio=1)
        for row in self._report.timeline:
            style = "bold" if row.kind == "oh no" else ""
            table.add_row(
                Text(row.day, style="dim"),
                Text(one_line(row.time)),
                Text(row.kind, style="dim"),
                Text(visible(row.event.text), style=style),
            )
        self._console.print(Padding(table, (0, 0, 0, 2)))
        self._heading("Figures")
        for figure in self._report.figures:
            remark = f"{figure.formula}" + (f"; {figure.remark}" if figure.remark else "")
            self._item(f"{figure.name} {figure}", f"{figure.meaning}: {remark}")
        for remark in self._report.remarks:
            self._item(remark, mark="!")

    def _cards(self, sections: Iterable[CardSection]) -> None:
        for section in sections:
            self._heading(section.title)
            for group in section.groups:
                kind = "" if group.lead.kind is CardKind.OTHER else f"{group.lead.kind.value}: "
                self._item(kind + group.lead.text, _votes(group.votes))
                for card in group.others:
                    self._item(card.text, depth=1)

    def _factors(self) -> None:
        if self._report.factors:
            self._heading("Root causes")
        for line in self._report.factors:
            self._item(line.factor.text, "; ".join(line.notes), depth=line.depth)

    def _questions(self) -> None:
        if self._report.questions:
            self._heading("How can we")
        for question in self._report.questions:
            self._item(question.question.text, _votes(question.question.votes))
            for answer, action in question.answers:
                became = f"action {action.id}" if action else ""
                notes = ", ".join(note for note in (_votes(answer.votes), became) if note)
                self._item(answer.text, notes, depth=1)

    def _actions(self) -> None:
        if not self._retro.actions:
            return
        self._heading("Action items")
        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("", "State", "Owner", "Due", "Prio", "Kind"):
            table.add_column(title, overflow="fold", no_wrap=False)
        table.add_column("Action", overflow="fold", ratio=1)
        for action in (*self._report.open_actions, *self._report.closed_actions):
            words = Text(visible(action.text))
            for label, value in (
                ("done when", action.done_when),
                ("because", action.reason),
                ("ticket", action.ticket),
            ):
                if value:
                    words.append(f"\n{label}: {one_line(value)}", style="dim")
            open_ = action.status is ActionStatus.OPEN
            table.add_row(
                Text(action.id, style="dim"),
                Text(
                    "open" if open_ else action.status.value.replace("_", " "),
                    style="bold" if open_ else "dim",
                ),
                Text(one_line(action.owner) or "-"),
                Text(action.due.isoformat() if action.due else "-"),
                Text(action.priority.value or "-"),
                Text(action.kind.value),
                words,
            )
        self._console.print(Padding(table, (0, 0, 0, 2)))

    def _end(self) -> None:
        if self._retro.parked:
            self._heading("Parked")
        for thought in self._retro.parked:
            self._item(thought.text, f"from {thought.stage}" if thought.stage else "")
        self._cards(self._report.close_cards)
        close = self._retro.close
        if close.attended or close.roti:
            self._heading("Close")
        if close.attended:
            self._item(f"{close.learned} of {close.attended} people learned something")
        if close.roti:
            hands = ", ".join(str(value) for value in sorted(close.roti, reverse=True))
            self._item(f"return on the time invested, 1 to 5: {hands}")


def _votes(votes: int) -> str:
    return votes_in_words(votes) if votes else ""


def _clock(seconds: int) -> str:
    """Meeting time as `21:44`; an agenda shortened below nothing shows its sign."""
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes}:{rest:02d}"
