"""Action items as a message: plain text to paste into Slack, into Teams, or into anything else.

Words stay as they were typed, but never call anybody: `@channel`, `@here`, `@everyone`, `@all` and Slack's
`<!…>` and `<@…>` get an invisible word joiner, so that a list of actions does not ring two hundred
telephones.
"""

import re
from collections.abc import Sequence

from retrotui.archive.items import ActionItem, carried_in_words, due_in_words
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.text import is_link, one_line

_CALLS = re.compile(r"(?i)@(?=channel\b|here\b|everyone\b|all\b|team\b|group\b)|<(?=[!@#])")
_JOINER = "\u2060"


def quiet(text: str) -> str:
    """Words on one line that call nobody."""
    return _CALLS.sub(lambda found: found[0] + _JOINER, one_line(text.strip()))


def _facts(item: ActionItem, moment: Moment) -> str:
    said = [quiet(item.owner) if item.owner.strip() else "no owner yet"]
    if item.is_open:
        said.append(due_in_words(item, moment.today) + (f", {item.due.isoformat()}" if item.due else ""))
    else:
        said.append({"done": "done", "wont_do": "will not be done"}.get(item.status, "goes on elsewhere"))
    if item.carried:
        said.append(carried_in_words(item.carried))
    if item.ticket.strip():
        said.append(item.ticket if is_link(item.ticket) else quiet(item.ticket))
    return ", ".join(said)


def _message(items: Sequence[ActionItem], moment: Moment, strong: str, bullet: str) -> str:
    parts: list[str] = []
    last = ""
    for item in items:
        if item.retro_id != last:
            last = item.retro_id
            head = quiet(item.retro_title or item.retro_id)
            parts.append(f"{chr(10) if parts else ''}{strong}{head}{strong}\n")
        priority = f"{item.priority} " if item.priority else ""
        parts.append(f"{bullet} {priority}{quiet(item.text) or '…'} ({_facts(item, moment)})\n")
    return "".join(parts)


def write_slack(items: Sequence[ActionItem], moment: Moment) -> str:
    """Slack's flavour: one asterisk makes bold, bullets are characters."""
    return _message(items, moment, "*", "•")


def write_teams(items: Sequence[ActionItem], moment: Moment) -> str:
    """Teams' flavour: two asterisks make bold, a dash starts a list."""
    return _message(items, moment, "**", "-")


def write_text(items: Sequence[ActionItem], moment: Moment) -> str:
    """No marks at all: for mail and for everything else."""
    return _message(items, moment, "", "-")


SLACK = ActionFormat("slack", "a message for Slack", ".txt", write_slack)
TEAMS = ActionFormat("teams", "a message for Teams", ".txt", write_teams)
TEXT = ActionFormat("text", "plain text, for mail", ".txt", write_text)
