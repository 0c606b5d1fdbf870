"""What is recorded (variables) and the meanings an answer can have (categories)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

__all__ = ["Category", "Kind", "Variable"]


class Kind(Enum):
    """How a variable is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"

    @property
    def is_choice(self) -> bool:
        """Whether answers are categories."""
        return self in (Kind.SINGLE, Kind.MULTIPLE)


@dataclass(frozen=True)
class Category:
    """One meaning an answer can have: a stable code, and the waves whose instrument offered it.

    `exclusive` marks an explicit "none": an answer that goes with no other category.
    """

    code: str
    label: str
    waves: tuple[str, ...]
    help: str = ""
    exclusive: bool = False


@dataclass(frozen=True)
class Variable:
    """A variable over all waves: the union of what its waves asked and offered.

    `own_words` says whether respondents could add an answer in their own words; `released` whether
    the answers go into released files; `personal` whether they name a person.
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

    def offers(self, code: str, wave: str) -> bool:
        """Whether the instrument of `wave` offered the category."""
        return wave in self.by_code[code].waves
