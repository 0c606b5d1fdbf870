"""Printing a sheet: HTML in, a tagged PDF file (PDF/UA) out, with its fonts in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cityfolio.site.fitting import END, ROOMS, LaidOut, best_of

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["printed"]

# Where the files of a sheet are said to be. No host can have this name, and nothing is ever asked for by it.
_SHIPPED = "https://site.invalid/"
_VARIANT = "pdf/ua-1"
_SPACE_BEFORE_A_TAG = re.compile(r"(?<=\S) (?=<(?:a|b|bdi|i|small|span)\b)")


def printed(html: bytes, files: Mapping[str, bytes]) -> bytes:
    """The PDF file of a sheet. It may use `files` (path below the site, content) and nothing else: no host, no other file.

    The same sheet gives the same bytes, with the same fonts. A sheet that marks its end gets as much room for its lines
    as lets it end well.
    """
    from weasyprint import HTML

    # WeasyPrint 70 ends a line after its first word where the text before a tag fits but for the space at its end.
    text = _SPACE_BEFORE_A_TAG.sub("<span> </span>", html.decode())
    sheet = HTML(string=text, base_url=_SHIPPED, url_fetcher=_shelf(files))
    if f'id="{END}"'.encode() in html:
        document = best_of(partial(_laid_out, sheet, room) for room in ROOMS).document
    else:
        document = sheet.render(pdf_variant=_VARIANT)
    written: bytes = document.write_pdf(pdf_variant=_VARIANT)
    return written


def _laid_out(sheet: HTML, room: str) -> LaidOut:
    """The sheet with so much room for its lines."""
    from weasyprint import CSS

    document = sheet.render(stylesheets=[CSS(string=room)], pdf_variant=_VARIANT)
    last = document.pages[-1]
    down = last.anchors[END][1]
    return LaidOut(len(document.pages), down / last.height, document)


def _shelf(files: Mapping[str, bytes]) -> URLFetcher:
    """What WeasyPrint asks for files: it has those of the site, and WeasyPrint goes on without any other."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):  # type: ignore[misc] # WeasyPrint is not typed
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            path = unquote(url.removeprefix(_SHIPPED).partition("?")[0])
            if not url.startswith(_SHIPPED) or path not in files:
                raise ValueError(f"{url} is not shipped with the site.")
            return URLFetcherResponse(
                url, files[path], {"Content-Type": guess_type(path)[0] or "application/octet-stream"}
            )

    return Shelf(allowed_protocols=())
