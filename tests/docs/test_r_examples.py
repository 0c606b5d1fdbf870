"""The blocks in R of the guide for researchers print what the guide shows."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from cityfolio.build.publishing_data import publish_data
from tests.docs.pages import DOCS, blocks_of
from tests.programmes import EXAMPLE


@pytest.mark.slow
def test_the_example_in_r_computes_the_published_numbers_again(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    assert rscript, "this test needs R with its package jsonlite:  apt-get install r-cran-jsonlite"
    publish_data(EXAMPLE, tmp_path / "public")
    blocks = blocks_of(DOCS / "how-to" / "reuse-the-data.md")
    ((code, shown),) = [(b, after) for b, after in pairwise(blocks) if b.language == "r"]
    done = subprocess.run(
        [rscript, "-e", "\n".join(code.lines)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout.splitlines(), done.stderr) == (list(shown.lines), "")
