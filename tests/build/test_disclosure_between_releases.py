"""A release cannot be taken back: what the next one would tell together with it is found before it is frozen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cityfolio.build.project import open_project
from cityfolio.build.releasing.disclosing import disclosure_findings
from cityfolio.build.releasing.frozen import frozen_release, frozen_releases
from cityfolio.build.releasing.making import candidate_of
from cityfolio.build.releasing.preparing import ReleaseWish, prepare_release
from cityfolio.cli.application import run
from cityfolio.errors import ProgrammeBlocked
from cityfolio.findings import Finding
from tests.build.confidential import RULE, confide
from tests.programmes import ProgrammeFolder, held_in, rows_of


@pytest.fixture(scope="module")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The confidential programme with its first release. Not to be changed."""
    from cityfolio.build.scaffold import make_programme

    folder = ProgrammeFolder(tmp_path_factory.mktemp("between") / "programme")
    make_programme(folder.path)
    confide(folder)
    prepare_release(folder.path, ReleaseWish("2026-05-01"), lambda files, _: files)
    return folder.path


@pytest.fixture
def folder(released_once: Path, tmp_path: Path) -> ProgrammeFolder:
    """A copy that may be changed."""
    return ProgrammeFolder.copy_of(released_once, tmp_path / "programme")


def found(folder: ProgrammeFolder) -> list[Finding]:
    releases = frozen_releases(folder.path)
    return disclosure_findings(folder.path, candidate_of(folder.path, releases[-1]), releases)


def newcomer(folder: ProgrammeFolder) -> str:
    """A city that has not answered in 2024."""
    answered = {row["unit"] for row in rows_of(folder.path / "responses/2024.csv")}
    return next(row["unit"] for row in rows_of(folder.path / "units.csv") if row["unit"] not in answered)


def answer(folder: ProgrammeFolder, unit: str) -> None:
    folder.add_row(
        "responses/2024.csv", unit=unit, population="1000", has_plan="yes", measures="planting", trust="some",
        troubles="theft", bribes="9100",
    )  # fmt: skip


def test_where_nothing_confidential_changed_there_is_nothing_to_find(folder: ProgrammeFolder) -> None:
    folder.swap("programme.yml", "Green streets", "Greener streets")
    assert found(folder) == []


def test_a_single_new_answer_would_be_the_difference_of_two_tables(folder: ProgrammeFolder) -> None:
    answer(folder, newcomer(folder))
    blocking = [finding for finding in found(folder) if finding.blocks]
    assert {f.code for f in blocking} == {"release.discloses"}
    assert {f.facts["variable"] for f in blocking} == {"trust", "troubles", "bribes"}
    # It is true: somebody who has both tables subtracts one from the other.
    first = {row["fact"]: row for row in rows_of(folder.path / "releases/1.0.0/site/data/facts.csv")}
    fact = "2024.troubles.theft.all.share"
    now = open_project(folder.path).fact(fact)
    assert now.numerator is not None
    assert now.base is not None
    assert (now.numerator - int(first[fact]["numerator"]), now.base.counted - int(first[fact]["base"])) == (1, 1)
    assert "Stolen trees" in next(f for f in blocking if f.facts["variable"] == "troubles").facts["answers"]


def test_nothing_is_frozen_that_would_give_answers_away_unless_somebody_says_that_it_may(
    folder: ProgrammeFolder,
) -> None:
    answer(folder, newcomer(folder))
    before = held_in(folder.path)
    with pytest.raises(ProgrammeBlocked) as blocked:
        prepare_release(folder.path, ReleaseWish("2026-06-01"), lambda files, _: files)
    assert "release.discloses" in {finding.code for finding in blocked.value.findings}
    assert held_in(folder.path) == before
    assert run(["release", "prepare", str(folder.path), "--date", "2026-06-01", "--accept-disclosure"]) == 0
    assert frozen_release(folder.path, "").manifest.version == "1.1.0"


def test_many_new_answers_hide_each_other(folder: ProgrammeFolder) -> None:
    """Another wave of many cities: differences to the tables of the first release are large or withheld."""
    folder.swap(
        "programme.yml",
        "  - {id: 2024, title: survey of 2024}\n",
        "  - {id: 2024, title: survey of 2024}\n  - {id: 2026}\n",
    )
    folder.write("instruments/2026.yml", folder.text("instruments/2024.yml").replace("2024", "2026"))
    folder.write("responses/2026.csv", folder.text("responses/2024.csv"))
    folder.write("crosswalks/2024-2026.yml", "format: 1\nearlier: 2024\nlater: 2026\nchanges: []\n")
    assert [f for f in found(folder) if f.blocks] == []


def test_numbers_that_are_withheld_now_and_were_shown_before_are_told(folder: ProgrammeFolder) -> None:
    folder.swap("programme.yml", RULE, "disclosure: {minimum_base: 8, minimum_numerator: 6, minimum_rest: 6}\n")
    (finding,) = found(folder)
    assert (finding.code, finding.blocks, finding.facts["version"]) == ("release.shown-before", False, "1.0.0")
    assert int(finding.facts["number"]) > 0


def test_answers_that_were_public_before_are_told(small: ProgrammeFolder) -> None:
    confide(small)
    secret = {f"instruments/{wave}.yml": small.text(f"instruments/{wave}.yml") for wave in ("2022", "2024")}
    for name, text in secret.items():
        small.write(name, text.replace("        released: false\n", "", 1))
    prepare_release(small.path, ReleaseWish("2026-05-01"), lambda files, _: files)
    for name, text in secret.items():
        small.write(name, text)
    codes = {finding.code: finding.facts for finding in found(small)}
    assert codes["release.answers-shown"]["variables"] == "trust"
    assert "release.shown-before" in codes


def test_a_release_whose_inputs_are_lost_cannot_be_looked_at(folder: ProgrammeFolder) -> None:
    shutil.rmtree(folder.path / "releases" / "inputs")
    assert [finding.code for finding in found(folder)] == ["release.unaudited"]
