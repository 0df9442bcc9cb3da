"""Every kind has a key, a meaning and a question of its own."""

from retrotui.blameless import check
from retrotui.notation import KIND_KEYS, describe_kind, follow_up
from retrotui.retro import EventKind


def test_every_kind_has_exactly_one_key() -> None:
    assert sorted(KIND_KEYS.values()) == sorted(EventKind)
    assert all(len(key) == 1 and key.isascii() and key.islower() for key in KIND_KEYS)


def test_every_kind_asks_a_question_of_its_own() -> None:
    questions = [follow_up(kind) for kind in EventKind]
    assert len(set(questions)) == len(questions)
    assert all(question.endswith("?") for question in questions)


def test_no_question_asks_who_or_why_somebody() -> None:
    for kind in EventKind:
        words = follow_up(kind).lower().replace("?", " ").replace(",", " ").split()
        assert "who" not in words
        assert "why" not in words
        assert "should" not in words


def test_every_kind_says_what_it_is() -> None:
    meanings = [describe_kind(kind) for kind in EventKind]
    assert len(set(meanings)) == len(meanings)
    assert not any(meaning.endswith(".") for meaning in meanings)


def test_the_room_s_own_words_are_blameless() -> None:
    for kind in EventKind:
        assert not check(follow_up(kind), "causes")
        assert not check(describe_kind(kind), "causes")
