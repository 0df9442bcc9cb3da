"""Whose deed a verb is that has no subject beside it: "and broke everything", "the dev who broke it".

Leaves to `people` who is named in a sentence.
"""

from __future__ import annotations

from retrotui.blameless.heads import verb_follows
from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.names import has_key, word_at
from retrotui.blameless.sentence import Chunk, Sentence

_PARTICLES = frozenset({"up", "off", "out", "down", "over"})


_HEDGES = frozenset({"determiner", "preposition", "conjunction", "be", "have", "not"})


def _past_relative(sentence: Sentence, lexicon: Lexicon) -> None:
    """Give "whoever wrote the script *broke* it" its subject: the verb behind the clause that says who."""
    for index, chunk in enumerate(sentence.chunks):
        if chunk is None or "<person>" not in chunk.keys:
            continue
        at = chunk.end
        if word_at(sentence, at) in ("who", "that"):
            at += 1
        elif word_at(sentence, index) != "whoever":
            continue
        if not verb_follows(sentence, at, lexicon):
            continue
        for here in range(at + 2, min(at + 9, len(sentence.tokens))):
            if sentence.breaks[here] or sentence.chunks[here] is not None:
                break
            before = word_at(sentence, here - 1)
            ahead = word_at(sentence, here + 1)
            if (word_at(sentence, here) == "never" or ahead == "not") and before not in lexicon.slots["do"]:
                sentence.chunks[here] = Chunk(chunk.keys, here, here, chunk.start)
                break
            verb = has_key(sentence, here, "+past", "+s") and not has_key(sentence, here, "+noun")
            hedged = before == "to" or any(before in lexicon.slots[slot] for slot in _HEDGES)
            if verb and (not hedged or before in _PARTICLES):
                sentence.chunks[here] = Chunk(chunk.keys, here, here, chunk.start)
                break


def carry_over(sentence: Sentence, lexicon: Lexicon) -> None:
    """Give "and broke everything" the subject of the clause before it; "the dev who broke it" likewise."""
    subject: Chunk | None = None
    _past_relative(sentence, lexicon)
    tokens, chunks, begins, adverbs = sentence.tokens, sentence.chunks, sentence.begins, sentence.adverbs
    total = len(tokens)
    for index in range(total):
        chunk = chunks[index]
        if begins[index]:
            if chunk is not None:
                if "<owner>" not in chunk.keys:
                    subject = chunk
                    continue
            elif index and subject is not None:
                if tokens[index - 1].text in _CARRIES or adverbs[index - 1]:
                    if not adverbs[index]:
                        if verb_follows(sentence, index, lexicon):
                            chunks[index] = Chunk(subject.keys, index, index, subject.start)
                        elif tokens[index].text not in ("then", "and", "but"):
                            subject = None
                else:
                    subject = None
        if tokens[index].text in ("who", "that") and index:
            after = index + 1
            near = chunks[max(0, index - 6) : index]
            owner = next((c for c in near if c is not None and c.end == index), None)
            free = owner is not None and after < total and chunks[after] is None
            if free and owner and "<blamed>" in owner.keys and verb_follows(sentence, after, lexicon):
                chunks[after] = Chunk(owner.keys, after, after, owner.start)


_CARRIES = frozenset(["and", "but", "then", ",", "or", "&", "+", "yet"])
"""Behind these a verb may have the subject of the clause before."""
