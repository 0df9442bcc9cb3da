"""`check`: blameless wording for files, reviews and pipes.

Its answer to lines of text is given without pydantic, Rich or Textual: it runs in commit hooks and editors.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from retrotui.blameless import Checker, Policy, RuleBook, Section
from retrotui.cli.findings import CheckedNote, as_json, as_text
from retrotui.cli.notes import Source, read_source
from retrotui.cli.options import examples, names, people_option, read_bytes
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.cli.team import settings_now, team_folders
from retrotui.safe_text import one_line, visible
from retrotui.settings import Settings


@click.command(
    epilog=examples(
        'echo "14:19 will forgot the migration" | retrotui check - --section timeline --people Will',
        "retrotui check postmortem.md --format json",
        "retrotui check retros/2026-11-21-checkout-outage.toml",
        "retrotui check --explain counterfactual",
    )
)
@click.argument("files", nargs=-1, metavar="[FILE|-]...", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--section",
    type=click.Choice([section.value for section in Section]),
    help="Where the notes stand. Left out: as the file says, else causes.",
)
@people_option
@click.option(
    "--policy",
    type=click.Choice([Policy.STRICT.value, Policy.COACH.value]),
    help="How much a finding weighs. Left out: the policy of the section.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="text for people, json for programs, sarif (2.1.0) for code hosts.",
)
@click.option("--rules", "own_rules", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="A rule file or folder of your own, on top of the others; may be given again.")  # fmt: skip
@click.option(
    "--explain", metavar="RULE", help="Tell what a rule or class looks for, and why; reads no FILE."
)
@click.pass_obj
def check(
    folder: Path | None,
    files: tuple[Path, ...],
    section: str | None,
    people: str,
    policy: str | None,
    layout: str,
    own_rules: tuple[Path, ...],
    explain: str | None,
) -> int:
    """Find words that blame a person, with a question and a rewrite for each.

    FILE is text with a note on each line, a Markdown review (.md), or a retro (.toml), each entry of which is checked
    in its section. Without a FILE, or with -, the notes come from standard input.

    Ends with 0 when all is well, 1 when something was found, 2 when it could not be done.
    """
    settings = settings_now()
    book = _rulebook(own_rules, files, settings, folder)
    if explain is not None:
        from retrotui.cli.explaining import explained

        out(explained(explain, book))
        return 0
    if not files and sys.stdin is not None and sys.stdin.isatty():
        say("Write a note on each line; end with ctrl+d (ctrl+z, Enter on Windows).")
    chosen = Section(section) if section else None
    results: list[tuple[str, list[CheckedNote]]] = []
    for path in files or (Path("-"),):
        source = _source(path, chosen)
        roster = (*names(people), *source.people)
        checker = Checker(book, roster=roster, kept=source.kept, policies=_never_off(settings))
        results.append((source.name, _checked(checker, source, policy)))
    if layout == "json":
        out(as_json(results))
    elif layout == "sarif":
        from retrotui.cli.sarif import as_sarif

        out(as_sarif(results, book))
    else:
        for line in as_text(results):
            out(line)
    return FOUND if any(findings for _, notes in results for _, findings in notes) else 0


def _checked(checker: Checker, source: Source, policy: str | None) -> list[CheckedNote]:
    return [(note, checker.check(note.text, note.section, policy)) for note in source.notes]


def _source(path: Path, section: Section | None) -> Source:
    if str(path) == "-":
        data = sys.stdin.buffer.read() if sys.stdin is not None else b""
        return read_source("-", data, section)
    data = read_bytes(path)
    try:
        return read_source(str(path), data, section)
    except Exception as error:
        from retrotui.archive import BadFile, NewerFormat

        if isinstance(error, BadFile | NewerFormat):
            raise Stop(visible(str(error)), MISUSE) from None
        raise


def _never_off(settings: Settings) -> dict[Section, Policy]:
    """The person's policies; who asks for a check gets one even where the screen stays silent."""
    return {
        section: Policy.COACH if policy is Policy.OFF else policy
        for section, policy in settings.policies.items()
    }


def _rulebook(
    own: Iterable[Path], files: Iterable[Path], settings: Settings, folder: Path | None
) -> RuleBook | None:
    """The person's and the team's rules on top of the built-in ones; None when there are only those."""
    from retrotui.blameless import RuleError, load_rulebook

    for path in own:
        if not path.exists():
            raise Stop(f"retrotui check: there are no rules at {one_line(str(path))}.", MISUSE)
    paths = [*team_folders("rules", settings, folder=folder, files=files), *own]
    if not paths:
        return None
    try:
        return load_rulebook(paths)
    except RuleError as error:
        raise Stop(visible(str(error)), MISUSE) from None
