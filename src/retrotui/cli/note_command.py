"""`note` for the parser: its help, its completion, and the words for what is wrong with how it was asked."""

from pathlib import Path

import click

from retrotui.archive.capture import KINDS
from retrotui.cli.options import examples
from retrotui.cli.streams import MISUSE, Stop


@click.command(
    context_settings={"ignore_unknown_options": False},
    epilog=examples(
        'retrotui note "pager fires"',
        'retrotui note "rolled back 4512" --at 14:12 --kind action',
        'retrotui note "customers report errors" --at -5m',
        "tail -f deploy.log | retrotui note -",
    ),
)
@click.argument("text", nargs=-1, metavar="TEXT|-")
@click.option(
    "--at",
    default="",
    metavar="TIME",
    help="When it was: 14:03, ~14:03, -5m, yesterday 23:58. Now if left out.",
)
@click.option(
    "--kind",
    default="",
    metavar="KIND",
    help="What it is, such as detected, change or oh_no. Guessed from the words if left out.",
    shell_complete=lambda ctx, param, incomplete: [
        kind for kind in sorted(KINDS) if kind.startswith(incomplete)
    ],
)
@click.option(
    "--to", default="", metavar="FILE", help="The retro. Today's draft if left out; made if there is none."
)
@click.option("--dir", "folder", default="", metavar="DIR", help="The folder of your retros.")
@click.pass_context
def note(ctx: click.Context, text: tuple[str, ...], at: str, kind: str, to: str, folder: str) -> int:
    """Note what happens, from any shell, into today's retro.

    It is safe beside an open meeting, where the note appears within a second. `-` reads a pipe, a note for
    each line.
    """
    from retrotui.cli.note import Asked, run_note

    if not text:
        raise Stop('retrotui note: say what happened: retrotui note "pager fires"', MISUSE)
    chosen = folder or (str(ctx.obj) if isinstance(ctx.obj, Path) else "")
    return run_note(Asked(text, at, kind, to, chosen))
