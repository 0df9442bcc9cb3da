"""Seeing a note as sentences: what each word can be, and where clauses begin and end.

Leaves to `people` who is meant, and to `patterns` what is blame.
"""

from __future__ import annotations

from retrotui.blameless.lexicon import CLAUSE_MARKS, Lexicon, Word
from retrotui.blameless.people import find_people
from retrotui.blameless.roster import Roster
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import HANDLE, KIND, MARK, MASK, NUMBER, TIME, WORD, Token

_ENDS = frozenset(".?!;\n…")


LONGEST = 90
"""Tokens after which a sentence without an end is cut at the next joining word, so that time stays linear."""


def sentences(tokens: list[Token], lexicon: Lexicon, roster: Roster) -> list[Sentence]:
    """Analyse a cut-up note, sentence by sentence."""
    found: list[Sentence] = []
    begin = 0
    total = len(tokens)
    cut = LONGEST
    for index, token in enumerate(tokens):
        if token.sort == MARK and token.text in _ENDS:
            stop = index + 1
            if stop < total and tokens[stop].sort == MARK and tokens[stop].text in _ENDS:
                continue
            if token.text == "." and stop < total and tokens[stop].start == token.end:
                continue
            found.append(_analyse(tokens[begin:stop], lexicon, roster))
            begin = stop
            cut = begin + LONGEST
        elif index >= cut and (
            token.text == "," or index > cut + LONGEST or token.text in lexicon.slots["conjunction"]
        ):
            found.append(_analyse(tokens[begin:index], lexicon, roster))
            begin = index
            cut = begin + LONGEST
    if begin < total:
        found.append(_analyse(tokens[begin:], lexicon, roster))
    return found


def _analyse(tokens: list[Token], lexicon: Lexicon, roster: Roster) -> Sentence:
    """Find word keys, clause borders and people in one sentence."""
    sentence = Sentence(tokens)
    words, all_keys, adverbs = sentence.words, sentence.keys, sentence.adverbs
    breaks, begins, stops = sentence.breaks, sentence.begins, sentence.stops
    names, known = roster.names, lexicon.word
    opening, awaiting, first = True, False, -1
    before = ""
    for token in tokens:
        text, sort = token.text, token.sort
        is_break = adverb = skipped = False
        if sort == WORD:
            word = known(text)
            if word.meant != text and text not in names:
                token.text = text = word.meant
                word = known(text)
            keys = word.keys
            if word.awaits:
                awaiting = True
            elif awaiting and not word.passes:
                if word.unknown:
                    keys |= _BARE_VERB
                awaiting = False
            is_break = word.joins and not (text == "so" and before in lexicon.slots["be"])
            adverb = word.adverb
            if word.behind and before in word.behind:
                adverb = adverbs[-1] = True
            skipped = word.filler
        elif sort == MARK:
            word = lexicon.mark(text)
            keys = word.keys
            awaiting = False
            is_break = text in CLAUSE_MARKS or (
                text == "-" and token.end - token.start == 1 and not _is_option(tokens, len(words))
            )
            skipped = True
        else:
            word = lexicon.mark(text) if sort == HANDLE else _SORTS[sort]
            if sort == NUMBER and len(text) < _SHORT:
                word = lexicon.number(text)
            keys = word.keys
            awaiting = False
            skipped = sort in (TIME, KIND) or text in lexicon.slots["filler"]
        if first < 0 and not skipped:
            first = len(words)
        words.append(word)
        all_keys.append(keys)
        breaks.append(is_break)
        stops.append(is_break or text in _NEGATIONS)
        begins.append(opening)
        adverbs.append(adverb)
        if is_break:
            opening = True
        elif opening and not (skipped or adverb):
            opening = False
        before = text
    sentence.first = max(first, 0)
    find_people(sentence, lexicon, roster)
    return sentence


def _is_option(tokens: list[Token], at: int) -> bool:
    """Tell whether a dash belongs to the word behind it, as in "rm -rf", and parts nothing."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at - 1].end < tokens[at].start
        and tokens[at].end == tokens[at + 1].start
    )


_BARE_VERB = frozenset({"+base", "+verb"})
"""What an unknown word right after "did not", a modal or "to" is taken for."""


_NEGATIONS = frozenset({"not", "never", "nobody"})


_SHORT = 4
"""Numbers with fewer figures can be asked for as they are, as in "10 / 10"."""


_SORTS = {
    TIME: Word("", frozenset({"+time"})),
    KIND: Word("", frozenset({"+kind"})),
    MASK: Word("", frozenset({"+code", "+noun"})),
    NUMBER: Word("", frozenset({"+number"})),
}
