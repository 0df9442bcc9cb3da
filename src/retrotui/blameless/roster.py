"""Who is in the room: names that count as people, and nothing guessed from capitals."""

from __future__ import annotations

from collections.abc import Iterable

from retrotui.blameless.tokens import HANDLE, WORD, Token, tokenize


class Roster:
    """Names of a retro, found in a note whatever their capitals.

    A full name is found by its first name alone and by the whole; a handle with or without `@`.

    Attributes:
        names: The names by their first word, the longest first.
        owners: First words as they are typed for "ana's" in haste: "anas".
        opens: All words with which one of these begins.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Make a roster.

        Args:
            names: Display names ("Ana", "Priya Nair") or handles ("@lk"). What holds no word is passed over.
        """
        self.names: dict[str, list[tuple[str, ...]]] = {}
        self.owners: set[str] = set()
        self.opens: set[str] = set()
        for name in names:
            words = [t.text for t in tokenize(name) if t.sort in (WORD, HANDLE)]
            if not words:
                continue
            self._add(tuple(words))
            if len(words) > 1 and len(words[0]) > 1:
                self._add((words[0],))
            if len(words) == 1:
                self._add((f"{words[0]}-san",))
            if len(words) == 1 and words[0].startswith("@") and len(words[0]) > 3:
                self._add((words[0][1:],))

    def _add(self, words: tuple[str, ...]) -> None:
        same_first = self.names.setdefault(words[0], [])
        self.owners.add(words[0] + "s")
        self.opens.update((words[0], words[0] + "s"))
        if words not in same_first:
            same_first.append(words)
            same_first.sort(key=len, reverse=True)

    def name_at(self, tokens: list[Token], at: int) -> int:
        """Count the tokens of the longest name that begins at a token; 0 for none."""
        for words in self.names.get(tokens[at].text, ()):
            if len(words) == 1 or tuple(t.text for t in tokens[at : at + len(words)]) == words:
                return len(words)
        return 0
