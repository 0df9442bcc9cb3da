"""The write-up as a page, as PDF, as data and as text: whole, safe, and each read back by something else."""

import itertools
import json
import re
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from retrotui.archive.codec import loads
from retrotui.demo import write_demo
from retrotui.exchange.formats import UnknownFormat, report_format, report_names
from retrotui.exchange.pictures import mermaid, svg
from retrotui.exchange.report import markdown, template_names
from retrotui.exchange.report_html import html
from retrotui.exchange.report_pdf import pdf
from retrotui.exchange.write_up import write_up
from retrotui.retro import Ballot, Card, Event, Info, Mode, Retro
from tests.exchange.action_samples import AWKWARD, MOMENT
from tests.strategies import retros

VOID = {"meta", "br", "link", "img", "hr", "rect", "line", "circle", "path"}


class Page(HTMLParser):
    """Checks that every element is closed, and collects what matters."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Retro:
    from datetime import date

    path = write_demo(tmp_path_factory.mktemp("demo"), date(2026, 11, 21))
    return loads(path.read_bytes())


def awkward() -> Retro:
    return Retro(
        retro=Info(id="r1", title=AWKWARD[6], summary="\n\n".join(AWKWARD), people=AWKWARD[:5]),
        event=tuple(Event(id=f"e{n}", text=text, source=text) for n, text in enumerate(AWKWARD, 1)),
        went_well=tuple(Card(id=f"w{n}", text=text) for n, text in enumerate(AWKWARD, 1)),
    )


@pytest.mark.parametrize("template", template_names())
def test_every_template_makes_a_page_and_is_clean(demo: Retro, template: str) -> None:
    page = Page(html(demo, template))
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert "GitLab 2017" in page.words
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    text = markdown(demo, template)
    assert "Undefined" not in text
    assert "\n\n\n\n" not in text
    assert Page(html(awkward(), template))


def test_a_page_fetches_nothing_and_runs_nothing(demo: Retro) -> None:
    for retro in (demo, awkward()):
        page = Page(html(retro))
        assert not {tag for tag, _ in page.tags} & {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "base",
            "form",
        }
        for _, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes)
            assert re.match(r"https?://|#|$", attributes.get("href") or "")
        assert "url(http" not in html(retro)


def test_a_page_can_be_read_by_everybody(demo: Retro) -> None:
    page = Page(html(demo))
    assert ("html", {"lang": "en"}) in page.tags
    assert all(attributes.get("scope") == "col" for tag, attributes in page.tags if tag == "th")
    (picture,) = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert picture["role"] == "img"
    assert "time to detect" in page.words
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert "prefers-color-scheme: dark" in html(demo)
    assert "@media print" in html(demo)


def test_what_people_typed_is_shown_as_it_is() -> None:
    page = Page(html(awkward()))
    words = " ".join(page.words.split())
    assert "<script>alert(1)</script>" in words
    assert "&amp;" in words
    assert "\x1b" not in page.words


@given(retros())
@settings(max_examples=40, deadline=None)
def test_any_retro_becomes_a_whole_page_in_every_template(retro: Retro) -> None:
    for template in template_names():
        Page(html(retro, template))


def test_no_line_of_the_picture_crosses_out_a_label(demo: Retro) -> None:
    picture = svg(write_up(demo))
    assert 'class="lead"' in picture
    assert picture.rindex('class="lead"') < picture.index('class="label"')


@given(retros(most=8))
@settings(max_examples=80, deadline=None)
def test_any_timeline_becomes_a_picture_or_none(retro: Retro) -> None:
    report = write_up(retro)
    picture = svg(report)
    if picture:
        ElementTree.fromstring(picture)
        numbers = [float(n) for n in re.findall(r'(?:x|cx|x1|x2)="([-\d.]+)"', picture)]
        assert all(0 <= n <= 960 for n in numbers)
    chart = mermaid(report)
    for line in chart.splitlines()[1:-1]:
        assert line.count(":") <= 1 or "T" in line or line.strip().startswith(("dateFormat", "axisFormat"))
        assert not set('#;<>`"') & set(line)


def test_pdf_has_the_words_of_the_page(demo: Retro) -> None:
    pytest.importorskip("weasyprint")
    data = pdf(demo, "short")
    assert data.startswith(b"%PDF-")
    assert b"%%EOF" in data[-32:]


def test_without_its_library_pdf_says_what_to_install(demo: Retro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(UnknownFormat, match=r"pip install 'retrotui\[pdf\]'"):
        pdf(demo)


def test_data_comes_back_as_the_same_retro_without_anything_secret(demo: Retro) -> None:
    secret = demo.model_copy(
        update={
            "went_well": (*demo.went_well, Card(id="w99", text="private words", private=True)),
            "ballot": Ballot(stage="causes", topics=("f1",), counts=(3,), voters=1),
        }
    )
    for name in report_names():
        if name != "pdf":
            written = report_format(name).write(secret)
            assert isinstance(written, str)
            assert "private words" not in written
    text = report_format("toml").write(secret)
    assert isinstance(text, str)
    again = loads(text.encode())
    assert again.actions == demo.actions
    assert again.ballot is None
    assert tomllib.loads(text)["retro"]["id"] == demo.info.id
    data = json.loads(report_format("json").write(secret))
    assert Retro.model_validate(data).events == demo.events


def test_org_is_read_back_with_its_sections(demo: Retro) -> None:
    orgparse = pytest.importorskip("orgparse")
    for retro in (demo, awkward()):
        text = report_format("org").write(retro)
        root = orgparse.loads(text)
        assert [node.heading for node in root[1:] if node.level == 1][:1] == ["Summary"]
    actions = [node for node in orgparse.loads(report_format("org").write(demo))[1:] if node.todo]
    assert len(actions) == len(demo.actions)


def test_a_channel_gets_a_short_message_that_rings_nobody(demo: Retro) -> None:
    from retrotui.exchange.report_text import as_slack

    text = as_slack(demo, MOMENT)
    assert len(text) < 4000
    assert "*What we do about it:*" in text
    assert "<!channel>" not in as_slack(awkward(), MOMENT)


def test_a_retro_held_alone_is_written_up_as_one(demo: Retro) -> None:
    alone = demo.model_copy(update={"info": demo.info.model_copy(update={"mode": Mode.SOLO})})
    assert markdown(alone) == markdown(alone, "self")
    assert markdown(alone) != markdown(alone, "incident")


def test_a_template_of_ones_own_is_used_and_its_faults_are_named(tmp_path: Path, demo: Retro) -> None:
    own = tmp_path / "ours.j2"
    own.write_text(
        '{% import "_parts.md.j2" as parts %}# {{ report.retro.info.title | t }}\n'
        "{{ parts.factors(report.factors) }}"
    )
    assert markdown(demo, str(own)).startswith("# GitLab 2017")
    for text, said in (
        ("{% if %}", r"ours\.j2:1: "),
        ("{{ nope }}", "'nope' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "division by zero"),
    ):
        own.write_text(text)
        with pytest.raises(LookupError, match=said):
            markdown(demo, str(own))
    with pytest.raises(LookupError, match="cannot be read"):
        markdown(demo, str(tmp_path / "gone.j2"))
