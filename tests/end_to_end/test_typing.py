"""Quick fingers, slow machines: what is typed is an entry, a draft or on the line, in its order."""

import tomllib

from tests.end_to_end.conftest import Desk


def test_lines_typed_faster_than_they_are_taken_become_one_entry_each(desk: Desk) -> None:
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    lines = [f"{10 + number // 60}:{number % 60:02} step {number}" for number in range(80)]
    screen.type("\r\r" + "".join(f"{line}\r" for line in lines) + "and half a line")
    screen.wait_for("observation step 79", "│ and half a line")
    screen.wait_saved()
    found = tomllib.loads(desk.file.read_text(encoding="utf-8"))
    assert [event["text"] for event in found["event"]] == [f"step {number}" for number in range(80)]


def test_a_held_line_keeps_what_was_typed_behind_it(desk: Desk) -> None:
    screen = desk.begin()
    for title in ("2 of 6", "3 of 6", "4 of 6"):
        screen.press("f8")
        screen.wait_for(title)
    screen.wait_for("add a cause")
    screen.type("The alert came late\rSomeone should have looked\r and more")
    screen.wait_for("The alert came late", "Someone should have looked and more", "What did it look like")


def test_a_half_typed_line_waits_in_its_stage(desk: Desk) -> None:
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    screen.type("14:03 half a")
    screen.press("f8")
    screen.wait_for("add a card")
    screen.wait_gone("14:03 half a")
    screen.press("f7")
    screen.wait_for("add an event", "14:03 half a")


def test_advice_stays_until_something_else_is_typed(desk: Desk) -> None:
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    screen.enter("14:03 she should have looked")
    screen.wait_for("Noted.", "What did it look like")
    screen.type("1")
    screen.wait_gone("Noted.")


def test_a_filter_and_the_key_behind_it_count_in_their_order(desk: Desk) -> None:
    screen = desk.begin()
    screen.press("f8")
    screen.wait_for("add an event")
    screen.type("10:00 first thing\r11:00 second thing\r12:00 third thing\r")
    screen.wait_for("third thing", "14:03 what could be seen")
    screen.press("f8")
    screen.wait_for("3 of 6")
    screen.press("f8")
    screen.wait_for("add a cause")
    screen.enter("The alert came late")
    screen.wait_for("The alert came late", "what had to be true")
    screen.press("esc")
    screen.wait_for("c category")
    screen.press("l")
    screen.wait_for("In which events does it show?", "third thing")
    screen.type("second\t")
    screen.wait_for("[x] 11:00")
    screen.press("enter")
    screen.wait_for("1 event")
    screen.wait_saved()
    (factor,) = tomllib.loads(desk.file.read_text(encoding="utf-8"))["factor"]
    assert factor["events"] == ["e2"]
