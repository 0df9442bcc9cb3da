"""Who is meant: telling people from things in a sentence.

The subject decides, not the verb. The head of a noun phrase wins ("the on-call app" is an app), and a name
of the roster that is a word as well counts only where the word does not fit ("will need a bigger instance"
is nobody). Names are never guessed from capitals. Leaves to `grammar` where clauses begin.
"""

from __future__ import annotations

from retrotui.blameless.agents import acts_like_people, does_as_people_do, is_at_work, is_human_verb
from retrotui.blameless.heads import (
    WHEREABOUTS,
    head_ends,
    is_field,
    is_machine,
    may_modify,
    on_duty,
    verb_follows,
)
from retrotui.blameless.lexicon import CLOSED_TAGS, HEAD_TAGS, Lexicon
from retrotui.blameless.names import has_key, is_name_here, word_at
from retrotui.blameless.roster import Roster
from retrotui.blameless.sentence import Chunk, Sentence
from retrotui.blameless.subjects import carry_over
from retrotui.blameless.tokens import HANDLE, NUMBER, WORD

_EVERYONE_HANDLES = frozenset({"@here", "@channel", "@all", "@everyone"})


_POST = frozenset({"on", "from", "in", "at", "of", "for", "with"})


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
            or (token.text in _THE_ONE and word_at(sentence, index + 1) == "who")
            or (token.text in _LEVELS and word_at(sentence, index + 1) in _FIGURES)
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
    carry_over(sentence, lexicon)


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
    if word in _LEVELS and word_at(sentence, at + 1) in _FIGURES:
        return Chunk(_TEAM, at, at + 2) if _level_acts(sentence, at + 2, lexicon) else None
    if word in _THE_ONE and word_at(sentence, at + 1) == "who":
        return Chunk(_ANYONE, at, at + 1)
    if word in slots["anyone"]:
        end = at + 2 if word_at(sentence, at + 1) == "else" else at + 1
        return _owned(sentence, _with_place(sentence, Chunk(_ANYONE, at, end), lexicon), lexicon)
    return _role_phrase(sentence, at, lexicon)


_THE_ONE = frozenset({"one", "ones", "those"})
"""Before "who" these are people: "the one who merged it"."""


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
        and (
            has_key(sentence, after, "+noun", "+base", "+ing", "+part")
            or not has_key(sentence, after, "+finite")
        )
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
        return Chunk(_TEAM, at, end + 1) if head_ends(sentence, end + 1, lexicon) else None
    return Chunk(_TEAM, at, end) if _level_acts(sentence, end, lexicon) else None


def _level_acts(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether "tier 2" does what people do, "did not answer", and no cache of that level."""
    here = at
    while word_at(sentence, here) in lexicon.slots["not"] or word_at(sentence, here) in lexicon.slots["do"]:
        here += 1
    return here < len(sentence.keys) and (
        not sentence.keys[here].isdisjoint(_LINE_ACTS) or does_as_people_do(sentence, here, lexicon)
    )


_LEVELS = frozenset({"tier", "level"})
_FIGURES = frozenset({"1", "2", "3", "one", "two", "three"})
"""Behind "tier" these number a line of support."""


_LINE_ACTS = frozenset(
    {"<social>", "<diligence>", "<omit>", "sit~", "sleep~", "close~", "hang~", "page~", "let~", "leave~"}
)


def _role_or_team(
    sentence: Sentence, at: int, here: int, position: int, lexicon: Lexicon
) -> tuple[bool, bool]:
    """Tell whether the noun at `position` is a role, and whether it is a team.

    The phrase begins at `at`, behind its article at `here`.
    """
    slots, word = lexicon.slots, word_at(sentence, position)
    is_role, is_team = has_key(sentence, position, "<person_noun>"), word in slots["team_noun"]
    in_field = position > at and is_field(sentence, position - 1, lexicon)
    if in_field and word in slots["collective"]:
        is_team = word != "group" or word_at(sentence, position - 1) != "security"
    if not is_role and word in slots["loose_person"]:
        is_role = (
            word_at(sentence, position - 1) in slots["human_mod"]
            or on_duty(sentence, position + 1)
            or (position <= here + 1 and is_at_work(sentence, position, lexicon))
        )
    if is_role or is_team:
        return is_role, is_team
    if position == here:
        loose = word in slots["loose_team"] and not _is_compound(sentence, at)
        return False, loose and acts_like_people(sentence, position + 1, lexicon)
    loose = in_field and word in slots["loose_team"]
    acting = loose and (
        does_as_people_do(sentence, position + 1, lexicon)
        or (sentence.begins[at] and is_human_verb(sentence, position + 1, lexicon))
    )
    return False, acting or _is_department(sentence, position, lexicon)


def _role_phrase(sentence: Sentence, at: int, lexicon: Lexicon) -> Chunk | None:
    """Find `the engineer on duty`, `a junior dev`, `web team`: determiner, modifiers, people."""
    if at not in sentence.near_head:
        return None
    slots = lexicon.slots
    here = at
    if word_at(sentence, at) == "that" and word_at(sentence, at - 1) == "it":
        # "why is it that qa ..." points at nobody
        return None
    if word_at(sentence, at) in ("every", "each") and _is_time(sentence, at + 1):
        # "every single quarter finance ..." begins with a time
        return None
    if word_at(sentence, here) in slots["determiner"]:
        here += 1
        if word_at(sentence, here) == "of" and word_at(sentence, here + 1) in slots["determiner"]:
            here += 2
    head = -1
    keys = _ROLE
    limit = min(here + 5, len(sentence.tokens))
    position = here
    while position < limit:
        word = word_at(sentence, position)
        if sentence.tokens[position].sort not in (WORD, NUMBER):
            break
        if word == "hr" and word_at(sentence, position - 1) in _COUNTS:
            break  # "for an hr" is a time
        is_role, is_team = _role_or_team(sentence, at, here, position, lexicon)
        if is_role or is_team:
            head, keys = position, _TEAM if is_team and not is_role else _ROLE
            if is_role and word in _PLENTY and position > at and is_field(sentence, position - 1, lexicon):
                keys = _CREW
            position += 1
            continue
        if head >= 0 and (
            position != head + 1
            or not has_key(sentence, position + 1, *HEAD_TAGS)
            or has_key(sentence, position, "+verb")
        ):
            # "the partner integration guys" goes on to a later head, "the reviewer" does not
            break
        if not may_modify(sentence, position) or (here == at and has_key(sentence, position, "+past")):
            break
        if position == at and has_key(sentence, position, "<leading>"):
            # "letting interns" is no kind of intern
            break
        position += 1
    if head < 0 or is_machine(sentence, head, lexicon):
        return None
    if head > at and at == here and not (word_at(sentence, at) in slots["loose_team"] or head == at + 1):
        return None
    if not head_ends(sentence, head + 1, lexicon):
        return None
    if (
        at == here
        and head > at
        and sentence.begins[at]
        and has_key(sentence, at, "+base")
        and not verb_follows(sentence, head + 1, lexicon)
    ):
        # an order: "send ops ...", not "release engineer failed ..."
        return None
    return _owned(sentence, _with_place(sentence, Chunk(keys, at, head + 1), lexicon), lexicon)


_TIMES = frozenset(
    {"time", "week", "weekend", "month", "quarter", "year", "sprint", "release", "friday", "monday", "night"}
    | {"morning", "shift", "launch", "deploy", "event", "day"}
)


def _is_time(sentence: Sentence, at: int) -> bool:
    """Tell whether "time", "single quarter" or "event launch" stands at a place."""
    return any(word_at(sentence, here) in _TIMES for here in (at, at + 1))


def _is_compound(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun stands before the word, so that "schema registry" is no registry of people."""
    return at > 0 and not sentence.begins[at] and has_key(sentence, at - 1, "+noun")


def _is_department(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether "the change board" or "pathology IT" is people, by what they do."""
    word = word_at(sentence, at)
    if word == "it":
        return is_field(sentence, at - 1, lexicon) and (
            sentence.tokens[at].capital or verb_follows(sentence, at + 1, lexicon)
        )
    return word in _DEPARTMENTS and (
        does_as_people_do(sentence, at + 1, lexicon) or is_human_verb(sentence, at + 1, lexicon)
    )


_DEPARTMENTS = frozenset(
    {"office", "board", "desk", "committee", "guild", "chapter", "branch", "org", "panel"}
)


_COUNTS = frozenset({"an", "per", "every", "each", "half", "another", "last", "1", "one"})


_PLENTY = frozenset({"people", "folks", "guys", "lads", "dudes", "members", "gents", "boys"})


def _with_place(sentence: Sentence, chunk: Chunk, lexicon: Lexicon) -> Chunk:
    """Stretch over "on duty", "from the data team", when a verb follows."""
    end = chunk.end
    if word_at(sentence, end) in WHEREABOUTS:
        return Chunk(chunk.keys, chunk.start, end + 1)
    if word_at(sentence, end) in _POST:
        for here in range(end + 1, min(end + 5, len(sentence.tokens))):
            if sentence.breaks[here]:
                break
            if here == end + 1:
                continue
            many = word_at(sentence, end - 1) in _PLENTY and is_field(sentence, here - 1, lexicon)
            if verb_follows(sentence, here, lexicon) or (many and has_key(sentence, here, "+base")):
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
    if (word in slots["team_noun"] or has_key(sentence, after, "<person_noun>")) and head_ends(
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
        or has_key(sentence, after, "+ing")
    ):
        return chunk
    return Chunk(frozenset({"<owner>"}), chunk.start, after)


def _with_company(sentence: Sentence, chunk: Chunk, lexicon: Lexicon, roster: Roster) -> Chunk:
    """Join "ben and mei", "dev + qa" into one subject."""
    if "<blamed>" not in chunk.keys:
        return chunk
    while word_at(sentence, chunk.end) in ("and", "+", "&", "/", "or"):
        other = _chunk_at(sentence, chunk.end + 1, lexicon, roster)
        if other is None or "<blamed>" not in other.keys or has_key(sentence, chunk.end + 1, "+adv"):
            break
        sentence.chunks[other.start] = other
        chunk = Chunk(chunk.keys, chunk.start, other.end)
    return chunk
