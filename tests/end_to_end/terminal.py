"""A pseudo-terminal with a program in it, and a screen that shows what the program drew.

Tests say what to press and what to wait for; nothing here sleeps for a fixed time. The screen is pyte's. The
driver answers the question for synchronised output, so that the program marks where each frame ends: what a
person could see is looked at between frames only. Linux and macOS; there is no pseudo-terminal on Windows.
"""

import errno
import os
import re
import select
import shutil
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pexpect
import pyte

KEYS: Mapping[str, str] = {
    "enter": "\r",
    # as terminals send it that know the protocol retrotui asks for; a bare escape is ambiguous for 100 ms
    "esc": "\x1b[27u",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "space": " ",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
}

SYNC_QUESTION = b"\x1b[?2026$p"
SYNC_ANSWER = b"\x1b[?2026;2$y"
FRAME_END = b"\x1b[?2026l"

# What pyte would print as text: keyboard protocol, questions about modes, the linux console's palette
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?][\d;]*u|\x1b\[\?[\d;]*\$p|\x1b\[>[\d;]*[a-zA-Z]|\x1b\[[\d;]*~")
_WHOLE = re.compile(rb"\x1b(\[[<=>?]?[\d;:]*[ $]?[@-~]|[^\[])")
_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])\d*u")

LEFT_ON = {1049: "the alternate screen", 1000: "mouse", 1003: "mouse", 1006: "mouse", 2004: "bracketed paste"}
"""Modes that a program must have switched off when it ends."""

PATIENCE_S = float(os.environ.get("RETROTUI_TEST_PATIENCE", "20"))
"""Seconds to wait for a text. Only a failing test waits so long."""


class NotShown(AssertionError):
    """What a test waited for did not come; the message holds the screen."""


def retrotui_command() -> list[str]:
    """The command as it was installed beside the Python that runs the tests."""
    script = shutil.which("retrotui", path=str(Path(sys.executable).parent))
    if script is not None:
        return [sys.executable, script]
    return [sys.executable, "-c", "import sys; from retrotui.cli import main; sys.exit(main())"]


def own_environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of the user's is read or written."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "RETROTUI_STATE": str(home / "state" / "retrotui"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        **more,
    }


def _sent(key: str) -> bytes:
    """What a terminal sends for a key of this name, or for a text."""
    if key in KEYS:
        return KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[5]) & 0x1F])
    return key.encode()


class Terminal:
    """A program on a screen of its own."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        size: tuple[int, int] = (120, 36),
        synchronised: bool = True,
        preexec: Callable[[], None] | None = None,
    ) -> None:
        """Starts the program.

        Args:
            argv: The command.
            env: Its whole environment.
            cwd: Its folder.
            size: Columns and rows.
            synchronised: Whether the terminal says that it can do synchronised output.
            preexec: Called in the child before the program starts, to set limits.
        """
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._synchronised = synchronised
        self._pending = b""
        self.raw = bytearray()
        """Everything the program wrote."""
        self.frames = 0
        """Frames drawn."""
        self.on_frame: Callable[[], None] = lambda: None
        """Called after each frame."""
        self.modes: dict[int, bool] = {}
        """Private modes as the program left them."""
        self.keyboard_depth = 0
        self.exit_status: int | None = None
        """128 + n after a signal that the program did not handle."""
        self.killed_by: int | None = None
        self._child = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            env=dict(env),
            cwd=str(cwd),
            dimensions=(rows, columns),
            timeout=None,
            preexec_fn=preexec,
        )
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterclose = 0.01
        self._child.ptyproc.delayafterterminate = 0.01
        self._fd: int = self._child.child_fd
        os.set_blocking(self._fd, False)
        self._open = True
        self.sane = termios.tcgetattr(self._fd)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process."""
        return int(self._child.pid)

    # what it shows

    @property
    def lines(self) -> list[str]:
        """The rows of the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The screen with every run of white space and frame as one blank, for texts that were wrapped."""
        return re.sub(r"[\s│╭╮╰╯─┃▌▊▎┏┓┗┛━]+", " ", self.text)

    # waiting

    def pump(self, seconds: float) -> bool:
        """Takes in what the program writes, for at most so long; whether there was anything."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, seconds)) if self._open else ([], [], [])
        if not ready:
            return False
        return self._read()

    def _read(self) -> bool:
        try:
            data = os.read(self._fd, 65536)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            self._open = False
            return False
        self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        self.raw += data
        if self._synchronised and SYNC_QUESTION in data:
            self._write_some(SYNC_ANSWER)
        data = self._pending + data
        # a sequence cut in two by the pipe waits for its end
        cut = data.rfind(b"\x1b")
        whole = cut < 0 or len(data) - cut > 64 or _WHOLE.match(data[cut:])
        self._pending, data = (b"", data) if whole else (data[cut:], data[:cut])
        while data:
            frame, end, data = data.partition(FRAME_END)
            self._feed(frame + end)
            if end:
                self.frames += 1
                self.on_frame()

    def _feed(self, data: bytes) -> None:
        for numbers, way in _MODES.findall(data):
            for number in numbers.split(b";"):
                self.modes[int(number)] = way == b"h"
        for way in _KEYBOARD.findall(data):
            self.keyboard_depth += 1 if way == b">" else -1
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))

    def wait_until(self, so: Callable[[], bool], what: str, patience: float = PATIENCE_S) -> None:
        """Waits until something is so.

        Raises:
            NotShown: When it does not become so; the message holds the screen.
        """
        end = time.monotonic() + patience
        while not so():
            left = end - time.monotonic()
            if left <= 0 or not self._open:
                gone = "" if self._open else " (the program has ended)"
                raise NotShown(f"waited for {what}{gone}; the screen shows:\n{self.text}")
            self.pump(min(left, 0.25))

    def wait_for(self, *texts: str, patience: float = PATIENCE_S) -> None:
        """Waits until all these texts are on the screen (line ends and frames count as blanks)."""
        for text in texts:
            self.wait_until(partial(self.shows, text), repr(text), patience)

    def shows(self, text: str) -> bool:
        """Whether a text is on the screen."""
        return text in self.text or text in self.words

    def wait_gone(self, text: str, patience: float = PATIENCE_S) -> None:
        """Waits until a text is not on the screen any more."""
        self.wait_until(lambda: text not in self.words, f"{text!r} to go", patience)

    def wait_saved(self, patience: float = PATIENCE_S) -> None:
        """Waits until the header says that everything is saved."""
        self.wait_for("✔ saved", patience=patience)

    # doing

    def press(self, *keys: str) -> None:
        """Presses keys: `f8`, `ctrl+r`, `esc`, or a character."""
        for key in keys:
            self.send(_sent(key))

    def at_once(self, *keys: str) -> None:
        """Presses keys, or types texts, all in one go, as they come over a slow line."""
        self.send(b"".join(map(_sent, keys)))

    def type(self, text: str) -> None:
        """Types a text."""
        self.send(text.encode())

    def enter(self, text: str) -> None:
        """Types a line and presses Enter."""
        self.send(text.encode() + b"\r")

    def paste(self, text: str) -> None:
        """Pastes a text, in brackets as terminals do it."""
        self.send(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")

    def send(self, data: bytes) -> None:
        """Sends bytes, taking in what the program writes meanwhile."""
        end = time.monotonic() + PATIENCE_S
        while data:
            if not self._open or time.monotonic() > end:
                raise NotShown(f"the program does not take keys; the screen shows:\n{self.text}")
            readable, writable, _ = select.select([self._fd], [self._fd], [], 0.25)
            if readable:
                self._read()
            if writable:
                data = data[self._write_some(data) :]

    def _write_some(self, data: bytes) -> int:
        try:
            return os.write(self._fd, data[:4096])
        except BlockingIOError:
            return 0
        except OSError:
            self._open = False
            return 0

    def resize(self, columns: int, rows: int) -> None:
        """Makes the window another size."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def signal(self, number: int) -> None:
        """Sends a signal to the program."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.signal(signal.SIGKILL)
        self._reap()

    def hang_up(self) -> int:
        """Closes the terminal, as a dropped connection does; the exit status."""
        self._let_go()
        return self._reap()

    # the end

    def wait_for_end(self, patience: float = PATIENCE_S) -> int:
        """Waits until the program has ended; its exit status, 128 + n after a signal."""
        end = time.monotonic() + patience
        while self._open:
            if time.monotonic() > end:
                raise NotShown(f"waited for the end; the screen shows:\n{self.text}")
            self.pump(0.25)
        return self._reap(patience)

    def _reap(self, patience: float = PATIENCE_S) -> int:
        if self.exit_status is not None:
            return self.exit_status
        end = time.monotonic() + patience
        while True:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > end:
                raise NotShown("the program let go of its terminal but did not end")
            if self._open:
                self.pump(0.02)
            else:
                time.sleep(0.005)  # nothing else can be waited for: the terminal is gone
        self._child.terminated = True
        self._child.ptyproc.terminated = True
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            self.killed_by, code = -code, 128 - code
        self.exit_status = code
        return code

    @property
    def mess(self) -> list[str]:
        """What the program left behind in the terminal; empty when it is as it was."""
        found = [f"{what} is still on" for mode, what in LEFT_ON.items() if self.modes.get(mode)]
        if self.modes.get(25) is False:
            found.append("the cursor is hidden")
        if self.keyboard_depth > 0:
            found.append("the keyboard protocol is still on")
        if self._fd_alive and termios.tcgetattr(self._fd)[:4] != self.sane[:4]:
            found.append("the line discipline is not what it was (stty sane would be needed)")
        return found

    @property
    def _fd_alive(self) -> bool:
        try:
            termios.tcgetattr(self._fd)
        except (OSError, termios.error):
            return False
        return True

    def close(self) -> None:
        """Ends whatever still runs and lets go of the terminal."""
        if self.exit_status is None:
            try:
                os.kill(self.pid, signal.SIGCONT)
                os.kill(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self._reap()
        self._let_go()

    def _let_go(self) -> None:
        self._open = False
        self._child.ptyproc.fileobj.close()  # it owns the number: closed twice, another's would be
        self._child.closed = self._child.ptyproc.closed = True
