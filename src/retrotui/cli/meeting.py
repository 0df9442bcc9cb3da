"""`new`, `open` and `demo`: the commands that open a screen, as the parser knows them. Leaves opening it to
`on_screen`.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.on_screen import demo_on_screen, need_a_screen, open_on_screen, show
from retrotui.cli.options import complete_template, examples, file_argument, names, people_option
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrotui.retro import Retro
    from retrotui.settings import Settings
    from retrotui.templates import Template


@click.command(
    epilog=examples(
        'retrotui new --title "Checkout answered 5xx for 40 minutes"',
        'retrotui new --title "Sprint 12" --template sprint --people "Ana, Will" --no-open',
        'retrotui new --title "Checkout answered 5xx" --own-pace',
    )
)
@click.option("--title", required=True, metavar="T", help="What the retro is about.")
@click.option(
    "--template",
    "template_id",
    default="incident",
    show_default=True,
    help="The agenda to follow.",
    shell_complete=complete_template,
)
@click.option("--preset", default="", metavar="NAME", help="How long, such as quick-30 or balanced-60.")
@people_option
@click.option(
    "--timezone", default="", metavar="ZONE", help="Zone for times on screen, such as Europe/Dublin."
)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="The folder of your retros.")
@click.option("--own-pace", is_flag=True, help="Share the time out as your last retros of this kind took it.")
@click.option("--no-open", is_flag=True, help="Only make the file, and print its path.")
@click.pass_context
def new(
    ctx: click.Context,
    title: str,
    template_id: str,
    preset: str,
    people: str,
    timezone: str,
    folder: Path | None,
    own_pace: bool,
    no_open: bool,
) -> int:
    """Start a retro and open it."""
    if not title.strip():
        raise Stop("retrotui new: the title is empty; say in a few words what the retro is about.", MISUSE)
    from retrotui.cli.team import retros_folder, settings_now

    settings = settings_now()
    place = retros_folder(folder or ctx.obj, settings)
    made = _fresh(title, template_id, preset, names(people), timezone, place, settings, own_pace=own_pace)
    if not no_open:  # said last: what is wrong with the words asked for can be mended anywhere
        need_a_screen("retrotui new", "To make the file only: retrotui new --title ... --no-open")
    path = _write_new(made, place)
    if no_open:
        _ask_about(made, place, settings)
        out(str(path))
        return 0
    return show(path, place, settings)


@click.command(
    "open",
    epilog=examples(
        "retrotui open retros/2026-11-21-checkout-outage.toml",
        "retrotui open retros/2026-11-21-my-slip.toml --as-team",
    ),
)
@file_argument
@click.option(
    "--as-team", is_flag=True, help="Start a team retro from a solo one; what is private stays where it is."
)
@click.option("--no-open", is_flag=True, help="With --as-team: only make the file, and print its path.")
@click.pass_context
def open_(ctx: click.Context, file: Path, as_team: bool, no_open: bool) -> int:
    """Open the retro in FILE and go on where it was left: same stage, same second."""
    if as_team:
        from retrotui.cli.solo import open_as_team

        return open_as_team(file, no_open=no_open)
    return open_on_screen(file, ctx.obj)


@click.command("demo", epilog=examples("retrotui demo"))
def demo() -> int:
    """Look around in a lived-in retro of a real incident.

    It is a copy in a temporary folder: type, undo, break things. When you leave, it says where the folder is
    and how to try the other commands on it.
    """
    return demo_on_screen()


def _fresh(
    title: str,
    template_id: str,
    preset: str,
    people: tuple[str, ...],
    timezone: str,
    folder: Path,
    settings: "Settings",
    *,
    own_pace: bool = False,
) -> "Retro":
    """A retro that has not started.

    Raises:
        Stop: The template, the preset or the zone is not known.
    """
    from retrotui.archive.folder import taken_ids
    from retrotui.cli.libraries import no_template
    from retrotui.cli.root import warn
    from retrotui.cli.team import team_folders
    from retrotui.facilitation import new_retro
    from retrotui.templates import load_templates

    found = load_templates(team_folders("templates", settings, folder=folder))
    warn(found.problems)
    template = found.templates.get(template_id)
    if template is None:
        raise Stop(no_template(template_id, found.templates, found.problems), MISUSE)
    try:
        return new_retro(
            title,
            template,
            minutes=_own_minutes(template, preset, folder) if own_pace else None,
            held=datetime.now(UTC).replace(microsecond=0),
            preset=preset,
            people=people,
            facilitator=settings.facilitator,
            timezone=timezone or settings.timezone,
            taken_ids=taken_ids(folder),
        )
    except ValueError as error:
        reason = _reason(error)
        if "time zone" in reason:
            from retrotui.notation.zones import meant

            reason = f"{reason.removesuffix('.')}{meant(timezone)}"
        raise Stop(f"retrotui new: {reason}", MISUSE) from None


def _ask_about(made: "Retro", folder: Path, settings: "Settings") -> None:
    """Asks, on stderr, about a title in which somebody is blamed; the file is made all the same."""
    from retrotui.blameless import Checker, Policy, Section, load_rulebook

    try:
        rules = load_rulebook(settings.rule_files(folder))
    except Exception:  # a team's broken rule file is told of by `retrotui rules test`
        rules = load_rulebook()
    found = Checker(rules, roster=made.info.people).check(made.info.title, Section.CAUSES, Policy.COACH)
    if found:
        say(one_line(f"note: the title is what most people read. {found[0].question}"))


def _own_minutes(template: "Template", preset: str, folder: Path) -> "Mapping[str, int] | None":
    """Minutes per stage at this folder's own pace; None, with a word on stderr, while it has none."""
    from retrotui.archive.past_agendas import past_agendas
    from retrotui.facilitation import own_pace

    pace = own_pace(past_agendas(folder), template, preset)
    if pace is None:
        say(f"There is no pace of your own yet that differs from the plan of {one_line(template.title)}.")
        return None
    say(one_line(str(pace)))
    return pace.minutes


def _reason(error: ValueError) -> str:
    """The sentence in an error; of pydantic's, only what its validator said."""
    details = getattr(error, "errors", None)
    if details is None:
        return one_line(f"{error}.")
    return one_line("; ".join(item["msg"].removeprefix("Value error, ") for item in details()) + ".")


def _write_new(retro: "Retro", folder: Path) -> Path:
    """The file of a new retro.

    Raises:
        Stop: It cannot be made.
    """
    from retrotui.archive import CannotWrite, create_file, path_for

    path = path_for(folder, retro)
    try:
        create_file(path, retro).close()
    except FileExistsError:
        raise Stop(
            f"retrotui new: {one_line(str(path))} is there already; choose another title.", FOUND
        ) from None
    except CannotWrite as error:
        raise Stop(
            f"retrotui new: {one_line(str(error))}. Choose another folder with --dir.", FOUND
        ) from None
    return path
