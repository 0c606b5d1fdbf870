"""Cases are exhaustive and exclusive, and the check says so exactly when it is so."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from cityfolio.build.programme import load_programme
from cityfolio.model.answer import Answer
from cityfolio.model.condition import Condition, Subject, states_of
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.narrative.cases import REST, Cases, case_of, check_cases
from tests.programmes import EXAMPLE

WAVES = ("2020",)
VARIABLES = {
    "single": Variable("single", Kind.SINGLE, "S", WAVES, (Category("a", "A", WAVES), Category("b", "B", WAVES))),
    "several": Variable("several", Kind.MULTIPLE, "M", WAVES, (Category("x", "X", WAVES), Category("y", "Y", WAVES))),
    "size": Variable("size", Kind.NUMBER, "N", WAVES),
    "said": Variable("said", Kind.TEXT, "T", WAVES),
}
SUBJECTS = [*map(Subject, VARIABLES), Subject("several", "x")]


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    wanted = {}
    for subject in draw(st.lists(st.sampled_from(SUBJECTS), unique=True, max_size=2)):
        states = [*states_of(subject, VARIABLES[subject.variable]), "answered"]
        wanted[subject] = frozenset(draw(st.lists(st.sampled_from(states), min_size=1, max_size=3)))
    return Condition(wanted)


@st.composite
def cases(draw: st.DrawFn) -> Cases:
    made = {f"case{number}": draw(conditions()) for number in range(draw(st.integers(1, 4)))}
    silent = frozenset({REST}) if draw(st.booleans()) else frozenset[str]()
    return Cases("block", made, silent, draw(st.sampled_from(["", "single"])))


ANSWERS = {
    "single": [Answer(1, ("a",)), Answer(2, ("b",))],
    "several": [
        Answer(0),
        Answer(1, ("x",)),
        Answer(2, ("y",)),
        Answer(3, ("x", "y")),
        Answer(4, own_words=("z",)),
        Answer(5, ("x",), ("z",)),
    ],
    "size": [Answer(0, number=0.0, text="0"), Answer(0, number=1.0, text="1"), Answer(0, number=7.0, text="7")],
    "said": [Answer(0, text="yes"), Answer(0, text="a; b", own_words=("a", "b"))],
}


def all_responses() -> list[dict[str, Answer]]:
    missing = Answer.without(Missing.NOT_ON_RECORD)
    everything = itertools.product(*([*answers, missing] for answers in ANSWERS.values()))
    return [dict(zip(ANSWERS, combination, strict=True)) for combination in everything]


RESPONSES = all_responses()


def holding(block: Cases, response: dict[str, Answer]) -> list[str]:
    """The cases that hold for a response, one looked at by one."""
    return [case for case, condition in block.cases.items() if condition.holds_for(response, VARIABLES)]


@given(cases())
def test_the_check_finds_every_open_and_every_doubled_state(block: Cases) -> None:
    looked_at = [r for r in RESPONSES if not block.about or r[block.about].missing is None]
    is_open = REST not in block.silent and any(not holding(block, r) for r in looked_at)
    is_doubled = any(len(holding(block, r)) > 1 for r in looked_at)
    problems = list(check_cases(block, VARIABLES))
    # A state that no answer can bring about (one answer given, and yet this category not chosen ...) may be reported too.
    assert not is_open or any(not problem.cases for problem in problems)
    assert not is_doubled or any(problem.cases for problem in problems)


@given(cases())
def test_where_the_check_finds_nothing_every_answer_is_in_exactly_one_case(block: Cases) -> None:
    if list(check_cases(block, VARIABLES)):
        return
    for response in RESPONSES:
        found = holding(block, response)
        case = case_of(block, response, VARIABLES)
        if block.about and response[block.about].missing is not None:
            assert case is None
        elif REST in block.silent:
            assert case == (found[0] if found else None)
            assert len(found) < 2
        else:
            assert [case] == found


def test_the_cases_of_the_example_are_exhaustive_and_exclusive() -> None:
    programme = load_programme(EXAMPLE)
    for block in programme.plan.cases.values():
        assert list(check_cases(block, programme.answers.variables)) == []
