"""Makes a folder of retros that looks like years of them: `python -m benchmarks.folder.generate FOLDER
[COUNT]`.

The same count gives the same files. Words are put together from parts, so that causes recur as they do in
life.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from retrotui.archive.codec import dumps
from retrotui.retro import (
    Action,
    ActionKind,
    ActionStatus,
    Card,
    CardKind,
    Event,
    EventKind,
    Factor,
    FactorKind,
    Info,
    Priority,
    Question,
    Retro,
    new_id_for,
)
from retrotui.retro.factors import CATEGORIES

SERVICES = (
    "checkout",
    "search",
    "login",
    "billing",
    "mail",
    "the catalogue",
    "payments",
    "the app",
    "uploads",
    "chat",
)
SIGNS = (
    "answered 5xx",
    "was slow",
    "lost messages",
    "showed old prices",
    "refused logins",
    "ran out of disk",
)
CHANGES = ("a deploy", "a migration", "a flag", "a config change", "an expired certificate", "a traffic peak")
SIGNALS = ("the alert", "the dashboard", "the canary", "the log", "the page", "the health check")
FLAWS = (
    "averages over ten minutes",
    "covers one region only",
    "fires fifty times a day",
    "stays green while requests fail",
    "shows the wrong environment",
    "was switched off during a migration",
    "needs a key that two people have",
)
FIXES = (
    "add a canary stage to the deploy of {}",
    "alert when the one-minute error rate of {} exceeds 2%",
    "rehearse a restore of {} every month",
    "make the environment unmistakable in the prompt of {}",
    "put a kill switch in front of {}",
    "test the migration of {} against a copy of production",
)
PEOPLE = ("Ana", "Will", "Priya", "Jonas", "Leila", "Tomás", "Mei", "Olu", "Sofia", "Noor")


def retros(count: int, seed: int = 4) -> Iterator[Retro]:
    """So many retros, oldest first, one about every eight hours."""
    chance = random.Random(seed)
    start = datetime(2018, 1, 2, 14, 0, tzinfo=UTC)
    for number in range(count):
        yield _retro(chance, start + timedelta(hours=8 * number), number)


def _retro(chance: random.Random, held: datetime, number: int) -> Retro:
    service, sign = chance.choice(SERVICES), chance.choice(SIGNS)
    title = f"{service} {sign} for {chance.randint(5, 180)} minutes"
    began = held - timedelta(days=1)
    events = tuple(
        Event(
            id=f"e{index}",
            at=began + timedelta(minutes=7 * index),
            kind=kind,
            text=f"{chance.choice(CHANGES)} in {service}: {chance.choice(SIGNALS)} {chance.choice(FLAWS)}",
        )
        for index, kind in enumerate(
            (
                EventKind.CHANGE,
                EventKind.IMPACT_START,
                EventKind.DETECTED,
                EventKind.OH_NO,
                EventKind.MITIGATED,
            ),
            1,
        )
    )
    factors = tuple(
        Factor(
            id=f"f{index}",
            parent="f1" if index > 2 else "",
            kind=chance.choice(list(FactorKind)),
            category=chance.choice(CATEGORIES),
            text=f"{chance.choice(SIGNALS)} of {service} {chance.choice(FLAWS)}",
            events=(f"e{index}",),
        )
        for index in range(1, 5)
    )
    actions = tuple(_action(chance, index, service, held.date()) for index in range(1, 4))
    return Retro(
        retro=Info(
            id=f"{new_id_for(title, held)}-{number}",
            title=title,
            held=held,
            timezone=chance.choice(("UTC", "Europe/Dublin", "America/New_York")),
            tags=(service.removeprefix("the "), chance.choice(CATEGORIES)),
            facilitator=chance.choice(PEOPLE),
            people=tuple(chance.sample(PEOPLE, 4)),
            summary=f"{title} after {chance.choice(CHANGES)}.",
        ),
        event=events,
        went_well=(
            Card(
                id="w1", kind=CardKind.SAFEGUARD, text=f"{chance.choice(SIGNALS)} stopped the rest", votes=2
            ),
        ),
        factor=factors,
        question=(Question(id="q1", text=f"How can we notice {sign} within a minute?", factors=("f1",)),),
        action=actions,
    )


def _action(chance: random.Random, index: int, service: str, held: date) -> Action:
    status = chance.choices(list(ActionStatus), (2, 7, 1, 1))[0]
    return Action(
        id=f"a{index}",
        text=chance.choice(FIXES).format(service),
        kind=chance.choice(list(ActionKind)),
        owner=chance.choice((*PEOPLE, "")),
        due=held + timedelta(days=chance.randint(3, 60)) if chance.random() < 0.8 else None,
        priority=chance.choice(list(Priority)),
        done_when="The game day shows it" if chance.random() < 0.5 else "",
        questions=("q1",),
        factors=(f"f{index}",),
        status=status,
        reason="no longer needed" if status is ActionStatus.WONT_DO else "",
        closed=None if status is ActionStatus.OPEN else held + timedelta(days=20),
        carried=chance.choices((0, 1, 2, 4), (8, 2, 1, 1))[0],
    )


def write(folder: Path, count: int) -> None:
    """Writes them, a folder for each year."""
    for retro in retros(count):
        assert retro.info.held is not None
        path = folder / str(retro.info.held.year) / f"{retro.info.id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dumps(retro))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 10_000)
