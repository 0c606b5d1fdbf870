"""Means, shares, totals, ratios and domains as R's survey package gives them (survey_means.csv)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from cityfolio.tabulate.sampling.estimates import Estimate, mean, ratio, total
from cityfolio.tabulate.sampling.intervals import interval_of_mean
from cityfolio.tabulate.sampling.replication import (
    Replicates,
    jackknife,
    replicate_mean,
    replicate_ratio,
    replicate_total,
)

from .api_samples import Sample, read_table, sample

JACKKNIVES = {"strat_jkn": "strat", "clus1_jk1": "clus1"}
LINES = [line for line in read_table("survey_means.csv") if line["design"] not in JACKKNIVES]
REPLICATED = [line for line in read_table("survey_means.csv") if line["design"] in JACKKNIVES]


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def named(lines: list[dict[str, str]]) -> list[str]:
    return [
        "-".join(line[k] for k in ("design", "domain", "level", "estimator", "variable", "category")) for line in lines
    ]


def estimate_of(line: dict[str, str], of: Sample) -> Estimate:
    domain = of.domain(line["domain"], line["level"])
    if line["estimator"] == "ratio":
        return ratio(of.design, of.numbers("api.stu"), of.numbers("enroll"), domain)
    variable, category = line["variable"], line["category"]
    values = of.choosing(variable, category) if category else of.numbers(variable)
    return (mean if line["estimator"] == "mean" else total)(of.design, values, domain)


@pytest.mark.parametrize("line", LINES, ids=named(LINES))
def test_estimate_and_standard_error_are_those_of_r(line: dict[str, str]) -> None:
    of = sample(line["design"])
    estimate = estimate_of(line, of)
    assert (estimate.value, estimate.standard_error) == (
        close(float(line["estimate"])),
        close(float(line["se"])),
    )


@pytest.mark.parametrize("line", [line for line in LINES if line["df"] != "NA"])
def test_degrees_of_freedom_of_a_domain_are_those_of_r(line: dict[str, str]) -> None:
    of = sample(line["design"])
    assert of.design.degrees_of_freedom(of.domain(line["domain"], line["level"])) == int(line["df"])


@pytest.mark.parametrize("line", [line for line in LINES if line["lower"] != "NA"])
def test_interval_of_a_mean_is_that_of_r(line: dict[str, str]) -> None:
    of = sample(line["design"])
    # R takes the degrees of freedom of the whole file here, also for variables with gaps
    interval = interval_of_mean(replace(estimate_of(line, of), degrees_of_freedom=int(line["df"])))
    assert interval is not None
    assert (interval.lower, interval.upper) == (close(float(line["lower"])), close(float(line["upper"])))


# R gives no design effect where a variable has gaps
@pytest.mark.parametrize("line", [line for line in LINES if line["deff"] not in ("NA", "NaN")])
def test_design_effect_is_that_of_r(line: dict[str, str]) -> None:
    assert estimate_of(line, sample(line["design"])).design_effect == close(float(line["deff"]))


@cache
def replicates_of(name: str) -> Replicates:
    return jackknife(sample(JACKKNIVES[name]).design)


@pytest.mark.parametrize("line", REPLICATED, ids=named(REPLICATED))
def test_jackknife_is_that_of_r(line: dict[str, str]) -> None:
    of, replicates = sample(JACKKNIVES[line["design"]]), replicates_of(line["design"])
    domain = of.domain(line["domain"], line["level"])
    if line["estimator"] == "ratio":
        estimate = replicate_ratio(replicates, of.numbers("api.stu"), of.numbers("enroll"), domain)
    else:
        category = line["category"]
        values = of.choosing(line["variable"], category) if category else of.numbers(line["variable"])
        calculate: Callable[..., Estimate] = replicate_mean if line["estimator"] == "mean" else replicate_total
        estimate = calculate(replicates, values, domain)
    assert (estimate.value, estimate.standard_error) == (
        close(float(line["estimate"])),
        close(float(line["se"])),
    )
    if line["df"] != "NA":
        assert replicates.degrees_of_freedom(domain) == int(line["df"])
