"""Telling a name of the roster from the word that is spelt like it: will, mark, page, drew.

A name that is a word as well counts only where the word does not fit. Leaves roles, teams and pronouns to
`people`.
"""

from __future__ import annotations

from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import MARK

# fmt: off
_AUXILIARIES = frozenset([
    "should", "could", "would", "must", "might", "will", "can", "did", "does", "do", "was", "is",
    "were", "has", "had", "never", "always", "forgot", "neglected", "keeps", "ought",
])
_ADDRESSED = frozenset([
    "by", "with", "to", "from", "for", "of", "on", "about", "ask", "asks", "asked", "tell", "tells", "told",
    "remind", "reminded", "train", "teach", "coach", "make", "made", "let", "have", "had", "get", "got",
    "blame", "thank", "fire", "sack", "ban", "bar", "give", "send", "take", "remove", "kick", "put", "keep",
    "move", "paged", "called", "warn", "warned", "like", "and", "or", "because", "when", "while", "since",
    "that", "if", "after", "before", "so", "than", "until", "unless", "vs", "=", ":", "-", "–", ">",
    "classic", "typical", "textbook", "vintage", "peak", "omg", "oh", "poor", "dear", "thanks", "cheers",
    "ty", "thx", "hey", "played", "done", "unlike", "despite", "trust", "leave", "pulled",
])
_ASKED = frozenset([
    "did", "does", "was", "is", "were", "had", "has", "have", "would", "could", "can", "should", "will",
    "might",
])
_DONE_TO_PEOPLE = frozenset([
    "discipline", "punish", "suspend", "demote", "reprimand", "write", "stop", "prevent", "retrain", "dock",
    "bench", "sideline", "warn", "report", "confront", "scold", "thank", "forgive", "expel", "supervise",
    "mentor", "nudge", "ping", "relieve", "replace", "move", "pull", "keep", "take", "ban", "bar", "fire",
    "sack", "remind", "tell", "ask", "blame", "train", "teach", "coach", "kick", "remove", "reassign",
    "transfer", "send", "dismiss", "shame", "pair", "disciplined", "punished", "suspended", "demoted",
    "stopped", "blamed", "thanked", "credit", "lock", "off", "excuse",
])
_FOLLOWS_ONE = frozenset([
    "from", "for", "up", "off", "out", "down", "on", "to", "about", "with", "until", "and", "over",
    "away", "of", "back",
])
_TAKES_ONE = frozenset([
    "tell", "ask", "remind", "train", "teach", "coach", "make", "let", "get", "have", "take", "kick",
    "keep", "put", "remove", "fire", "sack", "ban", "blame",
])
_JOINS_CLAUSES = frozenset([
    "and", "or", "when", "while", "since", "that", "if", "before", "so", "than", "until", "unless", "have",
    "had", "-", "–", "=", ">", ":", "off", "up",
])
_POINTS_AT = frozenset(["cause", "it", "culprit", "reason", "problem", "this", "that", "issue", "answer"])
_QUOTES = frozenset(['"', "“", "'", "‘"])
# fmt: on


def word_at(sentence: Sentence, at: int) -> str:
    """Give the word at a place; an empty string outside the sentence."""
    return sentence.tokens[at].text if 0 <= at < len(sentence.tokens) else ""


def has_key(sentence: Sentence, at: int, *keys: str) -> bool:
    """Tell whether the word at a place can be one of these."""
    return 0 <= at < len(sentence.keys) and not sentence.keys[at].isdisjoint(keys)


def is_name_here(sentence: Sentence, at: int, length: int, lexicon: Lexicon) -> bool:
    """Decide whether a roster name that is a word too is the name here."""
    if length > 1:
        return True
    token = sentence.tokens[at]
    word = token.text
    slots = lexicon.slots
    if word not in slots["homonym"] and not lexicon.is_word(word):
        return True
    before = word_at(sentence, at - 1)
    if word_at(sentence, at + 1) == "'s":
        return (
            word not in slots["thing"] or token.capital or before in ("", "by", "of", "from", "on", "because")
        )
    if before in ("is", "was") and word_at(sentence, at - 2) in _POINTS_AT and sentence.ends(at + 1):
        return True
    after = at + 1
    while after < len(sentence.tokens) and sentence.adverbs[after]:
        after += 1
    following = word_at(sentence, after)
    thing = word in slots["thing"]
    if following == "to" and not thing and sentence.begins[at] and has_key(sentence, after + 1, "+base"):
        # "mark to check the quota" hands out a job; the verb "mark" would want an object
        return True
    if before in ("that", "what") and word in slots["modal"] and following != "to":
        return has_key(sentence, after, "+past") and not has_key(sentence, after, "+base")
    if before in slots["determiner"]:
        pulled = word_at(sentence, at - 2) in ("pulled", "pulls", "pulling", "did", "doing")
        return pulled and before == "a" and (following == "" or sentence.breaks[after])
    if following in ("not", "never") and before in _ADDRESSED and has_key(sentence, after + 1, "+ing"):
        return True
    if "being" in (following, before):
        # "will being will"
        twin = at + 2 if following == "being" else at - 2
        if word_at(sentence, twin) == word:
            return True
    if before in _DONE_TO_PEOPLE and sentence.begins[at - 1] and following in _FOLLOWS_ONE:
        return True
    if following in _QUOTES and has_key(sentence, after + 1, "+past"):
        # will "tested" it
        return True
    if word in slots["modal"]:
        return _is_modal_name(sentence, at, after)
    if thing and before not in ("had", "why", "did"):
        return _is_thing_name(sentence, at, after)
    if following in _AUXILIARIES:
        return True
    if has_key(sentence, after, "+past") and (
        not has_key(sentence, after, "+part", "+base") or not _is_noun(word)
    ):
        # a noun can be the subject of a past verb, a bare verb cannot
        return True
    if has_key(sentence, after, "+past") and not has_key(sentence, after, "+base"):
        return True
    if token.capital and not sentence.begins[at]:
        return True
    if has_key(sentence, after, "+s") and not has_key(sentence, after + 1, "+past", "+s"):
        return not has_key(sentence, after, "+noun") or _opens(sentence, after + 1, lexicon)
    asked = at - 2 if before == "not" else at - 1
    if word_at(sentence, asked) in _ASKED and (
        word_at(sentence, asked - 1) in ("why", "what", "how", "where", "when", "who", "") or before == "had"
    ):
        return True
    ends = (
        following == "" or after >= len(sentence.tokens) or sentence.breaks[after] or following in "&+/and?!"
    )
    if before in _TAKES_ONE and (following in ("to", "off", "from", "out", "on", "away") or ends):
        return True
    return before in _ADDRESSED and (ends or following in slots["preposition"])


def _is_noun(word: str) -> bool:
    """Tell whether a homonym is a noun more than a verb."""
    return word in ("bill", "grace", "art", "penny", "ray", "dale", "cash", "case", "grant", "rain", "rose")


def _is_modal_name(sentence: Sentence, at: int, after: int) -> bool:
    """Decide "will" and "may": "will need" is the modal, "will should have" can only be the name."""
    token, following = sentence.tokens[at], word_at(sentence, after)
    if word_at(sentence, at - 1) in ("make", "made", "makes", "let"):
        return True
    if following == "never" and has_key(sentence, after + 1, "+past"):
        return not has_key(sentence, after + 1, "+base")
    if has_key(sentence, after, "+past", "+s") and not has_key(sentence, after, "+base"):
        return True
    if following in (
        "should",
        "could",
        "did",
        "does",
        "was",
        "is",
        "has",
        "had",
        "would",
        "must",
        "can",
        "might",
        "keeps",
        "'s",
    ):
        return True
    if word_at(sentence, at - 1) in _ASKED - {"will"} and word_at(sentence, at - 2) in (
        "how",
        "why",
        "what",
        "when",
        "",
    ):
        return True
    if word_at(sentence, at - 1) in _ADDRESSED - _JOINS_CLAUSES and (
        after >= len(sentence.tokens) or sentence.breaks[after] or following in ("to", "for", "from", "off")
    ):
        return True
    return token.capital and at > 0 and sentence.tokens[at - 1].sort != MARK and not sentence.begins[at]


def _is_thing_name(sentence: Sentence, at: int, after: int) -> bool:
    """Decide "page": a name only with a capital or before a verb that only people are said to do."""
    token = sentence.tokens[at]
    past = has_key(sentence, after, "+past") and not has_key(sentence, after, "+base")
    if token.capital:
        following = word_at(sentence, after)
        return past or not sentence.begins[at] or following in _AUXILIARIES
    while word_at(sentence, after) in _AUXILIARIES | {"not", "have"}:
        after += 1
    return (
        sentence.begins[at]
        and has_key(
            sentence, after, "<social>", "<omit>", "<diligence>", "<human_act>", "<blunder>", "<hands_on>"
        )
        and not has_key(sentence, after, "+noun")
    )


def _opens(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    word = word_at(sentence, at)
    return (
        word == ""
        or word in lexicon.slots["determiner"]
        or word in lexicon.slots["preposition"]
        or word in lexicon.slots["adverb"]
        or word in lexicon.slots["conjunction"]
    )
