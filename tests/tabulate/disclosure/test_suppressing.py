from __future__ import annotations

from dataclasses import replace

import pytest

from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import PUBLISHED, Base, Fact, FactKey
from cityfolio.model.variable import Kind
from cityfolio.tabulate.base_rules import shares_by_rule
from cityfolio.tabulate.changes import WaveChange
from cityfolio.tabulate.disclosure import (
    SUPPRESSED,
    AdditiveTables,
    Cell,
    DisclosureRule,
    PossibleCount,
    Relation,
    audit,
    change_is_safe,
    possible_count,
    released,
    sensitive_cells,
    suppress,
    variable_tables,
)
from cityfolio.tabulate.groups import GroupPatterns
from cityfolio.tabulate.moves import State
from cityfolio.tabulate.rankings import rank_facts
from cityfolio.tabulate.shares import category_shares
from tests.tabulate.surveys import choice

RULE = DisclosureRule(minimum_base=5, minimum_numerator=3, minimum_rest=3)
EDITION = Edition("2018", ("2018",))
NORTH, SOUTH, WEST = (Group("region", key) for key in ("north", "south", "west"))
GOALS = choice("goals", {"yes": ["2018"], "no": ["2018"]}, Kind.SINGLE, waves=["2018"])

YES, NO = 1, 2
PATTERNS: GroupPatterns = {
    ALL: {"2018": {YES: 18, NO: 30}},
    NORTH: {"2018": {YES: 7, NO: 9}},
    SOUTH: {"2018": {YES: 2, NO: 10}},
    WEST: {"2018": {YES: 9, NO: 11}},
}


def facts() -> list[Fact]:
    found = []
    for group, patterns in PATTERNS.items():
        shares = list(category_shares(GOALS, "2018", group, patterns))
        found += [*shares, *rank_facts(shares)]
        found += [f for f in shares_by_rule(GOALS, "2018", group, patterns) if f.key.measure != "share"]
    return found


def shown(rule: DisclosureRule) -> set[tuple[str, str]]:
    """The groups and categories whose shares are released."""
    tables = variable_tables(GOALS, {EDITION: PATTERNS}, ("2018",))
    withheld = suppress(tables, sensitive_cells(tables, rule))
    after = released(facts(), withheld, {"goals": GOALS}, {"2018": EDITION})
    return {(f.key.group.key, f.key.category) for f in after if f.key.measure == "share" and f.note != SUPPRESSED}


def test_a_small_count_takes_its_complement_and_a_second_group_with_it() -> None:
    assert shown(RULE) == {("", "yes"), ("", "no"), ("west", "yes"), ("west", "no")}


def test_nothing_is_withheld_where_no_count_is_small() -> None:
    assert len(shown(DisclosureRule(5, 2, 2))) == 8


def test_every_measure_of_a_withheld_count_goes_and_ranks_of_its_group_too() -> None:
    tables = variable_tables(GOALS, {EDITION: PATTERNS}, ("2018",))
    withheld = suppress(tables, sensitive_cells(tables, RULE))
    after = list(released(facts(), withheld, {"goals": GOALS}, {"2018": EDITION}))
    south = [fact for fact in after if fact.key.group == SOUTH]
    assert {fact.key.measure for fact in south} >= {"share", "rank", "share_of_asked", "share_of_participants"}
    assert all(fact == Fact(fact.key, None, None, None, SUPPRESSED) for fact in south)
    assert [fact.id for fact in after] == [fact.id for fact in facts()]


def test_a_figure_that_others_have_published_is_left_as_it_is() -> None:
    key = FactKey("2018", "goals", "yes", SOUTH, "share", PUBLISHED)
    figure = Fact(key, 2, Base(12), 2 / 12)
    tables = variable_tables(GOALS, {EDITION: PATTERNS}, ("2018",))
    withheld = suppress(tables, sensitive_cells(tables, RULE))
    assert list(released([figure], withheld, {"goals": GOALS}, {"2018": EDITION})) == [figure]


def test_a_small_base_hides_its_shares_even_those_of_zero() -> None:
    patterns = {ALL: {"2018": {YES: 18, NO: 4}}, NORTH: {"2018": {YES: 14, NO: 4}}, SOUTH: {"2018": {YES: 4}}}
    tables = variable_tables(GOALS, {EDITION: patterns}, ("2018",))
    withheld = suppress(tables, sensitive_cells(tables, DisclosureRule(minimum_base=5)))
    shares = [s for group, by_wave in patterns.items() for s in category_shares(GOALS, "2018", group, by_wave)]
    after = released(shares, withheld, {"goals": GOALS}, {"2018": EDITION})
    assert {f.key.category for f in after if f.key.group == SOUTH and f.note == SUPPRESSED} == {"yes", "no"}


def test_the_audit_names_what_leaks() -> None:
    total, one, other = (Cell("2018", "goals", code, ALL) for code in ("=base", "yes", "no"))
    tables = AdditiveTables({total: 9, one: 7, other: 2}, (Relation(total, (one, other)),))
    assert audit(tables, [other], [other]).exposed == {other: PossibleCount(2, 2)}
    assert audit(tables, [one, other], [one, other]).passes
    assert not audit(tables, [one, other], [other], protection=10).passes
    assert possible_count(tables, total, frozenset({total, one, other})) == PossibleCount(0, None)


def test_whole_numbers_leave_less_room_than_fractions() -> None:
    # 2 x = y + z and y + z = 5 have solutions in fractions only; with x = 2 and a rest of 1 all is settled
    x, y, z, five, rest = (Cell("2018", "goals", name, ALL) for name in "xyzfr")
    relations = (Relation(five, (y, z)), Relation(y, (x, rest)))
    tables = AdditiveTables({x: 2, y: 2, z: 3, five: 5, rest: 0}, relations)
    assert possible_count(tables, x, frozenset({x, y, rest})) == PossibleCount(0, 2)


def test_what_cannot_be_protected_is_said() -> None:
    total, part = Cell("2018", "goals", "=units", ALL), Cell("2018", "goals", "yes", ALL)
    tables = AdditiveTables({total: 2, part: 2}, (Relation(total, (part,)),), fixed=frozenset({total}))
    assert suppress(tables, [part]).exposed == {part}


def test_tables_that_do_not_add_up_are_refused() -> None:
    total, part = Cell("2018", "goals", "all", ALL), Cell("2018", "goals", "yes", ALL)
    with pytest.raises(ValueError, match="add up to 2"):
        AdditiveTables({total: 3, part: 2}, (Relation(total, (part,)),))
    with pytest.raises(ValueError, match="without a count"):
        AdditiveTables({total: 3}, (Relation(total, (part,)),))


def test_own_words_are_counted_like_a_category() -> None:
    goals = replace(GOALS, own_words=True)
    words = goals.own_words_bit
    patterns = {ALL: {"2018": {YES: 8, NO: 8, words: 2, YES | words: 4}}}
    tables = variable_tables(goals, {EDITION: patterns}, ("2018",))
    counts = {cell.category: count for cell, count in tables.counts.items() if cell.edition == "2018"}
    assert (counts["=own_words"], counts["=rest:=own_words"], counts["yes"]) == (6, 16, 12)
    assert "=only_words" in {cell.category for cell in sensitive_cells(tables, RULE)}


def test_a_change_is_shown_only_if_nobody_who_moved_stands_alone() -> None:
    chosen, not_chosen = State.CHOSEN, State.NOT_CHOSEN
    moves = {(chosen, chosen): 10, (not_chosen, not_chosen): 10, (not_chosen, chosen): 4}
    assert change_is_safe(WaveChange(moves), RULE)
    assert not change_is_safe(WaveChange({**moves, (chosen, not_chosen): 1}), RULE)


def test_a_rule_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        DisclosureRule(minimum_base=-1)
