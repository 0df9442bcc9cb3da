"""What makes a screen come up sooner: nothing is done before the first picture that can be done later.

Knows no other room. Everything here is undone when the screen is left.
"""

import dataclasses
import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quick_start() -> Iterator[None]:
    """Puts off, while a program starts and runs, what would only keep its first picture waiting.

    Garbage is not collected until somebody turns it on again: nearly everything that is made before the first
    picture stays, and looking through it again and again would take a tenth of the time until then.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        _without_openssl()
        with _methods_when_called(), _tokens_when_read():
            yield
    finally:
        if collecting:
            gc.enable()


def _without_openssl() -> None:
    """Loads asyncio and the digests as a Python without OpenSSL would.

    The loop of a terminal app speaks to no server, and the digests that every Python has are quick enough for
    it; the library would be a hundredth of the time to the first picture, and megabytes. Whoever needs `ssl`
    itself gets it as always.
    """
    left_out = [name for name in ("ssl", "_hashlib") if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]  # how Python says that there is no such module
    try:
        import asyncio  # noqa: F401
        import hmac  # noqa: F401
    finally:
        for name in left_out:
            del sys.modules[name]


@contextmanager
def _methods_when_called() -> Iterator[None]:
    """Has dataclasses compile each of their methods when it is first called.

    Half a millisecond for each of the 170 dataclasses that a screen brings along (its libraries' included)
    is a fifth of the time to the first picture, and most of their methods are never called. Python 3.13 and
    later compile them another, quicker way: there nothing is put off.
    """
    create: Callable[..., Any] | None = getattr(dataclasses, "_create_fn", None)
    if create is None:
        yield
        return

    def put_off(name: str, *how: Any, **else_how: Any) -> Any:
        made: Any = None

        def method(*given: Any, **named: Any) -> Any:
            nonlocal made
            if made is None:
                made = create(name, *how, **else_how)
                made.__qualname__ = method.__qualname__
                for owner in type(given[0]).__mro__:
                    if owner.__dict__.get(name) is method:
                        setattr(owner, name, made)
            return made(*given, **named)

        method.__name__ = name
        return method

    dataclasses._create_fn = put_off  # type: ignore[attr-defined]
    try:
        yield
    finally:
        dataclasses._create_fn = create  # type: ignore[attr-defined]


@contextmanager
def _tokens_when_read() -> Iterator[None]:
    """Has Textual's tokens of style sheets and markup compile their patterns when the first text is read.

    A fiftieth of the time to the first picture; with sheets that were kept from an earlier start most of them
    read nothing. They are made while Textual itself is loaded, so their class is changed right before.
    """
    class_of_tokens: Any = None
    create: Any = None

    class BeforeTokens:
        def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
            nonlocal class_of_tokens, create
            if name == "textual.css.tokenize":
                sys.meta_path.remove(self)
                class_of_tokens = getattr(importlib.import_module("textual.css.tokenizer"), "Expect", None)
                create = vars(class_of_tokens).get("__init__")
                if create is not None:
                    _put_off_making(class_of_tokens, create)

    finder = BeforeTokens()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)
        if create is not None:
            class_of_tokens.__init__ = create


def _put_off_making(of_class: Any, create: Callable[..., None]) -> None:
    """Has the things of a class be made when something of them is first asked for."""

    def put_off(self: Any, *how: Any, **else_how: Any) -> None:
        self._put_off = how, else_how

    def found_missing(self: Any, name: str) -> Any:
        said = dict(vars(self))  # what was set since
        how = said.pop("_put_off", None)
        if how is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        del self._put_off
        create(self, *how[0], **how[1])
        vars(self).update(said)
        return getattr(self, name)

    of_class.__init__ = put_off
    of_class.__getattr__ = found_missing
