"""What a page of HTML holds that an audit asks for: headings, ids, links, requests, texts, facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from cityfolio.site.fact_links import fact_of_link
from cityfolio.site.style_hash import style_hash

__all__ = [
    "Page",
    "inline_code",
    "links_of",
    "read_page",
    "requests_of",
    "unnamed_picture",
    "without_allowed_style",
]

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NOT_READ = {"script", "style", "template"}
_FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "dns-prefetch", "preconnect"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "rect", "path", "circle", "line", "use",
}  # fmt: skip


@dataclass
class Page:
    """A page as an audit sees it.

    `texts` are runs of text, `requests` what a browser fetches unasked, `numbers` what carries a fact: (fact, part, text).
    """

    language: str = ""
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    unnamed_pictures: list[str] = field(default_factory=list)
    scripted: list[str] = field(default_factory=list)

    def join(self, piece: Page) -> None:
        """Take over what the next piece of the page holds."""
        self.language = self.language or piece.language
        self.title += piece.title
        self.headings += piece.headings
        self.ids += piece.ids
        self.links += piece.links
        self.requests += piece.requests
        self.texts += piece.texts
        self.facts += piece.facts
        self.numbers += piece.numbers
        self.unnamed_pictures += piece.unnamed_pictures
        self.scripted += piece.scripted


def read_page(html: str) -> Page:
    """Reads one page.

    >>> page = read_page('<html lang="en"><h1 id="a">One <i>page</i></h1><a href="#a">up</a></html>')
    >>> page.language, page.headings, page.ids, page.links
    ('en', [(1, 'One page')], ['a'], ['#a'])
    """
    reader = _Reader()
    reader.feed(without_allowed_style(html))
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[str] = []
        self._heading: int | None = None
        self._goes_on = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Where only a line may break, a text goes on.
        self._goes_on = tag == "wbr"
        if tag not in _VOID:
            self._open.append(tag)
        self._element(tag, {name: value or "" for name, value in attrs})
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
            self.page.headings.append((self._heading, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._element(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._goes_on = False
        if tag in _HEADINGS:
            self._heading = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not data.strip() or _NOT_READ.intersection(self._open):
            return
        if self._goes_on and self.page.texts:
            self.page.texts[-1] += data
        else:
            self.page.texts.append(data)
        if "title" in self._open and "svg" not in self._open:
            self.page.title += data
        if self._heading is not None:
            level, text = self.page.headings[-1]
            self.page.headings[-1] = (level, text + data)

    def _element(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.language = given.get("lang", "").strip()
        if "id" in given:
            page.ids.append(given["id"])
        if "data-fact" in given:
            # A number without an id of its own is of the fact that it leads to, or of that of the number before it.
            before = page.facts[-1] if page.facts else ""
            page.facts.append(given["data-fact"] or fact_of_link(given.get("href", "")) or before)
        if tag in ("a", "area") and "href" in given:
            page.links.append(given["href"])
        page.links.extend(links_of(tag, given))
        page.requests.extend(requests_of(tag, given))
        if unnamed_picture(tag, given):
            page.unnamed_pictures.append(self.get_starttag_text() or tag)
        if inline_code(tag, given):
            page.scripted.append(self.get_starttag_text() or tag)
        # What a reader is told without seeing it is text as well.
        page.texts.extend(given[name] for name in ("alt", "title", "aria-label", "placeholder") if given.get(name))
        if tag == "meta" and given.get("name") == "description":
            page.texts.append(given.get("content", ""))


def without_allowed_style(html: str) -> str:
    r"""A page without the style that it holds itself, as far as its own policy allows that style by its hash.

    >>> html = "<meta content=\"style-src '{}'\"><style>p{{}}</style>"
    >>> without_allowed_style(html.format("sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y="))
    '<meta content="style-src \'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y=\'">'
    >>> without_allowed_style(html.format("self")).partition("<style>")[1]
    '<style>'
    """
    before, tag, rest = html.partition("<style>")
    style, _, after = rest.partition("</style>")
    return before + after if tag and f"'{style_hash(style)}'" in before else html


def links_of(tag: str, given: dict[str, str]) -> list[str]:
    """Where the head of a page leads: relations that nothing is fetched for, and where a moved page went.

    >>> links_of("link", {"rel": "canonical", "href": "a.html"}), links_of("link", {"rel": "icon", "href": "i.svg"})
    (['a.html'], [])
    """
    if tag == "link" and "href" in given and not _FETCHED.intersection(given.get("rel", "").split()):
        return [given["href"]]
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        return [given.get("content", "").partition("url=")[2]]
    return []


def requests_of(tag: str, given: dict[str, str]) -> list[str]:
    """What an element makes a browser fetch.

    >>> requests_of("img", {"src": "a.png"}), requests_of("a", {"href": "b.html"})
    (['a.png'], [])
    """
    found = [given[name] for name in ("src", "poster", "data", "srcset") if given.get(name)]
    fetched = tag in ("use", "image") or (tag == "link" and _FETCHED.intersection(given.get("rel", "").split()))
    if fetched and given.get("href"):
        found.append(given["href"])
    return found


def unnamed_picture(tag: str, given: dict[str, str]) -> bool:
    """Whether an element is a picture that has no name and is not hidden.

    >>> unnamed_picture("svg", {}), unnamed_picture("img", {"alt": ""})
    (True, False)
    """
    if given.get("aria-hidden") == "true" or given.get("aria-label") or given.get("aria-labelledby"):
        return False
    return tag == "svg" or (tag == "img" and "alt" not in given)


def inline_code(tag: str, given: dict[str, str]) -> bool:
    """Whether an element holds script or style in the page itself.

    >>> inline_code("script", {}), inline_code("p", {"onclick": "go()"}), inline_code("script", {"src": "a.js"})
    (True, True, False)
    """
    handler = any(name.startswith("on") for name in given)
    # A block of data for search engines is never run.
    runs = tag == "script" and not given.get("src") and given.get("type") != "application/ld+json"
    return handler or "style" in given or tag == "style" or runs
