"""JSON over HTTP for the trackers: patience with rate limits, no token to strangers, errors as sentences.

Standard library only. Leaves what is asked of which tracker to `trackers`.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

TIMEOUT_S = 30.0
LONGEST_WAIT_S = 120.0
"""The longest a rate limit is waited for; a longer one stops the run, which can be gone on with later."""
TRIES = 4


class TrackerError(Exception):
    """A tracker did not do what was asked; the message is a sentence for the person at the keyboard."""


class Uncertain(TrackerError):
    """The tracker may or may not have done it: the connection was lost, or it failed inside."""


class _NoRedirect(HTTPRedirectHandler):
    """Redirects are errors: following one could hand the token to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a tracker answered."""

    data: Any
    headers: Message


@dataclass(slots=True)
class Client:
    """One tracker's REST API."""

    base: str
    """Its address without a slash at the end: `https://api.github.com`."""
    headers: Mapping[str, str]
    """Sent with every request, the token among them."""
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    """Seconds since the epoch, for limits that name an instant."""
    say: Callable[[str], None] = lambda _: None
    """Told when it waits, and why."""
    _opener: OpenerDirector = field(default_factory=lambda: build_opener(_NoRedirect))

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise TrackerError(f"{self.base} is not an https address: a token is never sent in the clear")

    def get(self, path: str) -> Reply:
        """What stands at a path; a failure that may pass is tried again.

        Raises:
            TrackerError: when it cannot be had.
        """
        wait = 1.0
        for attempt in range(TRIES):
            try:
                return self._ask("GET", path, None)
            except Uncertain:
                if attempt == TRIES - 1:
                    raise
                self.sleep(wait)
                wait *= 2
        raise AssertionError("unreachable")

    def post(self, path: str, data: Mapping[str, Any]) -> Reply:
        """Makes something new. Never tried again by itself when it may have been made already.

        Raises:
            Uncertain: when nobody knows whether it was made.
            TrackerError: when it was not.
        """
        return self._ask("POST", path, data)

    def _ask(self, method: str, path: str, data: Mapping[str, Any] | None) -> Reply:
        url = path if path.startswith(("https://", "http://")) else f"{self.base}{path}"
        if urlsplit(url)[:2] != urlsplit(self.base)[:2]:
            raise TrackerError(f"{self.base} sent us on to {url}, another host: not followed")
        body = None if data is None else json.dumps(data).encode("utf-8")
        headers = {"User-Agent": "retrotui", "Accept": "application/json", **self.headers}
        if body is not None:
            headers["Content-Type"] = "application/json"
        for attempt in range(TRIES):
            request = Request(url, data=body, headers=headers, method=method)
            try:
                with self._opener.open(request, timeout=TIMEOUT_S) as response:
                    return Reply(_json(response.read()), response.headers)
            except HTTPError as error:
                with error:
                    pause = self._pause(error)
                    if pause is None or attempt == TRIES - 1:
                        raise _sentence(error, url) from error
                if pause > LONGEST_WAIT_S:
                    raise TrackerError(
                        f"{self.base} allows no more requests for {round(pause / 60)} minutes: "
                        "run it again then, it goes on where it stopped"
                    ) from error
                self.say(f"{self.base} asks us to wait {pause:.0f} seconds")
                self.sleep(pause)
            except (URLError, HTTPException, TimeoutError, OSError, ValueError) as error:
                reason = getattr(error, "reason", error)
                raise Uncertain(f"no answer from {self.base}: {reason}") from error
        raise AssertionError("unreachable")

    def _pause(self, error: HTTPError) -> float | None:
        """Seconds to wait before asking again, when it is a rate limit; None when it is not."""
        if error.code not in (403, 429, 503):
            return None
        after = error.headers.get("Retry-After", "").strip()
        if after.isdigit():
            return float(after)
        if after:
            try:
                return max(0.0, parsedate_to_datetime(after).timestamp() - self.now())
            except ValueError:
                return None
        remaining = error.headers.get("X-RateLimit-Remaining", error.headers.get("RateLimit-Remaining", ""))
        reset = error.headers.get("X-RateLimit-Reset", error.headers.get("RateLimit-Reset", ""))
        if remaining.strip() == "0" and reset.strip().isdigit():
            return max(1.0, float(reset) - self.now())
        return 60.0 if error.code == 429 else None


def _json(data: bytes) -> Any:
    return json.loads(data) if data.strip() else None


def _sentence(error: HTTPError, url: str) -> TrackerError:
    try:
        said = json.loads(error.read() or b"{}")
        words = said.get("message") or said.get("error") or "" if isinstance(said, dict) else ""
    except (ValueError, OSError):
        words = ""
    detail = f" ({words})" if words else ""
    if error.code >= 500:
        return Uncertain(f"{url} answered {error.code}{detail}")
    meaning = {
        401: "the token was not accepted: make a new one, or check which variable holds it",
        403: "the token may not do this: it needs to be allowed to write issues",
        404: "there is no such project, or the token may not see it",
        410: "issues are switched off in this project",
        422: "it would not take the issue as it is",
    }.get(error.code, f"it answered {error.code}")
    if 300 <= error.code < 400:
        meaning = "it sends us elsewhere, perhaps because the project was renamed: use its new name"
    return TrackerError(f"{url}: {meaning}{detail}")
