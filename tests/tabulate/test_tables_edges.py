"""Edges of tables and weighted shares: whole records, and estimates set against the textbook's formulas."""

from __future__ import annotations

from dataclasses import asdict
from math import exp, log, sqrt

import numpy as np
import pytest
from scipy import stats

from cityfolio.model.answer import Answer, Response
from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.tabulate.sampling.association import rao_scott
from cityfolio.tabulate.sampling.design import declare
from cityfolio.tabulate.table import Association, Table, TableRow, WeightedEstimate
from cityfolio.tabulate.weighted import association, weighted_estimates
from tests.tabulate.surveys import WAVES

NORTH, SOUTH = Group("region", "north"), Group("region", "south")
ESTIMATE = WeightedEstimate(0.5, 0.1, 0.3, 0.7, 1.25, 9.0)
SHARE = Fact(
    FactKey("2018", "plan", "yes", NORTH, "share"), 3, Base(4, {Missing.REFUSED: 2, Missing.NOT_ASKED: 1}), 0.75
)
PRINTED = Fact(FactKey("2018", "plan", "no", ALL, "share", "published"), None, None, 0.25)
REASONS = {reason.value: 0 for reason in Missing}
SHOWN = {
    "fact": "2018.plan.yes.region:north.share",
    "edition": "2018",
    "variable": "plan",
    "group": "region:north",
    "group_label": "The North",
    "category": "yes",
    "category_label": "Yes",
    "numerator": 3,
    "base": 4,
    "value": 0.75,
    **REASONS,
    "refused": 2,
    "not_asked": 1,
}
SHOWN_PRINTED = {
    "fact": "published.2018.plan.no.all.share",
    "edition": "2018",
    "variable": "plan",
    "group": "all",
    "group_label": "All",
    "category": "no",
    "category_label": "No",
    "numerator": None,
    "base": None,
    "value": 0.25,
    **REASONS,
}
WEIGHED = {"weighted_share": 0.5, "se": 0.1, "lower": 0.3, "upper": 0.7, "deff": 1.25, "df": 9.0}


def table(estimate: WeightedEstimate | None) -> Table:
    rows = (TableRow(SHARE, "The North", "Yes", estimate), TableRow(PRINTED, "All", "No"))
    return Table("plan", "Plan", "2018", rows)


def test_a_record_holds_labels_numbers_and_who_was_left_out() -> None:
    assert list(table(None).records()) == [SHOWN, SHOWN_PRINTED]
    assert table(None).facts() == (SHARE, PRINTED)


def test_records_of_a_weighted_table_all_have_the_columns_of_weights() -> None:
    weighed = [SHOWN | WEIGHED, SHOWN_PRINTED | dict.fromkeys(WEIGHED)]
    assert list(table(ESTIMATE).records()) == weighed
    assert list(table(ESTIMATE).records())[1].keys() == weighed[0].keys()


def test_arrow_pandas_and_polars_hold_the_same_records() -> None:
    shown = list(table(ESTIMATE).records())
    assert table(ESTIMATE).to_arrow().to_pylist() == shown
    assert table(ESTIMATE).to_polars().to_dicts() == shown
    frame = table(ESTIMATE).to_pandas()
    assert (list(frame.columns), list(frame["fact"]), list(frame["df"].dropna())) == (
        list(shown[0]),
        [record["fact"] for record in shown],
        [9.0],
    )


def test_a_gap_that_polars_meets_late_changes_no_type() -> None:
    rows = (*(TableRow(PRINTED, "All", "No") for _ in range(150)), TableRow(SHARE, "The North", "Yes", ESTIMATE))
    found = Table("plan", "Plan", "2018", rows).to_polars()
    assert (found["base"].to_list()[-1], found["deff"].to_list()[-1]) == (4, 1.25)


def test_a_fixed_list_has_no_test_and_says_so() -> None:
    assert Association.of_a_list() == Association(
        None, None, None, "No test: these are all units of a fixed list, so no chance of sampling is in it."
    )


PLAN = Variable(
    "plan",
    Kind.SINGLE,
    "Plan",
    WAVES,
    (Category("yes", "Yes", WAVES), Category("no", "No", WAVES), Category("soon", "Soon", ("2020",))),
)
SAID = {
    ("a", "2018"): ("yes", 1.0, (NORTH,)),
    ("b", "2018"): ("no", 2.0, (NORTH,)),
    ("c", "2020"): ("soon", 3.0, (SOUTH,)),
    ("d", "2020"): ("yes", 4.0, (NORTH,)),
    ("e", "2020"): ("", 1.0, (SOUTH,)),
    ("f", "2020"): ("no", None, ()),
    ("g", "2020"): ("no", 2.0, (SOUTH,)),
}
WEIGHTS = [weight for _, weight, _ in SAID.values()]
GROUPS = {place: groups for place, (_, _, groups) in SAID.items()}


def answer_with(code: str) -> Answer:
    return Answer(PLAN.bits[code], (code,)) if code else Answer.without(Missing.REFUSED)


RESPONSES = [Response(*place, {"plan": answer_with(code)}) for place, (code, _, _) in SAID.items()]


def by_hand(chosen: list[float], others: list[float], responses: int) -> dict[str, float]:
    """Särndal, Swensson and Wretman (1992), section 5.7: the linearised share of a domain; interval on the logit."""
    base, weight = len(chosen) + len(others), sum(chosen) + sum(others)
    share = sum(chosen) / weight
    residuals = [w * (1 - share) / weight for w in chosen] + [-w * share / weight for w in others]
    error = sqrt(responses / (responses - 1) * sum(residual**2 for residual in residuals))
    reach = float(stats.t.ppf(0.975, base - 1)) * error / (share * (1 - share))
    ends = [1 / (1 + exp(-(log(share / (1 - share)) + side * reach))) for side in (-1, 1)]
    simple = share * (1 - share) / (base - 1) * (1 - base / weight)
    return {
        "value": share,
        "standard_error": error,
        "lower": ends[0],
        "upper": ends[1],
        "design_effect": error**2 / simple,
        "degrees_of_freedom": base - 1,
    }


def test_weighted_shares_are_those_of_the_textbook_in_all_and_in_each_group() -> None:
    found = weighted_estimates(PLAN, RESPONSES, WEIGHTS, GROUPS)
    # Seven responses are drawn: one gave no answer, one carries no weight; "soon" was not offered in 2018.
    expected = {
        (ALL, "yes"): by_hand([1, 4], [2, 3, 2], 7),
        (ALL, "no"): by_hand([2, 2], [1, 3, 4], 7),
        (ALL, "soon"): by_hand([3], [4, 2], 7),
        (NORTH, "yes"): by_hand([1, 4], [2], 7),
        (NORTH, "no"): by_hand([2], [1, 4], 7),
        (SOUTH, "no"): by_hand([2], [3], 7),
        (SOUTH, "soon"): by_hand([3], [2], 7),
    }
    for cell, numbers in expected.items():
        assert asdict(found[cell]) == pytest.approx(numbers, rel=1e-9, abs=1e-12)
    certain = {cell: found[cell].value for cell in found.keys() - expected.keys()}
    assert certain == {(NORTH, "soon"): 0.0, (SOUTH, "yes"): 0.0}
    assert found[NORTH, "soon"] == WeightedEstimate(0.0, 0.0, None, None, None, 0)


def test_a_group_in_which_nobody_with_a_weight_answered_has_no_estimate() -> None:
    groups = {**GROUPS, ("e", "2020"): (Group("region", "west"),), ("f", "2020"): (Group("region", "far"),)}
    found = weighted_estimates(PLAN, RESPONSES, WEIGHTS, groups)
    assert {group.key for group, _ in found} == {"", "north", "south"}


def test_the_test_counts_who_answered_and_has_a_group() -> None:
    groups = {**GROUPS, ("d", "2020"): (SOUTH,), ("g", "2020"): (NORTH,)}
    rows = ["yes", "no", "soon", "yes", "", "no", "no"]
    columns = ["north", "north", "south", "south", "south", "", "north"]
    kept = np.array([True, True, True, True, False, False, True])
    design = declare(7, weights=np.array([1.0, 2.0, 3.0, 4.0, 1.0, 0.0, 2.0]))
    expected = rao_scott(design, rows, columns, kept)
    assert association(PLAN, RESPONSES, WEIGHTS, groups) == Association(
        expected.statistic,
        (expected.numerator, expected.denominator),
        expected.p_value,
        "Rao-Scott test with second-order correction (F).",
    )


def test_without_two_answers_and_two_groups_there_is_no_test_and_it_says_so() -> None:
    few = Association(None, None, None, "No test: there are fewer than two answers or groups to compare.")
    assert association(PLAN, RESPONSES, WEIGHTS, dict.fromkeys(GROUPS, (NORTH,))) == few
    alike = [Response(r.unit, r.wave, {"plan": answer_with("yes")}) for r in RESPONSES]
    assert association(PLAN, alike, WEIGHTS, GROUPS) == few
    two = association(PLAN, [r for r in RESPONSES if r.unit in "abdg"], [1.0, 1.0, 1.0, 1.0], GROUPS)
    assert two.degrees_of_freedom is not None


def test_answers_that_overlap_have_no_test_and_it_says_so() -> None:
    several = [*RESPONSES, Response("h", "2020", {"plan": Answer(3, ("yes", "no"))})]
    overlap = "No test: units can give several answers, so the rows of the table overlap."
    groups = {**GROUPS, ("h", "2020"): (NORTH,)}
    assert association(PLAN, several, [*WEIGHTS, 1.0], groups) == Association(None, None, None, overlap)
