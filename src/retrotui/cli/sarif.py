"""`check --format sarif`: findings for code hosts, as SARIF 2.1.0 (OASIS standard, errata 01)."""

import json
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from retrotui import __version__
from retrotui.blameless import Finding, Level, RuleBook, load_rulebook
from retrotui.cli.findings import Results
from retrotui.cli.notes import Note

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.STRICT: "warning", Level.COACH: "note"}


def as_sarif(results: Results, book: RuleBook | None) -> str:
    """A SARIF log with one run: the rules that found something, and a result for each finding.

    A rewrite becomes a fix where the note stands on one line of its own. Columns count Unicode code points.
    """
    used = sorted({finding.rule for _, notes in results for _, found in notes for finding in found})
    index = {rule: number for number, rule in enumerate(used)}
    found = [
        _result(name, note, finding, index)
        for name, notes in results
        for note, findings in notes
        for finding in findings
    ]
    driver = {"name": "retrotui", "version": __version__, "rules": _rules(used, book) if used else []}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(name)}} for name, _ in results],
        "results": found,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rules(used: list[str], book: RuleBook | None) -> list[dict[str, Any]]:
    known = book or load_rulebook()
    rules = []
    for rule_id in used:
        rule = known.rule(rule_id)
        rules.append(
            {
                "id": rule_id,
                "name": "".join(word.capitalize() for word in rule_id.replace(".", "-").split("-")),
                "shortDescription": {"text": rule.why},
                "fullDescription": {"text": rule.why},
                "help": {"text": "\n".join((rule.why, *_whole(rule.questions)))},
                "properties": {"tags": [rule.blame_class.value]},
            }
        )
    return rules


def _whole(questions: tuple[str, ...]) -> list[str]:
    """The questions that read well without words of a note to fill in."""
    return [question for question in questions if "{" not in question]


def _result(name: str, note: Note, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": _uri(name)},
        "region": _region(note, finding.start, finding.end),
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.why} {finding.question}".strip()},
        "locations": [{"physicalLocation": location}],
    }
    if finding.rewrite and len(note.places) == 1 and note.places[0].column:
        replacement = {
            "deletedRegion": _region(note, 0, len(note.text)),
            "insertedContent": {"text": finding.rewrite},
        }
        change = {"artifactLocation": {"uri": _uri(name)}, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": finding.rewrite}, "artifactChanges": [change]}]
    return result


def _region(note: Note, start: int, end: int) -> dict[str, int]:
    line, column = note.place(start)
    if not column:
        return {"startLine": line}
    end_line, last = note.place(max(start, end - 1))
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": last + 1}


def _uri(name: str) -> str:
    """A name as a URI reference; an absolute path as a file URI."""
    if name == "-":
        return "stdin"
    if Path(name).is_absolute():
        return Path(name).as_uri()
    return quote(PurePath(name).as_posix())
