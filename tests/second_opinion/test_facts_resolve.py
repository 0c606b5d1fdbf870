"""Every fact has its place on the site, and the sum there is that of the names that stand under it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cityfolio.build.project import open_project
from cityfolio.model.edition import ALL
from cityfolio.site.fact_links import fact_target
from cityfolio.tabulate.sums_behind import states_of, sums_behind
from tests.programmes import EXAMPLE, rows_of


@pytest.fixture(scope="module")
def facts(example_site: Path) -> list[dict[str, str]]:
    return list(rows_of(example_site / "data" / "facts.csv"))


def test_every_fact_has_one_place_of_its_own(example_site: Path, facts: list[dict[str, str]]) -> None:
    targets = {row["fact"]: fact_target(row["fact"]) for row in facts}
    assert len(set(targets.values())) == len(facts)
    ids: dict[str, set[str]] = {}
    for fact, target in targets.items():
        page, _, anchor = target.partition("#")
        if page not in ids:
            ids[page] = set(re.findall(r' id="([^"]+)"', (example_site / page).read_text("utf-8")))
        assert anchor in ids[page], fact


def test_the_list_of_facts_leads_to_every_page_of_them(example_site: Path, facts: list[dict[str, str]]) -> None:
    listed = (example_site / "facts" / "index.html").read_text("utf-8")
    for page in {fact_target(row["fact"]).partition("#")[0] for row in facts}:
        assert f'href="../{page}"' in listed, page


def test_the_names_under_a_share_are_as_many_as_its_numbers(example_site: Path, facts: list[dict[str, str]]) -> None:
    page = (example_site / "facts" / "2018-2020" / "has_strategy" / "index.html").read_text("utf-8")
    (row,) = [row for row in facts if row["fact"] == "2018-2020.has_strategy.yes.all.share"]
    block = page[page.index('id="yes"') :].partition("</div>")[0]
    gave, did_not = re.findall(r"<i>[^<]*\((\d+)\):</i> ([^<]*)</p>", block)[:2]
    assert int(gave[0]) == len(gave[1].split("; ")) == int(row["numerator"])
    assert int(did_not[0]) == len(did_not[1].split("; ")) == int(row["base"]) - int(row["numerator"])


def test_all_sums_at_once_are_those_found_one_by_one() -> None:
    project = open_project(EXAMPLE)
    programme = project.programme
    units = sorted(programme.answers.by_unit)
    counted_in = {place: (ALL, *groups) for place, groups in programme.groups.items()}
    for edition in programme.manifest.editions.values():
        variable = programme.answers.variables["funded_activities"]
        found = sums_behind(states_of(variable, edition, programme.answers, units), counted_in)
        shares = [f for f in project.store if (f.key.variable, f.key.edition) == (variable.id, edition.id)]
        for fact in shares:
            if fact.key.measure in ("share", "own_words") and (fact.key.group.kind in ("all", "continent")):
                key = fact.key.measure, fact.key.category, fact.key.group
                assert found[key] == project.behind(fact), fact.id
