"""Made-up answers: units that took part in some waves, and answered one choice question in all ways there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from cityfolio.engine.plain import PlainEngine
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Edition, Group
from cityfolio.model.fact import Fact
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.tabulate.facts import edition_facts

WAVES = ("w1", "w2", "w3")
EDITIONS = {
    "w1": Edition("w1", ("w1",)),
    "w3": Edition("w3", ("w3",)),
    "w1-w2": Edition("w1-w2", ("w1", "w2")),
    "all": Edition("all", WAVES),
}


@dataclass(frozen=True)
class Made:
    """Answers to the one question `q`, with the group of each response."""

    answers: CodedAnswers
    groups: Mapping[tuple[str, str], tuple[Group, ...]]

    @property
    def variable(self) -> Variable:
        return self.answers.variables["q"]

    def facts(self, edition: str) -> list[Fact]:
        engine = PlainEngine(self.answers, self.groups)
        return list(edition_facts(engine, EDITIONS[edition], self.answers.variables, ["kind"]))

    def members(self, edition: str, group: Group) -> list[Response]:
        """The responses that count in an edition and belong to a group, by brute force."""
        counting = []
        for unit in self.answers.units:
            held = [r for wave in WAVES for r in self.answers.responses if (r.unit, r.wave) == (unit, wave)]
            held = [r for r in held if r.wave in EDITIONS[edition].waves]
            counting += held[-1:]
        return [r for r in counting if group.id == "all" or group in self.groups[r.unit, r.wave]]


@st.composite
def variables(draw: st.DrawFn) -> Variable:
    """A choice question that some waves asked, with categories that some of those offered."""
    asked = tuple(w for w in WAVES if draw(st.booleans())) or ("w2",)
    categories = []
    for code in "abc"[: draw(st.integers(1, 3))]:
        offered = tuple(w for w in asked if draw(st.booleans())) or asked
        categories.append(Category(code, code.upper(), offered))
    waves = tuple(w for w in asked if any(w in c.waves for c in categories))
    return Variable("q", Kind.MULTIPLE, "Q", waves, tuple(categories), own_words=draw(st.booleans()))


@st.composite
def made_answers(draw: st.DrawFn) -> Made:
    """Up to eight units, each with responses in some waves."""
    variable = draw(variables())
    units = [f"u{number}" for number in range(draw(st.integers(0, 8)))]
    responses, groups = [], {}
    for unit in units:
        for wave in WAVES:
            if draw(st.booleans()):
                responses.append(Response(unit, wave, {"q": draw(answers_to(variable, wave))}))
                key = draw(st.sampled_from(["x", "y", ""]))
                groups[unit, wave] = (Group("kind", key),) if key else ()
    known = {unit: Unit(unit, unit, unit) for unit in units}
    return Made(CodedAnswers(known, {"q": variable}, WAVES, tuple(responses)), groups)


def answers_to(variable: Variable, wave: str) -> st.SearchStrategy[Answer]:
    """An answer that somebody could give in a wave, or a reason why there is none."""
    if wave not in variable.waves:
        return st.just(Answer.without(Missing.NOT_ASKED))
    own = [Missing.ROUTED_PAST, Missing.REFUSED, Missing.DONT_KNOW, Missing.NOT_ON_RECORD, Missing.UNANSWERED]
    offered = [category.code for category in variable.categories if wave in category.waves]
    chosen = st.lists(st.sampled_from(offered), unique=True).map(
        lambda codes: Answer(sum(variable.bits[code] for code in codes), tuple(codes))
    )
    return st.one_of(chosen, st.sampled_from(own).map(Answer.without))
