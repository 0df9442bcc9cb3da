"""Never the same mistake twice: what is found, what resembles what, what keeps coming back."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.archive.index import Index
from retrotui.archive.repeats import recurring, similar
from retrotui.archive.search import search
from retrotui.retro import ActionKind, ActionStatus, Event, Factor
from tests.archive.folder_samples import TODAY, action, put, retro


@pytest.fixture
def index(tmp_path: Path) -> Index:
    put(
        tmp_path,
        retro(
            "2025-01-10-checkout",
            action(
                "a1", "alert on the one-minute error rate", kind=ActionKind.DETECT, status=ActionStatus.DONE
            ),
            action("a2", "add a canary stage to the deploy", carried=2),
            day=date(2025, 1, 10),
            info={"tags": ("checkout", "deploy")},
            events=(Event(id="e1", text="Die Überwachung meldet Fehler"),),
            factors=(
                Factor(id="f1", text="The alert averages over ten minutes", category="observability"),
                Factor(id="f2", text="Staging and production prompts look the same", category="tooling"),
            ),
        ),
    )
    put(
        tmp_path,
        retro(
            "2025-06-02-search",
            action("a1", "put a canary stage into the deploy of search"),
            day=date(2025, 6, 2),
            factors=(
                Factor(id="f1", text="Prompts of production and staging looked the same", category="Tooling"),
            ),
        ),
    )
    put(
        tmp_path,
        retro(
            "2025-09-09-mail",
            day=date(2025, 9, 9),
            factors=(Factor(id="f1", text="Certificates expire unseen"),),
        ),
    )
    return Index(tmp_path)


def found(index: Index, words: str) -> list[str]:
    return [f"{hit.retro_id}#{hit.id}" for hit in index.ask(lambda db: search(db, words))]


def test_words_are_found_by_their_stem_and_without_accents(index: Index) -> None:
    assert found(index, "averaging") == ["2025-01-10-checkout#f1"]
    assert found(index, "uberwachung") == ["2025-01-10-checkout#e1"]
    assert found(index, "certif") == ["2025-09-09-mail#f1"]  # still being typed


def test_all_words_count_before_some_of_them_do(index: Index) -> None:
    assert found(index, "canary search") == ["2025-06-02-search#a1"]
    assert set(found(index, "canary zebra")) == {"2025-06-02-search#a1", "2025-01-10-checkout#a2"}
    assert found(index, '"stage into"') == ["2025-06-02-search#a1"]
    assert found(index, '"into stage"') == []


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_typed_is_a_syntax_error(words: str) -> None:
    with Index(Path("no such folder")) as index:
        assert index.ask(lambda db: search(db, words)) == ()
        assert index.ask(lambda db: similar(db, [words])) == ()


def test_parts_of_words_are_found_where_no_word_is(tmp_path: Path) -> None:
    put(tmp_path, retro("r1", action("a1", "決済障害が発生した"), action("a2", "100%_sure")))
    with Index(tmp_path) as index:
        assert found(index, "障害") == ["r1#a1"]
        assert found(index, "%_s") == ["r1#a2"]
        assert found(index, "%_%") == []


def test_a_factor_said_in_other_words_is_recognised_with_what_came_of_it(index: Index) -> None:
    (first, *rest) = index.ask(lambda db: similar(db, ["alerts were averaging over ten minutes"]))
    assert rest == []
    assert (first.retro_id, first.matches[0].theirs.id) == ("2025-01-10-checkout", "f1")
    assert {item.id: item.status for item in first.actions} == {"a1": "done", "a2": "open"}


def test_a_retro_does_not_resemble_itself(index: Index) -> None:
    texts = ["Staging and production prompts look the same"]
    found = index.ask(lambda db: similar(db, texts, without="2025-01-10-checkout"))
    assert [one.retro_id for one in found] == ["2025-06-02-search"]


def test_shared_tags_bring_a_retro_forward(index: Index) -> None:
    texts = ["production and staging prompts look the same"]
    plain = index.ask(lambda db: similar(db, texts))
    tagged = index.ask(lambda db: similar(db, texts, tags=["Deploy"]))
    assert tagged[0].retro_id == "2025-01-10-checkout"
    assert tagged[0].shared_tags == ("deploy",)
    assert tagged[0].score > max(one.score for one in plain if one.retro_id == "2025-01-10-checkout")


def test_one_common_word_is_no_resemblance(index: Index) -> None:
    assert index.ask(lambda db: similar(db, ["the ten commandments of typing"])) == ()
    assert index.ask(lambda db: similar(db, ["", "the of and"])) == ()


def test_what_comes_back_is_shown_with_its_retros(index: Index) -> None:
    seen = index.ask(lambda db: recurring(db, TODAY))
    assert seen.retros == 3
    (factor,) = seen.factors
    assert factor.retros == ("2025-01-10-checkout", "2025-06-02-search")
    assert (factor.first, factor.last) == (date(2025, 1, 10), date(2025, 6, 2))
    (category,) = seen.categories
    assert (category.text, len(category.retros)) == ("Tooling", 2)


def test_a_safeguard_promised_twice_and_never_built_is_shown(index: Index) -> None:
    (promise,) = index.ask(lambda db: recurring(db, TODAY)).promises
    assert promise.retros == ("2025-01-10-checkout", "2025-06-02-search")
    assert promise.remark == "promised in 2 retros, carried 2 times"


def test_a_safeguard_that_was_built_is_not_shown(index: Index, tmp_path: Path) -> None:
    built = action("a1", "the canary stage for the deploy is added", status=ActionStatus.DONE)
    put(tmp_path, retro("2025-10-01-built", built, day=date(2025, 10, 1)))
    assert index.ask(lambda db: recurring(db, TODAY)).promises == ()


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({"status": ActionStatus.WONT_DO, "reason": "too dear"}, "dropped: too dear"),
        ({"due": date(2026, 1, 1)}, "overdue for 324 days"),
        ({"due": date(2026, 11, 20)}, ""),
        ({"carried": 3}, "carried 3 times"),
        ({"kind": ActionKind.LEARN, "carried": 3}, ""),
    ],
)
def test_why_a_promise_counts_as_not_built_is_said(
    tmp_path: Path, values: dict[str, object], remark: str
) -> None:
    put(tmp_path, retro("r1", action("a1", "a kill switch", **values)))
    with Index(tmp_path) as index:
        promises = index.ask(lambda db: recurring(db, TODAY)).promises
    assert [promise.remark for promise in promises] == ([remark] if remark else [])
