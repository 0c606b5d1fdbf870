"""Facts as they may be released: without what is withheld, in any measure that would give it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cityfolio.model.fact import PUBLISHED, Fact
from cityfolio.tabulate.changes import WaveChange
from cityfolio.tabulate.disclosure.tables import Cell
from cityfolio.tabulate.disclosure.variable_tables import OWN_WORDS_CELL, base_cell
from cityfolio.tabulate.rankings import RANK
from cityfolio.tabulate.shares import OWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cityfolio.model.edition import Edition, Group
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.rules import DisclosureRule
    from cityfolio.tabulate.disclosure.suppressing import Suppression

__all__ = ["SUPPRESSED", "change_is_safe", "released"]

SUPPRESSED = "suppressed"
"""The note of a fact that is withheld."""


def released(
    facts: Iterable[Fact], withheld: Suppression, variables: Mapping[str, Variable], editions: Mapping[str, Edition]
) -> Iterator[Fact]:
    """All facts, those withheld without numerator, base and value and with the note `suppressed`.

    A share is withheld if its count or its base is; with it go the same share over other bases and everything else said about
    that category in that group. Where one category is withheld, so are the ranks of all, and what several categories make up.
    Published figures of others are left as they are: they are out already.
    """
    hidden = _Hidden(withheld, variables, editions)
    for fact in facts:
        yield Fact(fact.key, None, None, None, SUPPRESSED, fact.url) if hidden.hides(fact) else fact


class _Hidden:
    """What is hidden, found by the names that facts have."""

    def __init__(
        self, withheld: Suppression, variables: Mapping[str, Variable], editions: Mapping[str, Edition]
    ) -> None:
        self.cells = withheld.cells
        self.variables = variables
        self.editions = editions
        self.touched: set[tuple[str, str, Group]] = {(cell.edition, cell.variable, cell.group) for cell in self.cells}

    def hides(self, fact: Fact) -> bool:
        """Whether the fact gives away something withheld."""
        key = fact.key
        variable = self.variables.get(key.variable)
        edition = self.editions.get(key.edition)
        if key.source == PUBLISHED or variable is None or edition is None or not variable.kind.is_choice:
            return False
        if key.measure == RANK or (not key.category and key.measure != OWN_WORDS):
            # A rank says between which others a share lies, a top box is a sum of shares.
            return (key.edition, key.variable, key.group) in self.touched
        code = OWN_WORDS_CELL if key.measure == OWN_WORDS else key.category
        waves = variable.by_code[code].waves if code in variable.by_code else variable.waves
        offered = [wave for wave in waves if wave in edition.waves]
        cells = (
            Cell(key.edition, key.variable, code, key.group),
            base_cell(key.edition, key.variable, offered, key.group),
        )
        return any(cell in self.cells for cell in cells)


def change_is_safe(change: WaveChange, rule: DisclosureRule) -> bool:
    """Whether the change may be shown: the matched panel is large enough, and nobody who started or stopped stands alone.

    The shares of both waves, the numbers of those who started and stopped, and what is left of each, are all told by a
    change on the matched panel, so each has to be large enough or zero.
    """
    panel = change.matched
    counts = (change.matched_earlier.number, change.matched_later.number)
    moved = (change.started, change.stopped)
    return not any(rule.hides_count(number, panel) for number in counts) and not any(
        0 < number < rule.minimum_numerator for number in moved
    )
