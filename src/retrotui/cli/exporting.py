"""`export`: a retro written up, to stdout or into a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.looking import load
from retrotui.cli.options import examples, file_argument
from retrotui.cli.streams import FOUND, MISUSE, Stop, say
from retrotui.safe_text import one_line, visible

if TYPE_CHECKING:
    from retrotui.exchange.formats import ReportFormat
    from retrotui.retro import Retro


@click.command(
    epilog=examples(
        "retrotui export retros/2026-11-21-checkout-outage.toml --as markdown",
        "retrotui export retros/2026-11-21-checkout-outage.toml --as html -o review.html",
        "retrotui export FILE --as html --template sre --names roles -o for-everybody.html",
    )
)
@file_argument
@click.option(
    "--as",
    "name",
    default="markdown",
    show_default=True,
    metavar="FORMAT",
    help="markdown, html, pdf, json, toml, org or slack.",
)
@click.option(
    "--template",
    metavar="NAME",
    help="For markdown, html and pdf: incident, sre, short, self, or a FILE.j2 of your own.",
)
@click.option(
    "--names",
    type=click.Choice(("keep", "roles", "initials")),
    default="keep",
    show_default=True,
    help="How people are called: as they are, Person A and the facilitator, or by initials.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to; stdout when left out, or for -."
)
def export(file: Path, name: str, template: str | None, names: str, output: Path | None) -> None:
    """Write up the retro in FILE, to hand it round.

    Private cards and open ballots are left out.
    """
    from retrotui.exchange.formats import UnknownFormat, report_format

    try:
        chosen = report_format(name)
        if template is not None and not chosen.templated:
            raise UnknownFormat(f"the format {name!r} takes no --template")
        found = _written(chosen, load(file), template, names)
    except LookupError as error:
        raise Stop(f"retrotui export: {one_line(str(error))}.", MISUSE) from None
    if output is None or str(output) == "-":
        _to_stdout(found, chosen)
        return
    if output.exists() and file.exists() and output.samefile(file):
        raise Stop("retrotui export: that would overwrite the retro itself; choose another -o.", MISUSE)
    try:
        if isinstance(found, bytes):
            output.write_bytes(found)
        else:
            output.write_text(found, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Stop(
            f"retrotui export: {one_line(str(output))} cannot be written: {one_line(why)}.", FOUND
        ) from None
    say(f"Written to {one_line(str(output))}.")


def _written(chosen: "ReportFormat", retro: "Retro", template: str | None, names: str) -> str | bytes:
    if names != "keep":
        from retrotui.exchange.names import renamed

        retro = renamed(retro, names)  # type: ignore[arg-type]
    return chosen.write(retro, template) if chosen.templated else chosen.write(retro)


def _to_stdout(found: str | bytes, chosen: "ReportFormat") -> None:
    """On a terminal nothing may steer it, and a file of bytes has no business there."""
    if isinstance(found, str):
        sys.stdout.write(visible(found) if sys.stdout.isatty() else found)
        return
    if sys.stdout.isatty():
        raise Stop(f"retrotui export: {chosen.name} is not for the screen; name a file with -o.", MISUSE)
    sys.stdout.flush()
    sys.stdout.buffer.write(found)
