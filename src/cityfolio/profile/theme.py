"""The look that a programme gives its site: colours, typefaces, logo, footer; and whether they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

__all__ = ["DARK", "LIGHT", "Face", "Palette", "Theme", "TooFaint", "contrast", "is_colour", "too_faint"]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Palette:
    """The colours of one mode. A programme chooses the last three; the others are the product's."""

    paper: str
    ink: str
    quiet: str
    rule: str
    tint: str
    accent: str
    bar: str
    bar_edge: str


LIGHT = Palette("#ffffff", "#1a1f24", "#4a5560", "#c6ced4", "#eef3f5", "#00596b", "#e3eaed", "#7d8891")
DARK = Palette("#11181c", "#e6ebee", "#b3bec5", "#3b474f", "#1a242a", "#7cc9d9", "#243038", "#74828b")


@dataclass(frozen=True)
class Face:
    """A typeface shipped with the site: its family, file below `static/`, weight and style."""

    family: str
    file: str
    weight: str = "400"
    style: str = "normal"


@dataclass(frozen=True)
class Theme:
    """A programme's look. `logo` is a file below `static/`, `headings` and `text` are lists of families."""

    light: Palette = LIGHT
    dark: Palette = DARK
    logo: str = ""
    logo_text: str = ""
    headings: str = ""
    text: str = ""
    faces: tuple[Face, ...] = ()
    footer: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it changes anything that a style sheet has to say.

        >>> Theme().is_own, Theme(light=replace(LIGHT, accent="#7a0019")).is_own
        (False, True)
        """
        return replace(self, logo="", logo_text="", footer="") != Theme()


@dataclass(frozen=True)
class TooFaint:
    """Two colours of one mode that are too near to each other: what they are, their contrast, and the least wanted."""

    mode: str
    colour: str
    against: str
    contrast: float
    least: float


def is_colour(text: str) -> bool:
    """Whether `text` is a colour as themes write it.

    >>> is_colour("#00596b"), is_colour("red"), is_colour("#00596b; }")
    (True, False, False)
    """
    return _COLOUR.fullmatch(text) is not None


def contrast(first: str, second: str) -> float:
    """The contrast of two colours by WCAG 2: from 1 (the same) to 21 (black on white).

    >>> contrast("#000000", "#ffffff"), round(contrast("#00596b", "#ffffff"), 2)
    (21.0, 7.95)
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 4)


def too_faint(theme: Theme) -> Iterator[TooFaint]:
    """The pairs of colours that cannot be told apart well enough: text 4.5 to 1, bars and their edges 3 to 1.

    >>> [f"{pair.mode}: {pair.colour} on {pair.against}" for pair in too_faint(Theme())]
    []
    """
    for mode, palette in (("light", theme.light), ("dark", theme.dark)):
        pairs = (
            ("accent", "paper", palette.accent, palette.paper, 4.5),
            ("accent", "tint", palette.accent, palette.tint, 4.5),
            ("bar_edge", "paper", palette.bar_edge, palette.paper, 3.0),
            ("accent", "bar", palette.accent, palette.bar, 3.0),
        )
        for colour, against, first, second, least in pairs:
            reached = contrast(first, second)
            if reached < least:
                yield TooFaint(mode, colour, against, reached, least)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
