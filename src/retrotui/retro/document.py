"""Retro: the root value. Everything that is shown, changed, saved or exported is one of these.

Leaves changing it to `changes`, and its TOML form to `archive`.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field

from retrotui.retro.actions import Action, ActionStatus, Answer, Question
from retrotui.retro.agenda import Agenda
from retrotui.retro.base import Count, Entry, Model, id_number, id_prefix
from retrotui.retro.cards import WENT_WELL, Card
from retrotui.retro.factors import Factor
from retrotui.retro.timeline import Event
from retrotui.retro.votes import Ballot

FORMAT = 1
"""The file format this version reads and writes."""


class Mode(StrEnum):
    """Who holds the retro: a team, or one person alone."""

    TEAM = "team"
    SOLO = "solo"


class Status(StrEnum):
    """How far the write-up is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    CLOSED = "closed"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except Exception as error:  # zoneinfo raises several kinds, among them OSError for a folder's name
        raise ValueError(f"{name!r} is not a time zone; use a name such as Europe/Dublin or UTC") from error
    return name


class Info(Model):
    """What the retro is about: the `[retro]` table."""

    id: str = Field(pattern=r"^[^\s/\\#]{1,200}$")
    """The file's name without `.toml`."""
    title: str
    template: str = "incident"
    mode: Mode = Mode.TEAM
    status: Status = Status.DRAFT
    held: AwareDatetime | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    """The display zone; instants carry their own offset."""
    incident_start: AwareDatetime | None = None
    """When it began, as far as known at the start; gives times typed without a day their day."""
    severity: str = ""
    tags: tuple[str, ...] = ()
    facilitator: str = ""
    people: tuple[str, ...] = ()
    unattributed: bool = False
    """Whether what people hand in before the meeting comes in without names, and shuffled."""
    summary: str = ""
    impact: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The display zone."""
        return ZoneInfo(self.timezone)


class Opening(Model):
    """What the opening agreed: the `[opening]` table."""

    ground_rule: str = ""
    safety: tuple[Annotated[int, Field(ge=1, le=5, strict=True)], ...] = ()
    """The safety check, 1 to 5, sorted: by show of hands, without names."""


class Close(Model):
    """What the close counted: the `[close]` table."""

    attended: Count = 0
    learned: Count = 0
    """How many said they learned something."""
    roti: tuple[Annotated[int, Field(ge=1, le=5, strict=True)], ...] = ()
    """Return on time invested, 1 to 5 each, without names."""


class Parked(Entry):
    """A thought parked for later."""

    stage: str = Field(default="", alias="from")
    """The stage in which it came up."""
    text: str = ""


class KeptWording(Model):
    """A phrase that was kept deliberately; never with the writer's name."""

    section: str = ""
    rule: str
    phrase: str
    reason: str = ""


class Reviewed(Model):
    """An action of an earlier retro that was settled here; that it goes on here is told by the new action."""

    action: str
    """`RETRO-ID#ACTION-ID`."""
    status: ActionStatus = ActionStatus.DONE
    """`done` or `wont_do`."""
    reason: str = ""


class IssuedIds(Model):
    """The highest number given out per kind of entry, so that no id is ever used twice."""

    e: Count = 0
    w: Count = 0
    c: Count = 0
    f: Count = 0
    q: Count = 0
    n: Count = 0
    a: Count = 0
    p: Count = 0


type_of_prefix: dict[str, type[Entry]] = {
    "e": Event,
    "w": Card,
    "c": Card,
    "f": Factor,
    "q": Question,
    "n": Answer,
    "a": Action,
    "p": Parked,
}


class Retro(Model):
    """One retrospective, whole: a value. Changes give a new one and share what stays the same."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        "e": "events",
        "w": "went_well",
        "c": "cards",
        "f": "factors",
        "q": "questions",
        "n": "answers",
        "a": "actions",
        "p": "parked",
    }
    """The field that holds the entries of an id's letter."""

    format: int = Field(default=FORMAT, ge=1, strict=True)
    info: Info = Field(alias="retro")
    agenda: Agenda = Agenda()
    opening: Opening = Opening()
    events: tuple[Event, ...] = Field(default=(), alias="event")
    went_well: tuple[Card, ...] = ()
    cards: tuple[Card, ...] = Field(default=(), alias="card")
    """Cards of every stage but What went well."""
    factors: tuple[Factor, ...] = Field(default=(), alias="factor")
    questions: tuple[Question, ...] = Field(default=(), alias="question")
    answers: tuple[Answer, ...] = Field(default=(), alias="answer")
    actions: tuple[Action, ...] = Field(default=(), alias="action")
    parked: tuple[Parked, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    """What became of the open actions of earlier retros in this meeting."""
    kept_wording: tuple[KeptWording, ...] = ()
    ballot: Ballot | None = None
    close: Close = Close()
    ids: IssuedIds = IssuedIds()

    def entries(self) -> Iterator[Entry]:
        """Every entry with an id, in the order of the file."""
        for field in self.FIELD_OF.values():
            yield from getattr(self, field)

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or None."""
        field = self.FIELD_OF.get(id_prefix(entry_id))
        if field is None:
            return None
        entries: tuple[Entry, ...] = getattr(self, field)
        return next((entry for entry in entries if entry.id == entry_id), None)

    def cards_of(self, stage_id: str) -> tuple[Card, ...]:
        """The cards of a stage, in order."""
        if stage_id == WENT_WELL:
            return self.went_well
        return tuple(card for card in self.cards if card.stage == stage_id)

    def highest(self, prefix: str) -> int:
        """The highest number ever given out for a letter, as far as this value knows."""
        entries: tuple[Entry, ...] = getattr(self, self.FIELD_OF[prefix])
        issued: int = getattr(self.ids, prefix)
        cut = len(prefix)
        try:
            return max([issued, *[int(entry.id[cut:]) for entry in entries]])  # asked before every new entry
        except ValueError:  # an id with other letters: the file is faulty, and says so elsewhere
            return max([issued, *[id_number(entry.id) for entry in entries]])

    def next_id(self, prefix: str) -> str:
        """An id that was never used in this retro."""
        return f"{prefix}{self.highest(prefix) + 1}"

    def keeping_what_passed(self, current: Self) -> Self:
        """This value, with what no undo takes back from the current one: ids given out, time elapsed, the
        planned end.
        """
        agenda = self.agenda
        end = current.agenda.planned_end or agenda.planned_end
        elapsed = {stage.id: stage.elapsed_s for stage in current.agenda.stages}
        spent = {topic.item: topic.elapsed_s for topic in current.agenda.topics}
        stages = tuple(
            stage.model_copy(update={"elapsed_s": elapsed.get(stage.id, stage.elapsed_s)})
            for stage in agenda.stages
        )
        topics = tuple(
            topic.model_copy(update={"elapsed_s": spent.get(topic.item, topic.elapsed_s)})
            for topic in agenda.topics
        )
        issued = self.ids.model_copy(update={prefix: current.highest(prefix) for prefix in self.FIELD_OF})
        passed = agenda.model_copy(update={"stages": stages, "topics": topics, "planned_end": end})
        return self.model_copy(update={"agenda": passed, "ids": issued})


def new_id_for(title: str, day: datetime) -> str:
    """A retro's id from its day and title: `2026-11-21-checkout-outage`; letters of any script are kept."""
    words = "".join(char if char.isalnum() else " " for char in title.lower()).split()
    slug = ""
    for word in words:
        if len(slug) + len(word) > 50 and slug:
            break
        slug = f"{slug}-{word}" if slug else word[:50]
    return f"{day:%Y-%m-%d}-{slug or 'retro'}"
