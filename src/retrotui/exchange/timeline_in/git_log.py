"""A git repository's history: commits, merges, reverts and tags, asked of git itself.

Git is started with fixed arguments, never through a shell, and with everything off that a repository's own
settings could use to start another program or to ask a person. Leaves who deployed what to people.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from retrotui.exchange.timeline_in.candidates import (
    BadSource,
    Candidate,
    ReadOptions,
    clean,
    clean_line,
    instant,
)
from retrotui.exchange.timeline_in.guessing import Guess
from retrotui.exchange.timeline_in.streaming import Meter
from retrotui.retro import EventKind

_FIELDS = ("%H", "%P", "%an", "%cn", "%aI", "%cI", "%s", "%b")
_TAG_FIELDS = (
    "objectname",
    "objecttype",
    "refname:strip=2",
    "creatordate:iso-strict",
    "taggername",
    "contents:subject",
    "*objectname",
)
_FORMAT = "".join(f"{field}%x00" for field in _FIELDS)
_TAG_FORMAT = "".join(f"%({field})%00" for field in _TAG_FIELDS)
_SAFE = (
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=" + os.devnull,
    "-c", "core.pager=cat",
    "-c", "log.showSignature=false",
    "-c", "gpg.program=" + os.devnull,
    "-c", "core.sshCommand=false",
    "-c", "protocol.allow=never",
    "-c", "i18n.logOutputEncoding=UTF-8",
)  # fmt: skip


def read_git(path: Path, options: ReadOptions, meter: Meter) -> Iterator[Candidate]:
    """The history of the branch that is checked out, oldest last, and the tags.

    Raises:
        BadSource: when git is not there, or this is no repository it will read.
        Cancelled: when the person stops it.
    """
    log = ["log", f"--format={_FORMAT}", "--no-color", "--no-show-signature", "--no-notes", "--date-order"]
    if options.since:
        log.append(f"--since={(options.since - timedelta(days=2)).isoformat()}")
    if options.until:
        log.append(f"--until={(options.until + timedelta(days=2)).isoformat()}")
    name = str(path)
    if _has_commits(path, name):
        for record in _records(path, [*log, "HEAD", "--"], len(_FIELDS), meter, name):
            yield _commit(record)
    tags = ["for-each-ref", f"--format={_TAG_FORMAT}", "--sort=creatordate", "refs/tags"]
    for record in _records(path, tags, len(_TAG_FIELDS), meter, name):
        tag = _tag(record)
        if tag:
            yield tag


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_PAGER": "cat",
        "LC_ALL": "C.UTF-8",
    }


def _start(path: Path, arguments: list[str], errors: IO[bytes], name: str) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            ["git", "-C", str(path), *_SAFE, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
        )
    except FileNotFoundError:
        raise BadSource(name, "git is not installed here, or not on the PATH") from None
    except OSError as error:
        raise BadSource(name, f"git cannot be started: {(error.strerror or str(error)).lower()}") from error


def _has_commits(path: Path, name: str) -> bool:
    if not path.is_dir():
        raise BadSource(name, "is no folder with a git repository" if path.exists() else "is not there")
    with tempfile.TemporaryFile() as errors:
        child = _start(path, ["rev-parse", "--git-dir"], errors, name)
        child.communicate()
        if child.returncode:
            raise BadSource(name, _said(errors) or "is no git repository")
        child = _start(path, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], errors, name)
        child.communicate()
        return child.returncode == 0


def _records(path: Path, arguments: list[str], fields: int, meter: Meter, name: str) -> Iterator[list[str]]:
    """What git prints, record by record. NUL ends a field: nothing that git keeps as text can hold one."""
    with tempfile.TemporaryFile() as errors:
        child = _start(path, arguments, errors, name)
        assert child.stdout is not None
        rest, record = b"", list[str]()
        try:
            while chunk := child.stdout.read(1 << 16):
                meter.add(len(chunk), name)
                *whole, rest = (rest + chunk).split(b"\0")
                for field in whole:
                    record.append(field.decode("utf-8", "replace"))
                    if len(record) == fields:
                        record[0] = record[0].lstrip("\n")
                        yield record
                        record = []
        finally:
            child.stdout.close()
            if child.poll() is None:
                try:
                    child.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        if child.returncode:
            raise BadSource(name, _said(errors) or f"git ended with {child.returncode}")


def _said(errors: IO[bytes]) -> str:
    errors.seek(0)
    text = clean_line(errors.read(4000).decode("utf-8", "replace"))
    if "dubious ownership" in text:
        return "git does not read it because somebody else owns it (see git's safe.directory)"
    return text.removeprefix("fatal: ")


def _commit(record: list[str]) -> Candidate:
    sha, parents, author, committer, authored, committed, subject, body = record
    at, written = instant(committed), instant(authored)
    guess, remarks = _kind(subject, body, len(parents.split()))
    if at and written and abs(at - written) > timedelta(hours=1):
        remarks.append(f"written {written:%Y-%m-%d %H:%M%z}, before it came to this branch")
    person = clean_line(author)
    if clean_line(committer) not in (person, "GitHub", "GitLab", ""):
        remarks.append(f"committed by {clean_line(committer)}")
    return Candidate(
        ref=f"git:{sha}",
        text=clean(subject) or f"commit {sha[:12]} without a message",
        source=f"git {sha[:10]}, {person}" if person else f"git {sha[:10]}",
        at=at,
        said="" if at else clean_line(committed),
        kind=guess.kind,
        why=guess.why,
        people=(person,) if person else (),
        written=clean_line(committed),
        remark="; ".join(remarks),
        format="git",
    )


def _kind(subject: str, body: str, parents: int) -> tuple[Guess, list[str]]:
    lower = subject.lower()
    if lower.startswith(("revert ", 'revert"', "revert:")) or "this reverts commit" in body.lower():
        reverted = body.lower().partition("this reverts commit ")[2][:12].rstrip(". \n,")
        return Guess(EventKind.ACTION, "a revert"), [f"takes back {reverted}"] if reverted else []
    if parents > 1 or lower.startswith(("merge pull request", "merge branch", "merge remote", "merged in ")):
        title = next((line.strip() for line in body.splitlines() if line.strip()), "")
        return Guess(EventKind.CHANGE, "a merge"), [clean_line(title)] if title else []
    if re.search(r"\(#\d+\)$", subject):
        return Guess(EventKind.CHANGE, "a request merged as one commit"), []
    return Guess(EventKind.CHANGE), []  # most commits reach nobody by themselves: listed, not suggested


def _tag(record: list[str]) -> Candidate | None:
    sha, kind, tag, created, tagger, subject, target = (clean_line(part) for part in record)
    at = instant(created)
    if at is None or kind not in ("commit", "tag"):
        return None
    told = f": {subject}" if kind == "tag" and subject else ""
    return Candidate(
        ref=f"git:tag:{tag}:{target or sha}",
        text=f"Tag {tag}{told}",
        source=f"git {(target or sha)[:10]}" + (f", {tagger}" if tagger else ""),
        at=at,
        kind=EventKind.CHANGE,
        why="a tag: often a release",
        people=(tagger,) if tagger else (),
        written=created,
        remark="" if kind == "tag" else "a plain tag has no time of its own: this is its commit's",
        format="git",
    )
