"""The page of a drawing: where things stand on it, for readers from the left and from the right."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

__all__ = ["Page"]

# Marks of Unicode: what stands between them is read from the left or from the right, whatever is around it.
_FROM = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"


@dataclass(frozen=True)
class Page:
    """A page of a width. Places are said as on a page that is read from the left; one from the right is its mirror."""

    width: float
    direction: str = "ltr"

    def left(self, x: float, width: float) -> float:
        """Where a box of that width has its left side, if it begins at `x`.

        >>> Page(100).left(10, 30), Page(100, "rtl").left(10, 30)
        (10, 60)
        """
        return self.width - x - width if self.direction == "rtl" else x

    def text(
        self, x: float, y: float, words: str, size: float, more: str = "", *, ends: bool = False, runs: str = ""
    ) -> str:
        """One line of text that begins at `x`, or `ends` there; `more` are attributes of ours.

        `runs` is the direction of the words where it is not that of the page.

        >>> Page(100).text(10, 20, "Busan & Seoul", 14)
        '<text x="10" y="20" font-size="14">Busan &amp; Seoul</text>'
        """
        from_right = self.direction == "rtl"
        x = self.width - x if from_right else x
        anchor = ' text-anchor="end"' if ends is not from_right else ""
        runs = runs or self.direction
        said = f"{_FROM[runs]}{escape(words)}{_END}" if from_right or runs == "rtl" else escape(words)
        return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{anchor}{more}>{said}</text>'
