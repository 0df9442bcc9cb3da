"""What makes a screen come up sooner: nothing is done before the first picture that can be done later.

Knows no other room. Everything here is undone when the screen is left.
"""

import dataclasses
import gc
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
        _asyncio_without_tls()
        with _methods_when_called():
            yield
    finally:
        if collecting:
            gc.enable()


def _asyncio_without_tls() -> None:
    """Loads asyncio as a Python without TLS would: the loop of a terminal app speaks to no server.

    Whoever needs `ssl` itself gets it as always.
    """
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # how Python says that there is no such module
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


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
