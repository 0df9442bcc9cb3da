"""Forms before the meeting: written, filled in by any editor, and taken in whole or not at all."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from retrotui.exchange.form_answers import gather
from retrotui.exchange.forms import BadForm, Form, fields_of, form_markdown, form_toml, read_form
from retrotui.facilitation import new_retro
from retrotui.retro import Retro
from retrotui.templates import SHIPPED_IDS, shipped

HELD = datetime(2026, 11, 21, 14, tzinfo=UTC)


def fresh(template: str = "incident", **more: object) -> Retro:
    retro = new_retro(
        "Checkout --> <b>down</b>",
        shipped(template),
        held=HELD,
        people=["Ana", "Will -- Ash"],
        timezone="Europe/Dublin",
    )
    return retro.model_copy(update={"info": retro.info.model_copy(update=more)})


def filled(text: str, answers: dict[str, list[str]]) -> str:
    """A Markdown form as a person fills it in."""
    for key, lines in answers.items():
        head, _, tail = text.partition(f"<!-- {key} -->")
        text = head + f"<!-- {key} -->" + tail.replace("- \n", "".join(f"- {line}\n" for line in lines), 1)
    return text


@pytest.mark.parametrize("template", SHIPPED_IDS)
@pytest.mark.parametrize("write", [form_markdown, form_toml])
def test_an_empty_form_reads_back_as_no_answers(
    template: str, write: Callable[[Retro, object, str], str]
) -> None:
    retro = fresh(template)
    name = "f.md" if write is form_markdown else "f.toml"
    text = write(retro, shipped(template), "Will -- Ash")
    form = read_form(name, text.encode(), retro, shipped(template))
    assert form.answers == ()
    assert form.person.startswith("Will")


def test_answers_land_in_their_stages() -> None:
    retro = fresh(incident_start=datetime(2026, 11, 20, 14, tzinfo=UTC))
    template = shipped("incident")
    text = filled(
        form_markdown(retro, template, "Ana"),
        {
            "timeline": ["14:03 pager fires", "it goes on"],
            "went_well": ["the canary stopped\n  the second batch"],
            "causes": ["the alert averages over ten minutes"],
            "how_can_we": ["How can we notice it sooner?"],
        },
    )
    form = read_form("ana.md", text.encode(), retro, template)
    after = gather(retro, template, [form]).batch.apply(retro)
    timed, untimed = after.events
    assert (timed.at, timed.text, timed.source) == (
        datetime(2026, 11, 20, 14, 3, tzinfo=UTC),
        "pager fires",
        "form, Ana",
    )
    assert untimed.text == "it goes on"
    assert [card.text for card in after.went_well] == ["the canary stopped the second batch"]
    assert [factor.text for factor in after.factors] == ["the alert averages over ten minutes"]
    assert [question.text for question in after.questions] == ["How can we notice it sooner?"]


def test_plain_lines_and_columns_are_read_too() -> None:
    retro = fresh("mad-sad-glad")
    template = shipped("mad-sad-glad")
    keys = [field.key for field in fields_of(retro, template) if field.column]
    assert keys
    text = form_markdown(retro, template).replace(
        f"<!-- {keys[0]} -->", f"<!-- {keys[0]} -->\na plain line\ngoes on\n"
    )
    form = read_form("f.md", text.encode(), retro, template)
    after = gather(retro, template, [form]).batch.apply(retro)
    stage, _, column = keys[0].partition(".")
    assert [(card.stage, card.column, card.text) for card in after.cards] == [
        (stage, column, "a plain line goes on")
    ]


def test_toml_forms_are_read_with_keys_as_editors_leave_them() -> None:
    retro, template = fresh(), shipped("incident")
    text = form_toml(retro, template, "Ana").replace('"",', '"14:03 pager fires", "2",', 1)
    assert [a.text for a in read_form("f.toml", text.encode(), retro, template).answers] == [
        "14:03 pager fires",
        "2",
    ]


def test_unattributed_answers_have_no_name_and_no_order() -> None:
    retro, template = fresh(unattributed=True), shipped("incident")
    assert "Ana" not in form_markdown(retro, template, "Ana")
    forms = []
    for number, person in enumerate(("Ana", "Will")):
        text = form_toml(retro, template, person).replace(
            '"went_well" = [\n  "",', '"went_well" = [' + "".join(f'"{number}{i}",' for i in range(8))
        )
        text = text.replace('"timeline" = [\n  "",', f'"timeline" = ["14:0{number} x{number}",')
        form = read_form(f"{person}.toml", text.encode(), retro, template)
        forms.append(Form(form.name, form.retro_id, person, form.answers))
    after = gather(retro, template, forms, rng=random.Random(1)).batch.apply(retro)
    order = [card.text[0] for card in after.went_well]
    assert sorted(order) == ["0"] * 8 + ["1"] * 8
    assert order != sorted(order)
    assert {event.source for event in after.events} == {"form"}


def test_a_form_gathered_twice_adds_only_what_is_new() -> None:
    retro, template = fresh(), shipped("incident")
    blank = form_markdown(retro, template, "Ana")
    first = read_form(
        "a.md", filled(blank, {"went_well": ["one"], "timeline": ["14:03 x"]}).encode(), retro, template
    )
    after = gather(retro, template, [first]).batch.apply(retro)
    text = filled(blank, {"went_well": ["One ", "two"], "timeline": ["14:03 x", "14:04 x"]})
    again = gather(after, template, [read_form("a.md", text.encode(), retro, template)])
    assert again.known == 2
    assert len(again.batch.changes) == 2


def test_blaming_words_are_held_with_other_words_at_hand() -> None:
    retro, template = fresh(), shipped("incident")
    text = filled(
        form_markdown(retro, template, "Ana"), {"causes": ["Ana should have checked the region", "a limit"]}
    )
    form = read_form("a.md", text.encode(), retro, template)
    found = gather(retro, template, [form])
    (held,) = found.held
    assert held.text == "Ana should have checked the region"
    assert held.place.startswith("a.md:")
    assert [factor.text for factor in found.batch.apply(retro).factors] == ["a limit"]
    mended = gather(retro, template, [form], rewrite=True)
    assert mended.held == () or mended.held[0].rewrite == ""
    assert len(mended.batch.changes) + len(mended.held) == 2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.md", b"# my notes\n", "is no form of retrotui"),
        ("a.md", b"<!-- retrotui form 9 | retro x -->", "version 9"),
        ("a.md", b"\xff", "a.md:1: this is not UTF-8"),
        ("a.md", b"<!-- retrotui form 1 | retro other -->", "is for the retro 'other'"),
        ("a.md", b"x" * (1 << 21), "larger than 1 MB"),
        ("a.toml", b"form = 1\nretro = ", "a.toml:2: this is not TOML"),
        ("a.toml", b"x = 1", "is no form of retrotui"),
        ("a.toml", b'form = 1\nretro = "x"\nanswers = 1', "answers must be a table"),
        (
            "a.toml",
            b'form = 1\nretro = "x"\n[answers]\ntimeline = [1]',
            "a.toml:4: timeline: a list of strings",
        ),
    ],
)
def test_a_bad_form_is_named(name: str, data: bytes, words: str) -> None:
    with pytest.raises(BadForm) as caught:
        read_form(name, data, fresh(), shipped("incident"))
    assert words in str(caught.value)


def test_a_question_nobody_asked_is_named_with_its_line() -> None:
    retro, template = fresh(), shipped("incident")
    text = form_markdown(retro, template) + "\n## Who did it\n\n- me\n"
    line = text.split("\n").index("- me") + 1
    with pytest.raises(BadForm, match=f"a.md:{line}: there is no question 'Who did it'"):
        read_form("a.md", text.encode(), retro, template)
