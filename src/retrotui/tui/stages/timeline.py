"""The timeline stage: events in order of time under a scaled picture of the incident and its figures."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from retrotui.notation import (
    KIND_KEYS,
    EventLine,
    describe_kind,
    event_as_line,
    follow_up,
    format_event_time,
    read_event_line,
    read_event_paste,
)
from retrotui.notation.local_time import in_zone
from retrotui.retro import ChangeRefused, Entry, Event, EventKind, HypothesisState, Precision, Retro
from retrotui.retro.changes import Add, Batch, Change, Edit, edit
from retrotui.retro.timeline import MILESTONES, figures, remarks
from retrotui.tui.alone import OH_NO_SAID, OH_NO_SAID_TEAM
from retrotui.tui.choices import Choice
from retrotui.tui.keys import Place
from retrotui.tui.stages.base import StageView
from retrotui.tui.widgets.composer import Task
from retrotui.tui.widgets.entry_list import Item, Row
from retrotui.tui.widgets.timeline_picture import TimelinePicture
from retrotui.tui.widgets.visible import shown, visible

_STYLES = {
    EventKind.OH_NO: "bold $event-oh-no",
    EventKind.HYPOTHESIS: "$event-hypothesis",
    EventKind.CHANGE: "$event-change",
    EventKind.DECISION: "$event-change",
    EventKind.ACTION: "$event-change",
}
_SIGNS = {EventKind.OH_NO: "♥", EventKind.HYPOTHESIS: "?", EventKind.SURPRISE: "!"}
_OF_ONE = frozenset({EventKind.SAW, EventKind.EXPECTED, EventKind.DID})
"""Kinds in the first person, which a team is not offered."""


class TimelineView(StageView):
    """Events, as they looked at the time."""

    PLACE: ClassVar[Place] = Place.TIMELINE
    LEFT_WIDTH: ClassVar[int] = 24
    RIGHT_WIDTH: ClassVar[int] = 9
    _shown_day: date
    EMPTY: ClassVar[str] = (
        "No events yet. Type a time and what could be seen: 14:03 the error-rate alert fires"
    )
    EMPTY_ALONE: ClassVar[str] = (
        "Nothing yet. Begin anywhere, with a time if I know one: 9:02 I saw the prompt of the test database"
    )

    def compose(self) -> ComposeResult:
        """The picture above the events."""
        self.picture = TimelinePicture(id="picture", every_figure=not self.alone)
        yield self.picture
        yield self.entries

    _days_above = False
    """Whether days stand above their events, since there is no room for them in front of each."""
    _column = 7
    """Cells for the time."""

    def on_resize(self) -> None:
        """A narrow window keeps the words and gives up room in front."""
        before = (self._days_above, self._column)
        self._shown_day = self.day
        self._fit(self.host.retro.events)
        if before != (self._days_above, self._column):
            super().show(self.host.retro)

    def _fit(self, events: Sequence[Event]) -> None:
        """Shares out the room: every time stands there whole, its day in front of it or above."""
        width = self.size.width
        clock = 9 if any(event.precision is Precision.SECOND for event in events) else 6
        days = [self._day_of(event.at) for event in _ends(events) if event.at]
        dated = any(day != self._shown_day for day in days)
        with_day = clock + 7 + (5 if any(day.year != self._shown_day.year for day in days) else 0)
        column = max(clock, 16 if width >= 116 else 13 if width >= 96 else 7)
        self._days_above = dated and with_day > column
        column = self._column = max(clock, 7) if self._days_above else column
        # behind the time a sign and the longest kind; a narrow window has the words instead
        left = column + (17 if width >= 96 else 16) if width >= 64 else column + 1
        self.entries.set_widths(left, self.RIGHT_WIDTH if width >= 64 else 0)

    # what is shown

    @property
    def day(self) -> date:
        """The day of times typed without one: that of the last event with a time, else of the incident."""
        info = self.host.retro.info
        start = info.incident_start or self._first_time() or info.held
        return start.astimezone(info.zone).date() if start else self.host.today

    def _first_time(self) -> datetime | None:
        return next((event.at for event in self.host.retro.events if event.at), None)

    def _last_time(self) -> datetime | None:
        return next((event.at for event in reversed(self.host.retro.events) if event.at), None)

    def items(self, retro: Retro) -> Sequence[Item]:
        """Every event in order, below the days where they do not fit in front."""
        if not self._days_above:
            return [
                Item(event.id, self._words(event), data=index) for index, event in enumerate(retro.events)
            ]
        found: list[Item] = []
        above: date | None = None
        for index, event in enumerate(retro.events):
            day = self._day_of(event.at) if event.at else above
            if day != above and day is not None:
                found.append(Item("", f"{day:%a} {day.day} {day:%b} {day.year}"))
                above = day
            found.append(Item(event.id, self._words(event), data=index))
        return found

    def _day_of(self, at: datetime) -> date:
        return (in_zone(at, self.host.retro.info.zone) or at).date()

    def _words(self, event: Event) -> str:
        before = f"{visible(event.said)}: " if len(event.said) > self._column else ""
        after = f" — {event.state.value}" if event.state is not HypothesisState.NONE else ""
        return f"{before}{shown(event.text)}{after}"

    def show(self, retro: Retro, *, select: str | None = None) -> None:
        """Shows the retro, the picture included."""
        self._shown_day = self.day
        self._fit(retro.events)
        super().show(retro, select=select)
        self.picture.show_events(retro.events, retro.info.zone, self.entries.selected_id)
        added = retro.find(select) if select else None
        if isinstance(added, Event) and added.kind is EventKind.OH_NO:
            self.call_after_refresh(self.host.say, self._oh_no_words)

    @property
    def _oh_no_words(self) -> str:
        """Said when an oh-no second has been written down."""
        return OH_NO_SAID if self.alone else OH_NO_SAID_TEAM

    def on_entry_list_selected(self) -> None:
        """The picture marks the selected event; the follow-up question of its kind is at hand."""
        retro = self.host.retro
        self.picture.show_events(retro.events, retro.info.zone, self.entries.selected_id)

    def draw(self, item: Item) -> Row:
        """Time, kind, words, and what has passed since the event before; or a day."""
        if item.is_heading:
            return Row(Content.styled(item.text, "bold $text-heading"))
        events = self.host.retro.events
        event = events[item.data]
        zone = self.host.retro.info.zone
        day = self._shown_day
        if self._days_above and event.at:
            day = self._day_of(event.at)
        time = visible(format_event_time(event, zone, day=day))
        if len(time) > self._column:  # it stands in front of the words
            time = "…"
        style = _STYLES.get(event.kind) or (
            "$event-milestone" if event.kind in MILESTONES else "$event-other"
        )
        sign = _SIGNS.get(event.kind) or ("▲" if event.kind in MILESTONES else " ")
        left = Content.styled(f"{time:<{self._column}}", "$event-time")
        if self.entries.left_width > self._column + 1:
            left = Content.assemble(left, " ", (f"{sign} {event.kind.label}", style))
        passed = ""
        before = next((other for other in reversed(events[: item.data]) if other.at), None)
        if event.at and before and before.at and event.at > before.at:
            passed = f"+{_span(event.at - before.at)}"
        return Row(Content(item.text), left=left, right=Content.styled(passed, "$text-muted"))

    # typing

    def default_task(self) -> Task:
        """A time in front, then what could be seen."""
        zone = self.host.retro.info.timezone
        return Task(
            self.stage.id,
            f"{'what I saw, expected, did' if self.alone else 'add an event'} · times in {zone}",
            self._read,
            hint="9:02 I saw … · I expected … · I did … · ~9:05 · 9:?? · +2m · #oh-no"
            if self.alone
            else "14:03 what could be seen · ~14:05 · 14:?? · +12m · #kind",
            section=self.section,
            preview=self._preview,
            remark=lambda text: self._line(text).remark if self._line(text).at is None else "",
            paste=self._paste,
        )

    def _line(self, text: str) -> EventLine:
        retro = self.host.retro
        return read_event_line(text, day=self.day, zone=retro.info.zone, previous=self._last_time())

    def _read(self, text: str) -> Change | None:
        line = self._line(text)
        if not line.text.strip():
            raise ChangeRefused("say in a few words what happened then")
        event = self._event(self.host.session.new_id("e"), line)
        after_selected = ""
        if line.at is None:
            after_selected = self._before_next()
        return Add(event, before=after_selected)

    def _before_next(self) -> str:
        """The event after the selected one: one without a time goes between the two."""
        ids = [event.id for event in self.host.retro.events]
        selected = self.entries.selected_id
        if selected in ids and ids.index(selected) + 1 < len(ids):
            return ids[ids.index(selected) + 1]
        return ""

    def _event(self, event_id: str, line: EventLine) -> Event:
        return Event(
            id=event_id,
            at=line.at,
            precision=line.precision,
            approximate=line.approximate,
            said=line.said,
            kind=line.kind or EventKind.OBSERVATION,
            state=line.state,
            text=line.text,
        )

    def _preview(self, text: str) -> Content | None:
        return self._line_preview(self._line(text))

    def _line_preview(self, line: EventLine) -> Content:
        event = self._event("e1", line)
        time = format_event_time(event, self.host.retro.info.zone, day=self.day) or "no time: placed by order"
        kind = (line.kind or EventKind.OBSERVATION).label
        guess = " (guessed)" if line.kind_guessed else ""
        remark = f" · {line.remark}" if line.remark else ""
        return Content.assemble(
            (visible(time), "$event-time"),
            " · ",
            (f"{kind}{guess}", "$event-milestone"),
            (visible(remark), "$wording-question"),
        )

    def _paste(self, lines: Sequence[str]) -> Change | None:
        retro = self.host.retro
        read = read_event_paste(
            "\n".join(lines), day=self.day, zone=retro.info.zone, previous=self._last_time()
        )
        changes = [Add(self._event(self.host.session.new_id("e"), line)) for line in read]
        return Batch(tuple(changes), label=f"paste {len(changes)} events") if changes else None

    def edit_task(self, entry: Entry) -> tuple[Task, str] | None:
        """An event is edited as the line it could have been typed as."""
        if not isinstance(entry, Event):
            return None
        zone = self.host.retro.info.zone
        day = self.day
        start = event_as_line(entry, zone, day)

        def read(text: str) -> Change | None:
            if text == start:
                return None
            line = read_event_line(text, day=day, zone=zone)
            fresh = self._event(entry.id, line)
            if line.kind is None:
                fresh = fresh.model_copy(update={"kind": entry.kind})
            fields = ("at", "precision", "approximate", "said", "kind", "state", "text")
            return Edit(entry.id, tuple((name, getattr(fresh, name)) for name in fields))

        def preview(text: str) -> Content:
            return self._line_preview(read_event_line(text, day=day, zone=zone))

        task = Task(
            f"edit:{entry.id}", f"edit {entry.id}", read, section=self.section, preview=preview, once=True
        )
        return task, start

    # keys

    def command_item_kind(self) -> None:
        """The kind of the selected event, by key; each brings its question."""
        event = self.selected
        if not isinstance(event, Event):
            return
        choices = [
            Choice(key, kind.label, kind.value, describe_kind(kind))
            for key, kind in KIND_KEYS.items()
            if self.alone or kind not in _OF_ONE or kind is event.kind
        ]

        def then(value: str) -> None:
            kind = EventKind(value)
            state = HypothesisState.OPEN if kind is EventKind.HYPOTHESIS else HypothesisState.NONE
            if self.host.do(edit(event.id, kind=kind, state=state)):
                self.host.say(self._oh_no_words if kind is EventKind.OH_NO else follow_up(kind))

        self.host.choose("What kind of event is it?", choices, then, event.kind.value)

    def command_event_state(self) -> None:
        """What became of a hypothesis."""
        event = self.selected
        if not isinstance(event, Event) or event.kind is not EventKind.HYPOTHESIS:
            self.host.say("Only a hypothesis can be open, disproved or confirmed: k changes the kind.")
            return
        choices = [
            Choice("o", "Open", HypothesisState.OPEN.value),
            Choice("d", "Disproved", HypothesisState.DISPROVED.value),
            Choice("c", "Confirmed", HypothesisState.CONFIRMED.value),
        ]
        self.host.choose(
            "What became of the hypothesis?", choices, self.setting(event, "state"), event.state.value
        )

    def command_event_evidence(self) -> None:
        """A link to a graph, a message, a dashboard."""
        event = self.selected
        if not isinstance(event, Event):
            return

        def read(text: str) -> Change | None:
            return edit(event.id, evidence=tuple(text.split()))

        task = Task(
            f"evidence:{event.id}",
            f"evidence for {event.id}",
            read,
            hint="links, with spaces between",
            once=True,
            may_be_empty=True,
        )
        self.host.ask(task, " ".join(event.evidence))

    def command_event_import(self) -> None:
        """Events from a file that knows them already."""

        def read(text: str) -> Change | None:
            path = Path(text.strip().strip("'\"")).expanduser()
            if not path.exists():
                raise ChangeRefused(f"there is no {path}")
            self.host.review_import(path)
            return None

        self.host.ask(
            Task(
                "import",
                "bring in a timeline from a file, a folder or a repository",
                read,
                hint="~/Downloads/slack-export.zip · alerts.json · events.csv · notes.txt · a git folder",
                once=True,
            )
        )

    def command_event_figures(self) -> None:
        """The figures with their formulas, and what looks odd about the times."""
        events = self.host.retro.events
        lines = []
        for figure in figures(events):
            lines.append(f"{figure.name:<10} {figure!s:>9}  = {figure.formula}")
            if figure.remark:
                lines.append(f"{'':<22}{figure.remark}")
        odd = remarks(events)
        if odd:
            lines += ["", *(f"{remark[:1].upper()}{remark[1:]}." for remark in odd)]
        zone = self.host.retro.info.timezone
        lines += ["", f"Hours and minutes; ~ when either end is approximate. Times in {zone}."]
        self.host.show_text("The figures of this incident", "\n".join(lines))

    def why_not(self, command_id: str) -> str:
        """Events have kinds and evidence, but no votes, topics or action items."""
        if command_id in ("item.action", "item.link", "topic", "ballot"):
            return (
                "Not for events: F8 goes on to the causes."
                if command_id != "item.link"
                else ("Causes are linked to events, in the stage of the causes.")
            )
        return super().why_not(command_id)


def _ends(events: Sequence[Event]) -> Iterator[Event]:
    """The first and the last event with a time: events stand in order."""
    yield from islice((event for event in events if event.at), 1)
    yield from islice((event for event in reversed(events) if event.at), 1)


def _span(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    if seconds < 60:
        return f"{seconds}s"
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return f"{minutes}m"
    return f"{hours}h {minutes}m" if minutes else f"{hours}h"
