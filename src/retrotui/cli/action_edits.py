"""`actions done`, `drop`, `reopen`, `assign`, `due` and `ticket`: change actions where they stand. Leaves
sending them on to `action_push`.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from retrotui.cli.actions import Asked, folder_option, moment, open_ledger, read_date
from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from retrotui.archive.items import ActionItem
    from retrotui.archive.ledger import Ledger
    from retrotui.retro import Action
    from retrotui.retro.changes import Change


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids for the shell, each with its words."""
    from retrotui.archive.ledger import Wanted

    try:
        folder = next((c.params["folder"] for c in (ctx, ctx.parent) if c and c.params.get("folder")), None)
        with open_ledger(folder) as ledger:
            items = ledger.items(Wanted("all" if ctx.info_name == "reopen" else "open"), moment().today)
    except (Stop, OSError):
        return []
    return [CompletionItem(i.ref, help=one_line(i.text)) for i in items if incomplete in i.ref]


_id = click.argument("wanted", metavar="ID", shell_complete=_complete)
_ids = click.argument("wanted", metavar="ID...", nargs=-1, required=True, shell_complete=_complete)


@click.command(
    epilog=examples("retrotui actions done 2026-11-21-checkout-outage#a1", "retrotui actions done a3 a4")
)
@_ids
@folder_option
@click.pass_obj
def done(asked: Asked, wanted: tuple[str, ...], folder: Path | None) -> int:
    """Mark actions as done, today."""
    from retrotui.archive.edits import finish

    return _change(asked, folder, wanted, lambda action: finish(action, moment().today), "done", ("open",))


@click.command(epilog=examples('retrotui actions drop a4 --why "the service is being retired"'))
@_ids
@click.option(
    "--why", required=True, metavar="REASON", help="Why it will not be done; the next retro will ask."
)
@folder_option
@click.pass_obj
def drop(asked: Asked, wanted: tuple[str, ...], why: str, folder: Path | None) -> int:
    """Mark actions as something that will not be done, and say why."""
    from retrotui.archive.edits import drop as dropped

    return _change(
        asked, folder, wanted, lambda action: dropped(action, moment().today, why), "dropped", ("open",)
    )


@click.command(epilog=examples("retrotui actions reopen a4"))
@_ids
@folder_option
@click.pass_obj
def reopen(asked: Asked, wanted: tuple[str, ...], folder: Path | None) -> int:
    """Take actions up again."""
    from retrotui.archive.edits import reopen as opened

    return _change(asked, folder, wanted, opened, "open again", ("done", "wont_do", "superseded"))


@click.command(epilog=examples("retrotui actions assign a4 Priya", 'retrotui actions assign a4 ""'))
@_id
@click.argument("owner")
@folder_option
@click.pass_obj
def assign(asked: Asked, wanted: str, owner: str, folder: Path | None) -> int:
    """Give an action to a person or a team; to nobody with an empty OWNER."""
    from retrotui.archive.edits import assign as given

    words = f"for {one_line(owner)}" if owner.strip() else "for nobody"
    return _change(asked, folder, (wanted,), lambda action: given(action, owner), words, ("open",))


@click.command(
    epilog=examples(
        "retrotui actions due a4 2026-12-05", "retrotui actions due a4 friday", "retrotui actions due a4 none"
    )
)
@_id
@click.argument("day", metavar="DATE")
@folder_option
@click.pass_obj
def due(asked: Asked, wanted: str, day: str, folder: Path | None) -> int:
    """Give an action a day, or take it away with none."""
    from retrotui.archive.edits import set_due

    when: date | None = None if day.strip().casefold() in ("none", "") else read_date(day)
    words = "without a day" if when is None else f"due {when.isoformat()}"
    return _change(asked, folder, (wanted,), lambda action: set_due(action, when), words, ("open",))


@click.command(epilog=examples("retrotui actions ticket a4 https://example.org/issues/17"))
@_id
@click.argument("url")
@folder_option
@click.pass_obj
def ticket(asked: Asked, wanted: str, url: str, folder: Path | None) -> int:
    """Tie an action to where the work is tracked; an empty URL unties it."""
    from retrotui.archive.edits import set_ticket

    words = f"tracked at {one_line(url)}" if url.strip() else "without a ticket"
    return _change(asked, folder, (wanted,), lambda action: set_ticket(action, url), words, ("open",))


def _change(
    asked: Asked,
    folder: Path | None,
    wanted: Sequence[str],
    build: "Callable[[Action], Change]",
    words: str,
    statuses: tuple[str, ...],
) -> int:
    """Finds every action first, then changes each file once. Says what was done, file by file."""
    from retrotui.archive.edits import CannotEdit

    failed = False
    with open_ledger(folder or asked.folder) as ledger:
        items = list(dict.fromkeys(_find(ledger, text, statuses) for text in wanted))
        by_file: dict[str, list[ActionItem]] = {}
        for item in items:
            by_file.setdefault(item.file, []).append(item)
        for file, theirs in by_file.items():
            try:
                remarks = edit(ledger.folder / file, theirs, build)
            except CannotEdit as error:
                failed = True
                say(f"retrotui actions: {one_line(str(error))}")
                continue
            for item in theirs:
                out(f"{one_line(item.ref)} {words}: {one_line(item.text)}")
            for remark in remarks:
                say(f"note: {one_line(remark)}")
    return FOUND if failed else 0


def edit(path: Path, items: "Sequence[ActionItem]", build: "Callable[[Action], Change]") -> tuple[str, ...]:
    """Changes actions of one file, under its lock.

    Args:
        path: the file.
        items: its actions that are to change.
        build: what is to become of each.

    Returns:
        Remarks on the file, in sentences.

    Raises:
        CannotEdit: it cannot be read, is open elsewhere, or the change makes no sense.
    """
    from retrotui.archive.codec import loads
    from retrotui.archive.edits import CannotEdit, edit_file
    from retrotui.archive.opened import read_bytes
    from retrotui.archive.problems import BadFile, NewerFormat
    from retrotui.retro import Action, ChangeRefused

    try:
        retro = loads(read_bytes(path), path.name)
        found = [retro.find(item.id) for item in items]
        changes = [build(action) for action in found if isinstance(action, Action)]
    except (BadFile, NewerFormat) as error:
        raise CannotEdit(str(error)) from error
    except ChangeRefused as error:
        raise CannotEdit(f"{path.name}: {error}") from error
    return edit_file(path, changes).remarks


def _find(ledger: "Ledger", text: str, statuses: tuple[str, ...]) -> "ActionItem":
    from retrotui.archive.ledger import Ambiguous, NotThere

    try:
        return ledger.find(text, statuses=statuses)
    except NotThere as error:
        raise Stop(f"retrotui actions: {one_line(str(error))}.", MISUSE) from None
    except Ambiguous as error:
        lines = [f"retrotui actions: {one_line(str(error))}:"]
        refs = [item.ref for item in error.candidates]
        for item in error.candidates:
            # Two files with the same retro id: the file tells them apart.
            name = item.ref if refs.count(item.ref) == 1 else f"{item.file}#{item.id}"
            lines.append(f"  {one_line(name)}  {one_line(item.text)}")
        raise Stop("\n".join(lines), MISUSE) from None
