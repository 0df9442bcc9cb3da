"""Run commands inside the test's own process, with what they print caught apart."""

import io
import sys
from dataclasses import dataclass

from pytest import MonkeyPatch

from retrotui.cli import main


@dataclass(frozen=True)
class Result:
    """What came of a command."""

    status: int
    out: str
    err: str


class Runner:
    """Runs commands without a terminal, unless told otherwise."""

    def __init__(self, monkeypatch: MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(
        self, *words: object, stdin: str | bytes = b"", tty: bool = False, encoding: str = "utf-8"
    ) -> Result:
        """Run `retrotui WORDS` and give its exit status and output."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = [
            _Stream(io.BytesIO(data), tty, "utf-8"),
            *(_Stream(io.BytesIO(), tty, encoding) for _ in "oe"),
        ]
        with self._monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            status = main([str(word) for word in words])
        texts = []
        for stream in streams[1:]:
            stream.flush()
            texts.append(stream.bytes.getvalue().decode(encoding))
        return Result(status, *texts)


class _Stream(io.TextIOWrapper):
    """A text stream over bytes that may claim to be a terminal."""

    def __init__(self, data: io.BytesIO, tty: bool, encoding: str) -> None:
        super().__init__(data, encoding=encoding, write_through=True, newline="")
        self.bytes = data
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty
