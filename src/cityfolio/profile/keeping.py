"""What is kept from one build to the next of the same process: what would read the same is not made again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers

__all__ = ["Kept", "answers_to"]

Made = TypeVar("Made")


@dataclass
class Kept:
    """The parts of documents that the last build made, each with what it was made from.

    A part reads the same where that is the same, as long as everything else that parts are made from is: the `around` of
    `begin`. Where nothing is to be remembered, every part is made.

    >>> kept = Kept()
    >>> kept.begin("words")
    >>> kept.made("team", [1], lambda: "made"), kept.made("team", [1], lambda: "made again")
    ('made', 'made')
    >>> kept.made("team", [2], lambda: "made again")
    'made again'
    >>> kept.begin("other words")
    >>> kept.made("team", [2], lambda: "made once more")
    'made once more'
    """

    remembers: bool = True
    _around: object = None
    _held: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)

    def begin(self, around: object) -> None:
        """Forget everything if what stands around all parts is not what it was."""
        if around != self._around:
            self._around, self._held = around, {}

    def made(self, key: Hashable, made_from: object, make: Callable[[], Made]) -> Made:
        """The part as it was, or as `make` makes it."""
        if not self.remembers:
            return make()
        before = self._held.get(key)
        if before is None or before[0] != made_from:
            before = self._held[key] = made_from, make()
        return before[1]

    def listed(self, key: Hashable, made_from: object, make: Callable[[], Iterable[Made]]) -> Sequence[Made]:
        """The same for many parts that are made together.

        >>> Kept().listed("teams", [2], lambda: (f"team {number}" for number in (1, 2)))
        ('team 1', 'team 2')
        """
        return self.made(key, made_from, lambda: tuple(make()))


def answers_to(answers: CodedAnswers, variable: str) -> list[object]:
    """All answers to a question, with the place of each, and their corrections."""
    said: list[object] = [(one.unit, one.wave, one.answers.get(variable)) for one in answers.responses]
    return said + [one for one in answers.corrections if one.variable == variable]
