"""Action items as JSON, with the JSON Schema that describes it (`actions.schema.json`, shipped beside
this).
"""

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment

SCHEMA_ID = "urn:retrotui:actions:1"


def as_data(item: ActionItem, moment: Moment) -> dict[str, Any]:
    """One action as JSON values; texts exactly as they are."""
    return {
        "id": item.ref,
        "retro": {
            "id": item.retro_id,
            "title": item.retro_title,
            "held": None if item.held is None else item.held.isoformat(),
            "tags": list(item.tags),
            "file": item.file,
        },
        "text": item.text,
        "kind": item.kind,
        "owner": item.owner,
        "due": None if item.due is None else item.due.isoformat(),
        "overdue": item.overdue(moment.today),
        "priority": item.priority,
        "done_when": item.done_when,
        "ticket": item.ticket,
        "status": item.status,
        "reason": item.reason,
        "closed": None if item.closed is None else item.closed.isoformat(),
        "since": None if item.since is None else item.since.isoformat(),
        "carried": item.carried,
        "came_from": item.came_from,
        "went_to": item.went_to,
        "factors": list(item.factors),
    }


def write(items: Sequence[ActionItem], moment: Moment) -> str:
    """A document that names its schema, and the actions in order."""
    data = {
        "schema": SCHEMA_ID,
        "today": moment.today.isoformat(),
        "actions": [as_data(i, moment) for i in items],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema (draft 2020-12) of what `write` gives."""
    return resources.files(__package__).joinpath("actions.schema.json").read_text(encoding="utf-8")


FORMAT = ActionFormat("json", "every field, for scripts", ".json", write)
SCHEMA = ActionFormat("json-schema", "the JSON Schema of --as json", ".json", lambda items, moment: schema())
