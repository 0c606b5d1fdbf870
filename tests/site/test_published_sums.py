"""Pages of facts that were published elsewhere: what they say of numbers that this site did not count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("page", "said", "rule"),
    [
        ("facts/2018-2020/wellbeing_life_satisfaction", "residents satisfied with their life, per cent", "each city counts once"),
        ("facts/2018/leadership_essential", "70 cities", "Answers of wave 2018"),
    ],
)  # fmt: skip
def test_a_published_figure_is_noted_once_and_counted_by_no_rule_of_ours(
    example_site: Path, page: str, said: str, rule: str
) -> None:
    html = (example_site / page / "index.html").read_text("utf-8")
    main = re.sub(r"<[^>]*>", "", html[html.index("<main") :])
    assert main.count(said) == 1
    assert rule not in main
