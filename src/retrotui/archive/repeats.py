"""Never the same mistake twice: earlier retros that resemble this one, and what keeps coming back across a
folder.

Leaves finding single words to `search`, and how alike two texts are to `stems`.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retrotui.archive.items import ActionItem
from retrotui.archive.ledger import items_where
from retrotui.archive.search import Hit, hits
from retrotui.archive.stems import Stems, Weigher, telling_words

ALIKE = 0.34
"""From here on two texts are called alike."""
SAME = 0.6
"""From here on two texts are taken to say the same."""
TAG = 0.08
"""What a shared tag adds to the likeness of two retros that are alike in their words."""
_ASKED = 40
"""Texts looked at more closely for each text asked about."""
_WORDS_ASKED = 16
SAFEGUARDS = frozenset({"prevent", "detect", "mitigate"})
"""The kinds of action that build something against a next time."""
LATE_DAYS = 30
"""A safeguard overdue for longer than this counts as promised and not built."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text of an earlier retro that is like one of ours."""

    ours: str
    theirs: Hit
    likeness: float
    """From `ALIKE` to 1."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """An earlier retro that is like this one."""

    retro_id: str
    title: str
    held: date | None
    file: str
    matches: tuple[Match, ...]
    """Best first."""
    shared_tags: tuple[str, ...]
    actions: tuple[ActionItem, ...]
    """What was agreed on then; each says whether it was done."""

    @property
    def score(self) -> float:
        """By this resemblances are ordered: the best match, a little more for others and for shared tags."""
        return self.matches[0].likeness + 0.05 * min(3, len(self.matches) - 1) + TAG * len(self.shared_tags)


def similar(
    db: sqlite3.Connection,
    texts: Sequence[str],
    *,
    tags: Iterable[str] = (),
    without: str = "",
    limit: int = 5,
) -> tuple[Resemblance, ...]:
    """Earlier retros whose title, summary, factors or actions are like one of the texts, best first.

    Args:
        db: the index, as `Index.ask` gives it.
        texts: a title, factors, or whatever was typed.
        tags: of the retro at hand; shared ones count a little.
        without: the id of the retro at hand.
        limit: at most so many.
    """
    weigher = Weigher(db)
    found: dict[str, dict[tuple[str, str], Match]] = defaultdict(dict)
    for text in dict.fromkeys(text for text in texts if text.strip()):
        for match in _matches(db, weigher, text, without):
            place = found[match.theirs.file]
            key = (match.theirs.what, match.theirs.id)
            if key not in place or place[key].likeness < match.likeness:
                place[key] = match
    ours = {tag.casefold() for tag in tags}
    resemblances = [_resemblance(db, file, list(matches.values()), ours) for file, matches in found.items()]
    resemblances.sort(key=lambda one: (-one.score, -(one.held or date.min).toordinal(), one.file))
    return tuple(resemblances[:limit])


def _matches(db: sqlite3.Connection, weigher: Weigher, text: str, without: str) -> list[Match]:
    words = telling_words(text)
    if not words:
        return []
    (stems,) = weigher.stems([text])
    query = " OR ".join(f'"{word}"' for word in sorted(words, key=len, reverse=True)[:_WORDS_ASKED])
    near = hits(db, query, _ASKED, kinds=("title", "summary", "factor", "action"), without=without)
    enough = min(2, len(stems))
    return [
        Match(text, hit, likeness)
        for hit, theirs in zip(near, weigher.stems([hit.text for hit in near]), strict=True)
        if len(stems & theirs) >= enough and (likeness := weigher.likeness(stems, theirs)) >= ALIKE
    ]


def _resemblance(db: sqlite3.Connection, file: str, matches: list[Match], tags: set[str]) -> Resemblance:
    matches.sort(key=lambda match: -match.likeness)
    hit = matches[0].theirs
    (theirs,) = db.execute("SELECT tags FROM file WHERE path = ?", (file,)).fetchone()
    return Resemblance(
        retro_id=hit.retro_id,
        title=hit.retro_title,
        held=hit.held,
        file=file,
        matches=tuple(matches),
        shared_tags=tuple(tag for tag in json.loads(theirs) if tag.casefold() in tags),
        actions=tuple(items_where(db, "WHERE f.path = ?", [file])),
    )


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A factor, a category or a promise that comes back."""

    text: str
    """In the words used last."""
    retros: tuple[str, ...]
    """The ids of the retros, oldest first."""
    first: date | None
    last: date | None
    category: str = ""
    remark: str = ""
    """Of a promise: why it counts as not built."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """What keeps coming back across a folder."""

    retros: int
    """How many were looked at."""
    factors: tuple[Recurrence, ...]
    categories: tuple[Recurrence, ...]
    promises: tuple[Recurrence, ...]
    """Safeguards that were promised and have not been built."""


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    retro: str
    held: str
    category: str = ""
    item: ActionItem | None = None


def recurring(db: sqlite3.Connection, today: date, limit: int = 15) -> Recurring:
    """Factors and categories of two retros or more, and safeguards promised and never built, the most
    frequent first.
    """
    weigher = Weigher(db)
    factors = [
        _Said(*row)
        for row in db.execute(
            """SELECT e.text, f.retro_id, f.held, e.category FROM entry e JOIN file f ON f.key = e.file
               WHERE e.what = 'factor' ORDER BY f.held, e.key"""
        )
    ]
    by_category: dict[str, list[_Said]] = defaultdict(list)
    for factor in factors:
        if factor.category.strip():
            by_category[factor.category.strip().casefold()].append(factor)
    promised = [
        _Said(item.text, item.retro_id, "" if item.held is None else item.held.isoformat(), "", item)
        for item in items_where(db, "", [])
        if item.kind in SAFEGUARDS
    ]
    promised.sort(key=lambda said: said.held)
    (retros,) = db.execute("SELECT count(*) FROM file WHERE retro_id <> ''").fetchone()
    groups = [group for group in _grouped(weigher, factors) if len({said.retro for said in group}) > 1]
    promises = [
        (group, remark) for group in _grouped(weigher, promised) if (remark := _not_built(group, today))
    ]
    return Recurring(
        retros=retros,
        factors=_most([_recurrence(group) for group in groups], limit),
        categories=_most(
            [
                _recurrence(group, text=group[-1].category)
                for group in by_category.values()
                if len({said.retro for said in group}) > 1
            ],
            limit,
        ),
        promises=_most([_recurrence(group, remark=remark) for group, remark in promises], limit),
    )


def _most(found: list[Recurrence], limit: int) -> tuple[Recurrence, ...]:
    found.sort(key=lambda one: (-len(one.retros), -(one.last or date.min).toordinal(), one.text))
    return tuple(found[:limit])


def _recurrence(group: Sequence[_Said], *, text: str = "", remark: str = "") -> Recurrence:
    categories = Counter(said.category for said in group if said.category)
    days = [date.fromisoformat(said.held) for said in group if said.held]
    return Recurrence(
        text=text or group[-1].text,
        retros=tuple(dict.fromkeys(said.retro for said in group)),
        first=min(days, default=None),
        last=max(days, default=None),
        category=categories.most_common(1)[0][0] if categories else "",
        remark=remark,
    )


def _not_built(group: Sequence[_Said], today: date) -> str:
    """Why a promised safeguard counts as not built; empty when a promise was kept, or may be yet."""
    items = [said.item for said in group if said.item is not None]
    if any(item.status == "done" for item in items):
        return ""
    retros = len({item.retro_id for item in items})
    carried = max(item.carried for item in items)
    dropped = [item for item in items if item.status == "wont_do"]
    waiting = [item for item in items if item.is_open]
    late = max(((today - item.due).days for item in waiting if item.due), default=0)
    if retros > 1:
        return f"promised in {retros} retros" + (f", carried {carried} times" if carried > 1 else "")
    if carried > 1:
        return f"carried {carried} times"
    if late > LATE_DAYS:
        return f"overdue for {late} days"
    if dropped and not waiting:
        why = next((item.reason for item in dropped if item.reason), "")
        return f"dropped: {why}" if why else "dropped"
    return ""


def _grouped(weigher: Weigher, said: Sequence[_Said]) -> list[list[_Said]]:
    """Texts that say the same, together: each joins the first group whose leading text is the same as it.

    Only texts that share one of their three rarest stems are compared, so that ten thousand retros take
    seconds.
    """
    same: dict[Stems, list[_Said]] = {}
    for one, stems in zip(said, weigher.stems([each.text for each in said]), strict=True):
        if stems:
            same.setdefault(stems, []).append(one)
    groups: list[list[_Said]] = []
    leaders: dict[str, list[tuple[Stems, int]]] = defaultdict(list)
    for stems, members in sorted(same.items(), key=lambda each: -len(each[1])):
        rarest = sorted(stems, key=lambda stem: (-weigher.weight(stem), stem))[:3]
        near = {number: leader for stem in rarest for leader, number in leaders[stem]}
        likest = max(near, key=lambda number: weigher.likeness(stems, near[number]), default=None)
        if likest is not None and weigher.likeness(stems, near[likest]) >= SAME:
            groups[likest].extend(members)
            continue
        for stem in rarest:
            leaders[stem].append((stems, len(groups)))
        groups.append(list(members))
    for group in groups:
        group.sort(key=lambda each: each.held)
    return groups
