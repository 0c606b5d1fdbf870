"""Breaks in a series that both waves asked for: an edition that pools the waves counts what cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cityfolio.model.edition import Edition, EditionRule
from cityfolio.model.variable import SeriesBreak, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cityfolio.harmonise.crosswalk import Crosswalk

__all__ = ["breaks_within", "sides_of_breaks", "with_breaks"]

# What was added, dropped, merged or divided is told by the notes on what each wave offered.
_ASKED_IN_BOTH = frozenset({"reworded", "recategorised", "rerouted", "moved"})


def with_breaks(variables: Mapping[str, Variable], crosswalks: Iterable[Crosswalk]) -> dict[str, Variable]:
    """The variables with the breaks that the crosswalks declare.

    >>> from cityfolio.harmonise.crosswalk import Change, Crosswalk
    >>> from cityfolio.model.variable import Kind
    >>> mood = Variable("mood", Kind.SCALE, "Mood", ("2018", "2020", "2022"))
    >>> asked = Change("mood", "", "reworded", "break", "Of the city, then of the world.", "confirmed")
    >>> found = with_breaks({"mood": mood}, [Crosswalk("2018", "2020", (asked,))])["mood"]
    >>> found.breaks
    (SeriesBreak(earlier='2018', later='2020', category=''),)
    """
    found: dict[str, list[SeriesBreak]] = {}
    for crosswalk in crosswalks:
        for change in crosswalk.changes:
            if change.comparability == "break" and change.change in _ASKED_IN_BOTH and change.variable in variables:
                broken = SeriesBreak(crosswalk.earlier, crosswalk.later, change.category)
                found.setdefault(change.variable, []).append(broken)
    return {name: replace(v, breaks=tuple(found[name])) if name in found else v for name, v in variables.items()}


def breaks_within(variable: Variable, edition: Edition) -> tuple[SeriesBreak, ...]:
    """The breaks of the variable between responses that the edition counts together.

    A matched panel counts the responses of its last wave alone, so nothing in it is from before a break.

    >>> from cityfolio.model.variable import Kind
    >>> broken = SeriesBreak("2018", "2020")
    >>> mood = Variable("mood", Kind.SCALE, "Mood", ("2018", "2020", "2022"), breaks=(broken,))
    >>> [len(breaks_within(mood, Edition("some", waves))) for waves in (("2018", "2022"), ("2020", "2022"), ("2018",))]
    [1, 0, 0]
    >>> breaks_within(mood, Edition("panel", ("2018", "2022"), rule=EditionRule.MATCHED_PANEL))
    ()
    """
    if edition.rule is EditionRule.MATCHED_PANEL:
        return ()
    place = {wave: position for position, wave in enumerate(variable.waves)}
    counted = [place[wave] for wave in edition.waves if wave in place]
    return tuple(
        one
        for one in variable.breaks
        if one.earlier in place
        and one.later in place
        and any(wave <= place[one.earlier] for wave in counted)
        and any(wave >= place[one.later] for wave in counted)
    )


def sides_of_breaks(variable: Variable, edition: Edition) -> dict[str, int]:
    """For each wave of the edition that asked, how many breaks lie before it: answers of unlike numbers are not compared.

    Without a break between its responses there is nothing to tell.

    >>> from cityfolio.model.variable import Kind
    >>> mood = Variable("mood", Kind.SCALE, "Mood", ("2018", "2020", "2022"), breaks=(SeriesBreak("2018", "2020"),))
    >>> sides_of_breaks(mood, Edition("all", ("2018", "2020", "2022"))), sides_of_breaks(mood, Edition("last", ("2022",)))
    ({'2018': 0, '2020': 1, '2022': 1}, {})
    """
    breaks = {(one.earlier, one.later) for one in breaks_within(variable, edition)}
    if not breaks:
        return {}
    place = {wave: position for position, wave in enumerate(variable.waves)}
    return {wave: sum(place[later] <= place[wave] for _, later in breaks) for wave in edition.waves if wave in place}
