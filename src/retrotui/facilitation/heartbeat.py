"""What a crash would otherwise take from the clock: saved beside the file every second, read on reopening.

Leaves writing and reading it to `archive`, and what it means to `session`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

EVERY_S = 1.0
"""Seconds between two heartbeats of a running clock."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Where a meeting stood at one instant."""

    stage: str
    """The current stage's id; empty before the meeting has started."""
    topic: str
    """The item under discussion, or empty."""
    running: bool
    stages: Mapping[str, float] = field(default_factory=dict)
    """Seconds elapsed per stage, exactly."""
    topics: Mapping[str, float] = field(default_factory=dict)
    """Seconds elapsed per topic, exactly."""
    at: datetime | None = None
    """The wall clock at that instant."""
    planned_end: datetime | None = None
    """When the meeting was meant to end; None before it has started."""

    @property
    def elapsed_s(self) -> float:
        """Seconds elapsed in the current stage."""
        return self.stages.get(self.stage, 0.0)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a side file; what is unknown is left out."""
        data: dict[str, Any] = {
            "stage": self.stage,
            "topic": self.topic,
            "running": self.running,
            "stages": dict(self.stages),
            "topics": dict(self.topics),
        }
        if self.at is not None:
            data["at"] = self.at.isoformat()
        if self.planned_end is not None:
            data["planned_end"] = self.planned_end.isoformat()
        return data

    @classmethod
    def from_dict(cls, data: object) -> "Heartbeat | None":
        """A heartbeat from plain values, or None when they make no sense: the file alone then counts."""
        if not isinstance(data, Mapping):
            return None
        stage, topic = data.get("stage", ""), data.get("topic", "")
        if not isinstance(stage, str) or not isinstance(topic, str):
            return None
        try:
            return cls(
                stage=stage,
                topic=topic,
                running=data.get("running") is True,
                stages=_seconds(data.get("stages", {})),
                topics=_seconds(data.get("topics", {})),
                at=_instant(data.get("at")),
                planned_end=_instant(data.get("planned_end")),
            )
        except (TypeError, ValueError, AttributeError):
            return None


def _seconds(data: Any) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, value in data.items():
        seconds = float(value)
        if not isinstance(key, str) or not 0 <= seconds <= 31_536_000:
            raise ValueError("not a number of seconds")
        found[key] = seconds
    return found


def _instant(value: object) -> datetime | None:
    if value is None:
        return None
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return instant
