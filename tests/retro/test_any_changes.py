"""What holds whatever anybody does to a retro, in any order."""

from hypothesis import given, settings

from retrotui.retro import ChangeRefused, Retro, problems
from retrotui.retro.base import id_number, id_prefix
from retrotui.retro.changes import Change
from tests.retro.random_changes import Recipe, change_from, empty_retro, recipes

MANY = settings(max_examples=150, deadline=None)


def run(recipe_list: list[Recipe]) -> list[tuple[Retro, Change, Retro]]:
    """The steps that a list of recipes leads to; refused changes are left out."""
    retro = empty_retro()
    steps = []
    for recipe in recipe_list:
        now = retro
        change = change_from(recipe, now, now.next_id)
        try:
            retro = change.apply(now)
        except ChangeRefused as refusal:
            assert str(refusal)
            continue
        steps.append((now, change, retro))
    return steps


@MANY
@given(recipes)
def test_any_sequence_of_changes_keeps_the_parts_fitting_together(recipe_list: list[Recipe]) -> None:
    for _, change, after in run(recipe_list):
        assert problems(after) == (), change


@MANY
@given(recipes)
def test_no_id_is_ever_used_twice(recipe_list: list[Recipe]) -> None:
    given_out: dict[str, int] = {}
    for before, change, after in run(recipe_list):
        old = {entry.id for entry in before.entries()}
        for entry in after.entries():
            if entry.id not in old:
                prefix = id_prefix(entry.id)
                assert id_number(entry.id) > given_out.get(prefix, 0), change
                given_out[prefix] = id_number(entry.id)


@MANY
@given(recipes)
def test_what_is_valid_in_memory_is_valid_when_read_again(recipe_list: list[Recipe]) -> None:
    steps = run(recipe_list)
    if steps:
        last = steps[-1][2]
        assert Retro.model_validate(last.model_dump(by_alias=True)) == last


@MANY
@given(recipes)
def test_events_with_a_time_stay_in_order_of_time(recipe_list: list[Recipe]) -> None:
    for _, change, after in run(recipe_list):
        times = [event.at for event in after.events if event.at is not None]
        assert times == sorted(times), change


@MANY
@given(recipes)
def test_a_change_says_in_words_what_it_does(recipe_list: list[Recipe]) -> None:
    for _, change, _ in run(recipe_list):
        assert change.name and "\n" not in change.name


@MANY
@given(recipes)
def test_a_change_leaves_the_value_before_it_alone(recipe_list: list[Recipe]) -> None:
    steps = run(recipe_list)
    frozen = [before.model_dump_json() for before, _, _ in steps[-3:]]
    for (before, change, after), text in zip(steps[-3:], frozen, strict=True):
        assert change.apply(before) == after
        assert before.model_dump_json() == text
