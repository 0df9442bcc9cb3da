"""Small made-up sources in the shapes of the real ones."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retrotui.exchange.timeline_in import ReadOptions
from retrotui.retro import Info, Retro

DAY = date(2026, 11, 20)


@pytest.fixture
def retro() -> Retro:
    return Retro(
        retro=Info(
            id="2026-11-21-checkout",
            title="Checkout",
            held=datetime(2026, 11, 21, 14, tzinfo=UTC),
            timezone="Europe/Dublin",
        )
    )


@pytest.fixture
def options() -> ReadOptions:
    return ReadOptions(zone=ZoneInfo("Europe/Dublin"), day=DAY)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, object], Path]:
    """Writes a value as JSON, or text or bytes as they are, and gives the path."""

    def _write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return _write


USERS = [
    {"id": "U0000ANA", "name": "ana", "profile": {"display_name": "Ana", "real_name": "Ana Lowe"}},
    {
        "id": "U0000WIL",
        "name": "will",
        "deleted": True,
        "profile": {"display_name": "", "real_name": "Will Ash"},
    },
]
START = 1795183200  # 2026-11-20 14:00:00 UTC


def message(seconds: int, text: str, user: str = "U0000ANA", **more: object) -> dict[str, object]:
    return {"type": "message", "user": user, "text": text, "ts": f"{START + seconds}.000100", **more}


MESSAGES = [
    message(0, "<@U0000ANA> has joined the channel", subtype="channel_join"),
    message(
        180, "checkout answers 5xx &gt; 40%, see <https://graphs.example.org/d?a=1&amp;b=2|graph> :eyes:"
    ),
    message(
        200, "rolling back now", "U0000WIL", thread_ts=f"{START + 180}.000100", parent_user_id="U0000ANA"
    ),
    message(
        240,
        "rollback is out, <@U0000WIL> watch <#C01|deploys>",
        subtype="thread_broadcast",
        thread_ts=f"{START + 180}.000100",
        root={"text": "checkout answers"},
    ),
    {
        "type": "message",
        "subtype": "bot_message",
        "username": "PagerDuty",
        "bot_id": "B01",
        "text": "",
        "ts": f"{START + 170}.000200",
        "attachments": [{"title": "Triggered #77: checkout 5xx", "title_link": "https://pd.example.org/77"}],
    },
    message(300, "first words", edited={"user": "U0000ANA", "ts": f"{START + 330}.000000"}),
    {
        "type": "message",
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "deleted",
        "ts": f"{START + 400}.0001",
    },
]
