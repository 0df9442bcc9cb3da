"""Which formats for action items there are: the shipped ones, and those that installed packages add.

A package adds one with an entry point in the group `retrotui.action_formats` whose value is an
`ActionFormat`.
"""

from retrotui.exchange.actions_out.base import ActionFormat
from retrotui.exchange.plugins import Registry

GROUP = "retrotui.action_formats"

_HERE = "retrotui.exchange.actions_out"

_REGISTRY = Registry(
    GROUP,
    ActionFormat,
    {
        "markdown": f"{_HERE}.markdown:FORMAT",
        "text": f"{_HERE}.chat:TEXT",
        "csv": f"{_HERE}.tables:CSV",
        "json": f"{_HERE}.json_list:FORMAT",
        "json-schema": f"{_HERE}.json_list:SCHEMA",
        "ics": f"{_HERE}.ical:TODOS",
        "ics-events": f"{_HERE}.ical:EVENTS",
        "todo.txt": f"{_HERE}.todotxt:FORMAT",
        "taskwarrior": f"{_HERE}.taskwarrior:FORMAT",
        "org": f"{_HERE}.org:FORMAT",
        "jira-csv": f"{_HERE}.tables:JIRA",
        "linear-csv": f"{_HERE}.tables:LINEAR",
        "github-sh": f"{_HERE}.scripts:GITHUB",
        "gitlab-sh": f"{_HERE}.scripts:GITLAB",
        "slack": f"{_HERE}.chat:SLACK",
        "teams": f"{_HERE}.chat:TEAMS",
    },
)

names = _REGISTRY.names
"""Every name that `action_format` takes: shipped ones first, then added ones."""

action_format = _REGISTRY.get
"""The format of a name. Raises `UnknownFormat` when there is none."""
