"""Sums per category agree with pattern counts, whichever way they are made."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject as Data

from cityfolio.engine.counting import Weighed
from cityfolio.engine.duck import DuckEngine
from cityfolio.engine.store import AnswerStore
from cityfolio.engine.summing import SummingEngine
from cityfolio.engine.sums import AnswerSums, NumberSums
from cityfolio.model.edition import Edition
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable

from .programmes import KINDS, WEIGHT, Programme, programmes

GROUPINGS: tuple[tuple[str, ...], ...] = ((), ("size",), KINDS, ("size", "unheard-of", "region"))
EXAMPLES = int(os.environ.get("CITYFOLIO_EXAMPLES", "6"))
made = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("with_kernel", [True, False], ids=["kernel", "duckdb"])
@given(programme=programmes(), data=st.data())
@made
def test_sums_are_those_of_the_weighed_patterns_and_of_the_numbers_given(
    with_kernel: bool, programme: Programme, data: Data
) -> None:
    edition, kinds = data.draw(st.sampled_from(programme.editions)), data.draw(st.sampled_from(GROUPINGS))
    # Writing and coding the answers takes most of the time, so one store is asked for both.
    with tempfile.TemporaryDirectory() as name:
        store = AnswerStore(Path(name) / "store")
        duck = DuckEngine(store, programme.variables, programme.waves)
        for raw in programme.write(Path(name)):
            duck.add(raw)
        for _ in ("counted", "read again"):
            summing = SummingEngine(store, programme.variables, programme.waves, with_kernel=with_kernel)
            assert_sums_of_patterns(summing, duck, programme, edition, kinds)
        assert_sums_of_numbers(summing, duck, programme, data.draw(st.sampled_from(programme.editions)))


def assert_sums_of_patterns(
    summing: SummingEngine, duck: DuckEngine, programme: Programme, edition: Edition, kinds: Sequence[str]
) -> None:
    variables = [v.id for v in programme.variables.values() if v.kind not in (Kind.TEXT, Kind.RANKED)]
    sums = summing.sums(edition, variables, kinds, WEIGHT)
    for variable, weights in duck.weigh(edition, variables, kinds, WEIGHT).items():
        found = sums[variable]
        assert set(found.cells) == set(weights.cells)
        for place, cell in enumerate(found.cells):
            expected = summed(programme.variables[variable], dict(weights.cells[cell]))
            assert flat(found, place) == pytest.approx(expected, rel=1e-12)


def assert_sums_of_numbers(summing: SummingEngine, duck: DuckEngine, programme: Programme, edition: Edition) -> None:
    variables = [v.id for v in programme.variables.values() if v.kind is Kind.NUMBER]
    sums = summing.sums(edition, variables, KINDS, WEIGHT)
    for variable, counted in duck.numbers(edition, variables, KINDS, WEIGHT).items():
        found = sums[variable]
        assert isinstance(found, NumberSums)
        for place, cell in enumerate(found.cells):
            expected = [0.0] * 7
            for x, one in counted.cells.get(cell, {}).items():
                n, w, s = one.number, one.weight, one.squares
                line = (n, w, s, w * x, w * x * x, s * x, s * x * x)
                expected = [a + b for a, b in zip(expected, line, strict=True)]
            assert found.sums[place].tolist() == pytest.approx(expected, rel=1e-12, abs=1e-9)


def flat(sums: AnswerSums | NumberSums, place: int) -> list[float]:
    """Chosen by code, missing by reason, answered: three sums each."""
    if isinstance(sums, NumberSums):
        return [*sums.missing[place].ravel().tolist(), *sums.sums[place][:3].tolist()]
    arrays = (sums.chosen[place], sums.missing[place], sums.answered[place])
    return [value for array in arrays for value in array.ravel().tolist()]


def summed(variable: Variable, patterns: dict[int, Weighed]) -> list[float]:
    """The same from patterns, one by one."""
    bits = [*variable.bits.values(), *([variable.own_words_bit] if variable.own_words else [])]
    held = [[p for p in patterns if p >= 0 and p & bit] for bit in (bits if variable.kind.is_choice else [])]
    held += [[p for p in patterns if p == reason.pattern] for reason in Missing]
    held += [[p for p in patterns if p >= 0]]
    found: list[float] = []
    for some in held:
        ones = [patterns[pattern] for pattern in some]
        found += [sum(o.number for o in ones), sum(o.weight for o in ones), sum(o.squares for o in ones)]
    return found
