"""`check --explain`: a rule, or every rule of a class, for people to read."""

from collections.abc import Sequence

from retrotui.blameless import BlameClass, RuleBook, load_rulebook
from retrotui.blameless.examples import explain
from retrotui.cli.root import nearest
from retrotui.cli.streams import MISUSE, Stop
from retrotui.safe_text import one_line


def explained(name: str, book: RuleBook | None) -> str:
    """What a rule looks for and why, with examples; for a class, its rules.

    Raises:
        Stop: There is no rule and no class of this name.
    """
    book = book or load_rulebook()
    known = [rule.id for rule in book.rules]
    of_class = [rule.id for rule in book.rules if rule.blame_class.value == name]
    if name in known:
        return _one(name, book)
    if of_class:
        listed = [f"{rule}\n    {one_line(book.rule(rule).why)}" for rule in of_class]
        return f"The class {name} has these rules:\n\n" + "\n".join(listed)
    everything = [*(kind.value for kind in BlameClass), *known]
    hint = nearest(name, everything)
    raise Stop(f"retrotui check: there is no rule {one_line(name)!r}.{hint}", MISUSE)


_MOST_SHOWN = 8


def _weights(points: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{one_line(form)} {value:+.1f}" for form, value in points)


def _one(name: str, book: RuleBook) -> str:
    rule = explain(name, book)
    levels = ", ".join(f"{section.value} {level.value}" for section, level in rule.levels.items())
    parts = [
        f"{rule.rule}  (class {rule.blame_class.value})",
        f"  Why:    {one_line(rule.why)}",
        *(f"  Ask:    {one_line(question)}" for question in rule.questions),
        f"  Levels: {levels}",
    ]
    for title, examples in (("Flagged", rule.hits), ("Not flagged", rule.misses)):
        if examples:
            parts.append(f"  {title}:")
            parts += [f"    {one_line(example)}" for example in examples]
    if rule.patterns:
        parts.append("  Looks for:")
        parts += [f"    {one_line(pattern)}" for pattern in rule.patterns]
    if rule.points:
        sums = ", ".join(f"{section.value} {value:.1f}" for section, value in rule.thresholds.items())
        parts += [
            f"  Weighs the whole note: {len(rule.points):,} words and pairs of neighbours have points.",
            f"  Points that make a finding: {sums}",
            f"  Most speak for:     {_weights(rule.points[:_MOST_SHOWN])}",
            f"  Most speak against: {_weights(rule.points[: -_MOST_SHOWN - 1 : -1])}",
        ]
    if rule.unless:
        parts.append("  Unless there is:")
        parts += [f"    {one_line(pattern)}" for pattern in rule.unless]
    parts.append(f"  From:   {one_line(str(rule.file))}")
    return "\n".join(parts)
