"""Action items as a Markdown task list (GitHub Flavored Markdown, which GitLab and most wikis read too)."""

from collections.abc import Sequence

from retrotui.archive.items import ActionItem, carried_in_words
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.markdown_text import inline, link

_BOX = {"open": " ", "done": "x", "wont_do": "x", "superseded": "x"}


def details(item: ActionItem) -> list[str]:
    """What there is to say about an action besides its words, each already escaped."""
    said = []
    if item.owner:
        said.append(inline(item.owner))
    if item.due:
        said.append(f"due {item.due.isoformat()}")
    if item.done_when:
        said.append(f"done when: {inline(item.done_when)}")
    if item.status == "wont_do":
        said.append(f"will not be done: {inline(item.reason)}" if item.reason else "will not be done")
    if item.status == "superseded":
        said.append(f"goes on in {inline(item.went_to)}" if item.went_to else "superseded")
    if item.carried:
        said.append(carried_in_words(item.carried))
    if item.ticket:
        said.append(link("ticket", item.ticket))
    return said


def task(item: ActionItem) -> str:
    """One action as a task of a list."""
    words = inline(item.text) or "…"
    if item.status in ("wont_do", "superseded"):
        words = f"~~{words}~~"
    priority = f"**{item.priority}** " if item.priority else ""
    rest = " · ".join([item.kind, *details(item)])
    return f"- [{_BOX.get(item.status, ' ')}] {priority}{words} — {rest}\n"


def write(items: Sequence[ActionItem], moment: Moment) -> str:
    """A task list with a heading for each retro, in the order the items come."""
    parts: list[str] = []
    last = ""
    for item in items:
        if item.retro_id != last:
            last = item.retro_id
            held = f" ({item.held.isoformat()})" if item.held else ""
            title = inline(item.retro_title or item.retro_id)
            parts.append(f"{chr(10) if parts else ''}## {title}{held}\n\n")
        parts.append(task(item))
    return "".join(parts)


FORMAT = ActionFormat("markdown", "a task list for a wiki, an issue or a merge request", ".md", write)
