from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.harmonise.editions import Held
from cityfolio.model.answer import Answer
from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, Fact
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.ranked import first_and_top, mean_ranks, ranking_pattern, ranks_of
from cityfolio.tabulate.scales import Scale, scale_facts
from cityfolio.tabulate.texts import Words, words_listed
from tests.tabulate.surveys import WAVES, choice

GOALS = choice("goals", {"roads": WAVES, "rents": WAVES, "rain": ["2020"]}, Kind.RANKED)


def shown(facts: list[Fact]) -> dict[tuple[str, str], tuple[int | None, int, float | None]]:
    return {(f.key.category, f.key.measure): (f.numerator, f.base.counted if f.base else 0, f.value) for f in facts}


def ranking(**ranks: int) -> int:
    return ranking_pattern(GOALS, ranks)


RANKINGS = {
    "2018": {ranking(roads=1, rents=2): 2, Missing.UNANSWERED.pattern: 1},
    "2020": {ranking(rain=1, roads=1, rents=3): 1, ranking(rain=2, rents=1): 1},
}


def test_first_choices_and_the_best_two_count_those_who_could_rank_the_category() -> None:
    facts = shown(list(first_and_top(GOALS, "2018-2020", ALL, RANKINGS, top=2)))
    assert facts == {
        ("roads", "share_first"): (3, 4, 0.75),
        ("roads", "share_top_2"): (3, 4, 0.75),
        ("roads", "share_ranked"): (3, 4, 0.75),
        ("rents", "share_first"): (1, 4, 0.25),
        ("rents", "share_top_2"): (3, 4, 0.75),
        ("rents", "share_ranked"): (4, 4, 1.0),
        ("rain", "share_first"): (1, 2, 0.5),
        ("rain", "share_top_2"): (2, 2, 1.0),
        ("rain", "share_ranked"): (2, 2, 1.0),
    }


def test_the_mean_rank_counts_only_who_ranked_the_category() -> None:
    facts = shown(list(mean_ranks(GOALS, "2018-2020", ALL, RANKINGS)))
    assert facts == {
        ("roads", "mean_rank"): (None, 3, 1.0),
        ("rents", "mean_rank"): (None, 4, 2.0),
        ("rain", "mean_rank"): (None, 2, 1.5),
    }


def test_a_rank_outside_the_list_is_refused() -> None:
    for rank in (0, 4):
        with pytest.raises(ValueError, match="rank"):
            ranking(roads=rank)
    with pytest.raises(ValueError, match="missing reason"):
        ranks_of(GOALS, Missing.REFUSED.pattern)


@given(st.dictionaries(st.integers(0, 69), st.integers(1, 70)))
def test_a_ranking_of_seventy_categories_comes_back_as_it_was_given(given_ranks: dict[int, int]) -> None:
    many = choice("many", {f"c{n}": WAVES for n in range(70)}, Kind.RANKED)
    ranks = {f"c{n}": rank for n, rank in given_ranks.items()}
    assert ranks_of(many, ranking_pattern(many, ranks)) == ranks


TRUST = choice("trust", {"low": WAVES, "some": WAVES, "high": WAVES, "full": ["2020"], "varies": WAVES}, Kind.SINGLE)
SCORES = {code: Fraction(score) for score, code in enumerate(("low", "some", "high", "full"), 1)}


def pattern(code: str) -> int:
    return TRUST.bits[code]


def test_boxes_count_all_answers_and_the_mean_only_those_with_a_score() -> None:
    patterns = {"2020": {pattern("low"): 1, pattern("high"): 2, pattern("full"): 2, pattern("varies"): 5, -7: 9}}
    facts = list(scale_facts(TRUST, Scale(SCORES, boxes=1), "2020", ALL, patterns))
    assert shown(facts) == {
        ("", "share_top_box"): (2, 10, 0.2),
        ("", "share_bottom_box"): (1, 10, 0.1),
        ("", "mean_score"): (None, 5, 3.0),
    }
    assert facts[0].base == Base(10, {Missing.UNANSWERED: 9})


def test_a_score_of_zero_counts_in_the_mean() -> None:
    # mysociety/caps: a score of 0 was read as "not marked"
    from_zero = Scale({code: score - 1 for code, score in SCORES.items()})
    facts = {
        f.key.measure: f
        for f in scale_facts(TRUST, from_zero, "2020", ALL, {"2020": {pattern("low"): 3, pattern("high"): 1}})
    }
    assert (facts["mean_score"].value, facts["mean_score"].base) == (0.5, Base(4))
    (nothing,) = [
        f
        for f in scale_facts(TRUST, from_zero, "2020", ALL, {"2020": {pattern("low"): 3}})
        if f.key.measure == "mean_score"
    ]
    assert (nothing.value, nothing.base) == (0.0, Base(3))


def test_a_wave_with_a_shorter_scale_leaves_the_base() -> None:
    patterns = {"2018": {pattern("high"): 50}, "2020": {pattern("full"): 1}}
    top, bottom, score = scale_facts(TRUST, Scale(SCORES), "2018-2020", ALL, patterns)
    assert top.base == Base(1, {Missing.NOT_OFFERED: 50})
    assert (bottom.value, score.value) == (0.0, 4.0)
    assert list(scale_facts(TRUST, Scale(SCORES), "2018", ALL, {"2018": {pattern("high"): 50}})) == []


def test_boxes_that_overlap_and_scores_that_tie_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Scale(SCORES, boxes=3)
    with pytest.raises(ValueError, match="score of its own"):
        Scale({"low": Fraction(1), "high": Fraction(1)}, boxes=1)


def test_own_words_stand_as_they_were_written_each_once() -> None:
    funds = Variable("funds", Kind.MULTIPLE, "Funds", WAVES, own_words=True)
    held = {
        "porto": Held("2020", Answer(1, own_words=("lottery", "EU funds"))),
        "delft": Held("2018", Answer(1, own_words=("Lottery",))),
        "genoa": Held("2018", Answer.without(Missing.REFUSED)),
    }
    assert words_listed(funds, held) == [
        Words("EU funds", (("porto", "2020"),)),
        Words("Lottery", (("delft", "2018"), ("porto", "2020"))),
    ]


def test_words_that_are_not_released_are_not_listed() -> None:
    for variable in (
        Variable("head", Kind.TEXT, "Head", WAVES, personal=True),
        Variable("notes", Kind.TEXT, "Notes", WAVES, released=False),
    ):
        with pytest.raises(ValueError, match="not released"):
            words_listed(variable, {})
