"""The benchmark of imports, in small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cityfolio.build.importing import import_answers

ROOT = Path(__file__).resolve().parents[2]
SURVEY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from benchmarks.importing.survey import write_survey
write_survey(Path(sys.argv[2]), 300, sys.argv[3])
"""


def test_the_made_up_survey_comes_in_without_a_finding_and_the_same_into_both_forms(tmp_path: Path) -> None:
    import polars as pl

    tables = []
    for ending in ("csv", "parquet"):
        work = tmp_path / ending
        work.mkdir()
        subprocess.run([sys.executable, "-c", SURVEY, str(ROOT), str(work), f"2026.{ending}"], check=True)
        done = import_answers(work / "programme", work / "answers.csv", "2026")
        assert (done.responses, done.findings) == (300, ())
        read = pl.read_csv(done.file, infer_schema=False) if ending == "csv" else pl.read_parquet(done.file)
        tables.append(read.with_columns(pl.all().replace("", None)))
    assert (tmp_path / "csv/answers.csv").read_bytes() == (tmp_path / "parquet/answers.csv").read_bytes()
    assert tables[0].equals(tables[1])
    header = (tmp_path / "csv/answers.csv").read_text("utf-8").partition("\n")[0]
    assert len(header.split(",")) == 100
