"""Keys do what they say in the order in which they were typed, however quickly they come.

Textual hands a key to the widget that has the focus, and lets it find its way up from there, message by
message; the next key is on its way before the first has been heard. Letters typed right behind F8 (over a
slow line many keys come at once) would stand in the stage that was left, or be lost; those behind a cursor
key would stand where it came from. So a key that can change what the next one does is heard out before that
is looked at. Leaves what keys do to `keys`.
"""

import asyncio
from collections import deque
from typing import Any

from textual import events
from textual.app import App
from textual.widgets import Input

PATIENCE = 600
"""How often the others get their turn before a key is taken all the same: a second of theirs, however long a
busy machine makes it."""


class KeysInOrder(App[int]):
    """An app that hears one key out before it takes the next, where that matters."""

    _in_line: deque[events.Event] | None = None
    """What was typed behind a key that is being heard out; None while there is none."""

    async def on_event(self, event: events.Event) -> None:
        """Takes an event, or puts it in line."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            if self._in_line is not None:
                self._in_line.append(event)
                return
            if self._turns(event):
                self._in_line = deque([event])
                # kept, or the loop could lose it
                self._hearing = asyncio.create_task(self._hear_out(self._in_line))
                return
        await super().on_event(event)

    def _turns(self, event: events.Event) -> bool:
        """Whether it can change what the next key does: all do but the letters of a line that is typed."""
        return not (isinstance(event, events.Key) and event.is_printable and isinstance(self.focused, Input))

    async def _hear_out(self, line: deque[events.Event]) -> None:
        try:
            while line:
                event = line.popleft()
                turns = self._turns(event)
                if turns:
                    await self._settled()  # letters before it are still on their way
                await super().on_event(event)
                if turns:
                    await self._settled()
        except Exception as error:  # as Textual does for what goes wrong in a task of its own
            self._handle_exception(error)
        finally:
            self._in_line = None

    async def _settled(self) -> None:
        """Waits until everybody has heard everything that has been said so far."""
        for turn in range(PATIENCE):
            if not self._something_on_its_way():
                return
            await asyncio.sleep(0 if turn < 100 else 0.002)

    def _something_on_its_way(self) -> bool:
        if self._exit or not self._screen_stack:
            return False
        nodes: tuple[Any, ...] = (self, self.screen, *self.screen.walk_children())
        if any(node.message_queue_size for node in nodes):
            return True
        return any(worker.group in ("stage", "paste") and not worker.is_finished for worker in self.workers)
