"""One view per kind of stage, loaded when the stage is shown."""

from retrotui.retro import StageKind
from retrotui.tui.stages.base import StageView


def view_for(kind: StageKind) -> type[StageView]:
    """The view that shows stages of a kind."""
    match kind:
        case StageKind.TIMELINE:
            from retrotui.tui.stages.timeline import TimelineView

            return TimelineView
        case StageKind.CARDS:
            from retrotui.tui.stages.cards import CardsView

            return CardsView
        case StageKind.FACTORS:
            from retrotui.tui.stages.factors import FactorsView

            return FactorsView
        case StageKind.HOW_CAN_WE:
            from retrotui.tui.stages.how_can_we import HowCanWeView

            return HowCanWeView
        case StageKind.OPENING:
            from retrotui.tui.stages.opening import OpeningView

            return OpeningView
        case StageKind.CLOSE:
            from retrotui.tui.stages.close import CloseView

            return CloseView
