"""`search`, `similar` and `recurring`: what earlier retros know about it."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retrotui.cli.actions import folder_option, moment, open_ledger
from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, Stop, out, say
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from retrotui.archive.ledger import Ledger
    from retrotui.archive.repeats import Recurrence, Resemblance

_as_option = click.option(
    "--as",
    "name",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to write it.",
)
_STATUS = {"open": "open", "done": "done", "wont_do": "dropped", "superseded": "carried on"}


@click.command(
    epilog=examples('retrotui search "error rate alert"', "retrotui search '\"canary stage\" checkout'")
)
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="At most so many."
)
@_as_option
@folder_option
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], limit: int, name: str, folder: Path | None) -> int:
    """Find WORDS in every retro: timelines, factors, actions, everything. Ends with 1 when nothing is
    found.
    """
    from retrotui.archive.search import WHAT_IN_WORDS
    from retrotui.archive.search import search as find

    with open_ledger(folder or ctx.obj) as ledger:
        found = _ask(ledger, lambda db: find(db, " ".join(words), limit))
    if name == "json":
        _print_json(
            [
                {
                    "retro": hit.retro_id,
                    "title": hit.retro_title,
                    "held": _day(hit.held),
                    "file": hit.file,
                    "id": hit.id,
                    "what": hit.what,
                    "text": hit.text,
                    "status": hit.status,
                }
                for hit in found
            ]
        )
    else:
        for hit in found:
            status = f" ({_STATUS.get(hit.status, hit.status)})" if hit.status else ""
            place = f"{hit.retro_id}{f'#{hit.id}' if hit.id else ''}"
            shown = " · ".join(one_line(line) for line in hit.text.splitlines() if line.strip())
            out(f"{one_line(place)}  {WHAT_IN_WORDS.get(hit.what, hit.what)}{status}: {shown}")
    if not found:
        say("Nothing holds these words.")
    return 0 if found else FOUND


@click.command(
    epilog=examples(
        "retrotui similar retros/2026-11-21-checkout-outage.toml",
        'retrotui similar "the alert averages over ten minutes"',
    )
)
@click.argument("what", metavar='FILE|"TEXT"')
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="At most so many retros."
)
@_as_option
@folder_option
@click.pass_context
def similar(ctx: click.Context, what: str, limit: int, name: str, folder: Path | None) -> int:
    """Find earlier retros, factors and actions that resemble a retro or a sentence, and say what came of
    them.
    """
    from retrotui.archive.repeats import similar as resembling

    texts, tags, without = _asked_about(what)
    with open_ledger(folder or ctx.obj) as ledger:
        found = _ask(ledger, lambda db: resembling(db, texts, tags=tags, without=without, limit=limit))
    if name == "json":
        _print_json([_resemblance_data(one) for one in found])
    else:
        for number, one in enumerate(found):
            if number:
                out()
            _print_resemblance(one)
    if not found:
        say("No earlier retro resembles it.")
    return 0


@click.command(epilog=examples("retrotui recurring", "retrotui recurring --as json"))
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=15, show_default=True, help="At most so many of each."
)
@_as_option
@folder_option
@click.pass_context
def recurring(ctx: click.Context, limit: int, name: str, folder: Path | None) -> int:
    """Show which factors and categories come back, and which safeguards were promised and never built."""
    from retrotui.archive.repeats import recurring as coming_back

    with open_ledger(folder or ctx.obj) as ledger:
        found = _ask(ledger, lambda db: coming_back(db, moment().today, limit))
    parts = (
        ("Factors that come back", found.factors),
        ("Categories", found.categories),
        ("Safeguards promised and not built", found.promises),
    )
    if name == "json":
        keys = ("factors", "categories", "promises")
        data = {
            key: [_recurrence_data(one) for one in ones] for key, (_, ones) in zip(keys, parts, strict=True)
        }
        _print_json({"retros": found.retros, **data})
        return 0
    for number, (heading, ones) in enumerate(parts):
        if number:
            out()
        out(f"{heading}:")
        for one in ones:
            out(f"  {_recurrence_line(one)}")
        if not ones:
            out("  none")
    say(f"In {found.retros} retro{'' if found.retros == 1 else 's'}.")
    return 0


def _ask(ledger: "Ledger", question: Any) -> Any:
    from retrotui.archive.index import NoSearch

    try:
        return ledger.index.ask(question)
    except NoSearch as error:
        raise Stop(f"retrotui: {error}.", FOUND) from None


def _asked_about(what: str) -> tuple[Sequence[str], Sequence[str], str]:
    """Texts, tags and id of a retro file, or the sentence itself."""
    path = Path(what)
    try:
        is_file = path.suffix == ".toml" or path.is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file:
        return [what], (), ""
    from retrotui.cli.looking import load

    retro = load(path)
    texts = [retro.info.title, retro.info.summary, *(factor.text for factor in retro.factors)]
    return texts, retro.info.tags, retro.info.id


def _print_resemblance(one: "Resemblance") -> None:
    day = f" · {one.held.isoformat()}" if one.held else ""
    tags = f" · also {one_line(', '.join(one.shared_tags))}" if one.shared_tags else ""
    out(f"{one_line(one.title)}{day} · {one_line(one.retro_id)}{tags}")
    best = {match.theirs.text: match for match in reversed(one.matches)}
    for match in sorted(best.values(), key=lambda match: -match.likeness)[:3]:
        out(f"  {match.likeness:.0%} {match.theirs.what}: {one_line(match.theirs.text)}")
    if one.actions:
        finished = sum(item.status == "done" for item in one.actions)
        out(f"  {finished} of {len(one.actions)} actions done:")
    for item in one.actions:
        out(f"    {_STATUS.get(item.status, item.status)}: {one_line(item.text)} ({one_line(item.ref)})")


def _resemblance_data(one: "Resemblance") -> dict[str, Any]:
    return {
        "retro": one.retro_id,
        "title": one.title,
        "held": _day(one.held),
        "file": one.file,
        "score": round(one.score, 3),
        "shared_tags": list(one.shared_tags),
        "matches": [
            {
                "ours": match.ours,
                "what": match.theirs.what,
                "id": match.theirs.id,
                "text": match.theirs.text,
                "likeness": round(match.likeness, 3),
            }
            for match in one.matches
        ],
        "actions": [{"id": item.ref, "text": item.text, "status": item.status} for item in one.actions],
    }


def _recurrence_line(one: "Recurrence") -> str:
    count = len(one.retros)
    times = f"{count:>4} retro{' ' if count == 1 else 's'}"
    since = f", since {one.first.isoformat()}, last {one.last.isoformat()}" if one.first and one.last else ""
    category = f" [{one_line(one.category)}]" if one.category and one.category != one.text else ""
    remark = f" ({one_line(one.remark)})" if one.remark else ""
    return f"{times}  {one_line(one.text)}{category}{remark}{since}"


def _recurrence_data(one: "Recurrence") -> dict[str, Any]:
    return {
        "text": one.text,
        "category": one.category,
        "retros": list(one.retros),
        "first": _day(one.first),
        "last": _day(one.last),
        "remark": one.remark,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _print_json(data: Any) -> None:
    from retrotui.cli.actions import write_text

    write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", None)
    sys.stdout.flush()
