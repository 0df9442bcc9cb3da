"""A secret vote on one keyboard, passed from person to person; totals stay hidden until the vote is closed.

Between two people the screen is covered and says only how many have voted. What one person gave is kept no
longer than until Enter is pressed. Leaves counting to the changes of the retro.
"""

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from retrotui.retro import Ballot
from retrotui.retro.changes import CastVote, CloseBallot, OpenBallot
from retrotui.retro.votes import suggested_dots
from retrotui.tui.ballot_steps import voted_words
from retrotui.tui.choices import Choice
from retrotui.tui.stages.base import Host, StageView
from retrotui.tui.widgets.entry_list import EntryList, Item, Row
from retrotui.tui.widgets.visible import shown

MOST_OFFERED = 9
"""Dots per person that can be chosen by one key."""


def begin_ballot(view: StageView) -> None:
    """Asks how many dots everybody has and opens the vote; goes on with one that is open."""
    host = view.host
    if host.retro.ballot is not None:
        view.app.push_screen(BallotScreen(view))
        return
    topics = view.ballot_topics(host.retro)
    suggested = suggested_dots(len(topics))
    choices = [
        Choice(
            str(dots),
            dots_words(dots),
            str(dots),
            f"usual for {len(topics)} topic{'' if len(topics) == 1 else 's'}" if dots == suggested else "",
        )
        for dots in range(1, MOST_OFFERED + 1)
    ]

    def then(dots: str) -> None:
        ballot = Ballot(stage=view.stage.id, topics=topics, dots=int(dots))
        if host.do(OpenBallot(ballot)):
            view.app.push_screen(BallotScreen(view))

    host.choose("How many dots for each person?", choices, then, str(suggested))


def offer_ballot(view: StageView) -> None:
    """Says that a vote is still open here and offers to go on with it."""
    ballot = view.host.retro.ballot
    if ballot is None or not view.is_mounted:
        return
    choices = (
        Choice("g", "Go on with the vote", "go on", "pass the keyboard to the next person"),
        Choice("c", "Close the vote", "close", "the totals are shown"),
        Choice("l", "Leave it open for now", "leave", "b goes on with it"),
        Choice("x", "Drop the vote", "drop", "what was given is forgotten"),
    )

    def then(value: str) -> None:
        if value == "go on":
            begin_ballot(view)
        elif value == "close":
            close_ballot(view)
        elif value == "drop" and view.host.do(CloseBallot(keep=False)):
            view.host.say("The vote was dropped.")

    view.host.choose(f"A secret vote is still open: {voted_words(ballot.voters)}", choices, then)


def close_ballot(view: StageView) -> None:
    """Closes the vote: the totals are written to the items and can be seen."""
    ballot = view.host.retro.ballot
    if ballot is not None and view.host.do(CloseBallot()):
        view.votes_closed()
        view.host.say(f"The vote is closed: {voted_words(ballot.voters)}.")


def dots_words(dots: int) -> str:
    """`3 dots`."""
    return "1 dot" if dots == 1 else f"{dots} dots"


class BallotScreen(Screen[None]):
    """Covered, or one person's dots."""

    CSS_PATH: ClassVar[Any] = ["../styles/ballot.tcss"]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "leave", "Leave", show=False),
        Binding("enter", "enter", "Go on", show=False),
        Binding("space,plus,right", "give(1)", "One dot more", show=False),
        Binding("minus,backspace,left", "give(-1)", "One dot less", show=False),
        Binding("c", "close_vote", "Close the vote", show=False),
        Binding("x", "drop_vote", "Drop the vote", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
    ]

    def __init__(self, view: StageView) -> None:
        super().__init__()
        self._view = view
        self._host: Host = view.host
        self._given: dict[str, int] | None = None
        """What this person gives; None while the screen is covered."""
        self._asked = ""
        """A question that the same key, pressed again, answers with yes."""
        self.head = Static("", markup=False, id="ballot-head")
        self.body = Static("", markup=False, id="ballot-body")
        self.foot = Static("", markup=False, id="ballot-foot")
        self.entries = EntryList(self._draw, left_width=12, id="ballot-list")

    def compose(self) -> ComposeResult:
        """Head, cover or list, keys."""
        with Vertical(id="ballot-box"):
            yield self.head
            yield self.body
            yield self.entries
            yield self.foot

    def on_mount(self) -> None:
        """Starts covered."""
        self._cover_up()

    @property
    def ballot(self) -> Ballot | None:
        """The vote that is open."""
        return self._host.retro.ballot

    @property
    def covered(self) -> bool:
        """Whether nothing of anybody's vote is on the screen."""
        return self._given is None

    def _go(self) -> None:
        """Back to the board."""
        if self.is_current:
            self.dismiss(None)

    # covered

    def _cover_up(self, said: str = "") -> None:
        self._given, self._asked = None, ""
        ballot = self.ballot
        if ballot is None:
            self._go()
            return
        self.entries.display = False
        self.body.display = True
        about = f" · {len(ballot.topics)} topics, {dots_words(ballot.dots)} each"
        self.head.update(Content.assemble(("Secret vote", "bold $text-heading"), (about, "$text-muted")))
        lines = [Content(f"{voted_words(ballot.voters)}.".capitalize())] if ballot.voters else []
        lines.append(
            Content.styled(
                "Pass the keyboard on to the next person."
                if ballot.voters
                else "Pass the keyboard to the first person.",
                "bold $text-prompt",
            )
        )
        lines.append(Content.styled("Everybody else looks away from the screen.", "$text-muted"))
        if said:
            lines.insert(0, Content(said))
        self.body.update(Content("\n\n").join(lines))
        self._foot(
            ("⏎", "I have the keyboard"), ("c", "close the vote"), ("x", "drop it"), ("esc", "leave it open")
        )

    def action_enter(self) -> None:
        """Takes the keyboard, or casts the vote."""
        if self.covered:
            self._hand_over()
        else:
            self._cast()

    def action_leave(self) -> None:
        """Back to the cover without casting; from the cover back to the board, the vote stays open."""
        if self.covered:
            self._go()
            ballot = self.ballot
            if ballot is not None:
                self._host.say(f"The vote stays open, {voted_words(ballot.voters)}. b goes on with it.")
        else:
            self._cover_up("Nothing was cast.")

    def action_close_vote(self) -> None:
        """Closes the vote and shows the totals."""
        ballot = self.ballot
        if not self.covered or ballot is None:
            return
        if self._sure(
            "c", "Nobody has voted yet. c again closes the vote all the same.", unless=ballot.voters > 0
        ):
            self._go()
            close_ballot(self._view)

    def action_drop_vote(self) -> None:
        """Forgets the vote."""
        if self.covered and self._sure("x", "x again drops the vote: what was given is forgotten."):
            self._go()
            if self._host.do(CloseBallot(keep=False)):
                self._host.say("The vote was dropped. ctrl+z brings it back.")

    def _sure(self, key: str, question: str, *, unless: bool = False) -> bool:
        if unless or self._asked == key:
            return True
        self._asked = key
        self.foot.update(Content.styled(question, "bold $wording-flag"))
        return False

    # one person's dots

    def _hand_over(self) -> None:
        ballot = self.ballot
        if ballot is None:
            self._go()
            return
        self._given, self._asked = {}, ""
        self.body.display = False
        self.entries.display = True
        found = [self._host.retro.find(topic) for topic in ballot.topics]
        self.entries.show_items(
            [Item(entry.id, shown(getattr(entry, "text", "")), data=entry.id) for entry in found if entry],
            select=ballot.topics[0],
        )
        self.entries.focus()
        self._draw_dots()

    def _draw(self, item: Item) -> Row:
        dots = (self._given or {}).get(item.id, 0)
        left = f"{'●' * min(dots, 6)}{'+' if dots > 6 else ''} {dots}" if dots else "·"
        return Row(Content(item.text), left=Content.styled(left, "bold $vote-dot" if dots else "$text-muted"))

    @property
    def left(self) -> int:
        """Dots this person still has."""
        return (self.ballot.dots if self.ballot else 0) - sum((self._given or {}).values())

    def _draw_dots(self) -> None:
        self._asked = ""
        left = self.left
        words = f"{dots_words(left)} left to give" if left else "All dots given: ⏎ casts the vote"
        self.head.update(
            Content.assemble(("Your vote", "bold $text-heading"), " · ", (words, "bold $vote-dot"))
        )
        self.entries.redraw()
        self._foot(
            ("↑ ↓", "move"),
            ("space", "a dot"),
            ("-", "take back"),
            ("0-9", "so many"),
            ("⏎", "cast"),
            ("esc", "start over"),
        )

    def _foot(self, *keys: tuple[str, str]) -> None:
        parts = [Content.assemble((key, "bold $text-heading"), f" {words}") for key, words in keys]
        self.foot.update(Content("   ").join(parts))

    def action_step(self, by: int) -> None:
        """Moves the selection."""
        if not self.covered:
            self.entries.action_step(by)

    def action_give(self, by: int) -> None:
        """Gives a dot to the selected topic, or takes one back."""
        if self._given is None:
            return
        topic = self.entries.selected_id
        self._set(topic, self._given.get(topic, 0) + by)

    def on_key(self, event: events.Key) -> None:
        """A digit sets the dots of the selected topic."""
        if self._given is not None and event.character and event.character in "0123456789":
            event.stop()
            self._set(self.entries.selected_id, int(event.character))

    def _set(self, topic: str, dots: int) -> None:
        if self._given is None or not topic:
            return
        most = self._given.get(topic, 0) + self.left
        self._given[topic] = max(0, min(dots, most))
        self._draw_dots()
        if dots > most:
            self.foot.update(Content("There are no more dots to give: - takes one back from another topic."))

    def _cast(self) -> None:
        if self._given is None:
            return
        if not self._sure(
            "enter",
            f"{dots_words(self.left)} not given. ⏎ again casts the vote as it is.",
            unless=not self.left,
        ):
            return
        given = tuple((topic, dots) for topic, dots in self._given.items() if dots)
        before = self.ballot
        self._host.do(CastVote(given))
        counted = before is not None and self.ballot is not None and self.ballot.voters == before.voters + 1
        self._cover_up(
            "Thank you." if counted else "This could not be counted just now. Please try once more."
        )
