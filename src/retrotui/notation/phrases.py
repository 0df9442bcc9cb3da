"""Small phrase patterns over words, for guessing what a sentence is about.

A pattern is words with blanks between: `alert+/alarm+ ~3 fire!/go! off?`. In it

- `a/b` means either word; `word!` every form of a verb (fire, fires, fired, firing); `word+` singular or
  plural; `<name>` the words of a named class; a `?` at the end makes the whole element optional;
- `~3` skips up to three words of the same clause; `_` skips exactly one;
- `^` is the start of the text, `$` the end of a sentence.

Patterns are found through their first word, so that a text costs time by its words and not by the number
of patterns. Leaves which patterns mean what to `guessing`, `action_words` and `advice`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from retrotui.notation.lazy_pattern import lazy_pattern

_IRREGULAR = {
    "begin": "begins began begun beginning",
    "bring": "brings brought bringing",
    "break": "breaks broke broken breaking",
    "build": "builds built building",
    "catch": "catches caught catching",
    "choose": "chooses chose chosen choosing",
    "come": "comes came coming",
    "cut": "cuts cutting",
    "die": "dies died dying",
    "fall": "falls fell fallen falling",
    "feed": "feeds fed feeding",
    "fill": "fills filled filling",
    "find": "finds found finding",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "grow": "grows grew grown growing",
    "hang": "hangs hung hanging",
    "hit": "hits hitting",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "leave": "leaves left leaving",
    "make": "makes made making",
    "pay": "pays paid paying",
    "put": "puts putting",
    "read": "reads reading",
    "rebuild": "rebuilds rebuilt rebuilding",
    "rerun": "reruns reran rerunning",
    "reset": "resets resetting",
    "ring": "rings rang rung ringing",
    "rise": "rises rose risen rising",
    "run": "runs ran running",
    "say": "says said saying",
    "see": "sees saw seen seeing",
    "send": "sends sent sending",
    "set": "sets setting",
    "show": "shows showed shown showing",
    "shut": "shuts shutting",
    "spin": "spins spun spinning",
    "split": "splits splitting",
    "take": "takes took taken taking",
    "teach": "teaches taught teaching",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "understand": "understands understood understanding",
    "write": "writes wrote written writing",
}
_DOUBLES = lazy_pattern(r"[^aeiou]*[aeiou][bdgkmnpt]")
_WORD = lazy_pattern(r"[^\W_]+(?:['’][^\W_]+)?|[.;:!?]")
_STOPS = frozenset(".;:!?")
_LONG = 400


def verb_forms(base: str) -> frozenset[str]:
    """The base and the forms a person types: `stop` gives stop, stops, stopped, stopping."""
    if base in _IRREGULAR:
        return frozenset({base, *_IRREGULAR[base].split()})
    if base.endswith("e"):
        stem = base[:-1]
        return frozenset({base, base + "s", base + "d", stem + "ing"})
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return frozenset({base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"})
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = base + base[-1] if _DOUBLES.fullmatch(base) else base
    return frozenset({base, third, stem + "ed", stem + "ing"})


def word_set(words: str) -> frozenset[str]:
    """The words of a text that are divided by blanks."""
    return frozenset(words.split())


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    """Empty for a gap."""
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class _Pattern:
    value: int
    at_start: bool
    at_end: bool
    elements: tuple[_Element, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` of a text matched the pattern list of this number."""

    value: int
    start: int
    end: int


def words_of(text: str) -> list[str]:
    """The words of a text in lower case and its sentence marks, at most those of its first 400 characters."""
    return [word.replace("’", "'") for word in _WORD.findall(text[:_LONG].lower())]


@dataclass(slots=True)
class PhraseBook:
    """Numbered lists of patterns, looked up together."""

    classes: Mapping[str, str] = field(default_factory=dict)
    _by_first: dict[str, list[_Pattern]] = field(default_factory=dict)

    def add(self, value: int, patterns: Iterable[str]) -> None:
        """Add patterns under a number; lower numbers are usually asked first."""
        for pattern in patterns:
            built = self._build(value, pattern.split())
            first = 0
            while True:
                for word in built.elements[first].words:
                    self._by_first.setdefault(word, []).append(built)
                if built.elements[first].least:
                    break
                first += 1

    def matches(self, words: Sequence[str]) -> list[Match]:
        """Every match, by number and then by place."""
        found = []
        for start, word in enumerate(words):
            for pattern in self._by_first.get(word, ()):
                if pattern.at_start and start and words[start - 1] not in _STOPS:
                    continue
                end = _match(pattern, 0, words, start)
                if end is not None:
                    found.append(Match(pattern.value, start, end))
        found.sort(key=lambda match: (match.value, match.start))
        return found

    def _build(self, value: int, parts: list[str]) -> _Pattern:
        at_start, at_end = parts[0] == "^", parts[-1] == "$"
        inner = parts[at_start : len(parts) - at_end]
        return _Pattern(value, at_start, at_end, tuple(self._element(part) for part in inner))

    def _element(self, part: str) -> _Element:
        if part[0] == "~":
            return _Element(frozenset(), 0, int(part[1:]))
        if part == "_":
            return _Element(frozenset())
        least = 1
        if part[-1] == "?":
            part, least = part[:-1], 0
        words: set[str] = set()
        for word in part.split("/"):
            if word[0] == "<":
                for inner in self.classes[word[1:-1]].split():
                    words |= self._element(inner).words
            elif word[-1] == "!":
                words |= verb_forms(word[:-1])
            elif word[-1] == "+":
                words |= {word[:-1], _plural(word[:-1])}
            else:
                words.add(word)
        return _Element(frozenset(words), least)


def _match(pattern: _Pattern, index: int, words: Sequence[str], at: int) -> int | None:
    """Where the elements from `index` on end when they start at word `at`; None when they do not match."""
    if index == len(pattern.elements):
        ends = at == len(words) or words[at] in _STOPS
        return at if ends or not pattern.at_end else None
    element = pattern.elements[index]
    if element.words:
        if at < len(words) and words[at] in element.words:
            end = _match(pattern, index + 1, words, at + 1)
            if end is not None:
                return end
        return None if element.least else _match(pattern, index + 1, words, at)
    for skipped in range(element.most + 1):
        if skipped >= element.least:
            end = _match(pattern, index + 1, words, at + skipped)
            if end is not None:
                return end
        if at + skipped >= len(words) or words[at + skipped] in _STOPS:
            return None
    return None
