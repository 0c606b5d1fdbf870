"""Edges of change: open bounds, falls, rankings and the keys of its facts, which mutation testing found untested."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cityfolio.harmonise.comparability import Comparability, DerivedNote, Grade, NoteKind
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Group
from cityfolio.model.fact import Base, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.tabulate.changes import Refusal, WaveChange, Why, change_between, change_facts, change_of
from cityfolio.tabulate.intervals import Interval, Part
from cityfolio.tabulate.moves import State, joint_patterns, mask_of, moves_of
from cityfolio.tabulate.number_changes import NumberChange, number_change
from cityfolio.tabulate.ranked import ranking_pattern
from cityfolio.tabulate.verdicts import ONE_POINT, Word, difference_bounds, word_for
from tests.tabulate.surveys import WAVES, choice

CHOSEN, NOT, SILENT, ABSENT = State.CHOSEN, State.NOT_CHOSEN, State.SILENT, State.ABSENT
QUARTER, HALF, THIRD = Fraction(1, 4), Fraction(1, 2), Fraction(1, 3)
NOTE = DerivedNote(NoteKind.REWORDED, "goals", "yes", *WAVES, Grade.WITH_CARE)


@pytest.mark.parametrize(
    ("difference", "low", "high", "word"),
    [
        (-QUARTER, -HALF, Fraction(-1, 8), Word.FEWER),
        (-QUARTER, None, Fraction(-1, 8), Word.FEWER),
        (-QUARTER, -HALF, Fraction(0), Word.UNDECIDED),
        (-QUARTER, -HALF, HALF, Word.UNDECIDED),
        (-QUARTER, -HALF, None, Word.UNDECIDED),
        (QUARTER, Fraction(1, 8), None, Word.MORE),
        (QUARTER, Fraction(0), HALF, Word.UNDECIDED),
        (QUARTER, None, HALF, Word.UNDECIDED),
        (QUARTER, -HALF, Fraction(-1, 8), Word.UNDECIDED),
        (-QUARTER, Fraction(1, 8), HALF, Word.UNDECIDED),
        (ONE_POINT, ONE_POINT, ONE_POINT, Word.UNDECIDED),
        (-ONE_POINT, -ONE_POINT, -ONE_POINT, Word.UNDECIDED),
        (Fraction(2, 100), Fraction(2, 100), Fraction(2, 100), Word.MORE),
    ],
)
def test_more_and_fewer_need_more_than_one_point_and_bounds_that_have_their_sign(
    difference: Fraction, low: Fraction | None, high: Fraction | None, word: Word
) -> None:
    assert word_for(difference, Interval(low, high)) is word


def test_an_open_end_of_either_wave_leaves_the_difference_open_on_that_side() -> None:
    known = Interval(QUARTER, HALF)
    assert difference_bounds(known, Interval(HALF, None)) == Interval(Fraction(0), None)
    assert difference_bounds(known, Interval(None, HALF)) == Interval(None, QUARTER)
    assert difference_bounds(Interval(QUARTER, None), known) == Interval(None, QUARTER)
    assert difference_bounds(Interval(None, HALF), known) == Interval(-QUARTER, None)


def test_an_interval_holds_its_ends_and_everything_on_an_open_side() -> None:
    closed, below, above = Interval(QUARTER, HALF), Interval(None, HALF), Interval(QUARTER, None)
    values = (Fraction(0), QUARTER, THIRD, HALF, Fraction(1))
    assert [closed.holds(value) for value in values] == [False, True, True, True, False]
    assert [below.holds(value) for value in values] == [True, True, True, True, False]
    assert [above.holds(value) for value in values] == [False, True, True, True, True]
    with pytest.raises(ValueError, match="cannot go from 1/2 to 1/4"):
        Interval(HALF, QUARTER)


@pytest.mark.parametrize(("number", "base"), [(0, 0), (1, 0), (-1, 2), (3, 2), (0, -1)])
def test_a_part_of_nothing_or_outside_its_base_is_refused(number: int, base: int) -> None:
    with pytest.raises(ValueError, match=f"base above 0, not {number} of {base}"):
        Part(number, base)


def test_the_ends_of_a_part_are_none_and_all() -> None:
    assert (Part(0, 3).share, Part(3, 3).share, Part(1, 1).share) == (Fraction(0), Fraction(1), Fraction(1))


def test_a_ranked_category_counts_as_chosen_at_whatever_rank() -> None:
    codes = tuple(Category(code, code, WAVES) for code in ("roads", "rents", "rain"))
    goals = Variable("goals", Kind.RANKED, "Goals", WAVES, codes)
    first, last, rain = ({"roads": 1, "rain": 2}, {"rain": 1, "rents": 2, "roads": 3}, {"rain": 1})
    joint: dict[tuple[int | None, int | None], int] = {
        (ranking_pattern(goals, first), ranking_pattern(goals, rain)): 2,
        (ranking_pattern(goals, rain), ranking_pattern(goals, last)): 3,
        (ranking_pattern(goals, last), ranking_pattern(goals, first)): 4,
        (ranking_pattern(goals, {"rents": 1}), 0): 5,
    }
    roads, drawn = mask_of(goals, ["roads"]), mask_of(goals, ["roads", "rain"])
    assert moves_of(joint, roads, roads) == {(CHOSEN, NOT): 2, (NOT, CHOSEN): 3, (CHOSEN, CHOSEN): 4, (NOT, NOT): 5}
    assert moves_of(joint, drawn, drawn) == {(CHOSEN, CHOSEN): 9, (NOT, NOT): 5}


def test_units_of_the_list_are_joined_over_both_waves_and_a_selection_leaves_the_others_out() -> None:
    plan = choice("plan", {"yes": WAVES}, Kind.SINGLE, waves=["2020"])
    yes = {"plan": Answer(1, ("yes",))}
    units = {name: Unit(name, name, name) for name in ("delft", "porto", "genoa", "turku")}
    responses = (
        Response("delft", "2018", {}),
        Response("delft", "2020", yes),
        Response("genoa", "2020", {}),
        Response("turku", "2018", {}),
        Response("turku", "2020", yes),
    )
    answers = CodedAnswers(units, {"plan": plan}, WAVES, responses)
    unasked, lost = Missing.NOT_ASKED.pattern, Missing.NOT_ON_RECORD.pattern
    assert joint_patterns(answers, "plan", *WAVES) == {(unasked, 1): 2, (None, None): 1, (None, lost): 1}
    assert joint_patterns(answers, "plan", *WAVES, units=["turku", "genoa"]) == {(None, lost): 1, (unasked, 1): 1}


def test_patterns_that_come_to_the_same_move_are_added_up() -> None:
    assert moves_of({(1, 1): 5, (3, 1): 2, (-7, None): 1, (-6, None): 4}, 1, 1) == {
        (CHOSEN, CHOSEN): 7,
        (SILENT, ABSENT): 5,
    }


def test_notes_stay_with_the_change_and_with_the_refusal() -> None:
    moves = {(CHOSEN, CHOSEN): 1}
    assert change_of(moves, (NOTE,)) == WaveChange(moves, (NOTE,))
    assert change_of({(CHOSEN, ABSENT): 1, (ABSENT, NOT): 1}, (NOTE,)) == Refusal(Why.NOBODY_MATCHED, (NOTE,))
    goals = choice("goals", {"yes": WAVES}, Kind.SINGLE)
    comparable = Comparability(Grade.WITH_CARE, frozenset({"yes"}), frozenset({"yes"}), (NOTE,))
    assert change_between(goals, {(1, 1): 1}, comparable) == WaveChange(moves, (NOTE,))
    assert change_of(moves) == WaveChange(moves, ())


def test_nobody_answered_is_said_if_one_wave_alone_is_silent() -> None:
    assert change_of({(SILENT, CHOSEN): 3}) == Refusal(Why.NOBODY_ANSWERED)
    assert change_of({(CHOSEN, SILENT): 3}) == Refusal(Why.NOBODY_ANSWERED)
    assert change_of({(CHOSEN, ABSENT): 3, (ABSENT, CHOSEN): 0}) == Refusal(Why.NOBODY_ANSWERED)


def test_facts_of_a_change_keep_everything_of_the_key_but_the_measure() -> None:
    found = change_of({(CHOSEN, NOT): 1, (NOT, NOT): 1, (CHOSEN, SILENT): 2})
    assert isinstance(found, WaveChange)
    key = FactKey("2018-to-2020", "goals", "yes", Group("continent", "EU"), "share", "elsewhere")
    facts = list(change_facts(found, key))
    assert {fact.key for fact in facts} == {
        FactKey("2018-to-2020", "goals", "yes", Group("continent", "EU"), measure, "elsewhere")
        for measure in (
            "share_of_matched_earlier",
            "share_of_matched_later",
            "change_matched",
            "change_all",
            "change_composition",
            "change_joined",
            "change_left",
        )
    }
    assert [fact.base for fact in facts] == [Base(2)] * 3 + [Base(4)] * 4
    assert [fact.value for fact in facts] == [0.5, 0.0, -0.5, -0.75, -0.25, 0.0, -0.25]


def test_a_change_of_a_mean_counts_each_wave_and_both_and_is_refused_where_one_is_empty() -> None:
    earlier = {"delft": Fraction(2), "porto": Fraction(4), "genoa": Fraction(9)}
    later = {"porto": Fraction(5), "turku": Fraction(9)}
    found = number_change(earlier, later)
    assert isinstance(found, NumberChange)
    assert (found.earlier, found.later, found.matched) == (3, 2, 1)
    split = found.decomposition
    assert (split.total, split.real, split.joined, split.left) == (Fraction(2), Fraction(1), Fraction(2), Fraction(-1))
    assert number_change({}, later) == number_change(earlier, {}) == Refusal(Why.NOBODY_ANSWERED)
    assert number_change({"delft": Fraction(2)}, later) == Refusal(Why.NOBODY_MATCHED)
