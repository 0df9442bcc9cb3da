"""Seeing a note as sentences: what each word can be, and where clauses begin and end.

Leaves to `people` who is meant, and to `patterns` what is blame.
"""

from __future__ import annotations

from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.people import find_people
from retrotui.blameless.roster import Roster
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import HANDLE, KIND, MARK, MASK, NUMBER, TIME, WORD, Token

_ENDS = frozenset(".?!;\n…")


_BREAKS = frozenset(",;:.?!…()[]—–|>")


_ADVERB_PAIRS = frozenset(
    {
        ("at", "least"),
        ("of", "course"),
        ("for", "once"),
        ("in", "fact"),
        ("as", "usual"),
        ("yet", "again"),
        ("once", "again"),
        ("single", "handedly"),
    }
)


_NOT_MANNER = frozenset(
    [
        "reply",
        "apply",
        "supply",
        "family",
        "rely",
        "multiply",
        "assembly",
        "anomaly",
        "monthly",
        "yearly",
        "friendly",
        "early",
        "daily",
        "weekly",
        "hourly",
        "nightly",
        "obviously",
        "clearly",
        "imply",
        "comply",
        "ally",
        "italy",
        "july",
        "likely",
        "unlikely",
        "untimely",
        "costly",
        "lonely",
        "monopoly",
        "poly",
        "unsurprisingly",
        "predictably",
        "poorly",
        "badly",
    ]
)


def _is_manner(word: str) -> bool:
    """Tell whether a word is an adverb by its ending, one that can be stepped over."""
    return len(word) > 4 and word.endswith("ly") and word not in _NOT_MANNER


LONGEST = 90
"""Tokens after which a sentence without an end is cut at the next joining word, so that time stays linear."""


def sentences(tokens: list[Token], lexicon: Lexicon, roster: Roster) -> list[Sentence]:
    """Analyse a cut-up note, sentence by sentence."""
    found: list[Sentence] = []
    begin = 0
    total = len(tokens)
    conjunction = lexicon.slots["conjunction"]
    for index, token in enumerate(tokens):
        if token.sort == MARK and token.text in _ENDS:
            stop = index + 1
            if stop < total and tokens[stop].sort == MARK and tokens[stop].text in _ENDS:
                continue
            if token.text == "." and stop < total and tokens[stop].start == token.end:
                continue
            found.append(_analyse(tokens[begin:stop], lexicon, roster))
            begin = stop
        elif index - begin >= LONGEST and (
            token.text in conjunction or token.text == "," or index - begin > 2 * LONGEST
        ):
            found.append(_analyse(tokens[begin:index], lexicon, roster))
            begin = index
    if begin < total:
        found.append(_analyse(tokens[begin:], lexicon, roster))
    return found


def _analyse(tokens: list[Token], lexicon: Lexicon, roster: Roster) -> Sentence:
    """Find word keys, clause borders and people in one sentence."""
    for token in tokens:
        if token.sort == WORD and len(token.text) > 4 and not roster.begins(token.text):
            token.text = lexicon.mended(token.text)
    keys = [lexicon.keys(t.text) if t.sort == WORD else _sort_keys(t) for t in tokens]
    _read_as_verbs(tokens, keys, lexicon)
    sentence = Sentence(tokens, keys)
    conjunction, filler, adverb = (lexicon.slots[s] for s in ("conjunction", "filler", "adverb"))
    opening = True
    for index, token in enumerate(tokens):
        word = token.text
        before = tokens[index - 1].text if index else ""
        is_break = (
            token.text in _BREAKS
            or (token.text == "-" and token.end - token.start == 1 and not _is_option(tokens, index))
            if token.sort == MARK
            else token.sort == WORD
            and word in conjunction
            and not (word == "so" and before in lexicon.slots["be"])
        )
        sentence.breaks.append(is_break)
        sentence.begins.append(opening)
        pair = (before, word) in _ADVERB_PAIRS
        if pair:
            sentence.adverbs[-1] = True
        sentence.adverbs.append(pair or (token.sort == WORD and (word in adverb or _is_manner(word))))
        if is_break:
            opening = True
        elif opening and not (
            token.sort in (TIME, KIND) or word in filler or sentence.adverbs[-1] or token.sort == MARK
        ):
            opening = False
    sentence.first = next(
        (i for i, t in enumerate(tokens) if not (t.sort in (TIME, KIND, MARK) or t.text in filler)), 0
    )
    find_people(sentence, lexicon, roster)
    seen = sentence.all_keys
    for key_set in keys:
        seen |= key_set
    for chunk in sentence.chunks:
        if chunk:
            seen |= chunk.keys
    return sentence


def _is_option(tokens: list[Token], at: int) -> bool:
    """Tell whether a dash belongs to the word behind it, as in "rm -rf", and parts nothing."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at - 1].end < tokens[at].start
        and tokens[at].end == tokens[at + 1].start
    )


_BARE_VERB = frozenset({"+base", "+verb"})


def _read_as_verbs(tokens: list[Token], keys: list[frozenset[str]], lexicon: Lexicon) -> None:
    """Take an unknown word right after "did not", a modal or "to" for a verb."""
    slots = lexicon.slots
    expecting = False
    for index, token in enumerate(tokens):
        word = token.text
        if token.sort != WORD:
            expecting = False
        elif word == "to" or word in slots["modal"] or word in ("did", "does"):
            expecting = True
        elif expecting and word not in slots["not"] and word not in slots["adverb"]:
            if len(keys[index]) == 1 and len(word) > 2 and not any(word in slots[s] for s in _FUNCTION_SLOTS):
                keys[index] |= _BARE_VERB
            expecting = False


_FUNCTION_SLOTS = (
    "determiner",
    "preposition",
    "conjunction",
    "be",
    "have",
    "do",
    "pronoun",
    "anyone",
    "thing",
)


_SORT_KEYS = {
    TIME: frozenset({"+time"}),
    KIND: frozenset({"+kind"}),
    MASK: frozenset({"+code", "+noun"}),
    NUMBER: frozenset({"+number"}),
}


def _sort_keys(token: Token) -> frozenset[str]:
    if token.sort in (MARK, HANDLE):
        return frozenset({token.text})
    return _SORT_KEYS[token.sort]
