"""A table by any kind of group holds the shares of all its groups, whichever kind the programme names first."""

from __future__ import annotations

import pytest

from cityfolio.build.project import open_project
from tests.programmes import EXAMPLE


@pytest.mark.parametrize("kind", ["continent", "country", "size"])
def test_a_table_by_a_kind_of_group_holds_the_facts_of_that_kind(kind: str) -> None:
    project = open_project(EXAMPLE)
    wanted = {
        fact.id
        for fact in project.store
        if (fact.key.edition, fact.key.variable, fact.key.measure, fact.key.group.kind)
        == ("2018-2020", "has_strategy", "share", kind)
        and fact.key.source == "responses"
    }
    table = project.tabulate("has_strategy", by=kind, edition="2018-2020")
    assert {row.fact.id for row in table.rows} == wanted
    assert wanted
