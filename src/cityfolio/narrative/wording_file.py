"""The shape of a wording file."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from cityfolio.reading.yaml import Shape

__all__ = ["PARTS", "QUANTITIES", "QuantityEntry", "WordingFile"]

# The parts that product and programme both may write, by key.
PARTS = ("phrases", "missing", "meanings", "short")
QUANTITIES = "quantities"


class QuantityEntry(Shape):
    """Words for a band of shares; `low` and `high` are fractions such as 1/2 or decimals."""

    words: str
    low: Fraction
    high: Fraction


class WordingFile(Shape):
    """`wording/<language>.yml`."""

    format: Literal["1"]
    language: str
    sentences: dict[str, dict[str, str]] = {}
    in_short: dict[str, dict[str, str]] = {}
    headlines: dict[str, str] = {}
    likeness: dict[str, dict[str, str]] = {}
    practices: dict[str, dict[str, str]] = {}
    phrases: dict[str, str] = {}
    missing: dict[str, str] = {}
    meanings: dict[str, str] = {}
    short: dict[str, str] = {}
    quantities: list[QuantityEntry] = []
