"""What is kept from one build to the next of the same process: what would read the same is not made again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from cityfolio.tabulate.facts import FactStore

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.fact import Fact, FactKey

__all__ = ["Kept", "answers_to"]

Made = TypeVar("Made")
Found: TypeAlias = "dict[FactKey, Fact | None]"


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
    _found: dict[Hashable, Found] = field(default_factory=dict)
    _store: FactStore = field(default_factory=FactStore)
    # What each of the parts that are being made has found so far; a part can be made within another.
    _finding: list[Found] = field(default_factory=list)

    def begin(self, around: object) -> None:
        """Forget everything if what stands around all parts is not what it was."""
        if around != self._around:
            self._around, self._held, self._found = around, {}, {}

    def made(self, key: Hashable, made_from: object, make: Callable[[], Made]) -> Made:
        """The part as it was, or as `make` makes it."""
        if not self.remembers:
            return make()
        before = self._held.get(key)
        # What is the very same is the same, and need not be asked.
        if before is None or (before[0] is not made_from and before[0] != made_from):
            before = self._held[key] = made_from, make()
        return before[1]

    def listed(self, key: Hashable, made_from: object, make: Callable[[], Iterable[Made]]) -> Sequence[Made]:
        """The same for many parts that are made together.

        >>> Kept().listed("teams", [2], lambda: (f"team {number}" for number in (1, 2)))
        ('team 1', 'team 2')
        """
        return self.made(key, made_from, lambda: tuple(make()))

    def same(self, key: Hashable, value: Made) -> Made:
        """The value, as that of an earlier build where it is equal to it: then it is known to be the same wherever it is."""
        return self.made(key, value, lambda: value)

    def noting(self, store: FactStore) -> FactStore:
        """The same store, from which `reading` can tell what a part reads: the facts that are looked for by their keys."""
        self._store = store
        return _Noted(store.facts, self._finding) if self.remembers else store

    def reading(self, key: Hashable, made_from: object, make: Callable[[], Made]) -> Made:
        """The same as `made`, for a part that also finds facts in the store of `noting`: it reads the same while they do.

        >>> from cityfolio.model.edition import ALL
        >>> from cityfolio.model.fact import Fact, FactKey
        >>> kept = Kept()
        >>> def part(fact):
        ...     store = kept.noting(FactStore.of([fact]))
        ...     return kept.reading("team", "", lambda: store.find("2020", "team", "yes"))
        >>> key = FactKey("2020", "team", "yes", ALL, "share")
        >>> one, other = Fact(key, 1, None, 0.25), Fact(key, 2, None, 0.5)
        >>> [part(fact).numerator for fact in (one, one, other)]
        [1, 1, 2]
        """
        if not self.remembers:
            return make()
        before, found = self._held.get(key), self._found.get(key, {})
        now = self._store.facts.get
        if before is None or before[0] != made_from or any(now(name) is not fact for name, fact in found.items()):
            found = {}
            self._finding.append(found)
            try:
                before = made_from, make()
            finally:
                self._finding.pop()
            self._held[key], self._found[key] = before, found
        if self._finding:
            self._finding[-1].update(found)
        return before[1]


@dataclass(frozen=True)
class _Noted(FactStore):
    """A store that takes down, for the innermost part that is being made, which facts were looked for."""

    finding: list[Found] = field(default_factory=list)

    def at(self, key: FactKey) -> Fact | None:
        """The fact of a key, or None; taken down either way."""
        fact = super().at(key)
        if self.finding:
            self.finding[-1][key] = fact
        return fact


def answers_to(answers: CodedAnswers, variable: str) -> list[object]:
    """All answers to a question, with the place of each, and their corrections."""
    said: list[object] = [(one.unit, one.wave, one.answers.get(variable)) for one in answers.responses]
    return said + [one for one in answers.corrections if one.variable == variable]
