"""What is measured, each against what it is compared with. Leaves drawing the table to `__main__`.

Times are in seconds until they are written down. What is compared takes turns within one run; the figure is
the median, and its ratio is the median of the ratios of neighbours.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.samples import event, retro_of
from benchmarks.terminal import Terminal, can_look_inside
from retrotui.archive import OpenedFile, Saver, create_file, dumps
from retrotui.archive.codec import Encoder
from retrotui.archive.safe_file import write_safely
from retrotui.retro.changes import Add
from retrotui.tui.kept_styles import FILE_NAME

PARTS = Path(__file__).parent / "parts"
PYTHON = sys.executable
SMALL_APP = [PYTHON, str(PARTS / "small_app.py")]
SMALL_APP_DRAWN = ("small app", "type here", "item 29 of the list", "palette")
INPUT_APP = [PYTHON, str(PARTS / "input_app.py")]
DEMO_DRAWN = (
    "GitLab 2017",
    "What made this possible?",
    "Two database hosts",
    "slow disks",
    "add a cause",
    "undo",
)

FLAGGED = "they should have checked the region, it was careless of Will to deploy on a Friday evening"
"""What is typed: a line with several flags, so that check, underline and question all have work."""
CTRL_U, DOWN, HOME, ESCAPE, ENTER = b"\x15", b"\x1b[B", b"\x1b[H", b"\x1b", b"\r"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    bare: str
    ratio: str
    aim: str
    met: bool | None
    """None where there is no aim."""


def ms(seconds: float) -> str:
    """A time as a person reads it."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def mb(megabytes: float) -> str:
    """Memory as a person reads it."""
    return f"{megabytes:.1f} MB"


def compared(what: str, ours: Sequence[float], bare: Sequence[float], aim: float | None) -> Row:
    """Two things that took turns: the medians, and the median of the ratios of neighbours."""
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    return Row(
        what,
        ms(statistics.median(ours)),
        ms(statistics.median(bare)),
        f"{ratio:.2f}",
        f"≤ {aim:g}" if aim else "",
        ratio <= aim if aim else None,
    )


@contextmanager
def saving_to(opened: OpenedFile) -> Iterator[Saver]:
    """A saver on a thread of its own, closed at the end."""
    saver = Saver(opened)
    try:
        yield saver
    finally:
        saver.close()


class Bench:
    """The measurements, in a folder of their own.

    Args:
        folder: For retros, settings and state: the person's own are never touched.
        rounds: How often each pair takes turns.
    """

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.env = {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "home" / "config"),
            "XDG_STATE_HOME": str(folder / "home" / "state"),
            "XDG_DATA_HOME": str(folder / "home" / "data"),
            "XDG_CACHE_HOME": str(folder / "home" / "cache"),
            "RETROTUI_DIR": str(folder / "retros"),
            "TMPDIR": str(folder),
            "PYTHONDONTWRITEBYTECODE": "",  # or everything would be compiled anew at each start
        }
        (folder / "home").mkdir()
        (folder / "retros").mkdir()
        script = Path(PYTHON).with_name("retrotui")
        code = "import sys; from retrotui.cli import main; sys.exit(main())"
        self.retrotui = [str(script)] if script.exists() else [PYTHON, "-c", code]

    def rows(self) -> Iterator[Row]:
        """Every measurement, one after the other."""
        yield from self.commands()
        yield from self.first_screen()
        yield from self.typing()
        yield from self.many_events()
        yield from self.saving()
        if can_look_inside():
            yield from self.at_rest()

    # commands without a screen

    def commands(self) -> Iterator[Row]:
        """`--help` against an empty program, `check -` against one pydantic model."""
        empty = [PYTHON, "-c", "pass"]
        model = [PYTHON, str(PARTS / "pydantic_model.py")]
        note = b"14:19 the deploy job was stopped by the canary check\n"
        rounds = 3 * self.rounds
        ours, bare = self._turns(
            rounds, lambda: self._run([*self.retrotui, "--help"]), lambda: self._run(empty)
        )
        yield compared("`retrotui --help` / `python -c pass`", ours, bare, 5.5)
        ours, bare = self._turns(
            rounds, lambda: self._run([*self.retrotui, "check", "-"], note), lambda: self._run(model)
        )
        yield compared("`retrotui check -` / a program with one pydantic model", ours, bare, 1.3)

    def _run(self, command: Sequence[str], words: bytes = b"") -> float:
        start = time.perf_counter()
        subprocess.run(
            command,
            input=words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **self.env},
            check=True,
        )
        return time.perf_counter() - start

    # starting

    def first_screen(self) -> Iterator[Row]:
        """`demo` to its complete first screen, against a small Textual app."""
        cpu: dict[str, list[float]] = {"ours": [], "bare": [], "warm": [], "cold": []}

        def start(name: str, command: Sequence[str], drawn: Sequence[str], stay: float = 0.0) -> float:
            with Terminal(command, self.env) as terminal:
                took = terminal.until(*drawn)
                terminal.settle(stay, stay)
            cpu[name].append(terminal.cpu)
            return took

        demo = [*self.retrotui, "demo"]
        start("warm", demo, DEMO_DRAWN, stay=2.0)  # compiled; the style rules are kept once it has settled
        ours, bare = self._turns(
            self.rounds,
            lambda: start("ours", demo, DEMO_DRAWN),
            lambda: start("bare", SMALL_APP, SMALL_APP_DRAWN),
        )
        yield compared("`demo` to a complete first screen / a small Textual app", ours, bare, 1.25)
        yield compared("  the same in processor time", cpu["ours"], cpu["bare"], None)
        (self.folder / "home" / "cache" / "retrotui" / FILE_NAME).unlink()
        yield Row(
            "  without style rules kept from an earlier start",
            ms(start("cold", demo, DEMO_DRAWN)),
            "",
            "",
            "",
            None,
        )

    # typing

    def typing(self) -> Iterator[Row]:
        """A key to its last byte, wording check on, against an app that is nothing but an input."""
        with ExitStack() as open_apps:
            ours = open_apps.enter_context(Terminal([*self.retrotui, "demo"], self.env))
            bare = open_apps.enter_context(Terminal(INPUT_APP, self.env))
            ours.until(*DEMO_DRAWN)
            bare.until("type here")
            for app in (ours, bare):
                app.settle()
            first, _ = ours.key(b"t"), bare.key(b"t")
            taken, plain = self._keys(ours, bare, FLAGGED, max(1, self.rounds // 4))
        yield compared("a key while typing, wording check on / a bare Input", taken, plain, 1.15)
        yield Row("  the very first key after the start", ms(first), "", "", "", None)

    def _keys(
        self, one: Terminal, other: Terminal, text: str, rounds: int
    ) -> tuple[list[float], list[float]]:
        """Types the same text into both, a key here and a key there."""
        ones: list[float] = []
        others: list[float] = []
        for _ in range(rounds):
            for terminal in (one, other):
                terminal.press(CTRL_U)
                terminal.settle(0.2)
            for letter in text:
                ones.append(one.key(letter.encode()))
                others.append(other.key(letter.encode()))
        return ones, others

    def many_events(self) -> Iterator[Row]:
        """Moving through and typing into a retro of 5,000 events, against one of 50."""
        with ExitStack() as open_apps:
            apps = []
            for count in (5000, 50):
                path = self.folder / "retros" / f"{count}.toml"
                path.write_bytes(dumps(retro_of(count)))
                app = open_apps.enter_context(Terminal([*self.retrotui, "open", str(path)], self.env))
                app.until("add an event", "An incident of", "undo", timeout=60)
                apps.append(app)
            for app in apps:
                app.settle(0.6)
                app.key(b"t")  # the first key of all is measured elsewhere
            large, small = apps
            line = "14:05 the queue of the mail service is empty again"
            ones, others = self._keys(large, small, line, max(1, self.rounds // 5))
            yield compared("a key typed, 5,000 events / 50 events", ones, others, 1.3)
            entered: list[float] = []
            compare: list[float] = []
            for number in range(max(3, self.rounds // 2)):
                for app, times in ((large, entered), (small, compare)):
                    app.press(CTRL_U)
                    app.settle(0.2)
                    app.press(f"9:{10 + number} the mail queue is empty again".encode())
                    app.settle(0.4)
                    times.append(app.key(ENTER, quiet=0.1, first=5.0))
                    app.settle(0.5)
            yield compared("  an event entered (to the last byte)", entered, compare, None)
            for app in apps:
                app.press(ESCAPE)
                app.settle(0.5)
            ones, others = [], []
            for number in range(10 * self.rounds):
                if number % 30 == 0:
                    for app in apps:
                        app.press(HOME)  # or the small one is soon at its end
                        app.settle(0.3)
                ones.append(large.key(DOWN))
                others.append(small.key(DOWN))
            yield compared("moving down the list, 5,000 events / 50 events", ones, others, 1.3)

    # saving

    def saving(self) -> Iterator[Row]:
        """One save at 100, 1,000 and 10,000 entries, and what it takes from the thread of the screen."""
        newer = {}
        for count in (100, 1000, 10_000):
            first, again, on_screen = self._saves(count)
            newer[count] = again
            yield Row(
                f"one save of {count:,} entries, one of them new",
                ms(again),
                f"the first: {ms(first)}",
                "",
                "",
                None,
            )
            yield Row(
                "  of it on the thread of the screen",
                f"{on_screen * 1e6:.0f} µs",
                "",
                "",
                "none",
                on_screen < 1e-3,
            )
        growth = newer[10_000] / newer[1000] / 10
        yield Row(
            "  10,000 / 10 x 1,000 entries",
            ms(newer[10_000]),
            ms(newer[1000] * 10),
            f"{growth:.2f}",
            "linear",
            growth <= 1.3,
        )

    def _saves(self, count: int) -> tuple[float, float, float]:
        """Seconds of the first save, of the next ones (median), and of handing one over."""
        retro = retro_of(count)
        path = self.folder / f"save-{count}.toml"
        encoder = Encoder()
        start = time.perf_counter()
        write_safely(path, encoder.dumps(retro))
        first = time.perf_counter() - start
        again, handed = [], []
        for number in range(self.rounds):
            retro = Add(event(count + number + 1)).apply(retro)
            start = time.perf_counter()
            write_safely(path, encoder.dumps(retro))
            again.append(time.perf_counter() - start)
        opened = create_file(self.folder / f"saver-{count}.toml", retro)
        with saving_to(opened) as saver:
            for number in range(self.rounds):
                retro = Add(event(count + self.rounds + number + 1)).apply(retro)
                start = time.perf_counter()
                saver.submit(retro)
                handed.append(time.perf_counter() - start)
                saver.flush()
        return first, statistics.median(again), statistics.median(handed)

    # at rest

    def at_rest(self) -> Iterator[Row]:
        """Memory of the demo, and processor time with the clock running and nobody typing."""
        with Terminal([*self.retrotui, "demo"], self.env) as demo:
            demo.until(*DEMO_DRAWN)
            demo.settle(1.0, most=3.0)
            memory = demo.memory()
            for letter in FLAGGED:
                demo.key(letter.encode())
            typed = demo.memory()
            demo.press(CTRL_U)
            demo.key(b"\x1bOQ", first=3.0)  # F2: the clock runs
            demo.settle(0.3, most=2.0)
            seconds = 4.0 * max(3, self.rounds // 2)
            before, start = demo.used(), time.perf_counter()
            demo.settle(seconds, most=seconds)
            share = (demo.used() - before) / (time.perf_counter() - start)
            running = "running" in demo.words()
        with Terminal(SMALL_APP, self.env) as small:
            small.until(*SMALL_APP_DRAWN)
            small.settle(1.0, most=2.0)
            bare = small.memory()
        yield Row(
            "memory of `demo` / of a small Textual app",
            mb(memory),
            mb(bare),
            f"{memory / bare:.2f}",
            "≤ 55 MB",
            memory <= 55,
        )
        yield Row("  after a line has been typed", mb(typed), "", "", "≤ 55 MB", typed <= 55)
        what = "idle with the clock running" if running else "idle with the clock paused"
        yield Row(f"{what}, of one processor", f"{share:.2%}", "", "", "≤ 0.5%", share <= 0.005)

    @staticmethod
    def _turns(
        rounds: int, ours: Callable[[], float], bare: Callable[[], float]
    ) -> tuple[list[float], list[float]]:
        """Both in turns, so many times; once before that, so that files are in memory."""
        for once in (ours, bare):
            once()
        pairs = [(ours(), bare()) for _ in range(rounds)]
        return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
