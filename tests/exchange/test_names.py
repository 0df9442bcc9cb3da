"""People under other names: everywhere, always the same one, and never a word that only looks like a name."""

import pytest
from hypothesis import given, settings

from retrotui.archive.codec import dumps, loads
from retrotui.exchange.names import Renamer, aliases, renamed
from retrotui.exchange.report import markdown
from retrotui.retro import Action, Card, Event, Factor, Info, Retro
from tests.strategies import retros

RETRO = Retro(
    retro=Info(
        id="2026-11-21-priya-and-the-router",
        title="Priya's night with the router",
        facilitator="Ana",
        people=("Ana", "Will", "Priya Nair", "Tomás"),
        summary="priya.nair restarted it; @will paged Tomas.",
    ),
    event=(
        Event(
            id="e1",
            text="@priya sees the alert",
            source="chat: PRIYA",
            evidence=("https://example.org/priya",),
        ),
    ),
    factor=(Factor(id="f1", text="The router will drop packets; Will's console did not show it"),),
    went_well=(Card(id="w1", text="Ana: thank you Priya Nair, and Anabel"),),
    action=(
        Action(
            id="a1", text="it will page a second person", owner="Priya", came_from="2026-10-01-priya-again#a2"
        ),
        Action(id="a2", text="x", owner="Platform team"),
    ),
)


def test_every_person_has_one_name_everywhere() -> None:
    fresh = renamed(RETRO, "roles")
    assert fresh.info.people == ("the facilitator", "Person A", "Person B", "Person C")
    assert fresh.info.facilitator == "The facilitator"
    assert fresh.info.title == "Person B's night with the router"
    assert fresh.info.summary == "Person B restarted it; Person A paged Person C."
    assert fresh.events[0].text == "Person B sees the alert"
    assert fresh.events[0].source == "chat: Person B"
    assert fresh.events[0].evidence == ("https://example.org/priya",)
    assert fresh.factors[0].text == "The router will drop packets; Person A's console did not show it"
    assert fresh.went_well[0].text == "The facilitator: thank you Person B, and Anabel"
    assert [a.owner for a in fresh.actions] == ["Person B", "Platform team"]
    assert fresh.actions[0].text == "it will page a second person"
    assert fresh.info.id == "2026-11-21-person-b-and-the-router"
    assert fresh.actions[0].came_from == "2026-10-01-person-b-again#a2"


def test_initials_tell_people_apart() -> None:
    people = ("Ana", "Aisha", "Priya Nair", "@lk")
    retro = RETRO.model_copy(update={"info": RETRO.info.model_copy(update={"people": people}), "actions": ()})
    assert aliases(retro, "initials") == {"Ana": "A.", "Aisha": "A.2", "Priya Nair": "P. N.", "@lk": "L."}


def test_keeping_names_keeps_everything() -> None:
    assert renamed(RETRO, "keep") is RETRO


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the job will restart", "the job will restart"),
        ("Will the job restart?", "Will the job restart?"),
        ("Will it hold", "Will it hold"),
        ("Will restarted the job", "X restarted the job"),
        ("will should have checked the region", "X should have checked the region"),
        ("will forgot: will did not see it", "will forgot: X did not see it"),
        ("will need a restart", "will need a restart"),
        ("paged Will at 3", "paged X at 3"),
        ("Will's shell", "X's shell"),
        ("will's shell", "X's shell"),
        ("@will looked", "X looked"),
        ("asked by Will.", "asked by X."),
        ("goodwill and Williams", "goodwill and Williams"),
        ("Mark it done, then ask Mark", "Mark it done, then ask Y"),
        ("grace period; Grace, please", "grace period; Z, please"),
    ],
)
def test_a_name_that_is_also_a_word_is_found_where_it_is_a_name(text: str, expected: str) -> None:
    assert Renamer({"Will": "X", "Mark": "Y", "Grace": "Z"})(text) == expected


def test_a_name_that_is_also_a_word_is_found_where_a_field_says_who() -> None:
    info = Info(id="r", title="t", facilitator="Grace", people=("Grace", "Will", "Mark"))
    actions = tuple(
        Action(id=f"a{n}", text="it will page", owner=owner)
        for n, owner in enumerate(("Will", "will", "@mark", "Mark and Will", "Will Bo"), 1)
    )
    event = Event(id="e1", text="Will the job restart?", source="slack: Will")
    fresh = renamed(Retro.model_validate({"retro": info, "action": actions, "event": (event,)}), "roles")
    assert fresh.info.facilitator == "The facilitator"
    assert [action.owner for action in fresh.actions] == [
        "Person A",
        "Person A",
        "Person B",
        "Person B and Person A",
        "Person A",
    ]
    assert {action.text for action in fresh.actions} == {"it will page"}
    assert (fresh.events[0].text, fresh.events[0].source) == ("Will the job restart?", "slack: Person A")


def test_two_people_in_one_field_are_two_people() -> None:
    info = Info(
        id="r", title="salt and pepper, the van", facilitator="Ana", people=("Bo & Cy", "Dee van Eck")
    )
    actions = (Action(id="a1", text="Ana and Bo look", owner="Ana and Fay"),)
    fresh = renamed(Retro.model_validate({"retro": info, "action": actions}), "roles")
    assert fresh.info.title == "salt and pepper, the van"
    assert fresh.info.people == ("Person A & Person B", "Person C")
    assert fresh.actions[0].owner == "The facilitator and Person D"
    assert fresh.actions[0].text == "The facilitator and Person A look"


def test_accents_and_capitals_do_not_hide_a_name() -> None:
    rename = Renamer({"Tomás Ó Briain": "X", "Jürgen": "Y"})
    assert rename("TOMAS and tomás ó briain, jurgen's") == "X and X, Y's"


def test_no_name_of_the_roster_is_left_in_a_write_up() -> None:
    text = markdown(renamed(RETRO, "roles")).replace("https://example.org/priya", "")
    for name in ("Priya", "Nair", "Tomás", "Tomas", "Ana\n", "Will's"):
        assert name.casefold() not in text.casefold().replace("anabel", "")


def test_a_name_of_blanks_is_nobody_and_a_name_with_more_blanks_is_somebody() -> None:
    info = Info(id="r", title="Ana Lee had the pager", facilitator="\r", people=("Ana  Lee", " "))
    fresh = renamed(Retro.model_validate({"retro": info}), "roles")
    assert (fresh.info.title, fresh.info.people) == ("Person A had the pager", ("Person A", " "))
    assert fresh.agenda.topic == "" and fresh.info.facilitator == "\r"


@given(retros())
@settings(max_examples=60, deadline=None)
def test_any_retro_under_other_names_is_still_a_retro(retro: Retro) -> None:
    for names in ("roles", "initials"):
        fresh = renamed(retro, names)
        assert [e.id for e in fresh.entries()] == [e.id for e in retro.entries()]
        assert loads(dumps(fresh)).info.people == fresh.info.people
