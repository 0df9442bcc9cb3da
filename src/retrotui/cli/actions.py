"""`actions`: the ledger. Lists the action items of a folder and hands them to the commands that change or
send them.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, MISUSE, Stop, say
from retrotui.cli.team import retros_folder, settings_now
from retrotui.safe_text import one_line, visible

if TYPE_CHECKING:
    from retrotui.archive.index_rows import LeftOut
    from retrotui.archive.items import ActionItem
    from retrotui.archive.ledger import Ledger, Wanted
    from retrotui.exchange.actions_out import Moment

_MOST_NOTES = 10
"""Files left out that are named one by one."""

folder_option = click.option(
    "--dir", "folder", type=click.Path(path_type=Path), help="The folder of your retros."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stood before the name of a subcommand."""

    folder: Path | None
    wanted: "Wanted"
    retro: str = ""


def moment() -> "Moment":
    """Now, here."""
    from retrotui.exchange.actions_out import Moment

    return Moment.at()


def open_ledger(folder: Path | None) -> "Ledger":
    """The ledger of the folder asked for, or of the usual one.

    Raises:
        Stop: there is no such folder.
    """
    from retrotui.archive.ledger import Ledger

    place = retros_folder(folder, settings_now())
    if place.is_file():
        raise Stop(f"retrotui: {one_line(str(place))} is a file; name the folder it is in.", MISUSE)
    if not place.is_dir():
        raise Stop(f"retrotui: there is no folder {one_line(str(place))}. Name yours with --dir.", MISUSE)
    ledger = Ledger.of(place, os.environ)
    ledger.index.on_many = lambda count: say(
        f"Reading {count} files; next time only those that have changed."
    )
    return ledger


def read_date(text: str) -> date:
    """A day as people type it: `2026-12-05`, `friday`, `in 2 weeks`.

    Raises:
        Stop: it is none.
    """
    today = moment().today
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    from retrotui.notation.due_dates import read_due

    found = read_due(text.strip(), 0, today)
    if found is None or found.day is None or found.end < len(text.strip()):
        raise Stop(
            f"retrotui: {one_line(text)!r} is no day. Write one as 2026-12-05, friday or in 2 weeks.", MISUSE
        )
    return found.day


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A day on the command line."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        return value if isinstance(value, date) else read_date(str(value))


class ActionGroup(click.Group):
    """Subcommands that are imported when they are used."""

    _NAMES = ("done", "drop", "reopen", "assign", "due", "ticket", "push")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every subcommand."""
        return list(self._NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name, or None."""
        if cmd_name not in self._NAMES:
            return None
        if cmd_name == "push":
            from retrotui.cli.action_push import push

            return push
        from retrotui.cli import action_edits

        command: click.Command = getattr(action_edits, cmd_name)
        return command


@click.group(
    cls=ActionGroup,
    invoke_without_command=True,
    epilog=examples(
        "retrotui actions --overdue",
        "retrotui actions --owner Priya --as markdown",
        "retrotui actions --as ics-events -o actions.ics     # into Google Calendar, Outlook, any calendar",
        "retrotui actions --as ics -o todo.ics               # to-dos with alarms, for task apps",
        "retrotui actions --as slack                         # a message to paste",
        "retrotui actions --as jira-csv -o actions.csv       # into a tracker",
        "retrotui actions done 2026-11-21-checkout-outage#a1",
        "retrotui actions push github acme/shop              # shows what it would do",
    ),
)
@click.option(
    "--open", "which", flag_value="open", default=True, help="What is still to be done (the default)."
)
@click.option("--overdue", "which", flag_value="overdue", help="Open, and its day has passed.")
@click.option("--done", "which", flag_value="done", help="What has been done.")
@click.option("--all", "which", flag_value="all", help="Every action, dropped ones too.")
@click.option("--owner", metavar="O", help='Only those of a person or team; "" for those of nobody.')
@click.option(
    "--kind", metavar="K", help="Only prevent, detect, mitigate, respond, repair, investigate or learn."
)
@click.option("--since", type=Day(), metavar="DATE", help="Only of retros held on this day or later.")
@click.option("--retro", default="", metavar="ID", help="Only of this retro: its id, or a part of it.")
@click.option(
    "--as",
    "name",
    default="table",
    show_default=True,
    metavar="FORMAT",
    help="How to write them, one of the formats above.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to; stdout when left out, or for -."
)
@folder_option
@click.pass_context
def actions(
    ctx: click.Context,
    which: str,
    owner: str | None,
    kind: str | None,
    since: date | None,
    retro: str,
    name: str,
    output: Path | None,
    folder: Path | None,
) -> int:
    """List the action items of every retro in the folder, or change one.

    Formats: table, markdown, text, csv, json, json-schema, ics, ics-events, todo.txt, taskwarrior, org,
    jira-csv, linear-csv, github-sh, gitlab-sh, slack, teams.

    An id is RETRO-ID#a1; a part of the retro's id will do, and a1 alone where only one action has it.
    """
    from retrotui.archive.index_rows import KINDS
    from retrotui.archive.ledger import Wanted

    if kind is not None and kind not in KINDS:
        raise Stop(
            f"retrotui actions: there is no kind {one_line(kind)!r}; there are {', '.join(sorted(KINDS))}.",
            MISUSE,
        )
    wanted = Wanted(which or "open", owner, kind, since)  # type: ignore[arg-type]
    asked = Asked(folder or ctx.obj, wanted, retro)
    ctx.obj = asked
    if ctx.invoked_subcommand is not None:
        return 0
    return _list(asked, name, output)


def _list(asked: Asked, name: str, output: Path | None) -> int:
    from retrotui.exchange.formats import UnknownFormat

    if name == "table":
        chosen = None
    else:
        from retrotui.exchange.actions_out import action_format

        try:
            chosen = action_format(name)
        except UnknownFormat as error:
            raise Stop(f"retrotui actions: {one_line(str(error))}, table.", MISUSE) from None
    now = moment()
    with open_ledger(asked.folder) as ledger:
        items, left_out = ledger.look(asked.wanted, now.today)
        note(left_out, ledger.index.remark)
    items = of_retro(items, asked.retro)
    if chosen is None and output is None:
        from retrotui.cli.action_table import write_table

        write_table(items, now.today, sys.stdout)
        overdue = sum(item.overdue(now.today) for item in items)
        counted = f"{len(items)} action{'' if len(items) == 1 else 's'}"
        say(f"{counted}, {overdue} overdue." if items else _nothing(asked))
        return 0
    if chosen is None:
        import io

        from retrotui.cli.action_table import write_table

        text_out = io.StringIO()
        write_table(items, now.today, text_out)
        text = text_out.getvalue()
    else:
        from retrotui.archive.ledger import grouped

        text = chosen.write(grouped(items), now)
    write_text(text, output)
    return 0


def write_text(text: str, output: Path | None) -> None:
    """Writes data to a file, or to stdout; on a terminal nothing in it can steer the terminal.

    Raises:
        Stop: the file cannot be written.
    """
    if output is None or str(output) == "-":
        sys.stdout.write(visible(text) if sys.stdout.isatty() else text)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Stop(f"retrotui: {one_line(str(output))} cannot be written: {one_line(why)}.", FOUND) from None
    say(f"Written to {one_line(str(output))}.")


def of_retro(items: "Sequence[ActionItem]", retro: str) -> "tuple[ActionItem, ...]":
    """Those of the retro whose id, or a part of it, is given; all for an empty one."""
    exact = tuple(item for item in items if item.retro_id == retro)
    return exact or tuple(item for item in items if retro in item.retro_id)


def note(left_out: "Sequence[LeftOut]", remark: str) -> None:
    """Says on stderr which files are missing from the list, and why."""
    for file in left_out[:_MOST_NOTES]:
        # A reason that names a line begins with the file itself.
        named = file.reason.startswith(f"{file.path}:")
        say(f"note: {one_line(file.reason if named else f'{file.path}: {file.reason}')}")
    if len(left_out) > _MOST_NOTES:
        say(f"note: and {len(left_out) - _MOST_NOTES} more files; retrotui validate names every problem")
    if remark:
        say(f"note: {one_line(remark)}")


def _nothing(asked: Asked) -> str:
    said = {"open": "Nothing is open", "overdue": "Nothing is overdue", "done": "Nothing is done yet"}
    narrowed = asked.wanted.owner is not None or asked.wanted.kind or asked.wanted.since or asked.retro
    what = said.get(asked.wanted.which, "There are no actions")
    return f"{what}{' among these' if narrowed else ''}."
