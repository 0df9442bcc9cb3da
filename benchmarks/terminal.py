"""A program in a pseudo-terminal: what it draws, when, and what it uses.

Leaves what to measure to `measures`. Needs a system with pseudo-terminals (Linux, macOS, other Unixes).
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, LINES = 120, 36

_CONTROLS = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\-_=>])"
)


class TooSlow(Exception):
    """What was waited for did not appear."""


class Terminal:
    """A program that runs in a terminal of 120 x 36, with colours. Leaving the `with` kills it.

    Args:
        command: The program and its arguments.
        env: Added to the environment.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
                os.environ.update(env)
                os.execvp(command[0], list(command))
            finally:
                os._exit(127)
        self._seen = b""
        self.cpu = 0.0
        """Seconds of processor time, user and system, once it has ended."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """Ends the program on the spot and notes what it used."""
        if not self.pid:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _, _, usage = os.wait4(self.pid, 0)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.pid = 0
        os.close(self._fd)

    def _read(self, timeout: float) -> bytes:
        """What it has written within the time; empty when nothing."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, timeout))
        if not ready:
            return b""
        try:
            return os.read(self._fd, 1 << 16)
        except OSError:  # it has ended
            raise TooSlow(f"it ended: {self.words()[-400:]!r}") from None

    def words(self) -> str:
        """Everything it has drawn so far, without the control sequences."""
        return _CONTROLS.sub(b"", self._seen).decode("utf-8", "replace")

    def until(self, *texts: str, timeout: float = 20.0) -> float:
        """Waits until all these texts have been drawn; seconds from the start of the program to then.

        Raises:
            TooSlow: They have not, within the time.
        """
        end = time.perf_counter() + timeout
        missing = list(texts)
        while missing:
            chunk = self._read(end - time.perf_counter())
            at = time.perf_counter()
            if not chunk and at >= end:
                raise TooSlow(f"{missing} did not appear: {self.words()[-2000:]!r}")
            self._seen += chunk
            words = self.words()
            missing = [text for text in missing if text not in words]
        return at - self.started

    def settle(self, quiet: float = 0.3, most: float = 5.0) -> None:
        """Reads until nothing has been drawn for so many seconds."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and (chunk := self._read(min(quiet, end - time.perf_counter()))):
            self._seen += chunk

    def press(self, keys: bytes) -> None:
        """Presses keys without waiting for anything."""
        os.write(self._fd, keys)

    def key(self, keys: bytes, quiet: float = 0.05, first: float = 1.0) -> float:
        """Presses a key; seconds from there to the last byte that is drawn for it.

        Args:
            keys: What the terminal sends for it.
            quiet: Seconds without a byte after which it is complete.
            first: The longest wait for the first byte.

        Raises:
            TooSlow: Nothing was drawn.
        """
        while self._read(0):
            pass
        start = last = time.perf_counter()
        os.write(self._fd, keys)
        if not self._read(first):
            raise TooSlow(f"nothing was drawn for {keys!r}")
        last = time.perf_counter()
        while self._read(last + quiet - time.perf_counter()):
            last = time.perf_counter()
        return last - start

    def used(self) -> float:
        """Seconds of processor time so far, all threads; Linux only."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def memory(self) -> float:
        """Resident memory in MB (of 1024 x 1024 bytes); Linux only."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


def can_look_inside() -> bool:
    """Whether processor time and memory of a running program can be read here."""
    return sys.platform == "linux"
