"""Cutting a note into words, the way notes are typed in a meeting.

Knows contractions with and without apostrophe, times, #kinds, @handles, code, URLs and quotations.
Leaves to `words` what a word is, and to `people` who is meant. Runs in time linear in the text.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?P<code>`[^`\n]*`)"
    r"|(?P<url>(?:https?://|www\.)\S+)"
    r"|(?P<time>(?<![\w:])[~≈]?\d{1,2}:(?:\d\d|\?\?)(?::\d\d)?(?:[aApP][mM]|[zZ])?(?![\w:])"
    r"|(?<![\w+])\+\d+ ?(?:min|m|h|s)\b)"
    r"|(?P<handle>(?<!\w)@\w(?:[\w.-]*\w)?)"
    r"|(?P<kind>(?<!\w)#\w[\w-]*)"
    r"|(?P<owner>(?<=[\w`])['’]s\b)"
    r"|(?P<word>\w+(?:['’.\-]\w+|_)*)"
    r"|(?P<mark>(?<!\S)/s\b|[.,;:!?…()\[\]{}—–\-+&/|>\"“”'‘’*]|[^\w\s])"
)
_BULLET = re.compile(r"\s*(?:[-*•]\s+|\[[ xX]\]\s+|\d+[.)]\s+)*")

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
_MERGING = _STAMPING | {"one", "noone", "no-one", "of", "check", "checks", "checked", "checking"}
_LINES = frozenset({"l1", "l2", "l3", "tier-1", "tier-2", "tier-3", "1st-line", "2nd-line", "3rd-line"})
_OPENING = {'"': '"', "“": "”", "‘": "’"}


def pieces(word: str) -> tuple[str, ...]:
    """Take a lower-case word apart: `didnt` → `did not`, `mei's` → `mei 's`, `should've` → `should have`."""
    plain = word.replace("’", "'")
    split = _SPLIT.get(plain) or _SPLIT.get(plain.replace("'", ""))
    if split and plain != "hell":
        return split
    if "'" in plain:
        if plain.endswith("n't've"):
            return (*pieces(plain[:-3]), "have")
        if plain.endswith("'s"):
            return (plain[:-2], "'s")
        for ending, whole in _ENDINGS.items():
            if plain.endswith(ending):
                return (*pieces(plain[: -len(ending)]), whole)
    return (plain,)


def tokenize(text: str) -> list[Token]:
    """Cut a note into tokens.

    Args:
        text: A note, or many lines; anything at all.

    Returns:
        Tokens in order. A contraction gives several tokens with the same place in the text.
    """
    tokens: list[Token] = []
    closing = ""
    opened_at = 0
    quoted_line_end = _quoted_line_end(text, 0)
    for match in _TOKEN.finditer(text, _BULLET.match(text).end() if text[:1] in " \t-*•[0123456789" else 0):  # type: ignore[union-attr]
        sort = match.lastgroup
        start, end = match.span()
        raw = match.group()
        if sort == "word":
            lower = raw.lower()
            if lower.isalpha() or lower in _LINES:
                pass
            elif lower[0].isdigit():
                tokens.append(Token(lower, start, end, NUMBER))
                continue
            elif "_" in lower or "." in lower.strip(".") or any(c.isdigit() for c in lower):
                tokens.append(Token(lower, start, end, MASK))
                continue
            capital = raw[0].isupper()
            split = pieces(lower)
            tokens.extend(Token(piece, start, end, WORD, False, capital) for piece in split)
            if lower in _MERGING and (len(tokens) > 1 or lower[0] == "n"):
                _merge(tokens, lower, end)
        elif sort == "mark":
            if closing:
                if raw == closing and not (raw == "'" and text[end : end + 1].isalnum()):
                    for token in tokens[opened_at:]:
                        token.quoted = True
                    closing = ""
            elif raw in _OPENING or (raw == "'" and text[end : end + 1].isalnum()):
                closing = _OPENING.get(raw, raw)
                opened_at = len(tokens)
            tokens.append(Token(raw, start, end, MARK))
        elif sort == "owner":
            tokens.append(Token("'s", start, end, WORD))
        elif sort == "handle":
            tokens.append(Token(raw.lower(), start, end, HANDLE))
        elif sort == "time":
            tokens.append(Token(raw.lower(), start, end, TIME))
        elif sort == "kind":
            tokens.append(Token(raw.lower(), start, end, KIND))
        else:
            tokens.append(Token(raw.lower(), start, end, MASK))
    if quoted_line_end:
        for token in tokens:
            token.quoted = True
    return tokens


def _merge(tokens: list[Token], lower: str, end: int) -> None:
    """Read "no one", "double check", "rubber stamp" and "should of" as what they mean."""
    before = tokens[-2] if len(tokens) > 1 else tokens[-1]
    if lower == "one" and before.text == "no":
        tokens[-2:] = [Token("nobody", before.start, end, WORD, False, before.capital)]
    elif lower in ("noone", "no-one"):
        tokens[-1].text = "nobody"
    elif lower == "of" and before.text in _OUGHT:
        tokens[-1].text = "have"
    elif (before.text == "double" and lower.startswith("check")) or (
        lower in _STAMPING and before.text == ("rubber" if lower.startswith("stamp") else "hand")
    ):
        tokens[-2:] = [Token(f"{before.text}-{lower}", before.start, end, WORD)]


def _quoted_line_end(text: str, start: int) -> bool:
    """A note that begins with `>` is somebody's words, brought in from elsewhere."""
    return text.lstrip()[start : start + 1] == ">"
