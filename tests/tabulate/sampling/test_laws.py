"""Laws that hold for every sample, not only for those that R was asked about."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cityfolio.tabulate.sampling.arrays import Floats
from cityfolio.tabulate.sampling.calibration import calibrate
from cityfolio.tabulate.sampling.design import Design, declare
from cityfolio.tabulate.sampling.estimates import mean, ratio, total
from cityfolio.tabulate.sampling.intervals import IntervalKind, interval_of_share, wilson, wilson_corrected
from cityfolio.tabulate.sampling.multiplicity import Adjustment, adjusted
from cityfolio.tabulate.sampling.poststratification import Cell, poststratify
from cityfolio.tabulate.sampling.quantiles import quantile
from cityfolio.tabulate.sampling.raking import Margin, rake


@dataclass(frozen=True)
class Drawn:
    """A random sample: strata of at least two clusters, weights, a choice and a number per record."""

    strata: list[str]
    clusters: list[str]
    weights: Floats
    choice: Floats
    number: Floats

    @property
    def size(self) -> int:
        return len(self.strata)

    def design(self) -> Design:
        return declare(self.size, weights=self.weights, strata=[self.strata], clusters=[self.clusters])


@st.composite
def samples(draw: st.DrawFn) -> Drawn:
    places = [
        (f"s{s}", f"c{c}")
        for s in range(draw(st.integers(1, 3)))
        for c in range(draw(st.integers(2, 4)))
        for _ in range(draw(st.integers(1, 3)))
    ]
    size = len(places)
    weights = draw(st.lists(st.floats(0.5, 50), min_size=size, max_size=size))
    choice = draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=size, max_size=size))
    number = draw(st.lists(st.integers(-50, 50), min_size=size, max_size=size))
    strata, clusters = zip(*places, strict=True)
    return Drawn(list(strata), list(clusters), np.array(weights), np.array(choice), np.array(number, dtype=np.float64))


# "asin" is as in R, where it turns back when t times the error reaches past the ends of its scale
@given(samples(), st.sampled_from([kind for kind in get_args(IntervalKind) if kind != "asin"]))
def test_an_estimate_lies_in_its_interval(drawn: Drawn, kind: IntervalKind) -> None:
    estimate = mean(drawn.design(), drawn.choice)
    interval = interval_of_share(estimate, kind)
    assert interval is not None
    assert interval.lower - 1e-9 <= estimate.value <= interval.upper + 1e-9


@given(samples(), st.sampled_from([kind for kind in get_args(IntervalKind) if kind != "mean"]))
def test_the_interval_of_a_share_lies_between_0_and_1(drawn: Drawn, kind: IntervalKind) -> None:
    interval = interval_of_share(mean(drawn.design(), drawn.choice), kind)
    assert interval is not None
    assert 0 <= interval.lower <= 1
    assert 0 <= interval.upper <= 1


@given(samples(), st.floats(0.001, 1000))
def test_weights_times_a_constant_change_no_mean(drawn: Drawn, constant: float) -> None:
    scaled = declare(drawn.size, weights=drawn.weights * constant, strata=[drawn.strata], clusters=[drawn.clusters])
    before, after = mean(drawn.design(), drawn.number), mean(scaled, drawn.number)
    assert (after.value, after.standard_error) == pytest.approx((before.value, before.standard_error), abs=1e-9)


@given(samples(), st.permutations(["s0", "s1", "s2"]), st.permutations(["c0", "c1", "c2", "c3"]))
def test_other_names_for_strata_and_clusters_change_nothing(
    drawn: Drawn, strata: list[str], clusters: list[str]
) -> None:
    renamed = declare(
        drawn.size,
        weights=drawn.weights,
        strata=[[strata[int(name[1])] for name in drawn.strata]],
        clusters=[[clusters[int(name[1])] for name in drawn.clusters]],
    )
    before, after = mean(drawn.design(), drawn.number), mean(renamed, drawn.number)
    assert (after.value, after.degrees_of_freedom) == (before.value, before.degrees_of_freedom)
    assert after.standard_error == pytest.approx(before.standard_error, abs=1e-9)


@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(drawn: Drawn, random: Random) -> None:
    order = list(range(drawn.size))
    random.shuffle(order)
    shuffled = declare(
        drawn.size,
        weights=drawn.weights[order],
        strata=[[drawn.strata[i] for i in order]],
        clusters=[[drawn.clusters[i] for i in order]],
    )
    before, after = mean(drawn.design(), drawn.number), mean(shuffled, drawn.number[order])
    assert (after.value, after.standard_error) == pytest.approx((before.value, before.standard_error), abs=1e-9)


@given(samples())
def test_shares_of_all_categories_add_up_to_one(drawn: Drawn) -> None:
    design = drawn.design()
    yes, no = mean(design, drawn.choice), mean(design, 1 - drawn.choice)
    assert yes.value + no.value == pytest.approx(1)
    assert yes.standard_error == pytest.approx(no.standard_error, abs=1e-9)


@given(samples())
def test_a_mean_is_the_ratio_of_the_total_to_the_count(drawn: Drawn) -> None:
    design = drawn.design()
    average, over = mean(design, drawn.number), ratio(design, drawn.number, np.ones(drawn.size))
    assert (over.value, over.standard_error) == pytest.approx((average.value, average.standard_error), abs=1e-9)
    counted = total(design, np.ones(drawn.size)).value
    assert total(design, drawn.number).value == pytest.approx(average.value * counted, abs=1e-6)


@given(samples())
def test_an_answer_left_out_is_the_same_as_a_smaller_domain(drawn: Drawn) -> None:
    design = drawn.design()
    answered = drawn.choice == 1
    assume(answered.any())
    gaps = np.where(answered, drawn.number, np.nan)
    assert mean(design, gaps) == mean(design, drawn.number, answered)


@given(samples())
def test_a_larger_population_leaves_more_error(drawn: Drawn) -> None:
    def error(towns: float) -> float:
        design = declare(
            drawn.size,
            weights=drawn.weights,
            strata=[drawn.strata],
            clusters=[drawn.clusters],
            populations=[np.full(drawn.size, towns)],
        )
        # inner stages are taken whole where they are not declared
        return mean(design, drawn.number).standard_error

    assert error(4.0) <= error(8.0) + 1e-12 <= mean(drawn.design(), drawn.number).standard_error + 2e-12


@given(samples())
def test_poststratified_weights_give_the_population(drawn: Drawn) -> None:
    cells: list[Cell] = [(name,) for name in drawn.strata]
    population = {cell: 100.0 + place for place, cell in enumerate(sorted(set(cells)))}
    design = poststratify(drawn.design(), cells, population)
    for cell, count in population.items():
        inside = np.array([c == cell for c in cells], dtype=np.float64)
        estimate = total(design, inside)
        assert estimate.value == pytest.approx(count)
        assert estimate.standard_error == pytest.approx(0, abs=1e-6)


@given(samples())
def test_raking_reaches_its_margins(drawn: Drawn) -> None:
    one: list[Cell] = [(name,) for name in drawn.strata]
    other: list[Cell] = [(name,) for name in drawn.clusters]
    # margins of the sample under other weights can be met together
    goal = np.roll(drawn.weights, 1)
    margins = [
        Margin(cells, {cell: float(goal[[c == cell for c in cells]].sum()) for cell in set(cells)})
        for cells in (one, other)
    ]
    design = rake(drawn.design(), margins)
    for margin in margins:
        for cell, count in margin.population.items():
            inside = np.array([c == cell for c in margin.cells])
            assert design.weights[inside].sum() == pytest.approx(count, rel=1e-5)


@given(samples())
def test_calibrated_weights_give_the_totals(drawn: Drawn) -> None:
    auxiliary = np.stack([np.ones(drawn.size), drawn.number], axis=1)
    assume(np.ptp(drawn.number) > 1)
    totals = np.array([1000.0, 1200.0])
    design = calibrate(drawn.design(), auxiliary, totals)
    assert (design.weights @ auxiliary).tolist() == pytest.approx(totals.tolist(), rel=1e-6)
    assert total(design, auxiliary[:, 0]).standard_error == pytest.approx(0, abs=1e-5)


@given(samples(), st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_with_their_probability(drawn: Drawn, one: float, other: float) -> None:
    design = drawn.design()
    low, high = sorted((one, other))
    assert quantile(design, drawn.number, low).value <= quantile(design, drawn.number, high).value


P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(np.array)


@given(P_VALUES, st.sampled_from(get_args(Adjustment)))
def test_adjusted_p_values_are_no_smaller_and_keep_their_order(p: Floats, method: Adjustment) -> None:
    after = adjusted(p, method)
    assert np.all(after >= p - 1e-12)
    assert np.all(after <= 1)
    order = np.argsort(p)
    assert np.all(np.diff(after[order]) >= -1e-12)


@given(P_VALUES)
def test_sharper_adjustments_never_find_less(p: Floats) -> None:
    bonferroni, holm, hochberg, hommel, fdr = (
        adjusted(p, method) for method in ("bonferroni", "holm", "hochberg", "hommel", "BH")
    )
    for sharper, blunter in ((holm, bonferroni), (hochberg, holm), (hommel, hochberg), (fdr, hommel)):
        assert np.all(sharper <= blunter + 1e-12)


@given(st.integers(1, 500), st.data())
def test_the_continuity_correction_only_widens(base: int, data: st.DataObject) -> None:
    choosing = data.draw(st.integers(0, base))
    plain, wider = wilson(choosing / base, base), wilson_corrected(choosing, base)
    assert wider.lower <= plain.lower + 1e-12
    assert plain.upper <= wider.upper + 1e-12


@given(st.integers(1, 500), st.data())
def test_wilson_is_its_own_mirror(base: int, data: st.DataObject) -> None:
    choosing = data.draw(st.integers(0, base))
    yes, no = wilson(choosing / base, base), wilson(1 - choosing / base, base)
    assert (1 - no.upper, 1 - no.lower) == pytest.approx((yes.lower, yes.upper), abs=1e-12)
