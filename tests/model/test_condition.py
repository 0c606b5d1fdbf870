"""Each answer is in exactly one of the states that its subject can be in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cityfolio.model.answer import Answer
from cityfolio.model.condition import Condition, Subject, state_of, states_of
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable

W = ("2020",)
AREAS = Variable(
    "areas", Kind.MULTIPLE, "Areas", W,
    (Category("a", "A", W), Category("b", "B", W), Category("none", "None", W, exclusive=True)), own_words=True,
)  # fmt: skip
TEAM = Variable("team", Kind.SINGLE, "Team", W, (Category("yes", "Yes", W), Category("no", "No", W)), own_words=True)
SIZE = Variable("size", Kind.NUMBER, "Size", W)
NAME = Variable("name", Kind.TEXT, "Name", W)


def test_states_of_each_kind_of_answer() -> None:
    cases = [
        (Subject("areas"), AREAS, Answer(4, ("none",)), "none"),
        (Subject("areas"), AREAS, Answer(1, ("a",)), "one"),
        (Subject("areas"), AREAS, Answer(9, ("a",), ("water",)), "many"),
        (Subject("areas"), AREAS, Answer(8, (), ("water",)), "one"),
        (Subject("areas", "a"), AREAS, Answer(1, ("a",)), "chosen"),
        (Subject("areas", "b"), AREAS, Answer(1, ("a",)), "not chosen"),
        (Subject("areas", "b"), AREAS, Answer.without(Missing.REFUSED), "missing"),
        (Subject("team"), TEAM, Answer(2, ("no",)), "no"),
        (Subject("team"), TEAM, Answer(4, (), ("half a team",)), "own_words"),
        (Subject("size"), SIZE, Answer(0, number=0.0), "zero"),
        (Subject("size"), SIZE, Answer(0, number=1.0), "one"),
        (Subject("size"), SIZE, Answer(0, number=4.5), "many"),
        (Subject("name"), NAME, Answer(0, text="Ada"), "one"),
        (Subject("name"), NAME, Answer(0, own_words=("Ada", "Bo"), text="Ada; Bo"), "many"),
        (Subject("name"), NAME, None, "missing"),
    ]
    for subject, variable, answer, state in cases:
        assert state_of(subject, variable, answer) == state
        assert state in states_of(subject, variable)


def test_a_condition_holds_only_if_all_its_parts_do() -> None:
    variables = {"team": TEAM, "name": NAME}
    condition = Condition.of({"team": ["no"], "name": ["Mayor"]})
    no_team = Answer(2, ("no",))
    assert condition.holds_for({"team": no_team, "name": Answer(0, text="Mayor")}, variables)
    assert not condition.holds_for({"team": no_team, "name": Answer(0, text="City manager")}, variables)
    assert not condition.holds_for({"team": no_team}, variables)


@given(st.sampled_from(["one", "many", "missing"]), st.sampled_from(["answered", "given", "missing"]))
def test_answered_is_every_state_but_missing(state: str, wanted: str) -> None:
    holds = Condition({Subject("name"): frozenset({wanted})}).holds({Subject("name"): state})
    assert holds == ((state == "missing") == (wanted == "missing"))
