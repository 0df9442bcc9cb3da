"""The write-up as one HTML file: everything inside, light and dark, readable by screen readers, printing
well.

Made from the Markdown write-up, so that every template, a team's own too, comes out the same in both. What
a person typed is escaped there already; HTML that a template lets through unescaped is shown, not run.
"""

import re
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from retrotui.exchange.formats import ReportFormat
from retrotui.exchange.pictures import svg
from retrotui.exchange.report import markdown
from retrotui.exchange.write_up import write_up
from retrotui.retro import Retro
from retrotui.safe_text import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="retrotui">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


def html(retro: Retro, template: str | None = None) -> str:
    """The write-up as a page that needs nothing but itself: no script, no address to fetch from.

    Args:
        retro: what to write up.
        template: as `report.markdown` takes it.

    Raises:
        LookupError: there is no such template, or it cannot be used.
    """
    picture = svg(write_up(retro))
    body = _parser(picture).render(markdown(retro, template))
    style = resources.files(__package__).joinpath("reports", "page.css").read_text(encoding="utf-8")
    return _PAGE.format(title=escape(one_line(retro.info.title)), style=style, body=body)


def _parser(picture: str) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("html_inline", "line_break", _line_break)
    renderer: Any = parser.renderer
    rules = renderer.rules

    def fence(tokens: Any, at: int, options: Any, env: Any) -> str:
        if tokens[at].info.strip() == "mermaid":
            return f"<figure>\n{picture}\n</figure>\n" if picture else ""
        return f"<pre><code>{escape(tokens[at].content)}</code></pre>\n"

    rules["fence"] = fence
    # A table wider than the window is scrolled by itself, with the keyboard too.
    rules["table_open"] = lambda *_: (
        '<div class="wide" role="group" tabindex="0" aria-label="table"><table>\n'
    )
    rules["table_close"] = lambda *_: "</table></div>\n"
    rules["th_open"] = lambda *_: '<th scope="col">'
    seen: dict[str, int] = {}

    def heading(tokens: Any, at: int, options: Any, env: Any) -> str:
        words = re.sub(r"\W+", "-", tokens[at + 1].content.lower()).strip("-")[:60] or "part"
        seen[words] = seen.get(words, 0) + 1
        anchor = words if seen[words] == 1 else f"{words}-{seen[words]}"
        return f'<{tokens[at].tag} id="{escape(anchor, quote=True)}">'

    rules["heading_open"] = heading
    return parser


def _line_break(state: Any, silent: bool) -> bool:
    """The one piece of HTML that our Markdown has: `<br>`, which keeps a table cell or a list item whole."""
    if not state.src.startswith("<br>", state.pos):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += 4
    return True


FORMAT = ReportFormat(
    "html", "one page with everything in it, for a browser or a printer", ".html", html, templated=True
)
