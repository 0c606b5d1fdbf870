"""The tables of the command, cell by cell, against R: half samples, gaps, few clusters, adjusted weights."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest

from cityfolio.cli.plain_tabulation import tabulate_file
from cityfolio.tabulate.sampling.plain_tabulation import COLUMNS, PlainTabulation

from .api_samples import ORACLES, read_table
from .tables import as_csv

HALF = {"strata": "stype", "fpc": "fpc"}
FEW = {"cluster": "dnum", "weights": "pw", "fpc": "fpc"}
TWO = {"cluster": "dnum,snum", "fpc": "fpc1,fpc2"}
NESTED = {"cluster": "town", "strata": "region", "weights": "w"}
POST = {**FEW, "poststratify": "types"}
RAKE = {**FEW, "rake": "types,wide"}

# case: file, then the command's arguments
CASES: Mapping[str, tuple[str, dict[str, str]]] = {
    **{
        f"half_strata_fpc_{kind}": (
            "half",
            {**HALF, "variable": "awards", "by": "sch.wide", "interval": kind},
        )
        for kind in ("logit", "beta", "mean", "asin", "xlogit")
    },
    "half_strata_fpc_enroll": ("half", {**HALF, "mean": "enroll", "by": "stype"}),
    "half_strata_fpc_enroll_all": ("half", {**HALF, "mean": "enroll"}),
    "half_strata_weights": (
        "half",
        {"strata": "stype", "weights": "pw", "variable": "comp.imp", "by": "stype"},
    ),
    "half_weights": ("half", {"weights": "pw", "variable": "stype", "by": "awards", "interval": "beta"}),
    **{
        f"few_clusters_{kind}": ("few", {**FEW, "variable": "yr.rnd", "by": "stype", "interval": kind})
        for kind in ("logit", "beta", "mean")
    },
    "few_clusters_side": ("few", {**FEW, "variable": "awards", "by": "side", "interval": "beta"}),
    "few_clusters_side_mean": ("few", {**FEW, "mean": "api00", "by": "side"}),
    "few_clusters_from_fpc": ("few", {"cluster": "dnum", "fpc": "fpc", "variable": "awards"}),
    "two_stages": ("two", {**TWO, "variable": "awards", "by": "stype"}),
    "two_stages_enroll": ("two", {**TWO, "mean": "enroll", "by": "awards"}),
    "two_stages_fractions": (
        "two",
        {"cluster": "dnum,within", "fpc": "f1,f2", "variable": "awards", "by": "stype"},
    ),
    "nested_strata": ("nested", {**NESTED, "variable": "yes", "by": "size"}),
    "nested_strata_fpc": ("nested", {**NESTED, "fpc": "towns", "variable": "yes", "interval": "beta"}),
    **{
        f"gaps_post_{kind}": ("gaps", {**POST, "variable": "awards", "by": "stype", "interval": kind})
        for kind in ("logit", "beta", "mean")
    },
    "gaps_post_cross": ("gaps", {**POST, "poststratify": "cross", "variable": "comp.imp", "by": "awards"}),
    **{
        f"gaps_rake_{kind}": ("gaps", {**RAKE, "variable": "awards", "by": "comp.imp", "interval": kind})
        for kind in ("logit", "beta", "mean")
    },
    "gaps_rake_api00": ("gaps", {**RAKE, "mean": "api00", "by": "stype"}),
    "gaps_post_then_rake": ("gaps", {**RAKE, "poststratify": "types", "variable": "both"}),
    "part_census": ("part", {"strata": "size", "fpc": "cities", "variable": "net"}),
    "part_census_by": (
        "part",
        {"strata": "size", "fpc": "cities", "variable": "net", "by": "size", "interval": "mean"},
    ),
}
LINES = read_table("edge_cases.csv")


def tabulated(file: str, arguments: Mapping[str, str]) -> PlainTabulation:
    rest = {name: value for name, value in arguments.items() if name not in ("poststratify", "rake")}
    post = arguments.get("poststratify")
    rake = arguments.get("rake", "")
    return tabulate_file(
        ORACLES / f"edge_input_{file}.csv",
        **rest,
        poststratify=ORACLES / f"edge_population_{post}.csv" if post else None,
        rake=[ORACLES / f"edge_population_{name}.csv" for name in rake.split(",") if name],
    )


def cell(text: str, near: float) -> object:
    """A number as one that is as near as that; what R leaves open as anything."""
    if text in ("NA", "NaN", "Inf", "-Inf"):
        return ANYTHING
    return pytest.approx(float(text), rel=near, abs=near)


class _Anything:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


ANYTHING = _Anything()


@pytest.mark.parametrize("case", CASES)
def test_the_table_is_that_of_r(case: str) -> None:
    given = list(csv.DictReader(io.StringIO(as_csv(tabulated(*CASES[case])))))
    expected = [line for line in LINES if line["case"] == case]
    assert [(line["group"], line["category"]) for line in given] == [
        (line["group"], line["category"]) for line in expected
    ]
    for ours, theirs in zip(given, expected, strict=True):
        for column in COLUMNS[2:]:
            ours_read = float(ours[column]) if ours[column] else None
            # the interval "logit" of R stops its iterations early
            wanted = cell(theirs[column], 1e-7 if column in ("lower", "upper") else 1e-9)
            assert (column, ours_read) == (column, wanted), (ours, theirs)


def test_every_case_of_the_file_is_compared() -> None:
    assert {line["case"] for line in LINES} == set(CASES)
