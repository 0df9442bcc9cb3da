"""A card as it is typed: its words, and where it belongs. `the canary held it back #safeguard`.

A tag names a kind or a column; without one the kind is guessed from the words. Leaves what the kinds of a
stage are to whoever shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from retrotui.notation.phrases import PhraseBook, words_of
from retrotui.retro import CardKind

_PHRASES: tuple[tuple[CardKind, tuple[str, ...]], ...] = (
    (
        CardKind.KUDOS,
        (
            "kudos",
            "thank!",
            "thanks",
            "thankful/grateful/appreciate!/appreciation",
            "hats off",
            "shout out",
            "shoutout",
            "credit to",
            "well done",
        ),
    ),
    (
        CardKind.LUCK,
        (
            "luck/lucky/luckily",
            "fortunate/fortunately",
            "coincidence/coincidentally",
            "by chance/accident",
            "happen! to be/have/see/notice/look/know",
            "just in time",
            "pure/sheer chance",
            "could have been ~1 worse",
        ),
    ),
    (
        CardKind.TEAMWORK,
        (
            "together",
            "help! us/out/with/each/one?",
            "join! the/us/in/within?",
            "jump!/step!/pitch!/chip! in",
            "pair! on/with/up?",
            "hand! over",
            "handover+/handoff+",
            "colleague+/teammate+",
            "team+",
            "everyone/everybody/we/people stayed/kept calm/cool?",
            "communication/collaboration/coordination",
            "escalate! quickly/early/fast/at?",
            "incident/command lead/commander",
            "answer!/respond!/reply! within/quickly/fast/at/in",
            "share! ~2 screen/notes/channel/doc",
        ),
    ),
    (
        CardKind.SAFEGUARD,
        (
            "canary/canaries",
            "alert+/alarm+/pager+/monitor+/monitoring/dashboard+/probe+",
            "backup+/snapshot+/replica+/standby+",
            "rollback+/revert!/undo",
            "roll! back",
            "feature? flag+",
            "kill switch+",
            "circuit breaker+",
            "rate limit+/limiter+/limiting",
            "limit+/quota+/timeout+/retry/retries/backoff",
            "test+/check+/guard+/guardrail+/safeguard+/lint+/validation",
            "runbook+/playbook+/checklist+",
            "staging/failover/redundancy",
            "fail! over",
            "gradual/staged/phased/slow/partial rollout+/deploy+/release+",
            "rollout+ ~2 stop!/halt!/pause!",
            "audit log+",
            "log+/trace+/metric+/graph+ show!/told/tell!/make!/point!",
            "stop!/block!/prevent!/contain!/limit!/catch! ~2 the/it/a/batch/further/spread/damage",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class CardLine:
    """What a typed card says."""

    text: str
    """The words, without the tag."""
    kind: CardKind | None = None
    """None when neither a tag nor the words tell."""
    kind_guessed: bool = False
    column: str = ""
    """The id of a column that was named, or empty."""


def read_card_line(
    text: str, *, kinds: Sequence[CardKind] = (), columns: Mapping[str, str] | None = None
) -> CardLine:
    """Reads a typed card.

    Args:
        text: What was typed; a bullet in front is dropped.
        kinds: The kinds that a tag or the words may choose from; none for cards without kinds.
        columns: Title of each column by its id, for cards in columns.

    A `#tag` at the start or the end that is the beginning (three letters or more) of a kind or a column
    chooses it and leaves the text; every other `#word` stays part of it. What is nothing but such a tag has
    no words.
    """
    words = text.strip()
    for bullet in ("- ", "* ", "• "):
        words = words.removeprefix(bullet).lstrip()
    kind: CardKind | None = None
    column = ""
    for place in (-1, 0):
        parts = words.rsplit(None, 1) if place else words.split(None, 1)
        if len(parts) < 2 or not parts[place].startswith("#"):
            continue
        tag = parts[place][1:].casefold()
        named_kind = next((item for item in kinds if _means(tag, item.value)), None)
        named_column = next(
            (key for key, title in (columns or {}).items() if _means(tag, key) or _means(tag, title)), ""
        )
        if named_kind is None and not named_column:
            continue
        kind, column = named_kind or kind, named_column or column
        words = parts[0 if place else 1].strip()
    if words.startswith("#") and len(words.split()) == 1:
        tag = words[1:].casefold()
        alone = next((item for item in CardKind if _means(tag, item.value)), None)
        of_column = next(
            (key for key, title in (columns or {}).items() if _means(tag, key) or _means(tag, title)), ""
        )
        if alone is not None or of_column:
            return CardLine("", alone if alone in kinds else kind, False, of_column or column)
    if kind is None and kinds:
        guess = guess_card_kind(words, kinds)
        return CardLine(words, guess, guess is not None, column)
    return CardLine(words, kind, False, column)


def tag_alone(text: str) -> str:
    """What to say of a note that is nothing but tags; empty when it has words."""
    parts = text.split()
    if not parts or not all(part.startswith("#") and part[1:] and not part[1:].isdecimal() for part in parts):
        return ""
    return f"add words: {' '.join(parts)} alone says only where they would belong"


def guess_card_kind(text: str, kinds: Sequence[CardKind]) -> CardKind | None:
    """The kind the words speak of, among those allowed; None when they leave it open.

    Thanks and luck are told by a word of their own and come first; of teamwork and safeguards the one that
    is spoken of first counts.
    """
    found = _book().matches(words_of(text))
    for own in (CardKind.KUDOS, CardKind.LUCK):
        if any(_PHRASES[match.value][0] is own for match in found):
            return _allowed(own, kinds)
    first = min(found, key=lambda match: (match.start, match.value), default=None)
    return None if first is None else _allowed(_PHRASES[first.value][0], kinds)


def _allowed(kind: CardKind, kinds: Sequence[CardKind]) -> CardKind | None:
    if kind is CardKind.KUDOS and CardKind.KUDOS not in kinds:
        kind = CardKind.THANKS
    return kind if kind in kinds else None


def _means(tag: str, name: str) -> bool:
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    wanted = "".join(letter for letter in tag if letter.isalnum())
    return len(wanted) >= min(3, len(plain)) > 0 and plain.startswith(wanted)


@cache
def _book() -> PhraseBook:
    book = PhraseBook()
    for number, (_, phrases) in enumerate(_PHRASES):
        book.add(number, phrases)
    return book
