"""Beside a share of those that answered stand shares of wider bases: nobody is said not to count who counts in one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BLOCK = re.compile(r"<div>\n(.*?)\n</div>", re.DOTALL)
BASE = re.compile(r'<p id="([^"]*)">.*?data-part="base">(\d+)<')
NAMED = re.compile(r"<i>([^<]*?) \((\d+)\):</i>")


@pytest.mark.parametrize(("language", "left_out"), [("", "Not counted"), ("ko/", "집계 제외")])
def test_who_counts_in_a_wider_base_is_not_said_to_be_left_out(
    example_site: Path, language: str, left_out: str
) -> None:
    several = 0
    for name in ("has_team", "policy_areas", "funding_sources"):
        page = (example_site / language / "facts" / "2018-2020" / name / "index.html").read_text("utf-8")
        for block in BLOCK.findall(page):
            bases = [int(base) for _, base in BASE.findall(block)]
            wide = any(".share_of_" in f".{anchor}" for anchor, _ in BASE.findall(block))
            counts = {said: int(number) for said, number in NAMED.findall(block)}
            if not bases or not counts:
                continue
            outside = sum(number for said, number in counts.items() if said.startswith(left_out))
            assert sum(counts.values()) - outside == max(bases)
            several += wide
    assert several > 20
