"""Intervals of shares as R gives them: of svyciprop, of binomials, of a routed multi-select question."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from cityfolio.tabulate.sampling.design import declare
from cityfolio.tabulate.sampling.estimates import Estimate, mean
from cityfolio.tabulate.sampling.intervals import (
    Interval,
    IntervalKind,
    clopper_pearson,
    interval_of_share,
    jeffreys,
    wilson,
    wilson_corrected,
)

from .api_samples import numbers, read_table, sample

KINDS: tuple[IntervalKind, ...] = get_args(IntervalKind)
NONE = ("NA", "NaN")


def of_kind(name: str) -> IntervalKind:
    return next(kind for kind in KINDS if kind == name)


def estimate_of(line: dict[str, str]) -> Estimate:
    of = sample(line["design"])
    domain = of.domain("all" if line["stype"] == "all" else "stype", line["stype"])
    estimate = mean(of.design, of.choosing(line["variable"], line["category"]), domain)
    # R takes the degrees of freedom of the whole domain here, also for variables with gaps
    return replace(estimate, degrees_of_freedom=of.design.degrees_of_freedom(domain))


SUPPORTED = [line for line in read_table("svyciprop.csv") if line["method"] in KINDS and line["estimate"] != "NA"]
# shares of 0 and 1 and standard errors of nothing have rules of our own, tested in test_edges.py
INNER = [
    line
    for line in SUPPORTED
    if 1e-9 < float(line["estimate"]) < 1 - 1e-9 and not (line["se"] != "NaN" and float(line["se"]) < 1e-10)
]


@pytest.mark.parametrize("line", SUPPORTED)
def test_share_and_its_standard_error_are_those_of_r(line: dict[str, str]) -> None:
    # "logit" in R stops its iterations about 3e-9 before the share; the other methods take the share itself
    near = 5e-9 if line["method"] == "logit" else 1e-9
    estimate = estimate_of(line)
    assert estimate.value == pytest.approx(float(line["estimate"]), abs=near)
    if line["se"] not in NONE:
        assert estimate.standard_error == pytest.approx(float(line["se"]), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("line", INNER)
def test_interval_of_a_share_is_that_of_r(line: dict[str, str]) -> None:
    interval = interval_of_share(estimate_of(line), of_kind(line["method"]))
    assert interval is not None
    for bound, expected in ((interval.lower, line["lower"]), (interval.upper, line["upper"])):
        if expected not in NONE:
            assert bound == pytest.approx(float(expected), rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("line", read_table("binomial_ci.csv"))
def test_binomial_intervals_are_those_of_r(line: dict[str, str]) -> None:
    choosing, base = int(line["x"]), int(line["n"])
    given = {
        "wilson": wilson(choosing / base, base),
        "wilson_cc": wilson_corrected(choosing, base),
        "cp": clopper_pearson(choosing, base),
        "jeffreys": jeffreys(choosing, base),
    }
    expected = {name: Interval(float(line[f"{name}_lo"]), float(line[f"{name}_hi"])) for name in given}
    for name, interval in given.items():
        assert (interval.lower, interval.upper) == pytest.approx(
            (expected[name].lower, expected[name].upper), abs=1e-12
        )


ROUTED = read_table("multiselect_routing_input.csv")


@pytest.mark.parametrize("line", read_table("multiselect_routing.csv"))
def test_a_routed_multi_select_question_is_that_of_r(line: dict[str, str]) -> None:
    # not asked and unanswered leave the base and stay in the design
    words = {column: [record[column] for record in ROUTED] for column in ROUTED[0]}
    populations = [numbers(words["fpc"])]
    design = declare(len(ROUTED), weights=numbers(words["pw"]), strata=[words["stype"]], populations=populations)
    group = np.array([line["group"] in ("all", word) for word in words["stype"]])
    chosen = numbers(words[line["option"]])
    estimate = mean(design, chosen, group)
    logit, beta = interval_of_share(estimate, "logit"), interval_of_share(estimate, "beta")
    assert logit is not None
    assert beta is not None
    asked = int((group & np.array([word == "TRUE" for word in words["asked"]])).sum())
    chose = int(np.nansum(chosen[group]))
    assert (asked, estimate.base, chose, estimate.degrees_of_freedom) == tuple(
        int(line[name]) for name in ("n_asked", "n_answered", "n_selected", "df")
    )
    numbers_given = (
        chose / estimate.base,
        estimate.value,
        estimate.standard_error,
        *bounds(logit),
        *bounds(beta),
    )
    names = ("share", "wshare", "se", "logit_lo", "logit_hi", "kg_lo", "kg_hi")
    assert numbers_given == pytest.approx(tuple(float(line[name]) for name in names), rel=1e-7)


def bounds(interval: Interval) -> tuple[float, float]:
    return interval.lower, interval.upper
