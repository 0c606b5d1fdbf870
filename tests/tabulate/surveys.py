"""Small surveys for tests: written as tables, or made up by Hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Edition, Group
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable

WAVES = ("2018", "2020")
FIRST, SECOND, POOLED = Edition("2018", ("2018",)), Edition("2020", ("2020",)), Edition("2018-2020", WAVES)


def choice(
    name: str, offered: Mapping[str, Sequence[str]], kind: Kind = Kind.MULTIPLE, waves: Sequence[str] = WAVES
) -> Variable:
    """A choice variable: its categories and the waves that offered each."""
    categories = tuple(Category(code, code, tuple(on)) for code, on in offered.items())
    return Variable(name, kind, name, tuple(waves), categories)


def survey(table: str, variable: Variable, listed: Sequence[str] = ()) -> CodedAnswers:
    """Answers from lines `| wave | city | codes |`; a missing reason stands in round brackets, "-" is none of them."""
    responses = []
    for line in table.strip().splitlines()[1:]:
        wave, city, cell = (part.strip() for part in line.strip().strip("|").split("|"))
        if cell.startswith("("):
            answer = Answer.without(Missing(cell.strip("()")))
        else:
            codes = tuple(code.strip() for code in cell.split(",") if code.strip() != "-")
            answer = Answer(sum(variable.bits[code] for code in codes), codes)
        responses.append(Response(city, wave, {variable.id: answer}))
    names = dict.fromkeys([*(response.unit for response in responses), *listed])
    units = {name: Unit(name, name, name) for name in names}
    return CodedAnswers(units, {variable.id: variable}, WAVES, tuple(responses))


@dataclass(frozen=True)
class MadeUp:
    """A made-up survey of one variable, and the groups of its responses."""

    variable: Variable
    answers: CodedAnswers
    groups: Mapping[tuple[str, str], tuple[Group, ...]]


@st.composite
def surveys(draw: st.DrawFn, most_units: int = 12, regions: Sequence[str] = ("north", "south")) -> MadeUp:
    """Two waves, a choice of up to three categories that not every wave offers, silence of every kind."""
    kind = draw(st.sampled_from([Kind.SINGLE, Kind.MULTIPLE]))
    offering = st.sampled_from([WAVES, WAVES, ("2018",), ("2020",)])
    variable = choice("goals", {code: draw(offering) for code in "abc"[: draw(st.integers(2, 3))]}, kind)
    responses, groups = [], {}
    units = {name: Unit(name, name, name) for name in (f"city-{n}" for n in range(draw(st.integers(1, most_units))))}
    for unit in units:
        region = draw(st.sampled_from(regions))
        for wave in draw(st.sampled_from([(), ("2018",), ("2020",), WAVES, WAVES])):
            responses.append(Response(unit, wave, {variable.id: draw(answers_to(variable, wave))}))
            groups[unit, wave] = (Group("region", region),)
    return MadeUp(variable, CodedAnswers(units, {variable.id: variable}, WAVES, tuple(responses)), groups)


def answers_to(variable: Variable, wave: str) -> st.SearchStrategy[Answer]:
    """Answers that the wave's instrument allows, and reasons for having none."""
    silent = st.sampled_from([Missing.ROUTED_PAST, Missing.REFUSED, Missing.NOT_ON_RECORD]).map(Answer.without)
    offered = [category.code for category in variable.categories if wave in category.waves]
    if not offered:
        return silent
    if variable.kind is Kind.SINGLE:
        said = st.sampled_from(offered).map(lambda code: Answer(variable.bits[code], (code,)))
    else:
        said = st.lists(st.sampled_from(offered), unique=True).map(
            lambda codes: Answer(sum(variable.bits[code] for code in codes), tuple(codes))
        )
    return st.one_of(said, said, said, silent)
