"""`prepare` and `gather`: a short form for each participant before the meeting, and the answers back in."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.files import read_bytes
from retrotui.cli.looking import load
from retrotui.cli.options import examples, file_argument
from retrotui.cli.streams import FOUND, Stop, out, say
from retrotui.safe_text import one_line, visible

if TYPE_CHECKING:
    from retrotui.exchange.form_answers import Gathered
    from retrotui.exchange.forms import Form
    from retrotui.retro import Retro
    from retrotui.retro.changes import Change
    from retrotui.templates import Template


@click.command(
    epilog=examples(
        "retrotui prepare retros/2026-11-21-checkout.toml",
        "retrotui prepare retros/2026-11-21-checkout.toml --as toml --out forms",
        "retrotui prepare retros/2026-11-21-checkout.toml --unattributed   # one form, no names",
    )
)
@file_argument
@click.option(
    "--as",
    "shape",
    default="markdown",
    show_default=True,
    type=click.Choice(("markdown", "toml")),
    help="What to write.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to; a folder beside FILE if left out.",
)
@click.option(
    "--unattributed", is_flag=True, help="Keep no names: one form for all, and answers that come in shuffled."
)
def prepare(file: Path, shape: str, out: Path | None, unattributed: bool) -> int:
    """Write a short form for each person on the roster of FILE, or one without a name.

    People fill it in with any editor; `retrotui gather` brings the answers in. Forms that are there already
    are left as they are.
    """
    retro = load(file)
    if unattributed and not retro.info.unattributed:
        from retrotui.retro.changes import edit_info

        retro = _edit(file, [edit_info(unattributed=True)])
    template = _template(retro, file)
    from retrotui.exchange.forms import form_markdown, form_toml

    write, suffix = (form_markdown, ".md") if shape == "markdown" else (form_toml, ".toml")
    folder = out or file.with_name(f"{file.stem}-forms")
    people: tuple[str, ...] = retro.info.people if not retro.info.unattributed else ()
    forms = {_file_name(person, suffix, people): write(retro, template, person) for person in people or ("",)}
    return _write_forms(folder, forms)


def _write_forms(folder: Path, forms: dict[str, str]) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in forms.items():
            path = folder / name
            try:
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            except FileExistsError:
                say(f"{one_line(str(path))} is there already and left as it is.")
                continue
            out(one_line(str(path)))
    except OSError as error:
        why = one_line(error.strerror or str(error))
        raise Stop(f"retrotui prepare: {one_line(str(folder))} cannot be written: {why}.", FOUND) from None
    return 0


def _file_name(person: str, suffix: str, people: Sequence[str]) -> str:
    """`form-ana.md`; a number behind it where two names would give the same file."""
    if not person:
        return f"form{suffix}"
    slugs = [_slug(name) for name in people]
    mine = people.index(person)
    earlier = slugs[:mine].count(slugs[mine])
    return f"form-{slugs[mine]}{f'-{earlier + 1}' if earlier else ''}{suffix}"


def _slug(name: str) -> str:
    return (
        "-".join("".join(char if char.isalnum() else " " for char in name.lower()).split())[:60] or "somebody"
    )


@click.command(
    epilog=examples(
        "retrotui gather retros/2026-11-21-checkout.toml retros/2026-11-21-checkout-forms/*.md",
        "retrotui gather retros/2026-11-21-checkout.toml forms/*.toml --held rewrite",
    )
)
@file_argument
@click.argument("forms", nargs=-1, required=True, metavar="FORM...", type=click.Path(path_type=Path))
@click.option(
    "--held",
    default="ask",
    show_default=True,
    type=click.Choice(("ask", "rewrite", "leave")),
    help="What to do with answers that blame: ask, take other words, or leave them out.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would come in.")
def gather(file: Path, forms: tuple[Path, ...], held: str, dry_run: bool) -> int:
    """Bring filled forms into the retro in FILE: all of them, or none when one is bad.

    Where the retro keeps no names, and in private stages, the answers of all are shuffled together. Words are
    checked as in the meeting. A form that is gathered again adds only what is new.
    """
    retro = load(file)
    template = _template(retro, file)
    read = _read_all(forms, retro, template)
    from retrotui.exchange.form_answers import gather as gather_forms

    found = gather_forms(retro, template, read, rewrite=held == "rewrite")
    if found.held and held == "ask" and not dry_run:
        _show_held(found)
        if not (sys.stdin and sys.stdin.isatty()):
            raise Stop(
                "Nothing was taken in. Mend the forms, or say --held rewrite (take the other words) or "
                "--held leave (leave these out).",
                FOUND,
            )
        if _asked("Take the other words where there are some"):
            found = gather_forms(retro, template, read, rewrite=True)
        elif not _asked("Take in the rest, without these"):
            say("Nothing was taken in.")
            return FOUND
    elif found.held:
        _show_held(found)
    count = len(found.batch.changes)
    if dry_run:
        for change in found.batch.changes:
            out(one_line(change.name))
        say(f"{count} would come in, {found.known} stand in the retro already.")
        return 0
    if count:
        _edit(file, [found.batch])
    left = f", {len(found.held)} left out for their words" if found.held else ""
    forms_read = f"{len(read)} form{'s' if len(read) != 1 else ''}"
    answers = f"{count} answer{'s' if count != 1 else ''}"
    say(f"Took {answers} from {forms_read}, {found.known} in the retro already{left}.")
    return 0


def _read_all(forms: Sequence[Path], retro: "Retro", template: "Template") -> "list[Form]":
    """Every form, or a sentence for every bad one."""
    from retrotui.exchange.forms import BadForm, read_form

    good: list[Form] = []
    problems: list[str] = []
    for path in dict.fromkeys(forms):
        try:
            good.append(read_form(str(path), read_bytes(path), retro, template))
        except BadForm as error:
            problems += error.problems
        except Stop as error:
            problems.append(str(error).removeprefix("retrotui: "))
    if problems:
        listed = "\n".join(visible(problem) for problem in problems)
        raise Stop(f"{listed}\nNothing was taken in.", FOUND)
    return good


def _show_held(found: "Gathered") -> None:
    for answer in found.held:
        say(f"{one_line(answer.place)}: {one_line(answer.text)}")
        say(f"    {one_line(answer.why)} {one_line(answer.question)}")
        if answer.rewrite:
            say(f"    other words: {one_line(answer.rewrite)}")


def _asked(question: str) -> bool:
    sys.stderr.write(f"{question}? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _edit(file: Path, changes: "Sequence[Change]") -> "Retro":
    from retrotui.archive.edits import CannotEdit, edit_file
    from retrotui.archive.inbox import TakeNotes, settle_notes

    try:
        edited = edit_file(file, [TakeNotes(file), *changes])
        settle_notes(file, edited.retro)
    except CannotEdit as error:
        raise Stop(f"{visible(str(error))}\nNothing was changed.", FOUND) from None
    for remark in edited.remarks:
        say(f"note: {one_line(remark)}")
    return edited.retro


def _template(retro: "Retro", file: Path) -> "Template":
    """The retro's template; the incident one's words where its own is not on this machine."""
    from retrotui.cli.team import settings_now, team_folders
    from retrotui.templates import load_templates, shipped

    found = load_templates(team_folders("templates", settings_now(), files=[file]))
    return found.templates.get(retro.info.template) or shipped("incident")
