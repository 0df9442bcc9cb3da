"""Options and helpers that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    """The end of a help text: examples, each on its own line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def file_argument(function: Function) -> Function:
    """The FILE argument of a command that reads one retro."""
    return click.argument("file", type=click.Path(path_type=Path))(function)


def people_option(function: Function) -> Function:
    """`--people "NAME, NAME"`."""
    return click.option(
        "--people",
        default="",
        metavar='"NAME, NAME"',
        help="Names of those in the room, with commas between.",
    )(function)


def complete_template(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Templates that begin like this, for the shell's completion."""
    from retrotui.cli.team import team_folders
    from retrotui.settings import load_settings
    from retrotui.templates import load_templates

    found = load_templates(team_folders("templates", load_settings()))
    return [name for name in found.templates if name.startswith(incomplete)]


def names(text: str) -> tuple[str, ...]:
    """The names in a list with commas, each once."""
    from retrotui.notation.people_line import read_people

    return read_people(text)[0]
