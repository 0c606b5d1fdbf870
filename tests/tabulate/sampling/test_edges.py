"""What happens where formulas divide by zero: shares of 0 and 1, a census, lonely strata, nobody."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from cityfolio.tabulate.sampling.association import difference, rao_scott, wald
from cityfolio.tabulate.sampling.design import LonelyRule, declare
from cityfolio.tabulate.sampling.estimates import Estimate, mean, ratio, share, total
from cityfolio.tabulate.sampling.intervals import (
    Interval,
    IntervalKind,
    clopper_pearson,
    interval_of_mean,
    interval_of_share,
    wilson,
)
from cityfolio.tabulate.sampling.linearisation import LonelyStratumError
from cityfolio.tabulate.sampling.multiplicity import adjusted
from cityfolio.tabulate.sampling.poststratification import PopulationMismatchError, poststratify
from cityfolio.tabulate.sampling.quantiles import quantile
from cityfolio.tabulate.sampling.raking import Margin, RakingDivergedError, rake
from cityfolio.tabulate.sampling.replication import jackknife

TRANSFORMED: list[IntervalKind] = [kind for kind in get_args(IntervalKind) if kind != "mean"]


@pytest.mark.parametrize("kind", TRANSFORMED)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_share_of_nobody_or_everybody_has_the_interval_of_its_base(kind: IntervalKind, value: float) -> None:
    interval = interval_of_share(Estimate(value, 0.0, 11, 12, 12), kind)
    assert interval == (wilson(value, 12) if kind == "wilson" else clopper_pearson(value * 12, 12))


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_the_interval_called_mean_keeps_its_zero_width_as_in_r(value: float) -> None:
    assert interval_of_share(Estimate(value, 0.0, 11, 12, 12), "mean") == Interval(value, value)


@pytest.mark.parametrize("kind", get_args(IntervalKind))
def test_a_census_leaves_nothing_open(kind: IntervalKind) -> None:
    design = declare(4, populations=[np.full(4, 4.0)])
    everybody = np.ones(4, dtype=np.bool_)
    estimate = share(design, everybody, everybody)
    census = design.is_census(everybody)
    assert interval_of_share(estimate, kind, census=census) == Interval(1.0, 1.0)


@pytest.mark.parametrize("kind", get_args(IntervalKind))
def test_a_share_that_the_strata_fix_has_no_width(kind: IntervalKind) -> None:
    # every stratum chose as one, so another sample of this design would give the same share
    design = declare(6, strata=[list("aabbbb")])
    choosing = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    estimate = mean(design, choosing)
    assert estimate.standard_error == 0
    assert interval_of_share(estimate, kind) == Interval(1 / 3, 1 / 3)


@pytest.mark.parametrize("kind", get_args(IntervalKind))
def test_without_degrees_of_freedom_there_is_no_interval(kind: IntervalKind) -> None:
    design = declare(4, clusters=[list("aabb")])
    in_one_cluster = np.array([True, True, False, False])
    estimate = mean(design, np.array([1.0, 0.0, 1.0, 1.0]), in_one_cluster)
    assert (estimate.value, estimate.degrees_of_freedom) == (0.5, 0)
    assert interval_of_share(estimate, kind) is None
    assert interval_of_mean(estimate) is None


def test_a_lonely_stratum_is_an_error_that_says_what_to_do() -> None:
    design = declare(4, strata=[list("aaab")])
    with pytest.raises(LonelyStratumError, match="join it with a similar stratum"):
        mean(design, np.array([1.0, 2.0, 3.0, 4.0]))
    with pytest.raises(LonelyStratumError):
        jackknife(design)
    assert [(stage, record) for stage, _, record in design.lonely_strata()] == [(1, 3)]


def test_a_lonely_stratum_outside_the_domain_does_no_harm() -> None:
    design = declare(4, strata=[list("aaab")])
    inside = np.array([True, True, True, False])
    assert mean(design, np.array([1.0, 2.0, 3.0, 4.0]), inside).degrees_of_freedom == 2


def test_a_stratum_of_one_unit_that_was_taken_whole_is_not_lonely() -> None:
    design = declare(4, strata=[list("aaab")], populations=[np.array([9.0, 9.0, 9.0, 1.0])])
    assert design.lonely_strata() == ()
    assert mean(design, np.array([1.0, 2.0, 3.0, 4.0])).standard_error > 0


@pytest.mark.parametrize(
    ("lonely", "expected"),
    # R: options(survey.lonely.psu = ...); SE(svymean(~c(1, 2, 4, 9), svydesign(~1, strata = ~c(a, a, a, b))))
    [("certainty", 0.661437827766148), ("adjust", 1.4142135623731), ("average", 0.935414346693485)],
)
def test_rules_for_lonely_strata_are_those_of_r(lonely: LonelyRule, expected: float) -> None:
    design = declare(4, strata=[list("aaab")], lonely=lonely)
    assert mean(design, np.array([1.0, 2.0, 4.0, 9.0])).standard_error == pytest.approx(expected, rel=1e-9)


def test_nobody_in_a_domain_is_a_wrong_call_and_no_nan() -> None:
    design = declare(3)
    nothing = np.full(3, np.nan)
    for calculate in (mean, total):
        with pytest.raises(ValueError, match="at least one record"):
            calculate(design, nothing)
    with pytest.raises(ValueError, match="at least one record"):
        ratio(design, nothing, np.ones(3))
    with pytest.raises(ValueError, match="at least one record"):
        quantile(design, nothing, 0.5)
    with pytest.raises(ValueError, match="both domains"):
        difference(design, nothing, design.everyone, design.everyone)


def test_a_ratio_over_nothing_is_a_wrong_call() -> None:
    with pytest.raises(ValueError, match="denominator"):
        ratio(declare(3), np.ones(3), np.zeros(3))


def test_a_test_needs_two_categories_of_each_variable() -> None:
    with pytest.raises(ValueError, match="two categories"):
        rao_scott(declare(4), list("abab"), list("xxxx"))


def test_too_many_cells_for_the_clusters_cannot_be_tested_by_wald() -> None:
    design = declare(12, clusters=[list("aaabbbcccddd")])
    with pytest.raises(ValueError, match="too few sampled units"):
        wald(design, list("vwxyzvwxyzvw"), list("12312312312!"))


def test_a_difference_without_variance_is_a_wrong_call() -> None:
    first = np.array([True, True, False, False])
    with pytest.raises(ValueError, match="no variance"):
        difference(declare(4), np.array([1.0, 1.0, 2.0, 2.0]), first, ~first)


def test_a_missing_p_value_is_a_wrong_call() -> None:
    with pytest.raises(ValueError, match="none may be missing"):
        adjusted(np.array([0.1, np.nan]), "holm")


def test_cells_that_do_not_match_are_named() -> None:
    with pytest.raises(PopulationMismatchError) as caught:
        poststratify(declare(2), [("a",), ("b",)], {("a",): 5, ("c",): 3, ("d",): 0})
    assert (caught.value.only_sample, caught.value.only_population) == ((("b",),), (("c",),))


def test_margins_that_contradict_each_other_are_not_met() -> None:
    sex = Margin([("f",), ("m",)], {("f",): 6, ("m",): 4})
    age = Margin([("old",), ("young",)], {("old",): 3, ("young",): 7})
    with pytest.raises(RakingDivergedError, match="same total"):
        rake(declare(2), [sex, age])


def test_a_design_says_what_it_cannot_be() -> None:
    with pytest.raises(ValueError, match="every column needs 3 entries"):
        declare(3, weights=np.ones(2))
    with pytest.raises(ValueError, match="at least 0"):
        declare(2, weights=np.array([1.0, -1.0]))
    with pytest.raises(ValueError, match="more units in the sample"):
        declare(3, populations=[np.full(3, 2.0)])
    with pytest.raises(ValueError, match="above 0"):
        declare(2, populations=[np.array([0.0, 4.0])])
    with pytest.raises(ValueError, match="2 stages need 2 population columns"):
        declare(2, clusters=[["a", "b"], ["1", "2"]], populations=[np.full(2, 9.0)])


def test_records_without_weight_count_nowhere() -> None:
    design = declare(4, weights=np.array([2.0, 2.0, 2.0, 0.0]))
    estimate = mean(design, np.array([1.0, 2.0, 3.0, 99.0]))
    assert (estimate.value, estimate.base, estimate.degrees_of_freedom) == (2.0, 3, 2)
