"""`export`: a retro written up, to stdout or into a file."""

import sys
from pathlib import Path

import click

from retrotui.cli.looking import load
from retrotui.cli.options import examples, file_argument
from retrotui.cli.streams import FOUND, MISUSE, Stop, say
from retrotui.safe_text import one_line


@click.command(
    epilog=examples(
        "retrotui export retros/2026-11-21-checkout-outage.toml --as markdown",
        "retrotui export retros/2026-11-21-checkout-outage.toml --as markdown -o review.md",
    )
)
@file_argument
@click.option(
    "--as", "name", default="markdown", show_default=True, metavar="FORMAT", help="What to write it as."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to; stdout when left out, or for -."
)
def export(file: Path, name: str, output: Path | None) -> None:
    """Write up the retro in FILE, to hand it round.

    Private cards and open ballots are left out.
    """
    from retrotui.exchange.formats import UnknownFormat, report_format

    try:
        chosen = report_format(name)
    except UnknownFormat as error:
        raise Stop(f"retrotui export: {one_line(str(error))}.", MISUSE) from None
    text = chosen.write(load(file))
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        return
    if output.exists() and file.exists() and output.samefile(file):
        raise Stop("retrotui export: that would overwrite the retro itself; choose another -o.", MISUSE)
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Stop(
            f"retrotui export: {one_line(str(output))} cannot be written: {one_line(why)}.", FOUND
        ) from None
    say(f"Written to {one_line(str(output))}.")
