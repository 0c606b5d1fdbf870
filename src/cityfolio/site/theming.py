"""What carries a programme's look: a style sheet of its colours and typefaces, and its icon."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import quote

from cityfolio.profile.theme import Palette, Theme

__all__ = ["theme_colours", "theme_files", "theme_icon", "theme_style", "theme_version"]

# Commas stand where spaces could: those take three signs in an address.
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,16,16'><rect width='16' height='16' rx='2' fill='{accent}'/>"
    "<path d='M3,4h10v2H3zm0,3.5h6v2H3zM3,11h8v2H3z' fill='#fff'/></svg>"
)
_PLAIN = "=/:,"


def theme_files(theme: Theme) -> Iterator[tuple[str, bytes]]:
    """The files, by path; none for the product's own look."""
    if theme.is_own:
        yield "static/theme.css", theme_style(theme).encode()


def theme_icon(theme: Theme) -> str:
    """The icon in the accent colour, as an address that holds it: a file would be one more wait before a page is there.

    >>> theme_icon(Theme())[:50], "%2300596b" in theme_icon(Theme())
    ('data:image/svg+xml,%3Csvg%20xmlns=%27http://www.w3', True)
    """
    drawn = _ICON.format(accent=theme.light.accent)
    return f"data:image/svg+xml,{quote(drawn, safe=_PLAIN)}"


def theme_version(theme: Theme) -> str:
    """A mark of the style sheet's content: browsers keep an old one until its address changes."""
    return hashlib.sha256(theme_style(theme).encode()).hexdigest()[:8]


def theme_colours(theme: Theme) -> str:
    """Colours and families as the first lines of the style sheet. They were checked when the theme was read.

    >>> print(theme_colours(Theme(headings='"Source Serif"')).splitlines()[0][:40])
    :root { --accent: #00596b; --bar: #e3eae
    """
    families = "".join(
        f" --{name}: {given};" for name, given in (("serif", theme.headings), ("sans", theme.text)) if given
    )
    return (
        f":root {{ {_colours(theme.light)}{families} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_colours(theme.dark)} }} }}\n"
    )


def theme_style(theme: Theme) -> str:
    """The style sheet of a theme.

    >>> "@media print" in theme_style(Theme(headings='"Source Serif"'))
    True
    """
    lines = [f"{theme_colours(theme)}@media print {{ :root {{ --accent: {theme.light.accent}; }} }}"]
    for face in theme.faces:
        address = face.file.removeprefix("static/")
        lines.append(
            f'@font-face {{ font-family: "{face.family}"; src: url("{address}") format("woff2");'
            f" font-weight: {face.weight}; font-style: {face.style}; font-display: swap; }}"
        )
    return "\n".join(lines) + "\n"


def _colours(palette: Palette) -> str:
    return f"--accent: {palette.accent}; --bar: {palette.bar}; --bar-edge: {palette.bar_edge};"
