"""The small programme with everything that the pages Outcomes, How to act and Add your city are made from."""

from __future__ import annotations

import pytest

from tests.programmes import ProgrammeFolder

SHADE = "unit,value\nalder-aa,31.5\nbirch-aa,\ncedar-bb,22.0\n"
ABOUT_SHADE = """format: 1
label: Streets in the shade
source: Survey from the air
year: "2023"
measure: per cent at noon
url: https://example.org/shade
polarity: higher
decimals: 1
"""
OUTCOMES = """format: 1
comparisons:
  - {indicator: shade, by: [has_plan, measures.planting]}
"""
ACT = """format: 1
families:
  - id: work
    title: Work
    tags: [{id: planning, title: Planning}, {id: planting, title: Planting}]
  - id: money
    title: Money
    tags: [{id: funds, title: Funds}]
"""
JOIN = "---\nformat: 1\ntitle: Add your city\n---\n\nAny city with *trees* may join.\n"


def card(title: str, head: str = "", body: str = "Do it.") -> str:
    """A recommendation file."""
    return f"---\nformat: 1\ntitle: {title}\nsummary: In one sentence.\n{head}---\n\n{body}\n"


@pytest.fixture
def acting(small: ProgrammeFolder) -> ProgrammeFolder:
    small.write("indicators/shade.csv", SHADE)
    small.write("indicators/shade.yml", ABOUT_SHADE)
    small.write("outcomes.yml", OUTCOMES)
    small.write("act.yml", ACT)
    planned = "tags: [planning, planting]\nvariables: [has_plan]\nwhen: {has_plan: 'no'}\n"
    small.write("recommendations/plan-first.md", card("Plan first", planned))
    mapped = "tags: [planting]\nwhen: {has_plan: yes, measures.mapping: not chosen}\n"
    small.write("recommendations/map-them.md", card("Map them", mapped))
    small.write("recommendations/rest.md", card("Rest", "tags: [funds]\n"))
    small.write("join.md", JOIN)
    last = "      - {kind: chart, variable: measures, title: What cities do for their trees}\n"
    block = "  - id: next\n    title: Next\n    blocks:\n      - {kind: recommendations, title: Suggested}\n"
    small.swap("profile.yml", last, last + block)
    return small
