"""What every drive needs: folders of its own, a way to start retrotui there, an end to what was started."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":  # there are no pseudo-terminals there
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.end_to_end.terminal import Terminal, own_environment, retrotui_command

    @dataclass
    class Desk:
        """A folder with a home and retros of its own, where terminals can be opened."""

        folder: Path
        terminals: list[Terminal] = field(default_factory=list)

        @property
        def retros(self) -> Path:
            """The folder of retros."""
            return self.folder / "retros"

        @property
        def file(self) -> Path:
            """The one retro there is."""
            (found,) = self.retros.glob("*.toml")
            return found

        def run(self, argv: list[str], *, env: dict[str, str] | None = None, **options: Any) -> Terminal:
            """Opens a terminal with a program in it."""
            whole = own_environment(self.folder, **(env or {}))
            terminal = Terminal(argv, env=whole, cwd=self.folder, **options)
            self.terminals.append(terminal)
            return terminal

        def retrotui(self, *arguments: str | Path, **options: Any) -> Terminal:
            """Opens a terminal with retrotui in it."""
            return self.run([*retrotui_command(), *map(str, arguments)], **options)

        def begin(self, title: str = "Checkout answered 5xx", *arguments: str, **options: Any) -> Terminal:
            """Begins a retro and waits for its first screen."""
            terminal = self.retrotui("new", "--title", title, *arguments, **options)
            terminal.wait_for("Opening", "What do we want to learn today?")
            return terminal

    @pytest.fixture
    def desk(tmp_path: Path) -> Iterator[Desk]:
        """A desk of one's own."""
        desk = Desk(tmp_path)
        desk.retros.mkdir()
        yield desk
        for terminal in desk.terminals:
            terminal.close()

    Start = Callable[..., Terminal]
