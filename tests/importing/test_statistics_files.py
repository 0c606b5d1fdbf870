"""SPSS and Stata files, written by ReadStat: labels, values that are declared missing, days, parts."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest

from cityfolio.intake.importing import labelled as reader
from tests.importing.received_files import blocked, imported, remarks, said
from tests.programmes import ProgrammeFolder

UNITS = ["alder-aa", "birch-aa", "cedar-bb"]
PLAN = {1: "A plan", 2: "No plan", 98: "Don't know", 99: "Refused"}


def _sav(small: ProgrammeFolder, columns: dict[str, list[object]], **said_of_it: object) -> Path:
    path = small.path.parent / "a.sav"
    pyreadstat.write_sav(pl.DataFrame({"unit": UNITS, **columns}, strict=False), path, **said_of_it)  # type: ignore[arg-type]
    return path


def _without(small: ProgrammeFolder, file: Path, *variables: str) -> str:
    """The answers, once the mapping says that the file does not hold these questions."""
    assert {f.code for f in blocked(small, file)} == {"import.unmatched-question"}
    small.add("mappings/2024.yml", f"absent: [{', '.join(variables)}]")
    return imported(small, file)


@pytest.mark.parametrize("declared", [[98, 99], [{"lo": 90, "hi": 99}], [{"lo": 98, "hi": 98}, {"lo": 99, "hi": 99}]])
def test_values_declared_missing_one_by_one_or_as_a_range(small: ProgrammeFolder, declared: list[object]) -> None:
    file = _sav(
        small,
        {"has_plan": [1.0, 98.0, 99.0]},
        variable_value_labels={"has_plan": PLAN},
        missing_ranges={"has_plan": declared},
    )
    text = _without(small, file, "population", "measures")
    assert [line.split(",")[2] for line in text.splitlines()[1:]] == ["yes", "?", "refused"]


def test_a_value_in_a_range_of_missing_ones_without_a_label_is_not_guessed(small: ProgrammeFolder) -> None:
    file = _sav(small, {"population": [5.0, 6.0, -7.0]}, missing_ranges={"population": [{"lo": -9, "hi": -1}]})
    assert {f.code for f in blocked(small, file)} == {"import.unmatched-question", "import.declared-missing"}
    small.add("mappings/2024.yml", "absent: [has_plan, measures]")
    (finding,) = blocked(small, file)
    assert (finding.code, finding.facts["got"]) == ("import.declared-missing", "-7")
    small.swap("mappings/2024.yml", "column: population", 'column: population\n    missing: {"-7": refused}')
    assert [line.split(",")[1] for line in imported(small, file).splitlines()[1:]] == ["5", "6", "refused"]


def test_reasons_in_the_columns_of_single_categories_are_the_reason_of_the_answer(small: ProgrammeFolder) -> None:
    tick = {0: "Not selected", 1: "Selected", 8: "Don't know", 9: "Refused"}
    names = [f"measures_{code}" for code in ("planting", "watering", "mapping", "none")]
    columns: dict[str, list[object]] = {name: [1.0 if at == 0 else 0.0, 9.0, 8.0] for at, name in enumerate(names)}
    labels = dict.fromkeys(names, tick)
    file = _sav(small, columns, variable_value_labels=labels, missing_ranges={name: [8, 9] for name in names})
    text = _without(small, file, "population", "has_plan")
    assert [line.split(",")[3] for line in text.splitlines()[1:]] == ["planting", "refused", "?"]
    columns["measures_mapping"] = [9.0, 8.0, 8.0]
    file = _sav(small, columns, variable_value_labels=labels, missing_ranges={name: [8, 9] for name in names})
    assert said(remarks(small, file)) == [
        ("import.mixed-reasons", "a.sav, line 2, column measures"),
        ("import.mixed-reasons", "a.sav, line 3, column measures"),
    ]
    assert [line.split(",")[3] for line in small.text("responses/2024.csv").splitlines()[1:]] == ["planting", "", "?"]


def test_ticks_that_count_from_one_to_two_are_told_by_their_labels(small: ProgrammeFolder) -> None:
    names = [f"measures_{code}" for code in ("planting", "watering", "mapping", "none")]
    columns: dict[str, list[object]] = {name: [1.0 if at < 2 else 2.0, 2.0, 2.0] for at, name in enumerate(names)}
    file = _sav(small, columns, variable_value_labels={name: {1: "Yes", 2: "No"} for name in names})
    text = _without(small, file, "population", "has_plan")
    assert [line.split(",")[3] for line in text.splitlines()[1:]] == ["planting watering", "", ""]


@pytest.mark.parametrize("version", [8, 12, 15])
def test_the_missing_values_a_to_z_of_stata(small: ProgrammeFolder, version: int) -> None:
    path = small.path.parent / "a.dta"
    frame = pl.DataFrame({"unit": UNITS, "has_plan": pl.Series([1, "a", "b"], dtype=pl.Object)}).to_pandas()
    labels: dict[str, Any] = {"has_plan": {1: "A plan", "a": "Don't know", "b": "Refused"}}
    pyreadstat.write_dta(
        frame, path, version=version, variable_value_labels=labels, missing_user_values={"has_plan": ["a", "b"]}
    )
    text = _without(small, path, "population", "measures")
    assert [line.split(",")[2] for line in text.splitlines()[1:]] == ["yes", "?", "refused"]


def test_days_are_written_as_days(small: ProgrammeFolder) -> None:
    small.add("instruments/2024.yml", "      - {variable: since, kind: text, label: Since, question: Since when?}")
    file = _sav(small, {"since": [datetime.date(2024, 5, 1), None, datetime.date(1066, 10, 14)]})
    text = _without(small, file, "population", "has_plan", "measures")
    assert [line.rsplit(",", 1)[1] for line in text.splitlines()[1:]] == ["2024-05-01", "", "1066-10-14"]


def test_a_file_is_read_in_parts(small: ProgrammeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_ROWS", 2)
    file = _sav(small, {"population": [1.0, 2.0, 3.5]})
    text = _without(small, file, "has_plan", "measures")
    assert [line.split(",")[1] for line in text.splitlines()[1:]] == ["1", "2", "3.5"]
