"""The words of a template, put through the wording check: a prompt must not blame anybody.

Loads the rule book, so nothing imports this until a team's own template is read or a template is tested.
"""

from collections.abc import Iterator

from retrotui.blameless import Checker, Policy, Section
from retrotui.templates.model import Template
from retrotui.templates.reading import problem
from retrotui.toml_lines import Path as TomlPath


def blameful(template: Template, name: str, text: str) -> tuple[str, ...]:
    """Every text of a template that blames, as `file:line: key: message` naming the text.

    Args:
        template: The template as it was read.
        name: What problems call the file.
        text: The TOML text it was read from, for the line numbers.
    """
    checker = Checker()
    found: list[str] = []
    for path, words, section in texts_of(template):
        findings = checker.check(words, section=section, policy=Policy.STRICT)
        if findings:
            first = findings[0]
            marked = words[first.start : first.end]
            message = f'"{words}" blames: "{marked}". {first.why} Ask instead: {first.question}'
            found.append(problem(name, text, path, message))
    return tuple(found)


def texts_of(template: Template) -> Iterator[tuple[TomlPath, str, Section]]:
    """Every text of a template that people see, with its place in the file and its section."""
    yield ("title",), template.title, Section.CAUSES
    if template.description:
        yield ("description",), template.description, Section.CAUSES
    for preset, words in template.presets.items():
        yield ("presets", preset), words, Section.CAUSES
    for index, stage in enumerate(template.stages):
        at: TomlPath = ("stage", index)
        section = Section(stage.section)
        yield (*at, "title"), stage.title, section
        yield (*at, "question"), stage.question, section
        for number, prompt in enumerate(stage.prompts):
            yield (*at, "prompts", number), prompt, section
        for key, words in (("help", stage.help), ("collects", stage.collects)):
            for line in words.splitlines():
                if line:
                    yield (*at, key), line, section
        for number, column in enumerate(stage.columns):
            yield (*at, "column", number, "title"), column.title, section
            if column.hint:
                yield (*at, "column", number, "hint"), column.hint, section
