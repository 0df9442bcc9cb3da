"""`actions push`: make issues of actions in a tracker, and show first what would be made."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrotui.cli.actions import Asked, folder_option, moment, note, of_retro, open_ledger
from retrotui.cli.options import examples
from retrotui.cli.streams import FOUND, Stop, out, say
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from retrotui.archive.items import ActionItem
    from retrotui.exchange.actions_out.push import Outcome


@click.command(
    epilog=examples(
        "retrotui actions push github acme/shop",
        "retrotui actions push github acme/shop --yes",
        "retrotui actions --owner Priya push gitlab acme/shop --yes",
    )
)
@click.argument("kind", metavar="github|gitlab", type=click.Choice(("github", "gitlab")))
@click.argument("project", metavar="OWNER/NAME")
@click.option("--yes", is_flag=True, help="Do it. Without this it only shows what it would do.")
@folder_option
@click.pass_obj
def push(asked: Asked, kind: str, project: str, yes: bool, folder: Path | None) -> int:
    """Make an issue for each open action that has no ticket, and write its link back.

    The token comes from GITHUB_TOKEN (or GH_TOKEN) or GITLAB_TOKEN; servers of your own from GITHUB_API_URL
    or GITLAB_URL. Run it as often as you like: what is there is found again, and a run that was cut short
    goes on. Actions of a solo retro are sent only where `actions --retro ID` names it.
    """
    from retrotui.archive.edits import CannotEdit, set_ticket
    from retrotui.cli.action_edits import edit
    from retrotui.exchange.actions_out.http import TrackerError
    from retrotui.exchange.actions_out.push import Step, plan, unasked
    from retrotui.exchange.actions_out.push import push as pushed
    from retrotui.exchange.actions_out.trackers import NoToken, tracker

    with open_ledger(folder or asked.folder) as ledger:
        items, left_out = ledger.look(asked.wanted, moment().today)
        note(left_out, ledger.index.remark)
        items = _to_send(of_retro(items, asked.retro), asked.retro)

        def write_back(item: "ActionItem", address: str) -> None:
            try:
                edit(ledger.path_of(item), [item], lambda action: set_ticket(action, address))
            except CannotEdit as error:
                raise OSError(str(error)) from error

        try:
            target = tracker(kind, project, os.environ, say=lambda words: say(f"note: {one_line(words)}"))
            if not yes:
                return _show(plan(items, target), target.name)
            result = pushed(items, target, write_back)
        except NoToken as error:
            if yes:
                raise Stop(f"retrotui actions push: {one_line(str(error))}.", FOUND) from None
            say(
                f"note: {one_line(error.tracker)} was not asked what is there already: {one_line(str(error))}"
            )
            return _show(unasked(items), error.tracker)
        except TrackerError as error:
            raise Stop(f"retrotui actions push: {one_line(str(error))}.", FOUND) from None
    for outcome in result.outcomes:
        if outcome.step in (Step.CREATE, Step.LINK):
            out(f"{one_line(outcome.item.ref)} {one_line(outcome.address)}")
        elif outcome.step is Step.FAILED:
            say(f"retrotui actions push: {one_line(outcome.item.ref)}: {one_line(outcome.message)}")
    if result.stopped:
        say("What was made is linked. Run the same command again to go on.")
    return 0 if result.complete else FOUND


def _to_send(items: "Sequence[ActionItem]", retro: str) -> "tuple[ActionItem, ...]":
    """Those that may be sent: what somebody noted alone is sent only when it is asked for by name."""
    if retro:
        return tuple(items)
    sent = tuple(item for item in items if item.mode != "solo")
    if len(sent) < len(items):
        say(f"note: {len(items) - len(sent)} of solo retros stay here; actions --retro ID push sends them")
    return sent


def _show(planned: "Sequence[Outcome]", name: str) -> int:
    from retrotui.exchange.actions_out.push import Step

    new = [outcome for outcome in planned if outcome.step is not Step.SKIP]
    for outcome in new:
        verb = "would make an issue for" if outcome.step is Step.CREATE else "would link, it is there:"
        out(f"{verb} {one_line(outcome.item.ref)}: {one_line(outcome.item.text)}")
    say(f"{len(new)} for {one_line(name)}. Nothing was changed; add --yes to do it.")
    return 0
