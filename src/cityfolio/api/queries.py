"""Asking for facts: filters, paging, and what is wrong with a question that cannot be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cityfolio.formatting import did_you_mean
from cityfolio.model.fact import Fact

__all__ = ["FILTERS", "LARGEST_PAGE", "LONGEST_VALUE", "USUAL_PAGE", "BadQuery", "FactIndex", "FactQuery", "read_query"]

USUAL_PAGE = 100
LARGEST_PAGE = 1000
_LARGEST_OFFSET = 10**9
_NONE: frozenset[int] = frozenset()
LONGEST_VALUE = 200
FILTERS: Mapping[str, str] = {
    "edition": "Only facts of this edition",
    "variable": "Only facts about this variable",
    "category": "Only facts about this category",
    "group": "Only facts about this group, for example all or continent:EU",
    "measure": "Only facts of this measure, for example share",
    "source": "Only facts from this source: responses or published",
}


class BadQuery(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A question that cannot be answered, with the reason in words."""


@dataclass(frozen=True)
class FactQuery:
    """What is asked for: values of filters in the order of `FILTERS`, and which page of the answer."""

    wanted: tuple[tuple[str, str], ...]
    limit: int = USUAL_PAGE
    offset: int = 0


def read_query(given: Iterable[tuple[str, str]]) -> FactQuery:
    """The question in the parameters of an address.

    >>> read_query([("variable", "terms"), ("limit", "5")])
    FactQuery(wanted=(('variable', 'terms'),), limit=5, offset=0)

    Raises:
        BadQuery: if a parameter is not known, stands there twice, is too long, or holds no number where one is due.
    """
    found: dict[str, str] = {}
    for name, value in given:
        if name not in FILTERS and name not in ("limit", "offset"):
            near = did_you_mean(name, [*FILTERS, "limit", "offset"])
            raise BadQuery(f'There is no parameter "{name}".' + (f' Did you mean "{near}"?' if near else ""))
        if name in found:
            raise BadQuery(f'The parameter "{name}" stands there twice; each may stand there once.')
        if len(value) > LONGEST_VALUE:
            raise BadQuery(f'The value of "{name}" is longer than {LONGEST_VALUE} characters.')
        found[name] = value
    return FactQuery(
        tuple((name, found[name]) for name in FILTERS if name in found),
        _number(found, "limit", USUAL_PAGE, 1, LARGEST_PAGE),
        _number(found, "offset", 0, 0, _LARGEST_OFFSET),
    )


def _number(found: Mapping[str, str], name: str, usual: int, lowest: int, highest: int) -> int:
    text = found.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(highest))) or not lowest <= int(text) <= highest:
        raise BadQuery(f'"{name}" is a whole number from {lowest} to {highest}, not "{text[:40]}".')
    return int(text)


@dataclass(frozen=True)
class FactIndex:
    """Facts found by any of the filters, without reading all of them."""

    facts: Sequence[Fact]

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, frozenset[int]]]:
        places: dict[str, dict[str, set[int]]] = {name: {} for name in FILTERS}
        for place, fact in enumerate(self.facts):
            key = fact.key
            for name, value in zip(
                FILTERS, (key.edition, key.variable, key.category, key.group.id, key.measure, key.source), strict=True
            ):
                places[name].setdefault(value, set()).add(place)
        return {name: {value: frozenset(held) for value, held in by.items()} for name, by in places.items()}

    def find(self, query: FactQuery) -> tuple[Sequence[int], int]:
        """The places of the facts on the asked-for page, in their order, and how many there are on all pages."""
        if not query.wanted:
            found: Sequence[int] = range(len(self.facts))
        else:
            # The smallest first: what is left is never more than that.
            fewest, *others = sorted((self._places[name].get(value, _NONE) for name, value in query.wanted), key=len)
            found = sorted(fewest.intersection(*others))
        return found[query.offset : query.offset + query.limit], len(found)

    def why_none(self, query: FactQuery) -> str:
        """Why no fact was found: the first filter that no fact fits, or all of them together."""
        for name, value in query.wanted:
            if value not in self._places[name]:
                near = did_you_mean(value, self._places[name])
                return f'No fact has the {name} "{value}".' + (f' Did you mean "{near}"?' if near else "")
        if not query.wanted:
            return "There are no facts yet."
        return "There are facts for each of these filters, but none for all of them together."
