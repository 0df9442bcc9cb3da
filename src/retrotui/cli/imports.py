"""`import`: what chat, pager, alerts and version control know, looked through and taken into a timeline."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.looking import load
from retrotui.cli.options import examples, file_argument
from retrotui.cli.streams import FOUND, MISUSE, Stop, say
from retrotui.safe_text import one_line, visible

if TYPE_CHECKING:
    from retrotui.exchange.timeline_in import CandidateList, ReadOptions
    from retrotui.retro import Retro

_FORMATS = (
    "auto",
    "slack",
    "pagerduty",
    "alertmanager",
    "github",
    "gitlab",
    "git",
    "csv",
    "ics",
    "text",
    "journal",
)


@click.command(
    "import",
    epilog=examples(
        "retrotui import retros/2026-11-21-checkout.toml slack-export.zip --channel incident --since 14:00",
        "retrotui import retros/2026-11-21-checkout.toml pagerduty.json alerts.json --take kinds",
        "retrotui import retros/2026-11-21-checkout.toml ~/src/shop --from git --since 2026-11-20",
        "retrotui import retros/2026-11-21-checkout.toml notes.csv --columns time=When,text=What --dry-run",
    ),
)
@file_argument
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "name",
    default="auto",
    show_default=True,
    type=click.Choice(_FORMATS),
    help="What the sources are.",
)
@click.option(
    "--since",
    default="",
    metavar="TIME",
    help="Only from this time on: 2026-11-20, 14:00, 2026-11-20 14:00Z.",
)
@click.option("--until", default="", metavar="TIME", help="Only until this time, included.")
@click.option(
    "--channel",
    "channels",
    multiple=True,
    metavar="NAME",
    help="Only this channel of a chat; can be repeated.",
)
@click.option(
    "--match", default="", metavar="REGEX", help="Only what has this in its words, its person or its source."
)
@click.option(
    "--take",
    default="",
    metavar="WHICH",
    help="Take without asking: all, none, kinds (those whose kind is known), or kinds by name with commas.",
)
@click.option("--yes", is_flag=True, help="Take what is suggested without asking; the same as --take kinds.")
@click.option("--noise", is_flag=True, help="Offer joins, notifications and the like too.")
@click.option(
    "--columns", default="", metavar="ROLE=NAME,...", help="For tables: which column is time, text, kind, ..."
)
@click.option(
    "--encoding", default="", metavar="NAME", help="The encoding of text that is not UTF-8, such as cp1252."
)
@click.option("--dry-run", is_flag=True, help="Only show what there is.")
@click.option(
    "--as",
    "shape",
    default="table",
    show_default=True,
    type=click.Choice(("table", "json")),
    help="How to show it.",
)
def import_(
    file: Path,
    sources: tuple[Path, ...],
    name: str,
    since: str,
    until: str,
    channels: tuple[str, ...],
    match: str,
    take: str,
    yes: bool,
    noise: bool,
    columns: str,
    encoding: str,
    dry_run: bool,
    shape: str,
) -> int:
    """Take events into the timeline of the retro in FILE.

    What the sources offer is listed first: each with its time in the retro's zone, a guessed kind and where
    it comes from. Nothing is reworded. What the retro has already is left out, so the same source can be
    imported again. Slack exports (folder, zip or day files), PagerDuty log entries, Alertmanager, GitHub and
    GitLab JSON, git repositories, tables, calendars, pasted chats and journalctl -o json are read.
    """
    from retrotui.cli.import_choice import ask, chosen, write_json, write_list

    retro = load(file)
    options = _options(retro, since, until, channels, match, noise, columns, encoding)
    found = _look(retro, sources, name, options)
    decided = take or ("kinds" if yes else "")
    asking = not decided and not dry_run
    taken = chosen(found, decided) if decided else ()
    if shape == "json":
        write_json(found, retro, sys.stdout, taken if decided else found.suggested)
    elif dry_run or asking:
        write_list(found, retro, sys.stdout)
    _tell(found)
    if dry_run or not found.items:
        return 0
    if asking:
        if not (sys.stdin and sys.stdin.isatty()):
            say("Nothing was taken in. Without a keyboard to ask: --take all, kinds, none, or kinds by name.")
            return MISUSE
        taken = ask(found)
    if not taken:
        say("Nothing was taken in.")
        return 0
    return _save(file, taken)


def _look(retro: "Retro", sources: tuple[Path, ...], name: str, options: "ReadOptions") -> "CandidateList":
    from retrotui.cli.import_choice import Bar
    from retrotui.exchange.timeline_in import BadSource, read, review

    with Bar() as bar:
        from dataclasses import replace

        try:
            reading = read([path.expanduser() for path in sources], replace(options, progress=bar.show), name)
        except BadSource as error:
            bar.clear()
            raise Stop(f"{one_line(str(error))}\nNothing was taken in.", FOUND) from None
    return review(reading, retro)


def _tell(found: "CandidateList") -> None:
    for remark in found.remarks:
        say(f"note: {one_line(remark)}")
    facts = [f"{len(found.items)} found"]
    if found.known:
        facts.append(f"{found.known} in the retro already")
    if found.folded:
        facts.append(f"{found.folded} folded into another that tells the same")
    if found.left_out:
        reasons = ", ".join(f"{count} {one_line(reason)}" for reason, count in found.left_out.items())
        facts.append(f"{sum(found.left_out.values())} left out ({reasons})")
    say(", ".join(facts) + ".")


def _save(file: Path, taken: "tuple[object, ...]") -> int:
    from retrotui.archive.edits import CannotEdit, edit_file
    from retrotui.archive.inbox import TakeNotes, settle_notes
    from retrotui.exchange.timeline_in import Candidate, TakeIn

    change = TakeIn(tuple(item for item in taken if isinstance(item, Candidate)))
    try:
        edited = edit_file(file, [TakeNotes(file), change])
        settle_notes(file, edited.retro)
    except CannotEdit as error:
        raise Stop(
            f"{visible(str(error))}\nNothing was taken in. If a meeting has it open, import there (from the "
            "timeline) or close it first.",
            FOUND,
        ) from None
    for remark in edited.remarks:
        say(f"note: {one_line(remark)}")
    things = "1 event" if len(taken) == 1 else f"{len(taken)} events"
    say(f"Took {things} into {one_line(str(file))}.")
    return 0


def _options(
    retro: "Retro",
    since: str,
    until: str,
    channels: tuple[str, ...],
    match: str,
    noise: bool,
    columns: str,
    encoding: str,
) -> "ReadOptions":
    from retrotui.exchange.timeline_in import ReadOptions, day_of

    day = day_of(retro)
    named = []
    for part in columns.split(","):
        role, mark, column = part.partition("=")
        if mark and role.strip() and column.strip():
            named.append((role.strip().lower(), column.strip()))
        elif part.strip():
            raise Stop(f"retrotui import: {one_line(part)!r} in --columns is no ROLE=NAME.", MISUSE)
    return ReadOptions(
        zone=retro.info.zone,
        day=day,
        since=_moment("--since", since, retro, day),
        until=_moment("--until", until, retro, day),
        channels=channels,
        match=match,
        noise=noise,
        encoding=encoding,
        columns=tuple(named),
        people=retro.info.people,
    )


def _moment(option: str, word: str, retro: "Retro", day: date) -> datetime | None:
    """A time as people type it; for `--until` a day means all of it.

    Raises:
        Stop: it is none.
    """
    if not word.strip():
        return None
    from retrotui.notation import read_event_line
    from retrotui.retro import Precision

    line = read_event_line(f"{word.strip()} | x", day=day, zone=retro.info.zone)
    if line.at is None or line.text != "x":
        raise Stop(
            f"retrotui import: {one_line(word)!r} after {option} is no time; write one as 2026-11-20, "
            "14:00 or 2026-11-20 14:00Z.",
            MISUSE,
        )
    if option == "--until":
        last = {Precision.DAY: timedelta(days=1), Precision.HOUR: timedelta(hours=1)}
        step = last.get(line.precision, timedelta(minutes=1 if line.precision is Precision.MINUTE else 0))
        return line.at + step - timedelta(microseconds=1) if step else line.at
    return line.at
