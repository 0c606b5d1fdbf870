"""Editions by rule, from programme.yml to facts."""

from __future__ import annotations

import pytest

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import check_programme, load_programme
from cityfolio.build.project import open_project
from cityfolio.build.running import build_site
from cityfolio.errors import WrongUse

from ..programmes import ProgrammeFolder

# Alder answered in both waves of the small programme, Birch in 2022 only, Cedar in 2024 only.
WITH_A_PLAN = {"latest_response": (2, 3), "latest_answer": (2, 3), "matched_panel": (1, 1)}


@pytest.mark.parametrize("rule", WITH_A_PLAN)
def test_the_rule_of_an_edition_decides_who_counts(small: ProgrammeFolder, rule: str) -> None:
    manifest = small.path / "programme.yml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("waves: [2022, 2024]}", f"waves: [2022, 2024], rule: {rule}}}")
    )
    fact = all_facts(load_programme(small.path)).find("2022-2024", "has_plan", "yes")
    assert fact is not None
    assert fact.base is not None
    assert (fact.numerator, fact.base.counted) == WITH_A_PLAN[rule]


def test_the_latest_answer_fills_a_gap_that_the_latest_response_leaves(small: ProgrammeFolder) -> None:
    responses = small.path / "responses" / "2024.csv"
    responses.write_text(responses.read_text("utf-8").replace("alder-aa,125000,yes,", "alder-aa,125000,,"), "utf-8")
    manifest = small.path / "programme.yml"
    extra = "  - {id: filled, waves: [2022, 2024], rule: latest_answer}\n"
    manifest.write_text(manifest.read_text("utf-8").replace("editions:\n", "editions:\n" + extra), "utf-8")
    store = all_facts(load_programme(small.path))
    bases = [store.find(edition, "has_plan", "yes") for edition in ("2022-2024", "filled")]
    assert [(fact.numerator, fact.base.counted) for fact in bases if fact and fact.base] == [(1, 2), (2, 3)]


def test_the_share_of_those_invited_needs_their_number(small: ProgrammeFolder) -> None:
    manifest = small.path / "programme.yml"
    text = manifest.read_text("utf-8").replace("title: survey of 2022}", "title: survey of 2022, invited: 5}")
    manifest.write_text(text, "utf-8")
    store = all_facts(load_programme(small.path))
    fact = store.find("2022", "has_plan", "yes", "share_of_invited")
    assert fact is not None
    assert fact.base is not None
    assert (fact.numerator, fact.base.counted) == (1, 5)
    assert store.find("2024", "has_plan", "yes", "share_of_invited") is None


def test_tables_and_what_is_behind_them_follow_the_rule(small: ProgrammeFolder) -> None:
    manifest = small.path / "programme.yml"
    extra = "  - {id: panel, waves: [2022, 2024], rule: matched_panel}\n"
    manifest.write_text(manifest.read_text("utf-8").replace("editions:\n", "editions:\n" + extra), "utf-8")
    project = open_project(small.path)
    (yes, _) = project.tabulate("has_plan", edition="panel").facts()
    behind = project.behind(yes)
    assert behind is not None
    assert (yes.numerator, yes.base and yes.base.counted) == (1, 1)
    assert (behind.choosing, behind.counted) == (("alder-aa",), ("alder-aa",))
    with pytest.raises(WrongUse, match="facts only"):
        build_site(small.path, small.path.parent / "site", "panel")


def test_a_text_can_only_describe_a_question_before_it(small: ProgrammeFolder) -> None:
    instrument = small.path / "instruments" / "2024.yml"
    question = "      - {variable: note, kind: text, label: Note, describes: has_plen}\n"
    instrument.write_text(instrument.read_text("utf-8") + question, "utf-8")
    found = [(f.code, f.facts["suggestion"]) for f in check_programme(small.path) if f.facts.get("got") == "has_plen"]
    assert found == [("programme.unknown-name", "has_plan")]
