"""The tutorial notebooks run from top to bottom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "docs").rglob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_tutorial_notebook_runs(notebook: Path, tmp_path: Path) -> None:
    # A process of its own: the kernel's event loop and its warnings stay out of ours.
    command = [sys.executable, "-m", "jupyter", "execute", str(notebook), f"--output={tmp_path / 'run.ipynb'}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
