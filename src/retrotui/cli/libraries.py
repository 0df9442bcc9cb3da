"""`templates`, `rules` and `themes`: what comes with retrotui and what a team added, listed, shown and
tried out.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import click

from retrotui.cli.new_template import new_template
from retrotui.cli.options import complete_template, examples
from retrotui.cli.root import nearest, warn
from retrotui.cli.streams import FOUND, MISUSE, Stop, out, say
from retrotui.cli.team import settings_now, team_folders
from retrotui.safe_text import one_line, visible


class Family(click.Group):
    """A group that knows the nearest of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a hint."""
        name = args[0]
        if name in self.commands or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        raise click.UsageError(f"there is no command {one_line(name)!r}.{nearest(name, self.commands)}", ctx)


def _family(function: Callable[..., Any], *lines: str) -> Family:
    group = click.group(cls=Family, epilog=examples(*lines))(function)
    assert isinstance(group, Family)
    return group


def _own(kind: str, ctx: click.Context) -> tuple[Path, ...]:
    """Folders of the person's and the team's own things of a kind."""
    return team_folders(kind, settings_now(), folder=ctx.obj)


def _templates() -> None:
    """Agendas and their prompts: those that come with retrotui, and your own.

    Your own are TOML files in the folder templates/ beside your settings, or in .retrotui/templates/ of the
    folder of your retros.
    """


templates = _family(_templates, "retrotui templates list", "retrotui templates show incident",
                    "retrotui templates new our-weekly --from start-stop-continue",
                    "retrotui templates test our-template.toml")  # fmt: skip


@templates.command("list", epilog=examples("retrotui templates list"))
@click.pass_context
def list_templates(ctx: click.Context) -> None:
    """List the templates with their presets and minutes."""
    from retrotui.templates import load_templates

    found = load_templates(_own("templates", ctx))
    for template in found.templates.values():
        presets = ", ".join(f"{preset} ({template.total_minutes(preset)} min)" for preset in template.presets)
        out(f"{one_line(template.id)}: {one_line(template.title)}")
        if template.description:
            out(f"    {one_line(template.description)}")
        out(f"    presets: {one_line(presets)}")
        if template.origin:
            out(f"    from: {one_line(template.origin)}")
    warn(found.problems)


@templates.command("show", epilog=examples("retrotui templates show incident"))
@click.argument("template_id", metavar="TEMPLATE", shell_complete=complete_template)
@click.pass_context
def show_template(ctx: click.Context, template_id: str) -> None:
    """Show the stages, minutes and prompts of TEMPLATE."""
    from retrotui.templates import load_templates

    found = load_templates(_own("templates", ctx))
    warn(found.problems)
    template = found.templates.get(template_id)
    if template is None:
        raise Stop(no_template(template_id, found.templates, found.problems), MISUSE)
    out(one_line(f"{template.title} ({template.id}, {template.mode})"))
    if template.description:
        out(one_line(template.description))
    for preset, sentence in template.presets.items():
        default = " (used when none is named)" if preset == template.default_preset else ""
        out(one_line(f"preset {preset}: {template.total_minutes(preset)} min{default}. {sentence}"))
    for stage in template.stages:
        minutes = ", ".join(f"{preset} {stage.minutes.get(preset, 0)}" for preset in template.presets)
        out()
        out(one_line(f"{stage.title} ({stage.id})"))
        out(f"    {one_line(stage.question)}")
        out(f"    minutes: {one_line(minutes)}")
        for prompt in stage.prompts:
            out(f"    - {one_line(prompt)}")


templates.add_command(new_template)


@templates.command(
    "test", epilog=examples("retrotui templates test", "retrotui templates test our-template.toml")
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.pass_context
def test_templates(ctx: click.Context, files: tuple[Path, ...]) -> int:
    """Check templates: their shape, and that no prompt blames anybody.

    Without a FILE it checks all that are in use. Prints each problem as FILE:LINE: KEY: MESSAGE and ends
    with 1 when there is one.
    """
    from retrotui.templates import load_templates, read_file

    problems: list[str] = []
    for path in files:
        problems.extend(read_file(path)[1])
    count = len(files)
    if not files:
        found = load_templates(_own("templates", ctx))
        problems.extend(found.problems)
        count = len([template for template in found.templates.values() if template])
    for problem in problems:
        out(one_line(problem))
    say(f"{count} {'template' if count == 1 else 'templates'} checked, {len(problems)} to mend.")
    return FOUND if problems else 0


def no_template(name: str, known: Collection[str], problems: Sequence[str] = ()) -> str:
    """A sentence about a template that is not there, with the nearest one, or why its file is of no use."""
    for problem in problems:
        file = Path(problem.partition(".toml")[0])
        if file.stem.casefold() == name.casefold():
            mend = f"mend {one_line(file.name)}.toml, as told above"
            return f"retrotui: the template {one_line(name)!r} cannot be used: {mend}."
    return f"retrotui: there is no template {one_line(name)!r}.{nearest(name, known)}"


def _rules() -> None:
    """The wording rules: those that come with retrotui, and your own.

    Your own are TOML files in the folder rules/ beside your settings, or in .retrotui/rules/ of the folder
    of your retros.
    """


rules = _family(_rules, "retrotui rules list", "retrotui rules test our-rules.toml",
                "retrotui check --explain counterfactual")  # fmt: skip


@rules.command("list", epilog=examples("retrotui rules list"))
@click.pass_context
def list_rules(ctx: click.Context) -> None:
    """List the rules by class, each with why it is there and how much it weighs in which section."""
    from retrotui.blameless import RuleError, load_rulebook

    try:
        book = load_rulebook(_own("rules", ctx))
    except RuleError as error:
        say(f"note: {visible(str(error))}")
        book = load_rulebook()
    shown = ""
    for rule in sorted(book.rules, key=lambda rule: (rule.blame_class.value, rule.id)):
        if rule.blame_class.value != shown:
            out(("\n" if shown else "") + rule.blame_class.value)
            shown = rule.blame_class.value
        levels = (
            ", ".join(f"{section.value} {level.value}" for section, level in rule.levels.items())
            or "silenced"
        )
        out(f"  {one_line(rule.id)}: {levels}")
        out(f"      {one_line(rule.why)}")


@rules.command("test", epilog=examples("retrotui rules test", "retrotui rules test our-rules.toml"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.pass_context
def test_rules(ctx: click.Context, files: tuple[Path, ...]) -> int:
    """Run the examples of rule files, and say which harmless notes they would newly flag.

    Without a FILE it tests the rules in use. Ends with 1 when an example does not come out as its file says
    or a harmless note is flagged, with 2 when a file cannot be used.
    """
    from retrotui.blameless import RuleError
    from retrotui.blameless.examples import test_rules as run_examples

    try:
        report = run_examples(files or _own("rules", ctx))
    except RuleError as error:
        raise Stop(visible(str(error)), MISUSE) from None
    for failure in report.failures:
        where = f"{failure.file}: {failure.rule}"
        out(one_line(f"{where}: {failure.text!r} ({failure.section.value}) {failure.problem}"))
    for flag in report.newly_flagged:
        note = f"{flag.text!r} ({flag.section.value})"
        out(one_line(f"{flag.rule}: newly flags {flag.words!r} in the harmless note {note}"))
    say(
        f"{report.rules} rules, {report.examples} examples: {len(report.failures)} not as told; "
        f"{len(report.newly_flagged)} of {report.harmless} harmless notes newly flagged."
    )
    return 0 if report.ok else FOUND


def _themes() -> None:
    """The colour themes: those that come with retrotui, and your own.

    Your own are TOML files in the folder themes/ beside your settings.
    """


themes = _family(_themes, "retrotui themes list")


@themes.command("list", epilog=examples("retrotui themes list"))
def list_themes() -> None:
    """List the themes; what is wrong with one of your own is said on stderr."""
    from retrotui.tui.theme_files import theme_summaries

    for theme in theme_summaries(settings_now().themes_dir):
        if theme.usable:
            ground = "dark" if theme.dark else "light"
            source = "" if theme.source == "shipped" else f" [{theme.source}]"
            out(f"{theme.name:<16} {ground:<6} {one_line(f'{theme.title}: {theme.description}{source}')}")
        warn(theme.problems)
