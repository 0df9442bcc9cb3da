"""Cutting a note into words, the way notes are typed in a meeting.

Knows contractions with and without apostrophe, times, #kinds, @handles, code, URLs and quotations.
Leaves to `lexicon` what a word is, and to `people` who is meant. Runs in time linear in the text.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    # first what most of a note is: letters, and nothing behind them that could belong to the word
    r"\s*+(?:([A-Za-z]++(?!['’.\-]?\w|:|\.\S))"
    r"|(`[^`\n]*`|(?:https?://|www\.)\S+)"
    r"|((?<![\w:])[~≈]?\d{1,2}:(?:\d\d|\?\?)(?::\d\d)?(?:[aApP][mM]|[zZ])?(?![\w:])"
    r"|(?<![\w+])\+\d+ ?(?:min|m|h|s)\b)"
    r"|((?<!\w)@\w(?:[\w.-]*\w)?)"
    r"|((?<!\w)#\w[\w-]*)"
    r"|((?<=[\w`])['’]s\b)"
    r"|(\w+(?:['’.\-]\w+|_)*)"
    r"|((?<!\S)/s\b|[^\w\s]))"
)
_PLAIN, _SET_ASIDE, _TIME, _HANDLE, _KIND, _OWNER, _WORD, _MARK = range(1, 9)
"""What each group of the expression finds, in its order; set aside are code and links."""

_BULLET = r"\s*(?:[-*•]\s+|\[[ xX]\]\s+|\d+[.)]\s+)*"

WORD, TIME, HANDLE, KIND, MASK, MARK, NUMBER = range(7)
"""Sorts of token. `MASK` is code or a URL: it is a thing, and never looked into."""


class Token:
    """One word or mark.

    Attributes:
        text: Lower-case spelling after contractions were taken apart.
        start: First character in the note.
        end: Just past the last character in the note.
        sort: One of the sorts above.
        quoted: Inside a quotation.
        capital: Typed with a capital first letter.
    """

    # written out by hand, here and in the other small classes: making dataclasses costs start-up time
    __slots__ = ("capital", "end", "quoted", "sort", "start", "text")

    def __init__(
        self, text: str, start: int, end: int, sort: int, quoted: bool = False, capital: bool = False
    ) -> None:
        """Make a token."""
        self.text = text
        self.start = start
        self.end = end
        self.sort = sort
        self.quoted = quoted
        self.capital = capital


_NEGATED = {
    f"{verb}nt": (whole, "not")
    for verb, whole in {
        "did": "did", "does": "does", "do": "do", "was": "was", "were": "were", "is": "is", "are": "are",
        "has": "has", "have": "have", "had": "had", "would": "would", "could": "could", "should": "should",
        "ca": "can", "wo": "will", "ai": "is", "must": "must", "need": "need",
    }.items()
}  # fmt: skip
_SPLIT: dict[str, tuple[str, ...]] = {
    **_NEGATED,
    "cannot": ("can", "not"),
    "shoulda": ("should", "have"),
    "coulda": ("could", "have"),
    "woulda": ("would", "have"),
    "musta": ("must", "have"),
    "shouldof": ("should", "have"),
    "couldof": ("could", "have"),
    "wouldof": ("would", "have"),
    "shouldntve": ("should", "not", "have"),
    "couldntve": ("could", "not", "have"),
    "wouldntve": ("would", "not", "have"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "youre": ("you", "are"),
    "youd": ("you", "'d"),
    "theyd": ("they", "'d"),
    "theyre": ("they", "are"),
    "theyve": ("they", "have"),
    "weve": ("we", "have"),
    "youve": ("you", "have"),
    "whos": ("who", "'s"),
    "whats": ("what", "'s"),
    "thats": ("that", "'s"),
    "hes": ("he", "'s"),
    "shes": ("she", "'s"),
    "lets": ("let", "us"),
    "thru": ("through",),
    "whyd": ("why", "did"),
    "oughtve": ("ought", "to", "have"),
    "whys": ("why", "'s"),
    "irresponsable": ("irresponsible",),
    "belive": ("believe",),
    "recieved": ("received",),
    "recieve": ("receive",),
    "posessed": ("possessed",),
    "possesed": ("possessed",),
    "howcome": ("how", "come"),
    "ppl": ("people",),
    "nevr": ("never",),
    "nvr": ("never",),
    "frm": ("from",),
    "b4": ("before",),
    "u": ("you",),
    "yall": ("you",),
    "w": ("with",),
    "nxt": ("next",),
    "mtg": ("meeting",),
    "shld": ("should",),
    "cld": ("could",),
    "wld": ("would",),
    "cud": ("could",),
    "cudve": ("could", "have"),
    "shudve": ("should", "have"),
    "shud": ("should",),
    "hav": ("have",),
    "hv": ("have",),
    "bc": ("because",),
    "gotta": ("got", "to"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "shouldve": ("should", "have"),
    "couldve": ("could", "have"),
    "wouldve": ("would", "have"),
    "mustve": ("must", "have"),
    "mightve": ("might", "have"),
}
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'m": "am"}
_OUGHT = frozenset({"should", "could", "would", "must", "might", "ought", "not", "never"})
_STAMPING = frozenset({"stamp", "stamps", "stamped", "stamping", "edit", "edits", "edited", "editing"})
_AFTER_ITS = frozenset(
    {"a", "an", "the", "not", "always", "never", "so", "too", "just", "all", "on", "down", "because", "been"}
    | {"like", "obvious", "clear", "obviously", "clearly", "no", "only", "still", "easy", "hard"}
)
"""What "its" is "it's" before."""
_BEFORE_ON_CALL = frozenset({"the", "our", "an", "their", "your", "current", "previous", "night", "weekend"})
"""What "on call" is somebody behind, and not a state."""
_COMPOUNDS = {
    "master": ("scrum",),
    "owner": ("product",),
    "owners": ("product",),
    "success": ("customer",),
    "care": ("customer",),
    "hands": ("remote", "smart"),
    "desk": ("service",),
    "ops": ("live",),
    "office": ("back", "front", "box"),
    "pick": ("cherry",),
    "picks": ("cherry",),
    "picked": ("cherry",),
    "picking": ("cherry",),
}
"""Words that are one with the word before: "scrum master", "product owner", "cherry picked"."""
_MERGING = (
    _STAMPING
    | _AFTER_ITS
    | set(_COMPOUNDS)
    | {"one", "noone", "no-one", "of", "o", "out", "call", "check", "checks", "checked", "checking"}
)
_LINES = frozenset({"l1", "l2", "l3", "tier-1", "tier-2", "tier-3", "1st-line", "2nd-line", "3rd-line"}) | {
    "id-10-t",
    "id10t",
    "layer8",
    "layer-8",
}
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_DRAWN_WORDS = frozenset(
    {
        "so",
        "very",
        "nice",
        "fine",
        "sure",
        "wow",
        "yes",
        "yeah",
        "no",
        "thanks",
        "love",
        "right",
        "great",
        "super",
        "wonderful",
        "lovely",
        "perfect",
        "brilliant",
        "helpful",
        "amazing",
        "fantastic",
        "always",
        "again",
        "ever",
        "never",
        "please",
        "oh",
        "ah",
        "of",
        "course",
        "long",
        "late",
        "hours",
        "days",
        "really",
        "well",
        "all",
        "too",
    }
)
"""What may be meant when letters are drawn out ("soooo", "reeeally")."""
_DRAWN_DOUBLES = {"realy": "really", "wel": "well", "god": "good", "col": "cool", "to": "too", "al": "all"}
"""Those that have a double letter of their own."""
DRAWN = "drawn-out"
"""Stands before a word that was typed with letters drawn out: a tone of voice."""
_OPENING = {'"': '"', "“": "”", "‘": "’"}


def pieces(word: str) -> tuple[str, ...]:
    """Take a lower-case word apart: `didnt` → `did not`, `mei's` → `mei 's`, `should've` → `should have`."""
    plain = word.replace("’", "'")
    split = _SPLIT.get(plain) or _SPLIT.get(plain.replace("'", ""))
    if split and plain != "hell":
        return split
    if plain == "soo" or _DRAWN_OUT.search(plain):
        short = _DRAWN_OUT.sub(r"\1", plain) if plain != "soo" else "so"
        if short in _DRAWN_WORDS or short in _DRAWN_DOUBLES:
            return (DRAWN, _DRAWN_DOUBLES.get(short, short))
    if "'" in plain:
        if plain.endswith("n't've"):
            return (*pieces(plain[:-3]), "have")
        if plain.endswith("'s"):
            return (plain[:-2], "'s")
        for ending, whole in _ENDINGS.items():
            if plain.endswith(ending):
                return (*pieces(plain[: -len(ending)]), whole)
    return (plain,)


_SORTS = {_SET_ASIDE: MASK, _TIME: TIME, _HANDLE: HANDLE, _KIND: KIND}
_WORDS = frozenset({_PLAIN, _WORD})
_MAY_BE_BULLET = " \t-*•[0123456789"

_Reading = tuple[int, str, tuple[str, ...], bool, str]
"""What a word is wherever it stands: sort, first piece, others, whether capital, itself if it may merge."""

_readings: dict[str, _Reading] = {}


def _read(raw: str) -> _Reading:
    """Look at a word for the first time."""
    lower = raw.lower()
    sort = WORD
    if not (lower.isalpha() or lower in _LINES):
        if lower[0].isdigit():
            sort = NUMBER
        elif "_" in lower or "." in lower.strip(".") or any(c.isdigit() for c in lower):
            sort = MASK
    reading: _Reading = (sort, lower, (), False, "")
    if sort == WORD:
        first, *others = pieces(lower)
        reading = (WORD, first, tuple(others), raw[0].isupper(), lower if lower in _MERGING else "")
    if len(_readings) > _MOST_REMEMBERED:
        _readings.clear()
    if len(raw) < _LONG:
        _readings[raw] = reading
    return reading


_MOST_REMEMBERED = 10_000
_LONG = 40


def tokenize(text: str, *, unfinished: bool = False) -> list[Token]:
    """Cut a note into tokens.

    Args:
        text: A note, or many lines; anything at all.
        unfinished: It is still being typed, so that a quotation may be closed later.

    Returns:
        Tokens in order. A contraction gives several tokens with the same place in the text.
    """
    tokens: list[Token] = []
    closing = ""
    opened_at = 0
    quoted_line_end = _quoted_line_end(text, 0)
    begin = re.match(_BULLET, text).end() if text[:1] in _MAY_BE_BULLET else 0  # type: ignore[union-attr]
    # without the blanks at the end, for which the expression would look again and again
    for match in _TOKEN.finditer(text.rstrip(), begin):
        group = match.lastindex or 0
        start, end = match.span(group)
        raw = match[group]
        if group in _WORDS:
            sort, first, others, capital, merging = _readings.get(raw) or _read(raw)
            tokens.append(Token(first, start, end, sort, False, capital))
            if others:
                tokens += [Token(piece, start, end, sort, False, capital) for piece in others]
            if merging and (len(tokens) > 1 or merging[0] == "n"):
                _merge(tokens, merging, end)
        elif group == _MARK:
            if closing:
                if raw == closing and not (raw == "'" and text[end : end + 1].isalnum()):
                    for token in tokens[opened_at:]:
                        token.quoted = True
                    closing = ""
            elif raw in _OPENING or (raw == "'" and text[end : end + 1].isalnum()):
                closing = _OPENING.get(raw, raw)
                opened_at = len(tokens)
            tokens.append(Token(raw, start, end, MARK, False, False))
        elif group == _OWNER:
            tokens.append(Token("'s", start, end, WORD, False, False))
        else:
            tokens.append(Token(raw.lower(), start, end, _SORTS[group], False, False))
    if quoted_line_end or (unfinished and closing):
        for token in tokens[0 if quoted_line_end else opened_at :]:
            token.quoted = True
    return tokens


def _merge(tokens: list[Token], lower: str, end: int) -> None:
    """Read "no one", "double check", "the on call" and "should of" as what they mean."""
    before = tokens[-2] if len(tokens) > 1 else tokens[-1]
    if lower == "one" and before.text == "no":
        tokens[-2:] = [Token("nobody", before.start, end, WORD, False, before.capital)]
    elif lower in ("noone", "no-one"):
        tokens[-1].text = "nobody"
    elif lower in _AFTER_ITS:
        if before.text == "its":
            start, stop = before.start, before.end
            tokens[-2:-1] = [
                Token("it", start, stop, WORD, False, before.capital),
                Token("'s", start, stop, WORD),
            ]
    elif lower == "call":
        if before.text == "on" and (len(tokens) < 3 or tokens[-3].text in _BEFORE_ON_CALL):
            tokens[-2:] = [Token("on-call", before.start, end, WORD, False, before.capital)]
    elif lower == "of" and before.text in _OUGHT:
        tokens[-1].text = "have"
    elif lower in _COMPOUNDS and before.text in _COMPOUNDS[lower]:
        tokens[-2:] = [Token(f"{before.text}-{lower}", before.start, end, WORD, False, before.capital)]
    elif lower in ("o", "out") and before.text == "/" and len(tokens) > 2 and tokens[-3].text == "with":
        tokens[-3:] = [Token("without", tokens[-3].start, end, WORD, False, False)]
    elif (before.text in ("double", "triple") and lower.startswith("check")) or (
        lower in _STAMPING and before.text == ("rubber" if lower.startswith("stamp") else "hand")
    ):
        tokens[-2:] = [Token(f"{before.text}-{lower}", before.start, end, WORD)]


def _quoted_line_end(text: str, start: int) -> bool:
    """A note that begins with `>` is somebody's words, brought in from elsewhere."""
    return text.lstrip()[start : start + 1] == ">"
