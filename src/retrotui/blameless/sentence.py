"""What is known of one sentence: its words, its clause borders and the people in it. Only values."""

from __future__ import annotations

from retrotui.blameless.lexicon import Word
from retrotui.blameless.tokens import Token


class Chunk:
    """A noun phrase that means people.

    `end` is the token after it. A chunk that ends where it begins stands for the subject carried over
    from the clause before ("pushed to main *and* broke everything"); `source` is where it was named.
    """

    __slots__ = ("end", "keys", "source", "start")

    def __init__(self, keys: frozenset[str], start: int, end: int, source: int = -1) -> None:
        """Make a chunk."""
        self.keys = keys
        self.start = start
        self.end = end
        self.source = source


class Sentence:
    """One analysed sentence; all lists run parallel to `tokens`.

    Attributes:
        tokens: Its words and marks.
        words: What the lexicon knows of each.
        keys: What each word can be here.
        chunks: People noun phrases, each where it begins.
        begins: Whether a clause begins here.
        breaks: Whether a clause ends here.
        adverbs: Whether the word can be stepped over.
        near_head: Places at or shortly before a word for people or a team.
        first: The first word that is not a time, a mark or a filler.
        stops: Whether no gap of a pattern reaches past this word: a clause ends, or it is a "not".
        possible: For each word the patterns that may match there, as bits; filled by the check.
        anywhere: All of these together.
        excuses: The generalities and praise that count in its section, as bits.
        excusing: Where something that excuses may match, and what, as bits; None while nobody asked.
        excepted: For rules that matched, whether one of their exceptions is somewhere in it.
        pardoned: Where the last talk about blame itself ends, or -1; None while nobody asked.
        general: The same for what tells what may happen to anybody, or praises.
    """

    __slots__ = (
        "_all_keys",
        "adverbs",
        "anywhere",
        "begins",
        "breaks",
        "chunks",
        "excepted",
        "excuses",
        "excusing",
        "first",
        "general",
        "keys",
        "near_head",
        "pardoned",
        "possible",
        "stops",
        "tokens",
        "words",
    )

    def __init__(self, tokens: list[Token]) -> None:
        """Make a sentence that `_analyse` goes on to fill."""
        self.tokens = tokens
        self.words: list[Word] = []
        self.keys: list[frozenset[str]] = []
        self.chunks: list[Chunk | None] = [None] * len(tokens)
        self.begins: list[bool] = []
        self.breaks: list[bool] = []
        self.adverbs: list[bool] = []
        self.near_head: set[int] = set()
        self.first = 0
        self.stops: list[bool] = []
        self.possible: list[int] = []
        self.anywhere = 0
        self.excuses = 0
        self.excusing: list[tuple[int, int]] | None = None
        self._all_keys: frozenset[str] | None = None
        self.excepted: dict[str, bool] = {}
        self.pardoned: int | None = None
        self.general: int | None = None

    def ends(self, at: int) -> bool:
        """Tell whether a clause, or the sentence, ends before a place."""
        return at >= len(self.tokens) or self.breaks[at]

    @property
    def all_keys(self) -> frozenset[str]:
        """Every key that is somewhere in it, worked out once; rewrites ask for it, the check does not."""
        if self._all_keys is None:
            self._all_keys = frozenset().union(*self.keys, *(c.keys for c in self.chunks if c is not None))
        return self._all_keys
