"""The card of a unit, for places that show a link as a picture: its name and the one sentence that says most."""

from __future__ import annotations

from markupsafe import Markup, escape

from cityfolio.formatting import xml_text
from cityfolio.narrative.languages import language_of
from cityfolio.narrative.sentence import ForeignRun, Sentence, plain_text
from cityfolio.profile.document import ProfileDocument
from cityfolio.profile.theme import Theme
from cityfolio.site.chart_picture import families_of
from cityfolio.site.drawn_page import Page
from cityfolio.site.lettering import width_of, wrapped

__all__ = ["HEIGHT", "WIDTH", "card_text", "draw_card"]

WIDTH, HEIGHT = 1200, 630
_LEFT, _ROOM = 88, 1040
_MOST_LINES = 4
_MOST_NAME_LINES = 3


def card_text(document: ProfileDocument) -> str:
    """What the card says, for those who do not see it.

    >>> card_text(ProfileDocument("busan-kor", "Busan", "South Korea", "2020", "2020", ("2020",), (), ""))
    'Busan, South Korea'
    """
    place = ", ".join(part for part in (document.name, document.country) if part)
    said = _sentence(document)
    return f"{place}. {said}" if said else place


def draw_card(document: ProfileDocument, title: str, edition: str, theme: Theme, language: str) -> Markup:
    """The card as SVG: whose, what is said, and of which `edition`. A sentence that does not fit is left out as a whole."""
    colours = theme.light
    serif, sans = families_of(theme)
    page = Page(WIDTH, language_of(language).direction)
    size = _name_size(document.name)
    names = wrapped(document.name, size, _ROOM)[:_MOST_NAME_LINES]
    y = 170.0
    marks = [page.text(_LEFT, 92, title, 28, f' fill="{colours.quiet}"')]
    for line in names:
        y += size * 0.9
        marks.append(page.text(_LEFT, y, line, size, f' font-family="{serif}" font-weight="700"'))
        y += size * 0.2
    if document.country:
        y += 44
        marks.append(page.text(_LEFT, y, document.country, 40, f' font-family="{serif}" fill="{colours.quiet}"'))
    lines, runs = wrapped(_sentence(document), 32, _ROOM), _direction(document)
    if len(lines) <= _MOST_LINES and y + 56 + 44 * (len(lines) - 1) <= HEIGHT - 108:
        y = max(y + 56, HEIGHT - 116 - 44 * len(lines))
        for line in lines:
            marks.append(page.text(_LEFT, y, line, 32, runs=runs))
            y += 44
    marks.append(page.text(_LEFT, HEIGHT - 64, edition, 24, f' fill="{colours.quiet}"'))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-labelledby="title" xml:lang="{escape(language)}" fill="{colours.ink}"'
        f' font-family="{sans}">\n<title id="title">{escape(card_text(document))}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours.paper}"/>\n'
        f'<rect x="{page.left(0, 24):g}" width="24" height="{HEIGHT}" fill="{colours.accent}"/>\n'
    )
    return Markup(xml_text(head + "\n".join(marks) + "\n</svg>"))  # noqa: S704 - every word is escaped


def _sentence(document: ProfileDocument) -> str:
    return plain_text(_said(document))


def _said(document: ProfileDocument) -> Sentence:
    return document.in_short[0] if document.in_short else document.comparison


def _direction(document: ProfileDocument) -> str:
    """The direction of a sentence that nobody has translated; nothing where it is in the language of the card."""
    first = next(iter(_said(document)), None)
    return language_of(first.language).direction if isinstance(first, ForeignRun) else ""


def _name_size(name: str) -> float:
    """As large as one line holds, within reason."""
    return min(128.0, max(64.0, 128 * _ROOM / max(width_of(name, 128), 1)))
