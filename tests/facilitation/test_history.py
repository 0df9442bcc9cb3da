"""Steps that keep only what they changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.facilitation.history import shared, step
from retrotui.retro import Event
from retrotui.retro.changes import Add, edit
from tests.retro.random_changes import empty_retro

POOL = tuple(Event(id=f"e{number}") for number in range(1, 8))

lists = st.lists(st.sampled_from(POOL), max_size=8).map(tuple)


@settings(max_examples=300, deadline=None)
@given(lists, lists)
def test_a_step_leads_from_any_list_to_any_other_and_back(
    old: tuple[Event, ...], new: tuple[Event, ...]
) -> None:
    before = empty_retro().model_copy(update={"events": old})
    after = empty_retro().model_copy(update={"events": new})
    between = step("change", before, after)
    assert between.undone(after) == before
    assert between.redone(before) == after
    start, end = shared(old, new)
    assert start + end <= min(len(old), len(new))


def test_a_step_keeps_the_changed_stretch_only() -> None:
    many = tuple(Event(id=f"e{number}") for number in range(1, 1_001))
    before = empty_retro().model_copy(update={"events": many})
    for change, gone, fresh in (
        (Add(Event(id="e2000"), before="e500"), 0, 1),
        (edit("e500", text="other"), 1, 1),
    ):
        between = step(change.name, before, change.apply(before))
        [splice] = between._splices
        assert (len(splice.before), len(splice.after)) == (gone, fresh)
        assert not between._before.events and not between._after.events
