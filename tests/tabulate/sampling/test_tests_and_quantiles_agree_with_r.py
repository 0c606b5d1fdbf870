"""Quantiles, tests of association, differences and adjusted p-values as R gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

import numpy as np
import pytest

from cityfolio.tabulate.sampling.association import (
    TestResult,
    difference,
    rao_scott,
    rao_scott_first_order,
    wald,
    wald_adjusted,
)
from cityfolio.tabulate.sampling.multiplicity import Adjustment, adjusted
from cityfolio.tabulate.sampling.quantiles import quantile

from .api_samples import numbers, read_table, sample

TESTS: Mapping[str, Callable[..., TestResult]] = {
    "F": rao_scott,
    "Chisq": rao_scott_first_order,
    "Wald": wald,
    "adjWald": wald_adjusted,
}
LINES = read_table("tests.csv")


@pytest.mark.parametrize("line", [line for line in LINES if line["statistic_type"] in TESTS])
def test_a_test_of_association_is_that_of_r(line: dict[str, str]) -> None:
    of = sample(line["design"])
    result = TESTS[line["statistic_type"]](of.design, of.words(line["row"]), of.words(line["col"]))
    given = (result.statistic, result.numerator, result.p_value)
    assert given == pytest.approx(tuple(float(line[name]) for name in ("statistic", "ndf", "p")), rel=1e-9)
    expected = None if line["ddf"] == "NA" else pytest.approx(float(line["ddf"]), rel=1e-9)
    assert result.denominator == expected


@pytest.mark.parametrize("line", [line for line in LINES if line["statistic_type"] == "diff_api00"])
def test_a_difference_of_domain_means_is_that_of_r(line: dict[str, str]) -> None:
    of = sample(line["design"])
    domains = of.where("stype", line["row"]), of.where("stype", line["col"])
    result = difference(of.design, of.numbers("api00"), *domains)
    given = (result.value, result.standard_error, float(result.degrees_of_freedom), result.p_value)
    # in this file the standard error stands under ndf
    expected = tuple(float(line[name]) for name in ("statistic", "ndf", "ddf", "p"))
    assert given == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("line", read_table("svyquantile_math_mean.csv"))
def test_a_quantile_is_that_of_r(line: dict[str, str]) -> None:
    of = sample(line["design"])
    result = quantile(of.design, of.numbers(line["variable"]), float(line["quantile"]))
    given = [result.value, result.lower, result.upper, result.standard_error]
    expected = numbers([line[name] for name in ("estimate", "lower", "upper", "se")])
    assert [np.nan if number is None else number for number in given] == pytest.approx(
        expected.tolist(), rel=1e-9, nan_ok=True
    )


@pytest.mark.parametrize("method", get_args(Adjustment))
def test_adjusted_p_values_are_those_of_r(method: Adjustment) -> None:
    lines = read_table("padjust.csv")
    given = adjusted(numbers([line["p"] for line in lines]), method)
    assert given.tolist() == pytest.approx([float(line[method]) for line in lines], abs=1e-12)


@pytest.mark.parametrize("method", get_args(Adjustment))
def test_p_values_keep_their_order_in_the_file(method: Adjustment) -> None:
    p = np.array([0.2, 0.001, 0.04, 0.9])
    assert adjusted(p[::-1], method).tolist() == adjusted(p, method)[::-1].tolist()
