"""A whole retro of a real incident, typed by keys alone, from the first form to the written-up file."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from retrotui.archive.codec import dumps, loads
from retrotui.retro import Retro
from retrotui.retro.timeline import figures
from tests.end_to_end.conftest import Desk
from tests.end_to_end.terminal import Terminal, own_environment, retrotui_command

NIGHT: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "gitlab-2017.toml").read_text(encoding="utf-8")
)


def opening(screen: Terminal) -> None:
    """A form, what we want to learn, the ground rule, the safety check."""
    screen.wait_for("No retros here yet")
    screen.press("n")
    screen.wait_for("A new retro")
    screen.type(NIGHT["title"])
    screen.press("down", "down", "down")
    screen.type(NIGHT["people"])
    screen.press("down", "down", "down")
    screen.type(NIGHT["incident_began"])
    screen.press("enter")
    screen.wait_for("What do we want to learn today?", "1 of 6 · Opening")
    screen.enter(NIGHT["learn"])
    screen.press("esc")
    screen.wait_for("i type")
    screen.press("g")
    screen.wait_for("our ground rule")
    screen.press("enter")
    screen.wait_gone("None yet. g")
    screen.press("esc")
    screen.wait_for("i type")
    screen.press("s")
    screen.wait_for("1 (not at all) to 5")
    screen.enter("4 5 3")
    screen.wait_gone("Optional. s")
    screen.press("f8")


def timeline(screen: Terminal) -> None:
    """Events typed one by one, one without a time in between, the rest pasted at once."""
    screen.wait_for("2 of 6 · Timeline", "add an event")
    for line in NIGHT["typed"]:
        screen.enter(line)
        screen.wait_for(line.partition(" #")[0].split(" ", 1)[1])
    screen.press("up", "up", "up")  # without a time it goes behind the selected one
    screen.enter(f"{NIGHT['spam_answer']} #action")
    screen.wait_for("action Spam accounts")
    screen.paste(NIGHT["pasted"].strip())
    screen.wait_for("11 lines pasted", "The site is online again")
    screen.press("esc")
    screen.wait_for("v figures")
    screen.press("v")
    screen.wait_for("TTM", *(f"~{value}" for value in ("0:02", "17:35", "18:49")))
    screen.press("esc")
    screen.wait_gone("Hours and minutes")
    screen.press("f8")


def went_well(screen: Terminal) -> None:
    """Cards with kinds, hands by digits, one taken away and brought back."""
    screen.wait_for("3 of 6 · What went well", "add a card")
    for line in NIGHT["went_well"]:
        screen.enter(line)
        screen.wait_for(line.partition(" #")[0])
    screen.press("esc")
    screen.wait_for("i type")
    screen.press("3")
    screen.wait_for("3 hands counted")
    screen.press("up", "2")
    screen.wait_for("2 hands counted")
    screen.press("k")
    screen.wait_for("What kind of card is it?")
    screen.press("s")
    screen.wait_gone("What kind of card is it?")
    screen.press("d")
    screen.wait_gone("The notes of the recovery")
    screen.press("ctrl+z")
    screen.wait_for("The notes of the recovery", "Undone")
    screen.press("ctrl+y")
    screen.wait_gone("The notes of the recovery")
    screen.press("u")
    screen.wait_for("The notes of the recovery")
    screen.press("f8")


def causes(screen: Terminal) -> None:
    """One held line rewritten, one kept, a tree, links, a category, a thought parked."""
    screen.wait_for("4 of 6 · Root causes", "add a cause")
    screen.enter(NIGHT["blameful"])
    screen.wait_for("held")
    screen.press("ctrl+r")
    screen.wait_for("takes it")
    screen.press("enter")
    screen.wait_for("What would have", "what had to be true")
    screen.enter(NIGHT["kept"])
    screen.wait_for("held")
    screen.press("ctrl+g")
    screen.wait_for("Keep these words", "Their own words, agreed")
    screen.press("o")
    screen.wait_for("what had to be true")
    for line in NIGHT["factors"]:
        screen.enter(line)
        screen.wait_for(line.partition(" #")[0].lstrip("> "))
    screen.press("f9")
    screen.wait_for("park a thought")
    screen.enter(NIGHT["parked"])
    screen.wait_for("add a cause")
    screen.press("esc")
    screen.wait_for("c category")
    screen.press("shift+tab")
    screen.wait_until(lambda: "└ The mails" not in screen.text, "the mails one level up")
    screen.press("tab")
    screen.wait_for("└ The mails")
    screen.press("l")
    screen.wait_for("In which events does it show?")
    screen.wait_for("[ ] 22:00")
    screen.type("bucket")
    screen.wait_gone("[ ] 22:00")
    screen.press("tab")
    screen.wait_for("[x]")
    screen.press("enter")
    screen.wait_for("1 event")
    screen.press("c")
    screen.wait_for("What area does it belong to?")
    screen.wait_for("communication")
    screen.type("obs")
    screen.wait_gone("communication")
    screen.press("enter")
    screen.wait_gone("What area does it belong to?")
    screen.press("f8")


def how_can_we(screen: Terminal) -> None:
    """A question, an idea, an action of it, an action in one line, the parked thought, a secret vote."""
    screen.wait_for("5 of 6 · How can we", "ask, answer")
    screen.press("f7")  # going back loses nothing
    screen.wait_for("4 of 6 · Root causes", "└ The mails")
    screen.press("f8")
    screen.wait_for("5 of 6 · How can we", "ask, answer")
    screen.enter(NIGHT["question"])
    screen.wait_for("? q1")
    screen.enter(NIGHT["answer"])
    screen.wait_for("· idea")
    screen.press("esc")
    screen.wait_for("a action")
    screen.press("a")
    screen.wait_for("make it an action item")
    screen.enter(NIGHT["promoted"])
    screen.wait_for("→ a1", "ask, answer", "i type")
    screen.press("i")
    screen.enter(NIGHT["action"])
    screen.wait_for("→ a2", "ask, answer")
    screen.press("esc")
    screen.wait_for("a action")
    screen.press("B")
    screen.wait_for("Which thought do we bring back?")
    screen.press("enter")
    screen.wait_for("bring it back as a question")
    screen.press("enter")
    screen.wait_for("? q2", "ask, answer")
    screen.press("esc")
    screen.wait_for("a action")
    secret_vote(screen)
    screen.press("f8")


def secret_vote(screen: Terminal) -> None:
    """Two people pass the keyboard round; nothing is shown until the vote is closed."""
    screen.press("b")
    screen.wait_for("How many dots for each person?")
    screen.press("2")
    screen.wait_for("Pass the keyboard to the first person")
    for voted in ("1 person has voted", "2 people have voted"):
        screen.press("enter")
        screen.wait_for("Your vote")
        screen.press("2")
        screen.wait_for("All dots given")
        screen.press("enter")
        screen.wait_for(voted)
    screen.press("c")
    screen.wait_for("The vote is closed")


def close(screen: Terminal) -> None:
    """A takeaway, who was here, how many learned something, whether it was worth the time."""
    screen.wait_for("6 of 6 · Close", "what each of us takes away")
    screen.enter(NIGHT["takeaway"])
    screen.wait_for("A dump that nobody restores")
    screen.press("esc")
    screen.wait_for("i type")
    for key, question, answer, shown in (
        ("w", "how many were here?", "", "3 here"),
        ("c", "for how many was there something new?", "2", "2 of 3"),
        ("s", "was it worth the time?", "4 5 4", "middle 4, 3 answers"),
    ):
        screen.press(key)
        screen.wait_for(question)
        screen.enter(answer)
        screen.wait_for(shown)
        screen.press("esc")
        screen.wait_for("i type")
    screen.press("x")
    screen.wait_for("Finished, and in review")
    screen.wait_saved()
    screen.press("ctrl+q")


@pytest.fixture
def finished(desk: Desk) -> Path:
    """The file of the retro, after all six stages."""
    screen = desk.retrotui()
    for stage in (opening, timeline, went_well, causes, how_can_we, close):
        stage(screen)
    assert screen.wait_for_end() == 0
    assert not screen.mess
    return desk.file


def command(desk: Desk, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs retrotui without a screen."""
    return subprocess.run(
        [*retrotui_command(), *map(str, arguments)],
        env=own_environment(desk.folder),
        cwd=desk.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_real_incident_typed_by_keys_alone_is_all_in_the_file(desk: Desk, finished: Path) -> None:
    data = finished.read_bytes()
    retro = loads(data, str(finished))
    assert dumps(retro) == data, "loading and saving gives the same bytes"
    assert {figure.name: str(figure) for figure in figures(retro.events)}.items() >= NIGHT["expected"].items()
    everything_is_there(retro)

    validated = command(desk, "validate", finished)
    assert validated.returncode == 0 and "0 problems" in validated.stderr
    exported = command(desk, "export", finished, "--as", "markdown")
    assert exported.returncode == 0
    for words in (NIGHT["title"], NIGHT["spam_answer"], "~18:49", "17:35", NIGHT["question"], "Priya"):
        assert words in exported.stdout
    shown = command(desk, "show", finished)
    assert shown.returncode == 0 and NIGHT["answer"] in " ".join(shown.stdout.split())
    assert finished.read_bytes() == data


def everything_is_there(retro: Retro) -> None:
    """What was typed, stage by stage."""
    typed = [line.partition(" #")[0].split(" ", 1)[1] for line in NIGHT["typed"]]
    pasted = [line.partition(" #")[0].split(" ", 1)[1] for line in NIGHT["pasted"].strip().splitlines()]
    typed.insert(typed.index("On-call is paged: replication to the second host has stopped"), "")
    words = [event.text for event in retro.events]
    assert set(words) == {*filter(None, typed), *pasted, NIGHT["spam_answer"]}
    assert [text for text in words if text != NIGHT["spam_answer"]] == [*filter(None, typed), *pasted]
    assert [str(event.kind) for event in retro.events][-2:] == ["mitigated", "resolved"]
    assert retro.info.people == ("Ana", "Will", "Priya")
    assert retro.opening.ground_rule and sorted(retro.opening.safety) == [3, 4, 5]

    cards = {card.text: card for card in (*retro.cards, *retro.went_well)}
    for line in NIGHT["went_well"]:
        assert line.partition(" #")[0] in cards
    assert cards[NIGHT["went_well"][2].partition(" #")[0]].votes == 3
    notes = cards[NIGHT["went_well"][1].partition(" #")[0]]
    assert (notes.votes, str(notes.kind)) == (2, "safeguard")
    assert NIGHT["learn"] in cards

    factors = {factor.text: factor for factor in retro.factors}
    assert NIGHT["blameful"] not in factors and NIGHT["kept"] in factors
    (kept,) = {item.reason for item in retro.kept_wording}
    assert kept == "their own words, agreed"
    mails = next(factor for text, factor in factors.items() if text.startswith("The mails"))
    dumps_failed = next(factor for text, factor in factors.items() if text.startswith("Nightly dumps"))
    assert mails.parent == dumps_failed.id and mails.category == "observability"
    (linked,) = mails.events
    assert next(event for event in retro.events if event.id == linked).text.startswith("The bucket")

    first, second = retro.questions
    assert first.text == NIGHT["question"] and "spam reports" in second.text
    assert first.votes + second.votes == 4 and retro.ballot is None
    assert not retro.parked
    restored, coloured = retro.actions
    assert (restored.owner, str(restored.due), restored.kind.value) == ("Priya", "2027-01-15", "detect")
    assert (coloured.owner, coloured.priority.lower()) == ("Will", "p2")
    assert retro.answers[0].action == restored.id
    assert (retro.close.attended, retro.close.learned, sorted(retro.close.roti)) == (3, 2, [4, 4, 5])
    assert str(retro.info.status.value) == "in_review"
