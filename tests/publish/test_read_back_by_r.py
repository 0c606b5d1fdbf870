"""R reads the published files: every answer by its label, every reason that there is none, every fact, as the CSV files say."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cityfolio.publish.formats.statistics_packages import stata_names

from ..programmes import rows_of

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).with_name("read_back.R")
SDMX = """
library(rsdmx)
given <- commandArgs(trailingOnly = TRUE)
structure <- readSDMX(given[1], isURL = FALSE)
stopifnot(structure@datastructures@datastructures[[1]]@id == "DSD_FACTS")
write.csv(as.data.frame(readSDMX(given[2], isURL = FALSE)), given[3], row.names = FALSE, na = "")
"""


@pytest.fixture(scope="module")
def rscript() -> str:
    """R, with the packages that researchers use."""
    found = shutil.which("Rscript")
    assert found, (
        "this test needs R:  apt-get install r-base-core r-cran-haven r-cran-readr r-cran-jsonlite r-cran-rsdmx"
    )
    return found


@pytest.fixture(scope="module")
def by_r(rscript: str, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What R read, as tables."""
    out = tmp_path_factory.mktemp("r")
    done = subprocess.run([rscript, str(SCRIPT), str(published), str(out)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


class Cell(NamedTuple):
    """One cell as the CSV files and the codebook say it: a number or text, or the place of its missing reason; its words."""

    label: str
    value: str
    said: str
    reason: int | None


def cells(published: Path) -> Iterator[tuple[int, str, Cell]]:
    """Every cell of the files for statistics packages, from responses.csv and codebook.json alone."""
    codebook = json.loads((published / "codebook.json").read_text("utf-8"))
    reasons = [told["reason"] for told in codebook["missing"]]
    meanings = {told["reason"]: told["meaning"] for told in codebook["missing"]}

    def none(label: str, reason: str) -> Cell:
        return Cell(label, "", meanings[reason], reasons.index(reason))

    for number, row in enumerate(rows_of(published / "responses.csv"), start=1):
        for variable in codebook["variables"]:
            name, label, kind = variable["variable"], variable["label"], variable["kind"]
            if name not in row:
                continue
            missing, codes = row[f"{name}_missing"], row[name].split()
            labels = {c["code"]: c["label"] for c in variable["categories"]}
            if kind == "text":
                yield number, name, Cell(label, row[name], "", None)
            elif kind == "number":
                yield number, name, none(label, missing) if missing else Cell(label, row[name], "", None)
            elif kind in ("multiple", "ranked"):
                yield number, name, Cell(label, row[name], "", None)
                for category in variable["categories"]:
                    about = f"{label}: {category['label']}"
                    code = category["code"]
                    chosen = codes.index(code) + 1 if code in codes else 0
                    if missing != "not_asked" and row["wave"] not in category["waves"]:
                        found = none(about, "not_offered")
                    elif missing:
                        found = none(about, missing)
                    elif kind == "ranked":
                        found = Cell(about, str(chosen), "", None)
                    else:
                        found = Cell(about, str(min(chosen, 1)), "Chosen" if chosen else "Not chosen", None)
                    yield number, f"{name}_{code}", found
            elif missing:
                yield number, name, none(label, missing)
            elif codes:
                yield number, name, Cell(label, str(list(labels).index(codes[0]) + 1), labels[codes[0]], None)


def read(file: Path) -> dict[tuple[int, str], tuple[str, str, str, str]]:
    """What R read, by row and name."""
    return {
        (int(row["row"]), row["variable"]): (row["label"], row["value"], row["said"], row["reason"])
        for row in rows_of(file)
    }


def test_haven_reads_every_answer_of_the_spss_file_with_its_labels_and_reasons(by_r: Path, published: Path) -> None:
    found = read(by_r / "sav.csv")
    compared = 0
    for row, name, cell in cells(published):
        label, value, said, reason = found[row, name]
        if len(cell.said.encode()) > 120:  # SPSS has no room for more bytes: whole words, and a sign that more follows
            assert said[-1:] == "…"
            assert cell.said.startswith(said[:-1] + " ")
            assert 100 < len(said.encode()) <= 120
            said = cell.said
        told = (label, "" if reason else value, said, bool(reason))
        assert told == (cell.label, cell.value, cell.said, cell.reason is not None), (row, name)
        compared += 1
    own_words_unit_and_wave = [key for key in found if key[1] in ("unit", "wave") or key[1].endswith("_other")]
    assert compared + len(own_words_unit_and_wave) == len(found)


def test_haven_reads_every_answer_of_the_stata_file_with_its_labels_and_reasons(by_r: Path, published: Path) -> None:
    found = read(by_r / "dta.csv")
    order = list(dict.fromkeys(name for _, name in read(by_r / "sav.csv")))
    names = stata_names(order)
    for row, name, cell in cells(published):
        letter = "" if cell.reason is None else "abcdefgh"[cell.reason]
        assert found[row, names[name]] == (cell.label[:80], cell.value, cell.said, letter), (row, name)


# readr reads decimals fast, and may be off in the last places.
@pytest.mark.parametrize(("package", "off_by"), [("readr", 1e-14), ("jsonlite", 0.0)])
def test_r_reads_every_fact(package: str, off_by: float, by_r: Path, published: Path) -> None:
    for read, told in zip(rows_of(by_r / f"{package}.csv"), rows_of(published / "facts.csv"), strict=True):
        assert read["fact"] == told["fact"]
        for name in ("value", "numerator", "base"):
            assert bool(read[name]) == bool(told[name]), told["fact"]
            if told[name]:
                assert float(read[name]) == pytest.approx(float(told[name]), rel=off_by, abs=0), told["fact"]


def test_rsdmx_reads_structure_and_facts(rscript: str, small_published: Path, tmp_path: Path) -> None:
    # rsdmx knows SDMX up to 2.1, and takes long for a large message.
    files = [small_published / "sdmx" / name for name in ("structure-2.1.xml", "facts-2.1.xml")]
    subprocess.run([rscript, "-e", SDMX, *map(str, files), str(tmp_path / "r.csv")], check=True, capture_output=True)
    names = ("EDITION", "VARIABLE", "CATEGORY", "GROUP", "MEASURE", "OBS_VALUE", "NUMERATOR", "BASE", "NOT_ASKED")
    told = {tuple(row[name] for name in names) for row in rows_of(small_published / "sdmx" / "facts.csv")}
    assert {tuple(row[name] for name in names) for row in rows_of(tmp_path / "r.csv")} == told
