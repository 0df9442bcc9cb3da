"""Imports go down the floors only, and relative imports nowhere: read from the source, not imported."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "retrotui"

FLOORS = {
    "lazy_names": 0,
    "quick_start": 0,
    "safe_text": 0,
    "toml_lines": 0,
    "retro": 0,
    "blameless": 1,
    "templates": 1,
    "notation": 1,
    "settings": 1,
    "facilitation": 2,
    "archive": 3,
    "exchange": 4,
    "demo": 4,
    "tui": 5,
    "cli": 5,
}
"""The floor of each room; a room may import itself and what lies below it."""

SIDEWAYS = {
    ("toml_lines", "safe_text"),  # what a message quotes of a file is made safe to look at
    ("templates", "blameless"),  # a template whose prompts blame is refused
    ("demo", "exchange"),
    ("notation", "templates"),
    ("settings", "blameless"),  # policies per section are settings
    ("cli", "tui"),  # the command line starts the screen
}
"""Rooms on the same floor that need each other, one way only."""

WITHOUT = {
    "textual": {"tui"},
    "click": {"cli"},
    "argparse": {"cli"},
    "rich": {"tui", "cli"},
    "jinja2": {"exchange"},
    "icalendar": {"exchange"},
}
"""Libraries and the only rooms that may know them."""


def room_of(module: str) -> str:
    """The room of `retrotui.archive.codec`: `archive`; empty for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports() -> Iterator[tuple[str, str, str]]:
    """Every import in the package: the file, its room, and the module it names."""
    for path in sorted(SOURCE.rglob("*.py")):
        relative = path.relative_to(SOURCE)
        room = relative.parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield relative.as_posix(), room, name.name
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{relative}: a relative import"
                yield relative.as_posix(), room, node.module or ""


def test_every_room_has_a_floor() -> None:
    rooms = {
        path.name.removesuffix(".py")
        for path in SOURCE.iterdir()
        if not path.name.startswith(("_", ".")) and (path.is_dir() or path.suffix == ".py")
    }
    assert rooms <= set(FLOORS)


def test_imports_go_down_only() -> None:
    upward = []
    for file, room, module in imports():
        target = room_of(module)
        if not module.startswith("retrotui") or not target or target.startswith("_") or target == room:
            continue
        if room in FLOORS and FLOORS[target] >= FLOORS[room] and (room, target) not in SIDEWAYS:
            upward.append(f"{file} imports {module}")
    assert not upward


def test_no_two_rooms_import_each_other() -> None:
    pairs = {(room, room_of(module)) for _, room, module in imports() if module.startswith("retrotui.")}
    assert not {(a, b) for a, b in pairs if a != b and (b, a) in pairs}


@pytest.mark.parametrize("library", sorted(WITHOUT))
def test_a_library_stays_in_its_rooms(library: str) -> None:
    allowed = WITHOUT[library]
    strays = [
        file for file, room, module in imports() if module.split(".")[0] == library and room not in allowed
    ]
    assert not strays


def test_wording_knows_no_retro_and_a_retro_no_file() -> None:
    for file, room, module in imports():
        if room == "blameless":
            assert not module.startswith(("retrotui.retro", "pydantic")), file
        if room == "retro":
            assert module.split(".")[0] not in {"pathlib", "os", "tomllib", "io", "time"}, file
