"""Amounts as respondents write them: a number, a range that keeps its bounds, or words that stay words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

__all__ = ["ENGLISH", "Quantity", "Range", "RangeWords", "read_quantity"]


@dataclass(frozen=True)
class Range:
    """Between which bounds an amount lies, with the words it was given in. It has no point, and none is made up.

    An open end is None. `approximate` marks bounds that follow from rounding ("around 40"), not from what was said.

    Raises:
        ValueError: if the lower bound lies above the upper one, or the range would be a single point.
    """

    low: Fraction | None
    high: Fraction | None
    text: str
    low_included: bool = True
    high_included: bool = True
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"a range needs a lower bound below the upper one, not {self.low} and {self.high}")

    def within(self, lowest: Fraction | None, highest: Fraction | None = None) -> Range:
        """The range with open ends closed by what is possible at all, such as 0 for a number of people.

        >>> read_quantity("less than 5").within(Fraction(0)).low
        Fraction(0, 1)
        """
        low = self.low if self.low is not None else lowest
        high = self.high if self.high is not None else highest
        return replace(self, low=low, high=high)


Quantity: TypeAlias = Fraction | Range | str
"""An amount: a number, a range, or words that are neither."""


@dataclass(frozen=True)
class RangeWords:
    """The words that make a range in one language; symbols (`<`, `>`, `+`, `~`, dashes) are read in all."""

    below: tuple[str, ...]
    up_to: tuple[str, ...]
    above: tuple[str, ...]
    from_: tuple[str, ...]
    or_more: tuple[str, ...]
    or_less: tuple[str, ...]
    around: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


ENGLISH = RangeWords(
    below=("less than", "fewer than", "under", "below"),
    up_to=("up to", "at most", "no more than", "maximum of", "max"),
    above=("more than", "over", "above", "greater than"),
    from_=("at least", "from", "no less than", "minimum of", "min"),
    or_more=("or more", "and more", "or over", "and over"),
    or_less=("or less", "or fewer"),
    around=("around", "about", "approximately", "approx.", "approx", "circa", "ca.", "roughly", "some"),
    pairs=(("", "to"), ("from", "to"), ("between", "and")),
)

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?"


def read_quantity(text: str, words: RangeWords = ENGLISH) -> Quantity:
    """The amount a text states. What states none stays the text it is.

    "around 40" is read as what rounds to 40: half a step to either side, the step being the place of its last digit that is
    not 0, or 5 of the place where that digit is 5. Those bounds are marked `approximate`.

    >>> read_quantity("1,200")
    Fraction(1200, 1)
    >>> read_quantity("4-6")
    Range(low=Fraction(4, 1), high=Fraction(6, 1), text='4-6', low_included=True, high_included=True, approximate=False)
    >>> over = read_quantity("over 25")
    >>> over.low, over.low_included, over.high
    (Fraction(25, 1), False, None)
    >>> around = read_quantity("around 40")
    >>> around.low, around.high, around.text
    (Fraction(35, 1), Fraction(45, 1), 'around 40')
    >>> read_quantity("it depends")
    'it depends'
    """
    plain = " ".join(text.casefold().split())
    if re.fullmatch(rf"-?{_NUMBER}", plain):
        return _number(plain)
    return _two_ended(plain, text, words) or _one_ended(plain, text, words) or text


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _any(words: tuple[str, ...], *symbols: str) -> str:
    alternatives = sorted((*words, *symbols), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word.casefold()) for word in alternatives) + ")"


def _two_ended(plain: str, text: str, words: RangeWords) -> Range | None:
    dash = re.fullmatch(rf"({_NUMBER}) ?[-–—] ?({_NUMBER})", plain)
    spelt = (
        re.fullmatch(rf"{re.escape(before)} ?({_NUMBER}) {re.escape(middle)} ({_NUMBER})", plain)
        for before, middle in words.pairs
    )
    found = dash or next((match for match in spelt if match), None)
    if found is None:
        return None
    low, high = _number(found[1]), _number(found[2])
    return Range(low, high, text) if low < high else None


def _one_ended(plain: str, text: str, words: RangeWords) -> Range | None:
    before = {
        "below": _any(words.below, "<"),
        "up_to": _any(words.up_to, "<=", "≤"),
        "above": _any(words.above, ">"),
        "from": _any(words.from_, ">=", "≥"),
        "around": _any(words.around, "~", "≈"),
    }
    for kind, pattern in before.items():
        found = re.fullmatch(rf"{pattern} ?({_NUMBER})", plain)
        if found:
            return _range(kind, found[1], text)
    after = {"from": rf"(?:\+| {_any(words.or_more)})", "up_to": rf" {_any(words.or_less)}"}
    for kind, pattern in after.items():
        found = re.fullmatch(rf"({_NUMBER}) ?{pattern}", plain) or re.fullmatch(rf"({_NUMBER}){pattern}", plain)
        if found:
            return _range(kind, found[1], text)
    return None


def _range(kind: str, digits: str, text: str) -> Range:
    number = _number(digits)
    if kind in ("below", "up_to"):
        return Range(None, number, text, high_included=kind == "up_to")
    if kind in ("above", "from"):
        return Range(number, None, text, low_included=kind == "from")
    half = _step(digits.replace(",", "")) / 2
    return Range(number - half, number + half, text, high_included=False, approximate=True)


def _step(digits: str) -> Fraction:
    """The step that a number seems rounded to: 10 for 40, 50 for 150, 1 for 43, a tenth for 1.2, 5 for 45."""
    whole, _, decimals = digits.partition(".")
    significant = (whole + decimals).rstrip("0") or "0"
    place = len(whole) - len(significant)
    unit = Fraction(10) ** place
    return 5 * unit if significant[-1] == "5" and len(significant) > 1 else unit
