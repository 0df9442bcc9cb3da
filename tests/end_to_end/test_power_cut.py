"""`kill -9` at random moments: what the screen had called saved is there, the draft, the stage, the second.

Eight moments in the usual run; RETROTUI_TEST_KILLS=100 for a long one. Seeded, but the machine's own speed
decides where exactly a moment falls: every run cuts somewhere else.
"""

import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from retrotui.archive import open_file
from retrotui.facilitation import Session
from retrotui.retro import Retro
from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal

KILLS = int(os.environ.get("RETROTUI_TEST_KILLS", "8"))
SEED = int(os.environ.get("RETROTUI_TEST_SEED", "20261121"))
STAGES = ("opening", "timeline", "went_well", "causes", "how_can_we", "close")
HINTS = ("a question you would like", "14:03 what could be seen", "end with #", "what had to be true ·")

CLOCK_WITHIN_S = 1.0
"""What a power cut may take from the clock, or give to it."""

DRAFT_WITHIN_S = 1.0
"""A draft is on the disk within a second."""


@dataclass
class Drive:
    """One session between two power cuts: what was typed and what the screen said of it."""

    rng: random.Random
    screen: Terminal
    number: int
    saved: set[str]
    """Texts that the screen showed while it said that everything is saved. Shared by all sessions."""
    lines: list[str] = field(default_factory=list)
    typed: list[tuple[float, str]] = field(default_factory=list)
    """When the composer held what, newest last."""
    clocks: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage, without those of the current one since it came up."""
    since: float = 0.0
    """When the current stage came up."""
    stages: list[str] = field(default_factory=list)
    """Stages since the last one the screen called saved, that one first."""

    def __post_init__(self) -> None:
        self.screen.on_frame = self.look

    def look(self) -> None:
        """Called for each frame: what is on the board under the word saved has to be there for ever."""
        top = self.screen.lines[0]
        if not top.endswith("✔ saved"):
            return
        board = "\n".join(self.screen.lines[6:-6])
        self.saved.update(line for line in self.lines if line in board)
        for stage, title in zip(STAGES, range(1, 7), strict=True):
            if f"{title} of 6" in top and stage in self.stages:
                last = len(self.stages) - 1 - self.stages[::-1].index(stage)
                self.stages = self.stages[last:]

    def note(self, text: str) -> None:
        """Notes what stands in the composer from now on."""
        self.typed.append((time.monotonic(), text))

    def go_on(self, until: float) -> None:
        """Types, moves on and back, until the moment has come."""
        standing = self.typed[-1][1]
        while time.monotonic() < until:
            what = self.rng.random()
            if what < 0.12 and not standing:
                standing = self.move(self.rng.choice(("f7", "f8", "f8")))
                self.note(standing)
                continue
            line = f"step {self.number}-{len(self.lines)} seen"
            at = f"{self.rng.randrange(10, 20)}:{self.rng.randrange(60):02} {line}"
            for part in (at[:4], at[4:9], at[9:]):
                standing += part
                self.screen.type(part)
                self.note(standing)
                self.screen.pump(self.rng.uniform(0.0, 0.05))
                if time.monotonic() >= until:
                    return
            self.lines.append(line)
            self.screen.press("enter")
            standing = ""
            self.note("")
            self.screen.pump(self.rng.uniform(0.0, 0.2))

    @property
    def composer(self) -> str:
        """What stands on the line one types into."""
        return self.screen.lines[-5].strip(" │")

    def move(self, key: str) -> str:
        """To another stage; the draft that stands there."""
        now = self.at()
        self.screen.wait_until(lambda: HINTS[now] in self.composer, "the line that was entered to be gone")
        later = now + (1 if key == "f8" else -1)
        if not 0 <= later < 4:  # the stages whose line becomes an entry as it stands
            return ""
        self.stages.append(STAGES[later])
        self.screen.press(key)
        self.screen.wait_for(f"{later + 1} of 6")
        moved = time.monotonic()
        self.clocks[STAGES[now]] = self.clocks.get(STAGES[now], 0.0) + moved - self.since
        self.since = moved
        self.screen.wait_until(lambda: HINTS[now] not in self.composer, "the line of the new stage")
        return "" if HINTS[later] in self.composer else self.composer

    def at(self) -> int:
        """The number of the stage on the screen."""
        return next(number for number in range(6) if f"{number + 1} of 6" in self.screen.lines[0])


def reopened(path: Path) -> tuple[Retro, dict[str, float], str]:
    """What a reopening finds: the retro, the seconds of each stage, the draft of the current one."""
    opened = open_file(path)
    try:
        session = Session(opened.retro, resumed=opened.heartbeat)
        retro = session.retro
        drafts = {draft.place: draft.text for draft in opened.drafts}
        return retro, dict(session.heartbeat().stages), drafts.get(retro.agenda.current, "")
    finally:
        opened.close()


def draft_is_recent(draft: str, typed: list[tuple[float, str]], cut: float) -> bool:
    """Whether a draft is what stood in the composer within the last second before the cut."""
    until = [*(at for at, _ in typed[1:]), cut]
    before = ""
    for (_, text), end in zip(typed, until, strict=True):
        shorter, longer = sorted((before, text), key=len)  # typed letter by letter, or taken back so
        on_the_way = longer.startswith(draft) and draft.startswith(shorter)
        if end >= cut - DRAFT_WITHIN_S and (text == draft or on_the_way):
            return True
        before = text
    return False


def words_of(retro: Retro) -> str:
    """Every text that was typed, of whatever stage."""
    texts = [event.text for event in retro.events]
    texts += [card.text for card in (*retro.cards, *retro.went_well)]
    texts += [factor.text for factor in retro.factors]
    return "\n".join(texts) + "\n"


def test_a_power_cut_at_any_moment_loses_nothing_that_was_called_saved(desk: Desk) -> None:
    rng = random.Random(SEED)
    saved: set[str] = set()
    screen = desk.begin("A night of power cuts")
    path = desk.file
    clocks: dict[str, float] = {}
    typed = [(time.monotonic(), "")]
    for number in range(KILLS):
        shown = time.monotonic()
        drive = Drive(rng, screen, number, saved, typed=typed, clocks=clocks, since=shown)
        drive.stages = [STAGES[drive.at()]]
        drive.look()
        drive.go_on(shown + rng.uniform(0.05, 1.6))
        screen.kill()
        cut = time.monotonic()
        screen.close()

        retro, clocks, standing = reopened(path)
        words = words_of(retro)
        lost = {line for line in saved if f"{line}\n" not in words}
        assert not lost, f"cut {number}: the screen had called these saved: {sorted(lost)}"
        assert retro.agenda.current in drive.stages, f"cut {number}: {retro.agenda.current} {drive.stages}"
        recent = draft_is_recent(standing, drive.typed, cut)
        assert recent, f"cut {number}: {standing!r} {drive.typed[-30:]} {cut}"
        stage = retro.agenda.current
        if stage == drive.stages[-1]:
            expected = drive.clocks.get(stage, 0.0) + cut - drive.since
            assert abs(clocks[stage] - expected) <= CLOCK_WITHIN_S, f"cut {number}: {clocks} {expected}"

        screen = desk.retrotui("open", path)
        screen.wait_for(f"{STAGES.index(retro.agenda.current) + 1} of 6", "running")
        if standing:
            screen.wait_for(standing)
        typed = [(time.monotonic(), standing)]
        if standing and rng.random() < 0.5:
            screen.press("end", *["backspace"] * len(standing))
            screen.wait_for(HINTS[STAGES.index(retro.agenda.current)])
            typed.append((time.monotonic(), ""))  # until this is on the disk, a cut brings the words back
    assert saved, "the screen had called nothing saved: this test has tested nothing"
