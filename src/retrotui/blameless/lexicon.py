"""What a single word can be: its verb form by its ending, the lists it is in. No sentence is seen here."""

from __future__ import annotations

from collections.abc import Mapping


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


class Lexicon:
    """Words, verb forms and slots; analyses are remembered per word.

    Attributes:
        slots: Every word list by name; members are words and `verb~` keys.
        irregular: For a form such as `broke` its (base, form) pairs.
    """

    def __init__(
        self,
        slots: Mapping[str, frozenset[str]],
        verbs: frozenset[str],
        irregular: Mapping[str, tuple[tuple[str, str], ...]],
        not_verbs: frozenset[str],
        noun_endings: tuple[str, ...],
    ) -> None:
        """Make a lexicon.

        Args:
            slots: Word lists by name.
            verbs: Base forms of the known verbs.
            irregular: For a form such as `broke` its (base, form) pairs, form being past, part or s.
            not_verbs: Words that end like a verb form and are none.
            noun_endings: Endings of words that are nouns.
        """
        self.slots = slots
        self._verbs = verbs
        self._tags: dict[str, list[str]] = {}
        for name, members in slots.items():
            tag = f"<{name}>"
            for member in members:
                self._tags.setdefault(member, []).append(tag)
        self.irregular = irregular
        self._not_verbs = not_verbs
        self._noun_endings = noun_endings
        self._known: frozenset[str] | None = None
        self._meant: dict[str, str] = {}
        self._near: dict[str, list[str]] = {}
        self._seen: dict[str, frozenset[str]] = {}

    def keys(self, word: str) -> frozenset[str]:
        """Give every key a pattern may ask for: the word, `lemma~`, `+past` and the like."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) > 20_000:
                self._seen.clear()
            found = self._seen[word] = frozenset(self._analyse(word))
        return found

    def mended(self, word: str) -> str:
        """Give a word as it was meant: itself, or the word of the `mend` list that is one typo away."""
        meant = self._meant.get(word)
        if meant is None:
            if len(self._meant) > 20_000:
                self._meant.clear()
            meant = self._meant[word] = (self._mended(word) if len(self.keys(word)) == 1 else "") or word
        return meant

    def _mended(self, word: str) -> str:
        """Give the word of the `mend` list that is one typo away (one letter more, less, other, swapped)."""
        if self._known is None:
            self._known = frozenset().union(*(m for n, m in self.slots.items() if n != "mend"))
            self._near = {}
            for right in self.slots.get("mend", ()):
                for form in _without_one(right):
                    self._near.setdefault(form, []).append(right)
        if word in self._known or (word.endswith(("ed", "ing", "ly")) and word[:-2] in self._known):
            return ""
        for form in _without_one(word):
            for right in self._near.get(form, ()):
                if right[0] == word[0] and _one_typo(word, right):
                    return right
        return ""

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
            keys.update(tags.get(key, ()))
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
