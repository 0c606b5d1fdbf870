"""Files about the site as a whole: the map for search engines, the feed of releases, where old addresses lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from cityfolio.formatting import xml_text
from cityfolio.profile.programme_documents import ProgrammeText, SiteContent
from cityfolio.profile.surroundings import Release, Surroundings
from cityfolio.site.addresses import canonical_address, root_path
from cityfolio.site.around_pages import NOT_FOUND, moved_files, moved_pages

__all__ = ["site_files"]

_UNLISTED = ("embed/",)


def site_files(content: SiteContent, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files, by path. What needs full addresses is made only where the address of the site is known."""
    around = content.around
    prefixes = [content.programme.prefix_of(one.code) for one in content.programme.languages] or [""]
    moved = {f"{prefix}{old}": f"{prefix}{page.target}" for prefix in prefixes for old, page in moved_pages(content)}
    if moved:
        files = {f"{prefix}{old}": f"{prefix}{new}" for prefix in prefixes for old, new in moved_files(content)}
        yield "_redirects", _redirects(around, moved | files)
    if not around.site_url:
        return
    listed = [
        page for page in pages if page not in moved and page.rpartition("/")[2] != NOT_FOUND and not _is_unlisted(page)
    ]
    yield "sitemap.xml", _sitemap(around, listed)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {around.site_url}sitemap.xml\n".encode()
    if around.releases:
        yield "feed.xml", _feed(content.programme, around)


def _is_unlisted(page: str) -> bool:
    return any(f"/{page}".find(f"/{part}") >= 0 for part in _UNLISTED)


def _sitemap(around: Surroundings, pages: Iterable[str]) -> bytes:
    changed = f"<lastmod>{escape(around.data_date)}</lastmod>" if around.data_date else ""
    lines = [f"<url><loc>{escape(canonical_address(around.site_url, page))}</loc>{changed}</url>" for page in pages]
    return _xml("\n".join(['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', *lines, "</urlset>"]))


def _feed(programme: ProgrammeText, around: Surroundings) -> bytes:
    site = around.site_url
    newest_first = sorted(around.releases, key=lambda release: release.date, reverse=True)
    lines = [
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(programme.language)}">',
        f"<title>{escape(programme.title)}</title>",
        f"<id>{escape(site)}</id>",
        f"<updated>{_moment(around.data_date)}</updated>",
        f'<link rel="self" href="{escape(site)}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{escape(site)}"/>',
        f"<author><name>{escape(around.publisher or programme.title)}</name></author>",
        *(line for release in newest_first for line in _entry(site, release)),
        "</feed>",
    ]
    return _xml("\n".join(lines))


def _entry(site: str, release: Release) -> Iterator[str]:
    address = escape(f"{canonical_address(site, 'data/index.html')}#release-{release.version}")
    yield "<entry>"
    yield f"<title>{escape(release.title or release.version)}</title>"
    yield f"<id>{address}</id>"
    yield f"<updated>{_moment(release.date)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{address}"/>'
    yield f"<summary>{escape(release.summary or release.title or release.version)}</summary>"
    yield "</entry>"


def _moment(date: str) -> str:
    """The first moment of a day: a feed asks for moments, a release has a day."""
    return f"{escape(date)}T00:00:00Z"


def _redirects(around: Surroundings, moved: dict[str, str]) -> bytes:
    """Old and new paths, as several hosts read them; the pages at the old addresses do the same without."""
    root = root_path(around.site_url)
    pairs = [(old.removesuffix("index.html"), new.removesuffix("index.html")) for old, new in moved.items()]
    return "".join(f"{root}{old} {root}{new} 301\n" for old, new in pairs).encode()


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml_text(body)}\n'.encode()
