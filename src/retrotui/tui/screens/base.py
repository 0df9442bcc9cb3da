"""A screen whose keys come from the registry: it finds the method for a command, or says why not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.screen import Screen

from retrotui.retro import ChangeRefused
from retrotui.tui.alone import hint_of, offered
from retrotui.tui.commanding import Commanded, bind, find_handler, reason_against
from retrotui.tui.keys import BY_ID, Command, Place, commands_for, key_words, keys_of
from retrotui.tui.near_parts import NearCompositor

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp


class CommandScreen(Commanded, Screen[None]):
    """A screen with commands."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.EVERYWHERE,)
    TITLE_IN_HELP: ClassVar[str] = ""

    def __init__(self, keymap: dict[str, str]) -> None:
        super().__init__()
        self._compositor = NearCompositor()
        self.keymap = keymap
        bind(self, self.PLACES, keymap)

    @property
    def retro_app(self) -> "RetroApp":
        """The app, which opens and leaves retros."""
        return cast("RetroApp", self.app)

    def command_nodes(self) -> Iterable[Any]:
        """Who may do a command, nearest first."""
        return (self, self.app)

    def live_places(self) -> tuple[Place, ...]:
        """The places whose keys work now, for the help and the palette."""
        return self.PLACES

    def run_command(self, command_id: str, key: str = "") -> None:
        """Does a command, or says why it cannot be done now."""
        command = BY_ID[command_id]
        nodes = tuple(self.command_nodes())
        reason = reason_against(command, nodes)
        handler = find_handler(command, nodes)
        if reason or handler is None:
            self.say(reason or f"{command.label}: not in this place.")
            return
        try:
            if command.numbered:
                handler(key)
            else:
                handler()
        except ChangeRefused as refused:
            said = str(refused)
            self.say(f"{said[:1].upper()}{said[1:]}.")

    @property
    def alone(self) -> bool:
        """Whether this is about one person alone, who is spoken to as one."""
        return False

    def say(self, text: str) -> None:
        """Shows a sentence."""
        self.notify(text, markup=False)

    def usable_commands(self) -> tuple[tuple[Command, str], ...]:
        """The commands of this place, each with why it cannot be used (empty when it can)."""
        nodes = tuple(self.command_nodes())
        return tuple(
            (command, reason_against(command, nodes))
            for place in self.live_places()
            for command in commands_for((place,))
            if find_handler(command, nodes) is not None and offered(command.id, alone=self.alone)
        )

    def key_hints(self) -> list[tuple[str, str, bool]]:
        """Keys for the bar: key, words, whether usable."""
        hints = [
            ("0-9" if command.numbered else key_words(keys[0]), hint, not reason)
            for command, reason in self.usable_commands()
            if (hint := hint_of(command.id, command.hint, alone=self.alone))
            and (keys := keys_of(command, self.keymap))
        ]
        return sorted(hints, key=lambda hint: not hint[2])
