from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.harmonise.comparability import Comparability, Grade, comparability
from cityfolio.harmonise.crosswalk import Change, Crosswalk
from cityfolio.model.answer import CodedAnswers
from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import FactKey
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.changes import Decomposition, Refusal, WaveChange, Why, change_between, change_facts, change_of
from cityfolio.tabulate.intervals import Interval
from cityfolio.tabulate.moves import JointPatterns, State, groups_of_units, joint_by_group, joint_patterns, members_of
from cityfolio.tabulate.number_changes import NumberChange, number_change
from cityfolio.tabulate.verdicts import Word, word_for
from tests.tabulate.surveys import WAVES, MadeUp, choice, survey, surveys

GOALS = choice("goals", {"yes": WAVES, "no": WAVES}, Kind.SINGLE)
SAME = Crosswalk("2018", "2020", ())

CHOSEN, NOT, SILENT, ABSENT, OUTSIDE = State.CHOSEN, State.NOT_CHOSEN, State.SILENT, State.ABSENT, State.OUTSIDE


def joint_of(answers: CodedAnswers, variable: Variable = GOALS) -> JointPatterns:
    return joint_patterns(answers, variable.id, *WAVES)


def change(table: str) -> WaveChange:
    found = change_between(GOALS, joint_of(survey(table, GOALS)), comparability(GOALS, "yes", SAME))
    assert isinstance(found, WaveChange)
    return found


def test_the_difference_of_all_respondents_is_split_into_what_cities_did_and_who_took_part() -> None:
    found = change("""
        | wave | city    | goals |
        | 2018 | Delft   | no    |
        | 2020 | Delft   | yes   |
        | 2018 | Porto   | no    |
        | 2020 | Porto   | no    |
        | 2018 | Genoa   | yes   |
        | 2020 | Leipzig | yes   |
        | 2020 | Turku   | yes   |
    """)
    assert (found.earlier.share, found.later.share) == (Fraction(1, 3), Fraction(3, 4))
    assert (found.matched_earlier.share, found.matched_later.share) == (Fraction(0), Fraction(1, 2))
    split = found.decomposition
    assert (split.total, split.real, split.composition) == (Fraction(5, 12), Fraction(1, 2), Fraction(-1, 12))
    assert (split.joined, split.left) == (Fraction(1, 4), Fraction(-1, 3))
    assert (found.started, found.stopped, found.stayed) == (1, 0, 0)


def test_a_rise_that_is_only_due_to_who_took_part_is_no_real_change() -> None:
    found = change("""
        | wave | city    | goals |
        | 2018 | Delft   | no    |
        | 2020 | Delft   | no    |
        | 2020 | Leipzig | yes   |
        | 2020 | Turku   | yes   |
    """)
    assert (found.decomposition.real, found.decomposition.composition) == (Fraction(0), Fraction(2, 3))
    assert found.panel_word is Word.EQUAL


def test_a_difference_is_not_that_of_rounded_averages() -> None:
    # mysociety/caps 644: 33 % to 34 % looked like one point; it is 2 of 597
    moves = {(CHOSEN, CHOSEN): 199, (NOT, CHOSEN): 2, (NOT, NOT): 396}
    found = change_of(moves)
    assert isinstance(found, WaveChange)
    assert found.decomposition.real == Fraction(2, 597)
    assert found.panel_word is Word.UNDECIDED


def test_todays_group_is_not_set_against_last_waves_members() -> None:
    # mysociety/caps 735: Delft grew from small to large; both waves have to be about the same cities
    answers = survey(
        """
        | wave | city  | goals |
        | 2018 | Delft | no    |
        | 2020 | Delft | no    |
        | 2018 | Porto | yes   |
        | 2020 | Porto | yes   |
    """,
        GOALS,
    )
    small, large = Group("size", "small"), Group("size", "large")
    groups = {("Delft", "2018"): (small,), ("Delft", "2020"): (large,)}
    groups |= {("Porto", wave): (large,) for wave in WAVES}
    joint = joint_patterns(answers, "goals", *WAVES, units=members_of(groups, large, WAVES))
    found = change_between(GOALS, joint, comparability(GOALS, "yes", SAME))
    assert isinstance(found, WaveChange)
    assert (found.earlier.base, found.later.base) == (2, 2)
    assert found.decomposition.real == 0


def test_no_change_is_computed_across_a_break_and_the_reason_is_handed_on() -> None:
    line = Change("goals", "yes", "reworded", "break", "another question", "confirmed")
    comparable = comparability(GOALS, "yes", Crosswalk("2018", "2020", (line,)))
    assert change_between(GOALS, {(1, 2): 40}, comparable) == Refusal(Why.SERIES_BREAK, comparable.notes)
    assert comparable.notes[0].reason == "another question"


def test_a_merged_category_counts_who_chose_any_of_its_earlier_codes() -> None:
    areas = choice("areas", {"roads": ["2018"], "rail": ["2018"], "transport": ["2020"]})
    merged = Change("areas", "transport", "merged", "comparable", "one label", "confirmed", ("roads", "rail"))
    answers = survey(
        """
        | wave | city  | areas       |
        | 2018 | Delft | roads, rail |
        | 2020 | Delft | transport   |
        | 2018 | Porto | rail        |
        | 2020 | Porto | -           |
    """,
        areas,
    )
    comparable = comparability(areas, "transport", Crosswalk("2018", "2020", (merged,)))
    found = change_between(areas, joint_of(answers, areas), comparable)
    assert isinstance(found, WaveChange)
    assert (found.earlier.share, found.later.share, found.stopped) == (Fraction(1), Fraction(1, 2), 1)


def test_nobody_matched_is_another_refusal_than_nobody_answered() -> None:
    assert change_of({(CHOSEN, ABSENT): 3, (ABSENT, NOT): 2}) == Refusal(Why.NOBODY_MATCHED)
    assert change_of({(CHOSEN, SILENT): 3}) == Refusal(Why.NOBODY_ANSWERED)
    assert change_of({}) == Refusal(Why.NOBODY_ANSWERED)


@pytest.mark.parametrize(
    ("silent", "word"),
    [(0, Word.MORE), (1, Word.MORE), (2, Word.UNDECIDED)],
)
def test_more_is_only_said_if_the_silent_could_not_turn_it_round(silent: int, word: Word) -> None:
    # two more of ten; each silent city could have stopped
    found = change_of({(CHOSEN, CHOSEN): 4, (NOT, CHOSEN): 2, (NOT, NOT): 4, (CHOSEN, SILENT): silent})
    assert isinstance(found, WaveChange)
    assert found.panel_word is word


def test_zero_difference_is_neither_more_nor_less() -> None:
    # DataUSA: "more" for a difference of zero
    exactly = Interval(Fraction(0), Fraction(0))
    assert word_for(Fraction(0), exactly) is Word.EQUAL


def test_units_that_were_routed_past_are_in_no_panel() -> None:
    found = change_of({(CHOSEN, CHOSEN): 1, (OUTSIDE, CHOSEN): 5, (OUTSIDE, SILENT): 7, (ABSENT, SILENT): 1})
    assert isinstance(found, WaveChange)
    assert (found.matched, found.later.base, found.panel_bounds) == (1, 6, Interval(Fraction(0), Fraction(0)))


def test_the_facts_of_a_change_carry_their_bases_unrounded() -> None:
    found = change_of({(CHOSEN, CHOSEN): 1, (NOT, CHOSEN): 1, (NOT, NOT): 1, (ABSENT, CHOSEN): 1})
    assert isinstance(found, WaveChange)
    facts = list(change_facts(found, FactKey("2018-to-2020", "goals", "yes", ALL, "")))
    shown = [(f.key.measure, f.numerator, f.base.counted if f.base else None, f.value) for f in facts]
    assert shown == [
        ("share_of_matched_earlier", 1, 3, 1 / 3),
        ("share_of_matched_later", 2, 3, 2 / 3),
        ("change_matched", None, 3, 1 / 3),
        ("change_all", None, 4, float(Fraction(3, 4) - Fraction(1, 3))),
        ("change_composition", None, 4, float(Fraction(3, 4) - Fraction(2, 3))),
        ("change_joined", None, 4, float(Fraction(3, 4) - Fraction(2, 3))),
        ("change_left", None, 4, 0.0),
    ]


MOVES = st.dictionaries(st.tuples(st.sampled_from(State), st.sampled_from(State)), st.integers(0, 20))


@given(MOVES)
def test_the_parts_add_up_exactly_and_the_real_change_is_started_less_stopped(
    moves: dict[tuple[State, State], int],
) -> None:
    found = change_of({**moves, (CHOSEN, NOT): 1})
    assert isinstance(found, WaveChange)
    split = found.decomposition
    assert split.total == split.real + split.composition == split.real + split.joined + split.left
    assert split.real == Fraction(found.started - found.stopped, found.matched)
    assert found.list_bounds.low is not None
    assert found.list_bounds.high is not None
    assert -1 <= found.list_bounds.low <= found.list_bounds.high <= 1


def spoken(random: Random, state: State) -> State:
    return random.choice([CHOSEN, NOT]) if state is SILENT else state


@given(st.lists(st.tuples(*[st.sampled_from([CHOSEN, CHOSEN, NOT, NOT, NOT, SILENT])] * 2), max_size=12), st.randoms())
def test_whatever_the_silent_would_have_said_lies_in_the_bounds_and_turns_no_word_round(
    units: list[tuple[State, State]], random: Random
) -> None:
    said = [(NOT, CHOSEN), *units]
    found = change_of(Counter(said))
    truth = change_of(Counter((spoken(random, one), spoken(random, other)) for one, other in said))
    assert isinstance(found, WaveChange)
    assert isinstance(truth, WaveChange)
    assert found.panel_bounds.holds(truth.decomposition.real)
    assert found.list_bounds.holds(truth.decomposition.real)
    if found.panel_word in (Word.MORE, Word.FEWER):
        assert (truth.decomposition.real > 0) == (found.panel_word is Word.MORE)


@given(surveys(), st.randoms())
def test_the_order_of_the_units_changes_nothing(made: MadeUp, random: Random) -> None:
    responses, units = list(made.answers.responses), list(made.answers.units.items())
    random.shuffle(responses)
    random.shuffle(units)
    shuffled = CodedAnswers(dict(units), made.answers.variables, WAVES, tuple(responses))
    assert joint_of(shuffled, made.variable) == joint_of(made.answers, made.variable)
    assert sum(joint_of(shuffled, made.variable).values()) == len(units)


def test_a_change_of_means_is_split_in_the_same_way() -> None:
    earlier = {"Delft": Fraction(0), "Porto": Fraction(4), "Genoa": Fraction(8)}
    later = {"Delft": Fraction(3), "Porto": Fraction(4), "Turku": Fraction(20)}
    assert number_change(earlier, later) == NumberChange(
        3, 3, 2, Decomposition(Fraction(4), Fraction(9), Fraction(2), Fraction(7, 2))
    )
    assert number_change({}, later) == Refusal(Why.NOBODY_ANSWERED)
    assert number_change({"Genoa": Fraction(8)}, later) == Refusal(Why.NOBODY_MATCHED)


def test_more_than_sixty_categories_are_no_trouble() -> None:
    many = choice("many", {f"c{n}": WAVES for n in range(150)})
    last = many.bits["c149"]
    found = change_between(many, {(last, last | 1): 3, (1, last): 2}, Comparability(Grade.COMPARABLE, *_only("c149")))
    assert isinstance(found, WaveChange)
    assert (found.stayed, found.started) == (3, 2)


def _only(code: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset({code}), frozenset({code})


def test_the_panels_of_groups_are_counted_by_the_group_of_the_later_answer() -> None:
    answers = survey(
        """
        | wave | city  | goals |
        | 2018 | Delft | no    |
        | 2020 | Delft | yes   |
        | 2018 | Porto | yes   |
        | 2020 | Porto | yes   |
        | 2020 | Turku | no    |
    """,
        GOALS,
    )
    small, large = Group("size", "small"), Group("size", "large")
    grown = {
        ("Delft", "2018"): (small,),
        ("Delft", "2020"): (large,),
        ("Porto", "2018"): (large,),
        ("Turku", "2020"): (small,),
    }
    found = joint_by_group(answers, "goals", WAVES, groups_of_units(grown, WAVES))
    yes, no = GOALS.bits["yes"], GOALS.bits["no"]
    assert found == {large: {(no, yes): 1, (yes, yes): 1}, small: {(None, no): 1}}
