"""The peer of the benchmark is a second opinion: reports written in R say the sentences of our pages, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.site.peer import render, sentences_of, some_units

pytestmark = pytest.mark.slow


def test_reports_in_r_say_every_sentence_of_our_profiles(example_site: Path, tmp_path: Path) -> None:
    units = some_units()
    render(tmp_path / "reports", "base", units)
    said = {
        unit: (tmp_path / "reports" / "sentences" / f"{unit}.txt").read_text("utf-8").splitlines() for unit in units
    }
    ours = [(unit, sentence) for unit in units for sentence in sentences_of(example_site / "cities" / f"{unit}.json")]
    assert len(ours) > 10 * len(units)
    assert [(unit, sentence) for unit, sentence in ours if sentence not in said[unit]] == []
