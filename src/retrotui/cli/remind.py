"""`remind`: what is due or overdue, without a server. The exit status tells cron and CI whether there is
any.
"""

import sys
from datetime import timedelta
from pathlib import Path

import click

from retrotui.cli.actions import folder_option, moment, note, of_retro, open_ledger, write_text
from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, say


@click.command(
    epilog=examples(
        "retrotui remind                      # what is overdue or due within a week",
        "retrotui remind --within 0           # what is overdue or due today",
        "retrotui remind --as ics -o due.ics  # to-dos with alarms",
        "retrotui remind || mail -s 'Actions of our retros' team@example.org",
    )
)
@click.option(
    "--as",
    "name",
    type=click.Choice(("text", "ics")),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--within",
    type=click.IntRange(0, 3650),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="How far ahead to look.",
)
@click.option("--owner", metavar="O", help="Only those of a person or team.")
@click.option("--retro", default="", metavar="ID", help="Only of this retro: its id, or a part of it.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to; stdout when left out, or for -."
)
@folder_option
@click.pass_context
def remind(
    ctx: click.Context,
    name: str,
    within: int,
    owner: str | None,
    retro: str,
    output: Path | None,
    folder: Path | None,
) -> int:
    """Say which open actions are overdue or due soon.

    Ends with 1 when something is overdue or due, with 0 when nothing is, so that cron and CI can act on it.
    """
    from retrotui.archive.ledger import Wanted
    from retrotui.exchange.actions_out import action_format

    now = moment()
    until = now.today + timedelta(days=within)
    with open_ledger(folder or ctx.obj) as ledger:
        items, left_out = ledger.look(Wanted("open", owner), now.today)
        note(left_out, ledger.index.remark)
    due = tuple(item for item in of_retro(items, retro) if item.due is not None and item.due <= until)
    overdue = sum(item.overdue(now.today) for item in due)
    if name == "ics" or output is not None:
        write_text(action_format(name).write(due, now), output)
    elif due:
        from retrotui.cli.action_table import write_table

        write_table(due, now.today, sys.stdout)
    soon = len(due) - overdue
    say(f"{overdue} overdue, {soon} due within {within} days." if due else "Nothing is due.")
    return FOUND if due else 0
