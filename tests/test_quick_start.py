"""A quick start puts things off; it leaves nothing out and nothing behind."""

import dataclasses
import gc
import subprocess
import sys
from typing import Any

import pytest

from retrotui.quick_start import quick_start


def made() -> Any:
    """Classes made while a program starts."""

    @dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Point:
        x: int
        y: int = 2
        tags: list[str] = dataclasses.field(default_factory=list, compare=False)

    @dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Named(Point):
        name: str = dataclasses.field(default="", kw_only=True)

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("too far left")

    return Point, Named


def test_a_dataclass_made_at_the_start_is_like_any_other() -> None:
    with quick_start():
        soon = made()
    plain = made()
    for late, usual in zip(soon, plain, strict=True):
        one, other = late(1), usual(1)
        assert repr(one) == repr(other)
        assert one == late(1) and one != late(3) and hash(one) == hash(late(1))
        assert one < late(2) and not one < late(1)
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert dataclasses.replace(one, y=5).y == 5
        assert one.tags is not late(1).tags
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.x = 4
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.x
        with pytest.raises(TypeError, match=r"__init__\(\) missing 1 required"):
            late()
    with pytest.raises(ValueError, match="too far left"):
        soon[1](-1, name="a")


@pytest.mark.skipif(not hasattr(dataclasses, "_create_fn"), reason="this Python compiles them all at once")
def test_a_method_is_compiled_once_and_then_stands_in_its_class() -> None:
    with quick_start():
        point, named = made()
    before = vars(point)["__init__"]
    named(1)
    assert vars(point)["__init__"] is before
    point(1)
    assert vars(point)["__init__"] is not before
    assert vars(point)["__init__"].__qualname__ == before.__qualname__


def test_the_garbage_collector_and_dataclasses_are_as_before_when_it_is_over() -> None:
    create = getattr(dataclasses, "_create_fn", None)
    assert gc.isenabled()
    with pytest.raises(RuntimeError), quick_start():
        assert not gc.isenabled()
        raise RuntimeError
    assert gc.isenabled()
    assert getattr(dataclasses, "_create_fn", None) is create


def test_tls_is_there_for_whoever_needs_it() -> None:
    probe = """
from retrotui.quick_start import quick_start
with quick_start():
    import asyncio
    async def nothing(): return 7
    assert asyncio.run(nothing()) == 7
    import ssl, urllib.request
    assert ssl.create_default_context() and urllib.request.HTTPSHandler
"""
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_tokens_of_style_sheets_are_put_off_and_then_whole() -> None:
    probe = """
from retrotui.quick_start import quick_start
with quick_start():
    from textual.css import tokenize, tokenizer
    put_off = tokenize.expect_declaration
    assert "match" not in vars(put_off)
from textual.css.parse import parse
assert len(list(parse("", "Input { color: red; &:hover { margin: 1 2; } }", ("", "")))) == 2
assert "match" in vars(put_off)
later = tokenizer.Expect("a word", word="[a-z]+")
assert "match" in vars(later) and later.match("word", 0)["word"] == "word"
try:
    put_off.nothing_of_the_kind
except AttributeError as error:
    assert "nothing_of_the_kind" in str(error)
else:
    raise SystemExit("found what is not there")
"""
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
