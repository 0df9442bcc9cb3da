"""How the registry of keys meets Textual: bindings for a node, and one way from a key to its method.

A command that cannot be done right now says why instead of doing nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

from retrotui.tui.alone import why_not as why_not_here
from retrotui.tui.keys import Command, Place, commands_for, key_words, keys_of

_PRINTABLE = frozenset(
    {"space", "plus", "minus", "slash", "question_mark", "left_square_bracket", "right_square_bracket"}
)


def is_printable(key: str) -> bool:
    """Whether a key types a character, and so belongs to the composer while one types."""
    return len(key) == 1 or key in _PRINTABLE


def bindings_for(places: Iterable[Place], keymap: Mapping[str, str]) -> Iterator[Binding]:
    """The bindings of some places, after the user's keymap."""
    for command in commands_for(places):
        for key in keys_of(command, keymap):
            action = f"run('{command.id}', '{key}')" if command.numbered else f"run('{command.id}')"
            yield Binding(
                key,
                action,
                command.label,
                show=bool(command.hint),
                key_display=key_words(key),
                priority=command.priority and not is_printable(key),
                tooltip=command.help or command.label,
                id=None,
            )


def bind(node: DOMNode, places: Iterable[Place], keymap: Mapping[str, str]) -> None:
    """Gives a widget or screen the keys of some places.

    The keymap is applied here rather than by `App.set_keymap`, which lets one remapped key drop another.
    """
    own = BindingsMap(list(bindings_for(places, keymap)))
    node._bindings = BindingsMap.merge([node._bindings, own])


class Commanded:
    """A node whose bindings lead to `run_command` of its screen."""

    def action_run(self, command_id: str, key: str = "") -> None:
        """Does a command, by its id in the registry."""
        screen: Any = self.screen if not hasattr(self, "run_command") else self  # type: ignore[attr-defined]
        screen.run_command(command_id, key)


def find_handler(command: Command, nodes: Iterable[Any]) -> Any:
    """The method that does a command, on the first of the nodes that has one."""
    for node in nodes:
        handler = getattr(node, command.method, None)
        if handler is not None:
            return handler
    return None


def reason_against(command: Command, nodes: Iterable[Any]) -> str:
    """Why a command cannot be done right now; empty when it can.

    The person may be alone, the retro may be there to be looked at only, or a node may have a reason.
    """
    nodes = tuple(nodes)
    alone = next((node.alone for node in nodes if hasattr(node, "alone")), False)
    if here := why_not_here(command.id, alone=alone):
        return here
    if not command.looks and (fixed := next((n.fixed for n in nodes if hasattr(n, "fixed")), "")):
        return str(fixed)
    for node in nodes:
        why_not = getattr(node, "why_not", None)
        if why_not is not None:
            reason: str = why_not(command.id)
            if reason:
                return reason
    return ""
