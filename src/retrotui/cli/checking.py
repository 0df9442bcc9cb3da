"""`check`: blameless wording for files, reviews and pipes.

Its answer to lines of text is given without pydantic, Rich or Textual: it runs in commit hooks and editors.
Leaves the work to `check_run`, which is imported only when there is some.
"""

import sys
from pathlib import Path

import click

from retrotui.cli.options import examples, names, people_option
from retrotui.cli.streams import FOUND, out, say

SECTIONS = ("timeline", "well", "causes", "actions")
"""The values of `blameless.Section`, without importing it for `--help`."""


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
    type=click.Choice(SECTIONS),
    help="Where the notes stand. Left out: as the file says, else causes.",
)
@people_option
@click.option(
    "--policy",
    type=click.Choice(["strict", "coach"]),
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
@click.option(
    "--rules",
    "own_rules",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A rule file or folder of your own, on top of the others; may be given again.",
)
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

    FILE is text with a note on each line, a Markdown review (.md), or a retro (.toml), each entry of which
    is checked in its section. Without a FILE, or with -, the notes come from standard input.

    Ends with 0 when all is well, 1 when something was found, 2 when it could not be done.
    """
    from retrotui.cli.check_run import checked, rules_in_force
    from retrotui.cli.team import settings_now

    settings = settings_now()
    book = rules_in_force(own_rules, files, settings, folder)
    if explain is not None:
        from retrotui.cli.explaining import explained

        out(explained(explain, book))
        return 0
    if not files and sys.stdin is not None and sys.stdin.isatty():
        say("Write a note on each line; end with ctrl+d (ctrl+z, Enter on Windows).")
    results = list(checked(files or (Path("-"),), section, names(people), policy, book, settings))
    from retrotui.cli.findings import as_json, as_text

    if layout == "json":
        out(as_json(results))
    elif layout == "sarif":
        from retrotui.cli.sarif import as_sarif

        out(as_sarif(results, book))
    else:
        for line in as_text(results):
            out(line)
    return FOUND if any(findings for _, notes in results for _, findings in notes) else 0
