"""GitHub and GitLab: issues, pull and merge requests, comments and events, as the APIs or `gh` give them.

Takes single objects, arrays, and pages of search results in any mixture. Leaves commits to `git_log`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from retrotui.exchange.timeline_in.candidates import BadSource, Candidate, clean, fingerprint, instant
from retrotui.exchange.timeline_in.guessing import Guess, guess_from_bot, guess_from_person
from retrotui.exchange.timeline_in.shapes import items, links, table, words
from retrotui.exchange.timeline_in.streaming import Source, json_items
from retrotui.retro import EventKind

_NOISE_EVENTS = frozenset(
    [
        "subscribed",
        "unsubscribed",
        "mentioned",
        "labeled",
        "unlabeled",
        "assigned",
        "unassigned",
        "milestoned",
        "demilestoned",
        "renamed",
        "locked",
        "unlocked",
        "head_ref_deleted",
        "head_ref_restored",
        "pinned",
        "unpinned",
        "review_requested",
        "connected",
        "disconnected",
        "review_request_removed",
        "added_to_project_v2",
        "project_v2_item_status_changed",
        "comment_deleted",
        "convert_to_draft",
        "ready_for_review",
        "base_ref_changed",
        "head_ref_force_pushed",
        "issue_type_added",
        "auto_merge_enabled",
        "auto_squash_enabled",
    ]
)
_EVENT_WORDS = {
    "closed": "Closed",
    "reopened": "Reopened",
    "merged": "Merged",
    "deployed": "Deployed",
    "referenced": "Referenced from a commit",
    "cross-referenced": "Mentioned elsewhere",
    "reviewed": "Reviewed",
    "committed": "Commit",
    "transferred": "Transferred",
}


def read_github(source: Source) -> Iterator[Candidate]:
    """Issues, pull requests, comments and events of GitHub, by time."""
    return _read(source, "github")


def read_gitlab(source: Source) -> Iterator[Candidate]:
    """Issues, merge requests and notes of GitLab, by time."""
    return _read(source, "gitlab")


def _read(source: Source, where: str) -> Iterator[Candidate]:
    found: list[Candidate] = []
    seen = 0
    for item in json_items(source):
        for value in _objects(item.value):
            if not isinstance(value, Mapping):
                raise BadSource(
                    source.name, "an issue, request, comment or event is expected here", item.line
                )
            seen += 1
            some = list(_of(value, where, ""))
            if not some and not _known(value):
                raise BadSource(
                    source.name,
                    f"this is no issue, request, comment or event of {_TITLES[where]} with a time",
                    item.line,
                )
            found += some
    if not seen:
        raise BadSource(source.name, f"holds nothing of {_TITLES[where]}")
    yield from sorted(found, key=lambda candidate: candidate.at.timestamp() if candidate.at else 0.0)


_TITLES = {"github": "GitHub", "gitlab": "GitLab"}


def _objects(value: object) -> list[Any]:
    if isinstance(value, Mapping):
        for key in ("items", "nodes", "issues", "pull_requests", "merge_requests", "timeline"):
            if items(value, key):
                return items(value, key)
        return [value]
    if isinstance(value, list):  # `gh api --paginate --slurp` gives an array of pages
        return value
    return [value]


def _known(value: Mapping[str, Any]) -> bool:
    return "event" in value or "body" in value


def _of(value: Mapping[str, Any], where: str, about: str) -> Iterator[Candidate]:
    if "event" in value and value.get("event") != "commented":
        yield from _event(value, where, about)
    elif "title" in value and ("number" in value or "iid" in value):
        yield from _issue(value, where)
    elif "body" in value or "note" in value:
        yield from _comment(value, where, about)


def _issue(value: Mapping[str, Any], where: str) -> Iterator[Candidate]:
    number = words(value, "number", "iid")
    title = words(value, "title")
    url = words(value, "html_url", "web_url", "url")
    merge = "merged_at" in value or "mergedAt" in value or "pull_request" in value or "source_branch" in value
    sign = "!" if where == "gitlab" and merge else "#"
    name = f"{sign}{number} {title}"
    what = ("Merge request" if where == "gitlab" else "Pull request") if merge else "Issue"
    home = url or fingerprint(where, number, title)
    pull = table(value, "pull_request")
    labels = {
        words(label, "name") if isinstance(label, Mapping) else str(label) for label in items(value, "labels")
    }
    incident = any("incident" in label.lower() for label in labels) or value.get("issue_type") == "incident"
    for key, doing, guess in (
        (
            "created",
            "opened",
            Guess(EventKind.DECLARED, "an issue marked as an incident")
            if incident and not merge
            else Guess(),
        ),
        ("merged", "merged", Guess(EventKind.CHANGE, "a change was merged")),
        (
            "closed",
            "closed",
            Guess(EventKind.RESOLVED, "the incident's issue was closed") if incident else Guess(),
        ),
    ):
        written = (
            value.get(f"{key}_at")
            or value.get(f"{key}At")
            or (pull.get("merged_at") if key == "merged" else "")
        )
        at = instant(written)
        if at is None or (key == "closed" and merge and (value.get("merged_at") or value.get("mergedAt"))):
            continue
        by = {
            "created": ("user", "author"),
            "merged": ("merged_by", "merge_user", "mergedBy"),
            "closed": ("closed_by",),
        }
        yield Candidate(
            ref=f"{where}:{home}:{key}:{at:%Y%m%dT%H%M%S%z}",
            text=f"{what} {name} {doing}",
            **_origin(value, where, by[key]),
            at=at,
            kind=guess.kind,
            why=guess.why,
            evidence=links(url),
            written=str(written),
            format=where,
        )
    for nested in ("comments", "notes", "timeline", "events", "reviews"):
        for child in items(value, nested):
            if isinstance(child, Mapping):
                yield from _of({"html_url": url, **child}, where, name)


def _comment(value: Mapping[str, Any], where: str, about: str) -> Iterator[Candidate]:
    written = (
        value.get("created_at")
        or value.get("createdAt")
        or value.get("submitted_at")
        or value.get("submittedAt")
    )
    at = instant(written)
    if at is None:
        return
    text = clean(str(value.get("body") or value.get("note") or ""))
    origin = _origin(value, where, ("user", "author", "actor"))
    system = value.get("system") is True
    url = words(value, "html_url", "web_url", "url")
    bot = origin["source"].endswith("[bot]")
    guess = Guess() if system else guess_from_bot(origin["source"], text) if bot else guess_from_person(text)
    edited = instant(value.get("updated_at") or value.get("updatedAt"))
    remarks = [
        f"on {about}" if about else "",
        "edited later" if edited and (edited - at).total_seconds() > 1 else "",
    ]
    yield Candidate(
        ref=f"{where}:comment:{words(value, 'id') or fingerprint(at.isoformat(), text)}",
        text=text,
        **origin,
        at=at,
        kind=guess.kind,
        why=guess.why,
        state=guess.state,
        evidence=links(url),
        written=str(written),
        remark="; ".join(filter(None, remarks)),
        noise="a system note" if system else "" if text else "an empty comment",
        format=where,
    )


def _event(value: Mapping[str, Any], where: str, about: str) -> Iterator[Candidate]:
    event = str(value.get("event") or "")
    commit = table(value, "committer") or table(value, "author") if event == "committed" else {}
    written = (
        value.get("created_at") or value.get("submitted_at") or value.get("createdAt") or commit.get("date")
    )
    at = instant(written)
    if at is None:
        return
    doing = _EVENT_WORDS.get(event, event.replace("_", " ").capitalize())
    said = clean(str(value.get("message") or value.get("body") or "")).split("\n")[0]
    issue = table(value, "issue")
    about = about or (f"#{words(issue, 'number')} {words(issue, 'title')}" if issue else "")
    sha = words(value, "commit_id", "sha")
    text = ": ".join(filter(None, (doing, said))) + (f" ({about})" if about and not said else "")
    kind = Guess()
    if event in ("merged", "deployed", "committed"):
        kind = Guess(EventKind.CHANGE, f"it was {event}")
    origin = _origin(value, where, ("actor", "user"))
    if event == "committed" and words(commit, "name"):
        origin = {"source": f"{where}, {words(commit, 'name')}", "people": (words(commit, "name"),)}
    mark = words(value, "id", "node_id") or fingerprint(event, at.isoformat(), sha, origin["source"])
    yield Candidate(
        ref=f"{where}:event:{mark}",
        text=text,
        **origin,
        at=at,
        kind=kind.kind,
        why=kind.why,
        evidence=links(value.get("html_url"), issue.get("html_url")),
        written=str(written),
        remark=f"commit {sha[:12]}" if sha else "",
        noise="a label, a mention or the like" if event in _NOISE_EVENTS else "",
        format=where,
    )


def _origin(value: Mapping[str, Any], where: str, keys: tuple[str, ...]) -> dict[str, Any]:
    for key in keys:
        name = words(table(value, key), "login", "username", "name")
        if name:
            return {"source": f"{where}, {name}", "people": () if name.endswith("[bot]") else (name,)}
    return {"source": where, "people": ()}


def looks_like_gitlab(value: object) -> bool:
    """Whether the first value of a JSON file speaks for GitLab."""
    first = (_objects(value) or [None])[0]
    if not isinstance(first, Mapping):
        return False
    return ("iid" in first and "title" in first) or ("noteable_type" in first and "body" in first)


def looks_like_github(value: object) -> bool:
    """Whether the first value of a JSON file speaks for GitHub."""
    first = (_objects(value) or [None])[0]
    if not isinstance(first, Mapping):
        return False
    if "number" in first and "title" in first:
        return True
    if "event" in first and ("actor" in first or "node_id" in first):
        return True
    return "body" in first and "user" in first and ("issue_url" in first or "pull_request_url" in first)
