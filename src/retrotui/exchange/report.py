"""The write-up as a document to hand round, laid out by the Jinja2 templates in `reports/`.

Leaves what is shown, and what is secret, to `write_up`, and escaping to `markdown_text`.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.exchange.formats import ReportFormat
from retrotui.exchange.kinder_words import kinder, own_words
from retrotui.exchange.markdown_text import block, inline, link
from retrotui.exchange.pictures import mermaid
from retrotui.exchange.write_up import votes_in_words, write_up
from retrotui.retro import CardKind, Mode, Retro

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("reports")


def markdown(retro: Retro, template: str | None = None) -> str:
    """The write-up as Markdown (CommonMark with tables).

    Args:
        retro: What to write up.
        template: One of `template_names`, or the path of a Jinja2 file ending in `.j2`; None for `incident`,
            or `self` when one person held the retro alone.

    Raises:
        LookupError: There is no such template, or it has a fault; the message says where.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    name = template or ("self" if retro.info.mode is Mode.SOLO else "incident")
    own = Path(name) if name.endswith(".j2") else None
    if own is None and name not in template_names():
        choices = ", ".join(template_names())
        raise LookupError(f"there is no report template {name!r}; choose one of {choices}, or a FILE.j2")
    environment = _environment()
    report = write_up(retro)
    try:
        if own is None:
            laid_out = environment.get_template(f"{name}.md.j2")
        else:
            laid_out = environment.from_string(own.read_text(encoding="utf-8"))
        text = laid_out.render(report=report, picture=mermaid(report))
    except TemplateSyntaxError as error:
        raise LookupError(f"{name}:{error.lineno}: {str(error.message).rstrip('.')}") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise LookupError(f"{name}: {str(error).rstrip('.')}") from error
    except OSError as error:
        raise LookupError(f"{name} cannot be read: {error.strerror or error}") from error
    return text.strip() + "\n"


def template_names() -> tuple[str, ...]:
    """The shipped templates."""
    found = (path.name.removesuffix(".md.j2") for path in _TEMPLATES.glob("*.md.j2"))
    return tuple(sorted(name for name in found if not name.startswith("_")))


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import FileSystemLoader, StrictUndefined  # only for those who export
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # A template comes by mail or from a wiki as often as from us: it may lay out, and nothing else.
    environment = ImmutableSandboxedEnvironment(
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
    environment.filters["kinder"] = kinder
    environment.filters["own_words"] = own_words
    environment.globals["link"] = link
    environment.globals["OTHER"] = CardKind.OTHER
    return environment


MARKDOWN = ReportFormat(
    "markdown", "a write-up to hand round or keep in a wiki", ".md", markdown, templated=True
)
