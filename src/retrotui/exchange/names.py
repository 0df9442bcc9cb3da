"""A retro with its people under other names, for sharing wider: the same one everywhere, in every text.

Finds roster names by full name, first name, surname and handle, with possessives and accents left off; a
name that is also an everyday word ("Will", "Mark", "Grace") only where it stands as a name. Leaves who is
on the roster to the retro.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from retrotui.retro import Retro

Names = Literal["keep", "roles", "initials"]

_EVERYDAY = frozenset(
    """
    will mark grace hope joy may june april art dawn drew faith frank gene guy jack jay josh miles nick
    pat penny ray rich rob rose sue summer sky star grant chase chance victor bill bob carol case chip
    cliff dale dean earl ernest glen harmony heather holly iris ivy jasmine lane lance major mercy norm
    olive page pearl piper reed rex robin ruby rusty sage skip sonny stone sunny tad ted wade ward max
    ace ash angel green brown white black young long short king bell cook hill wood field fields rivers
    waters price bush marsh brook banks stern sharp swift strong wise
    """.split()  # noqa: SIM905 - reads better than a hundred strings
)
"""First names and surnames that are words of their own in English notes."""

_AFTER_A_QUESTION = frozenset(
    """
    the a an it its this that these those we they there our you he she i any all someone anybody
    everybody one
    """.split()  # noqa: SIM905 - reads better than a hundred strings
)

_AFTER_A_NAME = frozenset(
    """
    should could would might must may can did does was is has had have and or said says saw thought knew
    felt went ran took made told found got left began wrote read sent came kept held gave
    """.split()  # noqa: SIM905 - reads better than a hundred strings
)

_BEFORE_A_NAME = frozenset(
    """
    by with from for to asked told paged called and cc thanks
    """.split()  # noqa: SIM905 - reads better than a hundred strings
)

_TEAM = re.compile(
    r"(?i)\b(team|squad|group|guild|crew|platform|ops|sre|support|everyone|on-call|oncall|all)\b"
)
_AS_THEY_ARE = frozenset(
    """
    id at kind state status precision stage from column group parent events factors questions question topic
    action item topics template mode timezone held incident_start due closed priority preset current
    evidence refs format rule section
    """.split()  # noqa: SIM905 - reads better than a hundred strings
)
"""Fields that hold no words of people: ids, kinds, times, links."""
_OF_PEOPLE = frozenset({"owner", "facilitator", "source"})
"""Fields that say who: an everyday word that is a name on the roster is a name here."""
_SEVERAL = re.compile(r"(?i)\s*[,;/&+]\s*|\s+(?:and|with)\s+")
"""What stands between two people in one field: `Ana and Will`, `Ana/Will`."""
_PARTICLES = frozenset(
    "and al bin da de del den der di dos du e el la le of the van von y zu".split()  # noqa: SIM905
)
"""Words within a name that nobody is called by."""
_WORD_AFTER = re.compile(r"\s+([\w']+)")
_WORD_BEFORE = re.compile(r"([\w@']+)\s+$")


def renamed(retro: Retro, names: Names) -> Retro:
    """The retro with every person on its roster under another name.

    Args:
        retro: the retro.
        names: `roles` for "the facilitator" and "Person A"; `initials` for "P. N."; `keep` for the names
        themselves.
    """
    if names == "keep":
        return retro
    known = aliases(retro, names)
    rename = Renamer(known)
    data = retro.model_dump(mode="python", by_alias=True)
    fresh = _walk(data, rename)
    fresh["retro"]["id"] = rename.slug(retro.info.id)
    fresh["retro"]["people"] = list(
        dict.fromkeys(known.get(" ".join(name.split())) or rename.who(name) for name in retro.info.people)
    )
    for action, table in zip(retro.actions, fresh["action"], strict=True):
        table.update(came_from=rename.slug(action.came_from), went_to=rename.slug(action.went_to))
    return Retro.model_validate(fresh)


def aliases(retro: Retro, names: Names) -> dict[str, str]:
    """Who is called what: every person of the roster, the facilitator, and owners that are no team."""
    people = [retro.info.facilitator, *retro.info.people]
    people = [one for name in people for one in _SEVERAL.split(name)]
    owners = (owner for action in retro.actions for owner in _SEVERAL.split(action.owner))
    people += [owner for owner in owners if not _TEAM.search(owner)]
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for person in dict.fromkeys(" ".join(name.split()) for name in people):
        if not person.strip("@ "):
            continue
        same = next((alias for known, alias in found.items() if _same_person(known, person)), None)
        if same is not None:
            found[person] = same
        elif names == "roles" and not found and retro.info.facilitator.strip("@ ").strip():
            found[person] = "the facilitator"
        elif names == "roles":
            found[person] = f"Person {_letters(len(taken))}"
            taken[person] = 1
        else:
            initials = (
                " ".join(f"{word[0].upper()}." for word in re.findall(r"[^\W_][\w'-]*", person)) or "X."
            )
            taken[initials] = taken.get(initials, 0) + 1
            found[person] = initials if taken[initials] == 1 else f"{initials}{taken[initials]}"
    return found


def _same_person(one: str, other: str) -> bool:
    """`Priya`, `Priya Nair` and `@priya` are one person, as long as both are in one retro."""
    first, second = (_plain(name).lstrip("@").split() for name in (one, other))
    return first == second or (
        bool(first and second) and first[0] == second[0] and 1 in (len(first), len(second))
    )


def _letters(number: int) -> str:
    letters = ""
    while True:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
        if number < 0:
            return letters


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


class Renamer:
    """Replaces names in texts."""

    def __init__(self, known: Mapping[str, str]) -> None:
        # Whoever has a name to themselves comes before those who have it among others.
        self._aliases = {_plain(person.lstrip("@")): alias for person, alias in reversed(list(known.items()))}
        for person, alias in sorted(known.items(), key=lambda each: -len(each[0])):
            for form in _forms(person):
                self._aliases.setdefault(_plain(form), alias)
        forms = {form for person in known for form in _forms(person)}
        forms |= {_without_accents(form) for form in forms}
        alternatives = "|".join(
            re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))
        )
        self._pattern = re.compile(rf"(?i)(?<![\w@])(@?)({alternatives})(?!\w)") if forms else None

    def __call__(self, text: str) -> str:
        """The text with other names in it."""
        if self._pattern is None:
            return text
        return self._pattern.sub(self._replace, text)

    def who(self, text: str) -> str:
        """The text of a field that says who, with other names in it."""
        if self._pattern is None:
            return text
        alone = text.strip().lstrip("@")
        return self._pattern.sub(
            lambda found: self._replace(found, sure=found[2][:1].isupper() or found[2] == alone), text
        )

    def slug(self, name: str) -> str:
        """A file's id, whose words are parted by dashes, without names in it."""
        retro_id, sign, entry = name.partition("#")
        parts = retro_id.split("-")
        fresh = (
            re.sub(r"\W+", "-", self._aliases[_plain(part)].lower()).strip("-")
            if _plain(part) in self._aliases and _plain(part) not in _EVERYDAY
            else part
            for part in parts
        )
        return "-".join(fresh) + sign + entry

    def _replace(self, found: re.Match[str], *, sure: bool = False) -> str:
        alias = self._aliases.get(_plain(found[2]))
        if alias is None or not (sure or found[1] or self._is_name(found)):
            return found[0]
        starts = not found.string[: found.start()].strip() or re.search(
            r"[.!?:]\s+$", found.string[: found.start()]
        )
        return alias[0].upper() + alias[1:] if starts else alias

    @staticmethod
    def _is_name(found: re.Match[str]) -> bool:
        """Whether an everyday word stands here as a name."""
        word = found[2]
        if _plain(word) not in _EVERYDAY:
            return True
        text = found.string
        next_word = _WORD_AFTER.match(text, found.end())
        follows = next_word[1].casefold() if next_word else ""
        before = _WORD_BEFORE.search(text[: found.start()])
        comes_after = before[1].casefold() if before else ""
        if re.match(r"['’]s\b", text[found.end() :]) or (
            comes_after in _BEFORE_A_NAME and not follows.endswith("ing")
        ):
            return word[:1].isupper() or bool(re.match(r"['’]s\b", text[found.end() :]))
        acts = follows in _AFTER_A_NAME or (follows.endswith("ed") and not follows.endswith("eed"))
        if not word[:1].isupper():
            return acts and _plain(word) == "will"
        starts = (
            not text[: found.start()].strip() or re.search(r"[.!?:\n]\s*$", text[: found.start()]) is not None
        )
        return (
            not starts
            or acts
            or (bool(follows) and follows not in _AFTER_A_QUESTION and _plain(word) == "will")
        )


def _forms(person: str) -> Iterable[str]:
    """How a person may be written: in full, by each name, as handles made of them."""
    bare = person.lstrip("@")
    words = [word for word in re.split(r"[\s._]+", bare) if word]
    yield bare
    yield from (word for word in words if len(word) > 1 and word.casefold() not in _PARTICLES)
    if len(words) > 1:
        for joint in (".", "_", "-", ""):
            yield joint.join(words)
        yield words[0][0] + words[-1]


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _walk(value: Any, rename: Renamer) -> Any:
    if type(value) is str:
        return rename(value)
    if isinstance(value, Mapping):
        return {key: _renamed_field(key, inner, rename) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(inner, rename) for inner in value]
    return value


def _renamed_field(key: str, inner: Any, rename: Renamer) -> Any:
    if key in _AS_THEY_ARE and not _is_tables(inner):
        return inner
    return rename.who(inner) if key in _OF_PEOPLE and type(inner) is str else _walk(inner, rename)


def _is_tables(value: Any) -> bool:
    """Whether a key holds entries (`[[action]]`) rather than the id of one."""
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)
