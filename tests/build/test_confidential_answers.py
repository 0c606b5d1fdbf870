"""A programme with questions whose single answers are not released: what its site gives away, in all files."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from cityfolio.build.project import open_project
from cityfolio.build.running import BuildReport, build_site, publish_site
from cityfolio.errors import WrongUse
from tests.programmes import ProgrammeFolder, held_in, rows_of

QUESTIONS = """\
      - variable: trust
        kind: single
        label: Trust in contractors
        question: Do you trust your contractors?
        released: false
        categories:
          - {code: full, label: Full trust}
          - {code: some, label: Some trust}
          - {code: little, label: Little trust}
      - variable: troubles
        kind: multiple
        label: Troubles
        question: Which troubles do you have?
        released: false
        other: true
        categories:
          - {code: debt, label: Debts}
          - {code: strike, label: Strikes}
          - {code: theft, label: Stolen trees}
      - variable: bribes
        kind: number
        label: Bribes offered
        question: How many bribes were you offered?
        released: false
"""
RULE = "disclosure: {minimum_base: 4, minimum_numerator: 3, minimum_rest: 2}\n"
WAVES = ("2022", "2024")
SECRETS = ("trust", "troubles", "troubles_other", "bribes")


@pytest.fixture
def confidential(small: ProgrammeFolder) -> ProgrammeFolder:
    """Forty cities in seven countries on two continents; most answer twice."""
    dice = random.Random(7)
    units = [f"city-{number:02}" for number in range(40)]
    countries = ["Aland", "Boreland", "Cantia", "Dovre", "Ewig", "Fennia", "Gotland"]
    lines = ["unit,name,country,continent,lat,lon"]
    for number, unit in enumerate(units):
        place = min(6, number // (4 + number % 5))
        lines.append(f"{unit},City {number},{countries[place]},{'EU' if place < 4 else 'AS'},1,1")
    small.write("units.csv", "\n".join(lines) + "\n")
    for wave in WAVES:
        small.write(f"instruments/{wave}.yml", small.text(f"instruments/{wave}.yml") + QUESTIONS)
        rows = ["unit,population,has_plan,measures,measures_other," + ",".join(SECRETS)]
        for unit in units:
            if dice.random() < 0.8:
                trust = dice.choices(["full", "some", "little", ""], [9, 9, 0.4, 2])[0]
                troubles = " ".join(code for code in ("debt", "strike", "theft") if dice.random() < 0.3)
                words = f"secret of {unit}" if dice.random() < 0.2 else ""
                rows.append(f"{unit},1000,yes,planting,,{trust},{troubles},{words},{dice.randint(9000, 9999)}")
        small.write(f"responses/{wave}.csv", "\n".join(rows) + "\n")
    small.swap(
        "programme.yml", "groups:\n", RULE + "groups:\n  - {kind: region, title: Region, attribute: continent}\n"
    )
    plan = "      - {kind: chart, variable: trust, title: Trust}\n      - {kind: ranking, variable: troubles}\n"
    small.write("profile.yml", small.text("profile.yml") + plan)
    return small


def table(folder: ProgrammeFolder, wave: str) -> dict[str, dict[str, str]]:
    return {row["unit"]: row for row in rows_of(folder.path / f"responses/{wave}.csv")}


@pytest.mark.parametrize("write", [build_site, publish_site])
def test_exchanging_the_answers_of_two_cities_of_one_country_changes_no_byte_of_the_site(
    write: Callable[[Path, Path], BuildReport], confidential: ProgrammeFolder, tmp_path: Path
) -> None:
    before = tmp_path / "before"
    write(confidential.path, before)
    rows = [table(confidential, wave) for wave in WAVES]
    units = {row["unit"]: row["country"] for row in rows_of(confidential.path / "units.csv")}
    both = [unit for unit in units if all(unit in found for found in rows)]
    one, other = next(
        (one, other)
        for one in both
        for other in both
        if units[one] == units[other]
        and all(rows[0][one][name] != rows[0][other][name] for name in ("trust", "bribes"))
    )
    for wave, found in zip(WAVES, rows, strict=True):
        for unit, partner in ((one, other), (other, one)):
            for name in SECRETS:
                confidential.set_cell(f"responses/{wave}.csv", unit, name, found[partner][name])
    after = tmp_path / "after"
    write(confidential.path, after)
    assert held_in(after) == held_in(before)


def test_own_words_and_numbers_of_single_cities_are_in_no_file(confidential: ProgrammeFolder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_site(confidential.path, site)
    files = held_in(site)
    assert not [name for name, content in files.items() if b"secret of" in content]
    (header, *_) = csv.reader(files["data/responses.csv"].decode().splitlines())
    assert not set(header) & {*SECRETS, "trust_missing", "bribes_missing"}
    assert "Who gave which answer" not in files["variables/trust/index.html"].decode()


def test_what_is_withheld_is_said_in_words_and_has_its_reason_in_the_facts(
    confidential: ProgrammeFolder, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    confidential.build(site)
    facts = list(rows_of(site / "data/facts.csv"))
    withheld = [fact for fact in facts if fact["withheld"]]
    assert {fact["variable"] for fact in withheld} == {"trust", "troubles", "bribes"}
    assert all((fact["numerator"], fact["base"], fact["value"]) == ("", "", "") for fact in withheld)
    reasons = {"minimum_base", "minimum_numerator", "minimum_rest", "complementary"}
    assert {fact["withheld"] for fact in withheld} == reasons
    rare = next(fact for fact in withheld if fact["group"] == "all" and fact["category"] == "little")
    assert "withheld, so that no single answer can be worked out" in (site / "variables/trust/index.html").read_text()
    page = (site / "cities/city-01/index.html").read_text()
    assert "withheld" in page
    assert f'data-fact="{rare["fact"]}"' not in page


def test_no_small_number_can_be_worked_out_from_all_the_facts_of_the_site(
    confidential: ProgrammeFolder, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    confidential.build(site)
    attack = Attack(confidential, list(rows_of(site / "data/facts.csv")))
    truth = open_project(confidential.path).programme
    tried = 0
    for variable in ("trust", "troubles"):
        for category in truth.answers.variables[variable].by_code:
            for edition in truth.manifest.editions.values():
                for group in sorted({g for groups in truth.groups.values() for g in groups}):
                    number, base = attack.true(variable, category, edition.waves, group.kind, group.key)
                    if number and truth.manifest.disclosure.hides_count(number, base):
                        low, high = attack.possible(variable, category, edition.waves, group.kind, group.key)
                        assert low < high, f"{edition.id} {variable} {category} {group.id} can only be {low}"
                        tried += 1
    assert tried > 20


class Attack:
    """Somebody who knows who took part and whose every number is an equation about who gave which answer.

    One unknown for each city that took part in a wave and each answer it could have given, 0 or 1.
    """

    def __init__(self, folder: ProgrammeFolder, facts: list[dict[str, str]]) -> None:
        self.rows = {wave: table(folder, wave) for wave in WAVES}
        self.units = {row["unit"]: row for row in rows_of(folder.path / "units.csv")}
        self.facts = facts
        self.pairs = [(unit, wave) for wave in WAVES for unit in self.rows[wave]]

    def counted(self, waves: tuple[str, ...], kind: str, key: str) -> list[int]:
        """The places of the responses that count in an edition and a group."""
        column = {"region": "continent", "country": "country"}.get(kind, "")
        found = []
        for place, (unit, wave) in enumerate(self.pairs):
            latest = max((w for w in waves if unit in self.rows[w]), default="")
            if wave == latest and (not column or self.units[unit][column] == key):
                found.append(place)
        return found

    def true(self, variable: str, category: str, waves: tuple[str, ...], kind: str, key: str) -> tuple[int, int]:
        """How many gave the answer, and how many answered."""
        cells = [self.rows[w][u] for u, w in (self.pairs[p] for p in self.counted(waves, kind, key))]
        answered = [c for c in cells if c[variable] or c.get(f"{variable}_other")]
        return sum(category in c[variable].split() for c in answered), len(answered)

    def possible(self, variable: str, category: str, waves: tuple[str, ...], kind: str, key: str) -> tuple[int, int]:
        """The smallest and the largest number that all facts allow."""
        codes = sorted({f["category"] for f in self.facts if f["variable"] == variable and f["category"]})
        width = len(codes) + 1  # the last one: answered
        size = len(self.pairs) * width
        equations = {}
        for fact in self.facts:
            is_share = fact["measure"] == "share" and fact["variable"] == variable and fact["numerator"]
            if is_share:
                places = self.counted(tuple(fact["edition"].split("-")), *fact["group"].partition(":")[::2])
                equations[tuple(p * width + codes.index(fact["category"]) for p in places)] = int(fact["numerator"])
                equations[tuple(p * width + width - 1 for p in places)] = int(fact["base"])
        matrix = np.zeros((len(equations), size))
        for line, columns in enumerate(equations):
            matrix[line, list(columns)] = 1
        known = np.array(list(equations.values()))
        within = np.zeros((len(self.pairs) * len(codes), size))
        for place in range(len(self.pairs)):
            for at in range(len(codes)):
                within[place * len(codes) + at, [place * width + at, place * width + width - 1]] = [1, -1]
        rules = [LinearConstraint(matrix, known, known), LinearConstraint(within, -1, 0)]
        if variable == "trust":
            single = np.zeros((len(self.pairs), size))
            for place in range(len(self.pairs)):
                single[place, place * width : place * width + width] = [*[1] * len(codes), -1]
            rules.append(LinearConstraint(single, 0, 0))
        aim = np.zeros(size)
        aim[[p * width + codes.index(category) for p in self.counted(waves, kind, key)]] = 1
        ends = []
        for sign in (1, -1):
            found = milp(sign * aim, integrality=np.ones(size), bounds=Bounds(0, 1), constraints=rules)
            assert found.success, found.message
            ends.append(sign * round(found.fun))
        return ends[0], ends[1]


def test_changes_and_groups_that_would_tell_small_counts_are_refused(confidential: ProgrammeFolder) -> None:
    project = open_project(confidential.path)
    with pytest.raises(WrongUse, match="a change on the matched panel would tell them"):
        project.changes("trust")
    with pytest.raises(WrongUse, match="tables by its answers would tell them"):
        project.tabulate("troubles", by="trust")
