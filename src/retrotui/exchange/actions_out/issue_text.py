"""An action as the title, body and labels of an issue in a tracker; for scripts, imports and pushing."""

from retrotui.archive.items import ActionItem, carried_in_words
from retrotui.exchange.actions_out.text import one_line, shortened, visible
from retrotui.exchange.markdown_text import inline

LABEL = "retro-action"
"""The label by which a tracker's issues from retros are found again."""


def title(item: ActionItem, width: int = 240) -> str:
    """The action on one line, not longer than a tracker allows."""
    return shortened(one_line(item.text.strip()) or item.ref, width)


def labels(item: ActionItem) -> tuple[str, ...]:
    """The common label, the kind, and the retro's tags, each on one line."""
    return tuple(
        dict.fromkeys([LABEL, item.kind, *(one_line(tag.strip()) for tag in item.tags if tag.strip())])
    )


def marker(item: ActionItem) -> str:
    """The invisible line by which an issue's body says which action it is; a second run finds it."""
    safe = item.ref.replace("%", "%25").replace("-", "%2D").replace(">", "%3E")
    return f"<!-- retrotui-action {visible(safe)} -->"


def body(item: ActionItem, *, markdown: bool) -> str:
    """Where the action comes from, what it is about and when it is done. Starts with words of our own.

    What made it possible in somebody's solo retro is told in the words chosen for others, or not at all: here
    it is left out.

    Args:
        item: the action.
        markdown: whether the reader shows Markdown; else the words stay as they are.
    """
    show = inline if markdown else visible
    held = f", held {item.held.isoformat()}" if item.held else ""
    said = [f"From the retro {show(one_line(item.retro_title or item.retro_id))}{held} ({show(item.ref)})."]
    if title(item) != item.text.strip():
        said.append(show(item.text))
    if item.done_when:
        said.append(f"Done when: {show(item.done_when)}")
    if item.factors and item.mode != "solo":
        bullet = "- " if markdown else "• "
        about = "\n".join(f"{bullet}{show(one_line(words))}" for words in item.factors)
        said.append(f"It is about:\n\n{about}" if markdown else f"It is about:\n{about}")
    facts = [f"kind: {item.kind}"]
    if item.priority:
        facts.append(f"priority: {item.priority}")
    if item.owner:
        facts.append(f"owner: {show(one_line(item.owner))}")
    if item.due:
        facts.append(f"due: {item.due.isoformat()}")
    if item.carried:
        facts.append(carried_in_words(item.carried))
    said.append(" · ".join(facts))
    return "\n\n".join(said)


def issue_body(item: ActionItem) -> str:
    """The Markdown body of an issue, with its marker."""
    return f"{body(item, markdown=True)}\n\n{marker(item)}"
