"""What every engine has to do, whatever it runs on: the same counts, bit for bit, from the same answers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject as Data

from cityfolio.engine.counting import Cell, Weighed
from cityfolio.engine.plain import PlainEngine
from cityfolio.model.edition import Edition, EditionRule
from cityfolio.model.variable import Kind

from .conftest import Opening
from .programmes import KINDS, WEIGHT, Programme, programmes

GROUPINGS: tuple[tuple[str, ...], ...] = ((), ("region",), KINDS, ("size", "unheard-of"))


# Ibis 12 calls DuckDB 2, and PySpark 4.0 calls pandas 3, in ways that go away; not ours to change.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
    pytest.mark.filterwarnings("ignore:.*distutils.*:DeprecationWarning"),
]
# An example costs a hundred times as much in a cluster.
EXAMPLES = int(os.environ.get("CITYFOLIO_EXAMPLES", "6"))
made = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(programme=programmes(), data=st.data())
@made
def test_every_engine_counts_weighs_and_crosses_as_is_done_one_by_one(
    opening: Opening, programme: Programme, data: Data
) -> None:
    def asked() -> tuple[Edition, Sequence[str]]:
        return data.draw(st.sampled_from(programme.editions)), data.draw(st.sampled_from(GROUPINGS))

    variables = list(programme.variables)
    numeric = [v.id for v in programme.variables.values() if v.kind is Kind.NUMBER]
    pair = (data.draw(st.sampled_from(variables)), data.draw(st.sampled_from(variables)))
    # Writing and coding the answers takes most of the time, so one engine is asked everything.
    with tempfile.TemporaryDirectory() as name, opening(programme, Path(name)) as engine:
        plain = programme.plain(Path(name))
        edition, kinds = asked()
        assert engine.count(edition, variables, kinds) == plain.count(edition, variables, kinds)
        edition, kinds = asked()
        weighed = engine.weigh(edition, variables, kinds, WEIGHT)
        # To the twelfth digit.
        assert {v: flat(w.cells) for v, w in weighed.items()} == weighed_one_by_one(programme, plain, edition, kinds)
        edition, kinds = asked()
        given = engine.numbers(edition, numeric, kinds, WEIGHT)
        assert {v: flat(n.cells) for v, n in given.items()} == numbers_one_by_one(programme, plain, edition, kinds)
        edition, kinds = asked()
        assert engine.cross(edition, pair, kinds) == plain.cross(edition, pair, kinds)


Flat: TypeAlias = dict[tuple[Cell, float], "Near"]


class Near:
    """A weighed number, equal to one whose count is the same and whose sums differ by less than 1e-12 of them."""

    def __init__(self, weighed: Weighed) -> None:
        self.weighed = weighed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Near):
            return NotImplemented
        mine, theirs = self.weighed, other.weighed
        return (
            mine.number == theirs.number
            and mine.weight == pytest.approx(theirs.weight, rel=1e-12, abs=1e-300)
            and mine.squares == pytest.approx(theirs.squares, rel=1e-12, abs=1e-300)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.weighed)


def flat(cells: object) -> Flat:
    assert isinstance(cells, dict)
    return {(cell, pattern): Near(weighed) for cell, patterns in cells.items() for pattern, weighed in patterns.items()}


def weighed_one_by_one(
    programme: Programme, plain: PlainEngine, edition: Edition, kinds: Sequence[str]
) -> dict[str, Flat]:
    """The weighed patterns, by a loop over the responses."""
    answers = plain.answers
    found: dict[str, dict[tuple[Cell, float], Weighed]] = {variable: {} for variable in programme.variables}
    for response, cell, one in latest(programme, plain, edition, kinds):
        for variable in programme.variables:
            key = (cell, answers.by_unit[response][cell[0]].answers[variable].pattern)
            found[variable][key] = found[variable].get(key, Weighed(0, 0.0, 0.0)) + one
    return {variable: {key: Near(w) for key, w in lines.items()} for variable, lines in found.items()}


def numbers_one_by_one(
    programme: Programme, plain: PlainEngine, edition: Edition, kinds: Sequence[str]
) -> dict[str, Flat]:
    """The weighed numbers, by a loop over the responses."""
    answers = plain.answers
    numeric = [v.id for v in programme.variables.values() if v.kind is Kind.NUMBER]
    found: dict[str, dict[tuple[Cell, float], Weighed]] = {variable: {} for variable in numeric}
    for response, cell, one in latest(programme, plain, edition, kinds):
        for variable in numeric:
            number = answers.by_unit[response][cell[0]].answers[variable].number
            if number is not None:
                found[variable][cell, number] = found[variable].get((cell, number), Weighed(0, 0.0, 0.0)) + one
    return {variable: {key: Near(w) for key, w in lines.items()} for variable, lines in found.items()}


def latest(
    programme: Programme, plain: PlainEngine, edition: Edition, kinds: Sequence[str]
) -> Iterator[tuple[str, Cell, Weighed]]:
    """Each unit's latest response of the edition: the unit, its cell, and what it adds."""
    weights = programme.weights()
    for unit in plain.answers.by_unit:
        response = plain.answers.latest(unit, edition.waves)
        wanted = set(edition.waves) if edition.rule is EditionRule.MATCHED_PANEL else set()
        if response is not None and wanted <= set(plain.answers.by_unit[unit]):
            keys = {group.kind: group.key for group in plain.groups[unit, response.wave]}
            weight = weights[unit, response.wave]
            cell = (response.wave, *(keys.get(kind, "") for kind in kinds))
            yield unit, cell, Weighed(1, weight, weight * weight)
