"""Somebody who has every file of a publication, and who took part, tries to work out what is withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from cityfolio.build.project import open_project
from cityfolio.build.running import publish_site
from cityfolio.build.scaffold import make_programme
from tests.build.confidential import WAVES, confide
from tests.build.released_numbers import SECRET_COLUMNS, Told, told_in
from tests.programmes import ProgrammeFolder, rows_of

COLUMNS = {"region": "continent", "country": "country"}
Response = tuple[str, str]
"""Unit and wave."""


@dataclass(frozen=True)
class Published:
    """The programme, its publication, and everything that this tells about the confidential questions."""

    folder: ProgrammeFolder
    site: Path
    told: tuple[Told, ...]

    @property
    def withheld(self) -> dict[str, dict[str, str]]:
        """The facts that facts.csv withholds."""
        return {row["fact"]: row for row in rows_of(self.site / "data/facts.csv") if row["withheld"]}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    place = tmp_path_factory.mktemp("attack")
    folder = ProgrammeFolder(place / "programme")
    make_programme(folder.path)
    confide(folder)
    publish_site(folder.path, place / "site")
    return Published(folder, place / "site", tuple(told_in(place / "site", SECRET_COLUMNS)))


def test_no_file_tells_what_another_one_withholds_and_all_tell_the_same(published: Published) -> None:
    withheld = published.withheld
    assert len(withheld) > 150
    assert [one for one in published.told if one.fact in withheld] == []
    listed = {row["fact"]: row for row in rows_of(published.site / "data/facts.csv")}
    files = {one.file for one in published.told}
    for pattern in (
        "data/facts.",
        "data/sdmx/",
        "data/programme.sqlite",
        "api/v1/",
        "explore/",
        "charts/",
        "variables/",
    ):
        assert any(name.startswith(pattern) for name in files), pattern
    for one in published.told:
        row = listed[one.fact]
        for said, column in ((one.numerator, "numerator"), (one.base, "base")):
            assert said is None or said == int(row[column]), one


class Attacker:
    """Who took part in which wave is public; every number told is an equation about who gave which answer."""

    def __init__(self, folder: ProgrammeFolder, told: Iterable[Told]) -> None:
        self.rows = {wave: {r["unit"]: r for r in rows_of(folder.path / f"responses/{wave}.csv")} for wave in WAVES}
        self.units = {row["unit"]: row for row in rows_of(folder.path / "units.csv")}
        self.responses: list[Response] = [(unit, wave) for wave in WAVES for unit in self.rows[wave]]
        self.told = list(told)

    def counted(self, edition: str, group: str) -> list[int]:
        """The places of the responses that count in a column: each unit's latest of the edition's waves."""
        waves, (kind, _, key) = edition.split("-"), group.partition(":")
        found = []
        for place, (unit, wave) in enumerate(self.responses):
            latest = max((w for w in waves if unit in self.rows[w]), default="")
            if wave == latest and (kind == "all" or self.units[unit][COLUMNS[kind]] == key):
                found.append(place)
        return found

    def true(self, variable: str, category: str, places: list[int]) -> tuple[int, int]:
        """How many gave the answer, and how many answered: what the attacker does not know."""
        cells = [self.rows[wave][unit] for unit, wave in (self.responses[place] for place in places)]
        answered = [cell for cell in cells if cell[variable] or cell.get(f"{variable}_other")]
        return sum(category in cell[variable].split() for cell in answered), len(answered)

    def possible(self, variable: str, category: str, target: list[int], codes: list[str]) -> tuple[int, int]:
        """The smallest and the largest count of the target that everything told allows."""
        # Answers to a question with several do not depend on each other, so the others tell nothing.
        asked = codes if variable == "trust" else [category]
        width, number = len(asked) + 1, len(self.responses)
        equations = dict(self._equations(variable, asked, width))
        matrix = np.zeros((len(equations), number * width))
        for line, places in enumerate(equations):
            matrix[line, list(places)] = 1
        known = np.array(list(equations.values()), dtype=np.float64)
        rules = [LinearConstraint(matrix, known, known)]
        within = np.zeros((number, number * width))
        for place in range(number):
            within[place, place * width : place * width + width] = [*[1] * len(asked), -1]
        # One answer of whoever answered; or at most one, if only one category is looked at.
        rules.append(LinearConstraint(within, 0 if len(asked) > 1 else -1, 0))
        aim = np.zeros(number * width)
        aim[[place * width + asked.index(category) for place in target]] = 1
        ends = []
        for sign in (1, -1):
            found = milp(sign * aim, integrality=np.ones(len(aim)), bounds=Bounds(0, 1), constraints=rules)
            assert found.success, found.message
            ends.append(sign * round(found.fun))
        return ends[0], ends[1]

    def _equations(self, variable: str, asked: list[str], width: int) -> Iterator[tuple[tuple[int, ...], int]]:
        for one in self.told:
            edition, named, category, group, measure = one.fact.split(".")
            if named != variable or not (measure.startswith("share") or measure == "answered"):
                continue
            places = self.counted(edition, group)
            answered = tuple(place * width + width - 1 for place in places)
            if measure == "share" and one.base is not None:
                yield answered, one.base
            if one.numerator is None:
                continue
            if measure == "answered":
                yield answered, one.numerator
            elif category in asked:
                yield tuple(place * width + asked.index(category) for place in places), one.numerator


def small_counts(published: Published, attacker: Attacker) -> Iterator[tuple[str, str, str, list[int], list[str]]]:
    """Every count that is too small to be shown: question, answer, name, who is counted, and all answers of the question."""
    programme = open_project(published.folder.path).programme
    rule = programme.manifest.disclosure
    for row in published.withheld.values():
        if row["measure"] != "share":
            continue
        places = attacker.counted(row["edition"], row["group"])
        number, base = attacker.true(row["variable"], row["category"], places)
        if number and rule.hides_count(number, base):
            codes = list(programme.answers.variables[row["variable"]].by_code)
            yield row["variable"], row["category"], row["fact"], places, codes


def worked_out(published: Published, told: Iterable[Told], enough: int = 1000) -> tuple[list[str], int]:
    """The small counts that can only be what they are (no more than are enough), and how many were tried."""
    attacker = Attacker(published.folder, told)
    found, tried = [], 0
    for variable, category, fact, places, codes in small_counts(published, attacker):
        low, high = attacker.possible(variable, category, places, codes)
        true, _ = attacker.true(variable, category, places)
        assert low <= true <= high
        tried += 1
        found += [fact] if low == high else []
        if len(found) == enough:
            break
    return found, tried


def test_no_small_count_can_be_worked_out_from_all_files_together(published: Published) -> None:
    found, tried = worked_out(published, published.told)
    assert found == []
    assert tried > 20


def test_the_attack_succeeds_where_small_counts_alone_are_withheld(published: Published) -> None:
    """What is withheld only to protect others is told again: then the same attack finds small counts."""
    attacker = Attacker(published.folder, ())
    more = []
    for fact, row in published.withheld.items():
        if row["withheld"] == "complementary" and row["measure"] == "share":
            counts = attacker.true(row["variable"], row["category"], attacker.counted(row["edition"], row["group"]))
            more.append(Told("nowhere", fact, *counts))
    found, _ = worked_out(published, [*published.told, *more], enough=3)
    assert {fact.split(".")[1] for fact in found} == {"trust", "troubles"}


def single_numbers(attacker: Attacker, sums: Mapping[str, float]) -> list[tuple[Response, float]]:
    """The numbers of single responses that sums of groups lead to: unit vectors among the combinations of what is told."""
    facts = [(fact, value) for fact, value in sums.items() if fact.split(".")[1] == "bribes"]
    matrix = np.zeros((len(facts), len(attacker.responses)))
    for line, (fact, _) in enumerate(facts):
        edition, _, _, group, _ = fact.split(".")
        matrix[line, attacker.counted(edition, group)] = 1
    found = []
    for place, response in enumerate(attacker.responses):
        alone = np.zeros(len(attacker.responses))
        alone[place] = 1
        weights = np.linalg.lstsq(matrix.T, alone, rcond=None)[0]
        if np.abs(matrix.T @ weights - alone).max() < 1e-8:
            found.append((response, float(weights @ [value for _, value in facts])))
    return found


def test_no_number_of_a_single_city_follows_from_the_sums_of_groups(published: Published) -> None:
    told = {one.fact: one.value for one in published.told if one.fact.endswith(".sum") and one.value is not None}
    attacker = Attacker(published.folder, published.told)
    assert len(told) > 5
    assert single_numbers(attacker, told) == []
    # The same search finds them where every sum is told.
    every = dict(told)
    for fact, row in published.withheld.items():
        if row["measure"] == "sum":
            places = attacker.counted(row["edition"], row["group"])
            cells = (attacker.rows[wave][unit]["bribes"] for unit, wave in (attacker.responses[p] for p in places))
            every[fact] = float(sum(int(cell) for cell in cells))
    exposed = single_numbers(attacker, every)
    assert exposed
    for (unit, wave), value in exposed:
        assert round(value) == int(attacker.rows[wave][unit]["bribes"])


def test_the_search_of_microdata_finds_answers_that_are_released(published: Published, tmp_path: Path) -> None:
    """The same readers refuse a publication of the same answers without `released: false`."""
    folder = ProgrammeFolder.copy_of(published.folder.path, tmp_path / "programme")
    for wave in WAVES:
        folder.write(
            f"instruments/{wave}.yml",
            folder.text(f"instruments/{wave}.yml").replace("released: false", "released: true"),
        )
    publish_site(folder.path, tmp_path / "site")
    refused = []
    for name in ("csv", "json", "parquet", "sav", "dta", "xlsx"):
        with pytest.raises(AssertionError):
            list(_reader(f"data/responses.{name}")(name, tmp_path / "site" / "data" / f"responses.{name}"))
        refused.append(name)
    for name in ("data/responses-long.csv", "data/ddi-codebook.xml", "data/programme.sqlite"):
        with pytest.raises(AssertionError):
            list(_reader(name)(name, tmp_path / "site" / name))
        refused.append(name)
    assert len(refused) == 9


def _reader(name: str) -> Callable[[str, Path], Iterator[Told]]:
    from tests.build.released_numbers import READERS

    return READERS[name]
