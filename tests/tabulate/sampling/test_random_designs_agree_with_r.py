"""Samples drawn at random, with random designs, tabulated by the command and by R's survey package, run beside it."""

from __future__ import annotations

import csv
import io
import math
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from cityfolio.cli.plain_tabulation import tabulate_file

from .tables import as_csv

SCRIPT = Path(__file__).with_name("random_designs.R")
CASES = 60
INTERVALS = ("logit", "beta", "mean")
# An edge of R: at a share of 0 or 1, or without any spread, its transformed intervals are not defined.
EDGE = 1e-9

Row = dict[str, str]


def sample(rng: random.Random) -> list[Row]:
    """A sample of strata with clusters in them, some of one unit, with blank answers and weights that differ."""
    rows = []
    for stratum in range(rng.randint(1, 4)):
        sampled = rng.randint(2, 6)
        of_stratum = sampled + rng.randint(0, 30)
        for cluster in range(sampled):
            size = rng.randint(1, 6)
            inner = size + (rng.randint(0, 9) if size > 1 else 0)  # one unit of many tells nothing of the others
            rows += [
                {
                    "stratum": f"s{stratum}",
                    "cluster": f"c{cluster}",
                    "unit": f"u{unit}",
                    "clusters": str(of_stratum),
                    "units": str(inner),
                    "w": f"{rng.uniform(0.5, 40):.4f}",
                    "said": rng.choice(["yes", "yes", "no", "perhaps", ""]),
                    "number": rng.choice(["", f"{rng.gauss(50, 20):.2f}", f"{rng.gauss(50, 20):.2f}"]),
                    "region": rng.choice("ab"),
                    "size": rng.choice(["big", "small"]),
                }
                for unit in range(size)
            ]
    rng.shuffle(rows)
    return rows


def design(rng: random.Random) -> Row:
    """How the sample was drawn and what is asked of it, as the command's arguments."""
    drawn = rng.choice(
        [
            {"weights": "w"},
            {"weights": "w", "strata": "stratum"},
            {"weights": "w", "strata": "stratum", "cluster": "cluster"},
            {"weights": "w", "strata": "stratum", "cluster": "cluster", "fpc": "clusters"},
            {"strata": "stratum", "cluster": "cluster", "fpc": "clusters"},
            {"strata": "stratum", "cluster": "cluster,unit", "fpc": "clusters,units"},
        ]
    )
    asked = rng.choice([{"interval": kind} for kind in INTERVALS] + [{"mean": "number"}])
    adjusted = rng.choice(["", "", "poststratify", "rake"])
    return {**drawn, **asked, "by": rng.choice(["", "region", "size"]), "adjusted": adjusted}


@pytest.mark.slow
def test_random_samples_of_random_designs_are_tabulated_as_r_tabulates_them(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    assert rscript, "this test needs R with its package survey:  apt-get install r-cran-survey"
    rng = random.Random(20201)
    cases = [write_case(tmp_path, rng, at) for at in range(CASES)]
    columns = [
        "case",
        "file",
        "weights",
        "strata",
        "cluster",
        "fpc",
        "interval",
        "mean",
        "by",
        "adjusted",
        "population",
    ]
    with (tmp_path / "cases.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(cases)
    subprocess.run([rscript, str(SCRIPT), str(tmp_path)], check=True, timeout=300)
    by_r: dict[str, list[Row]] = {}
    with (tmp_path / "by_r.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            by_r.setdefault(line["case"].strip(), []).append({name: text.strip() for name, text in line.items()})
    compared = sum(compare(case, tabulated(tmp_path, case), by_r[case["case"]]) for case in cases)
    assert compared > CASES * 20


def write_case(folder: Path, rng: random.Random, at: int) -> Row:
    rows = sample(rng)
    while not suits(rows):
        rows = sample(rng)
    name = f"sample{at}"
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    population = [rng.randint(500, 5000), rng.randint(500, 5000)]
    return {"case": str(at), "file": name, **design(rng), "population": " ".join(map(str, population))}


def suits(rows: list[Row]) -> bool:
    """Whether every category and group is there, so that both sides have the same table."""
    both = {(row["region"], row["size"]) for row in rows}
    answered = [row for row in rows if row["said"] and row["number"]]
    return len(both) == 4 and len(answered) > 6 and {row["said"] for row in answered} >= {"yes", "no", "perhaps"}


def tabulated(folder: Path, case: Row) -> list[Row]:
    first, second = map(float, case["population"].split())
    region, size = folder / f"region{case['case']}.csv", folder / f"size{case['case']}.csv"
    region.write_text(f"region,Freq\na,{first!r}\nb,{second!r}\n", "utf-8")
    size.write_text(f"size,Freq\nbig,{first!r}\nsmall,{second!r}\n", "utf-8")
    arguments = {name: case.get(name, "") for name in ("weights", "strata", "cluster", "fpc", "mean", "by", "interval")}
    table = tabulate_file(
        folder / f"{case['file']}.csv",
        **{name: text for name, text in arguments.items() if text},
        **({} if arguments["mean"] else {"variable": "said"}),
        poststratify=region if case["adjusted"] == "poststratify" else None,
        rake=[region, size] if case["adjusted"] == "rake" else [],
    )
    return list(csv.DictReader(io.StringIO(as_csv(table))))


def compare(case: Row, ours: list[Row], theirs: list[Row]) -> int:
    assert [(row["group"], row["category"]) for row in ours] == [(row["group"], row["category"]) for row in theirs], (
        case
    )
    compared = 0
    for mine, other in zip(ours, theirs, strict=True):
        share, error = float(other["estimate"]), float(other["se"])
        at_edge = "mean" not in case and (min(share, 1 - share) < EDGE or error < EDGE)
        for column, near in (
            ("base", 0),
            ("estimate", 1e-9),
            ("se", 1e-9),
            ("lower", 1e-6),
            ("upper", 1e-6),
            ("deff", 1e-7),
            ("df", 1e-9),
        ):
            wanted = other[column]
            if wanted in ("NA", "NaN", "Inf", "-Inf") or (at_edge and column in ("lower", "upper", "deff")):
                continue
            assert mine[column] != "", (case, mine, other)
            assert math.isclose(float(mine[column]), float(wanted), rel_tol=near, abs_tol=near), (
                column,
                case,
                mine,
                other,
            )
            compared += 1
    return compared
