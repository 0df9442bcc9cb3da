"""Action items as a shell script that creates issues with `gh` or `glab`.

Every word of a person goes through the shell's own quoting; control characters are written out, so that
what a terminal shows of the script is what it does. Actions that have a ticket, or are not open, are left
out.
"""

import shlex
from collections.abc import Callable, Sequence

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.issue_text import issue_body, labels, title
from retrotui.exchange.actions_out.text import one_line, visible

_HEAD = """#!/bin/sh
# Creates one issue for each open action. Read it first; then run it inside a clone of the repository:
#   sh {name}
# Enter the links it prints with: retrotui actions ticket ID URL
set -eu
"""


def write_github(items: Sequence[ActionItem], moment: Moment) -> str:
    """Calls of `gh issue create`; labels are made first where they are missing."""
    return _script(items, "actions.gh.sh", _github_label, _github_issue)


def write_gitlab(items: Sequence[ActionItem], moment: Moment) -> str:
    """Calls of `glab issue create`, with due dates; GitLab makes missing labels itself."""
    return _script(items, "actions.glab.sh", None, _gitlab_issue)


def _github_label(label: str) -> str:
    return f"gh label create {_quoted(label)} >/dev/null 2>&1 || true\n"


def _github_issue(item: ActionItem) -> list[str]:
    return [
        "gh",
        "issue",
        "create",
        "--title",
        title(item),
        "--body",
        issue_body(item),
        *_label_options(item),
    ]


def _gitlab_issue(item: ActionItem) -> list[str]:
    call = ["glab", "issue", "create", "--yes", "--title", title(item), "--description", issue_body(item)]
    if item.due:
        call += ["--due-date", item.due.isoformat()]
    return call + _label_options(item)


def _label_options(item: ActionItem) -> list[str]:
    return [word for label in _labels(item) for word in ("--label", label)]


def _labels(item: ActionItem) -> list[str]:
    """Labels without commas, at which both tools would cut them in two."""
    return [label.replace(",", " ") for label in labels(item)]


def _script(
    items: Sequence[ActionItem],
    name: str,
    label_line: Callable[[str], str] | None,
    call: Callable[[ActionItem], list[str]],
) -> str:
    chosen = [item for item in items if item.is_open and not item.ticket.strip()]
    parts = [_HEAD.format(name=name)]
    left = len(items) - len(chosen)
    if left:
        parts.append(f"# Left out, because they have a ticket or are not open: {left}\n")
    if label_line is not None:
        wanted = dict.fromkeys(label for item in chosen for label in _labels(item))
        parts.extend(label_line(label) for label in wanted)
    for item in chosen:
        # A comment ends at a line break, which one_line leaves none of.
        parts.append(f"\n# {one_line(item.ref)}\n")
        parts.append(" ".join(_quoted(word) for word in call(item)) + "\n")
    return "".join(parts)


def _quoted(word: str) -> str:
    return shlex.quote(visible(word))


GITHUB = ActionFormat("github-sh", "a script of `gh issue create` calls", ".sh", write_github)
GITLAB = ActionFormat("gitlab-sh", "a script of `glab issue create` calls", ".sh", write_gitlab)
