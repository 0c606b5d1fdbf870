"""What is recorded (variables) and the meanings an answer can have (categories)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from cityfolio.model.ranking import rank_at

__all__ = ["Category", "Kind", "Variable"]


class Kind(Enum):
    """How a variable is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKED = "ranked"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"

    @property
    def is_choice(self) -> bool:
        """Whether answers are categories."""
        return self in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKED, Kind.SCALE)

    @property
    def takes_one(self) -> bool:
        """Whether an answer is one category: a single choice, or a place on a scale."""
        return self in (Kind.SINGLE, Kind.SCALE)


@dataclass(frozen=True)
class Category:
    """One meaning an answer can have: a stable code, and the waves whose instrument offered it.

    `exclusive` marks an explicit "none": an answer that goes with no other category. `score` is its place on a scale; a
    category of a scale without one ("it varies") is an answer that has no part in means. `in_text` is the label as it stands
    inside a sentence, where the language's own rule would not do.
    """

    code: str
    label: str
    waves: tuple[str, ...]
    help: str = ""
    exclusive: bool = False
    score: float | None = None
    in_text: str = ""


@dataclass(frozen=True)
class SeriesBreak:
    """Two waves that put a question, or one category of it, in such different ways that their answers cannot be compared."""

    earlier: str
    later: str
    category: str = ""


@dataclass(frozen=True)
class Variable:
    """A variable over all waves: the union of what its waves asked and offered.

    `own_words` says whether respondents could add an answer in their own words; `released` whether
    single answers go into released files; `personal` whether they name a person. `boxes` says how many categories at each end of
    a scale make its top and bottom box; `summarised` whether sums and means of a number say anything (not of a year); `describes`
    names the choice or the number that a text puts into words; `translated` says that its texts are translated, as an office is;
    `counting` says in words what is counted as which answer; `breaks` are those that
    crosswalks declare between waves that both asked.
    """

    id: str
    kind: Kind
    label: str
    waves: tuple[str, ...]
    categories: tuple[Category, ...] = ()
    own_words: bool = False
    released: bool = True
    personal: bool = False
    universe: str = ""
    boxes: int = 0
    summarised: bool = True
    describes: str = ""
    translated: bool = False
    counting: str = ""
    breaks: tuple[SeriesBreak, ...] = ()

    @property
    def confidential(self) -> bool:
        """Whether no single answer is shown, on no page and in no file: only tables of many."""
        return not self.released and not self.personal

    @cached_property
    def bits(self) -> dict[str, int]:
        """The bit of each category in a response pattern; own words take the bit above the last."""
        return {category.code: 1 << position for position, category in enumerate(self.categories)}

    @cached_property
    def own_words_bit(self) -> int:
        """The bit that says that the answer holds own words."""
        return 1 << len(self.categories)

    @cached_property
    def by_code(self) -> dict[str, Category]:
        """The categories by their codes."""
        return {category.code: category for category in self.categories}

    def choosing(self, patterns: Mapping[int, int], code: str) -> int:
        """How many units chose the category (or ranked it at all), from the counts of their response patterns."""
        if self.kind is Kind.RANKED:
            place = self._places[code]
            return sum(number for pattern, number in patterns.items() if rank_at(pattern, place, len(self.categories)))
        bit = self.bits[code]
        return sum(number for pattern, number in patterns.items() if pattern >= 0 and pattern & bit)

    def chosen(self, patterns: Mapping[int, int]) -> list[int]:
        """How many units chose each category, in their order, and last how many used own words: `choosing` for all at once."""
        if self.kind is Kind.RANKED:
            # Rankings have no own words.
            return [*(self.choosing(patterns, category.code) for category in self.categories), 0]
        number_of = [0] * (len(self.categories) + 1)
        for pattern, number in patterns.items():
            left = max(pattern, 0)
            while left:
                lowest = left & -left
                number_of[lowest.bit_length() - 1] += number
                left ^= lowest
        return number_of

    @cached_property
    def _places(self) -> dict[str, int]:
        return {category.code: place for place, category in enumerate(self.categories)}

    def offers(self, code: str, wave: str) -> bool:
        """Whether the instrument of `wave` offered the category."""
        return wave in self.by_code[code].waves
