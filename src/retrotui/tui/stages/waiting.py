"""What earlier stages collected and the present one has not taken up yet: cards, causes, parked thoughts.

Leaves taking them up to the stages.
"""

from collections.abc import Iterator

from retrotui.retro import Card, Factor, Parked, Retro, StageKind
from retrotui.retro.factors import tree
from retrotui.tui.widgets.entry_list import Item
from retrotui.tui.widgets.visible import shown

MOST_CARDS = 8
"""Cards that are offered; nobody takes up more in one meeting."""


def leading_cards(retro: Retro, stage_id: str) -> tuple[Card, ...]:
    """The cards of the stage of cards before this one that stand alone, most hands first.

    None where a timeline comes before: causes are looked for in what happened, and cards tell what went well.
    """
    before = []
    for stage in retro.agenda.stages:
        if stage.id == stage_id:
            break
        before.append(stage)
    kinds = {stage.kind for stage in before}
    if StageKind.TIMELINE in kinds:
        return ()
    source = next((stage.id for stage in reversed(before) if stage.kind is StageKind.CARDS), "")
    cards = [card for card in retro.cards_of(source) if not card.private] if source else []
    hands: dict[str, int] = {}
    for card in cards:
        hands[card.group or card.id] = hands.get(card.group or card.id, 0) + card.votes
    leads = [card for card in cards if not card.group]
    if any(hands.values()):
        leads = [card for card in leads if hands[card.id]]
    return tuple(sorted(leads, key=lambda card: -hands[card.id])[:MOST_CARDS])


def without_twins(cards: tuple[Card, ...], texts: Iterator[str]) -> tuple[Card, ...]:
    """The cards that were not taken up word for word."""
    taken = {text.casefold().rstrip("?. ") for text in texts}
    return tuple(card for card in cards if card.text.casefold().rstrip("?. ") not in taken)


def not_asked_yet(retro: Retro, stage_id: str, *, alone: bool, ways: bool = True) -> Iterator[Item]:
    """Causes without a question, cards where no stage looks for causes, parked thoughts.

    Args:
        retro: The retro.
        stage_id: The stage that asks.
        alone: Whether one person reflects alone.
        ways: Whether the headings say which key takes one up.
    """
    asks = " · a asks" if ways else ""
    asked = {factor_id for question in retro.questions for factor_id in question.factors}
    factors: list[Factor] = [factor for _, factor in tree(retro.factors) if factor.id not in asked]
    factors.sort(key=lambda factor: -factor.votes)
    if factors:
        yield Item("", f"{'Conditions' if alone else 'Causes'} not asked about yet{asks}")
        yield from (Item(factor.id, shown(factor.text), data=factor) for factor in factors)
    if all(stage.kind is not StageKind.FACTORS for stage in retro.agenda.stages):
        cards = leading_cards(retro, stage_id)
        if cards:
            yield Item("", f"Cards to ask about, most hands first{asks}")
            yield from (Item(card.id, shown(card.text), data=card) for card in cards)
    if retro.parked:
        back = " · a takes one up" if alone else " · a brings one back as a question"
        yield Item("", f"{'Set aside' if alone else 'Parked'}{back if ways else ''}")
        yield from (_parked(thought) for thought in retro.parked)


def _parked(thought: Parked) -> Item:
    return Item(thought.id, shown(thought.text), data=thought)
