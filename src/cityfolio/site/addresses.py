"""Full addresses, for what leaves the site: search engines, feeds, cards, citations, printed pages."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

__all__ = ["canonical_address", "root_path"]


def canonical_address(site_url: str, path: str) -> str:
    """The one address of a page or file; empty where nobody knows yet where the site will stand.

    >>> canonical_address("https://example.org/green/", "cities/busan-kor/index.html")
    'https://example.org/green/cities/busan-kor/'
    >>> canonical_address("https://example.org/", "data/facts.csv"), canonical_address("", "index.html")
    ('https://example.org/data/facts.csv', '')
    """
    if not site_url:
        return ""
    folder, _, name = path.rpartition("/")
    shown = path if name != "index.html" else f"{folder}/" if folder else ""
    return site_url + quote(shown)


def root_path(site_url: str) -> str:
    """The path at which the site begins on its host: the top, unless its address says otherwise.

    >>> root_path("https://example.org/green/"), root_path("")
    ('/green/', '/')
    """
    return urlsplit(site_url).path or "/"
