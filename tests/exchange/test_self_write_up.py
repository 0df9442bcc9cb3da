"""What leaves a solo reflection: a page for a lead, and a retro for the team; never the private part."""

from datetime import UTC, date, datetime, timedelta

import pytest

from retrotui.archive import dumps, loads
from retrotui.exchange.kinder_words import kinder
from retrotui.exchange.opened_up import opened_up
from retrotui.exchange.report import markdown
from retrotui.facilitation import new_retro
from retrotui.retro import (
    Action,
    ActionStatus,
    Answer,
    Card,
    CardKind,
    Event,
    EventKind,
    Factor,
    Mode,
    Parked,
    Question,
    Retro,
    problems,
)
from retrotui.templates import shipped

HELD = datetime(2026, 11, 21, 14, tzinfo=UTC)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def solo() -> Retro:
    def event(number: int, minutes: int, kind: EventKind, text: str) -> Event:
        return Event(id=f"e{number}", at=AT + timedelta(minutes=minutes), kind=kind, text=text)

    made = new_retro("Migration on the wrong database", shipped("solo"), held=HELD, timezone="Europe/Dublin")
    return made.model_copy(
        update={
            "info": made.info.model_copy(update={"impact": "Orders could not be placed for 18 minutes."}),
            "events": (
                event(1, 0, EventKind.SAW, "Two prompts that looked the same"),
                event(2, 1, EventKind.DID, "Started the migration"),
                event(3, 2, EventKind.CHANGE, "The migration ran on production"),
                event(4, 12, EventKind.OH_NO, "The order table was locked"),
                event(5, 13, EventKind.OBSERVATION, "I'm an idiot"),
                event(6, 14, EventKind.DID, "Stopped the migration and told the on-call"),
            ),
            "cards": (
                Card(id="c1", stage="arrive", text="I feel sick"),
                Card(id="c2", stage="helped", text="The on-call answered at once"),
                Card(id="c3", stage="helped", text="secret", private=True),
                Card(id="c4", stage="close", kind=CardKind.TAKEAWAY, text="The platform team could use this"),
            ),
            "factors": (
                Factor(
                    id="f1", text="Both prompts look the same", category="tooling", events=("e1",), votes=1
                ),
                Factor(id="f2", text="my fault", parent="f1"),
                Factor(id="f3", text="The credentials allow both", parent="f2", present_now=False),
            ),
            "questions": (Question(id="q1", text="How can I see where I am?", factors=("f1", "f2")),),
            "answers": (Answer(id="n1", question="q1", text="Colour the prompt", action="a1"),),
            "actions": (
                Action(
                    id="a1", text="Colour the production prompt", due=date(2026, 12, 5), questions=("q1",)
                ),
                Action(
                    id="a2",
                    text="Take write access out of my shell",
                    status=ActionStatus.DONE,
                    closed=date(2026, 11, 21),
                ),
            ),
            "parked": (Parked(id="p1", text="talk to nobody about this"),),
        }
    )


def test_the_page_says_what_a_lead_needs_and_nothing_private(solo: Retro) -> None:
    page = markdown(solo, "self")
    for words in (
        "# Migration on the wrong database",
        "## What happened",
        "noticed: The order table was locked",
        "Orders could not be placed for 18 minutes.",
        "From the change until it was noticed: 0:10",
        "It took 2 conditions together, in tooling; 1 of them still holds today.",
        "Both prompts look the same",
        "Stopped the migration and told the on-call",
        "Take write access out of my shell (2026-11-21)",
        "| Colour the production prompt | 2026-12-05 | me |",
        "The platform team could use this",
    ):
        assert words in page, words
    for words in ("idiot", "fault", "sick", "secret", "nobody", "oh no"):
        assert words not in page, words
    assert len(page.splitlines()) < 70


def test_a_solo_retros_usual_write_up_is_the_page(solo: Retro) -> None:
    assert markdown(solo) == markdown(solo, "self")


def test_an_empty_reflection_makes_a_page_too() -> None:
    page = markdown(new_retro("", shipped("solo"), held=HELD), "self")
    assert "Not written down yet." in page
    assert "None chosen yet." in page


def test_the_team_gets_the_facts_and_not_the_private_part(solo: Retro) -> None:
    team = opened_up(solo, shipped("incident"))
    assert (team.info.mode, team.info.template) == (Mode.TEAM, "incident")
    assert team.info.id != solo.info.id
    assert [event.kind for event in team.events[:2]] == [EventKind.OBSERVATION, EventKind.ACTION]
    assert [card.text for card in team.went_well] == ["The on-call answered at once"]
    assert team.cards == () and team.parked == ()
    assert team.questions[0].text == "How can we see where I am?"
    text = dumps(team).decode()
    for words in ("idiot", "fault", "sick", "secret", "nobody", "platform team"):
        assert words not in text, words


def test_what_hung_on_a_dropped_line_finds_another_place(solo: Retro) -> None:
    team = opened_up(solo, shipped("incident"))
    assert [(factor.id, factor.parent) for factor in team.factors] == [("f1", ""), ("f3", "f1")]
    assert team.questions[0].factors == ("f1",)
    assert not list(problems(team))
    assert dumps(loads(dumps(team), "x")) == dumps(team)


def test_the_reflection_itself_is_not_changed_and_ids_do_not_clash(solo: Retro) -> None:
    before = dumps(solo)
    first = opened_up(solo, shipped("incident"))
    assert opened_up(solo, shipped("incident"), taken_ids=frozenset({first.info.id})).info.id != first.info.id
    assert dumps(solo) == before


def test_what_helped_is_told_in_own_words_on_the_page_and_for_the_team(solo: Retro) -> None:
    own = Card(id="c9", stage="helped", text="My mistake was caught by the staging check")
    solo = solo.model_copy(update={"cards": (*solo.cards, own)})
    page = markdown(solo, "self")
    assert "- My mistake was caught by the staging check" in page.split("## What helped")[1].split("##")[0]
    made = opened_up(solo, shipped("incident"))
    assert "My mistake was caught by the staging check" in [card.text for card in made.went_well]


def test_kinder_words_leave_everything_else_alone() -> None:
    assert kinder("The deploy failed at 14:03") == "The deploy failed at 14:03"
    assert kinder("") == ""
    assert kinder("oh no, this is production") == "This is production"
    assert kinder("oh no") == "oh no"
    assert "idiot" not in kinder("I'm an idiot, I ran it on production")
