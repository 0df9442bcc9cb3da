"""GitHub and GitLab as places for action items: find what is there already, and make an issue.

Endpoints after "REST API endpoints for issues" (GitHub, 2022-11-28) and "Issues API" (GitLab v4). Leaves
which actions to send, and what to do when half of it fails, to `push`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.http import Client, TrackerError
from retrotui.exchange.actions_out.issue_text import LABEL, issue_body, labels, marker, title

_MARKER = re.compile(r"<!-- retrotui-action .*? -->")
_PAGE = 100


class NoToken(TrackerError):
    """The environment holds no token for the tracker."""

    def __init__(self, message: str, tracker: str) -> None:
        super().__init__(message)
        self.tracker = tracker
        """How the tracker is called in sentences."""


class Tracker(Protocol):
    """A place where issues are kept."""

    name: str
    """How it is called in sentences: `GitHub acme/shop`."""

    def existing(self) -> dict[str, str]:
        """The issues made from actions so far: marker to web address."""

    def create(self, item: ActionItem) -> str:
        """Makes the issue of an action, and gives its web address."""


class GitHub:
    """Issues of one repository on GitHub, or on a GitHub Enterprise server."""

    def __init__(self, project: str, client: Client) -> None:
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", project):
            raise TrackerError(f"{project!r} is not a repository: write OWNER/NAME, as in acme/shop")
        self.name = f"GitHub {project}"
        self._path = f"/repos/{project}/issues"
        self._client = client

    def existing(self) -> dict[str, str]:
        """Found by the common label and the marker in the body; pull requests are no issues."""
        found: dict[str, str] = {}
        url = f"{self._path}?labels={LABEL}&state=all&per_page={_PAGE}"
        while url:
            reply = self._client.get(url)
            found.update(_marked(reply.data, "body", "html_url"))
            url = _next_link(reply.headers.get("Link", ""))
        return found

    def create(self, item: ActionItem) -> str:
        """A new issue with its labels, which GitHub makes when they are missing."""
        # GitHub's labels are at most 50 characters long.
        marks = [label[:50] for label in labels(item)]
        data = {"title": title(item), "body": issue_body(item), "labels": marks}
        return _address(self._client.post(self._path, data).data, "html_url")


class GitLab:
    """Issues of one project on gitlab.com or another GitLab."""

    def __init__(self, project: str, client: Client) -> None:
        if not re.fullmatch(r"\d+|[\w.-]+(/[\w.-]+)+", project):
            raise TrackerError(
                f"{project!r} is not a project: write GROUP/NAME, as in acme/shop, or its number"
            )
        self.name = f"GitLab {project}"
        self._path = f"/projects/{quote(project, safe='')}/issues"
        self._client = client

    def existing(self) -> dict[str, str]:
        """Found by the common label and the marker in the description."""
        found: dict[str, str] = {}
        page = "1"
        while page:
            query = f"?labels={LABEL}&state=all&scope=all&per_page={_PAGE}&page={page}"
            reply = self._client.get(self._path + query)
            found.update(_marked(reply.data, "description", "web_url"))
            page = reply.headers.get("X-Next-Page", "").strip()
        return found

    def create(self, item: ActionItem) -> str:
        """A new issue with labels and due date."""
        data: dict[str, Any] = {
            "title": title(item),
            "description": issue_body(item),
            "labels": ",".join(label.replace(",", " ") for label in labels(item)),
        }
        if item.due:
            data["due_date"] = item.due.isoformat()
        return _address(self._client.post(self._path, data).data, "web_url")


def tracker(kind: str, project: str, env: Mapping[str, str], **options: Any) -> Tracker:
    """The tracker of a kind, with address and token from the environment.

    `github` reads GITHUB_TOKEN or GH_TOKEN, and GITHUB_API_URL for an Enterprise server; `gitlab` reads
    GITLAB_TOKEN, and GITLAB_URL or CI_SERVER_URL for a server of one's own. A token never comes from the
    command line, where others could read it.

    Raises:
        NoToken: when there is no token.
        TrackerError: when the address is not one.
    """
    if kind == "github":
        token = env.get("GITHUB_TOKEN", "") or env.get("GH_TOKEN", "")
        base = env.get("GITHUB_API_URL", "").rstrip("/") or "https://api.github.com"
        headers = {
            "Authorization": f"Bearer {_clean(token)}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        github = GitHub(project, Client(base, headers, **options))
        if not token:
            raise NoToken("no token: put one that may write issues into GITHUB_TOKEN", github.name)
        return github
    if kind == "gitlab":
        token = env.get("GITLAB_TOKEN", "")
        server = env.get("GITLAB_URL", "") or env.get("CI_SERVER_URL", "") or "https://gitlab.com"
        headers = {"PRIVATE-TOKEN": _clean(token)}
        gitlab = GitLab(project, Client(f"{server.rstrip('/')}/api/v4", headers, **options))
        if not token:
            raise NoToken("no token: put one with the scope api into GITLAB_TOKEN", gitlab.name)
        return gitlab
    raise TrackerError(f"there is no tracker {kind!r}; there are github and gitlab")


def _clean(token: str) -> str:
    token = token.strip()
    if not token.isascii() or not token.isprintable():
        raise TrackerError("the token holds characters that no token has: copy it again")
    return token


def _marked(data: Any, body: str, address: str) -> Iterator[tuple[str, str]]:
    if not isinstance(data, list):
        raise TrackerError("the tracker answered with something that is not a list of issues")
    for issue in data:
        if isinstance(issue, dict) and "pull_request" not in issue:
            found = _MARKER.search(str(issue.get(body) or ""))
            if found:
                yield found[0], str(issue.get(address) or "")


def _address(data: Any, key: str) -> str:
    if not isinstance(data, dict) or not isinstance(data.get(key), str):
        raise TrackerError("the tracker made an issue but did not say where: run it again to find it")
    return str(data[key])


def _next_link(header: str) -> str:
    found = re.search(r'<([^>]+)>\s*;[^,]*rel="next"', header)
    return found[1] if found else ""


__all__ = ["GitHub", "GitLab", "NoToken", "Tracker", "marker", "tracker"]
