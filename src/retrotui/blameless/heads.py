"""Where a noun phrase that means people ends,

"The on-call app" is an app, "the on-call paged us" is people: what comes behind a role or a team tells.
Leaves it to `people` to find the phrases.
"""

from __future__ import annotations

from retrotui.blameless.lexicon import CLOSED_TAGS, Lexicon
from retrotui.blameless.names import has_key, word_at
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import MASK, WORD

_AFTER_HEAD_TAGS = CLOSED_TAGS | {"<adverb>"}


def is_field(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word says what a team works on: "storage", "billing"."""
    return word_at(sentence, at) in lexicon.slots["field"]


_PLUGGED = frozenset(
    {"terraform", "pulumi", "crossplane", "oauth", "oidc", "saml", "csi", "context", "state", "config"}
    | {"secret", "secrets", "credential", "credentials", "token", "session", "metrics", "theme"}
)
"""Before "provider" these tell that a plugin is meant, not a company."""


def is_machine(sentence: Sentence, head: int, lexicon: Lexicon) -> bool:
    """Tell whether "manager" or "supervisor" is software: "queue manager", "memory supervisor"."""
    if word_at(sentence, head) in ("provider", "providers") and word_at(sentence, head - 1) in _PLUGGED:
        return True
    return (
        head > 0
        and word_at(sentence, head) in lexicon.slots["machine_role"]
        and word_at(sentence, head - 1) in lexicon.slots["machine_mod"]
    )


def on_duty(sentence: Sentence, at: int) -> bool:
    """Tell whether "on shift", "on duty" and the like follow."""
    return word_at(sentence, at) == "on" and word_at(sentence, at + 1) in (
        "duty",
        "call",
        "shift",
        "watch",
        "nights",
    )


def may_modify(sentence: Sentence, at: int) -> bool:
    """Tell whether a word can stand between determiner and head."""
    word = sentence.words[at]
    # with other keys than its own it was taken for a verb
    return word.modifies and not sentence.adverbs[at] and sentence.keys[at] is word.keys


_GOES_ON = frozenset(
    {"i", "we", "who", "that", "always", "ever", "to", "yet", "keep", "keeps", "kept", "let", "lets"}
)


def head_ends(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a role noun before `at` is the head, not the first half of "on-call app"."""
    if at >= len(sentence.tokens):
        return True
    token = sentence.tokens[at]
    if token.sort != WORD:
        return token.sort != MASK
    if sentence.adverbs[at]:
        return True
    word, slots = token.text, lexicon.slots
    if word == "for" and word_at(sentence, at - 1) == "support":
        return False
    if not sentence.keys[at].isdisjoint(_AFTER_HEAD_TAGS):
        return True
    if word in _GOES_ON or word in WHEREABOUTS:
        return True
    if _is_asked(sentence, at - 1, lexicon):
        # "why did qa check it" has its subject before the verb; in "did the qa check fail" that is "check"
        after = word_at(sentence, at + 1)
        if has_key(sentence, at + 1, "+base") and not (
            after == "back" or after in slots["adverb"] or after in slots["preposition"]
        ):
            return False
        if has_key(sentence, at, "+base"):
            return True
    if word in slots["thing"]:
        if has_key(sentence, at, "+base") and word_at(sentence, at - 1) in ("guys", "folks", "lads"):
            return True
        if (
            has_key(sentence, at, "+base")
            and _is_plural(word_at(sentence, at - 1))
            and opens_object(sentence, at + 1, lexicon)
        ):
            return True
        if has_key(sentence, at, "+finite") and not has_key(sentence, at, "+noun"):
            return not verb_follows(sentence, at + 1, lexicon)
        return bool(has_key(sentence, at, "+s") and opens_object(sentence, at + 1, lexicon))
    if has_key(sentence, at, "+past", "+part"):
        return True
    if has_key(sentence, at - 1, "<team_noun>") and has_key(sentence, at, "+base"):
        # "support close alerts unread": a team is many
        after = word_at(sentence, at + 1)
        if opens_object(sentence, at + 1, lexicon) or (after in slots["thing"] and after.endswith("s")):
            return True
    if (
        has_key(sentence, at, "+base")
        and _is_plural(word_at(sentence, at - 1))
        and (
            word_at(sentence, at + 1) in slots["thing"]
            or (has_key(sentence, at - 1, "<person_noun>") and word_at(sentence, at + 1) == "")
        )
    ):
        # "devs write tests", "when juniors deploy"
        return True
    if has_key(sentence, at, "+s"):
        # "the mobile team ships untested": what follows is no verb
        return not verb_follows(sentence, at + 1, lexicon) or has_key(sentence, at + 1, "<bad>")
    return not (lexicon.looks_like_noun(word) or verb_follows(sentence, at + 1, lexicon))


_ASKING = frozenset({"why", "how", "what", "when", "where"})


def _is_asked(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the noun at a place is what a question with "did", "would" and the like is about."""
    for here in range(at - 1, max(at - 5, -1), -1):
        word = word_at(sentence, here)
        if word == "not":
            continue
        if word in _INVERTED:
            return sentence.begins[here] or _asks(sentence, here)
        if sentence.breaks[here] or word in lexicon.slots["preposition"]:
            return False
    return False


def _asks(sentence: Sentence, at: int) -> bool:
    """Tell whether "why", "how" or the like stands before a word in its clause: "why in the world did"."""
    for here in range(at - 1, max(at - 6, -1), -1):
        if word_at(sentence, here) in _ASKING:
            return True
        if sentence.breaks[here]:
            return False
    return False


_INVERTED = frozenset({"did", "does", "do", "would", "could", "can", "should", "will"})


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith("ss")) or word in ("people", "folk", "staff", "crew")


def opens_object(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether an object begins here: an article, a preposition, "it" or "something"."""
    word = word_at(sentence, at)
    return (
        word in ("something", "anything", "everything", "stuff", "things", "it", "us")
        or word in lexicon.slots["determiner"]
        or word in lexicon.slots["preposition"]
    )


def verb_follows(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a finite verb, an auxiliary or a modal comes next."""
    while at < len(sentence.tokens) and sentence.adverbs[at]:
        at += 1
    word = word_at(sentence, at)
    slots = lexicon.slots
    if any(word in slots[slot] for slot in ("modal", "be", "have", "do", "not")):
        return word != "'s"
    if word in ("always", "keeps", "keep", "ignored"):
        return True
    return has_key(sentence, at, "+past", "+s")


WHEREABOUTS = frozenset({"upstairs", "downstairs", "overseas", "abroad", "involved", "responsible"})
