"""Pages of facts kept from one build to the next of the same process: those that would read the same are not made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.fact import Fact
    from cityfolio.profile.fact_pages import FactPage

__all__ = ["KeptFactPages", "answers_to"]

_Key: TypeAlias = tuple[str, str]


@dataclass
class KeptFactPages:
    """The pages of the last build, each with what it was made from.

    A page reads the same where its facts, all answers to its question and the members of its groups are the same, as long as
    everything else that pages of facts are made from is: the `around` of `begin`.

    >>> kept, team = KeptFactPages(), ("2020", "team")
    >>> kept.begin("words")
    >>> kept.page(team, [], [], lambda: "made"), kept.page(team, [], [], lambda: "made again")
    ('made', 'made')
    >>> kept.begin("other words")
    >>> kept.page(team, [], [], lambda: "made again")
    'made again'
    """

    _around: object = None
    _pages: dict[_Key, tuple[Sequence[Fact], Sequence[object], FactPage]] = field(default_factory=dict)

    def begin(self, around: object) -> None:
        """Forget everything if what stands around all pages is not what it was."""
        if around != self._around:
            self._around, self._pages = around, {}

    def page(
        self, key: _Key, facts: Sequence[Fact], answers: Sequence[object], make: Callable[[], FactPage]
    ) -> FactPage:
        """The page as it was, or as `make` makes it."""
        before = self._pages.get(key)
        if before is None or before[0] != facts or before[1] != answers:
            before = self._pages[key] = facts, answers, make()
        return before[2]


def answers_to(answers: CodedAnswers, variable: str) -> list[object]:
    """All answers to a question, with the place of each, and their corrections."""
    said: list[object] = [(one.unit, one.wave, one.answers.get(variable)) for one in answers.responses]
    return said + [one for one in answers.corrections if one.variable == variable]
