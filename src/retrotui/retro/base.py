"""What every part of a retro shares: frozen models, ids, and the error a refused change raises.

Leaves the parts themselves to their own modules, and files to `archive`.
"""

from typing import Annotated

from retrotui.retro import light_pydantic  # noqa: F401 - before the first model, or it is of no use

# isort: split
from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A frozen value. Keys it does not know survive (a newer version or a person's hand wrote them)."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class Entry(Model):
    """One thing in a retro with an id that is stable for the life of the file."""

    id: str = Field(pattern=r"^[a-z]{1,3}[0-9]{1,9}$")
    """A letter for the kind of thing and a number, never reused: `e12`, `f3`."""


Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
"""A number of people, votes or times."""

Seconds = Annotated[int, Field(ge=0, le=31_536_000, strict=True)]
"""Whole seconds, at most a year."""

SignedSeconds = Annotated[int, Field(ge=-31_536_000, le=31_536_000, strict=True)]
"""Whole seconds either way: an extension may take a minute back."""


class ChangeRefused(Exception):
    """A change that cannot be applied; the message is a sentence for the person at the keyboard."""


def clean_text(text: str) -> str:
    """The text with lone surrogates replaced: they have no UTF-8 form and could not be saved."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def id_number(entry_id: str) -> int:
    """The number in an id: 12 for `e12`."""
    return int(entry_id.lstrip("abcdefghijklmnopqrstuvwxyz"))


def id_prefix(entry_id: str) -> str:
    """The letters in an id: `e` for `e12`."""
    return entry_id.rstrip("0123456789")
