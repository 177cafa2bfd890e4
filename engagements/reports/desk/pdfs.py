"""Make a PDF of pages: WeasyPrint lays them out, an extra (`sgoffice[pdf]`) that needs Pango of the system."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

_NEEDED = (
    "This server makes no PDFs yet: they need the Python package weasyprint 70 and the library Pango (on Debian "
    "libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0). Ask the operator to install them; until then, Ctrl-P "
    "and “Save as PDF” make one of this page, with its marking on each sheet."
)


class PdfNotAvailable(Exception):
    """What a PDF needs is not installed; the text says what that is."""


def is_available() -> bool:
    """Tell whether a PDF can be made here; where it cannot, none is offered."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def pdf_of(pages: Sequence[str], *, address: str) -> bytes:
    """Return one PDF of several HTML documents, each with page numbers of its own; nothing is loaded from anywhere.

    Links are relative to `address`. Raises PdfNotAvailable where WeasyPrint or Pango is missing.
    """
    try:
        weasyprint: Any = import_module("weasyprint")
    except (ImportError, OSError):
        raise PdfNotAvailable(_NEEDED) from None
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=())
    laid_out = [
        weasyprint.HTML(string=page, base_url=address, url_fetcher=fetcher).render(pdf_tags=True) for page in pages
    ]
    return bytes(laid_out[0].copy([page for one in laid_out for page in one.pages]).write_pdf(pdf_tags=True))
