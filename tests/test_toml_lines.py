"""Places in TOML texts."""

import tomllib

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.toml_lines import fault_in, line_of, lines_of

TEXT = '''# a comment
a = 1
"b c".d = """x
[not.a.table]
y"""
[t]
z = [ # a comment with ]
  1,
  "]",
  ["deeper"],
]
[[s]]
id = "x"
m = { q-1 = 2, r = { u = 'v' } }
[[s.c]]
k = 2026-11-21 10:00:00
[[s]]
[s.t]
y = "a\\"b" # "
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("b c", "d"), 3),
        (("t",), 6),
        (("t", "z"), 7),
        (("t", "z", 1), 9),
        (("t", "z", 2, 0), 10),
        (("s", 0), 12),
        (("s", 0, "id"), 13),
        (("s", 0, "m", "r", "u"), 14),
        (("s", 0, "c", 0, "k"), 16),
        (("s", 1), 17),
        (("s", 1, "t", "y"), 19),
        (("s", 1, "nothing"), 17),
        (("nothing",), None),
    ],
)
def test_a_path_has_a_line(path: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(TEXT, path) == line


def test_a_text_that_is_no_toml_is_read_up_to_the_fault() -> None:
    assert lines_of("a = 1\n= 2\nb = 3\n") == {("a",): 1}
    assert lines_of('a = "open') == {("a",): 1}


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = \n", 2), ("a = [1,\n2,\n", 2), ("", 1)])
def test_a_syntax_error_has_a_line(text: str, line: int) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found, message = fault_in(error, text)
        assert found == line and "at line" not in message and "end of document" not in message


_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text(), st.dates(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += _paths(inner, (*path, index))
    return found


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=5), _values, max_size=4), st.booleans())
def test_every_part_of_any_toml_file_has_a_line(data: dict[str, object], multiline: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    known = lines_of(text)
    for path in _paths(tomllib.loads(text)):
        assert path in known, text


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert all(line >= 1 for line in lines_of(text).values())
