"""Keys that come all at once, as over a slow line, do what they would have done one by one."""

from retrotui.archive import open_file
from retrotui.retro import Retro
from tests.end_to_end.conftest import Desk

AT_ONCE = [
    "f8",
    "14:03 pager fires\r14:05 errors rise\r",
    "f8",
    "the canary stopped it\rrollback was quick #safeguard\r",
    "f8",
    "the prompt shows no role\r",
    "f7",
    "f7",
    "14:09 rolled back\r",
    "f9",
    "the retry budget\r",
    "f8",
    "f8",
    "f8",
    "how can we see it sooner\r> show the role in every prompt @ana !p1\r> and once more, by mistake\r",
    "ctrl+z",
    "never entered",
]


def read(desk: Desk) -> tuple[Retro, list[str]]:
    """The retro as it was left, and what stood in its composers."""
    opened = open_file(desk.file)
    try:
        return opened.retro, [draft.text for draft in opened.drafts]
    finally:
        opened.close()


def test_what_is_typed_all_at_once_lands_where_it_belongs(desk: Desk) -> None:
    screen = desk.begin("Over a slow line")
    screen.at_once(*AT_ONCE, "ctrl+q")
    assert screen.wait_for_end() == 0, screen.text
    retro, drafts = read(desk)
    assert [event.text for event in retro.events] == ["pager fires", "errors rise", "rolled back"]
    assert [card.text for card in retro.went_well] == ["the canary stopped it", "rollback was quick"]
    assert [factor.text for factor in retro.factors] == ["the prompt shows no role"]
    assert [parked.text for parked in retro.parked] == ["the retry budget"]
    assert [question.text for question in retro.questions] == ["How can we see it sooner?"]
    assert [action.text for action in retro.actions] == ["show the role in every prompt"]
    assert retro.agenda.current == "how_can_we"
    assert drafts == ["never entered"]


def test_behind_a_key_that_moves_the_focus_letters_go_where_it_went(desk: Desk) -> None:
    screen = desk.begin("Quick fingers")
    lines = "14:03 pager fires\r14:05 errors rise\r"
    screen.at_once("f8", lines, "esc", "d", "i", "14:06 traffic is back\r", "f4", "s", "14:07 all calm\r")
    screen.wait_for("pager fires", "traffic is back", "all calm")
    screen.wait_saved()
    retro, _ = read(desk)
    assert [event.text for event in retro.events] == ["pager fires", "traffic is back", "all calm"]
    assert retro.agenda.now is not None and retro.agenda.now.extended_s == 120
