"""The projector view: the clock, the question and the one thing under discussion, large and plain."""

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from retrotui.facilitation import ClockReading, ClockState
from retrotui.tui.widgets.big_clock import BigClock
from retrotui.tui.widgets.clock import face, words


class Projection(Vertical):
    """What everybody in the room should see, and nothing else."""

    def __init__(self) -> None:
        super().__init__(id="projection")
        self._clock = BigClock(id="projection-clock")
        self._state = Static("", markup=False, id="projection-state")
        self._question = Static("", markup=False, id="projection-question")
        self._item = Static("", markup=False, id="projection-item")
        self._way_back = Static("", markup=False, id="projection-way-back")

    def show_now(
        self,
        reading: ClockReading,
        topic: ClockReading | None,
        question: str,
        prompt: str,
        item: Content,
        way_back: str,
    ) -> None:
        """Shows the state of the meeting; last of all, and small, the keys that lead back."""
        if not self.children:  # most meetings never come here, and every part is styled when it is made
            self.mount(self._clock, self._state, self._question, self._item, self._way_back)
            self._way_back.update(Content.styled(way_back, "$text-muted"))
        shown = topic or reading
        state = shown.state.value if shown.running or shown.state is ClockState.OVER else "paused"
        self._clock.show_figures(face(shown.remaining_s), "paused" if state == "idle" else state)
        self._state.update(Content.styled(words(shown), "bold"))
        self._question.update(Content.assemble((question, "bold $text-prompt"), f"\n{prompt}"))
        self._item.update(item)
        self._item.display = bool(item.plain)
