"""Published numbers beside the categories of a chart: which ones, how they are written, how long their bars are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.model.fact import PUBLISHED

if TYPE_CHECKING:
    from cityfolio.model.edition import Edition
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.facts import FactStore

__all__ = ["PublishedNumbers", "published_numbers"]

_MEASURES = ("count", "share")


@dataclass(frozen=True)
class PublishedNumbers:
    """The published number of each category that has one, all of one measure of one edition."""

    by_code: Mapping[str, Fact]

    @property
    def any_fact(self) -> Fact:
        """One of them, to say where they come from."""
        return next(iter(self.by_code.values()))

    def length(self, code: str) -> float:
        """The length of a bar: a share as it is, a count as part of the largest one."""
        fact = self.by_code.get(code)
        if fact is None or fact.value is None:
            return 0.0
        largest = max(other.value or 0.0 for other in self.by_code.values())
        end = 1.0 if fact.key.measure == "share" else largest
        return round(fact.value / end, 4) if end else 0.0


def published_numbers(
    store: FactStore, variable: Variable, edition: Edition, editions: Mapping[str, Edition], *, of_any: bool
) -> PublishedNumbers | None:
    """The published numbers of the edition; with `of_any`, those of the widest and latest edition that has some."""
    candidates = [edition.id]
    if of_any:
        order = list(editions)
        others = sorted(editions.values(), key=lambda e: (len(e.waves), order.index(e.id)), reverse=True)
        candidates += [other.id for other in others if other.id != edition.id]
    for candidate in candidates:
        for measure in _MEASURES:
            found = {
                c.code: store.find(candidate, variable.id, c.code, measure, source=PUBLISHED)
                for c in variable.categories
            }
            held = {code: fact for code, fact in found.items() if fact is not None and fact.value is not None}
            if held:
                return PublishedNumbers(held)
    return None
