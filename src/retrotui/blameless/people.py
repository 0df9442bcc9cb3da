"""Who is meant: telling people from things in a sentence.

The subject decides, not the verb. The head of a noun phrase wins ("the on-call app" is an app), and a name
of the roster that is a word as well counts only where the word does not fit ("will need a bigger instance"
is nobody). Names are never guessed from capitals. Leaves to `grammar` where clauses begin.
"""

from __future__ import annotations

from itertools import pairwise

from retrotui.blameless.lexicon import CLOSED_TAGS, HEAD_TAGS, Lexicon
from retrotui.blameless.names import has_key as _has
from retrotui.blameless.names import is_name_here, word_at
from retrotui.blameless.roster import Roster
from retrotui.blameless.sentence import Chunk, Sentence
from retrotui.blameless.tokens import HANDLE, MASK, NUMBER, WORD

_EVERYONE_HANDLES = frozenset({"@here", "@channel", "@all", "@everyone"})


_POST = frozenset({"on", "from", "in", "at", "of", "for", "with"})


_AFTER_HEAD_TAGS = CLOSED_TAGS | {"<adverb>"}


_REACH = 7
"""Words between the beginning of a noun phrase and its head."""


def find_people(sentence: Sentence, lexicon: Lexicon, roster: Roster) -> None:
    """Fill `sentence.chunks` from left to right, then carry subjects over to the verbs that lack one."""
    tokens, chunks, words = sentence.tokens, sentence.chunks, sentence.words
    opens, near = roster.opens, sentence.near_head
    total = len(tokens)
    for at, word in enumerate(words):
        if word.people:
            near.update(range(at - _REACH, at + 1))
    index = 0
    while index < total:
        word, token = words[index], tokens[index]
        # most words cannot begin a noun phrase that means people, and are passed over here
        if (
            word.subject
            or token.sort == HANDLE
            or token.text in opens
            or (token.sort == NUMBER and token.text in _RANKS)
            or (
                index in near
                and (
                    word.determiner
                    or word.people
                    or (word.modifies and index + 1 < total and words[index + 1].people)
                )
            )
        ):
            chunk = _chunk_at(sentence, index, lexicon, roster)
            if chunk is not None:
                chunk = _with_company(sentence, chunk, lexicon, roster)
                chunks[index] = chunk
                index = max(chunk.end, index + 1)
                continue
        index += 1
    _carry_over(sentence, lexicon)


def _chunk_at(sentence: Sentence, at: int, lexicon: Lexicon, roster: Roster) -> Chunk | None:
    """Find the people noun phrase that begins at a token, if one does."""
    if at >= len(sentence.tokens):
        return None
    token = sentence.tokens[at]
    if token.sort == HANDLE:
        if token.text in _EVERYONE_HANDLES:
            return None
        return _owned(sentence, Chunk(_NAME, at, at + 1), lexicon)
    if token.sort == NUMBER and token.text in _RANKS:
        return _numbered_line(sentence, at, lexicon)
    if token.sort != WORD:
        return None
    length = roster.name_at(sentence.tokens, at)
    if length and is_name_here(sentence, at, length, lexicon):
        return _owned(sentence, Chunk(_NAME, at, at + length), lexicon)
    word = token.text
    if word in roster.owners and word not in roster.names and _owns(sentence, at, lexicon):
        return Chunk(_OWNER, at, at + 1)
    if word in ("i", "me"):
        return Chunk(_ME, at, at + 1)
    if word in ("we", "us"):
        return Chunk(_WE, at, at + 1)
    slots = lexicon.slots
    if word == "you":
        return Chunk(_YOU, at, at + 1)
    if word in slots["pronoun"]:
        return Chunk(_PRONOUN, at, at + 1)
    if word == "your":
        return Chunk(_OWNER, at, at + 1)
    if word in _RANKS:
        return _numbered_line(sentence, at, lexicon)
    if word in slots["anyone"]:
        end = at + 2 if word_at(sentence, at + 1) == "else" else at + 1
        return _owned(sentence, _with_place(sentence, Chunk(_ANYONE, at, end), lexicon), lexicon)
    return _role_phrase(sentence, at, lexicon)


_NAME = frozenset({"<person>", "<blamed>", "<name>"})


_ME = frozenset({"<me>"})


_YOU = frozenset({"<you>"})


_WE = frozenset({"<we>"})


_PRONOUN = frozenset({"<person>", "<blamed>", "<pronoun>"})


_ANYONE = frozenset({"<person>", "<blamed>", "<anyone>"})


_ROLE = frozenset({"<person>", "<blamed>", "<role>"})


_TEAM = frozenset({"<team>", "<blamed>"})


_OWNER = frozenset({"<owner>"})


def _owns(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether "svens" is "sven's": no word itself, and a noun may follow."""
    name, after = word_at(sentence, at)[:-1], at + 1
    if name in lexicon.slots["homonym"] or lexicon.is_word(name) or after >= len(sentence.tokens):
        return False
    return (
        sentence.tokens[after].sort == WORD
        and sentence.keys[after].isdisjoint(CLOSED_TAGS)
        and not sentence.adverbs[after]
        and (_has(sentence, after, "+noun", "+base", "+ing", "+part") or not _has(sentence, after, "+finite"))
    )


_CREW = _TEAM | _ROLE
"""People who are a team: "the storage guys", "the folks in billing"."""


_RANKS = frozenset({"first", "second", "third", "1st", "2nd", "3rd"})


def _numbered_line(sentence: Sentence, at: int, lexicon: Lexicon) -> Chunk | None:
    """Find "second level support"; "second level cache" and "the first line of the file" are none."""
    if word_at(sentence, at + 1) not in ("line", "level", "tier"):
        return None
    end = at + 2
    if word_at(sentence, end) in ("support", "team"):
        return Chunk(_TEAM, at, end + 1) if _head_ends(sentence, end + 1, lexicon) else None
    here = end
    while word_at(sentence, here) in lexicon.slots["not"] or word_at(sentence, here) in lexicon.slots["do"]:
        here += 1
    acts = not sentence.keys[here].isdisjoint(_LINE_ACTS) if here < len(sentence.keys) else False
    return Chunk(_TEAM, at, end) if acts else None


_LINE_ACTS = frozenset(
    {"<social>", "<diligence>", "<omit>", "sit~", "sleep~", "close~", "hang~", "page~", "let~", "leave~"}
)


def _role_phrase(sentence: Sentence, at: int, lexicon: Lexicon) -> Chunk | None:
    """Find `the engineer on duty`, `a junior dev`, `web team`: determiner, modifiers, people."""
    if at not in sentence.near_head:
        return None
    slots = lexicon.slots
    here = at
    if word_at(sentence, here) in slots["determiner"]:
        here += 1
        if word_at(sentence, here) == "of" and word_at(sentence, here + 1) in slots["determiner"]:
            here += 2
    head = -1
    keys = _ROLE
    collective = slots["collective"]
    limit = min(here + 5, len(sentence.tokens))
    position = here
    while position < limit:
        word = word_at(sentence, position)
        if sentence.tokens[position].sort not in (WORD, NUMBER):
            break
        is_role, is_team = _has(sentence, position, "<person_noun>"), word in slots["team_noun"]
        if word == "hr" and word_at(sentence, position - 1) in _COUNTS:
            break  # "for an hr" is a time
        if position > at and word in collective and _is_field(sentence, position - 1, lexicon):
            is_team = word != "group" or word_at(sentence, position - 1) != "security"
        if not is_role and word in slots["loose_person"]:
            is_role = (
                word_at(sentence, position - 1) in slots["human_mod"]
                or _on_duty(sentence, position + 1)
                or (position <= here + 1 and _is_at_work(sentence, position, lexicon))
            )
        if not is_role and not is_team and word in slots["loose_team"] and position == here:
            is_team = _acts_like_people(sentence, position + 1, lexicon)
        if is_role or is_team:
            head, keys = position, _TEAM if is_team and not is_role else _ROLE
            if is_role and word in _PLENTY and position > at and _is_field(sentence, position - 1, lexicon):
                keys = _CREW
            position += 1
            continue
        if head >= 0 and (
            position != head + 1
            or not _has(sentence, position + 1, *HEAD_TAGS)
            or _has(sentence, position, "+verb")
        ):
            # "the partner integration guys" goes on to a later head, "the reviewer" does not
            break
        if not _may_modify(sentence, position) or (here == at and _has(sentence, position, "+past")):
            break
        position += 1
    if head < 0 or _is_machine(sentence, head, lexicon):
        return None
    if head > at and at == here and not (word_at(sentence, at) in slots["loose_team"] or head == at + 1):
        return None
    if not _head_ends(sentence, head + 1, lexicon):
        return None
    if (
        at == here
        and head > at
        and sentence.begins[at]
        and _has(sentence, at, "+base")
        and not _verb_follows(sentence, head + 1, lexicon)
    ):
        # an order: "send ops ...", not "release engineer failed ..."
        return None
    return _owned(sentence, _with_place(sentence, Chunk(keys, at, head + 1), lexicon), lexicon)


_COUNTS = frozenset({"an", "per", "every", "each", "half", "another", "last", "1", "one"})


_PLENTY = frozenset({"people", "folks", "guys", "lads", "dudes", "members", "gents", "boys"})


_DONE_TO_PEOPLE = frozenset(
    {"up", "tell", "sack", "warn", "remind", "retrain", "coach", "dismiss", "punish", "discipline"}
)
"""Before "the operator" these tell that a person is meant: "write up the operator"."""


def _is_at_work(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
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


def _is_field(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word says what a team works on: "storage", "billing"."""
    return word_at(sentence, at) in lexicon.slots["field"]


_PLUGGED = frozenset(
    {"terraform", "pulumi", "crossplane", "oauth", "oidc", "saml", "csi", "context", "state", "config"}
    | {"secret", "secrets", "credential", "credentials", "token", "session", "metrics", "theme"}
)
"""Before "provider" these tell that a plugin is meant, not a company."""


def _is_machine(sentence: Sentence, head: int, lexicon: Lexicon) -> bool:
    """Tell whether "manager" or "supervisor" is software: "queue manager", "memory supervisor"."""
    if word_at(sentence, head) in ("provider", "providers") and word_at(sentence, head - 1) in _PLUGGED:
        return True
    return (
        head > 0
        and word_at(sentence, head) in lexicon.slots["machine_role"]
        and word_at(sentence, head - 1) in lexicon.slots["machine_mod"]
    )


def _on_duty(sentence: Sentence, at: int) -> bool:
    """Tell whether "on shift", "on duty" and the like follow."""
    return word_at(sentence, at) == "on" and word_at(sentence, at + 1) in (
        "duty",
        "call",
        "shift",
        "watch",
        "nights",
    )


def _may_modify(sentence: Sentence, at: int) -> bool:
    """Tell whether a word can stand between determiner and head."""
    word = sentence.words[at]
    # with other keys than its own it was taken for a verb
    return word.modifies and not sentence.adverbs[at] and sentence.keys[at] is word.keys


_GOES_ON = frozenset(
    {"i", "we", "who", "that", "always", "to", "yet", "keep", "keeps", "kept", "let", "lets"}
)


def _head_ends(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
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
    if word in _GOES_ON or word in _WHEREABOUTS:
        return True
    if word in slots["thing"]:
        if _has(sentence, at, "+base") and word_at(sentence, at - 1) in ("guys", "folks", "lads"):
            return True
        if (
            _has(sentence, at, "+base")
            and _is_plural(word_at(sentence, at - 1))
            and _opens_object(sentence, at + 1, lexicon)
        ):
            return True
        if _has(sentence, at, "+finite") and not _has(sentence, at, "+noun"):
            return not _verb_follows(sentence, at + 1, lexicon)
        return bool(_has(sentence, at, "+s") and _opens_object(sentence, at + 1, lexicon))
    if _has(sentence, at, "+past", "+part"):
        return True
    if (
        _has(sentence, at, "+base")
        and _is_plural(word_at(sentence, at - 1))
        and (
            word_at(sentence, at + 1) in slots["thing"]
            or (_has(sentence, at - 1, "<person_noun>") and word_at(sentence, at + 1) == "")
        )
    ):
        # "devs write tests", "when juniors deploy"
        return True
    if _has(sentence, at, "+s"):
        # "the mobile team ships untested": what follows is no verb
        return not _verb_follows(sentence, at + 1, lexicon) or _has(sentence, at + 1, "<bad>")
    return not (lexicon.looks_like_noun(word) or _verb_follows(sentence, at + 1, lexicon))


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith("ss")) or word in ("people", "folk", "staff", "crew")


def _opens_object(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    word = word_at(sentence, at)
    return (
        word in ("something", "anything", "everything", "stuff", "things", "it", "us")
        or word in lexicon.slots["determiner"]
        or word in lexicon.slots["preposition"]
    )


def _verb_follows(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a finite verb, an auxiliary or a modal comes next."""
    while at < len(sentence.tokens) and sentence.adverbs[at]:
        at += 1
    word = word_at(sentence, at)
    slots = lexicon.slots
    if any(word in slots[slot] for slot in ("modal", "be", "have", "do", "not")):
        return word != "'s"
    if word in ("always", "keeps", "keep", "ignored"):
        return True
    return _has(sentence, at, "+past", "+s")


_MOSTLY_PEOPLE = frozenset(
    {"facilities", "infra", "networking", "networks", "backend", "frontend", "development", "dev"}
)


def _acts_like_people(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb after "frontend" or "storage" is one of people, so that a team is meant."""
    slots = lexicon.slots
    for here in range(at, min(at + 5, len(sentence.tokens))):
        word = word_at(sentence, here)
        if not sentence.keys[here].isdisjoint({"<social>"}):
            return True
        if word_at(sentence, here + 1) in ("their", "themselves") and _has(
            sentence, here, "+base", "+past", "+s"
        ):
            return True
        if not sentence.keys[here].isdisjoint({"<human_act>"}):
            return word_at(sentence, at - 1) in ("operator", "operators")
        after = word_at(sentence, here + 1)
        if not sentence.keys[here].isdisjoint({"<harm>"}) and after in ("us", "our", "everything"):
            return True
        acts = _has(sentence, here, "<hands_on>") or after in ("us", "our", "everyone", "everybody")
        if acts and word_at(sentence, at - 1) in _MOSTLY_PEOPLE and _has(sentence, here, "+past", "+s"):
            return True
        if _has(sentence, here, "+past", "+s"):
            rest = [t.text for t in sentence.tokens[here:]]
            return any(
                (a == "without" and b in ("asking", "telling", "warning", "notice", "a"))
                or b in ("back", "backs")
                for a, b in pairwise(rest)
                if a in ("without", "our", "everyone", "my")
            )
        skip = sentence.adverbs[here] or any(word in slots[slot] for slot in ("modal", "have", "do", "not"))
        if not skip and word not in ("be", "to", "always", "ever", "keeps"):
            return False
    return False


_WHEREABOUTS = frozenset({"upstairs", "downstairs", "overseas", "abroad", "involved", "responsible"})


def _with_place(sentence: Sentence, chunk: Chunk, lexicon: Lexicon) -> Chunk:
    """Stretch over "on duty", "from the data team", when a verb follows."""
    end = chunk.end
    if word_at(sentence, end) in _WHEREABOUTS:
        return Chunk(chunk.keys, chunk.start, end + 1)
    if word_at(sentence, end) in _POST:
        for here in range(end + 1, min(end + 5, len(sentence.tokens))):
            if sentence.breaks[here]:
                break
            if here == end + 1:
                continue
            many = word_at(sentence, end - 1) in _PLENTY and _is_field(sentence, here - 1, lexicon)
            if _verb_follows(sentence, here, lexicon) or (many and _has(sentence, here, "+base")):
                return Chunk(_CREW if many else chunk.keys, chunk.start, here)
        if word_at(sentence, end + 1) in ("duty", "call", "shift", "watch", "nights"):
            return Chunk(chunk.keys, chunk.start, end + 2)
    return chunk


def _owned(sentence: Sentence, chunk: Chunk, lexicon: Lexicon) -> Chunk | None:
    """Turn "mei's phone" into an owner, and leave "mei's always late" a person."""
    if word_at(sentence, chunk.end) != "'s":
        if word_at(sentence, chunk.end) in ("'", "’") and word_at(sentence, chunk.end - 1).endswith("s"):
            return Chunk(frozenset({"<owner>"}), chunk.start, chunk.end + 1)
        return chunk
    after = chunk.end + 1
    word = word_at(sentence, after)
    slots = lexicon.slots
    if word == "doing" and (after + 1 >= len(sentence.tokens) or sentence.breaks[after + 1]):
        return Chunk(frozenset({"<owner>"}), chunk.start, after)
    if (word in slots["team_noun"] or _has(sentence, after, "<person_noun>")) and _head_ends(
        sentence, after + 1, lexicon
    ):
        return Chunk(_TEAM if word in slots["team_noun"] else _ROLE, chunk.start, after + 1)
    if (
        word
        in (
            "been",
            "always",
            "not",
            "never",
            "a",
            "an",
            "the",
            "just",
            "so",
            "too",
            "to",
            "gone",
            "got",
            "being",
        )
        or word in slots["adverb"]
        or word in slots["preposition"]
        or _has(sentence, after, "+ing")
    ):
        return chunk
    return Chunk(frozenset({"<owner>"}), chunk.start, after)


def _with_company(sentence: Sentence, chunk: Chunk, lexicon: Lexicon, roster: Roster) -> Chunk:
    """Join "ben and mei", "dev + qa" into one subject."""
    if "<blamed>" not in chunk.keys:
        return chunk
    while word_at(sentence, chunk.end) in ("and", "+", "&", "/", "or"):
        other = _chunk_at(sentence, chunk.end + 1, lexicon, roster)
        if other is None or "<blamed>" not in other.keys or _has(sentence, chunk.end + 1, "+adv"):
            break
        sentence.chunks[other.start] = other
        chunk = Chunk(chunk.keys, chunk.start, other.end)
    return chunk


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
        if not _verb_follows(sentence, at, lexicon):
            continue
        for here in range(at + 2, min(at + 9, len(sentence.tokens))):
            if sentence.breaks[here] or sentence.chunks[here] is not None:
                break
            before = word_at(sentence, here - 1)
            ahead = word_at(sentence, here + 1)
            if (word_at(sentence, here) == "never" or ahead == "not") and before not in lexicon.slots["do"]:
                sentence.chunks[here] = Chunk(chunk.keys, here, here, chunk.start)
                break
            verb = _has(sentence, here, "+past", "+s") and not _has(sentence, here, "+noun")
            hedged = before == "to" or any(before in lexicon.slots[slot] for slot in _HEDGES)
            if verb and (not hedged or before in _PARTICLES):
                sentence.chunks[here] = Chunk(chunk.keys, here, here, chunk.start)
                break


def _carry_over(sentence: Sentence, lexicon: Lexicon) -> None:
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
                        if _verb_follows(sentence, index, lexicon):
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
            if free and owner and "<blamed>" in owner.keys and _verb_follows(sentence, after, lexicon):
                chunks[after] = Chunk(owner.keys, after, after, owner.start)


_CARRIES = frozenset(["and", "but", "then", ",", "or", "&", "+", "yet"])
"""Behind these a verb may have the subject of the clause before."""
