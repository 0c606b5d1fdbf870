"""Comparisons for the Python API and the command line: two waves, one unit beside the others, units like it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.harmonise.comparability import Comparability, DerivedNote, comparability_along
from cityfolio.harmonise.crosswalk import Crosswalk
from cityfolio.harmonise.editions import answers_for
from cityfolio.harmonise.question_notes import question_notes
from cityfolio.tabulate.benchmarks import Position, Standing, peers_of, position, standing
from cityfolio.tabulate.changes import Refusal, WaveChange, change_between
from cityfolio.tabulate.features import features_of
from cityfolio.tabulate.moves import joint_patterns
from cityfolio.tabulate.neighbours import Neighbour, neighbours
from cityfolio.tabulate.numbers import median, tally
from cityfolio.tabulate.places import numbers_in

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable

__all__ = ["Benchmark", "CategoryChange", "benchmark", "changes", "comparability_of", "units_like"]


@dataclass(frozen=True)
class CategoryChange:
    """The change of one category between two waves, or why none may be stated."""

    category: str
    label: str
    change: WaveChange | Refusal


@dataclass(frozen=True)
class Benchmark:
    """The place of a unit's number among its peers, and how it stands to their median under a stated threshold."""

    value: Fraction
    position: Position
    median: Fraction
    standing: Standing
    threshold: Fraction


def changes(programme: Programme, variable: Variable, earlier: str, later: str) -> list[CategoryChange]:
    """The change of every category: on the matched panel, beside all respondents, refused across a break."""
    joint = joint_patterns(programme.answers, variable.id, earlier, later)
    steps, notes = _steps_and_notes(programme, variable, earlier, later)
    found = []
    for category in variable.categories:
        comparable = comparability_along(variable, category.code, steps, notes)
        found.append(CategoryChange(category.code, category.label, change_between(variable, joint, comparable)))
    return found


def comparability_of(
    programme: Programme, variable: Variable, category: str, earlier: str, later: str
) -> Comparability:
    """How far a category may be compared between two waves, by the crosswalks and instruments between them."""
    return comparability_along(variable, category, *_steps_and_notes(programme, variable, earlier, later))


def _steps_and_notes(
    programme: Programme, variable: Variable, earlier: str, later: str
) -> tuple[list[Crosswalk], list[DerivedNote]]:
    steps = _steps(programme, earlier, later)
    first, last = programme.instruments[earlier], programme.instruments[later]
    return steps, question_notes(first, last, variable.id, steps[0])


def _steps(programme: Programme, earlier: str, later: str) -> list[Crosswalk]:
    """The crosswalks from wave to wave; where no file says anything, the waves are taken as their instruments are."""
    waves = programme.manifest.waves
    between = waves[waves.index(earlier) : waves.index(later) + 1]
    written = {(crosswalk.earlier, crosswalk.later): crosswalk for crosswalk in programme.crosswalks}
    return [written.get(pair, Crosswalk(*pair, ())) for pair in itertools.pairwise(between)]


def benchmark(
    programme: Programme, unit: str, variable: Variable, edition: Edition, threshold: Fraction, type_attribute: str = ""
) -> Benchmark | None:
    """The unit's number beside those of its peers, or None where it or all of them gave none."""
    numbers = numbers_in(answers_for(programme.answers, edition, variable), variable, edition)
    peers = peers_of(programme.answers.units, unit, type_attribute)
    others = [number for name, number in numbers.items() if name in peers]
    middle = median(tally(others))
    if unit not in numbers or middle is None:
        return None
    value = numbers[unit]
    return Benchmark(value, position(value, others), middle, standing(value, middle, threshold), threshold)


def units_like(
    programme: Programme, unit: str, variables: Sequence[str], edition: Edition, number: int, type_attribute: str = ""
) -> list[Neighbour]:
    """The units nearest to one in these variables, with what they share; the same at every build."""
    features = features_of(programme.answers, edition, variables)
    return neighbours(unit, sorted(peers_of(programme.answers.units, unit, type_attribute)), features, number)
