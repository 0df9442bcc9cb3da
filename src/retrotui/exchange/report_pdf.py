"""The write-up as PDF, from the same page as HTML. Needs the optional extra `retrotui[pdf]` (WeasyPrint)."""

from retrotui.exchange.formats import ReportFormat, UnknownFormat
from retrotui.exchange.report_html import html
from retrotui.retro import Retro


def pdf(retro: Retro, template: str | None = None) -> bytes:
    """The write-up as a PDF file; fetches nothing from anywhere.

    Args:
        retro: what to write up.
        template: as `report.markdown` takes it.

    Raises:
        LookupError: the library for it is not installed, or the template cannot be used.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: the library is there, what it is built on is not
        raise UnknownFormat(
            f"PDF needs one more library: pip install 'retrotui[pdf]' ({error}). --as html prints as well"
        ) from error
    data: bytes = weasyprint.HTML(string=html(retro, template), url_fetcher=_nothing).write_pdf()
    return data


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"nothing is fetched: {url}")


FORMAT = ReportFormat("pdf", "pages to print or to send; needs retrotui[pdf]", ".pdf", pdf, templated=True)
