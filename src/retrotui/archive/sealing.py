"""Text that is not to be read at a glance: an open ballot's totals, and cards that are still private.

It hides from somebody who scrolls through the file or a diff on a shared screen, not from somebody
determined: there is no key and no secret, only base64.
"""

import base64
import binascii
import json


class NotSealed(Exception):
    """What was read was never sealed here, or was changed since."""


def seal(text: str) -> str:
    """The text in a form that does not tell at a glance."""
    return base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")


def unseal(sealed: str) -> str:
    """The text that was sealed.

    Raises:
        NotSealed: when it is not base64 of UTF-8.
    """
    try:
        return base64.b64decode(sealed, validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as error:
        raise NotSealed from error


def seal_ballot(topics: tuple[str, ...], counts: tuple[int, ...]) -> str:
    """The topics of an open ballot and the dots they have so far."""
    return seal(json.dumps([list(topics), list(counts)], separators=(",", ":")))


def unseal_ballot(sealed: str) -> tuple[list[str], list[int]]:
    """Topics and dots.

    Raises:
        NotSealed: when it holds anything else.
    """
    try:
        topics, counts = json.loads(unseal(sealed))
    except (ValueError, TypeError, RecursionError) as error:
        raise NotSealed from error
    if not (isinstance(topics, list) and isinstance(counts, list)):
        raise NotSealed
    if not all(isinstance(topic, str) for topic in topics):
        raise NotSealed
    if not all(isinstance(count, int) and not isinstance(count, bool) for count in counts):
        raise NotSealed
    return topics, counts
