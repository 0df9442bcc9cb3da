"""A retro as data, for other programs: JSON, and TOML as retrotui itself keeps it. Nothing secret is in
either.
"""

import json

from retrotui.archive.codec import dumps
from retrotui.exchange.formats import ReportFormat
from retrotui.exchange.write_up import write_up
from retrotui.retro import Retro


def as_json(retro: Retro) -> str:
    """Every field under the name it has in the file; times in ISO 8601."""
    data = write_up(retro).retro.model_dump(mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_toml(retro: Retro) -> str:
    """A file that retrotui opens again, without private cards and without an open ballot."""
    return dumps(write_up(retro).retro).decode("utf-8")


JSON = ReportFormat("json", "every field, for scripts", ".json", as_json)
TOML = ReportFormat("toml", "a copy for retrotui without anything secret", ".toml", as_toml)
