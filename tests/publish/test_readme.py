"""README.md of the data says enough: by its steps, and the codebook, a stranger arrives at the published numbers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..programmes import rows_of


def counted(published: Path) -> Iterator[tuple[str, int, int, dict[str, int]]]:
    """Each share of all units and of each continent: its id, numerator, base, and who was left out. By the README alone."""
    codebook = json.loads((published / "codebook.json").read_text("utf-8"))
    responses = list(rows_of(published / "responses.csv"))
    continent = {row["unit"]: row["continent"] for row in rows_of(published / "units.csv")}
    for edition in codebook["editions"]:
        latest = {}  # the waves stand in their order, so the last one of a unit is what stays
        for wave in edition["waves"]:
            latest.update({row["unit"]: row for row in responses if row["wave"] == wave})
        for group in ("all", *sorted({f"continent:{continent[unit]}" for unit in latest})):
            inside = [row for unit, row in latest.items() if group in ("all", f"continent:{continent[unit]}")]
            for variable in codebook["variables"]:
                name = variable["variable"]
                for category in variable["categories"] if name in responses[0] else ():
                    base, left_out = 0, dict.fromkeys((told["reason"] for told in codebook["missing"]), 0)
                    numerator = 0
                    for row in inside:
                        reason = row[f"{name}_missing"]
                        if reason != "not_asked" and row["wave"] not in category["waves"]:
                            reason = "not_offered"
                        if reason:
                            left_out[reason] += 1
                        else:
                            base += 1
                            numerator += category["code"] in row[name].split()
                    fact = f"{edition['id']}.{name}.{category['code']}.{group}.share"
                    if base:
                        yield fact, numerator, base, left_out


def test_whoever_follows_the_readme_arrives_at_every_share(published: Path) -> None:
    facts = {row["fact"]: row for row in rows_of(published / "facts.csv")}
    own = dict.fromkeys(
        name for name, row in facts.items()
        if row["measure"] == "share" and row["source"] == "responses" and re.fullmatch("all|continent:..", row["group"])
    )  # fmt: skip
    for fact, numerator, base, left_out in counted(published):
        row = facts[fact]
        assert (int(row["numerator"]), int(row["base"])) == (numerator, base), fact
        assert {reason: int(row[reason]) for reason in left_out} == left_out, fact
        assert float(row["value"]) == numerator / base, fact
        del own[fact]
    assert list(own) == []


def test_the_readme_names_every_file_that_is_there_or_what_describes_it(published: Path) -> None:
    readme = (published / "README.md").read_text("utf-8")
    there = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
    named = set(re.findall(r"`([\w./-]+\.[a-z]+(?:-[a-z.]+)?)`", readme))
    assert named - there == {"codebook.html"}  # a page, made beside the data
    assert there - named == {"README.md", "LICENSE.txt", "CITATION.cff"}


def block(published: Path, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", (published / "README.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_first_lines_in_python_read_the_tables_as_they_are(published: Path) -> None:
    asked = 'print(len(responses), len(units), len(facts), (units["continent"] == "NA").sum())'
    code = block(published, "python") + asked
    done = subprocess.run([sys.executable, "-c", code], cwd=published, capture_output=True, text=True, check=True)
    assert done.stdout == expected(published)


@pytest.mark.slow
def test_the_first_lines_in_r_read_the_tables_as_they_are(published: Path) -> None:
    rscript = shutil.which("Rscript")
    assert rscript, "this test needs R with its package haven:  apt-get install r-cran-haven"
    asked = 'cat(nrow(responses), nrow(units), nrow(facts), sum(units$continent == "NA"), fill = TRUE)\n'
    code = block(published, "r") + asked + "stopifnot(nrow(answers) == nrow(responses))"
    done = subprocess.run([rscript, "-e", code], cwd=published, capture_output=True, text=True, check=True)
    assert done.stdout == expected(published)


def expected(published: Path) -> str:
    tables = [list(rows_of(published / f"{name}.csv")) for name in ("responses", "units", "facts")]
    northern = sum(row["continent"] == "NA" for row in tables[1])
    return f"{' '.join(str(len(table)) for table in tables)} {northern}\n"
