"""Sentence patterns: prose with names in braces, and in Korean both forms of a particle in square brackets. Never code."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["BrokenPattern", "Pattern", "parse_pattern"]

_PIECE = re.compile(r"\{([a-z][A-Za-z0-9_.-]*)\}|([^{}]+)|([{}])")


class BrokenPattern(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A brace in the pattern does not open or close a name."""


@dataclass(frozen=True)
class Pattern:
    """A pattern as its pieces: (is it a name?, text or name); `language` where it is not that of the other words."""

    pieces: tuple[tuple[bool, str], ...]
    language: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names in braces, in order."""
        return tuple(piece for is_name, piece in self.pieces if is_name)

    @property
    def source(self) -> str:
        """The pattern as it is written.

        >>> parse_pattern("{unit} has a plan.").source
        '{unit} has a plan.'
        """
        return "".join(f"{{{piece}}}" if is_name else piece for is_name, piece in self.pieces)


def parse_pattern(source: str) -> Pattern:
    """The pattern that `source` writes.

    >>> parse_pattern("{unit} has a plan.").pieces
    ((True, 'unit'), (False, ' has a plan.'))

    Raises:
        BrokenPattern: if a brace does not belong to a name.
    """
    pieces: list[tuple[bool, str]] = []
    for name, words, brace in _PIECE.findall(source):
        if brace:
            raise BrokenPattern(source)
        pieces.append((True, name) if name else (False, words))
    return Pattern(tuple(pieces))
