"""A short form to fill in before the meeting, in any editor: written for a retro, and read back.

A form is Markdown or TOML. It has a place for each stage that collects words, and says whose it is only where
the retro keeps names. Leaves what becomes of the answers to `form_answers`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from retrotui.archive.toml_text import quoted
from retrotui.retro import Retro, StageKind
from retrotui.safe_text import one_line
from retrotui.templates import Template

FORM = 1
"""The version of forms this writes and reads."""
MOST_BYTES = 1 << 20
"""A larger file is no form."""
MOST_ANSWERS = 200
"""Answers in one form."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    key: str
    """The stage's id, with `.column` behind it where the stage has columns."""
    title: str
    question: str
    hint: str
    stage: str
    kind: StageKind
    column: str = ""
    secret: bool = False
    """Whether the stage is written privately: its answers are always shuffled."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing somebody wrote."""

    key: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form that came back."""

    name: str
    """The file, for sentences."""
    retro_id: str
    person: str
    answers: tuple[Answer, ...]


class BadForm(Exception):
    """A form that cannot be read; `str()` names file and line of each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


_HINTS = {
    StageKind.TIMELINE: "A line for each moment, with a time in front where you know one: 14:03 pager fires",
    StageKind.CARDS: "A line for each thought.",
    StageKind.FACTORS: "A line for each condition: what had to be true, not who did it.",
    StageKind.HOW_CAN_WE: "A line for each question, such as: How can we notice this within a minute?",
}


def fields_of(retro: Retro, template: Template) -> tuple[Field, ...]:
    """The questions a form for this retro asks, in the order of its agenda."""
    return tuple(_fields(retro, template))


def _fields(retro: Retro, template: Template) -> Iterator[Field]:
    for stage in retro.agenda.stages:
        if stage.kind not in _HINTS or stage.skipped:
            continue
        known = template.stage(stage.id)
        title = stage.title or (known.title if known else "") or stage.id.replace("_", " ").capitalize()
        question = known.question if known else ""
        hint = _HINTS[stage.kind]
        secret = known.secret if known else False
        for column in known.columns if known else ():
            yield Field(
                f"{stage.id}.{column.id}",
                f"{title}: {column.title}",
                column.hint or question,
                hint,
                stage.id,
                stage.kind,
                column.id,
                secret,
            )
        if not (known and known.columns):
            yield Field(stage.id, title, question, hint, stage.id, stage.kind, secret=secret)


def _opening(retro: Retro, person: str) -> list[str]:
    info = retro.info
    when = info.held.astimezone(info.zone) if info.held else None
    lines = [f"{when:%A} {when.day} {when:%B %Y, %H:%M} ({info.timezone})."] if when else []
    lines.append("Write what you like and leave out what you like; ten minutes are plenty.")
    lines.append("Describe what was seen and done and what it looked like at the time, not who is to blame.")
    if info.unattributed or not person:
        lines.append("Nobody's name is kept with an answer; the answers of all are shuffled together.")
    else:
        lines.append("Your name stands beside moments on the timeline, and beside nothing else.")
    return lines


def form_markdown(retro: Retro, template: Template, person: str = "") -> str:
    """The form as Markdown; the answers are the lines under each heading."""
    person = "" if retro.info.unattributed else one_line(person).replace("--", "- ")
    lines = [f"# Before we meet: {one_line(retro.info.title)}", ""]
    lines += [f"> {line}" for line in _opening(retro, person)]
    whose = f" | for {person}" if person else ""
    lines += ["", f"<!-- retrotui form {FORM} | retro {retro.info.id}{whose} -->", ""]
    for field in fields_of(retro, template):
        lines += [f"## {one_line(field.title)}", f"<!-- {field.key} -->"]
        lines += [f"> {one_line(line)}" for line in (field.question, field.hint) if line]
        lines += ["", "- ", ""]
    return "\n".join(lines)


def form_toml(retro: Retro, template: Template, person: str = "") -> str:
    """The form as TOML; the answers are lists of strings."""
    person = "" if retro.info.unattributed else one_line(person)
    lines = [f"# Before we meet: {one_line(retro.info.title)}"]
    lines += [f"# {line}" for line in _opening(retro, person)]
    lines += [
        "",
        f"form = {FORM}",
        f"retro = {quoted(retro.info.id)}",
        f"for = {quoted(person)}",
        "",
        "[answers]",
    ]
    for field in fields_of(retro, template):
        lines += [f"# {one_line(line)}" for line in (field.title, field.question, field.hint) if line]
        lines += [f"{quoted(field.key)} = [", '  "",', "]", ""]
    return "\n".join(lines)


def read_form(name: str, data: bytes, retro: Retro, template: Template) -> Form:
    """A form that came back, by its name's ending.

    Raises:
        BadForm: when it is none, is for another retro, or holds answers to questions that were not asked.
    """
    if len(data) > MOST_BYTES:
        raise BadForm([f"{name}: larger than {MOST_BYTES >> 20} MB; this is no form"])
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadForm([f"{name}:{line}: this is not UTF-8; save the form as UTF-8"]) from None
    fields = {field.key: field for field in fields_of(retro, template)}
    form = _from_toml(name, text) if name.lower().endswith(".toml") else _from_markdown(name, text, fields)
    problems = []
    if form.retro_id != retro.info.id:
        problems.append(
            f"{name}: is for the retro {one_line(form.retro_id)!r}, and this is {retro.info.id!r}"
        )
    problems += [
        f"{name}:{answer.line}: there is no question {one_line(answer.key)!r}; there are {', '.join(fields)}"
        for answer in form.answers
        if answer.key not in fields
    ]
    if len(form.answers) > MOST_ANSWERS:
        problems.append(f"{name}: more than {MOST_ANSWERS} answers; leave some for the others")
    if problems:
        raise BadForm(problems)
    return form


_MARK = re.compile(r"<!--\s*retrotui form (\d{1,6})\s*\|\s*retro (\S+)(?:\s*\|\s*for (.*?))?\s*-->")
_KEY = re.compile(r"<!--\s*([\w.-]+)\s*-->$")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_BULLET = re.compile(r"(?:[-*+•]|\d{1,3}[.)])(?:\s+|$)(.*)$")


def _from_markdown(name: str, text: str, fields: dict[str, Field]) -> Form:
    mark = _MARK.search(text)
    if mark is None:
        raise BadForm(
            [f"{name}: is no form of retrotui: the line <!-- retrotui form 1 | retro ... --> is missing"]
        )
    _check_version(name, int(mark[1]))
    titles = {one_line(field.title).casefold(): key for key, field in fields.items()}
    answers: list[Answer] = []
    key, joins = "", False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith(">") or _MARK.match(line):
            joins = joins and bool(line)
            continue
        if found := _HEADING.match(line):
            title = one_line(found[1])
            key, joins = titles.get(title.casefold(), title if number > 1 else ""), False
        elif found := _KEY.match(line):
            key, joins = found[1], False
        elif not key:
            continue
        elif found := _BULLET.match(line):
            joins = True
            answers.append(Answer(key, found[1].strip(), number))
        elif joins or (answers and raw[:1].isspace() and answers[-1].key == key):
            last = answers[-1]
            answers[-1] = Answer(key, f"{last.text} {line}".strip(), last.line)
        else:
            joins = True
            answers.append(Answer(key, line, number))
    return Form(name, mark[2], (mark[3] or "").strip(), tuple(answer for answer in answers if answer.text))


def _from_toml(name: str, text: str) -> Form:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        at = int(found[1]) if found else text.rstrip().count("\n") + 1
        place = f"{name}:{at}"
        said = re.sub(r"\s*\(at .*\)$", "", str(error)) or "it cannot be read"
        raise BadForm([f"{place}: this is not TOML: {said[:1].lower()}{said[1:]}"]) from None
    version, retro_id, person = data.get("form"), data.get("retro"), data.get("for", "")
    if not isinstance(version, int) or not isinstance(retro_id, str) or not isinstance(person, str):
        raise BadForm([f'{name}: is no form of retrotui: it needs form = {FORM} and retro = "..."'])
    _check_version(name, version)
    table = data.get("answers", {})
    if not isinstance(table, dict):
        raise BadForm([f"{name}: answers must be a table: [answers]"])
    from retrotui.toml_lines import lines_of

    lines = lines_of(text)
    answers: list[Answer] = []
    problems: list[str] = []
    for key, value in _flat(table):
        line = lines.get(("answers", key), 1)
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            problems.append(f"{name}:{line}: {one_line(key)}: a list of strings is expected")
            continue
        answers += [Answer(key, " ".join(item.split()), line) for item in listed if item.strip()]
    if problems:
        raise BadForm(problems)
    return Form(name, retro_id, person.strip(), tuple(answers))


def _flat(table: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Keys as the form has them, also where an editor has made tables of dotted ones."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", found) for inner, found in value.items())
        else:
            yield key, value


def _check_version(name: str, version: int) -> None:
    if version != FORM:
        raise BadForm([f"{name}: is a form of version {version}; this version of retrotui reads {FORM}"])
