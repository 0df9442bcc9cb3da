"""Verb forms for rewrites: from a base form to its past, participle and -ing form."""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = "aeiou"
_DOUBLES = frozenset(
    [
        "commit",
        "admit",
        "submit",
        "permit",
        "omit",
        "refer",
        "prefer",
        "occur",
        "begin",
        "forget",
        "reset",
        "upset",
        "rerun",
        "regret",
        "compel",
        "control",
        "equip",
    ]
)


_PREFIXES = ("un", "over", "out", "mis", "de")


class Inflector:
    """Forms of English verbs, by rule and by a table of the irregular ones."""

    def __init__(self, irregular: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        """Make an inflector from the irregular forms of a lexicon (form → (base, kind) pairs)."""
        self._forms = {(base, kind): form for form, pairs in irregular.items() for base, kind in pairs}

    def ing(self, base: str) -> str:
        """`run` → `running`."""
        if base == "be":
            return "being"
        if base.endswith("ie"):
            return base[:-2] + "ying"
        if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
            return base[:-1] + "ing"
        return self._stem(base) + "ing"

    def past(self, base: str) -> str:
        """`run` → `ran`."""
        return self._forms.get((base, "past")) or self._regular(base)

    def part(self, base: str) -> str:
        """`run` → `run`, `take` → `taken`."""
        return self._forms.get((base, "part")) or self._regular(base)

    def third(self, base: str) -> str:
        """`push` → `pushes`."""
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            return base[:-1] + "ies"
        return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")

    def _regular(self, base: str) -> str:
        if base.endswith("e"):
            return base + "d"
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            return base[:-1] + "ied"
        return self._stem(base) + "ed"

    @staticmethod
    def _stem(base: str) -> str:
        """Double the last letter where English does (`stop` → `stopp`)."""
        word = base.rsplit("-", 1)[-1]
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) > len(prefix) + 2:
                word = word.removeprefix(prefix)
                break
        if len(word) < 3 or word[-1] in _VOWELS + "wxy" or word[-2] not in _VOWELS or word[-3] in _VOWELS:
            return base
        one_syllable = (
            sum(a in _VOWELS and b not in _VOWELS for a, b in zip(word, word[1:] + "b", strict=True)) == 1
        )
        return base + base[-1] if one_syllable or word in _DOUBLES else base
