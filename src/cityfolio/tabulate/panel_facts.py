"""Change as facts: what the page of a question shows of two waves, each number with its base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.changes import change_facts

if TYPE_CHECKING:
    from cityfolio.tabulate.changes import WaveChange

__all__ = ["change_edition", "panel_facts"]


def change_edition(earlier: str, later: str) -> str:
    """The edition that facts about a change carry.

    >>> change_edition("2018", "2020")
    '2018-to-2020'
    """
    return f"{earlier}-to-{later}"


def panel_facts(change: WaveChange, key: FactKey) -> Iterator[Fact]:
    """The facts of `change_facts`, and the shares of all respondents and of those of the panel that started or stopped.

    >>> from cityfolio.model.edition import ALL
    >>> from cityfolio.tabulate.changes import change_of
    >>> from cityfolio.tabulate.moves import State
    >>> change = change_of({(State.CHOSEN, State.CHOSEN): 4, (State.NOT_CHOSEN, State.CHOSEN): 2})
    >>> found = {fact.key.measure: (fact.numerator, fact.base.counted)
    ...          for fact in panel_facts(change, FactKey("2018-to-2020", "v", "a", ALL, ""))}
    >>> found["share_earlier"], found["share_started"], found["share_of_matched_later"]
    ((4, 6), (2, 6), (6, 6))
    """
    yield from change_facts(change, key)
    for measure, number, base in (
        ("share_earlier", change.earlier.number, change.earlier.base),
        ("share_later", change.later.number, change.later.base),
        ("share_started", change.started, change.matched),
        ("share_stopped", change.stopped, change.matched),
    ):
        measured = FactKey(key.edition, key.variable, key.category, key.group, measure, key.source)
        yield Fact(measured, number, Base(base), number / base)
