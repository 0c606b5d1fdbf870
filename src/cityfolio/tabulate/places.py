"""The place of each unit's number among those of the others, as facts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.harmonise.editions import answer_of
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.unit_facts import unit_group

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.edition import Edition
    from cityfolio.model.missing import Missing
    from cityfolio.model.variable import Variable

__all__ = ["MIDDLE", "PLACE", "TIED", "gaps_in", "numbers_in", "place_facts"]

PLACE = "place"
TIED = "place_tied"
MIDDLE = "median_of_others"


def numbers_in(answers: CodedAnswers, variable: Variable, edition: Edition) -> dict[str, Fraction]:
    """The number that each unit gave in the response that counts in the edition."""
    found = {}
    for unit in answers.by_unit:
        response = answers.latest(unit, edition.waves)
        answer = response.answers.get(variable.id) if response is not None else None
        if answer is not None and answer.number is not None:
            found[unit] = Fraction(repr(answer.number))
    return found


def gaps_in(answers: CodedAnswers, variable: Variable, edition: Edition) -> dict[str, Missing]:
    """Why each other unit of the edition gave no number."""
    found = {}
    for unit in answers.by_unit:
        response = answers.latest(unit, edition.waves)
        if response is not None:
            reason = answer_of(response, variable.id, variable.waves).missing
            if reason is not None:
                found[unit] = reason
    return found


def place_facts(
    variable: Variable,
    edition: Edition,
    numbers: Mapping[str, Fraction],
    gaps: Mapping[str, Missing],
    types: Mapping[str, str],
    same: str = "",
) -> Iterator[Fact]:
    """For each unit its place from the highest (ties share the better one), how many others share it, the others' median.

    Units are set against those of the same type alone: `types` gives each unit's value in the column `same`, which stands for
    the category of the facts. Without a column all are of one type; a unit without a type has no place. Those without a number
    have none either; `gaps` says why, and a place says how many they are: "more than 100" may well be more than the first.

    >>> from cityfolio.model.edition import Edition
    >>> from cityfolio.model.variable import Kind, Variable
    >>> staff = Variable("staff", Kind.NUMBER, "Staff", ("2020",))
    >>> given = {"a": Fraction(9), "b": Fraction(6), "c": Fraction(6), "d": Fraction(0)}
    >>> facts = {fact.id: fact.value for fact in place_facts(staff, Edition("2020", ("2020",)), given, {}, {})}
    >>> [facts[f"2020.staff._.unit:b.{measure}"] for measure in ("place", "place_tied", "median_of_others")]
    [2.0, 1.0, 6.0]
    """
    of_type: dict[str, list[Fraction]] = {}
    for unit, number in numbers.items():
        of_type.setdefault(types.get(unit, "") if same else "", []).append(number)
    for held in of_type.values():
        held.sort()
    left_out: dict[str, Counter[Missing]] = {}
    for unit, reason in gaps.items():
        left_out.setdefault(types.get(unit, "") if same else "", Counter())[reason] += 1
    for unit, number in sorted(numbers.items()):
        kind = types.get(unit, "") if same else ""
        held = of_type[kind]
        if len(held) < 2 or (same and not kind):
            continue
        group, excluded = unit_group(unit), left_out.get(kind, Counter())
        everybody = Base(len(held), excluded)
        first, last = bisect_left(held, number), bisect_right(held, number)
        for measure, base, value in (
            (PLACE, everybody, Fraction(len(held) - last + 1)),
            (TIED, everybody, Fraction(last - first - 1)),
            (MIDDLE, Base(len(held) - 1, excluded), _median_without(held, first)),
        ):
            yield Fact(FactKey(edition.id, variable.id, same, group, measure), None, base, float(value))


def _median_without(held: list[Fraction], left_out: int) -> Fraction:
    """The median of sorted numbers without the one at a position."""

    def at(place: int) -> Fraction:
        return held[place if place < left_out else place + 1]

    others = len(held) - 1
    middle = others // 2
    return at(middle) if others % 2 else (at(middle - 1) + at(middle)) / 2
