"""What `check` prints: text for people, JSON for programs."""

import json
from collections.abc import Iterator, Sequence

from retrotui.blameless import Finding
from retrotui.cli.notes import Note
from retrotui.safe_text import one_line

CheckedNote = tuple[Note, tuple[Finding, ...]]
"""A note with what was found in it; clean notes have no findings."""

Results = Sequence[tuple[str, Sequence[CheckedNote]]]
"""Each input's name with its notes, in order."""


def as_json(results: Results) -> str:
    """A list of objects, one for each note that is not empty, clean ones included.

    Keys: `line` (from 1), `section`, `text`, and `findings`: `rule`, `class`, `level`, `start` and `end`
    (offsets into `text`, in characters), `why`, `question`, `rewrite` (null when there is none). With
    several inputs each object also says its `file`.
    """
    several = len(results) > 1
    objects = [
        {
            **({"file": name} if several else {}),
            "line": note.line,
            "section": note.section.value,
            "text": note.text,
            "findings": [finding.as_dict() for finding in findings],
        }
        for name, notes in results
        for note, findings in notes
    ]
    if not objects:
        return "[]"
    return "[\n" + ",\n".join(json.dumps(item) for item in objects) + "\n]"


def as_text(results: Results) -> Iterator[str]:
    """For each finding its place and words, then why they get in the way, what to ask, and what to write."""
    for name, notes in results:
        for note, findings in notes:
            for finding in findings:
                line, column = note.place(finding.start)
                place = f"{one_line(name)}:{line}:{column}" if column else f"{one_line(name)}:{line}"
                words = one_line(note.text[finding.start : finding.end])
                yield f"{place}: {finding.rule}: “{words}”"
                yield f"    {finding.why}"
                if finding.question:
                    yield f"    ask:   {one_line(finding.question)}"
                if finding.rewrite:
                    yield f"    write: {one_line(finding.rewrite)}"
