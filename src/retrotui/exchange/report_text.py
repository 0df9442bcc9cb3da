"""The write-up for Org mode, and as a message short enough for a chat channel."""

from collections.abc import Iterator, Sequence

from retrotui.archive.items import items_of
from retrotui.exchange.actions_out.base import Moment
from retrotui.exchange.actions_out.chat import quiet, write_slack
from retrotui.exchange.actions_out.org import entry, heading_words, verbatim
from retrotui.exchange.formats import ReportFormat
from retrotui.exchange.write_up import CardSection, WriteUp, write_up
from retrotui.retro import Retro

_MOST_FACTORS = 5


def as_org(retro: Retro) -> str:
    """Every section as a headline, the timeline as a table, actions with keyword and deadline."""
    return "".join(_org(write_up(retro)))


def _org(report: WriteUp) -> Iterator[str]:
    info = report.retro.info
    yield f"#+TITLE: {heading_words(info.title)}\n#+TODO: TODO | DONE CANCELLED\n#+PRIORITIES: A E C\n\n"
    for name, value in report.facts:
        yield f"- {name} :: {heading_words(value)}\n"
    for title, text in (("Summary", info.summary), ("Impact", info.impact)):
        if text.strip():
            yield f"\n* {title}\n{verbatim(text.strip())}"
    yield from _org_cards(report.opening_cards)
    if report.timeline:
        yield f"\n* Timeline ({info.timezone})\n"
        yield "| Day | Time | Kind | What happened |\n|-----+------+------+------|\n"
        for row in report.timeline:
            yield f"| {row.day} | {_cell(row.time)} | {row.kind} | {_cell(row.event.text)} |\n"
        yield "\n** Figures\n"
        for figure in report.figures:
            remark = f" ({figure.remark})" if figure.remark else ""
            yield f"- {figure.name}, {figure.meaning} :: {figure} = {figure.formula}{remark}\n"
    yield from _org_cards(report.card_sections)
    if report.factors:
        yield "\n* Contributing factors\n"
        for line in report.factors:
            notes = f" ({heading_words('; '.join(line.notes))})" if line.notes else ""
            yield f"{'  ' * line.depth}- {heading_words(line.factor.text)}{notes}\n"
    if report.questions:
        yield "\n* How can we\n"
        for block in report.questions:
            yield f"- {heading_words(block.question.text)}\n"
            yield from (f"  - {heading_words(answer.text)}\n" for answer, _ in block.answers)
    items = list(items_of(report.retro))
    if items:
        yield "\n* Action items\n"
        yield from (entry(item) for item in items)
    if report.retro.parked:
        yield "\n* Parked for later\n"
        yield from (f"- {heading_words(thought.text)}\n" for thought in report.retro.parked)
    yield from _org_cards(report.close_cards)


def _org_cards(sections: Sequence[CardSection]) -> Iterator[str]:
    for section in sections:
        yield f"\n* {heading_words(section.title)}\n"
        for group in section.groups:
            yield f"- {heading_words(group.lead.text)}\n"
            yield from (f"  - {heading_words(card.text)}\n" for card in group.others)


def _cell(text: str) -> str:
    return heading_words(text).replace("|", "\\vert{}")


def as_slack(retro: Retro, moment: Moment | None = None) -> str:
    """What a channel wants to know: what it was, what the figures are, what made it possible, what is done
    about it.

    Args:
        retro: what to write about.
        moment: when it is written; now when left out.
    """
    report = write_up(retro)
    info = report.retro.info
    lines = [f"*{quiet(info.title)}*"]
    if info.summary.strip():
        lines.append(quiet(info.summary))
    if info.impact.strip():
        lines.append(f"*Impact:* {quiet(info.impact)}")
    known = [f"{figure.meaning} {figure}" for figure in report.figures if figure.value is not None]
    if known:
        lines.append(f"*Figures (h:mm):* {', '.join(known)}")
    roots = [line.factor for line in report.causes if line.depth == 0]
    chosen = sorted(roots, key=lambda factor: -factor.votes)[:_MOST_FACTORS]
    if chosen:
        lines.append("*What made it possible:*")
        lines += [f"• {quiet(factor.text)}" for factor in chosen]
    items = [item for item in items_of(report.retro) if item.is_open]
    if items:
        _, actions = write_slack(items, moment or Moment.at()).split("\n", 1)
        lines += ["*What we do about it:*", actions.rstrip("\n")]
    return "\n".join(lines) + "\n"


ORG = ReportFormat("org", "an outline for Org mode", ".org", as_org)
SLACK = ReportFormat("slack", "a short message for a channel", ".txt", as_slack)
