"""How far saving has come, for the header: one word for the program and one sentence for the person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SaveKind(StrEnum):
    """What the header has to say."""

    SAVED = "saved"
    SAVING = "saving"
    UNSAVED = "unsaved"
    """A save failed; it is tried again."""
    CONFLICT = "conflict"
    """Somebody else changed the file; both versions are kept, and someone has to choose."""
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class SaveState:
    """How far saving has come."""

    kind: SaveKind
    since: datetime
    """Since when it has been so."""
    message: str
    """A sentence in words: what is so, why, and what happens next."""
    revision: int = 0
    """The newest submitted value that is on the disk (counted by `Saver.submit`, 0 for what was read)."""
    wanted: int = 0
    """The newest submitted value."""

    @property
    def settled(self) -> bool:
        """Whether everything submitted is on the disk."""
        return self.revision >= self.wanted
