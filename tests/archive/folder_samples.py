"""A folder of small retros for tests of the index, the ledger and what builds on them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from retrotui.archive.codec import dumps
from retrotui.retro import Action, Factor, Info, Retro

TODAY = date(2026, 11, 21)


def retro(retro_id: str, *actions: Action, day: date = date(2026, 11, 1), **values: Any) -> Retro:
    info = {
        "id": retro_id,
        "title": retro_id.replace("-", " ").title(),
        "held": datetime(day.year, day.month, day.day, 14, tzinfo=UTC),
        **values.pop("info", {}),
    }
    values.setdefault(
        "factors", (Factor(id="f1", text="The alert averages over ten minutes", category="observability"),)
    )
    return Retro(**{"info": Info(**info), "actions": actions, **values})


def put(folder: Path, value: Retro, name: str = "") -> Path:
    path = folder / (name or f"{value.info.id}.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dumps(value))
    return path


def action(action_id: str = "a1", text: str = "add a canary stage", **values: Any) -> Action:
    return Action(id=action_id, text=text, **values)
