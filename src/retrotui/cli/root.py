"""The parser: finds the command, imports only its module, and words what is wrong with how it was asked
for.
"""

import os
from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from retrotui import __version__
from retrotui.cli.overview import PLACES, overview
from retrotui.cli.streams import FOUND, MISUSE, Stop, say
from retrotui.safe_text import one_line

COMPLETE_VARIABLE = "_RETROTUI_COMPLETE"


class Commands(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the overview."""
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in PLACES:
            return None
        module, attribute = PLACES[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a hint that fits what was typed."""
        name = args[0]
        if name in PLACES or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if name.endswith(".toml") or Path(name).exists():
            ctx.fail(
                f"{one_line(name)!r} is not a command. To open that file: retrotui open {one_line(name)}"
            )
        raise click.UsageError(f"there is no command {one_line(name)!r}.{nearest(name, PLACES)}", ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The same overview that needs no parser."""
        formatter.write(overview())


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="The folder of your retros.")
@click.version_option(__version__, "-V", "--version", prog_name="retrotui", message="%(prog)s %(version)s")
@click.pass_context
def root(ctx: click.Context, folder: Path | None) -> int | None:
    """Facilitate live, blameless retrospectives."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        from retrotui.cli.on_screen import home

        return home(folder)
    return None


def run(args: Sequence[str]) -> int:
    """Parse the words, run the command they ask for and give its exit status.

    Raises:
        Stop: The words, or what they name, cannot be used.
    """
    instruction = os.environ.get(COMPLETE_VARIABLE)
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(root, {}, "retrotui", COMPLETE_VARIABLE, instruction)
    try:
        with root.make_context("retrotui", list(args)) as ctx:
            return _status(root.invoke(ctx))
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        raise Stop(_misuse(error), MISUSE) from None
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        raise Stop(f"retrotui: {error.format_message()}", FOUND) from None


def _status(value: Any) -> int:
    """A command's exit status from what it returned; a group gives the value of its command."""
    return value if isinstance(value, int) else 0


def _misuse(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else "retrotui"
    message = one_line(error.format_message())
    message = message[:1].lower() + message[1:] if message[1:2].islower() else message
    return f"{where}: {message}\nTo see what it takes: {where} --help"


def nearest(name: str, known: Collection[str]) -> str:
    """A hint at the name that was probably meant, else at all there are; with a space before it."""
    from difflib import get_close_matches  # only when something went wrong

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    listed = ", ".join(one_line(item) for item in known)
    there = "is only" if len(known) == 1 else "are"
    return f" Did you mean {near[0]!r}?" if near else f" There {there} {listed}."


def warn(problems: Sequence[str]) -> None:
    """Say on stderr what had to be left out: a bad theme, template or setting."""
    for problem in problems:
        say(f"note: {one_line(problem)}")
