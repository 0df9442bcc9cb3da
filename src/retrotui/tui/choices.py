"""What can be chosen by one key. Leaves asking to `screens/choice`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    key: str
    """The key that takes it."""
    label: str
    value: str
    hint: str = ""
    """A word more, dim; on a line of its own when it starts with a line break."""
