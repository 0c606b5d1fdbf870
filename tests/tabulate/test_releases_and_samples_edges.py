"""Edges of disclosure rules and of sampling that mutation testing found untested."""

from __future__ import annotations

import numpy as np
import pytest

from cityfolio.model.edition import Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.variable import Kind
from cityfolio.tabulate.disclosure.auditing import PossibleCount
from cityfolio.tabulate.disclosure.crowd import Column
from cityfolio.tabulate.disclosure.releasing import released
from cityfolio.tabulate.disclosure.rules import DisclosureRule
from cityfolio.tabulate.disclosure.withholding import Withheld
from cityfolio.tabulate.sampling.calibration import calibrate
from cityfolio.tabulate.sampling.design import declare
from cityfolio.tabulate.sampling.multiplicity import adjusted
from cityfolio.tabulate.sampling.quantiles import quantile
from cityfolio.tabulate.sampling.raking import Margin, RakingDivergedError, rake
from tests.tabulate.surveys import choice

RULE = DisclosureRule(minimum_base=5, minimum_numerator=3, minimum_rest=3)


@pytest.mark.parametrize(
    ("numerator", "base", "hidden"),
    [
        (0, 20, False),
        (1, 20, True),
        (2, 20, True),
        (3, 20, False),
        (17, 20, False),
        (18, 20, True),
        (19, 20, True),
        (20, 20, False),
        (0, 0, False),
        (0, 4, True),
        (0, 5, False),
        (5, 5, False),
    ],
)
def test_one_unit_alone_is_hidden_and_nobody_and_everybody_are_not(numerator: int, base: int, hidden: bool) -> None:
    assert RULE.hides_count(numerator, base) is hidden


@pytest.mark.parametrize("minima", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_no_minimum_may_be_negative(minima: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        DisclosureRule(*minima)


def test_a_count_is_protected_by_enough_others() -> None:
    given = [PossibleCount(2, 3), PossibleCount(2, 4), PossibleCount(3, 3)]
    assert [count.is_wide(2) for count in given] == [False, True, False]


def test_what_is_withheld_keeps_its_key_and_address_and_facts_about_other_questions_are_left_alone() -> None:
    north = Group("region", "north")
    goals = choice("goals", {"yes": ["2018"], "no": ["2018"]}, Kind.SINGLE, waves=["2018"])

    def fact(variable: str, edition: str = "2018") -> Fact:
        return Fact(FactKey(edition, variable, "yes", north, "share"), 1, Base(9), 1 / 9, url="https://example.org")

    withheld = {"goals": Withheld({"yes": {Column("2018", north): "minimum_numerator"}})}
    given = [fact("goals"), fact("people"), fact("goals", "1999")]
    hidden = Fact(given[0].key, None, None, None, url="https://example.org", withheld="minimum_numerator")
    assert list(released(given, {"goals": goals}, withheld, RULE)) == [hidden, *given[1:]]


def test_a_quantile_of_a_domain_looks_at_its_records_alone() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 50.0, 60.0, 70.0])
    inside = np.array([True, True, True, True, False, False, False])
    found = quantile(declare(7), values, 0.5, inside)
    assert (found.value, found.base, found.degrees_of_freedom) == (2.0, 4, 3)
    ends = [quantile(declare(7), values, share, inside).value for share in (0.0, 0.25, 1.0)]
    assert ends == [1.0, 1.0, 4.0]
    for share in (-0.01, 1.01, 2.0):
        with pytest.raises(ValueError, match=f"between 0 and 1, not {share}"):
            quantile(declare(7), values, share)


@pytest.mark.parametrize("wrong", [-0.01, 1.01, 2.0, float("nan")])
def test_p_values_outside_0_to_1_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match=r"^p-values lie between 0 and 1"):
        adjusted(np.array([0.5, wrong]), "holm")


def test_whole_numbers_for_p_values_are_adjusted_like_others() -> None:
    assert adjusted(np.array([0, 1, 1]), "BH").tolist() == [0.0, 1.0, 1.0]


def test_auxiliary_columns_with_gaps_or_that_follow_from_others_are_refused() -> None:
    for column, words in (
        ([1.0, np.nan, 3.0], r"^every record needs"),
        ([2.0, 2.0, 2.0], r"^an auxiliary column follows"),
    ):
        with pytest.raises(ValueError, match=words):
            calibrate(declare(3), np.column_stack([np.ones(3), column]), np.array([30.0, 126.0]))


def test_raking_meets_both_margins_and_says_after_how_many_rounds_it_gave_up() -> None:
    rows, columns = [("f",), ("f",), ("m",), ("m",)], [("old",), ("young",), ("old",), ("young",)]
    design = declare(4, weights=np.array([1.0, 2.0, 3.0, 8.0]))
    sex, age = Margin(rows, {("f",): 60, ("m",): 40}), Margin(columns, {("old",): 30, ("young",): 70})
    weights = rake(design, [sex, age]).weights
    assert [weights[:2].sum(), weights[2:].sum(), weights[::2].sum()] == pytest.approx([60, 40, 30], rel=1e-9)
    # Raking keeps the odds ratio of the weights that it starts from.
    assert weights[0] * weights[3] / (weights[1] * weights[2]) == pytest.approx(4 / 3, rel=1e-9)
    against = Margin(columns, {("old",): 30, ("young",): 170})
    with pytest.raises(RakingDivergedError, match=r"^after 7 rounds the margins are not met"):
        rake(design, [sex, against], rounds=7)
