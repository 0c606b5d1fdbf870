"""Style in the page itself, so that what a reader sees first waits for no second file.

A page that many share the kind of holds the rules of its first screen, and names the style sheet below that; a page that stands
once holds all rules that it can have a use for. Either is allowed by the page's own policy, by its hash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from cityfolio.profile.theme import Theme
from cityfolio.site.static_files import first_style, static_text
from cityfolio.site.style_hash import style_hash
from cityfolio.site.theming import theme_colours, theme_style
from cityfolio.site.used_style import used_style

__all__ = ["FirstStyle", "first_style_of", "with_own_style"]

_FIRST_SCREEN = frozenset({"profile", "group", "variable"})
_WHOLE = frozenset({"home", "map", "explore"})
_SHEETS = re.compile(r'(?:<link rel="stylesheet" href="[^"]*">\n?)+')
_SCRIPT = re.compile(r'<script src="[^"]*?(static/\w+\.js)')
_ALLOWED = "style-src 'self'"


@dataclass(frozen=True)
class FirstStyle:
    """The text of the style, and its hash by which the page's policy allows this one style and no other."""

    text: Markup
    digest: str


def first_style_of(kind: str, theme: Theme) -> FirstStyle | None:
    """The style of the first screen of a page of this kind, in the programme's colours; nothing where it holds none.

    >>> first_style_of("profile", Theme()).digest[:7], first_style_of("method", Theme())
    ('sha256-', None)
    """
    return _first_screen(theme) if kind in _FIRST_SCREEN else None


def with_own_style(kind: str, page: str, theme: Theme) -> str:
    '''A page that stands once, with the style that it uses in the place of its links to style sheets.

    >>> page = """<meta content="style-src 'self'"><link rel="stylesheet" href="site.css"><p>"""
    >>> "<style>" in with_own_style("home", page, Theme()), with_own_style("method", page, Theme()) == page
    (True, True)
    '''
    if kind not in _WHOLE or (theme.is_own and theme.faces):
        return page
    scripts = (static_text(path) for path in _SCRIPT.findall(page))
    style = used_style(static_text("static/site.css"), page, *scripts) + (theme_style(theme) if theme.is_own else "")
    own = f"{_ALLOWED} '{style_hash(style)}'"
    return _SHEETS.sub(lambda _: f"<style>{style}</style>\n", page.replace(_ALLOWED, own, 1), count=1)


@cache
def _first_screen(theme: Theme) -> FirstStyle:
    style = first_style() + (theme_colours(theme) if theme.is_own else "")
    return FirstStyle(Markup(style), style_hash(style))  # noqa: S704 - our own file; a theme's values were checked
