"""`solo`, and opening a reflection up for the team. Leaves how reflecting alone looks to `tui`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.looking import load
from retrotui.cli.on_screen import need_a_screen, show
from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from retrotui.retro import Retro


@click.command(epilog=examples("retrotui solo", 'retrotui solo "I ran the migration on the wrong database"'))
@click.argument("title", nargs=-1)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="The folder of your retros.")
@click.option("--no-open", is_flag=True, help="Only make the file, and print its path.")
@click.pass_context
def solo(ctx: click.Context, title: tuple[str, ...], folder: Path | None, no_open: bool) -> int:
    """Reflect alone on something that went wrong.

    What I saw, what helped, what made it possible, what I change: twenty minutes, or as long as it takes, and
    no clock presses. It stays in one file on this machine, and nothing leaves it.

    `retrotui export FILE` then makes a page to hand to a lead, and `retrotui open FILE --as-team` a retro for
    the team, both without what is private.
    """
    if not no_open:
        need_a_screen("retrotui solo", "To make the file only: retrotui solo TITLE --no-open")
    from retrotui.archive.folder import taken_ids
    from retrotui.cli.team import retros_folder, settings_now, team_folders
    from retrotui.facilitation import new_retro
    from retrotui.retro import Mode
    from retrotui.templates import load_templates

    settings = settings_now()
    place = retros_folder(folder or ctx.obj, settings)
    template = load_templates(team_folders("templates", settings, folder=place)).templates["solo"]
    made = new_retro(
        " ".join(title),
        template,
        held=datetime.now(UTC).replace(microsecond=0),
        timezone=settings.timezone,
        mode=Mode.SOLO,
        taken_ids=taken_ids(place),
    )
    path = _write(made, place, "retrotui solo")
    say(f"This stays in {one_line(str(path))}. Nothing leaves this machine.")
    if no_open:
        out(str(path))
        return 0
    return show(path, place, settings)


def open_as_team(file: Path, *, no_open: bool = False) -> int:
    """Make a team retro from a solo one, beside it, and open it.

    Raises:
        Stop: it is no solo retro, or the file cannot be made.
    """
    from retrotui.archive.folder import taken_ids
    from retrotui.exchange.opened_up import opened_up
    from retrotui.retro import Mode
    from retrotui.templates import shipped

    retro = load(file)
    if retro.info.mode is not Mode.SOLO:
        raise Stop(
            f"retrotui open: {one_line(str(file))} is a team retro already; leave --as-team out.", MISUSE
        )
    if not no_open:
        need_a_screen(
            "retrotui open", f"To make the file only: retrotui open {one_line(str(file))} --as-team --no-open"
        )
    made = opened_up(retro, shipped("incident"), taken_ids=frozenset(taken_ids(file.parent)))
    path = _write(made, file.parent, "retrotui open")
    say(f"The team's retro is {one_line(str(path))}. Yours is as it was; read the new one before sharing.")
    if no_open:
        out(str(path))
        return 0
    return show(path, file.parent)


def _write(retro: "Retro", folder: Path, command: str) -> Path:
    from retrotui.archive import CannotWrite, create_file, path_for

    path = path_for(folder, retro)
    try:
        create_file(path, retro).close()
    except FileExistsError:
        raise Stop(
            f"{command}: {one_line(str(path))} is there already; choose another title.", FOUND
        ) from None
    except CannotWrite as error:
        raise Stop(f"{command}: {one_line(str(error))}. Choose another folder with --dir.", FOUND) from None
    return path
