"""Action items as CSV: plain, for Jira's importer, and for Linear's.

RFC 4180, UTF-8; every cell is safe to open in a spreadsheet. Jira's columns follow "Importing data from
CSV" in Atlassian's documentation, Linear's the columns its own CSV export and importer use (which takes the
apostrophe off again).
"""

import csv
import io
from collections.abc import Iterable, Sequence

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.issue_text import body, labels, title
from retrotui.exchange.actions_out.text import formula_safe, one_line

COLUMNS = (
    "id",
    "retro",
    "title",
    "held",
    "action",
    "kind",
    "owner",
    "due",
    "priority",
    "status",
    "overdue",
    "done_when",
    "ticket",
    "reason",
    "closed",
    "carried",
    "came_from",
    "went_to",
    "factors",
    "tags",
)
"""The columns of the plain table."""


def write_csv(items: Sequence[ActionItem], moment: Moment) -> str:
    """Every field of every action, texts exactly as they are but for the apostrophe of `formula_safe`."""
    rows = (
        (
            item.ref,
            item.retro_id,
            item.retro_title,
            _day(item.held),
            item.text,
            item.kind,
            item.owner,
            _day(item.due),
            item.priority,
            item.status,
            "yes" if item.overdue(moment.today) else "",
            item.done_when,
            item.ticket,
            item.reason,
            _day(item.closed),
            str(item.carried),
            item.came_from,
            item.went_to,
            "; ".join(item.factors),
            ", ".join(item.tags),
        )
        for item in items
    )
    return _table(COLUMNS, rows)


_JIRA_PRIORITY = {"P0": "Highest", "P1": "High", "P2": "Medium", "P3": "Low", "P4": "Lowest"}


def write_jira(items: Sequence[ActionItem], moment: Moment) -> str:
    """Open actions for Jira's CSV importer: date format `yyyy-MM-dd`, a `Labels` column for each label."""
    chosen = [item for item in items if item.is_open]
    marks = [[_one_word(label) for label in labels(item)] for item in chosen]
    width = max((len(found) for found in marks), default=1)
    header = (
        "Summary",
        "Issue Type",
        "Description",
        "Assignee",
        "Due Date",
        "Priority",
        "External issue ID",
        *["Labels"] * width,
    )
    rows = (
        (
            title(item, 255),
            "Task",
            body(item, markdown=False),
            one_line(item.owner),
            _day(item.due),
            _JIRA_PRIORITY.get(item.priority, ""),
            item.ref,
            *found,
            *[""] * (width - len(found)),
        )
        for item, found in zip(chosen, marks, strict=True)
    )
    return _table(header, rows)


_LINEAR_PRIORITY = {"P0": "Urgent", "P1": "High", "P2": "Medium", "P3": "Low", "P4": "Low"}
_LINEAR_COLUMNS = (
    "ID",
    "Team",
    "Title",
    "Description",
    "Status",
    "Estimate",
    "Priority",
    "Project",
    "Creator",
    "Assignee",
    "Labels",
    "Cycle Number",
    "Cycle Name",
    "Cycle Start",
    "Cycle End",
    "Created",
    "Updated",
    "Started",
    "Completed",
    "Canceled",
    "Archived",
    "Due Date",
)


def write_linear(items: Sequence[ActionItem], moment: Moment) -> str:
    """Open actions for Linear's CSV importer; the description is Markdown."""
    rows = (
        (
            item.ref,
            "",
            title(item, 255),
            body(item, markdown=True),
            "Todo",
            "",
            _LINEAR_PRIORITY.get(item.priority, "No priority"),
            *("", ""),
            one_line(item.owner),
            ", ".join(label.replace(",", " ") for label in labels(item)),
            *("",) * 4,
            _day(item.held),
            *("",) * 5,
            _day(item.due),
        )
        for item in items
        if item.is_open
    )
    return _table(_LINEAR_COLUMNS, rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([formula_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _one_word(label: str) -> str:
    return "-".join(label.split())


CSV = ActionFormat("csv", "a table with every field, for a spreadsheet", ".csv", write_csv)
JIRA = ActionFormat("jira-csv", "open actions for Jira's CSV import", ".csv", write_jira)
LINEAR = ActionFormat("linear-csv", "open actions for Linear's CSV import", ".csv", write_linear)
