"""What people type, read as values: event lines, pastes, action lines, and advice on them.

Pure: today's date and the zone are passed in. Leaves blame in the words to `blameless`. The names below are
loaded when they are first used: no stage of a retro needs them all.
"""

from typing import TYPE_CHECKING

from retrotui.lazy_names import lazy_names

if TYPE_CHECKING:
    from retrotui.notation.action_line import ActionLine, FieldSpan, action_as_line, read_action_line
    from retrotui.notation.action_words import guess_action_kind
    from retrotui.notation.advice import action_advice, advice_for_all
    from retrotui.notation.event_format import event_as_line, format_event_time
    from retrotui.notation.event_line import EventLine, read_event_line
    from retrotui.notation.event_paste import read_event_paste
    from retrotui.notation.guessing import guess_kind
    from retrotui.notation.kinds import KIND_KEYS, describe_kind, follow_up
    from retrotui.notation.safeguards import SAFEGUARDS, Safeguard
    from retrotui.notation.times import TypedTime, read_event_time

_HOME = {
    "action_line": (
        "ActionLine",
        "FieldSpan",
        "action_as_line",
        "read_action_line",
    ),
    "action_words": ("guess_action_kind",),
    "advice": (
        "action_advice",
        "advice_for_all",
    ),
    "event_format": (
        "event_as_line",
        "format_event_time",
    ),
    "event_line": (
        "EventLine",
        "read_event_line",
    ),
    "event_paste": ("read_event_paste",),
    "guessing": ("guess_kind",),
    "kinds": (
        "KIND_KEYS",
        "describe_kind",
        "follow_up",
    ),
    "safeguards": (
        "SAFEGUARDS",
        "Safeguard",
    ),
    "times": (
        "TypedTime",
        "read_event_time",
    ),
}

__all__ = [
    "KIND_KEYS",
    "SAFEGUARDS",
    "ActionLine",
    "EventLine",
    "FieldSpan",
    "Safeguard",
    "TypedTime",
    "action_advice",
    "action_as_line",
    "advice_for_all",
    "describe_kind",
    "event_as_line",
    "follow_up",
    "format_event_time",
    "guess_action_kind",
    "guess_kind",
    "read_action_line",
    "read_event_line",
    "read_event_paste",
    "read_event_time",
]

__getattr__ = lazy_names(__name__, _HOME)
