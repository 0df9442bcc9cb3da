"""Where a noun phrase that means people ends, and whether its noun means people at all.

"The on-call app" is an app, "the on-call paged us" is people: what comes behind a role or a team tells.
Leaves it to `people` to find the phrases.
"""

from __future__ import annotations

from itertools import pairwise

from retrotui.blameless.lexicon import CLOSED_TAGS, Lexicon
from retrotui.blameless.names import has_key, word_at
from retrotui.blameless.sentence import Sentence
from retrotui.blameless.tokens import MASK, WORD

_AFTER_HEAD_TAGS = CLOSED_TAGS | {"<adverb>"}


_DONE_TO_PEOPLE = frozenset(
    {"up", "tell", "sack", "warn", "remind", "retrain", "coach", "dismiss", "punish", "discipline"}
)
"""Before "the operator" these tell that a person is meant: "write up the operator"."""


def is_at_work(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether "the operator" or "the temp" is a person: by what it does, or by his hands and desk."""
    word = word_at(sentence, at)
    slots = lexicon.slots
    here = _skip_auxiliaries(sentence, at + 1, lexicon)
    if here < len(sentence.tokens) and _only_people_do(sentence, here):
        return True
    if word not in ("operator", "operators", "temp", "temps", "holder"):
        return False
    if word.startswith("operator") and any(token.text in slots["workplace"] for token in sentence.tokens):
        return True
    if word_at(sentence, at - 1) in slots["determiner"] and word_at(sentence, at - 2) in _DONE_TO_PEOPLE:
        return True
    if here >= len(sentence.tokens):
        return False
    if word.startswith("temp"):
        return at > 0 and not sentence.keys[here].isdisjoint({"<harm>", "<hands_on>", "<omit>", "<social>"})
    return not sentence.keys[here].isdisjoint({"<human_act>", "<operator_act>"})


def _skip_auxiliaries(sentence: Sentence, at: int, lexicon: Lexicon) -> int:
    """Go to the verb behind "did not even", "should have"."""
    slots = lexicon.slots
    while at < len(sentence.tokens) and (
        sentence.adverbs[at]
        or any(word_at(sentence, at) in slots[slot] for slot in ("not", "do", "have", "modal"))
    ):
        at += 1
    return at


_TOLD = frozenset({"us", "nobody", "me", "everyone", "everybody", "anyone", "them"})


_PEOPLE_AND = {
    "told": _TOLD,
    "tell": _TOLD,
    "tells": _TOLD,
    "warned": _TOLD,
    "asked": _TOLD,
    "slept": frozenset({"through", "in", "right"}),
    "sleeps": frozenset({"through", "in", "right"}),
}


def _only_people_do(sentence: Sentence, at: int) -> bool:
    """Tell whether a machine would not do what follows: "snoozed", "told nobody", "forgot to tell"."""
    if not sentence.keys[at].isdisjoint({"<surely_human>"}):
        return True
    word, after = word_at(sentence, at), word_at(sentence, at + 1)
    if word in ("went", "goes", "go", "acked", "ack"):
        rest = [token.text for token in sentence.tokens[at : at + 7]]
        return any(a in ("to", "went", "goes") and b in ("bed", "sleep", "home") for a, b in pairwise(rest))
    if word in ("forgot", "forgets", "forget", "forgotten", "failed", "neglected"):
        return after == "to" and word_at(sentence, at + 2) in (
            "tell",
            "mention",
            "ask",
            "warn",
            "say",
            "call",
        )
    return after in _PEOPLE_AND.get(word, ())


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
            and _opens_object(sentence, at + 1, lexicon)
        ):
            return True
        if has_key(sentence, at, "+finite") and not has_key(sentence, at, "+noun"):
            return not verb_follows(sentence, at + 1, lexicon)
        return bool(has_key(sentence, at, "+s") and _opens_object(sentence, at + 1, lexicon))
    if has_key(sentence, at, "+past", "+part"):
        return True
    if has_key(sentence, at - 1, "<team_noun>") and has_key(sentence, at, "+base"):
        # "support close alerts unread": a team is many
        after = word_at(sentence, at + 1)
        if _opens_object(sentence, at + 1, lexicon) or (after in slots["thing"] and after.endswith("s")):
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


_ASKING = frozenset({"why", "how", "what", "when", "where", "then", "so", "and", "but", ""})


def _is_asked(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the noun at a place is what a question with "did", "would" and the like is about."""
    for here in range(at - 1, max(at - 5, -1), -1):
        word = word_at(sentence, here)
        if word == "not":
            continue
        if word in _INVERTED:
            asking = here - 2 if word_at(sentence, here - 1) in lexicon.slots["adverb"] else here - 1
            return word_at(sentence, asking) in _ASKING or sentence.breaks[asking]
        if sentence.breaks[here] or word in lexicon.slots["preposition"]:
            return False
    return False


_INVERTED = frozenset({"did", "does", "do", "would", "could", "can", "should", "will"})


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith("ss")) or word in ("people", "folk", "staff", "crew")


def _opens_object(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
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


_MOSTLY_PEOPLE = frozenset(
    {"facilities", "infra", "networking", "networks", "backend", "frontend", "development", "dev"}
)


def acts_like_people(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb after "frontend" or "storage" is one of people, so that a team is meant."""
    return does_as_people_do(sentence, at, lexicon) or _does_as_no_service_does(sentence, at, lexicon)


def _does_as_no_service_does(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether bare "platform", without an article, is followed by a verb that no service does."""
    team, slots = word_at(sentence, at - 1), lexicon.slots
    if word_at(sentence, at - 2) in slots["determiner"] or team in slots["service_name"]:
        return False
    if sentence.ends(at) or not sentence.begins[at - 1]:
        return False
    word = word_at(sentence, at)
    if word in ("are", "were", "have") and not team.endswith("s"):
        # "platform were told": a service is one, a team is many
        return True
    helped = False
    while at < len(sentence.tokens) and (
        sentence.adverbs[at]
        or any(word_at(sentence, at) in slots[slot] for slot in ("not", "do", "have", "modal"))
    ):
        helped = helped or word_at(sentence, at) not in slots["adverb"]
        at += 1
    if (
        at >= len(sentence.tokens)
        or not has_key(sentence, at, "+verb")
        or has_key(sentence, at, "<service_act>")
    ):
        return False
    if helped:
        return has_key(sentence, at, "+base", "+part", "+past") and not has_key(sentence, at, "<be>")
    if has_key(sentence, at, "+past"):
        # not "mobile released version", a noun phrase that goes on, nor "billing blocked by a lock"
        return word_at(sentence, at + 1) not in ("by", "with") and not verb_follows(sentence, at + 1, lexicon)
    return (
        has_key(sentence, at, "+s")
        and not has_key(sentence, at, "+noun")
        and _opens_object(sentence, at + 1, lexicon)
    )


def does_as_people_do(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb fits people more than machines, as "told" or "dropped the ball" do."""
    slots = lexicon.slots
    for here in range(at, min(at + 5, len(sentence.tokens))):
        word = word_at(sentence, here)
        if not sentence.keys[here].isdisjoint({"<social>", "<surely_human>"}) or _is_human_doing(
            sentence, here, lexicon
        ):
            return True
        if word_at(sentence, here + 1) in ("their", "themselves") and has_key(
            sentence, here, "+base", "+past", "+s"
        ):
            return True
        if not sentence.keys[here].isdisjoint({"<human_act>"}):
            return word_at(sentence, at - 1) in ("operator", "operators")
        after = word_at(sentence, here + 1)
        if not sentence.keys[here].isdisjoint({"<harm>"}) and after in ("us", "our", "everything"):
            return True
        acts = has_key(sentence, here, "<hands_on>") or after in ("us", "our", "everyone", "everybody")
        if acts and word_at(sentence, at - 1) in _MOSTLY_PEOPLE and has_key(sentence, here, "+past", "+s"):
            return True
        if has_key(sentence, here, "+past", "+s"):
            rest = [t.text for t in sentence.tokens[here:]]
            return any(
                (a == "without" and b in ("asking", "telling", "warning", "notice", "a"))
                or b in ("back", "backs")
                for a, b in pairwise(rest)
                if a in ("without", "our", "everyone", "my")
            )
        skip = sentence.adverbs[here] or any(word in slots[slot] for slot in ("modal", "have", "do", "not"))
        if not skip and word not in ("be", "to", "always", "ever", "never", "keeps", "keep"):
            return False
    return False


_MOODS = frozenset(
    {"arsed", "bothered", "trusted", "keen", "asleep", "reluctant", "unwilling", "happy", "afraid", "scared"}
    | {"lazy", "careless", "sloppy", "proud", "stubborn", "asked", "told", "begged", "persuaded", "clueless"}
)
"""After a form of "be" only people are these."""

_PESTERED = frozenset({"asking", "telling", "chasing", "reminding", "convincing", "persuading", "nagging"})
"""What only people need."""

_LOOSE_OBJECTS = frozenset({"stuff", "garbage", "rubbish", "crap", "nonsense", "junk", "shit", "things"})


def _is_human_doing(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether words that fit a machine too are about people: "need asking", "be arsed", "drop the ball"."""
    after, later = word_at(sentence, at + 1), word_at(sentence, at + 2)
    idioms = lexicon.slots["human_idiom"]
    for base, _form in lexicon.lemmas(word_at(sentence, at)):
        if f"{base}-{after}" in idioms or f"{base}-{after}-{later}" in idioms:
            return True
    if has_key(sentence, at, "<be>"):
        return (word_at(sentence, at + 2) if after in ("so", "too", "not", "very") else after) in _MOODS
    if has_key(sentence, at, "need~"):
        return after in _PESTERED
    if has_key(sentence, at, "do~"):
        return after in ("a", "the", "any", "their", "this") and later in _CHORES
    if has_key(sentence, at, "say~"):
        return after in ("a", "nothing", "so", "anything") or sentence.ends(at + 1)
    return after in _LOOSE_OBJECTS and has_key(sentence, at, "+verb")


_CHORES = frozenset({"test", "check", "review", "rehearsal", "dry", "handover", "walkthrough", "job", "to"})


WHEREABOUTS = frozenset({"upstairs", "downstairs", "overseas", "abroad", "involved", "responsible"})
