"""The write-up as a document to hand round, laid out by the Jinja2 templates in `reports/`.

Leaves what is shown, and what is secret, to `write_up`, and escaping to `markdown_text`.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.exchange.formats import ReportFormat
from retrotui.exchange.markdown_text import block, inline, link
from retrotui.exchange.write_up import votes_in_words, write_up
from retrotui.retro import CardKind, Retro

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("reports")


def markdown(retro: Retro, template: str | None = None) -> str:
    """The write-up as Markdown (CommonMark with tables).

    Args:
        retro: What to write up.
        template: The name of a template in `reports/`, without its ending; None for the usual one.

    Raises:
        LookupError: There is no template of this name; the message names those there are.
    """
    names = sorted(path.name.removesuffix(".md.j2") for path in _TEMPLATES.glob("*.md.j2"))
    name = template or "incident"
    if name not in names:
        raise LookupError(f"there is no report template {name!r}; choose one of {', '.join(names)}")
    text = _environment().get_template(f"{name}.md.j2").render(report=write_up(retro))
    return text.strip() + "\n"


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only for those who export

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # what is written is Markdown; `t` and `block` do the escaping
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["t"] = inline
    environment.filters["block"] = block
    environment.filters["votes"] = votes_in_words
    environment.globals["link"] = link
    environment.globals["OTHER"] = CardKind.OTHER
    return environment


MARKDOWN = ReportFormat("markdown", "a write-up to hand round or keep in a wiki", ".md", markdown)
