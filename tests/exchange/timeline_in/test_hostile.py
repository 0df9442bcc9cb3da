"""Sources that are damaged, huge, or mean harm: a clear sentence, and nothing half taken in."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.exchange.timeline_in import BadSource, ReadOptions, read
from retrotui.exchange.timeline_in.candidates import clean, instant
from retrotui.exchange.timeline_in.streaming import Meter, Source, json_items
from tests.exchange.timeline_in.conftest import MESSAGES, START, message

Write = Callable[[str, object], Path]


def bad(path: Path, options: ReadOptions, format: str = "auto") -> str:  # noqa: A002
    with pytest.raises(BadSource) as caught:
        read([path], options, format)
    return str(caught.value)


def test_a_truncated_export_names_file_and_line(write: Write, options: ReadOptions) -> None:
    text = json.dumps(MESSAGES, indent=1)
    path = write("day.json", text[: len(text) // 2])
    said = bad(path, options, "slack")
    assert said.startswith(f"{path}:")
    assert "cut off" in said
    assert int(said.removeprefix(f"{path}:").split(":")[0]) > 10


def test_broken_json_is_named_where_it_breaks(write: Write, options: ReadOptions) -> None:
    path = write("day.json", '[\n {"ts": "1795183200.0001", "text": "a"},\n {"ts" "1"},\n' + " " * 200 + "]")
    assert f"{path}:3:" in bad(path, options, "slack")
    path = write("day.json", '[\n{"ts" "1"}]')
    assert f"{path}:2: this is not JSON" in bad(path, options, "slack")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "slack", "empty"),
        (b"[1]", "slack", "a message is expected"),
        (b'[{"type": "message", "text": "x"}]', "slack", "ts is None"),
        (b'[{"ts": "99999999999.1", "text": "x"}]', "slack", "without a time Slack would give"),
        (b"[" * 100_000, "slack", "too deep"),
        (b'{"log_entries": []}', "pagerduty", "no log entries"),
        (b'{"log_entries": [{"id": "1"}]}', "pagerduty", "without a time"),
        (b'{"alerts": [{"labels": {}}]}', "alertmanager", "without a start"),
        (b'[{"x": NaN}]', "slack", "no JSON"),
        (b'[{"x": ' + b"9" * 5000 + b"}]", "slack", "cannot be"),
        (b"time,text\n14:03,\xff\xfe bad\n", "csv", "0xff is not UTF-8"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "ics", "cut off"),
        (b'{"MESSAGE": "x"}', "journal", "without a time"),
        (b"\x00\x00\x00", "text", "NUL"),
        (b'a,b\n"open,1\n', "csv", "quotation mark"),
        (b'{"hello": 1}', "auto", "none that is known"),
        (b'[{"hello": 1}]', "github", "no issue"),
    ],
)
def test_what_is_wrong_is_said(
    content: bytes, name: str, words: str, write: Write, options: ReadOptions
) -> None:
    assert words in bad(write("source.json", content), options, name)


def test_utf_16_and_a_named_encoding_are_read(write: Write, options: ReadOptions) -> None:
    from dataclasses import replace

    path = write("day.json", json.dumps(MESSAGES).encode("utf-16"))
    assert read([path], options).candidates
    table = write("t.csv", "time,text\n14:03,Störung\n".encode("cp1252"))
    assert read([table], replace(options, encoding="cp1252")).candidates[0].text == "Störung"
    with pytest.raises(BadSource, match="no encoding called"):
        read([table], replace(options, encoding="klingon"))


def test_escape_sequences_never_arrive(write: Write, options: ReadOptions) -> None:
    evil = "pager\x1b[2J\x1b]0;title\x07 \x9b31mfires\u202e\x08 \x1bPq#\x1b\\now"
    (found,) = read([write("day.json", [message(0, evil)])], options, "slack").candidates
    assert found.text == "pager fires now"


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaned_text_holds_no_control_and_cleans_to_itself(text: str) -> None:
    once = clean(text)
    assert not any((ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160 for char in once)
    assert clean(once) == once


def test_a_zip_that_leads_out_is_not_read(tmp_path: Path, options: ReadOptions) -> None:
    for name in ("../../evil.json", "/etc/evil.json", "C:/evil.json", "a\\..\\..\\evil.json"):
        path = tmp_path / "slip.zip"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(name, "[]")
        assert "leads out of the archive" in bad(path, options)


def test_a_zip_bomb_is_not_read(tmp_path: Path, options: ReadOptions) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("incident/2026-11-20.json", b"[" + b" " * (60 << 20) + b"]")
    assert "would swell" in bad(path, options)


def test_a_damaged_or_locked_zip_is_named(tmp_path: Path, options: ReadOptions) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("incident/2026-11-20.json", json.dumps(MESSAGES * 50))
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + b"\x55" * 20 + whole[220:])
    assert "2026-11-20.json" in bad(path, options)
    locked = bytearray(whole)
    at = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<H", locked, at + 8, struct.unpack_from("<H", whole, at + 8)[0] | 1)
    path.write_bytes(bytes(locked))
    assert "password" in bad(path, options)
    path.write_bytes(whole[:-30])
    assert "no zip archive" in bad(path, options)


def test_one_bad_source_takes_in_nothing_of_the_good_one(write: Write, options: ReadOptions) -> None:
    good = write("good.json", MESSAGES)
    broken = write("broken.json", "[{")
    with pytest.raises(BadSource, match=r"broken\.json"):
        read([good, broken], options, "slack")


def test_ten_years_are_remarked_on(write: Write, options: ReadOptions) -> None:
    reading = read([write("d.json", [message(0, "a"), message(-3650 * 86400, "b")])], options, "slack")
    assert any("spans 3,650 days" in remark for remark in reading.remarks)


def test_too_many_say_how_to_narrow(
    write: Write, options: ReadOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrotui.exchange.timeline_in.reading.MOST", 10)
    path = write("d.json", [message(number, f"m{number}") for number in range(20)])
    assert "narrow it with --since" in bad(path, options, "slack")


def test_what_is_not_there_is_said(tmp_path: Path, options: ReadOptions) -> None:
    assert bad(tmp_path / "nothing.json", options).endswith("is not there")
    assert "neither a Slack export" in bad(tmp_path, options)
    with pytest.raises(BadSource, match="no regular expression"):
        read([tmp_path], ReadOptions(match="("), "slack")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


class Slow(io.BytesIO):
    """A stream that gives a few bytes at a time, as a pipe may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(7, size if size and size > 0 else 7))


@settings(max_examples=150, deadline=None)
@given(st.lists(JSON, max_size=6), st.booleans())
def test_a_streamed_array_is_what_json_says_it_is(values: list[object], escaped: bool) -> None:
    text = json.dumps(values, ensure_ascii=escaped, indent=1).encode("utf-8", "surrogatepass")
    try:
        text.decode()
    except UnicodeDecodeError:
        return
    source = Source("x", Slow(text), Meter(ReadOptions()))
    assert [item.value for item in json_items(source)] == values


def test_pages_that_follow_one_another_are_one_list() -> None:
    source = Source("x", io.BytesIO(b'[{"a": 1}]\n[]\n[{"a": 2}, 3]\n'), Meter(ReadOptions()))
    assert [item.value for item in json_items(source)] == [{"a": 1}, {"a": 2}, 3]
    with pytest.raises(BadSource, match="behind the end"):
        list(json_items(Source("x", io.BytesIO(b"[1] {}"), Meter(ReadOptions()))))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_values_or_a_sentence(data: bytes) -> None:
    try:
        list(json_items(Source("x", Slow(data), Meter(ReadOptions()))))
    except BadSource as error:
        assert str(error).startswith("x")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-:TZ+. ", max_size=40))
def test_reading_a_machines_time_never_raises(text: str) -> None:
    instant(text)


def test_a_machines_time_with_nine_decimals_and_an_offset() -> None:
    at = instant("2017-10-27T15:13:05.123456789+01:00")
    assert at is not None
    assert at.isoformat() == "2017-10-27T15:13:05.123456+01:00"
    assert instant("2016-12-31T23:59:60Z") == instant("2017-01-01T00:00:00Z")
    assert START == 1795183200
