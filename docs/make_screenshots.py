"""Draws the pictures of the README: every stage of the demo, at a fixed time, as SVG.

Run it from the root of the repository: `python docs/make_screenshots.py`.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from retrotui.demo import write_demo
from retrotui.settings import load_settings
from retrotui.tui.app import RetroApp

OUT = Path(__file__).resolve().parent / "screenshots"
NOW = datetime(2026, 11, 21, 14, 20, tzinfo=UTC)
SIZE = (120, 36)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: where in the demo, what is pressed and typed there."""

    name: str
    stage: str = ""
    """The stage the demo is opened in; empty for home."""
    keys: tuple[str, ...] = ()
    types: str = ""
    theme: str = ""
    wait_s: float = 0.3


PICTURES = (
    Picture("home"),
    Picture("opening", "opening", wait_s=0.8),
    Picture("timeline", "timeline", ("pagedown",)),
    Picture("went-well", "went_well"),
    Picture("causes", "causes"),
    Picture(
        "how-can-we",
        "how_can_we",
        types="> show the role of the host in every prompt @priya due friday !p1 #prevent",
    ),
    Picture("close", "close"),
    Picture(
        "wording",
        "causes",
        ("enter",),
        types="Will should have checked the host before he ran the removal",
        wait_s=0.9,
    ),
    Picture("projector", "causes", ("f5",)),
    Picture("light", "causes", theme="linen"),
)


async def draw(picture: Picture, folder: Path) -> str:
    """The picture as SVG."""
    path = write_demo(folder, NOW.date())
    if picture.stage:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^current = .*$", f'current = "{picture.stage}"', text), encoding="utf-8")
    now: Callable[[], datetime] = lambda: NOW  # noqa: E731 - a clock that stands
    app = RetroApp(load_settings({}), folder, path if picture.stage else None, now=now, monotonic=lambda: 0.0)
    async with app.run_test(size=SIZE) as pilot:
        if picture.theme:
            app.theme = picture.theme
        await app.workers.wait_for_complete()
        await pilot.pause(picture.wait_s)
        for letter in picture.types:
            await pilot.press("space" if letter == " " else letter)
        for key in picture.keys:
            await pilot.press(key)
        await pilot.pause(picture.wait_s)
        return plain(app.export_screenshot(title="retrotui"))


def plain(svg: str) -> str:
    """The SVG without fonts from elsewhere: a page that shows it asks nobody for anything."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(
        r"font-family:\s*Fira Code[^;]*;", "font-family: ui-monospace, Menlo, Consolas, monospace;", svg
    )
    svg = re.sub(r"<!--.*?-->", "", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def main() -> None:
    """Draws them all."""
    OUT.mkdir(exist_ok=True)
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as place:
            os.chdir(place)
            Path("retros").mkdir()
            (OUT / f"{picture.name}.svg").write_text(
                asyncio.run(draw(picture, Path("retros"))), encoding="utf-8"
            )
            os.chdir(OUT)
        print(OUT.name, picture.name)


if __name__ == "__main__":
    main()
