"""Answers from 1 to 5 as one line of dots: how many gave each, and the middle; never who."""

from collections.abc import Sequence

from textual.content import Content

from retrotui.notation.fingers import counts, middle, read_fingers

_MOST_DOTS = 8


def spread(values: Sequence[int]) -> Content:
    """`1 –   2 –   3 ● 1   4 ●● 2   5 ●●● 3   middle 4 of 6 answers`."""
    parts: list[Content] = []
    for step, count in enumerate(counts(values), start=1):
        more = "+" if count > _MOST_DOTS else ""
        dots = f"{'●' * min(count, _MOST_DOTS)}{more} {count}" if count else "–"
        parts.append(Content.assemble((f"{step} ", "bold"), (dots, "$vote-dot" if count else "$text-muted")))
    answers = f"{len(values)} answer{'' if len(values) == 1 else 's'}"
    parts.append(Content.styled(f"middle {middle(values)}, {answers}", "$text-muted"))
    return Content("   ").join(parts)


def spread_preview(text: str) -> Content | None:
    """What a typed line would become; what is wrong with it, when something is."""
    try:
        return spread(read_fingers(text))
    except ValueError as error:
        return Content.styled(str(error), "$text-muted")
