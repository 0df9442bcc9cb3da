"""An action item typed in one line, read as fields; and written back.

`add canary stage to deploy @priya due friday !p1 #prevent done when: the stage stops a bad build`

A token counts where a word starts; a backslash in front makes it plain text. Leaves dates to `due_dates`,
and what could be better about the action to `advice`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from retrotui.notation.action_words import guess_action_kind
from retrotui.notation.due_dates import read_due
from retrotui.notation.lazy_pattern import lazy_pattern
from retrotui.notation.unread import unread_field
from retrotui.retro import Action, ActionKind, Priority


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Where a field stands in the typed line, so that a view can colour it."""

    field: str
    """`owner`, `due`, `priority`, `kind`, `ticket` or `done_when`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What a typed action line says."""

    text: str = ""
    owner: str = ""
    """As the roster spells it, else as typed."""
    due: date | None = None
    priority: Priority = Priority.NONE
    kind: ActionKind | None = None
    """None when nothing was said and the words leave it open."""
    kind_guessed: bool = False
    done_when: str = ""
    ticket: str = ""
    spans: tuple[FieldSpan, ...] = ()
    """In the order of the line, never overlapping."""
    remark: str = ""
    """A sentence when the due date or the owner deserves a look, or a field could not be read; else empty."""


@dataclass(frozen=True, slots=True)
class _Token:
    field: str
    value: object
    start: int
    end: int
    remark: str = ""


_FLAGS = re.IGNORECASE
_TRIGGER = lazy_pattern(r"(?<!\S)(\\*)(?=[@#!→]|=>|https?://|ticket:|due\b|by\s|done[ -]when\b)", _FLAGS)
_QUOTED = lazy_pattern(r'"((?:[^"\\]|\\.)+)"', re.DOTALL)
_HANDLE = lazy_pattern(r"\w(?:[\w.'’+/-]*[\w+])?")
_DUE = lazy_pattern(
    r"(?:due(?:\s+date)?(?:\s*[:=]|\s+(?:on|by)\b)?|(by)(?:\s+the(?=\s+end\b))?)\s*(?<=[\s:=])", _FLAGS
)
_PRIORITY = lazy_pattern(
    r"!(?:p?([0-4])|((?ai:urgent|critical|high|medium|normal|low)))(?=[\s,;.]|$)", _FLAGS
)
_PRIORITY_WORDS = {
    "urgent": Priority.P0,
    "critical": Priority.P0,
    "high": Priority.P1,
    "medium": Priority.P2,
    "normal": Priority.P2,
    "low": Priority.P3,
}
_KIND = lazy_pattern(r"#([a-z]+)(?=[\s,;.]|$)", _FLAGS)
_KIND_ALIASES = {
    "prevention": ActionKind.PREVENT,
    "detection": ActionKind.DETECT,
    "mitigation": ActionKind.MITIGATE,
    "response": ActionKind.RESPOND,
    "fix": ActionKind.REPAIR,
    "research": ActionKind.INVESTIGATE,
    "learning": ActionKind.LEARN,
}
_URL = lazy_pattern(r"https?://\S+", _FLAGS)
_URL_TAIL = ".,;:!?)>]\"'"
_TICKET = lazy_pattern(r'ticket:(?:"((?:[^"\\]|\\.)+)"|([^\s"]\S*))', re.IGNORECASE | re.DOTALL)
_DONE = lazy_pattern(r"(?:done[ -]when\b\s*:?|(?:=>|→)(?=\s|$))\s*", _FLAGS)
_IS_DONE = lazy_pattern(r"\b(?:is|are|be|been|was|were|get|gets|got|gets|not)\s+$", _FLAGS)
_AFTER = lazy_pattern(r"[,;.](?=\s|$)")


def read_action_line(
    text: str, *, today: date, people: Sequence[str] = (), finished: bool = False
) -> ActionLine:
    """Read one typed action. Never raises: what is not understood stays text.

    Args:
        text: The line. Owners are `@priya` or `@"Ana Maria"`; due dates follow `due` or `by`; priorities
            are `!p1`, `!1` or `!high`; kinds `#prevent`; `done when …` or `=> …` runs to the end; the
            first web address is the ticket.
        today: The day due dates are counted from.
        people: Roster and team names; owners are matched without regard to case.
        finished: Whether nothing more is typed, so that the remark need not wait for a last word's end.
    """
    tokens, escapes = _scan(text, today, _longest_first(people), finished)
    values = {token.field: token.value for token in tokens}
    done_at = next((token.start for token in tokens if token.field == "done_when"), len(text))
    words = _plain(text, 0, done_at, tokens, escapes)
    done_when = _plain(text, done_at, len(text), tokens, escapes)
    kind = values.get("kind")
    guessed = guess_action_kind(words) if kind is None else None
    spans = [FieldSpan(token.field, token.start, token.end) for token in tokens if token.end > token.start]
    if done_when:
        spans = _with_done_when(text, spans)
    owner, due, ticket = values.get("owner"), values.get("due"), values.get("ticket")
    priority = values.get("priority")
    return ActionLine(
        words,
        owner if isinstance(owner, str) else "",
        due if isinstance(due, date) else None,
        priority if isinstance(priority, Priority) else Priority.NONE,
        kind if isinstance(kind, ActionKind) else guessed,
        guessed is not None,
        done_when,
        ticket if isinstance(ticket, str) else "",
        tuple(spans),
        "; ".join(token.remark for token in tokens if token.remark),
    )


def _scan(text: str, today: date, people: Sequence[str], finished: bool) -> tuple[list[_Token], list[int]]:
    """The tokens of a line in order, and the places of backslashes that only keep a token from being one.

    A due date that can be two days stays text; an empty token carries the remark on it. So does a
    quotation that is never closed, but a backslash counts in front of it: a quote may follow later.
    """
    tokens: list[_Token] = []
    escapes: list[int] = []
    seen: set[str] = set()
    end = 0
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < end or ("owner" in seen and trigger[0] == "" and text[trigger.end()] == "@"):
            continue
        token = _token(text, trigger.end(), today, people)
        if token is None:
            said = "" if trigger[1] else unread_field(text, trigger.end(), finished=finished)
            if not said:
                continue
            token = _Token("remark", None, trigger.end(), trigger.end(), said)
        if token.field == "remark":
            if not trigger[1]:
                tokens.append(token)
        elif token.field == "open" and not trigger[1]:
            continue
        elif trigger[1]:
            escapes.append(trigger.start())
        elif token.field not in seen:
            seen.add(token.field)
            tokens.append(token)
            end = token.end
    return tokens, escapes


def _token(text: str, at: int, today: date, people: Sequence[str]) -> _Token | None:
    first = text[at]
    if first == "@":
        return _owner(text, at, people)
    if first == "#" and (found := _KIND.match(text, at)):
        name = found[1].lower()
        kind = ActionKind(name) if name in ActionKind.__members__.values() else _KIND_ALIASES.get(name)
        return _Token("kind", kind, at, found.end()) if kind else None
    if first == "!" and (found := _PRIORITY.match(text, at)):
        level = Priority(f"P{int(found[1])}") if found[1] else _PRIORITY_WORDS[found[2].lower()]
        return _Token("priority", level, at, found.end())
    if found := _DONE.match(text, at):
        if first in "dD" and _IS_DONE.search(text[max(0, at - 12) : at]):
            return None
        return _Token("done_when", "", at, found.end())
    if found := _TICKET.match(text, at):
        ticket = _unquote(found[1]) if found[1] else found[2]
        return _Token("ticket", ticket, at, found.end())
    if first in "tT" and text.startswith('"', at + len("ticket:")):
        return _Token("open", None, at, at)
    if found := _URL.match(text, at):
        link = found[0].rstrip(_URL_TAIL)
        return _Token("ticket", link, at, at + len(link)) if len(link) > len("https://") else None
    if found := _DUE.match(text, at):
        due = read_due(text, found.end(), today, durations=not found[1])
        if due is not None:
            if due.day is None:
                return _Token("remark", None, at, at, due.remark)
            return _Token("due", due.day, at, due.end, due.remark)
    return None


def _longest_first(people: Sequence[str]) -> list[str]:
    """The order in which names are looked for, so that Ana Maria is found before Ana."""
    return sorted(people, key=len, reverse=True)


def _owner(text: str, at: int, people: Sequence[str]) -> _Token | None:
    if found := _QUOTED.match(text, at + 1):
        name = _unquote(found[1]).strip()
        return _Token("owner", _exactly(name, people) or name, at, found.end()) if name else None
    for name in people:
        end = at + 1 + len(name)
        if (
            name.strip()
            and text[at + 1 : end].casefold() == name.casefold()
            and not text[end : end + 1].isalnum()
        ):
            if (handle := _HANDLE.match(text, at + 1)) and handle.end() > end:
                continue
            return _Token("owner", name, at, end)
    if found := _HANDLE.match(text, at + 1):
        meant = _resembling(found[0], people)
        owner = meant[0] if len(meant) == 1 else found[0]
        remark = (
            f"@{found[0]} can be {' or '.join(sorted(meant))}: write the whole name" if len(meant) > 1 else ""
        )
        return _Token("owner", owner, at, found.end(), remark)
    return _Token("open", None, at, at) if text.startswith('"', at + 1) else None


def _exactly(name: str, people: Sequence[str]) -> str | None:
    if name in people:
        return name
    return next((person for person in people if person.casefold() == name.casefold()), None)


def _resembling(handle: str, people: Sequence[str]) -> list[str]:
    """Those a handle can mean: `ana-maria` is Ana Maria, `priya` every Priya there is."""
    squeezed = _squeeze(handle)
    same = [person for person in people if _squeeze(person) == squeezed]
    firsts = [person for person in people if person.split() and _squeeze(person.split()[0]) == squeezed]
    return same or firsts


def _squeeze(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _unquote(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)


def _plain(text: str, start: int, stop: int, tokens: Sequence[_Token], escapes: Sequence[int]) -> str:
    """The words of a stretch of the line without its tokens, spaces closed up."""
    pieces: list[str] = []
    at = start
    for token in [*tokens, _Token("", None, stop, stop)]:
        if token.field == "remark" or not max(start, at) <= token.start <= stop:
            continue
        piece = _unescaped(text, at, token.start, escapes)
        if token.field not in ("", "done_when"):
            piece = piece.rstrip()
            piece = piece[:-1] if piece.endswith((",", ";")) else piece
        pieces.append(piece)
        at = token.end
        if token.field not in ("", "done_when", "ticket") and (mark := _AFTER.match(text, at)):
            at = mark.end()
    return " ".join(" ".join(pieces).split())


def _unescaped(text: str, start: int, stop: int, escapes: Sequence[int]) -> str:
    kept, at = "", start
    for escape in escapes:
        if start <= escape < stop:
            kept += text[at:escape]
            at = escape + 1
    return kept + text[at:stop]


def _with_done_when(text: str, spans: list[FieldSpan]) -> list[FieldSpan]:
    """The span of done-when stretched over its words, up to the token that follows it."""
    stretched = []
    for index, span in enumerate(spans):
        if span.field == "done_when":
            stop = spans[index + 1].start if index + 1 < len(spans) else len(text)
            end = span.start + len(text[span.start : stop].rstrip())
            span = FieldSpan(span.field, span.start, max(span.end, end) if end > span.end else span.end)
        stretched.append(span)
    return stretched


def action_as_line(action: Action | ActionLine, *, people: Sequence[str] = ()) -> str:
    """The action as one typed line, for editing: read back with the same roster it gives the same fields."""
    line = ""
    for line in _lines(action, _longest_first(people)):
        back = read_action_line(line, today=date.min, people=people)
        if back.text == " ".join(action.text.split()):
            break
    return line


def _lines(action: Action | ActionLine, people: Sequence[str]) -> Iterator[str]:
    tokens: list[str] = []
    if action.owner:
        handle = f"@{action.owner}"
        found = _owner(handle, 0, people)
        plain = found is not None and found.value == action.owner and found.end == len(handle)
        follows = any(person.casefold().startswith(action.owner.casefold() + " ") for person in people)
        tokens.append(handle if plain and not follows else f"@{_quote(action.owner)}")
    if action.due:
        tokens.append(f"due {action.due.isoformat()}")
    if action.priority is not Priority.NONE:
        tokens.append(f"!{action.priority.value.lower()}")
    if action.kind is not None and not (isinstance(action, ActionLine) and action.kind_guessed):
        tokens.append(f"#{action.kind.value}")
    if action.ticket:
        link = _URL.fullmatch(action.ticket) and action.ticket[-1] not in _URL_TAIL
        tokens.append(action.ticket if link else f"ticket:{_quote(action.ticket)}")
    text, done = _escape(action.text, people), _escape(action.done_when, people)
    ending = ["=> " + done] if done else []
    yield " ".join(filter(None, [text, *tokens, *ending]))
    yield " ".join(filter(None, [*tokens, text, *ending]))


def _quote(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escape(words: str, people: Sequence[str]) -> str:
    """The words with a backslash in front of everything that would be read as a token.

    From the end on: what stands behind a word decides whether it begins one (`due by fri`).
    """
    line = " ".join(words.split())
    for trigger in reversed(list(_TRIGGER.finditer(line))):
        token = _token(line, trigger.end(), date.min, people)
        if token is not None and token.field != "remark":
            line = f"{line[: trigger.start()]}\\{line[trigger.start() :]}"
    return line
