"""A small change looks at what stands there, and the picture is the one that Textual would have drawn."""

from pathlib import Path

from textual._compositor import ChopsUpdate, Compositor

from tests.tui.full_app import TestApp, demo_folder


def drawn(update: ChopsUpdate | None, spans: list[tuple[int, int, int]]) -> list[str]:
    """The text of an update, within the lines and columns that it is for."""
    assert update is not None
    found = []
    for y, first, last in spans:
        line = ""
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if first <= x and end <= last:
                assert strip is not None
                line += strip.text
        found.append(line)
    return found


async def test_parts_that_stand_elsewhere_are_left_out_and_nothing_looks_different(tmp_path: Path) -> None:
    path = demo_folder(tmp_path)
    app = TestApp(path.parent, path)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.settle(pilot)
        screen = app.meeting
        ours, theirs = screen._compositor, Compositor()
        theirs.reflow(screen, screen.size)
        for part in (screen.clock, screen.composer, screen.top, app.entries):
            region = part.region
            updates = []
            for compositor in (ours, theirs):
                compositor._dirty_regions = {region}
                updates.append(compositor.render_partial_update())
            spans = [(y, region.x, region.right) for y in region.line_range]
            assert drawn(updates[0], spans) == drawn(updates[1], spans)
            assert any(line.strip() for line in drawn(updates[0], spans))
        clock = screen.clock.region
        assert len(list(ours._get_renders(clock))) < len(list(theirs._get_renders(clock)))
        assert ours.visible_widgets == theirs.visible_widgets
