"""How many answered a question, of those that were asked: the one share that every kind of variable has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.tabulate.base import WavePatterns, count_wave

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable

__all__ = ["ANSWERED", "answered_share"]

ANSWERED = "answered"

# These were never put to the unit; the other reasons stand for a question that was asked and not answered.
_NOT_PUT = (Missing.NOT_ASKED, Missing.NOT_OFFERED, Missing.ROUTED_PAST)


def answered_share(variable: Variable, edition: str, patterns: WavePatterns) -> Fact | None:
    """The share of the units asked that answered, among all units of an edition; None where nobody was asked.

    Here, and only here, the base holds units without an answer.
    """
    asked = answered = 0
    excluded: dict[Missing, int] = {}
    for wave, counts in patterns.items():
        found = count_wave(counts)
        missing = found.missing if wave in variable.waves else {Missing.NOT_ASKED: found.units}
        # Who answered a number in words has answered; only the base of the number itself leaves it out.
        answered += found.answered + missing.get(Missing.IN_WORDS, 0) if wave in variable.waves else 0
        asked += found.units
        for reason in _NOT_PUT:
            excluded[reason] = excluded.get(reason, 0) + missing.get(reason, 0)
    base = Base(asked - sum(excluded.values()), excluded)
    if base.is_empty:
        return None
    return Fact(FactKey(edition, variable.id, "", ALL, ANSWERED), answered, base, answered / base.counted)
