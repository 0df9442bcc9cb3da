"""The codec: values come back from bytes, equal values give equal bytes, errors name the place."""

import math
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrotui.archive import BadFile, NewerFormat, comments, dumps, has_comments, loads, validate_bytes
from retrotui.archive.codec import Encoder
from retrotui.archive.document import to_document
from retrotui.archive.migrations import NoWay, migrate
from retrotui.archive.sealing import NotSealed, seal, seal_ballot, unseal, unseal_ballot
from retrotui.archive.toml_quick import quick_parse
from retrotui.archive.toml_text import render
from retrotui.retro import Card, Event, IssuedIds, Retro, problems
from retrotui.retro.changes import Add, Delete, edit_info
from tests.archive.samples import full_retro, small_retro
from tests.hostile import hostile_files
from tests.strategies import ODD_TEXTS, retros, unknown_values

lenient = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

BY_HAND = b"""format = 1

[retro]
id = "2026-11-21-checkout-outage"
title = "Checkout answered 5xx for 40 minutes"
held = 2026-11-21T14:00:00+00:00
people = ["Ana", "Will", "Priya"]

[agenda]
current = "timeline"
[[agenda.stage]]
id = "timeline"
planned_s = 1200

[[event]]
id = "e1"
at = 2026-11-20T14:03:00Z
kind = "detected"
text = "Error-rate alert fires"

[[parked]]
from = "timeline"
text = "Rethink the retry budget"
"""


@lenient
@given(retros())
def test_a_retro_comes_back_from_its_file_as_it_was(retro: Retro) -> None:
    assert problems(retro) == ()
    data = dumps(retro)
    assert loads(data) == retro
    assert dumps(loads(data)) == data
    assert tomllib.loads(data.decode()) == tomllib.loads(render(to_document(retro)))


@lenient
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), unknown_values))
def test_any_plain_values_are_written_as_toml_reads_them(table: dict[str, object]) -> None:
    assert tomllib.loads(render(table)) == table


def test_a_sample_with_everything_comes_back() -> None:
    assert loads(dumps(full_retro())) == full_retro()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_text_is_saved_exactly_and_steers_no_terminal(text: str) -> None:
    retro = edit_info(summary=text).apply(full_retro())
    data = dumps(retro)
    assert loads(data).info.summary == text
    assert not set(data.decode()) & set("\x00\x1b\x7f\x9b\r\u202e\u2028\ufeff")


def test_the_order_of_unknown_keys_makes_no_difference() -> None:
    one = small_retro(x_a=1, x_b={"c": 1, "d": [{"e": 1, "f": 2}]})
    other = small_retro(x_b={"d": [{"f": 2, "e": 1}], "c": 1}, x_a=1)
    assert one == other
    assert dumps(one) == dumps(other)


def test_unknown_keys_survive_at_every_level_after_those_that_are_known() -> None:
    data = BY_HAND.replace(b'text = "Error', b'mood = "grim"\n[event.more]\nwho = [1, {a = 2}]\n[x]\n#')
    data = data.replace(b"format = 1", b"format = 1\nspare = 2.5").replace(
        b"planned_s", b"later = 1\nplanned_s"
    )
    retro = loads(data)
    assert retro.events[0].model_extra == {"mood": "grim", "more": {"who": [1, {"a": 2}]}}
    text = dumps(retro).decode()
    assert text.startswith("format = 1\nspare = 2.5\n\n[retro]")
    assert "elapsed_s = 0\nlater = 1\n" in text
    assert text.endswith("[x]\n")
    assert loads(dumps(retro)) == retro


def test_rarely_used_fields_are_left_out_and_those_to_fill_in_are_there() -> None:
    text = dumps(small_retro()).decode()
    assert 'summary = ""\nimpact = ""\n' in text
    assert "[close]" in text
    for quiet in ("ballot", "opening", "ids", "incident_start", "topic"):
        assert quiet not in text
    one = dumps(loads(BY_HAND)).decode()
    for quiet in ("said", "state", "stays", "skipped"):
        assert f"{quiet} =" not in one
    assert "source = " in one


def test_counters_are_written_only_when_the_entries_do_not_tell() -> None:
    retro = small_retro()
    for number in (1, 2, 3):
        retro = Add(Event(id=f"e{number}", text="x")).apply(retro)
    assert b"[ids]" not in dumps(retro)
    retro = Delete("e3").apply(retro)
    assert dumps(retro).endswith(b"[ids]\ne = 3\n")
    assert loads(dumps(retro)).next_id("e") == "e4"
    assert loads(dumps(retro)) == retro


def test_an_open_ballot_and_private_cards_cannot_be_read_at_a_glance() -> None:
    retro = full_retro()
    text = dumps(retro).decode()
    ballot = text[text.index("[ballot]") : text.index("[close]")]
    assert "f1" not in ballot
    assert "counts" not in ballot
    assert "not for all eyes" not in text
    again = loads(text.encode())
    assert again.ballot == retro.ballot
    assert again.cards[0].text == "not for all eyes"


def test_a_card_that_is_revealed_by_hand_shows_its_text() -> None:
    data = dumps(full_retro()).replace(b"private = true", b"private = false")
    assert loads(data).cards[0] == Card(id="c1", stage="puzzles", column="left", text="not for all eyes")


@pytest.mark.parametrize("sealed", ["", "W10=", seal('["f1", [1]]'), seal('[["f1"], [true]]'), "/w=="])
def test_a_ballot_that_was_tampered_with_is_refused(sealed: str) -> None:
    with pytest.raises(NotSealed):
        unseal_ballot(sealed)


def test_what_is_sealed_comes_back() -> None:
    assert unseal(seal("‮ é")) == "‮ é"
    assert unseal_ballot(seal_ballot(("f1", "q2"), (3, 0))) == (["f1", "q2"], [3, 0])


def test_an_instant_of_a_zone_with_odd_offset_keeps_its_instant() -> None:
    at = datetime(1880, 1, 1, 12, 0, tzinfo=ZoneInfo("Europe/Dublin"))
    retro = Add(Event(id="e1", at=at)).apply(small_retro())
    (event,) = loads(dumps(retro)).events
    assert event.at == at.astimezone(UTC)


def test_a_lone_surrogate_costs_one_character_and_not_the_file() -> None:
    retro = small_retro().model_copy(update={"parked": ()})
    odd = retro.model_copy(update={"info": retro.info.model_copy(update={"summary": "a\ud800b"})})
    assert loads(dumps(odd)).info.summary == "a?b"


def test_an_encoder_gives_the_same_bytes_whatever_it_has_written_before() -> None:
    encoder = Encoder()
    retro = full_retro()
    for number in range(3, 40):
        retro = Add(Event(id=f"e{number}", text=str(number))).apply(retro)
        assert encoder.dumps(retro) == dumps(retro)
    assert encoder.dumps(full_retro()) == dumps(full_retro())


def test_a_file_written_by_hand_may_leave_out_ids_and_the_kinds_of_known_stages() -> None:
    retro = loads(BY_HAND)
    assert retro.parked[0].id == "p1"
    assert retro.agenda.stages[0].kind == "timeline"
    more = BY_HAND + b'[[event]]\ntext = "no id"\n[[event]]\nid = "e7"\n[ids]\ne = 9\n'
    assert [event.id for event in loads(more).events] == ["e1", "e10", "e7"]
    assert loads(more).ids == IssuedIds(e=10, p=1)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\n\n" + data.replace(b"format = 1\n", b""),
    ],
)
def test_what_editors_do_to_a_file_does_no_harm(change: object) -> None:
    assert callable(change)
    assert loads(change(BY_HAND)) == loads(BY_HAND)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"detected"', '"detectd"', "x.toml:18: event[e1].kind: found 'detectd'; allowed are: impact_start,"),
        ('"detected"', '"detectd"', "did you mean 'detected'?"),
        ("T14:03:00Z", "T14:03:00", "x.toml:17: event[e1].at: found the time 2026-11-20T14:03:00 without an"),
        ('title = "', 'titel = "', "x.toml:3: retro.title: is missing; it has to be there"),
        (
            "1200",
            "-5",
            "x.toml:13: agenda.stage[timeline].planned_s: found the number -5; it has to be at le",
        ),
        ("1200", '"20 min"', "found '20 min'; write a whole number, such as 3"),
        ('"e1"', '"f1"', "x.toml:16: event[f1].id: 'f1' does not start with 'e', as ids of [[event]] do"),
        ('current = "timeline"', 'current = "causes"', "x.toml:10: agenda.current: 'causes' is not one of"),
        ("[[event]]", "[[events]]", "events: this is not a key of this format; it is called 'event'"),
        ('"Ana", "Will"', '"Ana" "Will"', "x.toml:7: retro.people[1]: this is not TOML"),
        ('kind = "detected"', 'kind "detected"', "x.toml:18: event[1].kind: this is not TOML"),
        ('id = "e1"', 'id = "e1"\nid = "e2"', "this key is there twice"),
        ("[[event]]", "[retro]\n[[event]]", "the table [retro] is there twice"),
        ("[[event]]", "<<<<<<< HEAD\n[[event]]", "a merge left two versions here"),
        ("format = 1", "format = 0", "x.toml:1: format: there has never been a format 0"),
        ('"Ana", "Will"', '"Ana",\n  7', "x.toml:8: retro.people[2]: found the number 7; write text"),
        ("2026-11-21T14:00:00+00:00", '"soon"', "retro.held: found 'soon'; write a time with its offset"),
    ],
)
def test_an_error_names_line_key_what_was_found_and_what_is_allowed(old: str, new: str, problem: str) -> None:
    data = BY_HAND.decode().replace(old, new, 1)
    with pytest.raises(BadFile) as caught:
        loads(data.encode(), "x.toml")
    assert problem in str(caught.value)


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    data = BY_HAND.replace(b"detected", b"detectd").replace(b"1200", b"-1").replace(b"T14:03:00Z", b"")
    lines = [problem.line for problem in validate_bytes(data).problems]
    assert lines == [13, 17, 18]


def test_thousands_of_problems_are_counted_and_not_listed() -> None:
    data = BY_HAND + b'[[event]]\nkind = "x"\n' * 5_000
    found = validate_bytes(data, "x.toml").problems
    assert len(found) == 201
    assert "more problems like these" in str(found[-1])


def test_an_error_shows_no_control_characters() -> None:
    with pytest.raises(BadFile) as caught:
        loads(BY_HAND.replace(b'"detected"', b'"\\u001b[2J\\u202e"'), "a\x1b.toml")
    assert str(caught.value).isprintable()


def test_unknown_keys_are_noted_with_the_nearest_known_one() -> None:
    found = validate_bytes(BY_HAND.replace(b"people =", b"peple ="), "x.toml")
    assert found.problems == ()
    (note,) = found.notes
    assert str(note).startswith("x.toml:7: retro.peple: this version does not know this key and keeps it")
    assert str(note).endswith("did you mean 'people'?")


def test_a_newer_format_is_told_with_what_could_be_read() -> None:
    data = BY_HAND.replace(b"format = 1", b"format = 3").replace(b'"detected"', b'"foreseen"')
    data = data.replace(b'current = "timeline"', b'current = "a new stage"')
    with pytest.raises(NewerFormat, match="format 3; this retrotui knows formats up to 1") as caught:
        loads(data, "x.toml")
    assert caught.value.retro is not None
    assert caught.value.retro.events[0].text == "Error-rate alert fires"
    assert caught.value.retro.agenda.current == ""
    assert problems(caught.value.retro) == ()
    assert validate_bytes(data, "x.toml").problems


def test_older_formats_are_led_step_by_step_to_the_current_one() -> None:
    steps = {
        -1: lambda document: {"title": document["name"]},
        0: lambda document: {"retro": {"id": "a", "title": document["title"]}},
    }
    assert migrate({"format": -1, "name": "x"}, steps=steps) == {
        "format": 1,
        "retro": {"id": "a", "title": "x"},
    }
    with pytest.raises(NoWay):
        migrate({"format": -2}, steps=steps)


def test_comments_are_found_and_strings_are_no_comments() -> None:
    data = b'# top\n\n# more\na = "# not" # yes\nb = """\n# not\n"""\nc = \'# not\' # \xc3\xa9\n# end'
    assert comments(data) == ((4, "# yes"), (8, "# é"), (9, "# end"))
    assert not has_comments(b"# only at the top\n" + BY_HAND)
    assert not has_comments(dumps(full_retro(title="# no comment '\"")))


def test_what_is_read_quickly_is_read_as_tomllib_reads_it() -> None:
    goods = (dumps(full_retro()), BY_HAND, dumps(small_retro(summary='"\\\t\n')))
    quick = 0
    for data in hostile_files(goods, 2_000, seed=5):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        found = quick_parse(text)
        if found is not None:
            quick += 1
            assert repr(found) == repr(tomllib.loads(text))
    assert quick > 200
    assert quick_parse(dumps(full_retro()).decode()) is not None


@pytest.mark.parametrize(
    "text",
    ["event = []\n[[event]]\n", "[a]\n[[a]]\n", "[[a]]\n[a]\n", "[a]\nb = []\n[[a.b]]\n", "a = 1\na = 1\n"],
)
def test_the_quick_reader_leaves_broken_files_to_tomllib(text: str) -> None:
    assert quick_parse(text) is None


@lenient
@given(retros(most=3))
def test_the_quick_reader_agrees_on_every_retro(retro: Retro) -> None:
    text = dumps(retro).decode()
    found = quick_parse(text)
    assert found is None or repr(found) == repr(tomllib.loads(text))


def test_numbers_that_are_none_survive_as_unknown_values() -> None:
    retro = loads(BY_HAND + b"x = nan\n[y]\nz = -inf\n")
    assert math.isnan(tomllib.loads(dumps(retro).decode())["parked"][0]["x"])


def test_reading_a_file_loads_no_screen_no_lock_and_no_thread() -> None:
    code = "import sys; import retrotui.archive.codec; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"textual", "rich", "platformdirs", "retrotui.archive.saver", "click"}
