"""Numbers, lists, names and texts as a reader or a file takes them. Rounding is defined here, once."""

from __future__ import annotations

import difflib
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "did_you_mean",
    "grouped",
    "half_up",
    "join_list",
    "per_cent",
    "plain_number",
    "points",
    "readable",
    "whole_per_cent",
    "whole_per_cent_of",
    "xml_text",
]

# What no document of XML 1.0 can hold, not even escaped: most control characters, halves of pairs, two that are none.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def whole_per_cent(numerator: int, base: int) -> int:
    """The share in whole per cent, from exact counts, halves rounded up.

    Only a true zero prints as 0 and only a true whole as 100, so that "0 %" never hides somebody.

    >>> whole_per_cent(44, 85), whole_per_cent(1, 8), whole_per_cent(1, 400), whole_per_cent(399, 400)
    (52, 13, 1, 99)

    Raises:
        ValueError: if the base is empty or the numerator lies outside it.
    """
    if base <= 0 or not 0 <= numerator <= base:
        raise ValueError(f"a share needs 0 <= numerator <= base and a base above 0, not {numerator} of {base}")
    rounded = (200 * numerator + base) // (2 * base)
    if 0 < numerator < base:
        return min(max(rounded, 1), 99)
    return rounded


def whole_per_cent_of(value: float) -> int:
    """A published share (0 to 1) in whole per cent, halves rounded up.

    >>> whole_per_cent_of(0.5), whole_per_cent_of(0.125), whole_per_cent_of(0.005)
    (50, 13, 1)
    """
    exact = Fraction(repr(value)) * 100
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def per_cent(value: float) -> str:
    """A published share (0 to 1) in whole per cent, with the sign.

    >>> per_cent(0.5)
    '50 %'
    """
    return f"{whole_per_cent_of(value)} %"


@lru_cache(maxsize=10_000)
def grouped(number: float) -> str:
    """A number with its thousands grouped, without a needless fraction.

    >>> grouped(3500000), grouped(12.5), grouped(-1200)
    ('3,500,000', '12.5', '-1,200')
    """
    return f"{int(number):,}" if number == int(number) else f"{number:,}"


def half_up(number: float, decimals: int) -> float:
    """A number rounded to so many decimals as it is written, halves away from zero.

    >>> half_up(2.675, 2), half_up(12345.5, 0), half_up(-0.5, 0)
    (2.68, 12346.0, -1.0)
    """
    return float(Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@lru_cache(maxsize=10_000)
def readable(number: float) -> float:
    """A mean or a quartile with as many decimals as say something: none from a thousand, one from a hundred, else two.

    >>> readable(1333373.8352941177), readable(412.25), readable(3.3333)
    (1333374.0, 412.3, 3.33)
    """
    return half_up(number, 0 if abs(number) >= 1000 else 1 if abs(number) >= 100 else 2)


def points(difference: float, write: Callable[[float], str] = grouped) -> str:
    """A difference of two shares in percentage points, with its sign, to one decimal; `write` writes it without the sign.

    >>> points(0.0837), points(-0.25), points(0.0), points(-0.0001)
    ('+8.4', '−25', '0', '−0')
    """
    if difference == 0:
        return write(0)
    return f"{'+' if difference > 0 else '−'}{write(half_up(abs(difference) * 100, 1))}"


def plain_number(number: float) -> str:
    """A number as files write it: shortest form that reads back equal, integers without a point.

    >>> plain_number(2019.0), plain_number(0.5176470588235295)
    ('2019', '0.5176470588235295')
    """
    return str(int(number)) if number == int(number) else repr(float(number))


def join_list(items: Sequence[str], *, comma: str = ", ", last: str = " and ") -> str:
    """A running list in the reader's language.

    >>> join_list(["roads"]), join_list(["roads", "rents"]), join_list(["roads", "rents", "rain"])
    ('roads', 'roads and rents', 'roads, rents and rain')
    """
    if len(items) < 2:
        return "".join(items)
    return comma.join(items[:-1]) + last + items[-1]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, if one is near at all.

    >>> did_you_mean("housng", ["housing", "health"])
    'housing'
    >>> did_you_mean("zebra", ["housing", "health"]) is None
    True
    """
    known = list(known)
    near = difflib.get_close_matches(word.casefold(), [k.casefold() for k in known], n=1, cutoff=0.55)
    return next((k for k in known if near and k.casefold() == near[0]), None)


def xml_text(text: str) -> str:
    r"""The text without the characters that no XML document can hold; what is markup stays, and is for others to escape.

    >>> xml_text("roads\x0b & \uffffrents")
    'roads & rents'
    """
    return _NOT_IN_XML.sub("", text)
