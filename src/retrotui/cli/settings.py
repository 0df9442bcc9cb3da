"""`settings`: each value, and where it came from."""

from typing import TYPE_CHECKING

import click

from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, out
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from retrotui.settings import Settings


@click.command(epilog=examples("retrotui settings"))
@click.pass_context
def settings(ctx: click.Context) -> int:
    """Show every setting and where it came from.

    Settings stand in a TOML file in the platform's folder for configuration; RETROTUI_CONFIG names another
    one. Ends with 1 when something in the file had to be left out.
    """
    from retrotui.cli.root import warn
    from retrotui.cli.team import retros_folder, settings_now

    found = settings_now()
    beyond = _only_the_screen_knows(found)
    warn(beyond)
    there = "" if found.where.file.is_file() else " (not there; all values are defaults)"
    out(f"file: {one_line(str(found.where.file))}{there}")
    out(f"retros: {one_line(str(retros_folder(ctx.obj, found)))}")
    width = max(len(setting.key) for setting in found.listed())
    for setting in found.listed():
        value, origin = one_line(setting.value) or "-", one_line(setting.origin)
        out(f"{one_line(setting.key):<{width}}  {value}  ({origin}; {one_line(setting.meaning)})")
    return FOUND if found.problems or beyond else 0


def _only_the_screen_knows(settings: "Settings") -> list[str]:
    """What is wrong with keys and themes: the screen leaves it out and says so, and here it is told first."""
    from retrotui.tui.keymap import check_keymap
    from retrotui.tui.theme_files import theme_refusal

    _, problems = check_keymap(settings.keymap)
    refused = theme_refusal(settings.theme, settings.themes_dir)
    where = settings.where.file.name
    return [f"{where}: {problem}" for problem in (*problems, *([f"theme: {refused}"] if refused else []))]
