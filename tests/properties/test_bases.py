"""The laws of bases and shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing

from .answers import EDITIONS, Made, made_answers

GROUPS = (ALL, Group("kind", "x"), Group("kind", "y"))
EDITION_IDS = st.sampled_from(sorted(EDITIONS))


@given(made_answers(), EDITION_IDS)
def test_a_numerator_is_part_of_its_base_and_the_share_is_their_quotient(made: Made, edition: str) -> None:
    for fact in made.facts(edition):
        if fact.key.measure in ("share", "own_words"):
            assert fact.numerator is not None
            assert fact.base is not None
            assert 0 <= fact.numerator <= fact.base.counted
            assert fact.value == fact.numerator / fact.base.counted
            assert 0 <= fact.value <= 1


@given(made_answers(), EDITION_IDS)
def test_every_unit_of_the_group_is_in_the_base_or_left_out_for_one_reason(made: Made, edition: str) -> None:
    for fact in made.facts(edition):
        assert fact.base is not None
        assert fact.base.units == len(made.members(edition, fact.key.group))


@given(made_answers(), EDITION_IDS)
def test_shares_are_those_of_counting_one_by_one(made: Made, edition: str) -> None:
    found = {(f.key.category, f.key.group): f for f in made.facts(edition) if f.key.measure == "share"}
    for group in GROUPS:
        members = made.members(edition, group)
        for category in made.variable.categories:
            reasons: dict[Missing, int] = {}
            chose = counted = 0
            for response in members:
                reason = response.answers["q"].missing
                if response.wave not in made.variable.waves:
                    reason = Missing.NOT_ASKED
                elif response.wave not in category.waves:
                    reason = Missing.NOT_OFFERED
                if reason is None:
                    counted += 1
                    chose += category.code in response.answers["q"].codes
                else:
                    reasons[reason] = reasons.get(reason, 0) + 1
            fact = found.get((category.code, group))
            if counted == 0:
                assert fact is None
            else:
                assert fact is not None
                assert (fact.numerator, fact.base) == (chose, Base(counted, reasons))


@given(made_answers(), EDITION_IDS)
def test_there_is_one_fact_for_each_key(made: Made, edition: str) -> None:
    keys = [fact.key for fact in made.facts(edition)]
    assert len(keys) == len(set(keys))
    assert len({fact.id for fact in made.facts(edition)}) == len(keys)


@given(made_answers(), EDITION_IDS)
def test_ranks_follow_the_shares_and_ties_share_the_better_rank(made: Made, edition: str) -> None:
    facts = made.facts(edition)
    shares = {f.key.category: f.value for f in facts if f.key.measure == "share" and f.key.group == ALL}
    for fact in facts:
        if fact.key.measure == "rank":
            own = shares[fact.key.category]
            assert own is not None
            assert fact.value == 1 + sum(other is not None and other > own for other in shares.values())


def test_zero_missing_and_an_empty_base_are_three_things() -> None:
    key = FactKey("2020", "q", "a", ALL, "share")
    nobody_chose_it = Fact(key, 0, Base(4, {Missing.NOT_ON_RECORD: 1}), 0.0)
    assert (nobody_chose_it.per_cent, nobody_chose_it.base and nobody_chose_it.base.is_empty) == (0, False)
    assert Base(0, {Missing.NOT_ON_RECORD: 5}).is_empty
    with pytest.raises(ValueError, match="base above 0"):
        _ = Fact(key, 0, Base(0), None).per_cent
    with pytest.raises(ValueError, match="no numerator and base"):
        _ = Fact(key, None, None, 0.5).per_cent


@given(st.integers(-3, 10), st.integers(0, 9))
def test_a_fact_cannot_have_more_in_its_numerator_than_in_its_base(numerator: int, base: int) -> None:
    key = FactKey("2020", "q", "a", ALL, "share")
    if 0 <= numerator <= base:
        assert Fact(key, numerator, Base(base), None).numerator == numerator
    else:
        with pytest.raises(ValueError, match="outside its base"):
            Fact(key, numerator, Base(base), None)


def test_missing_reasons_have_one_order() -> None:
    assert [reason.value for reason in Missing] == [
        "not_asked",
        "not_offered",
        "routed_past",
        "refused",
        "dont_know",
        "not_on_record",
        "unanswered",
        "in_words",
    ]
    assert [Missing.of_pattern(reason.pattern) for reason in Missing] == list(Missing)
