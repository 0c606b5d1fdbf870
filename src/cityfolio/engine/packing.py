"""How response patterns lie in columns of narrow integers, and how they are read when the codebook has grown.

A pattern of up to 62 bits takes one column of the narrowest signed integer; a longer one goes on in further
columns ("words") of 62 bits. A missing reason stands as its negative number in the first word. The
rank of a category may lie across two words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.model.ranking import rank_at, rank_bits, rank_width, ranks_pattern
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable

__all__ = ["WORD_BITS", "PackedVariable", "packed", "translate"]

WORD_BITS = 62
_WIDTHS = ((7, "TINYINT"), (15, "SMALLINT"), (31, "INTEGER"), (WORD_BITS, "BIGINT"))


@dataclass(frozen=True)
class PackedVariable:
    """A variable as the columns of one wave hold it: the categories in the order of their bits, own words
    above them.

    >>> PackedVariable("funds", Kind.MULTIPLE, tuple("abcdefghijkl"), own_words=True).column_type
    'SMALLINT'
    """

    id: str
    kind: Kind
    codes: tuple[str, ...] = ()
    own_words: bool = False

    @cached_property
    def bits(self) -> dict[str, int]:
        """The bit of each category; of a ranking, the bits that hold its rank."""
        if self.kind is Kind.RANKED:
            return {code: rank_bits(place, len(self.codes)) for place, code in enumerate(self.codes)}
        return {code: 1 << place for place, code in enumerate(self.codes)}

    @property
    def own_words_bit(self) -> int:
        """The bit that says that the answer holds own words."""
        return 1 << len(self.codes)

    @property
    def width(self) -> int:
        """How many bits a pattern takes."""
        if self.kind is Kind.RANKED:
            return rank_width(len(self.codes)) * len(self.codes)
        return len(self.codes) + int(self.own_words) if self.kind.is_choice else 0

    @property
    def words(self) -> int:
        """How many columns the pattern takes."""
        return max(1, -(-self.width // WORD_BITS))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of those columns."""
        return (f"v.{self.id}", *(f"v.{self.id}.{word}" for word in range(1, self.words)))

    @property
    def number_column(self) -> str:
        """The name of the column that holds the number, for number variables."""
        return f"x.{self.id}"

    @property
    def column_type(self) -> str:
        """The SQL type of the pattern's columns."""
        return next((name for width, name in _WIDTHS if self.width <= width), "BIGINT")


def packed(variable: Variable) -> PackedVariable:
    """How a wave coded today holds the variable: in the order of the whole codebook."""
    codes = tuple(category.code for category in variable.categories)
    return PackedVariable(variable.id, variable.kind, codes, variable.own_words)


def split_words(pattern: int, words: int) -> tuple[int, ...]:
    """The pattern in its words.

    >>> split_words(-3, 2), split_words((1 << 62) + 5, 2)
    ((-3, 0), (5, 1))
    """
    if pattern < 0:
        return (pattern, *(0 for _ in range(words - 1)))
    mask = (1 << WORD_BITS) - 1
    return tuple(pattern >> (WORD_BITS * word) & mask for word in range(words))


def join_words(words: Sequence[int]) -> int:
    """The pattern that lies in these words.

    >>> join_words((5, 1)) == (1 << 62) + 5, join_words((-3, 0))
    (True, -3)
    """
    if words[0] < 0:
        return words[0]
    return sum(word << (WORD_BITS * place) for place, word in enumerate(words))


def translate(pattern: int, held: PackedVariable, variable: Variable) -> int:
    """A pattern as a wave holds it, in the bits of today's codebook (later waves may have put categories in
    between).

    Raises:
        ValueError: if the wave holds a category that the codebook does not have.

    >>> from cityfolio.model.variable import Category, Variable
    >>> today = Variable("v", Kind.MULTIPLE, "V", ("1",), (Category("b", "B", ("1",)), Category("a", "A", ("1",))))
    >>> translate(0b01, PackedVariable("v", Kind.MULTIPLE, ("a",)), today), translate(-3, packed(today), today)
    (2, -3)
    """
    if pattern < 0 or not held.kind.is_choice:
        return pattern
    if held.kind is Kind.RANKED:
        return _ranking_today(pattern, held, variable)
    own = variable.own_words_bit if pattern & held.own_words_bit else 0
    return own | sum(bit_today for bit, bit_today in _pairs(held, variable) if pattern & bit)


def _ranking_today(pattern: int, held: PackedVariable, variable: Variable) -> int:
    _check_known(held, variable)
    ranks = {code: rank_at(pattern, place, len(held.codes)) for place, code in enumerate(held.codes)}
    return ranks_pattern([ranks.get(category.code, 0) for category in variable.categories])


def _pairs(held: PackedVariable, variable: Variable) -> list[tuple[int, int]]:
    _check_known(held, variable)
    return [(held.bits[code], variable.bits[code]) for code in held.codes]


def _check_known(held: PackedVariable, variable: Variable) -> None:
    unknown = [code for code in held.codes if code not in variable.bits]
    if unknown:
        raise ValueError(f"the stored answers to {held.id} hold {unknown[0]!r}, which the codebook does not have")
