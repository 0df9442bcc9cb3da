"""Whatever stands in a file, reading it ends in a retro or in sentences; never in a traceback."""

import pytest

from retrotui.archive import BadFile, NewerFormat, dumps, loads, validate_bytes
from tests.archive.samples import full_retro
from tests.hostile import SNIPPETS, WHOLE_FILES, hostile_files

GOOD = (dumps(full_retro()), dumps(full_retro(title="Ω " + "x" * 200)))


def outcome(data: bytes) -> str:
    """What reading ended in; raises for anything that is not allowed to happen."""
    try:
        retro = loads(data, "x.toml")
    except BadFile as error:
        assert error.problems
        for problem in error.problems:
            assert str(problem).isprintable(), str(problem)
            assert str(problem).startswith("x.toml"), str(problem)
        return "bad"
    except NewerFormat as error:
        assert str(error).isprintable()
        return "newer"
    again = dumps(retro)
    assert loads(again, "x.toml") == retro or b"nan" in again
    return "good"


def test_thousands_of_mangled_files_are_read_or_refused_in_sentences() -> None:
    ends = {"bad": 0, "good": 0, "newer": 0}
    for data in hostile_files(GOOD, 3_000):
        ends[outcome(data)] += 1
    assert ends["bad"] > 1_000
    assert ends["good"] > 100
    assert ends["newer"] > 2


@pytest.mark.parametrize("data", WHOLE_FILES)
def test_a_file_that_is_no_retro_is_refused(data: bytes) -> None:
    validation = validate_bytes(data, "x.toml")
    assert validation.problems
    assert validation.notes == ()


def test_each_hostile_line_gets_an_answer_at_the_end_of_a_good_file() -> None:
    for snippet in SNIPPETS:
        outcome(GOOD[0] + b"\n" + snippet + b"\n")


def test_a_key_of_a_hundred_thousand_parts_is_refused() -> None:
    assert outcome(b"a" + b".a" * 100_000 + b" = 1") == "bad"


def test_a_long_dotted_word_in_a_text_is_no_key() -> None:
    data = GOOD[0].replace(b'title = "', b'title = "' + b"a." * 2_000, 1)
    assert outcome(data) == "good"


def test_nesting_beyond_any_use_is_refused_with_its_line() -> None:
    with pytest.raises(BadFile) as caught:
        loads(b"format = 1\na = " + b"[" * 3_000, "x.toml")
    assert caught.value.problems[0].line == 2
    assert "deep" in str(caught.value)
