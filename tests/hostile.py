"""Files that nobody should have to fear: truncated, flipped, spliced, hostile, or merely odd TOML.

`hostile_files(good, count)` gives reproducible bytes made from good files; the archive's tests read them in
process, those of the command line pass them to `validate`, `open` and `show`.
"""

import random
from collections.abc import Callable, Iterator, Sequence

SNIPPETS: tuple[bytes, ...] = (
    b"a = " + b"[" * 3_000,
    b"a = " + b"[" * 200 + b"]" * 200,
    b"a = " + b"{a = " * 2_000,
    b"a = " + b"{b = " * 30 + b"1" + b"}" * 30,
    b"a" + b".a" * 3_000 + b" = 1",
    b"[a" + b".a" * 3_000 + b"]",
    b"a = " + b"9" * 5_000,
    b"a = -" + b"9" * 4_000,
    b"a = 0x" + b"f" * 5_000,
    b"a = 9223372036854775808",
    b"votes = 99999999999999999999",
    b"a = 1e999999",
    b"a = nan",
    b"a = -inf",
    b"held = 0001-01-01T00:00:00+23:59",
    b"held = 9999-12-31T23:59:59-23:59",
    b"held = 2026-13-45T25:61:61Z",
    b"held = 2026-11-20T14:03:00+25:00",
    b"held = 2026-11-20",
    b"held = 14:03",
    b"held = 5",
    b"held = '5'",
    b"held = 'tomorrow'",
    b"timezone = '../../etc/passwd'",
    b"timezone = 'Nowhere/Land'",
    b"timezone = ''",
    b"timezone = 'Europe'",
    b"timezone = 'a\\u0000b'",
    b'timezone = "a\\u0000b"',
    b"format = 2",
    b"format = 0",
    b"format = -1",
    b"format = true",
    b"format = '1'",
    b"format = 1.0",
    b"title = 5",
    b"title = ['a']",
    b"title = {}",
    b'title = "\\u001b[2J\\u0007"',
    b'title = "\\ud800"',
    b'title = "\\U00110000"',
    b"title = '''",
    b'title = """',
    b"[[retro]]",
    b"[event]",
    b"[[event]]",
    b'[[event]]\nid = "e0"\nat = 2026-11-20T14:03:00',
    b'[[event]]\nid = "e1000000000"',
    b'[[event]]\nid = "e99999999999999999999"',
    b'[[event]]\nid = "x1"',
    b'[[event]]\nkind = "detectd"',
    b'[[factor]]\nid = "f1"\nparent = "f1"',
    b'[[factor]]\nid = "f8"\nparent = "f9"\n[[factor]]\nid = "f9"\nparent = "f8"',
    b'[[question]]\nfactors = ["f404"]',
    b'[[answer]]\nquestion = "q404"',
    b'[[card]]\nprivate = true\nsealed = "not base64"',
    b"[[card]]\nsealed = 5",
    b'[[card]]\ntext = "a"\nsealed = "YQ=="',
    b'[[card]]\nsealed = "/w=="',
    b'[ballot]\nstage = "x"\nsealed = "W10="',
    b'[ballot]\nstage = "x"\nsealed = "W1sxXSxbMV1d"',
    b'[ballot]\nstage = "x"\ntopics = []',
    b"[ids]\ne = -1",
    b"[ids]\ne = 'many'",
    b"[[events]]",
    b"[info]\ntitle = 'x'",
    b"[agenda]\ncurrent = 'nowhere'",
    b"[agenda]\nstage = 5",
    b"agenda = 5",
    b"event = 5",
    b"event = [5, {}, []]",
    b"event = [{id = 'e1'}, {id = 'e1'}]",
    b'"" = 1',
    b'"\\u0000" = 1',
    b"'quoted key' = 1",
    "ключ = 1".encode(),
    b"a = 1 # comment \x1b",
    b"a = 1\na = 2",
    b"[a]\n[a]",
    b"a.b = 1\na = 2",
    b"\x00",
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r",
    b"\r\n\r\n",
    "‮⁦".encode(),
    b"<<<<<<< HEAD\n=======\n>>>>>>> theirs",
    b"#" * 2_000,
    b"=",
    b"]",
    b"]]",
    b'"',
    b",",
)
"""Lines and fragments that trip up readers of TOML, of times, of zones or of retros."""

WHOLE_FILES: tuple[bytes, ...] = (
    b"",
    b"\n",
    b"\x00" * 4_096,
    b"\xff" * 1_000,
    b"\xef\xbb\xbf",
    "[retro]\nid = 'a'\ntitle = 'b'\n".encode("utf-16"),
    b"{}",
    b"<html></html>",
    b"PK\x03\x04",
    b"[retro]",
    b"retro = 1",
    b"retro = []",
    b"format = 99\nretro = 5",
    b"format = 99\n[retro]\nid = 'a'\ntitle = 'b'\n[[event]]\nid = 5",
    b"[retro]\nid = 'a b'\ntitle = ''",
    b"[retro]\nid = '" + b"a" * 300 + b"'\ntitle = ''",
)
"""Whole files that are no retros, or hardly any."""

_Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def _truncate(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _cut_out(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(80) :]


def _flip(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    mutable = bytearray(data)
    for _number in range(rng.randrange(1, 6)):
        if mutable:
            mutable[rng.randrange(len(mutable))] ^= 1 << rng.randrange(8)
    return bytes(mutable)


def _random_bytes(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.randbytes(rng.randrange(1, 12)) + data[start:]


def _splice(rng: random.Random, data: bytes, goods: Sequence[bytes]) -> bytes:
    other = rng.choice(goods)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _insert_snippet(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(SNIPPETS))
    return b"\n".join(lines)


def _swap_value(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    keyed = [number for number, line in enumerate(lines) if b" = " in line]
    if not keyed:
        return data
    number = rng.choice(keyed)
    key = lines[number].split(b" = ")[0]
    values = [snippet.split(b" = ", 1)[1] for snippet in SNIPPETS if b" = " in snippet]
    other = lines[rng.choice(keyed)].split(b" = ", 1)[1]
    lines[number] = key + b" = " + rng.choice([*values, other, other, b"", b"[]", b"{}", b"true", b'""'])
    return b"\n".join(lines)


def _repeat_lines(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    start = rng.randrange(len(lines))
    some = lines[start : start + rng.randrange(1, 12)]
    place = rng.randrange(len(lines) + 1)
    return b"\n".join([*lines[:place], *some, *lines[place:]])


def _drop_lines(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    start = rng.randrange(len(lines))
    return b"\n".join(lines[:start] + lines[start + rng.randrange(1, 6) :])


def _line_ends(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b" \n", b"\x85"]))


MUTATIONS: tuple[_Mutation, ...] = (
    _truncate,
    _cut_out,
    _flip,
    _random_bytes,
    _splice,
    _insert_snippet,
    _insert_snippet,
    _swap_value,
    _swap_value,
    _repeat_lines,
    _drop_lines,
    _line_ends,
)


def hostile_files(goods: Sequence[bytes], count: int, seed: int = 20261121) -> Iterator[bytes]:
    """`count` files: the whole ones and each snippet alone, then good files with one to three mutations."""
    rng = random.Random(seed)
    fixed = (*WHOLE_FILES, *SNIPPETS)
    yield from fixed[:count]
    for _ in range(count - len(fixed)):
        data = rng.choice(goods)
        for _number in range(rng.choice((1, 1, 1, 2, 3))):
            data = rng.choice(MUTATIONS)(rng, data, goods)
        yield data
