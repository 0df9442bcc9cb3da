"""Whether it is people who do something, where the noun leaves it open: "billing", "the operator".

A service retries, times out and drops; a team decides, shrugs and is told. Leaves it to `heads` where a noun
phrase ends.
"""

from __future__ import annotations

from itertools import pairwise

from retrotui.blameless.heads import opens_object, verb_follows
from retrotui.blameless.lexicon import Lexicon
from retrotui.blameless.names import has_key, word_at
from retrotui.blameless.sentence import Sentence

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
    if has_key(sentence, here, "<by_hand>") or (
        word not in ("leader", "leaders") and _is_judged(sentence, at + 1)
    ):
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


def _is_judged(sentence: Sentence, at: int) -> bool:
    """Tell whether "was too inexperienced", "is lazy" follows."""
    if not has_key(sentence, at, "<be>"):
        return False
    at += 1
    while at < len(sentence.tokens) and (
        sentence.adverbs[at] or word_at(sentence, at) in ("too", "so", "not", "far", "a")
    ):
        at += 1
    return has_key(sentence, at, "<trait>", "<person_trait>")


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


_MOSTLY_PEOPLE = frozenset(
    {"facilities", "hosting", "infra", "networking", "networks", "backend", "frontend", "development", "dev"}
)


def acts_like_people(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb after "frontend" or "storage" is one of people, so that a team is meant."""
    return does_as_people_do(sentence, at, lexicon) or _does_as_no_service_does(sentence, at, lexicon)


def _does_as_no_service_does(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether bare "platform", without an article, is followed by a verb that no service does."""
    team, slots = word_at(sentence, at - 1), lexicon.slots
    if word_at(sentence, at - 2) in slots["determiner"] or team in slots["service_name"]:
        return False
    if sentence.ends(at) or not (sentence.begins[at - 1] or word_at(sentence, at - 2) in ("why", "come")):
        return False
    if word_at(sentence, at) in ("are", "were", "have") and not team.endswith("s"):
        # "platform were told": a service is one, a team is many
        return True
    if team in _TEAMS_BY_NAME and _is_done_by_all(sentence, at, lexicon):
        return True
    return is_human_verb(sentence, at, lexicon)


def _is_done_by_all(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether "did not check", "was supposed to" or "is deploying" follows, whatever the verb."""
    here = _skip_auxiliaries(sentence, at, lexicon)
    if has_key(sentence, here, "<be>"):
        after = _skip_auxiliaries(sentence, here + 1, lexicon)
        return has_key(sentence, after, "+ing") or word_at(sentence, after) in ("supposed", "meant", "too")
    helped = any(not sentence.adverbs[i] for i in range(at, here))
    return helped and has_key(sentence, here, "+base", "+part")


def is_human_verb(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb that follows is one that no service does."""
    here = _skip_auxiliaries(sentence, at, lexicon)
    total = len(sentence.tokens)
    if here + 1 < total and has_key(sentence, here, "start~", "begin~", "keep~", "stop~"):
        # "starts shouting" is judged by the shouting
        if not has_key(sentence, here + 1, "+ing"):
            return False
        return has_key(sentence, here + 1, "+verb") and not has_key(sentence, here + 1, "<service_act>")
    if here >= total or not has_key(sentence, here, "+verb") or has_key(sentence, here, "<service_act>"):
        return False
    if any(not sentence.adverbs[i] for i in range(at, here)):
        return has_key(sentence, here, "+base", "+part", "+past") and not has_key(sentence, here, "<be>")
    after = here + 1
    if has_key(sentence, here, "+past"):
        # not "mobile released version", a noun phrase that goes on, nor "billing blocked by a lock"
        return word_at(sentence, after) not in ("by", "with") and not verb_follows(sentence, after, lexicon)
    noun = has_key(sentence, here, "+noun")
    return has_key(sentence, here, "+s") and not noun and opens_object(sentence, after, lexicon)


def does_as_people_do(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb fits people more than machines, as "told" or "dropped the ball" do."""
    slots, team = lexicon.slots, word_at(sentence, at - 1)
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
            return team in ("operator", "operators")
        after = word_at(sentence, here + 1)
        if not sentence.keys[here].isdisjoint({"<harm>"}) and after in ("us", "our", "everything"):
            return True
        if (
            team in _TEAMS_BY_NAME
            and has_key(sentence, here, "+past")
            and _does_to_it(sentence, here, lexicon)
        ):
            return True
        acts = has_key(sentence, here, "<hands_on>") or after in ("us", "our", "everyone", "everybody")
        if acts and team in _MOSTLY_PEOPLE and has_key(sentence, here, "+past", "+s"):
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


_TEAMS_BY_NAME = frozenset({"infra", "hosting", "facilities", "networking", "development"})


def _does_to_it(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether something is done to something else: "broke the build", not "broke" or "lost a node"."""
    suffered = has_key(sentence, at, "lose~", "need~", "cost~", "hit~", "reach~", "have~", "<be>")
    after = word_at(sentence, at + 1)
    return not suffered and (
        after in lexicon.slots["determiner"] or after in ("it", "us", "everything", "prod")
    )


_MOODS = frozenset(
    {"arsed", "bothered", "trusted", "keen", "asleep", "reluctant", "unwilling", "happy", "afraid", "scared"}
    | {"lazy", "careless", "sloppy", "proud", "stubborn", "asked", "told", "begged", "persuaded", "clueless"}
)
"""After a form of "be" only people are these."""


_PESTERED = frozenset({"asking", "telling", "chasing", "reminding", "convincing", "persuading", "nagging"})
"""What only people need."""


_LOOSE_OBJECTS = frozenset({"stuff", "garbage", "rubbish", "crap", "nonsense", "junk", "shit", "things"})


def _is_human_doing(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether words that fit a machine too mean people: "need asking", "be arsed", "drop the ball"."""
    after, later = word_at(sentence, at + 1), word_at(sentence, at + 2)
    idioms = lexicon.slots["human_idiom"]
    for base, _form in lexicon.lemmas(word_at(sentence, at)):
        if f"{base}-{after}" in idioms or f"{base}-{after}-{later}" in idioms:
            return True
    if has_key(sentence, at, "<be>"):
        return (word_at(sentence, at + 2) if after in ("so", "too", "not", "very") else after) in _MOODS
    if has_key(sentence, at, "forget~"):
        return after == "to"
    if has_key(sentence, at, "need~"):
        return after in _PESTERED
    if has_key(sentence, at, "do~"):
        return after in ("a", "the", "any", "their", "this") and later in _CHORES
    if has_key(sentence, at, "say~"):
        return after in ("a", "nothing", "so", "anything") or sentence.ends(at + 1)
    return after in _LOOSE_OBJECTS and has_key(sentence, at, "+verb")


_CHORES = frozenset({"test", "check", "review", "rehearsal", "dry", "handover", "walkthrough", "job", "to"})
