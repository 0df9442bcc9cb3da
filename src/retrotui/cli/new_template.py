"""`templates new`: a template of one's own, begun from another. Leaves checking it to `templates test`."""

import re
from pathlib import Path

import click

from retrotui.cli.options import complete_template, examples
from retrotui.cli.root import nearest
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.cli.team import retros_folder, settings_now, team_folders
from retrotui.safe_text import one_line

_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_LEADING_COMMENT = re.compile(r"\A(?:#[^\n]*\n|\s*\n)*")
_TOP_ID = re.compile(r'^id\s*=\s*(?:"[^"\n]*"|\'[^\'\n]*\')[^\n]*\n', re.MULTILINE)
_TOP_TITLE = re.compile(r'^title\s*=\s*(?:"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')', re.MULTILINE)


@click.command(
    "new",
    epilog=examples(
        "retrotui templates new our-incident --from incident",
        'retrotui templates new weekly --from start-stop-continue --title "Our weekly" --team',
    ),
)
@click.argument("template_id", metavar="ID")
@click.option(
    "--from",
    "other",
    default="incident",
    show_default=True,
    metavar="TEMPLATE",
    help="The template to begin from.",
    shell_complete=complete_template,
)
@click.option("--title", default="", metavar="T", help="Its title; made from the ID when left out.")
@click.option("--team", is_flag=True, help="Put it beside the retros, for everybody who has that folder.")
@click.option("--folder", type=click.Path(path_type=Path), metavar="DIR", help="Put it into this folder.")
@click.pass_context
def new_template(
    ctx: click.Context, template_id: str, other: str, title: str, team: bool, folder: Path | None
) -> None:
    """Begin a template of your own from another one, and print where it is.

    It is your own (in the folder templates/ beside your settings) unless --team or --folder says otherwise.
    """
    if team and folder is not None:
        raise Stop("retrotui templates new: --team and --folder name two places; give one.", MISUSE)
    if not _ID.fullmatch(template_id):
        raise Stop(
            f"retrotui templates new: {one_line(template_id)!r} is no ID; "
            "use small letters, digits, - and _, a letter first.",
            MISUSE,
        )
    settings = settings_now()
    text = _source(other, team_folders("templates", settings, folder=ctx.obj))
    place = (
        folder
        or (retros_folder(ctx.obj, settings) / ".retrotui" if team else settings.where.folder) / "templates"
    )
    path = place / f"{template_id}.toml"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(as_own(text, template_id, title, other))
    except FileExistsError:
        raise Stop(
            f"retrotui templates new: {one_line(str(path))} is there already; choose another ID.", FOUND
        ) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise Stop(
            f"retrotui templates new: {one_line(str(path))} cannot be written: {why}.", FOUND
        ) from None
    out(str(path))
    say(f"Change it in any editor, then: retrotui templates test {one_line(str(path))}")
    in_use = {each.resolve() for each in team_folders("templates", settings, folder=ctx.obj)}
    own = settings.where.folder / "templates"
    where = "" if place.resolve() in in_use else f"move it to {one_line(str(own))}, then "
    say(f"To use it: {where}retrotui new --title ... --template {template_id}")


def as_own(text: str, template_id: str, title: str, other: str) -> str:
    """The text of a template, begun anew under another id and title.

    Args:
        text: TOML of a template that can be read.
        template_id: The new id, which is also the file's name.
        title: The new title; made from the id when empty.
        other: The id of the template it was begun from.
    """
    words = " ".join(title.split()) or template_id.replace("-", " ").replace("_", " ").capitalize()
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    head = (
        f"# Begun from {other}. Stages, questions, prompts and minutes can all be changed;\n"
        "# `retrotui templates test` says what does not fit.\n\n"
    )
    body = _LEADING_COMMENT.sub("", text.replace("\r\n", "\n"), count=1)
    first_table = body.find("\n[")
    top, rest = (body[:first_table], body[first_table:]) if first_table >= 0 else (body, "")
    top = _TOP_ID.sub("", top, count=1)
    top = _TOP_TITLE.sub(lambda _: f'title = "{quoted}"', top, count=1)
    return head + top + rest


def _source(other: str, folders: tuple[Path, ...]) -> str:
    from retrotui.templates import load_templates, source

    found = load_templates(folders).templates
    template = found.get(other)
    if template is None:
        near = nearest(other, found)
        raise Stop(f"retrotui templates new: there is no template {one_line(other)!r}.{near}", MISUSE)
    return Path(template.origin).read_text(encoding="utf-8-sig") if template.origin else source(other)
