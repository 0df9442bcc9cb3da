"""User text inside Markdown reads as it was typed, whatever it holds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrotui.exchange.markdown_text import block, inline, link
from retrotui.safe_text import visible

GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

MARKUP = "\\`*_[]()<>#+-=.!|~$&:;\"'/{}^0123aé\u202e\x1b \t\n"
HOSTILE = st.text(alphabet=MARKUP, max_size=30) | st.text(max_size=30)


def words(tokens: list[Token]) -> str:
    """What a reader sees of some tokens; fails on anything that is more than text."""
    seen = ""
    for token in tokens:
        if token.type == "inline":
            seen += words(token.children or [])
        elif token.type in ("text", "text_special"):
            seen += token.content
        elif token.type in ("softbreak", "hardbreak"):
            seen += " "
        elif token.type == "html_inline":
            assert token.content == "<br>"
            seen += " "
        else:
            assert token.type in ("paragraph_open", "paragraph_close"), token.type
    return seen


def plain(text: str) -> str:
    return " ".join(visible(text).split())


@given(HOSTILE)
@settings(max_examples=400, deadline=None)
def test_one_line_reads_as_typed_and_is_no_markup(text: str) -> None:
    assert " ".join(words(GFM.parse(inline(text))).split()) == plain(text)


@given(HOSTILE)
@settings(max_examples=300, deadline=None)
def test_paragraphs_read_as_typed_and_are_no_markup(text: str) -> None:
    assert re.sub(r"\s", "", words(GFM.parse(block(text)))) == re.sub(r"\s", "", plain(text))


@given(HOSTILE)
@settings(max_examples=300, deadline=None)
def test_a_table_cell_stays_one_cell(text: str) -> None:
    tokens = GFM.parse(f"| a | b |\n| --- | --- |\n| {inline(text)} | end |\n")
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 2
    assert " ".join(words([cells[0]]).split()) == plain(text)


def test_names_with_underscores_stay_readable() -> None:
    assert inline("max_wal_senders went up") == "max_wal_senders went up"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "https://x y",
        "data:text/html,x",
        "https://a>b",
        "../../etc",
        "",
        "https://a\nb",
    ],
)
def test_only_web_addresses_become_links(target: str) -> None:
    tokens = GFM.parse(link("evidence", target))
    assert not any(child.type == "link_open" for token in tokens for child in token.children or [])


def test_a_web_address_becomes_a_link() -> None:
    tokens = GFM.parse(link("evi]dence", "https://example.org/a_b?c=1&d=*e*"))
    opening = next(child for token in tokens for child in token.children or [] if child.type == "link_open")
    assert opening.attrs["href"] == "https://example.org/a_b?c=1&d=*e*"
