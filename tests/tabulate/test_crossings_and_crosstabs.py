from __future__ import annotations

import pytest
from hypothesis import given
from scipy.stats import chi2_contingency

from cityfolio.engine.plain import PlainEngine
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import ALL, Group
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind
from cityfolio.tabulate.crossings import by_answer, crossed
from cityfolio.tabulate.crosstabs import ChiSquare, Crosstab, Drawn, NoTest, association, pair_patterns
from cityfolio.tabulate.groups import roll_up
from cityfolio.tabulate.shares import category_shares
from tests.tabulate.surveys import POOLED, WAVES, MadeUp, choice, surveys

STRATEGY = choice("strategy", {"yes": WAVES, "no": WAVES}, Kind.SINGLE)
FUNDS = choice("funds", {"own": WAVES, "lottery": ["2020"]})

SAID = [
    ("delft", "2018", "yes", ["own"]),
    ("genoa", "2018", "no", []),
    ("porto", "2020", "yes", ["own", "lottery"]),
    ("turku", "2020", "yes", ["lottery"]),
    ("varna", "2020", "no", ["own"]),
]


def answers() -> CodedAnswers:
    responses = tuple(
        Response(
            unit,
            wave,
            {
                "strategy": Answer(STRATEGY.bits[strategy], (strategy,)),
                "funds": Answer(sum(FUNDS.bits[code] for code in funds), tuple(funds)),
            },
        )
        for unit, wave, strategy, funds in SAID
    )
    units = {unit: Unit(unit, unit, unit) for unit, *_ in SAID}
    return CodedAnswers(units, {"strategy": STRATEGY, "funds": FUNDS}, WAVES, responses)


def table() -> Crosstab:
    return Crosstab(STRATEGY, FUNDS, pair_patterns(answers(), POOLED, "strategy", "funds"))


def test_row_column_and_total_shares_each_have_their_base() -> None:
    facts = {(f.key.group.key, f.key.category, f.key.measure): (f.numerator, f.base.counted if f.base else 0)
             for f in table().facts("2018-2020")}  # fmt: skip
    assert facts == {
        ("yes", "own", "share_of_row"): (2, 3),
        ("yes", "own", "share_of_column"): (2, 3),
        ("yes", "own", "share_of_total"): (2, 5),
        ("yes", "lottery", "share_of_row"): (2, 2),
        ("yes", "lottery", "share_of_column"): (2, 2),
        ("yes", "lottery", "share_of_total"): (2, 3),
        ("no", "own", "share_of_row"): (1, 2),
        ("no", "own", "share_of_column"): (1, 3),
        ("no", "own", "share_of_total"): (1, 5),
        ("no", "lottery", "share_of_row"): (0, 1),
        ("no", "lottery", "share_of_column"): (0, 2),
        ("no", "lottery", "share_of_total"): (0, 3),
    }


def test_answers_as_groups_give_the_row_shares_of_the_crosstab() -> None:
    held = answers()
    groups = by_answer(held, {}, [STRATEGY])
    rolled = roll_up(PlainEngine(held, groups).count(POOLED, ["funds"], ["strategy"])["funds"])
    shares = {
        (group.key, fact.key.category): (fact.numerator, fact.base.counted if fact.base else 0)
        for group, patterns in rolled.items()
        if group != ALL
        for fact in category_shares(FUNDS, POOLED.id, group, patterns)
    }
    rows = {
        (f.key.group.key, f.key.category): (f.numerator, f.base.counted if f.base else 0)
        for f in table().facts("2018-2020")
        if f.key.measure == "share_of_row"
    }
    assert shares == rows


def test_answers_that_overlap_make_no_groups_and_no_rows() -> None:
    with pytest.raises(ValueError, match="single choice"):
        by_answer(answers(), {}, [FUNDS])
    with pytest.raises(ValueError, match="single choice"):
        Crosstab(FUNDS, STRATEGY, {})


def test_a_census_of_a_fixed_list_has_no_test_of_association_and_says_why() -> None:
    assert association(table(), Drawn.WHOLE_LIST) is NoTest.WHOLE_LIST
    assert association(table(), Drawn.SIMPLE_RANDOM_SAMPLE) is NoTest.NOT_EXCLUSIVE
    alone = Crosstab(STRATEGY, STRATEGY, {"2018": {(1, 1): 5}})
    assert association(alone, Drawn.SIMPLE_RANDOM_SAMPLE) is NoTest.TOO_FEW_CATEGORIES


def test_the_test_of_association_agrees_with_scipy() -> None:
    size = choice("size", {"small": WAVES, "large": WAVES, "huge": WAVES}, Kind.SINGLE)
    counts = [[20, 15, 3], [10, 25, 8]]
    pairs = {(1 << r, 1 << c): counts[r][c] for r in range(2) for c in range(3)}
    found = association(Crosstab(STRATEGY, size, {"2018": pairs}), Drawn.SIMPLE_RANDOM_SAMPLE)
    expected = chi2_contingency(counts, correction=False)
    assert isinstance(found, ChiSquare)
    assert (found.statistic, found.p_value) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-12)
    assert found.degrees_of_freedom == 2
    assert found.smallest_expected == pytest.approx(expected.expected_freq.min())


@given(surveys())
def test_crossings_add_up_to_their_groups(made: MadeUp) -> None:
    groups = {
        place: (*held, Group("name", "even" if int(place[0][-1]) % 2 == 0 else "odd"))
        for place, held in made.groups.items()
    }
    crossings = {place: (*held, *([crossed(held)] if len(held) > 1 else [])) for place, held in groups.items()}
    kinds = ["region", "name", "name*region"]
    rolled = roll_up(PlainEngine(made.answers, crossings).count(POOLED, ["goals"], kinds)["goals"])
    for region in ("north", "south"):
        whole = Group("region", region)
        parts = [rolled.get(crossed([whole, Group("name", key)]), {}) for key in ("even", "odd")]
        for wave in WAVES:
            numbers = [sum(part.get(wave, {}).values()) for part in parts]
            assert sum(numbers) == sum(rolled.get(whole, {}).get(wave, {}).values())


def test_a_kind_is_not_crossed_with_itself() -> None:
    with pytest.raises(ValueError, match="different kinds"):
        crossed([Group("size", "small"), Group("size", "large")])
