"""Which keys may stand together, and a user's keymap made safe before anything is bound.

Pure data, as `keys` is.
"""

from collections.abc import Mapping

from retrotui.tui.keys import BY_ID, COMMANDS, NEVER, Place, keys_of

_STAGE_PLACES = (
    Place.TIMELINE,
    Place.CARDS,
    Place.FACTORS,
    Place.HOW_CAN_WE,
    Place.OPENING,
    Place.CLOSE,
)
_TOGETHER: Mapping[Place, tuple[Place, ...]] = {
    Place.EVERYWHERE: tuple(Place),
    Place.HOME: (Place.EVERYWHERE, Place.HOME),
    Place.LEDGER: (Place.EVERYWHERE, Place.LEDGER),
    Place.REPORT: (Place.EVERYWHERE, Place.REPORT),
    Place.MEETING: (Place.EVERYWHERE, Place.MEETING, Place.COMPOSER, Place.BOARD, *_STAGE_PLACES),
    Place.COMPOSER: (Place.EVERYWHERE, Place.MEETING, Place.COMPOSER),
    Place.BOARD: (Place.EVERYWHERE, Place.MEETING, Place.BOARD, *_STAGE_PLACES),
    **{place: (Place.EVERYWHERE, Place.MEETING, Place.BOARD, place) for place in _STAGE_PLACES},
}
"""Places whose keys are live at the same time, so that a key may stand for one command only."""


def clashes(keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Keys that two commands of the same place would share, as sentences."""
    found: list[str] = []
    for index, first in enumerate(COMMANDS):
        mine = set(keys_of(first, keymap))
        for second in COMMANDS[index + 1 :]:
            shared = mine & set(keys_of(second, keymap))
            if shared and second.place in _TOGETHER[first.place]:
                keys = ", ".join(sorted(shared))
                found.append(
                    f"{keys} would stand for both {first.id} ({first.label}) and {second.id} ({second.label})"
                )
    return tuple(found)


def check_keymap(keymap: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """A user's keymap, made safe: what can be used of it, and a sentence for each thing that cannot.

    Textual accepts unknown ids and nonsense keys, and lets one remapped key silently take another command's
    away; so everything is checked here first, and an entry that would do harm is left out whole.
    """
    good: dict[str, str] = {}
    problems: list[str] = []
    for command_id, keys in keymap.items():
        command = BY_ID.get(command_id)
        if command is None:
            from difflib import get_close_matches  # seldom needed

            near = get_close_matches(command_id, BY_ID, 1)
            hint = f"; did you mean {near[0]}?" if near else "; the table of keys in the docs has the names"
            problems.append(f"keymap: there is no command {command_id!r}{hint}")
            continue
        if command.numbered:
            problems.append(f"keymap: {command_id} is always on the digits")
            continue
        wrong = [key.strip() for key in keys.split(",") if not _is_key(key.strip())]
        if wrong:
            problems.append(f"keymap: {command_id}: {wrong[0]!r} is not a key; write f2, ctrl+k, x or space")
            continue
        taken = [key.strip() for key in keys.split(",") if key.strip() in NEVER]
        if taken:
            problems.append(f"keymap: {command_id}: {taken[0]} is left to the terminal; choose another key")
            continue
        new = clashes({**good, command_id: keys})
        if new:
            problems.append(f"keymap: {command_id}: {new[0]}; the entry is left out")
            continue
        good[command_id] = keys
    return good, tuple(problems)


_NAMED = frozenset(
    {
        "space",
        "enter",
        "escape",
        "tab",
        "backspace",
        "delete",
        "insert",
        "home",
        "end",
        "pageup",
        "pagedown",
        "up",
        "down",
        "left",
        "right",
        "plus",
        "minus",
        "slash",
        "backslash",
        "question_mark",
        "full_stop",
        "comma",
        "colon",
        "semicolon",
        "left_square_bracket",
        "right_square_bracket",
        "left_curly_bracket",
        "right_curly_bracket",
        "left_parenthesis",
        "right_parenthesis",
        "exclamation_mark",
        "at",
        "number_sign",
        "dollar_sign",
        "percent_sign",
        "circumflex_accent",
        "ampersand",
        "asterisk",
        "underscore",
        "equals_sign",
        "vertical_line",
        "tilde",
        "grave_accent",
        "apostrophe",
        "quotation_mark",
        "less_than_sign",
        "greater_than_sign",
    }
)


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    if any(modifier not in ("ctrl", "shift", "alt", "super") for modifier in modifiers):
        return False
    if last in _NAMED or (len(last) == 1 and last.isalnum()):
        return True
    return last[:1] == "f" and last[1:].isdigit() and 1 <= int(last[1:]) <= 24
