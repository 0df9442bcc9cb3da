"""Action items out, to where work is tracked: one module for each format, behind a registry that packages
can add to.
"""

from retrotui.exchange.actions_out.base import ActionFormat, Moment
from retrotui.exchange.actions_out.registry import GROUP, action_format, names
from retrotui.exchange.plugins import UnknownFormat

__all__ = ["GROUP", "ActionFormat", "Moment", "UnknownFormat", "action_format", "names"]
