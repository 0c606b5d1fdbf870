"""Tables that DuckDB counts for a programme folder: the same as those of plain Python, whatever is asked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cityfolio.build import at_size
from cityfolio.build.at_size import LargeProject, is_large, open_large_project
from cityfolio.build.project import Project, open_project
from cityfolio.cli.application import run
from cityfolio.errors import ProgrammeBlocked, WrongUse
from tests.programmes import ProgrammeFolder

EXAMPLE = Path(__file__).parents[2] / "examples" / "innovation-capacity"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("large") / "programme"
    shutil.copytree(EXAMPLE, copied)
    return copied


@pytest.fixture(scope="module")
def plain(folder: Path) -> Project:
    return open_project(folder)


@pytest.fixture(scope="module")
def large(folder: Path) -> LargeProject:
    return open_large_project(folder)


@pytest.mark.parametrize("by", [None, "continent", "size", "continent,size", "approach", "approach, continent"])
def test_tables_are_those_of_plain_python(plain: Project, large: LargeProject, by: str | None) -> None:
    for variable in ("approach", "outcomes", "team_location"):
        for edition in plain.programme.manifest.editions:
            expected = plain.tabulate(variable, by=by, edition=edition)
            assert large.tabulate(variable, by=by, edition=edition) == expected


@pytest.mark.parametrize("by", [None, "continent", "continent,size"])
def test_weighted_shares_and_their_errors_are_those_of_record_by_record(
    plain: Project, large: LargeProject, by: str | None
) -> None:
    found = large.tabulate("outcomes", by=by, weights="population").rows
    for one, other in zip(plain.tabulate("outcomes", by=by, weights="population").rows, found, strict=True):
        assert (one.fact, one.group, one.category) == (other.fact, other.group, other.category)
        first, second = one.estimate, other.estimate
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            assert second.degrees_of_freedom == first.degrees_of_freedom
            for name in ("value", "standard_error", "lower", "upper", "design_effect"):
                mine, theirs = getattr(first, name), getattr(second, name)
                assert theirs == (mine if mine is None else pytest.approx(mine, rel=1e-11, abs=1e-14)), name


def test_answers_are_coded_once_and_again_when_a_file_changes(folder: Path, tmp_path: Path) -> None:
    copied = tmp_path / "programme"
    shutil.copytree(folder, copied, ignore=shutil.ignore_patterns(".cityfolio-cache"))
    before = open_large_project(copied).tabulate("approach")
    kept = sorted((copied / ".cityfolio-cache").rglob("*.parquet"))
    stamps = [path.stat().st_mtime_ns for path in kept]
    assert [path.name for path in kept] == ["2018.parquet", "2020.parquet"]
    assert open_large_project(copied).tabulate("approach") == before
    assert [path.stat().st_mtime_ns for path in kept] == stamps
    responses = copied / "responses" / "2020.csv"
    lines = responses.read_text(encoding="utf-8").splitlines(keepends=True)
    responses.write_text("".join(lines[:-1]), encoding="utf-8")
    assert open_large_project(copied).tabulate("approach") == open_project(copied).tabulate("approach") != before
    assert not any(path.exists() for path in kept)


def test_wrong_answers_block_with_their_places_and_nothing_is_kept(folder: Path, tmp_path: Path) -> None:
    copied = tmp_path / "programme"
    shutil.copytree(folder, copied, ignore=shutil.ignore_patterns(".cityfolio-cache"))
    responses = copied / "responses" / "2020.csv"
    header, first, second, *rest = responses.read_text(encoding="utf-8").splitlines()
    column = header.split(",").index("approach")
    wrong = second.split(",")
    wrong[0], wrong[column] = "nowhere-xyz", "holistc"
    responses.write_text("\n".join([header, first, ",".join(wrong), *rest, first]) + "\n", encoding="utf-8")
    with pytest.raises(ProgrammeBlocked) as blocked:
        open_large_project(copied).tabulate("outcomes")
    found = {(f.code, str(f.at)) for f in blocked.value.findings if f.blocks}
    last = len(rest) + 4
    assert found == {
        ("intake.unknown-unit", "responses/2020.csv, line 3, column unit"),
        ("intake.unknown-code", "responses/2020.csv, line 3, column approach"),
        ("intake.doubled-unit", f"responses/2020.csv, line {last}, column unit"),
    }
    assert not list(copied.rglob("*.parquet"))


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("responses/2024.csv", b'unit,population\n"busan,1\n', {"table.stray-quote"}),
        ("responses/2024.csv", b"unit,population,has_plan,measures,measures_other\ncedar-bb,1\n", {"table.ragged-row"}),
        ("responses/2024.csv", b"unit,population\nc\xe9dre,1\n", {"file.undecodable"}),
        ("responses/2024.csv", None, {"file.missing"}),
        ("units.csv", b'unit,name\ncedar-bb,"Ce"dar\n', {"table.stray-quote"}),
        ("responses/2024.parquet", b"no Parquet", {"file.no-parquet"}),
    ],
)
def test_files_that_are_no_tables_are_findings(
    small: ProgrammeFolder, name: str, content: bytes | None, codes: set[str]
) -> None:
    if name.endswith(".parquet"):
        wave = re.search(r'- id: "?2024"?|- \{id: "?2024"?', small.text("programme.yml"))
        assert wave is not None
        joint = ", responses: " if "{" in wave[0] else "\n    responses: "
        small.swap("programme.yml", wave[0], f"{wave[0]}{joint}{name}")
    path = small.path / name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProgrammeBlocked) as blocked:
        open_large_project(small.path).tabulate("measures")
    assert {finding.code for finding in blocked.value.findings if finding.blocks} == codes
    assert {finding.at.file for finding in blocked.value.findings} == {name}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"variable": "aproach"}, 'There is no choice variable "aproach". Did you mean "approach"?'),
        ({"variable": "approach", "by": "continents"}, '"continents" is no kind of group and no single choice'),
        ({"variable": "approach", "edition": "1999"}, 'There is no edition "1999"'),
        (
            {"variable": "approach", "by": "has_team", "weights": "population"},
            "Weights do not go with groups by answers",
        ),
        ({"variable": "approach", "weights": "city"}, "has no column 'city'"),
    ],
)
def test_what_cannot_be_meant_is_said(large: LargeProject, asked: dict[str, str], said: str) -> None:
    with pytest.raises(WrongUse, match=said.replace("?", r"\?")):
        large.tabulate(**asked)


def test_the_command_takes_duckdb_where_there_are_many_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["tabulate", str(folder), "approach", "--by", "continent", "--format", "csv"]
    assert run([*asked, "--engine", "plain"]) == 0
    plain = capsys.readouterr().out
    assert not is_large(folder)
    monkeypatch.setattr(at_size, "PLAIN_BYTES", 1)
    assert is_large(folder)
    for engine in ("auto", "duckdb"):
        assert run([*asked, "--engine", engine]) == 0
        assert capsys.readouterr().out == plain
    assert run([*asked, "--test"]) == 2
    assert "take --engine plain" in capsys.readouterr().err


def test_a_catalogue_that_cannot_be_read_has_no_part_in_counting(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    small.write("locale/ko.po", "msgid broken\n")
    assert open_large_project(small.path).tabulate("has_plan").rows
