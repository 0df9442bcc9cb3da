"""What a single word can be: its verb form by its ending, the lists it is in. No sentence is seen here."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any

from retrotui.blameless.rows import Rows, as_lines


def _without_one(word: str) -> list[str]:
    """Give a word and all its spellings with one letter left out."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _one_typo(typed: str, right: str) -> bool:
    """Tell whether two words differ by one letter left out, added, changed, or two neighbours swapped."""
    start = 0
    while start < min(len(typed), len(right)) and typed[start] == right[start]:
        start += 1
    a, b = typed[start:], right[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


_PERSON_ENDINGS = (
    *(
        "ologist",
        "ologists",
        "macist",
        "macists",
        "tionist",
        "tionists",
        "ician",
        "icians",
        "gineer",
        "gineers",
    ),
    *("grapher", "graphers", "woman", "women", "person", "persons", "foreman", "foremen", "sman", "smen"),
    *("countant", "countants", "iatrist", "iatrists", "entist", "entists"),
)
_NOT_PERSONS = frozenset({"in-person", "person-to-person", "per-person"})
_NOT_MIS = frozenset(
    {"missed", "misses", "missing", "mission", "missions", "missioned", "mistakes", "mistook"}
)


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


CLAUSE_MARKS = frozenset(",;:.?!…()[]—–|>")
"""Marks at which a clause ends; so it does at a dash between blanks, and at a joining word."""

_SUBJECTS = frozenset({"i", "me", "we", "us", "you", "your", "first", "second", "third"})
_NO_MODIFIERS = frozenset({"i", "we", "us", "me", "who", "why", "how", "when", "'s"})
CLOSED_TAGS = frozenset(
    f"<{slot}>"
    for slot in (
        "determiner",
        "preposition",
        "conjunction",
        "modal",
        "be",
        "have",
        "do",
        "not",
        "pronoun",
        "anyone",
    )
)
HEAD_TAGS = frozenset({"<person_noun>", "<team_noun>", "<loose_team>", "<loose_person>", "<collective>"})
_MOST_REMEMBERED = 10_000
_LONG = 40
"""Letters from which on a word is no typo of anything; it need not be tried letter by letter."""


class Word:
    """What the grammar asks of a word over and over, answered once.

    Attributes:
        meant: The word as it was meant, where it is a typo of one that matters.
        keys: Every key a pattern may ask for.
        adverb: It can be stepped over.
        behind: Words behind which it is an adverb ("at" of "at least").
        joins: It begins a clause.
        filler: A clause can begin behind it.
        awaits: A bare verb comes next ("did", "should", "to").
        passes: It may stand before that verb.
        unknown: Nothing is known of it, so that it may be that verb.
        subject: It stands for people all by itself.
        determiner: A noun phrase begins with it.
        people: It can be the noun of a phrase that means people.
        modifies: It can stand between the two.
    """

    __slots__ = (
        "_base",
        "adverb",
        "awaits",
        "behind",
        "determiner",
        "filler",
        "joins",
        "keys",
        "meant",
        "modifies",
        "passes",
        "people",
        "subject",
        "unknown",
    )

    def __init__(self, meant: str, keys: frozenset[str]) -> None:
        """Make a word of which nothing else is known, such as a mark or a number."""
        self.meant = meant
        self.keys = keys
        self.adverb = self.joins = self.filler = self.awaits = self.passes = self.unknown = False
        self.subject = self.determiner = self.people = False
        self.modifies = True
        self.behind: frozenset[str] | None = None
        self._base = ""

    @property
    def base(self) -> str:
        """The base of the verb that it is, where it can be only one, or the word itself; worked out once."""
        if not self._base:
            bases = [key[:-1] for key in self.keys if key[-1] == "~" and key != "~"]
            self._base = bases[0] if len(bases) == 1 else self.meant
        return self._base


class WordLists(dict[str, frozenset[str]]):
    """The word lists by name, each put together when it is first asked for; members are words and `verb~`."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        """Take the lists as written; one may name another as `<other>`."""
        self.raw = raw

    def __missing__(self, name: str) -> frozenset[str]:
        if name not in self.raw:
            raise KeyError(name)
        found = self[name] = frozenset(self._members(name, ()))
        return found

    def __contains__(self, name: object) -> bool:
        return name in self.raw

    def get(self, name: str, default: Any = None) -> Any:
        """Give a list, or `default` where there is none of that name."""
        return self[name] if name in self.raw else default

    def _members(self, name: str, seen: tuple[str, ...]) -> set[str]:
        members: set[str] = set()
        for word in self.raw.get(name, "").split():
            inner = word[1:-1] if word.startswith("<") and word.endswith(">") else ""
            if not inner or inner in (*seen, name):
                members.add(word)
            else:
                members |= self._members(inner, (*seen, name))
        return members


class Vocabulary:
    """What a lexicon is made of, as texts.

    Attributes:
        slots: Word lists by name.
        verbs: Base forms of the known verbs.
        irregular: One line for a form such as `broke`: the form, then base and kind in turn, the kind being
            past, part or s.
        not_verbs: Words that end like a verb form and are none.
        tags: For a word or `verb~` the lists it is in, such as `<harm>|<omit>`; None where they are still
            to be worked out.
    """

    __slots__ = ("irregular", "not_verbs", "slots", "tags", "verbs")

    def __init__(
        self,
        slots: Mapping[str, str],
        verbs: str,
        irregular: str,
        not_verbs: str,
        tags: Rows | None = None,
    ) -> None:
        """Take the texts."""
        self.slots = slots
        self.verbs = verbs
        self.irregular = irregular
        self.not_verbs = not_verbs
        self.tags = tags

    def with_words(self, added: Mapping[str, str]) -> Vocabulary:
        """Give a vocabulary with more words in its lists; a verb in them becomes a known verb."""
        verbs = [word[:-1] for words in added.values() for word in words.split() if word.endswith("~")]
        slots = dict(self.slots)
        for name, words in added.items():
            slots[name] = f"{slots.get(name, '')} {words}"
        return Vocabulary(slots, " ".join((self.verbs, *verbs)), self.irregular, self.not_verbs)

    def tagged(self) -> dict[str, str]:
        """Work out `tags`."""
        lists = WordLists(self.slots)
        tags: dict[str, list[str]] = {}
        for name in self.slots:
            for member in lists[name]:
                tags.setdefault(member, []).append(f"<{name}>")
        return {member: "|".join(names) for member, names in sorted(tags.items())}


class Lexicon:
    """Words, verb forms and slots; analyses are remembered per word.

    Attributes:
        slots: Every word list by name.
        irregular: For a form such as `broke` its (base, form) pairs.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Make a lexicon of a vocabulary."""
        self.slots = WordLists(vocabulary.slots)
        self._verbs = frozenset(vocabulary.verbs.split())
        self._tags = vocabulary.tags or Rows(as_lines(vocabulary.tagged()))
        self.irregular: dict[str, tuple[tuple[str, str], ...]] = {}
        for line in vocabulary.irregular.splitlines():
            form, *pairs = line.split()
            self.irregular[form] = tuple(zip(pairs[::2], pairs[1::2], strict=True))
        self._not_verbs = frozenset(vocabulary.not_verbs.split())
        self._noun_endings = tuple(vocabulary.slots["noun_ending"].split())
        self._near: dict[str, list[str]] | None = None
        self._words: dict[str, Word] = {}
        self._marks: dict[str, Word] = {}
        self._seen: dict[str, frozenset[str]] = {}

    def keys(self, word: str) -> frozenset[str]:
        """Give every key a pattern may ask for: the word, `lemma~`, `+past` and the like."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.clear()
            found = self._seen[word] = frozenset(self._analyse(word))
        return found

    def word(self, text: str) -> Word:
        """Give what the grammar has to know of a word."""
        found = self._words.get(text)
        if found is None:
            if len(self._words) > _MOST_REMEMBERED:
                self._words.clear()
            found = self._words[text] = self._describe(text)
        return found

    def mark(self, text: str) -> Word:
        """Give the same for a mark or a handle, which only patterns look at."""
        found = self._marks.get(text)
        if found is None:
            if len(self._marks) > _MOST_REMEMBERED:
                self._marks.clear()
            found = self._marks[text] = Word(text, frozenset({text}))
        return found

    def number(self, text: str) -> Word:
        """Give the same for a short number."""
        found = self._marks.get(text)
        if found is None:
            found = self._marks[text] = Word("", frozenset({text, "+number"}))
        return found

    def _describe(self, text: str) -> Word:
        keys, slots = self.keys(text), self.slots
        alone = len(keys) == 1
        word = Word((self._mended(text) if alone and 4 < len(text) < _LONG else "") or text, keys)
        word.adverb = text in slots["adverb"] or (
            len(text) > 4 and text.endswith("ly") and text not in _NOT_MANNER
        )
        word.behind = frozenset(a for a, b in _ADVERB_PAIRS if b == text) or None
        word.joins = text in slots["conjunction"]
        word.filler = text in slots["filler"]
        word.awaits = text in ("to", "did", "does") or text in slots["modal"]
        word.passes = text in slots["not"] or text in slots["adverb"]
        word.unknown = alone and len(text) > 2 and not any(text in slots[slot] for slot in _FUNCTION_SLOTS)
        word.subject = text in _SUBJECTS or text in slots["pronoun"] or text in slots["anyone"]
        word.determiner = text in slots["determiner"]
        word.people = not keys.isdisjoint(HEAD_TAGS)
        word.modifies = (
            keys.isdisjoint(CLOSED_TAGS)
            and not word.adverb
            and text not in _NO_MODIFIERS
            and ("+base" not in keys or text in slots["thing"] or text in slots["loose_team"])
            and ("+finite" not in keys or "+part" in keys)
        )
        return word

    def _mended(self, word: str) -> str:
        """Give the word of the `mend` list that is one typo away (one letter more, less, other, swapped)."""
        if self._near is None:
            near: dict[str, list[str]] = {}
            for right in sorted(self.slots["mend"]):
                for form in _without_one(right):
                    near.setdefault(form, []).append(right)
            self._near = near
        if self._is_listed(word) or (word.endswith(("ed", "ing", "ly")) and self._is_listed(word[:-2])):
            return ""
        for form in _without_one(word):
            for right in self._near.get(form, ()):
                if right[0] == word[0] and _one_typo(word, right):
                    return right
        return ""

    def borders(self) -> frozenset[str]:
        """Give every key that a mark or a word at the end of a clause can have."""
        return CLAUSE_MARKS.union({"-"}, *map(self.keys, self.slots["conjunction"]))

    def _is_listed(self, word: str) -> bool:
        """Tell whether a word is in any list but that of the words worth mending for."""
        return self._tags.get(word) not in ("", "<mend>")

    def is_word(self, word: str) -> bool:
        """Tell whether a word is a plain word of the lexicon, so that a name spelt so is ambiguous."""
        return word in self._verbs or word in self.slots["thing"]

    def looks_like_noun(self, word: str) -> bool:
        """Tell whether a word is a thing by list or by ending."""
        return word in self.slots["thing"] or (len(word) > 6 and word.endswith(self._noun_endings))

    def lemmas(self, word: str) -> list[tuple[str, str]]:
        """Give the (base, form) readings of a word as a verb."""
        readings = list(self.irregular.get(word, ()))
        if word in self._verbs:
            readings.append((word, "base"))
        if word in self._not_verbs or (readings and len(readings) > 1):
            return readings
        for ending, forms in (("ed", ("past", "part")), ("ing", ("ing",)), ("s", ("s",))):
            if not word.endswith(ending) or len(word) < len(ending) + 2:
                continue
            base = self._base(word[: -len(ending)], ending)
            if base:
                readings.extend((base, form) for form in forms)
        return readings

    def _base(self, stem: str, ending: str) -> str:
        verbs = self._verbs
        if ending == "s":
            if stem in verbs:
                return stem
            if stem.endswith("e") and stem[:-1] in verbs and stem[-2:-1] in "shxzo":
                return stem[:-1]
            if stem.endswith("ie") and stem[:-2] + "y" in verbs:
                return stem[:-2] + "y"
            return ""
        for base in (stem, stem + "e"):
            if base in verbs:
                return base
        if len(stem) > 2 and (stem[-1] == stem[-2] or stem.endswith("ck")) and stem[:-1] in verbs:
            return stem[:-1]
        if stem.endswith("i") and stem[:-1] + "y" in verbs:
            return stem[:-1] + "y"
        return ""

    def _analyse(self, word: str) -> set[str]:
        keys = {word}
        for base, form in self.lemmas(word):
            keys.add(base + "~")
            keys.add("+" + form)
            keys.add("+verb")
            if form in ("past", "s"):
                keys.add("+finite")
        if "+verb" not in keys and word not in self._not_verbs:
            if len(word) > 4 and word.endswith("ed"):
                keys |= {"+past", "+part", "+verb", "+finite"}
            elif len(word) > 5 and word.endswith("ing"):
                keys |= {"+ing"}
        tags = self._tags
        for key in tuple(keys):
            names = tags.get(key)
            if names:
                # shared strings: less memory, and quicker to compare
                keys.update(map(intern, names.split("|")))
        if (
            word.startswith("mis")
            and len(word) > 6
            and word not in _NOT_MIS
            and "+verb" in self.keys(word[3:])
        ):
            keys |= {"<misdeed>", *(k for k in self.keys(word[3:]) if k[0] == "+" and k != "+noun")}
        if word.endswith(_PERSON_ENDINGS) and len(word) > 5 and word not in _NOT_PERSONS:
            keys.add("<person_noun>")
        if word in self.slots["adverb"] or (len(word) > 4 and word.endswith("ly")):
            keys.add("+adv")
        if word in self.slots["thing"]:
            keys.add("+noun")
        if word == "'d":
            # "he'd asked" and "he'd ask" look alike
            keys |= self.keys("had") | {"would"}
        return keys
